"""``make bench``: start-up, as a ratio to a peer in the same run.

Medians of several runs, interleaved, so that a busy machine bends both sides alike.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 15


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


def main() -> None:
    """Print the figures."""
    command = str(Path(sys.executable).with_name("csc-verify"))
    python = _started("-c", "pass")
    print(ratio("csc-verify --version", _started(command, "--version"), python, "python -c pass"))
    print(ratio("csc-verify --help", _started(command, "--help"), python, "python -c pass"))


if __name__ == "__main__":
    main()
