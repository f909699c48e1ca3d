"""GraphQL: issues, and how they are opened, edited and closed, with GitHub's ways of refusing.

Each class is a type of the schema: its attributes and methods are the type's fields, in Python's
spelling, and ``typename`` tells which type it is where an interface is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from csc_verify.demo.account_answers import BotAnswer, UserAnswer
from csc_verify.demo.github_hub import BOT
from csc_verify.demo.graphql_session import FieldError, as_date_time, name_in, node_id
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.graphql_session import Session
    from csc_verify.demo.hosted import Hosted
    from csc_verify.demo.issues import Issue

NOT_ACCESSIBLE: Final = "Resource not accessible by integration"
LONGEST_BODY: Final = 65_536
LONGEST_TITLE: Final = 256


@dataclass(frozen=True, slots=True)
class IssueAnswer:
    """``Issue``."""

    session: Session
    hosted: Hosted
    issue: Issue
    typename: ClassVar[str] = "Issue"

    @property
    def id(self) -> str:
        """The issue's global id."""
        return node_id("I", f"{self.hosted.id}:{self.issue.number}")

    @property
    def number(self) -> int:
        """Its number in the repository."""
        return self.issue.number

    @property
    def title(self) -> str:
        """Its headline."""
        return self.issue.title

    @property
    def body(self) -> str:
        """Its text, in Markdown."""
        return self.issue.body

    @property
    def state(self) -> str:
        """``OPEN`` or ``CLOSED``."""
        return self.issue.state

    @property
    def state_reason(self) -> str | None:
        """Why it was closed."""
        return self.issue.state_reason

    @property
    def created_at(self) -> str:
        """When it was opened."""
        return as_date_time(self.issue.created_at)

    @property
    def url(self) -> str:
        """Its page."""
        return f"{self.session.url}/{self.hosted.about.name_with_owner}/issues/{self.number}"

    @property
    def author(self) -> UserAnswer | BotAnswer | None:
        """Who opened it; null for an account that is gone."""
        if self.issue.opener == BOT.login:
            return BotAnswer(self.session, BOT)
        account = self.session.hub.account(self.issue.opener)
        return UserAnswer(self.session, account) if isinstance(account, DemoStudent) else None


@dataclass(frozen=True, slots=True)
class IssueChanged:
    """``CreateIssuePayload``, ``UpdateIssuePayload`` and ``CloseIssuePayload``."""

    issue: IssueAnswer
    client_mutation_id: str | None


def create_issue(session: Session, wish: Mapping[str, Any]) -> IssueChanged:
    """Opens an issue.

    Args:
        session: Who asks.
        wish: A ``CreateIssueInput``.

    Raises:
        FieldError: With GitHub's reason. Nothing was changed then.
    """
    _only(wish, "repositoryId", "title", "body")
    hosted = _hosted(session, wish["repositoryId"])
    if not hosted.about.has_issues:
        # REST says so with status 410; GraphQL's own words aren't known.
        raise FieldError("UNPROCESSABLE", "Issues are disabled for this repo")
    _require_permission(session, hosted)
    title, body = wish["title"], wish.get("body") or ""
    _require_length(title, body)
    issue = hosted.issues.open(session.token.login, title, body)
    return _changed(session, hosted, issue, wish)


def update_issue(session: Session, wish: Mapping[str, Any]) -> IssueChanged:
    """Changes an issue's title or body; arguments and errors as for :func:`create_issue`."""
    _only(wish, "id", "title", "body")
    hosted, issue = _writable(session, wish["id"])
    _require_length(wish.get("title") or issue.title, wish.get("body") or "")
    issue = hosted.issues.edit(issue.number, wish.get("title"), wish.get("body"))
    return _changed(session, hosted, issue, wish)


def close_issue(session: Session, wish: Mapping[str, Any]) -> IssueChanged:
    """Closes an issue; arguments and errors as for :func:`create_issue`."""
    _only(wish, "issueId", "stateReason")
    hosted, issue = _writable(session, wish["issueId"])
    issue = hosted.issues.close(issue.number, wish.get("stateReason") or "COMPLETED")
    return _changed(session, hosted, issue, wish)


def issue_of(session: Session, id_: str) -> IssueAnswer | None:
    """The issue of a global id, if the token may know of it."""
    prefix, name = name_in(id_)
    place, _, number = name.partition(":")
    if prefix != "I" or not place.isdigit() or not number.isdigit():
        return None
    hosted = session.hub.by_number.get(int(place))
    issue = hosted.issues.numbered(int(number)) if hosted else None
    seen = hosted is not None and session.sees(hosted)
    return IssueAnswer(session, hosted, issue) if hosted and issue and seen else None


def _changed(
    session: Session, hosted: Hosted, issue: Issue, wish: Mapping[str, Any]
) -> IssueChanged:
    return IssueChanged(IssueAnswer(session, hosted, issue), wish.get("clientMutationId"))


def _only(wish: Mapping[str, Any], *known: str) -> None:
    """Refuse to carry out a half of what is wished."""
    unknown = set(wish) - {*known, "clientMutationId"}
    if unknown:
        raise NotImplementedError(unknown)


def _hosted(session: Session, id_: str) -> Hosted:
    kind, name = name_in(id_)
    hosted = session.hub.by_number.get(int(name)) if name.isdigit() else None
    if kind != "R" or hosted is None or not session.sees(hosted):
        raise _nobody(id_)
    return hosted


def _nobody(id_: str) -> FieldError:
    return FieldError("NOT_FOUND", f"Could not resolve to a node with the global id of '{id_}'")


def _writable(session: Session, id_: str) -> tuple[Hosted, Issue]:
    found = issue_of(session, id_)
    if found is None:
        raise _nobody(id_)
    # People may always edit what they opened; a workflow's token needs its permission.
    if found.issue.opener != session.token.login or session.token.login == BOT.login:
        _require_permission(session, found.hosted)
    return found.hosted, found.issue


def _require_permission(session: Session, hosted: Hosted) -> None:
    if hosted.about.name_with_owner not in session.token.issues:
        raise FieldError("FORBIDDEN", NOT_ACCESSIBLE)


def _require_length(title: str, body: str) -> None:
    if not title.strip():
        raise FieldError("UNPROCESSABLE", "Title can't be blank")
    if len(title) > LONGEST_TITLE:
        raise FieldError(
            "UNPROCESSABLE", f"Title is too long (maximum is {LONGEST_TITLE} characters)"
        )
    if len(body) > LONGEST_BODY:
        raise FieldError(
            "UNPROCESSABLE", f"Body is too long (maximum is {LONGEST_BODY} characters)"
        )
