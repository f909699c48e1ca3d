"""Who was looked at already, so that a run that was stopped goes on where it was.

A student is done if the week that is asked about was judged, and would not be judged otherwise by
now: its state is the same, and nothing in it is unknown, or it was asked only just now.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from csc_verify.cohort.document import row_from_json, row_to_json
from csc_verify.cohort.pages import CacheError
from csc_verify.errors import RecordError
from csc_verify.model import Verdict

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from csc_verify.cohort.values import Member
    from csc_verify.overview import StudentRow

JUST_NOW: Final = timedelta(hours=1)
"""How long an unknown is not asked about again: whoever stops a run starts it again soon."""
KEPT: Final = timedelta(days=60)
"""After which a row is forgotten."""

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS rows (
    question TEXT PRIMARY KEY,
    row TEXT NOT NULL,
    asked TEXT NOT NULL
) WITHOUT ROWID
"""


class Journal:
    """Rows by what was asked, in a file. A context manager; for one thread.

    Args:
        file: The file; made if it isn't there. As private as the rows.
        now: The command's clock, an instant.

    Raises:
        CacheError: The file is none of these, or can't be written.
    """

    def __init__(self, file: Path, now: datetime) -> None:
        self._now = now
        try:
            self._base = sqlite3.connect(file, timeout=30.0, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute(_TABLE)
            oldest = (now - KEPT).isoformat()
            self._base.execute("DELETE FROM rows WHERE asked < ?", (oldest,))
        except sqlite3.Error as error:
            raise CacheError(
                f"{file} can't be used to go on from: {error}", "Remove it, or name another --state"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with closing(self._base):
            pass

    def done(self, member: Member) -> StudentRow | None:
        """The row of a student who needn't be asked about again; else None."""
        found = self._base.execute(
            "SELECT row, asked FROM rows WHERE question = ?", (_question(member),)
        ).fetchone()
        if found is None:
            return None
        try:
            row, asked = row_from_json(json.loads(found[0])), datetime.fromisoformat(found[1])
        except (RecordError, ValueError):
            # Another version wrote it; the student is asked about again.
            return None
        return row if self._stands(row, member, asked) else None

    def enter(self, member: Member, row: StudentRow) -> None:
        """Keep a student's row, unless nobody could look."""
        if row.trouble is None:
            text = json.dumps(row_to_json(row), ensure_ascii=False)
            values = (_question(member), text, self._now.isoformat())
            self._base.execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", values)

    def _stands(self, row: StudentRow, member: Member, asked: datetime) -> bool:
        weeks = {report.week.start: report for report in row.reports}
        for week in member.weeks:
            report = weeks.get(week.first)
            if report is None or report.week.state is not week.state(self._now):
                return False
            is_open = any(f.verdict is Verdict.UNKNOWN for f in report.requirements)
            if is_open and self._now - asked > JUST_NOW:
                return False
        return True


def _question(member: Member) -> str:
    """What is asked: whom, by which commitment and addresses, about which weeks."""
    asked = repr((member.person, member.config, [week.key for week in member.weeks]))
    return sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()
