"""A run in a process of its own, that looks and writes when it is told to.

What it is told and what it answers are single words, a line each: it answers ``looked`` to
``look``, and ``written`` or ``moved`` to ``write``. Before that it says ``waits`` whenever it asks
the operating system for a lock, which it may be given at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from csc_verify.errors import HeadMoved
from csc_verify.model import FileChange
from csc_verify.publish.git_store import GitStore
from csc_verify.publish.work_tree import FileStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.publish.store import Snapshot, Store

LOG: Final = "log.jsonl"
_SECONDS: Final = 60


def store(publish: str, root: Path) -> Store:
    """The store that ``--publish`` names, for a folder."""
    return GitStore(root, dict(os.environ)) if publish == "git" else FileStore(root)


def with_line(snapshot: Snapshot, line: bytes) -> tuple[FileChange, ...]:
    """The log of a snapshot with one more line."""
    return (FileChange(LOG, (snapshot.read(LOG) or b"") + line + b"\n"),)


@dataclass(frozen=True, slots=True)
class Writer:
    """The other end of the process."""

    words: IO[str]
    answers: IO[str]

    def tell(self, word: str) -> None:
        """Has it do something."""
        self.words.write(f"{word}\n")
        self.words.flush()

    def answer(self) -> str:
        """What it says next; nothing if it said nothing for too long."""
        return self.answers.readline().rstrip("\n")


@contextmanager
def a_writer(publish: str, root: Path, line: str) -> Iterator[Writer]:
    """A process that writes a line to the log of a folder."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), publish, str(root), line],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        patience = threading.Timer(_SECONDS, process.kill)
        patience.start()
        try:
            yield Writer(process.stdin, process.stdout)
        finally:
            patience.cancel()
            process.kill()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _told(event: str, _: tuple[Any, ...]) -> None:
    if event == "fcntl.flock":
        _say("waits")


def _serve(publish: str, root: Path, line: bytes) -> None:
    sys.addaudithook(_told)
    place = store(publish, root)
    for word in sys.stdin:
        if word == "look\n":
            snapshot = place.snapshot()
            changes = with_line(snapshot, line)
            _say("looked")
            continue
        try:
            snapshot.commit(changes, "Log")
        except HeadMoved:
            _say("moved")
        else:
            _say("written")


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]), sys.argv[3].encode())
