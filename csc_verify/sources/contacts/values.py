"""A tracker, as values. Nothing here is ever published: it is other people's data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_verify.dates import WrittenDate
    from csc_verify.sources.contacts.headings import Columns
    from csc_verify.sources.contacts.written_days import MonthDay


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: As a spreadsheet counts it, the first being 1; of YAML, the entry's number.
        cells: As written, without white space around.
    """

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A tracker's headings and the rows below them.

    Attributes:
        headings: As written.
        rows: Without those that are empty.
        is_list: Whether it is YAML, whose entries have keys and no columns.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """One row, read.

    Attributes:
        row: Its number.
        name: The whole name, as written.
        first: The given name; empty if there is none.
        last: The family name, likewise.
        title: What the person does; not the advertised job.
        employer: Where.
        date: When they were contacted; None if that can't be read, or has no year.
        month_days: What a date without a year may be; empty where it has one.
        has_date: Whether anything is written about it.
        summary: What was written about it.
        action: What kind of contact it was, as written.
        relation: What kind of person it is, as written.
        follow_up: What is written about a follow-up.
        follow_up_on: When it was or will be, if that is all that is written about it.
    """

    row: int
    name: str = field(repr=False)
    first: str = field(repr=False)
    last: str = field(repr=False)
    title: str = field(repr=False)
    employer: str = field(repr=False)
    date: WrittenDate | None = field(repr=False)
    month_days: frozenset[MonthDay] = field(repr=False)
    has_date: bool
    summary: str = field(repr=False)
    action: str = field(repr=False)
    relation: str = field(repr=False)
    follow_up: str = field(repr=False)
    follow_up_on: WrittenDate | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tracker:
    """A tracker, read.

    Attributes:
        table: Its rows, as written.
        columns: Which column is about what.
        contacts: The rows that may be contacts, in order.
        not_looked_at: Numbers of the others, which have neither a date nor a last name.
    """

    table: Table = field(repr=False)
    columns: Columns = field(repr=False)
    contacts: tuple[Contact, ...] = field(repr=False)
    not_looked_at: tuple[int, ...]


def committed(contact: Contact) -> tuple[str, ...]:
    """What a digest of a contact commits to: day, names, title, employer and summary.

    That is what the commitment asks of a contact; what else stands in the row may change later.
    """
    day = contact.date.iso if contact.date is not None else ""
    return (day, contact.first, contact.last, contact.title, contact.employer, contact.summary)
