"""What a contributions page shows: the days of a year, each with a number.

It knows nothing of kinds: a day's number is everything, what is restricted included. A page always
shows a whole year; a narrower range only chooses which.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.github_hub import Hub
    from csc_verify.demo.student import DemoStudent

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a page shows.

    Attributes:
        login: Whose.
        first: First day.
        last: Last day.
        when: The heading's words for it.
        counts: Contributions by day.
    """

    login: str
    first: date
    last: date
    when: str
    counts: Mapping[date, int]

    @property
    def total(self) -> int:
        """The heading's number."""
        return sum(n for day, n in self.counts.items() if self.first <= day <= self.last)

    @property
    def sundays(self) -> tuple[date, ...]:
        """The first day of each column; the first may lie before the calendar."""
        start = self.first - timedelta(days=self.first.isoweekday() % 7)
        return tuple(start + timedelta(days=n) for n in range(0, (self.last - start).days + 1, 7))


def calendar_of(hub: Hub, student: DemoStudent, begins: date | None) -> Calendar:
    """The calendar that a stranger sees.

    Args:
        hub: What there is.
        student: Whose.
        begins: A day of the year wanted; None for the year that ends today.
    """
    today = hub.clock().astimezone(UTC).date()
    counts = Counter(
        contribution.at.date()
        for contribution in hub.contributions(student)
        if student.shares_private_counts
        or not hub.repositories[contribution.repository.lower()].about.private
    )
    if begins:
        first, last = date(begins.year, 1, 1), min(date(begins.year, 12, 31), today)
        return Calendar(student.login, first, last, f"in {begins.year}", counts)
    year_ago = today - timedelta(days=365)
    first = year_ago - timedelta(days=year_ago.isoweekday() % 7)
    return Calendar(student.login, first, today, "in the last year", counts)


def told(count: int) -> str:
    """A number of contributions in the page's words."""
    return f"{count:,} {noun_of(count)}" if count else "No contributions"


def noun_of(count: int) -> str:
    """The word that goes with a number."""
    return "contribution" if count == 1 else "contributions"


def level_of(count: int) -> int:
    """A colour between 0 and 4; GitHub's is relative to the busiest day."""
    return min((count + 2) // 3, 4)
