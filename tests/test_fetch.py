from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_socket import SocketConnectBlockedError

from csc_verify.fetch import (
    PROJECT_URL,
    Absent,
    CachedPage,
    FetchResult,
    HttpFetcher,
    Limits,
    Page,
    Unreachable,
)
from csc_verify.fetch.guard import Guard
from csc_verify.fetch.turns import Deadline, Turns, asked_pause
from csc_verify.fetch.wire import MeteredReader
from csc_verify.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1"})
SMALL = Limits(max_bytes=64 * 1024)
SHORT = Limits(max_bytes=64 * 1024, total_seconds=0.3, connect_seconds=0.2)
# How long a fetch under SHORT may take on a busy machine; far below what the servers would need.
NOT_MUCH_LONGER = 3.0
HANG_UP = b"(hang up)"

Answer = Callable[[str], Iterable[bytes]]


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """A loopback server that sends whatever bytes the test's answer yields."""

    answer: Answer
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    greeting: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Conversation(socketserver.StreamRequestHandler):
    server: SiteServer

    def handle(self) -> None:
        self.server.site.connections += 1
        try:
            self.wfile.write(self.server.site.greeting)
            while self.converse():
                pass
        except OSError:
            return  # the client had heard enough

    def converse(self) -> bool:
        head = self.rfile.readline().decode("latin-1")
        if not head:
            return False
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        path = head.split()[1]
        self.server.site.asked.append(Asked(path, headers))
        for piece in self.server.site.answer(path):
            if piece is HANG_UP:
                return False
            self.wfile.write(piece)
        return True


class SiteServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.site = site

    def get_request(self) -> tuple[socket.socket, object]:
        connection, client = super().get_request()
        if self.site.tls is not None:
            connection.settimeout(5)
            connection = self.site.tls.wrap_socket(connection, server_side=True)
        return connection, client


Serve = Callable[..., Site]


@pytest.fixture
def serve() -> Iterator[Serve]:
    running: list[tuple[SiteServer, threading.Thread]] = []

    def start(answer: Answer, tls: ssl.SSLContext | None = None) -> Site:
        site = Site(answer, tls)
        server = SiteServer(site)
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        running.append((server, thread))
        return site

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def reply(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in given.items())]
    if not {"Content-Length", "Transfer-Encoding"} & set(given):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def always(*pieces: bytes) -> Answer:
    return lambda _: pieces


def fetched(url: str, limits: Limits = SMALL) -> FetchResult:
    with HttpFetcher(allow_hosts=LOOPBACK, limits=limits) as fetcher:
        return fetcher.fetch(url)


def reason(result: FetchResult) -> str:
    assert isinstance(result, Unreachable)
    assert result.hint
    assert not (result.reason + result.hint).endswith(".")
    return result.reason


# --- pages -------------------------------------------------------------------------------------


def test_a_page_comes_with_its_address_body_and_type(serve: Serve) -> None:
    site = serve(always(reply(body=b"<rss/>", Content_Type="text/xml; charset=utf-8")))
    url = f"{site.url}/feed?page=1"
    assert fetched(f"  {url}#latest ") == Page(url, b"<rss/>", "text/xml; charset=utf-8")


