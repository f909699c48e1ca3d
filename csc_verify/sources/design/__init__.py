"""Design activities of a week, from the student's own list, with links that anybody can open.

::

    bytes ──> reading.py              Activity, Activity, …
          ──> rules.py, sites.py      why an entry doesn't count, or may not
          ──> choosing.py             Candidate: what may be of the week, or was before it
          ──> repeating.py            what is of an earlier week already
          ──> links.py                what each link of the week answers
          ──> weighing.py             what counts, what may, what doesn't; each thing once
          ──> collect                 Found

A link or a whole list may be a secret. Of what is one nothing leaves this package but numbers of
entries and digests: no title, no address and no host's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.model import Evidence, Failed, Found, Item, LeftOut
from csc_verify.sources.design.choosing import chosen
from csc_verify.sources.design.reading import read_activities
from csc_verify.sources.design.repeating import repeated
from csc_verify.sources.design.revealing import private_activities
from csc_verify.sources.design.values import Activities, Activity, Candidate, Terms, When
from csc_verify.sources.design.weighing import to_ask, weighed
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from csc_verify.fetch import Fetcher
    from csc_verify.week import Week

__all__ = [
    "LIST",
    "SOURCE",
    "Activities",
    "Activity",
    "Terms",
    "collect",
    "private_activities",
    "read_activities",
]

SOURCE: Final = "activities"
"""What reports call it."""
LIST: Final = "the list of activities"
"""What stands for its address, which may be a secret."""

_COMMITTED: Final = (
    "activities with a secret link are told by a digest alone; when the student reveals the week's"
    " activities, anybody can check that they are the ones that were counted"
)


def collect(
    activities: Activities | Unusable,
    week: Week,
    terms: Terms,
    fetcher: Fetcher,
    key: bytes | None,
) -> Evidence:
    """What a list of activities says of a week.

    Args:
        activities: The list, or why there is none.
        week: The week, in the student's zone.
        terms: What is configured.
        fetcher: Asks the links.
        key: The week's, for digests of what is private; None without one.
    """
    if isinstance(activities, Unusable):
        return _failed(activities)
    read = read_activities(activities.content)
    if isinstance(read, Unusable):
        return _failed(read)
    entries = {one.number: chosen(one, activities, week, terms) for one in read}
    all_valid = [one for one in entries.values() if isinstance(one, Candidate)]
    earlier = [one for one in all_valid if one.when is When.EARLIER]
    of_week = [one for one in all_valid if one.when is not When.EARLIER]
    again = repeated(of_week, earlier, week)
    candidates = [one for one in of_week if one.activity.number not in again]
    answers = {address: fetcher.fetch(address) for address in to_ask(candidates)}
    outcomes: dict[int, Item | LeftOut] = {
        number: one for number, one in entries.items() if isinstance(one, LeftOut)
    }
    outcomes.update(again)
    outcomes.update(weighed(candidates, answers, terms, key))
    ordered = [outcomes[number] for number in sorted(outcomes)]
    items = tuple(it for it in ordered if isinstance(it, Item))
    left_out = tuple(it for it in ordered if isinstance(it, LeftOut))
    notes = (_COMMITTED,) if any(it.digest for it in items) else ()
    return Found(SOURCE, LIST, items, complete=True, left_out=left_out, notes=notes)


def _failed(why: Unusable) -> Failed:
    return Failed(SOURCE, LIST, f"{LIST} {why.reason}", why.mend)
