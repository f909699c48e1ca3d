"""Documents read once: strictly here, and what is broken in a child as well.

The child may be slow, greedy or crash without harm.
"""

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

from csc_verify.sources.blog.feeds import tolerant
from csc_verify.sources.blog.feeds.answers import records_from
from csc_verify.sources.blog.feeds.json_feed import read_json_feed
from csc_verify.sources.blog.feeds.meaning import feed_of
from csc_verify.sources.blog.feeds.values import Feed, NoFeed, Nothing, no_feed
from csc_verify.sources.blog.feeds.xml_feed import BROKEN, XmlReading, read_xml_feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.sources.blog.feeds.records import Records

SECONDS = 15.0
"""Far more than the largest captured feed takes on a slow runner."""
MEMORY = 1 << 30
"""Bytes of address space a child may take, on POSIX."""
LONGEST_ANSWER = 1 << 26
"""Bytes of a child's answer that are looked at."""

# Nothing of a child's business but what the interpreter itself may need to start.
_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_BEFORE = b" \t\r\n\xef\xbb\xbf"


def read_feed(body: bytes, url: str) -> Feed | NoFeed:
    """What a document says, without guessing. Pure; never raises for what it holds.

    Args:
        body: The document, decompressed, in whatever encoding.
        url: Where it was found; relative addresses start there.

    Returns:
        The feed; damaged, and up to the break, if the document is broken.
    """
    return _read(body, url).found


def _read(body: bytes, url: str) -> XmlReading:
    bare = body.lstrip(_BEFORE)
    if not bare:
        return XmlReading(no_feed(Nothing.EMPTY))
    if bare.startswith((b"{", b"[")):
        return XmlReading(read_json_feed(body, url))
    return read_xml_feed(body, url)


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
        seconds: How long a child may take for one document.
        memory: Bytes of address space that it may take, on POSIX.
        start: Starts the child.
    """

    seconds: float = SECONDS
    memory: int = MEMORY
    start: Start = start_child
    _readings: dict[tuple[str, bytes], Feed | NoFeed] = field(default_factory=dict)

    def read(self, body: bytes, url: str) -> Feed | NoFeed:
        """What a document says, or why that can't be told. Never raises for what it holds.

        Args:
            body: The document, decompressed, in whatever encoding.
            url: Where it was found.
        """
        key = (url, sha256(body).digest())
        if key not in self._readings:
            reading = _read(body, url)
            found = reading.found
            self._readings[key] = (
                found if reading.broken is None else self._read_broken(reading.broken, url, found)
            )
        return self._readings[key]

    def _read_broken(self, body: bytes, url: str, strict: Feed | NoFeed) -> Feed | NoFeed:
        """The feed with what can be guessed; without it, where the child has less or fails."""
        answer = self._guess(body, url)
        if answer is None:
            return strict
        mended = strict.mended if isinstance(strict, Feed) else ()
        guessed = answer if isinstance(answer, NoFeed) else feed_of(answer, mended, BROKEN)
        if not isinstance(strict, Feed) or not strict.entries:
            return guessed
        has_more = isinstance(guessed, Feed) and len(guessed.entries) >= len(strict.entries)
        return guessed if has_more else strict

    def _guess(self, body: bytes, url: str) -> Records | NoFeed | None:
        """What the child makes of a document; None if it knows no such format."""
        question = json.dumps(url).encode("ascii") + b"\n" + body
        try:
            answer = self.start(self._command(), question, self.seconds)
            if len(answer) <= LONGEST_ANSWER:
                return records_from(answer, url)
            why = "could not be read (it says too much)"
        except subprocess.TimeoutExpired:
            why = f"took too long to read (more than {self.seconds:g} s)"
        except subprocess.CalledProcessError:
            why = "could not be read (its reader broke down)"
        except OSError as error:
            why = f"could not be read (no reader could be started: {error.strerror})"
        except (ValueError, RecursionError):
            why = "could not be read (its reader gave no usable answer)"
        return NoFeed(Nothing.BROKEN, why)

    def _command(self) -> tuple[str, ...]:
        # Isolated, it would miss a user's own folder of packages; so the right one is named.
        spec = find_spec("feedparser")
        folder = Path(spec.origin).parent.parent if spec and spec.origin else ""
        return (sys.executable, "-I", tolerant.__file__, str(self.memory), str(folder))
