"""GitHub's API: the right error for each failure, in bounded time, and the token stays put."""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from csc_verify.demo.faults import CloseHalfWay, CutBody, Drip, Fault, Kind, Silence
from csc_verify.demo.loopback import Answer as HttpAnswer
from csc_verify.demo.loopback import LoopbackServer, Recorder, Request
from csc_verify.errors import (
    BadToken,
    Forbidden,
    GitHubError,
    NotFound,
    NoToken,
    RateLimited,
    Unavailable,
    UsageError,
)
from csc_verify.github import Answer, GitHub, GraphQLError, Patience

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "ghs_0123456789abcdefghijABCDEFGHIJ012345"
SAMPLES = Path(__file__).parents[2] / "shared/github/samples"
QUERY = "query Q { viewer { login } }"
QUICK = Patience(total=10.0, attempt=5.0, connect=5.0, pause=0.01)
HASTY = Patience(total=2.0, attempt=0.5, connect=0.5, pause=0.01)
Headers = tuple[tuple[str, str], ...]
FINE = HttpAnswer(200, b'{"data": {"viewer": {"login": "alice"}}}')
OID = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Api:
    """A server that gives one answer after the other, the last one for ever."""

    answers: list[HttpAnswer] = field(default_factory=lambda: [FINE])
    recorder: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        self.server = LoopbackServer("github", self._respond, self.recorder)

    def _respond(self, _: Request) -> HttpAnswer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def fail(self, kind: Kind, times: int = 1) -> None:
        self.server.faults.add(Fault("*", kind, times))

    @property
    def asked(self) -> int:
        return len(self.recorder.requests)


@dataclass
class Told:
    """What a client was told to wait, and what it said."""

    waits: list[float] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()
    yield api
    api.server.close()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def github(api: Api, told: Told) -> Iterator[GitHub]:
    github = GitHub(
        TOKEN,
        api.server.url,
        api.server.url,
        log=told.lines.append,
        patience=QUICK,
        sleep=told.waits.append,
    )
    yield github
    github.close()


@pytest.fixture
def hasty(api: Api, told: Told) -> Iterator[GitHub]:
    github = GitHub(TOKEN, api.server.url, patience=HASTY, sleep=told.waits.append)
    yield github
    github.close()


def error(type_: str, message: str, *path: str, **more: object) -> dict[str, object]:
    return {"type": type_, "message": message, **({"path": list(path)} if path else {}), **more}


def graphql(data: object, *errors: dict[str, object]) -> HttpAnswer:
    return HttpAnswer(200, json.dumps({"data": data, "errors": list(errors)}).encode())


def rest(status: int, message: str, *headers: tuple[str, str]) -> HttpAnswer:
    return HttpAnswer(status, json.dumps({"message": message}).encode(), headers)


# --- answers ---------------------------------------------------------------------------------


def test_an_answer_holds_the_data(github: GitHub) -> None:
    assert github.query(QUERY, {}) == Answer({"viewer": {"login": "alice"}})
    assert github.viewer() == "alice"


def test_a_question_arrives_with_its_variables_and_the_token(api: Api, github: GitHub) -> None:
    github.query(QUERY, {"login": "alice"})
    (request,) = api.recorder.requests
    assert (request.method, request.path) == ("POST", "/graphql")
    assert json.loads(request.body) == {"query": QUERY, "variables": {"login": "alice"}}
    assert TOKEN in (request.header("authorization") or "")


def test_a_connection_is_used_again(api: Api, github: GitHub) -> None:
    for _ in range(3):
        github.query(QUERY, {})
    assert api.asked == 3


@pytest.mark.parametrize(
    ("api_path", "expected"),
    [("", "/graphql"), ("/", "/graphql"), ("/api/v3", "/api/graphql")],
)
def test_graphqls_address_follows_from_the_apis(api: Api, api_path: str, expected: str) -> None:
    github = GitHub(TOKEN, api.server.url + api_path, patience=QUICK)
    github.query(QUERY, {})
    github.close()
    assert api.recorder.requests[0].path == expected


