"""Every GraphQL document that is ever sent, one file each; what they share is in ``fragments``."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

SUFFIX = ".graphql"

_SPREAD = re.compile(r"\.\.\.([A-Z]\w+)")


@cache
def document(name: str) -> str:
    """A document's text, with the fragments that it uses.

    Args:
        name: Its file's name without the suffix.
    """
    text = files(__name__).joinpath(name + SUFFIX).read_text(encoding="utf-8")
    return with_fragments(text)


def with_fragments(text: str) -> str:
    """An operation's text with the fragments that it uses, each once.

    Args:
        text: The operation; fragments are spread by name and defined in ``fragments``.
    """
    parts, known = [text], set[str]()
    for part in parts:
        for name in _SPREAD.findall(part):
            if name not in known:
                known.add(name)
                parts.append(_fragment(name))
    return "\n".join(parts)


def names() -> tuple[str, ...]:
    """The names of all documents, sorted."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


@cache
def _fragment(name: str) -> str:
    folder = files(__name__).joinpath("fragments")
    return folder.joinpath(name.lower() + SUFFIX).read_text(encoding="utf-8")
