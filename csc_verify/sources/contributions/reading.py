"""The answer of ``contributions.graphql`` as values, each checked by type before it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn

from csc_verify.addresses import web_address
from csc_verify.errors import Unavailable
from csc_verify.model import Account, ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.week import Week

_NAME_WITH_OWNER = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
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
        name: ``owner/name``.
        url: Its page.
        is_private: Whether only some can see it.
    """

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


@dataclass(frozen=True, slots=True)
class Collection:
    """One student's week as GitHub's API tells it.

    Attributes:
        login: As GitHub spells it today.
        account: The account; None if GitHub gave no number.
        viewer: Whose token asked; empty if that wasn't said.
        calendar: Each day's contributions, all kinds, restricted ones included. A run of the
            week's first days, seven unless GitHub's calendar ends within the week.
        restricted: How many the viewer may only count.
        totals: How many there are of each kind that the viewer may see.
        repositories: What is listed.
    """

    login: str
    account: Account | None
    viewer: str
    calendar: Mapping[date, int]
    restricted: int
    totals: Mapping[ItemKind, int]
    repositories: tuple[InRepository, ...]


def read_collection(data: Mapping[str, object], login: str, week: Week) -> Collection:
    """Read an answer.

    Args:
        data: The root fields.
        login: The login that was asked for.
        week: The week that was asked for.

    Raises:
        Unavailable: Something in it is not as the schema says.
    """
    root = _Fields(data, "answer")
    user = root.inner("user")
    found_login = user.text("login")
    if found_login.lower() != login.lower():
        _refuse(f"it is about {found_login!r}")
    collection = user.inner("contributionsCollection")
    created = collection.inner("repositoryContributions")
    return Collection(
        login=found_login,
        account=_account(user, found_login),
        viewer=root.inner("viewer").text("login"),
        calendar=_calendar(collection, week),
        restricted=collection.count("restrictedContributionsCount"),
        totals={
            ItemKind.COMMIT: collection.count("totalCommitContributions"),
            ItemKind.REPOSITORY: created.count("totalCount"),
            **{kind: collection.count(total) for kind, _, total in _LISTS},
        },
        repositories=(
            *(_commits(entry) for entry in collection.each("commitContributionsByRepository")),
            *(
                _numbered(kind, entry)
                for kind, field, _ in _LISTS
                for entry in collection.each(field)
            ),
            *(_created(node) for node in created.each("nodes")),
        ),
    )


def _account(user: _Fields, login: str) -> Account | None:
    return None if user.is_null("databaseId") else Account(login, user.count("databaseId"))


def _calendar(collection: _Fields, week: Week) -> dict[date, int]:
    counts: dict[date, int] = {}
    for weeks in collection.inner("contributionCalendar").each("weeks"):
        for square in weeks.each("contributionDays"):
            day = square.day("date")
            if day in counts:
                _refuse(f"its calendar holds {day} twice")
            counts[day] = square.count("contributionCount")
    present = [day for day in week.days if day in counts]
    # Days that have not come yet may be absent. A gap before the last day is no calendar.
    if not present or present != list(week.days[: len(present)]):
        _refuse("days of the week are missing in its calendar")
    return {day: counts[day] for day in present}


def _commits(entry: _Fields) -> InRepository:
    place, contributions = _place(entry), entry.inner("contributions")
    made = tuple(
        Made(node.instants_day("occurredAt"), node.count("commitCount"), place.url, place.name)
        for node in contributions.each("nodes")
    )
    return InRepository(ItemKind.COMMIT, place, contributions.count("totalCount"), made)


def _numbered(kind: ItemKind, entry: _Fields) -> InRepository:
    contributions = entry.inner("contributions")
    made = tuple(_numbered_node(kind, node) for node in contributions.each("nodes"))
    return InRepository(kind, _place(entry), contributions.count("totalCount"), made)


def _numbered_node(kind: ItemKind, node: _Fields) -> Made:
    day = node.instants_day("occurredAt")
    if kind is ItemKind.ISSUE:
        issue = node.inner("issue")
        return Made(day, 1, issue.address("url"), issue.text("title"))
    pull = node.inner("pullRequest")
    if kind is ItemKind.PULL_REQUEST:
        return Made(day, 1, pull.address("url"), pull.text("title"))
    review = node.inner("pullRequestReview")
    return Made(day, 1, review.address("url"), f"review of {pull.text('title')}")


def _created(node: _Fields) -> InRepository:
    place = _place(node)
    verb = "forked" if node.inner("repository").flag("isFork") else "created"
    made = Made(node.instants_day("occurredAt"), 1, place.url, f"{verb} {place.name}")
    return InRepository(ItemKind.REPOSITORY, place, 1, (made,))


def _place(entry: _Fields) -> Place:
    repository = entry.inner("repository")
    name = repository.text("nameWithOwner")
    if not _NAME_WITH_OWNER.fullmatch(name):
        _refuse("a repository's name is none")
    return Place(name, repository.address("url"), repository.flag("isPrivate"))


def _refuse(why: str) -> NoReturn:
    raise Unavailable(
        f"GitHub's answer was not understood: {why}",
        "Run again later; if it stays, please report it to the project",
    )


class _Fields:
    """A JSON object whose members are taken out by type."""

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, dict):
            _refuse(f"{name!r} is no object")
        self._value: dict[str, object] = value

    def is_null(self, key: str) -> bool:
        return self._value.get(key) is None

    def inner(self, key: str) -> _Fields:
        return _Fields(self._value.get(key), key)

    def each(self, key: str) -> Iterator[_Fields]:
        value = self._value.get(key)
        if not isinstance(value, list):
            _refuse(f"{key!r} is no list")
        return (_Fields(entry, key) for entry in value)

    def text(self, key: str) -> str:
        value = self._value.get(key)
        if not isinstance(value, str):
            _refuse(f"{key!r} is no text")
        return value

    def count(self, key: str) -> int:
        value = self._value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
            _refuse(f"{key!r} is no count")
        return value

    def flag(self, key: str) -> bool:
        value = self._value.get(key)
        if not isinstance(value, bool):
            _refuse(f"{key!r} is neither true nor false")
        return value

    def address(self, key: str) -> str:
        address = web_address(self.text(key))
        if address is None:
            _refuse(f"{key!r} is no web address")
        return address

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            _refuse(f"{key!r} is no day")

    def instants_day(self, key: str) -> date:
        """The UTC date of an instant."""
        try:
            instant = datetime.fromisoformat(self.text(key))
            if instant.tzinfo is not None:
                return instant.astimezone(UTC).date()
        except (ValueError, OverflowError):
            pass
        _refuse(f"{key!r} is no instant")
