"""CSV as spreadsheets and GitHub Classroom write it, or a mere list of names.

Spreadsheets write commas or, where those are decimal signs, semicolons; tools write tabs. The
separator is the one with which most headings are known.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from csc_verify.roster.columns import known_among
from csc_verify.roster.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Table
from csc_verify.roster.telling import Told

if TYPE_CHECKING:
    from csc_verify.roster.aliases import Kind

_SEPARATORS: Final = (",", ";", "\t")
# Excel's own line above a table, which it doesn't show as a row.
_SEPARATOR_LINE: Final = re.compile(r'"?sep=([^\r\n"])"?\s*', re.IGNORECASE)
_MOST_LINES: Final = 5 * MOST_ROWS
_MOST_BROKEN: Final = 50
"""Rows that can't be read, after which no further one is tried: each may cost 128 KB of reading."""


@dataclass(slots=True)
class _Lines(Iterator[str]):
    """Lines that are taken one by one, and can be gone back to."""

    lines: list[str]
    at: int = 0

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def read_csv(text: str, kind: Kind, told: Told) -> Table | None:
    """The table in a text; None if its headings are unknown, which is told then."""
    lines = list(islice(io.StringIO(text, newline=""), _MOST_LINES))
    if len(lines) == _MOST_LINES:
        told.add(_MOST_LINES, "has more lines than are read", "Remove blank lines, or split it")
    separators: tuple[str, ...] = _SEPARATORS
    begin = 0
    if line := _SEPARATOR_LINE.fullmatch(lines[0]):
        separators, begin = (line[1],), 1
    first = [
        (known_among(cells, kind), cells, separator)
        for separator in separators
        for cells in [_first(_Lines(lines, begin), separator)]
    ]
    known, cells, separator = max(first, key=lambda it: it[0])
    records = _records(_Lines(lines, begin), separator, told)
    if known:
        return _below_headings(records, told)
    if kind.may_be_list and len(cells) == 1:
        return Table((), 0, _rows(_without_comments(records), 1, told))
    told.add(begin + 1, "no heading is known", f"Give it the headings {kind.example}")
    return None


def _first(lines: _Lines, separator: str) -> list[str]:
    """The cells of the first row that isn't blank."""
    records = _filled(_records(lines, separator, Told("")))
    return next((_stripped(cells, MOST_COLUMNS) for _, cells in records), [])


def _filled(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((line, cells) for line, cells in records if any(map(str.strip, cells)))


def _below_headings(records: Iterator[tuple[int, list[str]]], told: Told) -> Table:
    """The table whose headings are the first row that isn't blank; there is one."""
    line, cells = next(_filled(records))
    headings = _stripped(cells, MOST_COLUMNS)
    if len(cells) > MOST_COLUMNS:
        told.add(line, f"has more than {MOST_COLUMNS} columns", "Those behind are not looked at")
    # Where several exports were put together, the headings come again.
    others = (it for it in records if _stripped(it[1], MOST_COLUMNS) != headings)
    return Table(tuple(headings), line, _rows(others, len(cells), told))


def _rows(records: Iterator[tuple[int, list[str]]], width: int, told: Told) -> Iterator[Row]:
    number = 0
    for line, cells in records:
        kept = _stripped(cells, min(width, MOST_COLUMNS))
        if any(map(str.strip, cells[width:])):
            text = "has more cells than there are headings" if width > 1 else "has several cells"
            told.add(line, text, "Put a cell that holds a separator in quotation marks")
        elif any(kept):
            number += 1
            if number > MOST_ROWS:
                told.add(line, f"is beyond {MOST_ROWS:,} rows, and not read", "Split the file")
                return
            yield Row(line, tuple(kept))


def _stripped(cells: list[str], most: int) -> list[str]:
    return [cell[:LONGEST_CELL].strip() for cell in cells[:most]]


def _without_comments(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((line, cells) for line, cells in records if not (cells and cells[0][:1] == "#"))


def _records(lines: _Lines, separator: str, told: Told) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins in; those that can't be read are told."""
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    broken = 0
    while True:
        begin = lines.at
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken += 1
            if broken > _MOST_BROKEN:
                told.add(begin + 1, "can't be read, nor what follows", "Save it anew as CSV")
                return
            hint = "Close each quotation mark, double those inside of a cell, keep cells short"
            told.add(begin + 1, "can't be read", hint)
            # A quotation mark that isn't closed takes only its own line with it.
            lines.at = begin + 1
        else:
            yield begin + 1, cells
