from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.config import Config, read_config
from csc_verify.ledger import Ledger, Line
from csc_verify.model import Verdict
from csc_verify.schedule import MOST_WEEKS, Asked, weeks_due, why_never_rechecked
from csc_verify.week import WeekState, read_week
from tests.test_ledger import log, report

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)


def config(text: str = "") -> Config:
    return read_config(f"github: alice\n{text}".encode(), "csc.yml")


def due(text: str = "", ledger: Ledger | None = None, now: datetime = NOW) -> list[str]:
    found = weeks_due(config(text), ledger or Ledger(), now, Asked())
    return [week.key for week in found.weeks]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        # Without a first day, the last week alone.
        ("", ["2026-11-16"]),
        ("since: 2026-11-02", ["2026-11-02", "2026-11-09", "2026-11-16"]),
        # A week that begins before the commitment is not asked for.
        ("since: 2026-11-03", ["2026-11-09", "2026-11-16"]),
        ("since: 2026-11-02\nuntil: 2026-11-15", ["2026-11-02", "2026-11-09"]),
        ("since: 2026-11-02\nuntil: 2026-11-14", ["2026-11-02"]),
        ("since: 2027-01-04", []),
        ("week_starts: sunday", ["2026-11-15"]),
        ("week_starts: sunday\nsince: 2026-11-02", ["2026-11-08", "2026-11-15"]),
        # In Kiritimati it is Wednesday already, on Baker Island Tuesday morning.
        ("timezone: Pacific/Kiritimati", ["2026-11-16"]),
        ("timezone: Etc/GMT+12", ["2026-11-16"]),
    ],
)
def test_the_weeks_of_the_commitment_that_are_over_are_due(text: str, weeks: list[str]) -> None:
    assert due(text) == weeks


def test_what_the_log_holds_for_good_is_not_due_again() -> None:
    ledger = log(
        report(Verdict.MET, start=date(2026, 11, 2)),
        report(Verdict.UNKNOWN, start=date(2026, 11, 9)),
    )
    assert due("since: 2026-11-02", ledger) == ["2026-11-09", "2026-11-16"]


def test_without_since_the_log_says_where_it_began() -> None:
    assert due("", log(report(start=date(2026, 10, 26)))) == [
        "2026-11-02",
        "2026-11-09",
        "2026-11-16",
    ]


def test_a_provisional_week_is_due_however_late() -> None:
    ledger = log(report(start=date(2026, 1, 5), state=WeekState.SETTLING))
    assert "2026-01-05" in due("since: 2026-01-05", ledger)


def test_weeks_that_begin_on_another_day_now_do_not_overlap_the_log() -> None:
    ledger = log(report(start=date(2026, 11, 9)))
    text = "week_starts: sunday\nsince: 2026-11-01"
    assert due(text, ledger) == ["2026-11-01"]
    left_out = weeks_due(config(text), ledger, NOW, Asked()).overlapping
    assert [week.key for week in left_out] == ["2026-11-08", "2026-11-15"]


def test_a_provisional_week_is_finished_whatever_day_weeks_begin_with_now() -> None:
    ledger = log(report(start=date(2026, 11, 16), state=WeekState.SETTLING))
    assert due("week_starts: sunday", ledger) == ["2026-11-16"]


def test_a_first_day_in_the_far_past_is_caught_up_with_newest_first() -> None:
    found = weeks_due(config("since: 2020-01-06"), Ledger(), NOW, Asked())
    assert len(found.weeks) == MOST_WEEKS
    assert found.weeks[-1].key == "2026-11-16"
    assert found.postponed == 359 - MOST_WEEKS


def hundred_weeks(looked_at: frozenset[date] = frozenset()) -> Ledger:
    """A log whose lines were all provisional, before those of some weeks were made final."""
    starts = [date(2026, 11, 9) - timedelta(weeks=number) for number in reversed(range(100))]
    final = {True: WeekState.FINAL, False: WeekState.SETTLING}
    return log(*(report(start=start, state=final[start in looked_at]) for start in starts))


