"""Contacts from a tracker: what counts, what doesn't, and that nothing of anybody leaks.

Each file in ``tests/data/trackers`` is a test by lying there, with what was counted by hand. All
names, employers and addresses in them hold the letters ``qx``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.dates import WrittenDate
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
from csc_verify.sources.contacts.days import read_days
from csc_verify.sources.contacts.people import has_several, identities, split_name, split_title
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


def number(what: str) -> int:
    """The number in "row 7" and "row 7, column C"."""
    found = re.fullmatch(r"(?:row (\d+)(?:, column [A-Z])?|entry (\d+)(?:, [a-z -]+)?)", what)
    assert found is not None, what
    return int(found[1] or found[2])


ROW = {
    ContactField.DATE: ("Date", "2026-11-17"),
    ContactField.NAME: ("Contact Name", "Ada Qxlove"),
    ContactField.TITLE: ("Contact Title", "CTO"),
    ContactField.EMPLOYER: ("Company", "Qxacme"),
    ContactField.RELATION: ("Relationship Type", ""),
    ContactField.ACTION: ("Action", ""),
    ContactField.FOLLOW_UP: ("Follow-Up", ""),
    ContactField.SUMMARY: ("Notes", "Talked about tests"),
}


def of_cells(*rows: dict[ContactField, str], now: datetime | None = None) -> Found:
    """What is told of rows that are all right but for some cells."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading for heading, _ in ROW.values())
    writer.writerows(
        [cells.get(field, usual) for field, (_, usual) in ROW.items()] for cells in rows
    )
    evidence = collect(text.getvalue().encode(), WEEK, {}, None, now)
    assert isinstance(evidence, Found)
    return evidence


def told_of(cells: dict[ContactField, str]) -> tuple[str, str]:
    """Where something speaks against a row, and what; a doubt ends with a question mark."""
    evidence = of_cells(cells)
    if evidence.left_out:
        (entry,) = evidence.left_out
        return entry.what, entry.why
    (item,) = evidence.items
    return item.title, f"{item.doubt.partition(';')[0]}?" if item.doubt else ""


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
    rows = {number(item.title): item.doubt for item in evidence.items}
    assert [row for row, doubt in rows.items() if doubt is None] == told["counted"]
    assert [row for row, doubt in rows.items() if doubt] == told["doubtful"]
    assert {str(number(entry.what)): entry.why for entry in evidence.left_out} == told["left_out"]
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


NOT_DONE, UNCLEAR = "an event without a follow-up", "whether a follow-up was made can't be told?"
EXTERNAL, PERHAPS = "an external recruiter or agency", "it may be somebody who recruits for others?"
APPLIED, MAY_BE_APPLIED = "only an application", "it may be an application alone?"


@pytest.mark.parametrize(
    ("action", "why"),
    [
        ("Panel interview", ""),
        ("Onsite interview: panel", ""),
        ("Video conference interview", ""),
        ("Video conference", ""),
        ("Conference call", ""),
        ("Panel", ""),
        ("Coffee after the meetup", ""),
        ("Networking call", ""),
        ("Meetup; emailed her", ""),
        ("Meetup, follow-up e-mail", ""),
        ("Meetup, follow-up e-mail pending", NOT_DONE),
        ("Panel discussion", NOT_DONE),
        ("Events", NOT_DONE),
        ("Conferences", NOT_DONE),
        ("Webinar", NOT_DONE),
        ("Tech talk", NOT_DONE),
        ("Networking event", NOT_DONE),
        ("Networking night", NOT_DONE),
        ("Meetup chat", NOT_DONE),
        ("Networking", "it may be an event without a follow-up?"),
    ],
)
def test_what_two_people_do_is_no_event(action: str, why: str) -> None:
    assert told_of({ContactField.ACTION: action})[1] == why


