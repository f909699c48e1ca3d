"""A week's verdict as one character, so that years of ten thousand students stay small.

The character is a digit to the base 36: the verdict, four times how far the week was, and twelve
if a person confirmed it. The script's ``data.js`` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.model import RequirementId, Verdict
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from csc_verify.model import Report

MISSING: Final = "."
"""A week that nobody checked."""

PERSON: Final = "person"
"""The source of a finding that a person confirmed."""

VERDICTS: Final = tuple(Verdict)
REQUIREMENTS: Final = tuple(RequirementId)
_STATES: Final = (WeekState.FINAL, WeekState.SETTLING, WeekState.OPEN)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def week_cell(report: Report | None) -> str:
    """A whole week."""
    if report is None:
        return MISSING
    return _cell(report.verdict, report, is_confirmed=is_confirmed(report))


def requirement_cells(report: Report | None) -> str:
    """Its requirements, in the report's order."""
    if report is None:
        return MISSING * len(REQUIREMENTS)
    findings = report.requirements
    return "".join(_cell(f.verdict, report, is_confirmed=f.source == PERSON) for f in findings)


def is_confirmed(report: Report) -> bool:
    """Whether a week is what it is because a person confirmed a part of it."""
    return any(finding.source == PERSON for finding in report.requirements)


def _cell(verdict: Verdict, report: Report, *, is_confirmed: bool) -> str:
    state = _STATES.index(report.week.state)
    confirmed = len(VERDICTS) * len(_STATES) if is_confirmed else 0
    return _DIGITS[VERDICTS.index(verdict) + len(VERDICTS) * state + confirmed]
