"""A report for a person at a terminal: plain text, or the same lines with colour.

The page is made once, as lines that know their indent and their style; two writers print it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from csc_verify.appearance import NAMES, TRACKS, look_of
from csc_verify.calendar_text import span_text
from csc_verify.escape import plain
from csc_verify.model import Verdict
from csc_verify.wording import (
    REASON_LENGTH,
    linked,
    minute,
    next_step,
    remarks,
    scope_in_words,
    sealed_in_words,
    verdict_in_words,
    written_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from csc_verify.model import Counted, Finding, Report
    from csc_verify.week import WeekState

WIDTH = 92
"""Columns of the plain page; an address is never broken and may be longer."""

MOST_EVIDENCE = 30
"""Items of evidence that a requirement lists; JSON has all of them."""

_INDENT = "    "
_NAME_WIDTH = max(map(len, NAMES.values()))


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph.

    Attributes:
        lead: What its first line begins with; its other lines are indented as far.
        body: The text, wrapped.
        style: The style of rich's for the lead, or for the body where there is no lead.
    """

    lead: str
    body: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Address:
    """An address on a line of its own, never broken."""

    indent: str
    url: str


_Line: TypeAlias = _Text | _Address
_EMPTY = _Text("", "")


def render_plain(report: Report) -> str:
    """The report as plain text without colour, ending in a line end."""
    return "".join(f"{_as_plain(line)}\n" for line in _page(report))


def print_rich(report: Report, console: Console) -> None:
    """Print the same report with the console's colours, wrapped at its width.

    Args:
        report: What to print.
        console: Where to; it decides about colour and width.
    """
    # A report that goes into a file or a pipe shall not pay for loading rich.
    from rich.style import Style  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    for line in _page(report):
        match line:
            case _Text(lead, body, style):
                grid = Table.grid(expand=True)
                grid.add_column(no_wrap=True)
                grid.add_column(ratio=1, overflow="fold")
                grid.add_row(Text(lead, style=style), Text(body))
                console.print(grid if lead else Text(body, style=style))
            case _Address(indent, url):
                address = Text(url, style=Style(dim=True, link=url))
                console.print(Text(indent) + address, soft_wrap=True)
            case never:
                assert_never(never)


def _as_plain(line: _Line) -> str:
    match line:
        case _Text(lead, body):
            wrapped = textwrap.wrap(
                body,
                WIDTH,
                initial_indent=lead,
                subsequent_indent=" " * len(lead),
                break_long_words=False,
                break_on_hyphens=False,
            )
            # Of an empty text no line is made, not even its lead.
            return "\n".join(wrapped) or lead.rstrip()
        case _Address(indent, url):
            return indent + url
        case never:
            assert_never(never)


# --- the page --------------------------------------------------------------------------------


def _page(report: Report) -> Iterator[_Line]:
    yield from _head(report)
    # Requirements that are not asked for take one line each, without a gap between them.
    gap = True
    for finding in report.requirements:
        skipped = finding.verdict is Verdict.SKIPPED
        if gap or not skipped:
            yield _EMPTY
        yield from _requirement(finding, report.week.state)
        gap = not skipped
    yield from _tail(report)


def _head(report: Report) -> Iterator[_Line]:
    student, week = report.student, report.week
    dates = span_text(week.start, week.end)
    whose = f"{plain(student.github)}, week" if student.github else "Week"
    title = f"{whose} of {dates} ({plain(week.iso)}, {week.state})"
    yield _Text("", title, "bold")
    yield _Text("", f"{TRACKS[student.track]} track, {plain(student.timezone)} time")
    if scope := scope_in_words(report):
        yield _Text("", f"{scope}.")
    yield _EMPTY
    look = look_of(report.verdict, week.state)
    yield _Text("", f"{look.symbol} {verdict_in_words(report)}.", f"bold {look.style}")


def _requirement(finding: Finding, state: WeekState) -> Iterator[_Line]:
    look = look_of(finding.verdict, state)
    name = NAMES[finding.id]
    widest = max(len(look_of(verdict, state).word) for verdict in Verdict)
    lead = f"{look.symbol} {name:<{_NAME_WIDTH}}  {look.word:<{widest}}  "
    yield _Text(lead, plain(finding.reason, REASON_LENGTH), look.style)
    if finding.verdict is not Verdict.SKIPPED:
        yield from _details(finding)


def _details(finding: Finding) -> Iterator[_Line]:
    shown = linked(finding)
    for counted in shown[:MOST_EVIDENCE]:
        yield from _evidence(counted)
    if sealed := sealed_in_words(finding):
        yield _Text(_INDENT, sealed)
    if len(shown) > MOST_EVIDENCE:
        more = len(shown) - MOST_EVIDENCE
        yield _Text(_INDENT, f"and {more} more; --format json lists all of them")
    for entry in finding.left_out:
        mend = f". {plain(entry.mend, REASON_LENGTH)}" if entry.mend else ""
        text = f"{plain(entry.what)}: {plain(entry.why, REASON_LENGTH)}{mend}"
        yield _Text(f"{_INDENT}left out  ", text, "dim")
    for remark in remarks(finding):
        yield _Text(f"{_INDENT}note      ", plain(remark, REASON_LENGTH), "dim")


def _evidence(counted: Counted) -> Iterator[_Line]:
    times = f" (×{counted.count})" if counted.count > 1 else ""
    title = plain(counted.title) or plain(counted.kind)
    yield _Text(f"{_INDENT}{written_time(counted.at)}  ", f"{title}{times}")
    yield _Address(f"{_INDENT}  ", plain(counted.url, len(counted.url)))


def _tail(report: Report) -> Iterator[_Line]:
    steps = [(f, step) for f in report.requirements if (step := next_step(f, report.week))]
    if steps:
        yield _EMPTY
        yield _Text("", "What to do next", "bold")
    for finding, step in steps:
        yield _Text(f"  {NAMES[finding.id]:<{_NAME_WIDTH}}  ", plain(step, REASON_LENGTH))
    yield _EMPTY
    version = plain(report.version)
    yield _Text("", f"Checked {minute(report.checked_at)} by csc-verify {version}.", "dim")
