"""``cohort.csv``: a row a student, keyed like GitHub Classroom's roster, for spreadsheets.

It begins with a byte order mark, without which Excel reads names in the machine's old encoding, and
its lines end as RFC 4180 says. No cell is a formula, whatever somebody's name is.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from csc_verify.escape import spreadsheet_cell
from csc_verify.ledger import streak
from csc_verify.model import RequirementId
from csc_verify.overview import IN_WORDS, Audience, mends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.overview import Overview, StudentRow

_LENGTH: Final = 1000
_BYTE_ORDER_MARK: Final = "\ufeff"
_PUBLIC: Final = ("github_username", "week", "verdict")
_COACH: Final = (
    *("identifier", "github_username", "github_id", "name", "cohort", "coach", "week", "verdict"),
    *(f"{id_.value}{suffix}" for id_ in RequirementId for suffix in ("", "_count")),
    *("weeks_met_in_a_row", "attention", "mend", "checked", "newest_log_week", "trouble"),
)


def render(overview: Overview, audience: Audience) -> str:
    """The table.

    Args:
        overview: Many students in the same week.
        audience: Who may read it.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    is_public = audience is Audience.PUBLIC
    writer.writerow(_PUBLIC if is_public else _COACH)
    for row in overview.rows:
        cells = _public(overview, row) if is_public else _coach(overview, row)
        writer.writerow([spreadsheet_cell(cell, _LENGTH) for cell in cells])
    return _BYTE_ORDER_MARK + lines.getvalue()


def _public(overview: Overview, row: StudentRow) -> tuple[str, ...]:
    return (row.person.login, overview.week.start.isoformat(), _verdict(overview, row))


def _verdict(overview: Overview, row: StudentRow) -> str:
    verdict = overview.verdict(row)
    return verdict.value if verdict else ""


def _coach(overview: Overview, row: StudentRow) -> tuple[str, ...]:
    person, report = row.person, row.of_week(overview.week.start)
    account = report.student.id if report else None
    return (
        person.identifier,
        person.login,
        str(account or ""),
        person.name,
        person.cohort,
        person.coach,
        overview.week.start.isoformat(),
        _verdict(overview, row),
        *_requirements(overview, row),
        str(streak(row.reports)),
        "; ".join(IN_WORDS[reason] for reason in overview.attention(row)),
        "; ".join((*row.contradictions, *(mends(report) if report else ()))),
        row.checked.value,
        row.newest.isoformat() if row.newest else "",
        row.trouble.reason if row.trouble else "",
    )


def _requirements(overview: Overview, row: StudentRow) -> Iterator[str]:
    report = row.of_week(overview.week.start)
    for id_ in RequirementId:
        yield report.finding(id_).verdict.value if report else ""
        yield str(report.finding(id_).count) if report else ""
