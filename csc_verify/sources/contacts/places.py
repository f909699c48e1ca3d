"""Where something stands in a tracker, by numbers and letters alone. Pure."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from csc_verify.model import ContactField as Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.sources.contacts.values import Table, Tracker

_LETTERS: Final = 26
# Where a name or a title has no column of its own, it is looked for in these.
_INSTEAD: Final = {
    Field.FIRST_NAME: (Field.FIRST_NAME, Field.NAME, Field.NAME_AND_TITLE),
    Field.LAST_NAME: (Field.LAST_NAME, Field.NAME, Field.NAME_AND_TITLE),
    Field.NAME: (Field.NAME, Field.NAME_AND_TITLE, Field.LAST_NAME),
    Field.TITLE: (Field.TITLE, Field.NAME_AND_TITLE),
}


def letters_of(place: int) -> str:
    """A column as a spreadsheet names it, the first being A.

    Args:
        place: The first being 0.
    """
    before, letter = divmod(place, _LETTERS)
    return (letters_of(before - 1) if before else "") + chr(ord("A") + letter)


def column_named(place: int, table: Table) -> str:
    """A column of a table, or a key of a list."""
    return f"key {place + 1}" if table.is_list else f"column {letters_of(place)}"


def row_named(number: int, table: Table) -> str:
    """A row of a table, or an entry of a list."""
    return f"entry {number}" if table.is_list else f"row {number}"


def rows_named(numbers: Sequence[int], table: Table) -> str:
    """Several rows, those that follow each other as one stretch: "rows 3–40, 52".

    Args:
        numbers: In order, at least one.
        table: Where they are.
    """
    if len(numbers) == 1:
        return row_named(numbers[0], table)
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1][1:] = [number]
        else:
            stretches.append([number])
    told = ", ".join(_stretch(stretch) for stretch in stretches)
    return f"{'entries' if table.is_list else 'rows'} {told}"


def _stretch(ends: Sequence[int]) -> str:
    near = ends[-1] - ends[0] == 1
    return (", " if near else "–").join(map(str, ends))


def cell_named(number: int, field: Field, tracker: Tracker) -> str:
    """A row, and the column that is about something; the row alone where no column is."""
    row = row_named(number, tracker.table)
    fields = _INSTEAD.get(field, (field,))
    found = next((it for it in fields if it in tracker.columns.places), None)
    if found is None:
        return row
    if tracker.table.is_list:
        return f"{row}, {found.value}"
    place = _place(number, tracker.columns.places[found], tracker.table)
    return f"{row}, column {letters_of(place)}"


def _place(number: int, places: tuple[int, ...], table: Table) -> int:
    """Of several columns about one thing the first that is filled; the first if none is."""
    if len(places) == 1:
        return places[0]
    row = table.rows[bisect_left(table.rows, number, key=lambda row: row.number)]
    return next((it for it in places if it < len(row.cells) and row.cells[it]), places[0])
