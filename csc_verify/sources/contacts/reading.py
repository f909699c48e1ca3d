"""From a table to contacts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.model import ContactField
from csc_verify.sources.contacts.days import read_days
from csc_verify.sources.contacts.headings import lacking, places_of
from csc_verify.sources.contacts.people import split_name, split_title
from csc_verify.sources.contacts.table import read_table
from csc_verify.sources.contacts.values import Contact
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from csc_verify.dates import WrittenDate
    from csc_verify.sources.contacts.values import Row


def read_contacts(
    content: bytes, columns: Mapping[ContactField, str], zone: tzinfo
) -> tuple[Contact, ...] | Unusable:
    """The contacts in a tracker, or why it can't be used.

    Args:
        content: The file.
        columns: Headings that are configured.
        zone: The student's.
    """
    table = read_table(content, columns)
    if isinstance(table, Unusable):
        return table
    places = places_of(table.headings, columns)
    if isinstance(places, Unusable):
        return places
    if missing := lacking(places):
        names = " and ".join(missing)
        return Unusable(
            f"has no column for {names}",
            f"Add {names}, or say under contacts.columns which column it is",
        )
    written = [_cell(row, places, ContactField.DATE) for row in table.rows]
    dates = read_days(written, zone)
    contacts = (_contact(row, places, date) for row, date in zip(table.rows, dates, strict=True))
    # A row with neither is a total, a heading or a note.
    return tuple(it for it in contacts if it.has_date or it.last)


def columns_of(
    content: bytes, columns: Mapping[ContactField, str]
) -> Mapping[ContactField, int] | Unusable:
    """Which column of a tracker is about what, the first being 0; or why it can't be used.

    Args:
        content: The file.
        columns: Headings that are configured.
    """
    table = read_table(content, columns)
    return table if isinstance(table, Unusable) else places_of(table.headings, columns)


def _contact(row: Row, places: Mapping[ContactField, int], date: WrittenDate | None) -> Contact:
    def cell(field: ContactField) -> str:
        return _cell(row, places, field)

    name, title = cell(ContactField.NAME), cell(ContactField.TITLE)
    if ContactField.NAME_AND_TITLE in places and not name:
        name, beside = split_title(cell(ContactField.NAME_AND_TITLE))
        title = title or beside
    first, last = split_name(name)
    return Contact(
        row=row.number,
        first=cell(ContactField.FIRST_NAME) or first,
        last=cell(ContactField.LAST_NAME) or last,
        title=title,
        employer=cell(ContactField.EMPLOYER),
        date=date,
        has_date=bool(cell(ContactField.DATE)),
        summary=cell(ContactField.SUMMARY),
        action=cell(ContactField.ACTION),
        relation=cell(ContactField.RELATION),
        follow_up=cell(ContactField.FOLLOW_UP),
    )


def _cell(row: Row, places: Mapping[ContactField, int], field: ContactField) -> str:
    place = places.get(field)
    return row.cells[place] if place is not None and place < len(row.cells) else ""
