"""GraphQL: ``createCommitOnBranch``, into a real repository, with GitHub's ways of refusing."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from csc_verify.demo.git_answers import CommitAnswer, Place
from csc_verify.demo.git_repository import (
    MissingFileError,
    NewCommit,
    Signature,
    StaleHeadError,
)
from csc_verify.demo.github_hub import BOT, WEB_FLOW
from csc_verify.demo.graphql_session import FieldError
from csc_verify.demo.repository_answers import RefAnswer
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from csc_verify.demo.git_repository import BareRepository
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.hosted import Hosted

NOT_ACCESSIBLE = "Resource not accessible by integration"
PROTECTED = "protected branch '{}' check failed:\n  Changes must be made through a pull request."


@dataclass(frozen=True, slots=True)
class Committed:
    """``CreateCommitOnBranchPayload``."""

    commit: CommitAnswer
    ref: RefAnswer
    client_mutation_id: str | None


def create_commit_on_branch(session: Session, wish: Mapping[str, Any]) -> Committed:
    """Commits files to a branch if it still points to the expected commit.

    Args:
        session: Who asks.
        wish: A ``CreateCommitOnBranchInput``.

    Raises:
        FieldError: With GitHub's reason. Nothing was changed then.
    """
    branch = _branch_name(wish["branch"])
    place = _writable(session, str(wish["branch"].get("repositoryNameWithOwner")))
    if place.git.head(branch) is None:
        raise FieldError("NOT_FOUND", "Branch not found")
    if branch in place.hosted.about.protected_branches:
        raise FieldError("BRANCH_PROTECTION_RULE_VIOLATION", PROTECTED.format(branch))
    expected = str(wish["expectedHeadOid"])
    try:
        oid = place.git.commit(branch, expected, _new_commit(session, wish))
    except StaleHeadError as error:
        raise FieldError(
            "STALE_DATA",
            f'Expected branch to point to "{expected}" but it did not.  Pull and try again.',
        ) from error
    except MissingFileError as error:
        raise FieldError(
            "UNPROCESSABLE",
            f"A path was requested for deletion which does not exist as of commit oid `{expected}`",
        ) from error
    commit = CommitAnswer(place, place.git.log(oid)[0])
    return Committed(commit, RefAnswer(place, branch, oid), wish.get("clientMutationId"))


def _branch_name(branch: Mapping[str, Any]) -> str:
    name = branch.get("branchName")
    if not name or not branch.get("repositoryNameWithOwner"):
        raise FieldError(
            "UNPROCESSABLE", "A branch needs both repositoryNameWithOwner and branchName here."
        )
    return str(name).removeprefix("refs/heads/")


def _writable(session: Session, name_with_owner: str) -> Place:
    hosted = session.hosted(name_with_owner)
    if hosted.about.name_with_owner not in session.token.writes:
        raise FieldError("FORBIDDEN", NOT_ACCESSIBLE)
    return Place(session, hosted, _content(hosted))


def _content(hosted: Hosted) -> BareRepository:
    if hosted.git is None:
        raise FieldError("NOT_FOUND", "Branch not found")
    return hosted.git


def _new_commit(session: Session, wish: Mapping[str, Any]) -> NewCommit:
    changes = wish.get("fileChanges") or {}
    additions = {_path(a["path"]): _content_of(a) for a in changes.get("additions") or ()}
    deletions = [_path(d["path"]) for d in changes.get("deletions") or ()]
    message = wish["message"]
    body = message.get("body")
    now = session.hub.clock().astimezone(UTC)
    author = session.hub.account(session.token.login)
    person = author if isinstance(author, DemoStudent) else BOT
    return NewCommit(
        author=Signature(person.name, person.email, now),
        committer=Signature(*WEB_FLOW, now),
        message=f"{message['headline']}\n\n{body}" if body else message["headline"],
        additions=additions,
        deletions=deletions,
    )


def _path(path: str) -> str:
    if path.startswith(".github/workflows/"):
        raise FieldError("FORBIDDEN", NOT_ACCESSIBLE)
    parts = path.split("/")
    if not all(parts) or {".", "..", ".git"} & set(parts) or not path.isprintable():
        raise FieldError("UNPROCESSABLE", f"A path is malformed: {path!r}")
    return path


def _content_of(addition: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(addition["contents"], validate=True)
    except binascii.Error as error:
        raise FieldError("UNPROCESSABLE", "The contents of a file aren't valid Base64") from error
