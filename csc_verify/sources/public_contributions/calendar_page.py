"""The calendar on a profile's page, as github.com serves it to everybody. Pure.

The page is HTML for people and changes without notice. So nothing is taken for granted: each day's
number must be found, in words or in an attribute, the days must add up to the page's own heading,
and whatever doesn't fit is an error. A number that wasn't understood is never a zero.

Markups known (captures of 2018 to 2026):

* since 2023: ``<td data-date id>`` or ``<rect data-date id>``, and the number in the words of a
  ``<tool-tip for=ID>`` that may stand anywhere; in late 2023 all of them stood before the table;
* 2022 and 2023: the words inside the cell;
* before: an attribute ``data-count``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from csc_verify.calendar_text import MONTHS
from csc_verify.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4 import BeautifulSoup, Tag

MOST_DAYS: Final = 800
"""Days that a page may show; GitHub's shows a year."""

_HEADING: Final = "js-contribution-activity-description"
_NUMBER: Final = r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,7}|no)"
_SAID: Final = re.compile(
    rf"{_NUMBER} contributions? on (?:[a-z]+, )?(?P<month>[a-z]+) (?P<day>\d{{1,2}})"
    r"(?:st|nd|rd|th)?(?:,? \d{4})?\.?",
    re.IGNORECASE | re.ASCII,
)
_TOTAL: Final = re.compile(rf"{_NUMBER} contributions?\b.*", re.IGNORECASE | re.ASCII)
_COUNT: Final = re.compile(r"\d{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a page shows.

    Attributes:
        days: Each day's contributions, what is private but shown as a number included.
    """

    days: Mapping[date, int]


def read_calendar(body: bytes) -> Calendar:
    """Read a page.

    Args:
        body: The page, decompressed.

    Raises:
        Unavailable: It is no calendar, or not one of a known markup.
    """
    # Costs 40 ms to import, which only who has no token pays.
    from bs4 import BeautifulSoup  # noqa: PLC0415

    page = BeautifulSoup(body, "html.parser")
    cells = page.select("td[data-date], rect[data-date]")
    if not cells:
        _refuse("it shows no calendar")
    if len(cells) > MOST_DAYS:
        _refuse("it shows more days than a calendar has")
    words = {
        str(tip.get("for")): _text(tip) for tip in page.find_all("tool-tip", attrs={"for": True})
    }
    days: dict[date, int] = {}
    for cell in cells:
        day = _day(cell)
        if day in days:
            _refuse(f"it shows {day} twice")
        days[day] = _count(cell, day, words)
    if sum(days.values()) != _total(page):
        _refuse("its days don't add up to its own total")
    return Calendar(days)


def _day(cell: Tag) -> date:
    written = str(cell.get("data-date"))
    try:
        return date.fromisoformat(written)
    except ValueError:
        _refuse("a day of it has no date")


def _count(cell: Tag, day: date, words: Mapping[str, str]) -> int:
    attribute = cell.get("data-count")
    if attribute is not None:
        if not _COUNT.fullmatch(str(attribute)):
            _refuse(f"it does not tell the number of {day}")
        return int(str(attribute))
    said = words.get(str(cell.get("id"))) or _text(cell)
    found = _SAID.fullmatch(said)
    if found is None:
        _refuse(f"it does not tell the number of {day}")
    month = found["month"][:3].capitalize()
    if (month, int(found["day"])) != (MONTHS[day.month - 1], day.day):
        _refuse(f"what it says of {day} is about another day")
    return _number(found["count"])


def _total(page: BeautifulSoup) -> int:
    heading = page.find(id=_HEADING) or page.find("h2")
    found = _TOTAL.match(_text(heading)) if heading is not None else None
    if found is None:
        _refuse("it does not tell its total")
    return _number(found["count"])


def _number(written: str) -> int:
    return 0 if written.lower() == "no" else int(written.replace(",", ""))


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _refuse(why: str) -> NoReturn:
    raise Unavailable(
        f"GitHub's public calendar was not understood: {why}",
        "Set GITHUB_TOKEN, so that the calendar isn't needed",
    )
