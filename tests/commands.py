"""The command, called as a user calls it, in this process."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Answer:
    """What a command left behind.

    Attributes:
        code: The exit code.
        out: Standard output.
        err: Standard error.
    """

    code: int
    out: str
    err: str


def call(*arguments: str, env: Mapping[str, str]) -> Answer:
    """Run one command; of the real environment only ``PATH`` is passed on."""
    out, err = io.StringIO(), io.StringIO()
    code = main(arguments, {"PATH": os.environ["PATH"], **env}, out, err)
    return Answer(code, out.getvalue(), err.getvalue())
