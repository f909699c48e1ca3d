"""Texts as they are compared: what makes no difference to a reader left out."""

from __future__ import annotations

import unicodedata
from typing import Final

MOST_MARKS: Final = 30
"""Marks in a row that a letter keeps, as in the Stream-Safe Text Format (UAX #15): to put more of
them in order takes time that grows with their square."""


def folded(text: str) -> str:
    """A text without case, folded white space, and one way of writing each letter (NFKC)."""
    whole = unicodedata.normalize("NFKC", with_few_marks(text))
    return " ".join(whole.split()).casefold()


def bare(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", with_few_marks(text).casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def with_few_marks(text: str) -> str:
    """A text whose letters carry no more marks than any script has."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
