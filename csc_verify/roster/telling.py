"""What is wrong with a file, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from csc_verify.errors import Problem

MOST_TOLD: Final = 100
"""Problems of a file that are told one by one."""


@dataclass(slots=True)
class Told:
    """The problems of one file.

    Attributes:
        file: Its name as the user knows it.
        more: How many were found that aren't kept.
    """

    file: str
    more: int = 0
    _kept: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted: their hints need not be thought of."""
        return len(self._kept) >= MOST_TOLD

    def add(self, line: int | None, text: str, hint: str = "") -> None:
        """Keep a problem, or count it."""
        if self.is_full:
            self.more += 1
        else:
            self._kept.append(Problem(self.file, line, text, hint))

    def problems(self) -> tuple[Problem, ...]:
        """All that are kept, and how many more there are."""
        if not self.more:
            return tuple(self._kept)
        folded = Problem(self.file, None, f"and {self.more:,} more", "Mend these first")
        return (*self._kept, folded)
