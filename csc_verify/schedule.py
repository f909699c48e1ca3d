"""Which weeks a run has to look at. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.ledger import Ledger, is_due
from csc_verify.week import Week, WeekState, last_week, week_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from csc_verify.config import Config

MOST_WEEKS = 60
"""Weeks that one run looks at; the rest waits for the next run and is said so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked a run for by name.

    Attributes:
        week: The week to report on; None for the last one. It changes no line of the log.
        recheck: A final week to look at again and to take over whatever differs; None for none.
    """

    week: Week | None = None
    recheck: Week | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The weeks that a run looks at.

    Attributes:
        weeks: Oldest first.
        postponed: How many more there would be.
        overlapping: Weeks that get no line, since one that began on another day overlaps them or
            a newer version's line stands in their place.
    """

    weeks: tuple[Week, ...]
    postponed: int = 0
    overlapping: tuple[Week, ...] = ()


def weeks_due(config: Config, ledger: Ledger, now: datetime, asked: Asked) -> Due:
    """The weeks that are over, lie in the commitment and are missing, provisional or open to heal.

    Without ``since`` the log's own first week is the first one asked for, else the last week.
    The newest come first when there are more than a run looks at.
    """
    newest = last_week(now, config.week_starts, config.zone())
    fitting: list[Week] = []
    unfit: dict[date, Week] = {}
    for week in _weeks_between(_first_week(config, ledger, newest), newest):
        if _beyond(config, week):
            break
        if _fits(ledger, week):
            fitting.append(week)
        else:
            unfit[week.first] = week
    due = {week.first: week for week in _open(config, ledger, now, fitting)}
    kept = {first: due[first] for first in sorted(due)[-MOST_WEEKS:]}
    if asked.recheck and _fits(ledger, asked.recheck):
        kept[asked.recheck.first] = asked.recheck
    elif asked.recheck:
        unfit[asked.recheck.first] = asked.recheck
    return Due(
        tuple(kept[first] for first in sorted(kept)),
        postponed=len(due.keys() - kept.keys()),
        overlapping=tuple(unfit.values()),
    )


def _open(config: Config, ledger: Ledger, now: datetime, fitting: list[Week]) -> Iterator[Week]:
    """The weeks that still have to be looked at; one may come twice."""
    yield from (week for week in fitting if is_due(ledger.of_week(week.first), week, now))
    yield from _provisional(config, ledger, now)


def _provisional(config: Config, ledger: Ledger, now: datetime) -> Iterator[Week]:
    """The weeks that are over and whose line isn't final, whatever day weeks begin with now."""
    for report in ledger.reports:
        week = Week(report.week.start, config.zone())
        if report.week.state is not WeekState.FINAL and week.ends <= now:
            yield week


def _first_week(config: Config, ledger: Ledger, newest: Week) -> Week:
    starts, zone = config.week_starts, config.zone()
    if config.since is not None:
        week = week_of(config.since, starts, zone)
        return week if week.first == config.since else week.shifted(1)
    reports = ledger.reports
    first = week_of(reports[0].week.start, starts, zone) if reports else newest
    # A line of the future is no reason to leave out the present.
    return min(first, newest, key=lambda week: week.first)


def _weeks_between(first: Week, newest: Week) -> Iterator[Week]:
    week = first
    while week.first <= newest.first:
        yield week
        week = week.shifted(1)


def why_never_rechecked(config: Config, week: Week, now: datetime) -> str | None:
    """Why a week has no line to look at again, without its subject; None if it may have one."""
    if week.ends > now:
        return "is not over"
    if config.since is not None and week.first < config.since:
        return f"begins before the commitment (since: {config.since})"
    if _beyond(config, week):
        return f"ends after the commitment (until: {config.until})"
    return None


def _beyond(config: Config, week: Week) -> bool:
    return config.until is not None and week.last > config.until


def _fits(ledger: Ledger, week: Week) -> bool:
    """Whether a line of the week could stand in the log beside the others.

    It couldn't beside one that overlaps it, since weeks once began on another day, nor beside
    one for the same week that this version can't read.
    """
    if week.first in ledger.held and ledger.of_week(week.first) is None:
        return False
    return not any(
        report.week.start != week.first
        and report.week.start <= week.last
        and week.first <= report.week.end
        for report in ledger.reports
    )
