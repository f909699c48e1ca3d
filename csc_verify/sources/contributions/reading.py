"""The answers that hold numbers, as values: a student's week, or a day of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from csc_verify.model import Account, ItemKind
from csc_verify.sources.contributions.fields import Fields, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from csc_verify.week import Week

_NAME_WITH_OWNER = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_COMMITS = "commitContributionsByRepository"
_LISTS = (
    (ItemKind.ISSUE, "issueContributionsByRepository", "totalIssueContributions"),
    (
        ItemKind.PULL_REQUEST,
        "pullRequestContributionsByRepository",
        "totalPullRequestContributions",
    ),
    (
        ItemKind.REVIEW,
        "pullRequestReviewContributionsByRepository",
        "totalPullRequestReviewContributions",
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A repository.

    Attributes:
        node: GitHub's global id of it.
        name: ``owner/name``.
        url: Its page.
        is_private: Whether only some can see it.
    """

    node: str
    name: str
    url: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Made:
    """Contributions of one day.

    Attributes:
        day: The UTC date of ``occurredAt``: for commits exactly the calendar's day (GitHub writes
            Pacific midnight), for the rest nearly always.
        count: How many.
        url: Where to see them; for commits the repository's page.
        title: One line.
    """

    day: date
    count: int
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class InRepository:
    """What was done in one repository, of one kind.

    Attributes:
        kind: Which kind.
        place: Where.
        total: How many contributions in the range.
        made: Those that the answer lists.
    """

    kind: ItemKind
    place: Place
    total: int
    made: tuple[Made, ...]


_ReadMade: TypeAlias = Callable[[ItemKind, Place, Fields], "Iterable[Made]"]


@dataclass(frozen=True, slots=True)
class Lists:
    """What happened, by kind and repository.

    Attributes:
        totals: How many there are of each kind that the viewer may see.
        repositories: What is listed.
    """

    totals: Mapping[ItemKind, int]
    repositories: tuple[InRepository, ...]

    @property
    def sees_private(self) -> bool:
        """Whether something private is listed."""
        return any(repository.place.is_private for repository in self.repositories)

    def unlisted(self) -> dict[ItemKind, int]:
        """How many of each kind are in no list, where there are such."""
        listed = Counter[ItemKind]()
        for repository in self.repositories:
            listed[repository.kind] += repository.total
        return {kind: n - listed[kind] for kind, n in self.totals.items() if n > listed[kind]}


@dataclass(frozen=True, slots=True)
class Collection:
    """One student's week as GitHub's API tells it.

    Attributes:
        node: GitHub's global id of the account.
        login: As GitHub spells it today.
        account: The account; None if GitHub gave no number.
        viewer: Whose token asked; empty if that wasn't said.
        calendar: Each day's contributions, all kinds, restricted ones included. A run of the
            week's first days, seven unless GitHub's calendar ends within the week.
        restricted: How many the viewer may only count.
        lists: What happened, by kind and repository.
    """

    node: str
    login: str
    account: Account | None
    viewer: str
    calendar: Mapping[date, int]
    restricted: int
    lists: Lists

    @property
    def may_hold_private(self) -> bool:
        """Whether the viewer may see private work that isn't told from public work."""
        return self.lists.sees_private or self.viewer.lower() == self.login.lower()


def read_collection(data: Mapping[str, object], login: str, week: Week) -> Collection:
    """Read the answer of ``contributions.graphql``.

    Args:
        data: The root fields.
        login: The login that was asked for.
        week: The week that was asked for.

    Raises:
        Unavailable: Something in it is not as the schema says.
    """
    root = Fields(data, "answer")
    viewer = root.inner("viewer").text("login")
    user = _user(root, "user", login)
    return _collection(user, user.inner("contributionsCollection"), viewer, week, _dated)


def read_totals(data: Mapping[str, object], alias: str, login: str, week: Week) -> Collection:
    """Read one student's part of an answer about many, whose lists hold numbers alone.

    Arguments and errors are those of :func:`read_collection`; ``alias`` is the student's field.
    """
    root = Fields(data, "answer")
    viewer = root.inner("viewer").text("login")
    user = _user(root, alias, login)
    return _collection(user, user.inner("contributionsCollection"), viewer, week, _numbers_only)


