"""What the environment says: the token, GitHub's addresses, the runner's files, switches."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.addresses import web_address
from csc_verify.config.forms import quoted
from csc_verify.config.loopback import is_loopback
from csc_verify.config.texts import HOST, LOGIN
from csc_verify.digests import FEWEST_CHARACTERS, is_strong
from csc_verify.errors import ConfigError, Problem
from csc_verify.week import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = "CSC_VERIFY_NOW"
ALLOW_HOSTS = "CSC_VERIFY_ALLOW_PRIVATE_HOSTS"
CONTACTS_KEY = "CSC_CONTACTS_KEY"

_API = "https://api.github.com"
_SERVER = "https://github.com"
# Anything that can be seen and written in UTF-8: half a character has no bytes to be a key.
_KEY = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]+")
_TOKEN = re.compile(r"[\x21-\x7e]+")
_REPOSITORY_NAME = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class Token:
    """A secret, which no message and no traceback shows.

    Attributes:
        secret: A token for the header of a request to the API's host, or the student's key for
            digests; for nothing else.
    """

    secret: str = field(repr=False)

    def __str__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment, read once.

    Attributes:
        token: From ``GITHUB_TOKEN``, else ``GH_TOKEN``; None without either.
        api_url: GitHub's REST API, without a final slash.
        graphql_url: GitHub's GraphQL API, derived from it.
        server_url: GitHub's pages, without a final slash.
        repository: ``owner/name`` that the runner works for, or None.
        output: The runner's file for outputs, or None.
        step_summary: The runner's file for the job summary, or None.
        runner_temp: The runner's folder for temporary files, or None.
        now: An instant (UTC) to use for the clock, or None for the real one.
        allow_hosts: Hosts, in lower case, that may be reached although they are private.
        contacts_key: From ``CSC_CONTACTS_KEY``: what digests are made with; None without one.
    """

    token: Token | None = None
    api_url: str = _API
    graphql_url: str = f"{_API}/graphql"
    server_url: str = _SERVER
    repository: str | None = None
    output: Path | None = None
    step_summary: Path | None = None
    runner_temp: Path | None = None
    now: datetime | None = None
    allow_hosts: frozenset[str] = frozenset()
    contacts_key: Token | None = None

    @property
    def api_is_loopback(self) -> bool:
        """Whether the API's host is this very machine."""
        return is_loopback(urlsplit(self.api_url).hostname or "")

    @property
    def testing(self) -> tuple[str, ...]:
        """The variables for tests and demos that are set."""
        switches = ((NOW, self.now is not None), (ALLOW_HOSTS, bool(self.allow_hosts)))
        return tuple(name for name, is_set in switches if is_set)


def read_settings(env: Mapping[str, str]) -> Settings:
    """Read the environment. A variable that is empty counts as not set.

    Args:
        env: Names and values, as ``os.environ`` has them.

    Raises:
        ConfigError: With every problem; each names its variable, none repeats a token.
    """
    reader = _Reader(env)
    api_url = reader.address("GITHUB_API_URL", _API)
    settings = Settings(
        token=reader.token("GITHUB_TOKEN", "GH_TOKEN"),
        api_url=api_url,
        graphql_url=reader.graphql_address("GITHUB_GRAPHQL_URL", "GITHUB_API_URL", api_url),
        server_url=reader.address("GITHUB_SERVER_URL", _SERVER),
        repository=reader.repository("GITHUB_REPOSITORY"),
        output=reader.path("GITHUB_OUTPUT"),
        step_summary=reader.path("GITHUB_STEP_SUMMARY"),
        runner_temp=reader.path("RUNNER_TEMP"),
        now=reader.instant(NOW),
        allow_hosts=reader.hosts(ALLOW_HOSTS),
        contacts_key=reader.key(CONTACTS_KEY),
    )
    if reader.problems:
        raise ConfigError(tuple(reader.problems))
    return settings


