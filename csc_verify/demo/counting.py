"""What GitHub counts as somebody's contribution, and from when on.

The rules are those of GitHub's documentation ("Profile contributions reference"): creating and
forking a repository always count; nothing else does in a fork; a commit counts for the account
that its author's address is linked to, on the default branch or ``gh-pages``, if that account has
to do with the repository.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from csc_verify.demo.student import (
    CommitMade,
    DiscussionStarted,
    IssueOpened,
    PullRequestOpened,
    RepositoryCreated,
    ReviewGiven,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from csc_verify.demo.student import Contribution, DemoRepository, DemoStudent

SETTING_UP: Final = "Set up the weekly check"
"""Message of the commit that makes a profile repository."""

_COUNTED_BRANCHES: Final = frozenset({None, "gh-pages"})
_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counted:
    """A contribution that counts.

    Attributes:
        done: What was done; its own time says on which day it counts.
        since: The instant from which on it does: when it was pushed, and its author had to do with
            the repository.
    """

    done: Contribution
    since: datetime


def addresses_of(students: Iterable[DemoStudent]) -> dict[str, DemoStudent]:
    """The account that each address is linked to, by the address in small letters."""
    return {
        email.lower(): student for student in students for email in (student.email, *student.emails)
    }


def authored(students: Sequence[DemoStudent]) -> Iterator[tuple[DemoStudent, Contribution]]:
    """Everything that was ever done, each with whose doing it is; nobody's commits are left out."""
    linked = addresses_of(students)
    for student in students:
        yield student, CommitMade(student.profile, student.joined, SETTING_UP)
        for done in student.contributions:
            named = done.who if isinstance(done, CommitMade) else None
            author = linked.get(named.email.lower()) if named else student
            if author is not None:
                yield author, done


def counted(
    students: Sequence[DemoStudent], about: Callable[[str], DemoRepository]
) -> dict[str, tuple[Counted, ...]]:
    """What ever counts, by the login in small letters, oldest first.

    Args:
        students: Everybody.
        about: Describes a repository by its owner and name.
    """
    everything: dict[str, list[Contribution]] = defaultdict(list)
    for author, done in authored(students):
        everything[author.login.lower()].append(done)
    return {
        login: tuple(_counting(student, everything[login], about))
        for login, student in ((student.login.lower(), student) for student in students)
    }


def _counting(
    student: DemoStudent, everything: list[Contribution], about: Callable[[str], DemoRepository]
) -> Iterator[Counted]:
    ties = _ties(student, everything)
    for done in sorted(everything, key=lambda done: done.at):
        since = _since(done, student, about(done.repository), ties)
        if since is not None:
            yield Counted(done, since)


def _ties(student: DemoStudent, everything: Iterable[Contribution]) -> dict[str, datetime]:
    """Since when a student has to do with repositories that they are no member of."""
    ties = {
        fork.parent.lower(): _ALWAYS
        for fork in student.repositories
        if fork.parent and fork.owner.lower() == student.login.lower()
    }
    for done in everything:
        if isinstance(done, IssueOpened | PullRequestOpened):
            key = done.repository.lower()
            ties[key] = min(done.at, ties.get(key, done.at))
    return ties


def _since(
    done: Contribution,
    student: DemoStudent,
    about: DemoRepository,
    ties: Mapping[str, datetime],
) -> datetime | None:
    """From when on something counts; None if it never does."""
    match done:
        case RepositoryCreated():
            return done.at
        case _ if about.fork:
            return None
        case DiscussionStarted() | IssueOpened() | PullRequestOpened() | ReviewGiven():
            return done.at
        case CommitMade():
            tied = _tied(student, about, ties)
            counts = done.branch in _COUNTED_BRANCHES or done.branch == about.default_branch
            return max(done.committed or done.at, tied) if counts and tied else None


def _tied(
    student: DemoStudent, about: DemoRepository, ties: Mapping[str, datetime]
) -> datetime | None:
    return _ALWAYS if belongs(student, about) else ties.get(about.name_with_owner.lower())


def belongs(student: DemoStudent, about: DemoRepository) -> bool:
    """Whether a student owns a repository or is a collaborator or member there."""
    own = student.login.lower()
    return own == about.owner.lower() or own in {login.lower() for login in about.members}
