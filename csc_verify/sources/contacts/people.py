"""Names as people write them: split, and compared. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.letters import bare

_BEFORE: Final = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "herr", "frau")
)
_BEHIND: Final = frozenset(
    (
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "mba",
        "md",
        "msc",
        "bsc",
        "ma",
        "ba",
        "pmp",
        "cpa",
        "esq",
    )
)
# What stands between a name and a title in one cell; a comma only where nothing else does.
_BETWEEN: Final = re.compile(r"\s+[-\u2012-\u2015|/@]\s+|\s*[|\n;]\s*|\s*\((?=[^()]*\)\s*$)")
_COMMA: Final = re.compile(r"\s*,\s*")
_NO_LETTER: Final = re.compile(r"[\W\d_]+")


def split_title(cell: str) -> tuple[str, str]:
    """The name and the title that share a cell; an empty title if there is none.

    Args:
        cell: As in "Ada Lovelace, Engineer", "Ada Lovelace - Engineer" or with a line between.
    """
    found = _BETWEEN.search(cell) or _COMMA.search(cell)
    if found is None:
        return cell.strip(), ""
    return cell[: found.start()].strip(), cell[found.end() :].strip().removesuffix(")").strip()


def split_name(cell: str) -> tuple[str, str]:
    """The given and the family name of a whole one; either may be empty.

    Args:
        cell: As in "Ada Lovelace", "Lovelace, Ada" or "Dr. Ada King, PhD".
    """
    parts = [part for part in _COMMA.split(cell.strip()) if part]
    while len(parts) > 1 and _plain(parts[-1]) in _BEHIND:
        parts.pop()
    words = " ".join([*parts[1:], parts[0]] if parts else []).split()
    while words and _plain(words[0]) in _BEFORE:
        words.pop(0)
    while len(words) > 1 and _plain(words[-1]) in _BEHIND:
        words.pop()
    words = [word for word in words if _plain(word)]
    return (words[0], " ".join(words[1:])) if words else ("", "")


def identity(first: str, last: str) -> tuple[str, ...]:
    """What two spellings of one person's name share.

    Case, accents, signs, spaces and the order of the names make no difference.
    """
    return tuple(sorted(filter(None, (_plain(word) for word in f"{first} {last}".split()))))


def _plain(word: str) -> str:
    return _NO_LETTER.sub("", bare(word))
