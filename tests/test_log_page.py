from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.model import Counted, Finding, LeftOut, Report, RequirementId, Revision, Verdict
from csc_verify.render.log import MOST_EVIDENCE, MOST_PROBLEMS, Standing, render
from csc_verify.week import WeekState
from tests import hostile, samples
from tests.expected import assert_golden
from tests.markdown_reader import PARSERS, Page, read_page
from tests.strategies import ANY_TEXT, WHOLE_PAGES, logs

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED = set(
    "h1 h3 p strong em code ul li a table thead tbody tr th td details summary".split()  # noqa: SIM905  readable
)
SHOWN_BY_GITHUB = 512 * 1024


@pytest.fixture(scope="module", params=PARSERS)
def parser(request: pytest.FixtureRequest) -> Callable[[str], str]:
    return PARSERS[request.param]()


def read(text: str) -> Page:
    return read_page(PARSERS["markdown-it"](), text)


def test_page() -> None:
    assert_golden("log.md", render(samples.LOG, ("line 3: it is not JSON",)))


def test_page_of_a_designer() -> None:
    assert_golden("log-designer.md", render((samples.DESIGNER,)))


def test_page_of_an_empty_log() -> None:
    assert_golden("log-empty.md", render(()))


def test_a_self_published_log_says_so_and_what_anybody_can_ask() -> None:
    text = render(samples.LOG)
    assert "**self-published**" in text
    assert "`csc-verify audit OWNER/REPO`" in text
    assert "attested" not in text


def test_a_log_in_attested_mode_is_not_called_self_published() -> None:
    text = render(samples.LOG, standing=Standing.ATTESTED)
    assert "**attested mode**" in text
    assert "`csc-verify audit OWNER/REPO --attested`" in text
    assert "self-published" not in text


def test_the_newest_week_comes_first() -> None:
    assert [row[0] for row in read(render(samples.LOG)).rows] == [
        "Week",
        "28 Dec 2026 – 3 Jan 2027",
        "4 weeks",
        "23–29 Nov 2026",
        "16–22 Nov 2026",
        "9–15 Nov 2026",
    ]


def test_weeks_without_a_line_are_said() -> None:
    assert read(render(samples.LOG)).rows[2] == ["4 weeks", "not checked", "", "", ""]
    gap = (samples.HEALED, replace(samples.UNKNOWN, week=samples.OPEN.week))
    assert read(render(gap)).rows[2][:2] == ["1 week", "not checked"]
    assert "not checked" not in render((samples.HEALED, samples.UNMET))


def test_a_column_for_each_requirement_that_was_ever_asked_for() -> None:
    assert read(render(samples.LOG)).rows[0] == [
        "Week",
        "Verdict",
        "contributions",
        "blog",
        "contacts",
    ]
    assert read(render((samples.PAUSED,))).rows[0] == ["Week", "Verdict"]


def test_a_single_item_is_linked_and_several_lead_to_their_list() -> None:
    table = render((samples.MET,)).split("### ")[0]
    assert "✓ [1/1](https://alice.example/blog/why-parsers)" in table
    assert "✓ [7/5](#2026-11-16)" in table
    assert "\n### 2026-11-16\n" in render((samples.MET,))


def test_a_very_long_address_is_not_put_into_the_table() -> None:
    url = "https://alice.example/" + "a" * 1000
    blog = replace(samples.MET.requirements[1], evidence=(Counted("post", url, "2026-11-17", "x"),))
    report = replace(
        samples.MET,
        requirements=(samples.MET.requirements[0], blog, *samples.MET.requirements[2:]),
    )
    table, details = render((report,)).split("### ")
    assert "✓ 1/1 |" in table
    assert url in details


def test_a_week_that_is_settling_says_so() -> None:
    settling = replace(samples.MET, week=replace(samples.MET.week, state=WeekState.SETTLING))
    assert "| ✓ met, settling |" in render((settling,))