def read_days(data: Mapping[str, object], login: str) -> Lists:
    """Read the answer of ``days.graphql``: the lists of all days together.

    Arguments and errors are those of :func:`read_collection`.
    """
    user = _user(Fields(data, "answer"), "user", login)
    days = [_lists(user.inner(f"day{number}"), _dated) for number in range(1, 8)]
    totals = Counter[ItemKind]()
    for day in days:
        totals.update(day.totals)
    return Lists(dict(totals), tuple(entry for day in days for entry in day.repositories))


def _user(root: Fields, field: str, login: str) -> Fields:
    user = root.inner(field)
    found = user.text("login")
    if found.lower() != login.lower():
        refuse(f"it is about {found!r}")
    return user


def _collection(
    user: Fields,
    collection: Fields,
    viewer: str,
    week: Week,
    made: _ReadMade,
) -> Collection:
    login = user.text("login")
    return Collection(
        node=user.text("id"),
        login=login,
        account=_account(user, login),
        viewer=viewer,
        calendar=_calendar(collection, week),
        restricted=collection.count("restrictedContributionsCount"),
        lists=_lists(collection, made),
    )


def _lists(collection: Fields, made: _ReadMade) -> Lists:
    created = collection.inner("repositoryContributions")
    kinds = ((ItemKind.COMMIT, _COMMITS, "totalCommitContributions"), *_LISTS)
    totals = {kind: collection.count(total) for kind, _, total in kinds}
    return Lists(
        totals={**totals, ItemKind.REPOSITORY: created.count("totalCount")},
        repositories=(
            *(
                _in_repository(kind, entry, made)
                for kind, field, _ in kinds
                for entry in collection.each(field)
            ),
            *(_created(node) for node in created.each("nodes")),
        ),
    )


def _account(user: Fields, login: str) -> Account | None:
    return None if user.is_null("databaseId") else Account(login, user.count("databaseId"))


def _calendar(collection: Fields, week: Week) -> dict[date, int]:
    counts: dict[date, int] = {}
    for weeks in collection.inner("contributionCalendar").each("weeks"):
        for square in weeks.each("contributionDays"):
            day = square.day("date")
            if day in counts:
                refuse(f"its calendar holds {day} twice")
            counts[day] = square.count("contributionCount")
    present = [day for day in week.days if day in counts]
    # Days that have not come yet may be absent. A gap before the last day is no calendar.
    if not present or present != list(week.days[: len(present)]):
        refuse("days of the week are missing in its calendar")
    return {day: counts[day] for day in present}


def _in_repository(kind: ItemKind, entry: Fields, made: _ReadMade) -> InRepository:
    place, contributions = read_place(entry.inner("repository")), entry.inner("contributions")
    total = contributions.count("totalCount")
    return InRepository(kind, place, total, tuple(made(kind, place, contributions)))


def _dated(kind: ItemKind, place: Place, contributions: Fields) -> Iterator[Made]:
    for node in contributions.each("nodes"):
        if kind is ItemKind.COMMIT:
            day = node.instants_day("occurredAt")
            yield Made(day, node.count("commitCount"), place.url, place.name)
        else:
            yield _numbered_node(kind, node)


def _numbers_only(_kind: ItemKind, _place: Place, _contributions: Fields) -> Iterable[Made]:
    return ()


def _numbered_node(kind: ItemKind, node: Fields) -> Made:
    day = node.instants_day("occurredAt")
    if kind is ItemKind.ISSUE:
        issue = node.inner("issue")
        return Made(day, 1, issue.address("url"), issue.text("title"))
    pull = node.inner("pullRequest")
    if kind is ItemKind.PULL_REQUEST:
        return Made(day, 1, pull.address("url"), pull.text("title"))
    review = node.inner("pullRequestReview")
    return Made(day, 1, review.address("url"), f"review of {pull.text('title')}")


def _created(node: Fields) -> InRepository:
    repository = node.inner("repository")
    place = read_place(repository)
    verb = "forked" if repository.flag("isFork") else "created"
    made = Made(node.instants_day("occurredAt"), 1, place.url, f"{verb} {place.name}")
    return InRepository(ItemKind.REPOSITORY, place, 1, (made,))


def read_place(repository: Fields) -> Place:
    """Read a repository.

    Raises:
        Unavailable: Something in it is not as the schema says.
    """
    name = repository.text("nameWithOwner")
    if not _NAME_WITH_OWNER.fullmatch(name):
        refuse("a repository's name is none")
    return Place(
        repository.text("id"), name, repository.address("url"), repository.flag("isPrivate")
    )
