"""Posts of a blog, found from whatever address of it there is.

::

    address ──> Web.ask ──> a feed?   feeds/      ──> from_feed.py ──┐
                        ──> a page?   pages/      ──> from_page.py ──┼──> Found, Failed
                               │  discovery/ says what else to ask   │
                               └──> Web.look ──> its feed ───────────┘

What a server sends decides, not what it calls it. A feed that is too short is asked for older
pages; a site's feed is compared with its page, since feeds go stale. Every fetch is bounded, and
what nobody can tell is a reason for ``unknown``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import Evidence, Failed, Found
from csc_verify.sources.blog.discovery import Plan, is_single_post, plan, ranges
from csc_verify.sources.blog.feeds import Feed, NoFeed, Nothing
from csc_verify.sources.blog.from_feed import Seen, seen_in
from csc_verify.sources.blog.from_page import newer_than, post_of, posts_of
from csc_verify.sources.blog.pages import PageFacts, PageKind, read_page
from csc_verify.sources.blog.web import Web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.discovery import Candidate
    from csc_verify.week import Week

__all__ = ["FEED", "PAGE", "Web", "collect"]

FEED: Final = "feed"
PAGE: Final = "page"
"""What reports call the two sources."""

_MOST_CANDIDATES = 8
_MOST_PAGES = 4
_MEND = "Correct it under blog.urls"
_GIVE_FEED = "Give the feed's own address under blog.urls, often /feed, /rss.xml or /feed.xml"


def collect(address: str, week: Week, web: Web) -> Evidence:
    """Ask a blog for its posts.

    Args:
        address: As configured: a site, a profile, a channel, a feed, one post.
        week: The week that is asked about; decides how far back to look.
        web: What it is asked with.

    Returns:
        The posts, or why there was no answer. Never raises for what a server does.
    """
    match web.ask(address):
        case Page() as page:
            return _from_document(page, address, week, web)
        case Absent(_, status):
            reason = f"{address}: there is nothing at this address ({status})"
            return Failed(FEED, address, reason, _MEND)
        case Unreachable(_, reason, hint):
            failed = Failed(FEED, address, f"{address}: {reason}", hint)
            return _instead(failed, plan(address, None), address, week, web)
        case never:
            assert_never(never)


def _from_document(page: Page, address: str, week: Week, web: Web) -> Evidence:
    match web.reader.read(page.body, page.url):
        case Feed() as feed:
            return _evidence(_reached_back(feed, page.url, week, web), address, week)
        case NoFeed(Nothing.PAGE):
            return _from_page(page, address, week, web)
        case NoFeed(_, why):
            return Failed(FEED, address, f"{address}: what it sent {why}", _GIVE_FEED)
        case never:
            assert_never(never)


def _from_page(page: Page, address: str, week: Week, web: Web) -> Evidence:
    facts, found = read_page(page.body, page.url), plan(page.url, page.body)
    is_post = facts.kind in {PageKind.POST, PageKind.VIDEO}
    if facts.wall is not None:
        way_out = found.closed.way_out if found.closed else facts.wall.way_out
        failed = Failed(PAGE, address, f"{address}: what it sent {facts.wall.reason}", way_out)
        return _instead(failed, found, address, week, web)
    if is_post and (found.is_post or is_single_post(page.url)):
        return _single(facts, page.url, address)
    feed = _first_feed(found, week, web)
    if feed is not None:
        return _compared(feed, facts, address, week)
    if is_post and facts.published is not None:
        return _single(facts, page.url, address)
    # A page shows a selection: what it lists is there, and what it doesn't may be elsewhere.
    gap = f"{address}: no feed of it was found, and a page alone does not show every post"
    return Found(PAGE, address, posts_of(facts.listed), complete=False, gap=gap, hint=_GIVE_FEED)


def _single(facts: PageFacts, url: str, address: str) -> Found:
    """A configured post: all that its address can show is there."""
    return Found(PAGE, address, (post_of(facts, url),), complete=True)


def _instead(failed: Failed, found: Plan, address: str, week: Week, web: Web) -> Evidence:
    """What a platform's own feed says where its page doesn't answer; else the failure."""
    feed = _first_feed(found, week, web, but=address)
    if feed is None:
        return failed if found.closed is None else replace(failed, hint=found.closed.way_out)
    return _evidence(feed, address, week)


def _first_feed(found: Plan, week: Week, web: Web, but: str = "") -> Seen | None:
    """The first feed of those that may be there."""
    for candidate in found.candidates[:_MOST_CANDIDATES]:
        for url in (candidate.url, *candidate.alternatives[:1]):
            page = web.look(url) if url != but else None
            if isinstance(page, Page):
                reading = web.reader.read(page.body, page.url)
                if isinstance(reading, Feed) and _is_usable(reading, candidate):
                    return _reached_back(reading, page.url, week, web)
    return None


def _is_usable(feed: Feed, candidate: Candidate) -> bool:
    """Whether a feed is worth believing: one that was only guessed at must hold something."""
    return bool(feed.entries) or not candidate.is_guess


def _reached_back(feed: Feed, url: str, week: Week, web: Web) -> Seen:
    """A feed with older pages of it, as many as the week needs and manners allow."""
    pages = [feed]
    seen = seen_in(pages)
    older = _older(feed, url, week)
    while len(pages) <= _MOST_PAGES and seen.gap(week) and not pages[-1].damaged:
        address = next(older, None)
        if address is None:
            break
        result: FetchResult = web.look(address)
        reading = web.reader.read(result.body, result.url) if isinstance(result, Page) else None
        if not isinstance(reading, Feed) or not reading.entries:
            break
        if reading.entries == pages[-1].entries:
            # A server that ignores what it is asked sends the same again.
            break
        pages.append(reading)
        seen = seen_in(pages)
        older = _following(reading, older)
    return seen


def _older(feed: Feed, url: str, week: Week) -> Iterator[str]:
    if feed.next is not None:
        yield feed.next
        return
    yield from ranges(url, feed.generator, week.last)[:_MOST_PAGES]


def _following(feed: Feed, rest: Iterator[str]) -> Iterator[str]:
    if feed.next is not None:
        yield feed.next
    yield from rest


def _evidence(seen: Seen, address: str, week: Week) -> Found:
    gap = seen.gap(week)
    hint = "Add the post's own address, or another one, under blog.urls" if gap else ""
    return Found(FEED, address, seen.items, not gap, f"{address}: {gap}" if gap else "", hint)


def _compared(seen: Seen, facts: PageFacts, address: str, week: Week) -> Found:
    """A site's feed, held against its page."""
    found = _evidence(seen, address, week)
    if not found.complete:
        return found
    doubt = newer_than(facts, seen.items, week)
    if not doubt:
        return found
    return replace(found, complete=False, gap=f"{address}: {doubt}", hint=_GIVE_FEED)
