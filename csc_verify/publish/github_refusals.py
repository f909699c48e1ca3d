"""Why GitHub's API would not take a commit, each a sentence with what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.github import login_of_viewer

if TYPE_CHECKING:
    from csc_verify.github import Answer, GraphQLError

_WORKFLOWS: Final = (".github", "workflows")
_PERMISSIONS: Final = (
    'Give the job "permissions: {contents: write}" in its workflow, and allow workflows to write '
    "in the repository's or organisation's settings for Actions"
)
_BOTS_OWN: Final = (
    "Use the workflow's own token, ${{ github.token }}, or publish with --publish git"
)
OTHER_PATH: Final = "Choose another path under publish in the configuration"
_PROTECTED: Final = re.compile(r"protected branch|rule violation|through a pull request")
RUN_AGAIN: Final = "Run it again; what was found is not lost, and nothing is committed twice"


def require_writable(path: str) -> None:
    """Refuse what git or GitHub would misread, and workflows.

    Raises:
        PublishError: The path must not be written.
    """
    parts = path.split("/")
    if not all(parts) or {".", "..", ".git"} & set(parts) or not path.isprintable():
        raise PublishError(f"{path!r} is no path in a repository", OTHER_PATH)
    if tuple(part.lower() for part in parts[:2]) == _WORKFLOWS:
        raise PublishError(f"{path} is a workflow, and workflows are never written", OTHER_PATH)


def require_bot(answer: Answer, where: str) -> None:
    """Refuse a token whose commits would be somebody's contributions.

    Args:
        answer: An answer that holds ``viewer``.
        where: What is about to be written.

    Raises:
        PublishError: It isn't a bot's, or GitHub did not say whose it is.
    """
    login = login_of_viewer(answer)
    if login is None:
        raise PublishError(f"GitHub did not say whose token would write to {where}", _BOTS_OWN)
    if not login.endswith("[bot]"):
        raise PublishError(
            f"this is {login}'s own token: its commit would add to {login}'s own contribution "
            "count",
            _BOTS_OWN,
        )


def refused(error: GraphQLError, where: str) -> PublishError:
    """What an error in an answer means; a head that moved is a :class:`HeadMoved`."""
    said = error.message.lower()
    if error.type == "STALE_DATA" or said.startswith("expected branch to point to"):
        return moved(where)
    if error.type in {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        return read_only(where, error.message)
    if error.type == "BRANCH_PROTECTION_RULE_VIOLATION" or _PROTECTED.search(said):
        return PublishError(
            f"{where} is protected and refused the commit: {error.message}",
            "Publish to a branch without protection (publish.branch), or let GitHub Actions "
            "bypass the rule",
        )
    if "archived" in said:
        return PublishError(f"{where} is archived, so nothing can be written", "Unarchive it")
    if error.type == "NOT_FOUND":
        return PublishError(
            f"GitHub can't find {where}: {error.message}",
            "Check the names of repository and branch, and that the token may see them",
        )
    return PublishError(f"GitHub refused {where}: {error.message}", RUN_AGAIN)


def read_only(where: str, said: str) -> PublishError:
    """The token may read and not write."""
    return PublishError(f"the token may not write to {where} ({said})", _PERMISSIONS)


def moved(where: str) -> HeadMoved:
    """Somebody else wrote to the branch."""
    return HeadMoved(f"{where} moved while the files were made", RUN_AGAIN)


def no_branch(repository: str, branch: str | None) -> PublishError:
    """There is no such branch, or no branch at all."""
    if branch is None:
        return PublishError(
            f"{repository} is empty: it has no branch yet", "Make a first commit, of a README say"
        )
    return PublishError(
        f"{repository} has no branch {branch!r}", "Create it, or correct publish.branch"
    )
