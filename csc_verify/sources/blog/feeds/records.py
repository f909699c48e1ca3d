"""What an XML document holds, before anybody says what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.sources.blog.feeds.values import Format

LONGEST_KEPT = 65_536
"""Characters that are kept of one text."""
MOST_VALUES = 100
"""Elements of one name that are kept of one entry."""


class Value(NamedTuple):
    """One element.

    Attributes:
        text: Its text, with that of what it holds.
        attributes: As written; names in lower case.
        base: Where its relative addresses start (``xml:base``).
        children: Those of its elements that are looked at.
    """

    text: str
    attributes: Mapping[str, str]
    base: str
    children: Record


Record: TypeAlias = "dict[str, list[Value]]"
"""The elements of a channel or an entry, by their usual names, in the order of the document."""


@dataclass(slots=True)
class Records:
    """A document's channel and entries.

    Attributes:
        format: The family of its format.
        url: Where it was found.
        channel: The channel's elements.
        entries: The entries', in the order of the document.
    """

    format: Format
    url: str
    channel: Record = field(default_factory=dict)
    entries: list[Record] = field(default_factory=list)


def keep(record: Record, name: str, value: Value) -> None:
    """Add an element to a record, unless that has too many of its name."""
    values = record.setdefault(name, [])
    if len(values) < MOST_VALUES:
        values.append(value)
