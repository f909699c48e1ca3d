"""A week's contributions as everybody can see them, for when GitHub's API doesn't answer.

::

    collect ──> Fetcher.fetch       calendar_page.py   the profile's calendar, as HTML
            ──> GitHub.search       commit_search.py   public commits, without a token
                                        │
                     Found  <────── weighing.py        what that proves

The token is never sent: with it, the search would show private work as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, assert_never
from urllib.parse import quote, urlsplit

from csc_verify.errors import GitHubError, Unavailable
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.github.accounts import Ask, profile_of
from csc_verify.model import Account, Evidence, Failed, Found
from csc_verify.sources.public_contributions.calendar_page import read_calendar
from csc_verify.sources.public_contributions.commit_search import (
    MOST_PAGES,
    Hit,
    best_copies,
    query,
    read_hits,
)
from csc_verify.sources.public_contributions.weighing import items, left_out

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from csc_verify.fetch import Fetcher
    from csc_verify.github import Deadline

__all__ = ["SOURCE", "Ask", "PublicGitHub", "collect"]

SOURCE: Final = "github-calendar"
"""What reports call this source."""


class PublicGitHub(Protocol):
    """The part of GitHub's API that answers everybody."""

    server_url: str

    def search_deadline(self) -> Deadline:
        """The time that all pages of a search have together."""
        ...

    def search_commits(self, query: str, page: int, until: Deadline) -> Mapping[str, object]:
        """A page of commits, found without a token.

        Raises:
            GitHubError: There is no answer.
        """
        ...


def collect(ask: Ask, github: PublicGitHub, fetcher: Fetcher) -> Evidence:
    """What everybody can see of a login's week; what goes wrong is a value too.

    Args:
        ask: Whose week.
        github: Searched for commits.
        fetcher: Fetches the profile's calendar.
    """
    profile = profile_of(github.server_url, ask.login)
    calendar = _calendar(ask, github.server_url, fetcher)
    if isinstance(calendar, _NoProfile):
        hint = "Check the spelling; a renamed account needs its new login"
        return Failed(SOURCE, profile, f"GitHub shows no profile of {ask.login!r}", hint)
    found = _hits(ask, github)
    if isinstance(calendar, Failed) and isinstance(found, GitHubError):
        reason = f"{calendar.reason}. {found.message}"
        return Failed(SOURCE, profile, reason, calendar.hint or found.hint)
    hits = () if isinstance(found, GitHubError) else best_copies(found, ask.week)
    accounts = {hit.account for hit in hits}
    if len(accounts | ({ask.known} - {None})) > 1:
        reason = f"GitHub finds commits of another account than the log's under {ask.login}"
        return Failed(SOURCE, profile, reason, "Check github in the configuration")
    days = None if isinstance(calendar, Failed) else calendar
    gap, hint = _gap(calendar, ask, accounts)
    return Found(
        source=SOURCE,
        address=profile,
        items=tuple(items(hits, days, ask.week, profile)),
        complete=not gap,
        gap=gap,
        hint=hint,
        left_out=tuple(left_out(hits)),
        account=next((Account(ask.login, number) for number in accounts), None),
        notes=() if not isinstance(found, GitHubError) else (_not_searched(found),),
    )


class _NoProfile:
    """GitHub says that there is no such profile."""


def _gap(
    calendar: Mapping[date, int] | Failed, ask: Ask, accounts: Collection[int]
) -> tuple[str, str]:
    if isinstance(calendar, Failed):
        return calendar.reason, calendar.hint
    if ask.known is not None and not accounts:
        # A page names no number, and a login can be taken over.
        reason = f"Without GitHub's API it can't be told whether {ask.login} is still that account"
        return reason, "Run again later"
    last = max(calendar)
    if last < ask.week.last:
        return f"GitHub's calendar ends on {last} as yet", "Run again later"
    return "", ""


def _calendar(
    ask: Ask, server_url: str, fetcher: Fetcher
) -> Mapping[date, int] | Failed | _NoProfile:
    """The week's days on the page; a week over New Year has its days on two pages."""
    days: dict[date, int] = {}
    week = ask.week
    for year in dict.fromkeys(day.year for day in week.days):
        address = _address(ask, year, server_url)
        match fetcher.fetch(address):
            case Page(url=url) if not _is_about(url, address):
                reason = "GitHub's public calendar: what was sent is another page's"
                return Failed(SOURCE, address, reason, "Check github in the configuration")
            case Page(body=body):
                try:
                    shown = read_calendar(body).days
                except Unavailable as error:
                    return Failed(SOURCE, address, error.message, error.hint)
                # A page may show days of the year beside its own, and not count them.
                ours = {d: n for d, n in shown.items() if week.holds_day(d) and d.year == year}
                days |= ours
            case Absent():
                return _NoProfile()
            case Unreachable(_, reason, hint):
                return Failed(SOURCE, address, f"GitHub's public calendar: {reason}", hint)
            case never:
                assert_never(never)
    present = [day for day in week.days if day in days]
    # Days that have not come yet may be absent. A gap before the last day is no calendar.
    if not present or present != list(week.days[: len(present)]):
        reason = "GitHub's public calendar was not understood: days of the week are missing"
        return Failed(SOURCE, server_url, reason, "Set GITHUB_TOKEN, so that it isn't needed")
    return days


def _address(ask: Ask, year: int, server_url: str) -> str:
    """A page to ask for: GitHub answers with the whole year of ``from``, whatever is asked."""
    days = [day for day in ask.week.days if day.year == year]
    base = f"{server_url}/users/{quote(ask.login, safe='')}/contributions"
    return f"{base}?from={days[0]}&to={days[-1]}"


def _is_about(url: str, address: str) -> bool:
    """Whether a page is the one that was asked for, in whatever case."""
    there, asked = urlsplit(url), urlsplit(address)
    return (there.netloc, there.path.casefold()) == (asked.netloc, asked.path.casefold())


def _hits(ask: Ask, github: PublicGitHub) -> tuple[Hit, ...] | GitHubError:
    hits: tuple[Hit, ...] = ()
    until = github.search_deadline()
    for number in range(1, MOST_PAGES + 1):
        try:
            answer = github.search_commits(query(ask.login, ask.week), number, until)
            page = read_hits(answer, ask.login)
        except GitHubError as error:
            # What was found until then stays found.
            return hits or error
        hits += page.hits
        if not page.is_full:
            break
    return hits


def _not_searched(error: GitHubError) -> str:
    return f"Public commits could not be searched: {error.message}"
