"""What a fetch answers, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from csc_verify.errors import CscVerifyError


@dataclass(frozen=True, slots=True)
class Page:
    """The server answered with a document (200 or 203).

    Attributes:
        url: Its address after all redirects, without fragment.
        body: The document, with its content encoding undone; at most ``Limits.max_bytes``.
        content_type: The header as sent, empty if there was none. A claim: look at the body.
    """

    url: str
    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The server says that there is no such page (404 or 410).

    Attributes:
        url: The address that does not exist, after all redirects.
        status: 404 or 410.
    """

    url: str
    status: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The page could not be asked for, or no usable answer came. Proves nothing about the page.

    With a status of 200, its server did send it, and it is too large to be read.

    Attributes:
        url: The address asked for, less any credentials in it.
        reason: What happened, one sentence without its full stop. Names hosts and never a path,
            a query or credentials, since some addresses are secrets.
        hint: What to do, likewise.
        status: What the server answered with; None if there was no answer.
    """

    url: str
    reason: str
    hint: str
    status: int | None = None


FetchResult: TypeAlias = Page | Absent | Unreachable


class Fetcher(Protocol):
    """Whatever can fetch a page; the sources take one as an argument."""

    def fetch(self, url: str) -> FetchResult:
        """Fetches one page; never raises for what a remote did."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a single fetch may cost.

    Attributes:
        max_bytes: The largest body, compressed as well as decoded. Feeds that hold all posts of
            several years reach 3 MB.
        total_seconds: From the first look-up of a name to the last byte, redirects included.
        connect_seconds: For one connection: name look-up, TCP and TLS together.
        max_redirects: How many redirects are followed.
    """

    max_bytes: int = 8 * 1024 * 1024
    total_seconds: float = 20.0
    connect_seconds: float = 8.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page with what its server gave to ask "has it changed?" (RFC 9110, section 13).

    Attributes:
        body: The decoded document.
        content_type: The header as sent.
        etag: The ``ETag`` header, empty if there was none.
        last_modified: The ``Last-Modified`` header, empty if there was none.
    """

    body: bytes
    content_type: str
    etag: str
    last_modified: str


class FetchError(CscVerifyError):
    """Why a fetch ends as :class:`Unreachable`; never leaves this package.

    Args:
        message: As for every error of ours.
        hint: Likewise.
        status: What the server answered with, if that is the reason.
    """

    def __init__(self, message: str, hint: str = "", status: int | None = None) -> None:
        super().__init__(message, hint)
        self.status = status
