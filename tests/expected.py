"""Golden files: outputs that somebody has looked at.

``UPDATE_GOLDEN=1 pytest`` writes them anew; look at the difference before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare an output with its golden file, byte for byte."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()
