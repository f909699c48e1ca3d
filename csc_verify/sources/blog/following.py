"""The posts' own pages, where a feed or a list leaves something open.

A page that is the post says best when it was published. It is asked where what was seen so far has
no date, or one that may lie inside or outside the week, or is a list's alone; and only so often.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.dates import Day, Placement, WrittenDate, placed
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.sources.blog.from_page import post_of
from csc_verify.sources.blog.pages import PageFacts, PageKind, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from csc_verify.fetch import FetchResult
    from csc_verify.model import Item
    from csc_verify.sources.blog.web import Web
    from csc_verify.week import Week

MOST_FOLLOWED: Final = 8
"""Posts of one address whose pages are asked."""


def is_undecided(item: Item, week: Week) -> bool:
    """Whether it can't be told from what was seen of a post if it is of a week."""
    return item.at is None or placed(item.at, week) is Placement.UNSURE


def may_be_of(item: Item, week: Week) -> bool:
    """Whether a post may be of a week."""
    return item.at is None or placed(item.at, week) is not Placement.OUTSIDE


def followed(
    items: Iterable[Item], week: Week, web: Web, wanted: Callable[[Item, Week], bool]
) -> tuple[Item, ...]:
    """Posts with what their own pages say; those that aren't wanted as they are.

    Args:
        items: As a feed or a list shows them, newest first.
        week: The week that is asked about.
        web: What is asked.
        wanted: Whose page is worth asking for.
    """
    return tuple(_followed(items, week, web, wanted))


def _followed(
    items: Iterable[Item], week: Week, web: Web, wanted: Callable[[Item, Week], bool]
) -> Iterator[Item]:
    left = MOST_FOLLOWED
    for item in items:
        if left and item.url and wanted(item, week):
            left -= 1
            yield _told(item, item.url, web.look(item.url))
        else:
            yield item


def _told(item: Item, url: str, answer: FetchResult) -> Item:
    match answer:
        case Page():
            facts = post_at(answer)
            return item if facts is None else _with_date_of(item, post_of(facts, url))
        case Absent(_, status):
            return replace(item, doubt=f"there is nothing at its address ({status})")
        case Unreachable():
            return item
        case never:
            assert_never(never)


def post_at(page: Page) -> PageFacts | None:
    """What a page says of the post that it is; None if it is none."""
    facts = read_page(page.body, page.url)
    return facts if facts.kind in {PageKind.POST, PageKind.VIDEO} else None


def _with_date_of(item: Item, page: Item) -> Item:
    """A post with its page's date; with both where they name other days."""
    if page.at is None:
        return item
    if item.at is None or _days(item.at) & _days(page.at):
        return replace(item, at=page.at, element=page.element)
    readings = dict.fromkeys((*item.at.readings, *page.at.readings))
    return replace(item, at=WrittenDate(item.at.raw, tuple(readings), item.at.iso))


def _days(at: WrittenDate) -> frozenset[date]:
    """The days that a date may mean, each as it was written."""
    return frozenset(
        reading.day if isinstance(reading, Day) else reading.at.date() for reading in at.readings
    )
