"""Bytes to a table: what a file is, and in which encoding."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from csc_verify.roster.csv_table import read_csv
from csc_verify.roster.yaml_table import looks_like_yaml, read_yaml

if TYPE_CHECKING:
    from csc_verify.roster.aliases import Kind
    from csc_verify.roster.table import Table
    from csc_verify.roster.telling import Told

MAX_BYTES: Final = 20 * 1024 * 1024
"""Bytes that a file may have; a hundred thousand students take some 10 MB."""

_CSV: Final = "Save it as CSV (UTF-8), with one row of headings"
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHERS: Final = (
    (b"PK\x03\x04", "is an Excel or OpenDocument workbook"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook"),
    (b"%PDF", "is a PDF"),
)
_WEB_PAGES: Final = (b"<!doctype html", b"<html")


def read_table(content: bytes, kind: Kind, told: Told) -> Table | None:
    """The table in a file; None if there is none, which is told then.

    Args:
        content: The file.
        kind: What it shall be.
        told: Takes what is wrong, also while the rows are read.
    """
    if len(content) > MAX_BYTES:
        told.add(None, f"is larger than {MAX_BYTES // 2**20} MiB", "Split it into several files")
        return None
    other = _other_format(content)
    if other is not None:
        told.add(None, other, _CSV)
        return None
    text = _decoded(content, told)
    if not text.strip():
        told.add(None, "is empty", f"Give it the headings {kind.example}")
        return None
    if told.file.lower().endswith((".yml", ".yaml")) or looks_like_yaml(text, kind):
        return read_yaml(text, kind, told)
    return read_csv(text, kind, told)


def _other_format(content: bytes) -> str | None:
    if content[:1000].lstrip().lower().startswith(_WEB_PAGES):
        return "is a web page and no table"
    return next((what for start, what in _OTHERS if content.startswith(start)), None)


def _decoded(content: bytes, told: Told) -> str:
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
    if encoding == "utf-16":
        told.add(line, "holds something that is no UTF-16", _CSV)
        return content.decode(encoding, "replace")
    text = "is not UTF-8 text, and was read as Windows-1252 (Latin-1)"
    told.add(line, text, "See whether the names are right, or save it as UTF-8")
    return content.decode("cp1252", "replace")
