"""One address of a blog: what it is, what else to ask, and what that proves about a week."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import Evidence, Failed, Found, Item
from csc_verify.pages import PageFacts, PageKind, Wall, WallKind
from csc_verify.sources.blog.believing import is_one_post, is_usable
from csc_verify.sources.blog.discovery import Plan, is_single_post, plan, ranges
from csc_verify.sources.blog.feeds import Feed, NoFeed, Nothing
from csc_verify.sources.blog.following import followed, may_be_of
from csc_verify.sources.blog.from_feed import Seen, seen_in
from csc_verify.sources.blog.from_page import (
    LIST,
    lacking,
    newer_than,
    post_in,
    post_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.web import Web
    from csc_verify.week import Week

FEED: Final = "feed"
PAGE: Final = "page"
"""What reports call the two sources."""

_MOST_CANDIDATES = 8
_MOST_PAGES = 4
_MEND = "Correct it under blog.urls"
_GIVE_FEED = "Give the feed's own address under blog.urls, often /feed, /rss.xml or /feed.xml"


@dataclass(frozen=True, slots=True)
class Look:
    """What an address answered, and what was read on the way.

    Attributes:
        evidence: The posts, or why there was no answer.
        feeds: The feed's pages, the newest first; empty if none was read.
        post: The page, if the address is a single post's; else None.
    """

    evidence: Evidence
    feeds: tuple[Feed, ...] = ()
    post: PageFacts | None = None


def look(address: str, week: Week, web: Web) -> Look:
    """Ask a blog for its posts. Never raises for what a server does.

    Args:
        address: As configured: a site, a profile, a channel, a feed, one post.
        week: The week that is asked about; decides how far back to look.
        web: What it is asked with.
    """
    match web.ask(address):
        case Page() as page:
            return _from_document(page, address, week, web)
        case Absent(_, status):
            reason = f"{address}: there is nothing at this address ({status})"
            return Look(Failed(FEED, address, reason, _MEND))
        case Unreachable(_, reason, hint):
            failed = Failed(FEED, address, f"{address}: {reason}", hint)
            return _instead(failed, plan(address, None), address, week, web)
        case never:
            assert_never(never)


def _from_document(page: Page, address: str, week: Week, web: Web) -> Look:
    match web.reader.read(page.body, page.url):
        case Feed() as feed:
            return _evidence(_reached_back(feed, page.url, week, web), address, week)
        case NoFeed(Nothing.PAGE):
            return _from_page(page, address, week, web)
        case NoFeed(_, why):
            return Look(Failed(FEED, address, f"{address}: what it sent {why}", _GIVE_FEED))
        case never:
            assert_never(never)


def _from_page(page: Page, address: str, week: Week, web: Web) -> Look:
    facts, found = web.read(page), web.plan(page)
    is_post = facts.kind in {PageKind.POST, PageKind.VIDEO}
    if facts.wall is not None:
        return _behind_wall(facts.wall, page, address, week, web)
    is_one = is_post and is_one_post(facts, page.url)
    if is_one and (found.is_post or is_single_post(page.url)):
        return _single(facts, address)
    seen = _first_feed(found, page.url, week, web)
    if seen is not None:
        return _compared(seen, facts, address, week, web)
    if is_one and facts.published is not None:
        one = _single(facts, address)
        return _unless_a_list(one, found, address, web) if facts.listed else one
    # A page shows a selection: what it lists is there, and what it doesn't may be elsewhere. A link
    # without a date may be anything's, until its page says that it is a post.
    posts = followed(map(post_in, facts.listed), week, web)
    dated = tuple(_unless_confirmed(post) for post in posts if post.at is not None)
    gap = f"{address}: no feed of it was found, and a page alone does not show every post"
    return Look(Found(PAGE, address, dated, complete=False, gap=gap, hint=_GIVE_FEED))


def _unless_a_list(one: Look, found: Plan, address: str, web: Web) -> Look:
    """What looks like one post, unless its own feed couldn't be asked: then it may be a list."""
    announced = (it.url for it in found.candidates if it.is_own and it.is_announced)
    refused = any(isinstance(web.look(url), Unreachable) for url in announced)
    if not refused or not isinstance(one.evidence, Found):
        return one
    gap = f"{address}: the feed that it announces could not be asked"
    return replace(one, evidence=replace(one.evidence, complete=False, gap=gap, hint=_GIVE_FEED))


