"""Run any command of csc-verify from this checkout, with the arguments that follow.

For workflows of this project that hand over file names, which no quoting has to survive. Run with
``-I``: neither the work tree nor the environment adds to the import path.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from csc_verify.cli import console

if __name__ == "__main__":
    console()
