"""A week's contributions through GitHub's GraphQL API, of one student or of many.

::

    one.py   two requests: the count, and what can be clicked or doesn't count
    many.py  forty students in a request: the counts alone
    advice   two more for one student: how meaningful the commits look, never for the verdict

    asking.py   the questions          reading.py  history.py  changes.py   the answers, by type
    weighing.py the count rule         left_out.py why the rest doesn't count
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.github import Deadline
from csc_verify.github.accounts import Ask
from csc_verify.sources.contributions.advice import notes_on
from csc_verify.sources.contributions.asking import Look
from csc_verify.sources.contributions.changes import changes_of
from csc_verify.sources.contributions.many import look_at_many
from csc_verify.sources.contributions.one import look, parse
from csc_verify.sources.contributions.weighing import SOURCE

if TYPE_CHECKING:
    from csc_verify.github import GitHub
    from csc_verify.sources.contributions.history import Written

__all__ = ["SOURCE", "Ask", "Look", "advise", "look", "look_at_many", "parse"]


ADVICE_SECONDS: Final = 10.0
"""For both requests together; no advice is worth a longer wait."""


def advise(github: GitHub, commits: tuple[Written, ...]) -> tuple[str, ...]:
    """Advice about some commits, two further requests at most; empty if GitHub doesn't answer.

    Args:
        github: GitHub.
        commits: The commits that count, as :class:`Look` has them.
    """
    return notes_on(changes_of(github, commits, Deadline.within(ADVICE_SECONDS)))