def _unless_confirmed(post: Item) -> Item:
    """A post that a list alone dates is in doubt: lists show dates of edits, and links to pages."""
    if post.element != LIST or post.doubt:
        return post
    return replace(post, doubt="its own page could not be read, or is no post's")


def _single(facts: PageFacts, address: str) -> Look:
    """A configured post: all that its address can show is there."""
    return Look(Found(PAGE, address, (post_of(facts, address),), complete=True), post=facts)


def _behind_wall(wall: Wall, page: Page, address: str, week: Week, web: Web) -> Look:
    """What the address alone says of feeds; what a wall announces is the wall's, but for a shell.

    A page that is made by scripts still has its own head. One that says "not found" is a mistake
    in the configuration, whatever the site's feed holds.
    """
    own = web.plan(page) if wall.kind is WallKind.SHELL else plan(page.url, None)
    way_out = own.closed.way_out if own.closed else wall.way_out
    failed = Failed(PAGE, address, f"{address}: what it sent {wall.reason}", way_out)
    if wall.kind is WallKind.MISSING:
        return Look(failed)
    return _instead(failed, own, address, week, web)


def _instead(failed: Failed, found: Plan, address: str, week: Week, web: Web) -> Look:
    """What a platform's own feed says where its page doesn't answer; else the failure."""
    seen = _first_feed(found, address, week, web, but=address)
    if seen is None:
        return Look(failed if found.closed is None else replace(failed, hint=found.closed.way_out))
    return _evidence(seen, address, week)


def _first_feed(found: Plan, site: str, week: Week, web: Web, but: str = "") -> Seen | None:
    """The first feed of those that may be there."""
    for candidate in found.candidates[:_MOST_CANDIDATES]:
        for url in (candidate.url, *candidate.alternatives[:1]):
            page = web.look(url) if url != but else None
            if isinstance(page, Page):
                reading = web.reader.read(page.body, page.url)
                if isinstance(reading, Feed) and is_usable(reading, candidate, site):
                    return _reached_back(reading, page.url, week, web)
    return None


def _reached_back(feed: Feed, url: str, week: Week, web: Web) -> Seen:
    """A feed with older pages of it, as many as the week needs and manners allow.

    What may be of the week is then asked for itself.
    """
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
    return replace(seen, items=followed(seen.items, week, web))


def _older(feed: Feed, url: str, week: Week) -> Iterator[str]:
    if feed.next is not None:
        yield feed.next
        return
    yield from ranges(url, feed.generator, week.last)[:_MOST_PAGES]


def _following(feed: Feed, rest: Iterator[str]) -> Iterator[str]:
    if feed.next is not None:
        yield feed.next
    yield from rest


def _evidence(seen: Seen, address: str, week: Week) -> Look:
    return Look(_found(seen, address, week), seen.feeds)


def _found(seen: Seen, address: str, week: Week) -> Found:
    gap = seen.gap(week)
    hint = "Add the post's own address, or another one, under blog.urls" if gap else ""
    return Found(FEED, address, seen.items, not gap, f"{address}: {gap}" if gap else "", hint)


def _compared(seen: Seen, facts: PageFacts, address: str, week: Week, web: Web) -> Look:
    """A site's feed, held against its page.

    What the page shows and the feed lacks counts if its own page is of the week; either way the
    feed is stale, and nobody can say what else it lacks.
    """
    found = _found(seen, address, week)
    missing = tuple(map(post_in, lacking(facts.listed, seen.items)))
    posts = followed(missing, week, web)
    confirmed = tuple(post for post in posts if post.at and post.element != LIST)
    found = replace(found, items=(*found.items, *(it for it in confirmed if may_be_of(it, week))))
    doubt = newer_than(facts, seen.items, (*missing, *confirmed), week) if found.complete else ""
    if doubt:
        found = replace(found, complete=False, gap=f"{address}: {doubt}", hint=_GIVE_FEED)
    return Look(found, seen.feeds)
