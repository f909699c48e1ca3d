"""The weeks of a log in a row, the ones without a line among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csc_verify.model import Report

_DAYS = 7


@dataclass(frozen=True, slots=True)
class Slot:
    """A week that has a line, or should have one.

    Attributes:
        first: Its first day.
        last: Its last day, inclusive.
        report: What its line says; None if there is none.
    """

    first: date
    last: date
    report: Report | None


def newest_first(reports: tuple[Report, ...]) -> Iterator[Slot]:
    """Every week from the newest line back to the oldest, one by one.

    Args:
        reports: One a week, oldest first; may be empty.
    """
    later: date | None = None
    for report in reversed(reports):
        if later is not None:
            yield from _lineless(report.week.start, later)
        yield Slot(report.week.start, report.week.end, report)
        later = report.week.start


def lineless_weeks(reports: tuple[Report, ...]) -> int:
    """How many weeks between the oldest line and the newest one have none.

    Args:
        reports: One a week, oldest first; may be empty.
    """
    starts = (report.week.start for report in reports)
    return sum(_weeks_between(earlier, later) for earlier, later in pairwise(starts))


def _lineless(earlier: date, later: date) -> Iterator[Slot]:
    for back in range(1, _weeks_between(earlier, later) + 1):
        first = later - timedelta(weeks=back)
        yield Slot(first, first + timedelta(days=_DAYS - 1), None)


def _weeks_between(earlier: date, later: date) -> int:
    # Where a student went over from Monday to Sunday weeks, one begins a day early or late.
    return max(0, ((later - earlier).days + _DAYS // 2) // _DAYS - 1)
