"""The face: ask GitHub, in bounded time, and get an answer or an error of the tree."""

from __future__ import annotations

import base64
import binascii
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from csc_verify.addresses import web_address
from csc_verify.errors import BadToken, GitHubError, NoToken, Unavailable, UsageError
from csc_verify.github.answers import (
    Again,
    Answer,
    Throttled,
    read_graphql,
    read_rest,
    read_rest_list,
)
from csc_verify.github.queries import document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.github.wire import Wire

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_NO_SPACE_OR_CONTROL = re.compile(r"[\x21-\x7e]+")
_OID = re.compile(r"[0-9a-f]{40,64}")
_RELEASE = re.compile(r"v\d+(\.\d+){0,2}$")
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,80}")
_SHORTEST = 0.001
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one operation may take, all its requests and waits together.

    Attributes:
        total: Seconds for the whole operation. With the public pages that are looked at instead,
            one student's week stays within a minute.
        attempt: Seconds for one request; GitHub itself gives up after ten.
        search: Seconds for a search of the public, which is asked only if all else failed.
        connect: Seconds for connecting, as a part of an attempt.
        repeats: How often a request is sent again when that may help.
        pause: Seconds before the first repeat; twice that before the second, and so on.
        longest_wait: If GitHub asks to wait longer than these seconds, nobody waits.
    """

    total: float = 30.0
    attempt: float = 12.0
    search: float = 10.0
    connect: float = 8.0
    repeats: int = 2
    pause: float = 1.0
    longest_wait: float = 30.0


FOR_MANY = Patience(longest_wait=90.0)
"""For many students at once: GitHub's usual pause is a minute, and worth it there."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When several operations together have to be over.

    Attributes:
        ends: On the monotonic clock.
    """

    ends: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds that are left, never quite none."""
        return max(self.ends - time.monotonic(), _SHORTEST)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self.ends


