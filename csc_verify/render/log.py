"""``log.md``: the log for people, newest week first, each count linked to its evidence."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from csc_verify.appearance import LOOKS, NAMES, TRACKS
from csc_verify.calendar_text import span_text
from csc_verify.escape import markdown, markdown_address, markdown_link
from csc_verify.model import Finding, Report, RequirementId, Verdict
from csc_verify.timeline import lineless_weeks
from csc_verify.week import WeekState
from csc_verify.wording import (
    REASON_LENGTH,
    linked,
    minute,
    remarks,
    scope_in_words,
    sealed_in_words,
    verdict_in_words,
    written_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_LIMIT = 400_000
"""Characters of the table and the weeks' details; GitHub shows no Markdown beyond 512 KiB."""

WEEK_LIMIT = 40_000
"""Characters of one week's details."""

MOST_EVIDENCE = 30
MOST_PROBLEMS = 20
_LONGEST_DIRECT_ADDRESS = 500

_WHAT_IT_IS = (
    "Each row is a week, checked from public facts. A count leads to its evidence: click it and "
    "see. *Unknown* means that it could not be verified, and is held against nobody. The record "
    "behind this page is [log.jsonl](log.jsonl)."
)


class Standing(Enum):
    """Whose word a published log is."""

    SELF_PUBLISHED = "self-published"
    ATTESTED = "attested"


# A page in attested mode isn't signed itself, and its record isn't before it changes there first.
_WHOSE_WORD = {
    Standing.SELF_PUBLISHED: (
        "This log is **self-published**: it lies in a repository whose owner could edit it. Don't "
        "take its word: `csc-verify audit OWNER/REPO`, with this repository's name, asks the same "
        "public sources again, for anybody."
    ),
    Standing.ATTESTED: (
        "This log is published in **attested mode**: csc-verify's own workflow writes it, and "
        "GitHub signs each new version of the record. Don't take this page's word for that: "
        "`csc-verify audit OWNER/REPO --attested`, with this repository's name, verifies the "
        "signatures, and asks the same public sources again, for anybody."
    ),
}


def render(
    reports: tuple[Report, ...],
    problems: tuple[str, ...] = (),
    standing: Standing = Standing.SELF_PUBLISHED,
) -> str:
    """The page.

    Args:
        reports: One for each week, oldest first.
        problems: Why lines of the log can't be read, a sentence each.
        standing: Whose word the log is.
    """
    newest_first = reports[::-1]
    table = _table(newest_first, len(newest_first))
    details = _details_that_fit(newest_first, PAGE_LIMIT - len(table))
    what_it_is = f"{_WHAT_IT_IS} {_WHOSE_WORD[standing]}"
    blocks = [*_head(newest_first), what_it_is, *_unreadable(problems)]
    if reports:
        blocks += (_table(newest_first, len(details)), *details)
    if len(details) < len(reports):
        blocks.append(
            f"The details of {len(reports) - len(details)} older weeks are in "
            "[log.jsonl](log.jsonl) only; this page would be too long for GitHub to show."
        )
    return "\n\n".join(blocks) + "\n"


def _head(newest_first: tuple[Report, ...]) -> Iterator[str]:
    if not newest_first:
        yield "# Job-search log"
        yield "No week has been verified yet."
        return
    newest = newest_first[0]
    student = newest.student
    yield (
        f"# Job-search log of {markdown(student.github)}" if student.github else "# Job-search log"
    )
    yield (
        f"{TRACKS[student.track].capitalize()} track, weeks in {markdown(student.timezone)} time "
        f"from {newest.judged_by.week_starts.capitalize()}."
        + (f" {scope}." if (scope := scope_in_words(newest)) else "")
    )


def _unreadable(problems: tuple[str, ...]) -> Iterator[str]:
    if not problems:
        return
    lines = [f"- {markdown(problem, REASON_LENGTH)}" for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"- and {len(problems) - MOST_PROBLEMS} more")
    yield "**Some lines of the log need attention; they were kept as they are:**"
    yield "\n".join(lines)


# --- the table -------------------------------------------------------------------------------


def _table(newest_first: tuple[Report, ...], with_details: int) -> str:
    columns = tuple(id_ for id_ in RequirementId if any(_asks(r, id_) for r in newest_first))
    rows = [
        _row("Week", "Verdict", *(NAMES[id_] for id_ in columns)),
        _row(":--", ":--", *(":--" for _ in columns)),
    ]
    later: Report | None = None
    for place, report in enumerate(newest_first):
        if later and (missing := lineless_weeks((report, later))):
            rows.append(_row(_number_of_weeks(missing), "not checked", *("" for _ in columns)))
        later = report
        anchor = f"#{report.week.start.isoformat()}" if place < with_details else ""
        week = span_text(report.week.start, report.week.end)
        rows.append(
            _row(
                f"[{week}]({anchor})" if anchor else week,
                _verdict(report),
                *(_count(report.finding(id_), anchor) for id_ in columns),
            )
        )
    return "\n".join(rows)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number_of_weeks(number: int) -> str:
    return f"{number} week" if number == 1 else f"{number} weeks"


