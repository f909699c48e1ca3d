"""Cells that say nothing, in a word or a sign. Pure."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[\W_]+")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
# Without their signs; what starts with # is what spreadsheets write where a formula failed.
_NOTHING: Final = frozenset(
    (
        *("na", "none", "no", "nil", "null", "false", "0", "tbd", "tba", "todo", "pending"),
        *("unsure", "notlisted", "nonegiven", "notprovided", "notitle", "noidea", "unemployed"),
        *(
            "betweenjobs",
            "confidential",
            "unknown",
            "notknown",
            "notsure",
            "dontknow",
            "idk",
            "empty",
            "blank",
        ),
        *("unbekannt", "keine", "keiner", "desconocido", "desconocida", "ninguno"),
        *("inconnu", "inconnue", "aucun", "aucune"),
    )
)
_ERRORS: Final = frozenset(("ref", "value", "name", "div0", "num", "error", "spill"))
_LONGEST: Final = max(map(len, _NOTHING)) * 2
# As a name these can be nobody's: "Na", "No" and "Null" are, and have no sign in them.
_NO_NAMES: Final = frozenset(("n/a", "n.a.", "#n/a", "n/a.", "unknown", "tbd", "unbekannt"))


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing: ``-``, ``N/A``, ``???``, ``unknown``, ``TBD``."""
    if _LETTER_OR_DIGIT.search(cell) is None:
        return True
    if len(cell) > _LONGEST:
        return False
    word = _SIGNS.sub("", cell.casefold())
    return word in _NOTHING or (cell.lstrip().startswith("#") and word in _ERRORS)


def is_no_name(word: str) -> bool:
    """Whether a word of a name stands for a name that isn't known."""
    return word.casefold() in _NO_NAMES
