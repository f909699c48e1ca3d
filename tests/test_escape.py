from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify import escape
from tests import hostile
from tests.markdown_reader import PARSERS, read_page
from tests.strategies import ANY_TEXT, WHOLE_PAGES

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module", params=PARSERS)
def parser(request: pytest.FixtureRequest) -> Callable[[str], str]:
    return PARSERS[request.param]()


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("  two\n\twords ", "two words"),
            ("\x1b[31mred\x1b[0m", "[31mred[0m"),
            ("a\u202egnp.exe", "agnp.exe"),
            ("zero\u200bwidth\ufeff", "zerowidth"),
            ("family \U0001f469\u200d\U0001f4bb", "family \U0001f469\u200d\U0001f4bb"),
            ("\u200d\u200c", ""),
            ("\u3164 \u2800", ""),
            ("\u0301", ""),
            ("a\u2028b\x85c", "a b c"),
            ("\ud800x", "x"),
            ("x" * 201, "x" * 199 + "…"),
            ("x" * 200, "x" * 200),
        ],
    )
    def test_shows(self, text: str, shown: str) -> None:
        assert escape.plain(text) == shown

    @given(ANY_TEXT, st.integers(1, 300))
    def test_is_one_short_visible_line(self, text: str, limit: int) -> None:
        shown = escape.plain(text, limit)
        assert len(shown) <= limit
        assert len(shown.splitlines()) <= 1
        assert not re.search(r"^\s|\s$|\s\s", shown)
        assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
        shown.encode()

    @given(ANY_TEXT)
    def test_changes_nothing_the_second_time(self, text: str) -> None:
        once = escape.plain(text)
        assert escape.plain(once) == once

    @given(ANY_TEXT)
    def test_is_the_same_beside_what_nobody_sees(self, text: str) -> None:
        assert escape.plain(f"{text}\u2060") == escape.plain(text) == escape.plain(f"\x00{text}")

    def test_does_not_read_a_huge_text_to_its_end(self) -> None:
        assert escape.plain(" " * 10_000_000 + "x") == ""


class TestMarkup:
    @pytest.mark.parametrize("text", hostile.TEXTS)
    def test_stays_text_inside_an_element_and_an_attribute(self, text: str) -> None:
        safe = escape.markup(text)
        root = ET.fromstring(f'<t a="{safe}">{safe}</t>')  # noqa: S314  made three lines above
        assert list(root) == []
        assert root.text or not safe
        assert root.get("a") == (root.text or "") == escape.plain(text)


class TestMarkdown:
    @pytest.mark.parametrize("text", hostile.TEXTS)
    @pytest.mark.parametrize("place", ["{}", "- {}", "before {} after", "- a: {}. {}", "# {}"])
    def test_stays_text(self, parser: Callable[[str], str], text: str, place: str) -> None:
        safe = escape.markdown(text)
        page = read_page(parser, place.format(safe, safe))
        assert set(page.tags) <= {"p", "ul", "li", "h1"}
        assert page.tags.count("li") == (1 if place.startswith("-") else 0)
        unescaped = place.removeprefix("- ").removeprefix("# ").replace("{}", escape.plain(text))
        assert _without_parting(page.text).split() == unescaped.split()

    @pytest.mark.parametrize("text", hostile.TEXTS)
    def test_stays_one_cell(self, parser: Callable[[str], str], text: str) -> None:
        safe = escape.markdown(text)
        page = read_page(parser, f"| a | b |\n| - | - |\n| {safe} | {safe} |\n")
        assert set(page.tags) == {"table", "thead", "tbody", "tr", "th", "td"}
        assert [len(row) for row in page.rows] == [2, 2]

    @pytest.mark.parametrize("text", hostile.TEXTS)
    def test_stays_text_in_a_summary(self, parser: Callable[[str], str], text: str) -> None:
        safe = escape.markdown(text)
        page = read_page(parser, f"<details><summary>{safe}</summary>\n\nx\n\n</details>\n")
        assert page.tags == ["details", "summary", "p"]
        assert page.unclosed == []
        assert _without_parting(page.text).split("x")[0].strip() in escape.plain(text)

    @WHOLE_PAGES
    @given(ANY_TEXT)
    def test_stays_text_whatever_it_is(self, text: str) -> None:
        page = read_page(PARSERS["markdown-it"](), escape.markdown(text))
        assert set(page.tags) <= {"p"}
        assert _without_parting(page.text).strip() == escape.plain(text)

    @pytest.mark.parametrize(
        ("text", "pattern"),
        [
            ("@octocat", r"@\w"),
            ("me@evil.example", r"@\w"),
            ("fixes #12", r"#\d"),
            ("org/repo#12", r"#\d"),
            ("GH-12", r"GH-\d"),
            (":tada: :+1: :100:", r":[\w+-]+:"),
        ],
    )
    def test_parts_what_github_looks_for_in_shown_text(
        self, parser: Callable[[str], str], text: str, pattern: str
    ) -> None:
        assert re.search(pattern, text)
        assert not re.search(pattern, read_page(parser, escape.markdown(text)).text)

    @pytest.mark.parametrize(
        "text",
        ["2026-11-17 21:04-05:00", "alice/fork-of-x", "0.1.0", '(403) it\'s "so"', "1 + 1 = 2"],
    )
    def test_leaves_what_means_nothing_readable(self, text: str) -> None:
        assert escape.markdown(text) == text


class TestMarkdownLink:
    @pytest.mark.parametrize("url", hostile.ADDRESSES)
    @pytest.mark.parametrize("text", ["title", "](https://evil.example) [", "`](x)`"])
    def test_is_one_link_to_that_address(
        self, parser: Callable[[str], str], url: str, text: str
    ) -> None:
        page = read_page(parser, f"| a |\n| - |\n| {escape.markdown_link(text, url)} |\n")
        assert [len(row) for row in page.rows] == [1, 1]
        assert page.tags.count("a") == 1
        assert page.images == []
        assert unquote(page.links[0]) == unquote(url)
        assert _without_parting(page.text).strip().endswith(text)

    @pytest.mark.parametrize("url", hostile.UNSAFE_ADDRESSES)
    def test_links_to_the_web_only(self, parser: Callable[[str], str], url: str) -> None:
        page = read_page(parser, escape.markdown_link("title", url))
        assert page.tags == ["p"]
        assert page.text.strip() == "title"

    def test_shows_the_address_where_the_title_is_blank(self) -> None:
        url = "https://alice.example/post"
        assert escape.markdown_link("\u200b \u3164", url) == (
            "[https&#58;//alice.example/post](https://alice.example/post)"
        )

    @given(ANY_TEXT)
    def test_encodes_any_address(self, url: str) -> None:
        assert re.fullmatch(r"[!-~]*", escape.markdown_address(url))
        assert not set('()<>[]|\\`"') & set(escape.markdown_address(url))


class TestWorkflowCommand:
    @given(ANY_TEXT)
    def test_comes_back_as_the_runner_decodes_it(self, text: str) -> None:
        data, prop = escape.command_data(text), escape.command_property(text)
        assert _decoded(data) == text
        assert _decoded(prop.replace("%3A", ":").replace("%2C", ",")) == text
        assert not set("\r\n") & set(data)
        assert not set("\r\n:,") & set(prop)


def _decoded(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _without_parting(text: str) -> str:
    return text.replace("\u200b", "")


@pytest.mark.parametrize(
    "text", [*hostile.TEXTS, "::error::x", " \t::set-output name=a::b", "a ##[add-path]b"]
)
def test_a_line_of_a_log_is_no_order(text: str) -> None:
    line = escape.log_line(text)
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert "\n" not in line
