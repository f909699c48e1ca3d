"""Publishing to plain files."""

from __future__ import annotations

import os
import resource
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.model import FileChange
from csc_verify.publish.store import Published, Snapshot, Store
from csc_verify.publish.tree_files import MAX_BYTES
from csc_verify.publish.work_tree import FileStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG = ".csc/log.jsonl"
BADGE = ".csc/badge.svg"

REFUSED = [
    "",
    "/etc/passwd",
    "//server/share",
    "../outside",
    "a/../../outside",
    "a/..",
    "..",
    ".",
    "./a",
    "a//b",
    "a/",
    "a\\b",
    "..\\outside",
    "C:/windows",
    "a:stream",
    "a\0b",
    "a\nb",
    "a\udc80b",
    "a\ud800b",
    ".git/config",
    ".GIT/hooks/pre-commit",
    "a/.git/config",
    ".git",
    ".Git./config",
    ".git /config",
    "git~1/config",
    ".g\u200dit/config",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    root.mkdir()
    return root


def commit(root: Path, *changes: FileChange) -> Published:
    return FileStore(root).snapshot().commit(changes, "log")


def everything(folder: Path) -> dict[str, bytes | str]:
    return {str(path.relative_to(folder)): content(path) for path in folder.rglob("*")}


def content(path: Path) -> bytes | str:
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if path.is_file() else "folder"


def test_it_is_a_store(root: Path) -> None:
    store: Store = FileStore(root)
    snapshot: Snapshot = store.snapshot()
    assert snapshot.is_private is None


def test_a_commit_writes_its_files_and_nothing_else(root: Path) -> None:
    (root / "README.md").write_bytes(b"hello\r\n")
    snapshot = FileStore(root).snapshot()
    assert snapshot.read("README.md") == b"hello\r\n"
    assert snapshot.read(LOG) is None
    assert snapshot.read(BADGE) is None

    changes = (FileChange(LOG, b"{}\n"), FileChange(BADGE, b"<svg/>"))
    published = snapshot.commit(changes, "log")

    assert published == Published(commit=None, where=str(root))
    assert everything(root) == {
        ".csc": "folder",
        LOG: b"{}\n",
        BADGE: b"<svg/>",
        "README.md": b"hello\r\n",
    }


def test_the_first_read_stands(root: Path) -> None:
    snapshot = FileStore(root).snapshot()
    (root / "a").write_bytes(b"1")
    assert snapshot.read("a") == b"1"
    (root / "a").write_bytes(b"2")
    assert snapshot.read("a") == b"1"


@pytest.mark.parametrize("path", REFUSED)
def test_paths_that_could_lead_elsewhere_are_refused(root: Path, path: str) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "config").write_bytes(b"[core]")
    before = everything(root.parent)
    with pytest.raises(PublishError) as reading:
        FileStore(root).snapshot().read(path)
    with pytest.raises(PublishError):
        commit(root, FileChange("fine", b"x"), FileChange(path, b"x"))
    assert everything(root.parent) == before
    assert reading.value.hint


@pytest.mark.parametrize(
    "path", [".github/csc.yml", ".gitignore", "git", "a b/é–文.md", "..a", "~"]
)
def test_ordinary_names_are_accepted(root: Path, path: str) -> None:
    commit(root, FileChange(path, b"x"))
    assert FileStore(root).snapshot().read(path) == b"x"


ODD_PART = st.sampled_from(
    ["..", ".", "", ".git", ".GIT", "git~1", "out", "in", "loop", "a", "C:", "~", "\0", "\u200d"]
)
ODD_PATH = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda separator, parts: separator.join(parts),
        st.sampled_from(["/", "\\", "//", "/./"]),
        st.lists(st.one_of(ODD_PART, st.text(max_size=5)), max_size=5),
    ),
)


