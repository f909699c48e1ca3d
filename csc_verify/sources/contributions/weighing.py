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
from csc_verify.dates import on_day
from csc_verify.model import Found, Item, ItemKind, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from csc_verify.sources.contributions.reading import Collection, InRepository, Made
    from csc_verify.week import Week

SOURCE = "github-graphql"

_NOUNS = {
    ItemKind.COMMIT: ("commit", "commits"),
    ItemKind.ISSUE: ("issue", "issues"),
    ItemKind.PULL_REQUEST: ("pull request", "pull requests"),
    ItemKind.REVIEW: ("review", "reviews"),
    ItemKind.REPOSITORY: ("new repository", "new repositories"),
}
_ANY = ("contribution", "contributions")
_OTHER = ("other contribution", "other contributions")
_MAY_BE_PRIVATE = "the token can see private work, and GitHub does not tell whether this is some"


def weigh(seen: Collection, week: Week, profile: str) -> Found:
    """The evidence in what GitHub told.

    Args:
        seen: What GitHub told.
        week: The week that was asked for.
        profile: The address of the student's profile.
    """
    numbers = _Numbers.of(seen)
    listed = _merged(_listed(seen, week))
    unlisted = tuple(_unlisted(seen, listed, week))
    rest = numbers.public - _sum(listed)
    if rest < 0:
        items = _at_most(listed, numbers.public)
    else:
        certain = max(0, rest - _sum(unlisted))
        days = None if numbers.hidden or unlisted else _rest_by_day(seen, listed)
        items = (*listed, *_rest(certain, days, seen, week, profile))
    gap = _gap(seen, unlisted, week)
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
        private = sum(r.total for r in seen.repositories if r.place.is_private)
        public = sum(seen.calendar.values()) - seen.restricted - private
        return cls(public, seen.restricted, private)

    @property
    def hidden(self) -> int:
        """Those in the calendar that are not public; on which days they lie isn't told."""
        return self.restricted + self.private


def _listed(seen: Collection, week: Week) -> Iterator[Item]:
    """The public contributions that the answer names, on the week's days."""
    for repository in seen.repositories:
        if repository.place.is_private:
            continue
        for made in repository.made:
            if made.count and week.holds_day(made.day):
                yield _item(repository, made, seen.login)


def _item(repository: InRepository, made: Made, login: str) -> Item:
    if repository.kind is not ItemKind.COMMIT:
        return Item(repository.kind, made.url, on_day(made.day), made.title, made.count)
    day = made.day.isoformat()
    return Item(
        ItemKind.COMMIT,
        f"{made.url}/commits?author={quote(login, safe='')}&since={day}&until={day}",
        on_day(made.day),
        f"{_counted(made.count, _NOUNS[ItemKind.COMMIT])} in {repository.place.name}",
        made.count,
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
    for kind, total in seen.totals.items():
        ours = [repository for repository in seen.repositories if repository.kind is kind]
        known = sum(repository.total for repository in ours)
        if kind is ItemKind.COMMIT:
            # Commits may be all that is counted, so those that can't be shown aren't known.
            private = sum(repository.total for repository in ours if repository.place.is_private)
            known = private + _sum(item for item in listed if item.kind is kind)
        if total > known:
            count = total - known
            title = f"{_counted(count, _NOUNS[kind])} that GitHub did not list"
            yield Item(kind, None, on_day(week.first), title, count, doubt="may be private")


def _at_most(listed: tuple[Item, ...], public: int) -> tuple[Item, ...]:
    """More was listed than the calendar counts: only so much of it is certain."""
    certain = max(0, public)
    doubt = f"GitHub's calendar counts no more than {certain} of the week's contributions"
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
        on_lists[item.at.iso if item.at else ""] += item.count
    rest = {day: count - on_lists.pop(day.isoformat(), 0) for day, count in seen.calendar.items()}
    return None if on_lists or min(rest.values()) < 0 else rest


def _rest(
    count: int, days: Mapping[date, int] | None, seen: Collection, week: Week, profile: str
) -> Iterator[Item]:
    """The rest of the calendar's number: by days if that is known, else as one item."""
    sees_private = any(r.place.is_private for r in seen.repositories)
    doubt = _MAY_BE_PRIVATE if sees_private or seen.viewer.lower() == seen.login.lower() else None
    if days is None:
        spans = [(ItemKind.OTHER, week.first, week.last, count)]
    else:
        spans = [(ItemKind.DAY, day, day, n) for day, n in days.items()]
    for kind, first, last, n in spans:
        if n:
            url = f"{profile}?tab=overview&from={first.isoformat()}&to={last.isoformat()}"
            yield Item(kind, url, on_day(first), _counted(n, _OTHER), n, doubt=doubt)


def _gap(seen: Collection, unlisted: tuple[Item, ...], week: Week) -> str:
    last = max(seen.calendar)
    if last < week.last:
        return f"GitHub's calendar ends on {last} as yet"
    if unlisted:
        return f"GitHub did not list {_counted(_sum(unlisted), _ANY)} of the week"
    return ""


def _left_out(numbers: _Numbers) -> Iterator[LeftOut]:
    mend = "Only work in public repositories counts"
    if numbers.private:
        what = f"{_counted(numbers.private, _ANY)} in private repositories"
        yield LeftOut(what, "private", mend)
    if numbers.restricted:
        what = f"{numbers.restricted} private {_ANY[numbers.restricted != 1]}"
        yield LeftOut(what, "the profile shows only how many there were", mend)


def _counted(count: int, noun: tuple[str, str]) -> str:
    return f"{count} {noun[count != 1]}"


def _sum(items: Iterable[Item]) -> int:
    return sum(item.count for item in items)
