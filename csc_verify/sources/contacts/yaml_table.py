"""A tracker in YAML: a list of contacts, or one under ``contacts``. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.config.yaml_tree import Value, read_document
from csc_verify.errors import ConfigError
from csc_verify.sources.contacts.values import Row, Table
from csc_verify.unusable import Unusable

_LIST: Final = re.compile(r"\A(?:\s*(?:#[^\n]*)?\n|---[^\n]*\n)*-\s+\S")
_UNDER_KEY: Final = re.compile(r"\A(?:\s*(?:#[^\n]*)?\n|---[^\n]*\n)*contacts:\s*(?:\n|\Z|\[)")
_MEND: Final = "Write a list, with name, title, company, date and notes for each contact"


def looks_like_yaml(text: str) -> bool:
    """Whether a text begins as a list in YAML does, and no table does."""
    return bool(_LIST.match(text) or _UNDER_KEY.match(text))


def read_yaml(text: str) -> Table | Unusable:
    """The table in a text; of an entry's keys, each is a heading."""
    # The configuration's own reader takes a mapping, and refuses what YAML can do harm with.
    whole = text if _UNDER_KEY.match(text) else f"contacts:\n{_without_marks(text)}"
    try:
        entries = read_document(whole.encode("utf-8", "replace"), "the tracker").data["contacts"]
    except ConfigError as error:
        line = error.problems[0].line
        where = f" in line {line}" if line and whole is text else ""
        return Unusable(f"is no YAML that can be read{where}", _MEND)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return Unusable("is YAML, but no list of contacts", _MEND)
    mappings = [entry for entry in entries if isinstance(entry, dict)]
    headings = tuple(dict.fromkeys(key for entry in mappings for key in entry))
    rows = tuple(
        Row(number, tuple(_text(entry.get(heading)) for heading in headings))
        for number, entry in enumerate(mappings, start=1)
    )
    return Table(headings, rows)


def _without_marks(text: str) -> str:
    return re.sub(r"^---[^\n]*$", "", text, flags=re.MULTILINE)


def _text(value: Value) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()
