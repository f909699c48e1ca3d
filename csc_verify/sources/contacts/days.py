"""Dates of a tracker, with one order of day and month for the whole column. Pure.

``3/2/2026`` is one day in New York and another in London. A column has one order: a single date
that can only be read one way decides for all. Where none does, each keeps both readings, and counts
if both lie in the week.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from csc_verify.dates import EARLIEST_YEAR, LATEST_YEAR, WrittenDate, as_days, of_days, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

# 11/17/2026, 17.11.26, 17-11-2026 18:40:00, 11/17/2026, 6:40 PM
_NUMBERS: Final = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_MONTHS: Final = 12
_THIS_CENTURY: Final = 2000


class Order(Enum):
    """Which of two numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    OPEN = "nothing tells"
    BOTH = "some dates say one, some the other"


class _Numbers(NamedTuple):
    first: int
    second: int
    year: int


def order_of(cells: Iterable[str]) -> Order:
    """What a column's dates say of their order.

    Args:
        cells: As written; what is no date of three numbers says nothing.
    """
    written = [numbers for cell in cells if (numbers := _numbers_in(cell)) is not None]
    day_first = any(_MONTHS < n.first <= 31 and n.second <= _MONTHS for n in written)  # noqa: PLR2004
    month_first = any(_MONTHS < n.second <= 31 and n.first <= _MONTHS for n in written)  # noqa: PLR2004
    if day_first and month_first:
        return Order.BOTH
    if day_first or month_first:
        return Order.DAY_FIRST if day_first else Order.MONTH_FIRST
    return Order.OPEN


def read_days(cells: Sequence[str], zone: tzinfo) -> tuple[WrittenDate | None, ...]:
    """The dates of a column; None for each that can't be read.

    Args:
        cells: As written.
        zone: The student's, in which an instant's day is taken.
    """
    order = order_of(cells)
    return tuple(_read(cell, order, zone) for cell in cells)


def _read(cell: str, order: Order, zone: tzinfo) -> WrittenDate | None:
    numbers = _numbers_in(cell)
    if numbers is not None:
        days = _days(numbers, order)
        return of_days(days) if days else None
    written = read_date(cell)
    if written is None:
        return None
    # A tracker's times are on the student's wall; which day it was is all that matters.
    return as_days(written, zone)


def _numbers_in(cell: str) -> _Numbers | None:
    found = _NUMBERS.fullmatch(cell)
    if found is None:
        return None
    year = int(found[4])
    return _Numbers(
        int(found[1]), int(found[3]), year + _THIS_CENTURY * (len(found[4]) == len("26"))
    )


def _days(numbers: _Numbers, order: Order) -> list[date]:
    month_first, day_first = (numbers.first, numbers.second), (numbers.second, numbers.first)
    orders = {
        Order.MONTH_FIRST: {month_first},
        Order.DAY_FIRST: {day_first},
        Order.OPEN: {month_first, day_first},
        Order.BOTH: {month_first, day_first},
    }[order]
    found = {day for month, number in orders if (day := _day(numbers.year, month, number))}
    return sorted(found)


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
