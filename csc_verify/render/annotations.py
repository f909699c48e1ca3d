"""Workflow commands: annotations for what is not met, and a fence around text of others.

The runner reads every line of a step's output and obeys the ones that look like a command, so
whatever others wrote is either escaped or fenced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csc_verify.appearance import NAMES, look_of
from csc_verify.calendar_text import span_text
from csc_verify.errors import ConfigError, UsageError
from csc_verify.escape import command_data, command_property, plain
from csc_verify.model import Verdict
from csc_verify.week import WeekState
from csc_verify.wording import next_step, verdict_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.errors import CscVerifyError, Problem
    from csc_verify.model import Finding, Report

MESSAGE_LENGTH = 600
"""Characters of one annotation; GitHub shows a short paragraph."""

_MOST_ANNOTATIONS = 10
_TOKEN = re.compile(r"[A-Za-z0-9]{16,}")


def render(report: Report, config_file: str) -> tuple[str, ...]:
    """One workflow command a line, for standard output.

    A requirement that is not met is a ``warning`` and says what to do. It is no ``error``, since
    that marks a job that failed and ``run`` fails only where ``--fail-on`` asks for it. While
    nothing can be done yet (the week isn't settled), and for a week that is met, it is a
    ``notice``. There are at most four, below the ten of a level that GitHub shows for a step.

    Args:
        report: The week that was verified.
        config_file: The configuration's path in the repository, which the annotations point at.
    """
    open_ = {Verdict.UNMET, Verdict.UNKNOWN}
    failed = [finding for finding in report.requirements if finding.verdict in open_]
    if failed:
        return tuple(_not_met(finding, report, config_file) for finding in failed)
    if report.verdict is Verdict.MET:
        title = f"Week of {span_text(report.week.start, report.week.end)}"
        return (_command("notice", config_file, title, f"{verdict_in_words(report)}."),)
    return ()


def warning(text: str) -> str:
    """A workflow command for something that somebody should know, a sentence."""
    return _annotation("warning", {"title": "csc-verify"}, text)


def notice(text: str) -> str:
    """A workflow command for something that is no trouble, a sentence."""
    return _annotation("notice", {"title": "csc-verify"}, text)


def for_error(error: CscVerifyError) -> tuple[str, ...]:
    """One workflow command for each thing that an error says, at its file and line if it has one.

    At most ten, which is what GitHub shows of a step.
    """
    if not isinstance(error, ConfigError):
        return (_annotation("error", {"title": "csc-verify could not finish"}, str(error)),)
    shown = error.problems[:_MOST_ANNOTATIONS]
    return tuple(_annotation("error", _place(problem), str(problem)) for problem in shown)


def _place(problem: Problem) -> dict[str, str]:
    title = {"title": "csc-verify's configuration"}
    if problem.line is not None:
        return {"file": problem.file, **title, "line": str(problem.line)}
    # Options and variables have names that no file has.
    return {"file": problem.file, **title} if "/" in problem.file else title


def guarded(text: str, token: str) -> str:
    """Text in which the runner obeys nothing.

    Args:
        text: Anything that is printed into a workflow's log.
        token: Letters and digits, at least 16 of them, that nobody can guess.

    Raises:
        UsageError: The token is too short, or the text holds it.
    """
    if not _TOKEN.fullmatch(token) or token in text:
        raise UsageError(
            "the token that fences a workflow's output is too weak or stands in the output",
            "Use a new random token",
        )
    body = text if text.endswith("\n") else f"{text}\n"
    return f"::stop-commands::{token}\n{body}::{token}::\n"


def _not_met(finding: Finding, report: Report, config_file: str) -> str:
    level = "warning" if report.week.state is WeekState.FINAL else "notice"
    dates = span_text(report.week.start, report.week.end)
    word = look_of(finding.verdict, report.week.state).word
    title = f"{NAMES[finding.id]} {word}, week of {dates}"
    reason = plain(finding.reason, MESSAGE_LENGTH // 2)
    step = next_step(finding, report.week)
    return _command(level, config_file, title, f"{reason}. {step}")


def _command(level: str, config_file: str, title: str, message: str) -> str:
    return _annotation(level, {"file": config_file, "title": title}, message)


def _annotation(level: str, properties: Mapping[str, str], message: str) -> str:
    listed = ",".join(f"{k}={command_property(plain(v))}" for k, v in properties.items())
    return f"::{level} {listed}::{command_data(plain(message, MESSAGE_LENGTH))}"