def test_graphqls_address_can_be_given(api: Api) -> None:
    github = GitHub(TOKEN, api.server.url, graphql_url=f"{api.server.url}/query", patience=QUICK)
    github.query(QUERY, {})
    github.close()
    assert api.recorder.requests[0].path == "/query"


def test_what_one_field_lacks_the_others_still_tell(api: Api, github: GitHub) -> None:
    missing = error("NOT_FOUND", "Could not resolve to a User with the login of 'x'.", "b")
    api.answers = [graphql({"a": {"login": "alice"}, "b": None}, missing)]
    answer = github.query(QUERY, {})
    assert answer.data == {"a": {"login": "alice"}, "b": None}
    said = "Could not resolve to a User with the login of 'x'"
    assert answer.errors == (GraphQLError("NOT_FOUND", said, ("b",)),)
    assert answer.error_at("a") is None
    assert answer.error_at("b") is answer.errors[0]


@pytest.mark.parametrize(
    "found",
    [
        error("NOT_FOUND", "Could not resolve to a User.", "user"),
        error("FORBIDDEN", "Resource not accessible by integration", "user"),
        error("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.", "user", "x"),
        error("STALE_DATA", 'Expected branch to point to "x" but it did not.', "user"),
    ],
    ids=lambda found: found["type"],
)
def test_an_error_of_a_field_is_told_and_not_raised(
    api: Api, github: GitHub, found: dict[str, object]
) -> None:
    api.answers = [graphql({"user": None}, found)]
    answer = github.query(QUERY, {})
    assert [e.type for e in answer.errors] == [found["type"]]
    assert api.asked == 1


@pytest.mark.parametrize(
    "found",
    [
        error("MAX_NODE_LIMIT_EXCEEDED", "This query requests up to 1,000,000 nodes"),
        error(
            "", "Field 'foo' doesn't exist on type 'User'", "query Q", "user", "foo", extensions={}
        ),
        error("MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` value", "query Q", "x"),
        error("EXCESSIVE_PAGINATION", "Requesting 101 records exceeds the limit", "query Q", "x"),
    ],
    ids=lambda found: found["type"] or "undefinedField",
)
def test_a_question_that_github_refuses_is_told_and_not_asked_again(
    api: Api, github: GitHub, found: dict[str, object]
) -> None:
    api.answers = [graphql(None, found)]
    answer = github.query(QUERY, {})
    assert answer.data == {}
    assert answer.errors[0].type == found["type"]
    assert api.asked == 1


# --- failures: the class, what it says, how often was asked --------------------------------------

TIMED_OUT = "Something went wrong while executing your query. This may be the result of a timeout"
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
)
HTML = b"<html><body><h1>503 Service Unavailable</h1></body></html>"

