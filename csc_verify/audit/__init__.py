"""A published log, verified again from public sources.

::

    log ──▶ Auditor.week, line by line                        does the world say the same today?
        ──▶ lines.py, course.py                               does the log agree with itself?
    its versions ──▶ history.py                               was it changed after it was final?

Nothing here accuses anybody of what can't be seen any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.audit.asking import Auditor
from csc_verify.audit.commits import Account
from csc_verify.audit.course import remarks_on_course
from csc_verify.audit.history import remarks_on_history
from csc_verify.audit.lines import remarks_on_line
from csc_verify.audit.values import (
    Audit,
    History,
    Kind,
    Outcome,
    Provenance,
    Recheck,
    Remark,
    Version,
    WeekAudit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_verify.ledger import Ledger

__all__ = [
    "Account",
    "Audit",
    "Auditor",
    "History",
    "Kind",
    "Outcome",
    "Provenance",
    "Recheck",
    "Remark",
    "Version",
    "WeekAudit",
    "audited",
]


def audited(
    where: str, log: Ledger, auditor: Auditor, history: History, more: Sequence[Remark] = ()
) -> Audit:
    """Verify every line of a log again.

    Args:
        where: Which log, for a reader.
        log: The log as it was read; the auditor has it without lines about others.
        auditor: Asks.
        history: The log's versions, the last one as it is; empty if they can't be seen.
        more: What was noticed while it was read.
    """
    ledger, now, config = auditor.ledger, auditor.now, auditor.config
    reports = ledger.reports
    remarks = (
        *more,
        *_about_others(log, ledger),
        *remarks_on_course(log, reports, config.since, config.until, now),
        *(remark for report in reports for remark in remarks_on_line(report, now)),
        *remarks_on_history(history.versions),
        *history.remarks,
    )
    # The newest first, since the time and the quota of a token end somewhere.
    weeks = [auditor.week(report) for report in reversed(reports)]
    return Audit(
        where=where,
        login=auditor.account.login,
        weeks=tuple(reversed(weeks)),
        remarks=remarks,
        at=now,
    )


def _about_others(log: Ledger, own: Ledger) -> Iterator[Remark]:
    theirs = [
        line.report
        for line, kept in zip(log.lines, own.lines, strict=True)
        if line.report is not None and kept.report is None
    ]
    logins = dict.fromkeys(report.student.github for report in theirs)
    if theirs:
        lines = "1 line is" if len(theirs) == 1 else f"{len(theirs)} lines are"
        yield Remark(Kind.OTHER_ACCOUNT, f"{lines} about another account: {', '.join(logins)}")
