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
from itertools import islice
from typing import TYPE_CHECKING, Final, NoReturn

from csc_verify.calendar_text import MONTHS
from csc_verify.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bs4 import BeautifulSoup, Tag

MOST_DAYS: Final = 800
"""Days that a page may show; GitHub's shows a year."""
MOST_BYTES: Final = 512 * 1024
"""Bytes that a page may have; a captured year has 226 KB."""
MOST_TAGS: Final = 5_000
"""Tags, opened or closed, that a page may have; a captured year has 1,700."""
MOST_BROKEN_TAGS: Final = 10
"""Tags without their end that a page may have; a captured year has none."""

_HEADING: Final = "js-contribution-activity-description"
_MOST_PARTS: Final = 20
_LONGEST: Final = 1000
_NUMBER: Final = r"(?P<count>\d{1,3}(?:,\d{3}){1,2}|\d{1,7}|no)"
_SAID: Final = re.compile(
    rf"{_NUMBER} contributions? on (?:[a-z]+, )?(?P<month>[a-z]+) (?P<day>\d{{1,2}})"
    r"(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?\.?",
    re.IGNORECASE | re.ASCII,
)
# Contributions "in" a year: those "on" a day are a cell's, within a heading that was never closed.
_TOTAL: Final = re.compile(rf"{_NUMBER} contributions?(?: in .*)?", re.IGNORECASE | re.ASCII)
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
    page = _parsed(body)
    root = page.find("html")
    language = str(root.get("lang") or "en") if root is not None else "en"
    if language.lower().partition("-")[0] != "en":
        _refuse("it is not in English")
    cells = page.select("td[data-date], rect[data-date]", limit=MOST_DAYS + 1)
    if not cells:
        _refuse("it shows no calendar")
    if len(cells) > MOST_DAYS:
        _refuse("it shows more days than a calendar has")
    words = _words(page)
    days: dict[date, int] = {}
    for cell in cells:
        day = _day(cell)
        if day in days:
            _refuse(f"it shows {day} twice")
        days[day] = _count(cell, day, words)
    if sum(days.values()) != _total(page):
        _refuse("its days don't add up to its own total")
    return Calendar(days)


def _parsed(body: bytes) -> BeautifulSoup:
    # What the parser warns of on standard error, an address or XML, is no calendar either.
    if b"data-date" not in body or b"<" not in body or b"<?" in body:
        _refuse("it shows no calendar")
    if len(body) > MOST_BYTES or body.count(b"<") > MOST_TAGS:
        _refuse("it is larger than a calendar")
    # For each of these the parser looks through all that follows.
    if sum(b">" not in tag for tag in body.split(b"<")[1:]) > MOST_BROKEN_TAGS:
        _refuse("its markup is broken")
    # Costs 40 ms to import, which only who has no token pays.
    from bs4 import BeautifulSoup, ParserRejectedMarkup  # noqa: PLC0415

    try:
        return BeautifulSoup(body.decode("utf-8", "replace"), "html.parser")
    except (ParserRejectedMarkup, ValueError):
        # The parser also reads numbers of characters, some of them too long for it.
        _refuse("its markup is broken")


def _words(page: BeautifulSoup) -> Mapping[str, str]:
    """What each tool-tip says, by the id of what it is about."""
    tips = page.find_all("tool-tip", attrs={"for": True}, limit=MOST_DAYS + 1)
    if len(tips) > MOST_DAYS:
        _refuse("it says more than there are days in a calendar")
    words: dict[str, str] = {}
    for tip in tips:
        said = _text(tip)
        if words.setdefault(str(tip.get("for")), said) != said:
            _refuse("it says two things of one day")
    return words


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
    year = int(found["year"] or day.year)
    if (year, month, int(found["day"])) != (day.year, MONTHS[day.month - 1], day.day):
        _refuse(f"what it says of {day} is about another day")
    return _number(found["count"])


def _total(page: BeautifulSoup) -> int:
    heading = page.find(id=_HEADING) or page.find("h2")
    found = _TOTAL.fullmatch(_text(heading)) if heading is not None else None
    if found is None:
        _refuse("it does not tell its total")
    return _number(found["count"])


def _number(written: str) -> int:
    return 0 if written.lower() == "no" else int(written.replace(",", ""))


def _text(tag: Tag) -> str:
    """What a tag says; nothing if it holds too much, as one does that was never closed."""
    if len(list(islice(tag.descendants, _MOST_PARTS + 1))) > _MOST_PARTS:
        return ""
    text = tag.get_text(" ")
    return " ".join(text.split()) if len(text) <= _LONGEST else ""


def _refuse(why: str) -> NoReturn:
    raise Unavailable(
        f"GitHub's public calendar was not understood: {why}",
        "Set GITHUB_TOKEN, so that the calendar isn't needed",
    )
