"""GraphQL: accounts.

Each class is a type of the schema: its attributes and methods are the type's fields, in Python's
spelling, and ``typename`` tells which type it is where an interface is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Final

from csc_verify.demo.graphql_session import Connection, as_date_time, node_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csc_verify.demo.git_repository import Signature
    from csc_verify.demo.github_hub import Bot
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.repository_answers import RepositoryAnswer
    from csc_verify.demo.student import DemoOrganization, DemoStudent, DiscussionStarted


@dataclass(frozen=True, slots=True)
class UserAnswer:
    """``User``."""

    session: Session
    account: DemoStudent | Bot
    typename: ClassVar[str] = "User"

    @property
    def id(self) -> str:
        """The account's global id."""
        return node_id("U", self.account.id)

    @property
    def database_id(self) -> int:
        """The account's number."""
        return self.account.id

    @property
    def login(self) -> str:
        """As the account spells it."""
        return self.account.login

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.account.name

    @property
    def url(self) -> str:
        """The profile's page."""
        return f"{self.session.url}/{self.account.login}"

    def contributions_collection(self, from_: str | None = None, to: str | None = None) -> object:
        """What the account did between two instants."""
        return self.session.collect(self.session, self.account, from_, to)

    def repositories(  # noqa: PLR0913  GitHub's own arguments
        self,
        *,
        first: int | None = None,
        after: str | None = None,
        owner_affiliations: Sequence[str],
        privacy: str | None = None,
        is_fork: bool | None = None,
        order_by: Mapping[str, str] | None = None,
    ) -> Connection[RepositoryAnswer]:
        """The account's repositories that the viewer sees, the last one pushed to first."""
        # Repositories know accounts too.
        from csc_verify.demo.repository_answers import RepositoryAnswer  # noqa: PLC0415

        _only_known(order_by, "PUSHED_AT")
        found = [
            hosted
            for hosted in self.session.hub.affiliated(self.account, owner_affiliations)
            if self.session.sees(hosted)
            and privacy in {None, "PRIVATE" if hosted.about.private else "PUBLIC"}
            and is_fork in {None, hosted.about.fork}
        ]
        found.sort(key=lambda hosted: hosted.pushed_at or _NEVER, reverse=True)
        answers = [RepositoryAnswer(self.session, hosted) for hosted in found]
        return Connection("repositories", answers, first, after)

    def repository_discussions(
        self,
        first: int | None = None,
        after: str | None = None,
        order_by: Mapping[str, str] | None = None,
    ) -> Connection[DiscussionAnswer]:
        """The discussions that the account opened and the viewer sees, newest first."""
        _only_known(order_by, "CREATED_AT")
        hub = self.session.hub
        found = [
            DiscussionAnswer(self.session, discussion)
            for discussion in hub.discussions(self.account)
            if self.session.sees(hub.repositories[discussion.repository.lower()])
        ]
        return Connection("repositoryDiscussions", found, first, after)

    def repository_discussion_comments(
        self,
        *,
        last: int | None = None,
        only_answers: bool = False,
    ) -> Connection[DiscussionCommentAnswer]:
        """The account's comments on discussions: nobody here has written any."""
        if not only_answers:
            raise NotImplementedError
        return Connection("repositoryDiscussionComments", (), last)


_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


def _only_known(order: Mapping[str, str] | None, field: str) -> None:
    """Refuse to answer in another order than the one asked for."""
    if order is not None and dict(order) != {"field": field, "direction": "DESC"}:
        raise NotImplementedError(order)


@dataclass(frozen=True, slots=True)
class DiscussionAnswer:
    """``Discussion``."""

    session: Session
    discussion: DiscussionStarted

    @property
    def created_at(self) -> str:
        """When it was opened."""
        return as_date_time(self.discussion.at)

    @property
    def number(self) -> int:
        """Its number in the repository."""
        return self.discussion.number

    @property
    def title(self) -> str:
        """Its headline."""
        return self.discussion.title

    @property
    def repository(self) -> RepositoryAnswer:
        """Where it is."""
        from csc_verify.demo.repository_answers import RepositoryAnswer  # noqa: PLC0415  as above

        hub = self.session.hub
        return RepositoryAnswer(self.session, hub.repositories[self.discussion.repository.lower()])

    @property
    def url(self) -> str:
        """Its page."""
        return f"{self.session.url}/{self.discussion.repository}/discussions/{self.number}"


@dataclass(frozen=True, slots=True)
class DiscussionCommentAnswer:
    """``DiscussionComment``."""

    discussion: DiscussionAnswer
    created_at: str


@dataclass(frozen=True, slots=True)
class BotAnswer:
    """``Bot``: an app as the author of an issue."""

    session: Session
    account: Bot
    typename: ClassVar[str] = "Bot"

    @property
    def id(self) -> str:
        """The bot's global id."""
        return node_id("BOT", self.account.id)

    @property
    def database_id(self) -> int:
        """The account's number."""
        return self.account.id

    @property
    def login(self) -> str:
        """Without the ``[bot]`` that REST, ``viewer`` and commits write behind it."""
        return self.account.login.removesuffix("[bot]")

    @property
    def url(self) -> str:
        """The app's page."""
        return f"{self.session.url}/apps/{self.login}"


@dataclass(frozen=True, slots=True)
class OrganizationAnswer:
    """``Organization``."""

    session: Session
    account: DemoOrganization
    typename: ClassVar[str] = "Organization"

    @property
    def id(self) -> str:
        """The account's global id."""
        return node_id("O", self.account.id)

    @property
    def database_id(self) -> int:
        """The account's number."""
        return self.account.id

    @property
    def login(self) -> str:
        """As the account spells it."""
        return self.account.login

    @property
    def name(self) -> None:
        """The profile's name; this world's organisations gave none."""

    @property
    def url(self) -> str:
        """The profile's page."""
        return f"{self.session.url}/{self.account.login}"


@dataclass(frozen=True, slots=True)
class GitActorAnswer:
    """``GitActor``: who a commit names."""

    session: Session
    signature: Signature

    @property
    def name(self) -> str:
        """As in the commit."""
        return self.signature.name

    @property
    def email(self) -> str:
        """As in the commit."""
        return self.signature.email

    @property
    def date(self) -> str:
        """A ``GitTimestamp``: with the commit's own offset."""
        return self.signature.at.isoformat()

    @property
    def user(self) -> UserAnswer | None:
        """The account that the address is linked to."""
        account = self.session.hub.author(self.signature.email)
        return UserAnswer(self.session, account) if account else None
