from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.render.readme import (
    MOST_WEEKS,
    BrokenMarkers,
    Links,
    NoMarkers,
    Updated,
    update,
)
from tests import hostile, samples
from tests.expected import assert_golden
from tests.markdown_reader import PARSERS, read_page
from tests.strategies import WHOLE_PAGES, logs

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_verify.model import Report

LINKS = Links(".csc/badge.svg", ".csc/log.md", ".csc/history.svg")
START, END = "<!-- csc:start -->", "<!-- csc:end -->"

KEEP_ONE = "keep one of each (those in code examples count too)"

# Any bytes that a README may have, as the caller decodes them.
ANY_README = st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
NO_MARKER = ANY_README.filter(lambda text: "csc:" not in text.lower())


@pytest.fixture(scope="module", params=PARSERS)
def parser(request: pytest.FixtureRequest) -> Callable[[str], str]:
    return PARSERS[request.param]()


def updated(before: str, reports: tuple[Report, ...] = samples.LOG, links: Links = LINKS) -> str:
    outcome = update(before, reports, links)
    assert isinstance(outcome, Updated)
    return outcome.text


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("readme", samples.LOG),
        ("readme-designer", (samples.DESIGNER,)),
        ("readme-empty", ()),
    ],
)
def test_page(name: str, reports: tuple[Report, ...]) -> None:
    page = updated(f"# Hi, I'm Alice\n\n{START}\n{END}\n\nMore.\n", reports)
    assert_golden(f"{name}.md", page)


def test_shows_the_badge_the_weeks_and_the_log(parser: Callable[[str], str]) -> None:
    page = read_page(parser, updated(f"{START}\n{END}\n"))
    assert page.images == [".csc/badge.svg"]
    assert page.links == [
        ".csc/log.md",
        ".csc/log.md#2026-11-09",
        ".csc/log.md#2026-11-16",
        ".csc/log.md#2026-11-23",
        ".csc/log.md#2026-12-28",
        ".csc/log.md",
        ".csc/history.svg",
    ]
    assert page.rows == [
        ["Week from", "9 Nov", "16 Nov", "23 Nov", "30 Nov", "7 Dec", "14 Dec", "21 Dec", "28 Dec"],
        ["Verdict", "✓", "✗", "?", "○", "○", "○", "○", "–"],
    ]


def test_the_badges_alternative_text_says_the_verdict() -> None:
    assert "![Job search, week 16–22 Nov 2026: unmet" in updated(START + END, (samples.UNMET,))


def test_shows_the_newest_weeks_only(parser: Callable[[str], str]) -> None:
    page = read_page(parser, updated(START + END, samples.long_log(20)))
    assert len(page.rows[0]) == 1 + MOST_WEEKS
    assert page.rows[0][-1] == "29 Mar"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("between", ["", "{n}", "{n}old{n}text{n}"])
def test_keeps_the_line_ends(newline: str, between: str) -> None:
    before = f"# Hi{newline}{START}{between.format(n=newline)}{END}{newline}bye{newline}"
    after = updated(before)
    assert after.startswith(f"# Hi{newline}{START}{newline}[![")
    assert after.endswith(f"{newline}{END}{newline}bye{newline}")
    assert after.count("\n") == after.count(newline)
    assert ("\r" in after) == (newline == "\r\n")


def test_takes_a_line_end_before_the_markers_if_none_follows() -> None:
    assert updated(f"# Hi\r\n{START}{END}").startswith(f"# Hi\r\n{START}\r\n")


def test_of_mixed_line_ends_it_takes_the_one_at_the_markers() -> None:
    section = updated(f"# Hi\n{START}\r\n{END}\n").removeprefix("# Hi\n").removesuffix("\n")
    assert section == updated(f"{START}\r\n{END}")


def test_a_file_without_line_ends_gets_plain_ones() -> None:
    assert updated(START + END).startswith(f"{START}\n")


@WHOLE_PAGES
@given(NO_MARKER, NO_MARKER, NO_MARKER, logs())
def test_everything_outside_the_markers_stays(
    before: str, between: str, after: str, reports: tuple[Report, ...]
) -> None:
    text = updated(f"{before}{START}{between}{END}{after}", reports)
    assert text.startswith(before + START)
    assert text.endswith(END + after)
    # What is between is ours alone, whatever stood there before.
    assert updated(f"{before}{START}{between}{END}{after}", reports) == text
    assert updated(text, reports) == text


@given(ANY_README)
def test_a_readme_without_markers_is_left_alone(before: str) -> None:
    assert update(before, samples.LOG, LINKS) == NoMarkers()


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (START, f"{START} has no {END}"),
        (START + START, f"{START} has no {END}"),
        (END, f"{END} has no {START}"),
        (END + START, f"{END} stands before {START}"),
        (
            f"```\n{START}\n{END}\n```\n{START}\n{END}\n",
            f"there are 2 times {START} and 2 times {END}, {KEEP_ONE}",
        ),
        (
            START + END + END,
            f"there are 1 times {START} and 2 times {END}, {KEEP_ONE}",
        ),
    ],
)
def test_unclear_markers_leave_the_readme_alone(before: str, reason: str) -> None:
    assert update(before, samples.LOG, LINKS) == BrokenMarkers(reason)


@pytest.mark.parametrize("start", ["<!--csc:start-->", "<!--  CSC:Start\t-->", START])
def test_markers_may_be_written_with_other_spaces(start: str) -> None:
    assert updated(f"{start}old{END}").startswith(f"{start}\n[![")


def test_addresses_with_spaces_are_encoded(parser: Callable[[str], str]) -> None:
    links = Links("my logs/badge (1).svg", "my logs/log.md", "my logs/history.svg")
    page = read_page(parser, updated(START + END, samples.LOG, links))
    assert page.images == ["my%20logs/badge%20%281%29.svg"]
    assert page.links[0] == "my%20logs/log.md"


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_a_pauses_reason_stays_text(parser: Callable[[str], str], text: str) -> None:
    paused = samples.with_reasons(samples.PAUSED, f"paused: {text}")
    page = read_page(parser, updated(START + END, (paused,)))
    assert len(page.images) == 1
    assert len(page.links) == 4
    assert [len(row) for row in page.rows] == [2, 2]


@WHOLE_PAGES
@given(logs())
def test_any_log_is_a_section(reports: tuple[Report, ...]) -> None:
    text = updated(f"{START}\n{END}\n", reports)
    page = read_page(PARSERS["markdown-it"](), text)
    assert set(page.tags) <= {
        *("p", "a", "img", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert page.images == [LINKS.badge]
    assert 3 <= len(page.links) <= 3 + len(reports)
    assert len(page.links) > 3 or not reports
    assert text.count("<!--") == 2
