"""What commits change, from the trees before and after them: GitHub's GraphQL lists no files.

Two further requests: the folders before and after (three levels deep), and the texts of those files
that differ. What lies deeper, is larger, or doesn't answer in time isn't known, and no advice is
given about it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from csc_verify.errors import GitHubError, Unavailable
from csc_verify.github.queries import document
from csc_verify.sources.contributions.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from csc_verify.github import Deadline, GitHub
    from csc_verify.sources.contributions.history import Written

MOST_COMMITS: Final = 20
"""Commits that are looked into, the newest ones."""

_MOST_FILES = 40
_LARGEST_FILE = 100_000
_MOST_EDITS = 3
_BLOB = "blob"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or a folder that wasn't looked into.

    Attributes:
        node: GitHub's global id; empty if it wasn't told.
        oid: Name of the content.
        is_file: Whether it is one.
        size: In bytes.
    """

    node: str = field(compare=False)
    oid: str
    is_file: bool
    size: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One path that differs. One side is None where a file was added or removed."""

    path: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Change:
    """A commit and what it changes.

    Attributes:
        message: The whole message.
        authored: The author's date, aware.
        committed: The committer's date, aware.
        is_merge: Whether it has several parents; such a commit's own changes aren't looked at.
        edits: What differs from its parent.
        texts: Contents by object id, as far as they were asked for.
    """

    message: str
    authored: datetime
    committed: datetime
    is_merge: bool
    edits: tuple[Edit, ...]
    texts: Mapping[str, str]


def changes_of(github: GitHub, commits: Sequence[Written], until: Deadline) -> tuple[Change, ...]:
    """What the newest of some commits change; less than asked for if GitHub doesn't tell.

    Args:
        github: GitHub.
        commits: The commits, in any order.
        until: When all of it has to be over.
    """
    newest = sorted(commits, key=lambda commit: commit.at, reverse=True)[:MOST_COMMITS]
    if not newest:
        return ()
    try:
        nodes = [commit.node for commit in newest]
        answer = github.query(document("changes"), {"commits": nodes}, until)
        found = tuple(_changes(Fields(answer.data, "answer")))
        texts = _texts(github, found, until)
    except GitHubError:
        return ()
    return tuple(replace(change, texts=texts) for change in found)


def _texts(github: GitHub, found: Sequence[Change], until: Deadline) -> dict[str, str]:
    """Both sides of small edits, by object id: white space shows only in the text."""
    sides = {
        side.node: side.oid
        for change in found
        if 0 < len(change.edits) <= _MOST_EDITS
        for edit in change.edits
        if edit.before and edit.after
        for side in (edit.before, edit.after)
        if side.is_file and side.node and side.size <= _LARGEST_FILE
    }
    if not sides:
        return {}
    asked = list(sides)[:_MOST_FILES]
    try:
        answer = github.query(document("contents"), {"files": asked}, until)
    except GitHubError:
        return {}
    texts: dict[str, str] = {}
    for value in Fields(answer.data, "answer").values("nodes"):
        try:
            blob = Fields(value, "blob")
            if not blob.flag("isTruncated"):
                texts[sides.get(blob.text("id"), "")] = blob.text("text")
        except Unavailable:
            continue
    return texts


def _changes(root: Fields) -> Iterator[Change]:
    for value in root.values("nodes"):
        try:
            yield _change(Fields(value, "commit"))
        except Unavailable:
            continue


def _change(commit: Fields) -> Change:
    parents = commit.inner("parents")
    before = [_listing(parent.inner("tree")) for parent in parents.each("nodes")]
    after = _listing(commit.inner("tree"))
    return Change(
        message=commit.text("message"),
        authored=commit.inner("author").instant("date"),
        committed=commit.inner("committer").instant("date"),
        is_merge=parents.count("totalCount") > 1,
        edits=tuple(_edits(before[0] if before else {}, after)),
        texts={},
    )


def _listing(tree: Fields, folder: str = "") -> dict[str, Entry]:
    """Every file below a tree by path, and the folders whose content wasn't told."""
    found: dict[str, Entry] = {}
    for entry in tree.each("entries"):
        path = folder + entry.text("name")
        inner = None if entry.is_null("object") else entry.inner("object")
        if inner is not None and not inner.is_null("entries"):
            found |= _listing(inner, f"{path}/")
        else:
            node = "" if inner is None else inner.text("id")
            is_file = entry.text("type") == _BLOB
            found[path] = Entry(node, entry.text("oid"), is_file, entry.count("size"))
    return found


def _edits(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Iterator[Edit]:
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old is None or new is None or old.oid != new.oid:
            yield Edit(path, old, new)