def test_it_says_who_asks_and_nothing_about_the_user(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login alice password hunter2\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    site = serve(always(reply(Set_Cookie="id=1; Path=/")))
    with HttpFetcher(allow_hosts=LOOPBACK) as fetcher:
        fetcher.fetch(f"{site.url}/a")
        fetcher.fetch(f"{site.url}/b")
    first, second = (asked.headers for asked in site.asked)
    assert first["user-agent"] == f"csc-verify/{__version__} (+{PROJECT_URL})"
    assert first["accept-encoding"] == "gzip, deflate"
    assert first == second
    assert set(first) == {"host", "user-agent", "accept", "accept-encoding"}


def test_proxies_of_the_environment_are_ignored(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(always(reply(body=b"from the proxy")))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    site = serve(always(reply(body=b"from the site")))
    assert fetched(site.url) == Page(site.url, b"from the site", "")
    assert proxy.connections == 0


def test_one_connection_serves_many_pages(serve: Serve) -> None:
    answers = {
        "/plain": reply(body=b"x"),
        "/empty": reply(body=b""),
        "/gzip": reply(body=gzip.compress(b"x", mtime=0), Content_Encoding="gzip"),
        "/chunks": reply(body=b"1\r\nx\r\n0\r\n\r\n", Transfer_Encoding="chunked"),
        "/same": reply(304),
    }
    site = serve(lambda path: [answers[path]])
    same = CachedPage(b"x", "", '"1"', "")
    cache = {f"{site.url}/same": same}
    with HttpFetcher(allow_hosts=LOOPBACK, cache=cache) as fetcher:
        results = [fetcher.fetch(site.url + path) for path in [*answers, *answers]]
    assert all(isinstance(result, Page) for result in results)
    assert (site.connections, len(site.asked)) == (1, 10)


# --- who is asked ------------------------------------------------------------------------------


def test_the_address_that_was_checked_is_the_one_connected_to(serve: Serve) -> None:
    site = serve(always(reply(body=b"x")))
    answers = iter([["127.0.0.1"], ["127.0.0.9"]])
    with HttpFetcher(
        allow_hosts=frozenset({"blog.test"}), limits=SMALL, resolve=lambda _: next(answers)
    ) as fetcher:
        assert fetcher.fetch(f"http://blog.test:{site.port}/") == Page(
            f"http://blog.test:{site.port}/", b"x", ""
        )
    assert next(answers) == ["127.0.0.9"]  # it was asked once
    assert site.asked[0].headers["host"] == f"blog.test:{site.port}"


def test_a_name_that_turns_private_is_refused_at_the_next_connection(serve: Serve) -> None:
    private = serve(always(reply(body=b"secret")))
    site = serve(always(reply(302, Location="https://blog.test/", Connection="close")))
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    with HttpFetcher(
        allow_hosts=frozenset({"start.test"}), limits=SMALL, resolve=lambda _: next(answers)
    ) as fetcher:
        result = fetcher.fetch(f"http://start.test:{site.port}/")
    assert reason(result).startswith("start.test redirects: blog.test is not a public site")
    assert private.connections == 0


def test_private_addresses_beside_others_are_left_out_and_never_connected_to(
    serve: Serve,
) -> None:
    site = serve(always(reply()))
    guard = Guard(frozenset(), lambda _: ["127.0.0.1", "8.8.8.8"])
    with (
        pytest.warns(UserWarning, match=r"8\.8\.8\.8"),
        pytest.raises(SocketConnectBlockedError),
    ):
        guard.connect("blog.test", site.port, 1)
    assert site.connections == 0


def test_the_next_address_of_a_name_is_tried(serve: Serve) -> None:
    site = serve(always(reply(body=b"x")))
    with HttpFetcher(
        allow_hosts=frozenset({"blog.test"}), resolve=lambda _: ["::1", "127.0.0.1"]
    ) as fetcher:
        assert isinstance(fetcher.fetch(f"http://blog.test:{site.port}/"), Page)


def test_a_name_that_nobody_knows() -> None:
    def unknown(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, host)

    with HttpFetcher(resolve=unknown) as fetcher:
        assert "no site called blog.test" in reason(fetcher.fetch("https://blog.test/"))


def test_a_name_without_addresses() -> None:
    with HttpFetcher(resolve=lambda _: []) as fetcher:
        assert "does not accept" in reason(fetcher.fetch("https://blog.test/"))


def test_a_slow_name_server_ends_at_the_deadline() -> None:
    release = threading.Event()

    def slow(host: str) -> list[str]:
        release.wait(30)
        raise OSError(host)

    begun = time.monotonic()
    with HttpFetcher(limits=SHORT, resolve=slow) as fetcher:
        result = fetcher.fetch("https://blog.test/")
    release.set()
    assert "could not be looked up in time" in reason(result)
    assert time.monotonic() - begun < NOT_MUCH_LONGER


def test_what_a_look_up_took_is_missing_for_the_handshake(serve: Serve) -> None:
    def slow(_: str) -> list[str]:
        time.sleep(0.05)
        return ["127.0.0.1", "127.0.0.1"]

    guard = Guard(frozenset({"blog.test"}), slow)
    with guard.connect("blog.test", serve(always()).port, 60) as connection:
        assert 50 < (connection.gettimeout() or 60) < 59.96


def speaks_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@contextmanager
def accepting_nobody(family: socket.AddressFamily, address: tuple[str, int]) -> Iterator[int]:
    with (
        socket.create_server(address, family=family, backlog=0) as full,
        ExitStack() as waiting,
    ):
        for _ in range(3):
            visitor = waiting.enter_context(socket.socket(family))
            visitor.settimeout(0)
            visitor.connect_ex(full.getsockname())
        yield full.getsockname()[1]


@pytest.mark.skipif(not speaks_ipv6(), reason="this machine has no IPv6 loopback")
def test_an_address_that_accepts_nobody_leaves_time_for_the_next(serve: Serve) -> None:
    port = serve(always()).port
    guard = Guard(frozenset({"blog.test"}), lambda _: ["::1", "127.0.0.1"])
    with (
        accepting_nobody(socket.AF_INET6, ("::1", port)),
        guard.connect("blog.test", port, 0.6) as connection,
    ):
        assert connection.family == socket.AF_INET
        assert (connection.gettimeout() or 0) > 0.1


def test_a_server_that_accepts_nobody_ends_at_the_deadline() -> None:
    with accepting_nobody(socket.AF_INET, ("127.0.0.1", 0)) as port:
        begun = time.monotonic()
        result = fetched(f"http://127.0.0.1:{port}/", SHORT)
    assert reason(result) == "127.0.0.1 did not accept a connection in time"
    assert time.monotonic() - begun < NOT_MUCH_LONGER


def test_a_closed_port() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        result = fetched(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert reason(result) == "127.0.0.1 does not accept connections"


# --- redirects ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location", ["/b?q=1#end", "b?q=1", "{url}/b?q=1", "//127.0.0.1:{port}/b?q=1"]
)
def test_redirects_are_followed(serve: Serve, status: int, location: str) -> None:
    def answer(path: str) -> list[bytes]:
        if path == "/a":
            target = location.format(url=site.url, port=site.port)
            return [reply(status, Location=target)]
        return [reply(body=b"b")]

    site = serve(answer)
    assert fetched(f"{site.url}/a") == Page(f"{site.url}/b?q=1", b"b", "")
    assert "referer" not in site.asked[1].headers


def test_a_location_in_utf_8_with_spaces(serve: Serve) -> None:
    def answer(path: str) -> list[bytes]:
        head = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /caf\xc3\xa9 au lait\r\n\r\n"
        return [head] if path == "/" else [reply(body=path.encode())]

    site = serve(answer)
    path = "/caf%C3%A9%20au%20lait"
    assert fetched(f"{site.url}/") == Page(site.url + path, path.encode(), "")


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "to nothing that can be opened"),
        ("ftp://127.0.0.1/x", "to nothing that can be opened"),
        ("javascript:alert(1)", "to nothing that can be opened"),
        ("data:text/plain,x", "to nothing that can be opened"),
        ("https://", "to nothing that can be opened"),
        ("https://[::1/", "to nothing that can be opened"),
        ("https://alice:hunter2@blog.test/", "to nothing that can be opened"),
        ("https://blog.test/" + "a" * 3000, "to nothing that can be opened"),
        ("", "to nothing that can be opened"),
        ("http://blog.test/", "not encrypted"),
        ("https://blog.test:22/", "port 22"),
        ("https://10.0.0.1/", "not a public site"),
        ("https://[::1]/", "not a public site"),
        ("https://169.254.169.254/latest/meta-data/", "not a public site"),
        ("https://2130706433/", "not a public site"),
        ("/", "in a circle"),
        ("/#again", "in a circle"),
    ],
)
def test_redirects_to_where_no_fetch_may_go(serve: Serve, location: str, said: str) -> None:
    result = fetched(serve(always(reply(302, Location=location))).url + "/")
    assert reason(result).startswith("127.0.0.1 redirects: ")
    assert said in reason(result)
    assert "hunter2" not in f"{result}"


