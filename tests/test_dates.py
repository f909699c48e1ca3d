from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.dates import (
    Anywhere,
    Day,
    Instant,
    Local,
    Placement,
    ends_before,
    in_future,
    on_day,
    placed,
    read_date,
)
from csc_verify.week import WeekStart, read_zone, week_of

NEW_YORK = read_zone("America/New_York")
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, NEW_YORK)


def instant(text: str) -> Instant:
    return Instant(datetime.fromisoformat(text))


def local(text: str) -> Local:
    return Local(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("raw", "readings", "iso"),
    [
        (
            "Tue, 17 Nov 2026 21:04:11 -0500",
            [instant("2026-11-17T21:04:11-05:00")],
            "2026-11-17T21:04:11-05:00",
        ),
        ("17 Nov 2026 21:04 GMT", [instant("2026-11-17T21:04Z")], "2026-11-17T21:04:00+00:00"),
        ("Tue, 17 Nov 26 21:04:11 EST", [instant("2026-11-17T21:04:11-05:00")], None),
        ("2026-11-17T21:04:11.123Z", [instant("2026-11-17T21:04:11Z")], None),
        ("2026-11-17 21:04:11 +0530", [instant("2026-11-17T21:04:11+05:30")], None),
        ("2026-11-17T21:04:11+5:30", [instant("2026-11-17T21:04:11+05:30")], None),
        ("Tue, 17 Nov 2026 21:04:11 GMT+0100", [instant("2026-11-17T21:04:11+01:00")], None),
        # UTC by definition, although the writer hides a zone.
        ("Tue, 17 Nov 2026 21:04:11 -0000", [instant("2026-11-17T21:04:11Z")], None),
        # A bare day is a day.
        ("2026-11-17", [Day(date(2026, 11, 17))], "2026-11-17"),
        ("17 November 2026", [Day(date(2026, 11, 17))], "2026-11-17"),
        # Midnight UTC may be an instant or a day that a generator wrote so.
        (
            "2026-11-17T00:00:00Z",
            [instant("2026-11-17T00:00Z"), Day(date(2026, 11, 17))],
            "2026-11-17T00:00:00+00:00",
        ),
        (
            "Tue, 17 Nov 2026 00:00:00 GMT",
            [instant("2026-11-17T00:00Z"), Day(date(2026, 11, 17))],
            None,
        ),
        # Midnight elsewhere is an instant.
        ("2026-11-17T00:00:00-05:00", [instant("2026-11-17T00:00-05:00")], None),
        # No zone: in UTC or on a wall of the student's.
        (
            "Tue, 17 Nov 2026 21:04:11",
            [instant("2026-11-17T21:04:11Z"), local("2026-11-17T21:04:11")],
            "2026-11-17T21:04:11",
        ),
        ("2026-11-17T00:00", [instant("2026-11-17T00:00Z"), Day(date(2026, 11, 17))], None),
        # Names that several places use are all of them.
        (
            "Tue, 17 Nov 2026 21:04:11 BST",
            [instant("2026-11-17T21:04:11+01:00"), instant("2026-11-17T21:04:11+06:00")],
            "2026-11-17T21:04:11",
        ),
        # A name that nobody knows is anywhere.
        (
            "Tue, 17 Nov 2026 21:04:11 XYZ",
            [Anywhere(datetime(2026, 11, 17, 21, 4, 11))],  # noqa: DTZ001  a wall clock
            "2026-11-17T21:04:11",
        ),
        # Year first, whatever stands between.
        ("2026/2/10 14:33", [instant("2026-02-10T14:33Z"), local("2026-02-10T14:33")], None),
        ("2026.02.10", [Day(date(2026, 2, 10))], "2026-02-10"),
        # A clock of twelve hours.
        (
            "10 Feb 2026 10:00 PM EST",
            [instant("2026-02-10T22:00-05:00")],
            "2026-02-10T22:00:00-05:00",
        ),
        ("10 Feb 2026 12:30 a.m. GMT", [instant("2026-02-10T00:30Z")], None),
        ("10 Feb 2026 12:30 pm GMT", [instant("2026-02-10T12:30Z")], None),
        # The month before the day, as Americans, Unix and JavaScript write it.
        ("February 10, 2026", [Day(date(2026, 2, 10))], "2026-02-10"),
        ("Feb. 10th, 2026 9:05 +0100", [instant("2026-02-10T09:05+01:00")], None),
        ("Tue Feb 10 14:33:00 CET 2026", [instant("2026-02-10T14:33+01:00")], None),
        (
            "Tue Feb 10 14:33:00 2026",
            [instant("2026-02-10T14:33Z"), local("2026-02-10T14:33")],
            None,
        ),
        (
            "Tue Feb 10 2026 14:33:00 GMT+0100 (Central European Standard Time)",
            [instant("2026-02-10T14:33+01:00")],
            "2026-02-10T14:33:00+01:00",
        ),
        # Months by other languages' names.
        ("mar., 10 févr. 2026 10:00:00 +0100", [instant("2026-02-10T10:00+01:00")], None),
        ("Di, 10 März 2026 10:00:00 +0100", [instant("2026-03-10T10:00+01:00")], None),
        ("10 de fevereiro de 2026", [Day(date(2026, 2, 10))], "2026-02-10"),
        # Of two numbers either may be the day, unless one of them can be no month.
        ("03/02/2026", [Day(date(2026, 2, 3)), Day(date(2026, 3, 2))], "2026-02-03"),
        (
            "10.02.2026 14:33 +0100",
            [instant("2026-02-10T14:33+01:00"), instant("2026-10-02T14:33+01:00")],
            None,
        ),
        ("13/02/2026", [Day(date(2026, 2, 13))], "2026-02-13"),
        ("02/13/2026", [Day(date(2026, 2, 13))], "2026-02-13"),
        ("02-02-2026", [Day(date(2026, 2, 2))], "2026-02-02"),
        # A leap second belongs to its minute.
        ("2016-12-31T23:59:60Z", [instant("2016-12-31T23:59:59Z")], None),
    ],
)
def test_a_date_has_every_reading_it_may_have_and_no_other(
    raw: str, readings: list[object], iso: str | None
) -> None:
    written = read_date(raw)
    assert written is not None
    assert list(written.readings) == readings
    assert written.raw == raw
    assert iso is None or written.iso == iso


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "26/2/10 14:33",
        "03/02/26",
        "10 Feb 2026 14:00 PM",
        "10 Feb 2026 0:30 AM",
        "13/13/2026",
        "31/02/2026",
        "Smarch 10, 2026",
        "February 2026",
        "2026-02-10T10:00:61Z",
        "Tue Feb 10 14:33:00 2026 2026",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1970-01-01T00:00:00Z",
        "2026-02-30",
        "2026-02-10T25:00:00Z",
        "2026-02-10T10:00:00+99:00",
        "2026-02-10T10:61:00Z",
        "10 Fob 2026",
        "20260210",
        "9999-12-31T23:59:59Z",
        "2026-02-10T10:00:00Z" + " " * 3 + "x" * 200,
    ],
)
def test_what_is_no_date_is_never_guessed_at(raw: str) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "placement"),
    [
        # Monday 05:00 UTC is midnight in New York: in, and a second before is out.
        ("2026-11-16T05:00:00Z", Placement.INSIDE),
        ("2026-11-16T04:59:59Z", Placement.OUTSIDE),
        ("2026-11-23T04:59:59Z", Placement.INSIDE),
        ("2026-11-23T05:00:00Z", Placement.OUTSIDE),
        ("2026-11-22T23:59:59-05:00", Placement.INSIDE),
        ("2026-11-16", Placement.INSIDE),
        ("2026-11-22", Placement.INSIDE),
        ("2026-11-15", Placement.OUTSIDE),
        ("2026-11-23", Placement.OUTSIDE),
        # Midnight UTC of the first Monday is Sunday in New York; as a bare day it is Monday.
        ("2026-11-16T00:00:00Z", Placement.UNSURE),
        ("2026-11-17T00:00:00Z", Placement.INSIDE),
        ("2026-11-23T00:00:00Z", Placement.UNSURE),
        # Without a zone, Monday 02:00 is Sunday 21:00 in New York if it is UTC.
        ("2026-11-16T02:00:00", Placement.UNSURE),
        ("2026-11-16T06:00:00", Placement.INSIDE),
        ("Sun, 22 Nov 2026 23:30:00", Placement.INSIDE),
        ("Mon, 23 Nov 2026 03:00:00", Placement.UNSURE),
        # An unknown zone is anywhere from UTC-12 to UTC+14.
        ("Mon, 16 Nov 2026 12:00:00 XYZ", Placement.UNSURE),
        ("Wed, 18 Nov 2026 12:00:00 XYZ", Placement.INSIDE),
        ("Fri, 13 Nov 2026 12:00:00 XYZ", Placement.OUTSIDE),
    ],
)
def test_a_date_counts_only_where_every_reading_does(raw: str, placement: Placement) -> None:
    written = read_date(raw)
    assert written is not None
    assert placed(written, WEEK) is placement


