"""Pages for people: whatever address the embedded GitHub hands out can be opened."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from csc_verify.demo.student import DiscussionStarted, PullRequestOpened, ReviewGiven

if TYPE_CHECKING:
    from csc_verify.demo.git_repository import Commit
    from csc_verify.demo.github_hub import Hub
    from csc_verify.demo.hosted import Hosted


_NUMBERED = (DiscussionStarted, PullRequestOpened, ReviewGiven)


def page(hub: Hub, path: str) -> str | None:
    """The page at a path, as a signed-out visitor sees it; None if there is none."""
    match path.strip("/").split("/"):
        case [login] if account := hub.account(login):
            return _html(account.login, f"<p>{escape(account.login)} on the embedded GitHub.</p>")
        case [owner, name, *rest]:
            hosted = hub.repository(f"{owner}/{name}")
            visible = hosted is not None and not hosted.about.private
            return _inside(hub, hosted, rest) if hosted and visible else None
        case _:
            return None


def _inside(hub: Hub, hosted: Hosted, parts: list[str]) -> str | None:
    name = hosted.about.name_with_owner
    match parts:
        case [] | ["commits"]:
            items = "".join(_item(name, commit) for commit in hosted.commits)
            return _html(name, f"<ul>{items}</ul>")
        case ["commit", oid]:
            return _object(hosted, f"{oid}^{{commit}}", f"Commit {oid[:7]} in {name}")
        case ["blob" | "tree" | "raw", revision, *path]:
            return _object(hosted, f"{revision}:{'/'.join(path)}", f"{'/'.join(path)} in {name}")
        case ["issues", number] if number.isdigit():
            issue = hosted.issues.numbered(int(number))
            text = f"<p>#{number} in {escape(name)}</p>"
            return _html(issue.title, f"{text}<pre>{escape(issue.body)}</pre>") if issue else None
        case [("pull" | "discussions"), number]:
            return _discussion(hub, name, number)
        case _:
            return None


def _object(hosted: Hosted, expression: str, title: str) -> str | None:
    found = hosted.git.object(expression) if hosted.git else None
    text = found.content.decode(errors="replace") if found else ""
    return _html(title, f"<pre>{escape(text)}</pre>") if found else None


def _discussion(hub: Hub, name: str, number: str) -> str | None:
    titles = [
        contribution.title
        for student in hub.students.values()
        for contribution in student.contributions
        if isinstance(contribution, _NUMBERED)
        and (contribution.repository, str(contribution.number)) == (name, number)
    ]
    return _html(titles[0], f"<p>#{number} in {escape(name)}</p>") if titles else None


def _item(name: str, commit: Commit) -> str:
    title = escape(commit.message.partition("\n")[0])
    when = commit.author.at.isoformat()
    return f'<li><a href="/{escape(name)}/commit/{commit.oid}">{title}</a> {when}</li>'


def _html(title: str, body: str) -> str:
    title = escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1>{body}</body></html>\n"
    )