@pytest.mark.parametrize(
    ("notes", "why"),
    [
        ("Sent her a LinkedIn message afterwards", ""),
        ("I wrote her an email the next day", ""),
        ("Connected on LinkedIn, had a coffee", ""),
        ("Exchanged cards. Emailed her on Thursday", ""),
        ("After the talk at the meetup I messaged her", ""),
        ("We met again on Friday", ""),
        ("I didn't wait: I wrote to her", ""),
        ("Thank-you note sent", ""),
        ("Followed up by e-mail", ""),
        ("Called her the next day", ""),
        ("No follow-up yet", NOT_DONE),
        ("Need to follow up", NOT_DONE),
        ("Follow up next week", NOT_DONE),
        ("a thing called Rust", NOT_DONE),
        ("haven\u2019t emailed her", NOT_DONE),
        ("never wrote her", NOT_DONE),
        ("to be sent", NOT_DONE),
        ("Will send her a note", NOT_DONE),
        ("Talked about parsers", NOT_DONE),
        ("She wrote the book on Rust", UNCLEAR),
        ("Follow up", UNCLEAR),
    ],
)
def test_notes_tell_of_a_follow_up_or_of_none(notes: str, why: str) -> None:
    assert told_of({ContactField.ACTION: "Meetup", ContactField.SUMMARY: notes})[1] == why


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("yes", ""),
        ("x", ""),
        ("✓", ""),
        ("Done.", ""),
        ("2026-11-18", ""),
        ("11/18/2026", ""),
        ("11/18", ""),
        ("Emailed her, will call next week", ""),
        ("LinkedIn message sent", ""),
        ("", NOT_DONE),
        ("-", NOT_DONE),
        ("not yet", NOT_DONE),
        ("TODO", NOT_DONE),
        ("pending", NOT_DONE),
        ("will email next week", NOT_DONE),
        ("2026-11-30", NOT_DONE),
        ("LinkedIn", UNCLEAR),
        ("Send thank you", UNCLEAR),
    ],
)
def test_a_cell_tells_of_a_follow_up_or_of_none(cell: str, why: str) -> None:
    assert told_of({ContactField.ACTION: "Meetup", ContactField.FOLLOW_UP: cell})[1] == why


def test_a_follow_up_of_tomorrow_is_one_by_then() -> None:
    cells = {ContactField.ACTION: "Meetup", ContactField.FOLLOW_UP: "2026-11-19"}
    assert of_cells(cells, now=datetime(2026, 11, 18, 12, tzinfo=UTC)).left_out
    assert not of_cells(cells, now=datetime(2026, 11, 20, 12, tzinfo=UTC)).left_out


@pytest.mark.parametrize(
    ("field", "cell", "why"),
    [
        (ContactField.RELATION, "Recruiter (external)", EXTERNAL),
        (ContactField.RELATION, "Recruiter - agency", EXTERNAL),
        (ContactField.RELATION, "3rd party recruiter", EXTERNAL),
        (ContactField.RELATION, "Third-party recruiter", EXTERNAL),
        (ContactField.RELATION, "Recruiters", EXTERNAL),
        (ContactField.RELATION, "External", PERHAPS),
        (ContactField.RELATION, "Agency", PERHAPS),
        (ContactField.RELATION, "Staffing", EXTERNAL),
        (ContactField.RELATION, "Recruiting firm", EXTERNAL),
        (ContactField.RELATION, "Headhunter", EXTERNAL),
        (ContactField.RELATION, "Digital agency", ""),
        (ContactField.RELATION, "Internal recruiter", ""),
        (ContactField.RELATION, "Recruiter, in-house", ""),
        (ContactField.TITLE, "Recruiter (agency)", EXTERNAL),
        (ContactField.TITLE, "Recruiter, external", EXTERNAL),
        (ContactField.TITLE, "3rd-party recruiter", EXTERNAL),
        (ContactField.TITLE, "External technical recruiter", EXTERNAL),
        (ContactField.TITLE, "Technical Recruiter", ""),
        (ContactField.TITLE, "Head of external communication & recruiting", ""),
        (ContactField.TITLE, "Recruitment Consultant", PERHAPS),
        (ContactField.ACTION, "External recruiter call", EXTERNAL),
        (ContactField.ACTION, "External Recruiter", EXTERNAL),
        (ContactField.ACTION, "Agency recruiter", EXTERNAL),
        (ContactField.ACTION, "Recruiter", EXTERNAL),
        (ContactField.ACTION, "Recruiter call", ""),
        (ContactField.ACTION, "Recruiter screen", ""),
    ],
)
def test_an_external_recruiter_is_known_in_any_cell(
    field: ContactField, cell: str, why: str
) -> None:
    assert told_of({field: cell})[1] == why


