from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from csc_verify.ledger import overall
from csc_verify.model import Counted, Finding, JudgedBy, LeftOut, Report, RequirementId, Verdict
from csc_verify.render.terminal import MOST_EVIDENCE, WIDTH, print_rich, render_plain
from csc_verify.week import WeekState
from tests import hostile, samples
from tests.expected import assert_golden
from tests.strategies import WHOLE_PAGES, reports

CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def rich_text(report: Report, width: int = 100, *, colour: bool = False) -> str:
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    print_rich(report, console)
    return out.getvalue()


@pytest.mark.parametrize(("name", "report"), samples.CASES.items())
def test_page(name: str, report: Report) -> None:
    assert_golden(f"{name}.txt", render_plain(report))


@pytest.mark.parametrize("report", samples.CASES.values(), ids=samples.CASES)
def test_rich_says_the_same_in_the_same_order(report: Report) -> None:
    assert rich_text(report).split() == render_plain(report).split()


def test_rich_colours_verdicts_and_links_addresses() -> None:
    text = rich_text(samples.UNMET, colour=True)
    assert "\x1b[32m✓ contributions" in text
    assert "\x1b[31m✗ blog" in text
    assert re.search(r"\x1b]8;[^;]*;https://alice\.example/blog|\x1b]8;[^;]*;https://github", text)


def test_rich_never_breaks_an_address() -> None:
    assert samples.MET.requirements[0].evidence[0].url in rich_text(samples.MET, width=30)


def test_lines_are_short_but_for_addresses() -> None:
    lines = render_plain(samples.UNKNOWN).splitlines()
    assert all(len(line) <= WIDTH for line in lines if "https://" not in line)


def test_a_skipped_requirement_is_one_line() -> None:
    design = samples.MET.finding(RequirementId.DESIGN)
    noisy = replace(design, notes=("a note",), left_out=(LeftOut("a", "b"),))
    report = replace(samples.MET, requirements=(*samples.MET.requirements[:3], noisy))
    assert render_plain(report) == render_plain(samples.MET)


def test_a_week_that_is_met_asks_for_nothing() -> None:
    assert "What to do next" not in render_plain(samples.MET)


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        (WeekState.OPEN, "5 more until the end of 22 Nov 2026"),
        (WeekState.SETTLING, "the next run looks again"),
        (WeekState.FINAL, "Do what the reason says"),
    ],
)
def test_says_what_to_do_next(state: WeekState, advice: str) -> None:
    finding = Finding(RequirementId.CONTRIBUTIONS, Verdict.UNKNOWN, 5, 0, "feed", "nothing yet")
    report = replace(
        samples.MET,
        week=replace(samples.MET.week, state=state),
        verdict=Verdict.UNKNOWN,
        requirements=(finding, *samples.MET.requirements[1:]),
    )
    assert advice in " ".join(render_plain(report).split())


def test_what_would_mend_things_comes_first() -> None:
    mends = (LeftOut("a post", "no date", "Give the post a date."), LeftOut("b", "no date"))
    blog = replace(samples.UNMET.requirements[1], left_out=mends)
    report = replace(samples.UNMET, requirements=(samples.UNMET.requirements[0], blog))
    assert "  blog           Give the post a date. Evidence" in render_plain(report)


@pytest.mark.parametrize(
    ("state", "verdicts", "words"),
    [
        (WeekState.FINAL, "met met", "✓ Met: everything that was asked for was checked and found."),
        (WeekState.FINAL, "unmet met", "✗ Unmet: too little was found for contributions."),
        (
            WeekState.FINAL,
            "unmet unknown",
            "✗ Unmet: too little was found for contributions, and blog could not be verified.",
        ),
        (
            WeekState.FINAL,
            "unknown unknown",
            "? Unknown: contributions and blog could not be verified, which is held against",
        ),
        (
            WeekState.SETTLING,
            "met unknown",
            "? Unknown: the week has only just ended; what is late may still show for blog.",
        ),
        (
            WeekState.OPEN,
            "unknown met",
            "… In progress: the week is not over; still open: contributions.",
        ),
    ],
)
def test_the_verdict_in_words(state: WeekState, verdicts: str, words: str) -> None:
    ids = (RequirementId.CONTRIBUTIONS, RequirementId.BLOG)
    findings = tuple(
        Finding(id_, Verdict(verdict), 1, 0, "", "")
        for id_, verdict in zip(ids, verdicts.split(), strict=True)
    )
    week = replace(samples.MET.week, state=state)
    report = replace(samples.MET, week=week, verdict=overall(findings), requirements=findings)
    assert words in " ".join(render_plain(report).split())


def test_an_empty_scope_is_said() -> None:
    report = replace(samples.PAUSED, judged_by=JudgedBy(()))
    said = "This log is about nothing only; contributions, blog and contacts not included."
    assert said in " ".join(render_plain(report).split())


def test_a_lowered_minimum_is_said() -> None:
    assert "the minimum is set to 3; the commitment's own is 5" in render_plain(samples.UNKNOWN)


def test_a_long_list_is_cut_with_a_sentence() -> None:
    many = (Counted("post", "https://alice.example/p", "2026-11-17", "post"),) * 40
    blog = replace(samples.MET.requirements[1], evidence=many)
    text = render_plain(replace(samples.MET, requirements=(blog,)))
    assert text.count("https://alice.example/p\n") == MOST_EVIDENCE
    assert "and 10 more; --format json lists all of them" in text


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2026-11-17", "2026-11-17  x"),
        ("2026-11-17T21:04:11-05:00", "2026-11-17 21:04-05:00  x"),
        ("2026-11-17T21:04:11+00:00", "2026-11-17 21:04 UTC  x"),
        ("2026-11-17T21:04:11", "2026-11-17 21:04 (no zone)  x"),
        ("some day", "some day  x"),
    ],
)
def test_times_of_evidence(at: str, shown: str) -> None:
    item = Counted("post", "https://alice.example/p", at, "x")
    blog = replace(samples.MET.requirements[1], evidence=(item,))
    assert f"    {shown}\n" in render_plain(replace(samples.MET, requirements=(blog,)))


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_foreign_text_controls_nothing(text: str) -> None:
    item = Counted(text, "https://evil.example/\x1b]8;;x", text, text)
    blog = Finding(
        RequirementId.BLOG,
        Verdict.UNMET,
        1,
        0,
        text,
        text,
        (item,),
        (LeftOut(text, text, text),),
        (text,),
    )
    student = replace(samples.MET.student, github=text, timezone=text)
    report = replace(samples.MET, student=student, requirements=(blog,), version=text)
    page = render_plain(report)
    assert not CONTROLS.search(page)
    assert page.encode()
    rich = rich_text(report)
    assert not CONTROLS.search(rich)
    assert "".join(rich.split()) == "".join(page.split())


@WHOLE_PAGES
@given(reports())
def test_any_report_is_a_page(report: Report) -> None:
    page = render_plain(report)
    assert page.endswith("\n")
    assert not CONTROLS.search(page)
    assert page == render_plain(report)


@WHOLE_PAGES
@given(reports(), st.integers(10, 200))
def test_any_report_is_printed_at_any_width(report: Report, width: int) -> None:
    assert rich_text(report, width)


def test_rich_is_loaded_only_where_it_prints() -> None:
    code = "import sys, csc_verify.render.terminal; print('rich' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "False\n"