@pytest.mark.parametrize(
    ("raw", "now", "later"),
    [
        ("2026-11-20T12:00:00Z", "2026-11-20T11:59:59Z", Placement.INSIDE),
        ("2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z", Placement.OUTSIDE),
        # A day is not in the future once it has begun, in the student's zone.
        ("2026-11-20", "2026-11-20T05:00:00Z", Placement.OUTSIDE),
        ("2026-11-20", "2026-11-20T04:59:59Z", Placement.INSIDE),
        # In UTC it is over, on a wall in New York it is not yet.
        ("2026-11-20T12:00:00", "2026-11-20T13:00:00Z", Placement.UNSURE),
    ],
)
def test_a_date_later_than_the_clock_is_the_future(raw: str, now: str, later: Placement) -> None:
    written = read_date(raw)
    assert written is not None
    assert in_future(written, datetime.fromisoformat(now), NEW_YORK) is later


@pytest.mark.parametrize(
    ("raw", "placement"),
    [
        ("11/18/2026", Placement.INSIDE),
        ("18/11/2026", Placement.INSIDE),
        ("10/11/2026", Placement.OUTSIDE),
        # 17 November or the 11th of a month that isn't: only one can be.
        ("17/11/2026 12:00 -0500", Placement.INSIDE),
    ],
)
def test_two_numbers_are_as_sure_as_both_their_orders(raw: str, placement: Placement) -> None:
    written = read_date(raw)
    assert written is not None
    assert placed(written, WEEK) is placement


