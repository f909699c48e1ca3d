"""REST: the search for commits, which everybody may ask.

It knows default branches only, names a commit once for each repository that holds it, and doesn't
ask whether a commit counts as anybody's contribution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from csc_verify.demo.graphql_session import node_id
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csc_verify.demo.git_repository import Commit
    from csc_verify.demo.github_hub import Hub, Token
    from csc_verify.demo.hosted import Hosted

MOST_RESULTS: Final = 1000
_LARGEST_PAGE: Final = 100
_QUALIFIER: Final = re.compile(r"(\S+?):(\S+)")
_RANGE: Final = re.compile(r"(?P<sign>[<>]=?)?(?P<first>[^<>]+?)(?:\.\.(?P<last>[^<>]+))?")
_SORTS: Final = frozenset({"author-date", "committer-date"})
_EVER: Final = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_NO_USER: Final = (
    "The listed users cannot be searched either because the users do not exist or you do not have "
    "permission to view the users."
)


class RefusedSearchError(Exception):
    """The search can't be made (422).

    Args:
        message: In GitHub's words.
        problem: What is wrong with the text that is searched for, if that is it.
    """

    def __init__(self, message: str, problem: str | None = None) -> None:
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for.

    Attributes:
        author: Whose commits; None for everybody's.
        oid: The commit with this name; None for any.
        private: Whether in private repositories, in public ones, or (None) in both.
        first: No commit that its author made before this instant.
        last: None that was made after this one.
    """

    author: DemoStudent | None
    oid: str | None
    private: bool | None
    first: datetime
    last: datetime

    @classmethod
    def read(cls, hub: Hub, text: str) -> Wanted:
        """Reads the text of a search.

        Raises:
            RefusedSearchError: There is no such author, or it isn't understood here.
        """
        asked = dict(_QUALIFIER.findall(text))
        author, oid = asked.pop("author", None), asked.pop("hash", None)
        private = {None: None, "public": False, "private": True}.get(asked.pop("is", None), ...)
        first, last = _span(asked.pop("author-date", None))
        if asked or private is ... or _QUALIFIER.sub("", text).strip() or not (author or oid):
            raise RefusedSearchError("Validation Failed", f"{text!r} is not understood here.")
        whose = hub.account(author) if author else None
        if author and not isinstance(whose, DemoStudent):
            raise RefusedSearchError("Validation Failed", _NO_USER)
        return cls(whose if isinstance(whose, DemoStudent) else None, oid, private, first, last)

    def fits(self, hub: Hub, commit: Commit) -> bool:
        """Whether a commit is searched for."""
        return (
            (self.author is None or hub.author(commit.author.email) == self.author)
            and self.oid in {None, commit.oid}
            and self.first <= commit.author.at <= self.last
        )


def search_commits(
    hub: Hub, token: Token | None, url: str, query: Mapping[str, str]
) -> dict[str, object]:
    """A page of results, the newest first if nothing else is asked for.

    Raises:
        RefusedSearchError: It can't be made.
    """
    wanted = Wanted.read(hub, query.get("q", ""))
    # GitHub's own order, the best match first, can't be told; it is the author's date here.
    sort, order = query.get("sort", "author-date"), query.get("order", "desc")
    if sort not in _SORTS or order not in {"asc", "desc"}:
        raise RefusedSearchError("Validation Failed", f"{sort} {order} is no order.")
    found = [
        (hosted, commit)
        for hosted in _places(hub, token, wanted)
        for commit in hosted.commits
        if wanted.fits(hub, commit)
    ]
    found.sort(
        key=lambda pair: (pair[1].author if sort == "author-date" else pair[1].committer).at,
        reverse=order == "desc",
    )
    start, size = _page(query)
    return {
        "total_count": len(found),
        "incomplete_results": False,
        "items": [_item(hub, url, *pair) for pair in found[:MOST_RESULTS][start : start + size]],
    }


