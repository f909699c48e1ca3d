"""``csc-verify contacts reveal``: the rows that counted in a week, and that week's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from csc_verify.cli import wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.contacts.logs import read_log, week_in
from csc_verify.cli.contacts.private import refuse_on_runner, write_out
from csc_verify.cli.kept import in_work_tree, kept_activities, kept_tracker
from csc_verify.config import read_settings
from csc_verify.config.settings import CONTACTS_KEY
from csc_verify.disclosure import Row, digests_of, disclose, to_document
from csc_verify.errors import UsageError
from csc_verify.model import ItemKind, RequirementId
from csc_verify.sources.contacts import committed, read_contacts
from csc_verify.sources.design import private_activities
from csc_verify.unusable import Unusable
from csc_verify.week import read_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Config, Settings
    from csc_verify.disclosure import Purpose
    from csc_verify.model import Report
    from csc_verify.sources.design import Activities
    from csc_verify.verify import Sources
    from csc_verify.week import Week

_AS_IT_WAS = "Use the key, and the file with its rows, as they were when the week was counted"


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Write what the student reveals of a week.

    Returns:
        0 if every row that counted is there, 1 if some aren't any more.

    Raises:
        UsageError: Nothing can be revealed; the text says why.
    """
    refuse_on_runner("reveal", terminal)
    settings = read_settings(env)
    secret = _key(settings)
    config = wiring.config_in_work_tree(arguments.config or DEFAULT_CONFIG)
    now = wiring.clock(settings)
    week = read_week(arguments.week, now, config.week_starts, config.zone())
    ledger = read_log(arguments.log or f"{config.publish.directory}/log.jsonl", settings)
    of = RequirementId(arguments.of)
    report = week_in(ledger, week.first)
    counted = _counted(report, of)
    with wiring.open_sources(settings, terminal) as sources:
        rows = _rows(of, week, config, env, sources)
    # The line may have been made under an older name of the account.
    names = [line.student.github for line in ledger.reports]
    accounts = dict.fromkeys([report.student.github, *names, config.github or ""])
    disclosure = disclose(rows, of, report, secret, accounts)
    shown = len(disclosure.rows)
    if not shown:
        raise UsageError(f"none of the {counted} rows that counted was found", _AS_IT_WAS)
    write_out(to_document(disclosure), arguments.out, terminal)
    terminal.say(
        f"{shown} of the {counted} rows that counted in the week of {week.key}. It holds what is "
        "private: hand it to your coach alone. It tells nothing of other weeks."
    )
    if shown == counted:
        return 0
    terminal.say(f"The others aren't as they were any more. {_AS_IT_WAS}.")
    return 1


def _key(settings: Settings) -> str:
    if settings.contacts_key is None:
        mend = "Set it to the key that the weeks were counted with"
        raise UsageError(f"{CONTACTS_KEY} is not set", mend)
    return settings.contacts_key.secret


def _counted(report: Report, of: Purpose) -> int:
    """How many rows the log has digests of."""
    counted = len(digests_of(report, of))
    if not counted and not report.finding(of).count:
        raise UsageError(
            f"nothing counted for {of.value} in the week of {report.week.start}",
            "Name another week with --week; there is nothing to reveal of this one",
        )
    if not counted:
        raise UsageError(
            f"the log has no digest of {of.value} for the week of {report.week.start}",
            f"A week that was counted without {CONTACTS_KEY} can't be revealed",
        )
    return counted


def _rows(
    of: Purpose, week: Week, config: Config, env: Mapping[str, str], sources: Sources
) -> Sequence[Row]:
    """Everything that the student's file holds and that may have counted in the week."""
    match of:
        case RequirementId.CONTACTS:
            found = _contacts(week, config, kept_tracker(sources, config, env, in_work_tree))
            name, setting = "the tracker", "contacts.tracker"
        case RequirementId.DESIGN:
            found = _activities(config, kept_activities(sources, config, env, in_work_tree))
            name, setting = "the list of activities", "design.activities"
        case RequirementId.CONTRIBUTIONS | RequirementId.BLOG:
            raise UsageError(f"nothing of {of.value} is private", "Name contacts or design")
        case never:
            assert_never(never)
    if found is None:
        raise UsageError(f"{name} is not configured", f"Set {setting}")
    if isinstance(found, Unusable):
        raise UsageError(f"{name} {found.reason}", found.mend)
    return found


def _contacts(
    week: Week, config: Config, tracker: bytes | Unusable | None
) -> list[Row] | Unusable | None:
    if tracker is None or isinstance(tracker, Unusable):
        return tracker
    read = read_contacts(tracker, dict(config.contacts.columns), config.zone())
    if isinstance(read, Unusable):
        return read
    # A date like 3/2/2026 is read by the whole column, so that a row which was added since may turn
    # others' days. Which one a row counted under, its digest tells.
    return [
        Row(ItemKind.CONTACT, (day.isoformat(), *committed(contact)[1:]))
        for contact in read
        for day in week.days
    ]


def _activities(
    config: Config, activities: Activities | Unusable | None
) -> list[Row] | Unusable | None:
    if activities is None or isinstance(activities, Unusable):
        return activities
    read = private_activities(activities, config.zone())
    return read if isinstance(read, Unusable) else [Row(kind, fields) for kind, fields in read]
