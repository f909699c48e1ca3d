"""The HTTP machinery, with a guard at the socket and a meter below the parser.

``urllib3`` speaks the protocol. Three things are put under them: connections that
only the guard opens, a reader that ends with the fetch's deadline, and a budget for the bytes of
one answer. The reader sits between socket and parser, because a time-out of a socket starts anew
with every byte, and because headers, chunk sizes and trailers are read before any code of ours
sees a body.
"""

from __future__ import annotations

import io
import time
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, Any, cast

from certifi import where
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from csc_verify.fetch.content import too_large

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from urllib3 import BaseHTTPResponse
    from urllib3.util import Timeout

    from csc_verify.fetch.guard import Guard

_POOLS = 16
_HEADER_ROOM = 256 * 1024


class MeteredReader(io.RawIOBase):
    """Reads a socket until a deadline and up to a number of bytes.

    Args:
        source: The socket's own raw stream; closed with this one.
        sock: The socket. Its time-out, when this is made, is the time left for everything read
            here.
        max_bytes: How many bytes may be read.

    Attributes:
        ended: Whether the other side has sent everything and closed.
    """

    def __init__(self, source: io.RawIOBase, sock: socket.socket, max_bytes: int) -> None:
        super().__init__()
        self._source = source
        self._sock = sock
        self._ends = time.monotonic() + (sock.gettimeout() or 0)
        self._max_bytes = max_bytes
        self._read = 0
        self.ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401  as io declares it
        """Reads what is there.

        Raises:
            TimeoutError: The deadline has passed.
            FetchError: More came than was allowed.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        self._sock.settimeout(left)
        count = self._source.readinto(buffer)
        self._read += count or 0
        self.ended = count == 0
        if self._read > self._max_bytes:
            raise too_large(self._max_bytes)
        return count

    def close(self) -> None:
        """Closes the socket's stream too."""
        self._source.close()
        super().close()


def _pool_classes(guard: Guard, max_bytes: int) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections only the guard opens, by scheme."""

    class MeteredResponse(HTTPResponse):
        def __init__(
            self,
            sock: socket.socket,
            debuglevel: int = 0,
            method: str | None = None,
            url: str | None = None,
        ) -> None:
            super().__init__(sock, debuglevel, method, url)
            self._meter = MeteredReader(self.fp.detach(), sock, max_bytes)
            self.fp = io.BufferedReader(self._meter)

        def begin(self) -> None:
            super().begin()
            if self._meter.ended:
                # http.client takes a head that was cut off for a whole one, with an empty body.
                raise IncompleteRead(b"")
            if len(_lengths(self.headers)) > 1:
                # urllib3 refuses this too, but only after http.client let go of the socket.
                raise HTTPException("more than one length")

    def opened(connection: HTTPConnection) -> socket.socket:
        # HttpFetcher gives every request a time-out, so it is neither None nor "the default".
        seconds = cast("float", connection.timeout)
        return guard.connect(connection.host, connection.port, seconds)

    class PlainConnection(HTTPConnection):
        response_class = MeteredResponse

        def _new_conn(self) -> socket.socket:
            return opened(self)

    class EncryptedConnection(HTTPSConnection):
        response_class = MeteredResponse

        def _new_conn(self) -> socket.socket:
            return opened(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = EncryptedConnection

    return {"http": PlainPool, "https": EncryptedPool}


def _lengths(headers: HTTPMessage) -> set[str]:
    values = ",".join(headers.get_all("Content-Length", []))
    return {value.strip() for value in values.split(",")}


class GuardedPools:
    """Connections that ask as a stranger: no proxy, no netrc, no cookies, no redirects.

    Nothing is tried twice: a later run heals. Threads may share it.

    Args:
        guard: Opens the connections.
        user_agent: Who asks.
        max_bytes: The largest body; an answer as a whole may be twice that, since a body in small
            chunks carries a size before each.
    """

    def __init__(self, guard: Guard, user_agent: str, max_bytes: int) -> None:
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
        }
        self._manager = PoolManager(_POOLS, maxsize=_POOLS, ca_certs=where())
        pools = _pool_classes(guard, 2 * max_bytes + _HEADER_ROOM)
        self._manager.pool_classes_by_scheme = pools

    def get(self, address: str, headers: Mapping[str, str], timeout: Timeout) -> BaseHTTPResponse:
        """The answer of an address, with its body yet to be read; close it.

        Args:
            address: An address that may be fetched.
            headers: More of them.
            timeout: For connecting, and for everything.

        Raises:
            urllib3.exceptions.HTTPError: There is no answer.
            FetchError: The guard opens no connection.
        """
        return self._manager.request(
            "GET",
            address,
            headers=self._headers | dict(headers),
            timeout=timeout,
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
        )

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._manager.clear()