def test_what_a_line_said_before_stays_visible() -> None:
    first = samples.HEALED.revisions[0]
    second = replace(
        first, verdict=Verdict.UNMET, requirements=(), checked_at=samples.MET.checked_at
    )
    text = render((replace(samples.HEALED, revisions=(first, second)),))
    assert "| ✓ met, was unmet |" in text
    assert "Said ? **unknown** from 2026-11-17 06:00 UTC until 2026-11-24 06:00 UTC" in text
    assert "Said ✗ **unmet** from 2026-11-24 06:00 UTC until 2026-12-01 06:00 UTC" in text
    assert "It had said: blog unknown, 0 posts, 1 needed" in text


def test_lines_that_need_attention_are_named() -> None:
    text = render(samples.LOG, tuple(f"line {number}: broken" for number in range(30)))
    assert "- line 19: broken\n- and 10 more\n" in text
    assert text.count(": broken") == MOST_PROBLEMS


def test_a_long_list_is_cut_with_a_sentence() -> None:
    many = (Counted("post", "https://alice.example/p", "2026-11-17", "post"),) * 40
    blog = replace(samples.MET.requirements[1], evidence=many)
    findings = (samples.MET.requirements[0], blog, *samples.MET.requirements[2:])
    text = render((replace(samples.MET, requirements=findings),))
    assert text.count("](https://alice.example/p)") == MOST_EVIDENCE
    assert "- and 10 more in [log.jsonl](log.jsonl)" in text


def test_three_years_fit_into_what_github_shows() -> None:
    text = render(samples.long_log(156))
    assert len(text.encode()) < SHOWN_BY_GITHUB
    assert text.count("<details>") == 156


def test_of_a_huge_log_the_newest_details_are_kept() -> None:
    log = samples.long_log(1000)
    text = render(log)
    shown = text.count("<details>")
    assert 156 < shown < 1000
    assert len(text.encode()) < SHOWN_BY_GITHUB
    assert f"The details of {1000 - shown} older weeks are in [log.jsonl]" in text
    assert f"\n### {log[-1].week.start}\n" in text
    assert f"(#{log[0].week.start})" not in text
    assert len(read(text).rows) == 1001


def test_a_huge_week_leaves_room_for_the_others() -> None:
    items = (Counted("post", "https://evil.example/" + "日" * 2000, "2026-11-17", "x"),) * 500
    blog = replace(samples.MET.requirements[1], evidence=items)
    findings = (samples.MET.requirements[0], blog, *samples.MET.requirements[2:])
    text = render((samples.HEALED, replace(samples.MET, requirements=findings)))
    assert "These details are too long for this page; [log.jsonl](log.jsonl) has them." in text
    assert text.count("<details>") == 2


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
    report = replace(
        samples.UNMET,
        student=replace(samples.MET.student, github=text, timezone=text),
        requirements=(samples.UNMET.requirements[0], blog, *samples.UNMET.requirements[2:]),
        version=text,
        week=replace(samples.UNMET.week, iso=text),
        revisions=(Revision(samples.MET.checked_at, text, Verdict.UNKNOWN, (blog,), text),),
    )
    page = read_page(parser, render((report,), (text,)))
    assert set(page.tags) <= ALLOWED
    assert page.unclosed == []
    assert page.images == []
    assert [len(row) for row in page.rows] == [4, 4]
    assert [link for link in page.links if "evil" in link] == []
    assert page.links.count("https://alice.example/p") == 2


@WHOLE_PAGES
@given(logs(), st.lists(ANY_TEXT, max_size=2).map(tuple))
def test_any_log_is_a_page(reports: tuple[Report, ...], problems: tuple[str, ...]) -> None:
    text = render(reports, problems)
    page = read(text)
    assert set(page.tags) <= ALLOWED
    assert page.unclosed == []
    rows = [row for row in page.rows if row[1] != "not checked"]
    assert len(rows) == (len(reports) + 1 if reports else 0)
    assert len({len(row) for row in page.rows}) <= 1
    assert page.tags.count("details") == len(reports)
    assert text == render(reports, problems)
    text.encode()
