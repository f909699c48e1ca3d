"""Files that a student keeps, the tracker and the list of activities: where they are, their bytes.

Their addresses may be secrets and their content may be other people's data, so that neither stands
in any message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from csc_verify.addresses import web_address
from csc_verify.config.settings import CONTACTS_KEY
from csc_verify.errors import PublishError
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.sources.contacts.table import MAX_BYTES
from csc_verify.sources.design import Activities
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.config import Config
    from csc_verify.fetch import Fetcher
    from csc_verify.publish.store import Snapshot
    from csc_verify.verify import Sources

    Read: TypeAlias = Callable[[str], bytes | Unusable | None]

_ENV = "env:"
_ADDRESS_WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/\S")
# What a runner sets, tokens among it, is nobody's file or link, and neither is the key.
_NOT_TO_BE_READ = re.compile(
    rf"(?:GITHUB|GH|ACTIONS|RUNNER)_.*|CSC_(?:VERIFY|INPUT)_.*|{CONTACTS_KEY}"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """How a file is spoken of.

    Attributes:
        setting: The key of the configuration that names it.
        example: A file's name, and that of a secret.
        given: The Action's input for the secret of that name; empty if there is none.
        publish: How it is published at an address.
    """

    setting: str
    example: tuple[str, str]
    given: str
    publish: str

    def handed_over(self, name: str) -> str:
        """How a workflow hands a secret over: by the Action's input, if it has one for it."""
        secret = f"${{{{ secrets.{name} }}}}"
        if self.given and name == self.example[1]:
            return f"{self.given}: {secret}"
        return f"env: {{{name}: '{secret}'}}"


TRACKER: Final = Kept(
    setting="contacts.tracker",
    example=("contacts.csv", "CSC_CONTACTS"),
    given="contacts",
    publish="Publish the sheet again, as comma-separated values",
)
ACTIVITIES: Final = Kept(
    setting="design.activities",
    example=("design.yml", "CSC_DESIGN"),
    given="",
    publish="Put it there again, or write the new address into the secret",
)


def with_kept_files(
    sources: Sources, config: Config, env: Mapping[str, str], read: Read
) -> Sources:
    """The sources with what the student keeps.

    Args:
        sources: Where other evidence comes from; its fetcher fetches addresses.
        config: Names the files.
        env: Holds the secrets.
        read: Reads a file by its path; None if there is none.
    """
    return replace(
        sources,
        tracker=kept_tracker(sources, config, env, read),
        activities=kept_activities(sources, config, env, read),
    )


def kept_tracker(
    sources: Sources, config: Config, env: Mapping[str, str], read: Read
) -> bytes | Unusable | None:
    """The tracker; None if none is configured. Arguments as above."""
    place = config.contacts.tracker
    return None if place is None else read_kept(TRACKER, place, env, sources.fetcher, read)


def kept_activities(
    sources: Sources, config: Config, env: Mapping[str, str], read: Read
) -> Activities | Unusable | None:
    """The list of activities; None if none is configured. Arguments as above."""
    place = config.design.activities
    if place is None:
        return None
    content = read_kept(ACTIVITIES, place, env, sources.fetcher, read)
    if isinstance(content, Unusable):
        return content
    taken = {_variable(config.contacts.tracker), _variable(place)}
    links = {name: value for name, value in env.items() if name not in taken}
    return Activities(content, place.startswith(_ENV), lambda name: link_in(name, links))


def link_in(name: str, env: Mapping[str, str]) -> str | None:
    """The link in a variable; None if it is empty, or one that holds no links."""
    return None if _NOT_TO_BE_READ.fullmatch(name.upper()) else env.get(name, "").strip() or None


def _variable(place: str | None) -> str | None:
    """The name of the variable that holds a file: a tracker's is never a link for others to see."""
    return place.removeprefix(_ENV) if place is not None and place.startswith(_ENV) else None


def read_kept(
    file: Kept,
    place: str,
    env: Mapping[str, str],
    fetcher: Fetcher,
    read: Read,
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
        if _NOT_TO_BE_READ.fullmatch(name.upper()):
            mend = f"In {file.setting} name a secret of your own, such as env:{file.example[1]}"
            return Unusable(f"is configured to be in {name}, which holds no file", mend)
        place = env.get(name, "").strip()
        if not place:
            return Unusable(
                f"is configured to be in {name}, which is empty",
                f"Set it, as in {name}={file.example[0]}; in a workflow, add the secret and hand "
                f"it over: {file.handed_over(name)}",
            )
        if "\n" in place or _looks_like_a_table(place):
            return place.encode("utf-8", "surrogateescape")
    if "://" in place:
        return _fetched(file, place, fetcher)
    content = read(place)
    return _nowhere(file, place) if content is None else content


def _looks_like_a_table(text: str) -> bool:
    """Whether a line is a tracker's headings, as of one that is still empty, and no path."""
    return any(text.count(sign) > 1 for sign in ",;\t")


def _nowhere(file: Kept, place: str) -> Unusable:
    """What is told of a path at which nothing is, without the path."""
    name = file.example[1]
    if place.startswith("${{"):
        return Unusable(
            "is configured in the words of a workflow", f"In {file.setting} write env:{name}"
        )
    if _ADDRESS_WITHOUT_SCHEME.match(place):
        return Unusable("is not where it is configured to be", "Write https:// before its address")
    mend = f"Correct {file.setting}, or its secret; a secret's name is written env:{name}"
    return Unusable("is not where it is configured to be", mend)


def _fetched(file: Kept, address: str, fetcher: Fetcher) -> bytes | Unusable:
    if web_address(address) is None:
        mend = f"Correct it in the secret or in {file.setting}"
        return Unusable("has an address that can't be opened", mend)
    match fetcher.fetch(address):
        case Page(body=body):
            return body
        case Absent():
            return Unusable("was not found at its address", file.publish)
        case Unreachable(_, _, hint, status):
            # Its reason names hosts, the address's own among them.
            why = "there was no usable answer" if status is None else f"it answered {status}"
            return Unusable(f"could not be fetched: {why}", hint)
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


def in_snapshot(snapshot: Snapshot) -> Read:
    """Files of a repository, by their paths."""

    def read(path: str) -> bytes | Unusable | None:
        try:
            return snapshot.read(path)
        except PublishError:
            return Unusable("could not be read from the repository", "The next run looks again")

    return read
