"""A YAML file to activities: a list, or one under ``activities``. Pure.

Nothing of what stands in the file is repeated in an error, since it may be a secret.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from csc_verify.config.forms import nearest
from csc_verify.config.yaml_tree import MAX_BYTES, Value, read_document
from csc_verify.errors import ConfigError
from csc_verify.sources.design.values import Activity
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.errors import Problem

MOST_ACTIVITIES: Final = 500

_KEYS: Final = ("date", "kind", "title", "link", "specialization", "challenge")
_MEND: Final = "Write a list, with date, kind, title and link for each activity"
_SMALLER: Final = "Keep this year's activities only"
_ABOVE: Final = b"activities:\n"
# YAML's own marks of a document, which may not stand below a key.
_MARK: Final = re.compile(rb"^(?:---|\.\.\.)[^\n]*$", re.MULTILINE)
# A list in brackets, which has to be indented below a key.
_BRACKET: Final = re.compile(rb"^\[", re.MULTILINE)


def read_activities(content: bytes) -> tuple[Activity, ...] | Unusable:
    """The activities in a file, or why it can't be used; never raises for what it holds.

    Args:
        content: The file.
    """
    if len(content) > MAX_BYTES - len(_below_key(b"[")):
        return Unusable(f"is larger than {MAX_BYTES // 1024} KiB", _SMALLER)
    entries = _entries(content.removeprefix(codecs.BOM_UTF8))
    if isinstance(entries, Unusable):
        return entries
    if len(entries) > MOST_ACTIVITIES:
        return Unusable(f"has more than {MOST_ACTIVITIES} activities", _SMALLER)
    activities: list[Activity] = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            return Unusable(f"has an entry {number} that is no activity", _MEND)
        activities.append(_activity(number, entry))
    return tuple(activities)


def _entries(content: bytes) -> list[Value] | Unusable:
    is_bare = _first_line(content).startswith((b"-", b"["))
    # The configuration's own reader takes a mapping, and refuses what YAML can do harm with.
    whole = _below_key(content) if is_bare else content
    try:
        document = read_document(whole, "the list of activities")
    except ConfigError as error:
        where = _where(error.problems[0], is_bare=is_bare)
        return Unusable(f"is no YAML that can be read{where}", _MEND)
    if document.problems:
        # Where a dash is forgotten, two activities would be one that has each key twice.
        where = _where(document.problems[0], is_bare=is_bare)
        return Unusable(
            f"has a key twice in one place{where}",
            "Begin each activity with a dash (-), and write each of its keys once",
        )
    if not document.data:
        return Unusable("is empty", _MEND)
    entries = document.data.get("activities", "")
    # Beside other keys nothing would mean that a dash lacks its space: "-date: 2026-11-17".
    if entries is None and len(document.data) == 1:
        return []
    return entries if isinstance(entries, list) else Unusable("is no list of activities", _MEND)


def _below_key(content: bytes) -> bytes:
    return _ABOVE + _BRACKET.sub(b" [", _MARK.sub(b"", content), count=1)


def _first_line(content: bytes) -> bytes:
    """The first line that says something, without white space around."""
    lines = (line.strip() for line in content.splitlines())
    return next((line for line in lines if line and not line.startswith((b"#", b"---"))), b"")


def _where(problem: Problem, *, is_bare: bool) -> str:
    line = (problem.line or 0) - is_bare
    return f" in line {line}" if line > 0 else ""


def _activity(number: int, entry: Mapping[str, Value]) -> Activity:
    texts = {key: _text(entry.get(key)) for key in _KEYS}
    missing = [key for key in _KEYS if key not in entry]
    unknown = [key for key in entry if key not in _KEYS]
    misspelt = {near for key in unknown if (near := nearest(key, missing)) is not None}
    return Activity(number, **texts, misspelt=frozenset(misspelt))


def _text(value: Value) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    # A title may be the word "true", or a number.
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
