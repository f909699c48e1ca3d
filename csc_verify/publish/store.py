"""What a place to publish to can do: be read at one moment, and be written if nothing moved since.

``deliver`` in ``run.py`` is the only caller: it takes a snapshot, reads, renders, commits; on
:class:`~csc_verify.errors.HeadMoved` it takes a new snapshot and does it all again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from csc_verify.model import FileChange


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit left behind.

    Attributes:
        commit: The commit's id; None where there is none (plain files).
        where: Where it went, for the reader (``alice/alice@main``, a folder).
    """

    commit: str | None
    where: str


class Snapshot(Protocol):
    """The published files as they were at one moment."""

    @property
    def is_private(self) -> bool | None:
        """Whether the repository is private; None if that isn't known."""

    def read(self, path: str) -> bytes | None:
        """A file's content; None if there is no such file.

        Raises:
            PublishError: It is there and can't be read.
        """

    def catch_up(self) -> Published | None:
        """Publish what an earlier run committed and could not hand on; None if there is nothing.

        Raises:
            PublishError: It still can't be handed on.
        """

    def commit(self, changes: tuple[FileChange, ...], message: str) -> Published:
        """Write all the changes or none of them.

        Args:
            changes: At least one; files as they shall be.
            message: The commit's message: a headline, or a headline, an empty line and a body.

        Raises:
            HeadMoved: Somebody else wrote meanwhile; nothing was written.
            PublishError: It can't be done; nothing was written, or the text says what was.
        """


class Store(Protocol):
    """A place to publish to."""

    def snapshot(self) -> Snapshot:
        """The files as they are now.

        Raises:
            PublishError: The place can't be read.
        """
