"""The values that a situation in the embedded world is described with.

Times are aware ``datetime``: a commit's carries the zone its author's machine had, which is what
decides the day it is counted on. Everything that is *expected* here is written down by hand, in
plain words and numbers; nothing of it is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """An account that owns repositories and is nobody."""

    login: str
    id: int


@dataclass(frozen=True, slots=True)
class DemoRepository:
    """A repository on the embedded GitHub, backed by a real bare git repository.

    Attributes:
        name_with_owner: As in ``alice/weather``; the owner may be a student or an organisation.
        private: Whether only its owner and tokens of its own workflows can see it.
        fork: Whether it is a fork; commits in forks are no contributions.
        default_branch: The branch that the calendar counts.
        protected_branches: Branches that refuse commits made outside a pull request.
        parent: Of a fork: the original, ``owner/name``.
        members: Logins of collaborators or, with an organisation's repository, its members.
        has_issues: Whether its issues are switched on; GitHub makes forks without.
    """

    name_with_owner: str
    private: bool = False
    fork: bool = False
    default_branch: str = "main"
    protected_branches: frozenset[str] = frozenset()
    parent: str | None = None
    members: frozenset[str] = frozenset()
    has_issues: bool = True

    @property
    def owner(self) -> str:
        """The part before the slash."""
        return self.name_with_owner.partition("/")[0]

    @property
    def name(self) -> str:
        """The part after the slash."""
        return self.name_with_owner.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Author:
    """Whom a commit names: a name and an e-mail address, linked to an account or not."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CommitMade:
    """A commit.

    Attributes:
        repository: ``owner/name``.
        at: Author's time.
        title: The commit message.
        path: The file it changes.
        branch: The branch it lies on; None for the default one. A new branch forks off the default
            one where that is then, and begins with nothing if it isn't there.
        committed: Committer's time; None for the author's.
        who: Its author; None for the student, under the address that is linked to the account.
            Somebody else's commit is theirs, if their address is linked to an account.
        content: What the file holds then; None for something of its own, "" to change nothing.
    """

    repository: str
    at: datetime
    title: str
    path: str = "notes.md"
    branch: str | None = None
    committed: datetime | None = None
    who: Author | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class IssueOpened:
    """An issue opened in a repository."""

    repository: str
    at: datetime
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class PullRequestOpened:
    """A pull request opened in a repository."""

    repository: str
    at: datetime
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class ReviewGiven:
    """A review of somebody's pull request; ``title`` and ``number`` are the pull request's."""

    repository: str
    at: datetime
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class DiscussionStarted:
    """A discussion opened in a repository: the calendar counts it, and no list holds it."""

    repository: str
    at: datetime
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class RepositoryCreated:
    """A new repository, or a new fork."""

    repository: str
    at: datetime


Contribution: TypeAlias = (
    CommitMade
    | DiscussionStarted
    | IssueOpened
    | PullRequestOpened
    | ReviewGiven
    | RepositoryCreated
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post on a blog.

    Attributes:
        path: Where its page is, from the blog host's root.
        title: One line.
        at: First publication.
        author: Named in feeds of several authors.
        text: What the page says.
        shown: When the host begins to show it, in its feed and by itself; None for at once.
    """

    path: str
    title: str
    at: datetime
    author: str = ""
    text: str = "A few words about what I learned."
    shown: datetime | None = None


@dataclass(frozen=True, slots=True)
class RssFeed:
    """An RSS 2.0 feed at ``path``; its site's page announces it."""

    path: str
    title: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """An Atom feed at ``path``; its site's page announces it."""

    path: str
    title: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class RefusedFeed:
    """An address that answers with a status and no feed, as hosts do that refuse robots."""

    path: str
    status: int


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that is no post: what a student links to, or a login in front of it.

    Attributes:
        path: Where it is, from the blog host's root.
        title: One line.
        body: HTML.
    """

    path: str
    title: str
    body: str


Blog: TypeAlias = RssFeed | AtomFeed | RefusedFeed | PlainPage


@dataclass(frozen=True, slots=True)
class ExpectedRequirement:
    """What must come out for one requirement: its id, the verdict and how many counted."""

    id: str
    verdict: str
    count: int


@dataclass(frozen=True, slots=True)
class ExpectedWeek:
    """What must come out for one week.

    Attributes:
        start: Its first day.
        verdict: Of the whole week.
        requirements: All four, in the order of the report.
    """

    start: date
    verdict: str
    requirements: tuple[ExpectedRequirement, ...]


@dataclass(frozen=True, slots=True)
class DemoStudent:
    """A student, what they did in public, and what a verification has to say about it.

    Attributes:
        login: Their login; the profile repository is ``login/login``.
        id: GitHub's number of the account.
        name: As their commits and posts say it.
        situation: In a few words, for a reader.
        configuration: Text of ``.github/csc.yml``; ``{blog}`` stands for the blog host's address.
        joined: When they set up the profile repository: one commit of their own.
        repositories: Theirs and others' that they contributed to, the profile repository among
            them.
        contributions: What they did, but for the commit that set up the profile repository.
        blogs: What is served for them on the blog host.
        shares_private_counts: Whether the profile shows how much happened in private.
        emails: Further addresses that are linked to the account.
        files: Further files of the profile repository, by path; ``{blog}`` as above.
        secrets: The repository's secrets, by name; ``{blog}`` as above.
        expected: Every week that a run at the world's usual time checks.
    """

    login: str
    id: int
    name: str
    situation: str
    configuration: str
    joined: datetime
    repositories: tuple[DemoRepository, ...]
    contributions: tuple[Contribution, ...] = ()
    blogs: tuple[Blog, ...] = ()
    shares_private_counts: bool = False
    emails: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    secrets: tuple[tuple[str, str], ...] = ()
    expected: tuple[ExpectedWeek, ...] = ()

    @property
    def profile(self) -> str:
        """The repository with the badge, ``login/login``."""
        return f"{self.login}/{self.login}"

    @property
    def email(self) -> str:
        """The address that links commits to the account."""
        return f"{self.id}+{self.login}@users.noreply.github.com"
