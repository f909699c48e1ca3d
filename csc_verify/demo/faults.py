"""What can go wrong on the way, as data: tests add faults to a server, no code path knows them."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

Headers: TypeAlias = tuple[tuple[str, str], ...]

_JSON: Final[Headers] = (("Content-Type", "application/json; charset=utf-8"),)
_HTML: Final[Headers] = (("Content-Type", "text/html; charset=utf-8"),)


@dataclass(frozen=True, slots=True)
class Instead:
    """Another answer instead of the right one; the request isn't carried out."""

    status: int
    body: bytes = b""
    headers: Headers = _JSON


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The request is carried out, but its answer is replaced by an outage."""

    status: int = 502


@dataclass(frozen=True, slots=True)
class Before:
    """Something happens just before the request is carried out; then all goes well."""

    hook: Callable[[], object]


@dataclass(frozen=True, slots=True)
class CutBody:
    """A well-formed answer whose body is only a part of what it should be."""

    keep: float = 0.5


@dataclass(frozen=True, slots=True)
class CloseHalfWay:
    """The connection ends ten bytes before the announced end."""


@dataclass(frozen=True, slots=True)
class Drip:
    """The right answer, ``size`` bytes every so many ``seconds``."""

    size: int = 1
    seconds: float = 0.2


@dataclass(frozen=True, slots=True)
class Silence:
    """No byte at all, and after so many ``seconds`` the connection ends."""

    seconds: float = 3600.0


Kind: TypeAlias = Instead | LostAnswer | Before | CutBody | CloseHalfWay | Drip | Silence


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault for the next requests of a kind.

    Attributes:
        match: A path (``/graphql``, ``/repos/*``; shell-style wildcards), the name of a GraphQL
            operation, or a field at the root of one (``createCommitOnBranch``).
        kind: What happens.
        times: To how many requests; further ones are answered as ever.
    """

    match: str
    kind: Kind
    times: int = 1

    def matches(self, names: Collection[str]) -> bool:
        """Whether one of a request's names (path, operation, root fields) is meant."""
        return any(fnmatchcase(name, self.match) for name in names)


@dataclass
class Faults:
    """The faults that wait for their request."""

    _waiting: list[tuple[Fault, int]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Lets the next requests that match have this fault."""
        with self._lock:
            self._waiting.append((fault, fault.times))

    def clear(self) -> None:
        """Lets everything go well again."""
        with self._lock:
            self._waiting.clear()

    def take(self, names: Collection[str]) -> Fault | None:
        """The first waiting fault that is meant for a request of these names, used up by one."""
        with self._lock:
            for index, (fault, left) in enumerate(self._waiting):
                if fault.matches(names):
                    self._waiting[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None


def status(code: int, message: str = "", headers: Headers = ()) -> Instead:
    """A REST-style error: a JSON body with a message."""
    body = json.dumps({"message": message, "status": str(code)}).encode()
    return Instead(code, body, (*_JSON, *headers))


def html(code: int = 502) -> Instead:
    """An outage as the load balancer words it: a page instead of JSON."""
    return Instead(code, b"<html><head><title>Unicorn!</title></head><body></body></html>", _HTML)


def graphql_error(type_: str, message: str, **more: object) -> Instead:
    """An answer with status 200, one error and no data."""
    error = {"type": type_, **more, "message": message}
    return Instead(200, json.dumps({"data": None, "errors": [error]}).encode())


RATE_LIMIT: Final = graphql_error(
    "RATE_LIMIT", "API rate limit already exceeded for user ID 41898282.", code="graphql_rate_limit"
)
RESOURCE_LIMITS_EXCEEDED: Final = graphql_error(
    "RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.", path=["user"]
)
SECONDARY_LIMIT: Final = status(
    403,
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    (("Retry-After", "60"),),
)
