"""The report as JSON, and back: the only owner of the log line's format.

``schema`` is 1. Keys may be added within it; a reader ignores keys that it doesn't know. A line of
another schema, or one that breaks a rule below, raises and is never guessed at.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from csc_verify.addresses import MAX_LENGTH, web_address
from csc_verify.digests import LENGTH as DIGEST_LENGTH
from csc_verify.errors import RecordError
from csc_verify.escape import plain
from csc_verify.model import (
    PRIVATE_KINDS,
    CountBasis,
    Counted,
    Finding,
    JudgedBy,
    LeftOut,
    Report,
    RequirementId,
    Revision,
    Student,
    Track,
    Verdict,
    WeekSpan,
)
from csc_verify.week import FIRST_DAY, LAST_DAY, WeekStart, WeekState

SCHEMA = 1
MAX_LINE = 1_000_000
"""Characters of a log line that are read; a week of evidence takes a few thousand."""

TEXT_LENGTH = 2000
"""Characters that a text of a report may have; longer ones are cut when they are read."""

# Of a line that is too long to be read, the week stands near its beginning all the same.
_START = re.compile(r'"week":\{"start":"(2\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d))"')
_BEGINNING = 2000
_DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}")
_RESTORE = "restore it from the file's history, or remove it"

Json = dict[str, "JsonValue"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | Json
_Choice = TypeVar("_Choice", bound=StrEnum)


def to_json(report: Report) -> Json:
    """The report as the contract's JSON object, keys in the contract's order."""
    return {
        "schema": SCHEMA,
        "student": {
            "github": report.student.github,
            "id": report.student.id,
            "track": report.student.track.value,
            "timezone": report.student.timezone,
        },
        "week": {
            "start": report.week.start.isoformat(),
            "end": report.week.end.isoformat(),
            "iso": report.week.iso,
            "state": report.week.state.value,
            "final": report.week.state is WeekState.FINAL,
        },
        "verdict": report.verdict.value,
        "requirements": [_finding_to_json(finding) for finding in report.requirements],
        "commitment": {
            "scope": [id_.value for id_ in report.judged_by.scope],
            "count": report.judged_by.count.value,
            "week_starts": report.judged_by.week_starts.value,
        },
        "revisions": [_revision_to_json(revision) for revision in report.revisions],
        "checked_at": _instant_to_text(report.checked_at),
        "version": report.version,
    }


def to_line(report: Report) -> str:
    """The report as one line of ``log.jsonl``, without its line end."""
    return json.dumps(to_json(report), ensure_ascii=False, separators=(",", ":"))


def to_document(report: Report) -> str:
    """The report as an indented JSON document with a line end, for ``--format json``."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=2) + "\n"


def from_line(line: str) -> Report:
    """Read one line of ``log.jsonl``.

    Raises:
        RecordError: The line is not a report of this schema; the text says why.
    """
    if len(line) > MAX_LINE:
        raise RecordError("it is longer than a million characters", _RESTORE)
    try:
        data = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise RecordError("it is nested too deeply", _RESTORE) from None
    except ValueError as error:
        raise RecordError("it is not JSON", _RESTORE) from error
    return from_json(data)


def from_json(data: object) -> Report:
    """Read a report from JSON that is loaded already.

    Raises:
        RecordError: It is not a report of this schema; the text says why.
    """
    root = _Reader(data, "the line")
    if root.integer("schema") != SCHEMA:
        raise RecordError(
            f"it has schema {root.integer('schema')}, this version reads {SCHEMA}",
            "use a newer csc-verify",
        )
    return _report_from_json(root)


def week_of_line(line: str) -> date | None:
    """The first day of the week that a line is about, even if the rest can't be read."""
    try:
        if len(line) > MAX_LINE:
            found = _START.search(line, 0, _BEGINNING)
            return date.fromisoformat(found[1]) if found else None
        return _Reader(json.loads(line[:MAX_LINE]), "the line").inner("week").day("start")
    except (ValueError, RecursionError, RecordError):
        return None


def _instant_to_text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _finding_to_json(finding: Finding) -> Json:
    numbers: Json = {}
    if finding.id is RequirementId.CONTRIBUTIONS:
        numbers = {"commits": finding.commits, "contributions": finding.contributions}
    return {
        "id": finding.id.value,
        "verdict": finding.verdict.value,
        "minimum": finding.minimum,
        "count": finding.count,
        **numbers,
        "source": finding.source,
        "evidence": [_counted_to_json(counted) for counted in finding.evidence],
        "left_out": [{"what": o.what, "why": o.why, "mend": o.mend} for o in finding.left_out],
        "reason": finding.reason,
        "notes": list(finding.notes),
    }


def _counted_to_json(counted: Counted) -> Json:
    if counted.digest:
        return {"kind": counted.kind, "digest": counted.digest}
    source: Json = {"written": counted.written, "element": counted.element}
    return {
        "kind": counted.kind,
        "url": counted.url,
        "at": counted.at,
        "title": counted.title,
        "count": counted.count,
        **{name: text for name, text in source.items() if text},
    }


def _revision_to_json(revision: Revision) -> Json:
    return {
        "checked_at": _instant_to_text(revision.checked_at),
        "version": revision.version,
        "verdict": revision.verdict.value,
        "requirements": [_finding_to_json(finding) for finding in revision.requirements],
        "why": revision.why,
    }


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a JSON number")


