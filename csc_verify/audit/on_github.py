"""The versions of a log on GitHub, and single commits that a log names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.audit.comparing import Seen, Sight
from csc_verify.audit.values import Version
from csc_verify.errors import GitHubError
from csc_verify.github.queries import document
from csc_verify.publish.git_store import BOT_EMAIL
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import GitHub
    from csc_verify.model import Report

MOST_PAGES: Final = 25
"""Pages of twenty versions each: ten years of weekly lines."""
_COMMIT: Final = re.compile(r"/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)/commit/([0-9a-f]{40})")


def versions_on_github(
    github: GitHub, repository: str, branch: str | None, path: str
) -> tuple[Version, ...]:
    """The versions of a file on a branch, oldest first.

    Raises:
        GitHubError: GitHub doesn't answer.
    """
    owner, _, name = repository.partition("/")
    found: list[Version] = []
    after: str | None = None
    for _ in range(MOST_PAGES):
        asked = {"owner": owner, "name": name, "branch": branch or "HEAD", "path": path}
        answer = github.query(document("versions"), {**asked, "after": after})
        history = object_at(answer.data, "repository", "object", "history")
        nodes = history.get("nodes")
        rows = [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []
        found.extend(_version(github, repository, node) for node in rows)
        page = object_at(history, "pageInfo")
        cursor = page.get("endCursor")
        if page.get("hasNextPage") is not True or not isinstance(cursor, str):
            break
        after = cursor
    return tuple(reversed(found))


def _version(github: GitHub, repository: str, node: Mapping[str, object]) -> Version:
    author, signature = object_at(node, "author"), node.get("signature")
    name, email = str(author.get("name") or ""), str(author.get("email") or "")
    is_signed = isinstance(signature, dict) and bool(
        signature.get("isValid") and signature.get("wasSignedByGitHub")
    )
    return Version(
        commit=str(node.get("oid") or ""),
        author=f"{name} <{email}>",
        is_bot=email == BOT_EMAIL,
        is_signed=is_signed,
        text=_text(github, repository, object_at(node, "file", "object")),
    )


def _text(github: GitHub, repository: str, blob: Mapping[str, object]) -> str:
    text, oid = blob.get("text"), blob.get("oid")
    if blob.get("isTruncated") is True and isinstance(oid, str):
        return github.blob(repository, oid).decode("utf-8", "surrogateescape")
    return text if isinstance(text, str) else ""


def look_at_commit(github: GitHub, url: str, report: Report) -> Seen:
    """What GitHub says today of a commit that a log counts.

    A commit that isn't there, or is private, says nothing. One that is there contradicts if it is
    another account's, or neither its author's date nor its committer's is of the week.

    Args:
        github: GitHub.
        url: The commit's page, as the log has it.
        report: The line that counts it.
    """
    found = _COMMIT.fullmatch(urlsplit(url).path)
    if found is None:
        return Seen(Sight.GONE)
    owner, name, oid = found.groups()
    try:
        answer = github.query(document("single"), {"owner": owner, "name": name, "oid": oid})
    except GitHubError:
        return Seen(Sight.GONE)
    repository = object_at(answer.data, "repository")
    commit = object_at(repository, "object")
    days = [
        day.date()
        for key in ("authoredDate", "committedDate")
        if (day := _instant(commit.get(key)))
    ]
    if repository.get("isPrivate") is not False or not days:
        return Seen(Sight.GONE)
    return _judged(url, days, object_at(commit, "author", "user"), report)


def _judged(url: str, days: list[date], user: Mapping[str, object], report: Report) -> Seen:
    number, login = user.get("databaseId"), user.get("login")
    if report.student.id is not None and isinstance(number, int) and number != report.student.id:
        return Seen(Sight.OTHERWISE, f"{url} is a commit of {login}")
    span = report.week
    # A day of GitHub's may be the one before or after in the student's zone.
    if not any(abs((day - span.start).days - 3) <= 4 for day in days):  # noqa: PLR2004  the week's middle, and a day more
        return Seen(Sight.OTHERWISE, f"{url} is of {days[0]}, outside the week")
    return Seen(Sight.THERE)


def _instant(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
