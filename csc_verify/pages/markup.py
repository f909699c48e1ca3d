"""Dates in a page's markup: meta tags, microdata, microformats, ``<time>``. Pure.

Best first. A creation stamp of a content system (``dcterms.date``, ``DC.date``) can precede the
publication by weeks, so it stands last, and never alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from csc_verify.dates import read_date
from csc_verify.pages.values import Witness
from csc_verify.pages.written_days import days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag

    from csc_verify.dates import WrittenDate

_META: Final = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "publication_date",
    "publication-date",
    "date.release",
    "datereleased",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "pubdate",
    "pub_date",
    "citation_publication_date",
    "citation_online_date",
    "bt:pubdate",
    "vr:published_time",
)
_WEAK_META: Final = frozenset({"date", "dc.date.issued", "dcterms.issued"})
_STAMPS: Final = frozenset({"dc.date", "dcterms.date", "dc.date.created", "dcterms.created"})
_CHANGES: Final = frozenset(
    ("article:modified_time", "article:modified", "og:updated_time", "last-modified", "revised")
) | {"datemodified", "dcterms.modified", "dc.date.modified"}
_METAS: Final = 400
# Words that a part's class or id begins with if it is about other posts, or about no post.
_NOT_HERE: Final = re.compile(
    r"(?:^|\s)(?:(?:wp-block-|post-|blog-|article-|the-|js-|c-|m-)?"
    r"(?:comments?|respond|sidebar|related|recent|recommend\w*|popular|widget|nav|navigation|menu"
    r"|teasers?|latest|more-posts|read-?next|promo|archives?|upcoming|breaking|ticker|trending"
    r"|carousel|slider|most-?read|linklist|similar|pingback|trackback|prev|next|newsletter))"
    r"(?:[-_\d\s]|$)",
    re.IGNORECASE,
)
# What stands around a post: at the foot of a site other dates, at its head often today's.
_AROUND_POSTS: Final = re.compile(
    r"(?:^|\s)(?:(?:site|page|global|main)-?)?(?:footer|masthead|top-?bar|header-?top|top-?header"
    r"|site-?header|page-?header|today|current-?date|date-?today|weather|clock)(?:[-_\d\s]|$)",
    re.IGNORECASE,
)
# A quoted text, such as a message of a social network, has a date of its own.
_ABOUT_OTHERS: Final = frozenset({"aside", "nav", "blockquote"})
_CARD: Final = re.compile(
    r"(?:^|[-_\s])(?:teasers?|related|recommend(?:ed|ation)s?)(?:[-_\s]|$)", re.IGNORECASE
)
_OUTSIDE: Final = frozenset({"header", "footer"})
_SHORT: Final = 80
_MOST_NAMES: Final = 40
_LONGEST_NAMES: Final = 400
_MOST_STRINGS: Final = 3000
LONGEST_TEXT: Final = 2000
"""Characters of an element's text that are looked at: more are no heading and no byline."""
_CHANGED: Final = re.compile(
    r"updat|modif|edit(?:ed|iert)|aktualisier|geändert|stand:|mise? à jour|modifié|actualiz"
    r"|atualiz|aggiorn|bijgewerkt|обновл|ändrad|uppdater|oppdater|opdater|更新",
    re.IGNORECASE,
)


def meta_dates(page: BeautifulSoup) -> Iterator[Witness]:
    """What the page's head says, in the order of trust."""
    found: dict[str, str] = {}
    for tag in page.find_all("meta", content=True, limit=_METAS):
        name = tag.get("property") or tag.get("name") or ""
        found.setdefault(str(name).strip().lower(), str(tag["content"]))
    for name in _META:
        if name in found and (date := date_of(found[name])):
            yield Witness(f"meta {name}", date)


def weak_meta(page: BeautifulSoup) -> Iterator[Witness]:
    """Dates of the head that don't say what they are of, and a content system's own stamps.

    A stamp says when the page was made, which may be weeks before anybody could read it.
    """
    stamps = []
    for tag in page.find_all("meta", content=True, limit=_METAS):
        name = str(tag.get("property") or tag.get("name") or "").strip().lower()
        if name in _WEAK_META | _STAMPS and (date := date_of(str(tag["content"]))):
            stamps.append(Witness(f"meta {name}", date))
    yield from sorted(stamps, key=lambda witness: witness.element[5:] in _STAMPS)


def microdata(page: BeautifulSoup, here: Here) -> Iterator[Witness]:
    """Dates that elements of the page are marked with, if they aren't another post's."""
    for tag in page.select('[itemprop~="datePublished"], [itemprop~="uploadDate"]', limit=50):
        if here.is_elsewhere(tag):
            continue
        value = tag.get("content") or tag.get("datetime") or tag.get("title") or text_of(tag)
        if date := date_of(str(value)):
            yield Witness(f"itemprop {tag['itemprop']}", date)
            return
    for tag in page.select("abbr.published, .dt-published, time[pubdate], .published", limit=50):
        if here.is_elsewhere(tag):
            continue
        inner = tag.find("time", datetime=True) or tag
        value = inner.get("datetime") or inner.get("title") or text_of(inner)
        if date := date_of(str(value)):
            yield Witness("class published", date)
            return


