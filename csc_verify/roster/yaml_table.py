"""YAML: a list of students, or one under a key; of an entry's keys, each is a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.config.forms import quoted
from csc_verify.config.yaml_tree import MAX_BYTES, Document, Value, read_document
from csc_verify.errors import ConfigError
from csc_verify.roster.aliases import Column
from csc_verify.roster.columns import column_of
from csc_verify.roster.table import LONGEST_CELL, MOST_COLUMNS, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.roster.aliases import Kind
    from csc_verify.roster.telling import Told

_EXACT: Final = (Column.GITHUB, Column.LOGIN, Column.REPOSITORY, Column.IDENTIFIER)
_ABOVE: Final = r"\A(?:[^\S\n]*(?:#[^\n]*)?\n|---[^\n]*\n)*"
_LIST: Final = re.compile(_ABOVE + r"(?P<list>[^\S\n]*(?:-\s|(?P<flow>\[)))")


def looks_like_yaml(text: str, kind: Kind) -> bool:
    """Whether a text begins as YAML does, and no table does."""
    # What is longer is no YAML that is read, and would cost time for each empty line.
    return bool(_LIST.match(text[:MAX_BYTES])) or _is_under_key(text, kind)


def read_yaml(text: str, kind: Kind, told: Told) -> Table | None:
    """The table in a text; None if there is no list in it, which is told then."""
    # The configuration's own reader takes a mapping, and refuses what YAML can do harm with.
    whole, shift = _under_key(text, kind)
    content = whole.encode("utf-8", "replace")
    if len(content) > MAX_BYTES:
        size = f"is YAML of more than {MAX_BYTES // 1024} KiB"
        told.add(None, size, "Save it as CSV, which may be larger")
        return None
    try:
        document = read_document(content, told.file)
    except ConfigError as error:
        for problem in error.problems:
            line = None if problem.line is None else max(problem.line - shift, 1)
            told.add(line, problem.text, problem.hint)
        return None
    for problem in document.problems:
        told.add((problem.line or 1) - shift, problem.text, problem.hint)
    return _table(document, shift, kind, told)


def _under_key(text: str, kind: Kind) -> tuple[str, int]:
    """A text whose list is under its key, and how many lines it became longer."""
    found = _LIST.match(text[:MAX_BYTES])
    if not found:
        return text, 0
    begin = found.start("list")
    between, shift = (" ", 0) if found["flow"] else ("\n", 1)
    return f"{text[:begin]}{kind.what}:{between}{text[begin:]}", shift


def _is_under_key(text: str, kind: Kind) -> bool:
    return bool(re.match(rf"{_ABOVE}{kind.what}:\s*(?:#[^\n]*)?(?:\n|\Z|\[)", text[:MAX_BYTES]))


def _table(document: Document, shift: int, kind: Kind, told: Told) -> Table | None:
    listed = document.data.get(kind.what)
    for key in document.data:
        if key != kind.what:
            line = document.lines_of_keys[(key,)] - shift
            told.add(line, f"unknown key {quoted(key)}", f"Only {quoted(kind.what)} is looked at")
    if not isinstance(listed, list):
        told.add(None, "is YAML, but no list", f"Write a list, or one under {kind.what}:")
        return None
    lines = [document.lines_of_keys[kind.what, at] - shift for at in range(len(listed))]
    if kind.may_be_list and not any(isinstance(entry, dict) for entry in listed):
        return Table((), 0, _names(listed, lines, told))
    keys = dict.fromkeys(key for entry in listed if isinstance(entry, dict) for key in entry)
    headings = tuple(keys)[:MOST_COLUMNS]
    if len(keys) > MOST_COLUMNS:
        told.add(None, f"has more than {MOST_COLUMNS} different keys", "The rest isn't looked at")
    return Table(headings, lines[0] if lines else 1, _rows(listed, lines, headings, kind, told))


def _names(listed: list[Value], lines: list[int], told: Told) -> Iterator[Row]:
    for entry, line in zip(listed, lines, strict=True):
        if isinstance(entry, str):
            yield Row(line, (entry[:LONGEST_CELL].strip(),))
        elif entry is not None:
            told.add(line, "is no login or repository", "Write one text, in quotes if it's digits")


def _rows(
    listed: list[Value], lines: list[int], headings: tuple[str, ...], kind: Kind, told: Told
) -> Iterator[Row]:
    for entry, line in zip(listed, lines, strict=True):
        if not isinstance(entry, dict):
            told.add(line, "is no mapping of keys to values", "Write keys, such as github: alice")
            continue
        odd = [key for key, value in entry.items() if not _is_cell(key, value, kind)]
        for key in odd:
            hint = "Write one text or a list of texts; put digits that begin with 0 in quotes"
            told.add(line, f"{quoted(key)} is no text", hint)
        cells = tuple(_cell(entry.get(heading)) for heading in headings)
        if any(cells) and not odd:
            yield Row(line, cells)


def _is_cell(key: str, value: Value, kind: Kind) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str) for part in value)
    if isinstance(value, int) and not isinstance(value, bool):
        # YAML's number 7 was perhaps written 007, which is another login.
        return column_of(key, kind) not in _EXACT
    return not isinstance(value, dict)


def _cell(value: Value) -> str:
    """A value as a cell has it; several below each other."""
    if isinstance(value, list):
        value = "\n".join(str(part) for part in value)
    return "" if value is None else str(value)[:LONGEST_CELL].strip()
