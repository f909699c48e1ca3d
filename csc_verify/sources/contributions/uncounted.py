"""The student's commits that are where commits count, and that the calendar has not. Pure.

In a repository of the student's own they will count, or the profile is private and shows nobody its
calendar: then nobody may say that they don't. In somebody else's repository it takes a tie to it.
A commit that counts in one repository is no other one for lying in a second.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from csc_verify.dates import on_day
from csc_verify.model import Item, ItemKind, LeftOut
from csc_verify.sources.contributions.weighing import commits_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.contributions.history import History, Written
    from csc_verify.sources.contributions.reading import Collection, Place
    from csc_verify.week import Week

_WHY: Final = "GitHub's calendar does not count them, or not yet"
_OWN: Final = f"{_WHY}: it takes up to a day, and a private profile shows no calendar"
_TIE: Final = (
    "It takes up to a day. In a repository that isn't yours they count once you are a "
    "collaborator, have forked it, or have opened an issue or pull request there"
)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Commits of the week in one repository that the calendar has not.

    Attributes:
        place: Where.
        commits: The student's commits of the week there, those that count among them.
        missing: How many the calendar has not; which ones can't be told.
        is_own: Whether the repository is the student's.
    """

    place: Place
    commits: tuple[Written, ...]
    missing: int
    is_own: bool

    @property
    def what(self) -> str:
        """How many, and where."""
        noun = "commit" if self.missing == 1 else "commits"
        return f"{self.missing} {noun} in {self.place.name}"


def uncounted(seen: Collection, history: History, week: Week) -> tuple[Uncounted, ...]:
    """What is there and isn't counted, by repository; nothing of forks.

    Args:
        seen: What counts, and how often.
        history: What is there.
        week: The week.
    """
    counted, shown = _counted(seen, history)
    return tuple(
        Uncounted(place, commits, missing, _is_own(place, seen))
        for place, commits in _there(seen, history, week)
        if (missing := _new(commits, place, shown) - counted[place.name]) > 0
    )


def in_doubt(found: tuple[Uncounted, ...], login: str) -> Iterator[Item]:
    """Commits in the student's own repositories: they may count after all."""
    for entry in found:
        if entry.is_own:
            newest = max(entry.commits, key=lambda commit: commit.at)
            url = f"{entry.place.url}/commits?author={quote(login, safe='')}"
            at = on_day(newest.day)
            yield Item(ItemKind.COMMIT, url, at, entry.what, entry.missing, doubt=_OWN)


def elsewhere(found: tuple[Uncounted, ...]) -> Iterator[LeftOut]:
    """Commits in the repositories of others."""
    return (LeftOut(entry.what, _WHY, _TIE) for entry in found if not entry.is_own)


def _counted(
    seen: Collection, history: History
) -> tuple[defaultdict[str, int], dict[str, set[str]]]:
    """How many of the commits that are there are counted, and in which repositories each is."""
    numbers: defaultdict[str, int] = defaultdict(int)
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for repository in seen.lists.repositories:
        if repository.kind is not ItemKind.COMMIT or repository.place.is_private:
            continue
        for made in repository.made:
            there = commits_of_day(seen, history, repository, made)
            numbers[repository.place.name] += min(made.count, len(there))
            for commit in there:
                shown[commit.oid].add(repository.place.name)
    return numbers, dict(shown)


def _there(
    seen: Collection, history: History, week: Week
) -> Iterator[tuple[Place, tuple[Written, ...]]]:
    forks = {owned.place.name for owned in history.owned if owned.is_fork}
    places = {entry.place.name: entry.place for entry in seen.lists.repositories}
    known = {places[name]: commits for name, commits in history.counted.items() if name in places}
    for owned in history.owned:
        if owned.main is not None and owned.place.name not in history.counted:
            known[owned.place] = owned.main.commits
    account = None if seen.account is None else seen.account.id
    for place, commits in known.items():
        ours = tuple(c for c in commits if c.account == account and week.holds_day(c.day))
        if account is not None and ours and place.name not in forks:
            yield place, ours


def _new(commits: tuple[Written, ...], place: Place, shown: dict[str, set[str]]) -> int:
    """How many of a repository's commits count in no other one."""
    return sum(shown.get(commit.oid, {place.name}) <= {place.name} for commit in commits)


def _is_own(place: Place, seen: Collection) -> bool:
    return place.name.partition("/")[0].lower() == seen.login.lower()