@pytest.mark.parametrize(
    ("employer", "title", "relation", "why"),
    [
        ("Qx Recruiters", "Recruiter", "", EXTERNAL),
        ("Qx Recruiting", "Talent Scout", "", EXTERNAL),
        ("Qx Recruitment", "Recruitment Consultant", "", EXTERNAL),
        ("Qx Talent Agency", "Recruiter", "", EXTERNAL),
        ("Harvey Nash", "Recruiter", "", EXTERNAL),
        ("Hays plc", "Recruiter", "", EXTERNAL),
        ("Hays County", "Recruiter", "", ""),
        ("Hays County", "Software Engineer", "", ""),
        ("Randstad", "Recruiter", "internal recruiter", ""),
        ("Randstad", "Talent Partner", "Employee", ""),
        ("Randstad", "Internal Recruiter", "", ""),
        ("Randstad", "Consultant", "", PERHAPS),
        ("Randstad Digital", "Software Engineer", "", ""),
        ("SmartRecruiters", "Recruiter", "", ""),
    ],
)
def test_at_a_firm_that_recruits_only_its_recruiters_do_not_count(
    employer: str, title: str, relation: str, why: str
) -> None:
    cells = {
        ContactField.EMPLOYER: employer,
        ContactField.TITLE: title,
        ContactField.RELATION: relation,
    }
    assert told_of(cells)[1] == why


@pytest.mark.parametrize(
    ("action", "notes", "why"),
    [
        ("Applied online and emailed her", "", "no summary"),
        ("Applied online and emailed her", "Junior role", ""),
        ("Applied via referral; coffee chat with her", "Junior role", ""),
        ("Applied", "Asked her how the team works", ""),
        ("Sent her my CV", "Junior role", ""),
        ("CV review", "Went through it", ""),
        ("Applied, call scheduled", "Junior role", APPLIED),
        ("Easy Apply", "Junior role", APPLIED),
        ("LinkedIn Easy Apply", "Junior role", APPLIED),
        ("Applied (LinkedIn)", "Junior role", APPLIED),
        ("Applied - LinkedIn", "Junior role", APPLIED),
        ("Applied.", "Junior role", APPLIED),
        ("Submitted resume", "Junior role", APPLIED),
        ("Sent CV", "Junior role", APPLIED),
        ("Completed application", "Sent the form", APPLIED),
        ("Applied via referral", "Junior role", MAY_BE_APPLIED),
        ("", "Applied on LinkedIn", APPLIED),
        ("-", "Sent CV", APPLIED),
        ("", "Applied, then wrote to her", ""),
        ("", "Talked about applications of Rust", ""),
        ("Coffee", "Applied on LinkedIn", ""),
    ],
)
def test_an_application_alone_does_not_count(action: str, notes: str, why: str) -> None:
    assert told_of({ContactField.ACTION: action, ContactField.SUMMARY: notes})[1] == why


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        *((cell, "no name") for cell in ("", "-", "N/A", "?", "???", "Unknown Unknown")),
        *((cell, "no last name") for cell in ("Ada", "Ada -", "Ada (last name unknown)")),
        *((cell, "only an initial") for cell in ("Ada E.", "Ada E", "A. Lovelace")),
        *((cell, "no person's name") for cell in ("Hiring Manager", "HR Team")),
        ("Talent Acquisition Team", "no person's name"),
        *(
            (cell, "it may name more than one person?")
            for cell in ("Ada One and Grace Two", "Ben Two, Cy Three", "Ben Two / Cy Three")
        ),
        *((cell, "") for cell in ("Ada Na", "李 龙", "J. Robert Oppen", "Love, Ada M.", "Ada Ng")),
        ("Ada One (https://qx.example/Ada-1)", ""),
        ("Ada One <qx@qx.example>", ""),
        ("Ada One, Head of Data", ""),
    ],
)
def test_what_is_no_whole_name_does_not_count(cell: str, why: str) -> None:
    assert told_of({ContactField.NAME: cell})[1] == why


