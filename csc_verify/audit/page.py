"""An audit as text for a terminal, line by line and without signs of others' making."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import CONTRADICTIONS, Outcome, Provenance
from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.audit.values import Audit, Recheck, WeekAudit

_SYMBOLS: Final = {
    Outcome.CONFIRMED: "✓",
    Outcome.CONTRADICTED: "✗",
    Outcome.NOT_RECHECKABLE: "?",
}
_OF_ALL: Final = {
    Outcome.CONFIRMED: "The log is confirmed",
    Outcome.CONTRADICTED: "The log is contradicted by what is marked ✗ above",
    Outcome.NOT_RECHECKABLE: (
        "Not all of the log could be verified again; nothing contradicts it, and what is marked ?"
        " or ! accuses nobody"
    ),
}
_LENGTH: Final = 400
_SELF_PUBLISHED: Final = (
    "This log is self-published: it lies in a repository whose owner could edit it. A bot's name",
    "or signature proves only that some workflow of that repository wrote it.",
)
_PROVENANCE: Final = {
    Provenance.SELF_PUBLISHED: _SELF_PUBLISHED,
    Provenance.ATTESTED: (
        "This log is attested: csc-verify's own workflow made it, on GitHub's runner.",
    ),
    Provenance.ATTESTED_IN_PART: (
        "This log is attested in part: csc-verify's own workflow added to a log that was there",
        "before, and that its owner could have written.",
    ),
}


def to_text(audit: Audit) -> str:
    """The audit for people, newest week last."""
    return "\n".join(_lines(audit)) + "\n"


def _lines(audit: Audit) -> Iterator[str]:
    yield f"Log of {plain(audit.login) or 'nobody'}, {plain(audit.where)}"
    yield from _PROVENANCE[audit.provenance]
    yield ""
    for week in audit.weeks:
        yield from _week(week)
    if audit.remarks:
        yield ""
        yield "Noticed"
    for remark in audit.remarks:
        sign = "✗" if remark.kind in CONTRADICTIONS else "!"
        yield f"  {sign} {remark.kind.value}: {plain(remark.text, _LENGTH)}"
    yield ""
    yield _sum(audit)


def _week(week: WeekAudit) -> Iterator[str]:
    outcome = week.outcome
    yield f"{_SYMBOLS[outcome]} {week.start}  {week.verdict.value:<8} {outcome.value}"
    for recheck in week.rechecks:
        if recheck.outcome is not Outcome.CONFIRMED or recheck.why:
            yield f"    {_SYMBOLS[recheck.outcome]} {_recheck(recheck)}"


def _recheck(recheck: Recheck) -> str:
    found = f", today {recheck.found}" if recheck.found and recheck.found != recheck.said else ""
    why = f": {plain(recheck.why, _LENGTH)}" if recheck.why else ""
    return f"{recheck.id.value}: the log says {recheck.said}{found}{why}"


def _sum(audit: Audit) -> str:
    counts = Counter(week.outcome for week in audit.weeks)
    said = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome])
    weeks = "1 week" if len(audit.weeks) == 1 else f"{len(audit.weeks)} weeks"
    return f"{weeks}: {said or 'nothing to check'}. {_OF_ALL[audit.outcome]}."
