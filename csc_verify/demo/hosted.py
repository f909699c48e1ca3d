"""A repository on the embedded GitHub."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from csc_verify.demo.git_repository import BareRepository
from csc_verify.demo.issues import Board

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from csc_verify.demo.git_repository import Commit, NewCommit
    from csc_verify.demo.student import DemoRepository


class Hosted:
    """A repository, with the git repository that is made when somebody first looks.

    Args:
        about: Its description.
        id_: GitHub's number of it.
        path: Where the git repository is made.
        clock: The world's time; commits of the future wait for it.

    Attributes:
        issues: Its issues.
        forced: When its default branch was pushed to by force.
        deleted: When its default branch was deleted, to be pushed anew.
    """

    def __init__(
        self, about: DemoRepository, id_: int, path: Path, clock: Callable[[], datetime]
    ) -> None:
        self.about = about
        self.id = id_
        self.issues = Board(clock)
        self.forced: list[datetime] = []
        self.deleted: list[datetime] = []
        self._path = path
        self._clock = clock
        self._planned: list[tuple[NewCommit, str]] = []
        self._times: list[datetime] = []
        self._git: BareRepository | None = None
        self._lock = threading.Lock()

    def plan(self, commit: NewCommit, branch: str | None = None) -> None:
        """Adds a commit that is made when its time has come."""
        self._planned.append((commit, branch or self.about.default_branch))
        self._planned.sort(key=lambda planned: planned[0].committer.at)
        self._times.append(commit.committer.at)

    @property
    def pushed_at(self) -> datetime | None:
        """When something was pushed last; None while nothing was."""
        now = self._clock()
        return max((at for at in self._times if at <= now), default=None)

    @property
    def git(self) -> BareRepository | None:
        """The git repository as of now; None while nothing was committed."""
        with self._lock:
            now = self._clock()
            due = [planned for planned in self._planned if planned[0].committer.at <= now]
            self._planned = self._planned[len(due) :]
            trunk = self.about.default_branch
            if due and self._git is None:
                self._git = BareRepository.create(self._path, trunk, due)
            elif due and self._git is not None:
                self._git.grow(due, trunk)
            return self._git

    @property
    def commits(self) -> tuple[Commit, ...]:
        """What is on the default branch, newest first; nothing while there is no such branch."""
        git = self.git
        return git.log(f"refs/heads/{self.about.default_branch}") if git else ()
