"""What is asked about a cohort, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csc_verify.errors import ConfigError
from csc_verify.overview import StudentRow, Trouble
from csc_verify.rules import requirements_for
from csc_verify.week import read_begun_week

if TYPE_CHECKING:
    from datetime import datetime

    from csc_verify.config import Config
    from csc_verify.overview import Person
    from csc_verify.week import Week

MOST_WEEKS = 60
"""Weeks that one question may be about: a year, and some."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which weeks are asked about.

    Attributes:
        last: The newest one, as a person writes it: ``last``, a day, ``2026-W47``. Each student has
            it in their own zone.
        number: How many, that one included.
        now: The command's clock, an instant.
    """

    last: str
    number: int
    now: datetime

    def weeks_of(self, config: Config) -> tuple[Week, ...]:
        """A student's weeks, oldest first; without those before their commitment.

        Raises:
            WeekError: There is no such week, or it has not begun.
        """
        newest = read_begun_week(self.last, self.now, config.week_starts, config.zone())
        weeks = [newest.shifted(-back) for back in reversed(range(self.number))]
        since = config.since
        asked = tuple(week for week in weeks if since is None or week.first >= since)
        return asked or (newest,)


@dataclass(frozen=True, slots=True)
class Member:
    """A student whose configuration is known.

    Attributes:
        person: Whom the roster names.
        config: What they promised, and where to look; ``config.github`` is set.
        weeks: The weeks that are asked about, oldest first.
        activities: Their list of design activities, if it is public and asked for; else None.
    """

    person: Person
    config: Config
    weeks: tuple[Week, ...]
    activities: bytes | None = field(default=None, repr=False)

    def is_asked(self, week: Week, requirement: str) -> bool:
        """Whether the commitment asks for a requirement in a week."""
        asked = requirements_for(self.config.commitment(), week)
        return any(it.id == requirement and it.skipped is None for it in asked)


def not_asked(person: Person, error: Exception) -> StudentRow:
    """The row of a student about whom something has to be mended before anybody can look."""
    if isinstance(error, ConfigError):
        return StudentRow(person, trouble=Trouble(str(error.problems[0]), error.problems[0].hint))
    reason, hint = getattr(error, "message", str(error)), getattr(error, "hint", "")
    return StudentRow(person, trouble=Trouble(reason, hint))
