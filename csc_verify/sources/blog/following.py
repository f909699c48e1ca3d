"""The posts' own pages: what may be of the week is asked for itself, and only so often.

A page that is the post can give a date that is missing or more exact, and can contradict its feed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.addresses import canonical
from csc_verify.dates import Anywhere, Day, Instant, Local, Placement, WrittenDate, placed
from csc_verify.escape import plain
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.pages import PageKind
from csc_verify.sources.blog.from_page import LIST, days_of, post_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from csc_verify.dates import Reading
    from csc_verify.fetch import FetchResult
    from csc_verify.model import Item
    from csc_verify.pages import PageFacts
    from csc_verify.sources.blog.web import Web
    from csc_verify.week import Week

_A_DAY: Final = timedelta(days=1)
MOST_FOLLOWED: Final = 8
"""Posts of one address whose pages are asked."""


def may_be_of(item: Item, week: Week) -> bool:
    """Whether a post may be of a week."""
    return item.at is None or placed(item.at, week) is not Placement.OUTSIDE


def followed(items: Iterable[Item], week: Week, web: Web) -> tuple[Item, ...]:
    """Posts with what their own pages say, those that may be of a week; the others as they are.

    Args:
        items: As a feed or a list shows them, newest first.
        week: The week that is asked about.
        web: What is asked.
    """
    return tuple(_followed(items, week, web))


def _followed(items: Iterable[Item], week: Week, web: Web) -> Iterator[Item]:
    left = MOST_FOLLOWED
    for item in items:
        if left and item.url and may_be_of(item, week):
            left -= 1
            yield _told(item, item.url, web.look(item.url), web)
        else:
            yield item


def _told(item: Item, url: str, answer: FetchResult, web: Web) -> Item:
    match answer:
        case Page():
            facts = post_at(answer, url, item.title, web)
            return item if facts is None else _with_date_of(item, post_of(facts, url))
        case Absent(_, status) if item.element == LIST:
            return replace(item, doubt=f"there is nothing at its address ({status})")
        case Absent() | Unreachable():
            return item
        case never:
            assert_never(never)


def post_at(page: Page, url: str, title: str, web: Web) -> PageFacts | None:
    """What a page says of a post, if it is that post's; None if it is none, or another's.

    An address may lead on: to the same post elsewhere, or to a welcome page. It is the post's if
    it is at the address that was asked, calls itself so, or has the post's title.

    Args:
        page: What was answered.
        url: The address that was asked.
        title: The post's title.
        web: What has read pages already.
    """
    facts = web.read(page)
    if facts.kind not in {PageKind.POST, PageKind.VIDEO}:
        return None
    addresses = {canonical(one) for one in (page.url, facts.canonical) if one}
    same_title = bool(title) and title.casefold() in facts.title.casefold()
    return facts if canonical(url) in addresses or same_title else None


def _with_date_of(item: Item, page: Item) -> Item:
    """A post with its page's date where that says more; with both where they contradict."""
    item = replace(item, canonical=page.canonical, authors=item.authors or page.authors)
    if page.at is None:
        return item
    if item.at is None or _is_more_exact(page.at, item.at):
        return replace(item, at=page.at, element=page.element)
    if _are_near(item.at, page.at):
        return replace(item, element=page.element if item.element == LIST else item.element)
    readings = dict.fromkeys((*item.at.readings, *page.at.readings))
    both = WrittenDate(item.at.raw, tuple(readings), item.at.iso)
    doubt = f"its own page names another date ({plain(page.at.raw, 60)})"
    return replace(item, at=both, doubt=item.doubt or doubt)


def _is_more_exact(page: WrittenDate, other: WrittenDate) -> bool:
    """Whether a page names a moment that agrees with a date of several readings.

    A bare day says nothing more than a time of that day; and the moment must be the one that the
    other date may mean, on its wall or in UTC.
    """
    if len(page.readings) != 1 or not isinstance(page.readings[0], Instant):
        return False
    at = page.readings[0].at
    return len(other.readings) > 1 and any(_agrees(at, reading) for reading in other.readings)


def _are_near(one: WrittenDate, other: WrittenDate) -> bool:
    """Whether two dates are a day apart at most, as one moment is in two zones."""
    return any(abs(a - b) <= _A_DAY for a in days_of(one) for b in days_of(other))


def _agrees(at: datetime, reading: Reading) -> bool:
    match reading:
        case Instant(other):
            return at == other
        case Day(day):
            return at.date() == day
        case Local(wall) | Anywhere(wall):
            return at.replace(tzinfo=None) == wall
        case never:
            assert_never(never)
