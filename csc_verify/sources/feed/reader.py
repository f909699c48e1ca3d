"""Documents read in a child process, which may be slow, greedy or crash without harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from csc_verify.sources.feed import document
from csc_verify.sources.feed.document import Reading, Unread, from_json

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 15.0
"""Far more than the largest captured feed takes on a slow runner."""
MEMORY = 1 << 30
"""Bytes of address space a child may take, on POSIX."""
LONGEST_ANSWER = 1 << 25
"""Bytes of a child's answer that are looked at."""

# Nothing of a child's business but what the interpreter itself may need to start.
_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Start(Protocol):
    """Starts a child and waits for it."""

    def __call__(self, command: Sequence[str], question: bytes, seconds: float) -> bytes:
        """Return what the child wrote.

        Args:
            command: The child's program and arguments.
            question: What it reads.
            seconds: How long it may take; then it is ended.

        Raises:
            subprocess.TimeoutExpired: It took longer.
            subprocess.CalledProcessError: It failed.
            OSError: It could not be started.
        """


def start_child(command: Sequence[str], question: bytes, seconds: float) -> bytes:
    """Run a child without any secret of the environment's; see :class:`Start`."""
    with tempfile.TemporaryFile() as answer:
        subprocess.run(  # noqa: S603  this interpreter and a file of this package
            command,
            input=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
            cwd=tempfile.gettempdir(),
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        answer.seek(0)
        return answer.read(LONGEST_ANSWER + 1)


@dataclass(slots=True)
class FeedReader:
    """Reads documents, each once for as long as it lives.

    Attributes:
        seconds: How long one document may take.
        memory: Bytes of address space that one may take, on POSIX.
        start: Starts the child.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    start: Start = start_child
    _readings: dict[tuple[str, bytes], Reading] = field(default_factory=dict)

    def read(self, body: bytes, url: str) -> Reading:
        """What a document says, or why that can't be told. Never raises for what it holds.

        Args:
            body: The document, decompressed, in whatever encoding.
            url: Where it was found.
        """
        key = (url, sha256(body).digest())
        if key not in self._readings:
            self._readings[key] = self._read(body, url)
        return self._readings[key]

    def _read(self, body: bytes, url: str) -> Reading:
        question = json.dumps(url).encode("ascii") + b"\n" + body
        try:
            answer = self.start(self._command(), question, self.seconds)
        except subprocess.TimeoutExpired:
            return Unread(f"took too long to read (more than {self.seconds:g} s)")
        except subprocess.CalledProcessError:
            return Unread("could not be read (its reader broke down)")
        except OSError as error:
            return Unread(f"could not be read (no reader could be started: {error.strerror})")
        if len(answer) > LONGEST_ANSWER:
            return Unread("could not be read (it says too much)")
        try:
            return from_json(answer)
        except ValueError:
            return Unread("could not be read (its reader gave no usable answer)")

    def _command(self) -> tuple[str, ...]:
        # Isolated, it would miss a user's own folder of packages; so the right one is named.
        spec = find_spec("feedparser")
        folder = Path(spec.origin).parent.parent if spec and spec.origin else ""
        return (sys.executable, "-I", document.__file__, str(self.memory), str(folder))
