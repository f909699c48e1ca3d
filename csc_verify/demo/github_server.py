"""The embedded GitHub as a server: GraphQL, a part of REST, and pages, on one loopback address.

The address serves as ``GITHUB_API_URL`` and as ``GITHUB_SERVER_URL``; GraphQL is at ``/graphql``.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from email.utils import format_datetime
from itertools import count
from typing import TYPE_CHECKING, Final

from csc_verify.demo import graphql_api
from csc_verify.demo.calendar_days import calendar_of
from csc_verify.demo.calendar_page import calendar_page
from csc_verify.demo.commit_search import RefusedSearchError
from csc_verify.demo.github_pages import page
from csc_verify.demo.github_rest import NotFoundError, Rest
from csc_verify.demo.loopback import Answer, LoopbackServer, Request
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.faults import Faults
    from csc_verify.demo.github_hub import Hub, Token
    from csc_verify.demo.loopback import Recorder

DOCUMENTATION: Final = "https://docs.github.com/rest"
GRAPHQL: Final = "/graphql"
_API_ROOTS: Final = frozenset({"repos", "users", "user", "rate_limit", "search"})
_HTML: Final = (("Content-Type", "text/html; charset=utf-8"),)


class GitHubServer:
    """A GitHub on loopback.

    Args:
        hub: What it holds.
        recorder: Where requests are recorded.
    """

    def __init__(self, hub: Hub, recorder: Recorder) -> None:
        self.hub = hub
        self._numbers = count(1)
        self._http = LoopbackServer("github", self._respond, recorder, _described)

    @property
    def url(self) -> str:
        """The API's and the site's address, without a slash at the end."""
        return self._http.url

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self._http.faults

    def close(self) -> None:
        """Stops serving."""
        self._http.close()

    def _respond(self, request: Request) -> Answer:
        root = request.path.strip("/").partition("/")[0]
        if request.path == GRAPHQL and request.method == "POST":
            answer = self._authenticated(request, "graphql")
        elif root in _API_ROOTS and not request.path.endswith("/contributions"):
            resource = "search" if root == "search" else "core"
            answer = self._authenticated(request, resource)
        else:
            answer = self._page(request)
        moment = format_datetime(self.hub.clock(), usegmt=True)
        number = f"E2E0:1:{next(self._numbers):06X}:0:0"
        more = (("Date", moment), ("Server", "github.com"), ("X-GitHub-Request-Id", number))
        return replace(answer, headers=(*answer.headers, *more))

    def _authenticated(self, request: Request, resource: str) -> Answer:
        given = request.header("authorization")
        token = self.hub.tokens.get(given.partition(" ")[2].strip()) if given else None
        if given and token is None:
            return _message(401, "Bad credentials")
        rest = Rest(self.hub, token, self.url)
        asked = _asked(request) if resource == "graphql" else None
        points = graphql_api.cost(asked).points if isinstance(asked, graphql_api.Asked) else 1
        used = self.hub.spend(token, resource, points)
        quota = rest.quota(resource)
        if token is None and used > quota["limit"]:
            answer = _message(403, "API rate limit exceeded for 127.0.0.1.")
        elif asked is not None and token is not None:
            answer = self._graphql(asked, token, spent=used > quota["limit"])
        elif used > quota["limit"]:
            answer = _message(403, "API rate limit exceeded for this token.")
        else:
            answer = _rest(rest, request)
        return replace(answer, headers=(*answer.headers, *_quota_headers(quota, resource)))

    def _graphql(self, asked: graphql_api.Asked | str, token: Token, *, spent: bool) -> Answer:
        if spent:
            error = {"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": _SPENT}
            return _json(200, {"errors": [error]})
        if isinstance(asked, str):
            return _message(400, asked)
        return _json(200, graphql_api.answer(self.hub, token, self.url, asked))

    def _page(self, request: Request) -> Answer:
        match request.path.strip("/").split("/"):
            case ["users", login, "contributions"]:
                text = self._calendar(login, request.query.get("from"))
            case _:
                text = page(self.hub, request.path)
        return Answer(200, text.encode(), _HTML) if text else Answer(404, b"Not Found", _HTML)

    def _calendar(self, login: str, begins: str | None) -> str | None:
        student = self.hub.account(login)
        if not isinstance(student, DemoStudent):
            return None
        first = date.fromisoformat(begins[:10]) if begins else None
        return calendar_page(calendar_of(self.hub, student, first), self.hub.markup)


_SPENT: Final = "API rate limit already exceeded for user ID 41898282."


def _asked(request: Request) -> graphql_api.Asked | str:
    """What a request asks, or why nobody can tell."""
    try:
        return graphql_api.Asked.read(request.body)
    except ValueError as error:
        return str(error) or "Problems parsing JSON"


def _rest(rest: Rest, request: Request) -> Answer:
    if request.method not in {"GET", "HEAD"}:
        return _message(404, "Not Found")
    try:
        return _json(200, rest.get(request.path, request.query))
    except NotFoundError:
        return _message(404, "Not Found")
    except RefusedSearchError as error:
        problem = {"message": error.problem, "resource": "Search", "field": "q", "code": "invalid"}
        return _message(422, str(error), *([problem] if error.problem else []))


def _described(request: Request) -> Request:
    if request.path != GRAPHQL:
        return request
    try:
        asked = graphql_api.Asked.read(request.body)
    except ValueError:
        return request
    operation = asked.operation
    name = operation.name.value if operation and operation.name else None
    return replace(request, operation=name, fields=asked.root_fields)


def _quota_headers(quota: dict[str, int], resource: str) -> tuple[tuple[str, str], ...]:
    numbers = {f"X-RateLimit-{name.title()}": str(value) for name, value in quota.items()}
    return (*numbers.items(), ("X-RateLimit-Resource", resource))


def _message(status: int, message: str, *problems: Mapping[str, str | None]) -> Answer:
    content = {
        "message": message,
        **({"errors": problems} if problems else {}),
        "documentation_url": DOCUMENTATION,
        "status": str(status),
    }
    return _json(status, content)


def _json(status: int, content: object) -> Answer:
    headers = (
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-GitHub-Media-Type", "github.v4; format=json"),
    )
    return Answer(status, json.dumps(content, separators=(",", ":")).encode(), headers)
