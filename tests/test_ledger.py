from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.errors import RecordError
from csc_verify.ledger import (
    Ledger,
    counted_elsewhere,
    enter,
    enter_recheck,
    is_due,
    of_student,
    overall,
    read_ledger,
    streak,
    unknown_weeks,
    write_ledger,
)
from csc_verify.model import (
    Claim,
    CountBasis,
    Counted,
    Finding,
    JudgedBy,
    Report,
    RequirementId,
    Student,
    Track,
    Verdict,
    WeekSpan,
)
from csc_verify.record import from_line, to_document, to_json, to_line
from csc_verify.week import WeekStart, WeekState, read_zone, week_of
from tests.strategies import FOLDED_TEXT, logs, reports

MONDAY = date(2026, 11, 16)
WEEK = week_of(MONDAY, WeekStart.MONDAY, read_zone("UTC"))
TUESDAY = datetime(2026, 11, 24, 14, tzinfo=UTC)
MET, UNMET, UNKNOWN, SKIPPED = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN, Verdict.SKIPPED


def report(
    contributions: Verdict = MET,
    blog: Verdict = MET,
    *,
    start: date = MONDAY,
    state: WeekState = WeekState.FINAL,
    minimum: int = 5,
    checked_at: datetime = TUESDAY,
) -> Report:
    verdicts = (contributions, blog, SKIPPED, SKIPPED)
    findings = tuple(
        Finding(id_, verdict, minimum, 0, "x", f"{id_} {verdict}")
        for id_, verdict in zip(RequirementId, verdicts, strict=True)
    )
    week = week_of(start, WeekStart.MONDAY, read_zone("UTC"))
    return Report(
        Student("alice", 1, Track.SOFTWARE_ENGINEERING, "UTC"),
        WeekSpan(week.first, week.last, week.iso, state),
        overall(findings),
        findings,
        JudgedBy((RequirementId.CONTRIBUTIONS, RequirementId.BLOG)),
        checked_at,
        "0.1.0",
    )


def log(*entries: Report) -> Ledger:
    return read_ledger("".join(to_line(entry) + "\n" for entry in entries))


@given(reports(FOLDED_TEXT))
def test_a_line_reads_back_as_the_report_it_was(written: Report) -> None:
    assert from_line(to_line(written)) == written
    assert from_line(to_document(written)) == written


@given(logs(FOLDED_TEXT))
def test_a_log_reads_back_as_the_text_it_was(entries: tuple[Report, ...]) -> None:
    text = "".join(to_line(entry) + "\n" for entry in entries)
    assert write_ledger(read_ledger(text)) == text


def test_the_json_has_the_contracts_keys_in_the_contracts_order() -> None:
    data = to_json(report())
    assert list(data) == [
        "schema", "student", "week", "verdict", "requirements", "commitment", "revisions",
        "checked_at", "version",
    ]  # fmt: skip
    assert data["schema"] == 1
    assert data["week"] == {
        "start": "2026-11-16",
        "end": "2026-11-22",
        "iso": "2026-W47",
        "state": "final",
        "final": True,
    }
    requirements = data["requirements"]
    assert isinstance(requirements, list)
    assert [r["id"] for r in requirements if isinstance(r, dict)] == [
        "contributions", "blog", "contacts", "design",
    ]  # fmt: skip
    assert ["commits" in r for r in requirements if isinstance(r, dict)] == [True] + [False] * 3
    assert data["checked_at"] == "2026-11-24T14:00:00Z"


