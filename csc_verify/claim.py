"""What a log claims, in the few words that fit on a badge.

A claim says no more than was checked: the week's dates always belong to it, and so do a scope
smaller than the track's, minimums lower than the commitment's, and the weeks that could not be
verified or that have no line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import LOOKS, NAMES
from csc_verify.calendar_text import day_text, span_text
from csc_verify.ledger import settled, streak, unknown_weeks
from csc_verify.model import (
    DEFAULT_MINIMUMS,
    CountBasis,
    Finding,
    Report,
    RequirementId,
    Verdict,
)
from csc_verify.timeline import lineless_weeks

if TYPE_CHECKING:
    from datetime import date

SEPARATOR: Final = " · "
"""What stands between phrases that say different things."""

LONG_UNKNOWN: Final = 3
"""Weeks in a row after which a requirement that can't be verified is called so."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is claimed of one requirement: ``contributions 7/5``, or ``blog`` if it is unknown."""

    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the log says of its last final week.

    Attributes:
        verdict: Of the week; ``skipped`` while no week is final.
        word: The verdict in a word, or that there is none yet.
        dates: The week's days; empty while no week is final.
        parts: The requirements that were asked for, in the report's order.
        streak: The weeks in a row, and beside them the unknown ones; empty while there is nothing
            to say of either.
        aside: Why nothing was asked for, partly in the student's own words, or what is waited for.
        limits: What makes the claim smaller than it looks, each in a few words.
    """

    verdict: Verdict
    word: str
    dates: str
    parts: tuple[Part, ...]
    streak: str
    aside: str
    limits: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The week and its verdict, without a full stop."""
        return f"Job search, week {self.dates}: {self.word}" if self.dates else self.aside


def claim(reports: tuple[Report, ...]) -> Claim:
    """The claim of a log.

    Args:
        reports: One a week, oldest first; may be empty.
    """
    final = settled(reports)
    if not final:
        return _nothing_yet(reports)
    last = final[-1]
    return Claim(
        verdict=last.verdict,
        word=LOOKS[last.verdict].word,
        dates=span_text(last.week.start, last.week.end),
        parts=tuple(_part(last, finding) for finding in _asked(last)),
        streak=_streak(reports),
        aside="" if _asked(last) else _why_skipped(last),
        limits=(*_scope(last), *_low_minimums(last), *_long_unknown(final), *_lineless(final)),
    )


def _nothing_yet(reports: tuple[Report, ...]) -> Claim:
    aside = "No week verified yet"
    if reports:
        week = reports[-1].week
        aside = f"The week {span_text(week.start, week.end)} is still settling"
    return Claim(Verdict.SKIPPED, "not yet", "", (), "", aside, ())


def _asked(report: Report) -> tuple[Finding, ...]:
    return tuple(f for f in report.requirements if f.verdict is not Verdict.SKIPPED)


def _part(report: Report, finding: Finding) -> Part:
    name = NAMES[finding.id]
    if finding.id is RequirementId.CONTRIBUTIONS and report.judged_by.count is CountBasis.COMMITS:
        name = "commits"
    if finding.verdict is Verdict.UNKNOWN:
        return Part(finding.verdict, name)
    return Part(finding.verdict, f"{name} {finding.count}/{finding.minimum}")


def _streak(reports: tuple[Report, ...]) -> str:
    return SEPARATOR.join(filter(None, (_in_a_row(reports), _unknown(reports))))


def _in_a_row(reports: tuple[Report, ...]) -> str:
    if length := streak(reports):
        return f"{_weeks(length)} in a row"
    # Of weeks that were paused or unknown none has broken a streak.
    broken = any(report.verdict is Verdict.UNMET for report in settled(reports))
    return "no streak" if broken else ""


def _unknown(reports: tuple[Report, ...]) -> str:
    asked = sum(report.verdict is not Verdict.SKIPPED for report in settled(reports))
    unknown = unknown_weeks(reports)
    return f"{unknown} of {asked} unknown" if unknown else ""


def _weeks(number: int) -> str:
    return f"{number} week" if number == 1 else f"{number} weeks"


def _why_skipped(report: Report) -> str:
    in_scope = (f.reason for f in report.requirements if f.id in report.judged_by.scope)
    return next(in_scope, "nothing was asked for")


def _scope(report: Report) -> tuple[str, ...]:
    scope = [id_ for id_ in RequirementId if id_ in report.judged_by.scope]
    if set(scope) >= set(report.student.track.requirements):
        return ()
    return (f"{' + '.join(NAMES[id_] for id_ in scope) or 'nothing'} only",)


def _low_minimums(report: Report) -> tuple[str, ...]:
    return tuple(
        f"{NAMES[finding.id]} minimum {finding.minimum} instead of {DEFAULT_MINIMUMS[finding.id]}"
        for finding in _asked(report)
        if finding.minimum < DEFAULT_MINIMUMS[finding.id]
    )


def _long_unknown(final: tuple[Report, ...]) -> tuple[str, ...]:
    since = ((id_, _unknown_since(final, id_)) for id_ in RequirementId)
    return tuple(f"{NAMES[id_]} not verifiable since {day_text(day)}" for id_, day in since if day)


def _unknown_since(final: tuple[Report, ...], id_: RequirementId) -> date | None:
    begins: list[date] = []
    for report in reversed(final):
        verdict = report.finding(id_).verdict
        if verdict is Verdict.UNKNOWN:
            begins.append(report.week.start)
        elif verdict is not Verdict.SKIPPED:
            break
    return begins[-1] if len(begins) >= LONG_UNKNOWN else None


def _lineless(final: tuple[Report, ...]) -> tuple[str, ...]:
    missing = lineless_weeks(final)
    return (f"{_weeks(missing)} not checked",) if missing else ()
