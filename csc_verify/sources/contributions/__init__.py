"""A week's contributions through GitHub's GraphQL API: one login, one request.

::

    collect ──> GitHub.query ──> reading.py    the answer, each value checked by type
                                     │
                  Found  <────── weighing.py   the count rule

The week's range goes out as the first day's ``T00:00:00Z`` to the last day's ``T23:59:59Z``; the
calendar takes whole days at both ends. Which day a contribution belongs to, GitHub has decided:
commits by the zone in their timestamp, the rest by the browser's. Nothing is dated again here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from csc_verify.errors import GitHubError, Unavailable
from csc_verify.github.queries import document
from csc_verify.model import Evidence, Failed
from csc_verify.sources.contributions.reading import read_collection
from csc_verify.sources.contributions.weighing import SOURCE, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import Answer, GitHub
    from csc_verify.week import Week

__all__ = ["SOURCE", "collect", "parse", "variables"]

_TOO_MUCH: Final = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"})


def collect(github: GitHub, login: str, week: Week) -> Evidence:
    """What GitHub tells of a login's week; what goes wrong is a value too.

    Args:
        github: GitHub, with or without a token; without one nothing can be asked.
        login: The account's login, in any case.
        week: The week.
    """
    address = _profile(github.server_url, login)
    try:
        answer = github.query(document("contributions"), variables(login, week))
    except GitHubError as error:
        return Failed(SOURCE, address, error.message, error.hint)
    if answer.errors:
        return _failed(answer, login, address)
    return parse(answer.data, login, week, github.server_url)


def variables(login: str, week: Week) -> dict[str, object]:
    """The variables of the query for a login's week."""
    return {
        "login": login,
        "from": f"{week.first.isoformat()}T00:00:00Z",
        "to": f"{week.last.isoformat()}T23:59:59Z",
    }


def parse(data: Mapping[str, object], login: str, week: Week, server_url: str) -> Evidence:
    """What an answer without errors says.

    Args:
        data: The root fields of the answer, as the API sent them.
        login: The login asked for.
        week: The week asked for.
        server_url: Where people read what the API tells of, without a slash at the end.
    """
    address = _profile(server_url, login)
    if "user" in data and data["user"] is None:
        return _unknown_login(login, address)
    try:
        return weigh(read_collection(data, login, week), week, address)
    except Unavailable as error:
        return Failed(SOURCE, address, error.message, error.hint)


def _profile(server_url: str, login: str) -> str:
    return f"{server_url}/{quote(login, safe='')}"


def _failed(answer: Answer, login: str, address: str) -> Failed:
    error = answer.errors[0]
    if error.type == "NOT_FOUND" and answer.data.get("user") is None:
        return _unknown_login(login, address)
    if error.type in _TOO_MUCH:
        return Failed(
            SOURCE,
            address,
            "GitHub could not work out this week's contributions within its own limits",
            "Run again later; GitHub's limits ease from time to time",
        )
    return Failed(
        SOURCE,
        address,
        f"GitHub did not answer in full: {error.message}",
        "Check the token's permissions, or run again later",
    )


def _unknown_login(login: str, address: str) -> Failed:
    return Failed(
        SOURCE,
        address,
        f"GitHub knows no user {login!r}",
        "Check the spelling; a renamed account needs its new login, and an organisation has no "
        "contributions",
    )
