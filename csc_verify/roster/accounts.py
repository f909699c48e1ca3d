"""How people write accounts and repositories: ``alice``, ``@alice``, addresses at GitHub."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.config.forms import quoted
from csc_verify.config.texts import LOGIN
from csc_verify.escape import plain
from csc_verify.roster.cells import Wrong, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST: Final = 500
_AT_GITHUB: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?github\.com/|(?:ssh://)?git@github\.com[:/])", re.IGNORECASE
)
_REST: Final = re.compile(r"[?#].*", re.DOTALL)
_NAME: Final = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")
_OWNER_AND_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Account:
    """What a text names; one of the two.

    Attributes:
        login: An account's, or empty.
        repository: ``owner/name``, or empty.
    """

    login: str = ""
    repository: str = ""


def read_account(text: str) -> Account | Wrong:
    """The account or the repository that a text names.

    Args:
        text: ``alice``, ``@alice``, ``alice/site``, or the address of either at GitHub.
    """
    if len(text) > _LONGEST:
        return Wrong("is longer than any login", "Write the name in the profile's address")
    # What nobody sees was pasted along, and is not meant.
    seen = plain(text, _LONGEST)
    found = _AT_GITHUB.match(seen)
    if not found:
        parts = seen.removeprefix("@").split("/")
        return _of_parts(parts) if len(parts) <= _OWNER_AND_NAME else _neither(seen)
    path = _REST.sub("", seen[found.end() :]).strip("/")
    # Behind a repository's name there may be the way to one of its files.
    return _of_parts(path.split("/")[:_OWNER_AND_NAME])


def repository_named(name: str, owner: str) -> str | None:
    """``owner/name``; None if no repository can have such a name."""
    bare = name.removesuffix(".git")
    return f"{owner}/{bare}" if _NAME.fullmatch(bare) else None


def _of_parts(parts: Sequence[str]) -> Account | Wrong:
    owner, *names = parts
    wrong = refused(LOGIN, owner)
    if wrong is not None:
        return wrong
    if not names:
        return Account(login=owner)
    repository = repository_named(names[0], owner)
    return Account(repository=repository) if repository else _neither("/".join(parts))


def _neither(text: str) -> Wrong:
    return Wrong(f"is neither a login nor a repository: {quoted(text)}", "Write owner/name")
