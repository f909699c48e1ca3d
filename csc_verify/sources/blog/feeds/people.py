"""Whom a feed names, by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csc_verify.sources.blog.feeds.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_verify.sources.blog.feeds.records import Record, Value

LONGEST_NAME = 300
"""Characters that are kept of a name."""
# RSS 2.0 asks for "mail (Name)"; mail programs write "Name <mail>".
_MAIL_AND_NAME = re.compile(r"^[^\s@]+@\S+ \((?P<name>[^)]+)\)$")
_NAME_AND_MAIL = re.compile(r"^(?P<name>[^<(]+) [<(][^\s@]+@\S+[>)]$")
_MOST_NAMES = 50


def named(record: Record, elements: Iterable[str]) -> tuple[str, ...]:
    """Everybody whom some elements name, once each, in the order of the document.

    Args:
        record: A channel's, an entry's or a source's elements.
        elements: Which of them name people.
    """
    names = (name_of(value) for element in elements for value in record.get(element, ()))
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_NAMES]


def name_of(value: Value) -> str:
    """The name in an element: Atom's has parts, RSS's has "mail (Name)"; else all of its text."""
    for part in ("name", "atom:name", "email", "atom:email"):
        for child in value.children.get(part, ()):
            if name := _folded(child.text):
                return name
    text = _folded(value.text)
    found = _MAIL_AND_NAME.match(text) or _NAME_AND_MAIL.match(text)
    return found["name"].strip() if found else text


def _folded(text: str) -> str:
    return text_of(text[: 4 * LONGEST_NAME])[:LONGEST_NAME]