FAILURES: dict[str, tuple[HttpAnswer, type[GitHubError], str, int]] = {
    "points spent": (
        graphql(None, error("RATE_LIMIT", "API rate limit already exceeded for user ID 1.")),
        RateLimited,
        "quota is spent. Try again in an hour",
        1,
    ),
    "points spent, older": (
        graphql(None, error("RATE_LIMITED", "API rate limit exceeded for user ID 1.")),
        RateLimited,
        "quota",
        1,
    ),
    "points spent, no data": (
        HttpAnswer(200, b'{"errors": [{"type": "RATE_LIMIT", "message": "exceeded"}]}'),
        RateLimited,
        "quota",
        1,
    ),
    "points spent, reset told": (
        rest(
            403,
            "API rate limit exceeded for 127.0.0.1.",
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", "1795500000"),
        ),
        RateLimited,
        "Try again after 2026-11-24 06:00 UTC",
        1,
    ),
    "points spent, reset absurd": (
        rest(
            403,
            "API rate limit exceeded.",
            ("X-RateLimit-Reset", "9" * 40),
            ("X-RateLimit-Remaining", "none"),
        ),
        RateLimited,
        "Try again in an hour",
        1,
    ),
    "secondary, a minute": (
        rest(403, SECONDARY, ("Retry-After", "60")),
        RateLimited,
        "slow down (secondary rate limit). Try again in 1 min",
        1,
    ),
    "secondary, no number": (rest(403, SECONDARY), RateLimited, "slow down", 1),
    "secondary, in a 200": (
        graphql(None, error("", SECONDARY)),
        RateLimited,
        "slow down",
        1,
    ),
    "429": (HttpAnswer(429, b"<html>"), RateLimited, "slow down", 1),
    "429 until a date": (
        rest(429, "", ("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT")),
        RateLimited,
        "slow down",
        1,
    ),
    "bad token": (rest(401, "Bad credentials"), BadToken, "refused the token (401)", 1),
    "401 in HTML": (HttpAnswer(401, HTML), BadToken, "refused the token", 1),
    "token without rights": (
        rest(403, "Resource not accessible by integration"),
        Forbidden,
        "(403): resource not accessible by integration",
        1,
    ),
    "403 in HTML": (HttpAnswer(403, HTML), Forbidden, "(403)", 1),
    "forbidden, no data": (
        graphql(None, error("FORBIDDEN", "Resource not accessible by integration", "viewer")),
        Forbidden,
        "Resource not accessible by integration",
        1,
    ),
    "scopes missing, no data": (
        graphql(None, error("INSUFFICIENT_SCOPES", "Your token has not been granted")),
        Forbidden,
        "has not been granted",
        1,
    ),
    "nothing there": (rest(404, "Not Found"), NotFound, "GITHUB_API_URL", 1),
    "not found, no data": (
        graphql(None, error("NOT_FOUND", "Could not resolve to a Repository")),
        NotFound,
        "Could not resolve",
        1,
    ),
    "400": (rest(400, "Problems parsing JSON"), Unavailable, "(400): problems parsing json", 1),
    "422": (HttpAnswer(422, b"[]"), Unavailable, "(422)", 1),
    "502": (rest(502, "Server Error"), Unavailable, "an error of its own (502)", 3),
    "503 in HTML": (HttpAnswer(503, HTML), Unavailable, "(503)", 3),
    "504": (rest(504, "We couldn't respond to your request in time."), Unavailable, "(504)", 3),
    "500": (HttpAnswer(500), Unavailable, "(500)", 3),
    "503 for an hour": (
        rest(503, "maintenance", ("Retry-After", "3600")),
        Unavailable,
        "(503)",
        1,
    ),
    "timed out in a 200": (
        graphql(None, error("", TIMED_OUT)),
        Unavailable,
        "could not work out the answer in time",
        3,
    ),
    "timed out, all fields null": (
        graphql({"user": None}, error("", TIMED_OUT, "user")),
        Unavailable,
        "in time",
        3,
    ),
    "HTML in a 200": (HttpAnswer(200, HTML), Unavailable, "was not understood", 3),
    "cut JSON": (HttpAnswer(200, b'{"data": {"viewer": {"log'), Unavailable, "not understood", 3),
    "no body": (HttpAnswer(200), Unavailable, "not understood", 3),
    "not UTF-8": (HttpAnswer(200, b'{"data": "\xff'), Unavailable, "not understood", 3),
    "deep nesting": (HttpAnswer(200, b"[" * 200_000), Unavailable, "not understood", 3),
    "a number of 5000 digits": (
        HttpAnswer(200, b'{"data": ' + b"9" * 5000 + b"}"),
        Unavailable,
        "not understood",
        3,
    ),
    "neither data nor errors": (HttpAnswer(200, b"{}"), Unavailable, "not understood", 1),
    "data null, errors null": (graphql(None), Unavailable, "not understood", 1),
    "a list": (HttpAnswer(200, b"[]"), Unavailable, "not understood", 1),
    "null": (HttpAnswer(200, b"null"), Unavailable, "not understood", 1),
    "a number": (HttpAnswer(200, b"7"), Unavailable, "not understood", 1),
    "errors that are text": (HttpAnswer(200, b'{"errors": "no"}'), Unavailable, "understood", 1),
    "an error that is text": (HttpAnswer(200, b'{"errors": ["no"]}'), Unavailable, "understood", 1),
    "202": (HttpAnswer(202, b"{}"), Unavailable, "sent us on (202)", 1),
    "204": (HttpAnswer(204), Unavailable, "(204)", 1),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failure_has_its_class_and_its_sentence(
    api: Api, github: GitHub, told: Told, case: str
) -> None:
    answer, kind, said, times = FAILURES[case]
    api.answers = [answer]
    begin = time.monotonic()
    with pytest.raises(GitHubError) as raised:
        github.query(QUERY, {})
    assert time.monotonic() - begin < QUICK.total
    assert type(raised.value) is kind
    assert said in str(raised.value)
    assert raised.value.hint
    assert "<html" not in str(raised.value)
    assert api.asked == times
    assert len(told.waits) == len(told.lines) == times - 1


def test_malformed_quota_headers_do_no_harm(api: Api, github: GitHub) -> None:
    headers = (("X-RateLimit-Remaining", "1e999"), ("X-RateLimit-Limit", "nan"))
    api.answers = [HttpAnswer(200, FINE.body, (*headers, ("X-RateLimit-Reset", "soon")))]
    assert github.viewer() == "alice"


# --- waits -----------------------------------------------------------------------------------


def test_an_outage_that_ends_is_waited_out(api: Api, github: GitHub, told: Told) -> None:
    api.answers = [HttpAnswer(502, HTML), HttpAnswer(504), FINE]
    assert github.viewer() == "alice"
    assert told.waits == [0.01, 0.02]
    assert told.lines == [
        "GitHub answered with an error of its own (502); asking again in 0.01 s",
        "GitHub answered with an error of its own (504); asking again in 0.02 s",
    ]


def test_a_short_wait_that_github_asks_for_is_obeyed(api: Api, told: Told) -> None:
    github = GitHub(TOKEN, api.server.url, log=told.lines.append, sleep=told.waits.append)
    api.answers = [rest(403, SECONDARY, ("Retry-After", "7")), FINE]
    assert github.viewer() == "alice"
    github.close()
    assert told.waits == [7.0]
    assert told.lines == ["GitHub asks to slow down (secondary rate limit); asking again in 7 s"]


def test_no_wait_at_all_is_still_a_pause(api: Api, github: GitHub, told: Told) -> None:
    api.answers = [rest(429, "", ("Retry-After", "0")), FINE]
    assert github.viewer() == "alice"
    assert told.waits == [0.01]


def test_no_wait_goes_beyond_the_deadline(api: Api, github: GitHub, told: Told) -> None:
    api.answers = [rest(429, "", ("Retry-After", "25")), FINE]
    with pytest.raises(RateLimited):
        github.viewer()
    assert told.waits == []


def test_a_mutation_is_never_sent_twice_on_a_guess(api: Api, github: GitHub, told: Told) -> None:
    api.answers = [HttpAnswer(502), FINE]
    with pytest.raises(Unavailable):
        github.mutate("mutation M { x }", {})
    assert api.asked == 1
    assert told.waits == []


def test_a_mutation_that_was_put_off_is_sent_again(api: Api, told: Told) -> None:
    github = GitHub(TOKEN, api.server.url, sleep=told.waits.append)
    api.answers = [rest(403, SECONDARY, ("Retry-After", "3")), FINE]
    assert github.mutate("mutation M { x }", {}).data
    github.close()
    assert told.waits == [3.0]


# --- the wire --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [Silence(30), Drip(1, 0.05), CloseHalfWay(), CutBody(0.5)],
    ids=lambda kind: type(kind).__name__,
)
def test_a_broken_wire_ends_within_the_deadline(api: Api, hasty: GitHub, kind: Kind) -> None:
    api.fail(kind, times=99)
    begin = time.monotonic()
    with pytest.raises(Unavailable) as raised:
        hasty.query(QUERY, {})
    assert time.monotonic() - begin < HASTY.total + 1
    assert raised.value.hint
    assert 1 <= api.asked <= 3


