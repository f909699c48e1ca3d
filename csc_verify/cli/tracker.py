"""The student's tracker of contacts: where it is, and its bytes. Says nothing of either.

Its address may be a secret and its content is other people's data, so that neither stands in any
message.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from csc_verify.addresses import web_address
from csc_verify.errors import PublishError
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.fetch.guard import host_of
from csc_verify.sources.contacts.table import MAX_BYTES
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.fetch import Fetcher
    from csc_verify.publish.store import Snapshot

_ENV = "env:"


def read_tracker(
    tracker: str | None,
    env: Mapping[str, str],
    fetcher: Fetcher,
    read: Callable[[str], bytes | Unusable],
) -> bytes | Unusable | None:
    """The tracker's content, or why there is none; None if none is configured.

    Args:
        tracker: As configured: ``env:NAME``, an https address or a path.
        env: Holds the secret; its value is an address, a path or the content itself.
        fetcher: Fetches an address.
        read: Reads a file by its path.
    """
    if tracker is None:
        return None
    place = tracker
    if tracker.startswith(_ENV):
        name = tracker.removeprefix(_ENV)
        place = env.get(name, "").strip()
        if not place:
            return Unusable(
                f"is configured to be in {name}, which is empty",
                f"Add the secret, and hand it over in the workflow: contacts: "
                f"${{{{ secrets.{name} }}}}",
            )
        if "\n" in place:
            return place.encode("utf-8", "surrogateescape")
    return _fetched(place, fetcher) if "://" in place else read(place)


def _fetched(address: str, fetcher: Fetcher) -> bytes | Unusable:
    if web_address(address) is None:
        return Unusable(
            "has an address that can't be opened", "Correct it in the secret or in contacts.tracker"
        )
    match fetcher.fetch(address):
        case Page(body=body):
            return body
        case Absent():
            return Unusable(
                "was not found at its address", "Publish the sheet again, as comma-separated values"
            )
        case Unreachable(_, reason, hint):
            return Unusable(f"could not be fetched: {_without_host(reason, address)}", hint)
        case never:
            assert_never(never)


def _without_host(reason: str, address: str) -> str:
    host = host_of(address)
    return reason.replace(host, "its host") if host else reason


def in_work_tree(path: str) -> bytes | Unusable:
    """A file here, by its path."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _nowhere()
    except (OSError, ValueError):
        return Unusable("can't be read where it is configured to be", "See its permissions")


def in_snapshot(snapshot: Snapshot) -> Callable[[str], bytes | Unusable]:
    """Files of a repository, by their paths."""

    def read(path: str) -> bytes | Unusable:
        try:
            content = snapshot.read(path)
        except PublishError:
            return Unusable("could not be read from the repository", "The next run looks again")
        return _nowhere() if content is None else content

    return read


def _nowhere() -> Unusable:
    return Unusable(
        "is not where it is configured to be",
        "Correct contacts.tracker, or its secret; a secret's name is written env:CSC_CONTACTS",
    )
