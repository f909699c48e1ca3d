"""The answer of ``evidence.graphql`` as values: commits, discussions, the student's repositories.

All of it is more than the count needs. A part that can't be read is left out; nothing here fails a
verification.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from csc_verify.errors import Unavailable
from csc_verify.sources.contributions.fields import Fields
from csc_verify.sources.contributions.reading import Place, read_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

_BOT: Final = re.compile(r"\[bot\](?:@|\Z)", re.IGNORECASE)
T = TypeVar("T")
_OID: Final = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Written:
    """A commit as its author wrote it.

    Attributes:
        node: GitHub's global id of it.
        oid: Its name.
        url: Its page.
        headline: First line of its message.
        at: The author's date, aware, with the offset of the author's machine; it decides the day.
        account: Number of the account that the author's address is linked to; None if to none.
        bot: The bot's name, if one made it.
    """

    node: str
    oid: str
    url: str
    headline: str
    at: datetime
    account: int | None
    bot: str | None

    @property
    def day(self) -> date:
        """The day that GitHub counts it on."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch, with the commits asked for."""

    name: str
    commits: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Owned:
    """A public repository of the student's own.

    Attributes:
        place: Where.
        is_fork: Whether it is one.
        main: The default branch with everybody's commits; None if it is empty or wasn't read.
        branches: The first branches by name, up to 25, with the student's own commits. GitHub can't
            be asked for those that were pushed to last.
    """

    place: Place
    is_fork: bool
    main: Branch | None
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion that the student opened in a public repository.

    Attributes:
        day: The UTC date of its opening.
        url: Its page.
        title: One line.
    """

    day: date
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class History:
    """What can be shown beside the count.

    Attributes:
        counted: The student's commits that are where commits count, by ``owner/name``: on the
            default branch and on ``gh-pages``.
        owned: The student's own public repositories that were pushed to lately.
        talks: Discussions opened lately in public repositories.
        talks_are_public: Whether it is known that no discussion that counts is a private one.
    """

    counted: Mapping[str, tuple[Written, ...]]
    owned: tuple[Owned, ...] = ()
    talks: tuple[Talk, ...] = ()
    talks_are_public: bool = False


NOTHING: Final = History({})
"""What is known if nobody answered."""


def read_history(data: Mapping[str, object]) -> History:
    """Read what came of an answer.

    Args:
        data: The root fields, each of which may be missing.
    """
    root = Fields(data, "answer")
    owner, talked = _inner(root, "owner"), _inner(root, "talked")
    opened = _inner(talked, "repositoryDiscussions")
    answered = _inner(talked, "repositoryDiscussionComments")
    return History(
        counted=dict(_all(root, "counted", _counted)),
        owned=tuple(_all(_inner(owner, "repositories"), "nodes", _owned)),
        talks=tuple(_all(opened, "nodes", _talk)),
        talks_are_public=_is_public(opened, _where_opened)
        and _is_public(answered, _where_answered),
    )


def _is_public(talks: Fields | None, where: Callable[[Fields], Fields]) -> bool:
    """Whether all entries of a list are known to lie in public repositories.

    GitHub gives no week of them but the newest ones, so that old private ones count here as well.
    """
    if talks is None:
        return False
    try:
        return not any(where(talk).flag("isPrivate") for talk in talks.each("nodes"))
    except Unavailable:
        return False


def _where_opened(talk: Fields) -> Fields:
    return talk.inner("repository")


def _where_answered(comment: Fields) -> Fields:
    return comment.inner("discussion").inner("repository")


def _all(fields: Fields | None, key: str, read: Callable[[Fields], T | None]) -> Iterator[T]:
    """Those entries of a list that can be read."""
    if fields is None:
        return
    for value in fields.values(key):
        try:
            entry = read(Fields(value, key))
        except Unavailable:
            continue
        if entry is not None:
            yield entry


def _inner(fields: Fields | None, key: str) -> Fields | None:
    if fields is None:
        return None
    try:
        return fields.inner(key)
    except Unavailable:
        return None


def _counted(repository: Fields) -> tuple[str, tuple[Written, ...]] | None:
    place = read_place(repository)
    if place.is_private:
        return None
    branches = [_branch(_inner(repository, key)) for key in ("defaultBranchRef", "pages")]
    commits = {c.oid: c for branch in branches if branch for c in branch.commits}
    return place.name, tuple(commits.values())


def _owned(repository: Fields) -> Owned | None:
    place = read_place(repository)
    if place.is_private:
        return None
    refs = _all(_inner(repository, "refs"), "nodes", _branch)
    main = _branch(_inner(repository, "defaultBranchRef"))
    return Owned(place, repository.flag("isFork"), main, tuple(refs))


def _branch(ref: Fields | None) -> Branch | None:
    target = _inner(ref, "target")
    history = _inner(target, "history")
    if ref is None or history is None:
        return None
    return Branch(ref.text("name"), tuple(_all(history, "nodes", _written)))


def _written(commit: Fields) -> Written:
    oid = commit.text("oid")
    author = commit.inner("author")
    names = [author.text(key) for key in ("name", "email") if not author.is_null(key)]
    user = _inner(author, "user")
    return Written(
        node=commit.text("id"),
        oid=oid if _OID.fullmatch(oid) else "",
        url=commit.address("url"),
        headline=commit.text("messageHeadline"),
        at=author.instant("date"),
        account=None if user is None else user.count("databaseId"),
        # Whether GitHub gives a bot an account here isn't the same for all of them.
        bot=_bots_name(author) if any(_BOT.search(name) for name in names) else None,
    )


def _bots_name(author: Fields) -> str:
    """Its name; never its address, which is nobody's business."""
    return "a bot" if author.is_null("name") else author.text("name")


def _talk(discussion: Fields) -> Talk | None:
    place = read_place(discussion.inner("repository"))
    if place.is_private:
        return None
    day = discussion.instants_day("createdAt")
    return Talk(day, discussion.address("url"), discussion.text("title"))
