"""A date as somebody wrote it, and what it may mean.

Feeds and pages write instants, bare days, times without a zone and zones by ambiguous names. None
is repaired here. A written date has *readings*, and it falls into a week only if every reading
does (contract: "blog"):

* an offset or ``Z``: that instant;
* exactly midnight UTC: that instant, or the bare day (generators write days so);
* a bare day: that day in the student's zone;
* no zone: the time in UTC, or on a wall in the student's zone;
* a zone's name that several places use (``IST``, ``BST``, ``CST``…): each of them;
* a name that nobody knows: anywhere on earth, UTC-12 to UTC+14;
* two numbers of which either may be the day (``03/02/2026``): both days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from csc_verify.month_names import month_of
from csc_verify.week import day_begins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

    from csc_verify.week import Week

EARLIEST_YEAR = 1971
"""A date before it is a generator's zero (year 1, 1900, the epoch), not a date."""
LATEST_YEAR = 9990

MAX_LENGTH = 100
"""Characters a written date may have; no format is longer."""
# White space between them is not counted, but not looked through without end either.
_LOOKED_AT = 10 * MAX_LENGTH


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment.

    Attributes:
        at: Aware, with the offset as written.
    """

    at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A bare day, in the student's zone."""

    day: date


@dataclass(frozen=True, slots=True)
class Local:
    """What a wall clock in the student's zone showed.

    Attributes:
        at: Naive.
    """

    at: datetime


@dataclass(frozen=True, slots=True)
class Anywhere:
    """What a wall clock somewhere on earth showed.

    Attributes:
        at: Naive.
    """

    at: datetime


Reading = Instant | Day | Local | Anywhere


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, with everything it may mean.

    Attributes:
        raw: The text itself.
        readings: At least one; all of them equally possible.
        iso: ISO 8601 of what was written: with its offset, without a zone, or a bare day. Where
            two days are possible, the earlier one's.
    """

    raw: str
    readings: tuple[Reading, ...]
    iso: str


class Placement(Enum):
    """Where a written date lies, seen from a stretch of time."""

    INSIDE = "every reading lies inside"
    OUTSIDE = "every reading lies outside"
    UNSURE = "some readings lie inside, some outside"


def on_day(day: date) -> WrittenDate:
    """A bare day that was never text, such as a square of GitHub's calendar."""
    return WrittenDate(day.isoformat(), (Day(day),), day.isoformat())


def on_day_of(at: datetime) -> WrittenDate:
    """An instant that is dated by its own zone's calendar, as GitHub dates a commit.

    Args:
        at: Aware; its own offset decides the day.
    """
    written = at.isoformat()
    return WrittenDate(written, (Day(at.date()),), written)


def placed(date_: WrittenDate, week: Week) -> Placement:
    """Whether a date falls into a week, in every reading, in none, or in some."""
    return _among([_place_reading(reading, week) for reading in date_.readings])


def in_future(date_: WrittenDate, now: datetime, zone: ZoneInfo) -> Placement:
    """Whether a date lies later than the clock (``INSIDE``: in every reading)."""
    return _among(
        [
            Placement.INSIDE
            if _span(reading, zone)[0] > now
            else Placement.OUTSIDE
            if _span(reading, zone)[1] <= now
            else Placement.UNSURE
            for reading in date_.readings
        ]
    )


def ends_before(date_: WrittenDate, instant: datetime, zone: ZoneInfo) -> bool:
    """Whether a date is over before an instant, in every reading."""
    return all(_span(reading, zone)[1] < instant for reading in date_.readings)


def _among(placements: list[Placement]) -> Placement:
    first = placements[0]
    return first if all(placement is first for placement in placements) else Placement.UNSURE


def _place_reading(reading: Reading, week: Week) -> Placement:
    if isinstance(reading, Day):
        return Placement.INSIDE if week.holds_day(reading.day) else Placement.OUTSIDE
    earliest, latest = _span(reading, week.zone)
    if week.holds(earliest) and week.holds(latest):
        return Placement.INSIDE
    return Placement.OUTSIDE if latest < week.begins or earliest >= week.ends else Placement.UNSURE


