"""Every GraphQL document that is ever sent, one file each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

SUFFIX = ".graphql"


@cache
def document(name: str) -> str:
    """A document's text.

    Args:
        name: Its file's name without the suffix.
    """
    return files(__name__).joinpath(name + SUFFIX).read_text(encoding="utf-8")


def names() -> tuple[str, ...]:
    """The names of all documents, sorted."""
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))
