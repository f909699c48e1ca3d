"""One line of the table that a run over the captured corpus prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One number.

    Attributes:
        what: What is measured.
        ours: What came out.
        target: What is to be reached.
        reached: Whether it is.
    """

    what: str
    ours: str
    target: str
    reached: bool