@pytest.mark.parametrize("kind", [Silence(0.3), CloseHalfWay(), CutBody(0.5)])
def test_a_broken_wire_that_mends_is_used(api: Api, github: GitHub, kind: Kind) -> None:
    api.fail(kind)
    assert github.viewer() == "alice"
    assert api.asked == 2


def test_a_body_that_drips_in_meets_the_deadline(api: Api, hasty: GitHub) -> None:
    api.answers = [HttpAnswer(200, b" " * 1000 + FINE.body)]
    api.fail(Drip(200, 0.2), times=99)
    begin = time.monotonic()
    with pytest.raises(Unavailable, match="did not answer within"):
        hasty.query(QUERY, {})
    assert time.monotonic() - begin < HASTY.total + 1


def test_a_question_that_hung_is_not_asked_again_and_others_are(api: Api) -> None:
    patience = Patience(total=0.6, attempt=0.3, connect=0.3, repeats=5, pause=0.01)
    github = GitHub(TOKEN, api.server.url, patience=patience)
    api.answers = [HttpAnswer(200, b" " * 1000 + FINE.body)]
    api.fail(Drip(200, 0.2), times=99)
    with pytest.raises(Unavailable):
        github.query(QUERY, {})
    asked = api.asked
    for _ in range(20):
        with pytest.raises(Unavailable, match="did not answer within"):
            github.query(QUERY, {})
    assert api.asked == asked
    api.server.faults.clear()
    assert github.query(f"{QUERY} ", {}).data
    github.close()


