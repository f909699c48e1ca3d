"""GraphQL: what is in a repository.

Each class is a type of the schema: its attributes and methods are the type's fields, in Python's
spelling, and ``typename`` tells which type it is where an interface is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from csc_verify.demo.account_answers import GitActorAnswer
from csc_verify.demo.git_repository import GitObject
from csc_verify.demo.graphql_session import Connection, as_date_time, instant_of, node_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.git_repository import BareRepository, Commit, TreeEntry
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.hosted import Hosted

SIGNER: Final = "noreply@github.com"
"""The committer of what GitHub itself commits and signs."""
TEXT_LIMIT: Final = 512_000
"""Bytes of a blob's text that GraphQL shows before it is truncated."""


@dataclass(frozen=True, slots=True)
class Place:
    """A repository that isn't empty, seen by somebody.

    Attributes:
        session: Who asks.
        hosted: The repository.
        git: Its content.
    """

    session: Session
    hosted: Hosted
    git: BareRepository

    @property
    def url(self) -> str:
        """The repository's page."""
        return f"{self.session.url}/{self.hosted.about.name_with_owner}"

    def node_id(self, prefix: str, name: str) -> str:
        """The global id of something in this repository."""
        return node_id(prefix, f"{self.hosted.id}:{name}")

    def object(self, expression: str, folder: str | None = None) -> GitObjectAnswer | None:
        """What a revision expression names; if it is a folder, ``folder`` says where it is."""
        found = self.git.object(expression)
        match found:
            case None:
                return None
            case GitObject(oid, "commit"):
                return CommitAnswer(self, self.git.log(oid)[0])
            case GitObject(oid, "tree"):
                return TreeAnswer(self, oid, folder or expression.partition(":")[2].strip("/"))
            case _:
                return BlobAnswer(self, found.oid, found.content)


@dataclass(frozen=True, slots=True)
class CommitAnswer:
    """``Commit``."""

    place: Place
    commit: Commit
    typename: ClassVar[str] = "Commit"

    @property
    def id(self) -> str:
        """The commit's global id."""
        return self.place.node_id("C", self.oid)

    @property
    def oid(self) -> str:
        """The commit's name."""
        return self.commit.oid

    @property
    def abbreviated_oid(self) -> str:
        """Its first seven digits."""
        return self.commit.oid[:7]

    @property
    def url(self) -> str:
        """The commit's page."""
        return f"{self.place.url}/commit/{self.oid}"

    @property
    def message(self) -> str:
        """The whole message."""
        return self.commit.message

    @property
    def message_headline(self) -> str:
        """Its first line."""
        return self.commit.message.partition("\n")[0]

    @property
    def message_body(self) -> str:
        """What follows its first line."""
        return self.commit.message.partition("\n")[2].strip()

    @property
    def author(self) -> GitActorAnswer:
        """Who wrote it."""
        return GitActorAnswer(self.place.session, self.commit.author)

    @property
    def committer(self) -> GitActorAnswer:
        """Who recorded it."""
        return GitActorAnswer(self.place.session, self.commit.committer)

    @property
    def authored_date(self) -> str:
        """When it was written, in UTC."""
        return as_date_time(self.commit.author.at)

    @property
    def committed_date(self) -> str:
        """When it was recorded, in UTC."""
        return as_date_time(self.commit.committer.at)

    @property
    def additions(self) -> int:
        """Lines added."""
        return self.commit.additions

    @property
    def deletions(self) -> int:
        """Lines removed."""
        return self.commit.deletions

    @property
    def changed_files_if_available(self) -> int:
        """Files changed."""
        return self.commit.changed_files

    @property
    def tree(self) -> TreeAnswer:
        """The commit's files."""
        return TreeAnswer(self.place, self.commit.tree)

    def parents(
        self, first: int | None = None, after: str | None = None
    ) -> Connection[GitObjectAnswer | None]:
        """The commits that it follows."""
        found = [self.place.object(parent) for parent in self.commit.parents]
        return Connection("parents", found, first, after)

    def history(  # noqa: PLR0913, PLR0917  GitHub's own arguments
        self,
        first: int | None = None,
        after: str | None = None,
        since: str | None = None,
        until: str | None = None,
        author: Mapping[str, object] | None = None,
        path: str | None = None,
    ) -> Connection[CommitAnswer]:
        """The commit and its ancestors, those that touch a path if one is given.

        ``since`` and ``until`` go by the committer's date.
        """
        found = [
            CommitAnswer(self.place, commit)
            for commit in self.place.git.log(self.oid, *([path] if path else []))
            if (since is None or commit.committer.at >= instant_of(since))
            and (until is None or commit.committer.at <= instant_of(until))
            and (author is None or self._is_by(commit, author))
        ]
        return Connection("history", found, first, after)

    def file(self, path: str) -> TreeEntryAnswer | None:
        """A file or folder of the commit by its path."""
        folder, _, name = path.rpartition("/")
        tree = self.place.git.object(f"{self.oid}:{folder}")
        entries = self.place.git.entries(tree.oid) if tree is not None else ()
        found = (TreeEntryAnswer(self.place, it, folder) for it in entries if it.name == name)
        return next(found, None)

    @property
    def signature(self) -> SignatureAnswer | None:
        """GitHub signs what is committed through it, and nothing else here is signed."""
        return SignatureAnswer() if self.commit.committer.email == SIGNER else None

    def _is_by(self, commit: Commit, author: Mapping[str, object]) -> bool:
        emails = author.get("emails")
        if isinstance(emails, list) and commit.author.email in emails:
            return True
        account = self.place.session.hub.author(commit.author.email)
        return account is not None and author.get("id") == node_id("U", account.id)


