"""Reminders as issues on GitHub: looked for, opened, edited, closed. Nothing here ever raises.

::

    issues.graphql (open) ──▶ ours? ──▶ plan ──▶ closeissue … ──▶ editissue or openissue
                                          └─ would open: issues.graphql (closed, this week's)

Anybody may open an issue in a public repository, with any text. So a reminder is ours only if the
bot that the token belongs to opened it; everybody else's issue is left alone. GraphQL calls that
bot ``github-actions``, of type ``Bot``, and the viewer ``github-actions[bot]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.errors import CscVerifyError, Forbidden, PublishError
from csc_verify.github import login_of_viewer
from csc_verify.github.queries import document
from csc_verify.publish.github_place import object_at, text_at
from csc_verify.reminders import Close, Edit, Open, Reminder, plan, week_of_marker

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from csc_verify.config import Weekday
    from csc_verify.github import Answer, GitHub, GraphQLError
    from csc_verify.model import Report
    from csc_verify.reminders import Action

_MOST_PAGES: Final = 20
_BOT: Final = "[bot]"
_PERMISSIONS: Final = (
    'Give the job "permissions: {contents: write, issues: write}" in its workflow, or write '
    "reminders: false"
)
_SWITCH_ON: Final = "Switch issues on in the repository's settings, or write reminders: false"
_BOTS_OWN: Final = "Use the workflow's own token, ${{ github.token }}"
_LATER: Final = "The next run tries again"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What became of the reminder.

    Attributes:
        said: What was done, a sentence each.
        warnings: What could not be done, and what to do about it; one at the most.
    """

    said: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def remind(
    github: GitHub,
    repository: str,
    progress: Report,
    weekday: Weekday,
    met: Collection[date],
) -> Reminded:
    """See to it that the right reminder is open, and no other.

    Args:
        github: GitHub, with the token of a bot that may write issues.
        repository: ``owner/name``.
        progress: The running week so far.
        weekday: The day from which on a reminder is opened.
        met: The first days of the weeks that the log says were met.

    Returns:
        What was done, and what could not be: a reminder is worth no failed run.
    """
    issues = _Issues(github, repository)
    said: list[str] = []
    try:
        for action in _actions(issues, progress, weekday, met):
            said.append(issues.carry_out(action))  # noqa: PERF401  a failure keeps what was done
    except CscVerifyError as error:
        warning = f"the reminder could not be kept up to date: {error}".rstrip(".")
        return Reminded(tuple(said), (warning,))
    return Reminded(tuple(said))


def _actions(
    issues: _Issues, progress: Report, weekday: Weekday, met: Collection[date]
) -> tuple[Action, ...]:
    found = issues.open_ones()
    actions = plan(progress, weekday, found, met)
    if any(isinstance(action, Open) for action in actions):
        # Only now it matters whether somebody closed this week's already.
        found += issues.closed_ones(progress.week.start)
        actions = plan(progress, weekday, found, met)
    return actions


