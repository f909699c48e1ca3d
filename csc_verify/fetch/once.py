"""Asking each address once, and within the time that a run may take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.escape import plain
from csc_verify.fetch.results import Fetcher, FetchResult, Page, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

A_RUN: Final = 240.0
"""Seconds that all pages of a run may take together; a job has ten minutes in all."""
TOO_SLOW: Final = 8.0
"""Seconds after which a host that gave nothing is not asked again."""
MOST_KEPT: Final = 64 * 1024 * 1024
"""Bytes of pages that are remembered; behind them, an address may be asked for again."""

_LATER: Final = "The next run looks again"


@dataclass(slots=True)
class FetchOnce:
    """A fetcher that asks each address once, so that all weeks of a run see the same answer.

    When the run's time is spent, or a host has shown that it answers nothing for long, whatever
    else would be asked is "could not ask".

    Attributes:
        fetcher: The one that really asks.
        seconds: What all its fetches may take together.
        clock: Counts seconds, and never goes back.
    """

    fetcher: Fetcher
    seconds: float = A_RUN
    clock: Callable[[], float] = time.monotonic
    _answers: dict[str, FetchResult] = field(default_factory=dict)
    _slow: set[str] = field(default_factory=set)
    _spent: float = 0.0
    _kept: int = 0

    def fetch(self, url: str) -> FetchResult:
        """The first answer that this address gave."""
        if url not in self._answers:
            answer = self._refused(url) or self._asked(url)
            if isinstance(answer, Page) and self._kept + len(answer.body) > MOST_KEPT:
                return answer
            self._kept += len(answer.body) if isinstance(answer, Page) else 0
            self._answers[url] = answer
        return self._answers[url]

    def _refused(self, url: str) -> Unreachable | None:
        if self._spent >= self.seconds:
            return Unreachable(url, "there was no time left to ask in this run", _LATER)
        host = _host_of(url)
        if host in self._slow:
            return Unreachable(url, f"{host} did not answer in time before", _LATER)
        return None

    def _asked(self, url: str) -> FetchResult:
        begun = self.clock()
        answer = self.fetcher.fetch(url)
        taken = self.clock() - begun
        self._spent += taken
        if isinstance(answer, Unreachable) and taken >= TOO_SLOW:
            self._slow.add(_host_of(url))
        return answer


def _host_of(url: str) -> str:
    try:
        return plain(urlsplit(url).hostname or "", 100)
    except ValueError:
        return ""
