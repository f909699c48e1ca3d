"""What a feed proves about a week. Pure.

A feed shows posts, and seldom all of them. It proves that there was none only if it reaches back
past the week's start, in order, undamaged, or says itself that it holds everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.dates import Anywhere, Day, Instant, Local, WrittenDate, ends_before
from csc_verify.escape import plain
from csc_verify.model import Item, ItemKind
from csc_verify.week import day_begins

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from csc_verify.sources.blog.feeds import Entry, Feed
    from csc_verify.week import Week

_PREMIERE: Final = "nobody has seen it yet, so it may be a premiere or stream that has not aired"
_ANSWER: Final = "it answers another post, so it may be a comment"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one or several pages of a feed show.

    Attributes:
        items: The posts, in the order of the document.
        damaged: Why posts may be missing, to follow "its feed"; empty if none are.
        holds_all: Whether the feed says that it holds every post there is.
    """

    items: tuple[Item, ...]
    damaged: str
    holds_all: bool

    def gap(self, week: Week) -> str:
        """Why an absence in a week isn't proven, with "its feed" in front; empty if it is."""
        if self.damaged:
            return f"its feed {self.damaged}"
        if self.holds_all:
            return ""
        if not self.items:
            return "its feed is empty"
        dates = [item.at for item in self.items if item.at is not None]
        old = [ends_before(date, week.begins, week.zone) for date in dates]
        # One old date proves nothing: it may be a pinned post's, or a default. Its place may.
        if old and (old[-1] or (old[0] and _ascend(dates, week.zone))):
            return ""
        if any(old):
            return "its feed is not in order of date, so it can't be said how far back it reaches"
        count = len(self.items)
        return f"its feed shows only the newest {count} and does not reach back before {week.first}"


def seen_in(pages: Sequence[Feed]) -> Seen:
    """What a feed shows on its pages, newest first.

    Args:
        pages: At least one.
    """
    items = tuple(_item(entry, page) for page in pages for entry in page.entries)
    damaged = next((page.damaged for page in pages if page.damaged), "")
    first = pages[0]
    told = first.is_all or (first.total is not None and first.total <= len(items) and bool(items))
    return Seen(items, damaged, holds_all=told)


def _item(entry: Entry, page: Feed) -> Item:
    named = map(plain, entry.authors or page.authors)
    return Item(
        kind=ItemKind.POST,
        url=entry.link or entry.via,
        at=_first_published(entry),
        title=plain(entry.title),
        authors=tuple(dict.fromkeys(name for name in named if name)),
        doubt=_doubt(entry),
    )


def _first_published(entry: Entry) -> WrittenDate | None:
    """The date, with all that it may mean if the entry gives several."""
    if entry.published is None or entry.published.date is None:
        return None
    first = entry.published.date
    others = [written.date for written in entry.also if written.date is not None]
    readings = dict.fromkeys(reading for date in (first, *others) for reading in date.readings)
    return WrittenDate(first.raw, tuple(readings), first.iso)


def _doubt(entry: Entry) -> str | None:
    if entry.video is not None and entry.video.views == 0:
        return _PREMIERE
    return _ANSWER if entry.in_reply_to else None


def _ascend(dates: list[WrittenDate], zone: ZoneInfo) -> bool:
    return all(
        earlier <= later for earlier, later in pairwise(_moment(date, zone) for date in dates)
    )


def _moment(date: WrittenDate, zone: ZoneInfo) -> datetime:
    """One of the instants that a date may mean, near enough to compare it with its neighbours."""
    match date.readings[0]:
        case Instant(at):
            return at
        case Day(day):
            return day_begins(day, zone)
        case Local(at):
            return at.replace(tzinfo=zone)
        case Anywhere(at):
            return at.replace(tzinfo=UTC)
        case never:
            assert_never(never)
