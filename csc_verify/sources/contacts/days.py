"""Dates of a tracker, with one order of day and month for the whole column. Pure.

``3/2/2026`` is one day in New York and another in London. A column has one order: a single date
that can only be read one way decides for all. Where none does, each keeps both readings, and counts
if both lie in the week. A date without a year is of the year that the rest of the column is of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from csc_verify.dates import Day, WrittenDate, as_days, of_days, read_date
from csc_verify.sources.contacts.written_days import (
    LEAP_YEAR,
    MonthDay,
    Numbers,
    compact_in,
    day_of,
    first_of,
    named_in,
    numbers_in,
    serial_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, tzinfo

_MONTHS: Final = 12
_DAYS: Final = 31
_HALF_A_YEAR: Final = timedelta(days=183)


class Order(Enum):
    """Which of two numbers is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    OPEN = "nothing tells"
    BOTH = "some dates say one, some the other"


@dataclass(frozen=True, slots=True)
class Yearless:
    """A date without a year, where the column doesn't tell it.

    Attributes:
        days: What it may be.
    """

    days: frozenset[MonthDay]


Read: TypeAlias = WrittenDate | Yearless | None
"""What a cell says; None if it can't be read."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column tells of the dates in it.

    Attributes:
        order: Of day and month.
        has_serials: Whether it is of Excel's numbers.
        years_by: The days that are certain, in order, if most dates have a year; else none.
        zone: The student's, in which an instant's day is taken.
    """

    order: Order
    has_serials: bool
    years_by: tuple[date, ...]
    zone: tzinfo


def _order(written: Sequence[Numbers]) -> Order:
    """What a column's dates of numbers say of their order."""
    day_first = any(_MONTHS < n.first <= _DAYS and n.second <= _MONTHS for n in written)
    month_first = any(_MONTHS < n.second <= _DAYS and n.first <= _MONTHS for n in written)
    if day_first and month_first:
        return Order.BOTH
    if day_first or month_first:
        return Order.DAY_FIRST if day_first else Order.MONTH_FIRST
    return Order.OPEN


def read_days(cells: Sequence[str], zone: tzinfo) -> tuple[tuple[Read, ...], Column]:
    """The dates of a column, and what it tells of others that go by it.

    Args:
        cells: As written.
        zone: The student's.
    """
    texts = {cell: first_of(cell) for cell in set(cells) if cell}
    times = Counter(cell for cell in cells if cell)
    serials = sum(times[cell] for cell, text in texts.items() if serial_in(text))
    order = _order([numbers for text in texts.values() if (numbers := numbers_in(text))])
    plain = Column(order, serials * 2 > times.total(), (), zone)
    read: dict[str, Read] = {cell: _read(text, plain) for cell, text in texts.items()}
    years_by = _certain(read, times)
    if years_by:
        whole = Column(order, plain.has_serials, years_by, zone)
        for cell, found in read.items():
            if isinstance(found, Yearless):
                read[cell] = _with_year(found, whole)
    return tuple(map(read.get, cells)), Column(order, plain.has_serials, years_by, zone)


def read_day(cell: str, column: Column) -> WrittenDate | None:
    """A date beside a column's, in the column's order; None if it is none, or has no year."""
    text = first_of(cell)
    read = _read(text, column)
    if isinstance(read, Yearless):
        read = _with_year(read, column)
    return read if isinstance(read, WrittenDate) else None


def looks_like_date(cell: str) -> bool:
    """Whether a cell holds a date with its year."""
    text = first_of(cell)
    numbers = numbers_in(text)
    if numbers is not None:
        return numbers.year is not None and bool(_days(numbers, numbers.year, Order.OPEN))
    return compact_in(text) is not None or read_date(text) is not None


def _read(text: str, column: Column) -> Read:
    numbers = numbers_in(text)
    if numbers is not None and numbers.year is not None:
        days = _days(numbers, numbers.year, column.order)
        return of_days(days) if days else None
    day = compact_in(text) or (serial_in(text) if column.has_serials else None)
    if day is not None:
        return of_days([day])
    if numbers is not None:
        days = _days(numbers, LEAP_YEAR, column.order)
        return Yearless(frozenset((day.month, day.day) for day in days)) if days else None
    if named := named_in(text):
        return Yearless(frozenset([named])) if day_of(LEAP_YEAR, *named) else None
    written = read_date(text)
    # A tracker's times are on the student's wall; which day it was is all that matters.
    return as_days(written, column.zone) if written is not None else None


def _certain(read: Mapping[str, Read], times: Counter[str]) -> tuple[date, ...]:
    """The days that are certain, in order; none where dates without a year are the most."""
    days: set[date] = set()
    full = yearless = 0
    for cell, found in read.items():
        match found:
            case WrittenDate(readings=(Day(day),)):
                days.add(day)
                full += times[cell]
            case Yearless():
                yearless += times[cell]
            case WrittenDate() | None:
                pass
    return tuple(sorted(days)) if full >= yearless else ()


def _with_year(found: Yearless, column: Column) -> WrittenDate | Yearless:
    """A date in the year that puts it nearest to the column's others; in each one that does."""
    if not column.years_by:
        return found
    years = range(column.years_by[0].year - 1, column.years_by[-1].year + 2)
    days = {
        day
        for month, number in found.days
        for year in years
        if (day := day_of(year, month, number)) and _is_near(day, column.years_by)
    }
    return of_days(days) if days else found


def _is_near(day: date, others: Sequence[date]) -> bool:
    at = bisect_left(others, day)
    return any(abs(other - day) < _HALF_A_YEAR for other in others[max(at - 1, 0) : at + 1])


def _days(numbers: Numbers, year: int, order: Order) -> list[date]:
    month_first, day_first = (numbers.first, numbers.second), (numbers.second, numbers.first)
    orders = {
        Order.MONTH_FIRST: {month_first},
        Order.DAY_FIRST: {day_first},
        Order.OPEN: {month_first, day_first},
        Order.BOTH: {month_first, day_first},
    }[order]
    found = {day for month, number in orders if (day := day_of(year, month, number))}
    return sorted(found)