def test_two_people_in_a_cell_may_be_two() -> None:
    evidence = of_cells({ContactField.NAME: "Ada One and Grace Two"})
    assert judged(evidence, 2).verdict is Verdict.UNKNOWN
    assert judged(evidence, 3).verdict is Verdict.UNMET
    assert "write one person a row" in judged(evidence, 2).reason


@pytest.mark.parametrize(
    "cell", ["", "-", "?", "???", ".", "N/A", "n.a.", "#N/A", "unknown", "TBD"]
)
@pytest.mark.parametrize(
    ("field", "what", "why"),
    [
        (ContactField.TITLE, "row 2, column C", "no title"),
        (ContactField.EMPLOYER, "row 2, column D", "no employer"),
        (ContactField.SUMMARY, "row 2, column H", "no summary"),
    ],
)
def test_a_sign_is_no_answer(cell: str, field: ContactField, what: str, why: str) -> None:
    assert told_of({field: cell}) == (what, why)


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({ContactField.DATE: ""}, "row 2, column A"),
        ({ContactField.DATE: "soon"}, "row 2, column A"),
        ({ContactField.NAME: "Ada"}, "row 2, column B"),
        ({ContactField.RELATION: "Agency"}, "row 2, column E"),
        ({ContactField.ACTION: "Applied", ContactField.SUMMARY: "Dev"}, "row 2, column F"),
        ({ContactField.SUMMARY: "Applied online"}, "row 2, column H"),
        ({ContactField.ACTION: "Meetup", ContactField.FOLLOW_UP: "x?"}, "row 2, column G"),
        ({}, "row 2"),
    ],
)
def test_a_bad_row_is_named_by_its_number_and_its_column(
    cells: dict[ContactField, str], what: str
) -> None:
    assert told_of(cells)[0] == what


def test_an_entry_of_a_list_is_named_by_its_number_and_its_field() -> None:
    entry = "- {name: Ada Qx, company: Qxacme, date: 2026-11-17, notes: Wrote}\n"
    evidence = collect((entry + entry.replace("name", "title: CTO, name")).encode(), WEEK, {})
    assert isinstance(evidence, Found)
    assert [entry.what for entry in evidence.left_out] == ["entry 1, title"]
    assert [item.title for item in evidence.items] == ["entry 2"]


def test_rows_are_told_in_their_order_whatever_becomes_of_them() -> None:
    finding = judged(
        of_cells(
            {ContactField.NAME: "Ada"},
            {ContactField.NAME: "Bo Qx", ContactField.DATE: "soon"},
            {ContactField.NAME: "Cy"},
            {ContactField.NAME: "Di Qx", ContactField.DATE: "later"},
        )
    )
    assert [number(entry.what) for entry in finding.left_out] == [2, 3, 4, 5]


def test_a_planned_contact_eats_none_that_was() -> None:
    rows = ({ContactField.DATE: "2026-11-21"}, {ContactField.DATE: "2026-11-18"})
    now = datetime(2026, 11, 19, 12, tzinfo=UTC)
    for some in (rows, rows[::-1]):
        evidence = of_cells(*some, now=now)
        finding = judge(Requirement(RequirementId.CONTACTS, 1), (evidence,), WEEK, now)
        assert (finding.verdict, finding.count) == (Verdict.MET, 1)
    unread = of_cells(rows[0], {ContactField.DATE: "some day"}, now=now)
    finding = judge(Requirement(RequirementId.CONTACTS, 1), (unread,), WEEK, now)
    assert [entry.why for entry in finding.left_out] == [
        "the same person as in row 3",
        "its date can't be read; write it like 2026-11-17",
    ]


def test_a_row_in_doubt_eats_none_that_counts() -> None:
    doubtful = {ContactField.ACTION: "Networking", ContactField.DATE: "2026-11-16"}
    for rows in ([doubtful, {}], [{}, doubtful]):
        assert judged(of_cells(*rows)).verdict is Verdict.MET


