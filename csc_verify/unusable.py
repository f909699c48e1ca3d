"""A file that a student keeps and that can't be used, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a file can't be used. Says nothing of what stands in it, nor where it is.

    Attributes:
        reason: To follow the file's name ("the tracker"), without a full stop.
        mend: What to do, likewise.
    """

    reason: str
    mend: str