@dataclass(slots=True)
class _Issues:
    """The issues of a repository, as far as they are reminders of ours."""

    github: GitHub
    repository: str
    id: str = field(default="", init=False)

    def open_ones(self) -> tuple[Reminder, ...]:
        """Every open reminder."""
        return tuple(found for _, found in self._listed("OPEN") if found is not None)

    def closed_ones(self, week: date) -> tuple[Reminder, ...]:
        """The closed reminders that were opened in a week."""
        # A day more, for clocks that differ and zones east of Greenwich.
        since = week - timedelta(days=2)
        found: list[Reminder] = []
        for created, reminder in self._listed("CLOSED"):
            if created < since:
                break
            if reminder is not None:
                found.append(reminder)
        return tuple(found)

    def _listed(self, state: str) -> Iterator[tuple[date, Reminder | None]]:
        """The issues in a state, the newest first: when each was opened, and ours."""
        after: str | None = None
        until = self.github.deadline()
        owner, _, name = self.repository.partition("/")
        for _ in range(_MOST_PAGES):
            asked = {"owner": owner, "name": name, "states": [state], "after": after}
            answer = self.github.query(document("issues"), asked, until)
            bot = self._bot(answer)
            page = object_at(answer.data, "repository", "issues")
            nodes = page.get("nodes")
            if not isinstance(nodes, list):
                raise _not_understood(self.repository)
            for node in nodes:
                yield _read(node, bot, self.repository)
            if object_at(page, "pageInfo").get("hasNextPage") is not True:
                return
            after = text_at(page, "pageInfo", "endCursor")
        raise PublishError(
            f"{self.repository} has too many issues to look through", "Close those that are done"
        )

    def _bot(self, answer: Answer) -> str:
        """The name of the bot that writes here, as issues name it.

        Raises:
            PublishError: There is nothing to write to, or nobody who may.
        """
        if (error := answer.error_at("repository")) is not None:
            raise _refused(error, self.repository)
        place = object_at(answer.data, "repository")
        id_ = text_at(place, "id")
        if id_ is None:
            raise _not_understood(self.repository)
        if place.get("hasIssuesEnabled") is False:
            raise _switched_off(self.repository)
        self.id = id_
        login = login_of_viewer(answer)
        if login is None:
            raise _not_understood(self.repository)
        if not login.endswith(_BOT):
            raise PublishError(
                f"this is {login}'s own token: an issue that it opens would add to {login}'s own "
                "contribution count",
                _BOTS_OWN,
            )
        return login.removesuffix(_BOT)

    def carry_out(self, action: Action) -> str:
        """Do one thing, and say what was done."""
        match action:
            case Open(title, body):
                wish = {"repositoryId": self.id, "title": title, "body": body}
                number = self._send("openissue", "createIssue", wish)
                return f"Reminder opened: issue {number}, {title}"
            case Edit(reminder, body):
                self._send("editissue", "updateIssue", {"id": reminder.id, "body": body})
                return f"Reminder brought up to date: issue {reminder.number}"
            case Close(reminder, why):
                wish = {"issueId": reminder.id, "stateReason": why.value}
                self._send("closeissue", "closeIssue", wish)
                return f"Reminder closed: issue {reminder.number}"
            case never:
                assert_never(never)

    def _send(self, name: str, field_: str, wish: Mapping[str, object]) -> int:
        """Send a mutation, once: what it did although its answer got lost, the next run finds."""
        try:
            answer = self.github.mutate(document(name), {"input": wish})
        except Forbidden as error:
            raise _not_allowed(self.repository, error.message) from error
        if answer.errors:
            raise _refused(answer.errors[0], self.repository)
        number = object_at(answer.data, field_, "issue").get("number")
        if not isinstance(number, int):
            raise _not_understood(self.repository)
        return number


def _read(node: object, bot: str, repository: str) -> tuple[date, Reminder | None]:
    """When an issue was opened, and the reminder that it is if it is one of ours."""
    if not isinstance(node, Mapping):
        raise _not_understood(repository)
    id_, number, body = text_at(node, "id"), node.get("number"), node.get("body")
    created = _day(text_at(node, "createdAt") or "")
    if created is None or id_ is None or not isinstance(number, int) or not isinstance(body, str):
        raise _not_understood(repository)
    # Null is the author of an issue whose account is gone; a person may be called as the bot is.
    is_ours = (
        text_at(node, "author", "__typename") == "Bot"
        and (text_at(node, "author", "login") or "").removesuffix(_BOT) == bot
    )
    week = week_of_marker(body) if is_ours else None
    if week is None:
        return created, None
    return created, Reminder(id_, number, week, body, is_open=node.get("state") == "OPEN")


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _refused(error: GraphQLError, repository: str) -> PublishError:
    """What an error in an answer means."""
    said = error.message.lower()
    if error.type in {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        return _not_allowed(repository, error.message)
    if "disabled" in said:
        return _switched_off(repository)
    return PublishError(f"GitHub refused an issue in {repository}: {error.message}", _LATER)


def _not_allowed(repository: str, said: str) -> PublishError:
    return PublishError(f"the token may not write issues in {repository} ({said})", _PERMISSIONS)


def _switched_off(repository: str) -> PublishError:
    return PublishError(f"issues are switched off in {repository}", _SWITCH_ON)


def _not_understood(repository: str) -> PublishError:
    return PublishError(
        f"what GitHub says of the issues in {repository} was not understood", _LATER
    )
