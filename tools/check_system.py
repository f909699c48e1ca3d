"""Say what this machine lacks before anything is set up.

Needed: Python 3.11 or newer with venv and pip, and git 2.30 or newer (the embedded world commits
into real repositories). Nothing else is taken from the system.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys

_PYTHON = (3, 11)


def missing() -> list[str]:
    """One sentence for each thing that is missing."""
    found: list[str] = []
    if sys.version_info < _PYTHON:
        found.append(
            f"Python {sys.version.split()[0]} is too old: 3.11 or newer is needed. "
            "Name one with: make PYTHON=python3.12 …"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        found.append("Python's venv is missing. On Debian and Ubuntu: apt-get install python3-venv")
    if shutil.which("git") is None:
        found.append("git is missing. On Debian and Ubuntu: apt-get install git")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(missing()) or 0)
