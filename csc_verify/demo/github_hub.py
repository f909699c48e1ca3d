"""What the embedded GitHub knows: accounts, repositories, tokens, the clock, the quotas."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from csc_verify.demo.git_repository import BareRepository, NewCommit, Signature
from csc_verify.demo.student import CommitMade, DemoOrganization, DemoStudent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from csc_verify.demo.student import Contribution, DemoRepository


@dataclass(frozen=True, slots=True)
class Bot:
    """The account behind a workflow's own token."""

    login: str = "github-actions[bot]"
    id: int = 41898282
    name: str = "github-actions[bot]"
    email: str = "41898282+github-actions[bot]@users.noreply.github.com"


BOT: Final = Bot()
WEB_FLOW: Final = ("GitHub", "noreply@github.com")
"""Name and address that GitHub gives as the committer of what it commits itself."""


SETTING_UP: Final = "Set up the weekly check"
"""Message of the commit that makes a profile repository."""


class TokenKind(StrEnum):
    """The tokens that each student has."""

    WORKFLOW = "workflow"
    READ_ONLY = "read-only"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token may do.

    Attributes:
        value: The secret itself; made up.
        login: Whose it is.
        writes: Repositories whose contents it may change.
        sees: Private repositories it may read, beside those that its account owns.
        hourly_points: GraphQL points and REST requests an hour.
    """

    value: str
    login: str
    writes: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    hourly_points: int = 1000

    def may_read(self, about: DemoRepository) -> bool:
        """Whether it may know of a repository."""
        owns = about.owner.lower() == self.login.lower()
        return not about.private or owns or about.name_with_owner in self.sees


def token_value(kind: TokenKind, login: str) -> str:
    """The token of a kind that a student has in the embedded world."""
    prefix = "ghp" if kind is TokenKind.PERSONAL else "ghs"
    return f"{prefix}_embedded{kind.value.title().replace('-', '')}{login.title()}".ljust(40, "0")


def tokens_of(student: DemoStudent) -> tuple[Token, ...]:
    """A student's three tokens."""
    own = frozenset({student.profile})
    owned = frozenset(
        repository.name_with_owner
        for repository in student.repositories
        if repository.owner == student.login
    )
    return (
        Token(token_value(TokenKind.WORKFLOW, student.login), BOT.login, writes=own, sees=own),
        Token(token_value(TokenKind.READ_ONLY, student.login), BOT.login, sees=own),
        Token(
            token_value(TokenKind.PERSONAL, student.login),
            student.login,
            writes=owned,
            hourly_points=5000,
        ),
    )


class Hosted:
    """A repository, with the git repository that is made when somebody first looks.

    Args:
        about: Its description.
        id_: GitHub's number of it.
        path: Where the git repository is made.
        clock: The world's time; commits of the future wait for it.
    """

    def __init__(
        self, about: DemoRepository, id_: int, path: Path, clock: Callable[[], datetime]
    ) -> None:
        self.about = about
        self.id = id_
        self._path = path
        self._clock = clock
        self._planned: list[NewCommit] = []
        self._git: BareRepository | None = None
        self._lock = threading.Lock()

    def plan(self, commit: NewCommit) -> None:
        """Adds a commit that is made when its time has come."""
        self._planned.append(commit)
        self._planned.sort(key=lambda planned: planned.committer.at)

    @property
    def git(self) -> BareRepository | None:
        """The git repository as of now; None while nothing was committed."""
        with self._lock:
            now = self._clock()
            due = [commit for commit in self._planned if commit.committer.at <= now]
            self._planned = self._planned[len(due) :]
            if due and self._git is None:
                self._git = BareRepository.create(self._path, self.about.default_branch, due)
            elif due and self._git is not None:
                self._git.append(self.about.default_branch, due)
            return self._git


class Hub:
    """Everything that the embedded GitHub holds.

    Args:
        students: The accounts.
        organizations: The accounts that are nobody.
        files: What each student's first commit puts into the profile repository, by login.
        directory: Where the bare repositories are made.
        clock: The world's time, an instant.
    """

    def __init__(
        self,
        students: Iterable[DemoStudent],
        organizations: Iterable[DemoOrganization],
        files: Mapping[str, Mapping[str, bytes]],
        directory: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self.students = {student.login.lower(): student for student in students}
        self.organizations = {account.login.lower(): account for account in organizations}
        self.tokens = {t.value: t for s in self.students.values() for t in tokens_of(s)}
        self.clock = clock
        self._directory = directory
        self._used: Counter[tuple[str, str, datetime]] = Counter()
        self._lock = threading.Lock()
        self.repositories = self._hosted()
        for student in self.students.values():
            self._plan_commits_of(student, files.get(student.login, {}))

    def account(self, login: str) -> DemoStudent | DemoOrganization | None:
        """A student or an organisation; logins match in any case."""
        key = login.lower()
        return self.students.get(key) or self.organizations.get(key)

    def author(self, email: str) -> DemoStudent | Bot | None:
        """The account that an address in a commit is linked to."""
        if email == BOT.email:
            return BOT
        return next((s for s in self.students.values() if s.email == email), None)

    def repository(self, name_with_owner: str) -> Hosted | None:
        """A repository; names match in any case."""
        return self.repositories.get(name_with_owner.lower())

    def contributions(self, student: DemoStudent | Bot) -> tuple[Contribution, ...]:
        """What GitHub counts of somebody's doings so far: nothing of forks, oldest first."""
        if isinstance(student, Bot):
            return ()
        setting_up = CommitMade(student.profile, student.joined, SETTING_UP)
        return tuple(
            contribution
            for contribution in sorted((setting_up, *student.contributions), key=lambda c: c.at)
            if contribution.at <= self.clock()
            and not self.repositories[contribution.repository.lower()].about.fork
        )

    def spend(self, token: Token | None, resource: str) -> int:
        """Takes one point of an hour's quota; returns how many are used now."""
        key = (token.value if token else "", resource, self.resets())
        with self._lock:
            self._used[key] += 1
            return self._used[key]

    def used(self, token: Token | None, resource: str) -> int:
        """How many points of this hour's quota are used."""
        return self._used[token.value if token else "", resource, self.resets()]

    def resets(self) -> datetime:
        """When the quotas start anew: at the full hour."""
        return self.clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def _hosted(self) -> dict[str, Hosted]:
        found: dict[str, Hosted] = {}
        for student in self.students.values():
            for number, about in enumerate(student.repositories):
                key = about.name_with_owner.lower()
                path = self._directory / f"{about.name_with_owner}.git"
                hosted = Hosted(about, student.id * 10 + number, path, self.clock)
                found.setdefault(key, hosted)
        return found

    def _plan_commits_of(self, student: DemoStudent, files: Mapping[str, bytes]) -> None:
        first = _commit_of(student, student.joined, SETTING_UP, files)
        self.repositories[student.profile.lower()].plan(first)
        for made in student.contributions:
            if isinstance(made, CommitMade):
                content = f"{made.title}\n{made.at.isoformat()}\n".encode()
                commit = _commit_of(student, made.at, made.title, {made.path: content})
                self.repositories[made.repository.lower()].plan(commit)


def _commit_of(
    student: DemoStudent, at: datetime, message: str, files: Mapping[str, bytes]
) -> NewCommit:
    signature = Signature(student.name, student.email, at)
    return NewCommit(signature, signature, message, files)
