"""Contacts of a week, from the student's own tracker.

::

    bytes ──> table.py, yaml_table.py   rows, whatever tool wrote them
          ──> headings.py, aliases.py   which column is about what
          ──> guessing.py               what headings don't tell, by what stands in a column
          ──> days.py, people.py        dates in one order; names, split and compared
          ──> reading.py                Tracker: Contact, Contact, …
          ──> rules.py                  what speaks against a row (kinds, recruiters, deeds)
          ──> placing.py, weighing.py   Found: how many count, and which rows don't

What stands in a tracker is other people's data. Nothing of it leaves this package but numbers of
rows, letters of columns and digests: no name, no employer and no address stands in a title, a
reason or an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csc_verify.model import ContactField, Evidence, Failed
from csc_verify.sources.contacts.places import column_named, rows_named
from csc_verify.sources.contacts.placing import Elsewhere, elsewhere
from csc_verify.sources.contacts.reading import read_contacts, read_tracker
from csc_verify.sources.contacts.values import Contact, Tracker, committed
from csc_verify.sources.contacts.weighing import SOURCE, TRACKER, weigh
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from csc_verify.week import Week

__all__ = [
    "SOURCE",
    "TRACKER",
    "Contact",
    "Elsewhere",
    "Reading",
    "Tracker",
    "collect",
    "column_named",
    "committed",
    "elsewhere",
    "read_contacts",
    "read_tracker",
    "rows_named",
    "told",
    "weigh",
]


def collect(
    tracker: bytes | Unusable,
    week: Week,
    columns: Mapping[ContactField, str],
    key: bytes | None = None,
    now: datetime | None = None,
) -> Evidence:
    """What a tracker says of a week.

    Args:
        tracker: The file, or why there is none.
        week: The week, in the student's zone.
        columns: Headings that are configured.
        key: The week's, for digests of the rows that count; None without one.
        now: The clock; None once the week is over.
    """
    return told(Reading(tracker).read(columns, week.zone), week, key, now)


def told(
    read: Tracker | Unusable, week: Week, key: bytes | None = None, now: datetime | None = None
) -> Evidence:
    """What a tracker that was read says of a week; arguments as above."""
    if isinstance(read, Unusable):
        return Failed(SOURCE, TRACKER, f"{TRACKER} {read.reason}", read.mend)
    return weigh(read, week, now or week.ends, key)


@dataclass(slots=True)
class Reading:
    """A tracker that is read once, however many weeks are asked about.

    Attributes:
        tracker: The file, or why there is none.
    """

    tracker: bytes | Unusable = field(repr=False)
    _read: dict[object, Tracker | Unusable] = field(default_factory=dict, repr=False)

    def read(self, columns: Mapping[ContactField, str], zone: tzinfo) -> Tracker | Unusable:
        """What stands in it.

        Args:
            columns: Headings that are configured.
            zone: The student's.
        """
        if isinstance(self.tracker, Unusable):
            return self.tracker
        key = (tuple(columns.items()), zone)
        if key not in self._read:
            self._read[key] = read_tracker(self.tracker, columns, zone)
        return self._read[key]
