"""The weekly run: the only pipeline, from a configuration to a commit.

::

    Snapshot ──▶ Ledger ──▶ weeks_due ──▶ verify_week … ──▶ enter          prepare
                           (schedule)      (verify)      (ledger)
                                                              │
                Changes ◀── render ◀── Ledger ◀───────────────┘
                   │
                   └──▶ Snapshot.commit ──▶ HeadMoved? look again          deliver

Data never flows back. Nothing here prints, exits, asks the time or opens a connection: the clock,
the sources and the store are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.ledger import (
    Ledger,
    counted_elsewhere,
    enter,
    enter_recheck,
    of_student,
    read_ledger,
    write_ledger,
)
from csc_verify.model import Claim, FileChange, Report
from csc_verify.render import badge, history, log, readme
from csc_verify.schedule import Asked, weeks_due
from csc_verify.verify import Known, Sources, account_id, verify_week
from csc_verify.week import Week, last_week, this_week

if TYPE_CHECKING:
    from datetime import date, datetime

    from csc_verify.config import Config
    from csc_verify.publish.store import Published, Snapshot, Store
    from csc_verify.render.log import Standing
    from csc_verify.render.readme import Links

PUBLISHED = ("badge.svg", "badge.json", "log.jsonl", "log.md", "history.svg")
"""The files that a run makes in ``publish.directory``."""

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where the published files live.

    Attributes:
        directory: Relative to the repository's root.
        readme: The README's path, or None to leave it alone.
        links: Addresses of the published files, as the README names them.
        standing: Whose word the published log is.
    """

    directory: str
    readme: str | None
    links: Links
    standing: Standing

    def path(self, name: str) -> str:
        """The path of a published file."""
        return f"{self.directory}/{name}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run found and what it would write. Nothing is written yet.

    Attributes:
        report: What is known of the week that was asked for.
        progress: The running week so far, never published.
        ledger: The log as it shall be.
        changes: The files that differ, as they shall be; empty if nothing is new.
        entered: The weeks whose lines are new or changed, oldest first.
        warnings: What somebody should know, a sentence each.
    """

    report: Report
    progress: Report
    ledger: Ledger
    changes: tuple[FileChange, ...]
    entered: tuple[Report, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class Run:
    """One run's question, asked once however often the branch moves meanwhile.

    Attributes:
        config: What was promised, and where to look.
        now: The clock, an instant.
        asked: What somebody asked for by name.
        sources: Where evidence comes from.
        place: Where the files live.
    """

    config: Config
    now: datetime
    asked: Asked
    sources: Sources
    place: Place
    _verified: dict[tuple[date, tuple[tuple[str, Claim], ...]], Report] = field(
        default_factory=dict
    )

    def prepare(self, snapshot: Snapshot) -> Prepared:
        """Verify what is due and render everything, against one state of the files.

        Raises:
            PublishError: A published file is there and can't be read.
        """
        before, progress = self._own_log(snapshot)
        if before is None:
            return self._untold(progress)
        due = weeks_due(self.config, before, self.now, self.asked)
        ledger, entered = before, []
        for week in due.weeks:
            changed = self._enter(ledger, week)
            if changed != ledger and (report := changed.of_week(week.first)):
                entered.append(report)
            ledger = changed
        changes, warnings = _render(snapshot, self.place, ledger)
        if due.overlapping:
            first, more = due.overlapping[-1].key, len(due.overlapping) - 1
            others = f" and {more} before it have" if more else " has"
            warnings += (f"the week of {first}{others} no line, since others overlap it",)
        if due.postponed:
            warnings = (*warnings, f"{due.postponed} older weeks are left for the next run")
        return Prepared(
            report=self._asked_report(ledger),
            progress=progress,
            ledger=ledger,
            changes=changes,
            entered=tuple(entered),
            warnings=warnings,
        )

    def _own_log(self, snapshot: Snapshot) -> tuple[Ledger | None, Report]:
        """The log without others' lines, and the running week, which mostly tells whose it is.

        The log is None if it names other logins alone and nobody can tell whether that is a new
        name for the same account.
        """
        log_ = read_ledger(_text(snapshot, self.place.path("log.jsonl")))
        week = this_week(self.now, self.config.week_starts, self.config.zone())
        progress = self._verify(week, log_)
        login, known = self.config.github or "", progress.student.id
        names = {report.student.github.casefold() for report in log_.reports}
        if known is None and names - {login.casefold()}:
            known = account_id(self.config, week, self.sources)
            if known is None and login.casefold() not in names:
                return None, progress
        return of_student(log_, login, known), progress

    def _untold(self, progress: Report) -> Prepared:
        """What there is to say while nobody can tell whose log it is: nothing is entered."""
        warning = (
            f"{self.place.path('log.jsonl')} is about another login, and GitHub did not tell "
            "whether that is an older name of this account, so nothing was changed"
        )
        return Prepared(progress, progress, Ledger(), (), (), (warning,))

    def _enter(self, ledger: Ledger, week: Week) -> Ledger:
        report = self._verify(week, ledger)
        rechecked = self.asked.recheck is not None and self.asked.recheck.first == week.first
        return enter_recheck(ledger, report) if rechecked else enter(ledger, report)

    def _asked_report(self, ledger: Ledger) -> Report:
        week = self.asked.recheck or self.asked.week
        if week is None:
            week = last_week(self.now, self.config.week_starts, self.config.zone())
        return ledger.of_week(week.first) or self._verify(week, ledger)

    def _verify(self, week: Week, ledger: Ledger) -> Report:
        elsewhere = counted_elsewhere(ledger, week.first)
        key = (week.first, tuple(elsewhere.items()))
        if key not in self._verified:
            known = Known(elsewhere, _known_id(self.config.github, ledger))
            report = verify_week(self.config, week, self.now, self.sources, known)
            self._verified[key] = _with_known_id(report, known.account)
        return self._verified[key]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a run found, and what became of it.

    Attributes:
        prepared: What was found.
        published: Where it was written to; None if nothing was new, or if it failed.
        failure: Why it could not be written; None if it was, or needn't be.
        kept_in: The folder that holds what another step commits; empty if none does.
    """

    prepared: Prepared
    published: Published | None = None
    failure: PublishError | None = None
    kept_in: str = ""


