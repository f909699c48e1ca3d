"""What a log's versions tell: lines that changed after they were final, weeks that went. Pure.

A final line may change in one way only (contract: "A final line is settled"): its earlier findings
move into its revisions, which only ever grow. What was changed otherwise and put back later is no
more than a mishap that a reader may want to know of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import Kind, Remark, Version
from csc_verify.escape import plain
from csc_verify.ledger import Ledger, read_ledger
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from csc_verify.model import Report

_MOST_NAMED: Final = 5
_AS_IT_IS: Final = "in the log as it is now, since its last commit"
# A run enters the weeks that are due within minutes, however many there are.
_ONE_RUN: Final = timedelta(hours=12)
_SHORT: Final = 10


def remarks_on_history(versions: Sequence[Version]) -> Iterator[Remark]:
    """What is noticed about a log's versions.

    Args:
        versions: Oldest first; the last one is the log as it is.
    """
    weeks: dict[date, _Week] = {}
    read = [
        (version, read_ledger(version.text)) for version in versions if version.text is not None
    ]
    for version, ledger in read:
        _take_in(weeks, ledger, version)
    yield from _about_weeks(weeks)
    yield from _begun_elsewhere([ledger for _, ledger in read if ledger.reports])
    others = [version for version in versions if not version.is_bot]
    if others:
        authors = ", ".join(dict.fromkeys(plain(version.author, 80) for version in others))
        text = f"{_commits(others)} to the log by somebody else than the bot ({authors})"
        yield Remark(Kind.FOREIGN_COMMIT, text)
    unsigned = [version for version in versions if version.is_bot and version.is_signed is False]
    if unsigned:
        yield Remark(Kind.UNSIGNED, f"{_commits(unsigned)} in the bot's name without a signature")


@dataclass(slots=True)
class _Week:
    """What became of a week's line from version to version.

    Attributes:
        stands: The line that counts: the first one, and what it may have turned into since.
        broken: The commit that changed or took out that line otherwise; empty while none did, or
            since it was put back.
        now: What stands there in the version that was read last; None if nothing does.
        mended: Commits that broke it for a while.
    """

    stands: Report
    broken: str = ""
    now: Report | None = None
    mended: list[str] = field(default_factory=list)


def _begun_elsewhere(ledgers: Sequence[Ledger]) -> Iterator[Remark]:
    """A first version that no single run can have written was brought from somewhere."""
    if not ledgers:
        return
    checked = [report.checked_at for report in ledgers[0].reports]
    if max(checked) - min(checked) > _ONE_RUN:
        text = (
            f"the first version that is seen already held {len(checked)} weeks, checked by several"
            " runs: what the log said before lies elsewhere, or is gone"
        )
        yield Remark(Kind.NO_HISTORY, text)


def _take_in(weeks: dict[date, _Week], ledger: Ledger, version: Version) -> None:
    commit = f"in commit {plain(version.commit)[:_SHORT]}" if version.commit else _AS_IT_IS
    for start, report in ledger.by_week.items():
        if start not in weeks:
            weeks[start] = _Week(report, now=report)
    for start, week in weeks.items():
        week.now = ledger.of_week(start)
        if week.now is None and start in ledger.held:
            # It stands there and can't be read; a later version shows what became of it.
            continue
        if week.now is not None and _follows(week.stands, week.now):
            week.stands = week.now
            if week.broken:
                week.mended.append(week.broken)
            week.broken = ""
        elif not week.broken:
            week.broken = commit


def _follows(was: Report, now: Report) -> bool:
    """Whether csc-verify itself might have turned one line into the other."""
    return now == was or was.week.state is not WeekState.FINAL or _is_allowed(was, now)


def _about_weeks(weeks: dict[date, _Week]) -> Iterator[Remark]:
    dropped: dict[str, list[date]] = {}
    mended: dict[str, list[date]] = {}
    for start, week in sorted(weeks.items()):
        for commit in week.mended:
            mended.setdefault(commit, []).append(start)
        if week.broken and week.now is None:
            dropped.setdefault(week.broken, []).append(start)
        elif week.broken and week.now is not None:
            text = (
                f"the final line of the week of {start} was changed {week.broken}, from"
                f" {week.stands.verdict} to {week.now.verdict}, without a revision that says so"
            )
            yield Remark(Kind.LINE_CHANGED, text)
    for commit, starts in dropped.items():
        text = f"{_lines(starts)} taken out {commit}"
        yield Remark(Kind.WEEK_DROPPED, text)
    for commit, starts in mended.items():
        text = f"{_lines(starts)} changed {commit}, and put back later"
        yield Remark(Kind.PUT_BACK, text)


def _lines(starts: Sequence[date]) -> str:
    if len(starts) == 1:
        return f"the line of the week of {starts[0]} was"
    return f"the lines of {len(starts)} weeks ({_named(starts)}) were"


def _named(starts: Sequence[date]) -> str:
    shown = ", ".join(start.isoformat() for start in starts[:_MOST_NAMED])
    more = len(starts) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _is_allowed(was: Report, now: Report) -> bool:
    """Whether a final line changed as csc-verify itself changes one."""
    if now.revisions[: len(was.revisions)] != was.revisions:
        return False
    added = now.revisions[len(was.revisions) :]
    if not added:
        return False
    kept = added[0]
    changed = tuple(f for f in was.requirements if f != now.finding(f.id))
    told = {finding.id: finding for finding in kept.requirements}
    is_told = all(told.get(finding.id) == finding for finding in changed)
    return kept.verdict is was.verdict and kept.checked_at == was.checked_at and is_told


def _commits(versions: Sequence[Version]) -> str:
    shown = ", ".join(plain(version.commit)[:_SHORT] for version in versions[:_MOST_NAMED])
    more = len(versions) - _MOST_NAMED
    count = "1 commit" if len(versions) == 1 else f"{len(versions)} commits"
    return f"{count} ({shown}{f' and {more} more' if more > 0 else ''})"