def test_a_redirect_without_location(serve: Serve) -> None:
    assert "to nothing" in reason(fetched(serve(always(reply(301))).url))


@pytest.mark.parametrize(("hops", "kind"), [(5, Page), (6, Unreachable)])
def test_only_so_many_redirects(serve: Serve, hops: int, kind: type) -> None:
    def answer(path: str) -> list[bytes]:
        number = int(path[1:])
        return [reply() if number == hops else reply(302, Location=f"/{number + 1}")]

    assert isinstance(fetched(f"{serve(answer).url}/0"), kind)


def test_an_endless_redirect_body_is_not_read(serve: Serve) -> None:
    def answer(path: str) -> Iterable[bytes]:
        if path == "/b":
            yield reply(body=b"b")
        yield reply(302, Location="/b", Transfer_Encoding="chunked")
        while True:
            yield b"4000\r\n" + bytes(0x4000) + b"\r\n"

    assert isinstance(fetched(f"{serve(answer).url}/a"), Page)


# --- statuses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_a_definite_no(serve: Serve, status: int) -> None:
    def answer(path: str) -> list[bytes]:
        return [reply(302, Location="/b") if path == "/a" else reply(status, b"not here")]

    site = serve(answer)
    assert fetched(f"{site.url}/a") == Absent(f"{site.url}/b", status)


