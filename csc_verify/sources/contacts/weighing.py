"""What becomes of each row of a week: it counts, it may, or why it doesn't. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.dates import Placement
from csc_verify.digests import digest
from csc_verify.model import ContactField as Field
from csc_verify.model import Found, Item, ItemKind, LeftOut
from csc_verify.sources.contacts.people import has_several, identities
from csc_verify.sources.contacts.places import cell_named, row_named
from csc_verify.sources.contacts.placing import of_week
from csc_verify.sources.contacts.rules import Objection, objections_to
from csc_verify.sources.contacts.trades import may_be_one
from csc_verify.sources.contacts.values import committed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from csc_verify.sources.contacts.placing import WeekRow
    from csc_verify.sources.contacts.values import Contact, Tracker
    from csc_verify.week import Week

SOURCE: Final = "tracker"
"""What reports call it."""
TRACKER: Final = "the tracker"
"""What stands for its address, which may be a secret."""

_PRIVATE: Final = "counted in the student's own tracker, which nobody else can check"
_COMMITTED: Final = (
    "counted in the student's own tracker; when the student reveals the week's rows, anybody can"
    " check that they are the ones that were counted"
)
_NO_DATE: Final = Objection(Field.DATE, "no date", "Write when it was")
_UNREADABLE: Final = Objection(
    Field.DATE, "its date can't be read", "write it like 2026-11-17", is_doubt=True
)
_NO_YEAR: Final = Objection(
    Field.DATE, "its date has no year", "write it like 2026-11-17", is_doubt=True
)
_GUESSED: Final = {
    Field.DATE: "Date",
    Field.NAME: "Contact Name",
    Field.NAME_AND_TITLE: "Contact Name and Title",
    Field.SUMMARY: "Notes",
}
_MOST_OF_A_NAME: Final = 50
"""Rows of one name with which others of it are compared."""
_MIDDLE_NAME: Final = "If they are two people, write a middle name"


def weigh(tracker: Tracker, week: Week, now: datetime, key: bytes | None = None) -> Found:
    """What a tracker says of a week.

    Args:
        tracker: The tracker.
        week: The week, in the student's zone.
        now: The clock.
        key: The week's, for digests of the rows that count; None without one.
    """
    outcomes = sorted(_weighed(tracker, week, now, key), key=lambda outcome: outcome.place)
    items = tuple(outcome for outcome in outcomes if isinstance(outcome, Item))
    left_out = tuple(outcome for outcome in outcomes if isinstance(outcome, LeftOut))
    note = _PRIVATE if key is None else _COMMITTED
    return Found(SOURCE, TRACKER, items, complete=True, left_out=left_out, notes=(note,))


def _weighed(
    tracker: Tracker, week: Week, now: datetime, key: bytes | None
) -> Iterator[Item | LeftOut]:
    """What becomes of each row that may be of the week; of two about one person one counts."""
    may_count: list[tuple[WeekRow, list[Objection]]] = []
    for row in of_week(tracker.contacts, week, now):
        objections = list(_objections(row.contact, tracker, week, now))
        if all(it.is_doubt for it in objections):
            may_count.append((row, objections))
        else:
            yield _outcome(row, objections, tracker, key)
    seen: dict[tuple[str, ...], list[Contact]] = {}
    for row, doubts in sorted(may_count, key=lambda it: it[0].order(is_clear=not it[1])):
        who = identities(row.contact.first, row.contact.last)
        others = {it.row: it for name in who for it in seen.get(name, ())}
        same = _same_person(row.contact, others.values(), tracker)
        yield _outcome(row, [*([same] if same else []), *doubts], tracker, key)
        for name in who:
            of_name = seen.setdefault(name, [])
            if len(of_name) < _MOST_OF_A_NAME:
                of_name.append(row.contact)


def _objections(
    contact: Contact, tracker: Tracker, week: Week, now: datetime
) -> Iterator[Objection]:
    yield from objections_to(contact, now, week.zone)
    if not contact.has_date:
        yield _NO_DATE
    elif contact.date is None:
        yield _NO_YEAR if contact.month_days else _UNREADABLE
    for field, heading in _GUESSED.items():
        if field in tracker.columns.guessed:
            why = f"that the column is the {field.value} is a guess"
            mend = f"give it the heading {heading}, or name it under contacts.columns"
            yield Objection(field, why, mend, is_doubt=True)


def _same_person(contact: Contact, others: Iterable[Contact], tracker: Tracker) -> Objection | None:
    """What other rows of the same name say against one."""
    same_name = None
    for other in others:
        named = row_named(other.row, tracker.table)
        if may_be_one(contact.employer, other.employer):
            return Objection(Field.NAME, f"the same person as in {named}", _MIDDLE_NAME)
        same_name = same_name or named
    if same_name is None:
        return None
    why = f"the same name as in {same_name}, at another employer"
    return Objection(Field.NAME, why, "if they are two people, write a middle name", is_doubt=True)


def _outcome(
    row: WeekRow, objections: list[Objection], tracker: Tracker, key: bytes | None
) -> Item | LeftOut:
    contact, number = row.contact, row.contact.row
    certain = next((it for it in objections if not it.is_doubt), None)
    if certain is not None:
        what = cell_named(number, certain.field, tracker)
        return LeftOut(what, certain.why, certain.mend, place=number)
    doubt = objections[0] if objections else None
    is_clear = row.placement is Placement.INSIDE and row.future is Placement.OUTSIDE
    field = doubt.field if doubt is not None else None if is_clear else Field.DATE
    return Item(
        kind=ItemKind.CONTACT,
        url=None,
        at=contact.date,
        title=cell_named(number, field, tracker) if field else row_named(number, tracker.table),
        count=2 if has_several(contact.name) else 1,
        doubt=f"{doubt.why}; {doubt.mend}" if doubt is not None else None,
        is_private=True,
        digest=digest(key, ItemKind.CONTACT, committed(contact)) if key else "",
        place=number,
    )
