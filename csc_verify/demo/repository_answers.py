"""GraphQL: repositories and branches.

Each class is a type of the schema: its attributes and methods are the type's fields, in Python's
spelling, and ``typename`` tells which type it is where an interface is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from csc_verify.demo.account_answers import OrganizationAnswer, UserAnswer
from csc_verify.demo.git_answers import Place
from csc_verify.demo.graphql_session import Connection, FieldError, as_date_time, node_id
from csc_verify.demo.issue_answers import NOT_ACCESSIBLE, IssueAnswer
from csc_verify.demo.student import DemoOrganization, DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csc_verify.demo.git_answers import GitObjectAnswer
    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.hosted import Hosted


@dataclass(frozen=True, slots=True)
class RepositoryAnswer:
    """``Repository``."""

    session: Session
    hosted: Hosted
    typename: ClassVar[str] = "Repository"

    @property
    def id(self) -> str:
        """The repository's global id."""
        return node_id("R", self.hosted.id)

    @property
    def database_id(self) -> int:
        """The repository's number."""
        return self.hosted.id

    @property
    def name(self) -> str:
        """Without its owner."""
        return self.hosted.about.name

    @property
    def name_with_owner(self) -> str:
        """As in ``alice/weather``."""
        return self.hosted.about.name_with_owner

    @property
    def url(self) -> str:
        """The repository's page."""
        return f"{self.session.url}/{self.hosted.about.name_with_owner}"

    @property
    def is_private(self) -> bool:
        """Whether it is private."""
        return self.hosted.about.private

    @property
    def is_fork(self) -> bool:
        """Whether it is a fork."""
        return self.hosted.about.fork

    @property
    def has_issues_enabled(self) -> bool:
        """Whether its issues are switched on."""
        return self.hosted.about.has_issues

    def issue(self, number: int) -> IssueAnswer:
        """The issue of a number that is known to be there."""
        found = self.hosted.issues.numbered(number)
        assert found is not None  # noqa: S101  whoever asks has the number from this world
        return IssueAnswer(self.session, self.hosted, found)

    def issues(
        self,
        first: int | None = None,
        after: str | None = None,
        states: Sequence[str] | None = None,
        order_by: Mapping[str, str] | None = None,
    ) -> Connection[IssueAnswer]:
        """The issues in some states, the oldest first if nobody says otherwise."""
        if not self.session.token.may_read_issues(self.hosted.about):
            raise FieldError("FORBIDDEN", NOT_ACCESSIBLE)
        order = order_by or {"field": "CREATED_AT", "direction": "ASC"}
        if order["field"] != "CREATED_AT":
            raise NotImplementedError(order)
        found = [
            IssueAnswer(self.session, self.hosted, issue)
            for issue in self.hosted.issues.all()
            if states is None or issue.state in states
        ]
        found.sort(
            key=lambda answer: (answer.issue.created_at, answer.number),
            reverse=order["direction"] == "DESC",
        )
        return Connection("issues", found, first, after)

    @property
    def owner(self) -> UserAnswer | OrganizationAnswer:
        """The account it belongs to."""
        account = self.session.hub.account(self.hosted.about.owner)
        if isinstance(account, DemoStudent):
            return UserAnswer(self.session, account)
        # An owner that nobody described is an organisation without a number.
        return OrganizationAnswer(
            self.session, account or DemoOrganization(self.hosted.about.owner, 0)
        )

    @property
    def default_branch_ref(self) -> RefAnswer | None:
        """The default branch; null while the repository is empty."""
        return self.ref(f"refs/heads/{self.hosted.about.default_branch}")

    def ref(self, qualified_name: str) -> RefAnswer | None:
        """A branch, by its full or its short name."""
        place = self._place
        branch = qualified_name.removeprefix("refs/heads/")
        head = place.git.head(branch) if place else None
        return RefAnswer(place, branch, head) if place and head else None

    @property
    def pushed_at(self) -> str | None:
        """When something was pushed last."""
        at = self.hosted.pushed_at
        return as_date_time(at) if at else None

    @property
    def parent(self) -> RepositoryAnswer | None:
        """The original of a fork."""
        original = self.session.hub.repository(self.hosted.about.parent or "")
        seen = original is not None and self.session.sees(original)
        return RepositoryAnswer(self.session, original) if original and seen else None

    def refs(
        self,
        ref_prefix: str,
        first: int | None = None,
        after: str | None = None,
        order_by: Mapping[str, str] | None = None,
    ) -> Connection[RefAnswer]:
        """The branches by name, or by the time of their newest commits."""
        order = order_by or {"field": "ALPHABETICAL", "direction": "ASC"}
        place = self._place if ref_prefix == RefAnswer.prefix else None
        # Git names those with the newest commits first.
        branches = list(reversed(place.git.branches())) if place else []
        if order["field"] == "ALPHABETICAL":
            branches.sort()
        if order["direction"] == "DESC":
            branches.reverse()
        found = [RefAnswer(place, *branch) for branch in branches] if place else []
        return Connection("refs", found, first, after)

    def object(
        self, expression: str | None = None, oid: str | None = None
    ) -> GitObjectAnswer | None:
        """What a revision expression or an object's id names."""
        expression = expression or oid
        return self._place.object(expression or "") if self._place else None

    @property
    def _place(self) -> Place | None:
        git = self.hosted.git
        return Place(self.session, self.hosted, git) if git else None


@dataclass(frozen=True, slots=True)
class RefAnswer:
    """``Ref``: a branch."""

    place: Place
    name: str
    head: str
    prefix: ClassVar[str] = "refs/heads/"
    typename: ClassVar[str] = "Ref"

    @property
    def id(self) -> str:
        """The branch's global id."""
        return self.place.node_id("REF", f"{self.prefix}{self.name}")

    @property
    def target(self) -> GitObjectAnswer | None:
        """The commit it points to."""
        return self.place.object(self.head)
