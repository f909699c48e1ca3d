"""The contributions of many students: their counts, forty in one request, whatever happens to one.

::

    asks ──▶ batches ──▶ one GraphQL request each, a field a student
                │              │
                │   ┌──────────┼───────────────────────────┐
                │   ▼          ▼                           ▼
                │  counted    no such user            GitHub's limits, a time-out
                │                                           │
                └──────────────◀── halves of the batch ◀────┘   down to one student

A null or an error belongs to the student whose field it is. GitHub's limits on a query's resources
are those of the whole query and grow with the accounts' histories, so that the same query fails
again and a smaller one works. What a spent quota, a refused token or an outage leaves unasked is
told of each student; the deadline is for all of it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from csc_verify.errors import BadToken, Forbidden, GitHubError, NoToken, RateLimited, Unavailable
from csc_verify.github.accounts import profile_of
from csc_verify.github.queries import document
from csc_verify.model import Evidence, Failed
from csc_verify.sources.contributions.asking import (
    Look,
    is_worth_less,
    read_alone,
    totals_document,
    totals_error,
    totals_values,
    unknown_login,
)
from csc_verify.sources.contributions.fields import Fields
from csc_verify.sources.contributions.one import look
from csc_verify.sources.contributions.weighing import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csc_verify.github import Answer, Deadline, GitHub
    from csc_verify.github.accounts import Ask

AT_ONCE: Final = 40
"""Students in one request, to begin with."""

_SUSPICIOUS, _OUTAGE = 3, 10
"""Students who fail one after the other when asked alone, before GitHub is asked something else,
and before it is an outage whatever else it answers."""

_FOR_ALL = (BadToken, Forbidden, NoToken, RateLimited)


def look_at_many(
    github: GitHub, asks: Iterable[Ask], until: Deadline, at_once: int = AT_ONCE
) -> Iterator[tuple[Ask, Look]]:
    """The counts of many weeks, each as soon as it is known; every ask is answered once.

    Args:
        github: GitHub, with the patience that is meant for many (``FOR_MANY``).
        asks: What is asked.
        until: When all of it has to be over.
        at_once: How many are put into one request to begin with.
    """
    waiting = deque(_cut(tuple(asks), at_once))
    state = _State(github, until)
    while waiting:
        batch = waiting.popleft()
        if state.over is not None:
            yield from (_failed(github, ask, state.over) for ask in batch)
            continue
        answered, again = state.ask(batch)
        yield from answered
        if len(again) == len(batch):
            waiting.extendleft(reversed(_cut(again, (len(again) + 1) // 2)))
        elif again:
            waiting.appendleft(again)


def _cut(asks: tuple[Ask, ...], size: int) -> list[tuple[Ask, ...]]:
    return [asks[start : start + size] for start in range(0, len(asks), size)]


@dataclass(slots=True)
class _State:
    """How the asking goes.

    Attributes:
        github: Who is asked.
        until: When it has to be over.
        over: Why nobody is asked any more.
    """

    github: GitHub
    until: Deadline
    over: GitHubError | None = None
    _in_a_row: int = field(default=0)

    def ask(self, batch: tuple[Ask, ...]) -> tuple[list[tuple[Ask, Look]], tuple[Ask, ...]]:
        """Ask about a batch.

        Returns:
            Those answered, and those to ask again, never a single one.
        """
        text, values = totals_document(len(batch)), totals_values(batch)
        query = self.github.query if len(batch) == 1 else self.github.query_once
        try:
            answer = query(text, values, self.until)
        except _FOR_ALL as error:
            self.over = error
            return [_failed(self.github, ask, error) for ask in batch], ()
        except GitHubError as error:
            return self._unanswered(batch, error)
        self._watch_points(answer)
        self._in_a_row = 0
        return self._read(batch, answer)

    def _unanswered(
        self, batch: tuple[Ask, ...], error: GitHubError
    ) -> tuple[list[tuple[Ask, Look]], tuple[Ask, ...]]:
        if self.until.is_over:
            self.over = Unavailable("The time for asking GitHub was up", "Run again later")
        if len(batch) > 1 and self.over is None:
            return [], batch
        self._in_a_row += 1
        if self._in_a_row >= _OUTAGE or (self._in_a_row == _SUSPICIOUS and not self._answers()):
            self.over = error
        return [_failed(self.github, ask, error) for ask in batch], ()

    def _answers(self) -> bool:
        """Whether GitHub answers anything at all."""
        try:
            self.github.query(document("viewer"), {}, self._share())
        except GitHubError:
            return False
        return True

    def _share(self) -> Deadline:
        """The time for one student, as long as there is as much."""
        alone = self.github.deadline()
        return min(alone, self.until, key=lambda deadline: deadline.ends)

    def _watch_points(self, answer: Answer) -> None:
        """Stop before GitHub refuses: a spent quota also stops whatever else uses the token."""
        try:
            quota = Fields(answer.data, "answer").inner("rateLimit")
            if quota.count("remaining") < quota.count("cost"):
                hint = f"Run again after {quota.text('resetAt')}"
                self.over = RateLimited("GitHub's quota is spent", hint)
        except Unavailable:
            # Without the number GitHub's own refusal ends it.
            return

    def _read(
        self, batch: tuple[Ask, ...], answer: Answer
    ) -> tuple[list[tuple[Ask, Look]], tuple[Ask, ...]]:
        answered, again = [], []
        for number, ask in enumerate(batch):
            error = totals_error(answer, number)
            if is_worth_less(error) and len(batch) > 1:
                again.append(ask)
            else:
                answered.append((ask, self._look(ask, number, answer)))
        return answered, tuple(again)

    def _look(self, ask: Ask, number: int, answer: Answer) -> Look:
        address = profile_of(self.github.server_url, ask.login)
        error = totals_error(answer, number)
        is_absent = error is not None and error.type == "NOT_FOUND"
        if is_absent and ask.known is None:
            return Look(unknown_login(ask.login, address), is_absent=True)
        evidence = None if is_absent else read_alone(answer, ask, number, address)
        if evidence is None or _needs_more(evidence, ask):
            return look(self.github, ask, self._share())
        return Look(evidence)


def _needs_more(evidence: Evidence, ask: Ask) -> bool:
    """Whether one has to look at this student alone: a doubt, or another account's login."""
    if isinstance(evidence, Failed):
        return False
    account = evidence.account
    is_other = account is not None and ask.known is not None and account.id != ask.known
    return is_other or any(item.doubt for item in evidence.items)


def _failed(github: GitHub, ask: Ask, error: GitHubError) -> tuple[Ask, Look]:
    address = profile_of(github.server_url, ask.login)
    return ask, Look(Failed(SOURCE, address, error.message, error.hint))
