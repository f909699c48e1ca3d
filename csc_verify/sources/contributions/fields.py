"""JSON objects of GitHub's answers, their members taken out by type.

Nothing in an answer is believed: what isn't of the type that the schema says is an error, never a
zero.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NoReturn

from csc_verify.addresses import web_address
from csc_verify.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


def refuse(why: str) -> NoReturn:
    """Say that an answer isn't as the schema says.

    Raises:
        Unavailable: Always.
    """
    raise Unavailable(
        f"GitHub's answer was not understood: {why}",
        "Run again later; if it stays, please report it to the project",
    )


class Fields:
    """A JSON object whose members are taken out by type.

    Args:
        value: The object.
        name: What it is called, for the error.

    Raises:
        Unavailable: By each method: the member isn't what the method promises.
    """

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, dict):
            refuse(f"{name!r} is no object")
        self._value: dict[str, object] = value

    def is_null(self, key: str) -> bool:
        """Whether a member is null or missing."""
        return self._value.get(key) is None

    def inner(self, key: str) -> Fields:
        """An object."""
        return Fields(self._value.get(key), key)

    def each(self, key: str) -> Iterator[Fields]:
        """A list's entries, all of them objects."""
        value = self._value.get(key)
        if not isinstance(value, list):
            refuse(f"{key!r} is no list")
        return (Fields(entry, key) for entry in value)

    def values(self, key: str) -> list[object]:
        """The entries of a list, whatever they are; empty if there is no list."""
        value = self._value.get(key)
        return value if isinstance(value, list) else []

    def text(self, key: str) -> str:
        """A text."""
        value = self._value.get(key)
        if not isinstance(value, str):
            refuse(f"{key!r} is no text")
        return value

    def count(self, key: str) -> int:
        """A number from 0."""
        value = self._value.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
            refuse(f"{key!r} is no count")
        return value

    def flag(self, key: str) -> bool:
        """Yes or no."""
        value = self._value.get(key)
        if not isinstance(value, bool):
            refuse(f"{key!r} is neither true nor false")
        return value

    def address(self, key: str) -> str:
        """An address that somebody can safely click."""
        address = web_address(self.text(key))
        if address is None:
            refuse(f"{key!r} is no web address")
        return address

    def day(self, key: str) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            refuse(f"{key!r} is no day")

    def instant(self, key: str) -> datetime:
        """An instant with the offset that is written."""
        try:
            instant = datetime.fromisoformat(self.text(key))
        except ValueError:
            refuse(f"{key!r} is no instant")
        if instant.tzinfo is None:
            refuse(f"{key!r} is no instant")
        return instant

    def instants_day(self, key: str) -> date:
        """The UTC date of an instant."""
        try:
            return self.instant(key).astimezone(UTC).date()
        except OverflowError:
            refuse(f"{key!r} is no instant")