def test_many_rows_of_one_name_cost_little() -> None:
    begun = time.process_time()
    of_cells(*({ContactField.EMPLOYER: f"Qx{letters(count)}"} for count in range(3000)))
    assert time.process_time() - begun < 60


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("Ada Qxlove", "Ada M. Qxlove", True),
        ("Ada Qxlove", "Qxlove, Ada M", True),
        ("Ada Qxlove", "Ada Qxlove (https://qx.example/Ada)", True),
        ("Jörg Qxmüller", "Joerg Qxmueller", True),
        ("Jörg Qxmüller", "Jorg Qxmuller", True),
        ("Jörg Qxgroß", "Joerg Qxgross", True),
        ("Ada Qxlove", "Ada Maria Qxlove", False),
        ("Michael Qx", "Michal Qx", False),
        ("Joel Qx", "Jol Qx", False),
    ],
)
def test_spellings_of_a_name_are_compared(one: str, other: str, are_same: bool) -> None:
    evidence = of_cells({ContactField.NAME: one}, {ContactField.NAME: other})
    assert [entry.why for entry in evidence.left_out] == (
        ["the same person as in row 2"] if are_same else []
    )


@pytest.mark.parametrize(
    ("employer", "is_doubt"), [("Qxacme Inc.", False), ("QXACME Labs", False), ("Qxbeta", True)]
)
def test_the_same_name_at_another_employer_is_a_doubt(employer: str, is_doubt: bool) -> None:
    evidence = of_cells({}, {ContactField.EMPLOYER: employer})
    finding = judged(evidence, 2)
    assert finding.verdict is (Verdict.UNKNOWN if is_doubt else Verdict.UNMET)
    assert "if they are two people, write a middle name" in (
        finding.reason if is_doubt else finding.left_out[0].mend.lower()
    )
    apart = of_cells({}, {ContactField.EMPLOYER: employer, ContactField.NAME: "Ada May Qxlove"})
    assert judged(apart, 2).verdict is Verdict.MET


@pytest.mark.parametrize(
    "heading",
    [
        "Company,Position,Job Link,Contact Name,Date,Notes",
        "Company,Role,Date Applied,Contact,Date,Notes",
        "Company,Job Title,Contact,Notes,Status,Date",
        "Company,Title,Contact Person,Notes,Date",
    ],
)
def test_the_advertised_job_is_nobodys_title(heading: str) -> None:
    evidence = collect(f"{heading}\n".encode(), WEEK, {})
    assert isinstance(evidence, Failed)
    assert evidence.reason.endswith("has no column for Contact Title")
    assert evidence.hint == (
        "Column B seems to be the advertised job's. Add Contact Title, or name it under"
        " contacts.columns"
    )
    beside = collect(f"{heading},Contact Title\n".encode(), WEEK, {})
    assert isinstance(beside, Found)


def test_a_column_that_is_guessed_makes_nothing_count_and_says_what_to_do() -> None:
    finding = judged(read("columns-by-content"))
    assert finding.verdict is Verdict.UNKNOWN
    assert (
        "that the column is the date is a guess; give it the heading Date, or name it under"
        " contacts.columns" in finding.reason
    )
    evidence = read("columns-without-headings")
    assert isinstance(evidence, Failed)
    assert evidence.hint == (
        "Column A seems to be the name. Column D seems to be the date. Column E seems to be the"
        " summary. Add Contact Title and Company, or name them under contacts.columns"
    )


def test_a_table_with_headings_alone_is_an_empty_tracker() -> None:
    evidence = collect(HEADINGS.encode(), WEEK, {})
    assert isinstance(evidence, Found)
    assert (evidence.items, evidence.left_out) == ((), ())
    assert judged(evidence).verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["11/17", "11/18/2026"], ["2026-11-17", "2026-11-18"]),
        (["1/5", "11/18/2026"], ["2027-01-05", "2026-11-18"]),
        (["17.11.", "18.11.2026"], ["2026-11-17", "2026-11-18"]),
        (["17. Nov", "18.11.2026"], ["2026-11-17", "2026-11-18"]),
        (["Dienstag, 17.11.2026"], ["2026-11-17"]),
        (["Tue 2026-11-17"], ["2026-11-17"]),
        (["Before 11/17/2026"], [None]),
        (["Nov 17, 2026 → Nov 19, 2026"], ["2026-11-17"]),
        (["20261117", "20261317"], ["2026-11-17", None]),
        (["46343", "46344.5"], ["2026-11-17", "2026-11-18"]),
        (["46343", "2026-11-18"], [None, "2026-11-18"]),
        # Nothing tells the year, or two do.
        (["11/17", "11/18"], [None, None]),
        (["11/17", "11/18", "11/19/2025"], [None, None, "2025-11-19"]),
        (["11/17", "11/18/2025", "11/19/2026"], ["2025-11-17", "2025-11-18", "2026-11-19"]),
    ],
)
def test_dates_are_read_as_people_write_them(cells: list[str], days: list[str | None]) -> None:
    read_, _ = read_days(cells, WEEK.zone)
    assert [it.iso if isinstance(it, WrittenDate) else None for it in read_] == days


