from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.errors import WeekError
from csc_verify.week import (
    WeekStart,
    WeekState,
    last_week,
    read_begun_week,
    read_week,
    read_zone,
    this_week,
    week_of,
)

UTC_ZONE = read_zone("UTC")
ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})
zones = st.sampled_from(ZONES).map(read_zone)
days = st.dates(date(1972, 1, 1), date(2099, 12, 31))
instants = st.datetimes(datetime(1972, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  the zone comes from timezones=
starts = st.sampled_from(WeekStart)


@pytest.mark.parametrize(
    ("zone", "day", "begins", "ends"),
    [
        # An ordinary week in New York, five hours behind UTC.
        ("America/New_York", "2026-11-18", "2026-11-16T05:00Z", "2026-11-23T05:00Z"),
        # Clocks go forward on 8 March 2026: the week has 167 hours.
        ("America/New_York", "2026-03-08", "2026-03-02T05:00Z", "2026-03-09T04:00Z"),
        # Clocks go back on 1 November 2026: 169 hours.
        ("America/New_York", "2026-11-01", "2026-10-26T04:00Z", "2026-11-02T05:00Z"),
        # 14 hours ahead, 12 behind: the ends of the map.
        ("Pacific/Kiritimati", "2026-11-18", "2026-11-15T10:00Z", "2026-11-22T10:00Z"),
        ("Etc/GMT+12", "2026-11-18", "2026-11-16T12:00Z", "2026-11-23T12:00Z"),
        # Chatham: 13:45 ahead in summer.
        ("Pacific/Chatham", "2026-11-18", "2026-11-15T10:15Z", "2026-11-22T10:15Z"),
        # Samoa left out 30 December 2011: the week has six days of length.
        ("Pacific/Apia", "2011-12-28", "2011-12-26T10:00Z", "2012-01-01T10:00Z"),
        # Beirut's clocks skip from midnight to one on Sunday, 29 March 2026.
        ("Asia/Beirut", "2026-03-30", "2026-03-29T21:00Z", "2026-04-05T21:00Z"),
    ],
)
def test_a_week_begins_and_ends_at_its_zones_midnights(
    zone: str, day: str, begins: str, ends: str
) -> None:
    week = week_of(date.fromisoformat(day), WeekStart.MONDAY, read_zone(zone))
    assert week.begins == datetime.fromisoformat(begins)
    assert week.ends == datetime.fromisoformat(ends)


def test_a_sunday_that_skips_midnight_begins_at_the_change() -> None:
    # 29 March 2026 in Beirut: 00:00 does not exist, the day begins at 01:00 (22:00 UTC).
    week = week_of(date(2026, 3, 29), WeekStart.SUNDAY, read_zone("Asia/Beirut"))
    assert week.begins == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_a_midnight_shown_twice_begins_the_day_at_its_first() -> None:
    # Havana goes back from 01:00 to 00:00 on Sunday, 1 November 2026.
    week = week_of(date(2026, 11, 1), WeekStart.SUNDAY, read_zone("America/Havana"))
    assert week.begins == datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "iso"),
    [
        ("2026-11-16", "2026-W47"),
        ("2026-12-28", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2020-12-28", "2020-W53"),
        ("2024-12-30", "2025-W01"),
    ],
)
def test_the_iso_week_is_right_over_year_ends(first: str, iso: str) -> None:
    assert week_of(date.fromisoformat(first), WeekStart.MONDAY, UTC_ZONE).iso == iso


def test_a_sunday_week_has_the_iso_number_of_its_monday() -> None:
    week = week_of(date(2026, 11, 15), WeekStart.SUNDAY, UTC_ZONE)
    assert (week.key, week.iso) == ("2026-11-15", "2026-W47")


NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("last", "2026-11-16"),
        (" LAST ", "2026-11-16"),
        ("this", "2026-11-23"),
        ("2026-11-18", "2026-11-16"),
        ("2026-11-22", "2026-11-16"),
        ("2026-W47", "2026-11-16"),
        ("2026w47", "2026-11-16"),
        ("2026-W53", "2026-12-28"),
    ],
)
def test_a_week_is_read_as_a_user_names_it(text: str, first: str) -> None:
    assert read_week(text, NOW, WeekStart.MONDAY, UTC_ZONE).key == first


def test_a_week_to_look_at_has_begun() -> None:
    first = NOW.date() + timedelta(days=7 - NOW.weekday())
    read = partial(read_begun_week, starts=WeekStart.MONDAY, zone=UTC_ZONE)
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    assert read(str(first), begins).key == str(first)
    with pytest.raises(WeekError, match=f"the week of {first} has not begun"):
        read(str(first), begins - timedelta(seconds=1))


@pytest.mark.parametrize(
    "text",
    ["", "next", "2026-11-31", "2026-W54", "2025-W53", "2026-W00", "16.11.2026", "0001-01-01"],
)
def test_what_names_no_week_is_told_so(text: str) -> None:
    with pytest.raises(WeekError) as caught:
        read_week(text, NOW, WeekStart.MONDAY, UTC_ZONE)
    assert caught.value.exit_code == 2
    assert caught.value.hint


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "localtime", "a\0b", "x" * 999]
)
def test_what_is_no_zone_is_told_so(name: str) -> None:
    with pytest.raises(WeekError, match="not a time zone"):
        read_zone(name)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-23T04:59:59Z", WeekState.OPEN),
        ("2026-11-23T05:00:00Z", WeekState.SETTLING),
        ("2026-11-24T04:59:59Z", WeekState.SETTLING),
        ("2026-11-24T05:00:00Z", WeekState.FINAL),
    ],
)
def test_a_week_is_final_a_day_after_its_end(now: str, state: WeekState) -> None:
    week = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
    assert week.state(datetime.fromisoformat(now)) is state


@given(days, starts, zones)
def test_weeks_of_a_zone_leave_no_gap_and_no_overlap(
    day: date, start: WeekStart, zone: ZoneInfo
) -> None:
    week = week_of(day, start, zone)
    assert week.first.weekday() == start.weekday
    assert week.first <= day <= week.last
    assert week.ends == week.shifted(1).begins
    assert timedelta(days=5) < week.ends - week.begins < timedelta(days=9)


@given(instants, starts, zones)
def test_every_instant_lies_in_its_own_week_alone(
    now: datetime, start: WeekStart, zone: ZoneInfo
) -> None:
    week = this_week(now, start, zone)
    assert week.holds(now)
    assert not week.shifted(1).holds(now)
    assert not week.shifted(-1).holds(now)
    last = last_week(now, start, zone)
    assert last.ends == week.begins <= now


@given(instants, starts, zones)
def test_the_last_week_is_over_and_this_one_is_open(
    now: datetime, start: WeekStart, zone: ZoneInfo
) -> None:
    assert this_week(now, start, zone).state(now) is WeekState.OPEN
    assert last_week(now, start, zone).state(now) is not WeekState.OPEN


@given(days, starts)
def test_a_weeks_own_names_read_back_as_that_week(day: date, start: WeekStart) -> None:
    week = week_of(day, start, UTC_ZONE)
    assert read_week(week.key, NOW, start, UTC_ZONE) == week
    assert read_week(week.iso, NOW, start, UTC_ZONE) == week
