"""What the cohort's command reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.cohort.document import to_document
from csc_verify.errors import UsageError
from csc_verify.render import cohort_csv, cohort_page

if TYPE_CHECKING:
    from pathlib import Path

    from csc_verify.overview import Audience, Overview

MOST_BYTES: Final = 1024 * 1024 * 1024


def read_input(path: Path) -> bytes:
    """A file that a coach names.

    Raises:
        UsageError: It isn't there, can't be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}", "See its name") from None
    if len(content) > MOST_BYTES:
        raise UsageError(f"{path} is too large", "See that it is the right file")
    return content


def write_outputs(folder: Path, overview: Overview, audience: Audience) -> None:
    """Write the page, the JSON and the CSV; each file is whole or as it was.

    Raises:
        UsageError: One of them can't be written.
    """
    texts = {
        "cohort.json": to_document(overview, audience),
        "cohort.csv": cohort_csv.render(overview, audience),
        "index.html": cohort_page.render(overview, audience),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            beside = folder / f".{name}.new"
            beside.write_bytes(text.encode("utf-8"))
            beside.replace(folder / name)
    except OSError as error:
        raise UsageError(
            f"{folder} can't be written to: {error.strerror}", "Name another --out"
        ) from None


def make_room(state: Path) -> None:
    """The folder of a file that is yet to be made.

    Raises:
        UsageError: It can't be made.
    """
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{state.parent} can't be made: {error.strerror}", "Name another --state"
        ) from None
