"""A report as GitHub Markdown, for the job summary and ``--format markdown``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.appearance import LOOKS, NAMES, TRACKS, look_of
from csc_verify.calendar_text import span_text
from csc_verify.escape import markdown, markdown_link
from csc_verify.model import Verdict
from csc_verify.wording import (
    REASON_LENGTH,
    linked,
    minute,
    next_step,
    remarks,
    scope_in_words,
    sealed_in_words,
    so_far,
    verdict_in_words,
    written_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import Counted, Finding, LeftOut, Report, Student

MOST_EVIDENCE = 50
"""Items of evidence that a requirement lists; the JSON report has all of them."""

PART_LIMIT = 100_000
"""Characters of one requirement's details.

GitHub refuses a summary above 1 MiB. Four parts and a table, in characters that are ASCII but for
titles of at most 200, stay well below it.
"""


def render(report: Report, progress: Report | None = None) -> str:
    """The report as a page.

    Args:
        report: The week that was verified.
        progress: The running week so far; its ``checked_at`` says what day it is. Where it is the
            report itself, nothing is said twice.
    """
    blocks = [*_head(report), _table(report), *_next_steps(report)]
    if progress is not None and progress.week.start != report.week.start:
        blocks += _progress(progress)
    blocks += (_within_limit(finding) for finding in report.requirements if _is_asked(finding))
    blocks.append(_foot(report))
    return "\n\n".join(filter(None, blocks)) + "\n"


def _is_asked(finding: Finding) -> bool:
    return finding.verdict is not Verdict.SKIPPED


def _subject(student: Student) -> str:
    track = TRACKS[student.track]
    return f"**{markdown(student.github)}**, {track}" if student.github else track.capitalize()


def _head(report: Report) -> Iterator[str]:
    student, look = report.student, look_of(report.verdict, report.week.state)
    yield f"## {look.symbol} Week of {span_text(report.week.start, report.week.end)}: {look.word}"
    yield (f"{_subject(student)} track. {markdown(verdict_in_words(report), REASON_LENGTH)}.")
    if scope := scope_in_words(report):
        yield f"{scope}."


def _table(report: Report) -> str:
    rows = ["| Requirement | Verdict | Why |", "| :-- | :-- | :-- |"]
    for finding in report.requirements:
        look = look_of(finding.verdict, report.week.state)
        reason = markdown(finding.reason, REASON_LENGTH)
        rows.append(f"| {NAMES[finding.id]} | {look.symbol} {look.word} | {reason} |")
    return "\n".join(rows)


def _next_steps(report: Report) -> Iterator[str]:
    steps = [
        f"- **{NAMES[finding.id]}**: {markdown(step, REASON_LENGTH)}"
        for finding in report.requirements
        if (step := next_step(finding, report.week))
    ]
    if steps:
        yield "### What to do next"
        yield "\n".join(steps)


# --- the running week ------------------------------------------------------------------------


def _progress(progress: Report) -> Iterator[str]:
    yield f"### This week so far, {span_text(progress.week.start, progress.week.end)}"
    yield "\n".join(_so_far(f, progress) for f in progress.requirements if _is_asked(f)) or (
        "Nothing is asked for this week."
    )


def _so_far(finding: Finding, progress: Report) -> str:
    done = f"{LOOKS[Verdict.MET].symbol} " if finding.verdict is Verdict.MET else ""
    return f"- {done}**{NAMES[finding.id]}**: {so_far(finding, progress)}"


# --- what was found for one requirement ------------------------------------------------------


def _within_limit(finding: Finding) -> str:
    part = "\n\n".join(_details(finding))
    if len(part) <= PART_LIMIT:
        return part
    return f"{_heading(finding)}\n\nThis part is too long for a summary; the JSON report has it."


def _heading(finding: Finding) -> str:
    return f"### Evidence for {NAMES[finding.id]}"


def _details(finding: Finding) -> Iterator[str]:
    notes = remarks(finding)
    if not (finding.evidence or finding.left_out or notes):
        return
    yield _heading(finding)
    if finding.evidence:
        yield _evidence(finding)
    if finding.left_out:
        yield f"<details><summary>Left out: {len(finding.left_out)}</summary>"
        yield "\n".join(_left_out(entry) for entry in finding.left_out)
        yield "</details>"
    if notes:
        yield "\n".join(f"- *Note*: {markdown(note, REASON_LENGTH)}" for note in notes)


def _evidence(finding: Finding) -> str:
    shown = linked(finding)
    lines = [_counted(counted) for counted in shown[:MOST_EVIDENCE]]
    if len(shown) > MOST_EVIDENCE:
        lines.append(f"- and {len(shown) - MOST_EVIDENCE} more in the JSON report")
    if sealed := sealed_in_words(finding):
        lines.append(f"- {markdown(sealed, REASON_LENGTH)}")
    return "\n".join(lines)


def _counted(counted: Counted) -> str:
    times = f" ×{counted.count}" if counted.count > 1 else ""
    link = markdown_link(counted.title, counted.url)
    return f"- {markdown(written_time(counted.at))} {link}{times}"


def _left_out(entry: LeftOut) -> str:
    mend = f". {markdown(entry.mend, REASON_LENGTH)}" if entry.mend else ""
    return f"- {markdown(entry.what)}: {markdown(entry.why, REASON_LENGTH)}{mend}"


def _foot(report: Report) -> str:
    return (
        f"Week {markdown(report.week.iso)} in {markdown(report.student.timezone)} time, "
        f"{report.week.state}. Checked {minute(report.checked_at)} "
        f"by csc-verify {markdown(report.version)}."
    )
