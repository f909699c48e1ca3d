"""The day that a page's address holds: a second witness, never one alone. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.dates import Day
from csc_verify.pages.values import Witness
from csc_verify.pages.written_days import days_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_verify.dates import WrittenDate

# "/2026/11/17/slug" and "/2026-11-17-slug"; in "/2026/11/17-parsers" there are seventeen of them.
_IN_ADDRESS: Final = re.compile(
    r"/((?:19|20)\d\d)(?:/(\d{1,2})/(\d{1,2})(?=/|$)|-(\d\d)-(\d\d)(?=[/_.-]|$))"
)


def of_address(url: str) -> tuple[Witness, ...]:
    """What an address says, if it holds a whole day."""
    found = _IN_ADDRESS.search(urlsplit(url).path)
    numbers = "-".join(part for part in found.groups() if part) if found else ""
    return tuple(Witness("the address", date) for _, _, date in days_in(numbers))


def agreeing_first(witnesses: Iterable[Witness], address: Iterable[Witness]) -> list[Witness]:
    """Witnesses from a page's text, those first that name the very day that its address holds.

    A text may name several days; the one that stands in both is the post's.
    """
    wanted = {day for one in address for day in _days(one.date)}
    return sorted(witnesses, key=lambda one: wanted.isdisjoint(_days(one.date)))


def _days(date: WrittenDate) -> set[object]:
    return {
        reading.day if isinstance(reading, Day) else reading.at.date() for reading in date.readings
    }
