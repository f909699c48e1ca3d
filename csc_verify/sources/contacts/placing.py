"""Which rows are of a week, seen from it and from the clock. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.dates import Day, Placement, in_future, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from csc_verify.sources.contacts.values import Contact, Tracker
    from csc_verify.week import Week


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Rows of other weeks.

    Attributes:
        before: Their numbers, where they are of earlier weeks.
        after: Likewise, of later ones.
        either: Likewise, without a year.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    either: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A row that may be of the week.

    Attributes:
        contact: What stands in it.
        placement: Where its date lies, seen from the week.
        future: Where it lies, seen from the clock.
    """

    contact: Contact
    placement: Placement
    future: Placement

    def order(self, *, is_clear: bool) -> tuple[bool, bool, str, int]:
        """What is certain comes first, then what was first; what is planned eats nothing.

        Args:
            is_clear: Whether nothing but its date can be in doubt.
        """
        is_certain = is_clear and self.placement is Placement.INSIDE
        is_planned = self.future is Placement.INSIDE
        return (is_planned, not is_certain, _last_day(self.contact), self.contact.row)


def elsewhere(tracker: Tracker, week: Week) -> Elsewhere:
    """Which rows are of other weeks, for certain."""
    outside = [it for it in tracker.contacts if _place(it, week) is Placement.OUTSIDE]
    days = [(_last_day(it), it.row) for it in outside]
    return Elsewhere(
        before=tuple(row for day, row in days if day and day < week.key),
        after=tuple(row for day, row in days if day >= week.key),
        either=tuple(row for day, row in days if not day),
    )


def of_week(contacts: Iterable[Contact], week: Week, now: datetime) -> Iterator[WeekRow]:
    """The rows that are of a week, or may be.

    Args:
        contacts: A tracker's.
        week: The week.
        now: The clock.
    """
    for contact in contacts:
        placement = _place(contact, week)
        if placement is not Placement.OUTSIDE:
            future = (
                Placement.OUTSIDE
                if contact.date is None
                else in_future(contact.date, now, week.zone)
            )
            yield WeekRow(contact, placement, future)


def _place(contact: Contact, week: Week) -> Placement:
    if contact.date is not None:
        return placed(contact.date, week)
    may_be = any((day.month, day.day) in contact.month_days for day in week.days)
    return Placement.UNSURE if may_be or not contact.month_days else Placement.OUTSIDE


def _last_day(contact: Contact) -> str:
    """The last day that a row may be of; of one without a date, none."""
    if contact.date is None:
        return ""
    return max(str(it.day) for it in contact.date.readings if isinstance(it, Day))
