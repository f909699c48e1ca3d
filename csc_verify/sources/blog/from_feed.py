"""What a feed proves about a week. Pure.

A feed shows posts, and seldom all of them. It proves that there was none only if it reaches back
past the week's start, in order, undamaged, or says itself that it holds everything. One that breaks
off is a shorter feed: the newest posts stand in front of the break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never
from urllib.parse import urlsplit

from csc_verify.dates import Anywhere, Day, Instant, Local, WrittenDate, ends_before
from csc_verify.escape import plain
from csc_verify.model import Item, ItemKind
from csc_verify.week import day_begins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from csc_verify.sources.blog.feeds import Entry, Feed
    from csc_verify.week import Week

_PREMIERE: Final = "nobody has seen it yet, so it may be a premiere or stream that has not aired"
_ANSWER: Final = "it answers another post, so it may be a comment"
_ON_GITHUB: Final = "it is activity on GitHub, which counts as contributions, and may be no post"
# WordPress's addresses of comments.
_COMMENT: Final = re.compile(r"comment-\d")
_COMMENTS: Final = re.compile(r"(?:comments?|replies) (?:on|for|to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one or several pages of a feed show.

    Attributes:
        items: The posts, in the order of the document.
        damaged: Why posts may be missing anywhere, to follow "its feed"; empty if none are.
        cut: Why posts are missing at its end, likewise.
        order: The dates that it is in the order of: of publication, or where an entry has none, of
            its last change, which can't be before it.
        holds_all: Whether the feed says that it holds every post there is.
        feeds: The pages themselves.
    """

    items: tuple[Item, ...]
    damaged: str
    cut: str
    order: tuple[WrittenDate, ...]
    holds_all: bool
    feeds: tuple[Feed, ...]

    def gap(self, week: Week) -> str:
        """Why an absence in a week isn't proven, with "its feed" in front; empty if it is."""
        if self.damaged:
            return f"its feed {self.damaged}"
        if self.holds_all or self._reaches_back(week):
            return ""
        if self.cut:
            return f"its feed {self.cut}, before it is clear how far back it reaches"
        if not self.items:
            return "its feed is empty"
        if any(self._are_old(week)):
            return "its feed is not in order of date, so it can't be said how far back it reaches"
        count = len(self.items)
        return f"its feed shows only the newest {count} and does not reach back before {week.first}"

    def _are_old(self, week: Week) -> list[bool]:
        return [ends_before(date, week.begins, week.zone) for date in self.order]

    def _reaches_back(self, week: Week) -> bool:
        """Whether posts older than the week stand where only older ones follow.

        One old date proves nothing: it may be a pinned post's, which stand in front, or a default.
        Behind the first newer post, everything has to be newer up to some place, and older from
        there on.
        """
        old = self._are_old(week)
        if not any(old):
            return False
        moments = [_moment(date, week.zone) for date in self.order]
        if self.cut:
            # What is missing is older only if what is there grows older and older.
            return old[-1] and moments[0] > moments[-1] and _ascend(moments[::-1])
        behind_pinned = old[old.index(False) :] if False in old else old
        newest_first = old[-1] and behind_pinned == sorted(behind_pinned)
        return newest_first or (old[0] and _ascend(moments))


def seen_in(pages: Sequence[Feed]) -> Seen:
    """What a feed shows on its pages, newest first.

    Args:
        pages: At least one.
    """
    items = tuple(item for page in pages for item in _items(page))
    damaged = next((page.damaged for page in pages if page.damaged and not page.is_cut), "")
    cut = next((page.damaged for page in pages if page.is_cut), "")
    entries = [entry for page in pages for entry in page.entries]
    order = tuple(date for entry in entries if (date := _first_published(entry) or _changed(entry)))
    first = pages[0]
    different = len({(entry.link, entry.id, entry.title) for entry in entries})
    told = first.is_all or (first.total is not None and 0 < first.total <= different)
    return Seen(items, damaged, cut, order, told and not cut, tuple(pages))


def _changed(entry: Entry) -> WrittenDate | None:
    return entry.updated.date if entry.updated else None


def _items(page: Feed) -> Iterator[Item]:
    # Of a feed that is no blog's, what is said of all its entries is found once.
    links = (entry.link for entry in page.entries)
    doubt = _ON_GITHUB if _is_githubs(page.site) or all(map(_is_githubs, links)) else None
    doubt = doubt or (_ANSWER if _COMMENTS.match(page.title) else None)
    return (_item(entry, page, doubt) for entry in page.entries)


def _item(entry: Entry, page: Feed, doubt: str | None) -> Item:
    named = map(plain, entry.authors or page.authors)
    return Item(
        kind=ItemKind.POST,
        url=entry.link or entry.via,
        at=_first_published(entry),
        title=plain(entry.title),
        authors=tuple(dict.fromkeys(name for name in named if name)),
        doubt=doubt or _doubt(entry),
        element=entry.published.element if entry.published and entry.published.date else "",
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
    is_comment = _COMMENT.match(urlsplit(entry.link or "").fragment)
    return _ANSWER if entry.in_reply_to or is_comment else None


def _is_githubs(url: str | None) -> bool:
    return urlsplit(url or "").hostname == "github.com"


def _ascend(moments: list[datetime]) -> bool:
    return all(earlier <= later for earlier, later in pairwise(moments))


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
