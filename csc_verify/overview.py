"""A cohort's week as values: what a coach has to see of each student, and of all of them. Pure.

A row is one student of the roster, whatever became of asking about them. The rows of one overview
are about the same week; each also has the weeks before, as far as they were asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from csc_verify.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from csc_verify.model import Finding, Report, WeekSpan

STOPPED_AFTER: Final = timedelta(days=9)
"""After the end of a log's newest week: a weekly run would have entered the next one."""


class Checked(StrEnum):
    """Where what is said of a student comes from: asked now, from their own log, or from both."""

    LIVE = "live"
    PUBLISHED = "published"
    SAMPLED = "sampled"


class Audience(StrEnum):
    """Who may read what is made of an overview.

    ``PUBLIC`` leaves logins and verdicts, and nothing else of anybody.
    """

    COACH = "coach"
    PUBLIC = "public"


class Attention(StrEnum):
    """Why a coach should look at a student this week, most pressing first."""

    FAILED = "failed"
    CONTRADICTED = "contradicted"
    SLIPPED_AGAIN = "slipped-again"
    SLIPPED = "slipped"
    STOPPED = "stopped"
    UNVERIFIABLE = "unverifiable"


IN_WORDS: Final[dict[Attention, str]] = {
    Attention.FAILED: "could not be looked at",
    Attention.CONTRADICTED: "the published log is contradicted",
    Attention.SLIPPED_AGAIN: "unmet for the second time in a row",
    Attention.SLIPPED: "unmet",
    Attention.STOPPED: "the weekly run has stopped",
    Attention.UNVERIFIABLE: "could not be verified",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a student could not be looked at.

    Attributes:
        reason: One sentence without its full stop.
        hint: What to do, likewise; may be empty.
    """

    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What the roster says of a student; text of others.

    Attributes:
        line: The roster's line, from 1.
        github: The login; empty where only a repository is named.
        name: As the roster has it; may be empty, like all that follow.
        cohort: Which group.
        coach: Who looks after them.
        repository: ``owner/name`` of the profile repository.
        identifier: The key of a Classroom roster's row.
    """

    line: int
    github: str
    name: str = ""
    cohort: str = ""
    coach: str = ""
    repository: str = ""
    identifier: str = ""

    @property
    def login(self) -> str:
        """The login; where only a repository is named, its owner's."""
        return self.github or self.repository.partition("/")[0]

    @property
    def key(self) -> str:
        """What names the student in files and links: the login, else the repository."""
        return (self.github or self.repository).casefold()


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student, as far as they could be looked at.

    Attributes:
        person: Whom the roster names.
        reports: Their weeks that are known, oldest first; none of them for a trouble.
        checked: Where these come from.
        trouble: Why nobody could look; None if somebody did.
        contradictions: What a live check said otherwise than the published log, a sentence each.
        newest: First day of the newest week of their own log; None where it wasn't read.
    """

    person: Person
    reports: tuple[Report, ...] = ()
    checked: Checked = Checked.LIVE
    trouble: Trouble | None = None
    contradictions: tuple[str, ...] = ()
    newest: date | None = None

    def of_week(self, start: date) -> Report | None:
        """The report of a week by its first day, which may be a Sunday for one week."""
        near = (report for report in self.reports if abs((report.week.start - start).days) <= 1)
        return next(near, None)


@dataclass(frozen=True, slots=True)
class Overview:
    """Many students in the same week.

    Attributes:
        week: The week that it is about, as most students have it.
        weeks: First days of all weeks that are shown, oldest first, that one last.
        rows: In the order of the roster.
        at: The command's clock, an instant in UTC.
    """

    week: WeekSpan
    weeks: tuple[date, ...]
    rows: tuple[StudentRow, ...]
    at: datetime

    def verdict(self, row: StudentRow) -> Verdict | None:
        """What is said of a student's week; None if nobody could look."""
        report = row.of_week(self.week.start)
        return report.verdict if report else None

    def counts(self) -> Mapping[Verdict | None, int]:
        """How many students have which verdict; under None those that nobody could look at."""
        return Counter(self.verdict(row) for row in self.rows)

    def attention(self, row: StudentRow) -> tuple[Attention, ...]:
        """Why a coach should look at a student, most pressing first."""
        return tuple(sorted(self._reasons(row), key=list(Attention).index))

    def _reasons(self, row: StudentRow) -> Iterator[Attention]:
        verdict = self.verdict(row)
        if row.trouble is not None:
            yield Attention.FAILED
        if row.contradictions:
            yield Attention.CONTRADICTED
        if verdict is Verdict.UNMET:
            yield Attention.SLIPPED_AGAIN if self._slipped_before(row) else Attention.SLIPPED
        if verdict is Verdict.UNKNOWN:
            yield Attention.UNVERIFIABLE
        if row.newest is not None and self._is_stopped(row.newest):
            yield Attention.STOPPED

    def _slipped_before(self, row: StudentRow) -> bool:
        """Whether the last week before that asked for something and could be told was unmet."""
        told = (Verdict.MET, Verdict.UNMET)
        before = [r for r in row.reports if r.week.start < self.week.start - timedelta(days=1)]
        verdicts = [report.verdict for report in before if report.verdict in told]
        return bool(verdicts) and verdicts[-1] is Verdict.UNMET

    def _is_stopped(self, newest: date) -> bool:
        ends = newest + timedelta(days=7)
        return self.at.date() - ends > STOPPED_AFTER


def mends(report: Report) -> tuple[str, ...]:
    """What a student has to mend so that a week can be verified: the reasons of what is unknown."""
    return tuple(finding.reason for finding in _unknown(report))


def _unknown(report: Report) -> Iterator[Finding]:
    return (f for f in report.requirements if f.verdict is Verdict.UNKNOWN)
