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
from csc_verify.audit.course import remarks_on_course
from csc_verify.audit.history import remarks_on_history
from csc_verify.audit.lines import remarks_on_line
from csc_verify.audit.values import Audit, Kind, Outcome, Recheck, Remark, Version, WeekAudit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Audit",
    "Auditor",
    "Kind",
    "Outcome",
    "Recheck",
    "Remark",
    "Version",
    "WeekAudit",
    "audited",
]


def audited(
    auditor: Auditor, where: str, versions: Sequence[Version], more: Sequence[Remark] = ()
) -> Audit:
    """Verify every line of a log again.

    Args:
        auditor: Knows the log, and asks.
        where: Which log, for a reader.
        versions: The log's versions, oldest first, the last one as it is; empty if they can't be
            seen.
        more: What was noticed while it was read.
    """
    ledger, now = auditor.ledger, auditor.now
    reports = ledger.reports
    config = auditor.config
    remarks = (
        *more,
        *remarks_on_course(ledger, config.since, config.until, now),
        *(remark for report in reports for remark in remarks_on_line(report, now)),
        *remarks_on_history(versions),
    )
    return Audit(
        where=where,
        login=reports[-1].student.github if reports else "",
        weeks=tuple(auditor.week(report) for report in reports),
        remarks=remarks,
        at=now,
    )
