"""GraphQL: accounts.

Each class is a type of the schema: its attributes and methods are the type's fields, in Python's
spelling, and ``typename`` tells which type it is where an interface is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from csc_verify.demo.graphql_session import node_id

if TYPE_CHECKING:
    from csc_verify.demo.git_repository import Signature
    from csc_verify.demo.github_hub import Bot
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.student import DemoOrganization, DemoStudent


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