def test_an_order_that_is_open_across_the_weeks_edge_is_unsure() -> None:
    december = week_of(date(2026, 12, 7), WeekStart.MONDAY, NEW_YORK)
    written = read_date("11/12/2026")
    assert written is not None
    assert placed(written, december) is Placement.UNSURE
    assert placed(written, WEEK) is Placement.OUTSIDE


def test_ends_before_needs_every_reading() -> None:
    written = read_date("2026-11-16T02:00:00")
    assert written is not None
    assert not ends_before(written, WEEK.begins, NEW_YORK)
    earlier = read_date("2026-11-15T02:00:00")
    assert earlier is not None
    assert ends_before(earlier, WEEK.begins, NEW_YORK)


def test_a_time_that_the_clocks_show_twice_may_be_either() -> None:
    # 01:30 on 1 November 2026 in New York is 05:30 or 06:30 UTC.
    written = read_date("2026-11-01T01:30:00")
    assert written is not None
    assert in_future(written, datetime(2026, 11, 1, 6, tzinfo=UTC), NEW_YORK) is Placement.UNSURE


@given(st.text(max_size=120))
def test_any_text_is_a_date_or_none(text: str) -> None:
    written = read_date(text)
    assert written is None or (written.readings and written.raw == text)


@given(
    st.from_regex(
        re.compile(r"\d{1,4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d\d(:\d\d)?[+-]\d{1,4}"), fullmatch=True
    )
)
def test_anything_shaped_like_a_date_is_one_or_none(text: str) -> None:
    written = read_date(text)
    assert written is None or placed(written, WEEK) in Placement


@given(
    st.from_regex(
        re.compile(
            r"([A-Z][a-z]{2},? )?([A-Z][a-z]{2}\.? \d{1,2}|\d{1,2}[ /.-]([A-Z][a-z]{2}|\d\d))"
            r"[,/.-]? ?\d{4}( \d{1,2}:\d\d(:\d\d)?( [AP]M)?( [A-Z]{1,4}|[+-]\d{4})?)?( \d{4})?"
        ),
        fullmatch=True,
    )
)
def test_anything_shaped_like_a_persons_date_is_one_or_none(text: str) -> None:
    written = read_date(text)
    assert written is None or placed(written, WEEK) in Placement


@given(
    st.datetimes(datetime(1972, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  the offset is drawn below
    st.integers(-14 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters)),
)
def test_iso_dates_read_back_as_the_instant_they_are(at: datetime, offset: timedelta) -> None:
    aware = at.replace(microsecond=0, tzinfo=timezone(offset))
    written = read_date(aware.isoformat())
    assert written is not None
    assert written.readings[0] == Instant(aware)


@given(st.dates(date(1972, 1, 1), date(2100, 1, 1)))
def test_a_day_lies_in_exactly_one_of_three_weeks(day: date) -> None:
    week = week_of(day, WeekStart.MONDAY, NEW_YORK)
    assert placed(on_day(day), week) is Placement.INSIDE
    assert placed(on_day(day), week.shifted(1)) is Placement.OUTSIDE
    assert placed(on_day(day), week.shifted(-1)) is Placement.OUTSIDE
