"""One run at a time writes to a folder: the others wait, look again, and no line is lost.

The first run is held in the middle of its commit, so nothing here depends on who is quicker.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING

import pytest

from csc_verify.publish.git_store import GitSnapshot
from csc_verify.publish.one_writer import alone_in
from csc_verify.publish.work_tree import FileSnapshot
from tests.writer import LOG, a_writer, store, with_line
from tests.year import git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csc_verify.publish.store import Published, Snapshot

fcntl = pytest.importorskip("fcntl")


@dataclass(frozen=True)
class HeldSnapshot(FileSnapshot):
    """A snapshot whose commit stops when it has seen that nothing moved, until it may go on."""

    stopped: Event = field(default_factory=Event)
    may_go_on: Event = field(default_factory=Event)

    def require_unmoved(self) -> None:
        super().require_unmoved()
        self.stopped.set()
        assert self.may_go_on.wait(60)


@pytest.fixture(params=["files", "git"])
def publish(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def root(publish: str, tmp_path: Path) -> Path:
    root = tmp_path.resolve() / "tree"
    root.mkdir()
    (root / LOG).write_bytes(b"begun\n")
    if publish == "git":
        git(root, "init", "--quiet", "--initial-branch", "main")
        git(root, "add", LOG)
        identity = ("-c", "user.name=Ana Roe", "-c", "user.email=ana@laptop.example")
        git(root, *identity, "commit", "--quiet", "--message", "Begin")
    return root


def holding(snapshot: Snapshot, held: HeldSnapshot) -> Snapshot:
    return replace(snapshot, files=held) if isinstance(snapshot, GitSnapshot) else held


@contextmanager
def held_in_its_commit(publish: str, root: Path) -> Iterator[HeldSnapshot]:
    """A run that is committing a line of its own, and has done so at the end."""
    held = HeldSnapshot(root)
    first = holding(store(publish, root).snapshot(), held)
    changes = with_line(first, b"first")

    def commit() -> Published:
        return first.commit(changes, "Log")

    with ThreadPoolExecutor() as pool:
        committing = pool.submit(commit)
        try:
            assert held.stopped.wait(60)
            yield held
        finally:
            held.may_go_on.set()
        committing.result()


def is_locked(root: Path) -> bool:
    """Whether somebody holds the folder for themselves: then it isn't given to share either."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(folder)
    return False


def test_a_run_waits_for_another_one_that_writes_and_then_looks_again(
    publish: str, root: Path
) -> None:
    # Who looks at a work tree sees to it first that nobody is writing there.
    looks = ["waits", "looked"] if publish == "git" else ["looked"]
    with a_writer(publish, root, "second") as second:
        second.tell("look")
        assert all(second.answer() == word for word in looks)
        with held_in_its_commit(publish, root):
            assert is_locked(root)
            second.tell("write")
            assert second.answer() == "waits"
            assert (root / LOG).read_bytes() == b"begun\n"
        assert second.answer() == "moved"
        assert (root / LOG).read_bytes() == b"begun\nfirst\n"
        second.tell("look")
        assert all(second.answer() == word for word in looks)
        second.tell("write")
        assert all(second.answer() == word for word in ("waits", "written"))
    assert (root / LOG).read_bytes() == b"begun\nfirst\nsecond\n"
    if publish == "git":
        assert git(root, "status", "--porcelain") == ""
        assert git(root, "log", "--format=%s").split() == ["Log", "Log", "Begin"]


@pytest.mark.parametrize("publish", ["git"], indirect=True)
def test_a_run_that_begins_while_another_one_commits_takes_nothing_of_it_back(
    publish: str, root: Path
) -> None:
    with a_writer(publish, root, "second") as second:
        with held_in_its_commit(publish, root):
            second.tell("look")
            assert second.answer() == "waits"
        assert second.answer() == "looked"
        second.tell("write")
        assert all(second.answer() == word for word in ("waits", "written"))
    assert (root / LOG).read_bytes() == b"begun\nfirst\nsecond\n"


def test_the_lock_ends_with_the_commit(publish: str, root: Path) -> None:
    with held_in_its_commit(publish, root):
        pass
    assert not is_locked(root)


def test_the_lock_excludes_and_leaves_no_file(tmp_path: Path) -> None:
    with alone_in(tmp_path) as alone:
        assert alone
        assert is_locked(tmp_path)
    assert not is_locked(tmp_path)
    assert list(tmp_path.iterdir()) == []
