"""Contacts from a tracker: what counts, what doesn't, and that nothing of anybody leaks.

Each file in ``tests/data/trackers`` is a test by lying there, with what was counted by hand. All
names, employers and addresses in them hold the letters ``qx``.
"""

from __future__ import annotations

import json
import time
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.model import (
    ContactField,
    Evidence,
    Failed,
    Finding,
    Found,
    Requirement,
    RequirementId,
    Verdict,
)
from csc_verify.rules import judge
from csc_verify.sources.contacts import collect
from csc_verify.sources.contacts.people import identity, split_name, split_title
from csc_verify.week import WeekStart, read_zone, week_of

FOLDER = Path(__file__).parent / "data" / "trackers"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
HEADINGS = "Name,Title,Company,Date,Notes\n"


def expected(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return data


def read(name: str) -> Evidence:
    told = expected(name)
    columns = {ContactField(field): heading for field, heading in told.get("columns", {}).items()}
    return collect((FOLDER / told["file"]).read_bytes(), WEEK, columns)


def judged(evidence: Evidence, minimum: int = 1) -> Finding:
    return judge(Requirement(RequirementId.CONTACTS, minimum), (evidence,), WEEK, NOW)


def of_rows(*rows: str) -> Evidence:
    return collect((HEADINGS + "\n".join(rows)).encode(), WEEK, {})


@pytest.mark.parametrize("name", CASES)
def test_each_tracker_is_counted_as_it_was_by_hand(name: str) -> None:
    told, evidence = expected(name), read(name)
    if "failed" in told:
        assert isinstance(evidence, Failed)
        assert told["failed"] in evidence.reason
        assert evidence.hint
        assert judged(evidence).verdict is Verdict.UNKNOWN
        return
    assert isinstance(evidence, Found)
    rows = {item.title: item.doubt for item in evidence.items}
    assert [row for row, doubt in rows.items() if doubt is None] == [
        f"row {row}" for row in told["counted"]
    ]
    assert [row for row, doubt in rows.items() if doubt] == [
        f"row {row}" for row in told["doubtful"]
    ]
    assert {entry.what: entry.why for entry in evidence.left_out} == {
        f"row {row}": why for row, why in told["left_out"].items()
    }
    assert judged(evidence).count == len(told["counted"])


def test_there_are_enough_trackers_and_each_reason_occurs() -> None:
    assert len(CASES) >= 30
    reasons = {why for name in CASES for why in expected(name).get("left_out", {}).values()}
    assert reasons >= {
        "no name",
        "no last name",
        "no title",
        "no employer",
        "no summary",
        "no date",
        "an external recruiter or agency",
        "only an application",
        "an event without a follow-up",
        "the same person as in row 2",
    }


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_anybody_leaks(name: str) -> None:
    evidence = read(name)
    assert "qx" not in repr(evidence).lower()
    assert "qx" not in repr(judged(evidence)).lower()


def test_a_date_on_either_side_of_the_week_is_unknown_with_a_hint() -> None:
    evidence = of_rows("Ada Qxlove,CTO,Qxacme,11/12/2026,Wrote", "Alan Qxturing,Dev,Qxb,8/9/2026,x")
    assert judged(evidence).verdict is Verdict.UNMET
    # 12 November or 11 December, and 10 or 11 of the other month: one reading lies in the week.
    week = week_of(date(2026, 11, 9), WeekStart.MONDAY, WEEK.zone)
    tracker = (HEADINGS + "Ada Qxlove,CTO,Qxacme,11/12/2026,Wrote\n").encode()
    finding = judge(
        Requirement(RequirementId.CONTACTS, 1), (collect(tracker, week, {}),), week, NOW
    )
    assert finding.verdict is Verdict.UNKNOWN
    assert "can be read in two ways; write dates like 2026-11-17" in finding.reason
    assert "11/12" not in repr(finding)


@pytest.mark.parametrize(("count", "verdict"), [(7, Verdict.UNMET), (8, Verdict.MET)])
def test_eight_are_enough_and_seven_are_not(count: int, verdict: Verdict) -> None:
    rows = [f"Ada Qx{letter},CTO,Qxacme,2026-11-17,Wrote" for letter in "abcdefgh"[:count]]
    finding = judged(of_rows(*rows), 8)
    assert (finding.verdict, finding.count) == (verdict, count)
    assert finding.source == "tracker"
    assert finding.evidence == ()


def test_of_two_rows_about_one_person_the_certain_one_counts() -> None:
    finding = judged(
        of_rows("Ada Qx,CTO,Qxacme,some day,Wrote", "Ada Qx,CTO,Qxacme,2026-11-17,Wrote")
    )
    assert (finding.verdict, finding.count) == (Verdict.MET, 1)


def test_a_contact_of_the_future_does_not_count_yet() -> None:
    evidence = of_rows("Ada Qx,CTO,Qxacme,2026-11-20,Will write")
    early = datetime(2026, 11, 18, 12, tzinfo=UTC)
    finding = judge(Requirement(RequirementId.CONTACTS, 1), (evidence,), WEEK, early)
    assert (finding.verdict, finding.count) == (Verdict.UNKNOWN, 0)
    assert "future" in finding.left_out[0].why


def test_an_instant_is_of_the_day_it_was_in_the_students_zone() -> None:
    # 03:30 UTC on Monday the 23rd is Sunday evening in New York.
    assert judged(of_rows("Ada Qx,CTO,Qxacme,2026-11-23T03:30:00Z,Wrote")).count == 1
    assert judged(of_rows("Ada Qx,CTO,Qxacme,2026-11-23T05:30:00Z,Wrote")).count == 0


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("Dr. Ada King", "Ada", "King"),
        ("Ada King, PhD", "Ada", "King"),
        ("Ada King Jr.", "Ada", "King"),
        ("Ada María López García", "Ada", "María López García"),
        ("Ada", "Ada", ""),
        ("", "", ""),
        ("—", "", ""),
        ("李 小龙", "李", "小龙"),
    ],
)
def test_a_name_is_split(cell: str, first: str, last: str) -> None:
    assert split_name(cell) == (first, last)


