"""What a student who stands for a rule of counting is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from csc_verify.demo.student import CommitMade, Contribution, DemoRepository, DemoStudent

WEEK: Final = date(2026, 11, 16)
"""First day of the week that the students are asked about."""

_JOINED: Final = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"


FIVE = (16, 17, 18, 19, 22)
FOUR = (16, 17, 18, 19)
OLD_MAIN = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Contributor:
    """A student, a rule, and what it makes of their week.

    Attributes:
        student: The student.
        rule: The rule, in one sentence.
        count: Public contributions of the week.
        commits: How many of them are commits.
        page: The verdict that can be known without a token, if five are needed.
        week: First day of the week.
    """

    student: DemoStudent
    rule: str
    count: int
    commits: int
    page: str
    week: date = WEEK


def at(day: int, clock: str = "12:00:00+00:00", month: int = 11) -> datetime:
    """An instant of 2026, with the offset that its author's clock had."""
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}")


def commits(
    repository: str,
    days: tuple[int, ...],
    clock: str = "12:00:00+00:00",
    **more: Any,  # noqa: ANN401  further fields of CommitMade
) -> tuple[CommitMade, ...]:
    """A commit on each day; days that are named twice get two, a minute apart."""
    return tuple(
        CommitMade(
            repository,
            at(day, clock) + timedelta(minutes=number),
            f"Add part {number + 1}",
            f"part-{number + 1}.txt",
            **more,
        )
        for number, day in enumerate(days)
    )


def student(
    login: str,
    number: int,
    *contributions: Contribution,
    more: tuple[DemoRepository, ...] = (),
    shares: bool = False,
    emails: tuple[str, ...] = (),
) -> DemoStudent:
    """A student with a profile repository, one called ``site``, and more."""
    return DemoStudent(
        login=login,
        id=700_000 + number,
        name=login.title(),
        situation="counts by a rule",
        configuration=f"github: {login}\nscope: [contributions]\n",
        joined=_JOINED,
        repositories=(DemoRepository(f"{login}/{login}"), DemoRepository(f"{login}/site"), *more),
        contributions=contributions,
        shares_private_counts=shares,
        emails=emails,
    )