@pytest.mark.parametrize(
    ("status", "said", "hinted"),
    [
        (202, "refuses to answer programs", "hosted runners"),
        (204, "no page", "private browser window"),
        (206, "no page", "private browser window"),
        (300, "no page", "private browser window"),
        (304, "no page", "private browser window"),
        (400, "no page", "private browser window"),
        (401, "only after a login", "without logging in"),
        (403, "refuses to answer programs", "hosted runners"),
        (407, "only after a login", "without logging in"),
        (408, "at the moment", "next run"),
        (418, "no page", "private browser window"),
        (429, "asks to slow down", "next run"),
        (451, "legal reasons", "own computer"),
        (500, "at the moment", "next run"),
        (503, "at the moment", "next run"),
        (530, "at the moment", "next run"),
        (999, "refuses to answer programs", "feed's own address"),
    ],
)
def test_what_other_statuses_mean(serve: Serve, status: int, said: str, hinted: str) -> None:
    result = fetched(serve(always(reply(status))).url)
    assert said in reason(result)
    assert str(status) in reason(result)
    assert isinstance(result, Unreachable)
    assert hinted in result.hint


def test_nothing_is_asked_twice(serve: Serve) -> None:
    for answer in (always(reply(503)), always(HANG_UP)):
        site = serve(answer)
        reason(fetched(site.url))
        assert len(site.asked) == 1


def test_reasons_never_show_what_may_be_secret(serve: Serve) -> None:
    url = f"{serve(always(reply(500))).url}/s3cret/path?token=s3cret"
    failed = fetched(url)
    assert isinstance(failed, Unreachable)
    assert failed.url == url
    assert "s3cret" not in failed.reason + failed.hint


# --- conditional requests ----------------------------------------------------------------------


def test_an_unchanged_page_is_sent_once(serve: Serve) -> None:
    answers = iter(
        [
            reply(
                200,
                b"old",
                ETag='W/"1"',
                Last_Modified="Mon, 16 Nov 2026 00:00:00 GMT",
                Content_Type="text/xml",
            ),
            reply(304),
            reply(200, b"new", ETag='"2"'),
            reply(304),
            reply(200, b"newest"),
            reply(200, b"newest"),
        ]
    )
    site = serve(lambda _: [next(answers)])
    with HttpFetcher(allow_hosts=LOOPBACK, limits=SMALL) as fetcher:
        results = [fetcher.fetch(site.url) for _ in range(6)]
    assert [result.body for result in results if isinstance(result, Page)] == [
        b"old", b"old", b"new", b"new", b"newest", b"newest",
    ]  # fmt: skip
    assert isinstance(results[1], Page)
    assert results[1].content_type == "text/xml"
    asked = [
        (a.headers.get("if-none-match"), a.headers.get("if-modified-since")) for a in site.asked
    ]
    seen = ('W/"1"', "Mon, 16 Nov 2026 00:00:00 GMT")
    assert asked == [(None, None), seen, seen, ('"2"', None), ('"2"', None), (None, None)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ETag": '"1"', "Cache_Control": "private, No-Store"},
        {"ETag": "\xe9"},
        {"ETag": "x" * 9999},
    ],
)
def test_what_is_not_kept(serve: Serve, headers: dict[str, str]) -> None:
    cache: dict[str, CachedPage] = {}
    site = serve(always(reply(200, b"x", **headers)))
    with HttpFetcher(allow_hosts=LOOPBACK, cache=cache) as fetcher:
        assert isinstance(fetcher.fetch(site.url), Page)
    assert cache == {}


