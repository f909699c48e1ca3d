"""What speaks against an attested log, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    BROKEN_LINK = "broken link"
    OUT_OF_ORDER = "out of order"
    OTHER_LOG = "other log"
    REWRITTEN = "rewritten"
    NO_BUNDLE = "no bundle"
    NOT_VERIFIED = "not verified"
    OTHER_SUBJECT = "other subject"
    OTHER_TIME = "other time"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        line: The line of the chain, counted from 1; None where it is about the whole.
        fault: What is wrong.
        text: The same for a reader, to follow "line 3: ", without a full stop.
    """

    line: int | None
    fault: Fault
    text: str

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"
