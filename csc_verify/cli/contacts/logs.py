"""The published log that a command of a coach's or student's is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from csc_verify.cli.contacts.private import read_own_file
from csc_verify.errors import UsageError
from csc_verify.fetch import Absent, HttpFetcher, Page, Unreachable
from csc_verify.ledger import read_ledger

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.config import Settings
    from csc_verify.ledger import Ledger
    from csc_verify.model import Report


MOST_BYTES = 100 * 2**20
"""Bytes that a log may have; ten years of weekly lines take a tenth."""
_RAW = "Open log.jsonl on GitHub, press Raw, and use the address that shows then"


def read_log(log: str, settings: Settings) -> Ledger:
    """The log at a path or an address.

    Raises:
        UsageError: It can't be had.
    """
    content = _fetched(log, settings) if "://" in log else read_own_file(log, MOST_BYTES)
    ledger = read_ledger(content.decode("utf-8", "replace"))
    if ledger.lines and not ledger.reports:
        what = "a web page" if content.lstrip()[:1] == b"<" else "no log"
        raise UsageError(f"what {log} holds is {what}", _RAW)
    return ledger


def _fetched(address: str, settings: Settings) -> bytes:
    with HttpFetcher(allow_hosts=settings.allow_hosts) as fetcher:
        match fetcher.fetch(address):
            case Page(body=body):
                return body
            case Absent():
                raise UsageError("there is no log at that address", _RAW)
            case Unreachable(_, reason):
                mend = "Try again later, or save log.jsonl and name the file"
                raise UsageError(f"the log could not be fetched: {reason}", mend)
            case never:
                assert_never(never)


def week_in(ledger: Ledger, week: date) -> Report:
    """The log's line of a week.

    Raises:
        UsageError: It has none that can be read.
    """
    report = ledger.of_week(week)
    if report is None:
        problems = f" ({'; '.join(ledger.problems[:3])})" if ledger.problems else ""
        raise UsageError(
            f"the log has no line for the week of {week}{problems}",
            "Name a week that is in the log, or the right log",
        )
    return report
