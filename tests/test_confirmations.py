"""What a coach confirms: each row says who, which week, what, by whom and why, or is told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.model import RequirementId
from csc_verify.roster import Confirmation, read_confirmations
from tests.samples import MET

if TYPE_CHECKING:
    from csc_verify.roster import Confirmations

PAGE = (Path(__file__).resolve().parent.parent / "docs/roster.md").read_text("utf-8")
HEADINGS = "login,week,requirement,by,reason"
GOOD = "alice,2026-W47,blog,Grace,Read it"


def confirmations(text: str, file: str = "confirmed.csv") -> Confirmations:
    return read_confirmations(text.encode(), file)


def told(text: str) -> list[str]:
    return [str(problem) for problem in confirmations(text).problems]


def only(text: str) -> Confirmation:
    found = confirmations(text)
    assert found.problems == ()
    (entry,) = found.entries
    return entry


def test_a_row_is_a_confirmation() -> None:
    assert only(f"{HEADINGS}\n{GOOD}\n") == Confirmation(
        2, "alice", "2026-W47", date(2026, 11, 16), RequirementId.BLOG, "Grace", "Read it"
    )


def test_headings_and_values_are_read_as_people_write_them() -> None:
    entry = only(
        "GitHub Username;Week of;What;Confirmed by;Why\n"
        "https://github.com/alice;2026-w47; Blog ;Grace \t Hopper;Saw\u202e it\n"
    )
    assert (entry.login, entry.day) == ("alice", date(2026, 11, 16))
    assert (entry.requirement, entry.by, entry.reason) == ("blog", "Grace Hopper", "Saw it")


@pytest.mark.parametrize(
    ("week", "first", "is_meant"),
    [
        ("2026-W47", date(2026, 11, 16), True),
        ("2026W47", date(2026, 11, 16), True),
        ("2026-W47", date(2026, 11, 15), True),
        ("2026-11-22", date(2026, 11, 16), True),
        ("2026-11-22", date(2026, 11, 15), False),
        ("2026-11-15", date(2026, 11, 16), False),
        ("2026-W48", date(2026, 11, 16), False),
    ],
)
def test_it_matches_the_week_that_holds_its_day(week: str, first: date, is_meant: bool) -> None:
    last = date.fromordinal(first.toordinal() + 6)
    report = replace(MET, week=replace(MET.week, start=first, end=last))
    entry = only(f"{HEADINGS}\nALICE,{week},blog,Grace,Read it\n")
    assert entry.matches(report) is is_meant
    other = replace(report, student=replace(report.student, github="bob"))
    assert not entry.matches(other)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",2026-W47,blog,Grace,Read it", "'login' is empty"),
        ("bob,,blog,Grace,Read it", "'week' is empty"),
        ("bob,2026-W47,,Grace,Read it", "'requirement' is empty"),
        ("bob,2026-W47,blog, ,Read it", "'by' is empty"),
        ("bob,2026-W47,blog,Grace,\u200b", "'reason' is empty"),
        ("bob/site,2026-W47,blog,Grace,Read it", "'login' is no login: 'bob/site'"),
        ("b b,2026-W47,blog,Grace,Read it", "'login' is not a GitHub login: 'b b'"),
        ("bob,last,blog,Grace,Read it", "'week' is not a week: 'last'"),
        ("bob,2026-W54,blog,Grace,Read it", "'week' is not a week: '2026-W54'"),
        ("bob,2026-02-30,blog,Grace,Read it", "'week' is not a week: '2026-02-30'"),
        ("bob,0001-01-01,blog,Grace,Read it", "'week' is not a week: '0001-01-01'"),
        ("bob,2026-W47,blogs,Grace,Read it", "'requirement' cannot be 'blogs' (did you mean"),
        (GOOD.replace("W47", "11-16"), "says what line 2 says"),
        ("bob,2026-W47,blog,Grace,Read it, twice", "has more cells than there are headings"),
    ],
)
def test_a_bad_row_is_told_and_the_others_count(row: str, words: str) -> None:
    found = confirmations(f"{HEADINGS}\n{GOOD}\n{row}\ncarl,2026-11-18,contacts,Grace,Saw it\n")
    assert [entry.line for entry in found.entries] == [2, 4]
    (problem,) = found.problems
    assert str(problem).startswith(f"confirmed.csv:3: {words}")


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert len(told(f"{HEADINGS}\nb b,last,x,,\n")) == 5


def test_a_column_that_lacks_is_told_once() -> None:
    text = "login,week,requirement,reason\nalice,2026-W47,blog,x\nbob,2026-W47,blog,x\n"
    assert told(text) == [f"confirmed.csv:1: no column is 'by' (The headings are {_spaced()})"]


def _spaced() -> str:
    return HEADINGS.replace(",", ", ")


def test_a_mere_list_confirms_nothing() -> None:
    assert "no heading is known" in told("alice\nbob\n")[0]
    assert "no column is" in told("- alice\n")[0]


def test_a_file_that_is_none_is_told() -> None:
    assert told("") == [f"confirmed.csv: is empty (Give it the headings {_spaced()})"]


@pytest.mark.parametrize("opening", ["", "confirmations:\n"])
def test_yaml_is_read(opening: str) -> None:
    keys = "{login: alice, week: 2026-11-18, requirement: blog, by: Grace, reason: Read it}"
    entry = only(f"{opening}- {keys}\n")
    assert (entry.line, entry.day) == (1 + opening.count("\n"), date(2026, 11, 18))


def test_the_pages_examples_are_read() -> None:
    section = PAGE.partition("\n## Confirmations\n")[2]
    (table,) = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
    found = confirmations(table)
    assert found.problems == ()
    assert [(it.login, it.requirement) for it in found.entries] == [
        ("alice", "blog"), ("bob", "contacts"),
    ]  # fmt: skip
    (listed,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert only(listed).login == "alice"


def test_each_heading_on_the_page_is_known() -> None:
    section = PAGE.partition("\n## Confirmations\n")[2]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
    assert len(rows) == 5
    for heading in (name for row in rows for it in row for name in re.findall("`([^`]+)`", it)):
        assert not [it for it in told(f"{heading}\nx\n") if "unknown" in it or "no heading" in it]


PIECES = (*HEADINGS.split(","), *GOOD.split(","), ",", "\n", '"', "- ", ": ", "\0", "é", "2026-")


LIKE_ROWS = st.lists(st.sampled_from(PIECES)).map(lambda parts: "".join(parts).encode())


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.binary(max_size=100), LIKE_ROWS))
def test_any_bytes_make_confirmations(content: bytes) -> None:
    for text in (content, f"{HEADINGS}\n{GOOD}\n".encode() + content):
        for entry in read_confirmations(text, "c.csv").entries:
            assert entry.by
            assert entry.reason
