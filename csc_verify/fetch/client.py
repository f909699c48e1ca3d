"""The fetcher that really fetches."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from requests.utils import requote_uri
from urllib3.util import Timeout

from csc_verify.addresses import absolute
from csc_verify.fetch.content import too_large, unpacked
from csc_verify.fetch.guard import Guard, Resolver, host_of, permitted, system_resolver
from csc_verify.fetch.reasons import explained, unusable_status
from csc_verify.fetch.results import (
    Absent,
    CachedPage,
    FetchError,
    FetchResult,
    Limits,
    Page,
    Unreachable,
)
from csc_verify.fetch.turns import Deadline, Turns, asked_pause
from csc_verify.fetch.wire import GuardedPools
from csc_verify.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from types import TracebackType

    from urllib3 import BaseHTTPResponse

PROJECT_URL = "https://github.com/csc-verify/csc-verify"
"""Where whoever is asked too often can complain."""

USER_AGENT = f"csc-verify/{__version__} (+{PROJECT_URL})"

_CHUNK = 64 * 1024
_SHORTEST_WAIT = 0.001
# Statuses with which Retry-After means "later" (RFC 9110, 10.2.3; RFC 6585, 4).
_MAY_NAME_A_MOMENT = frozenset({429, 503})
_ENDS_AT = "Use the https address that a browser shows in the end"
_CREDENTIALS = re.compile(r"//[^/?#]*@")
# A validator is sent back as it came, so it must be fit for a header.
_VALIDATOR = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,500}")


@dataclass(frozen=True, slots=True)
class _Moved:
    """The server sent us on.

    Attributes:
        location: The header as sent, not yet looked at; empty if there was none.
    """

    location: str


@dataclass(frozen=True, slots=True)
class _Later:
    """The server asks to come back.

    Attributes:
        seconds: In how many seconds.
        failure: What to say if that is too late.
    """

    seconds: float
    failure: FetchError


class HttpFetcher:
    """Fetches public pages over one session; threads may share it.

    What is asked, and where, is checked again on every redirect. Nothing that identifies the user
    is sent: no credentials, no cookies, no referrer. A host is asked one thing at a time. A failed
    fetch is not tried again, since the next weekly run looks again anyway, unless the host itself
    names a moment (``Retry-After``) that is soon enough. Close it, or use it as a context manager.

    Args:
        allow_hosts: Hosts that may be reached although they are private, over plain HTTP and at
            any port (``CSC_VERIFY_ALLOW_PRIVATE_HOSTS``). Never more than a test or a demo needs.
        limits: What one fetch may cost.
        user_agent: How it introduces itself.
        cache: Pages that came with a validator, by address, so that an unchanged page is not sent
            twice. Holds addresses and contents: keep a lasting one as private as what is fetched.
        resolve: How host names are looked up.
        turns: Whose turn it is with each host.
    """

    def __init__(  # noqa: PLR0913  each has its default, and none belongs to another
        self,
        *,
        allow_hosts: frozenset[str] = frozenset(),
        limits: Limits = Limits(),  # noqa: B008  frozen
        user_agent: str = USER_AGENT,
        cache: MutableMapping[str, CachedPage] | None = None,
        resolve: Resolver = system_resolver,
        turns: Turns | None = None,
    ) -> None:
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._limits = limits
        self._cache = {} if cache is None else cache
        self._turns = Turns() if turns is None else turns
        guard = Guard(self._allow_hosts, resolve)
        self._pools = GuardedPools(guard, user_agent, limits.max_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections that were kept open."""
        self._pools.close()

    def fetch(self, url: str) -> FetchResult:
        """Fetches one page.

        Args:
            url: An address as somebody wrote it; anything at all.
        """
        try:
            return self._followed(url)
        except FetchError as failure:
            shown = _CREDENTIALS.sub("//", url)
            return Unreachable(shown, failure.message, failure.hint, failure.status)

    def _followed(self, url: str) -> Page | Absent:
        deadline = Deadline(time.monotonic() + self._limits.total_seconds)
        visited = [permitted(url, self._allow_hosts)]
        answer = self._answered(visited[0], deadline)
        while isinstance(answer, _Moved):
            with _told_as_redirect(host_of(visited[0])):
                visited.append(self._next_hop(answer, visited))
                answer = self._answered(visited[-1], deadline)
        return answer

    def _next_hop(self, moved: _Moved, visited: list[str]) -> str:
        if len(visited) > self._limits.max_redirects:
            raise FetchError(
                f"more than {self._limits.max_redirects} times, one after the other", _ENDS_AT
            )
        target = absolute(_as_link(moved.location), visited[-1]) if moved.location else None
        if target is None:
            raise FetchError("to nothing that can be opened", _ENDS_AT)
        try:
            address = permitted(target, self._allow_hosts)
        except FetchError as failure:
            raise FetchError(failure.message, _ENDS_AT) from failure
        if address in visited:
            raise FetchError("in a circle", _ENDS_AT)
        return address

    def _answered(self, address: str, deadline: Deadline) -> Page | Absent | _Moved:
        """What an address says; if its host asks to come back soon, what it says then."""
        answer = self._asked(address, deadline)
        if isinstance(answer, _Later):
            answer = self._asked(address, deadline)
        if isinstance(answer, _Later):
            raise answer.failure
        return answer

    def _asked(self, address: str, deadline: Deadline) -> Page | Absent | _Moved | _Later:
        host = host_of(address)
        with self._turns.of(host, deadline):
            answer = self._once(address, deadline)
            if isinstance(answer, _Later):
                self._turns.pause(host, answer.seconds)
        if isinstance(answer, _Later) and answer.seconds > deadline.left:
            raise answer.failure
        return answer

    def _once(self, address: str, deadline: Deadline) -> Page | Absent | _Moved | _Later:
        host, cached = host_of(address), self._cache.get(address)
        seconds = max(deadline.left, _SHORTEST_WAIT)
        timeout = Timeout(total=seconds, connect=min(seconds, self._limits.connect_seconds))
        with (
            explained(host),
            self._pools.get(address, _conditions(cached), timeout) as response,
        ):
            return self._understood(address, response, cached)

    def _understood(
        self, address: str, response: BaseHTTPResponse, cached: CachedPage | None
    ) -> Page | Absent | _Moved | _Later:
        match response.status:
            case 200 | 203:
                return self._page(address, response)
            case 301 | 302 | 303 | 307 | 308:
                return _Moved(response.headers.get("Location", ""))
            case 304 if cached is not None:
                _whole(response, self._limits.max_bytes)
                return Page(address, cached.body, cached.content_type)
            case 404 | 410 as status:
                return Absent(address, status)
            case status:
                failure = unusable_status(host_of(address), status)
                pause = asked_pause(response.headers)
                if pause is None or status not in _MAY_NAME_A_MOMENT:
                    raise failure
                return _Later(pause, failure)

    def _page(self, address: str, response: BaseHTTPResponse) -> Page:
        limit, headers = self._limits.max_bytes, response.headers
        raw = _whole(response, limit)
        body = unpacked(raw, headers.get("Content-Encoding", ""), limit)
        page = Page(address, body, headers.get("Content-Type", ""))
        self._remember(page, headers)
        return page

    def _remember(self, page: Page, headers: Mapping[str, str]) -> None:
        etag = _validator(headers.get("ETag", ""))
        last_modified = _validator(headers.get("Last-Modified", ""))
        storable = "no-store" not in headers.get("Cache-Control", "").lower()
        if storable and (etag or last_modified):
            kept = CachedPage(page.body, page.content_type, etag, last_modified)
            self._cache[page.url] = kept
        else:
            self._cache.pop(page.url, None)


def _whole(answer: BaseHTTPResponse, limit: int) -> bytes:
    """Reads a body as sent, which also frees the connection for the next request."""
    body = bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def _conditions(cached: CachedPage | None) -> dict[str, str]:
    if cached is None:
        return {}
    asked = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
    return {name: value for name, value in asked.items() if value}


def _validator(value: str) -> str:
    return value if _VALIDATOR.fullmatch(value) else ""


def _as_link(location: str) -> str:
    # http.client reads headers as Latin-1; servers write addresses in UTF-8, some with spaces.
    return requote_uri(location.encode("latin-1", "replace").decode("utf-8", "replace"))


@contextmanager
def _told_as_redirect(host: str) -> Iterator[None]:
    try:
        yield
    except FetchError as failure:
        message = f"{host} redirects: {failure.message}"
        raise FetchError(message, failure.hint, failure.status) from failure
