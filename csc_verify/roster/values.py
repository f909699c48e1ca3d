"""What a coach's files say, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.config import Config
    from csc_verify.errors import Problem
    from csc_verify.model import Report, RequirementId
    from csc_verify.overview import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One student of a roster.

    Attributes:
        person: Whom the row names; ``repository`` is always set.
        config: What the row's settings make, with ``github`` set. None if the row has no settings:
            then the configuration in the student's own repository counts.
    """

    person: Person
    config: Config | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The students of a file.

    Attributes:
        entries: In the order of the file; no account and no repository twice.
        problems: What is wrong with the file or with rows that were left out, in that order.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a person saw what no program can verify.

    Attributes:
        line: The file's line, from 1.
        login: Whose week.
        week: As it is written: a day, or an ISO week.
        day: A day in that week; of an ISO week its Monday.
        requirement: What is confirmed.
        by: Who confirms; text of others, like the reason.
        reason: How they know.
    """

    line: int
    login: str
    week: str
    day: date
    requirement: RequirementId
    by: str
    reason: str

    def matches(self, report: Report) -> bool:
        """Whether a report is about the student and the week that are meant."""
        is_theirs = report.student.github.casefold() == self.login.casefold()
        return is_theirs and report.week.start <= self.day <= report.week.end


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What a file confirms.

    Attributes:
        entries: In the order of the file.
        problems: What is wrong with the file or with rows that were left out, in that order.
    """

    entries: tuple[Confirmation, ...]
    problems: tuple[Problem, ...]
