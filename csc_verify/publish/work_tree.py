"""Publishing to plain files: a folder, and nothing in it but the published files is touched."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.publish.one_writer import alone_in
from csc_verify.publish.store import Published
from csc_verify.publish.tree_files import Written, read_file, remove_leftovers, write_files
from csc_verify.publish.tree_paths import shown

if TYPE_CHECKING:
    from csc_verify.model import FileChange


@dataclass(frozen=True, slots=True)
class FileSnapshot:
    """The files below a root, each as it was when it was first read.

    Attributes:
        root: A real path, without links.
    """

    root: Path
    _seen: dict[str, bytes | None] = field(default_factory=dict, repr=False)

    @property
    def is_private(self) -> bool | None:
        """None: a folder doesn't say who can see it."""
        return None

    def read(self, path: str) -> bytes | None:
        """A file's content; None if there is no such file.

        Args:
            path: Relative to the root, with forward slashes.

        Raises:
            PublishError: The path leads out of the root or into git's folder, or what is there
                can't be read as a file.
        """
        if path not in self._seen:
            self._seen[path] = read_file(self.root, path)
        return self._seen[path]

    def require_unmoved(self) -> None:
        """See that every file read still is as it was.

        Raises:
            HeadMoved: One isn't.
        """
        for path, before in self._seen.items():
            if read_file(self.root, path) != before:
                raise HeadMoved(
                    f"{shown(path)} was changed by somebody else while this ran",
                    "run it again",
                )

    def write(self, changes: tuple[FileChange, ...]) -> Written:
        """Write all the changes or none of them; see :meth:`commit`. No other run may write."""
        return write_files(self.root, changes, self.require_unmoved)

    def catch_up(self) -> None:
        """Nothing: files that were written are published."""

    def commit(self, changes: tuple[FileChange, ...], message: str) -> Published:
        """Write all the changes or none of them.

        Nothing is ever written through a symbolic link. Files that have their content already
        are not rewritten.

        Args:
            changes: Files as they shall be.
            message: Not used; files have no message.

        Raises:
            HeadMoved: A file that was read has changed since; nothing was written.
            PublishError: It can't be done; nothing was written, or the text says what was.
        """
        del message
        with alone_in(self.root) as alone:
            if alone:
                remove_leftovers(self.root, (change.path for change in changes))
            self.write(changes)
        return Published(commit=None, where=str(self.root))


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder as a place to publish to.

    Attributes:
        root: The folder; it must exist.
    """

    root: Path

    def snapshot(self) -> FileSnapshot:
        """The files as they are now.

        Raises:
            PublishError: There is no such folder.
        """
        root = Path(os.path.realpath(self.root))
        if not root.is_dir():
            raise PublishError(
                f"{shown(str(self.root))} is not a folder",
                "name the folder that holds the repository",
            )
        return FileSnapshot(root)