@pytest.mark.parametrize(
    ("cell", "name", "title"),
    [
        ("Ada Lovelace, CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace - VP, Engineering", "Ada Lovelace", "VP, Engineering"),
        ("Ada Lovelace (CTO)", "Ada Lovelace", "CTO"),
        ("Ada Lovelace | CTO", "Ada Lovelace", "CTO"),
        ("Ada Lovelace\nCTO", "Ada Lovelace", "CTO"),
        ("Jean-Luc Picard — Captain", "Jean-Luc Picard", "Captain"),
        ("Ada Lovelace", "Ada Lovelace", ""),
    ],
)
def test_a_cell_of_name_and_title_is_split(cell: str, name: str, title: str) -> None:
    assert split_title(cell) == (name, title)


WORDS = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_order_case_and_spaces_make_nobody_else(first: str, last: str) -> None:
    same = identity(first, last)
    assert identity(last, first) == same
    assert identity(f"  {first} ", last.upper().lower()) == identity(first, last.upper().lower())


def test_many_empty_lines_above_a_list_cost_nothing() -> None:
    # With a pattern that can split them in many ways this takes longer than any job.
    for above in ("\n" * 5000, " \n" * 5000, "# x\n" * 5000, "---\n" * 5000):
        evidence = collect(f"{above}not a list".encode(), WEEK, {})
        assert isinstance(evidence, Failed)


def test_a_list_below_empty_lines_is_one() -> None:
    entry = "- {name: Ada Qx, title: CTO, company: Qxacme, date: 2026-11-17, notes: Wrote}\n"
    for above in ("\n\n", "# mine\n\n", "---\n", "contacts:\n", "\n# mine\ncontacts:\n  "):
        assert judged(collect(f"{above}{entry}".encode(), WEEK, {})).count == 1


def test_a_forgotten_dash_loses_no_contact_in_silence() -> None:
    fields = "title: CTO\n  company: Qxacme\n  date: 2026-11-17\n  notes: Wrote\n"
    tracker = f"- name: Ada Qx\n  {fields}  name: Bo Qx\n  {fields}"
    evidence = collect(tracker.encode(), WEEK, {})
    assert isinstance(evidence, Failed)
    assert "has a key twice in one place in line 6" in evidence.reason
    assert "dash" in evidence.hint


def test_a_list_that_is_too_long_is_told_to_be_kept_as_csv() -> None:
    evidence = collect(b"- name: Ada Qx\n" * 6000, WEEK, {})
    assert isinstance(evidence, Failed)
    assert "more than 64 KiB" in evidence.reason
    assert "CSV" in evidence.hint


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_a_tracker_or_a_failure_with_a_mend(content: bytes) -> None:
    evidence = collect(content, WEEK, {})
    assert isinstance(evidence, Found) or evidence.hint


@settings(deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 900), st.binary(max_size=8))
def test_a_damaged_tracker_leaks_nothing(name: str, at: int, noise: bytes) -> None:
    whole = (FOLDER / expected(name)["file"]).read_bytes()
    evidence = collect(whole[:at] + noise + whole[at + len(noise) :], WEEK, {})
    assert "qx" not in repr(evidence).lower().replace(noise.decode("latin-1").lower(), "")


def name(number: int) -> str:
    """A number in letters."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def test_ten_thousand_rows_take_little_memory() -> None:
    rows = "".join(
        f"Ada Qx{name(number)},Engineer,Qxacme {number},11/{1 + number % 28}/2026,Wrote\n"
        for number in range(10_000)
    )
    tracker = (HEADINGS + rows).encode()
    tracemalloc.start()
    begun = time.process_time()
    evidence = collect(tracker, WEEK, {})
    taken = time.process_time() - begun
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(evidence, Found)
    assert len(evidence.items) > 2000
    assert most < 100 * 2**20, taken


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a" * (21 * 2**20), "larger than 20 MiB"),
        (HEADINGS.encode() + b"," * 1_000_000, "more than 500 columns"),
        (HEADINGS.encode() + b"a,b,c,d,e\n" * 60_000, "more than 50000 rows"),
    ],
)
def test_what_is_too_large_is_refused(content: bytes, said: str) -> None:
    evidence = collect(content, WEEK, {})
    assert isinstance(evidence, Failed)
    assert said in evidence.reason
