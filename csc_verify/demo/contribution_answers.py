"""GraphQL: the contributions collection, as GitHub counts and hides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from csc_verify.demo.account_answers import UserAnswer
from csc_verify.demo.contribution_lists import (
    CommitsInRepository,
    NumberedInRepository,
    RepositoryContribution,
    by_repository,
)
from csc_verify.demo.graphql_session import Connection, FieldError, as_date_time, instant_of
from csc_verify.demo.repository_answers import RepositoryAnswer
from csc_verify.demo.student import (
    CommitMade,
    DemoStudent,
    IssueOpened,
    PullRequestOpened,
    RepositoryCreated,
    ReviewGiven,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.demo.contribution_lists import Numbered
    from csc_verify.demo.github_hub import Bot
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.student import Contribution

K = TypeVar("K", CommitMade, IssueOpened, PullRequestOpened, ReviewGiven, RepositoryCreated)

_YEAR: Final = timedelta(days=365)
_LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Span:
    """Two instants; the days counted are whole ones, those of both ends included."""

    begins: datetime
    ends: datetime

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, in order, as UTC dates the ends."""
        first, last = (end.astimezone(UTC).date() for end in (self.begins, self.ends))
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def span_of(from_: str | None, to: str | None, now: datetime) -> Span:
    """The span asked for; the last year if nothing is said.

    Raises:
        FieldError: It is longer than a year, or no instant is written.
    """
    begins = instant_of(from_) if from_ else None
    ends = instant_of(to) if to else min(begins + _YEAR, now) if begins else now
    begins = begins or ends - _YEAR
    if ends - begins > _LONGEST:
        raise FieldError(
            "VALIDATION", "The total time spanned by 'from' and 'to' must not exceed 1 year"
        )
    return Span(begins, ends)


def collection(
    session: Session, account: DemoStudent | Bot, from_: str | None, to: str | None
) -> CollectionAnswer:
    """A user's collection as the session's viewer sees it."""
    span = span_of(from_, to, session.hub.clock())
    days = frozenset(span.days)
    done = [c for c in session.hub.contributions(account) if c.at.date() in days]
    visible = [c for c in done if session.sees(session.hub.repositories[c.repository.lower()])]
    shares = isinstance(account, DemoStudent) and account.shares_private_counts
    restricted = [c for c in done if c not in visible] if shares else []
    return CollectionAnswer(session, account, span, visible, restricted)


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """``ContributionCalendarDay``."""

    day: date
    contribution_count: int

    @property
    def date(self) -> str:
        """The day."""
        return self.day.isoformat()

    @property
    def weekday(self) -> int:
        """0 is Sunday."""
        return self.day.isoweekday() % 7


@dataclass(frozen=True, slots=True)
class CalendarWeekAnswer:
    """``ContributionCalendarWeek``: from Sunday; the first and the last may be short."""

    contribution_days: Sequence[DayAnswer]

    @property
    def first_day(self) -> str:
        """The first day that is in it."""
        return self.contribution_days[0].date


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """``ContributionCalendar``."""

    days: Sequence[DayAnswer]

    @property
    def total_contributions(self) -> int:
        """The sum of the days."""
        return sum(day.contribution_count for day in self.days)

    @property
    def weeks(self) -> list[CalendarWeekAnswer]:
        """The days by weeks."""
        weeks = groupby(self.days, key=lambda day: day.day - timedelta(days=day.weekday))
        return [CalendarWeekAnswer(tuple(days)) for _, days in weeks]


