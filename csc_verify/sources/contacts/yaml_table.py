"""A tracker in YAML: a list of contacts, or one under ``contacts``. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.config.yaml_tree import MAX_BYTES, Value, read_document
from csc_verify.errors import ConfigError, Problem
from csc_verify.sources.contacts.values import Row, Table
from csc_verify.unusable import Unusable

_LIST: Final = re.compile(r"\A(?:[^\S\n]*(?:#[^\n]*)?\n|---[^\n]*\n)*[^\S\n]*-\s+\S")
_UNDER_KEY: Final = re.compile(r"\A(?:[^\S\n]*(?:#[^\n]*)?\n|---[^\n]*\n)*contacts:\s*(?:\n|\Z|\[)")
_MEND: Final = "Write a list, with name, title, company, date and notes for each contact"


def looks_like_yaml(text: str) -> bool:
    """Whether a text begins as a list in YAML does, and no table does."""
    # What is longer is no YAML that is read, and would cost memory for each empty line.
    beginning = text[:MAX_BYTES]
    return bool(_LIST.match(beginning) or _UNDER_KEY.match(beginning))


def read_yaml(text: str) -> Table | Unusable:
    """The table in a text; of an entry's keys, each is a heading."""
    # The configuration's own reader takes a mapping, and refuses what YAML can do harm with.
    whole = text if _UNDER_KEY.match(text) else f"contacts:\n{_without_marks(text)}"
    content = whole.encode("utf-8", "replace")
    if len(content) > MAX_BYTES:
        return Unusable(
            f"is YAML of more than {MAX_BYTES // 1024} KiB", "Save it as CSV, which may be larger"
        )
    try:
        document = read_document(content, "the tracker")
    except ConfigError as error:
        where = _where(error.problems[0], is_whole=whole is text)
        return Unusable(f"is no YAML that can be read{where}", _MEND)
    if document.problems:
        # Where a dash is forgotten, two contacts would be one that has each key twice.
        where = _where(document.problems[0], is_whole=whole is text)
        return Unusable(
            f"has{where or ' somewhere'} a key that stands there already",
            "Begin each contact with a dash (-), and write each of its keys once",
        )
    entries = document.data["contacts"]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return Unusable("is YAML, but no list of contacts", _MEND)
    mappings = [entry for entry in entries if isinstance(entry, dict)]
    headings = tuple(dict.fromkeys(key for entry in mappings for key in entry))
    rows = tuple(
        Row(number, tuple(_text(entry.get(heading)) for heading in headings))
        for number, entry in enumerate(mappings, start=1)
    )
    return Table(headings, rows, is_list=True)


def _where(problem: Problem, *, is_whole: bool) -> str:
    """The line of a problem, which below a key of ours is one further up in the file."""
    if problem.line is None:
        return ""
    return f" in line {problem.line if is_whole else problem.line - 1}"


def _without_marks(text: str) -> str:
    return re.sub(r"^---[^\n]*$", "", text, flags=re.MULTILINE)


def _text(value: Value) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()
