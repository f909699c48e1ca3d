"""REST: the search for commits, which everybody may ask.

It knows default branches only, names a commit once for each repository that holds it, and doesn't
ask whether a commit counts as anybody's contribution.
"""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import TYPE_CHECKING, Final

from csc_verify.demo.graphql_session import node_id
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.git_repository import Commit
    from csc_verify.demo.github_hub import Hosted, Hub, Token

MOST_RESULTS: Final = 1000
_LARGEST_PAGE: Final = 100
_QUALIFIER: Final = re.compile(r"(\S+?):(\S+)")


class RefusedSearchError(Exception):
    """The search can't be made (422)."""


def search_commits(
    hub: Hub, token: Token | None, url: str, query: Mapping[str, str]
) -> dict[str, object]:
    """A page of results, the newest author's date first.

    Raises:
        RefusedSearchError: There is no such author, or something is asked that isn't known here.
    """
    asked = dict(_QUALIFIER.findall(query.get("q", "")))
    author = hub.account(asked.pop("author", ""))
    if not isinstance(author, DemoStudent):
        raise RefusedSearchError("Validation Failed")
    first, _, last = asked.pop("author-date", "").partition("..")
    if asked or query.get("sort") != "author-date" or query.get("order", "desc") != "desc":
        raise RefusedSearchError(f"not understood: {asked}")
    found = [
        (hosted, commit)
        for hosted in _places(hub, token, author)
        for commit in (hosted.git.log(hosted.about.default_branch) if hosted.git else ())
        if hub.author(commit.author.email) == author
        and date.fromisoformat(first) <= commit.author.at.astimezone(UTC).date()
        and commit.author.at.astimezone(UTC).date() <= date.fromisoformat(last)
    ]
    found.sort(key=lambda pair: pair[1].author.at, reverse=True)
    size = min(int(query.get("per_page", "30")), _LARGEST_PAGE)
    start = (int(query.get("page", "1")) - 1) * size
    page = found[:MOST_RESULTS][start : start + size]
    return {
        "total_count": len(found),
        "incomplete_results": False,
        "items": [_item(hub, url, author, hosted, commit) for hosted, commit in page],
    }


def _places(hub: Hub, token: Token | None, author: DemoStudent) -> list[Hosted]:
    """The repositories where the author may have committed and that may be searched."""
    names = {about.name_with_owner.lower() for about in author.repositories}
    readable = (hub.repositories[name] for name in sorted(names))
    return [
        hosted
        for hosted in readable
        if (token.may_read(hosted.about) if token else not hosted.about.private)
    ]


def _item(
    hub: Hub, url: str, author: DemoStudent, hosted: Hosted, commit: Commit
) -> dict[str, object]:
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
        "author": {"login": author.login, "id": author.id, "type": "User"},
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


def _person(name: str, email: str, at: str) -> dict[str, str]:
    # The search writes thousandths of a second, and keeps the commit's own zone.
    return {"name": name, "email": email, "date": f"{at[:19]}.000{at[19:]}"}