def broken(**changes: object) -> str:
    return json.dumps({**to_json(report()), **changes})


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[]", "not an object"),
        ("NaN", "not JSON"),
        ('{"schema": NaN}', "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("{}", "lacks 'schema'"),
        ('{"schema": 2}', "schema 2"),
        ('{"schema": true}', "not a whole number"),
        (broken(student=[]), "not an object"),
        (broken(verdict="great"), "none of its values"),
        (broken(requirements=[]), "four requirements"),
        (broken(checked_at="yesterday"), "not a time"),
        (broken(checked_at="2026-11-24T06:00:03"), "no zone"),
        (broken(version=7), "not text"),
        (broken(revisions={}), "not a list"),
        (broken(commitment={"scope": ["dancing"]}), "no requirement"),
        (broken(week={"start": "2026-11-16", "end": "2026-11-23", "iso": "", "state": "final"}),
         "seven days"),
        (json.dumps(to_json(report())).replace('"evidence": []', '"evidence": [{"kind": "post", '
         '"url": "javascript:alert(1)", "at": "", "title": "", "count": 1}]', 1), "web address"),
        ("x" * 1_000_001, "longer than a million"),
    ],
)  # fmt: skip
def test_a_line_that_breaks_a_rule_is_not_read_and_says_why(line: str, complaint: str) -> None:
    with pytest.raises(RecordError) as caught:
        from_line(line)
    assert complaint in caught.value.message


@given(st.text(max_size=300))
def test_any_line_is_a_report_or_a_record_error(line: str) -> None:
    kept = read_ledger(line)
    assert all(entry.report is None and entry.problem for entry in kept.lines)


def test_a_line_without_a_commitment_is_read_as_the_whole_tracks() -> None:
    data = to_json(report())
    del data["commitment"]
    assert from_line(json.dumps(data)).judged_by.scope == Track.SOFTWARE_ENGINEERING.requirements


def test_unreadable_lines_stay_where_they_are_byte_for_byte() -> None:
    older, newer = report(start=date(2026, 11, 2)), report()
    text = f'{to_line(older)}\n{{"schema": 9}}\r\n\n"what?" \udce9\n{to_line(newer)}\n'
    ledger = read_ledger(text)
    assert ledger.reports == (older, newer)
    assert [problem.split(":")[0] for problem in ledger.problems] == ["line 2", "line 3"]
    grown = write_ledger(enter(ledger, report(start=date(2026, 11, 9))))
    lines = grown.split("\n")
    assert lines[1:3] == ['{"schema": 9}\r', '"what?" \udce9']
    assert [line[:11] for line in lines if 'schema":1' in line] == ['{"schema":1'] * 3


def test_a_week_that_stands_there_twice_is_reported_and_its_last_line_holds() -> None:
    ledger = log(report(UNMET), report(MET))
    assert [entry.verdict for entry in ledger.reports] == [MET]
    assert ledger.problems == ("the week of 2026-11-16 has more than one line",)


def test_a_missing_week_gets_its_line_in_its_place() -> None:
    ledger = log(report(start=date(2026, 11, 2)), report())
    entered = enter(ledger, report(start=date(2026, 11, 9)))
    assert [entry.week.start.day for entry in entered.reports] == [2, 9, 16]


def test_a_provisional_line_is_replaced_without_a_revision() -> None:
    ledger = log(report(UNKNOWN, state=WeekState.SETTLING))
    entered = enter(ledger, report(UNMET))
    assert entered.reports == (report(UNMET),)


def test_the_same_facts_change_no_byte() -> None:
    later = TUESDAY + timedelta(days=1)
    provisional = log(report(UNKNOWN, state=WeekState.SETTLING))
    same = replace(report(UNKNOWN, state=WeekState.SETTLING, checked_at=later), version="9.9.9")
    assert write_ledger(enter(provisional, same)) == write_ledger(provisional)
    final = log(report(UNMET))
    assert write_ledger(enter(final, report(UNMET, checked_at=later))) == write_ledger(final)
    assert write_ledger(enter_recheck(final, report(UNMET, checked_at=later))) == write_ledger(
        final
    )


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [
        (UNMET, MET, MET),
        (UNKNOWN, MET, MET),
        (UNKNOWN, UNMET, UNKNOWN),
        (UNMET, UNKNOWN, UNMET),
        (MET, UNMET, MET),
        (MET, UNKNOWN, MET),
        (SKIPPED, MET, SKIPPED),
        (MET, SKIPPED, MET),
    ],
)
def test_a_final_line_changes_only_to_met(before: Verdict, now: Verdict, after: Verdict) -> None:
    entered = enter(log(report(blog=before)), report(blog=now)).reports[0]
    assert entered.finding(RequirementId.BLOG).verdict is after


