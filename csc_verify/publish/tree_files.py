"""Files of a work tree: read whole, replaced whole, all of them or none.

New contents go to temporary files beside their targets first; only when every byte of every file
is on the disk are the targets replaced, one atomic rename each. If one of these fails, the
earlier ones are taken back.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.errors import PublishError
from csc_verify.publish.tree_paths import readable_place, shown, writable_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from csc_verify.model import FileChange

MAX_BYTES = 20_000_000
"""The largest file that is read or written; a log of fifty years is smaller."""

_TEMPORARY = ".csc-verify-{}.tmp"
_SPACE = "free some space and run again"
_PERMISSION = "let this user write there, or publish another way"
_IN_THE_WAY = "move what is there out of the way, or set publish.directory to another folder"
_HINTS = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.EFBIG: _SPACE,
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.EROFS: _PERMISSION,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENAMETOOLONG: "choose a shorter name for publish.directory",
    errno.ELOOP: "replace the symbolic link by a file or folder of its own",
}
_OTHER_HINT = "see that the folder can be read and written, and run again"


@dataclass(frozen=True, slots=True)
class Replaced:
    """One file that was written.

    Attributes:
        path: Relative to the root, with forward slashes.
        before: Its content until then; None if there was no such file.
        after: Its content now.
    """

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What one call wrote.

    Attributes:
        files: In the order written; files that had their content already are not among them.
        folders: Those made on the way, outermost first.
    """

    files: tuple[Replaced, ...]
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Staged:
    path: str
    target: Path
    temporary: Path
    before: bytes | None
    after: bytes


def read_file(root: Path, path: str) -> bytes | None:
    """A file's content.

    Args:
        root: A real path, without links.
        path: Relative to the root, with forward slashes.

    Returns:
        The content; None if there is no such file.

    Raises:
        PublishError: The path is refused, or what is there is no file of at most
            :data:`MAX_BYTES`, or can't be read.
    """
    place = readable_place(root, path)
    try:
        status = place.stat()
        # Looked at before opening: opening a pipe would wait for its writer.
        _require_file(path, status)
        return place.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _failure("read", path, error) from error


def write_files(
    root: Path, changes: tuple[FileChange, ...], still_as_read: Callable[[], None]
) -> Written:
    """Write all the files or none of them.

    A file's permissions stay as they were, a new file's follow the umask. A file that has its
    content already is not touched.

    Args:
        root: A real path, without links.
        changes: Each path once.
        still_as_read: Called after the new contents are on the disk and before the first file is
            replaced; what it raises ends the call, and nothing was written.

    Raises:
        PublishError: It can't be done; nothing was written, or the text says what was.
    """
    targets = _targets(root, changes)
    with ExitStack() as leftovers:
        folders: list[Path] = []
        staged: list[_Staged] = []
        for change in changes:
            before = read_file(root, change.path)
            if before == change.content:
                continue
            target = targets[change.path]
            folders += _make_folders(change.path, target.parent, leftovers)
            temporary = _write_temporary(change.path, change.content, target, leftovers)
            staged.append(_Staged(change.path, target, temporary, before, change.content))
        still_as_read()
        return Written(_replace_all(root, staged), tuple(folders))


def remove_leftovers(root: Path, paths: Iterable[str]) -> None:
    """Remove the temporary files of runs that were killed.

    Args:
        root: A real path, without links. No other run writes below it.
        paths: The files beside which they may lie.

    Raises:
        PublishError: A path is refused.
    """
    for folder in {writable_place(root, path).parent for path in paths}:
        for leftover in folder.glob(_TEMPORARY.format("*")):
            _remove_if_there(leftover)


def take_back(root: Path, written: Written) -> tuple[str, ...]:
    """Undo a call of :func:`write_files`.

    Args:
        root: A real path, without links.
        written: What that call returned.

    Returns:
        The paths that still hold what was written, or what somebody wrote since.
    """
    kept = tuple(file.path for file in reversed(written.files) if not _restored(root, file))
    for folder in reversed(written.folders):
        _remove_if_empty(folder)
    return kept


def _targets(root: Path, changes: tuple[FileChange, ...]) -> dict[str, Path]:
    targets: dict[str, Path] = {}
    for change in changes:
        if change.path in targets:
            raise PublishError(
                f"{shown(change.path)} would be written twice in one commit",
                "give publish.directory and publish.readme different paths",
            )
        if len(change.content) > MAX_BYTES:
            raise PublishError(
                f"{shown(change.path)} would have {len(change.content)} bytes, "
                f"more than the {MAX_BYTES} that can be published",
                "start a new log in another publish.directory",
            )
        targets[change.path] = writable_place(root, change.path)
    return targets


def _require_file(path: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise PublishError(f"{shown(path)} is a folder, and should be a file", _IN_THE_WAY)
    if not stat.S_ISREG(status.st_mode):
        raise PublishError(f"{shown(path)} is not an ordinary file", _IN_THE_WAY)
    if status.st_size > MAX_BYTES:
        raise PublishError(
            f"{shown(path)} has {status.st_size} bytes, more than the {MAX_BYTES} that are read",
            "see what filled it, and restore it from the repository's history",
        )


def _make_folders(path: str, folder: Path, leftovers: ExitStack) -> list[Path]:
    made: list[Path] = []
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir()
            leftovers.callback(_remove_if_empty, each)
            made.append(each)
    except OSError as error:
        raise _failure("written", path, error) from error
    return made


def _write_temporary(path: str, content: bytes, target: Path, leftovers: ExitStack) -> Path:
    temporary = target.with_name(_TEMPORARY.format(secrets.token_hex(8)))
    leftovers.callback(_remove_if_there, temporary)
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    except OSError as error:
        raise _failure("written", path, error) from error
    return temporary


def _replace_all(root: Path, staged: list[_Staged]) -> tuple[Replaced, ...]:
    done: list[Replaced] = []
    for item in staged:
        try:
            item.temporary.replace(item.target)
        except OSError as error:
            kept = take_back(root, Written(tuple(done), ()))
            raise _failure("written", item.path, error, kept) from error
        done.append(Replaced(item.path, item.before, item.after))
    return tuple(done)


def _restored(root: Path, file: Replaced) -> bool:
    try:
        place = writable_place(root, file.path)
        if read_file(root, file.path) != file.after:
            return False
        if file.before is None:
            place.unlink()
            return True
        with ExitStack() as leftovers:
            _write_temporary(file.path, file.before, place, leftovers).replace(place)
    except (OSError, PublishError):
        # Reported by the caller, who names the path beside the failure that led here.
        return False
    return True


def _remove_if_empty(folder: Path) -> None:
    # It isn't empty when all went well, or when somebody else put something there.
    with suppress(OSError):
        folder.rmdir()


def _remove_if_there(temporary: Path) -> None:
    # It isn't there when all went well; where it can't be removed, the failure of writing it or
    # of replacing its target is what the user has to hear.
    with suppress(OSError):
        temporary.unlink()


def _failure(done: str, path: str, error: OSError, kept: tuple[str, ...] = ()) -> PublishError:
    reason = os.strerror(error.errno) if error.errno else str(error)
    text = f"{shown(path)} could not be {done}: {reason}"
    if kept:
        text += f"; already written: {', '.join(map(shown, kept))}"
    return PublishError(text, _HINTS.get(error.errno or 0, _OTHER_HINT))