def test_a_given_cache_is_used(serve: Serve) -> None:
    site = serve(always(reply(304)))
    cache = {site.url: CachedPage(b"kept", "text/html", '"1"', "")}
    with HttpFetcher(allow_hosts=LOOPBACK, cache=cache) as fetcher:
        assert fetcher.fetch(site.url) == Page(site.url, b"kept", "text/html")


# --- encodings ---------------------------------------------------------------------------------


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("X-GZIP", gzip.compress(b"hello", mtime=0)),
        ("gzip", gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", bare_deflate(b"hello")),
        ("identity", b"hello"),
    ],
)
def test_encodings_that_are_undone(serve: Serve, encoding: str, packed: bytes) -> None:
    result = fetched(serve(always(reply(body=packed, Content_Encoding=encoding))).url)
    assert isinstance(result, Page)
    assert result.body == b"hello"


@pytest.mark.parametrize(
    ("encoding", "packed", "said"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)[:-9], "damaged"),
        ("gzip", b"hello", "damaged"),
        ("gzip", gzip.compress(b"hello", mtime=0) + b"trailing", "damaged"),
        ("gzip", gzip.compress(b"", mtime=0) * 100, "damaged"),
        ("deflate", b"\xff\xff\xff", "damaged"),
        ("br", b"hello", "not asked for"),
        ("zstd", b"hello", "not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello", mtime=0), mtime=0), "not asked for"),
    ],
)
def test_encodings_that_are_not(serve: Serve, encoding: str, packed: bytes, said: str) -> None:
    result = fetched(serve(always(reply(body=packed, Content_Encoding=encoding))).url)
    assert said in reason(result)


def test_an_empty_body_needs_no_unpacking(serve: Serve) -> None:
    result = fetched(serve(always(reply(Content_Encoding="gzip"))).url)
    assert isinstance(result, Page)
    assert result.body == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_costs_little_memory(serve: Serve, encoding: str) -> None:
    zeros = bytes(50_000_000)
    bomb = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    site = serve(always(reply(body=bomb, Content_Encoding=encoding)))
    del zeros
    limits = Limits(max_bytes=1024 * 1024)
    tracemalloc.start()
    result = fetched(site.url, limits)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason(result) == "the page is larger than 1 MB"
    assert peak < 6 * 1024 * 1024


# --- sizes -------------------------------------------------------------------------------------

EXACT = SMALL.max_bytes


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        (reply(body=bytes(EXACT)), True),
        (reply(body=bytes(EXACT + 1)), False),
        (reply(body=gzip.compress(bytes(EXACT)), Content_Encoding="gzip"), True),
        (reply(body=gzip.compress(bytes(EXACT + 1)), Content_Encoding="gzip"), False),
        (b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" + bytes(EXACT), True),
        (b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" + bytes(EXACT + 1), False),
    ],
)
def test_the_limit_is_exact(serve: Serve, answer: bytes, *, fits: bool) -> None:
    result = fetched(serve(always(answer, HANG_UP)).url)
    assert isinstance(result, Page if fits else Unreachable)
    # What is too large to be read is there nonetheless.
    assert isinstance(result, Page) or result.status == 200


def endless(head: bytes, piece: bytes) -> Answer:
    def answer(_: str) -> Iterable[bytes]:
        yield head
        while True:
            yield piece

    return answer