def _span(reading: Reading, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The earliest and the latest instant that a reading may mean, in UTC.

    A day counts as soon as it has begun, so that a post dated today is not in the future.
    """
    match reading:
        case Instant(at):
            return at.astimezone(UTC), at.astimezone(UTC)
        case Day(day):
            begins = day_begins(day, zone)
            return begins, begins
        case Local(at):
            # A time that the clocks showed twice may be either of the two.
            sides = [at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
            return min(sides), max(sides)
        case Anywhere(at):
            utc = at.replace(tzinfo=UTC)
            return utc - timedelta(hours=14), utc + timedelta(hours=12)
        case _:
            assert_never(reading)


# What follows reads text. Each family stands for what programs write: ISO 8601 with its everyday
# relaxations, RFC 822 with its own, an American's order, Unix's and JavaScript's, and numbers with
# slashes or dots. Anything else is no date: a guess could make a wrong verdict.

_ZONE = r"(?P<zone>[A-Za-z]{1,5}|(?:GMT|UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?)"
_CLOCK = r"""(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?
    (?:\ ?(?P<half>[AaPp]\.?[Mm]\b\.?))?"""
_TIME = rf"(?:,?\ +{_CLOCK}(?:\ *{_ZONE})?(?:\ *\([^)]*\))?)?"
_WEEKDAY = r"(?:[^\W\d_]{2,13}\.?,?\ +)?"
_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_FAMILIES = tuple(
    re.compile(f"^{pattern}$", re.VERBOSE)
    for pattern in (
        # 2026-02-10T14:33:00+01:00, 2026/2/10 14:33
        rf"""{_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})
        (?:(?:[Tt]|\ +){_CLOCK}\ *{_ZONE}?)?""",
        # Tue, 10 Feb 2026 14:33:00 +0100
        rf"""{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|er|\.)?[\ -]+(?:de\ )?{_NAME},?[\ -]+
        (?:de\ )?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}""",
        # February 10, 2026 2:33 PM; Tue Feb 10 2026 14:33:00 GMT+0100 (CET)
        rf"{_WEEKDAY}{_NAME}\ +(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ +{_YEAR}{_TIME}",
        # Tue Feb 10 14:33:00 CET 2026
        rf"{_WEEKDAY}{_NAME}\ +(?P<day>[0-9]{{1,2}})\ +{_CLOCK}(?:\ +{_ZONE})?\ +{_YEAR}",
        # 10/02/2026 14:33: either number may be the day
        rf"(?P<day>[0-9]{{1,2}})(?P<open>[-/.])(?P<month>[0-9]{{1,2}})(?P=open){_YEAR}{_TIME}",
    )
)
# Offsets in hours that a name stands for. RFC 822 fixes the American ones; of the others each
# entry holds every place that uses or used the name, so that no choice is made between them.
_NAMED_OFFSETS: dict[str, tuple[float, ...]] = {
    "Z": (0,), "UT": (0,), "UTC": (0,), "GMT": (0,), "WET": (0,),
    "EST": (-5,), "EDT": (-4,), "CST": (-6, 8), "CDT": (-5,), "MST": (-7,), "MDT": (-6,),
    "PST": (-8,), "PDT": (-7,), "AKST": (-9,), "AKDT": (-8,), "HST": (-10,),
    "NST": (-3.5,), "NDT": (-2.5,), "AST": (-4, 3), "ADT": (-3, 4), "BRT": (-3,), "ART": (-3,),
    "BST": (1, 6), "IST": (5.5, 2, 1), "WEST": (1,), "CET": (1,), "CEST": (2,), "EET": (2,),
    "EEST": (3,), "MEZ": (1,), "MESZ": (2,), "MSK": (3, 4), "MSD": (4,), "IDT": (3,), "TRT": (3,),
    "WAT": (1,), "CAT": (2,), "SAST": (2,), "EAT": (3,), "PKT": (5,), "NPT": (5.75,), "WIB": (7,),
    "JST": (9,), "KST": (9,), "SGT": (8,), "HKT": (8,),
    "AWST": (8,), "ACST": (9.5,), "AEST": (10,), "AEDT": (11,), "NZST": (12,), "NZDT": (13,),
}  # fmt: skip
_MOST_MINUTES = 15 * 60
_NOON = 12


def read_date(raw: str) -> WrittenDate | None:
    """What a written date may mean, or None if it is no date that can be relied on.

    Args:
        raw: The text as it stands in a feed or page.
    """
    if len(raw) > _LOOKED_AT:
        return None
    text = " ".join(raw.split())
    if len(text) > MAX_LENGTH:
        return None
    for family in _FAMILIES:
        if found := family.match(text):
            written = {name: part for name, part in found.groupdict().items() if part is not None}
            return _dated(raw, written)
    return None


def _dated(raw: str, parts: Mapping[str, str]) -> WrittenDate | None:
    days = _days(parts)
    if "hour" not in parts:
        return _all_of(raw, [WrittenDate(raw, (Day(day),), day.isoformat()) for day in days])
    clock = _clock(parts)
    if clock is None:
        return None
    dates = [_with_zone(raw, datetime.combine(day, clock), parts.get("zone")) for day in days]
    return _all_of(raw, [date_ for date_ in dates if date_ is not None])


def _all_of(raw: str, dates: list[WrittenDate]) -> WrittenDate | None:
    readings = tuple(reading for date_ in dates for reading in date_.readings)
    return WrittenDate(raw, readings, dates[0].iso) if dates else None


def _days(parts: Mapping[str, str]) -> list[date]:
    """The days that year, month and day may mean, the earliest first; none if they mean none."""
    year, month, day = parts["year"], parts["month"], int(parts["day"])
    full_year = int(year)
    if len(year) == len("98"):
        # RFC 2822, 4.3: two digits below 50 are this century's.
        full_year += 2000 if full_year < 50 else 1900  # noqa: PLR2004  the RFC's own number
    if not EARLIEST_YEAR <= full_year <= LATEST_YEAR:
        return []
    number = int(month) if month.isdecimal() else month_of(month) or 0
    orders = {(number, day), (day, number)} if "open" in parts else {(number, day)}
    return sorted(found for order in orders for found in _day(full_year, *order))


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _clock(parts: Mapping[str, str]) -> time | None:
    hour, second = int(parts["hour"]), parts.get("second", "0")
    if "half" in parts:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if parts["half"][0] in "Pp" else 0)
    try:
        # A leap second is the last one of its minute, for our purposes.
        return time(hour, int(parts["minute"]), 59 if second == "60" else int(second))
    except ValueError:
        return None


def _with_zone(raw: str, wall: datetime, zone: str | None) -> WrittenDate | None:
    midnight = wall.time() == time()
    if not zone:
        local: Reading = Day(wall.date()) if midnight else Local(wall)
        return WrittenDate(raw, (Instant(wall.replace(tzinfo=UTC)), local), wall.isoformat())
    if zone.isalpha():
        return _with_named_zone(raw, wall, zone.upper(), midnight=midnight)
    # RFC 2822, 3.3: -0000 is UTC too; it only says that the writer's own zone is not known.
    offset = _offset(zone)
    if offset is None:
        return None
    at = wall.replace(tzinfo=timezone(offset))
    readings: tuple[Reading, ...] = (Instant(at),)
    if midnight and not offset:
        readings += (Day(wall.date()),)
    return WrittenDate(raw, readings, at.isoformat())


def as_days(written: WrittenDate, zone: tzinfo) -> WrittenDate:
    """The days that a date may mean, and nothing else of what was written.

    Args:
        written: What may have a time, which of an instant is looked at in the zone, and without
            a zone is what a wall showed.
        zone: The student's.
    """
    return of_days({_day_of(reading, zone) for reading in written.readings})


def of_days(days: Iterable[date]) -> WrittenDate:
    """A date that may be any of some days, at least one."""
    ordered = sorted(days)
    return WrittenDate(
        " or ".join(map(str, ordered)), tuple(map(Day, ordered)), ordered[0].isoformat()
    )


def _day_of(reading: Reading, zone: tzinfo) -> date:
    match reading:
        case Day(day):
            return day
        case Instant(at):
            return at.astimezone(zone).date()
        case Local(at) | Anywhere(at):
            return at.date()
        case never:
            assert_never(never)


def _with_named_zone(raw: str, wall: datetime, name: str, *, midnight: bool) -> WrittenDate:
    offsets = _NAMED_OFFSETS.get(name)
    if offsets is None:
        return WrittenDate(raw, (Anywhere(wall),), wall.isoformat())
    instants = tuple(wall.replace(tzinfo=timezone(timedelta(hours=hours))) for hours in offsets)
    readings: tuple[Reading, ...] = tuple(Instant(at) for at in instants)
    if midnight and not any(offsets):
        readings += (Day(wall.date()),)
    iso = instants[0].isoformat() if len(instants) == 1 else wall.isoformat()
    return WrittenDate(raw, readings, iso)


def _offset(text: str) -> timedelta | None:
    digits = text.upper().removeprefix("GMT").removeprefix("UTC")
    sign = -1 if digits[0] == "-" else 1
    hours, minutes = digits[1:].replace(":", "")[:2], digits[1:].replace(":", "")[2:]
    if len(digits) in (len("+530"), len("+5:30")) and len(digits.replace(":", "")) == len("+530"):
        hours, minutes = digits[1:2], digits[-2:]
    total = int(hours) * 60 + int(minutes or 0)
    plausible = total <= _MOST_MINUTES and int(minutes or 0) < 60  # noqa: PLR2004  minutes
    return sign * timedelta(minutes=total) if plausible else None
