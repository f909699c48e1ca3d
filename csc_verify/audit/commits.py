"""A second look at a single commit that a log counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from csc_verify.audit.comparing import Seen, Sight
from csc_verify.errors import GitHubError, NotFound
from csc_verify.github.queries import document
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import GitHub
    from csc_verify.model import WeekSpan

_COMMIT: Final = re.compile(r"/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)/commit/([0-9a-f]{40})")


@dataclass(frozen=True, slots=True)
class Account:
    """Whose contributions a log may count.

    Attributes:
        login: The login.
        id: GitHub's number of it; None if GitHub didn't tell.
    """

    login: str
    id: int | None


def commit_in(url: str, server: str) -> tuple[str, str, str] | None:
    """Owner, repository and commit that an address of GitHub's names; None if it names no commit.

    Args:
        url: The address.
        server: ``GITHUB_SERVER_URL``.
    """
    found = _COMMIT.fullmatch(url[len(server) :]) if url.startswith(f"{server}/") else None
    return None if found is None else (found[1], found[2], found[3])


def look_at_commit(github: GitHub, url: str, account: Account, span: WeekSpan) -> Seen:
    """What GitHub says today of a commit that a log counts.

    A commit that isn't there, is private or is nobody's says nothing, and nor does an outage. One
    that is there contradicts if it is another account's, or neither its author's date nor its
    committer's is of the week.

    Args:
        github: GitHub.
        url: The commit's page, as the log has it.
        account: Whose it has to be.
        span: The week that counts it.
    """
    named = commit_in(url, github.server_url)
    if named is None:
        return Seen(Sight.UNSEEN, f"{url} is no commit's page")
    owner, name, oid = named
    try:
        answer = github.query(document("single"), {"owner": owner, "name": name, "oid": oid})
    except NotFound:
        return Seen(Sight.GONE)
    except GitHubError as error:
        return Seen(Sight.UNSEEN, error.message)
    repository = object_at(answer.data, "repository")
    commit = object_at(repository, "object")
    days = [
        day.date()
        for key in ("authoredDate", "committedDate")
        if (day := _instant(commit.get(key)))
    ]
    if repository.get("isPrivate") is not False or not days:
        return Seen(Sight.GONE)
    return _judged(url, days, object_at(commit, "author", "user"), account, span)


def _judged(
    url: str, days: list[date], user: Mapping[str, object], account: Account, span: WeekSpan
) -> Seen:
    number, login = user.get("databaseId"), user.get("login")
    if not isinstance(number, int) or account.id is None:
        return Seen(Sight.GONE)
    if number != account.id:
        return Seen(Sight.OTHERWISE, f"{url} is a commit of {login}")
    # A day of GitHub's may be the one before or after in the student's zone.
    if not any(abs((day - span.start).days - 3) <= 4 for day in days):  # noqa: PLR2004  the week's middle, and a day more
        return Seen(Sight.OTHERWISE, f"{url} is of {days[0]}, outside the week")
    return Seen(Sight.THERE)


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
