"""The real things: the clock, GitHub, the fetcher, the store. Built here and handed down."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from csc_verify.errors import ConfigError, Problem, UsageError
from csc_verify.model import RequirementId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Config, Settings
    from csc_verify.publish.store import Snapshot
    from csc_verify.verify import Sources

PROFILE_SECONDS = 9.0
"""For one of GitHub's public pages. A week over New Year needs two of them, which with a search
(10 s) and GitHub's API before (30 s) stays below the minute that one student may take."""

_SERVE_FILES = ("githubusercontent.com", "jsdelivr.net")

CONFIG_HINT = (
    "create it as the README shows, name another one with --config, "
    "or name what to check with --github and --blog"
)


def clock(settings: Settings) -> datetime:
    """Now, or what ``CSC_VERIFY_NOW`` says it is."""
    return settings.now or datetime.now(UTC)


@contextmanager
def open_sources(settings: Settings, terminal: Terminal) -> Iterator[Sources]:
    """GitHub and the fetcher, closed at the end."""
    # Each costs a tenth of a second and more to import; only who verifies pays for it.
    from csc_verify.fetch import FetchOnce, HttpFetcher, Limits
    from csc_verify.github import GitHub
    from csc_verify.verify import Sources

    github = GitHub(
        token=settings.token.secret if settings.token else None,
        api_url=settings.api_url,
        server_url=settings.server_url,
        graphql_url=settings.graphql_url,
        log=terminal.say,
    )
    with (
        closing(github),
        HttpFetcher(allow_hosts=settings.allow_hosts) as blogs,
        HttpFetcher(
            allow_hosts=settings.allow_hosts, limits=Limits(total_seconds=PROFILE_SECONDS)
        ) as profiles,
    ):
        key = settings.contacts_key.secret if settings.contacts_key else None
        yield Sources(github, blogs, profiles=FetchOnce(profiles), key=key)


def with_login(config: Config, settings: Settings, file: str) -> Config:
    """The configuration with its login, which is by default the repository's owner.

    Raises:
        ConfigError: Nothing says whose contributions are meant.
    """
    if config.github is not None:
        return config
    if settings.repository is None:
        if RequirementId.CONTRIBUTIONS not in config.commitment().scope:
            return config
        hint = "write github: your-login; in a GitHub workflow the repository's owner is taken"
        raise ConfigError((Problem(file, None, "there is no GitHub login", hint),))
    owner = settings.repository.partition("/")[0]
    return config.model_copy(update={"github": owner})


def config_in_work_tree(path: str) -> Config:
    """Read the configuration from a file.

    Raises:
        ConfigError: It isn't there, can't be read, or has problems.
    """
    from csc_verify.config import read_config

    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise ConfigError((Problem(path, None, "there is no such file", CONFIG_HINT),)) from None
    except OSError as error:
        reason = f"it can't be read ({error.strerror})"
        raise ConfigError((Problem(path, None, reason, CONFIG_HINT),)) from None
    return read_config(content, path)


def config_in_snapshot(snapshot: Snapshot, path: str, where: str) -> Config:
    """Read the configuration from the repository as it is published to.

    Raises:
        ConfigError: It isn't there or has problems.
        PublishError: It can't be read.
    """
    from csc_verify.config import read_config

    content = snapshot.read(path)
    if content is None:
        reason = f"there is no such file in {where}"
        raise ConfigError((Problem(path, None, reason, "create it as the README shows"),))
    return read_config(content, path)


def refuse_test_switches(settings: Settings) -> None:
    """Refuse to publish what a turned clock or an opened network found (contract: "Environment").

    Raises:
        UsageError: One of the two variables is set and the API isn't on this machine.
    """
    if settings.testing and not settings.api_is_loopback:
        names = " and ".join(settings.testing)
        raise UsageError(
            f"{names} {'is' if len(settings.testing) == 1 else 'are'} set, and what is found "
            "under a test setting is not published",
            "Publish without them, or use --publish none or files",
        )


def refuse_public_tracker(
    config: Config,
    file: str,
    settings: Settings,
    env: Mapping[str, str],
    *,
    is_private: bool | None,
) -> None:
    """Refuse to publish beside a contacts' tracker that anybody can read (contract: "Contacts").

    Args:
        config: Names the tracker.
        file: The configuration's name, for the message.
        settings: Names the repository.
        env: Holds the tracker's place where the configuration says ``env:NAME``.
        is_private: Whether the repository is private; None if that isn't known.

    Raises:
        ConfigError: The tracker lies in the repository, which isn't known to be private.
    """
    tracker = config.contacts.tracker
    if tracker is None or is_private or not _in_repository(tracker, settings, env):
        return
    raise ConfigError(
        (
            Problem(
                file,
                None,
                "contacts.tracker is a file in a repository that is public, or isn't known to be "
                "private; contacts are other people's data",
                "keep it in a private repository and publish with --publish api, or put its "
                "address or content into a secret and write env:CSC_CONTACTS",
            ),
        )
    )


def _in_repository(tracker: str, settings: Settings, env: Mapping[str, str]) -> bool:
    """Whether a tracker is a file of the repository: by its path, or by its address."""
    place = env.get(tracker.removeprefix("env:"), "") if tracker.startswith("env:") else tracker
    place = place.strip()
    if not place or "\n" in place:
        # Nothing, or the content itself.
        return False
    if "://" in place:
        return _leads_into(place, settings)
    here = Path.cwd().resolve()
    return (here / place).resolve().is_relative_to(here)


def _leads_into(place: str, settings: Settings) -> bool:
    """Whether an address shows a file of the repository, at GitHub or wherever it is served."""
    try:
        address = urlsplit(place)
        host = (address.hostname or "").rstrip(".")
    except ValueError:
        return False
    owner, _, name = (settings.repository or "").casefold().partition("/")
    if not name:
        return False
    servers = {urlsplit(settings.server_url).hostname, urlsplit(settings.api_url).hostname}
    if host == f"{owner}.github.io":
        return True
    if host not in servers and not host.endswith(_SERVE_FILES):
        return False
    path = [part for part in unquote(address.path).casefold().split("/") if part]
    return any(one == owner and other.partition("@")[0] == name for one, other in pairwise(path))
