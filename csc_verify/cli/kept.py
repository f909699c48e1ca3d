"""Files that a student keeps, the tracker and the list of activities: where they are, their bytes.

Their addresses may be secrets and their content may be other people's data, so that neither stands
in any message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.addresses import web_address
from csc_verify.config.settings import CONTACTS_KEY
from csc_verify.errors import PublishError
from csc_verify.fetch import Absent, Page, Unreachable, without_host
from csc_verify.sources.contacts.table import MAX_BYTES
from csc_verify.sources.design import Activities
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.config import Config
    from csc_verify.fetch import Fetcher
    from csc_verify.publish.store import Snapshot
    from csc_verify.verify import Sources

_ENV = "env:"
# What a runner sets, tokens among it, is nobody's link.
_NOT_FOR_LINKS = re.compile(rf"(?:GITHUB|GH|ACTIONS|RUNNER)_.*|{CONTACTS_KEY}")


@dataclass(frozen=True, slots=True)
class Kept:
    """How a file is spoken of.

    Attributes:
        setting: The key of the configuration that names it.
        hand_over: The line of a workflow that hands a secret over; ``NAME`` stands for its name.
        publish: How it is published at an address.
    """

    setting: str
    hand_over: str
    publish: str


TRACKER: Final = Kept(
    setting="contacts.tracker",
    hand_over="contacts: ${{ secrets.NAME }}",
    publish="Publish the sheet again, as comma-separated values",
)
ACTIVITIES: Final = Kept(
    setting="design.activities",
    hand_over="env: {NAME: '${{ secrets.NAME }}'}",
    publish="Put it there again, or write the new address into the secret",
)


def with_kept_files(
    sources: Sources,
    config: Config,
    env: Mapping[str, str],
    read: Callable[[str], bytes | Unusable | None],
) -> Sources:
    """The sources with what the student keeps.

    Args:
        sources: Where other evidence comes from; its fetcher fetches addresses.
        config: Names the files.
        env: Holds the secrets.
        read: Reads a file by its path.
    """
    from dataclasses import replace

    def kept(file: Kept, place: str | None) -> bytes | Unusable | None:
        return None if place is None else read_kept(file, place, env, sources.fetcher, read)

    activities = kept(ACTIVITIES, config.design.activities)
    if isinstance(activities, bytes):
        is_secret = (config.design.activities or "").startswith(_ENV)
        listed = Activities(activities, is_secret, lambda name: link_in(name, env))
        return replace(sources, tracker=kept(TRACKER, config.contacts.tracker), activities=listed)
    return replace(sources, tracker=kept(TRACKER, config.contacts.tracker), activities=activities)


def link_in(name: str, env: Mapping[str, str]) -> str | None:
    """The link in a variable; None if it is empty, or one that holds no links."""
    return None if _NOT_FOR_LINKS.fullmatch(name.upper()) else env.get(name, "").strip() or None


def read_kept(
    file: Kept,
    place: str,
    env: Mapping[str, str],
    fetcher: Fetcher,
    read: Callable[[str], bytes | Unusable | None],
) -> bytes | Unusable:
    """The file's content, or why there is none.

    Args:
        file: How it is spoken of.
        place: As configured: ``env:NAME``, an https address or a path.
        env: Holds the secret; its value is an address, a path or the content itself.
        fetcher: Fetches an address.
        read: Reads a file by its path; None if there is none.
    """
    if place.startswith(_ENV):
        name = place.removeprefix(_ENV)
        place = env.get(name, "").strip()
        if not place:
            return Unusable(
                f"is configured to be in {name}, which is empty",
                f"Add the secret, and hand it over in the workflow: "
                f"{file.hand_over.replace('NAME', name)}",
            )
        if "\n" in place:
            return place.encode("utf-8", "surrogateescape")
    if "://" in place:
        return _fetched(file, place, fetcher)
    content = read(place)
    if content is None:
        mend = f"Correct {file.setting}, or its secret; a secret's name is written env:CSC_CONTACTS"
        return Unusable("is not where it is configured to be", mend)
    return content


def _fetched(file: Kept, address: str, fetcher: Fetcher) -> bytes | Unusable:
    if web_address(address) is None:
        mend = f"Correct it in the secret or in {file.setting}"
        return Unusable("has an address that can't be opened", mend)
    match fetcher.fetch(address):
        case Page(body=body):
            return body
        case Absent():
            return Unusable("was not found at its address", file.publish)
        case Unreachable(_, reason, hint):
            return Unusable(f"could not be fetched: {without_host(reason, address)}", hint)
        case never:
            assert_never(never)


def in_work_tree(path: str) -> bytes | Unusable | None:
    """A file here, by its path."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Unusable("can't be read where it is configured to be", "See its permissions")


def in_snapshot(snapshot: Snapshot) -> Callable[[str], bytes | Unusable | None]:
    """Files of a repository, by their paths."""

    def read(path: str) -> bytes | Unusable | None:
        try:
            return snapshot.read(path)
        except PublishError:
            return Unusable("could not be read from the repository", "The next run looks again")

    return read
