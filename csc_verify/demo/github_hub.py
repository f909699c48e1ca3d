"""What the embedded GitHub knows: accounts, repositories, tokens, the clock, the quotas."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from csc_verify.demo.calendar_page import Markup
from csc_verify.demo.counting import SETTING_UP, addresses_of, authored, belongs, counted
from csc_verify.demo.git_repository import NewCommit, Signature
from csc_verify.demo.hosted import Hosted
from csc_verify.demo.issues import Issue
from csc_verify.demo.student import (
    Author,
    CommitMade,
    DemoStudent,
    DiscussionStarted,
    IssueOpened,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from csc_verify.demo.student import Contribution, DemoOrganization, DemoRepository


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


class TokenKind(StrEnum):
    """The tokens that each student has."""

    WORKFLOW = "workflow"
    REMINDING = "reminding"
    READ_ONLY = "read-only"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Token:
    """What a token may do.

    Attributes:
        value: The secret itself; made up.
        login: Whose it is.
        writes: Repositories whose contents it may change.
        issues: Repositories whose issues it may open, edit and close.
        sees: Private repositories it may read, beside those that its account owns.
        hourly_points: GraphQL points and REST requests an hour.
    """

    value: str
    login: str
    writes: frozenset[str] = frozenset()
    issues: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    hourly_points: int = 1000

    def may_read(self, about: DemoRepository) -> bool:
        """Whether it may know of a repository."""
        owns = about.owner.lower() == self.login.lower()
        return not about.private or owns or about.name_with_owner in self.sees

    def may_read_issues(self, about: DemoRepository) -> bool:
        """Whether it may read a repository's issues: those in public anybody may."""
        owns = about.owner.lower() == self.login.lower()
        return not about.private or owns or about.name_with_owner in self.issues


def token_value(kind: TokenKind, login: str) -> str:
    """The token of a kind that a student has in the embedded world."""
    prefix = "ghp" if kind is TokenKind.PERSONAL else "ghs"
    return f"{prefix}_embedded{kind.value.title().replace('-', '')}{login.title()}".ljust(40, "0")


def tokens_of(student: DemoStudent) -> tuple[Token, ...]:
    """A student's tokens: one of each kind."""
    own = frozenset({student.profile})
    owned = frozenset(
        repository.name_with_owner
        for repository in student.repositories
        if repository.owner == student.login
    )
    return (
        Token(token_value(TokenKind.WORKFLOW, student.login), BOT.login, writes=own, sees=own),
        Token(
            token_value(TokenKind.REMINDING, student.login),
            BOT.login,
            writes=own,
            issues=own,
            sees=own,
        ),
        Token(token_value(TokenKind.READ_ONLY, student.login), BOT.login, sees=own),
        Token(
            token_value(TokenKind.PERSONAL, student.login),
            student.login,
            writes=owned,
            issues=owned,
            hourly_points=5000,
        ),
    )


class Hub:
    """Everything that the embedded GitHub holds.

    Args:
        students: The accounts.
        organizations: The accounts that are nobody.
        files: What each student's first commit puts into the profile repository, by login.
        directory: Where the bare repositories are made.
        clock: The world's time, an instant.

    Attributes:
        markup: How the contributions pages are written; may be set.
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
        self.markup = Markup.BESIDE
        self._directory = directory
        self._used: Counter[tuple[str, str, datetime]] = Counter()
        self._lock = threading.Lock()
        self.repositories = self._hosted()
        self.by_number = {hosted.id: hosted for hosted in self.repositories.values()}
        self.accounts = {student.id: student for student in self.students.values()}
        everybody = tuple(self.students.values())
        self._linked = addresses_of(everybody)
        self._counted = counted(everybody, lambda name: self.repositories[name.lower()].about)
        self._places = {
            student.login: {about.name_with_owner.lower() for about in student.repositories}
            for student in everybody
        }
        for author, done in authored(everybody):
            self._places[author.login].add(done.repository.lower())
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
        return self._linked.get(email.lower())

    def repository(self, name_with_owner: str) -> Hosted | None:
        """A repository; names match in any case."""
        return self.repositories.get(name_with_owner.lower())

    def contributions(self, student: DemoStudent | Bot) -> tuple[Contribution, ...]:
        """What GitHub counts of somebody's doings so far, oldest first."""
        if isinstance(student, Bot):
            return ()
        now = self.clock()
        return tuple(c.done for c in self._counted[student.login.lower()] if c.since <= now)

    def discussions(self, student: DemoStudent | Bot) -> tuple[DiscussionStarted, ...]:
        """The discussions that somebody opened so far, newest first."""
        if isinstance(student, Bot):
            return ()
        now = self.clock()
        found = [c for c in student.contributions if isinstance(c, DiscussionStarted)]
        return tuple(sorted((c for c in found if c.at <= now), key=lambda c: c.at, reverse=True))

    def affiliated(self, student: DemoStudent | Bot, how: Sequence[str]) -> tuple[Hosted, ...]:
        """The repositories that an account has to do with in any of GitHub's ways, by name."""
        if isinstance(student, Bot):
            return ()
        return tuple(
            place
            for place in self.places(student)
            if belongs(student, place.about)
            and self._way(student, place.about.owner.lower()) in how
        )

    def _way(self, student: DemoStudent, owner: str) -> str:
        if owner == student.login.lower():
            return "OWNER"
        return "COLLABORATOR" if owner in self.students else "ORGANIZATION_MEMBER"

    def places(self, student: DemoStudent) -> tuple[Hosted, ...]:
        """The repositories where a student may have done something, by name."""
        return tuple(self.repositories[name] for name in sorted(self._places[student.login]))

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
            if isinstance(made, IssueOpened):
                issue = Issue(made.number, student.login, made.title, "", made.at)
                self.repositories[made.repository.lower()].issues.plan(issue)


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