@dataclass(frozen=True, slots=True)
class CollectionAnswer:
    """``ContributionsCollection``.

    Attributes:
        session: Who asks.
        account: Whose it is.
        span: The time asked for.
        visible: What the viewer may see, oldest first.
        restricted: What the viewer may only count.
    """

    session: Session
    account: DemoStudent | Bot
    span: Span
    visible: Sequence[Contribution]
    restricted: Sequence[Contribution]

    @property
    def user(self) -> UserAnswer:
        """Whose it is."""
        return UserAnswer(self.session, self.account)

    @property
    def started_at(self) -> str:
        """The span's begin, as asked for."""
        return as_date_time(self.span.begins)

    @property
    def ended_at(self) -> str:
        """The span's end, as asked for."""
        return as_date_time(self.span.ends)

    @property
    def contribution_calendar(self) -> CalendarAnswer:
        """Every day's number, what is restricted included."""
        counts = Counter(c.at.date() for c in (*self.visible, *self.restricted))
        return CalendarAnswer(tuple(DayAnswer(day, counts[day]) for day in self.span.days))

    @property
    def restricted_contributions_count(self) -> int:
        """How many the viewer may only count."""
        return len(self.restricted)

    @property
    def has_any_restricted_contributions(self) -> bool:
        """Whether there are such."""
        return bool(self.restricted)

    @property
    def has_any_contributions(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.visible or self.restricted)

    @property
    def total_commit_contributions(self) -> int:
        """Visible commits."""
        return len(self._of(CommitMade))

    @property
    def total_issue_contributions(self) -> int:
        """Visible issues."""
        return len(self._of(IssueOpened))

    @property
    def total_pull_request_contributions(self) -> int:
        """Visible pull requests."""
        return len(self._of(PullRequestOpened))

    @property
    def total_pull_request_review_contributions(self) -> int:
        """Visible reviews."""
        return len(self._of(ReviewGiven))

    @property
    def total_repository_contributions(self) -> int:
        """Visible new repositories."""
        return len(self._of(RepositoryCreated))

    @property
    def total_repositories_with_contributed_commits(self) -> int:
        """Repositories with visible commits."""
        return self._places_of(CommitMade)

    @property
    def total_repositories_with_contributed_issues(self) -> int:
        """Repositories with visible issues."""
        return self._places_of(IssueOpened)

    @property
    def total_repositories_with_contributed_pull_requests(self) -> int:
        """Repositories with visible pull requests."""
        return self._places_of(PullRequestOpened)

    @property
    def total_repositories_with_contributed_pull_request_reviews(self) -> int:
        """Repositories with visible reviews."""
        return self._places_of(ReviewGiven)

    def commit_contributions_by_repository(
        self, max_repositories: int = 25
    ) -> list[CommitsInRepository]:
        """Visible commits, most active repository first."""
        groups = by_repository(self._of(CommitMade), max_repositories)
        return [
            CommitsInRepository(self._repository(name), self.account.login, commits)
            for name, commits in groups.items()
        ]

    def issue_contributions_by_repository(
        self, max_repositories: int = 25
    ) -> list[NumberedInRepository]:
        """Visible issues, most active repository first."""
        return self._numbered(self._of(IssueOpened), max_repositories)

    def pull_request_contributions_by_repository(
        self, max_repositories: int = 25
    ) -> list[NumberedInRepository]:
        """Visible pull requests, most active repository first."""
        return self._numbered(self._of(PullRequestOpened), max_repositories)

    def pull_request_review_contributions_by_repository(
        self, max_repositories: int = 25
    ) -> list[NumberedInRepository]:
        """Visible reviews, most active repository first."""
        return self._numbered(self._of(ReviewGiven), max_repositories)

    def repository_contributions(
        self, first: int | None = None, after: str | None = None
    ) -> Connection[RepositoryContribution]:
        """Visible new repositories, newest first."""
        found = [
            RepositoryContribution(self._repository(created.repository), created)
            for created in reversed(self._of(RepositoryCreated))
        ]
        return Connection("repositoryContributions", found, first, after)

    def _places_of(self, kind: type[K]) -> int:
        # Not the length of a list: that one ends at GitHub's limit.
        return len({done.repository.lower() for done in self._of(kind)})

    def _of(self, kind: type[K]) -> list[K]:
        return [c for c in self.visible if isinstance(c, kind)]

    def _repository(self, name_with_owner: str) -> RepositoryAnswer:
        hosted = self.session.hub.repositories[name_with_owner.lower()]
        return RepositoryAnswer(self.session, hosted)

    def _numbered(
        self, contributions: Sequence[Numbered], max_repositories: int
    ) -> list[NumberedInRepository]:
        groups = by_repository(contributions, max_repositories)
        return [
            NumberedInRepository(self._repository(name), group) for name, group in groups.items()
        ]
