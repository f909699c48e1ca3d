"""Students verified now: GitHub's numbers for many at once, pages through one crew.

::

    members ──▶ look_at_many, forty weeks a request ──▶ a student whose weeks are all told
                                                              │
                                 workers ──▶ feeds, rules ◀───┘ ──▶ StudentRow, as each finishes

GitHub is asked from one thread, since it wants its requests one after the other.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.cohort.one import Task
from csc_verify.github.accounts import Ask
from csc_verify.model import RequirementId
from csc_verify.sources.contributions import look_at_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_verify.cohort.values import Member
    from csc_verify.cohort.workers import Workers
    from csc_verify.github import Deadline, GitHub
    from csc_verify.overview import StudentRow


@dataclass(slots=True)
class _Feeder:
    """Hands each student to the workers as soon as GitHub's part is known."""

    members: Sequence[Member]
    github: GitHub
    workers: Workers
    until: Deadline
    stop: threading.Event

    def __call__(self) -> None:
        tasks = [Task(number, member, {}) for number, member in enumerate(self.members)]
        waiting: dict[Ask, list[Task]] = defaultdict(list)
        missing: dict[int, int] = {}
        for task in tasks:
            asks = _asks(task.member)
            missing[task.number] = len(asks)
            for ask in asks:
                waiting[ask].append(task)
            if not asks:
                self.workers.give(task)
        for ask, look in look_at_many(self.github, tuple(waiting), self.until):
            if self.stop.is_set():
                return
            for task in waiting[ask]:
                task.told[ask.week] = look.evidence
                missing[task.number] -= 1
                if not missing[task.number]:
                    self.workers.give(task)


def _asks(member: Member) -> list[Ask]:
    login = member.config.github or ""
    asked = RequirementId.CONTRIBUTIONS
    return [Ask(login, week) for week in member.weeks if member.is_asked(week, asked)]


def verified(
    members: Sequence[Member], github: GitHub, workers: Workers, until: Deadline
) -> Iterator[StudentRow]:
    """Each student's row, as soon as it is known. What happens to one is nobody else's trouble.

    Args:
        members: Whom to look at.
        github: GitHub, with the patience that is meant for many.
        workers: Who looks at their pages.
        until: When GitHub's part has to be over.
    """
    stop = threading.Event()
    feeder = threading.Thread(target=_Feeder(members, github, workers, until, stop), daemon=True)
    feeder.start()
    try:
        for _ in members:
            yield workers.take().row
    finally:
        stop.set()
        feeder.join()
