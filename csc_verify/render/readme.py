"""The README's section: the badge, the last weeks and a link to the log.

Only what stands between the two markers is replaced; every other character stays, line ends and
byte order mark included. A marker counts wherever it stands, also in a code fence, since telling
fences apart would mean to read Markdown as GitHub does. So there has to be exactly one pair, and
with anything else the README is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from csc_verify.appearance import LOOKS
from csc_verify.calendar_text import MONTHS
from csc_verify.claim import claim
from csc_verify.escape import markdown, markdown_address
from csc_verify.model import Verdict
from csc_verify.timeline import newest_first

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.model import Report
    from csc_verify.timeline import Slot

MOST_WEEKS = 8
"""Weeks that the section shows."""

_LONGEST_ALTERNATIVE = 400
_NOT_CHECKED = "○"
_MARKER = re.compile(r"<!--[ \t]*csc:(start|end)[ \t]*-->", re.IGNORECASE)
_LINE_END = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as the README shall name them, relative to it or absolute.

    Attributes:
        badge: Of ``badge.svg``.
        log: Of ``log.md``.
        history: Of ``history.svg``.
    """

    badge: str
    log: str
    history: str


@dataclass(frozen=True, slots=True)
class Updated:
    """The README as it shall be; the same text if nothing is new."""

    text: str


@dataclass(frozen=True, slots=True)
class NoMarkers:
    """The README has no place for the section."""


@dataclass(frozen=True, slots=True)
class BrokenMarkers:
    """The place for the section is not clear.

    Attributes:
        reason: What is wrong with the markers, one sentence without its full stop.
    """

    reason: str


Outcome: TypeAlias = Updated | NoMarkers | BrokenMarkers


def update(before: str, reports: tuple[Report, ...], links: Links) -> Outcome:
    """The README with its section as it shall be.

    Args:
        before: The README; may hold surrogates that stand for bytes that are no text.
        reports: One for each week, oldest first.
        links: Where the section's pictures and links lead.
    """
    found = tuple(_MARKER.finditer(before))
    kinds = tuple(marker.group(1).lower() for marker in found)
    if not kinds:
        return NoMarkers()
    if kinds != ("start", "end"):
        return BrokenMarkers(_what_is_wrong(kinds))
    start, end = found
    newline = _newline(before, start.end())
    section = newline.join(("", *_section(reports, links), ""))
    return Updated(before[: start.end()] + section + before[end.start() :])


def _what_is_wrong(kinds: tuple[str, ...]) -> str:
    starts, ends = kinds.count("start"), kinds.count("end")
    if not ends:
        return "<!-- csc:start --> has no <!-- csc:end -->"
    if not starts:
        return "<!-- csc:end --> has no <!-- csc:start -->"
    if (starts, ends) == (1, 1):
        return "<!-- csc:end --> stands before <!-- csc:start -->"
    return (
        f"there are {starts} times <!-- csc:start --> and {ends} times <!-- csc:end -->, "
        "keep one of each (those in code examples count too)"
    )


def _newline(text: str, position: int) -> str:
    """The line end used from a position on; before it, if there is none after."""
    found = _LINE_END.search(text, position) or _LINE_END.search(text)
    return found.group() if found else "\n"


def _section(reports: tuple[Report, ...], links: Links) -> tuple[str, ...]:
    log = markdown_address(links.log)
    badge = f"[![{_alternative(reports)}]({markdown_address(links.badge)})]({log})"
    weeks = tuple(islice(newest_first(reports), MOST_WEEKS))[::-1]
    history = markdown_address(links.history)
    evidence = f"[every week with its evidence]({log})"
    more = f"{_legend(weeks)}{evidence} · [all weeks as a picture]({history})"
    return (badge, "", *_weeks(weeks, log), more)


def _alternative(reports: tuple[Report, ...]) -> str:
    """What the badge says, for those who don't see it."""
    said = claim(reports)
    return markdown("; ".join((said.sentence, *said.limits)), _LONGEST_ALTERNATIVE)


def _weeks(weeks: tuple[Slot, ...], log: str) -> tuple[str, ...]:
    """A narrow table, a column a week, each linked to its details in the log."""
    if not weeks:
        return ()
    return (
        _row("Week from", *(_short_day(week.first) for week in weeks)),
        _row(":--", *(":-:" for _ in weeks)),
        _row("Verdict", *(_sign(week, log) for week in weeks)),
        "",
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _short_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _sign(week: Slot, log: str) -> str:
    if week.report is None:
        return _NOT_CHECKED
    return f"[{LOOKS[week.report.verdict].symbol}]({log}#{week.first.isoformat()})"


def _legend(weeks: tuple[Slot, ...]) -> str:
    present = {week.report.verdict for week in weeks if week.report}
    signs = [f"{LOOKS[v].symbol} {LOOKS[v].word}" for v in Verdict if v in present]
    if any(week.report is None for week in weeks):
        signs.append(f"{_NOT_CHECKED} not checked")
    return "".join(f"{sign} · " for sign in signs)
