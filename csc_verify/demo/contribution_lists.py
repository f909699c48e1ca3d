"""GraphQL: contributions by repository, each kind in its own shape."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from csc_verify.demo.graphql_session import Connection, FieldError, as_date_time
from csc_verify.demo.student import CommitMade, IssueOpened, PullRequestOpened, ReviewGiven

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csc_verify.demo.issue_answers import IssueAnswer
    from csc_verify.demo.repository_answers import RepositoryAnswer
    from csc_verify.demo.student import Contribution, RepositoryCreated

MOST_REPOSITORIES: Final = 100
"""GitHub's limit of ``maxRepositories``."""

Numbered: TypeAlias = IssueOpened | PullRequestOpened | ReviewGiven

C = TypeVar("C", bound="Contribution")

# GitHub stamps a day of commits with midnight on its own wall.
_GITHUBS_ZONE: Final = ZoneInfo("America/Los_Angeles")


def by_repository(contributions: Iterable[C], most: int = MOST_REPOSITORIES) -> dict[str, list[C]]:
    """Contributions by repository, the most active first, each list newest first.

    Raises:
        FieldError: More repositories are asked for than GitHub gives.
    """
    if most > MOST_REPOSITORIES:
        raise FieldError(
            "ARGUMENT_LIMIT", f"Only up to {MOST_REPOSITORIES} repositories is supported."
        )
    groups: dict[str, list[C]] = defaultdict(list)
    for contribution in sorted(contributions, key=lambda c: c.at, reverse=True):
        groups[contribution.repository].append(contribution)
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return dict(ranked[:most])


@dataclass(frozen=True, slots=True)
class CommitDay:
    """``CreatedCommitContribution``: one day's commits in one repository.

    Attributes:
        repository: Where.
        login: Whose.
        day: As the commits' own zones date it.
        commit_count: How many.
    """

    repository: RepositoryAnswer
    login: str
    day: date
    commit_count: int
    is_restricted: ClassVar[bool] = False

    @property
    def occurred_at(self) -> str:
        """Midnight on the Pacific coast: the UTC date is the day, the time of day says nothing."""
        return as_date_time(datetime.combine(self.day, time(), _GITHUBS_ZONE))

    @property
    def url(self) -> str:
        """The day's commits."""
        return (
            f"{self.repository.url}/commits?author={self.login}"
            f"&since={self.day}T00:00:00Z&until={self.day}T23:59:59Z"
        )


@dataclass(frozen=True, slots=True)
class CommitsInRepository:
    """``CommitContributionsByRepository``."""

    repository: RepositoryAnswer
    login: str
    commits: Sequence[CommitMade]

    @property
    def url(self) -> str:
        """The commits of the time asked for."""
        return f"{self.repository.url}/commits?author={self.login}"

    def contributions(
        self, first: int | None = None, after: str | None = None
    ) -> Connection[CommitDay]:
        """A node per day, newest first; ``totalCount`` is commits, not days."""
        counts = Counter(commit.at.date() for commit in self.commits)
        days = [
            CommitDay(self.repository, self.login, day, counts[day])
            for day in sorted(counts, reverse=True)
        ]
        return Connection("contributions", days, first, after, count=len(self.commits))


@dataclass(frozen=True, slots=True)
class Subject:
    """``PullRequest``."""

    repository: RepositoryAnswer
    about: Numbered

    @property
    def number(self) -> int:
        """Its number in the repository."""
        return self.about.number

    @property
    def title(self) -> str:
        """Its headline."""
        return self.about.title

    @property
    def created_at(self) -> str:
        """When it was opened; of a reviewed pull request the review's time, the only one known."""
        return as_date_time(self.about.at)

    @property
    def url(self) -> str:
        """Its page."""
        return f"{self.repository.url}/pull/{self.about.number}"


@dataclass(frozen=True, slots=True)
class NumberedContribution:
    """``CreatedIssueContribution``, ``…PullRequestContribution``, ``…ReviewContribution``."""

    repository: RepositoryAnswer
    about: Numbered
    is_restricted: ClassVar[bool] = False

    @property
    def occurred_at(self) -> str:
        """When it happened."""
        return as_date_time(self.about.at)

    @property
    def created_at(self) -> str:
        """The same, as the review itself says it."""
        return self.occurred_at

    @property
    def issue(self) -> IssueAnswer:
        """The issue."""
        return self.repository.issue(self.about.number)

    @property
    def pull_request(self) -> Subject:
        """The pull request, opened or reviewed."""
        return Subject(self.repository, self.about)

    @property
    def pull_request_review(self) -> NumberedContribution:
        """The review: it has its contribution's time and address."""
        return self

    @property
    def url(self) -> str:
        """The page of what was contributed."""
        if isinstance(self.about, IssueOpened):
            return self.issue.url
        page = self.pull_request.url
        if isinstance(self.about, ReviewGiven):
            return f"{page}#pullrequestreview-{self.repository.database_id}{self.about.number}"
        return page


@dataclass(frozen=True, slots=True)
class NumberedInRepository:
    """``IssueContributionsByRepository`` and its two sisters."""

    repository: RepositoryAnswer
    found: Sequence[Numbered]

    def contributions(
        self, first: int | None = None, after: str | None = None
    ) -> Connection[NumberedContribution]:
        """A node each, newest first."""
        nodes = [NumberedContribution(self.repository, about) for about in self.found]
        return Connection("contributions", nodes, first, after)


@dataclass(frozen=True, slots=True)
class RepositoryContribution:
    """``CreatedRepositoryContribution``."""

    repository: RepositoryAnswer
    about: RepositoryCreated
    is_restricted: ClassVar[bool] = False

    @property
    def occurred_at(self) -> str:
        """When it was created."""
        return as_date_time(self.about.at)

    @property
    def url(self) -> str:
        """The repository's page."""
        return self.repository.url
