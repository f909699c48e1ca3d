"""Manners towards hosts: one request at a time, and none before a host wants the next.

Many students write on a few hosts, and threads may share a fetcher. Each host gets a queue of its
own; and what a host asks with ``Retry-After`` (RFC 9110, 10.2.3) holds for everybody in it.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from csc_verify.fetch.results import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST_PAUSE: Final = 24 * 3600.0
"""Seconds that a host's wish is remembered for; no run lasts longer."""
_A_SECOND: Final = 1.0
_A_MINUTE: Final = 60.0
_MOST_DIGITS: Final = 9


@dataclass(slots=True)
class Deadline:
    """When a fetch has to be done. Waiting in a queue takes nothing of its time.

    Attributes:
        ends: On the clock that never goes back, in seconds.
    """

    ends: float

    @property
    def left(self) -> float:
        """Seconds, negative if it is over."""
        return self.ends - time.monotonic()


@dataclass(slots=True)
class _Host:
    """One host's queue.

    Attributes:
        turn: Held by whoever is asking.
        opens: When it wants to be asked again, on the clock that never goes back.
    """

    turn: threading.Lock = field(default_factory=threading.Lock)
    opens: float = 0.0


class Turns:
    """Whose turn it is with each host; threads share it.

    Args:
        sleep: Waits for some seconds.
    """

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self._lock = threading.Lock()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def of(self, host: str, deadline: Deadline) -> Iterator[None]:
        """Wait for a host to be free, and until it wants to be asked again.

        Args:
            host: Whom to ask.
            deadline: Put off by what the queue took, but not by what the host asked for.

        Raises:
            FetchError: The host wants to be left alone for longer than the fetch may take.
        """
        with self._lock:
            queue = self._hosts[host]
        joined = time.monotonic()
        with queue.turn:
            deadline.ends += time.monotonic() - joined
            pause = queue.opens - time.monotonic()
            if pause > deadline.left:
                raise FetchError(
                    f"{host} asks for a pause of {_span(pause)}",
                    "This is usually temporary; the next run looks again",
                )
            if pause > 0:
                self._sleep(pause)
            yield

    def pause(self, host: str, seconds: float) -> None:
        """Ask nobody's page of a host for some seconds."""
        with self._lock:
            queue = self._hosts[host]
            queue.opens = max(queue.opens, time.monotonic() + min(seconds, LONGEST_PAUSE))


def asked_pause(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer asks to wait for; None if it asks for nothing that can be read.

    Args:
        headers: The answer's.
    """
    wish = headers.get("Retry-After", "").strip()
    if wish.isascii() and wish.isdigit():
        return float(wish) if len(wish) <= _MOST_DIGITS else LONGEST_PAUSE
    # A date is one by the host's own clock.
    moment, now = _moment(wish), _moment(headers.get("Date", ""))
    if moment is None or now is None:
        return None
    return max(0.0, (moment - now).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _span(seconds: float) -> str:
    if seconds < 1.5 * _A_MINUTE:
        return f"{max(seconds, _A_SECOND):.0f} s"
    minutes = seconds / _A_MINUTE
    return f"{minutes:.0f} min" if minutes < 1.5 * _A_MINUTE else f"{minutes / _A_MINUTE:.0f} h"