def _places(hub: Hub, token: Token | None, wanted: Wanted) -> Iterable[Hosted]:
    """The repositories that may be searched and may hold what is searched for."""
    places = hub.places(wanted.author) if wanted.author else hub.repositories.values()
    return (
        hosted
        for hosted in places
        if (token.may_read(hosted.about) if token else not hosted.about.private)
        and wanted.private in {None, hosted.about.private}
    )


def _page(query: Mapping[str, str]) -> tuple[int, int]:
    """Where a page starts and how long it is."""
    number, size = (
        int(text) if (text := query.get(name, "")).isdecimal() and int(text) else default
        for name, default in (("page", 1), ("per_page", 30))
    )
    size = min(size, _LARGEST_PAGE)
    if (number - 1) * size >= MOST_RESULTS:
        raise RefusedSearchError(f"Only the first {MOST_RESULTS} search results are available")
    return (number - 1) * size, size


def _span(written: str | None) -> tuple[datetime, datetime]:
    """The instants that a range of days (as UTC has them) or of instants takes in."""
    found = _RANGE.fullmatch(written) if written else None
    if written and found is None:
        raise RefusedSearchError("Validation Failed", f"{written!r} is no range.")
    if found is None:
        return _EVER
    first, last = _ends(found["first"]), _ends(found["last"] or found["first"])
    match found["sign"]:
        case None:
            return first[0], last[1]
        case ">":
            return first[1] + timedelta(microseconds=1), _EVER[1]
        case ">=":
            return first[0], _EVER[1]
        case "<":
            return _EVER[0], first[0] - timedelta(microseconds=1)
        case _:
            return _EVER[0], first[1]


def _ends(written: str) -> tuple[datetime, datetime]:
    """The first and the last instant of a day or an instant; ``*`` is any."""
    if written == "*":
        return _EVER
    try:
        if len(written) == len("2026-11-16"):
            begins = datetime.combine(date.fromisoformat(written), datetime.min.time(), UTC)
            return begins, begins + timedelta(days=1, microseconds=-1)
        instant = datetime.fromisoformat(written)
    except ValueError as error:
        raise RefusedSearchError("Validation Failed", f"{written!r} is no date.") from error
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant, instant


def _item(hub: Hub, url: str, hosted: Hosted, commit: Commit) -> dict[str, object]:
    about = hosted.about
    owner = hub.account(about.owner)
    page = f"{url}/{about.name_with_owner}"
    return {
        "sha": commit.oid,
        "node_id": node_id("C", f"{hosted.id}:{commit.oid}"),
        "html_url": f"{page}/commit/{commit.oid}",
        "commit": {
            "author": _person(
                commit.author.name, commit.author.email, commit.author.at.isoformat()
            ),
            "committer": _person(
                commit.committer.name, commit.committer.email, commit.committer.at.isoformat()
            ),
            "message": commit.message,
        },
        "author": _account(hub, commit.author.email),
        "committer": _account(hub, commit.committer.email),
        "repository": {
            "id": hosted.id,
            "name": about.name,
            "full_name": about.name_with_owner,
            "private": about.private,
            "fork": about.fork,
            "html_url": page,
            "owner": {
                "login": about.owner,
                "id": owner.id if owner else 0,
                "type": "User" if isinstance(owner, DemoStudent) else "Organization",
            },
        },
        "score": 1.0,
    }


def _account(hub: Hub, email: str) -> dict[str, object] | None:
    """The account that an address is linked to, a bot's too."""
    account = hub.author(email)
    if account is None:
        return None
    kind = "User" if isinstance(account, DemoStudent) else "Bot"
    return {"login": account.login, "id": account.id, "type": kind}


def _person(name: str, email: str, at: str) -> dict[str, str]:
    # The search writes thousandths of a second, and keeps the commit's own zone.
    return {"name": name, "email": email, "date": f"{at[:19]}.000{at[19:]}"}
