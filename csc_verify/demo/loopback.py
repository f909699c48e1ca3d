"""A small HTTP/1.1 server on 127.0.0.1 that records what it is asked and misbehaves on demand."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeAlias, assert_never
from urllib.parse import parse_qsl, unquote, urlsplit

from csc_verify.demo.faults import (
    Before,
    CloseHalfWay,
    CutBody,
    Drip,
    Fault,
    Faults,
    Instead,
    LostAnswer,
    Silence,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

LARGEST_REQUEST = 64 * 2**20
"""Bytes of a request's body that are read; GitHub's own limit of a commit is about 40 MB."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived.

    Attributes:
        server: ``github`` or ``blog``.
        method: As in ``GET``.
        path: Without the query, percent-decoded.
        query: The query's fields; the last one of a name.
        headers: In the order of arrival, names in lower case.
        body: As sent.
        operation: GraphQL: the operation's name, if it has one.
        fields: GraphQL: the fields that the operation asks for at its root, without aliases.
    """

    server: str
    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    operation: str | None = None
    fields: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """A header's value, or None if it wasn't sent."""
        return dict(self.headers).get(name.lower())

    @property
    def authorized(self) -> bool:
        """Whether an ``Authorization`` header came along, whatever it said."""
        return self.header("authorization") is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to send; its length is added."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/plain; charset=utf-8"),)


Responder: TypeAlias = "Callable[[Request], Answer]"


@dataclass
class Recorder:
    """What was asked, of all servers that share it, in the order of arrival."""

    _seen: list[Request] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def record(self, request: Request) -> None:
        """Adds a request."""
        with self._lock:
            self._seen.append(request)

    @property
    def requests(self) -> tuple[Request, ...]:
        """Everything so far."""
        with self._lock:
            return tuple(self._seen)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._seen.clear()


class LoopbackServer:
    """Serves what a responder answers, on a free port of 127.0.0.1.

    Args:
        name: Recorded with each request.
        respond: From a request to its answer; runs in the request's own thread.
        recorder: Where requests are recorded.
        describe: Adds to a request what only its protocol knows, before it is recorded.
    """

    def __init__(
        self,
        name: str,
        respond: Responder,
        recorder: Recorder,
        describe: Callable[[Request], Request] = lambda request: request,
    ) -> None:
        self.name = name
        self.respond = respond
        self.recorder = recorder
        self.describe = describe
        self.faults = Faults()
        self.closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name=f"demo-{name}"
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Ends every conversation and every thread."""
        self.closing.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, owner: LoopbackServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def hang_up(self) -> None:
        # Idle keep-alive connections would otherwise keep their threads waiting for a request.
        with self._lock:
            for connection in self._open:
                _shut(connection)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "csc-verify-demo"
    sys_version = ""
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        super().finish()

    def handle(self) -> None:
        # A client that gives up half-way is an everyday thing, and some tests are about it.
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the base's name
        """Keeps standard error for the program that is being watched."""

    def _serve(self) -> None:
        owner = self.server.owner
        request = owner.describe(self._read(owner.name))
        owner.recorder.record(request)
        fault = owner.faults.take((request.path, request.operation or "", *request.fields))
        if fault is None:
            self._send(owner.respond(request))
        else:
            self._misbehave(fault, request)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815  the base's

    def _read(self, name: str) -> Request:
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST_REQUEST)
        parts = urlsplit(self.path)
        return Request(
            server=name,
            method=self.command,
            path=unquote(parts.path),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers=tuple((key.lower(), value) for key, value in self.headers.items()),
            body=self.rfile.read(length),
        )

    def _misbehave(self, fault: Fault, request: Request) -> None:
        owner = self.server.owner
        match fault.kind:
            case Instead(status, body, headers):
                self._send(Answer(status, body, headers))
            case LostAnswer(status):
                owner.respond(request)
                self._send(Answer(status))
            case Before(hook):
                hook()
                self._send(owner.respond(request))
            case CutBody(keep):
                answer = owner.respond(request)
                cut = answer.body[: int(len(answer.body) * keep)]
                self._send(Answer(answer.status, cut, answer.headers))
            case CloseHalfWay():
                self._write(self._bytes(owner.respond(request))[:-10])
                self._hang_up()
            case Drip(size, seconds):
                self._drip(self._bytes(owner.respond(request)), size, seconds)
            case Silence(seconds):
                owner.closing.wait(seconds)
                self._hang_up()
            case never:
                assert_never(never)

    def _send(self, answer: Answer) -> None:
        self._write(self._bytes(answer))

    def _bytes(self, answer: Answer) -> bytes:
        reason = HTTPStatus(answer.status).phrase
        given = {name.lower() for name, _ in answer.headers}
        length = () if answer.status == HTTPStatus.NOT_MODIFIED else ("Content-Length",)
        headers = [
            *answer.headers,
            *((name, str(len(answer.body))) for name in length if name.lower() not in given),
        ]
        lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{n}: {v}" for n, v in headers), "", ""]
        body = b"" if self.command == "HEAD" else answer.body
        return "\r\n".join(lines).encode("latin-1") + body

    def _write(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _drip(self, data: bytes, size: int, seconds: float) -> None:
        for start in range(0, len(data), size):
            self._write(data[start : start + size])
            if self.server.owner.closing.wait(seconds):
                break

    def _hang_up(self) -> None:
        self.close_connection = True
        _shut(self.connection)


def _shut(connection: socket.socket) -> None:
    # The other side may have been quicker.
    with suppress(OSError):
        connection.shutdown(2)
