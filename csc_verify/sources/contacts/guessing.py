"""Columns told by what stands in them, where no heading tells. Pure.

Dates, names and sentences can be told from anything else; what somebody does and where can't. A
guess never makes a row count: it says which column to give a heading, and the rows are in doubt
until then.
"""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import mean
from typing import TYPE_CHECKING, Final

from csc_verify.model import ContactField as Field
from csc_verify.sources.contacts.days import looks_like_date
from csc_verify.sources.contacts.people import split_title
from csc_verify.sources.contacts.trades import has_legal_form, is_of_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from csc_verify.sources.contacts.headings import Columns
    from csc_verify.sources.contacts.values import Table

_LOOKED_AT: Final = 200
_CHARACTERS: Final = 200
_MOST: Final = 0.8
_FEWEST_WORDS: Final = 3
_MUCH_LONGER: Final = 1.5
_FEWEST_HEADINGS: Final = 3
_LONGEST_HEADING: Final = 80
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_'\u2019.-]*(?:\s+[^\W\d_][^\W\d_'\u2019.-]*){1,3}")
_LONGEST_NAME: Final = 50
_NO_HEADING: Final = re.compile(r"://|@|\d{4}")
_NAMED: Final = frozenset(
    (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.NAME_AND_TITLE),
)


def with_guesses(table: Table, columns: Columns) -> Columns:
    """The columns of a table, with those that what stands in them tells beyond doubt.

    Args:
        table: The tracker.
        columns: What the headings tell.
    """
    taken = set(columns.taken)
    rows = [row.cells for row in table.rows[:_LOOKED_AT]]
    free = {
        place: [cells[place][:_CHARACTERS] for cells in rows if place < len(cells) and cells[place]]
        for place in range(len(table.headings))
        if place not in taken
    }
    found: dict[Field, tuple[int, ...]] = {}
    for field, only in (
        (Field.DATE, _only(free, looks_like_date, len(rows))),
        (Field.NAME, _only(free, looks_like_name, len(rows))),
        (Field.NAME_AND_TITLE, _only(free, _looks_like_both, len(rows))),
        (Field.SUMMARY, _longest(free)),
    ):
        if only is not None and _is_missing(field, {**columns.places, **found}):
            found[field] = (only,)
            free.pop(only, None)
    return replace(columns, places={**columns.places, **found}, guessed=frozenset(found))


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Whether a row may be that of the headings: several short texts, each once, and no date."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return (
        len(filled) >= _FEWEST_HEADINGS
        and len(set(filled)) == len(filled)
        and all(len(cell) <= _LONGEST_HEADING for cell in filled)
        and not any(_NO_HEADING.search(cell) or looks_like_date(cell) for cell in filled)
    )


def looks_like_name(cell: str) -> bool:
    """Whether a cell may hold a first and a last name, and nothing else."""
    return (
        len(cell) <= _LONGEST_NAME
        and _NAME.fullmatch(cell) is not None
        and not any(word[0].islower() for word in (cell, cell.rsplit(maxsplit=1)[-1]))
        and not is_of_titles(cell)
        and not has_legal_form(cell)
    )


def _looks_like_both(cell: str) -> bool:
    name, title = split_title(cell)
    return bool(title) and looks_like_name(name)


def _is_missing(field: Field, places: Mapping[Field, object]) -> bool:
    if field is Field.NAME_AND_TITLE:
        return _NAMED.isdisjoint(places) and Field.TITLE not in places
    return _NAMED.isdisjoint(places) if field is Field.NAME else field not in places


def _only(free: Mapping[int, Sequence[str]], is_so: Callable[[str], bool], rows: int) -> int | None:
    """The only column that is filled mostly, and mostly with one thing."""
    found = [
        place
        for place, cells in free.items()
        if cells and len(cells) * 2 >= rows and sum(map(is_so, cells)) >= _MOST * len(cells)
    ]
    return found[0] if len(found) == 1 else None


def _longest(free: Mapping[int, Sequence[str]]) -> int | None:
    """The column with the longest texts of several words, if none comes near it."""
    lengths = sorted(
        ((mean(map(len, cells)), place) for place, cells in free.items() if cells), reverse=True
    )
    if not lengths or (len(lengths) > 1 and lengths[0][0] < _MUCH_LONGER * lengths[1][0]):
        return None
    cells = free[lengths[0][1]]
    is_text = mean(len(cell.split()) for cell in cells) >= _FEWEST_WORDS
    return lengths[0][1] if is_text else None
