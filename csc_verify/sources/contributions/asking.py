"""What is asked about students' weeks, and what an answer can look like.

The week's range goes out as the first day's ``T00:00:00Z`` to the last day's ``T23:59:59Z``; the
calendar takes whole days at both ends. Which day a contribution belongs to, GitHub has decided:
commits by the zone in their timestamp, the rest by the browser's. Nothing is dated again here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from csc_verify.errors import Unavailable
from csc_verify.github import GraphQLError
from csc_verify.github.queries import with_fragments
from csc_verify.model import Evidence, Failed
from csc_verify.sources.contributions.reading import read_totals
from csc_verify.sources.contributions.weighing import SOURCE, weigh_totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.github import Answer
    from csc_verify.github.accounts import Ask
    from csc_verify.sources.contributions.history import Written
    from csc_verify.week import Week

_NO_REASON: Final = "csc-verify: null without an error"


@dataclass(frozen=True, slots=True)
class Look:
    """What one student's week looks like.

    Attributes:
        evidence: What counts.
        commits: The commits of the week that count and are known one by one.
        is_absent: Whether GitHub says that it knows no such user.
        is_other: Whether the login is another account's than the one that was asked for.
    """

    evidence: Evidence
    commits: tuple[Written, ...] = ()
    is_absent: bool = False
    is_other: bool = False


def variables(login: str, week: Week) -> dict[str, object]:
    """The variables of the query for a login's week."""
    return {
        "login": login,
        "from": f"{week.first.isoformat()}T00:00:00Z",
        "to": f"{week.last.isoformat()}T23:59:59Z",
    }


@cache
def totals_document(number: int) -> str:
    """The query about so many weeks; logins and dates are variables, never a part of it.

    Args:
        number: How many, at least one.
    """
    declared = ", ".join(
        f"$login{n}: String!, $from{n}: DateTime!, $to{n}: DateTime!" for n in range(number)
    )
    fields = " ".join(
        f"{_alias(n)}: user(login: $login{n}) {{ id login databaseId "
        f"contributionsCollection(from: $from{n}, to: $to{n}) {{ ...Calendar ...Totals }} }}"
        for n in range(number)
    )
    return with_fragments(
        f"query Totals({declared}) {{ viewer {{ login }} rateLimit {{ cost remaining resetAt }} "
        f"{fields} }}\n"
    )


def totals_values(asks: Sequence[Ask]) -> dict[str, object]:
    """The variables of :func:`totals_document` for as many asks."""
    return {
        f"{name}{number}": value
        for number, ask in enumerate(asks)
        for name, value in variables(ask.login, ask.week).items()
    }


def totals_error(answer: Answer, number: int) -> GraphQLError | None:
    """What went wrong with one of the asks.

    What was too much for GitHub is named once, by whichever field was worked out last; fields that
    were never begun are null without an error of their own.
    """
    own = answer.error_at(_alias(number))
    if own is not None or answer.data.get(_alias(number)) is not None:
        return own
    too_much = next((error for error in answer.errors if error.is_too_much), None)
    return too_much or GraphQLError(_NO_REASON, "no reason given", ())


def is_worth_less(error: GraphQLError | None) -> bool:
    """Whether a smaller question may get an answer."""
    return error is not None and (error.is_too_much or error.type == _NO_REASON)


def read_alone(answer: Answer, ask: Ask, number: int, address: str) -> Evidence:
    """The count of one of the asks, without evidence of single things.

    Args:
        answer: The answer to :func:`totals_document`.
        ask: The ask.
        number: Its place, from 0.
        address: The student's profile.
    """
    error = totals_error(answer, number)
    if error is not None or answer.data.get(_alias(number)) is None:
        return not_in_full(error, address)
    try:
        seen = read_totals(answer.data, _alias(number), ask.login, ask.week)
    except Unavailable as unread:
        return Failed(SOURCE, address, unread.message, unread.hint)
    return weigh_totals(seen, ask.week, address)


def _alias(number: int) -> str:
    return f"u{number}"


def unknown_login(login: str, address: str) -> Failed:
    """What is said of a login that GitHub doesn't know."""
    return Failed(
        SOURCE,
        address,
        f"GitHub knows no user {login!r}",
        "Check the spelling; a renamed account needs its new login, and an organisation has no "
        "contributions",
    )


def not_in_full(error: GraphQLError | None, address: str) -> Failed:
    """What is said where GitHub left a field unanswered."""
    if error is not None and error.is_too_much:
        return Failed(
            SOURCE,
            address,
            "GitHub could not work out this week's contributions within its own limits",
            "Run again later; GitHub's limits ease from time to time",
        )
    said = error.message if error else "no reason given"
    return Failed(
        SOURCE,
        address,
        f"GitHub did not answer in full: {said}",
        "Check the token's permissions, or run again later",
    )
