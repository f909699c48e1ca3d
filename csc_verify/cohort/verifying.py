"""Many students: the one way in, for the command and for everybody else's Python.

Two ways of asking, and the same rows come of both.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from csc_verify.cohort.live import verified
from csc_verify.cohort.members import members_of
from csc_verify.cohort.published import Log, drawn, published_logs, verified_again
from csc_verify.cohort.values import Member, Span
from csc_verify.cohort.workers import Crew, Workers
from csc_verify.fetch import FetchOnce, HttpFetcher
from csc_verify.github import Deadline
from csc_verify.overview import StudentRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from csc_verify.cohort.journal import Journal
    from csc_verify.cohort.workers import OpenFetcher
    from csc_verify.github import GitHub
    from csc_verify.roster import Entry

CONCURRENCY: Final = 32
"""Pages that are asked for at once, each of another host."""
_WORTH_A_PROCESS: Final = 50
"""Students for whom another process is worth its beginning."""
LONGEST: Final = 4 * 3600.0
"""Seconds that GitHub's part may take: what a shard of a job on a runner has."""


def processors() -> int:
    """How many processors there are for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is done at once.

    Attributes:
        concurrency: Pages that are asked for at once, each of another host.
        processes: Processes that read them.
    """

    concurrency: int = CONCURRENCY
    processes: int = field(default_factory=processors)


def verify_cohort(  # noqa: PLR0913  each has its default, and none belongs to another
    entries: Iterable[Entry],
    github: GitHub,
    now: datetime,
    *,
    week: str = "last",
    weeks: int = 1,
    open_fetcher: OpenFetcher = HttpFetcher,
    effort: Effort = Effort(),
    journal: Journal | None = None,
) -> Iterator[StudentRow]:
    """Verify many students now; each one's row comes as soon as it is known, in any order.

    GitHub is asked about forty students at once; pages through as many threads as the effort says.
    What can't be looked at is a row that says so.

    Args:
        entries: Of a roster; see :func:`csc_verify.read_roster`.
        github: GitHub, with a token; give it the patience ``FOR_MANY``.
        now: The clock, an instant.
        week: The newest week: ``last``, a day in it, or ``2026-W47``; each student has it in their
            own zone.
        weeks: How many weeks, that one included.
        open_fetcher: Opens what fetches pages; called once in each process, so it has to be
            something that can be sent to one, such as a class or a ``functools.partial``.
        effort: How much is done at once.
        journal: Knows who was looked at already; None if everybody is to be asked.

    Raises:
        GeneratorExit: Nothing else: what happens to one student is in that student's row.
    """
    students = tuple(entries)
    span, until = Span(week, weeks, now), Deadline.within(LONGEST)
    processes = max(1, min(effort.processes, len(students) // _WORTH_A_PROCESS))
    crew = Crew(open_fetcher, now, max(1, effort.concurrency // processes))
    # Processes begin as copies of this one, so before it has threads.
    with Workers(crew, processes) as workers:
        asked: dict[str, Member] = {}
        for found in members_of(students, span, github, until):
            if isinstance(found, StudentRow):
                yield found
            elif journal is not None and (row := journal.done(found)) is not None:
                yield row
            else:
                asked[found.person.key] = found
        for row in verified(tuple(asked.values()), github, workers, until):
            if journal is not None:
                journal.enter(asked[row.person.key], row)
            yield row


def read_cohort(  # noqa: PLR0913  each has its default, and none belongs to another
    entries: Sequence[Entry],
    github: GitHub,
    now: datetime,
    *,
    week: str = "last",
    weeks: int = 1,
    open_fetcher: OpenFetcher = HttpFetcher,
    sample: int = 10,
    lot: Random | None = None,
) -> Iterator[StudentRow]:
    """Read what many students published, and verify some of it again, drawn by lot.

    Args:
        entries: Of a roster.
        github: As in :func:`verify_cohort`.
        now: Likewise.
        week: Likewise.
        weeks: Likewise.
        open_fetcher: Likewise; called once.
        sample: How many logs are audited.
        lot: Draws them; by default nobody can foresee whom.
    """
    span, until = Span(week, weeks, now), Deadline.within(LONGEST)
    logs: list[Log] = []
    for found in published_logs(entries, span, github, until):
        if isinstance(found, StudentRow):
            yield found
        else:
            logs.append(found)
    chosen = drawn(logs, sample, lot or Random(os.urandom(16)))  # noqa: S311  whom to look at
    yield from (log.row for log in logs if log.row.person.key not in chosen)
    with ExitStack() as stack:
        fetcher = FetchOnce(stack.enter_context(open_fetcher()))
        again = [log for log in logs if log.row.person.key in chosen]
        yield from verified_again(again, github, fetcher, span)