def test_a_date_that_may_be_of_two_years_is_a_doubt() -> None:
    rows = [{ContactField.DATE: day} for day in ("11/17", "11/18/2025", "11/19/2026")]
    (item, _) = of_cells(
        *(row | {ContactField.NAME: f"Ada Qx{letters(i)}"} for i, row in enumerate(rows))
    ).items
    assert item.title == "row 2, column A"
    assert item.at is not None
    assert len(item.at.readings) == 2


@pytest.mark.parametrize("text", ["sent ", "not sent ", "follow up ", "no ", "(", "a, ", "Ada & "])
def test_long_cells_cost_little(text: str) -> None:
    long = text * (20_000 // len(text))
    begun = time.process_time()
    for field in ContactField:
        if field in ROW:
            of_cells({ContactField.ACTION: "Meetup", field: long})
    assert time.process_time() - begun < 60


@pytest.mark.parametrize("between", [" ", " \n", "\t", " ,", " -", "(", "() "])
def test_what_stands_between_names_costs_little(between: str) -> None:
    cell = f"a{between * 10_000}b"
    begun = time.process_time()
    split_title(cell)
    split_name(cell)
    has_several(cell)
    assert time.process_time() - begun < 60


WORDS = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_order_case_and_spaces_make_nobody_else(first: str, last: str) -> None:
    same = identities(first, last)
    assert identities(last, first) == same
    lower = last.upper().lower()
    assert identities(f"  {first} ", lower) == identities(first, lower)


def test_many_empty_lines_above_a_list_cost_nothing() -> None:
    # With a pattern that can split them in many ways this takes longer than any job.
    for above in ("\n" * 5_000_000, "\n" * 5000, " \n" * 5000, "# x\n" * 5000, "---\n" * 5000):
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
    assert "has in line 6 a key that stands there already" in evidence.reason
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


def letters(count: int) -> str:
    """A number in letters."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(count))


def test_ten_thousand_rows_take_little_memory() -> None:
    rows = "".join(
        f"Ada Qx{letters(count)},Engineer,Qxacme {count},11/{1 + count % 28}/2026,Wrote\n"
        for count in range(10_000)
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


def test_vowel_signs_tell_people_apart() -> None:
    finding = judged(
        of_rows("राम कुमार,CTO,Qxacme,2026-11-17,Wrote", "रमा कुमारी,CTO,Qxacme,2026-11-17,Wrote")
    )
    assert finding.count == 2


COUNTS, DOUBT, LEFT = "counts", "doubt", "left out"
SAID_OF_ROWS = [
    ("Applied", "Phone screen on Thursday with the recruiter", DOUBT),
    ("Applied", "First round interview with two engineers", DOUBT),
    ("Applied", "Had a good conversation with the hiring manager", DOUBT),
    ("Applied", "Zoom with the CTO about the role", DOUBT),
    ("Applied", "LinkedIn message to the hiring manager", DOUBT),
    ("Applied", "Met all the requirements of the posting", DOUBT),
    ("Applied", "Learned about the job from Indeed", DOUBT),
    ("Applied", "Talked with her about the role", COUNTS),
    ("Applied", "Should have called him first", LEFT),
    ("Applied", "Through the portal", LEFT),
    ("Indeed", "Applied", DOUBT),
    ("Other", "Applied on company website", DOUBT),
    ("", "Online application for junior developer", LEFT),
    ("", "Bewerbung über das Portal abgeschickt", LEFT),
    ("Initiativbewerbung", "Online abgeschickt", LEFT),
    ("Bewerbungsgespräch", "Gespräch über das Team und React", COUNTS),
    ("Beworben", "Habe Frau Berg auf LinkedIn angeschrieben", DOUBT),
    ("Cover letter advice", "She looked at mine over coffee", COUNTS),
    ("To contact", "Wants to hear more", DOUBT),
    ("Will email", "On Friday", DOUBT),
    ("Planned", "A coffee", DOUBT),
    ("Call cancelled", "She was ill", DOUBT),
    ("", "Haven't reached out yet", DOUBT),
    ("", "Need to contact", DOUBT),
    ("Email", "No reply yet", COUNTS),
    ("Email", "Waiting for a response", COUNTS),
    ("Phone", "Left message", COUNTS),
    ("Meetup", "Would have messaged him", LEFT),
    ("Summit", "She gave a keynote", DOUBT),
    ("Jobmesse", "Am Stand gesprochen", DOUBT),
    ("Lunch and learn", "I emailed her afterwards", COUNTS),
    ("Panel interview", "Three engineers asked me things", COUNTS),
]


def outcome_of(row: str) -> str:
    headings = "Name,Title,Company,Relationship Type,Date,Action,Notes"
    evidence = collect(f"{headings}\n{row}".encode(), WEEK, {})
    assert isinstance(evidence, Found)
    if evidence.left_out:
        return LEFT
    return DOUBT if evidence.items[0].doubt else COUNTS


@pytest.mark.parametrize(("action", "notes", "outcome"), SAID_OF_ROWS)
def test_what_was_done_decides_and_what_cant_be_told_is_a_doubt(
    action: str, notes: str, outcome: str
) -> None:
    assert outcome_of(f"Ada Qxlove,CTO,Qxacme,,2026-11-17,{action},{notes}") == outcome


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Technical Recruiter", DOUBT),
        ("Google HR", DOUBT),
        ("Dev Team", DOUBT),
        ("Sarah from HR", DOUBT),
        ("Dev Patel", COUNTS),
        ("Mark Head", COUNTS),
        ("王小明", DOUBT),
        ("山田太郎", DOUBT),
        ("김민수", DOUBT),
        ("山田 太郎", COUNTS),
        ("Cher", LEFT),
    ],
)
def test_whose_name_it_is(name: str, outcome: str) -> None:
    assert outcome_of(f"{name},Developer,Qxacme,,2026-11-17,Email,Wrote to her") == outcome


@pytest.mark.parametrize(
    ("title", "relation", "notes", "outcome"),
    [
        ("Creative Director", "Agency", "Wrote", DOUBT),
        ("Engineering Manager", "External", "Wrote", DOUBT),
        ("Recruiter", "Agency", "Wrote", LEFT),
        ("Recruiter", "Externer Recruiter", "Wrote", LEFT),
        ("Recruiterin", "Externe Personalvermittlung", "Wrote", LEFT),
        ("Personalvermittlerin", "", "Wrote", LEFT),
        ("Recruiter", "", "She's an external recruiter for banks", DOUBT),
        ("Recruiter", "internal recruiter", "Wrote", COUNTS),
        ("Recruiter", "", "Wrote", COUNTS),
    ],
)
def test_who_recruits_for_others(title: str, relation: str, notes: str, outcome: str) -> None:
    row = f"Ada Qxlove,{title},Qxacme,{relation},2026-11-17,Email,{notes}"
    assert outcome_of(row) == outcome


@pytest.mark.parametrize(
    ("company", "title", "outcome"),
    [
        ("Robert Walters plc", "Recruiter", LEFT),
        ("Mondo", "Technical Recruiter", LEFT),
        ("Mondo Media", "Technical Recruiter", COUNTS),
        ("Experis", "Software Engineer", COUNTS),
    ],
)
def test_which_firms_recruit_for_others(company: str, title: str, outcome: str) -> None:
    assert outcome_of(f"Ada Qxlove,{title},{company},,2026-11-17,Email,Wrote to her") == outcome


def test_every_contact_of_a_busy_week_has_its_digest() -> None:
    letters = ["".join(chr(ord("a") + int(digit)) for digit in str(n)) for n in range(900)]
    rows = [f"Ada Qx{word}x,CTO,Qxacme,2026-11-17,Wrote" for word in letters]
    evidence = collect((HEADINGS + "\n".join(rows)).encode(), WEEK, {}, bytes(32))
    finding = judged(evidence)
    assert finding.count == len(finding.evidence) == len(rows)
