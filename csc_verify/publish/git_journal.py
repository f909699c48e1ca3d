"""What a run is about to write and commit, noted in git's folder until the commit is made.

A run may be killed between two files, or between the files and their commit. The files would then
look like unfinished work of the student's, which is never committed along. By the note the next run
knows them, and puts them back as they were.
"""

from __future__ import annotations

import base64
import json
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from csc_verify.errors import PublishError
from csc_verify.publish.git_failures import demand
from csc_verify.publish.git_state import require_committable
from csc_verify.publish.tree_files import Replaced, Written, read_file, remove_leftovers, take_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import FileChange
    from csc_verify.publish.git import Git
    from csc_verify.publish.work_tree import FileSnapshot

_NAME: Final = "csc-verify-unfinished.json"


@dataclass(frozen=True, slots=True)
class _Note:
    """What a run that didn't come to its end was about.

    Attributes:
        files: What it was about to write.
        added: Paths that git's index did not hold.
    """

    files: tuple[Replaced, ...]
    added: frozenset[str]


@contextmanager
def noted(
    git: Git, files: FileSnapshot, changes: tuple[FileChange, ...], added: tuple[str, ...]
) -> Iterator[None]:
    """Keep a note of what is about to be written, for as long as it isn't committed.

    Args:
        git: Git in the work tree's root.
        files: The files as they are.
        changes: The files as they shall be.
        added: Paths among them that git's index doesn't hold.

    Raises:
        PublishError: The note can't be made.
    """
    place = _place(git)
    text = json.dumps(
        {
            "files": [
                [change.path, _encoded(files.read(change.path)), _encoded(change.content)]
                for change in changes
            ],
            "added": list(added),
        }
    )
    half = place.with_suffix(".tmp")
    try:
        with half.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
    except OSError as error:
        raise PublishError(
            f"git's folder could not be written: {error.strerror}",
            "let this user write there, or publish another way",
        ) from error
    try:
        yield
    finally:
        _forget(place)


def take_back_unfinished(git: Git, root: Path, *, alone: bool) -> None:
    """Put back what a killed run wrote and did not commit, and remove its temporary files.

    A file that somebody changed since is left as it is, and so is one that was committed.

    Args:
        git: Git in the work tree's root.
        root: The root, a real path.
        alone: Whether it is sure that no other run is writing there now; if not, its note looks
            like that of a killed one.

    Raises:
        PublishError: Git can't be asked, or holds its lock.
    """
    place = _place(git)
    if not place.exists():
        return
    require_committable(git)
    note = _read(place)
    if note is not None:
        if alone:
            remove_leftovers(root, (file.path for file in note.files))
        theirs = tuple(file for file in note.files if not _is_committed(git, file.path))
        written = tuple(file for file in theirs if read_file(root, file.path) == file.after)
        kept = take_back(root, Written(written, ()))
        gone = [f.path for f in theirs if f.path in note.added and f.path not in kept]
        if gone:
            demand(git, "mend its index", "update-index", "--force-remove", "--", *gone)
    _forget(place)


def _place(git: Git) -> Path:
    folder = demand(git, "find its own folder", "rev-parse", "--absolute-git-dir").line
    return Path(folder) / _NAME


def _is_committed(git: Git, path: str) -> bool:
    if git.ask("cat-file", "-e", f"HEAD:{path}").code != 0:
        return False
    return git.ask("diff", "--quiet", "HEAD", "--", path).code == 0


def _read(place: Path) -> _Note | None:
    """The note; None if it isn't one of ours: then it says nothing."""
    try:
        told = json.loads(place.read_text("utf-8"))
        files = tuple(
            Replaced(path, _decoded(was), _decoded(now) or b"") for path, was, now in told["files"]
        )
        return _Note(files, frozenset(told["added"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _forget(place: Path) -> None:
    with suppress(OSError):
        place.unlink()
