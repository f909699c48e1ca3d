"""Whether a line of the log agrees with itself. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.audit.values import Kind, Remark
from csc_verify.errors import WeekError
from csc_verify.ledger import overall
from csc_verify.model import Finding, Report, RequirementId, Verdict
from csc_verify.rules import MOST_EVIDENCE
from csc_verify.tally import amount
from csc_verify.week import Week, WeekState, read_zone, week_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

# A day as written may be another one in the student's zone.
_AROUND: Final = timedelta(days=1)
# How far two clocks may differ without anybody meaning it.
_CLOCKS_DIFFER: Final = timedelta(hours=1)


def remarks_on_line(report: Report, now: datetime) -> Iterator[Remark]:
    """What of a line can't be, whatever the sources say.

    Args:
        report: The line.
        now: The command's clock, an instant.
    """
    for text in (*_about_week(report), *_about_verdicts(report)):
        yield Remark(Kind.INCONSISTENT, f"week of {report.week.start}: {text}")
    if (early := _too_early(report, now)) is not None:
        yield Remark(Kind.TOO_EARLY, f"week of {report.week.start}: {early}")


def zone_of(report: Report) -> ZoneInfo | None:
    """The zone that a line names; None if there is none of that name."""
    try:
        return read_zone(report.student.timezone)
    except WeekError:
        return None


def _about_week(report: Report) -> Iterator[str]:
    zone, start = zone_of(report), report.week.start
    if zone is None:
        yield "it names a time zone that does not exist"
        return
    week = Week(start, zone)
    if week_of(start, report.judged_by.week_starts, zone).first != start:
        yield f"it does not begin on a {report.judged_by.week_starts}"
    if report.week.iso != week.iso:
        yield f"it is called {report.week.iso}, and is {week.iso}"


def _about_verdicts(report: Report) -> Iterator[str]:
    expected = overall(report.requirements)
    if report.verdict is not expected:
        yield f"its verdict is {report.verdict}, and of its requirements it would be {expected}"
    own = set(report.judged_by.scope) & set(report.student.track.requirements)
    asked = [finding for finding in report.requirements if finding.verdict is not Verdict.SKIPPED]
    for finding in asked:
        if finding.id not in own:
            yield f"{finding.id}: it is judged, and neither the track nor the scope asks for it"
    missing = own - {finding.id for finding in asked}
    if asked and missing:
        # A pause skips a whole week.
        yield f"it calls {', '.join(sorted(missing))} skipped, and its own scope asks for it"
    for finding in report.requirements:
        for text in _about_finding(finding, report):
            yield f"{finding.id}: {text}"


def _about_finding(finding: Finding, report: Report) -> Iterator[str]:
    enough = finding.count >= finding.minimum
    if finding.verdict is Verdict.MET and not enough:
        yield f"met with {finding.count} of {finding.minimum}"
    if finding.verdict is Verdict.UNMET and enough:
        yield f"unmet with {finding.count} of {finding.minimum}"
    if finding.verdict is Verdict.MET and _shows_too_little(finding):
        yield f"it counts {finding.count}, and its own evidence adds up to {_shown(finding)}"
    shown = [counted for counted in finding.evidence if counted.url]
    keys = Counter((it.kind, canonical(it.url), it.at, it.title) for it in shown)
    for (_, url, _, _), times in keys.items():
        if times > 1:
            yield f"it counts {url} {times} times"
    for counted in shown:
        if "/commit/" in counted.url and counted.count > 1:
            yield f"it counts {counted.url} as {counted.count} commits"
    for counted in finding.evidence:
        day = _day(counted.at)
        span = report.week
        if day is not None and not span.start - _AROUND <= day <= span.end + _AROUND:
            yield f"it counts what is dated {day}, outside the week"


def _shows_too_little(finding: Finding) -> bool:
    if len(finding.evidence) >= MOST_EVIDENCE or finding.id is RequirementId.CONTACTS:
        # The list is cut there, and contacts without a key have none.
        return False
    return _shown(finding) < finding.count


def _shown(finding: Finding) -> int:
    return amount((counted.kind, counted.count) for counted in finding.evidence)


def _day(at: str) -> date | None:
    try:
        return date.fromisoformat(at[:10])
    except ValueError:
        return None


def _too_early(report: Report, now: datetime) -> str | None:
    if report.checked_at > now + _CLOCKS_DIFFER:
        return f"it says that it was checked on {report.checked_at:%Y-%m-%d}, which is to come"
    zone = zone_of(report)
    if zone is None or report.week.state is not WeekState.FINAL:
        return None
    settles = Week(report.week.start, zone).settles
    if report.checked_at < settles:
        return f"it is called final, and was checked before the week was settled ({settles:%F})"
    return None
