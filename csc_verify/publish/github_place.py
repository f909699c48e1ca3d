"""A branch of a repository on GitHub at one moment, and the files in it."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.errors import PublishError
from csc_verify.github.queries import document
from csc_verify.publish.github_refusals import OTHER_PATH, RUN_AGAIN, no_branch, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import GitHub


@dataclass(frozen=True, slots=True)
class Place:
    """A branch at one moment.

    Attributes:
        repository: ``owner/name`` as GitHub spells it today.
        branch: The branch's short name.
        head: The object id of its newest commit.
        is_private: Whether the repository is private.
    """

    repository: str
    branch: str
    head: str
    is_private: bool

    @property
    def where(self) -> str:
        """As a reader knows it, ``alice/alice@main``."""
        return f"{self.repository}@{self.branch}"

    @property
    def target(self) -> dict[str, object]:
        """The variables of a query that name the repository."""
        owner, _, name = self.repository.partition("/")
        return {"owner": owner, "name": name}


def place_of(repository: Mapping[str, object], branch: str | None, where: str) -> Place:
    """The branch in an answer to ``head.graphql``.

    Args:
        repository: The object under ``repository``.
        branch: The branch asked for, or None for the default one.
        where: What was asked for, for messages.

    Raises:
        PublishError: There is no such branch, or the answer makes no sense.
    """
    key = "ref" if branch else "defaultBranchRef"
    name, private = repository.get("nameWithOwner"), repository.get("isPrivate")
    if not isinstance(name, str) or not isinstance(private, bool):
        raise PublishError(f"what GitHub says of {where} was not understood", RUN_AGAIN)
    if repository.get(key) is None:
        raise no_branch(name, branch)
    head = text_at(repository, key, "target", "oid")
    branch_name = text_at(repository, key, "name")
    if head is None or branch_name is None:
        raise PublishError(f"what GitHub says of {where} was not understood", RUN_AGAIN)
    return Place(name, branch_name, head, private)


def read_file(github: GitHub, at: Place, path: str) -> bytes | None:
    """A file's content; None if there is no such file.

    Raises:
        PublishError: There is something else than a file at the path.
        GitHubError: GitHub doesn't answer.
    """
    folder, _, name = path.rpartition("/")
    variables = {
        **at.target,
        "file": f"{at.head}:{path}",
        "folder": f"{at.head}:{folder}",
    }
    answer = github.query(document("file"), variables)
    if answer.errors:
        raise refused(answer.errors[0], at.where)
    repository = object_at(answer.data, "repository")
    found = repository.get("object")
    if found is None:
        return None
    blob, oid = object_at(repository, "object"), text_at(repository, "object", "oid")
    if blob.get("__typename") != "Blob" or oid is None:
        raise PublishError(f"{path} in {at.where} is no file", OTHER_PATH)
    if _is_link(repository, name):
        raise PublishError(
            f"{path} in {at.where} is a symbolic link, and writing would replace it",
            OTHER_PATH,
        )
    return _content(github, at, path, oid, blob.get("text"))


def _content(github: GitHub, at: Place, path: str, oid: str, text: object) -> bytes:
    """The blob's bytes: GitHub shortens long texts, and shows none of binary files."""
    content = text.encode() if isinstance(text, str) else b""
    if _blob_id(content) != oid:
        content = github.blob(at.repository, oid)
    if _blob_id(content) != oid:
        raise PublishError(f"{path} in {at.where} did not arrive as it is stored", RUN_AGAIN)
    return content


def _blob_id(content: bytes) -> str:
    """The name that git gives a file's content."""
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def _is_link(repository: Mapping[str, object], name: str) -> bool:
    entries = object_at(repository, "folder").get("entries")
    modes = [
        entry.get("mode")
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and entry.get("name") == name
    ]
    return any(isinstance(mode, int) and stat.S_ISLNK(mode) for mode in modes)


def object_at(data: Mapping[str, object], *path: str) -> Mapping[str, object]:
    """The object at a path; empty if there is none."""
    for key in path:
        inner = data.get(key)
        data = inner if isinstance(inner, dict) else {}
    return data


def text_at(data: Mapping[str, object], *path: str) -> str | None:
    """The text at a path; None if there is none or it is empty."""
    value = object_at(data, *path[:-1]).get(path[-1])
    return value if isinstance(value, str) and value else None
