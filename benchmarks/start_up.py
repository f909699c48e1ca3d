"""``make bench``: start-up and feed parsing, each as a ratio to a peer in the same run.

Medians of several runs, interleaved, so that a busy machine bends both sides alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import feedparser

from csc_verify.sources.feed import parse

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 15
ENTRIES = 200


def _started(*words: str) -> Callable[[], None]:
    def run() -> None:
        subprocess.run([sys.executable, *words], check=False, capture_output=True)

    return run


def _seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def ratio(name: str, action: Callable[[], object], peer: Callable[[], object], of: str) -> str:
    """One line: how many times the peer's time an action takes."""
    pairs = [(_seconds(action), _seconds(peer)) for _ in range(RUNS)]
    ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
    return f"{name:<40}{ours / theirs:6.2f} × {of} ({1000 * ours:.0f} ms, {1000 * theirs:.0f} ms)"


def _feed() -> bytes:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    items = "".join(
        f"<item><title>Post {n}</title><link>https://blog.example/{n}</link>"
        f"<pubDate>{now - timedelta(days=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{'words ' * 200}</description></item>"
        for n in range(ENTRIES)
    )
    return f'<rss version="2.0"><channel><title>Notes</title>{items}</channel></rss>'.encode()


def main() -> None:
    """Print the figures."""
    command = str(Path(sys.executable).with_name("csc-verify"))
    python = _started("-c", "pass")
    feed = _feed()
    print(ratio("csc-verify --version", _started(command, "--version"), python, "python -c pass"))
    print(ratio("csc-verify --help", _started(command, "--help"), python, "python -c pass"))
    print(
        ratio(
            "reading a feed of 200 posts",
            lambda: parse(feed, "https://blog.example/feed.xml"),
            lambda: feedparser.parse(feed),
            "feedparser by default",
        )
    )


if __name__ == "__main__":
    main()
