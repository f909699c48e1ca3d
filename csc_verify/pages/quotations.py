"""What a page quotes at length, and whether it says from where. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bs4.element import NavigableString

from csc_verify.pages.markup import Here, text_of
from csc_verify.pages.tree import MOST_TAGS, tree_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

A_LONG_ONE: Final = 25
"""Words from which on a quotation wants its source; shorter ones are proverbs and asides."""
_MOST: Final = 20
_NEAR: Final = 120
_LONGEST_PARAGRAPH: Final = 20_000
_LONGEST: Final = 2000
_LONGEST_MARKUP: Final = 200_000
# What networks give out to be put into a page leads to where it is from, some by a script only.
_EMBEDDED: Final = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed"
    r"|reddit-embed|reddit-card|text-post-media"
)
_DASHED: Final = re.compile(r"(?:^|\s)[\u2012-\u2015~-]{1,2}\s*[^\W\d_][^\u2012-\u2015]{1,80}$")
_TOLD: Final = re.compile(
    r":\s*$|\b(?:sources?|quelle|fuente|fonte|bron|źródło|источник)\s*:|^via\b"
    r"|\b(?:quot(?:e|ed|ing) from|according to|writes|wrote|in the words of|excerpt from|laut|zitat"
    r"|schreibt|según|selon|d'après|secondo|segundo|volgens)\b|出典|引用|来源|출처",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A long passage that a page marks as somebody else's.

    Attributes:
        words: How many it has.
        has_source: Whether a link, a name or a word for it stands in it or beside it.
    """

    words: int
    has_source: bool


def quotations_in(markup: str) -> tuple[Quotation, ...]:
    """The long quotations of a piece of HTML.

    Args:
        markup: Of a feed's entry; of very long ones the beginning is looked at.
    """
    beginning = markup[:_LONGEST_MARKUP]
    if "<blockquote" not in beginning.lower() or beginning.count("<") > MOST_TAGS:
        return ()
    return quotations_of(tree_of(beginning), Here.of(None))


def quotations_of(page: BeautifulSoup, here: Here) -> tuple[Quotation, ...]:
    """The long quotations of a page, those in its comments and beside it not among them.

    Args:
        page: The page.
        here: Which parts of it are about the post.
    """
    found = []
    for tag in page.find_all("blockquote", limit=_MOST):
        words = len(text_of(tag, _LONGEST).split())
        if tag.parent is None or here.is_elsewhere(tag.parent) or tag.find_parent("blockquote"):
            continue
        if words >= A_LONG_ONE:
            found.append(Quotation(words, _has_source(tag)))
    return tuple(found)


def _has_source(tag: Tag) -> bool:
    if tag.get("cite") or _EMBEDDED.search(" ".join(tag.get("class") or ())):
        return True
    if tag.find(["a", "cite", "footer", "figcaption"]) is not None:
        return True
    around = tag.parent if tag.parent is not None and tag.parent.name == "figure" else tag
    if around is not tag and around.find("figcaption") is not None:
        return True
    before, after = around.find_previous_sibling(), around.find_next_sibling()
    if any(
        part is not None and (part.name == "a" or part.find("a", href=True))
        for part in (before, after)
    ):
        return True
    paragraph = text_of(before, _LONGEST_PARAGRAPH) if before else ""
    introduced = f"{paragraph} {_bare(around.previous_sibling)}".strip()[-_NEAR:]
    followed = text_of(after, _NEAR) if after else ""
    return bool(
        _DASHED.search(text_of(tag, _LONGEST))
        or _TOLD.search(introduced)
        or _TOLD.search(followed)
        or _DASHED.match(followed)
    )


def _bare(node: object) -> str:
    """The text of a neighbour that stands in no element."""
    return " ".join(str(node).split())[-_NEAR:] if isinstance(node, NavigableString) else ""
