"""As many students as one likes, all alike but for a number: to measure with, not to look at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from csc_verify.demo.student import CommitMade, DemoRepository, DemoStudent

_MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
_JOINED = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def login_of(number: int) -> str:
    """The login of a student by number, from 0."""
    return f"student-{number}"


def expected_count(number: int) -> int:
    """Contributions of a student in the week from 2026-11-16: 0 to 9, the number's last digit."""
    return number % 10


def crowd(size: int) -> tuple[DemoStudent, ...]:
    """Students from number 0 on, each with two repositories."""
    return tuple(_student(number) for number in range(size))


def _student(number: int) -> DemoStudent:
    login = login_of(number)
    return DemoStudent(
        login=login,
        id=5_000_000 + number,
        name=f"Student {number}",
        situation="one of many",
        configuration=f"github: {login}\nscope: [contributions]\n",
        joined=_JOINED,
        repositories=(DemoRepository(f"{login}/{login}"), DemoRepository(f"{login}/site")),
        contributions=tuple(
            CommitMade(f"{login}/site", _MONDAY + timedelta(hours=17 * n), f"Add part {n}")
            for n in range(expected_count(number))
        ),
    )