def aired(page: BeautifulSoup) -> Iterator[Witness]:
    """When a premiere or live video begins: it is listed before anybody can see it."""
    live = page.select_one('[itemprop="isLiveBroadcast"]')
    start = page.select_one('meta[itemprop="startDate"][content]') if live else None
    if start is not None and (date := date_of(str(start["content"]))):
        yield Witness("itemprop startDate", date)


def changes(page: BeautifulSoup, here: Here) -> Iterator[Witness]:
    """When the page was last changed, which is never when it was published."""
    for tag in page.find_all("meta", content=True, limit=_METAS):
        name = str(tag.get("property") or tag.get("name") or "").strip().lower()
        if name in _CHANGES and (date := date_of(str(tag["content"]))):
            yield Witness(f"meta {name}", date)
    for tag in page.select('[itemprop~="dateModified"], time.updated, .dt-updated', limit=20):
        value = tag.get("content") or tag.get("datetime") or tag.get("title") or text_of(tag)
        if not here.is_elsewhere(tag) and (date := date_of(str(value))):
            yield Witness("itemprop dateModified" if tag.get("itemprop") else "class updated", date)


def times(scope: Tag, here: Here) -> Iterator[tuple[Tag, Witness]]:
    """``<time>`` elements of an article, in order."""
    for tag in scope.find_all("time", limit=20):
        classes = " ".join(tag.get("class") or ())
        said = f"{text_of(tag)} {tag.get('itemprop') or ''}"
        is_both = "published" in classes
        if here.is_elsewhere(tag) or is_changed(said) or is_changed(before(tag)):
            continue
        if is_changed(classes) and not is_both:
            continue
        if date := date_of(str(tag.get("datetime") or text_of(tag))):
            yield tag, Witness("time", date)


@dataclass(frozen=True, slots=True)
class Here:
    """Which parts of a page are about the post itself.

    Attributes:
        around: What holds the headline, by identity: no such part is about other posts, whatever
            it is called.
        post: The smallest part that holds the headline and is marked as the post; None if none is.
    """

    around: frozenset[int]
    post: Tag | None

    @classmethod
    def of(cls, headline: Tag | None) -> Here:
        """By the headline."""
        if headline is None:
            return cls(frozenset(), None)
        parents = list(headline.parents)
        post = next((parent for parent in parents if _is_post(parent)), None)
        return cls(frozenset(map(id, parents)), post)

    def is_elsewhere(self, tag: Tag) -> bool:
        """Whether an element stands in a part of the page that is about other posts."""
        inside = self.post is not None and any(parent is self.post for parent in tag.parents)
        for part in (tag, *tag.parents):
            if id(part) in self.around:
                return False
            names = names_of(part)
            if part.name in _ABOUT_OTHERS or _NOT_HERE.search(names) or _CARD.search(names):
                return True
            if not inside and (part.name in _OUTSIDE or _AROUND_POSTS.search(names)):
                return True
        return False


def _is_post(tag: Tag) -> bool:
    classes = set(tag.get("class") or ())
    return tag.name == "article" or bool(
        classes & {"hentry", "post", "article", "entry", "h-entry"}
    )


def names_of(tag: Tag) -> str:
    """The classes and the identifier of an element; the beginning, if it has very many."""
    classes = [str(name)[:_LONGEST_NAMES] for name in (tag.get("class") or ())[:_MOST_NAMES]]
    return " ".join([*classes, str(tag.get("id") or "")])[:_LONGEST_NAMES]


def date_of(text: str) -> WrittenDate | None:
    """The date that a text is, or the only day that stands in a short one."""
    found = read_date(text)
    if found is not None:
        return found
    folded = " ".join(text.split())
    days = list(days_in(folded)) if len(folded) <= _SHORT else []
    return days[0][2] if len(days) == 1 else None


def is_changed(text: str) -> bool:
    """Whether words beside a date say that it is the last change's."""
    return _CHANGED.search(text) is not None


def before(tag: Tag) -> str:
    """The words just before an element."""
    previous = tag.find_previous(string=True)
    return str(previous)[-40:] if previous else ""


def text_of(tag: Tag, most: int = LONGEST_TEXT) -> str:
    """An element's text, white space folded; of a long one, the beginning.

    Args:
        tag: The element.
        most: Characters to return.
    """
    found: list[str] = []
    length = 0
    for string in islice(tag.strings, _MOST_STRINGS):
        words = " ".join(string[: most * 4].split())
        if words:
            found.append(words)
            length += len(words) + 1
        if length > most:
            break
    return " ".join(found)[:most]
