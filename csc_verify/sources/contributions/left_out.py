"""What was done in the week and doesn't count, why, and what would mend it.

"Why is my commit not there?" is what users of every tool of this kind ask most. What can be seen is
told: commits in forks, on other branches, under an address that belongs to no account, and by bots;
those that the calendar has not (yet) are in :mod:`uncounted`. What a token can't see stays unseen,
so nothing here is a proof that there was nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from csc_verify.model import LeftOut
from csc_verify.sources.contributions.weighing import OWN_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csc_verify.sources.contributions.history import Branch, History, Owned, Written
    from csc_verify.sources.contributions.reading import Collection
    from csc_verify.week import Week

_PAGES: Final = "gh-pages"
_MERGE: Final = (
    "Commits count on the default branch: merge the branch, by a pull request for example"
)
_FORK: Final = (
    "Offer them to the original by a pull request, which counts, as do its commits once merged"
)
_EMAIL: Final = (
    "If they are yours, add the address that they carry to your GitHub account under Settings, "
    "Emails; they count from then on"
)


def left_out(seen: Collection, history: History, week: Week) -> tuple[LeftOut, ...]:
    """What of the week lies in the student's own repositories and doesn't count.

    Args:
        seen: Whose week it is.
        history: What is there.
        week: The week.
    """
    # What was merged counts there, and lies in the fork and on the branch as well.
    counted = {commit.oid for commits in history.counted.values() for commit in commits}
    return tuple(entry for owned in history.owned for entry in _in_own(owned, seen, week, counted))


def _in_own(owned: Owned, seen: Collection, week: Week, counted: set[str]) -> Iterator[LeftOut]:
    name = owned.place.name
    if owned.is_fork:
        own = _of_week(_by_student(owned.branches, seen), week)
        in_fork = [commit for commit in own if commit.oid not in counted]
        yield from _told(in_fork, name, "fork", _FORK)
        return
    yield from _on_other_branches(owned, seen, week, counted)
    if owned.main is None:
        return
    commits = _of_week(owned.main.commits, week)
    unlinked = [c for c in commits if c.account is None and c.bot is None]
    yield from _told(unlinked, name, "their e-mail address is linked to no account", _EMAIL)
    by_bots: dict[str, list[Written]] = defaultdict(list)
    for commit in commits:
        if commit.bot is not None:
            by_bots[commit.bot].append(commit)
    for bot, made in by_bots.items():
        checks = [c for c in made if c.headline.startswith(OWN_MESSAGES)]
        others = [c for c in made if c not in checks]
        yield from _told(checks, name, "this check's own commits never count", "")
        yield from _told(others, name, f"made by {bot}, not by a person", "")


def _on_other_branches(
    owned: Owned, seen: Collection, week: Week, counted: set[str]
) -> Iterator[LeftOut]:
    main = owned.main
    merged = counted | ({commit.oid for commit in main.commits} if main else set())
    for branch in owned.branches:
        if branch.name == _PAGES or (main and branch.name == main.name):
            merged |= {commit.oid for commit in branch.commits}
    for branch in owned.branches:
        commits = [c for c in _by_student((branch,), seen) if c.oid not in merged]
        merged |= {commit.oid for commit in commits}
        where = f"{owned.place.name} on the branch {branch.name}"
        yield from _told(_of_week(commits, week), where, "not on the default branch", _MERGE)


def _told(commits: Sequence[Written], where: str, why: str, mend: str) -> Iterator[LeftOut]:
    if commits:
        newest = max(commits, key=lambda commit: commit.at)
        yield LeftOut(f"{_counted(len(commits))} in {where} ({newest.oid[:7]})", why, mend)


def _by_student(branches: Iterable[Branch], seen: Collection) -> tuple[Written, ...]:
    """The student's own commits on some branches, each once."""
    found = {
        commit.oid: commit
        for branch in branches
        for commit in branch.commits
        if _is_by_student(commit, seen)
    }
    return tuple(found.values())


def _is_by_student(commit: Written, seen: Collection) -> bool:
    return seen.account is not None and commit.account == seen.account.id


def _of_week(commits: Iterable[Written], week: Week) -> list[Written]:
    return [commit for commit in commits if week.holds_day(commit.day)]


def _counted(number: int) -> str:
    return f"{number} commit" if number == 1 else f"{number} commits"
