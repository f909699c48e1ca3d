"""What a person confirms that no program can verify, taken into the weeks. Pure.

A confirmation turns an ``unknown`` into ``met``, and says by whom. It never overrides what was
verified, so an ``unmet`` stays; nor does it count before a week is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain
from csc_verify.ledger import overall
from csc_verify.model import Finding, Report, Verdict
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.overview import StudentRow
    from csc_verify.roster import Confirmation

PERSON: Final = "person"
"""The source of what a person confirms, as the report names it."""

_NOT_TAKEN: Final = {
    Verdict.MET: "it is met without",
    Verdict.UNMET: "it was looked at and is unmet, which no confirmation overrides",
    Verdict.SKIPPED: "it is not asked for",
}


def confirmed(row: StudentRow, confirmations: Sequence[Confirmation]) -> StudentRow:
    """A student's row with what a person confirms of it.

    Args:
        row: As it was found.
        confirmations: Of this student or of others.
    """
    reports = tuple(
        _taken_in(report, [one for one in confirmations if one.matches(report)])
        for report in row.reports
    )
    return replace(row, reports=reports)


def not_taken(row: StudentRow, confirmations: Sequence[Confirmation]) -> tuple[str, ...]:
    """Why some confirmations change nothing, a sentence each without its full stop.

    Args:
        row: As it was found.
        confirmations: Of this student alone.
    """
    told = []
    for one in confirmations:
        report = next((report for report in row.reports if one.matches(report)), None)
        where = f"line {one.line}: {plain(one.login)}, {one.requirement}"
        if report is None:
            told.append(f"{where}: the week of {plain(one.week)} is not among those looked at")
        elif report.week.state is WeekState.OPEN:
            told.append(f"{where}: the week of {report.week.start} is not over")
        elif (why := _NOT_TAKEN.get(report.finding(one.requirement).verdict)) is not None:
            told.append(f"{where}: {why}")
    return tuple(told)


def _taken_in(report: Report, confirmations: Sequence[Confirmation]) -> Report:
    if not confirmations or report.week.state is WeekState.OPEN:
        return report
    by_requirement = {one.requirement: one for one in confirmations}
    findings = tuple(
        _by_person(finding, by_requirement[finding.id])
        if finding.verdict is Verdict.UNKNOWN and finding.id in by_requirement
        else finding
        for finding in report.requirements
    )
    return replace(report, requirements=findings, verdict=overall(findings))


def _by_person(finding: Finding, one: Confirmation) -> Finding:
    """The finding as a person vouches for it; what was found before stays readable."""
    by, reason = plain(one.by), plain(one.reason)
    return replace(
        finding,
        verdict=Verdict.MET,
        source=PERSON,
        reason=f"Confirmed by a person, {by}: {reason}",
        notes=(*finding.notes, f"Not verified: {finding.reason}"),
    )
