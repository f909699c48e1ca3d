"""Commits that GitHub's search finds for everybody. Pure over the answers.

The search knows default branches only, names the same commit once per copy, and also finds commits
that don't count, in repositories that the author has nothing to do with. Those in public
repositories of the student's own that are no forks certainly count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from csc_verify.addresses import web_address
from csc_verify.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csc_verify.week import Week

PER_PAGE = 100
MOST_PAGES = 3
"""Pages that are asked for; more commits than they hold only lessen the evidence."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A commit of the student's.

    Attributes:
        sha: Its name, the same in every copy.
        url: Its page.
        headline: First line of its message.
        at: The author's date, aware, with its own offset; it decides the day.
        account: GitHub's number of the author.
        repository: ``owner/name``.
        is_own: Whether the repository belongs to the author.
        is_fork: Whether the repository is a fork.
    """

    sha: str
    url: str
    headline: str
    at: datetime
    account: int
    repository: str
    is_own: bool
    is_fork: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results.

    Attributes:
        hits: The commits that could be read.
        is_full: Whether another page may follow.
    """

    hits: tuple[Hit, ...]
    is_full: bool


def query(login: str, week: Week) -> str:
    """What to search for: a day more on both sides, since the search goes by UTC."""
    first, last = week.first - timedelta(days=1), week.last + timedelta(days=1)
    return f"author:{login} author-date:{first}..{last}"


def read_hits(answer: Mapping[str, object], login: str) -> Hits:
    """Read a page of results; what can't be read is not there.

    Args:
        answer: GitHub's answer.
        login: Whose commits were searched for.

    Raises:
        Unavailable: It is no page of results.
    """
    items = answer.get("items")
    if not isinstance(items, list):
        raise Unavailable("GitHub's search answered in a form that was not understood")
    found = (_hit(item, login) for item in items)
    return Hits(tuple(hit for hit in found if hit), len(items) >= PER_PAGE)


def best_copies(hits: Iterable[Hit], week: Week) -> tuple[Hit, ...]:
    """Each commit of the week once; the copy that counts, where there is one."""
    best: dict[str, Hit] = {}
    for hit in hits:
        if week.holds_day(hit.at.date()):
            known = best.get(hit.sha)
            if known is None or _rank(hit) < _rank(known):
                best[hit.sha] = hit
    return tuple(sorted(best.values(), key=lambda hit: (hit.at, hit.sha)))


def _rank(hit: Hit) -> tuple[bool, bool, str]:
    return (not hit.is_own, hit.is_fork, hit.repository)


def _hit(item: object, login: str) -> Hit | None:
    match item:
        case {
            "sha": str(sha),
            "html_url": str(url),
            "commit": {"author": {"date": str(date)}, "message": str(message)},
            "author": {"login": str(author), "id": int(account)},
            "repository": {
                "full_name": str(name),
                "private": False,
                "fork": bool(fork),
                "owner": {"login": str(owner)},
            },
        } if author.lower() == login.lower() and web_address(url):
            try:
                at = datetime.fromisoformat(date)
            except ValueError:
                return None
            is_own = owner.lower() == login.lower()
            headline = message.partition("\n")[0]
            hit = Hit(sha, url, headline, at, account, name, is_own, fork)
            return hit if at.tzinfo is not None else None
        case _:
            return None
