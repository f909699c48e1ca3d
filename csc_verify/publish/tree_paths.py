"""Where a published path lies on disk, and which paths may not be used at all.

A path comes from a configuration, which anybody may have written. It names a file below the root
of a work tree or it is refused: it never leaves the root, not even through a symbolic link, and
never reaches git's own folder under any of the names that some file system gives to it.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from csc_verify.errors import PublishError
from csc_verify.escape import plain

_HINT = "name a file below the root with forward slashes, such as .csc/log.md"
# Windows gives the second name to the first; git refuses both on every system.
_GIT_FOLDER = frozenset({".git", "git~1"})


def parts_of(path: str) -> tuple[str, ...]:
    """The names on the way to a file.

    Args:
        path: Relative to the root, with forward slashes.

    Returns:
        At least one name; none is empty, ``.``, ``..`` or git's own folder.

    Raises:
        PublishError: The path could lead elsewhere on some system.
    """
    if not path or "\\" in path or ":" in path or any(map(_unnameable, path)):
        raise PublishError(f"{shown(path)} is not a path that can be published to", _HINT)
    parts = tuple(path.split("/"))
    if any(part in {"", ".", ".."} for part in parts):
        raise PublishError(f"{shown(path)} leads out of the repository", _HINT)
    if any(is_git_folder(part) for part in parts):
        raise PublishError(f"{shown(path)} lies in git's own folder", _HINT)
    return parts


def readable_place(root: Path, path: str) -> Path:
    """Where to read a file; symbolic links are followed as long as they stay below the root.

    Args:
        root: A real path, without links.
        path: As in :func:`parts_of`.

    Raises:
        PublishError: The path is refused, or a link on the way leaves the root.
    """
    # Not Path.resolve: it raises on a loop of links, and later Pythons don't.
    real = Path(os.path.realpath(root.joinpath(*parts_of(path))))
    if not real.is_relative_to(root) or any(map(is_git_folder, real.relative_to(root).parts)):
        raise PublishError(
            f"{shown(path)} is reached through a symbolic link that leaves the repository",
            "replace the link by a file or folder of its own",
        )
    return real


def writable_place(root: Path, path: str) -> Path:
    """Where to write a file; nothing is ever written through a symbolic link.

    Args:
        root: A real path, without links.
        path: As in :func:`parts_of`.

    Raises:
        PublishError: The path is refused, or something on the way is a link.
    """
    readable_place(root, path)
    place = root
    for part in parts_of(path):
        place = place / part
        if os.path.islink(place):  # noqa: PTH114  Path.is_symlink raises on names too long
            raise PublishError(
                f"{shown(path)} can't be written, since {shown(place.name)} is a symbolic link",
                "replace the link by a file or folder of its own, or publish to another path",
            )
    return place


def is_git_folder(part: str) -> bool:
    """Whether some file system takes a name for ``.git``: case, endings, invisible characters."""
    visible = "".join(char for char in part if unicodedata.category(char) != "Cf")
    return visible.rstrip(". ").casefold() in _GIT_FOLDER


def shown(path: str) -> str:
    """A path as a message may print it."""
    return plain(path) or "an empty path"


def _unnameable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"}
