"""From an address, and its page if it was fetched, to what to ask and in which order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.feed_addresses import looks_like_a_feed
from csc_verify.sources.blog.discovery.feed_links import Strength, links_of
from csc_verify.sources.blog.discovery.markup import read_markup
from csc_verify.sources.blog.discovery.places import place
from csc_verify.sources.blog.discovery.platforms import platform_of
from csc_verify.sources.blog.discovery.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_verify.sources.blog.discovery.feed_links import FeedLink
    from csc_verify.sources.blog.discovery.places import Place
    from csc_verify.sources.blog.discovery.platforms import Closed, Platform

MOST_GUESSES = 6
"""Addresses that are asked because feeds often lie there, though nothing says that one does."""

MOST_ANNOUNCED = 12
"""Feeds of one page that are asked; the likeliest stand first."""

_COMMON = ("feed", "rss.xml", "atom.xml", "index.xml", "feed.xml", "rss")
# Never "feed": below one of WordPress's pages that is a feed of its comments.
_IN_SECTION = ("index.xml", "rss.xml", "feed.xml")
_FEED_BODY = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF|(?:\w+:)feed)[\s>]")
_PAGE_BODY = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a feed with the posts.

    Attributes:
        url: What to ask.
        how: How it was found, a few words for the report.
        is_own: Whether it is of the site or author that was named.
        is_guess: Whether nothing says that there is such a feed.
        is_announced: Whether the page's own head or text names it.
        alternatives: The same posts in other formats, should this one be broken.
    """

    url: str
    how: str
    is_own: bool
    is_guess: bool = False
    is_announced: bool = False
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, about one address.

    Attributes:
        platform: As people call it; empty if it isn't known.
        candidates: Feeds, in the order in which to ask; the first that answers is the one.
        pages: Pages that list the posts, besides the address itself.
        is_post: Whether the page, or else the address, looks like a single post's.
        moved_to: Where the page sends a browser at once; None if nowhere.
        closed: Why the platform can't be asked, if it can't.
    """

    platform: str
    candidates: tuple[Candidate, ...]
    pages: tuple[str, ...]
    is_post: bool
    moved_to: str | None
    closed: Closed | None


def plan(url: str, body: bytes | None) -> Plan:
    """What to ask about an address.

    Before anything was fetched that is what the address itself says; with the page it is what the
    page announces, then where its platform has feeds, then a few common addresses.

    Args:
        url: The address, after redirects if it was fetched.
        body: What it answered; None if nobody has asked.
    """
    at = place(url)
    if at is None:
        return Plan("", (), (), is_post=False, moved_to=None, closed=None)
    is_page = body is not None and not _is_feed(body)
    page = read_markup(body, at.url) if body is not None and is_page else None
    visit = Visit(at, page, body if body is not None and is_page else b"")
    platform = platform_of(visit)
    if page is None:
        found = _from_address(visit, platform, was_asked=body is not None)
    else:
        found = _from_page(visit, platform)
    return Plan(
        platform=platform.name if platform else "",
        candidates=tuple(one for one in _first_of_each(found) if place(one.url)),
        pages=tuple(p for p in (platform.pages(visit) if platform else ()) if p != at.url),
        is_post=visit.is_post,
        moved_to=page.moved_to if page and page.moved_to != at.url else None,
        closed=platform.closed if platform else None,
    )


def _is_feed(body: bytes) -> bool:
    """Whether a document is a feed and no page, by how it begins. Its reader decides."""
    start = body[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    if start.startswith(b"{"):
        return b"//jsonfeed.org/version/" in start or b"\\/\\/jsonfeed.org\\/version\\/" in start
    return bool(_FEED_BODY.search(start)) and not _PAGE_BODY.search(start)


def _from_address(visit: Visit, platform: Platform | None, *, was_asked: bool) -> list[Candidate]:
    itself = Candidate(visit.at.url, "the address itself", is_own=True)
    if was_asked or looks_like_a_feed(visit.at):
        return [itself]
    # Some platforms refuse their pages to programs and hand out their feeds.
    known = _of_platform(visit, platform)
    return [*known, itself] if platform is None or platform.closed is None else []


def _from_page(visit: Visit, platform: Platform | None) -> list[Candidate]:
    known = _of_platform(visit, platform)
    if visit.page is None or (platform and (platform.closed or platform.is_shared(visit))):
        return known
    feeds = links_of(visit.page, visit.at.url)[:MOST_ANNOUNCED]
    announced = [feed for feed in feeds if feed.strength is Strength.ANNOUNCED]
    own = [_offered(feed, visit.at) for feed in announced if feed.is_own]
    others = [_offered(feed, visit.at) for feed in announced if not feed.is_own]
    linked = [_offered(feed, visit.at) for feed in feeds if feed.strength is Strength.LINKED]
    if own:
        return [*own, *known[:1], *others]
    asked = _first_of_each([*known, *others, *linked])
    if platform and not platform.is_up_to_owner:
        return asked
    guesses = [guess for guess in _common(visit) if not _is_among(guess, asked)]
    return [*asked, *guesses[: max(0, MOST_GUESSES - len(known))]]


def _of_platform(visit: Visit, platform: Platform | None) -> list[Candidate]:
    if platform is None:
        return []
    how = f"where {platform.name} has its feeds"
    return [Candidate(url, how, is_own=True) for url in platform.feeds(visit)]


def _offered(feed: FeedLink, at: Place) -> Candidate:
    is_announced = feed.strength is Strength.ANNOUNCED
    return Candidate(
        url=_as_safe_as(at, feed.url),
        how="announced by the page" if is_announced else "linked on the page",
        is_own=feed.is_own,
        is_announced=True,
        alternatives=tuple(_as_safe_as(at, url) for url in feed.alternatives),
    )


def _as_safe_as(at: Place, url: str) -> str:
    """A link written as ``http`` on a page that came by ``https``, as browsers upgrade it."""
    is_unsafe = at.origin.startswith("https:") and url.lower().startswith("http:")
    return f"https:{url[5:]}" if is_unsafe else url


def _common(visit: Visit) -> list[Candidate]:
    """At the root; and below the section that was named, if it was one."""
    folder = visit.at.segments
    if folder and "." in folder[-1]:
        folder = folder[:-1]
    paths = [f"/{name}" for name in _COMMON]
    if folder and not visit.is_post:
        section = "".join(f"/{part}" for part in folder)
        paths = [f"{start}/{name}" for start in (section, "") for name in _IN_SECTION]
    how = "where feeds often are"
    return [Candidate(visit.at.at(path), how, is_own=True, is_guess=True) for path in paths]


def _key(candidate: Candidate) -> str:
    # A server that knows one of /feed and /feed/ sends those who ask for the other one there.
    return candidate.url.rstrip("/")


def _is_among(candidate: Candidate, others: Iterable[Candidate]) -> bool:
    return any(_key(candidate) == _key(other) for other in others)


def _first_of_each(found: Iterable[Candidate]) -> list[Candidate]:
    by_address: dict[str, Candidate] = {}
    for candidate in found:
        by_address.setdefault(_key(candidate), candidate)
    return list(by_address.values())
