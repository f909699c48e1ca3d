"""A real bare git repository, written and read with git's own plumbing.

Nothing of the user's or the machine's git configuration takes part, and no work tree is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")
_RECORD, _FIELD, _END = "\x1e", "\x1f", "\x1d"
_OF_AN_ID = re.compile(r"[0-9a-f]{40}(:|$)")
_MOST_KEPT = 500
_CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
_FORMAT = _RECORD + _FIELD.join(("%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"))


class StaleHeadError(Exception):
    """The branch doesn't point to where the writer thought."""


class MissingFileError(Exception):
    """A file that was to be deleted isn't there; the text is its path."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who, and when (aware, kept with its own offset)."""

    name: str
    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A commit to be made.

    Attributes:
        author: Who wrote it.
        committer: Who recorded it.
        message: Headline, and body after an empty line.
        additions: Path to whole content; regular files.
        deletions: Paths that go.
    """

    author: Signature
    committer: Signature
    message: str
    additions: Mapping[str, bytes]
    deletions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as it is in the repository."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str
    additions: int
    deletions: int
    changed_files: int


@dataclass(frozen=True, slots=True)
class GitObject:
    """Any object: ``kind`` is ``commit``, ``tree`` or ``blob``; ``content`` is git's own."""

    oid: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """A line of a tree; ``mode`` is the number that git writes in octal, ``size`` in bytes."""

    mode: int
    kind: str
    oid: str
    name: str
    size: int


@dataclass
class _Kept(Generic[T]):
    """Answers that can't change: what an object's id names, and what it leads to."""

    _answers: dict[tuple[str, tuple[str, ...]], T] = field(default_factory=dict)

    def get(self, revision: str, paths: tuple[str, ...], look: Callable[[], T]) -> T:
        """The answer that is kept, or what a look finds."""
        key = (revision, paths)
        answers = self._answers
        if key in answers:
            return answers[key]
        found = look()
        # What isn't there may come.
        if found and _OF_AN_ID.match(revision):
            self._answers = {**answers, key: found} if len(answers) < _MOST_KEPT else {key: found}
        return found


