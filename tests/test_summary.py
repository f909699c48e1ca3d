from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from csc_verify.model import Counted, Finding, LeftOut, Report, RequirementId, Verdict
from csc_verify.render.summary import MOST_EVIDENCE, render
from csc_verify.week import WeekState
from tests import hostile, samples
from tests.expected import assert_golden
from tests.markdown_reader import PARSERS, read_page
from tests.strategies import WHOLE_PAGES, reports

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED = set("h2 h3 p strong em ul li a table thead tbody tr th td details summary".split())  # noqa: SIM905  readable
MIB = 1024 * 1024


@pytest.fixture(scope="module", params=PARSERS)
def parser(request: pytest.FixtureRequest) -> Callable[[str], str]:
    return PARSERS[request.param]()


@pytest.mark.parametrize(("name", "report"), samples.CASES.items())
def test_page(name: str, report: Report) -> None:
    assert_golden(f"{name}.summary.md", render(report))


def test_page_with_the_running_week() -> None:
    assert_golden("unmet-with-progress.summary.md", render(samples.UNMET, samples.OPEN))


def test_evidence_is_linked(parser: Callable[[str], str]) -> None:
    page = read_page(parser, render(samples.MET))
    assert page.links == [
        "https://github.com/alice/parser/commits?since=2026-11-17",
        "https://github.com/octo/cli/pull/42",
        "https://github.com/alice/parser/commits?since=2026-11-20",
        "https://alice.example/blog/why-parsers",
    ]
    assert [row[:2] for row in page.rows] == [
        ["Requirement", "Verdict"],
        ["contributions", "✓ met"],
        ["blog", "✓ met"],
        ["contacts", "– skipped"],
        ["design", "– skipped"],
    ]


@pytest.mark.parametrize(
    ("checked_at", "said"),
    [
        (datetime(2026, 11, 23, 12, tzinfo=UTC), "**contributions**: 3 of 5, seven days left\n"),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), "**contributions**: 3 of 5, two days left\n"),
        (
            datetime(2026, 11, 29, 12, tzinfo=UTC),
            "**contributions**: 3 of 5, today is the last day\n",
        ),
        # Already Monday in UTC, still Sunday in New York.
        (
            datetime(2026, 11, 30, 3, tzinfo=UTC),
            "**contributions**: 3 of 5, today is the last day\n",
        ),
        (datetime(2026, 11, 30, 12, tzinfo=UTC), "**contributions**: 3 of 5, the week is over\n"),
    ],
)
def test_days_left_are_counted_in_the_students_zone(checked_at: datetime, said: str) -> None:
    assert said in render(samples.MET, replace(samples.OPEN, checked_at=checked_at))


def test_days_left_without_a_zone_are_counted_in_utc() -> None:
    student = replace(samples.OPEN.student, timezone="Nowhere/Atall")
    assert "six days left" in render(samples.MET, replace(samples.OPEN, student=student))


def test_progress_says_what_is_done() -> None:
    page = render(samples.MET, replace(samples.MET, week=samples.OPEN.week))
    assert "- ✓ **contributions**: 7 of 5, done" in page


def test_the_running_week_is_in_progress_and_told_once() -> None:
    page = render(samples.OPEN, samples.OPEN)
    assert page.startswith("## … Week of 23–29 Nov 2026: in progress\n")
    assert page == render(samples.OPEN)
    assert "This week so far" not in page
    assert "? unknown" not in page


def test_a_running_week_that_is_met_already_is_met() -> None:
    week = replace(samples.MET.week, state=WeekState.OPEN)
    assert render(replace(samples.MET, week=week)).startswith("## ✓ Week of 16–22 Nov 2026: met\n")


def test_progress_of_a_week_off() -> None:
    assert "Nothing is asked for this week." in render(samples.MET, samples.PAUSED)


def test_a_long_list_is_cut_with_a_sentence() -> None:
    many = (Counted("post", "https://alice.example/p", "2026-11-17", "post"),) * 60
    blog = replace(samples.MET.requirements[1], evidence=many)
    text = render(replace(samples.MET, requirements=(blog,)))
    assert text.count("https://alice.example/p") == MOST_EVIDENCE
    assert "- and 10 more in the JSON report" in text


def test_the_largest_report_fits_into_a_summary() -> None:
    text = "日<|" * 1000
    items = (Counted(text, "https://evil.example/" + "日" * 2000, text, text),) * 500
    findings = tuple(
        Finding(
            id_, Verdict.UNMET, 9, 0, text, text, items, (LeftOut(text, text, text),) * 21, (text,)
        )
        for id_ in RequirementId
    )
    report = replace(samples.MET, verdict=Verdict.UNMET, requirements=findings, version=text)
    page = render(report, report)
    assert len(page.encode()) < MIB
    assert page.count("This part is too long for a summary; the JSON report has it.") == 4


def test_the_longest_part_that_is_shown_fits_four_times() -> None:
    text = "日" * 190
    item = Counted("post", "https://alice.example/" + "a" * 1000, "2026-11-17", text)
    findings = tuple(
        Finding(id_, Verdict.UNMET, 9, 0, "", text, (item,) * 50, (LeftOut(text, text * 5),) * 20)
        for id_ in RequirementId
    )
    page = render(replace(samples.MET, verdict=Verdict.UNMET, requirements=findings))
    assert "too long" not in page
    assert len(page.encode()) < MIB


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_foreign_text_stays_text(parser: Callable[[str], str], text: str) -> None:
    blog = Finding(
        RequirementId.BLOG,
        Verdict.UNMET,
        1,
        0,
        text,
        text,
        (Counted(text, "https://alice.example/p", text, text),),
        (LeftOut(text, text, text),),
        (text,),
    )
    student = replace(samples.MET.student, github=text, timezone=text)
    findings = (*samples.MET.requirements[:1], blog, *samples.MET.requirements[2:])
    report = replace(samples.UNMET, student=student, requirements=findings, version=text)
    page = read_page(parser, render(report, report))
    ours = read_page(parser, render(samples.UNMET, samples.OPEN))
    assert set(page.tags) <= ALLOWED
    assert page.unclosed == []
    assert page.links[-1] == "https://alice.example/p"
    assert len(page.links) == 4
    assert page.images == []
    assert [len(row) for row in page.rows] == [len(row) for row in ours.rows]


@WHOLE_PAGES
@given(reports(), reports())
def test_any_report_is_a_page(report: Report, progress: Report) -> None:
    text = render(report, progress)
    page = read_page(PARSERS["markdown-it"](), text)
    assert set(page.tags) <= ALLOWED
    assert page.unclosed == []
    assert [len(row) for row in page.rows] == [3] * 5
    assert len(page.links) == sum(
        len(finding.evidence)
        for finding in report.requirements
        if finding.verdict is not Verdict.SKIPPED
    )
    assert text == render(report, progress)
    text.encode()
