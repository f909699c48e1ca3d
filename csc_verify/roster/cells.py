"""What stands in a cell, as the configuration writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import available_timezones

from pydantic_core import PydanticCustomError

from csc_verify.letters import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csc_verify.config.forms import Form

# What forms and people put where there is nothing to say.
_NOTHING: Final = frozenset({"-", "–", "n/a", "none", "null", "false", "tbd", "#n/a"})
_LONGEST_WORD: Final = 100
# Addresses may hold commas and semicolons; what separates them is followed by the next address.
_BETWEEN_ADDRESSES: Final = re.compile(r"\s+|[,;](?=[\s,;]|\Z|https?://|www\.)", re.IGNORECASE)
_HOST_FIRST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[:/?#]\S*)?", re.IGNORECASE)
_BETWEEN_WORDS: Final = re.compile(r"[\s,;|+]+")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a text can't be used.

    Attributes:
        predicate: What is wrong with it, to follow the column's name.
        hint: What to write instead.
    """

    predicate: str
    hint: str


def refused(form: Form, text: str) -> Wrong | None:
    """What a form of the configuration says against a text."""
    try:
        form.accept(text)
    except PydanticCustomError as error:
        context = error.context or {}
        return Wrong(context["text"], context["hint"])
    return None


def said(cell: str) -> str:
    """A cell, or nothing if it says in a word or a sign that there is nothing."""
    short = len(cell) <= _LONGEST_WORD
    return "" if short and cell.casefold() in _NOTHING else cell


def addresses(cells: Iterable[str]) -> list[str]:
    """The addresses in cells, each once."""
    parts = (part for cell in cells for part in _BETWEEN_ADDRESSES.split(cell))
    return list(dict.fromkeys(map(_with_scheme, filter(None, parts))))


def _with_scheme(address: str) -> str:
    return f"https://{address}" if _HOST_FIRST.fullmatch(address) else address


def hyphenated(cell: str) -> str:
    """A word of the configuration: ``Software Engineering`` is ``software-engineering``."""
    return re.sub(r"[\s_]+", "-", folded(cell[:_LONGEST_WORD]))


def words(cell: str) -> list[str]:
    """Words of the configuration, each once."""
    parts = _BETWEEN_WORDS.split(cell[: _LONGEST_WORD * 10].casefold())
    return list(dict.fromkeys(filter(None, parts)))


def zone_named(cell: str) -> str | None:
    """The time zone's name as the zone database writes it: ``Europe/Berlin``; None if unknown."""
    return _zones().get(re.sub(r"\s+", "_", cell[:_LONGEST_WORD].casefold()))


@cache
def _zones() -> Mapping[str, str]:
    # The whole list at once: to look for each wrong name among the files takes a thousand times
    # longer.
    return {name.casefold(): name for name in available_timezones()}
