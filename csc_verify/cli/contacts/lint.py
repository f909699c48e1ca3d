"""``csc-verify contacts lint``: what would count, told by the numbers of rows.

No name stands in what it prints, so that a student can show it to anybody.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from csc_verify.calendar_text import span_text
from csc_verify.cli import wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.config import Config, read_settings
from csc_verify.dates import Placement, placed
from csc_verify.errors import UsageError
from csc_verify.model import ItemKind, Requirement, RequirementId
from csc_verify.sources.contacts import column_named, elsewhere, read_tracker, rows_named, weigh
from csc_verify.tally import tally_up
from csc_verify.unusable import Unusable
from csc_verify.week import WeekState, read_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from csc_verify.cli.terminal import Terminal
    from csc_verify.model import Found
    from csc_verify.sources.contacts import Tracker
    from csc_verify.tally import Tally
    from csc_verify.week import Week

_KINDS: Final = frozenset({ItemKind.CONTACT})


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Read a tracker and print what would count of it.

    Raises:
        UsageError: The tracker can't be used, no such week, a faulty configuration.
    """
    config = _config(arguments.config)
    now = wiring.clock(read_settings(env))
    week = read_week(arguments.week, now, config.week_starts, config.zone())
    content = read_own_file(arguments.file)
    tracker = read_tracker(content, dict(config.contacts.columns), config.zone())
    if isinstance(tracker, Unusable):
        raise UsageError(f"the tracker {tracker.reason}", tracker.mend)
    found = weigh(tracker, week, now)
    requirement = Requirement(RequirementId.CONTACTS, config.contacts.minimum)
    tally = tally_up(requirement, (found,), week, now, {})
    lines = (
        f"Week of {span_text(week.first, week.last)} in {config.timezone} time",
        "",
        *_columns(tracker),
        "",
        *_summary(tally, requirement.minimum, week, now),
        *_rows(tally, found),
        *_not_of_the_week(tracker, week),
        "",
        "No name stands here, so you can show this to anybody. Nothing was sent or written.",
    )
    terminal.document("\n".join(lines))
    return 0 if tally.least(_KINDS) >= requirement.minimum else 1


def _config(path: str | None) -> Config:
    if path is None and not Path(DEFAULT_CONFIG).is_file():
        return Config()
    return wiring.config_in_work_tree(path or DEFAULT_CONFIG)


def _columns(tracker: Tracker) -> Iterator[str]:
    yield "Which column is what (another one: name its heading under contacts.columns):"
    for field, places in sorted(tracker.columns.places.items(), key=lambda it: it[1]):
        named = ", else ".join(column_named(place, tracker.table) for place in places)
        guess = " (a guess, by what stands in it)" if field in tracker.columns.guessed else ""
        yield f"  {field.value:<15} {named}{guess}"


def _summary(tally: Tally, minimum: int, week: Week, now: datetime) -> Iterator[str]:
    count, most = tally.least(_KINDS), tally.most(_KINDS)
    if count >= minimum:
        yield f"{count} contacts count, {minimum} needed: enough."
        return
    is_over = week.state(now) is not WeekState.OPEN
    rest = "the week is over" if is_over else f"{minimum - count} more by {week.last}"
    yield f"{count} of {minimum} contacts count; {rest}."
    if most > count:
        dates = [it.item.at for it in tally.doubtful]
        if all(at is None or placed(at, week) is Placement.UNSURE for at in dates):
            clear = "its date is clear" if len(dates) == 1 else "their dates are clear"
        else:
            clear = "what is said of them below is mended"
        until = "; until then the week is unknown" if most >= minimum else ""
        yield f"{most - count} more may count, once {clear}{until}."


def _rows(tally: Tally, found: Found) -> Iterator[str]:
    """Every row of the week in order."""
    told = {entry.place: entry for entry in (*tally.left_out, *found.left_out)}
    may_count = {doubtful.item.place for doubtful in tally.doubtful}
    counting = {item.place: item for item in found.items if item.place not in told}
    for place in sorted({*told, *counting}):
        if place in counting:
            yield f"  {counting[place].title} counts"
            continue
        entry = told[place]
        mend = f". {entry.mend}" if entry.mend else ""
        may = " may count" if place in may_count else ""
        yield f"  {entry.what}{may}: {entry.why}{mend}"


def _not_of_the_week(tracker: Tracker, week: Week) -> Iterator[str]:
    """The rows that a report is silent about."""
    others = elsewhere(tracker, week)
    sides = ((others.before, "before"), (others.after, "after"), (others.either, "without a year"))
    if rows := sorted(number for numbers, _ in sides for number in numbers):
        told = ", ".join(f"{len(numbers)} {side}" for numbers, side in sides if numbers)
        yield f"  {rows_named(rows, tracker.table)}: of another week ({told})"
    if rows := list(tracker.not_looked_at):
        them = "it isn't" if len(rows) == 1 else "they aren't"
        why = f"neither a date nor a last name, so {them} looked at"
        yield f"  {rows_named(rows, tracker.table)}: {why}"
