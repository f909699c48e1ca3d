"""What the commands that show names have in common: where they may run, and what they write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.errors import UsageError
from csc_verify.sources.contacts.table import MAX_BYTES

if TYPE_CHECKING:
    from csc_verify.cli.terminal import Terminal

_OWNER_ONLY = 0o600


def refuse_on_runner(doing: str, terminal: Terminal) -> None:
    """Refuse to show names where a log may be public.

    Raises:
        UsageError: A workflow's job asks for it.
    """
    if terminal.on_runner:
        raise UsageError(
            f"contacts {doing} shows what is private, and anybody may read what a job prints",
            "Run it on your own computer",
        )


def read_own_file(path: str, most: int = MAX_BYTES) -> bytes:
    """A file that somebody names on the command line.

    Args:
        path: Its path.
        most: Bytes that it may have.

    Raises:
        UsageError: It isn't there, can't be read, or is larger.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no {path}", "Name a file that is there") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} can't be read: {_why(error)}", "See its permissions") from None
    if len(content) > most:
        raise UsageError(f"{path} is larger than {most // 2**20} MiB", "Name another file")
    return content


def write_out(text: str, out: str | None, terminal: Terminal) -> None:
    """Write a text to a new file that only its owner can read, or to standard output.

    Args:
        text: The whole text.
        out: The file's path; None for standard output.
        terminal: Where standard output is.

    Raises:
        UsageError: The file is there already, or can't be made.
    """
    if out is None:
        terminal.document(text)
        return
    try:
        made = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        raise UsageError(f"{out} is there already", "Name another file, or remove it") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{out} can't be made: {_why(error)}", "Name another file") from None
    try:
        with os.fdopen(made, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        Path(out).unlink(missing_ok=True)
        raise UsageError(f"{out} can't be written: {_why(error)}", "Make room") from None
    terminal.say(f"Written to {Path(out)}")


def _why(error: OSError | ValueError) -> str:
    return str(error.strerror) if isinstance(error, OSError) else "that is no file's name"
