"""The log as a whole: what it says of each week, what is due, and how a new report enters it.

Pure text in, pure text out. A line that can't be read stays where it is, byte for byte.

A line changes by these rules alone (contract: "Words"):

* a week that is missing gets a line, in its place by date;
* a provisional line (its week was settling) is replaced when its facts change, but what was met
  stays met;
* of a final line, a requirement that was ``unmet`` or ``unknown`` becomes ``met`` when evidence
  surfaces within four weeks; what the line said before is kept in its revisions;
* anything else in a final line changes only by a recheck that somebody asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from csc_verify.errors import RecordError
from csc_verify.model import Claim, Finding, Report, RequirementId, Revision, Verdict
from csc_verify.record import from_line, to_line, week_of_line
from csc_verify.week import Week, WeekState

BY_HAND = "rechecked by hand"
"""Why a line changed that somebody had asked to recheck."""

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


@dataclass(frozen=True)
class Ledger:
    """The log: its lines in the order of the file, oldest week first."""

    lines: tuple[Line, ...] = ()

    @cached_property
    def by_week(self) -> dict[date, Report]:
        """The last readable line of each week, oldest week first."""
        found = {line.report.week.start: line.report for line in self.lines if line.report}
        return {start: found[start] for start in sorted(found)}

    @property
    def reports(self) -> tuple[Report, ...]:
        """The last readable line of each week, oldest week first."""
        return tuple(self.by_week.values())

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each line that can't be read or stands there twice."""
        found = [
            f"line {number}: {line.problem}"
            for number, line in enumerate(self.lines, start=1)
            if line.problem
        ]
        times = Counter(line.report.week.start for line in self.lines if line.report)
        twice = sorted(start for start, count in times.items() if count > 1)
        return (*found, *(f"the week of {start} has more than one line" for start in twice))

    @cached_property
    def held(self) -> frozenset[date]:
        """First days of weeks whose line stands there and can't be read by this version."""
        return frozenset(line.held for line in self.lines if line.held)

    def of_week(self, start: date) -> Report | None:
        """What the log says of a week, or None."""
        return self.by_week.get(start)


def read_ledger(text: str) -> Ledger:
    """Read ``log.jsonl``; blank lines are dropped, every other line is kept."""
    return Ledger(tuple(_read_line(line) for line in text.split("\n") if line.strip()))


def of_student(ledger: Ledger, login: str, known_id: int | None) -> Ledger:
    """The log with lines of anybody else set aside: kept, reported, and not believed.

    A forked profile brings its owner's log along. Lines are somebody else's if their account's
    id, or their login where no id is known, is another.

    Args:
        ledger: The log as it was read.
        login: Whose log it should be, in any case.
        known_id: The account's id, where GitHub told it.
    """

    def own(line: Line) -> Line:
        if line.report is None:
            return line
        student = line.report.student
        ids_known = known_id is not None and student.id is not None
        if student.id == known_id if ids_known else student.github.casefold() == login.casefold():
            return line
        problem = f"it is about {student.github!r} (remove it, if the log isn't theirs)"
        # Where ids are missing it may be the same person under an older login: then the week is
        # neither believed nor entered a second time.
        return Line(line.text, None, problem, None if ids_known else line.report.week.start)

    return Ledger(tuple(own(line) for line in ledger.lines))


def _read_line(text: str) -> Line:
    # What stands around a line is kept with it; only the reader does without.
    content = text.removeprefix("\ufeff").rstrip("\r")
    try:
        return Line(text, from_line(content))
    except RecordError as error:
        hint = f" ({error.hint})" if error.hint else ""
        return Line(text, None, f"{error.message}{hint}", week_of_line(content))


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
        settled_ = _with_what_was_met(existing, new)
        return ledger if _same_facts(existing, settled_) else _replaced(ledger, settled_)
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
    return _replaced(ledger, _with_revision(existing, new, changed, BY_HAND))


def counted_elsewhere(ledger: Ledger, start: date) -> dict[str, Claim]:
    """The posts that the lines of other weeks hold, by address.

    Args:
        ledger: The log.
        start: First day of the week that is asked about.
    """
    return {
        evidence.url: Claim(report.week.start, evidence.title, evidence.at)
        for report in reversed(ledger.reports)
        if report.week.start != start
        for evidence in report.finding(RequirementId.BLOG).evidence
        if evidence.url
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


def _with_what_was_met(existing: Report, new: Report) -> Report:
    """A newer look at a provisional week; what was met once stays met, with its evidence.

    An outage on the next day, or a feed that has moved on, takes nothing back (contract: "``met``
    never becomes ``unmet`` by itself").
    """
    if not _same_promise(existing, new):
        return new
    findings = tuple(
        before
        if (before := existing.finding(finding.id)).verdict is Verdict.MET
        and finding.verdict in {Verdict.UNMET, Verdict.UNKNOWN}
        and finding.minimum <= before.minimum
        else finding
        for finding in new.requirements
    )
    return replace(new, requirements=findings, verdict=overall(findings))


def _same_promise(existing: Report, new: Report) -> bool:
    """Whether two looks at a week are about the same account, days and way of counting."""
    one, other = existing.student, new.student
    same_account = (
        one.id == other.id
        if one.id is not None and other.id is not None
        else one.github.casefold() == other.github.casefold()
    )
    return (
        same_account
        and one.timezone == other.timezone
        and one.track is other.track
        and existing.judged_by.count is new.judged_by.count
    )


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
        student=replace(existing.student, id=new.student.id or existing.student.id),
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
        and _same_promise(existing, new)
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
