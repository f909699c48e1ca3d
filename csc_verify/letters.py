"""Texts as they are compared: what makes no difference to a reader left out."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """A text without case, folded white space, and one way of writing each letter (NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def bare(text: str) -> str:
    """A text without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))