@settings(max_examples=300, deadline=None)
@given(path=ODD_PATH)
@example(path="in/a")
@example(path="out/a")
@example(path=".git/a")
@example(path="folder/a")
def test_no_path_escapes_the_root(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    top = tmp_path_factory.mktemp("top")
    root = top / "root"
    for folder in (top / "outside", root / ".git", root / "folder"):
        folder.mkdir(parents=True)
        (folder / "a").write_bytes(b"secret")
    (root / "out").symlink_to(top / "outside")
    (root / "in").symlink_to(".git")
    (root / "loop").symlink_to("loop")
    guarded = (everything(top / "outside"), everything(root / ".git"))

    snapshot = FileStore(root).snapshot()
    try:
        content = snapshot.read(path)
    except PublishError:
        content = None
    # One file of that content is fair to read.
    assert content is None or path == "folder/a"

    try:
        snapshot.commit((FileChange(path, b"planted"),), "log")
    except PublishError:
        pass
    else:
        assert (root / path).read_bytes() == b"planted"
    assert (everything(top / "outside"), everything(root / ".git")) == guarded
    assert {each.name for each in top.iterdir()} == {"outside", "root"}


def test_a_link_inside_is_read_but_never_written_through(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "README.md").write_bytes(b"text")
    (root / "README.md").symlink_to("docs/README.md")
    (root / ".csc").symlink_to("docs")
    before = everything(root)
    assert FileStore(root).snapshot().read("README.md") == b"text"
    for path in ("README.md", ".csc/README.md", ".csc/new"):
        with pytest.raises(PublishError, match="symbolic link"):
            commit(root, FileChange(path, b"new"))
    assert everything(root) == before


@pytest.mark.parametrize("path", ["file", "folder/secret", "folder/new", "dangling", "deep"])
def test_a_link_that_leaves_the_root_is_refused(root: Path, path: str) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    (root / "file").symlink_to(outside / "secret")
    (root / "folder").symlink_to("../outside")
    (root / "dangling").symlink_to(outside / "new")
    (root / "deep").symlink_to("folder/secret")
    before = everything(root.parent)
    with pytest.raises(PublishError, match="leaves the repository"):
        FileStore(root).snapshot().read(path)
    with pytest.raises(PublishError, match="leaves the repository"):
        commit(root, FileChange(path, b"new"))
    assert everything(root.parent) == before


def test_the_root_itself_may_be_reached_through_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    commit(link, FileChange(LOG, b"{}"))
    assert (root / LOG).read_bytes() == b"{}"


def test_what_is_no_file_is_refused(root: Path) -> None:
    (root / "folder").mkdir()
    os.mkfifo(root / "pipe")
    (root / "file").write_bytes(b"x")
    (root / "loop").symlink_to("loop")
    with (root / "big").open("wb") as big:
        big.truncate(MAX_BYTES + 1)
    snapshot = FileStore(root).snapshot()
    for path, text in {
        "folder": "is a folder",
        "pipe": "not an ordinary file",
        "file/below": "Not a directory",
        "loop": "symbolic links",
        "big": f"more than the {MAX_BYTES}",
        "n" * 300: "name too long",
    }.items():
        with pytest.raises(PublishError, match=text) as caught:
            snapshot.read(path)
        assert caught.value.hint
        with pytest.raises(PublishError):
            commit(root, FileChange("fine", b"x"), FileChange(path, b"x"))
        assert not (root / "fine").exists()


def test_unchanged_files_are_not_rewritten(root: Path) -> None:
    commit(root, FileChange(LOG, b"1"), FileChange(BADGE, b"1"))
    os.utime(root / LOG, (1, 1))
    same_file = (root / LOG).stat().st_ino
    commit(root, FileChange(LOG, b"1"), FileChange(BADGE, b"2"))
    assert (root / LOG).stat().st_mtime == 1
    assert (root / LOG).stat().st_ino == same_file
    assert (root / BADGE).read_bytes() == b"2"


def test_permissions_stay_and_new_files_follow_the_umask(root: Path) -> None:
    (root / "README.md").write_bytes(b"old")
    (root / "README.md").chmod(0o751)
    umask = os.umask(0o027)
    try:
        commit(root, FileChange("README.md", b"new"), FileChange(LOG, b"{}"))
    finally:
        os.umask(umask)
    assert stat.S_IMODE((root / "README.md").stat().st_mode) == 0o751
    assert stat.S_IMODE((root / LOG).stat().st_mode) == 0o640


@pytest.mark.parametrize("edited", ["README.md", BADGE, "new"])
def test_an_edit_made_meanwhile_is_kept(root: Path, edited: str) -> None:
    (root / "README.md").write_bytes(b"text")
    commit(root, FileChange(LOG, b"1"), FileChange(BADGE, b"1"))
    snapshot = FileStore(root).snapshot()
    for path in ("README.md", LOG, BADGE, "new"):
        snapshot.read(path)
    (root / edited).write_bytes(b"the student's")
    before = everything(root)
    with pytest.raises(HeadMoved, match=edited):
        snapshot.commit((FileChange(LOG, b"2"), FileChange("README.md", b"2")), "log")
    assert everything(root) == before


def test_a_file_deleted_meanwhile_stays_deleted(root: Path) -> None:
    commit(root, FileChange(LOG, b"1"))
    snapshot = FileStore(root).snapshot()
    snapshot.read(LOG)
    (root / LOG).unlink()
    with pytest.raises(HeadMoved):
        snapshot.commit((FileChange(LOG, b"2"),), "log")
    assert not (root / LOG).exists()


def test_one_path_twice_is_refused(root: Path) -> None:
    with pytest.raises(PublishError, match="twice"):
        commit(root, FileChange("a", b"1"), FileChange("a", b"2"))
    assert everything(root) == {}


def test_a_file_where_a_folder_should_be_stops_all(root: Path) -> None:
    (root / ".csc").write_bytes(b"not a folder")
    before = everything(root)
    with pytest.raises(PublishError, match="Not a directory") as caught:
        commit(root, FileChange("README.md", b"new"), FileChange(LOG, b"{}"))
    assert "publish.directory" in caught.value.hint
    assert everything(root) == before


def test_a_failure_half_way_takes_back_what_was_written(root: Path) -> None:
    (root / "README.md").write_bytes(b"old")
    (root / "README.md").chmod(0o600)
    changes = (
        FileChange("README.md", b"new"),
        FileChange("a/b", b"x"),
        # By the time this is to be replaced, the folder for the one before is there.
        FileChange("c", b"x"),
        FileChange("c/d", b"x"),
    )
    with pytest.raises(PublishError, match="c could not be written: Is a directory") as caught:
        commit(root, *changes)
    assert "already written" not in str(caught.value)
    assert everything(root) == {"README.md": b"old"}
    assert stat.S_IMODE((root / "README.md").stat().st_mode) == 0o600


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_everything_as_it_was(root: Path) -> None:
    commit(root, FileChange(LOG, b"1"))
    before = everything(root)
    changes = (FileChange(LOG, b"2"), FileChange(BADGE, b"x" * 100_000))
    with largest_file(50_000), pytest.raises(PublishError, match=r"badge\.svg") as caught:
        commit(root, *changes)
    assert "space" in caught.value.hint
    assert everything(root) == before


def test_what_cannot_be_taken_back_is_named(root: Path) -> None:
    (root / "README.md").write_bytes(b"x" * 60_000)
    changes = (FileChange("README.md", b"new"), FileChange("c", b""), FileChange("c/d", b""))
    with largest_file(50_000), pytest.raises(PublishError, match=r"already written: README\.md"):
        commit(root, *changes)
    assert everything(root) == {"README.md": b"new"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_says_so(root: Path) -> None:
    (root / ".csc").mkdir(mode=0o555)
    with pytest.raises(PublishError, match="Permission denied") as caught:
        commit(root, FileChange("README.md", b"new"), FileChange(LOG, b"{}"))
    assert "let this user write there" in caught.value.hint
    assert everything(root) == {".csc": "folder"}


def test_a_change_larger_than_can_be_read_again_is_refused(root: Path) -> None:
    with pytest.raises(PublishError, match="more than"):
        commit(root, FileChange(LOG, bytes(MAX_BYTES + 1)))
    assert everything(root) == {}


def test_a_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for name in ("missing", "file"):
        with pytest.raises(PublishError, match=f"{name} is not a folder"):
            FileStore(tmp_path / name).snapshot()


def test_messages_hold_no_control_characters(root: Path) -> None:
    with pytest.raises(PublishError) as caught:
        FileStore(root).snapshot().read("a\x1b[31m\n::error::x")
    assert str(caught.value).isprintable()