def test_an_outage_that_answers_quickly_is_asked_about_again(api: Api, github: GitHub) -> None:
    api.answers = [HttpAnswer(502)] * 3 + [FINE]
    with pytest.raises(Unavailable):
        github.query(QUERY, {})
    assert github.query(QUERY, {}).data


def test_nobody_listens(told: Told) -> None:
    gone = Api()
    gone.server.close()
    github = GitHub(TOKEN, gone.server.url, patience=QUICK, sleep=told.waits.append)
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:\d+ could not be reached"):
        github.query(QUERY, {})
    github.close()
    assert told.waits == [0.01, 0.02]


def test_a_server_without_encryption_is_told(api: Api, told: Told) -> None:
    url = api.server.url.replace("http:", "https:")
    github = GitHub(TOKEN, url, patience=QUICK, sleep=told.waits.append)
    with pytest.raises(Unavailable, match="no secure connection to 127") as raised:
        github.query(QUERY, {})
    github.close()
    assert "certificates" in raised.value.hint
    assert told.waits == []


def test_an_answer_without_an_end_is_not_read_to_it(api: Api, github: GitHub) -> None:
    api.answers = [HttpAnswer(200, b" " * (33 * 1024 * 1024))]
    with pytest.raises(Unavailable, match="is too large"):
        github.query(QUERY, {})
    assert api.asked == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_the_token_stays(api: Api, github: GitHub, status: int) -> None:
    elsewhere = Api()
    for location in (f"{elsewhere.server.url}/graphql", "/graphql", "//127.0.0.1/x"):
        api.answers = [HttpAnswer(status, b"{}", (("Location", location),))]
        with pytest.raises(Unavailable, match=rf"sent us on \({status}\)"):
            github.query(QUERY, {})
        with pytest.raises(Unavailable, match=rf"sent us on \({status}\)"):
            github.blob("alice/alice", OID)
    elsewhere.server.close()
    assert elsewhere.asked == 0
    assert api.asked == 6


