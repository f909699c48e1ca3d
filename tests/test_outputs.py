from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.errors import UsageError
from csc_verify.render.outputs import render, values
from tests import hostile, samples
from tests.expected import assert_golden
from tests.strategies import WHOLE_PAGES, reports

if TYPE_CHECKING:
    from csc_verify.model import Report

DELIMITER = "d41d8cd98f00b204"


def read_as_runner(text: str) -> dict[str, str]:
    """The file's values as a runner reads them: lines up to one that is the delimiter."""
    found: dict[str, str] = {}
    lines = iter(text.split("\n")[:-1])
    for line in lines:
        name, delimiter = line.split("<<", 1)
        value: list[str] = []
        while (following := next(lines)) != delimiter:
            value.append(following)
        found[name] = "\n".join(value)
    return found


@pytest.mark.parametrize(("name", "report"), samples.CASES.items())
def test_file(name: str, report: Report) -> None:
    given_ = values(report, "/tmp/report.json", ".csc/badge.svg")  # noqa: S108  a path to print
    assert_golden(f"{name}.outputs.txt", render(given_, DELIMITER))


def test_values_are_those_of_the_action() -> None:
    assert values(samples.UNMET, "report.json", "") == {
        "verdict": "unmet",
        "week": "2026-11-16",
        "report": "report.json",
        "badge": "",
        "contributions": "7",
        "blog": "0",
        "contacts": "0",
        "design": "0",
    }


@WHOLE_PAGES
@given(reports(), st.sampled_from(hostile.TEXTS))
def test_any_value_comes_back_from_the_file(report: Report, path: str) -> None:
    given_ = values(report, path, path)
    assert read_as_runner(render(given_, DELIMITER)) == given_


@pytest.mark.parametrize("value", [DELIMITER, f"x\n{DELIMITER}\nverdict<<x", f"a{DELIMITER}b"])
def test_a_value_that_holds_the_delimiter_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="the output 'report' holds it"):
        render({"report": value}, DELIMITER)


@pytest.mark.parametrize("delimiter", ["", "a b", "a\nb"])
def test_a_delimiter_that_is_none_is_refused(delimiter: str) -> None:
    with pytest.raises(UsageError, match="letters and digits"):
        render({"report": "x"}, delimiter)


@pytest.mark.parametrize("name", ["", "a<<b", "a\nb", "a=b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="proper name"):
        render({name: "x"}, DELIMITER)
