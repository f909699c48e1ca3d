"""One student: their weeks, oldest first, from what GitHub told and what their pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from csc_verify.errors import CscVerifyError
from csc_verify.fetch import FetchOnce
from csc_verify.github import GitHub
from csc_verify.ledger import Ledger, counted_elsewhere, enter
from csc_verify.overview import StudentRow, Trouble
from csc_verify.sources.design import Activities
from csc_verify.unusable import Unusable
from csc_verify.verify import Known, Sources, verify_week

if TYPE_CHECKING:
    from datetime import datetime

    from csc_verify.cohort.values import Member
    from csc_verify.fetch import Fetcher
    from csc_verify.model import Evidence
    from csc_verify.week import Week

STUDENT_SECONDS: Final = 60.0
"""What all pages of one student may take together."""

_PRIVATE: Final = Unusable(
    "is the student's own, and nobody else sees it",
    "read their published log with --source published, or confirm the week",
)


def _nobody(_: str) -> None:
    """What a stranger's list reads of this machine's variables: none."""


class Task(NamedTuple):
    """A student of whom GitHub told its part.

    Attributes:
        number: Which one, among those that are asked about.
        member: The student.
        told: What GitHub told of each week in which contributions are asked for.
    """

    number: int
    member: Member
    told: dict[Week, Evidence]


def look_at(task: Task, fetcher: Fetcher, now: datetime) -> StudentRow:
    """A student's row; never raises for what happens to one student.

    Args:
        task: The student.
        fetcher: Fetches their pages.
        now: The command's clock, an instant.
    """
    member, listed = task.member, task.member.activities
    sources = Sources(
        # GitHub told its part; nothing here has the token to ask for more.
        GitHub(None),
        FetchOnce(fetcher, STUDENT_SECONDS),
        tracker=_PRIVATE,
        activities=_PRIVATE
        if listed is None
        else Activities(listed, is_secret=False, look_up=_nobody),
        advised=None,
    )
    ledger = Ledger()
    try:
        for week in member.weeks:
            # A post that counted in an earlier week counts in no later one.
            elsewhere = counted_elsewhere(ledger, week.first)
            known = Known(elsewhere, None, task.told.get(week))
            report = verify_week(member.config, week, now, sources, known)
            ledger = enter(ledger, report)
    except CscVerifyError as error:
        return StudentRow(member.person, trouble=Trouble(error.message, error.hint))
    except Exception as error:  # noqa: BLE001  one student's accident is not the others'
        reason = f"this is a defect of csc-verify itself ({type(error).__name__})"
        return StudentRow(member.person, trouble=Trouble(reason, "Please report it"))
    return StudentRow(member.person, ledger.reports)