def test_provisional_weeks_are_part_of_what_one_run_looks_at_newest_first() -> None:
    # They lie before the commitment as it is now.
    asked = config("since: 2026-11-16")
    first = weeks_due(asked, hundred_weeks(), NOW, Asked())
    newest = [date(2026, 11, 16) - timedelta(weeks=number) for number in reversed(range(60))]
    assert [week.first for week in first.weeks] == newest
    assert first.postponed == 41
    rest = weeks_due(asked, hundred_weeks(frozenset(newest)), NOW, Asked())
    oldest = [date(2025, 9, 22) - timedelta(weeks=number) for number in reversed(range(41))]
    assert [week.first for week in rest.weeks] == [*oldest, date(2026, 11, 16)]
    assert rest.postponed == 0


def test_a_week_to_recheck_is_looked_at_beside_as_many_others() -> None:
    asked = config("since: 2026-11-16")
    oldest = read_week("2024-12-16", NOW, asked.week_starts, asked.zone())
    found = weeks_due(asked, hundred_weeks(), NOW, Asked(recheck=oldest))
    assert (len(found.weeks), found.weeks[0], found.postponed) == (MOST_WEEKS + 1, oldest, 40)


def test_a_week_to_report_on_changes_nothing_and_one_to_recheck_is_looked_at() -> None:
    asked = config()
    october = read_week("2026-10-01", NOW, asked.week_starts, asked.zone())
    weeks = weeks_due(asked, Ledger(), NOW, Asked(week=october)).weeks
    assert [week.key for week in weeks] == ["2026-11-16"]
    weeks = weeks_due(asked, Ledger(), NOW, Asked(recheck=october)).weeks
    assert [week.key for week in weeks] == ["2026-09-28", "2026-11-16"]


def test_a_week_that_a_newer_version_wrote_is_left_to_it() -> None:
    held = Ledger((Line("{}", None, "newer", date(2026, 11, 9)),))
    assert due("since: 2026-11-02", held) == ["2026-11-02", "2026-11-16"]


def test_a_line_that_can_be_read_is_due_whatever_stands_beside_it() -> None:
    unread = Line("{}", None, "newer", date(2026, 11, 16))
    ledger = Ledger((unread, *log(report(Verdict.UNKNOWN)).lines))
    assert due("", ledger) == ["2026-11-16"]


def test_a_provisional_week_that_is_open_again_in_another_zone_waits() -> None:
    ledger = log(report(start=date(2026, 11, 16), state=WeekState.SETTLING))
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert due("timezone: America/Los_Angeles\nsince: 2026-11-16", ledger, now) == []


def test_a_line_of_the_future_leaves_the_present_due() -> None:
    assert due("", log(report(start=date(2027, 6, 7)))) == ["2026-11-16"]


@pytest.mark.parametrize(
    ("text", "week", "why"),
    [
        ("", "2026-11-09", None),
        ("", "this", "is not over"),
        ("since: 2026-11-10", "2026-11-09", "begins before the commitment (since: 2026-11-10)"),
        ("until: 2026-11-14", "2026-11-09", "ends after the commitment (until: 2026-11-14)"),
        ("since: 2026-11-09\nuntil: 2026-11-15", "2026-11-09", None),
    ],
)
def test_a_week_that_cannot_be_rechecked_has_a_reason(
    text: str, week: str, why: str | None
) -> None:
    asked = config(text)
    named = read_week(week, NOW, asked.week_starts, asked.zone())
    assert why_never_rechecked(asked, named, NOW) == why


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  the zone comes from timezones=
    st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_every_week_due_is_over_and_none_is_before_the_commitment(
    now: datetime, since: date
) -> None:
    found = weeks_due(config(f"since: {since}"), Ledger(), now, Asked()).weeks
    assert all(week.ends <= now and week.first >= since for week in found)
    assert list(found) == sorted(found, key=lambda week: week.first)