def test_no_proxy_sees_an_unencrypted_token(
    github: GitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Api()
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, proxy.server.url)
    assert github.viewer() == "alice"
    proxy.server.close()
    assert proxy.asked == 0


def test_a_netrc_replaces_no_token(
    api: Api, github: GitHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login mallory password stolen\n")
    monkeypatch.setenv("NETRC", str(netrc))
    github.query(QUERY, {})
    assert TOKEN in (api.recorder.requests[0].header("authorization") or "")


def test_a_server_that_repeats_the_token_is_not_quoted(api: Api, github: GitHub) -> None:
    for answer in (
        rest(403, f"no: token {TOKEN}"),
        rest(422, TOKEN),
        graphql(None, error("FORBIDDEN", f"token {TOKEN} may not")),
    ):
        api.answers = [answer]
        with pytest.raises(GitHubError) as raised:
            github.query(QUERY, {})
        assert TOKEN.lower() not in str(raised.value).lower()
        assert TOKEN.lower() not in repr(raised.value).lower()


def test_control_characters_of_an_answer_are_not_repeated(api: Api, github: GitHub) -> None:
    api.answers = [rest(403, "no\n::error::\x1b[31m\u202e" + "x" * 1000)]
    with pytest.raises(Forbidden) as raised:
        github.query(QUERY, {})
    assert "\n" not in raised.value.message
    assert "\x1b" not in raised.value.message
    assert "\u202e" not in raised.value.message
    assert len(raised.value.message) < 200


def test_pygithubs_own_log_does_not_reach_standard_error() -> None:
    code = (
        "import logging, csc_verify.github.wire\n"
        "logging.getLogger('github.Requester').warning('PyGithub has something to say')"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_pygithub_is_not_imported_before_the_first_question() -> None:
    code = "import sys, csc_verify.github; sys.exit('github' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- before anything is asked --------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "  \n"])
def test_without_a_token_nothing_is_asked(api: Api, token: str | None) -> None:
    github = GitHub(token, api.server.url)
    with pytest.raises(NoToken, match="Set GITHUB_TOKEN") as raised:
        github.query(QUERY, {})
    # In a workflow, and at a coach's desk.
    for told in ("${{ github.token }}", "'gh auth token' prints", "without any scopes"):
        assert told in raised.value.hint
    with pytest.raises(NoToken):
        github.blob("alice/alice", OID)
    assert api.asked == 0


@pytest.mark.parametrize("token", ["two words", "a\nb", "tökén", "a\x00b"])
def test_a_token_that_is_none_is_not_sent_and_not_shown(token: str) -> None:
    with pytest.raises(BadToken) as raised:
        GitHub(token)
    assert token not in str(raised.value)


def test_white_space_around_a_token_is_no_part_of_it(api: Api) -> None:
    github = GitHub(f" {TOKEN}\n", api.server.url, patience=QUICK)
    github.query(QUERY, {})
    github.close()
    assert (api.recorder.requests[0].header("authorization") or "").endswith(f" {TOKEN}")


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ({"api_url": "api.github.com"}, "GITHUB_API_URL is no web address"),
        ({"api_url": "ftp://api.github.com"}, "GITHUB_API_URL"),
        ({"api_url": "https://api.github.com?x=1"}, "GITHUB_API_URL"),
        ({"api_url": "https://me:secret@api.github.com"}, "GITHUB_API_URL"),
        ({"api_url": "http://api.github.com"}, "could be read on the way"),
        ({"server_url": "github.com"}, "GITHUB_SERVER_URL"),
        ({"graphql_url": "nonsense"}, "GITHUB_GRAPHQL_URL"),
        ({"graphql_url": "https://evil.example/graphql"}, "on different hosts"),
        ({"graphql_url": "http://api.github.com/graphql"}, "on different hosts"),
    ],
)
def test_an_address_that_would_not_do_is_refused(addresses: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        GitHub(TOKEN, **addresses)  # type: ignore[arg-type]  # all values are text
    assert raised.value.hint


# --- files -----------------------------------------------------------------------------------


def blob(whole: bytes, **more: object) -> HttpAnswer:
    text = base64.encodebytes(whole).decode()
    body = {"content": text, "encoding": "base64", "size": len(whole), **more}
    return HttpAnswer(200, json.dumps(body).encode())


@pytest.mark.parametrize("content", [b"", b"\0\xff" * 10, b"x" * 3_000_000])
def test_a_file_comes_byte_for_byte(api: Api, github: GitHub, content: bytes) -> None:
    api.answers = [blob(content)]
    assert github.blob("alice/alice", OID) == content
    assert api.recorder.requests[0].path == f"/repos/alice/alice/git/blobs/{OID}"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (blob(b"x", encoding="rot13"), Unavailable),
        (blob(b"x", content=7), Unavailable),
        (blob(b"x", content="!!!"), Unavailable),
        (rest(404, "Not Found"), NotFound),
        (HttpAnswer(200, b"[]"), Unavailable),
    ],
)
def test_a_file_that_is_none_is_an_error(
    api: Api, github: GitHub, answer: HttpAnswer, kind: type[GitHubError]
) -> None:
    api.answers = [answer]
    with pytest.raises(kind):
        github.blob("alice/alice", OID)