def _graphql_url(api_url: str) -> str:
    """The GraphQL API beside a REST API.

    An enterprise server has them at ``/api/v3`` and ``/api/graphql``; PyGithub derives it alike.
    """
    beside = api_url.removesuffix("/v3") if urlsplit(api_url).path.endswith("/v3") else api_url
    return f"{beside}/graphql"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads variables one by one and keeps what is wrong with them."""

    env: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """The variable's text, or None if it is empty or not set."""
        return self.env.get(name) or None

    def path(self, name: str) -> Path | None:
        """The path in a variable."""
        text = self.text(name)
        return None if text is None else Path(text)

    def token(self, *names: str) -> Token | None:
        """The token in the first of several variables that is set."""
        name = next((name for name in names if self.env.get(name, "").strip()), None)
        if name is None:
            return None
        secret = self.env[name].strip()
        if not _TOKEN.fullmatch(secret):
            hint = "Copy it again, on one line"
            self._complain(name, "holds characters that no token has", hint)
        return Token(secret)

    def key(self, name: str) -> Token | None:
        """The student's key in a variable."""
        secret = self.env.get(name, "").strip()
        if not secret:
            return None
        if not _KEY.fullmatch(secret):
            self._complain(name, "holds characters that no key has", "Copy it again, on one line")
        elif not is_strong(secret):
            text = f"is too easy to guess; a key has {FEWEST_CHARACTERS} characters or more"
            self._complain(name, text, "make one with csc-verify contacts key")
        return Token(secret)

    def address(self, name: str, default: str) -> str:
        """The address in a variable, without a final slash."""
        text = self.text(name)
        if text is None:
            return default
        address = web_address(text)
        parts = urlsplit(address or "")
        if address is None or parts.query or parts.fragment:
            # Not repeated: an address that is refused here may hold credentials.
            self._complain(name, "is not an address of GitHub", f"Write it like {default}")
            return default
        if parts.scheme.lower() != "https" and not is_loopback(parts.hostname or ""):
            self._complain(name, "is not an https address", f"Write it like {default}")
        return address.rstrip("/")

    def graphql_address(self, name: str, api_name: str, api_url: str) -> str:
        """The GraphQL address, which has to be the one beside the REST API."""
        derived = _graphql_url(api_url)
        text = self.text(name)
        fits = text is None or text.strip().rstrip("/") == derived
        if not fits and not any(problem.file == api_name for problem in self.problems):
            self._complain(
                name, f"is not the one beside {api_name}", f"Write {derived}, or nothing"
            )
        return derived

    def repository(self, name: str) -> str | None:
        """The ``owner/name`` in a variable."""
        text = self.text(name)
        if text is None:
            return None
        owner, _, repository = text.partition("/")
        if not re.search(LOGIN.pattern, owner) or not _REPOSITORY_NAME.fullmatch(repository):
            self._complain(name, f"is not a repository: {quoted(text)}", "Write owner/name")
        return text

    def instant(self, name: str) -> datetime | None:
        """The instant in a variable, in UTC."""
        text = self.text(name)
        if text is None:
            return None
        try:
            written = datetime.fromisoformat(text.strip())
            instant = None if written.tzinfo is None else written.astimezone(UTC)
        except (ValueError, OverflowError):
            instant = None
        if instant is None or not FIRST_DAY <= instant.date() <= LAST_DAY:
            hint = "Write ISO 8601 with an offset, such as 2026-11-24T06:00:00Z"
            self._complain(name, f"is not an instant: {quoted(text)}", hint)
        return instant

    def hosts(self, name: str) -> frozenset[str]:
        """The hosts in a variable, separated by commas."""
        written = [part.strip().lower() for part in (self.text(name) or "").split(",")]
        hosts = frozenset(part.removeprefix("[").removesuffix("]") for part in written if part)
        for host in sorted(hosts):
            if not _is_host(host):
                hint = "Write names or addresses with commas between, such as 127.0.0.1,localhost"
                self._complain(name, f"names what is no host: {quoted(host)}", hint)
        return hosts

    def _complain(self, name: str, text: str, hint: str) -> None:
        self.problems.append(Problem(name, None, text, hint))


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return re.search(HOST.pattern, text) is not None
    return True
