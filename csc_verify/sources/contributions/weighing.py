"""The count rule: which of a week's contributions certainly are public, and which may be.

::

    public = the calendar's seven days - restricted - those in private repositories

The calendar counts everything, discussions included, which no list holds; restricted ones are
those that only their number is shown of; a token that can read a private repository sees its
contributions as if they were public, so they are taken off again.

The items add up to ``public``. Where GitHub's numbers don't fit together, the items that may not
count are in doubt: their certain part is never more than ``public``, and all of them never less,
so that neither ``met`` nor ``unmet`` rests on a contradiction.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from csc_verify.addresses import canonical
from csc_verify.dates import on_day, on_day_of
from csc_verify.model import Found, Item, ItemKind, LeftOut
from csc_verify.sources.contributions.history import NOTHING, History

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from csc_verify.sources.contributions.history import Written
    from csc_verify.sources.contributions.reading import Collection, InRepository, Made
    from csc_verify.week import Week

SOURCE = "github-graphql"
MOST_COMMITS = 50
"""Commits of a week that are shown one by one; further ones are a number and a link each day."""

_NOUNS = {
    ItemKind.COMMIT: ("commit", "commits"),
    ItemKind.ISSUE: ("issue", "issues"),
    ItemKind.PULL_REQUEST: ("pull request", "pull requests"),
    ItemKind.REVIEW: ("review", "reviews"),
    ItemKind.REPOSITORY: ("new repository", "new repositories"),
}
_ANY = ("contribution", "contributions")
_OTHER = ("other contribution", "other contributions")
_BY_NUMBER = frozenset({ItemKind.DAY, ItemKind.OTHER})
_MAY_BE_PRIVATE = "GitHub does not tell whether this is private work that the token can see"
_CONTRADICTION = "GitHub's numbers of the week contradict each other"
# The message that the weekly run writes; see run.commit_message.
OWN_MESSAGES = ("Log the week of ", "Render the commitment log again")


def weigh(seen: Collection, history: History, week: Week, profile: str) -> Found:
    """The evidence in what GitHub told.

    Args:
        seen: The week's numbers and lists.
        history: What can be shown of them one by one.
        week: The week that was asked for.
        profile: The address of the student's profile.
    """
    listed = _merged(_listed(seen, history, week))
    found = _balanced(seen, listed, history, week, profile)
    by_number = sum(i.count for i in found.items if i.kind in _BY_NUMBER and i.doubt is None)
    if not by_number:
        return found
    certain = _sum(item for item in found.items if item.doubt is None)
    note = (
        f"{certain - by_number} of the {certain} are linked one by one; the calendar counts the "
        f"other {by_number} without telling what they are"
    )
    return replace(found, notes=(note,))


def weigh_totals(seen: Collection, week: Week, profile: str) -> Found:
    """The count without evidence of single things: of who was asked about together with many.

    Arguments are those of :func:`weigh`.
    """
    totals = Counter[ItemKind]()
    for repository in seen.lists.repositories:
        if not repository.place.is_private:
            totals[repository.kind] += repository.total
    url = _overview(profile, week.first, week.last)
    listed = tuple(
        Item(kind, url, on_day(week.first), _counted(count, _NOUNS[kind]), count)
        for kind, count in totals.items()
        if count
    )
    return _balanced(seen, listed, NOTHING, week, profile)


def _balanced(
    seen: Collection, listed: tuple[Item, ...], history: History, week: Week, profile: str
) -> Found:
    """What is listed and what isn't, so that all of it adds up to the public count."""
    numbers = _Numbers.of(seen)
    unlisted = tuple(_unlisted(seen, listed, week))
    listed = _within_totals(listed, seen)
    rest = numbers.public - _sum(listed)
    if rest < 0:
        items = _at_most(listed, numbers.public)
    else:
        certain = max(0, rest - _sum(unlisted))
        days = None if numbers.hidden or unlisted else _rest_by_day(seen, listed)
        if days is None:
            spans = [(ItemKind.OTHER, week.first, week.last, certain)]
        else:
            spans = [(ItemKind.DAY, day, day, n) for day, n in days.items()]
        items = (*listed, *_rest(spans, history, seen, profile))
    gap = _gap(seen, numbers, unlisted, week)
    return Found(
        source=SOURCE,
        address=profile,
        items=(*items, *unlisted),
        complete=not gap,
        gap=gap,
        hint="Run again later" if gap else "",
        left_out=tuple(_left_out(numbers)),
        account=seen.account,
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the count rule works with.

    Attributes:
        public: The public count; negative if GitHub's numbers contradict each other.
        restricted: Those that only their number is shown of.
        private: Those in private repositories that the token can see.
    """

    public: int
    restricted: int
    private: int

    @classmethod
    def of(cls, seen: Collection) -> _Numbers:
        private = sum(r.total for r in seen.lists.repositories if r.place.is_private)
        public = sum(seen.calendar.values()) - seen.restricted - private
        return cls(public, seen.restricted, private)

    @property
    def hidden(self) -> int:
        """Those in the calendar that are not public; on which days they lie isn't told."""
        return self.restricted + self.private


def _listed(seen: Collection, history: History, week: Week) -> Iterator[Item]:
    """The public contributions that the answer names, on the week's days."""
    room = MOST_COMMITS
    for repository in seen.lists.repositories:
        if repository.place.is_private:
            continue
        for made in repository.made:
            if not made.count or not week.holds_day(made.day):
                continue
            if repository.kind is not ItemKind.COMMIT:
                at = on_day(made.day)
                yield Item(repository.kind, made.url, at, made.title, made.count)
                continue
            commits = commits_of_day(seen, history, repository, made)
            shown = commits[:room] if len(commits) <= made.count else ()
            room -= len(shown)
            yield from (_commit(commit, seen) for commit in shown)
            if made.count > len(shown):
                yield _commits(repository, made, made.count - len(shown), seen.login)


def commits_of_day(
    seen: Collection, history: History, repository: InRepository, made: Made
) -> tuple[Written, ...]:
    """The student's commits on one day in one repository, as far as they are known.

    They may be more than GitHub counts: then which of them count isn't known.
    """
    account = None if seen.account is None else seen.account.id
    return tuple(
        commit
        for commit in history.counted.get(repository.place.name, ())
        if commit.day == made.day and commit.account == account
    )


def _commit(commit: Written, seen: Collection) -> Item:
    # Under --publish files something else commits what this check wrote, maybe as the student.
    own = f"/{seen.login}/{seen.login}/commit/".casefold() in commit.url.casefold()
    is_check = own and commit.headline.startswith(OWN_MESSAGES)
    doubt = "it looks like this check's own commit, which never counts" if is_check else None
    return Item(ItemKind.COMMIT, commit.url, on_day_of(commit.at), commit.headline, doubt=doubt)


def _commits(repository: InRepository, made: Made, count: int, login: str) -> Item:
    day = made.day.isoformat()
    return Item(
        ItemKind.COMMIT,
        f"{made.url}/commits?author={quote(login, safe='')}&since={day}&until={day}",
        on_day(made.day),
        f"{_counted(count, _NOUNS[ItemKind.COMMIT])} in {repository.place.name}",
        count,
    )


def _merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items of one kind, day and page as one: the judge takes such for repetitions."""
    merged: dict[object, Item] = {}
    for item in items:
        day = item.at.iso if item.at else ""
        key = (item.kind, day, canonical(item.url or ""))
        known = merged.get(key)
        merged[key] = item if known is None else replace(known, count=known.count + item.count)
    return tuple(merged.values())


def _unlisted(seen: Collection, listed: tuple[Item, ...], week: Week) -> Iterator[Item]:
    """What is known by number alone, since lists end after a hundred repositories."""
    for kind, total in seen.lists.totals.items():
        ours = [repository for repository in seen.lists.repositories if repository.kind is kind]
        known = sum(repository.total for repository in ours)
        if kind is ItemKind.COMMIT:
            # Commits may be all that is counted, so those that can't be shown aren't known.
            private = sum(repository.total for repository in ours if repository.place.is_private)
            known = private + _sum(item for item in listed if item.kind is kind)
        if total > known:
            count = total - known
            title = f"{_counted(count, _NOUNS[kind])} that GitHub did not list"
            yield Item(kind, None, on_day(week.first), title, count, doubt="may be private")


def _within_totals(listed: tuple[Item, ...], seen: Collection) -> tuple[Item, ...]:
    """What is listed, certain up to GitHub's own total of its kind less what of it is private."""
    kept: list[Item] = []
    for kind, total in seen.lists.totals.items():
        ours = tuple(item for item in listed if item.kind is kind)
        private = sum(
            repository.total
            for repository in seen.lists.repositories
            if repository.kind is kind and repository.place.is_private
        )
        kept += ours if _sum(ours) <= total - private else _at_most(ours, total - private)
    return tuple(kept)


def _at_most(listed: tuple[Item, ...], public: int) -> tuple[Item, ...]:
    """More was listed than GitHub counts: only so much of it is certain."""
    certain = max(0, public)
    doubt = f"GitHub counts no more than {certain} of these in the week"
    items = []
    for item in listed:
        if item.count <= certain:
            certain -= item.count
            items.append(item)
        else:
            items.append(replace(item, doubt=doubt))
    return tuple(items)


def _rest_by_day(seen: Collection, listed: tuple[Item, ...]) -> Mapping[date, int] | None:
    """What the calendar counts beyond the lists; None if a day lists more than it counts."""
    on_lists: Counter[str] = Counter()
    for item in listed:
        # The date of its own zone, whether a day is written or an instant.
        on_lists[item.at.iso[:10] if item.at else ""] += item.count
    rest = {day: count - on_lists.pop(day.isoformat(), 0) for day, count in seen.calendar.items()}
    return None if on_lists or min(rest.values()) < 0 else rest


def _rest(
    spans: Iterable[tuple[ItemKind, date, date, int]],
    history: History,
    seen: Collection,
    profile: str,
) -> Iterator[Item]:
    """The rest of the calendar's number: what is known to be a discussion, then numbers.

    Discussions are in no list, so that only who knows those of the week, and that none of them is
    private, can say that the rest is public.
    """
    certain = history.talks_are_public and not seen.may_hold_private
    doubt = None if certain else _MAY_BE_PRIVATE
    for kind, first, last, n in spans:
        shown = [talk for talk in history.talks if kind is ItemKind.DAY and talk.day == first][:n]
        for talk in shown:
            at = on_day(talk.day)
            yield Item(ItemKind.DISCUSSION, talk.url, at, talk.title, doubt=doubt)
        if n > len(shown):
            count = n - len(shown)
            url = _overview(profile, first, last)
            # How much happened in private is nobody's business either.
            title = _OTHER[1] if doubt else _counted(count, _OTHER)
            yield Item(kind, url, on_day(first), title, count, doubt=doubt)


def _overview(profile: str, first: date, last: date) -> str:
    """What the profile shows of some days."""
    return f"{profile}?tab=overview&from={first.isoformat()}&to={last.isoformat()}"


def _gap(seen: Collection, numbers: _Numbers, unlisted: tuple[Item, ...], week: Week) -> str:
    last = max(seen.calendar)
    if last < week.last:
        return f"GitHub's calendar ends on {last} as yet"
    if numbers.public < 0:
        return _CONTRADICTION
    if unlisted:
        return f"GitHub did not list {_counted(_sum(unlisted), _ANY)} of the week"
    return ""


def _left_out(numbers: _Numbers) -> Iterator[LeftOut]:
    mend = "Only work in public repositories counts"
    if numbers.private:
        # Their number is the student's own business unless the profile shows it.
        yield LeftOut(f"{_ANY[1]} in private repositories", "private", mend)
    if numbers.restricted:
        what = f"{numbers.restricted} private {_ANY[numbers.restricted != 1]}"
        yield LeftOut(what, "the profile shows only how many there were", mend)


def _counted(count: int, noun: tuple[str, str]) -> str:
    return f"{count} {noun[count != 1]}"


def _sum(items: Iterable[Item]) -> int:
    return sum(item.count for item in items)