class _Reader:
    """A JSON object whose members are taken out by type, with a name for error messages."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise RecordError(f"{where} is not an object")
        self._value: dict[str, object] = value
        self._where = where

    def _take(self, key: str) -> object:
        if key not in self._value:
            raise RecordError(f"{self._where} lacks {key!r}")
        return self._value[key]

    def text(self, key: str, limit: int = TEXT_LENGTH) -> str:
        value = self._take(key)
        if not isinstance(value, str):
            raise RecordError(f"{key!r} of {self._where} is not text")
        return plain(value, limit)

    def integer(self, key: str) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
            raise RecordError(f"{key!r} of {self._where} is not a whole number")
        return value

    def optional_integer(self, key: str) -> int | None:
        return None if self._value.get(key) is None else self.integer(key)

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        try:
            return choices(self.text(key))
        except ValueError:
            raise RecordError(f"{key!r} of {self._where} is none of its values") from None

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise RecordError(f"{key!r} of {self._where} is not a day") from None

    def instant(self, key: str) -> datetime:
        try:
            instant = datetime.fromisoformat(self.text(key))
            if instant.tzinfo is not None:
                return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            raise RecordError(f"{key!r} of {self._where} is not a time") from None
        raise RecordError(f"{key!r} of {self._where} has no zone")

    def address(self, key: str) -> str:
        url = web_address(self.text(key, MAX_LENGTH + 1))
        if url is None:
            raise RecordError(f"{key!r} of {self._where} is not a web address")
        return url

    def digest(self, key: str) -> str:
        text = self.text(key)
        if not _DIGEST.fullmatch(text):
            raise RecordError(f"{key!r} of {self._where} is not a digest")
        return text

    def inner(self, key: str) -> _Reader:
        return _Reader(self._take(key), key)

    def values(self, key: str) -> list[object]:
        value = self._take(key)
        if not isinstance(value, list):
            raise RecordError(f"{key!r} of {self._where} is not a list")
        return value

    def objects(self, key: str) -> list[_Reader]:
        return [_Reader(value, f"an entry of {key}") for value in self.values(key)]

    def texts(self, key: str) -> list[str]:
        values = self.values(key)
        if not all(isinstance(value, str) for value in values):
            raise RecordError(f"{key!r} of {self._where} is not a list of texts")
        return [plain(str(value), TEXT_LENGTH) for value in values]

    def has(self, key: str) -> bool:
        return key in self._value


def _report_from_json(root: _Reader) -> Report:
    student, week = root.inner("student"), root.inner("week")
    track = student.choice("track", Track)
    findings = tuple(_finding_from_json(entry) for entry in root.objects("requirements"))
    if [finding.id for finding in findings] != list(RequirementId):
        raise RecordError("'requirements' does not hold the four requirements in their order")
    span = WeekSpan(
        week.day("start"), week.day("end"), week.text("iso"), week.choice("state", WeekState)
    )
    if not FIRST_DAY <= span.start <= LAST_DAY:
        raise RecordError(f"no commitment has a week of {span.start}", _RESTORE)
    if (span.end - span.start).days != 6:  # noqa: PLR2004  a week's last day
        raise RecordError("'week' is not seven days long")
    return Report(
        student=Student(
            student.text("github"), student.optional_integer("id"), track, student.text("timezone")
        ),
        week=span,
        verdict=root.choice("verdict", Verdict),
        requirements=findings,
        judged_by=_judged_by_from_json(root, track),
        checked_at=root.instant("checked_at"),
        version=root.text("version"),
        revisions=tuple(_revision_from_json(entry) for entry in root.objects("revisions")),
    )


def _judged_by_from_json(root: _Reader, track: Track) -> JudgedBy:
    if not root.has("commitment"):
        return JudgedBy(track.requirements)
    commitment = root.inner("commitment")
    try:
        scope = tuple(RequirementId(text) for text in commitment.texts("scope"))
    except ValueError:
        raise RecordError("'scope' names something that is no requirement") from None
    return JudgedBy(
        scope, commitment.choice("count", CountBasis), commitment.choice("week_starts", WeekStart)
    )


def _finding_from_json(entry: _Reader) -> Finding:
    return Finding(
        id=entry.choice("id", RequirementId),
        verdict=entry.choice("verdict", Verdict),
        minimum=entry.integer("minimum"),
        count=entry.integer("count"),
        source=entry.text("source"),
        reason=entry.text("reason"),
        evidence=_evidence_from_json(entry),
        left_out=tuple(
            LeftOut(o.text("what"), o.text("why"), o.text("mend"))
            for o in entry.objects("left_out")
        ),
        notes=tuple(entry.texts("notes")),
        commits=entry.optional_integer("commits"),
        contributions=entry.optional_integer("contributions"),
    )


def _evidence_from_json(entry: _Reader) -> tuple[Counted, ...]:
    evidence = tuple(_counted_from_json(counted) for counted in entry.objects("evidence"))
    private = [counted for counted in evidence if counted.digest]
    kinds = PRIVATE_KINDS.get(entry.choice("id", RequirementId), frozenset())
    if any(counted.kind not in kinds for counted in private):
        raise RecordError("'evidence' holds a digest of what is never private")
    if len({counted.digest for counted in private}) < len(private):
        raise RecordError("'evidence' holds a digest twice")
    return evidence


def _counted_from_json(entry: _Reader) -> Counted:
    if entry.has("digest"):
        return Counted(entry.text("kind"), "", "", "", digest=entry.digest("digest"))
    return Counted(
        kind=entry.text("kind"),
        url=entry.address("url"),
        at=entry.text("at"),
        title=entry.text("title"),
        count=entry.integer("count"),
        written=entry.text("written") if entry.has("written") else "",
        element=entry.text("element") if entry.has("element") else "",
    )


def _revision_from_json(entry: _Reader) -> Revision:
    return Revision(
        checked_at=entry.instant("checked_at"),
        version=entry.text("version"),
        verdict=entry.choice("verdict", Verdict),
        requirements=tuple(_finding_from_json(e) for e in entry.objects("requirements")),
        why=entry.text("why"),
    )
