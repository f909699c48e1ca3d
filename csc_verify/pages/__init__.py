"""HTML pages: bytes to what a page says of itself, and when it was first published.

::

    decoding, tree   bytes to text to BeautifulSoup's tree, whatever they hold
    read_page ──> linked_data   JSON-LD of the node that is this page ──┐
             ──> markup        meta tags, microdata, <time>            ├──> witnesses, best first
             ──> bylines       the day beside the headline             │
             ──> the address   a second witness, never alone ──────────┘
             ──> listings      the posts that it links to
             ──> head          its names and its language
             ──> quotations    what it quotes at length, with or without a source
             ──> walls         logins, consent, robot checks, "not found" with status 200

Pure, and bounded: a page that is larger than pages are is not read by half. Nothing is guessed: a
page that doesn't say when it was published has no date. ``htmldate`` as a last voice was measured
on the captured pages that the above leaves undated: of 8 with a date it finds 3 and gets 4 wrong
(fast mode: 2 and none), and it dates all 11 that have none (fast mode: 8). So it has no voice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.addresses import canonical
from csc_verify.pages import bylines, head, linked_data, listings, markup, walls
from csc_verify.pages.addressed import agreeing_first, of_address
from csc_verify.pages.decoding import decoded
from csc_verify.pages.quotations import Quotation, quotations_in, quotations_of
from csc_verify.pages.tree import MOST_TAGS, tree_of
from csc_verify.pages.values import (
    Listed,
    PageFacts,
    PageKind,
    Wall,
    WallKind,
    Witness,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag

__all__ = [
    "Listed",
    "PageFacts",
    "PageKind",
    "Quotation",
    "Wall",
    "WallKind",
    "Witness",
    "quotations_in",
    "read_page",
]

MOST_BYTES: Final = 3 * 1024 * 1024
"""Bytes that a page may have; the largest captured one has a sixth of it."""
_A_LIST: Final = 3
"""Dated posts that make a page a list of them, unless it says that it is one post."""
_LONGEST_TEXT: Final = 20_000
_COMMENTS: Final = "#comments, #respond, #disqus_thread, .comments, .comment-list, .comments-area"


def read_page(body: bytes, url: str) -> PageFacts:
    """What a page says; never raises for what it holds.

    Args:
        body: The page, decompressed.
        url: Where it was found, after all redirects.
    """
    page = _parsed(body)
    if page is None:
        return _UNREADABLE
    base, title = head.base_of(page, url), head.title_of(page)
    canonical_url = head.canonical_of(page, base)
    told = _told(page, title, url, canonical_url)
    text = _text(page)
    is_dated = bool(told.published) or head.is_dated_article(page)
    wall = walls.wall_of(walls.Front(page, url, title, text, is_dated))
    listed = listings.listed_on(page, url, base)
    reading = _Reading(page, told, title, url)
    # A site's front page is no post, whatever its newest one says in its markup.
    witnesses = tuple(reading.witnesses()) if not wall and _path_of(url) else ()
    kind = _kind(reading, listed, wall, witnesses)
    return PageFacts(
        kind=kind,
        title=title,
        witnesses=() if kind is PageKind.LISTING else witnesses,
        listed=listed,
        wall=wall,
        canonical=canonical_url,
        authors=told.authors,
        text=text,
        updated=() if wall else tuple(reading.changes()),
        site=head.site_of(page),
        language=head.language_of(page),
        quotations=() if wall else quotations_of(page, reading.here),
    )


def _told(page: BeautifulSoup, title: str, *urls: str | None) -> linked_data.Told:
    blocks = [
        tag.get_text() for tag in page.find_all("script", type=re.compile("ld\\+json"), limit=30)
    ]
    addresses = frozenset(canonical(url.partition("#")[0]) for url in urls if url is not None)
    return linked_data.told(blocks, addresses, title.casefold())


def _parsed(body: bytes) -> BeautifulSoup | None:
    """The page as a tree; None if it has more than pages have: half of one proves nothing."""
    if len(body) > MOST_BYTES or body.count(b"<") > MOST_TAGS:
        return None
    return tree_of(decoded(body))


_UNREADABLE: Final = PageFacts(
    PageKind.WALL,
    "",
    (),
    (),
    Wall(WallKind.TOO_LARGE, "is larger than pages are", walls.GIVE_FEED),
    None,
    (),
    "",
)


def _kind(
    reading: _Reading, listed: tuple[Listed, ...], wall: Wall | None, witnesses: tuple[Witness, ...]
) -> PageKind:
    if wall:
        return PageKind.WALL
    if reading.told.is_video or (not reading.told.is_post and head.is_video(reading.page)):
        return PageKind.VIDEO
    if _path_of(reading.url) and (reading.told.is_post or head.is_article(reading.page)):
        return PageKind.POST
    # A list of dated posts may also stand below a post with a byline of its own.
    dated = sum(entry.date is not None for entry in listed)
    is_bylined = any(witness.element in {"byline", "time"} for witness in witnesses)
    if dated >= _A_LIST and not is_bylined:
        return PageKind.LISTING
    return PageKind.POST if witnesses else PageKind.LISTING


def _path_of(url: str) -> str:
    """What makes an address more than its site's front page."""
    parts = urlsplit(url)
    return parts.path.strip("/") or parts.query


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page that is read for its dates.

    Attributes:
        page: The page.
        told: What its JSON-LD says.
        title: Its title.
        url: Where it was found.
        headline: The heading that says its title.
        here: Which parts of it are about the post.
    """

    page: BeautifulSoup
    told: linked_data.Told
    title: str
    url: str
    headline: Tag | None = field(init=False)
    here: markup.Here = field(init=False)

    def __post_init__(self) -> None:
        headline = bylines.headline_of(self.page, self.title)
        object.__setattr__(self, "headline", headline)
        object.__setattr__(self, "here", markup.Here.of(headline))

    def witnesses(self) -> Iterator[Witness]:
        """Everything that says when this page was published, each element once."""
        data = (
            *_dated("JSON-LD startDate", self.told.airs),
            *markup.aired(self.page),
            *_dated("JSON-LD datePublished", self.told.published),
        )
        address = of_address(self.url)
        metas = tuple(markup.meta_dates(self.page))
        byline = agreeing_first(self._from_text(), address)
        strong = (*data, *metas, *markup.microdata(self.page, self.here), *byline)
        if self._is_mediums:
            # There the head gives the latest publication, and data and byline the first.
            strong = (*data, *byline) if data or byline else metas
        seen: set[str] = set()
        for witness in (*strong, *markup.weak_meta(self.page)):
            if witness.element not in seen:
                seen.add(witness.element)
                yield witness
        if seen:
            yield from address

    def changes(self) -> Iterator[Witness]:
        """Everything that says when this page was last changed."""
        yield from _dated("JSON-LD dateModified", self.told.modified)
        yield from markup.changes(self.page, self.here)

    @property
    def _is_mediums(self) -> bool:
        return self.page.find("meta", attrs={"content": "com.medium.reader"}) is not None

    def _from_text(self) -> Iterator[Witness]:
        headline, here = self.headline, self.here
        if headline is None:
            yield from bylines.said(self.page, here, self.title)
            return
        scope = here.post or headline.find_parent(["header", "main"])
        times = [] if scope is None else list(markup.times(scope, here))
        close = bylines.near_parts(headline)
        yield from (witness for tag, witness in times if id(tag) in close)
        yield from bylines.near(headline, here)
        yield from bylines.dated(headline, here)
        yield from bylines.said(self.page, here, self.title)
        yield from (witness for _, witness in times)
        yield from bylines.below(headline, here)


def _dated(element: str, text: str) -> Iterator[Witness]:
    date = markup.date_of(text) if text else None
    if date is not None:
        yield Witness(element, date)


def _text(page: BeautifulSoup) -> str:
    """What a reader sees of the post: of several articles the longest, without its comments."""
    main = page.find("main") or page.body or page
    most = len(markup.text_of(main, _LONGEST_TEXT))
    articles = [
        (len(markup.text_of(tag, _LONGEST_TEXT)), tag) for tag in page.find_all("article", limit=20)
    ]
    length, longest = max(articles, key=lambda one: one[0], default=(0, main))
    # A card about another post is an article, too.
    whole = longest if length * 3 > most else main
    comments = whole.select(_COMMENTS, limit=20)
    if not comments:
        return markup.text_of(whole, _LONGEST_TEXT)
    inside = {id(string) for tag in comments for string in tag.strings}
    strings = (" ".join(string.split()) for string in whole.strings if id(string) not in inside)
    return " ".join(filter(None, strings))[:_LONGEST_TEXT]
