"""What every answer of the embedded GraphQL API needs: who asks, and GitHub's ways of refusing."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csc_verify.demo.github_hub import Bot, Hub, Token
    from csc_verify.demo.hosted import Hosted
    from csc_verify.demo.student import DemoStudent

T = TypeVar("T")

LARGEST_PAGE = 100
"""GitHub's limit of ``first``."""

Collect: TypeAlias = "Callable[[Session, DemoStudent | Bot, str | None, str | None], object]"


class FieldError(Exception):
    """A field that is answered with null and an error.

    Args:
        kind: GitHub's name of it, as in ``NOT_FOUND``.
        message: In GitHub's words.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Session:
    """One request.

    Attributes:
        hub: What there is.
        token: Who asks.
        url: The site's address, without a slash at the end.
        collect: Makes a user's contributions collection between two written instants.
    """

    hub: Hub
    token: Token
    url: str
    collect: Collect

    def sees(self, hosted: Hosted) -> bool:
        """Whether the token may know of a repository."""
        return self.token.may_read(hosted.about)

    def hosted(self, name_with_owner: str) -> Hosted:
        """A repository that the token may know of.

        Raises:
            FieldError: There is none, or the token may not know.
        """
        hosted = self.hub.repository(name_with_owner)
        if hosted is None or not self.sees(hosted):
            raise FieldError(
                "NOT_FOUND",
                f"Could not resolve to a Repository with the name '{name_with_owner}'.",
            )
        return hosted


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page ends."""

    end_cursor: str | None
    has_next_page: bool


@dataclass(frozen=True, slots=True)
class Connection(Generic[T]):
    """A list in pages. Only who asks for the list itself has to say how long a page is.

    Attributes:
        name: The field's name, for errors.
        items: The whole list.
        first: How many are wanted.
        after: The cursor that the page starts behind.
        count: What ``totalCount`` says if it isn't the list's length.
    """

    name: str
    items: Sequence[T]
    first: int | None
    after: str | None = None
    count: int | None = None

    @property
    def total_count(self) -> int:
        """How many there are in all."""
        return len(self.items) if self.count is None else self.count

    @property
    def nodes(self) -> Sequence[T]:
        """The page."""
        return self.items[self._start : self._start + self._size()]

    @property
    def page_info(self) -> PageInfo:
        """Where the page ends."""
        end = min(self._start + self._size(), len(self.items))
        return PageInfo(_cursor(end) if end > self._start else None, end < len(self.items))

    @property
    def _start(self) -> int:
        return int(base64.b64decode(self.after).decode().partition(":")[2]) if self.after else 0

    def _size(self) -> int:
        if self.first is None:
            raise FieldError(
                "MISSING_PAGINATION_BOUNDARIES",
                "You must provide a `first` or `last` value to properly paginate the "
                f"`{self.name}` connection.",
            )
        if self.first > LARGEST_PAGE:
            raise FieldError(
                "EXCESSIVE_PAGINATION",
                f"Requesting {self.first} records on the `{self.name}` connection exceeds the "
                f"`first` limit of {LARGEST_PAGE} records.",
            )
        return self.first


def _cursor(end: int) -> str:
    return base64.b64encode(f"cursor:{end}".encode()).decode()


def node_id(prefix: str, name: object) -> str:
    """A global id, opaque to clients."""
    return f"{prefix}_{base64.urlsafe_b64encode(str(name).encode()).decode().rstrip('=')}"


def name_in(id_: str) -> tuple[str, str]:
    """The prefix of a global id and what it stands for; empty texts if it is none."""
    prefix, _, coded = id_.partition("_")
    try:
        decoded = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except ValueError:
        return "", ""
    return prefix, decoded


def as_date_time(instant: datetime) -> str:
    """A ``DateTime``: in UTC, to the second."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant_of(text: str) -> datetime:
    """A written instant; one without a zone is in UTC.

    Raises:
        FieldError: It is none.
    """
    try:
        written = datetime.fromisoformat(text)
    except ValueError as error:
        raise FieldError("VALIDATION", f"{text!r} is not a valid DateTime") from error
    return written if written.tzinfo else written.replace(tzinfo=UTC)
