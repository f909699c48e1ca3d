"""Days in running text, in the commonest languages. Pure.

A page's byline is written for people: no zone, mostly no time, months by name. A day is found only
where it stands whole, with its year; an order that may mean two days keeps both.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from csc_verify.dates import EARLIEST_YEAR, LATEST_YEAR, Day, WrittenDate
from csc_verify.month_names import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_DAY = r"(?<![0-9.,:/-])(?P<day>[0-9]{1,2})"
_NAME = r"(?P<month>[^\W\d_]{3,12})"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        # 8 August 2016, 8. August 2016, 8 de agosto de 2016, 8th of August, 2016
        rf"""{_DAY}(?:st|nd|rd|th|er|º|\.)?\ ?(?:\ de\ |\ of\ |\ )?\ ?{_NAME}\.?,?
        (?:\ de|\ del)?\ {_YEAR}""",
        # 08-Aug-2016, 8/Aug/2016
        rf"{_DAY}(?P<between>[-/]){_NAME}(?P=between){_YEAR}",
        # August 8, 2016, Aug. 8th 2016
        rf"(?<![^\W\d_]){_NAME}\.?\ (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ {_YEAR}",
        # 2016年8月8日, 2016년 8월 8일
        r"""(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\ ?[年년]\ ?(?P<month>[0-9]{1,2})\ ?[月월]\ ?
        (?P<day>[0-9]{1,2})\ ?[日일]""",
        # 2016-08-08, 2016/8/8, 2016.08.08
        r"""(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)
        (?P<day>[0-9]{1,2})(?![:/-]?\w)""",
        # 8.8.2016: with dots the day is first
        rf"{_DAY}\.\ ?(?P<month>[0-9]{{1,2}})\.\ ?{_YEAR}",
        # 8.8.16: with dots the day is first, and the year this century's
        rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{2}})(?![0-9.:])",
        # 26 01 2022
        rf"{_DAY}(?P<open>\ \|\ |\ )(?P<month>[01][0-9])(?P=open){_YEAR}",
        # 8/8/2016, 8-8-2016: either may be the day
        rf"{_DAY}(?P<open>[-/])(?P<month>[0-9]{{1,2}})(?P=open){_YEAR}",
    )
)


def days_in(text: str) -> Iterator[tuple[int, int, WrittenDate]]:
    """The days that stand in a text: where each begins and ends, and what it may mean.

    Args:
        text: At most some hundred characters; white space folded.
    """
    found: list[tuple[int, int, WrittenDate]] = []
    taken = bytearray(len(text))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            date_ = None if any(taken[start:end]) else _read(match)
            if date_ is not None:
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, date_))
    yield from sorted(found, key=lambda place: place[0])


def _read(match: re.Match[str]) -> WrittenDate | None:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), parts["month"], int(parts["day"])
    year += 2000 if len(parts["year"]) == len("16") else 0
    number = int(month) if month.isdecimal() else month_of(month) or 0
    orders = {(number, day), (day, number)} if parts.get("open") else {(number, day)}
    days = sorted(found for order in orders for found in _day(year, *order))
    if not days:
        return None
    return WrittenDate(match[0], tuple(Day(found) for found in days), days[0].isoformat())


def _day(year: int, month: int, day: int) -> list[date]:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return []
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