@dataclass(frozen=True, slots=True)
class SignatureAnswer:
    """``GpgSignature``: GitHub's own."""

    is_valid: bool = True
    was_signed_by_git_hub: bool = True
    typename: ClassVar[str] = "GpgSignature"


@dataclass(frozen=True, slots=True)
class TreeAnswer:
    """``Tree``: a folder; its path is empty at the top, and where nobody said where it is."""

    place: Place
    oid: str
    path: str = ""
    typename: ClassVar[str] = "Tree"

    @property
    def id(self) -> str:
        """The tree's global id."""
        return self.place.node_id("T", self.oid)

    @property
    def abbreviated_oid(self) -> str:
        """Its first seven digits."""
        return self.oid[:7]

    @property
    def entries(self) -> list[TreeEntryAnswer]:
        """The files and folders in it."""
        found = self.place.git.entries(self.oid)
        return [TreeEntryAnswer(self.place, entry, self.path) for entry in found]


@dataclass(frozen=True, slots=True)
class TreeEntryAnswer:
    """``TreeEntry``: a file or folder in a folder."""

    place: Place
    entry: TreeEntry
    folder: str

    @property
    def name(self) -> str:
        """Without the folder."""
        return self.entry.name

    @property
    def path(self) -> str:
        """With the folder."""
        return f"{self.folder}/{self.name}".lstrip("/")

    @property
    def mode(self) -> int:
        """The file mode as a number."""
        return self.entry.mode

    @property
    def type(self) -> str:
        """``blob`` or ``tree``."""
        return self.entry.kind

    @property
    def oid(self) -> str:
        """The object's name."""
        return self.entry.oid

    @property
    def size(self) -> int:
        """The file's length in bytes."""
        return self.entry.size

    @property
    def object(self) -> GitObjectAnswer | None:
        """The object itself."""
        return self.place.object(self.entry.oid, self.path)


@dataclass(frozen=True, slots=True)
class BlobAnswer:
    """``Blob``: a file's content."""

    place: Place
    oid: str
    content: bytes
    typename: ClassVar[str] = "Blob"

    @property
    def id(self) -> str:
        """The blob's global id."""
        return self.place.node_id("B", self.oid)

    @property
    def abbreviated_oid(self) -> str:
        """Its first seven digits."""
        return self.oid[:7]

    @property
    def byte_size(self) -> int:
        """The whole content's length."""
        return len(self.content)

    @property
    def is_binary(self) -> bool:
        """Whether it is no text."""
        return b"\0" in self.content

    @property
    def is_truncated(self) -> bool:
        """Whether ``text`` is only a part."""
        return len(self.content) > TEXT_LIMIT

    @property
    def text(self) -> str | None:
        """The content as text; null if it is none."""
        if self.is_binary:
            return None
        return self.content[:TEXT_LIMIT].decode(errors="replace")


GitObjectAnswer: TypeAlias = CommitAnswer | TreeAnswer | BlobAnswer