BLOCK = b"x" * 16384
CHUNKED = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"HTTP/1.1 200 X\r\n\r\n", BLOCK),
        endless(reply(Content_Length="999999999999"), BLOCK),
        endless(CHUNKED, b"4000\r\n" + BLOCK + b"\r\n"),
        endless(CHUNKED + b"ffffffffffff\r\n", BLOCK),
        endless(CHUNKED + b"-1\r\n", BLOCK),
        endless(CHUNKED + b"0\r\n", b"Trailer: x\r\n" * 1000),
        endless(b"HTTP/1.1 200 X\r\n", b"Header: x\r\n" * 1000),
        endless(b"", b"HTTP/1.1 100 X\r\n\r\n" * 1000),
        endless(b"HTTP/1.1 200 X\r\nHeader: ", BLOCK),
        endless(b"", BLOCK),
    ],
)
def test_endless_answers_end_early_and_cost_little_memory(serve: Serve, answer: Answer) -> None:
    site = serve(answer)
    tracemalloc.start()
    reason(fetched(site.url, SMALL))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


# --- broken servers ----------------------------------------------------------------------------


def drip(head: bytes, slowly: bytes) -> Answer:
    def answer(_: str) -> Iterable[bytes]:
        yield head
        for number in range(400):
            yield slowly[number % len(slowly) :][:1]
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"", b"HTTP/1.1 200 X"),
        drip(b"HTTP/1.1 200 X\r\n", b"Header: x\r\n"),
        drip(b"", b"HTTP/1.1 100 X\r\n\r\n"),
        drip(reply(Content_Length="4000"), b"x"),
        drip(b"HTTP/1.1 200 X\r\n\r\n", b"x"),
        drip(CHUNKED, b"1\r\nx\r\n"),
        drip(CHUNKED, b"1;"),
        drip(CHUNKED + b"0\r\n", b"Trailer: x\r\n"),
    ],
)
def test_a_dripping_answer_ends_at_the_deadline(serve: Serve, answer: Answer) -> None:
    site = serve(answer)
    begun = time.monotonic()
    assert "did not answer in time" in reason(fetched(site.url, SHORT))
    assert time.monotonic() - begun < NOT_MUCH_LONGER


def test_what_comes_after_the_deadline_is_not_read() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb", buffering=0) as source:
        ours.settimeout(0.01)
        reader = MeteredReader(source, ours, max_bytes=100)
        theirs.sendall(b"x")
        time.sleep(0.02)
        with pytest.raises(TimeoutError):
            reader.read(1)
        reader.close()


def test_a_read_may_take_only_what_is_left() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb", buffering=0) as source:
        ours.settimeout(5)
        reader = MeteredReader(source, ours, max_bytes=100)
        theirs.sendall(b"x")
        time.sleep(0.01)
        assert reader.read(1) == b"x"
        assert (ours.gettimeout() or 5) < 5
        reader.close()


def test_redirects_share_one_deadline(serve: Serve) -> None:
    def answer(path: str) -> Iterable[bytes]:
        time.sleep(0.2)
        yield reply(302, Location=f"{path}x")

    begun = time.monotonic()
    assert "did not answer in time" in reason(fetched(f"{serve(answer).url}/", SHORT))
    assert time.monotonic() - begun < NOT_MUCH_LONGER


@pytest.mark.parametrize(
    "pieces",
    [
        [HANG_UP],
        [b"HTTP/1.1 200 X\r\nContent-Len", HANG_UP],
        [reply(body=b"half", Content_Length="8"), HANG_UP],
        [CHUNKED + b"8\r\nhalf", HANG_UP],
        [CHUNKED + b"4\r\nhalf\r\n", HANG_UP],
        [CHUNKED + b"-5\r\nhalf\r\n", HANG_UP],
        [CHUNKED + b"zz\r\nhalf\r\n", HANG_UP],
        [reply(body=b"x", Content_Length="1, 2"), HANG_UP],
        [b"SSH-2.0-OpenSSH_9.2\r\n", HANG_UP],
        [b"\x16\x03\x01\x00\x00", HANG_UP],
        [b"<html>no head</html>", HANG_UP],
        [b"HTTP/1.1 20O OK\r\n\r\n", HANG_UP],
        [b"HTTP/1.1 99999 OK\r\n\r\n", HANG_UP],
        [b"HTTP/9.9 200 OK\r\n\r\n", HANG_UP],
        [b"HTTP/1.1 200 X\r\n" + b"A: b\r\n" * 200 + b"\r\n", HANG_UP],
    ],
)
def test_answers_that_are_not_http(serve: Serve, pieces: list[bytes]) -> None:
    result = fetched(serve(always(*pieces)).url)
    assert "broke the connection off or sent something that is not HTTP" in reason(result)


