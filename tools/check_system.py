"""Say what this machine lacks before anything is set up.

Needed: Python 3.11 or newer with venv and pip, and git 2.30 or newer (the embedded world commits
into real repositories). The tests of the cohort's page also need a Chromium. Nothing else is taken
from the system.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
"""What a Chromium is called on PATH; CSC_VERIFY_BROWSER names any other."""

NO_BROWSER = (
    "There is no Chromium, which the tests of the cohort's page need. On Debian: apt-get install"
    " chromium. One that lies elsewhere is named by CSC_VERIFY_BROWSER=/path/to/chromium"
)

_PYTHON = (3, 11)


def browser() -> str | None:
    """The Chromium of this machine; None if there is none."""
    named = os.environ.get("CSC_VERIFY_BROWSER")
    names = (named,) if named else BROWSERS
    return next(filter(None, map(shutil.which, names)), None)


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
    if browser() is None:
        # Everything but these tests works without.
        sys.stderr.write(f"{NO_BROWSER}\n")
    sys.exit("\n".join(missing()) or 0)