def test_what_a_line_said_before_stays_in_its_revisions() -> None:
    entered = enter(log(report(UNKNOWN, UNMET)), report(UNMET, MET)).reports[0]
    assert entered.verdict is UNKNOWN
    assert entered.finding(RequirementId.CONTRIBUTIONS).verdict is UNKNOWN
    (revision,) = entered.revisions
    assert (revision.verdict, revision.why) == (UNMET, "evidence for blog surfaced later")
    assert [f.verdict for f in revision.requirements] == [UNMET]
    healed = enter(Ledger(log(entered).lines), report(MET, MET)).reports[0]
    assert healed.verdict is MET
    assert len(healed.revisions) == 2


def test_a_commitment_that_asks_for_less_today_heals_no_week_of_the_past() -> None:
    assert enter(log(report(UNMET)), report(MET, minimum=3)).reports[0].verdict is UNMET
    by_commits = replace(report(MET), judged_by=JudgedBy((), CountBasis.COMMITS))
    assert enter(log(report(UNMET)), by_commits).reports[0].verdict is UNMET


def test_a_recheck_takes_over_whatever_differs_and_keeps_what_was() -> None:
    entered = enter_recheck(log(report(MET)), report(UNMET)).reports[0]
    assert entered.verdict is UNMET
    (revision,) = entered.revisions
    assert (revision.verdict, revision.why) == (MET, "rechecked by hand")
    assert [f.id for f in revision.requirements] == [RequirementId.CONTRIBUTIONS]
    assert enter_recheck(Ledger(), report()).reports == (report(),)


@pytest.mark.parametrize(
    ("existing", "weeks_later", "due"),
    [
        (None, 300, True),
        (report(MET, state=WeekState.SETTLING), 300, True),
        (report(UNKNOWN), 3.9, True),
        (report(UNMET), 3.9, True),
        (report(UNKNOWN), 4, False),
        (report(UNMET), 4, False),
        (report(MET), 1, False),
        (report(SKIPPED, SKIPPED), 1, False),
    ],
)
def test_a_week_is_due_while_something_may_change(
    existing: Report | None, weeks_later: float, due: bool
) -> None:
    assert is_due(existing, WEEK, WEEK.ends + timedelta(weeks=weeks_later)) is due


def weeks(*verdicts: Verdict) -> tuple[Report, ...]:
    return tuple(
        report(verdict, SKIPPED, start=date(2026, 9, 7) + timedelta(weeks=n))
        for n, verdict in enumerate(verdicts)
    )


@pytest.mark.parametrize(
    ("verdicts", "length", "unknown"),
    [
        ((), 0, 0),
        ((MET,), 1, 0),
        ((MET, UNMET, MET, MET), 2, 0),
        ((UNMET, MET, UNKNOWN, SKIPPED, MET), 2, 1),
        ((MET, UNMET), 0, 0),
        ((MET, UNKNOWN, UNKNOWN), 1, 2),
        ((SKIPPED, UNKNOWN), 0, 1),
    ],
)
def test_unknown_and_paused_weeks_neither_lengthen_nor_break_the_streak(
    verdicts: tuple[Verdict, ...], length: int, unknown: int
) -> None:
    assert streak(weeks(*verdicts)) == length
    assert unknown_weeks(weeks(*verdicts)) == unknown


def test_a_week_that_is_settling_is_not_in_the_streak_yet() -> None:
    settling = report(UNMET, start=date(2026, 12, 7), state=WeekState.SETTLING)
    assert streak((*weeks(MET, MET), settling)) == 2


