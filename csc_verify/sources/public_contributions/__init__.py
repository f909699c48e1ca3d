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

from csc_verify.errors import GitHubError, Unavailable
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.model import Account, Evidence, Failed, Found
from csc_verify.sources.public_contributions.calendar_page import read_calendar
from csc_verify.sources.public_contributions.commit_search import (
    MOST_PAGES,
    Hit,
    best_copies,
    query,
    read_hits,
)
from csc_verify.sources.public_contributions.weighing import items, left_out, profile_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from csc_verify.fetch import Fetcher
    from csc_verify.week import Week

__all__ = ["SOURCE", "PublicGitHub", "collect"]

SOURCE: Final = "github-calendar"
"""What reports call this source."""


class PublicGitHub(Protocol):
    """The part of GitHub's API that answers everybody."""

    server_url: str

    def search_commits(self, query: str, page: int) -> Mapping[str, object]:
        """A page of commits, found without a token.

        Raises:
            GitHubError: There is no answer.
        """
        ...


def collect(login: str, week: Week, github: PublicGitHub, fetcher: Fetcher) -> Evidence:
    """What everybody can see of a login's week; what goes wrong is a value too.

    Args:
        login: The account's login, in any case.
        week: The week.
        github: Searched for commits.
        fetcher: Fetches the profile's calendar.
    """
    profile = profile_of(github.server_url, login)
    calendar = _calendar(login, week, github.server_url, fetcher)
    if isinstance(calendar, _NoProfile):
        hint = "Check the spelling; a renamed account needs its new login"
        return Failed(SOURCE, profile, f"GitHub shows no profile of {login!r}", hint)
    found = _hits(login, week, github)
    hits = () if isinstance(found, GitHubError) else best_copies(found, week)
    if isinstance(calendar, Failed) and isinstance(found, GitHubError):
        reason = f"{calendar.reason}. {found.message}"
        return Failed(SOURCE, profile, reason, calendar.hint or found.hint)
    days = None if isinstance(calendar, Failed) else calendar
    gap, hint = _gap(calendar, week)
    return Found(
        source=SOURCE,
        address=profile,
        items=tuple(items(hits, days, week, profile)),
        complete=not gap,
        gap=gap,
        hint=hint,
        left_out=tuple(left_out(hits)),
        account=next((Account(login, hit.account) for hit in hits), None),
        notes=() if not isinstance(found, GitHubError) else (_not_searched(found),),
    )


class _NoProfile:
    """GitHub says that there is no such profile."""


def _gap(calendar: Mapping[date, int] | Failed, week: Week) -> tuple[str, str]:
    if isinstance(calendar, Failed):
        return calendar.reason, calendar.hint
    last = max(calendar)
    if last < week.last:
        return f"GitHub's calendar ends on {last} as yet", "Run again later"
    return "", ""


def _calendar(
    login: str, week: Week, server_url: str, fetcher: Fetcher
) -> Mapping[date, int] | Failed | _NoProfile:
    """The week's days on the page; a week over New Year has its days on two pages."""
    days: dict[date, int] = {}
    for address in _addresses(login, week, server_url):
        match fetcher.fetch(address):
            case Page(body=body):
                try:
                    shown = read_calendar(body).days
                except Unavailable as error:
                    return Failed(SOURCE, address, error.message, error.hint)
                days |= {day: count for day, count in shown.items() if week.holds_day(day)}
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


def _addresses(login: str, week: Week, server_url: str) -> Iterator[str]:
    """The pages to ask for: GitHub answers with the whole year of ``from``, whatever is asked."""
    for year in dict.fromkeys(day.year for day in week.days):
        days = [day for day in week.days if day.year == year]
        base = f"{server_url}/users/{profile_of('', login)[1:]}/contributions"
        yield f"{base}?from={days[0]}&to={days[-1]}"


def _hits(login: str, week: Week, github: PublicGitHub) -> tuple[Hit, ...] | GitHubError:
    hits: tuple[Hit, ...] = ()
    for number in range(1, MOST_PAGES + 1):
        try:
            page = read_hits(github.search_commits(query(login, week), number), login)
        except GitHubError as error:
            # What was found until then stays found.
            return hits or error
        hits += page.hits
        if not page.is_full:
            break
    return hits


def _not_searched(error: GitHubError) -> str:
    return f"Public commits could not be searched: {error.message}"
