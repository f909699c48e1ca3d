"""The reminder: one issue that says what is still missing in the running week. Pure.

::

    the running week's report ─┐
    the weekday, from the config ├──▶ plan ──▶ Close …, Edit or Open, in this order
    reminders that were found ──┘

One reminder a week at most, and never more than one open. It is opened on the configured weekday or
later, kept up to date in place, which notifies nobody, and closed when the week is met or over. One
that somebody closed is not opened again in its week: who closed it has read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from csc_verify.appearance import NAMES
from csc_verify.calendar_text import span_text
from csc_verify.config import Weekday
from csc_verify.escape import markdown
from csc_verify.model import RequirementId, Verdict
from csc_verify.wording import REASON_LENGTH, beside_not_over, so_far, today_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from csc_verify.model import Finding, Report

_MARKER: Final = re.compile(r"<!-- csc-verify reminder (\d{4}-\d{2}-\d{2}) -->")
# What stands in the way of these is public; of contacts and activities it may be private.
_TOLD: Final = frozenset({RequirementId.CONTRIBUTIONS, RequirementId.BLOG})
_NOTHING_TO_DO: Final = frozenset({Verdict.MET, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that was found: opened by the very account that asks, with our marker.

    Attributes:
        id: What GitHub calls it.
        number: Its number in the repository.
        week: The first day of its week, as the marker says.
        body: Its text.
        is_open: Whether it is open.
    """

    id: str
    number: int
    week: date
    body: str
    is_open: bool


class Closing(StrEnum):
    """Why a reminder is closed, in GitHub's words."""

    COMPLETED = "COMPLETED"
    NOT_PLANNED = "NOT_PLANNED"


@dataclass(frozen=True, slots=True)
class Open:
    """A new reminder."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text for an open reminder."""

    reminder: Reminder
    body: str


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a reminder."""

    reminder: Reminder
    why: Closing


Action: TypeAlias = Open | Edit | Close


def plan(
    progress: Report,
    weekday: Weekday,
    found: Iterable[Reminder],
    met: Collection[date] = frozenset(),
) -> tuple[Action, ...]:
    """What has to be done so that the right reminder is open, and no other.

    Args:
        progress: The running week so far; its ``checked_at`` says what day it is.
        weekday: The day from which on a reminder is opened.
        found: Every open reminder, and the closed ones of the running week.
        met: The first days of the weeks that the log says were met.

    Returns:
        Closings first, so that there are never two open ones.
    """
    week = progress.week.start
    known = sorted(found, key=lambda reminder: reminder.number)
    over = [it for it in known if it.is_open and it.week != week]
    now = [it for it in known if it.is_open and it.week == week]
    closings = [Close(it, _why(it.week in met)) for it in over]
    if progress.verdict in _NOTHING_TO_DO:
        is_met = progress.verdict is Verdict.MET
        # Of two that were opened at once one is met, and the other was one too many.
        first, others = now[:1], now[1:]
        return (*closings, *(Close(it, _why(is_met)) for it in first), *_one_too_many(others))
    closings += _one_too_many(now[1:])
    wanted = text(progress)
    if now:
        edits = [] if _is_same(now[0].body, wanted) else [Edit(now[0], wanted)]
        return (*closings, *edits)
    is_new = not any(it.week == week for it in known)
    opened = [Open(title(progress), wanted)] if is_new and is_due(progress, weekday) else []
    return (*closings, *opened)


def _why(is_met: bool) -> Closing:  # noqa: FBT001  the question itself
    return Closing.COMPLETED if is_met else Closing.NOT_PLANNED


def _one_too_many(reminders: Iterable[Reminder]) -> list[Close]:
    return [Close(it, Closing.NOT_PLANNED) for it in reminders]


def _is_same(body: str, wanted: str) -> bool:
    # GitHub keeps the line ends of whoever saved the text last.
    return body.replace("\r\n", "\n").strip() == wanted.strip()


def is_due(progress: Report, weekday: Weekday) -> bool:
    """Whether the running week's reminder may be opened: the weekday has come, for the student."""
    first = progress.week.start
    wait = (list(Weekday).index(weekday) - first.weekday()) % 7
    return first + timedelta(days=wait) <= today_of(progress)


def foretold(progress: Report, weekday: Weekday) -> str:
    """What would become of the reminder, as far as it can be told without asking GitHub."""
    if progress.verdict in _NOTHING_TO_DO:
        return "nothing is missing this week: an open one would be closed"
    shown = f"'{title(progress)}'"
    if is_due(progress, weekday):
        return f"{shown} would be open and up to date"
    return f"{shown} is not due before {weekday.value.capitalize()}"


# --- what it says ----------------------------------------------------------------------------


def week_of_marker(body: str) -> date | None:
    """The week of a reminder's text; None if it is none of ours.

    Only the first line counts: whoever quotes a reminder makes none.
    """
    found = _MARKER.fullmatch(body.partition("\n")[0].strip())
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None


def title(progress: Report) -> str:
    """The issue's headline; the same for the whole week."""
    span = span_text(progress.week.start, progress.week.end)
    return f"Job search, {span}: what is still missing"


def text(progress: Report) -> str:
    """The issue's text. The same numbers on the same day are the same text."""
    return "\n\n".join(_blocks(progress)) + "\n"


def _blocks(progress: Report) -> Iterator[str]:
    asked = [f for f in progress.requirements if f.verdict is not Verdict.SKIPPED]
    missing = [_missing(f, progress) for f in asked if f.verdict is not Verdict.MET]
    done = [f"{NAMES[f.id]} ({f.count} of {f.minimum})" for f in asked if f.verdict is Verdict.MET]
    span = span_text(progress.week.start, progress.week.end)
    yield f"<!-- csc-verify reminder {progress.week.start.isoformat()} -->"
    yield f"Still missing in the week of {span}:"
    yield "\n".join(missing)
    if done:
        yield f"Done: {', '.join(done)}."
    yield (
        "Each run of csc-verify brings these numbers up to date, and closes this issue when the "
        "week is met or over. If you close it, there is no other one this week."
    )


def _missing(finding: Finding, progress: Report) -> str:
    line = f"- **{NAMES[finding.id]}**: {so_far(finding, progress)}"
    problem = beside_not_over(finding, progress.week)
    if not problem:
        return line
    if finding.id not in _TOLD:
        return f"{line}. Not all could be looked at; the run's summary, under Actions, says why."
    return f"{line}. {markdown(problem, REASON_LENGTH)}"
