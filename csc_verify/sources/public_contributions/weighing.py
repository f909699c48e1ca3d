"""The count rule for what everybody can see. Pure.

::

    0  <=  commits found in the student's own repositories  <=  public  <=  the page's number

So the page can prove that there were fewer than asked for, and commits can prove that there were
enough. What lies between is in doubt: the page tells neither private contributions from public ones
nor commits from the rest. Where more is found than the page counts, the surplus is in doubt too.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from csc_verify.dates import on_day, on_day_of
from csc_verify.model import Item, ItemKind, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csc_verify.sources.public_contributions.commit_search import Hit
    from csc_verify.week import Week

_LATE: Final = (
    "GitHub's calendar does not count it, or not yet: it takes up to a day, and a private profile "
    "shows no calendar"
)
_DOUBT: Final = (
    "GitHub's public page tells neither whether they are public or private nor what they are"
)


def items(
    hits: Sequence[Hit], days: Mapping[date, int] | None, week: Week, profile: str
) -> Iterator[Item]:
    """What counts and what may.

    Args:
        hits: The week's commits, each once.
        days: The page's numbers; None if it could not be read.
        week: The week.
        profile: The address of the student's profile.
    """
    certain = Counter[date]()
    for hit in hits:
        day = hit.at.date()
        if hit.is_own and not hit.is_fork:
            is_counted = days is None or certain[day] < days.get(day, 0)
            certain[day] += is_counted
            doubt = None if is_counted else _LATE
            yield Item(ItemKind.COMMIT, hit.url, on_day_of(hit.at), hit.headline, doubt=doubt)
    rest = sum(max(0, (days or {}).get(day, 0) - certain[day]) for day in week.days)
    if rest:
        title = f"{rest} of the week's contributions"
        url = f"{profile}?tab=overview&from={week.first}&to={week.last}"
        # They may be commits, and commits may be all that is counted.
        yield Item(ItemKind.COMMIT, url, on_day(week.first), title, rest, doubt=_DOUBT)


def left_out(hits: Iterable[Hit]) -> Iterator[LeftOut]:
    """Commits that were found where none counts, or where nobody can tell."""
    forks = Counter(hit.repository for hit in hits if hit.is_fork)
    others = Counter(hit.repository for hit in hits if not hit.is_fork and not hit.is_own)
    for name, number in forks.items():
        yield LeftOut(
            f"{_counted(number)} in {name}", "fork", "Offer them to the original by a pull request"
        )
    for name, number in others.items():
        yield LeftOut(
            f"{_counted(number)} in {name}",
            "it can't be told whether they count",
            "GitHub's API would tell",
        )


def _counted(number: int) -> str:
    return f"{number} commit" if number == 1 else f"{number} commits"