def test_posts_of_other_weeks_are_known_by_their_week() -> None:
    evidence = (Counted("post", "https://x.example/a", "2026-11-10", "A"),)
    older = report(start=date(2026, 11, 9))
    findings = tuple(
        replace(f, evidence=evidence) if f.id is RequirementId.BLOG else f
        for f in older.requirements
    )
    ledger = log(replace(older, requirements=findings))
    assert counted_elsewhere(ledger, MONDAY) == {
        "https://x.example/a": Claim(date(2026, 11, 9), "A", "2026-11-10")
    }
    assert counted_elsewhere(ledger, date(2026, 11, 9)) == {}


@pytest.mark.parametrize("now", [UNKNOWN, UNMET])
def test_what_was_met_while_settling_stays_met_with_its_evidence(now: Verdict) -> None:
    evidence = (Counted("post", "https://x.example/a", "2026-11-17", "A"),)
    before = report(UNKNOWN, MET, state=WeekState.SETTLING)
    before = replace(
        before,
        requirements=tuple(
            replace(f, evidence=evidence, count=5) if f.id is RequirementId.BLOG else f
            for f in before.requirements
        ),
    )
    entered = enter(log(before), report(MET, now)).reports[0]
    assert entered.week.state is WeekState.FINAL
    assert entered.finding(RequirementId.BLOG).evidence == evidence
    assert entered.verdict is MET


def other(made: Report, **changes: object) -> Report:
    return replace(made, student=replace(made.student, **changes))  # type: ignore[arg-type]  # a test's own words


@pytest.mark.parametrize(
    "changes",
    [{"id": 2}, {"github": "torvalds", "id": None}, {"timezone": "Asia/Tokyo"},
     {"track": Track.DESIGN}],
)  # fmt: skip
def test_another_account_zone_or_track_heals_nothing(changes: dict[str, object]) -> None:
    entered = enter(log(report(UNMET)), other(report(MET), **changes)).reports[0]
    assert entered.verdict is UNMET
    assert entered.student == report().student


def test_a_renamed_account_heals_its_weeks_and_the_line_keeps_its_name() -> None:
    entered = enter(log(report(UNMET)), other(report(MET), github="alice-doe")).reports[0]
    assert (entered.verdict, entered.student.github) == (MET, "alice")


def test_lines_of_somebody_else_are_kept_reported_and_not_believed() -> None:
    ledger = log(report(MET))
    own = of_student(ledger, "ALICE", None)
    assert own == ledger
    assert of_student(ledger, "alice-doe", 1) == ledger
    forked = of_student(ledger, "bob", 2)
    assert forked.reports == ()
    assert forked.problems == ("line 1: it is about 'alice' (remove it, if the log isn't theirs)",)
    assert write_ledger(forked) == write_ledger(ledger)
    assert forked.held == frozenset()
    # Without ids it may be the same person: the week is not entered twice.
    assert of_student(ledger, "alice-doe", None).held == {MONDAY}


@pytest.mark.parametrize(
    "changes",
    [
        {"checked_at": "0001-01-01T00:00:00+01:00"},
        {"checked_at": "9999-12-31T23:59:59-01:00"},
        {"week": {"start": "0001-01-01", "end": "0001-01-07", "iso": "", "state": "final"}},
        {"week": {"start": "9999-12-20", "end": "9999-12-26", "iso": "", "state": "final"}},
    ],
)
def test_a_line_from_the_ends_of_the_calendar_is_unreadable_and_kept(
    changes: dict[str, object],
) -> None:
    ledger = read_ledger(broken(**changes))
    assert ledger.reports == ()
    assert ledger.problems
    assert write_ledger(ledger) == broken(**changes) + "\n"


def test_a_line_of_a_newer_version_holds_its_week() -> None:
    ledger = read_ledger(broken(schema=2))
    assert ledger.held == {MONDAY}
    assert "use a newer csc-verify" in ledger.problems[0]


def test_a_byte_order_mark_and_line_ends_of_windows_are_kept() -> None:
    text = f"\ufeff{to_line(report(start=date(2026, 11, 9)))}\r\n{to_line(report())}\r\n"
    ledger = read_ledger(text)
    assert len(ledger.reports) == 2
    assert write_ledger(ledger) == text