class BareRepository:
    """A bare repository at a path.

    Args:
        path: Where it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._logs = _Kept[tuple[Commit, ...]]()
        self._objects = _Kept[GitObject | None]()
        self._entries = _Kept[tuple[TreeEntry, ...]]()

    @classmethod
    def create(
        cls, path: Path, trunk: str, commits: Iterable[tuple[NewCommit, str]]
    ) -> BareRepository:
        """Makes a repository that has commits.

        Args:
            path: Where.
            trunk: The default branch.
            commits: As in :meth:`grow`.
        """
        # What "git init --bare" makes, without its samples and without starting a program.
        for folder in ("objects", "refs/heads"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text(f"ref: refs/heads/{trunk}\n", "utf-8")
        (path / "config").write_text(_CONFIG, "utf-8")
        repository = cls(path)
        repository._feed(commits, trunk, {})
        return repository

    def grow(self, commits: Iterable[tuple[NewCommit, str]], trunk: str) -> None:
        """Adds commits to their branches in this order, in one go.

        Args:
            commits: Each with the branch that it goes to.
            trunk: The branch that new ones fork off, from where it is then; if it isn't there
                either, a new branch begins with its first commit.
        """
        self._feed(commits, trunk, dict(self.branches()))

    def _feed(
        self, commits: Iterable[tuple[NewCommit, str]], trunk: str, heads: Mapping[str, str]
    ) -> None:
        stream: list[bytes] = []
        fed: set[str] = set()
        for commit, branch in commits:
            # Of what git is fed it knows the heads itself; the others have to be named.
            known = trunk if branch not in heads.keys() | fed else branch
            parent = f"refs/heads/{known}" if known in fed else heads.get(known)
            stream.append(
                _stream(f"refs/heads/{branch}", commit, None if branch in fed else parent)
            )
            fed.add(branch)
        self._git("fast-import", "--quiet", stdin=b"".join(stream))

    def head(self, branch: str) -> str | None:
        """The commit that a branch points to, or None if there is no such branch."""
        if (found := self._loose(branch)) is not None:
            return found
        shown = self._git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/")
        heads = dict(line.rsplit(" ", 1) for line in shown.decode().splitlines())
        return heads.get(f"refs/heads/{branch}")

    def _loose(self, branch: str) -> str | None:
        """What the branch's own file says, if it has one: asked for often, and quicker than git."""
        try:
            text = (self.path / "refs" / "heads" / branch).read_text("ascii").strip()
        except (OSError, ValueError):
            return None
        return text if _OF_AN_ID.fullmatch(text) and ".." not in branch else None

    def rewind(self, branch: str) -> None:
        """Takes the newest commit off a branch."""
        self._git("update-ref", f"refs/heads/{branch}", f"refs/heads/{branch}~1")

    def commit(self, branch: str, expected: str, new: NewCommit) -> str:
        """Adds a commit to a branch if it still points to ``expected``; returns the new commit.

        Raises:
            StaleHeadError: It points elsewhere; the branch is left as it is.
            MissingFileError: A file to be deleted isn't there.
        """
        if self.head(branch) != expected:
            raise StaleHeadError(expected)
        for path in new.deletions:
            if self.object(f"{expected}:{path}") is None:
                raise MissingFileError(path)
        incoming = f"refs/incoming/{threading.get_ident()}"
        stream = _stream(incoming, new, expected) + b"get-mark :1\n"
        oid = self._git("fast-import", "--quiet", stdin=stream).decode().strip()
        # Git compares and swaps under its own lock; the look above only saves the work.
        moved = self._try("update-ref", f"refs/heads/{branch}", oid, expected)
        self._git("update-ref", "-d", incoming)
        if moved.returncode:
            raise StaleHeadError(expected)
        return oid

    def branches(self) -> tuple[tuple[str, str], ...]:
        """Every branch with the commit it points to, those with the newest commits first."""
        options = ("--sort=-committerdate", "--format=%(refname:strip=2) %(objectname)")
        shown = self._git("for-each-ref", *options, "refs/heads/").decode()
        pairs = (line.rsplit(" ", 1) for line in shown.splitlines())
        return tuple((name, oid) for name, oid in pairs)

    def object(self, expression: str) -> GitObject | None:
        """What a revision expression (``main``, ``HEAD:path``, an id) names, or None."""
        if not expression or "\n" in expression:
            return None
        return self._objects.get(expression, (), lambda: self._look_up(expression))

    def _look_up(self, expression: str) -> GitObject | None:
        answer = self._git("cat-file", "--batch", stdin=f"{expression}\n".encode())
        head, _, rest = answer.partition(b"\n")
        match head.decode(errors="replace").rsplit(" ", 2):
            case [oid, kind, size] if size.isdigit():
                return GitObject(oid, kind, rest[: int(size)])
            case _:
                return None

    def entries(self, tree: str) -> tuple[TreeEntry, ...]:
        """The entries of a tree, in git's order."""

        def look() -> tuple[TreeEntry, ...]:
            lines = self._git("ls-tree", "-z", "--long", tree).decode().split("\0")[:-1]
            return tuple(_entry(line) for line in lines)

        return self._entries.get(tree, (), look)

    def log(self, revision: str, *paths: str) -> tuple[Commit, ...]:
        """A commit and its ancestors, newest first; with paths only those that touch them.

        Nothing if there is no such revision, as of a branch that is named but has no commits.
        """
        options = ("--numstat", "--no-renames", f"--format={_FORMAT}{_END}")

        def look() -> tuple[Commit, ...]:
            shown = self._try("log", *options, revision, "--", *paths).stdout
            records = shown.decode(errors="replace").split(_RECORD)[1:]
            return tuple(_commit(record) for record in records)

        return self._logs.get(revision, paths, look)

    def _git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        done = self._try(*arguments, stdin=stdin)
        done.check_returncode()
        return done.stdout

    def _try(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603  always git, no shell
            (shutil.which("git") or "git", *arguments),
            input=stdin,
            capture_output=True,
            check=False,
            cwd=self.path,
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        return {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_DIR": str(self.path),
            "HOME": str(self.path),
            "LC_ALL": "C",
            "PATH": os.defpath,
        }


def _stream(ref: str, new: NewCommit, parent: str | None) -> bytes:
    parts = [
        f"commit {ref}\nmark :1\n".encode(),
        f"author {_person(new.author)}\ncommitter {_person(new.committer)}\n".encode(),
        _data(new.message.encode()),
        f"from {parent}\n".encode() if parent else b"",
        *(f"D {_quoted(path)}\n".encode() for path in new.deletions),
    ]
    for path, content in new.additions.items():
        parts += [f"M 100644 inline {_quoted(path)}\n".encode(), _data(content)]
    return b"".join(parts) + b"\n"


def _person(who: Signature) -> str:
    return f"{who.name} <{who.email}> {int(who.at.timestamp())} {who.at:%z}"


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _entry(line: str) -> TreeEntry:
    attributes, _, name = line.partition("\t")
    mode, kind, oid, size = attributes.split()
    return TreeEntry(int(mode, 8), kind, oid, name, int(size) if size.isdigit() else 0)


def _commit(record: str) -> Commit:
    text, _, statistics = record.partition(_END)
    oid, tree, parents, *people, message = text.split(_FIELD)
    author, committer = (Signature(n, e, datetime.fromisoformat(t)) for n, e, t in _threes(people))
    changes = [line.split("\t") for line in statistics.strip().splitlines()]
    return Commit(
        oid=oid,
        tree=tree,
        parents=tuple(parents.split()),
        author=author,
        committer=committer,
        message=message.rstrip("\n"),
        additions=sum(int(added) for added, *_ in changes if added.isdigit()),
        deletions=sum(int(deleted) for _, deleted, _ in changes if deleted.isdigit()),
        changed_files=len(changes),
    )


def _threes(values: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    return zip(values[0::3], values[1::3], values[2::3], strict=True)
