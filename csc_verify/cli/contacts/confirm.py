"""``csc-verify contacts confirm``: what a student revealed, against the log, row by row."""

from __future__ import annotations

import json
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

from csc_verify.calendar_text import span_text
from csc_verify.cli.contacts.logs import read_log, week_in
from csc_verify.cli.contacts.private import read_own_file, refuse_on_runner
from csc_verify.config import read_settings
from csc_verify.disclosure import LONGEST_FIELD, Standing, confirm, digests_of, from_document
from csc_verify.errors import UsageError
from csc_verify.escape import plain
from csc_verify.model import RequirementId
from csc_verify.wording import minute

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.disclosure import Confirmation, Disclosure, Row
    from csc_verify.ledger import Ledger
    from csc_verify.model import Report

_SYMBOLS = {Standing.CONFIRMED: "✓", Standing.NOT_COUNTED: "✗", Standing.REPEATED: "✗"}
_WIDTH = 90
_INDENT = " " * 16


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Compare and print.

    Returns:
        0 if exactly the rows that counted are shown, and of the account that the log is about;
        else 1.

    Raises:
        UsageError: The file or the log can't be used.
    """
    refuse_on_runner("confirm", terminal)
    settings = read_settings(env)
    shown = from_document(read_own_file(arguments.file).decode("utf-8", "replace"))
    ledger = read_log(arguments.log, settings)
    report = week_in(ledger, shown.week)
    if not digests_of(report, shown.of):
        raise UsageError(
            f"the log has no digest of {shown.of.value} for the week of {shown.week}",
            "It was counted without a key, so nothing of it can be confirmed",
        )
    found = confirm(shown, report)
    found = replace(found, doubts=(*found.doubts, *_about_log(shown, ledger)))
    terminal.document("\n".join(_lines(shown, report, found)))
    return 0 if found.is_whole else 1


def _about_log(shown: Disclosure, ledger: Ledger) -> Iterator[str]:
    """What of the whole log makes its line one that proves less."""
    # By whatever name the account had.
    if shown.account.lower() not in {line.student.github.lower() for line in ledger.reports}:
        yield f"the file is about another account than the log: {plain(shown.account)}"
    lines = [line.report for line in ledger.lines if line.report]
    if sum(report.week.start == shown.week for report in lines) > 1:
        yield "the log has more than one line for the week"


def _lines(shown: Disclosure, report: Report, found: Confirmation) -> Iterator[str]:
    week = span_text(report.week.start, report.week.end)
    whose = plain(report.student.github) or "a student without a login"
    yield f"{shown.of.value.capitalize()} of {whose}, week of {week}"
    yield f"against the log's line of {minute(report.checked_at)}"
    for revision in report.revisions:
        yield f"before, as of {minute(revision.checked_at)}, the week was {revision.verdict}"
    yield ""
    for row, standing in found.rows:
        yield from _row(row, standing)
    yield ""
    for doubt in found.doubts:
        yield f"✗ {doubt[:1].upper()}{doubt[1:]}."
    yield from _sums(found, report, shown)


def _row(row: Row, standing: Standing) -> Iterator[str]:
    """A row, as much of it as its digest covers."""
    *about, last = map(_quoted, row.fields)
    yield f"{_SYMBOLS[standing]} {standing.value:<13} {row.kind.value}: {', '.join(about)}"
    yield from textwrap.wrap(
        last, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )


def _quoted(text: str) -> str:
    """A field in quotation marks, so that none passes for two; told if it holds what isn't seen."""
    shown = plain(text, LONGEST_FIELD)
    hidden = "" if shown == " ".join(text.split()) else " (signs that can't be seen left out)"
    return json.dumps(shown, ensure_ascii=False) + hidden


def _sums(found: Confirmation, report: Report, shown: Disclosure) -> Iterator[str]:
    confirmed = sum(standing is Standing.CONFIRMED for _, standing in found.rows)
    finding = report.finding(shown.of)
    if found.is_whole:
        yield (
            f"All {_items(found.counted, shown)} of this week are shown, unchanged. The log says:"
            f" {finding.verdict}, {finding.count} of {finding.minimum}."
        )
        return
    yield f"Shown, and unchanged: {confirmed} of {found.counted}."
    if found.dropped:
        yield f"In the log, and not shown, or changed since: {found.dropped}."
    if others := len(found.rows) - confirmed:
        yield f"Shown, and not in the log (added, changed, or of another key): {others}."


def _items(number: int, shown: Disclosure) -> str:
    if shown.of is RequirementId.CONTACTS:
        return f"{number} contacts that counted"
    return f"{number} activities with a secret link that counted"
