"""A table of texts, whatever it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 50_000
"""Characters of a cell that are looked at: twenty of the longest addresses."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that isn't blank.

    Attributes:
        line: The file's line at which it begins, from 1.
        cells: Texts without blanks around them; as many as headings, or fewer.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and the rows below them.

    Attributes:
        headings: As written; empty for a mere list, whose rows have one cell each.
        line: Where the headings stand, from 1.
        rows: Read as they are asked for, once.
    """

    headings: tuple[str, ...]
    line: int
    rows: Iterator[Row]
