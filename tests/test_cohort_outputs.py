"""What the cohort's command writes beside its page: JSON, CSV, the table on a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from rich.console import Console

from csc_verify.cohort.document import from_document, row_from_json, row_to_json, to_document
from csc_verify.cohort.gathering import gathered
from csc_verify.cohort.values import Span
from csc_verify.errors import RecordError
from csc_verify.escape import plain, spreadsheet_cell
from csc_verify.model import Verdict
from csc_verify.overview import Attention, Audience, Checked, Overview, Person, StudentRow, Trouble
from csc_verify.render import cohort_csv, cohort_table
from tests import hostile
from tools.cohort_sample import cohort

if TYPE_CHECKING:
    from collections.abc import Callable

COACH, PUBLIC = Audience.COACH, Audience.PUBLIC
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)
SAMPLE = cohort(40, 4)


def schema() -> dict[str, Any]:
    text = files("csc_verify.cohort").joinpath("cohort.schema.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def hostile_overview(text: str) -> Overview:
    """A student whom somebody wrote badly of, in every field."""
    row = SAMPLE.rows[0]
    person = Person(7, "alice", text, text, text, "alice/alice", text)
    bad = replace(row, person=person, trouble=Trouble(text, text), contradictions=(text,))
    return replace(SAMPLE, rows=(bad,))


# --- JSON -----------------------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was() -> None:
    text = to_document(SAMPLE, COACH)
    assert from_document(text) == SAMPLE
    assert to_document(from_document(text), COACH) == text
    assert text.count("\n") == len(SAMPLE.rows) + 2


@pytest.mark.parametrize("audience", list(Audience))
def test_a_document_is_as_its_schema_says(audience: Audience) -> None:
    validator = Draft202012Validator(schema())
    data = json.loads(to_document(SAMPLE, audience))
    assert [error.message for error in validator.iter_errors(data)] == []
    kind = "public" if audience is PUBLIC else "student"
    alone = Draft202012Validator({**schema(), **schema()["$defs"][kind]})
    assert all(not list(alone.iter_errors(student)) for student in data["students"])


def test_the_documents_example_is_one() -> None:
    text = (ROOT / "docs/cohort-json.md").read_text("utf-8")
    example = json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])
    assert not list(Draft202012Validator(schema()).iter_errors(example))
    for key in schema()["$defs"]["student"]["required"]:
        assert f"`{key}`" in text
    for reason in Attention:
        assert f"`{reason.value}`" in text


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_text_of_others_comes_back_as_one_visible_line(text: str) -> None:
    back = from_document(to_document(hostile_overview(text), COACH)).rows[0]
    assert back.person.name == plain(text)
    assert (back.trouble or Trouble("")).reason == plain(text, 2000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("[]", "is no object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"schema": 2}', "another schema"),
        ('{"schema": 1, "audience": "public"}', "written for the public"),
        ('{"schema": 1, "audience": "coach"}', "lacks its students"),
        ('{"schema": 1, "audience": "coach", "students": [1], "weeks": []}', "is no"),
    ],
)
def test_what_is_no_document_says_so(text: str, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        from_document(text)


_KEYS = ("line", "weeks", "github", "trouble", "checked", "contradictions", "newest")
_ANY_JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda it: st.lists(it) | st.dictionaries(st.sampled_from(_KEYS), it),
)


@given(_ANY_JSON)
def test_no_value_is_read_with_an_accident(data: object) -> None:
    with pytest.raises(RecordError):
        row_from_json(data)


@given(
    st.builds(Person, st.integers(1, 10**6), *([st.text().map(plain)] * 6)),
    st.sampled_from(Checked),
    st.none() | st.builds(Trouble, st.text().map(plain), st.text().map(plain)),
    st.none() | st.dates(),
)
def test_a_row_comes_back_as_it_was(
    person: Person, checked: Checked, trouble: Trouble | None, newest: date | None
) -> None:
    row = StudentRow(person, SAMPLE.rows[0].reports, checked, trouble, (), newest)
    assert row_from_json(json.loads(json.dumps(row_to_json(row)))) == row


# --- CSV ------------------------------------------------------------------------------------------


def table(overview: Overview, audience: Audience) -> list[dict[str, str]]:
    text = cohort_csv.render(overview, audience)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_the_table_has_a_row_a_student_keyed_as_classrooms_roster() -> None:
    rows = table(SAMPLE, COACH)
    assert list(rows[0])[:4] == ["identifier", "github_username", "github_id", "name"]
    assert [row["github_username"] for row in rows] == [it.person.login for it in SAMPLE.rows]
    for row, found in zip(rows, SAMPLE.rows, strict=True):
        verdict = SAMPLE.verdict(found)
        assert row["verdict"] == (verdict.value if verdict else "")


@pytest.mark.parametrize(
    "text", [*hostile.TEXTS, "=1+1", "+1", "-1", "@x", "\t=1", "a;=1", "\uff1d1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    for row in table(hostile_overview(text), COACH):
        for cell in row.values():
            assert not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell)
            assert "\n" not in cell


def test_a_plain_name_stays_as_it_is() -> None:
    assert spreadsheet_cell("Zoë O'Neil-Şen 王") == "Zoë O'Neil-Şen 王"


# --- the public -----------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [to_document, cohort_csv.render])
def test_the_public_reads_logins_and_verdicts_alone(
    write: Callable[[Overview, Audience], str],
) -> None:
    secret = replace(hostile_overview("Secret"), rows=(hostile_overview("Secret").rows[0],))
    text = write(secret, PUBLIC)
    assert "Secret" not in text
    assert "http" not in text
    assert "alice" in text


# --- the terminal ---------------------------------------------------------------------------------


def test_the_glance_comes_first_and_then_who_needs_help() -> None:
    text = cohort_table.render_plain(SAMPLE, 100)
    counts = SAMPLE.counts()
    first = text.splitlines()
    assert first[0].endswith(f"{len(SAMPLE.rows)} students")
    assert f"✓ {counts[Verdict.MET]} met" in first
    assert text.index("To look at") < text.index("Nothing to do")
    needing = [row for row in SAMPLE.rows if SAMPLE.attention(row)]
    assert needing
    assert all(row.person.login in text for row in SAMPLE.rows)


def test_many_others_are_a_number() -> None:
    rows = tuple(
        StudentRow(Person(n, f"s{n}"), next(r for r in SAMPLE.rows if r.reports).reports)
        for n in range(300)
    )
    overview = gathered(rows, Span("last", 4, NOW))
    text = cohort_table.render_plain(overview, 80)
    assert len(text.splitlines()) < 400
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("text", [*hostile.TEXTS, "王" * 300])
def test_nothing_of_others_breaks_a_line_or_draws_elsewhere(text: str) -> None:
    shown = cohort_table.render_plain(hostile_overview(text), 72)
    assert "\x1b" not in shown
    for line in shown.splitlines():
        assert sum(not unicodedata.combining(char) for char in line) <= 72


def test_colour_adds_nothing_but_colour() -> None:
    out = io.StringIO()
    console = Console(file=out, width=102, force_terminal=True, highlight=False)
    cohort_table.print_rich(SAMPLE, console)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert [line.rstrip() for line in shown.splitlines()] == [
        line.rstrip() for line in cohort_table.render_plain(SAMPLE, 102).splitlines()
    ]