@pytest.mark.parametrize("length", ["-1", "many", "9" * 5000])
def test_a_length_that_says_nothing_is_not_believed(serve: Serve, length: str) -> None:
    site = serve(always(reply(body=b"x", Content_Length=length), HANG_UP))
    result = fetched(site.url)
    assert isinstance(result, Page | Unreachable)


answers = st.sampled_from(
    [reply(body=b"hello", Content_Type="text/xml"), CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"]
)
changes = st.lists(st.tuples(st.integers(0, 90), st.binary(max_size=4)), max_size=4)


@pytest.fixture
def damaged(serve: Serve) -> Site:
    return serve(always())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answer=answers, changes=changes)
def test_any_bytes_get_an_answer(
    damaged: Site, answer: bytes, changes: list[tuple[int, bytes]]
) -> None:
    for place, piece in changes:
        answer = answer[:place] + piece + answer[place + len(piece) // 2 :]
    damaged.answer = always(answer, HANG_UP)
    assert isinstance(fetched(damaged.url), Page | Absent | Unreachable)


# --- TLS ---------------------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public


@pytest.mark.parametrize(("asked_for", "kind"), [("blog.test", Page), ("other.test", Unreachable)])
def test_the_certificate_is_checked_against_the_name(
    serve: Serve, tmp_path: Path, asked_for: str, kind: type
) -> None:
    context, trusted = certificate(tmp_path, "blog.test")
    named: list[str | None] = []
    context.sni_callback = lambda _, name, __: named.append(name)
    site = serve(always(reply(body=b"x")), context)
    with HttpFetcher(
        allow_hosts=frozenset({asked_for}), limits=SMALL, resolve=lambda _: ["127.0.0.1"]
    ) as fetcher:
        fetcher._pools._manager.connection_pool_kw["ca_certs"] = str(trusted)
        result = fetcher.fetch(f"https://{asked_for}:{site.port}/")
    assert isinstance(result, kind)
    assert named == [asked_for]


def test_an_unknown_certificate_is_not_trusted(serve: Serve, tmp_path: Path) -> None:
    site = serve(always(reply(body=b"x")), certificate(tmp_path, "127.0.0.1")[0])
    result = fetched(f"https://127.0.0.1:{site.port}/")
    assert reason(result) == "no trusted encrypted connection to 127.0.0.1 could be made"
    assert site.asked == []


def test_https_to_a_server_without_it(serve: Serve) -> None:
    site = serve(always())
    site.greeting = reply(400)
    result = fetched(f"https://127.0.0.1:{site.port}/")
    assert reason(result) == "no trusted encrypted connection to 127.0.0.1 could be made"


def test_a_handshake_that_never_comes_ends_with_the_time_for_connecting() -> None:
    limits = Limits(total_seconds=60, connect_seconds=0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        result = fetched(f"https://127.0.0.1:{silent.getsockname()[1]}/", limits)
    assert "did not answer in time" in reason(result)
    assert time.monotonic() - begun < NOT_MUCH_LONGER


# --- threads -----------------------------------------------------------------------------------


def test_threads_may_share_a_fetcher(serve: Serve) -> None:
    site = serve(lambda path: [reply(body=path.encode() * 1000)])
    with HttpFetcher(allow_hosts=LOOPBACK) as fetcher, ThreadPoolExecutor(8) as pool:
        urls = [f"{site.url}/{number}" for number in range(40)]
        for url, result in zip(urls, pool.map(fetcher.fetch, urls), strict=True):
            assert isinstance(result, Page)
            assert result.body == url.removeprefix(site.url).encode() * 1000


# --- manners -----------------------------------------------------------------------------------


def test_a_host_that_asks_to_come_back_soon_is_asked_again_once(serve: Serve) -> None:
    slept: list[float] = []
    answers = iter([reply(429, Retry_After="7"), reply(body=b"here")])
    site = serve(lambda _: [next(answers)])
    with HttpFetcher(allow_hosts=LOOPBACK, turns=Turns(slept.append)) as fetcher:
        result = fetcher.fetch(site.url)
    assert isinstance(result, Page)
    assert result.body == b"here"
    assert slept == [pytest.approx(7, abs=0.5)]


def test_a_host_that_never_has_time_is_asked_twice(serve: Serve) -> None:
    site = serve(always(reply(503, Retry_After="1")))
    with HttpFetcher(allow_hosts=LOOPBACK, turns=Turns(lambda _: None)) as fetcher:
        assert "(status 503)" in reason(fetcher.fetch(site.url))
    assert len(site.asked) == 2


def test_a_host_that_asks_for_a_long_pause_is_left_alone(serve: Serve) -> None:
    site = serve(always(reply(429, Retry_After="3600")))
    with HttpFetcher(
        allow_hosts=LOOPBACK, turns=Turns(lambda _: pytest.fail("it waited"))
    ) as fetcher:
        assert "asks to slow down" in reason(fetcher.fetch(f"{site.url}/one"))
        assert "asks for a pause of 60 min" in reason(fetcher.fetch(f"{site.url}/two"))
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_only_a_host_that_is_busy_can_ask_for_a_pause(serve: Serve, status: int) -> None:
    site = serve(always(reply(status, Retry_After="3600")))
    with HttpFetcher(
        allow_hosts=LOOPBACK, turns=Turns(lambda _: pytest.fail("it waited"))
    ) as fetcher:
        assert fetcher.fetch(f"{site.url}/one") != fetcher.fetch(f"{site.url}/two")
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "9" * 400}, 24 * 3600),
        (
            {
                "Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT",
                "Date": "Tue, 24 Nov 2026 12:00:00 GMT",
            },
            30,
        ),
        (
            {
                "Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT",
                "Date": "Tue, 24 Nov 2026 12:00:00 GMT",
            },
            0,
        ),
        ({"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, None),
        ({}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "1.5"}, None),
        ({"Retry-After": "Tue, 99 Foo 9999999999 12:00:00 GMT"}, None),
    ],
)
def test_what_a_host_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_pause(headers) == seconds


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_wish_is_a_number_of_seconds_or_nothing(wish: str, date: str) -> None:
    seconds = asked_pause({"Retry-After": wish, "Date": date})
    assert seconds is None or seconds >= 0