def preview(run: Run, store: Store) -> Delivery:
    """Prepare, and write nothing.

    Raises:
        PublishError: The files can't be read.
    """
    return Delivery(run.prepare(store.snapshot()))


def deliver(run: Run, store: Store) -> Delivery:
    """Prepare and publish; when somebody else wrote meanwhile, look again and do it again.

    Returns:
        What was found and what became of it. A failure to write is a value here, so that the
        report can still be shown.

    Raises:
        PublishError: The files can't be read.
    """
    for _ in range(_TRIES):
        snapshot = store.snapshot()
        prepared = run.prepare(snapshot)
        try:
            if not prepared.changes:
                return Delivery(prepared, published=snapshot.catch_up())
            message = commit_message(prepared)
            return Delivery(prepared, published=snapshot.commit(prepared.changes, message))
        except HeadMoved as error:
            failure: PublishError = error
        except PublishError as error:
            return Delivery(prepared, failure=error)
    return Delivery(prepared, failure=_kept_moving(failure))


def _kept_moving(last: PublishError) -> PublishError:
    return PublishError(
        f"somebody else kept writing: after {_TRIES} tries, {last.message}",
        "Run it again when the other jobs are done, or give the workflow a concurrency group",
    )


def commit_message(prepared: Prepared) -> str:
    """The commit's message: the newest week that changed, and one line for each."""
    if not prepared.entered:
        return "Render the commitment log again"
    newest = prepared.entered[-1]
    lines = [f"- week of {r.week.start}: {r.verdict.value}" for r in prepared.entered]
    headline = f"Log the week of {newest.week.start}: {newest.verdict.value}"
    return headline + "\n\n" + "\n".join(lines)


def _known_id(login: str | None, ledger: Ledger) -> int | None:
    """The number of the account that had a login when the log was last written."""
    wanted = (login or "").casefold()
    ids = (r.student.id for r in reversed(ledger.reports) if r.student.github.casefold() == wanted)
    return next((id_ for id_ in ids if id_ is not None), None)


def _with_known_id(report: Report, known: int | None) -> Report:
    if report.student.id is not None:
        return report
    return replace(report, student=replace(report.student, id=known))


def _text(snapshot: Snapshot, path: str) -> str:
    content = snapshot.read(path)
    # A broken byte makes its line unreadable, and an unreadable line is kept as it is.
    return "" if content is None else content.decode("utf-8", "surrogateescape")


def _render(
    snapshot: Snapshot, place: Place, ledger: Ledger
) -> tuple[tuple[FileChange, ...], tuple[str, ...]]:
    reports = ledger.reports
    texts = (
        badge.render_svg(reports),
        badge.render_endpoint(reports),
        write_ledger(ledger),
        log.render(reports, ledger.problems, place.standing),
        history.render(reports),
    )
    contents = {
        place.path(name): text.encode("utf-8", "surrogateescape")
        for name, text in zip(PUBLISHED, texts, strict=True)
    }
    page, warnings = _readme(snapshot, place, reports)
    if page is not None and place.readme is not None:
        contents[place.readme] = page
    changes = tuple(
        FileChange(path, content)
        for path, content in contents.items()
        if snapshot.read(path) != content
    )
    problems = tuple(
        f"{place.path('log.jsonl')}, {problem}; it was kept as it is" for problem in ledger.problems
    )
    return changes, (*problems, *warnings)


def _readme(
    snapshot: Snapshot, place: Place, reports: tuple[Report, ...]
) -> tuple[bytes | None, tuple[str, ...]]:
    if place.readme is None:
        return None, ()
    before = snapshot.read(place.readme)
    if before is None:
        return None, (f"there is no {place.readme} to show the badge in",)
    match readme.update(before.decode("utf-8", "surrogateescape"), reports, place.links):
        case readme.Updated(text):
            return text.encode("utf-8", "surrogateescape"), ()
        case readme.NoMarkers():
            return None, (
                (
                    f"{place.readme} has no place for the badge; put the two lines "
                    "<!-- csc:start --> and <!-- csc:end --> where it shall stand"
                ),
            )
        case readme.BrokenMarkers(reason):
            return None, (f"{place.readme} was left alone: {reason}",)
        case never:
            assert_never(never)
