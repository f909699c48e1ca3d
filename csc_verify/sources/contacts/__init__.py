"""Contacts of a week, from the student's own tracker.

::

    bytes ──> table.py, yaml_table.py   rows, whatever tool wrote them
          ──> headings.py               which column is about what
          ──> days.py, people.py        dates in one order; names, split and compared
          ──> reading.py                Contact, Contact, …
          ──> rules.py                  why a row doesn't count
          ──> collect                   Found: how many count, and which rows don't

What stands in a tracker is other people's data. Nothing of it leaves this package but numbers of
rows and digests: no name, no employer and no address stands in a title, a reason or an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.dates import Placement, placed
from csc_verify.digests import digest
from csc_verify.model import ContactField, Evidence, Failed, Found, Item, ItemKind, LeftOut
from csc_verify.sources.contacts.people import identity
from csc_verify.sources.contacts.reading import columns_of, read_contacts
from csc_verify.sources.contacts.rules import fault_of
from csc_verify.sources.contacts.values import Contact, committed
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csc_verify.week import Week

__all__ = ["SOURCE", "TRACKER", "Contact", "collect", "columns_of", "committed", "read_contacts"]

SOURCE: Final = "tracker"
"""What reports call it."""
TRACKER: Final = "the tracker"
"""What stands for its address, which may be a secret."""

_PRIVATE: Final = "counted in the student's own tracker, which nobody else can check"
_COMMITTED: Final = (
    "counted in the student's own tracker; when the student reveals the week's rows, anybody can"
    " check that they are the ones that were counted"
)
_UNREADABLE: Final = "its date can't be read; write it like 2026-11-17"


def collect(
    tracker: bytes | Unusable,
    week: Week,
    columns: Mapping[ContactField, str],
    key: bytes | None = None,
) -> Evidence:
    """What a tracker says of a week.

    Args:
        tracker: The file, or why there is none.
        week: The week, in the student's zone.
        columns: Headings that are configured.
        key: The week's, for digests of the rows that count; None without one.
    """
    read = tracker if isinstance(tracker, Unusable) else read_contacts(tracker, columns, week.zone)
    if isinstance(read, Unusable):
        return Failed(SOURCE, TRACKER, f"{TRACKER} {read.reason}", read.mend)
    outcomes = {contact.row: outcome for contact, outcome in _weighed(read, week, key)}
    ordered = [outcomes[row] for row in sorted(outcomes)]
    items = tuple(outcome for outcome in ordered if isinstance(outcome, Item))
    left_out = tuple(outcome for outcome in ordered if isinstance(outcome, LeftOut))
    return Found(SOURCE, TRACKER, items, complete=True, left_out=left_out, notes=(_note(key),))


def _note(key: bytes | None) -> str:
    return _PRIVATE if key is None else _COMMITTED


def _weighed(
    contacts: Iterable[Contact], week: Week, key: bytes | None
) -> Iterator[tuple[Contact, Item | LeftOut]]:
    """What becomes of each row that may be of the week.

    What is certain comes first, so that of two rows about one person the certain one counts.
    """
    placed_ = [(contact, _place(contact, week)) for contact in contacts]
    seen: dict[tuple[str, ...], int] = {}
    for wanted in (Placement.INSIDE, Placement.UNSURE):
        for contact, place in placed_:
            if place is wanted:
                who = identity(contact.first, contact.last)
                yield contact, _outcome(contact, seen.get(who), key)
                if fault_of(contact) is None:
                    seen.setdefault(who, contact.row)


def _place(contact: Contact, week: Week) -> Placement:
    return Placement.UNSURE if contact.date is None else placed(contact.date, week)


def _outcome(contact: Contact, same_as: int | None, key: bytes | None) -> Item | LeftOut:
    row = f"row {contact.row}"
    if (fault := fault_of(contact)) is not None:
        return LeftOut(row, *fault)
    if contact.date is None and not contact.has_date:
        return LeftOut(row, "no date", "Write when it was")
    if same_as is not None:
        return LeftOut(row, f"the same person as in row {same_as}")
    doubt = _UNREADABLE if contact.date is None else None
    sealed = digest(key, ItemKind.CONTACT, committed(contact)) if key else ""
    return Item(
        ItemKind.CONTACT, None, contact.date, row, doubt=doubt, is_private=True, digest=sealed
    )