@pytest.mark.parametrize("oid", ["", "../../user", OID.upper(), OID + "?x", "0" * 39])
def test_an_object_id_is_hexadecimal(api: Api, github: GitHub, oid: str) -> None:
    with pytest.raises(Unavailable):
        github.blob("alice/alice", oid)
    assert api.asked == 0


@pytest.mark.parametrize("data", ["{}", '{"viewer": null}', '{"viewer": {"login": 7}}'])
def test_a_viewer_without_a_name_is_an_error(api: Api, github: GitHub, data: str) -> None:
    api.answers = [HttpAnswer(200, f'{{"data": {data}, "errors": [{{"message": "x"}}]}}'.encode())]
    with pytest.raises(Unavailable, match="whose token"):
        github.viewer()


# --- real answers ----------------------------------------------------------------------------


def captured(name: str, exchange: int = 0) -> HttpAnswer:
    path = SAMPLES / f"pygithub-{name}.txt"
    if not path.exists():
        pytest.skip("the captured answers are not part of the project")
    blocks = path.read_text("utf-8").split("\nhttps\n")
    lines = blocks[exchange].removeprefix("https\n").split("\n")
    status, headers, body = int(lines[6]), ast.literal_eval(lines[7]), lines[8]
    about_length = {"content-length", "transfer-encoding", "content-encoding", "connection"}
    kept = tuple((k, v) for k, v in headers if k.lower() not in about_length)
    return HttpAnswer(status, body.encode(), kept)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("exchange", "kind", "times"),
    [
        (("Exceptions.testBadAuthentication", 0), BadToken, 1),
        (("Exceptions.testUnknownUser", 0), NotFound, 1),
        (("Exceptions.testNonJsonDataReturnedByGithub", 0), Unavailable, 3),
        (("Exceptions.testJSONParseError", 0), Unavailable, 3),
        (("SpecificExceptions.testRateLimitExceeded", 1), RateLimited, 1),
    ],
)
def test_a_captured_failure_has_its_class(
    api: Api, github: GitHub, exchange: tuple[str, int], kind: type[GitHubError], times: int
) -> None:
    api.answers = [captured(*exchange)]
    with pytest.raises(GitHubError) as raised:
        github.query(QUERY, {})
    assert type(raised.value) is kind
    assert api.asked == times


@pytest.mark.corpus
def test_a_captured_answer_is_understood(api: Api, github: GitHub) -> None:
    api.answers = [captured("GraphQl.testQuery")]
    expected = {"repository": {"url": "https://github.com/PyGithub/PyGithub"}}
    assert github.query(QUERY, {}) == Answer(expected)
