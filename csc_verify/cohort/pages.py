"""Pages that outlive a run, in a file of SQLite's: what has not changed is not sent again.

SQLite comes with Python and is kept better than any cache that is built on it. Those that were
looked at put addresses into the text of their statements, or keep values as pickles.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Final, Self

from csc_verify.errors import UsageError
from csc_verify.fetch import CachedPage

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from types import TracebackType

KEPT_DAYS: Final = 40
"""Days after which a page that nobody asked for again is forgotten."""
MOST_BYTES: Final = 1024 * 1024
"""Of one page: larger ones are rare, and are fetched again."""
WAIT_SECONDS: Final = 30.0
"""How long one process waits for another one to write."""

_TABLE: Final = """
CREATE TABLE IF NOT EXISTS pages (
    address TEXT PRIMARY KEY,
    body BLOB NOT NULL,
    content_type TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    used TEXT NOT NULL
) WITHOUT ROWID
"""


class CacheError(UsageError):
    """The file of what is kept from run to run can't be used."""


class KeptPages(MutableMapping[str, CachedPage]):
    """Pages by address, in a file; threads and processes may share it. Old ones are forgotten.

    Args:
        file: The file; made if it isn't there. As private as what is fetched.
        today: The day, by which pages are forgotten.

    Raises:
        CacheError: The file is none of these, or can't be written.
    """

    def __init__(self, file: Path, today: date) -> None:
        self._today = today.isoformat()
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(
                file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            # A page that is lost with the power is fetched again.
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=OFF")
            self._base.execute(_TABLE)
            self._base.execute(
                "DELETE FROM pages WHERE julianday(?) - julianday(used) > ?",
                (self._today, KEPT_DAYS),
            )
        except sqlite3.Error as error:
            raise CacheError(
                f"{file} can't be used to keep pages: {error}", "Remove it, or name another --state"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()

    def __getitem__(self, address: str) -> CachedPage:
        with self._lock:
            found = self._base.execute(
                "SELECT body, content_type, etag, last_modified FROM pages WHERE address = ?",
                (address,),
            ).fetchone()
        if found is None:
            raise KeyError(address)
        return CachedPage(*found)

    def __setitem__(self, address: str, page: CachedPage) -> None:
        if len(page.body) > MOST_BYTES:
            self.pop(address, None)
            return
        with self._lock:
            self._base.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)",
                (
                    address,
                    page.body,
                    page.content_type,
                    page.etag,
                    page.last_modified,
                    self._today,
                ),
            )

    def __delitem__(self, address: str) -> None:
        with self._lock:
            gone = self._base.execute("DELETE FROM pages WHERE address = ?", (address,))
        if not gone.rowcount:
            raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            rows = self._base.execute("SELECT address FROM pages ORDER BY address").fetchall()
        return (address for (address,) in rows)

    def __len__(self) -> int:
        with self._lock:
            (number,) = self._base.execute("SELECT count(*) FROM pages").fetchone()
        return int(number)
