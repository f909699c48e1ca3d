"""One cell of a tracker's date: what people and spreadsheets write, beside usual dates. Pure.

``11/17/2026`` and ``17.11.26`` are numbers whose order the column tells, ``11/17`` and ``17. Nov``
have no year, ``20261117`` and ``46343`` are a program's.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

from csc_verify.dates import EARLIEST_YEAR, LATEST_YEAR
from csc_verify.letters import bare
from csc_verify.month_names import month_of

MonthDay: TypeAlias = tuple[int, int]
"""A month and a day of it, in a year that isn't written."""


class Numbers(NamedTuple):
    """Two numbers of which either may be the day.

    Attributes:
        first: The one that stands first.
        second: The other.
        year: None if there is none.
    """

    first: int
    second: int
    year: int | None


# 11/17/2026, 17.11.26, 17-11-2026 18:40:00, 11/17/2026, 6:40 PM
_NUMBERS: Final = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_NO_YEAR: Final = re.compile(r"(\d{1,2})(?:/(\d{1,2})|-(\d{1,2})|\.\s?(\d{1,2})\.?)")
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+)?([^\W\d_]{3,10})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?"
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d{1,12})?")
_SERIAL_0: Final = date(1899, 12, 30)
_WEEKDAY: Final = re.compile(r"([^\W\d_]{2,13})\.?,?\s+(?=\S)")
_WEEKDAYS: Final = re.compile(
    r"mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lun|mar|mie|jue|vie|sab|dom|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|mer|jeu|ven|sam|dim|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
)
_RANGE: Final = "\u2192"
_THIS_CENTURY: Final = 2000
LEAP_YEAR: Final = 2024
"""One that has every day of a month."""


def first_of(cell: str) -> str:
    """A date without its weekday; of two with an arrow between, as Notion writes, the first."""
    text = cell.partition(_RANGE)[0].strip()
    found = _WEEKDAY.match(text)
    return text[found.end() :] if found and _WEEKDAYS.fullmatch(bare(found[1])) else text


def numbers_in(text: str) -> Numbers | None:
    """Two numbers and perhaps a year; None if it is something else.

    Args:
        text: Without its weekday.
    """
    if found := _NUMBERS.fullmatch(text):
        year = int(found[4]) + _THIS_CENTURY * (len(found[4]) == len("26"))
        return Numbers(int(found[1]), int(found[3]), year)
    if found := _NO_YEAR.fullmatch(text):
        return Numbers(int(found[1]), int(found[2] or found[3] or found[4]), None)
    return None


def named_in(text: str) -> MonthDay | None:
    """A day of a month that has a name, without a year: "Nov 17", "17. November"."""
    found = _NAMED.fullmatch(text)
    if found is None or (found[1] is None) is (found[3] is None):
        return None
    month = month_of(found[2])
    return (month, int(found[1] or found[3])) if month else None


def compact_in(text: str) -> date | None:
    """A day of eight digits, ``20261117``."""
    found = _COMPACT.fullmatch(text)
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None


def serial_in(text: str) -> date | None:
    """The day that Excel means by a number of five digits; only a whole column can tell."""
    found = _SERIAL.fullmatch(text)
    return _SERIAL_0 + timedelta(days=int(found[1])) if found else None


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None if there is none, or none that can be meant."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
