"""The log as a whole: what it says of each week, what is due, and how a new report enters it.

Pure text in, pure text out. A line that can't be read stays where it is, byte for byte.

A line changes by these rules alone (contract: "Words"):

* a week that is missing gets a line, in its place by date;
* a provisional line (its week was settling) is replaced when its facts change;
* of a final line, a requirement that was ``unmet`` or ``unknown`` becomes ``met`` when evidence
  surfaces within four weeks; what the line said before is kept in its revisions;
* anything else in a final line changes only by a recheck that somebody asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from csc_verify.errors import RecordError
from csc_verify.model import Finding, Report, RequirementId, Revision, Verdict
from csc_verify.record import from_line, to_line, week_of_line
from csc_verify.week import Week, WeekState

HEALING = timedelta(weeks=4)
"""How long after its end a final week is still looked at (contract: "during four weeks")."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log.

    Attributes:
        text: The line as it stands, without its line end.
        report: What it says; None if it can't be read.
        problem: Why it can't be read, and what to do; empty if it can.
        held: First day of the week of a line that can't be read, as far as that much can.
    """

    text: str
    report: Report | None
    problem: str = ""
    held: date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The log: its lines in the order of the file, oldest week first."""

    lines: tuple[Line, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """The newest readable line of each week, oldest week first."""
        by_week = {line.report.week.start: line.report for line in self.lines if line.report}
        return tuple(by_week[start] for start in sorted(by_week))

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each line that can't be read or stands there twice."""
        found = [
            f"line {number}: {line.problem}"
            for number, line in enumerate(self.lines, start=1)
            if line.problem
        ]
        starts = [line.report.week.start for line in self.lines if line.report]
        twice = sorted({start for start in starts if starts.count(start) > 1})
        return (*found, *(f"the week of {start} has more than one line" for start in twice))

    @property
    def held(self) -> frozenset[date]:
        """First days of weeks whose line stands there and can't be read by this version."""
        return frozenset(line.held for line in self.lines if line.held)

    def of_week(self, start: date) -> Report | None:
        """What the log says of a week, or None."""
        return next((report for report in self.reports if report.week.start == start), None)


def read_ledger(text: str) -> Ledger:
    """Read ``log.jsonl``; blank lines are dropped, every other line is kept."""
    return Ledger(tuple(_read_line(line) for line in text.split("\n") if line.strip()))


def _read_line(text: str) -> Line:
    text = text.rstrip("\r")
    try:
        return Line(text, from_line(text))
    except RecordError as error:
        hint = f" ({error.hint})" if error.hint else ""
        return Line(text, None, f"{error.message}{hint}", week_of_line(text))


def write_ledger(ledger: Ledger) -> str:
    """The log's text; empty for an empty log."""
    return "".join(line.text + "\n" for line in ledger.lines)


def is_due(existing: Report | None, week: Week, now: datetime) -> bool:
    """Whether a week that is over has to be looked at (again).

    Missing and provisional weeks are due; a final one is while evidence may still surface for it.
    """
    if existing is None or existing.week.state is not WeekState.FINAL:
        return True
    open_verdicts = {Verdict.UNKNOWN, Verdict.UNMET}
    return existing.verdict in open_verdicts and now < week.ends + HEALING


def enter(ledger: Ledger, new: Report) -> Ledger:
    """The log with a report entered by the rules above.

    Args:
        ledger: The log as it was.
        new: A week that is over (settling or final).
    """
    existing = ledger.of_week(new.week.start)
    if existing is None:
        return _inserted(ledger, new)
    if existing.week.state is not WeekState.FINAL:
        return ledger if _same_facts(existing, new) else _replaced(ledger, new)
    healed = _healed(existing, new)
    return ledger if healed is None else _replaced(ledger, healed)


def enter_recheck(ledger: Ledger, new: Report) -> Ledger:
    """The log with a report that somebody asked for by name: every difference is taken over."""
    existing = ledger.of_week(new.week.start)
    if existing is None:
        return _inserted(ledger, new)
    if _same_facts(existing, new):
        return ledger
    if existing.week.state is not WeekState.FINAL:
        return _replaced(ledger, new)
    changed = tuple(f for f in existing.requirements if f != new.finding(f.id))
    return _replaced(ledger, _with_revision(existing, new, changed, "rechecked by hand"))


def counted_elsewhere(ledger: Ledger, start: date) -> dict[str, date]:
    """The posts that the lines of other weeks hold: address to first day of that week.

    Args:
        ledger: The log.
        start: First day of the week that is asked about.
    """
    return {
        evidence.url: report.week.start
        for report in reversed(ledger.reports)
        if report.week.start != start
        for evidence in report.finding(RequirementId.BLOG).evidence
    }


def overall(findings: tuple[Finding, ...]) -> Verdict:
    """The verdict of a week from its requirements' (contract: "The overall verdict")."""
    present = {finding.verdict for finding in findings}
    order = (Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET)
    return next((verdict for verdict in order if verdict in present), Verdict.SKIPPED)


def streak(reports: tuple[Report, ...]) -> int:
    """How many weeks in a row are met, up to the newest final one.

    Paused and unknown weeks neither lengthen nor break it (contract: "badge.svg").
    """
    length = 0
    for report in reversed(settled(reports)):
        if report.verdict is Verdict.UNMET:
            break
        length += report.verdict is Verdict.MET
    return length


def unknown_weeks(reports: tuple[Report, ...]) -> int:
    """How many final weeks could not be verified."""
    return sum(report.verdict is Verdict.UNKNOWN for report in settled(reports))


def settled(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """The reports whose week is final."""
    return tuple(report for report in reports if report.week.state is WeekState.FINAL)


def _same_facts(one: Report, other: Report) -> bool:
    aligned = replace(
        other, checked_at=one.checked_at, version=one.version, revisions=one.revisions
    )
    return one == aligned


def _healed(existing: Report, new: Report) -> Report | None:
    surfaced = {
        finding.id: finding for finding in new.requirements if _surfaced(existing, new, finding)
    }
    if not surfaced:
        return None
    findings = tuple(surfaced.get(finding.id, finding) for finding in existing.requirements)
    before = tuple(finding for finding in existing.requirements if finding.id in surfaced)
    healed = replace(
        existing,
        student=new.student,
        requirements=findings,
        verdict=overall(findings),
        checked_at=new.checked_at,
        version=new.version,
    )
    names = " and ".join(id_.value for id_ in surfaced)
    return _with_revision(existing, healed, before, f"evidence for {names} surfaced later")


def _surfaced(existing: Report, new: Report, finding: Finding) -> bool:
    # A commitment that asks for less today is no evidence for a week of the past.
    before = existing.finding(finding.id)
    return (
        finding.verdict is Verdict.MET
        and before.verdict in {Verdict.UNMET, Verdict.UNKNOWN}
        and finding.minimum >= before.minimum
        and new.judged_by.count is existing.judged_by.count
    )


def _with_revision(existing: Report, new: Report, before: tuple[Finding, ...], why: str) -> Report:
    revision = Revision(existing.checked_at, existing.version, existing.verdict, before, why)
    return replace(new, revisions=(*existing.revisions, revision))


def _inserted(ledger: Ledger, new: Report) -> Ledger:
    later = (
        index
        for index, line in enumerate(ledger.lines)
        if line.report and line.report.week.start > new.week.start
    )
    at = next(later, len(ledger.lines))
    return Ledger((*ledger.lines[:at], Line(to_line(new), new), *ledger.lines[at:]))


def _replaced(ledger: Ledger, new: Report) -> Ledger:
    def same_week(line: Line) -> bool:
        return line.report is not None and line.report.week.start == new.week.start

    last = max(index for index, line in enumerate(ledger.lines) if same_week(line))
    lines = list(ledger.lines)
    lines[last] = Line(to_line(new), new)
    return Ledger(tuple(lines))
