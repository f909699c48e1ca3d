"""Publishing through GitHub's API: one commit, signed by GitHub, only if the branch stood still.

::

    snapshot ── head.graphql ──> the branch's head, and whose token this is
    read     ── file.graphql ──> a file at that head, checked against its object id
    commit   ── commit.graphql with expectedHeadOid
                  ├── done
                  ├── STALE_DATA ─────────────> HeadMoved
                  └── no answer ── landed.graphql ──> it is ours: done
                                                      nothing happened: once more
                                                      somebody else's: HeadMoved

The commit belongs to whoever the token belongs to. A bot's is nobody's contribution; a student's
own would add to the very number that is verified, so a personal token is refused.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from csc_verify.errors import (
    Forbidden,
    GitHubError,
    HeadMoved,
    PublishError,
    Unavailable,
)
from csc_verify.github.queries import document
from csc_verify.publish.github_place import Place, object_at, place_of, read_file, text_at
from csc_verify.publish.github_refusals import (
    RUN_AGAIN,
    moved,
    no_branch,
    read_only,
    refused,
    require_bot,
    require_writable,
)
from csc_verify.publish.store import Published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import Answer, GitHub
    from csc_verify.model import FileChange


class GitHubStore:
    """A branch of a repository on GitHub.

    Args:
        github: GitHub, with a token that may write to the repository.
        repository: ``owner/name``.
        branch: The branch, or None for the default one.
    """

    def __init__(self, github: GitHub, repository: str, branch: str | None = None) -> None:
        owner, slash, name = repository.partition("/")
        if not (owner and slash and name) or "/" in name:
            raise PublishError(
                f"{repository!r} is no repository's name", "It has the form owner/name"
            )
        self._github = github
        self._target = {"owner": owner, "name": name}
        self._repository = repository
        self._branch = branch

    def snapshot(self) -> GitHubSnapshot:
        """The branch as it is now; see :meth:`csc_verify.publish.store.Store.snapshot`.

        Raises:
            PublishError: It can't be read, or must not be written with this token.
        """
        answer = self._ask_for_head()
        require_bot(answer, self._where)
        return self._snapshot(answer)

    def look(self) -> GitHubSnapshot:
        """The branch as it is now, for somebody who only reads.

        Raises:
            PublishError: It can't be read.
        """
        return self._snapshot(self._ask_for_head())

    def _snapshot(self, answer: Answer) -> GitHubSnapshot:
        if (error := answer.error_at("repository")) is not None:
            raise refused(error, self._where)
        place = place_of(object_at(answer.data, "repository"), self._branch, self._where)
        return GitHubSnapshot(self._github, place)

    @property
    def _where(self) -> str:
        return f"{self._repository}@{self._branch}" if self._branch else self._repository

    def _ask_for_head(self) -> Answer:
        variables = {
            **self._target,
            "branch": f"refs/heads/{self._branch}" if self._branch else "HEAD",
            "default": self._branch is None,
        }
        try:
            return self._github.query(document("head"), variables)
        except GitHubError as error:
            raise PublishError(
                f"{self._where} could not be read: {error.message}", error.hint
            ) from (error)


@dataclass(frozen=True, slots=True)
class GitHubSnapshot:
    """A branch as it was at one moment; see :class:`csc_verify.publish.store.Snapshot`."""

    _github: GitHub
    _at: Place
    _files: dict[str, bytes | None] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether the repository is private."""
        return self._at.is_private

    @property
    def branch(self) -> str:
        """The branch's short name."""
        return self._at.branch

    @property
    def head(self) -> str:
        """The object id of the branch's newest commit."""
        return self._at.head

    def read(self, path: str) -> bytes | None:
        """A file's content at the snapshot's head; None if there is no such file.

        Raises:
            PublishError: It is there and can't be read, or it is a link or a folder.
        """
        if path not in self._files:
            try:
                self._files[path] = read_file(self._github, self._at, path)
            except GitHubError as error:
                raise PublishError(
                    f"{path} in {self._at.where} could not be read: {error.message}", error.hint
                ) from error
        return self._files[path]

    def catch_up(self) -> None:
        """Nothing: a commit through the API is published or isn't made."""

    def commit(self, changes: tuple[FileChange, ...], message: str) -> Published:
        """Commit all the changes, or nothing.

        Raises:
            HeadMoved: The branch moved since the snapshot; nothing was written.
            PublishError: It can't be done; nothing was written, or the text says what may be.
        """
        for change in changes:
            require_writable(change.path)
        try:
            return self._send(changes, message)
        except Unavailable:
            # The answer got lost; the commit may have been made.
            return self._landed(changes, message) or self._send_again(changes, message)

    def _send_again(self, changes: tuple[FileChange, ...], message: str) -> Published:
        try:
            return self._send(changes, message)
        except (HeadMoved, Unavailable) as error:
            # The first one may have arrived late.
            landed = self._landed(changes, message)
            if landed is None:
                raise PublishError(
                    f"the commit to {self._at.where} did not go through: {error.message}",
                    RUN_AGAIN,
                ) from error
            return landed

    def _send(self, changes: tuple[FileChange, ...], message: str) -> Published:
        """One attempt.

        Raises:
            HeadMoved: The branch isn't where it was expected to be.
            PublishError: GitHub refused.
            Unavailable: No answer came.
        """
        wish = _commit_input(self._at, changes, message)
        try:
            answer = self._github.mutate(document("commit"), {"input": wish})
        except Unavailable:
            raise
        except Forbidden as error:
            raise read_only(self._at.where, error.message) from error
        except GitHubError as error:
            raise PublishError(
                f"the commit to {self._at.where} was refused: {error.message}", error.hint
            ) from error
        if answer.errors:
            raise refused(answer.errors[0], self._at.where)
        oid = text_at(answer.data, "createCommitOnBranch", "commit", "oid")
        if oid is None:
            raise Unavailable("GitHub did not name the commit that it made")
        return Published(oid, self._at.where)

    def _landed(self, changes: tuple[FileChange, ...], message: str) -> Published | None:
        """The commit that was sent, if it is the branch's newest; None if the branch stands still.

        Raises:
            HeadMoved: Somebody else wrote to the branch.
            PublishError: GitHub does not say.
        """
        try:
            answer = self._github.query(
                document("landed"),
                {**self._at.target, "branch": f"refs/heads/{self._at.branch}"},
            )
        except GitHubError as error:
            raise PublishError(
                f"GitHub did not say whether the commit to {self._at.where} was made: "
                f"{error.message}",
                RUN_AGAIN,
            ) from error
        if answer.errors:
            raise refused(answer.errors[0], self._at.where)
        head = text_at(answer.data, "repository", "ref", "target", "oid")
        if head is None:
            raise no_branch(self._at.repository, self._at.branch)
        if head == self._at.head:
            return None
        if self._is_ours(answer.data, head, changes, message):
            return Published(head, self._at.where)
        raise moved(self._at.where)

    def _is_ours(
        self, data: Mapping[str, object], head: str, changes: tuple[FileChange, ...], message: str
    ) -> bool:
        commit = object_at(data, "repository", "ref", "target")
        parents = object_at(commit, "parents").get("nodes")
        follows = parents == [{"oid": self._at.head}]
        if not follows or commit.get("message") != message.strip():
            return False
        after = GitHubSnapshot(self._github, replace(self._at, head=head))
        return all(after.read(change.path) == change.content for change in changes)


def _commit_input(at: Place, changes: tuple[FileChange, ...], message: str) -> dict[str, object]:
    headline, _, body = message.strip().partition("\n")
    return {
        "branch": {"repositoryNameWithOwner": at.repository, "branchName": at.branch},
        "expectedHeadOid": at.head,
        "message": {"headline": headline, "body": body.strip()},
        "fileChanges": {
            "additions": [
                {
                    "path": change.path,
                    "contents": base64.b64encode(change.content).decode("ascii"),
                }
                for change in changes
            ]
        },
    }
