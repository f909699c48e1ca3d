"""The log as a whole: weeks that lack, stand there twice, or ask for less. Pure."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.audit.lines import zone_of
from csc_verify.audit.values import Kind, Remark
from csc_verify.ledger import BY_HAND
from csc_verify.model import DEFAULT_MINIMUMS, ItemKind, RequirementId, Verdict
from csc_verify.overview import STOPPED_AFTER
from csc_verify.timeline import newest_first
from csc_verify.week import Week, WeekState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from csc_verify.ledger import Ledger
    from csc_verify.model import Report

_MOST_NAMED: Final = 5


def remarks_on_course(
    log: Ledger,
    reports: tuple[Report, ...],
    since: date | None,
    until: date | None,
    now: datetime,
) -> Iterator[Remark]:
    """What is noticed about the lines together.

    Args:
        log: The log, with every line.
        reports: What the student's own lines say, oldest week first.
        since: First day of the commitment, as configured today; None if it isn't known.
        until: Its last day, likewise.
        now: The command's clock, an instant.
    """
    yield from _about_lines(log)
    yield from _gaps(reports, since)
    yield from _stopped(reports, until, now)
    yield from _never_final(reports, now)
    yield from _counted_twice(reports)
    yield from _less_asked(reports)
    yield from _asked_otherwise(reports)
    yield from _paused(reports)
    yield from _rechecked(reports)


def _about_lines(ledger: Ledger) -> Iterator[Remark]:
    starts = [line.report.week.start for line in ledger.lines if line.report]
    for number, line in enumerate(ledger.lines, start=1):
        if line.report is None:
            yield Remark(Kind.UNREADABLE, f"line {number}: {line.problem}")
    for start, times in sorted(Counter(starts).items()):
        if times > 1:
            yield Remark(Kind.DUPLICATE, f"the week of {start} has {times} lines")
    if any(later < earlier for earlier, later in pairwise(starts)):
        yield Remark(Kind.DISORDER, "the lines are not in the order of their weeks")


def _gaps(reports: tuple[Report, ...], since: date | None) -> Iterator[Remark]:
    lineless = sorted(slot.first for slot in newest_first(reports) if slot.report is None)
    if lineless:
        yield Remark(Kind.GAP, f"{_weeks(len(lineless))} no line: {_named(lineless)}")
    if reports and since is not None:
        first = reports[0].week.start
        missing = (first - since).days // 7
        if missing > 0:
            text = f"the commitment began on {since}, and the log begins with the week of {first}"
            yield Remark(Kind.GAP, text)


def _stopped(reports: tuple[Report, ...], until: date | None, now: datetime) -> Iterator[Remark]:
    if not reports:
        yield Remark(Kind.STOPPED, "the log is empty")
        return
    newest = reports[-1]
    zone = zone_of(newest)
    if zone is None:
        return
    week = Week(newest.week.start, zone)
    is_over = until is not None and week.shifted(1).last > until
    if now - week.ends > STOPPED_AFTER and not is_over:
        text = (
            f"nothing is newer than the week of {week.key}: the weekly run was switched off, or"
            " fails"
        )
        yield Remark(Kind.STOPPED, text)


def _never_final(reports: tuple[Report, ...], now: datetime) -> Iterator[Remark]:
    """Lines that could still be changed freely, though later runs should have settled them."""
    unsettled = [
        report.week.start
        for report in reports
        if report.week.state is not WeekState.FINAL
        and (zone := zone_of(report)) is not None
        and now - Week(report.week.start, zone).settles > STOPPED_AFTER
    ]
    if unsettled:
        text = f"{_weeks(len(unsettled))} a line that was never made final: {_named(unsettled)}"
        yield Remark(Kind.NOT_FINAL, text)


def _asked_otherwise(reports: tuple[Report, ...]) -> Iterator[Remark]:
    for before, after in pairwise(reports):
        said = (
            ("track", before.student.track, after.student.track),
            ("time zone", before.student.timezone, after.student.timezone),
            ("first day of the week", before.judged_by.week_starts, after.judged_by.week_starts),
            ("counted", before.judged_by.count, after.judged_by.count),
        )
        for name, was, now in said:
            if was != now:
                text = f"from the week of {after.week.start}, {name}: {now} instead of {was}"
                yield Remark(Kind.CHANGED, text)


def _paused(reports: tuple[Report, ...]) -> Iterator[Remark]:
    paused = [report.week.start for report in reports if report.verdict is Verdict.SKIPPED]
    if paused:
        text = f"{_weeks(len(paused))} a line that asks for nothing: {_named(paused)}"
        yield Remark(Kind.PAUSED, f"{text}; pauses are the student's own word")


def _rechecked(reports: tuple[Report, ...]) -> Iterator[Remark]:
    for report in reports:
        for revision in report.revisions:
            if revision.why == BY_HAND:
                text = (
                    f"the week of {report.week.start} was rechecked by hand, and said"
                    f" {revision.verdict} before"
                )
                yield Remark(Kind.RECHECKED, text)


def _counted_twice(reports: tuple[Report, ...]) -> Iterator[Remark]:
    weeks: dict[str, set[date]] = {}
    for report in reports:
        for counted in (it for finding in report.requirements for it in finding.evidence):
            # Days, profiles and lists of a repository may stand in every week.
            if counted.kind == ItemKind.POST.value or "/commit/" in counted.url:
                weeks.setdefault(canonical(counted.url), set()).add(report.week.start)
    for url, starts in weeks.items():
        if len(starts) > 1:
            where = " and ".join(map(str, sorted(starts)))
            yield Remark(Kind.COUNTED_TWICE, f"{url} counts in the weeks of {where}")


def _less_asked(reports: tuple[Report, ...]) -> Iterator[Remark]:
    before: dict[RequirementId, int] = dict(DEFAULT_MINIMUMS)
    scope: set[RequirementId] | None = None
    for report in reports:
        start = report.week.start
        for finding in report.requirements:
            if finding.verdict is Verdict.SKIPPED:
                continue
            if finding.minimum < before[finding.id]:
                text = (
                    f"from the week of {start}, {finding.id} asks for {finding.minimum} instead of"
                    f" {before[finding.id]}"
                )
                yield Remark(Kind.LOWERED, text)
            before[finding.id] = finding.minimum
        asked = set(report.judged_by.scope)
        full = set(report.student.track.requirements) if scope is None else scope
        if full - asked:
            names = ", ".join(sorted(full - asked))
            yield Remark(Kind.NARROWED, f"from the week of {start}, not asked for: {names}")
        scope = asked


def _weeks(number: int) -> str:
    return "1 week has" if number == 1 else f"{number} weeks have"


def _named(starts: list[date]) -> str:
    shown = ", ".join(map(str, starts[:_MOST_NAMED]))
    more = len(starts) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
