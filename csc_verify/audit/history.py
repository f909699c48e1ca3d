"""What a log's versions tell: lines that changed after they were final, weeks that went. Pure.

A final line may change in one way only (contract: "A final line is settled"): its earlier findings
move into its revisions, which only ever grow.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import Kind, Remark, Version
from csc_verify.escape import plain
from csc_verify.ledger import Ledger, read_ledger
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_verify.model import Report

_MOST_COMMITS: Final = 5
_SHORT: Final = 10


def remarks_on_history(versions: Sequence[Version]) -> Iterator[Remark]:
    """What is noticed about a log's versions.

    Args:
        versions: Oldest first; the last one is the log as it is.
    """
    ledgers = [read_ledger(version.text) for version in versions]
    for (before, after), version in zip(pairwise(ledgers), versions[1:], strict=True):
        yield from _changes(before, after, version)
    others = [version for version in versions if not version.is_bot]
    if others:
        authors = ", ".join(dict.fromkeys(plain(version.author, 80) for version in others))
        text = f"{_commits(others)} to the log by somebody else than the bot ({authors})"
        yield Remark(Kind.FOREIGN_COMMIT, text)
    unsigned = [version for version in versions if version.is_bot and version.is_signed is False]
    if unsigned:
        yield Remark(Kind.UNSIGNED, f"{_commits(unsigned)} in the bot's name without a signature")


def _changes(before: Ledger, after: Ledger, version: Version) -> Iterator[Remark]:
    where = f"in commit {plain(version.commit)[:_SHORT]}"
    for start, was in before.by_week.items():
        now = after.of_week(start)
        if now is None:
            if start not in after.held:
                text = f"the line of the week of {start} was taken out {where}"
                yield Remark(Kind.WEEK_DROPPED, text)
        elif now != was and was.week.state is WeekState.FINAL and not _is_allowed(was, now):
            text = (
                f"the final line of the week of {start} was changed {where}, from {was.verdict} to"
                f" {now.verdict}, without a revision that says so"
            )
            yield Remark(Kind.LINE_CHANGED, text)


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
    shown = ", ".join(plain(version.commit)[:_SHORT] for version in versions[:_MOST_COMMITS])
    more = len(versions) - _MOST_COMMITS
    count = "1 commit" if len(versions) == 1 else f"{len(versions)} commits"
    return f"{count} ({shown}{f' and {more} more' if more > 0 else ''})"
