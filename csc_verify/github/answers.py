"""What GitHub answers, read: HTTP statuses and GraphQL errors as the classes of the error tree.

GitHub answers most failures of GraphQL with status 200 and an ``errors`` list, sometimes beside
the part of the data that it could work out. Nothing here trusts the shape of an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn, TypeAlias

from csc_verify.errors import (
    BadToken,
    Forbidden,
    GitHubError,
    NotFound,
    RateLimited,
    Unavailable,
)
from csc_verify.escape import plain

Fields: TypeAlias = Mapping[str, object]

_EXCERPT = 120
_OK, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY = 200, 401, 403, 404, 429
_OUTAGES = frozenset({500, 502, 503, 504})
_MOST_SECONDS = 86_400
_LATEST_RESET = 253_402_300_799  # the last second of the year 9999
_MINUTE = 60.0

_PRIMARY_LIMITS = frozenset({"RATE_LIMIT", "RATE_LIMITED"})
_SECONDARY_LIMIT = re.compile(
    r"secondary rate limit|wait a few minutes|retry your request again later|abuse detection"
    r"|submitted too quickly",
    re.IGNORECASE,
)
# GitHub gives a query ten seconds; these are the words it then answers with.
_TIMED_OUT = re.compile(
    r"something went wrong while executing your query|respond to your request in time",
    re.IGNORECASE,
)
_TOO_MUCH = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"})
_LATER = "This is usually temporary; try again later"
_REPORT = "If it happens again, please report it to the project"


@dataclass(frozen=True, slots=True)
class GraphQLError:
    """One entry of an answer's ``errors``.

    Attributes:
        type: GitHub's word for it (``NOT_FOUND``, ``STALE_DATA``); empty if it gave none.
        message: One line, shortened; GitHub's own words.
        path: The field that failed, from the root; empty if the whole request did.
    """

    type: str
    message: str
    path: tuple[str, ...]

    @property
    def is_too_much(self) -> bool:
        """Whether the query was too much for GitHub: sent again it would be so again."""
        return self.type in _TOO_MUCH or _TIMED_OUT.search(self.message) is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GraphQL request answered, whole or in part.

    Attributes:
        data: The fields at the root; empty if GitHub worked out none.
        errors: What failed, in GitHub's order.
    """

    data: Fields
    errors: tuple[GraphQLError, ...] = ()

    def error_at(self, field: str) -> GraphQLError | None:
        """The first error at or below a root field, or of the request as a whole."""
        return next((e for e in self.errors if not e.path or e.path[0] == field), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer.

    Attributes:
        status: As in 200.
        headers: Names in lower case.
        text: The body, without the token should it be in there.
    """

    status: int
    headers: Mapping[str, str]
    text: str


class Again(Exception):  # noqa: N818  says what may be done
    """Asking once more may help. Never leaves this package.

    Attributes:
        error: What to raise if nobody asks again.
        wait: Seconds that GitHub asks to wait first; None if it named none.
    """

    def __init__(self, error: GitHubError, wait: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait


class Throttled(Again):
    """GitHub refused for now; the request was not carried out."""


class Interrupted(Again):
    """No answer came; the request may have been carried out or not."""


def read_graphql(reply: Reply) -> Answer:
    """The answer to a GraphQL request.

    Errors of single fields are in the answer and not raised, ``NOT_FOUND`` among them.

    Raises:
        Again: An outage or a limit that may be over soon.
        GitHubError: Any other reason why there is no answer.
    """
    _require_success(reply)
    body = _json_object(reply)
    errors = _errors(body.get("errors"))
    data = body.get("data")
    fields: Fields = data if isinstance(data, dict) else {}
    if not fields and not errors:
        raise _not_understood()
    nothing = all(value is None for value in fields.values())
    for error in errors:
        _raise_if_limited(error, reply)
        if nothing and _TIMED_OUT.search(error.message):
            raise Interrupted(Unavailable("GitHub could not work out the answer in time", _LATER))
        if not fields:
            _raise_if_refused(error)
    return Answer(fields, errors)


def read_rest(reply: Reply) -> Fields:
    """The JSON object that a REST request answered.

    Raises:
        Again: An outage or a limit that may be over soon.
        GitHubError: Any other reason why there is no answer.
    """
    _require_success(reply)
    return _json_object(reply)


def read_rest_list(reply: Reply) -> tuple[Fields, ...]:
    """The objects in the JSON list that a REST request answered.

    Raises:
        Again: An outage or a limit that may be over soon.
        GitHubError: Any other reason why there is no answer.
    """
    _require_success(reply)
    body = _json(reply)
    if not isinstance(body, list):
        raise _not_understood()
    return tuple(row for row in body if isinstance(row, dict))


def _require_success(reply: Reply) -> None:
    match reply.status:
        case 200:
            return
        case status if status in _OUTAGES:
            outage = Unavailable(f"GitHub answered with an error of its own ({status})", _LATER)
            raise Interrupted(outage, _retry_after(reply))
        case 401:
            raise BadToken(
                "GitHub refused the token (401)",
                "It may be expired, revoked or mistyped; set GITHUB_TOKEN to a valid one",
            )
        case 403 | 429:
            _raise_for_forbidden(reply)
        case 404:
            raise NotFound(
                "GitHub's API has nothing at the address asked (404)",
                "Check GITHUB_API_URL and the repository's name",
            )
        case status:
            raise Unavailable(
                f"GitHub did not accept the request ({status}){_said(reply)}", _REPORT
            )


def _raise_for_forbidden(reply: Reply) -> NoReturn:
    message = _message(reply)
    if reply.headers.get("x-ratelimit-remaining") == "0" or "rate limit exceeded" in message:
        raise _quota_spent(reply)
    if (
        reply.status == _TOO_MANY
        or "retry-after" in reply.headers
        or _SECONDARY_LIMIT.search(message)
    ):
        raise _slow_down(reply)
    raise Forbidden(
        f"GitHub does not let this token do that (403){_said(reply)}",
        "Check the token's permissions",
    )


def _raise_if_limited(error: GraphQLError, reply: Reply) -> None:
    if _SECONDARY_LIMIT.search(error.message):
        raise _slow_down(reply)
    if error.type in _PRIMARY_LIMITS:
        raise _quota_spent(reply)


def _raise_if_refused(error: GraphQLError) -> None:
    match error.type:
        case "FORBIDDEN" | "INSUFFICIENT_SCOPES":
            raise Forbidden(
                f"GitHub does not let this token do that ({error.message})",
                "Check the token's permissions",
            )
        case "NOT_FOUND":
            raise NotFound(f"GitHub knows no such thing ({error.message})", "Check the spelling")
        case _:
            return


def _quota_spent(reply: Reply) -> RateLimited:
    return RateLimited("GitHub's quota is spent", _when_reset(reply))


def _slow_down(reply: Reply) -> Throttled:
    # Without a number GitHub asks for a minute at least.
    asked = _retry_after(reply)
    wait = _MINUTE if asked is None else asked
    return Throttled(
        RateLimited(
            "GitHub asks to slow down (secondary rate limit)",
            f"Try again in {max(1, round(wait / _MINUTE))} min, with fewer requests at once",
        ),
        wait,
    )


def _when_reset(reply: Reply) -> str:
    raw = reply.headers.get("x-ratelimit-reset", "")
    if raw.isascii() and raw.isdigit() and 0 < int(raw[:12]) <= _LATEST_RESET:
        return f"Try again after {datetime.fromtimestamp(int(raw[:12]), UTC):%Y-%m-%d %H:%M} UTC"
    return "Try again in an hour"


def _retry_after(reply: Reply) -> float | None:
    """Seconds to wait; a date, which some servers send, is taken as far away."""
    raw = reply.headers.get("retry-after", "").strip()
    if not raw:
        return None
    return float(min(int(raw[:9]), _MOST_SECONDS)) if _is_number(raw) else float(_MOST_SECONDS)


def _is_number(raw: str) -> bool:
    return raw.isascii() and raw.isdigit()


def _json_object(reply: Reply) -> dict[str, object]:
    body = _json(reply)
    if not isinstance(body, dict):
        raise _not_understood()
    return body


def _json(reply: Reply) -> object:
    try:
        body: object = json.loads(reply.text)
    except (ValueError, RecursionError):
        # A page instead of JSON, or JSON that was cut off.
        raise Interrupted(_not_understood()) from None
    return body


def _not_understood() -> Unavailable:
    return Unavailable("GitHub's answer was not understood", _LATER)


def _errors(raw: object) -> tuple[GraphQLError, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise _not_understood()
    return tuple(_error(entry) for entry in raw)


def _error(raw: object) -> GraphQLError:
    if not isinstance(raw, dict):
        raise _not_understood()
    path = raw.get("path")
    return GraphQLError(
        type=_text(raw.get("type")),
        message=_text(raw.get("message")) or "no reason given",
        path=tuple(plain(str(part), 40) for part in path) if isinstance(path, list) else (),
    )


def _text(raw: object) -> str:
    return plain(raw, _EXCERPT).rstrip(".") if isinstance(raw, str) else ""


def _message(reply: Reply) -> str:
    """What an error of REST says, in lower case; empty for a page or anything else."""
    try:
        body = json.loads(reply.text)
    except (ValueError, RecursionError):
        return ""
    message = body.get("message") if isinstance(body, dict) else None
    return _text(message).lower()


def _said(reply: Reply) -> str:
    message = _message(reply)
    return f": {message}" if message else ""
