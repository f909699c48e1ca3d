"""What the embedded GitHub knows: accounts, repositories, tokens, the clock, the quotas."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from csc_verify.demo.git_repository import BareRepository, NewCommit, Signature
from csc_verify.demo.student import (
    Author,
    CommitMade,
    DemoOrganization,
    DemoStudent,
    DiscussionStarted,
    IssueOpened,
    PullRequestOpened,
    RepositoryCreated,
)

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
        self._planned: list[tuple[NewCommit, str]] = []
        self._times: list[datetime] = []
        self._git: BareRepository | None = None
        self._lock = threading.Lock()

    def plan(self, commit: NewCommit, branch: str | None = None) -> None:
        """Adds a commit that is made when its time has come."""
        self._planned.append((commit, branch or self.about.default_branch))
        self._planned.sort(key=lambda planned: planned[0].committer.at)
        self._times.append(commit.committer.at)

    @property
    def pushed_at(self) -> datetime | None:
        """When something was pushed last; None while nothing was."""
        now = self._clock()
        return max((at for at in self._times if at <= now), default=None)

    @property
    def git(self) -> BareRepository | None:
        """The git repository as of now; None while nothing was committed."""
        with self._lock:
            now = self._clock()
            due = [planned for planned in self._planned if planned[0].committer.at <= now]
            self._planned = self._planned[len(due) :]
            main = [commit for commit, branch in due if branch == self.about.default_branch]
            if main and self._git is None:
                self._git = BareRepository.create(self._path, self.about.default_branch, main)
            elif main and self._git is not None:
                self._git.append(self.about.default_branch, main)
            if self._git is not None:
                self._on_branches(self._git, due)
            return self._git

    def _on_branches(self, git: BareRepository, due: list[tuple[NewCommit, str]]) -> None:
        for commit, branch in due:
            if branch != self.about.default_branch:
                if git.head(branch) is None:
                    git.branch_off(branch, self.about.default_branch)
                git.append(branch, (commit,))


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
        self.by_number = {hosted.id: hosted for hosted in self.repositories.values()}
        self.accounts = {student.id: student for student in self.students.values()}
        self._linked = {
            email: student
            for student in self.students.values()
            for email in (student.email, *student.emails)
        }
        self._counted = {login: self._counting(s) for login, s in self.students.items()}
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
        return self._linked.get(email)

    def repository(self, name_with_owner: str) -> Hosted | None:
        """A repository; names match in any case."""
        return self.repositories.get(name_with_owner.lower())

    def contributions(self, student: DemoStudent | Bot) -> tuple[Contribution, ...]:
        """What GitHub counts of somebody's doings so far, oldest first."""
        if isinstance(student, Bot):
            return ()
        now = self.clock()
        return tuple(c for c in self._counted[student.login.lower()] if c.at <= now)

    def discussions(self, student: DemoStudent | Bot) -> tuple[DiscussionStarted, ...]:
        """The discussions that somebody opened so far, newest first."""
        if isinstance(student, Bot):
            return ()
        now = self.clock()
        found = [c for c in student.contributions if isinstance(c, DiscussionStarted)]
        return tuple(sorted((c for c in found if c.at <= now), key=lambda c: c.at, reverse=True))

    def owned(self, student: DemoStudent | Bot) -> tuple[Hosted, ...]:
        """The repositories of an account, in no order."""
        if isinstance(student, Bot):
            return ()
        own = student.login.lower()
        return tuple(
            self.repositories[about.name_with_owner.lower()]
            for about in student.repositories
            if about.owner.lower() == own
        )

    def _counting(self, student: DemoStudent) -> tuple[Contribution, ...]:
        """Everything that ever counts of a student's doings, oldest first."""
        setting_up = CommitMade(student.profile, student.joined, SETTING_UP)
        everything = sorted((setting_up, *student.contributions), key=lambda c: c.at)
        ties = {
            done.repository.lower()
            for done in everything
            if isinstance(done, IssueOpened | PullRequestOpened)
        }
        ties |= {about.parent.lower() for about in student.repositories if about.parent}
        return tuple(done for done in everything if self._counts(done, student, ties))

    def _counts(self, done: Contribution, student: DemoStudent, ties: set[str]) -> bool:
        about = self.repositories[done.repository.lower()].about
        if isinstance(done, RepositoryCreated):
            return True
        if about.fork:
            return False
        if not isinstance(done, CommitMade):
            return True
        linked = done.who is None or done.who.email in {student.email, *student.emails}
        tied = (
            about.owner.lower() == student.login.lower()
            or student.login in about.members
            or done.repository.lower() in ties
        )
        return linked and tied and done.branch in {None, about.default_branch, "gh-pages"}

    def spend(self, token: Token | None, resource: str, points: int = 1) -> int:
        """Takes points of a resource's quota; returns how many are used now."""
        key = (token.value if token else "", resource, self.resets(resource))
        with self._lock:
            self._used[key] += points
            return self._used[key]

    def used(self, token: Token | None, resource: str) -> int:
        """How many points of this hour's quota are used."""
        return self._used[token.value if token else "", resource, self.resets(resource)]

    def forget_quotas(self) -> None:
        """Lets every quota be whole again, as if an hour had passed."""
        with self._lock:
            self._used.clear()

    def resets(self, resource: str = "core") -> datetime:
        """When a quota starts anew: at the full hour, that of the search at the full minute."""
        if resource == "search":
            return self.clock().replace(second=0, microsecond=0) + timedelta(minutes=1)
        return self.clock().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def _hosted(self) -> dict[str, Hosted]:
        found: dict[str, Hosted] = {}
        for student in self.students.values():
            for number, about in enumerate(student.repositories):
                key = about.name_with_owner.lower()
                path = self._directory / f"{about.name_with_owner}.git"
                hosted = Hosted(about, _repository_id(student, number), path, self.clock)
                found.setdefault(key, hosted)
        return found

    def _plan_commits_of(self, student: DemoStudent, files: Mapping[str, bytes]) -> None:
        self.repositories[student.profile.lower()].plan(_first_commit(student, files))
        for made in student.contributions:
            if isinstance(made, CommitMade):
                commit = _commit_of(student, made)
                self.repositories[made.repository.lower()].plan(commit, made.branch)


def _repository_id(student: DemoStudent, number: int) -> int:
    few = 10
    return student.id * few + number if number < few else student.id * 100_000 + number


def _first_commit(student: DemoStudent, files: Mapping[str, bytes]) -> NewCommit:
    signature = Signature(student.name, student.email, student.joined)
    return NewCommit(signature, signature, SETTING_UP, files)


def _commit_of(student: DemoStudent, made: CommitMade) -> NewCommit:
    who = made.who or Author(student.name, student.email)
    author = Signature(who.name, who.email, made.at)
    committer = replace(author, at=made.committed or made.at)
    own = f"{made.title}\n{made.at.isoformat()}\n"
    content = own if made.content is None else made.content
    files = {made.path: content.encode()} if content else {}
    return NewCommit(author, committer, made.title, files)
