"""Which entries are about the same thing. Pure.

A thing counts once: in one week, of several weeks in the earliest that it is dated in.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from csc_verify.addresses import canonical
from csc_verify.letters import folded
from csc_verify.model import ItemKind, LeftOut
from csc_verify.sources.design.choosing import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csc_verify.sources.design.values import Candidate
    from csc_verify.week import Week


def names_of(one: Candidate) -> Iterator[tuple[ItemKind, str]]:
    """What makes two entries the same: their title or, but for modules, their link.

    One page may well show all modules that somebody has finished.
    """
    yield one.kind, f"title {folded(one.activity.title)}"
    if one.kind is not ItemKind.MODULE and isinstance(one.link, str):
        yield one.kind, f"link {canonical(one.link)}"


def repeated(
    candidates: Iterable[Candidate], earlier: Iterable[Candidate], week: Week
) -> Mapping[int, LeftOut]:
    """Which entries are about a thing of an earlier week, by their numbers.

    That needs no readable date of theirs: in this week, they don't count whenever they were.

    Args:
        candidates: What may be of the week.
        earlier: What was before it.
        week: The week.
    """
    known = _known(earlier, week)
    found: dict[int, LeftOut] = {}
    for one in candidates:
        number = next((known[name] for name in names_of(one) if name in known), None)
        if number is not None:
            found[one.activity.number] = left_out(
                one.activity,
                f"the same as activity {number}, which is of an earlier week",
                f"if it is another one than activity {number}, give it a title and a link of its"
                " own",
                is_private=one.is_private,
            )
    return found


def _known(earlier: Iterable[Candidate], week: Week) -> Mapping[tuple[ItemKind, str], int]:
    """What counts in earlier weeks, by its names, each with the number of its first entry.

    An entry that repeats an earlier week's counts nowhere, so what else it names is still free.
    """
    known: dict[tuple[ItemKind, str], int] = {}
    ordered = sorted(earlier, key=lambda one: _weeks_ago(one, week), reverse=True)
    for _, together in groupby(ordered, key=lambda one: _weeks_ago(one, week)):
        new = [one for one in together if known.keys().isdisjoint(names_of(one))]
        for one in new:
            for name in names_of(one):
                known.setdefault(name, one.activity.number)
    return known


def _weeks_ago(one: Candidate, week: Week) -> int:
    """How many weeks before a week something was; of a date that may be two days, the earlier."""
    day = week.first if one.at is None else date.fromisoformat(one.at.iso)
    return (week.last - day) // timedelta(days=7)
