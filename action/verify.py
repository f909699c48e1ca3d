"""Run csc-verify from the Action's own checkout, so that the ref in ``uses:`` is its version.

Run by the step "Verify the commitment" with ``-I``: neither the work tree nor the environment adds
to the import path; this file's own folder is added by name.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from csc_verify.cli.action import console

if __name__ == "__main__":
    console()
