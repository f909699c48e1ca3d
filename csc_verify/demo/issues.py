"""The issues of a repository on the embedded GitHub, in the order of their numbers."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

OPEN: Final = "OPEN"
CLOSED: Final = "CLOSED"


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it is now.

    Attributes:
        number: Its number in the repository.
        opener: The login of whoever opened it; a bot's ends with ``[bot]``.
        title: Its headline.
        body: Its text, in Markdown.
        created_at: When it was opened, an instant.
        state: ``OPEN`` or ``CLOSED``.
        state_reason: Why it was closed, in GitHub's word; None while it is open.
    """

    number: int
    opener: str
    title: str
    body: str
    created_at: datetime
    state: str = OPEN
    state_reason: str | None = None


class Board:
    """A repository's issues; those of the future wait for the clock.

    Args:
        clock: The world's time, an instant.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._issues: dict[int, Issue] = {}
        self._lock = threading.Lock()

    def plan(self, issue: Issue) -> None:
        """Adds an issue that is there when its time has come."""
        self._issues.setdefault(issue.number, issue)

    def all(self) -> tuple[Issue, ...]:
        """The issues so far, by number."""
        now = self._clock()
        return tuple(i for _, i in sorted(self._issues.items()) if i.created_at <= now)

    def numbered(self, number: int) -> Issue | None:
        """The issue of a number."""
        return next((issue for issue in self.all() if issue.number == number), None)

    def open(self, opener: str, title: str, body: str) -> Issue:
        """Opens an issue now, under the next number."""
        with self._lock:
            number = max(self._issues, default=0) + 1
            self._issues[number] = Issue(number, opener, title, body, self._clock())
            return self._issues[number]

    def edit(self, number: int, title: str | None, body: str | None) -> Issue:
        """Changes an issue's title or body; what is None stays."""
        with self._lock:
            before = self._issues[number]
            after = replace(
                before,
                title=before.title if title is None else title,
                body=before.body if body is None else body,
            )
            self._issues[number] = after
            return after

    def close(self, number: int, reason: str) -> Issue:
        """Closes an issue."""
        with self._lock:
            issue = replace(self._issues[number], state=CLOSED, state_reason=reason)
            self._issues[number] = issue
            return issue
