"""Files of many repositories in few requests: configurations, lists of activities, logs.

One request asks for a file of each of many repositories, a field a repository. What GitHub's limits
refuse is asked for in halves; a repository that isn't there says so of itself alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from csc_verify.errors import BadToken, Forbidden, GitHubError, NoToken, RateLimited, Unavailable
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_verify.github import Answer, Deadline, GitHub

AT_ONCE: Final = 40
"""Repositories in one request, to begin with."""

_LATER: Final = "Run it again later"
_FOR_ALL = (BadToken, Forbidden, NoToken, RateLimited)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a repository.

    Attributes:
        repository: ``owner/name``.
        path: From the repository's root.
        branch: The branch's name; empty for the default one.
    """

    repository: str
    path: str
    branch: str = ""

    @property
    def expression(self) -> str:
        """The file as git names it."""
        return f"{f'refs/heads/{self.branch}' if self.branch else 'HEAD'}:{self.path}"


@dataclass(frozen=True, slots=True)
class File:
    """What came of it.

    Attributes:
        content: The file; None if there is none, or no such repository.
        repository: ``owner/name`` as GitHub spells it today; None if there is no such repository,
            or nobody but its owner sees it.
        owner: GitHub's number of the account that owns it, as far as that is told.
        error: Why nobody could look; None if somebody did.
    """

    content: bytes | None = None
    repository: str | None = None
    owner: int | None = None
    error: GitHubError | None = None


@cache
def files_document(number: int) -> str:
    """The query for so many files; names and paths are variables, never a part of it."""
    declared = ", ".join(
        f"$owner{n}: String!, $name{n}: String!, $file{n}: String!" for n in range(number)
    )
    fields = " ".join(
        f"r{n}: repository(owner: $owner{n}, name: $name{n}) {{ nameWithOwner"
        " owner { ... on User { databaseId } ... on Organization { databaseId } }"
        f" object(expression: $file{n}) {{ ... on Blob {{ oid text isTruncated }} }} }}"
        for n in range(number)
    )
    return f"query Files({declared}) {{ {fields} }}\n"


def read_files(
    github: GitHub, wanted: Sequence[Wanted], until: Deadline, at_once: int = AT_ONCE
) -> Iterator[tuple[Wanted, File]]:
    """Each wanted file with what came of it, in any order.

    Args:
        github: GitHub, with the patience that is meant for many.
        wanted: Which files.
        until: When all of it has to be over.
        at_once: How many are put into one request to begin with.
    """
    batches = [tuple(wanted[n : n + at_once]) for n in range(0, len(wanted), at_once)]
    batches.reverse()
    over: GitHubError | None = None
    while batches:
        batch = batches.pop()
        if over is not None:
            yield from ((one, File(error=over)) for one in batch)
            continue
        try:
            answer = github.query_once(files_document(len(batch)), _values(batch), until)
        except GitHubError as error:
            over = error if isinstance(error, _FOR_ALL) or until.is_over else None
            refused = [(one, File(error=error)) for one in batch]
        else:
            refused = []
            for number, one in enumerate(batch):
                file = _file(github, one, answer, number)
                if isinstance(file.error, Unavailable):
                    refused.append((one, file))
                else:
                    yield one, file
        if len(batch) == 1 or over is not None:
            yield from refused
        elif refused:
            batches += _halves(tuple(one for one, _ in refused))


def _halves(batch: tuple[Wanted, ...]) -> list[tuple[Wanted, ...]]:
    half = (len(batch) + 1) // 2
    return [part for part in (batch[half:], batch[:half]) if part]


def _values(batch: Sequence[Wanted]) -> dict[str, object]:
    values: dict[str, object] = {}
    for number, one in enumerate(batch):
        owner, _, name = one.repository.partition("/")
        values |= {
            f"owner{number}": owner,
            f"name{number}": name,
            f"file{number}": one.expression,
        }
    return values


def _file(github: GitHub, wanted: Wanted, answer: Answer, number: int) -> File:
    found = object_at(answer.data, f"r{number}")
    name, owner = found.get("nameWithOwner"), object_at(found, "owner").get("databaseId")
    account = owner if isinstance(owner, int) else None
    if not isinstance(name, str):
        error = answer.error_at(f"r{number}")
        if error is not None and error.type == "NOT_FOUND":
            return File()
        # A field that GitHub had no time for is null without an error of its own.
        return File(error=Unavailable(f"GitHub did not answer about {wanted.repository}", _LATER))
    blob = object_at(found, "object")
    text, oid = blob.get("text"), blob.get("oid")
    if not isinstance(oid, str):
        return File(None, name, account)
    if isinstance(text, str) and blob.get("isTruncated") is not True:
        return File(text.encode(), name, account)
    try:
        return File(github.blob(name, oid), name, account)
    except GitHubError as refused:
        return File(None, name, account, refused)