def test_a_host_is_asked_one_thing_at_a_time(serve: Serve) -> None:
    now, most = [0], [0]
    lock = threading.Lock()

    def slow(_: str) -> Iterator[bytes]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        yield reply(body=b"here")

    site = serve(slow)
    with HttpFetcher(allow_hosts=LOOPBACK) as fetcher, ThreadPoolExecutor(6) as pool:
        results = list(pool.map(fetcher.fetch, [f"{site.url}/{n}" for n in range(12)]))
    assert all(isinstance(result, Page) for result in results)
    assert most == [1]


def test_hosts_do_not_wait_for_each_other() -> None:
    turns = Turns()
    with ThreadPoolExecutor(1) as pool, turns.of("one.example", Deadline(time.monotonic() + 60)):

        def other() -> bool:
            with turns.of("two.example", Deadline(time.monotonic() + 60)):
                return True

        assert pool.submit(other).result(timeout=30)


def test_waiting_for_a_turn_takes_nothing_of_a_fetchs_time(serve: Serve) -> None:
    site = serve(always(b"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\n"))
    # Each of these ends at its deadline; those behind it would have none left.
    with HttpFetcher(allow_hosts=LOOPBACK, limits=SHORT) as fetcher, ThreadPoolExecutor(4) as pool:
        results = list(pool.map(fetcher.fetch, [f"{site.url}/{n}" for n in range(4)]))
    assert ["did not answer in time" in reason(result) for result in results] == [True] * 4
    assert len(site.asked) == 4
