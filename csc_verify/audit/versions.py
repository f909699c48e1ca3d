"""The versions of a log on GitHub: every commit that a branch is made of, merges among them.

Asked for one file, git and GitHub leave out the side of a merge whose content was not taken over,
which may be the honest one. So the whole branch is walked, and only the contents are asked for by
the file's path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import History, Kind, Remark, Version
from csc_verify.github.queries import document
from csc_verify.publish.git_store import BOT_EMAIL
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from csc_verify.github import GitHub

MOST_PAGES: Final = 30
"""Pages of a hundred commits each, and of twenty contents each."""
MOST_SINGLE: Final = 50
"""Contents that are asked for one by one, since no list by the file's path has them."""


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit of the walk; ``content`` is its file's object id, None without the file."""

    oid: str
    author: str
    is_bot: bool
    is_signed: bool
    parents: tuple[str, ...]
    content: str | None


def versions_on_github(github: GitHub, repository: str, head: str, path: str) -> History:
    """The versions of a file, as far as the commit ``head`` and its ancestors go.

    Args:
        github: GitHub.
        repository: ``owner/name``.
        head: The commit's object id.
        path: The file's, from the repository's root.

    Raises:
        GitHubError: GitHub doesn't answer.
    """
    asked = {"head": head, "path": path}
    walk = _Pages(github, repository, "walk", asked)
    commits = [_commit(node) for node in walk]
    changed = _that_change_it(commits)
    texts = _Texts(github, repository, _listed(github, repository, asked))
    versions = tuple(_version(commit, texts) for commit in changed)
    remarks = [_cut(len(commits))] if walk.is_cut else []
    if any(version.text is None for version in versions):
        remarks.append(Remark(Kind.NO_HISTORY, "some earlier versions of the log were not read"))
    return History(versions, tuple(remarks))


def _cut(number: int) -> Remark:
    text = f"only the newest {number} commits were looked at for earlier versions of the log"
    return Remark(Kind.NO_HISTORY, text)


def _that_change_it(commits: Sequence[_Commit]) -> Iterator[_Commit]:
    """Oldest first, those whose file differs from one of their parents'."""
    contents = {commit.oid: commit.content for commit in commits}
    for commit in reversed(commits):
        before = [contents[oid] for oid in commit.parents if oid in contents] or [None]
        if any(content != commit.content for content in before):
            yield commit


def _commit(node: Mapping[str, object]) -> _Commit:
    author, signature = object_at(node, "author"), object_at(node, "signature")
    name, email = str(author.get("name") or ""), str(author.get("email") or "")
    parents = object_at(node, "parents").get("nodes")
    rows = parents if isinstance(parents, list) else []
    content = object_at(node, "file").get("oid")
    return _Commit(
        oid=str(node.get("oid") or ""),
        author=f"{name} <{email}>",
        is_bot=email == BOT_EMAIL,
        is_signed=bool(signature.get("isValid") and signature.get("wasSignedByGitHub")),
        parents=tuple(str(row.get("oid")) for row in rows if isinstance(row, dict)),
        content=content if isinstance(content, str) else None,
    )


def _version(commit: _Commit, texts: _Texts) -> Version:
    text = "" if commit.content is None else texts.of(commit.content)
    return Version(commit.oid, commit.author, commit.is_bot, commit.is_signed, text)


def _listed(
    github: GitHub, repository: str, asked: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Object ids with the texts that GitHub's list of the file's commits holds whole."""
    for node in _Pages(github, repository, "versions", asked):
        blob = object_at(node, "file", "object")
        oid, text = blob.get("oid"), blob.get("text")
        if isinstance(oid, str) and isinstance(text, str) and blob.get("isTruncated") is not True:
            yield oid, text


class _Texts:
    """Contents by their object id; what no list has is asked for, a bounded number of times."""

    def __init__(self, github: GitHub, repository: str, listed: Iterator[tuple[str, str]]) -> None:
        self._github, self._repository = github, repository
        self._found: dict[str, str] = dict(listed)
        self._left = MOST_SINGLE

    def of(self, oid: str) -> str | None:
        """The content; None once too many were asked for.

        Raises:
            GitHubError: GitHub doesn't answer.
        """
        if oid not in self._found:
            if not self._left:
                return None
            self._left -= 1
            content = self._github.blob(self._repository, oid)
            self._found[oid] = content.decode("utf-8", "surrogateescape")
        return self._found[oid]


class _Pages:
    """The commits of a list, page by page; ``is_cut`` once there were too many."""

    def __init__(
        self, github: GitHub, repository: str, question: str, asked: Mapping[str, object]
    ) -> None:
        owner, _, name = repository.partition("/")
        self._github, self._question = github, question
        self._asked = {**asked, "owner": owner, "name": name}
        self.is_cut = False

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        after: str | None = None
        for _ in range(MOST_PAGES):
            answer = self._github.query(document(self._question), {**self._asked, "after": after})
            history = object_at(answer.data, "repository", "object", "history")
            nodes = history.get("nodes")
            yield from (
                (node for node in nodes if isinstance(node, dict))
                if isinstance(nodes, list)
                else ()
            )
            page = object_at(history, "pageInfo")
            cursor = page.get("endCursor")
            if page.get("hasNextPage") is not True or not isinstance(cursor, str):
                return
            after = cursor
        self.is_cut = True
