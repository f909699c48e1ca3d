"""Publishing as a commit in the student's own work tree.

The work tree belongs to the student, so the rules are strict:

- Only the published files are written and committed (``git commit --only``); whatever else is
  staged, changed or untracked stays exactly as it is. Nothing is ever reset, stashed, checked out
  or forced.
- A published file with changes of the student's that aren't committed is refused: a commit would
  carry them along under the bot's name.
- Author and committer are GitHub's Actions bot, so that a run never adds to the student's own
  contributions.
- The student's commit hooks don't run. They are for commits that a person makes: one could
  rewrite the message, wait for an answer or test the whole project over a log line. A
  ``pre-push`` hook does run, since it guards what leaves the machine and may have to upload files.
- A published file that ``.gitignore`` names is committed all the same; asking for it to be
  published is the stronger word.
- If the commit fails, the files are put back. If the push fails, the commit stays. If the run is
  killed before it has committed, the next one puts the files back.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.publish.git import NETWORK_SECONDS, Git, redacted
from csc_verify.publish.git_failures import demand
from csc_verify.publish.git_journal import noted, take_back_unfinished
from csc_verify.publish.git_state import (
    Head,
    current_head,
    require_committable,
    require_own_files,
    require_work_tree,
    untracked,
)
from csc_verify.publish.one_writer import alone_in
from csc_verify.publish.store import Published
from csc_verify.publish.tree_files import Written, take_back
from csc_verify.publish.tree_paths import shown
from csc_verify.publish.work_tree import FileSnapshot, FileStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from csc_verify.model import FileChange

BOT_NAME = "github-actions[bot]"
BOT_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"

_IDENTITY = {
    "GIT_AUTHOR_NAME": BOT_NAME,
    "GIT_AUTHOR_EMAIL": BOT_EMAIL,
    "GIT_COMMITTER_NAME": BOT_NAME,
    "GIT_COMMITTER_EMAIL": BOT_EMAIL,
}
_AS_BEFORE = "the files are as they were before"
_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")


@dataclass(frozen=True, slots=True)
class _Target:
    remote: str
    branch: str

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def __str__(self) -> str:
        return f"{redacted(self.remote)}/{shown(self.branch)}"


@dataclass(frozen=True, slots=True)
class GitSnapshot:
    """The work tree's files as they were when first read, and the commit they stood on.

    Attributes:
        files: The files.
        git: Git in the work tree's root.
        head: What was checked out.
        remote: Where to push to; None to push nowhere.
        branch: The branch that the log belongs to; None for the one checked out.
    """

    files: FileSnapshot
    git: Git
    head: Head
    remote: str | None
    branch: str | None

    @property
    def is_private(self) -> bool | None:
        """None: a work tree doesn't say who can see its remote."""
        return None

    def read(self, path: str) -> bytes | None:
        """A file's content in the work tree; see :meth:`FileSnapshot.read`."""
        return self.files.read(path)

    def commit(self, changes: tuple[FileChange, ...], message: str) -> Published:
        """Write the changes, commit exactly these files, and push if a remote was given.

        Pushing is what ``git push`` does: commits below this one go along. If the branch's last
        commit has the very same files already, no commit is added.

        Args:
            changes: Files as they shall be.
            message: The commit's message.

        Returns:
            The commit, and the work tree's or the remote's branch.

        Raises:
            HeadMoved: A file that was read or the checked-out commit has changed since; nothing
                was written.
            PublishError: It can't be done, or the remote has commits that this checkout lacks:
                nothing was written. Or the push failed: the text names the commit, which stays.
        """
        paths = tuple(change.path for change in changes)
        target = self._target()
        if target is not None:
            self._require_not_ahead(target, self._tips(target))
        # After the network's slow answer, so that little time is left for others to move.
        with alone_in(self.files.root):
            commit = self._write_and_commit(changes, paths, message)
        if target is None:
            return Published(commit, f"{self.files.root}@{self.head.branch}")
        self._push(commit, target)
        return Published(commit, str(target))

    def _write_and_commit(
        self, changes: tuple[FileChange, ...], paths: tuple[str, ...], message: str
    ) -> str:
        self._require_unmoved()
        require_committable(self.git)
        require_own_files(self.git, paths)
        added = untracked(self.git, paths)
        with noted(self.git, self.files, changes, added):
            written = self.files.write(changes)
            try:
                return self._commit(paths, added, message)
            except PublishError as error:
                after = self._take_back(added, written)
                raise PublishError(f"{error.message}; {after}", error.hint) from error

    def catch_up(self) -> Published | None:
        """Push the checked-out commit if it is one of ours, and a remote was given and lacks it.

        Raises:
            PublishError: The remote can't be read or pushed to, or has commits of its own.
        """
        target = self._target()
        if target is None or self.head.commit is None or not self._is_ours(self.head.commit):
            return None
        tips = self._tips(target)
        if self.head.commit in tips:
            return None
        self._require_not_ahead(target, tips)
        self._push(self.head.commit, target)
        return Published(self.head.commit, str(target))

    def _is_ours(self, commit: str) -> bool:
        author = demand(
            self.git,
            "read the last commit",
            "log",
            "-1",
            "--format=%ae",
            "--end-of-options",
            commit,
        )
        return author.line == BOT_EMAIL

    def _require_unmoved(self) -> None:
        self.files.require_unmoved()
        if current_head(self.git) != self.head:
            raise HeadMoved(
                f"another commit was checked out or made in {shown(str(self.files.root))}"
                " while this ran",
                "run it again",
            )

    def _target(self) -> _Target | None:
        """Where to push to; also sees that what is checked out belongs there."""
        head, branch = self.head, self.branch
        upstream = head.upstream if self.remote in {None, head.upstream_remote} else None
        if head.branch is None and (self.remote is None or branch is None):
            raise PublishError(
                "no branch is checked out, so a commit would belong to none",
                "run git switch with the branch's name, or set publish.branch and push",
            )
        if branch is not None and head.branch not in {None, branch} and upstream != branch:
            raise PublishError(
                f"the log belongs to the branch {shown(branch)},"
                f" but {shown(head.branch or '')} is checked out",
                f"run git switch {shown(branch)}, or set publish.branch to the other one",
            )
        if self.remote is None:
            return None
        target = _Target(self.remote, branch or upstream or head.branch or "")
        if self.git.ask("check-ref-format", target.ref).code != 0:
            raise PublishError(
                f"{shown(target.branch)} is no name that git allows for a branch",
                "set publish.branch to the name of a branch",
            )
        return target

    def _tips(self, target: _Target) -> list[str]:
        """Where the remote's branch is; empty if it has none of that name."""
        answer = demand(
            self.git,
            f"read {target}",
            *("ls-remote", "--", target.remote, target.ref),
            seconds=NETWORK_SECONDS,
        )
        # The pattern also matches longer names that end like it.
        lines = (line.partition("\t") for line in answer.line.splitlines())
        return [tip for tip, _, ref in lines if ref == target.ref]

    def _require_not_ahead(self, target: _Target, tips: list[str]) -> None:
        if not all(map(self._contains, tips)):
            raise PublishError(
                f"{target} has commits that this checkout lacks; nothing was written",
                "run git pull --rebase, and run this again",
            )

    def _contains(self, commit: str) -> bool:
        if self.head.commit is None:
            return False
        # Fails, as it should, when the commit was never fetched.
        return self.git.ask("merge-base", "--is-ancestor", commit, self.head.commit).code == 0

    def _commit(self, paths: tuple[str, ...], added: tuple[str, ...], message: str) -> str:
        if added:
            # With the names alone in the index, "commit --only" accepts the files.
            demand(
                self.git,
                "add the files",
                *_NO_HOOKS,
                *("add", "--force", "--intent-to-add", "--", *added),
            )
        if self.head.commit is not None and self._equal_to_head(paths):
            return self.head.commit
        demand(
            self.git,
            "commit the files",
            *_NO_HOOKS,
            *("commit", "--only", "--no-verify", "--no-gpg-sign", "--no-status", "--quiet"),
            *("--cleanup=whitespace", "--file=-", "--", *paths),
            stdin=message.encode(),
            more_env=_IDENTITY,
        )
        return demand(self.git, "name the new commit", "rev-parse", "--verify", "HEAD").line

    def _equal_to_head(self, paths: tuple[str, ...]) -> bool:
        return self.git.ask("diff", "--quiet", "HEAD", "--", *paths).code == 0

    def _take_back(self, added: tuple[str, ...], written: Written) -> str:
        """Undo what came before a failed commit; says how the work tree was left."""
        if current_head(self.git) != self.head:
            return "the files stay written, since another commit came in between (see git log)"
        left = take_back(self.files.root, written)
        text = f"still written: {', '.join(map(shown, left))}" if left else _AS_BEFORE
        if added and self.git.ask("update-index", "--force-remove", "--", *added).code != 0:
            text += ", but git's index may still name new ones"
        return text

    def _push(self, commit: str, target: _Target) -> None:
        # Other settings of the user's must not make this push more than one branch.
        only = ("--no-follow-tags", "--recurse-submodules=no", "--no-signed", "--porcelain")
        refspec = f"{commit}:{target.ref}"
        try:
            demand(
                self.git,
                f"push to {target}",
                *("push", *only, "--", target.remote, refspec),
                seconds=NETWORK_SECONDS,
            )
        except PublishError as error:
            raise PublishError(
                f"{error.message}; commit {commit[:12]} stays in the work tree", error.hint
            ) from error


@dataclass(frozen=True, slots=True)
class GitStore:
    """A git work tree as a place to publish to.

    Attributes:
        root: The work tree's root.
        env: The environment that git's is chosen from; see :mod:`csc_verify.publish.git`.
        remote: Name or address of the remote to push to; None to push nowhere.
        branch: The branch that the log belongs to. None for the one checked out, and on the
            remote for the one that it follows there.
    """

    root: Path
    env: Mapping[str, str] = field(repr=False)
    remote: str | None = None
    branch: str | None = None

    def snapshot(self) -> GitSnapshot:
        """The work tree's files as they are now.

        What a killed run wrote and did not commit is put back first.

        Raises:
            PublishError: The folder is no work tree's root, or git isn't there or refuses it.
        """
        files = FileStore(self.root).snapshot()
        git = Git(files.root, self.env)
        require_work_tree(git)
        with alone_in(files.root) as alone:
            take_back_unfinished(git, files.root, alone=alone)
        return GitSnapshot(files, git, current_head(git), self.remote, self.branch)
