"""Rows of many students made into one overview; the overviews of shards made into one. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from csc_verify.errors import UsageError
from csc_verify.model import WeekSpan
from csc_verify.overview import Overview
from csc_verify.week import WeekStart, read_begun_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csc_verify.cohort.values import Span
    from csc_verify.overview import StudentRow
    from csc_verify.roster import Entry


def gathered(rows: Iterable[StudentRow], span: Span) -> Overview:
    """The overview of some rows, in the order of their roster.

    Args:
        rows: In any order.
        span: Which weeks were asked about.
    """
    in_order = tuple(sorted(rows, key=lambda row: row.person.line))
    week = _week_of(in_order) or _week_by_clock(span)
    back = reversed(range(span.number))
    weeks = tuple(week.start - timedelta(weeks=number) for number in back)
    return Overview(week, weeks, in_order, span.now.astimezone(UTC))


def _week_of(rows: Sequence[StudentRow]) -> WeekSpan | None:
    """The newest week of most rows, as most of them have it."""
    newest = Counter(row.reports[-1].week for row in rows if row.reports)
    if not newest:
        return None
    return max(newest, key=lambda week: (newest[week], week.start, week.state))


def _week_by_clock(span: Span) -> WeekSpan:
    week = read_begun_week(span.last, span.now, WeekStart.MONDAY, ZoneInfo("UTC"))
    return WeekSpan(week.first, week.last, week.iso, week.state(span.now))


def merged(overviews: Sequence[Overview]) -> Overview:
    """The shards of one roster as one overview.

    Args:
        overviews: At least one.

    Raises:
        UsageError: They are about different weeks, or about the same student.
    """
    first = max(overviews, key=lambda overview: (len(overview.rows), overview.week.start))
    starts = {overview.week.start for overview in overviews if overview.rows}
    if len(starts) > 1:
        raise UsageError(
            f"these are about different weeks: {', '.join(map(str, sorted(starts)))}",
            "Merge shards of one run",
        )
    rows = [row for overview in overviews for row in overview.rows]
    twice = [key for key, times in Counter(row.person.key for row in rows).items() if times > 1]
    if twice:
        raise UsageError(
            f"{len(twice)} students are in more than one of them, such as {twice[0]}",
            "Merge shards of one run, each once",
        )
    weeks = max((overview.weeks for overview in overviews), key=len)
    at = max(overview.at for overview in overviews)
    in_order = tuple(sorted(rows, key=lambda row: row.person.line))
    return replace(first, weeks=weeks, rows=in_order, at=at)


def in_shard(entries: Iterable[Entry], index: int, number: int) -> tuple[Entry, ...]:
    """The entries of a shard; a student is in the same one whatever else the roster holds.

    Args:
        entries: Of a roster.
        index: Which shard, from 1.
        number: How many there are.
    """

    def shard_of(entry: Entry) -> int:
        digest = sha256(entry.person.key.encode()).digest()
        return int.from_bytes(digest[:8], "big") % number + 1

    return tuple(entry for entry in entries if shard_of(entry) == index)
