"""One run at a time writes below a folder, and what a killed one left there is cleared away.

The lock is the operating system's own, on the folder itself: it leaves no file behind, and it ends
with the process that holds it, however that ends.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone_in(root: Path) -> Iterator[bool]:
    """Wait until no other run writes below a folder, and keep others waiting.

    Args:
        root: The folder; it exists.

    Yields:
        Whether no other run writes there now. It isn't known where folders can't be locked: on
        Windows, and on some network drives.
    """
    if sys.platform == "win32":
        yield False
        return
    import fcntl  # noqa: PLC0415  there is none on Windows

    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:
            held = False
        else:
            held = True
        yield held
    finally:
        os.close(folder)
