"""What state a student's repository is in, and whether a commit of ours may be made in it.

Nothing here changes anything.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.errors import PublishError
from csc_verify.publish.git_failures import demand, failure
from csc_verify.publish.tree_paths import parts_of, shown

if TYPE_CHECKING:
    from csc_verify.publish.git import Git

_SUBMODULE_MODE = "160000"
# In git's folder: what is there while something waits for its user.
_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase or git am",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "BISECT_LOG": "a bisect",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What is checked out.

    Attributes:
        commit: The commit's id; None before the first commit.
        branch: The branch's name; None if a commit is checked out by itself.
        upstream_remote: The remote that the branch follows; None if it follows none.
        upstream: The name on that remote of the branch that it follows.
    """

    commit: str | None
    branch: str | None
    upstream_remote: str | None = None
    upstream: str | None = None


def require_work_tree(git: Git) -> None:
    """See that the folder is the root of a work tree.

    Raises:
        PublishError: It isn't, or git refuses to look.
    """
    answer = git.ask("rev-parse", "--show-toplevel")
    if "not a git repository" in answer.errors or "in a work tree" in answer.errors:
        raise PublishError(
            f"{shown(str(git.folder))} is not the work tree of a git repository",
            "run this in a clone of the repository, or publish with --publish files",
        )
    if answer.code != 0:
        raise failure("look at the repository", answer)
    if not git.folder.samefile(answer.line):
        raise PublishError(
            f"{shown(str(git.folder))} is a folder inside the repository {shown(answer.line)},"
            " and the files are published at a repository's root",
            "run this in the repository's root, or make the folder a repository with git init",
        )


def current_head(git: Git) -> Head:
    """What is checked out now.

    Raises:
        PublishError: Git can't tell.
    """
    ref = git.ask("symbolic-ref", "--quiet", "HEAD")
    commit = git.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    commit_id = commit.line if commit.code == 0 else None
    if ref.code != 0:
        if commit_id is None:
            raise failure("find out what is checked out", ref)
        return Head(commit_id, None)
    wanted = "--format=%(upstream:remotename)%00%(upstream:remoteref)"
    remote, _, upstream = demand(
        git, "read its branches", "for-each-ref", wanted, ref.line
    ).line.partition("\0")
    return Head(
        commit=commit_id,
        branch=ref.line.removeprefix("refs/heads/"),
        upstream_remote=remote or None,
        upstream=upstream.removeprefix("refs/heads/") or None,
    )


def require_committable(git: Git) -> None:
    """See that nothing unfinished stands in the way of a commit.

    Raises:
        PublishError: A merge, a rebase or the like is under way, or git's lock is held.
    """
    folder = Path(demand(git, "find its own folder", "rev-parse", "--absolute-git-dir").line)
    unfinished = [what for name, what in _UNFINISHED.items() if os.path.lexists(folder / name)]
    if demand(git, "read its index", "ls-files", "--unmerged", "-z").names:
        unfinished.append("a merge with conflicts")
    if unfinished:
        raise PublishError(
            f"{unfinished[0]} is under way in {shown(str(git.folder))}; nothing was written",
            "finish or abort it (git status says how), and run this again",
        )
    if os.path.lexists(folder / "index.lock"):
        raise PublishError(
            f"another git command holds {shown(str(folder / 'index.lock'))}; nothing was written",
            "wait for it, or remove that file if no git is running, and run this again",
        )


def require_own_files(git: Git, paths: tuple[str, ...]) -> None:
    """See that a commit of these paths would hold nothing of the student's unfinished work.

    Raises:
        PublishError: A path lies in a submodule or a nested repository, or what is there was
            staged or changed since the last commit.
    """
    for path in paths:
        _require_same_repository(git, path)
    status = demand(
        git,
        "compare the files with the last commit",
        *("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"),
        *("--ignore-submodules=all", "--", *paths),
    )
    changed = [entry[3:] for entry in status.names]
    if changed:
        raise PublishError(
            f"{', '.join(map(shown, changed))} was changed or staged since the last commit, and"
            " that work would be committed along; nothing was written",
            "commit it or undo it, and run this again",
        )


def untracked(git: Git, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the paths that git's index doesn't hold.

    Raises:
        PublishError: Git can't tell.
    """
    answer = demand(git, "read its index", "ls-files", "--cached", "-z", "--", *paths)
    known = frozenset(answer.names)
    return tuple(path for path in paths if path not in known)


def _require_same_repository(git: Git, path: str) -> None:
    parts = parts_of(path)
    folders = tuple("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    staged = demand(git, "read its index", "ls-files", "--stage", "-z", "--", *folders)
    entries = (entry.partition("\t") for entry in staged.names)
    submodules = {name for about, _, name in entries if about.startswith(_SUBMODULE_MODE)}
    for folder in folders:
        if folder in submodules or os.path.lexists(git.folder / folder / ".git"):
            raise PublishError(
                f"{shown(path)} lies in {shown(folder)}, which is another repository",
                "set publish.directory to a folder of this repository",
            )
