"""Weeks, and the kinds of time that the whole package speaks of.

============  =====================================================================================
word          meaning
============  =====================================================================================
``instant``   an aware ``datetime``: one moment, the same everywhere
``day``       a ``date``: a square on a calendar; which moments it covers depends on a zone
``local``     a naive ``datetime``: what a clock on some wall showed; a moment only with a zone
``zone``      a ``ZoneInfo``: the student's IANA time zone
``now``       an instant: what the command's clock said when it started
============  =====================================================================================

A week is seven days in one zone, from Monday (default) or Sunday, half-open in instants:
``begins <= t < ends``. It is settled 24 hours after its end, since GitHub says that a contribution
can take that long to show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from csc_verify.errors import WeekError

SETTLING = timedelta(hours=24)
"""How long after its end a week may still change (contract: "settling")."""

FIRST_DAY = date(1971, 1, 4)
LAST_DAY = date(9990, 12, 31)
"""Weeks outside these days are refused: arithmetic around them would leave the calendar."""

_ISO_WEEK = re.compile(r"^(\d{4})-?W(\d{2})$", re.IGNORECASE)
_ONE_WEEK = timedelta(days=7)
# Files of a system's zone folder that mean "whatever this machine is set to".
_MACHINES_OWN = frozenset({"localtime", "posixrules", "Factory"})


class WeekStart(StrEnum):
    """The day a week begins with."""

    MONDAY = "monday"
    SUNDAY = "sunday"

    @property
    def weekday(self) -> int:
        """As ``date.weekday()`` counts: Monday is 0."""
        return 0 if self is WeekStart.MONDAY else 6


class WeekState(StrEnum):
    """How far along a week is (contract: "state")."""

    OPEN = "open"
    SETTLING = "settling"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Week:
    """Seven local days in one zone.

    Attributes:
        first: The first day; a Monday or a Sunday.
        zone: The zone whose days these are.
    """

    first: date
    zone: ZoneInfo

    @property
    def last(self) -> date:
        """The seventh day (inclusive)."""
        return self.first + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days in order."""
        return tuple(self.first + timedelta(days=n) for n in range(7))

    @property
    def begins(self) -> datetime:
        """The instant at which the first day begins (in UTC, inclusive)."""
        return day_begins(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        """The instant at which the day after the last begins (in UTC, exclusive)."""
        return day_begins(self.first + _ONE_WEEK, self.zone)

    @property
    def settles(self) -> datetime:
        """The instant from which the week is final (in UTC)."""
        return self.ends + SETTLING

    @property
    def key(self) -> str:
        """What the week is called everywhere: its first day, ``2026-11-16``."""
        return self.first.isoformat()

    @property
    def iso(self) -> str:
        """The ISO 8601 week, ``2026-W47``; for a Sunday week the one that holds its Monday."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        year, number, _ = monday.isocalendar()
        return f"{year:04d}-W{number:02d}"

    def holds(self, instant: datetime) -> bool:
        """Whether an instant falls into the week."""
        return self.begins <= instant < self.ends

    def holds_day(self, day: date) -> bool:
        """Whether a day is one of the seven."""
        return self.first <= day <= self.last

    def state(self, now: datetime) -> WeekState:
        """Open, settling or final at an instant."""
        if now < self.ends:
            return WeekState.OPEN
        return WeekState.SETTLING if now < self.settles else WeekState.FINAL

    def shifted(self, weeks: int) -> Week:
        """The week so many weeks later (or earlier, if negative)."""
        return Week(self.first + weeks * _ONE_WEEK, self.zone)


@lru_cache(maxsize=4096)
def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day in a zone, in UTC.

    Where the clocks skip midnight it is the instant of the change; where they show midnight
    twice it is the first; a day that a zone skipped altogether has no length.
    """
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def read_zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        WeekError: The name is no zone.
    """
    refusal = WeekError(
        f"{name!r} is not a time zone",
        "Write an IANA name such as America/New_York, Europe/Berlin or UTC",
    )
    if name in _MACHINES_OWN:
        raise refusal
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        # OSError and ValueError for names that are paths, KeyError for names that are not there.
        raise refusal from None


def week_of(day: date, starts: WeekStart, zone: ZoneInfo) -> Week:
    """The week that holds a day.

    Raises:
        WeekError: The day is too far from the present to be meant.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WeekError(f"{day.isoformat()} is out of range", "Use a day after 1971")
    return Week(day - timedelta(days=(day.weekday() - starts.weekday) % 7), zone)


def this_week(now: datetime, starts: WeekStart, zone: ZoneInfo) -> Week:
    """The week that an instant falls into."""
    week = week_of(now.astimezone(zone).date(), starts, zone)
    # A clock set back over midnight shows the last day's date again after the week has ended.
    return week if now < week.ends else week.shifted(1)


def last_week(now: datetime, starts: WeekStart, zone: ZoneInfo) -> Week:
    """The newest week that is over at an instant."""
    return this_week(now, starts, zone).shifted(-1)


def read_week(text: str, now: datetime, starts: WeekStart, zone: ZoneInfo) -> Week:
    """A week as a user names it.

    Args:
        text: ``last``, ``this``, a day (``2026-11-18``: the week that holds it) or an ISO week
            (``2026-W47``: the week that holds that ISO week's Monday).
        now: The command's clock.
        starts: The day weeks begin with.
        zone: The student's zone.

    Raises:
        WeekError: The text names no week.
    """
    if now.tzinfo is None:
        raise WeekError(
            "the clock has no zone", "Give an aware datetime, such as datetime.now(UTC)"
        )
    match text.strip().lower():
        case "this":
            return this_week(now, starts, zone)
        case "last":
            return last_week(now, starts, zone)
        case _:
            return week_of(_named_day(text.strip()), starts, zone)


def read_begun_week(text: str, now: datetime, starts: WeekStart, zone: ZoneInfo) -> Week:
    """A week to look at, as a user names it; see :func:`read_week`.

    Raises:
        WeekError: The text names no week, or one of which nothing can have happened yet.
    """
    week = read_week(text, now, starts, zone)
    if now < week.begins:
        raise WeekError(
            f"the week of {week.key} has not begun",
            "Name this week, or one before it",
        )
    return week


def _named_day(text: str) -> date:
    hint = "Write last, this, a day such as 2026-11-18, or an ISO week such as 2026-W47"
    found = _ISO_WEEK.match(text)
    try:
        if found:
            return date.fromisocalendar(int(found.group(1)), int(found.group(2)), 1)
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        raise WeekError(f"{text!r} is not a week", hint) from None