def _asks(report: Report, id_: RequirementId) -> bool:
    return report.finding(id_).verdict is not Verdict.SKIPPED


def _verdict(report: Report) -> str:
    look = LOOKS[report.verdict]
    settling = "" if report.week.state is WeekState.FINAL else f", {report.week.state}"
    earlier = f", was {report.revisions[-1].verdict}" if report.revisions else ""
    return f"{look.symbol} {look.word}{settling}{earlier}"


def _count(finding: Finding, anchor: str) -> str:
    """A cell: the count, linked to its only item of evidence, or to the list of all of them."""
    look = LOOKS[finding.verdict]
    if finding.verdict is Verdict.SKIPPED:
        return look.symbol
    if finding.verdict is Verdict.UNKNOWN and not finding.count:
        # Nobody could look, and "0" would sound like an answer.
        return look.symbol
    numbers = f"{finding.count}/{finding.minimum}"
    addresses = [markdown_address(counted.url) for counted in linked(finding)]
    short = [address for address in addresses if len(address) <= _LONGEST_DIRECT_ADDRESS]
    if anchor and (len(addresses) > 1 or sealed_in_words(finding)):
        return f"{look.symbol} [{numbers}]({anchor})"
    if short:
        return f"{look.symbol} [{numbers}]({short[0]})"
    return f"{look.symbol} {numbers}"


# --- the weeks -------------------------------------------------------------------------------


def _details_that_fit(newest_first: tuple[Report, ...], left: int) -> list[str]:
    """The details of as many of the newest weeks as so many characters can hold."""
    details: list[str] = []
    for report in newest_first:
        week = _week(report)
        left -= len(week)
        if left < 0:
            break
        details.append(week)
    return details


def _week(report: Report) -> str:
    heading = f"### {report.week.start.isoformat()}"
    dates = span_text(report.week.start, report.week.end)
    summary = f"{LOOKS[report.verdict].symbol} {dates}. {verdict_in_words(report)}"
    body = "\n\n".join(_body(report))
    if len(body) > WEEK_LIMIT:
        body = "These details are too long for this page; [log.jsonl](log.jsonl) has them."
    return f"{heading}\n\n<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _body(report: Report) -> Iterator[str]:
    for finding in report.requirements:
        look = LOOKS[finding.verdict]
        reason = markdown(finding.reason, REASON_LENGTH)
        yield f"{look.symbol} **{NAMES[finding.id]}** {look.word}: {reason}"
        if lines := tuple(_lines(finding)):
            yield "\n".join(lines)
    yield from _revisions(report)
    yield (
        f"Week {markdown(report.week.iso)}, checked {minute(report.checked_at)} "
        f"by csc-verify {markdown(report.version)}."
    )


def _lines(finding: Finding) -> Iterator[str]:
    shown = linked(finding)
    for counted in shown[:MOST_EVIDENCE]:
        times = f" ×{counted.count}" if counted.count > 1 else ""
        link = markdown_link(counted.title, counted.url)
        yield f"- {markdown(written_time(counted.at))} {link}{times}"
    if len(shown) > MOST_EVIDENCE:
        yield f"- and {len(shown) - MOST_EVIDENCE} more in [log.jsonl](log.jsonl)"
    if sealed := sealed_in_words(finding):
        yield f"- {markdown(sealed, REASON_LENGTH)}"
    for entry in finding.left_out:
        yield f"- left out: {markdown(entry.what)}: {markdown(entry.why, REASON_LENGTH)}"
    if finding.verdict is not Verdict.SKIPPED:
        yield from (f"- note: {markdown(note, REASON_LENGTH)}" for note in remarks(finding))


def _revisions(report: Report) -> Iterator[str]:
    checks = (*(revision.checked_at for revision in report.revisions), report.checked_at)
    for revision, end in zip(report.revisions, checks[1:], strict=True):
        look = LOOKS[revision.verdict]
        before = "; ".join(
            f"{NAMES[finding.id]} {finding.verdict}, {markdown(finding.reason, REASON_LENGTH)}"
            for finding in revision.requirements
        )
        yield (
            f"Said {look.symbol} **{look.word}** from {minute(revision.checked_at)} until "
            f"{minute(end)}, when {markdown(revision.why, REASON_LENGTH)}."
            + (f" It had said: {before}." if before else "")
        )
