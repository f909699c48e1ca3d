"""From a file to contacts. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.model import ContactField as Field
from csc_verify.sources.contacts.days import Yearless, read_day, read_days
from csc_verify.sources.contacts.guessing import with_guesses
from csc_verify.sources.contacts.headings import columns_by, lacking
from csc_verify.sources.contacts.people import cleaned, split_name, split_title
from csc_verify.sources.contacts.places import column_named
from csc_verify.sources.contacts.table import read_table
from csc_verify.sources.contacts.values import Contact, Tracker
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from csc_verify.dates import WrittenDate
    from csc_verify.sources.contacts.days import Column, Read
    from csc_verify.sources.contacts.headings import Columns
    from csc_verify.sources.contacts.values import Row, Table

_FEWEST_KNOWN: Final = 2
_DIGIT: Final = re.compile(r"\d")
_NONE: Final[frozenset[tuple[int, int]]] = frozenset()
_OR_NAME: Final = "or name {} under contacts.columns"


def read_tracker(content: bytes, columns: Mapping[Field, str], zone: tzinfo) -> Tracker | Unusable:
    """A tracker, or why it can't be used.

    Args:
        content: The file.
        columns: Headings that are configured.
        zone: The student's.
    """
    table = read_table(content, columns)
    if isinstance(table, Unusable):
        return table
    told = columns_by(table.headings, columns)
    if isinstance(told, Unusable):
        return told
    all_ = with_guesses(table, told)
    if missing := lacking(all_.places):
        return _unusable(missing, all_, table)
    cells = _Cells(all_)
    written = list(map(cells.of(Field.DATE), table.rows))
    dates, column = read_days(written, zone)
    contacts: list[Contact] = []
    passed_by: list[int] = []
    for row, text, read in zip(table.rows, written, dates, strict=True):
        contact = _contact(row, cells, read, column)
        # A row with neither is a total, a heading or a note.
        if text or contact.last:
            contacts.append(contact)
        else:
            passed_by.append(row.number)
    return Tracker(table, all_, tuple(contacts), tuple(passed_by))


def read_contacts(
    content: bytes, columns: Mapping[Field, str], zone: tzinfo
) -> tuple[Contact, ...] | Unusable:
    """The contacts in a tracker, or why it can't be used; arguments as for a tracker."""
    tracker = read_tracker(content, columns, zone)
    return tracker if isinstance(tracker, Unusable) else tracker.contacts


def _unusable(missing: tuple[str, ...], columns: Columns, table: Table) -> Unusable:
    *more, last = missing
    names = f"{', '.join(more)} and {last}" if more else last
    them = "them" if more else "it"
    told = set(columns.places) - columns.guessed
    if len(told) < _FEWEST_KNOWN and Field.DATE not in columns.places:
        return Unusable("has no headings that are known", f"Add {names}, {_OR_NAME.format(them)}")
    seem = [
        f"{_beginning(columns.places[field][0], table)} seems to be the {field.value}"
        for field in Field
        if field in columns.guessed
    ]
    if columns.of_job is not None and "Contact Title" in missing:
        seem.append(f"{_beginning(columns.of_job, table)} seems to be the advertised job's")
    mend = ". ".join([*seem, f"Add {names}, {_OR_NAME.format(them)}"])
    return Unusable(f"has no column for {names}", mend)


def _beginning(place: int, table: Table) -> str:
    name = column_named(place, table)
    return name[0].upper() + name[1:]


class _Cells:
    """What stands in a row about each field; of several columns the first that isn't empty."""

    def __init__(self, columns: Columns) -> None:
        self._of = {field: _reader(columns.places.get(field, ())) for field in Field}

    def of(self, field: Field) -> Callable[[Row], str]:
        """What reads a field of a row."""
        return self._of[field]


def _reader(places: tuple[int, ...]) -> Callable[[Row], str]:
    if not places:
        return lambda _: ""
    if len(places) == 1:
        (only,) = places
        return lambda row: row.cells[only] if only < len(row.cells) else ""

    def first_filled(row: Row) -> str:
        cells = row.cells
        return next((cells[place] for place in places if place < len(cells) and cells[place]), "")

    return first_filled


def _contact(row: Row, cells: _Cells, read: Read, column: Column) -> Contact:
    name, title = cells.of(Field.NAME)(row), cells.of(Field.TITLE)(row)
    if not name and (both := cells.of(Field.NAME_AND_TITLE)(row)):
        name, beside = split_title(both)
        title = title or beside
    first, last = split_name(name) if name else ("", "")
    own_first, own_last = cells.of(Field.FIRST_NAME)(row), cells.of(Field.LAST_NAME)(row)
    first = (cleaned(own_first) if own_first else "") or first
    last = (cleaned(own_last) if own_last else "") or last
    follow_up = cells.of(Field.FOLLOW_UP)(row)
    return Contact(
        row=row.number,
        name=name or f"{own_first} {own_last}".strip(),
        first=first,
        last=last,
        title=title,
        employer=cells.of(Field.EMPLOYER)(row),
        date=read if not isinstance(read, Yearless) else None,
        month_days=read.days if isinstance(read, Yearless) else _NONE,
        has_date=bool(cells.of(Field.DATE)(row)),
        summary=cells.of(Field.SUMMARY)(row),
        action=cells.of(Field.ACTION)(row),
        relation=cells.of(Field.RELATION)(row),
        follow_up=follow_up,
        follow_up_on=_day(follow_up, column),
    )


def _day(cell: str, column: Column) -> WrittenDate | None:
    """When a follow-up was, if a cell says nothing else."""
    return read_day(cell, column) if cell and _DIGIT.search(cell) else None
