"""A tracker, as values. Nothing here is ever published: it is other people's data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_verify.dates import WrittenDate


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
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """One row, read.

    Attributes:
        row: Its number.
        first: The given name; empty if there is none.
        last: The family name, likewise.
        title: What the person does; not the advertised job.
        employer: Where.
        date: When they were contacted; None if that can't be read.
        has_date: Whether anything is written about it.
        summary: What was written about it.
        action: What kind of contact it was, as written.
        relation: What kind of person it is, as written.
        follow_up: What is written about a follow-up.
    """

    row: int
    first: str = field(repr=False)
    last: str = field(repr=False)
    title: str = field(repr=False)
    employer: str = field(repr=False)
    date: WrittenDate | None = field(repr=False)
    has_date: bool
    summary: str = field(repr=False)
    action: str = field(repr=False)
    relation: str = field(repr=False)
    follow_up: str = field(repr=False)


def committed(contact: Contact) -> tuple[str, ...]:
    """What a digest of a contact commits to: day, names, title, employer and summary.

    That is what the commitment asks of a contact; what else stands in the row may change later.
    """
    day = contact.date.iso if contact.date is not None else ""
    return (day, contact.first, contact.last, contact.title, contact.employer, contact.summary)
