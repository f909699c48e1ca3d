"""Which column of a table is about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.config.forms import nearest, quoted
from csc_verify.letters import bare
from csc_verify.roster.aliases import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csc_verify.roster.aliases import Kind
    from csc_verify.roster.table import Row, Table
    from csc_verify.roster.telling import Told

_SIGNS: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"(?<=[a-z])\d{1,2}$")
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """Where to look in a row.

    Attributes:
        headings: Of the table.
        places: Of each column that is there, the indexes of its cells, the surest first.
    """

    headings: tuple[str, ...]
    places: Mapping[Column, tuple[int, ...]]

    def has(self, column: Column) -> bool:
        """Whether the table has such a column."""
        return column in self.places

    def filled(self, row: Row, column: Column) -> list[str]:
        """The cells of a column that aren't empty, the surest first."""
        places, cells = self.places.get(column, ()), row.cells
        return [cells[place] for place in places if place < len(cells) and cells[place]]

    def first(self, row: Row, column: Column) -> str:
        """The surest cell that isn't empty; empty if there is none."""
        cells = row.cells
        for place in self.places.get(column, ()):
            if place < len(cells) and cells[place]:
                return cells[place]
        return ""

    def called(self, column: Column) -> str:
        """What the table calls a column, for a message."""
        places = self.places.get(column)
        if not self.headings:
            return "the entry"
        return quoted(self.headings[places[0]] if places else column)


def columns_of(table: Table, kind: Kind, told: Told) -> Columns:
    """The columns of a table; those that are unknown are told, once each."""
    if not table.headings:
        return Columns((), {Column.GITHUB: (0,)})
    found: dict[Column, list[tuple[int, int]]] = {}
    for place, heading in enumerate(table.headings):
        match _known(heading, kind):
            case Column() as column, rank:
                found.setdefault(column, []).append((rank, place))
            case None:
                _tell_unknown(heading, table.line, kind, told)
            case _:  # nothing is written there, or nothing that we need
                pass
    places = {column: tuple(place for _, place in sorted(at)) for column, at in found.items()}
    return Columns(table.headings, places)


def known_among(headings: Iterable[str], kind: Kind) -> int:
    """How many headings are known."""
    return sum(1 for heading in headings if heading and _known(heading, kind) is not None)


def column_of(heading: str, kind: Kind) -> Column | None:
    """What a heading is about; None if nothing that we need, or unknown."""
    known = _known(heading, kind)
    return known[0] if known else None


def _known(heading: str, kind: Kind) -> tuple[Column | None, int] | None:
    """The column of a heading, and how sure it is; None if it is unknown."""
    word = _SIGNS.sub("", bare(heading[:_LONGEST]))
    if not word or word in kind.unread:
        return None, 0
    numbered = kind.ranks.get(_NUMBER.sub("", word))
    if numbered is not None and numbered[0] is Column.BLOG:
        return numbered
    return kind.ranks.get(word)


def _tell_unknown(heading: str, line: int, kind: Kind, told: Told) -> None:
    if told.is_full:
        told.add(line, "")
        return
    near = nearest(_SIGNS.sub("", bare(heading[:_LONGEST])), kind.ranks)
    hint = f"did you mean {quoted(kind.ranks[near][0])}?" if near else "It is not looked at"
    told.add(line, f"unknown column {quoted(heading)}", hint)


def missing(columns: Columns, needed: Iterable[Column]) -> Iterator[Column]:
    """The columns that a table should have and hasn't."""
    return (column for column in needed if not columns.has(column))
