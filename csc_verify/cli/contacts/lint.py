"""``csc-verify contacts lint``: what would count, told by the numbers of rows.

No name stands in what it prints, so that a student can show it to anybody.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.calendar_text import span_text
from csc_verify.cli import wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.config import Config, read_settings
from csc_verify.errors import UsageError
from csc_verify.model import Failed, Requirement, RequirementId
from csc_verify.sources.contacts import collect, columns_of
from csc_verify.tally import tally_up
from csc_verify.unusable import Unusable
from csc_verify.week import read_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from csc_verify.cli.terminal import Terminal
    from csc_verify.model import ContactField, Found, LeftOut
    from csc_verify.week import Week

_LETTERS = 26


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Read a tracker and print what would count of it.

    Raises:
        UsageError: The tracker can't be used, no such week, a faulty configuration.
    """
    config = _config(arguments.config)
    now = wiring.clock(read_settings(env))
    week = read_week(arguments.week, now, config.week_starts, config.zone())
    columns = dict(config.contacts.columns)
    content = read_own_file(arguments.file)
    places = columns_of(content, columns)
    if isinstance(places, Unusable):
        raise UsageError(f"the tracker {places.reason}", places.mend)
    evidence = collect(content, week, columns)
    if isinstance(evidence, Failed):
        raise UsageError(evidence.reason, evidence.hint)
    requirement = Requirement(RequirementId.CONTACTS, config.contacts.minimum)
    tally = tally_up(requirement, (evidence,), week, now, {})
    lines = (
        f"Week of {span_text(week.first, week.last)} in {config.timezone} time",
        "",
        *_columns(places),
        "",
        _summary(len(tally.counted), requirement.minimum, week),
        *_rows(evidence, (*tally.left_out, *evidence.left_out)),
        "",
        "No name stands here, so you can show this to anybody. Nothing was sent or written.",
    )
    terminal.document("\n".join(lines))
    return 0 if len(tally.counted) >= requirement.minimum else 1


def _config(path: str | None) -> Config:
    if path is None and not Path(DEFAULT_CONFIG).is_file():
        return Config()
    return wiring.config_in_work_tree(path or DEFAULT_CONFIG)


def _columns(places: Mapping[ContactField, int]) -> Iterator[str]:
    yield "Which column is what (another one: name its heading under contacts.columns):"
    for field, place in sorted(places.items(), key=lambda it: it[1]):
        yield f"  {field.value:<15} column {_letters(place)}"


def _letters(place: int) -> str:
    """A column as a spreadsheet names it, the first being A."""
    before, letter = divmod(place, _LETTERS)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)


def _summary(count: int, minimum: int, week: Week) -> str:
    missing = minimum - count
    if missing <= 0:
        return f"{count} contacts count, {minimum} needed: enough."
    return f"{count} of {minimum} contacts count; {missing} more by {week.last}."


def _rows(evidence: Found, left_out: Sequence[LeftOut]) -> Iterator[str]:
    told = {entry.what for entry in left_out}
    for item in evidence.items:
        if item.title not in told:
            yield f"  {item.title} counts"
    for entry in left_out:
        mend = f". {entry.mend}" if entry.mend else ""
        yield f"  {entry.what} doesn't: {entry.why}{mend}"
