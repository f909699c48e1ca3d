from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from csc_verify.errors import ConfigError, Problem, UsageError
from csc_verify.model import Report, Verdict
from csc_verify.render.annotations import MESSAGE_LENGTH, for_error, guarded, render, warning
from csc_verify.week import WeekState
from tests import hostile, samples
from tests.expected import assert_golden
from tests.strategies import ANY_TEXT, WHOLE_PAGES, reports

CONFIG = ".github/csc.yml"
TOKEN = "0f3a9c1d5b7e2468"
COMMAND = re.compile(r"::(warning|notice) file=([^,:\r\n]*),title=([^,:\r\n]*)::([^\r\n]*)")


@pytest.mark.parametrize(("name", "report"), samples.CASES.items())
def test_commands(name: str, report: Report) -> None:
    assert_golden(f"{name}.annotations.txt", "".join(f"{c}\n" for c in render(report, CONFIG)))


def test_each_requirement_that_is_not_met_is_a_warning() -> None:
    levels = [command.split(" ")[0] for command in render(samples.UNKNOWN, CONFIG)]
    assert levels == ["::warning", "::warning"]


def test_a_week_that_is_met_is_a_notice() -> None:
    assert [command.split(" ")[0] for command in render(samples.MET, CONFIG)] == ["::notice"]


def test_a_paused_week_says_nothing() -> None:
    assert render(samples.PAUSED, CONFIG) == ()


@pytest.mark.parametrize("state", [WeekState.OPEN, WeekState.SETTLING])
def test_while_the_week_may_still_change_it_is_a_notice(state: WeekState) -> None:
    report = replace(samples.UNKNOWN, week=replace(samples.UNKNOWN.week, state=state))
    assert all(command.startswith("::notice ") for command in render(report, CONFIG))


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_foreign_text_starts_no_command_of_its_own(text: str) -> None:
    report = samples.with_reasons(samples.UNMET, text)
    for command in render(report, f"{text}.yml"):
        assert COMMAND.fullmatch(command)
        assert len(command.splitlines()) == 1


@WHOLE_PAGES
@given(reports())
def test_any_report(report: Report) -> None:
    commands = render(report, CONFIG)
    assert len(commands) <= 4
    assert bool(commands) == (report.verdict is not Verdict.SKIPPED)
    for command in commands:
        found = COMMAND.fullmatch(command)
        assert found
        assert found.group(2) == CONFIG
        assert len(found.group(4).replace("%25", "%")) <= MESSAGE_LENGTH
    assert commands == render(report, CONFIG)


# --- warnings and errors ---------------------------------------------------------------------


def test_a_warning_is_one_line() -> None:
    assert warning("50% of\nit") == "::warning title=csc-verify::50%25 of it"


def test_an_error_says_what_to_do() -> None:
    command = "::error title=csc-verify could not finish::No token. Set GITHUB_TOKEN."
    assert for_error(UsageError("No token", "Set GITHUB_TOKEN")) == (command,)


def test_a_problem_of_the_configuration_is_shown_at_its_line() -> None:
    at_line = Problem(CONFIG, 3, "no such key: blg", "blog")
    of_option = Problem("--week", None, "not a week")
    place = f"file={CONFIG},title=csc-verify's configuration,line=3"
    assert for_error(ConfigError((at_line, of_option))) == (
        f"::error {place}::{CONFIG}:3: no such key: blg (blog)",
        "::error title=csc-verify's configuration::--week: not a week",
    )


def test_of_many_problems_ten_are_shown() -> None:
    problems = tuple(Problem(CONFIG, line, "wrong") for line in range(1, 30))
    assert len(for_error(ConfigError(problems))) == 10


@given(ANY_TEXT)
def test_foreign_text_in_an_error_starts_no_command_of_its_own(text: str) -> None:
    error = ConfigError((Problem(text, 1, text, text),))
    for command in (warning(text), *for_error(error), *for_error(UsageError(text, text))):
        assert re.fullmatch(r"::(warning|error) [^:\r\n]*::[^\r\n]*", command)


# --- the fence --------------------------------------------------------------------------------


def obeyed(log: str) -> list[str]:
    """The commands that a runner takes from a log; a line is one between two line ends."""
    found: list[str] = []
    fence = None
    for line in re.split(r"\r\n|\r|\n", log):
        command = re.match(r"\s*::([^\s:]+)(?: [^:]*)?::(.*)|.*##\[([^\s\]]+)[^\]]*\]", line)
        name = command and (command.group(1) or command.group(3))
        if fence is not None:
            fence = None if name == fence else fence
        elif name == "stop-commands" and command:
            fence = command.group(2)
        elif name:
            found.append(name)
    return found


@given(ANY_TEXT, ANY_TEXT)
def test_the_runner_obeys_nothing_inside_the_fence(text: str, more: str) -> None:
    fenced = guarded(f"{text}\n  ::error::made up\n{more}", TOKEN)
    assert obeyed(fenced) == []
    assert obeyed(f"{fenced}::warning::ours") == ["warning"]


def test_without_the_fence_it_would() -> None:
    assert obeyed("  ::error::made up\nx ##[error]made up") == ["error", "error"]


def test_the_text_itself_is_not_changed() -> None:
    expected = f"::stop-commands::{TOKEN}\nsome text\n::{TOKEN}::\n"
    assert guarded("some text", TOKEN) == expected
    assert guarded("some text\n", TOKEN) == expected


@pytest.mark.parametrize(
    ("text", "token"),
    [("x", ""), ("x", "short"), ("x", "a" * 20 + "\n"), ("x", "with::colons" * 3), (TOKEN, TOKEN)],
)
def test_a_token_that_fences_nothing_is_refused(text: str, token: str) -> None:
    with pytest.raises(UsageError, match="Use a new random token"):
        guarded(text, token)
