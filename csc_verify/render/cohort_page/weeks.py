"""A student's week for the page: what it says in any case, and what it says it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.addresses import web_address
from csc_verify.escape import plain
from csc_verify.model import Verdict
from csc_verify.render.cohort_page.cells import REQUIREMENTS, VERDICTS
from csc_verify.wording import (
    linked,
    minute,
    next_step,
    remarks,
    scope_in_words,
    sealed_in_words,
    verdict_in_words,
    written_time,
)

if TYPE_CHECKING:
    from csc_verify.model import Counted, Finding, LeftOut, Report, Revision
    from csc_verify.record import Json, JsonValue
    from csc_verify.render.cohort_page.texts import Texts

MOST_ITEMS: Final = 40
"""Items of one list that are shown: who lists thousands must not crowd the others out."""


def facts(report: Report, texts: Texts) -> JsonValue:
    """Verdicts, counts and reasons of a week's requirements that were asked for."""
    asked = (finding for finding in report.requirements if finding.verdict is not Verdict.SKIPPED)
    return [
        [
            REQUIREMENTS.index(finding.id),
            VERDICTS.index(finding.verdict),
            finding.count,
            finding.minimum,
            texts.number(finding.reason),
        ]
        for finding in asked
    ]


def evidence(report: Report, texts: Texts) -> JsonValue:
    """Everything else that a report says: evidence, what was left out, notes and revisions."""
    return _without_empty(
        {
            "v": texts.number(verdict_in_words(report)),
            "s": texts.number(scope) if (scope := scope_in_words(report)) else None,
            "t": minute(report.checked_at),
            "f": [
                _finding(finding, report, texts)
                for finding in report.requirements
                if finding.verdict is not Verdict.SKIPPED
            ],
            "o": [_outside(f, texts) for f in report.requirements if f.verdict is Verdict.SKIPPED],
            "r": [_revision(revision, texts) for revision in report.revisions[:MOST_ITEMS]],
        }
    )


def _finding(finding: Finding, report: Report, texts: Texts) -> JsonValue:
    items, sealed = linked(finding), sealed_in_words(finding)
    step = next_step(finding, report.week)
    return _without_empty(
        {
            "w": texts.number(finding.source) if finding.source else None,
            "n": texts.number(step) if step else None,
            "e": [_item(item, texts) for item in items[:MOST_ITEMS]],
            "m": max(0, len(items) - MOST_ITEMS),
            "p": texts.number(sealed) if sealed else None,
            "l": [_left_out(entry, texts) for entry in finding.left_out[:MOST_ITEMS]],
            "k": max(0, len(finding.left_out) - MOST_ITEMS),
            "a": texts.numbers(remarks(finding)[:MOST_ITEMS]),
        }
    )


def _item(item: Counted, texts: Texts) -> JsonValue:
    url = web_address(item.url) or ""
    title = plain(item.title) or plain(item.url)
    return [texts.number(item.kind), url, plain(written_time(item.at)), title, item.count]


def _left_out(entry: LeftOut, texts: Texts) -> JsonValue:
    mend = texts.number(entry.mend) if entry.mend else None
    return [plain(entry.what), texts.number(entry.why), mend]


def _outside(finding: Finding, texts: Texts) -> JsonValue:
    return [REQUIREMENTS.index(finding.id), texts.number(finding.reason)]


def _revision(revision: Revision, texts: Texts) -> JsonValue:
    changed: list[JsonValue] = [
        [REQUIREMENTS.index(f.id), VERDICTS.index(f.verdict), texts.number(f.reason)]
        for f in revision.requirements
    ]
    why = texts.number(revision.why)
    return [minute(revision.checked_at), VERDICTS.index(revision.verdict), why, changed]


def _without_empty(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in (None, [], 0) or key == "v"}