class GitHub:
    """GitHub's API, for one token. Not to be shared between threads.

    Args:
        token: The token, or None; it is sent to the API's host and nowhere else.
        api_url: ``GITHUB_API_URL``: ``https://api.github.com``, or ``https://HOST/api/v3``.
        server_url: ``GITHUB_SERVER_URL``: where people read what the API tells of.
        graphql_url: ``GITHUB_GRAPHQL_URL``; derived from ``api_url`` if None.
        log: Told one line before each wait.
        patience: How long an operation may take.
        sleep: Waits so many seconds.

    Raises:
        UsageError: An address can't be used, or would show the token to others.
        BadToken: The token holds characters that no token has.
    """

    def __init__(  # noqa: PLR0913  each is a line of the environment or a part to replace in tests
        self,
        token: str | None,
        api_url: str = "https://api.github.com",
        server_url: str = "https://github.com",
        *,
        graphql_url: str | None = None,
        log: Callable[[str], None] = lambda _: None,
        patience: Patience = Patience(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._token = _usable_token(token)
        self._api_url = _usable_api(api_url)
        self._graphql_url = _on_same_host(graphql_url, self._api_url) if graphql_url else None
        self.server_url = _address(server_url, "GITHUB_SERVER_URL")
        self._log = log
        self._patience = patience
        self._sleep = sleep
        self._wires: dict[str | None, Wire] = {}
        self._hung: dict[tuple[str, object], GitHubError] = {}

    def deadline(self) -> Deadline:
        """The time that the questions about one student's week have together, from now on."""
        return Deadline.within(self._patience.total)

    def query(
        self, text: str, variables: Mapping[str, object], until: Deadline | None = None
    ) -> Answer:
        """Ask a GraphQL query; sent again where that may help.

        Args:
            text: The document; see :mod:`csc_verify.github.queries`.
            variables: Its variables.
            until: When it has to be over, together with other questions; by itself if None.

        Returns:
            The answer, whole or in part; errors of single fields are in it.

        Raises:
            GitHubError: There is no answer; the class says why.
        """
        return self._unless_hung(
            (text, variables.get("login", variables.get("login0"))),
            until or self.deadline(),
            lambda ends: self._patiently(
                lambda wire, left: read_graphql(wire.post(text, variables, left)),
                self._required_token(),
                ends,
            ),
        )

    def query_once(self, text: str, variables: Mapping[str, object], until: Deadline) -> Answer:
        """Ask a GraphQL query that is better made smaller than sent again.

        It is sent again only if GitHub refused it for now. Arguments, answer and errors are those
        of :meth:`query`.
        """
        return self._patiently(
            lambda wire, left: read_graphql(wire.post(text, variables, left)),
            self._required_token(),
            until,
            Throttled,
        )

    def mutate(self, text: str, variables: Mapping[str, object]) -> Answer:
        """Send a GraphQL mutation; sent again only if GitHub refused it for now.

        Arguments, answer and errors are those of :meth:`query`.

        Raises:
            Unavailable: No answer came: it may have been carried out or not.
        """
        return self._patiently(
            lambda wire, left: read_graphql(wire.post(text, variables, left)),
            self._required_token(),
            self.deadline(),
            Throttled,
        )

    def viewer(self) -> str:
        """The login that the token belongs to; a workflow's own is ``github-actions[bot]``.

        Raises:
            GitHubError: GitHub did not say.
        """
        login = login_of_viewer(self.query(document("viewer"), {}))
        if login is None:
            raise Unavailable("GitHub did not say whose token this is")
        return login

    def blob(self, repository: str, oid: str) -> bytes:
        """A file's content by its object id, of any size up to what a request may hold.

        Args:
            repository: ``owner/name`` as GitHub spells it today.
            oid: The blob's id, in hexadecimal.

        Raises:
            NotFound: There is no such object.
            GitHubError: There is no answer; the class says why.
        """
        if not _OID.fullmatch(oid):
            raise Unavailable("GitHub named an object by something that is no object id")
        path = f"/repos/{quote(repository)}/git/blobs/{oid}"
        fields = self._get(path, self.deadline())
        content, encoding = fields.get("content"), fields.get("encoding")
        if not isinstance(content, str) or encoding != "base64":
            raise Unavailable("GitHub sent a file in a form that was not understood")
        try:
            return base64.b64decode("".join(content.split()), validate=True)
        except (binascii.Error, ValueError):
            raise Unavailable("GitHub sent a file in a form that was not understood") from None

    def tagged_commits(self, repository: str) -> tuple[str, ...]:
        """The commits of a repository's releases, those of its newest hundred tags like ``v1.2``.

        Raises:
            NotFound: There is no such repository.
            GitHubError: There is no answer; the class says why.
        """
        rows = self._list(f"/repos/{quote(repository)}/tags?per_page=100")
        releases = (row for row in rows if _RELEASE.match(str(row.get("name"))))
        commits = (row.get("commit") for row in releases)
        oids = (commit.get("sha") for commit in commits if isinstance(commit, dict))
        return tuple(oid for oid in oids if isinstance(oid, str) and _OID.fullmatch(oid))

    def activity(self, repository: str, branch: str, kind: str) -> tuple[str, ...]:
        """When something was done to a branch, ISO 8601, newest first, as far as GitHub tells.

        Args:
            repository: ``owner/name``.
            branch: The branch's short name.
            kind: What was done: ``force_push``, ``branch_deletion``.

        Raises:
            GitHubError: There is no answer; the class says why.
        """
        asked = {"activity_type": kind, "ref": f"refs/heads/{branch}", "per_page": 100}
        rows = self._list(f"/repos/{quote(repository)}/activity?{urlencode(asked)}")
        found = (row for row in rows if row.get("activity_type") == kind)
        times = (row.get("timestamp") for row in found)
        return tuple(time_ for time_ in times if isinstance(time_, str))

    def login_of(self, account: int, until: Deadline) -> str:
        """The login that an account has today, by the number that survives a renaming.

        Args:
            account: The number.
            until: When it has to be over.

        Raises:
            NotFound: There is no such account any more.
            GitHubError: There is no answer; the class says why.
        """
        fields = self._unless_hung(
            ("account", account), until, lambda ends: self._get(f"/user/{account:d}", ends)
        )
        login, found = fields.get("login"), fields.get("id")
        if not isinstance(login, str) or not _LOGIN.fullmatch(login) or found != account:
            raise Unavailable("GitHub named an account in a form that was not understood")
        return login

    def search_deadline(self) -> Deadline:
        """The time that all pages of a search have together, from now on."""
        return Deadline.within(self._patience.search)

    def search_commits(self, query: str, page: int, until: Deadline) -> Mapping[str, object]:
        """Search public commits as anybody can: without the token, so that nothing private shows.

        Args:
            query: As in ``author:alice author-date:2026-11-15..2026-11-23``.
            page: From 1; a page holds 100, those with the newest author dates first.
            until: When it has to be over.

        Returns:
            The answer's JSON object: ``total_count``, ``incomplete_results``, ``items``.

        Raises:
            GitHubError: There is no answer; the class says why.
        """
        asked = {"q": query, "sort": "author-date", "order": "desc", "per_page": 100, "page": page}
        path = f"/search/commits?{urlencode(asked)}"
        return self._unless_hung(
            ("search", None),
            until,
            lambda ends: self._patiently(
                lambda wire, left: read_rest(wire.get(path, left)), None, ends, Throttled
            ),
        )

    def close(self) -> None:
        """Close the connections that were kept open."""
        for token in tuple(self._wires):
            self._drop_wire(token)

    def _list(self, path: str) -> tuple[Mapping[str, object], ...]:
        return self._patiently(
            lambda wire, left: read_rest_list(wire.get(path, left)),
            self._required_token(),
            self.deadline(),
        )

    def _get(self, path: str, until: Deadline) -> Mapping[str, object]:
        return self._patiently(
            lambda wire, left: read_rest(wire.get(path, left)), self._required_token(), until
        )

    def _unless_hung(
        self, question: tuple[str, object], until: Deadline, ask: Callable[[Deadline], T]
    ) -> T:
        """Ask, unless it hung before: the next week of the same student needn't wait as long.

        Args:
            question: What is asked, and about whom.
            until: When it has to be over.
            ask: Asks it.
        """
        if question in self._hung:
            raise self._hung[question]
        given = until.left
        try:
            return ask(until)
        except GitHubError as error:
            if until.left < given / 2:
                self._hung[question] = error
            raise

    def _patiently(
        self,
        ask: Callable[[Wire, float], T],
        token: str | None,
        until: Deadline,
        repeated: type[Again] = Again,
    ) -> T:
        """Ask until there is an answer, it makes no sense to ask again, or time is up."""
        patience, repeats_left = self._patience, self._patience.repeats
        pause = patience.pause
        while True:
            try:
                return ask(self._ready_wire(token), min(until.left, patience.attempt))
            except Again as again:
                # After a broken answer the connection is of no use, and may still be busy.
                self._drop_wire(token)
                wait = max(pause, again.wait or 0)
                may_repeat = isinstance(again, repeated) and repeats_left > 0
                if not may_repeat or wait > patience.longest_wait or wait >= until.left:
                    raise again.error from None
                self._log(f"{again.error.message}; asking again in {wait:g} s")
            self._sleep(wait)
            pause *= 2
            repeats_left -= 1

    def _required_token(self) -> str:
        if self._token is None:
            raise NoToken(
                "there is no token to ask GitHub with",
                "Set GITHUB_TOKEN: in a workflow to ${{ github.token }}, on your own computer to "
                "what 'gh auth token' prints, or to a personal access token without any scopes",
            )
        return self._token

    def _ready_wire(self, token: str | None) -> Wire:
        if token not in self._wires:
            from csc_verify.github.wire import Wire  # noqa: PLC0415  imports PyGithub: 0.3 s

            self._wires[token] = Wire(
                token, self._api_url, self._graphql_url, self._patience.connect
            )
        return self._wires[token]

    def _drop_wire(self, token: str | None) -> None:
        wire = self._wires.pop(token, None)
        if wire is not None:
            wire.close()


def login_of_viewer(answer: Answer) -> str | None:
    """The login under ``viewer``, or None."""
    viewer = answer.data.get("viewer")
    login = viewer.get("login") if isinstance(viewer, dict) else None
    return login if isinstance(login, str) and login else None


def _usable_token(token: str | None) -> str | None:
    stripped = (token or "").strip()
    if not stripped:
        return None
    if not _NO_SPACE_OR_CONTROL.fullmatch(stripped):
        raise BadToken(
            "the token holds characters that no token has",
            "Set GITHUB_TOKEN again, to the token and nothing else",
        )
    return stripped


def _address(url: str, variable: str) -> str:
    address = web_address(url)
    if address is None or urlsplit(address).query or urlsplit(address).fragment:
        raise UsageError(f"{variable} is no web address", f"Correct or unset {variable}")
    return address.rstrip("/")


def _usable_api(url: str) -> str:
    address = _address(url, "GITHUB_API_URL")
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise UsageError(
            "GITHUB_API_URL is not an https address, so the token could be read on the way",
            "Use https",
        )
    return address


def _on_same_host(url: str, api_url: str) -> str:
    address = _address(url, "GITHUB_GRAPHQL_URL")
    there, here = urlsplit(address), urlsplit(api_url)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc):
        raise UsageError(
            "GITHUB_GRAPHQL_URL and GITHUB_API_URL are on different hosts",
            "Unset GITHUB_GRAPHQL_URL: it follows from the other",
        )
    return address
