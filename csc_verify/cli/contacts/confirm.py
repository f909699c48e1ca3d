"""``csc-verify contacts confirm``: what a student revealed, against the log, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.calendar_text import span_text
from csc_verify.cli.contacts.logs import read_log, week_in
from csc_verify.cli.contacts.private import read_own_file, refuse_on_runner
from csc_verify.config import read_settings
from csc_verify.disclosure import Standing, confirm, digests_of, from_document
from csc_verify.errors import UsageError
from csc_verify.escape import plain
from csc_verify.wording import minute

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.disclosure import Confirmation, Disclosure
    from csc_verify.model import Report

_SYMBOLS = {Standing.CONFIRMED: "✓", Standing.NOT_COUNTED: "✗", Standing.REPEATED: "✗"}


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Compare and print.

    Returns:
        0 if exactly the rows that counted are shown, else 1.

    Raises:
        UsageError: The file or the log can't be used.
    """
    refuse_on_runner("confirm", terminal)
    settings = read_settings(env)
    shown = from_document(read_own_file(arguments.file).decode("utf-8", "replace"))
    report = week_in(read_log(arguments.log, settings), shown.week)
    if not digests_of(report, shown.of):
        raise UsageError(
            f"the log has no digest of {shown.of.value} for the week of {shown.week}",
            "It was counted without a key, so nothing of it can be confirmed",
        )
    found = confirm(shown, report)
    terminal.document("\n".join(_lines(shown, report, found)))
    return 0 if found.is_whole else 1


def _lines(shown: Disclosure, report: Report, found: Confirmation) -> Iterator[str]:
    week = span_text(report.week.start, report.week.end)
    whose = plain(report.student.github) or "a student without a login"
    yield f"{shown.of.value.capitalize()} of {whose}, week of {week}"
    yield f"against the log's line of {minute(report.checked_at)}"
    if shown.account.lower() != report.student.github.lower():
        yield f"The file names another account: {plain(shown.account)}."
    yield ""
    for row, standing in found.rows:
        fields = "; ".join(filter(None, (plain(text, 100) for text in row.fields)))
        yield f"{_SYMBOLS[standing]} {standing.value:<11}  {row.kind.value}: {fields}"
    yield ""
    yield from _sums(found)


def _sums(found: Confirmation) -> Iterator[str]:
    if found.is_whole:
        yield f"These are exactly the {found.counted} that counted."
        return
    confirmed = sum(standing is Standing.CONFIRMED for _, standing in found.rows)
    yield f"{confirmed} of the {found.counted} that counted are shown as they were."
    if found.dropped:
        yield f"{found.dropped} that counted are not shown: left away, or changed since."
    if others := len(found.rows) - confirmed:
        yield f"{others} that are shown did not count so: added, changed, or of another key."
