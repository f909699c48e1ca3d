"""A file to a table: CSV as spreadsheets and tools write it, or YAML. Pure.

Spreadsheets write commas or, where those are decimal signs, semicolons; tools write tabs; and what
is above the headings (LinkedIn's notes) or below them is up to them. The separator and the row of
the headings are those with which most headings are known.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from csc_verify.sources.contacts.guessing import looks_like_headings
from csc_verify.sources.contacts.headings import known_among
from csc_verify.sources.contacts.values import Row, Table
from csc_verify.sources.contacts.yaml_table import looks_like_yaml, read_yaml
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csc_verify.model import ContactField

MAX_BYTES: Final = 20 * 1024 * 1024
"""Bytes that a tracker may have; ten thousand contacts take 3 MB."""
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 20_000
"""Characters of a cell that are looked at."""

_SEPARATORS: Final = (",", ";", "\t", "|")
# Excel's own line above a table, which it doesn't show as a row.
_SEPARATOR_LINE: Final = re.compile(r'\A"?sep=([^\r\n"])"?[^\S\r\n]*(?:\r\n?|\n)', re.IGNORECASE)
_ABOVE: Final = 25
_FEWEST_KNOWN: Final = 2
_FEWEST_COLUMNS: Final = 3
_HEADINGS: Final = "Give it the headings Company, Contact Name, Contact Title, Date and Notes"
_CSV: Final = "Save it as CSV (UTF-8), with one row of headings"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS: Final = (
    (b"PK\x03\x04", "is an Excel or OpenDocument workbook"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook"),
    (b"%PDF", "is a PDF"),
)


def read_table(content: bytes, columns: Mapping[ContactField, str]) -> Table | Unusable:
    """The table in a file; never raises for what it holds.

    Args:
        content: The file.
        columns: Headings that are configured.
    """
    if len(content) > MAX_BYTES:
        return Unusable(
            f"is larger than {MAX_BYTES // 2**20} MiB", "Keep this year's contacts only"
        )
    if (other := _other_format(content)) is not None:
        return other
    text = _decoded(content).replace("\0", "")
    if not text.strip():
        return Unusable("is empty", _HEADINGS)
    if looks_like_yaml(text):
        return read_yaml(text)
    return _read_csv(text, columns)


def _other_format(content: bytes) -> Unusable | None:
    for start, what in _OTHERS:
        if content.startswith(start):
            return Unusable(what, _CSV)
    beginning = content[:1000].lstrip().lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return Unusable(
            "is a web page and no table",
            "In Google Sheets: File, Share, Publish to web, as comma-separated values",
        )
    return None


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    sample = content[:2000]
    if sample.count(0) * 3 > len(sample):
        is_big = sample[::2].count(0) > sample[1::2].count(0)
        return content.decode("utf-16-be" if is_big else "utf-16-le", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read_csv(text: str, columns: Mapping[ContactField, str]) -> Table | Unusable:
    separators: tuple[str, ...] = _SEPARATORS
    if line := _SEPARATOR_LINE.match(text):
        text, separators = text[line.end() :], (line[1],)
    known, negative_row, separator = max(_headings(text, separators, columns), default=(0, 0, ","))
    if known < _FEWEST_KNOWN:
        # Which row is that of the headings, only its look can tell; what they mean is seen later.
        looks = max(_looks(text, separators), default=None)
        if looks is None:
            return Unusable(
                "has no headings that are known",
                f"{_HEADINGS}, or say under contacts.columns which is which",
            )
        _, negative_row, separator = looks
    return _below(text, separator, -negative_row)


def _headings(
    text: str, separators: Sequence[str], columns: Mapping[ContactField, str]
) -> Iterator[tuple[int, int, str]]:
    """Of each separator and row near the top: known headings, the row less than 0, separator."""
    for separator in separators:
        for number, cells in _near_top(text, separator):
            yield known_among(cells, columns), -number, separator


def _looks(text: str, separators: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Of each separator the first filled row, if it looks like headings: how many, and as above."""
    for separator in separators:
        filled = (
            (number, cells)
            for number, cells in _near_top(text, separator)
            if sum(map(bool, cells)) >= _FEWEST_COLUMNS
        )
        for number, cells in islice(filled, 1):
            if looks_like_headings(cells):
                yield len(cells), -number, separator


def _near_top(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(islice(_records(text, separator), _ABOVE), start=1):
            if len(cells) <= MOST_COLUMNS:
                yield number, cells
    except csv.Error:
        # With this separator it is no table at least; what is wrong shows with the right one.
        return


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _below(text: str, separator: str, heading_row: int) -> Table | Unusable:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    number = 0
    try:
        for number, cells in enumerate(_records(text, separator), start=1):
            if len(cells) > MOST_COLUMNS:
                return Unusable(f"has more than {MOST_COLUMNS} columns in row {number}", _CSV)
            if number < heading_row:
                continue
            kept = tuple(cell[:LONGEST_CELL].strip() for cell in cells)
            if number == heading_row:
                headings = kept
            elif any(kept):
                rows.append(Row(number, kept))
            if len(rows) > MOST_ROWS:
                return Unusable(f"has more than {MOST_ROWS} rows", "Keep this year's contacts only")
    except csv.Error:
        return Unusable(
            f"can't be read below row {number}",
            "A quotation mark there isn't closed, or a cell is endless; save it anew as CSV",
        )
    return Table(headings, tuple(rows))
