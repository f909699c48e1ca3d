"""``cohort.json``: an overview as JSON, one student a line, and back. ``schema`` is 1.

``cohort.schema.json`` beside this module says the same to other programs; ``docs/cohort-json.md``
says it to people.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from csc_verify.errors import RecordError
from csc_verify.escape import plain
from csc_verify.model import Verdict, WeekSpan
from csc_verify.overview import Audience, Checked, Overview, Person, StudentRow, Trouble, mends
from csc_verify.record import from_json, to_json
from csc_verify.version import __version__
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, object]

SCHEMA: Final = 1
_LENGTH: Final = 2000
_MEND: Final = "Make it again with csc-verify cohort"


def to_document(overview: Overview, audience: Audience) -> str:
    """The overview as a JSON document with a line end; for the coach all of it.

    Args:
        overview: Many students in the same week.
        audience: Who may read it.
    """
    head = json.dumps(_head(overview, audience), ensure_ascii=False)
    make = _public if audience is Audience.PUBLIC else _whole
    rows = (json.dumps(make(overview, row), ensure_ascii=False) for row in overview.rows)
    students = ",\n".join(rows)
    return f'{head[:-1]}, "students": [\n{students}\n]}}\n'


def from_document(text: str) -> Overview:
    """Read what :func:`to_document` wrote for a coach.

    Raises:
        RecordError: It is something else; the text says what.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise RecordError("cohort.json is nested too deeply", _MEND) from None
    except ValueError:
        raise RecordError("cohort.json is not JSON", _MEND) from None
    root = _object(data, "cohort.json")
    if root.get("schema") != SCHEMA:
        raise RecordError(
            f"cohort.json has another schema than {SCHEMA}", "Use the csc-verify that wrote it"
        )
    if root.get("audience") != Audience.COACH.value:
        raise RecordError(
            "cohort.json was written for the public, and has not all that is needed",
            "Write it without --public",
        )
    students = root.get("students")
    weeks = root.get("weeks")
    if not isinstance(students, list) or not isinstance(weeks, list):
        raise RecordError("cohort.json lacks its students or weeks", _MEND)
    return Overview(
        week=_week(_object(root.get("week"), "the week")),
        weeks=tuple(_day(week) for week in weeks),
        rows=tuple(map(row_from_json, students)),
        at=_instant(root.get("at")),
    )


def row_to_json(row: StudentRow) -> Json:
    """A student's row as a JSON object, from which it can be read again."""
    person, trouble = row.person, row.trouble
    return {
        "line": person.line,
        "github": person.github,
        "name": person.name,
        "cohort": person.cohort,
        "coach": person.coach,
        "repository": person.repository,
        "identifier": person.identifier,
        "checked": row.checked.value,
        "trouble": None if trouble is None else {"reason": trouble.reason, "hint": trouble.hint},
        "contradictions": list(row.contradictions),
        "newest": row.newest.isoformat() if row.newest else None,
        "weeks": [to_json(report) for report in row.reports],
    }


def row_from_json(data: object) -> StudentRow:
    """Read what :func:`row_to_json` made.

    Raises:
        RecordError: It is something else; the text says what.
    """
    fields = _object(data, "a student")
    trouble, newest, weeks = fields.get("trouble"), fields.get("newest"), fields.get("weeks")
    contradictions = fields.get("contradictions")
    line = fields.get("line")
    if not isinstance(weeks, list) or not isinstance(contradictions, list):
        raise RecordError("a student lacks weeks or contradictions", _MEND)
    if not isinstance(line, int) or isinstance(line, bool):
        raise RecordError("a student's line is no number", _MEND)
    return StudentRow(
        person=Person(
            line=line,
            github=_text(fields, "github"),
            name=_text(fields, "name"),
            cohort=_text(fields, "cohort"),
            coach=_text(fields, "coach"),
            repository=_text(fields, "repository"),
            identifier=_text(fields, "identifier"),
        ),
        reports=tuple(map(from_json, weeks)),
        checked=_checked(fields.get("checked")),
        trouble=None if trouble is None else _trouble(_object(trouble, "a student's trouble")),
        contradictions=tuple(plain(str(text), _LENGTH) for text in contradictions),
        newest=None if newest is None else _day(newest),
    )


def _head(overview: Overview, audience: Audience) -> Json:
    week, counts = overview.week, overview.counts()
    return {
        "schema": SCHEMA,
        "audience": audience.value,
        "version": __version__,
        "at": overview.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "week": {
            "start": week.start.isoformat(),
            "end": week.end.isoformat(),
            "iso": week.iso,
            "state": week.state.value,
        },
        "weeks": [start.isoformat() for start in overview.weeks],
        "counts": {
            **{verdict.value: counts.get(verdict, 0) for verdict in Verdict},
            "failed": counts.get(None, 0),
            "students": len(overview.rows),
        },
    }


def _whole(overview: Overview, row: StudentRow) -> Json:
    verdict, report = overview.verdict(row), row.of_week(overview.week.start)
    return {
        "key": row.person.key,
        "verdict": verdict.value if verdict else None,
        "attention": [reason.value for reason in overview.attention(row)],
        "mend": list(mends(report)) if report else [],
        **row_to_json(row),
    }


def _public(overview: Overview, row: StudentRow) -> Json:
    verdict = overview.verdict(row)
    return {
        "github": row.person.login,
        "verdict": verdict.value if verdict else None,
        "weeks": [
            {"start": report.week.start.isoformat(), "verdict": report.verdict.value}
            for report in row.reports
        ],
    }


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise RecordError(f"{where} is no object", _MEND)
    return value


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise RecordError(f"a student's {key} is no text", _MEND)
    return plain(value)


def _trouble(fields: Mapping[str, object]) -> Trouble:
    reason, hint = fields.get("reason"), fields.get("hint")
    if not isinstance(reason, str) or not isinstance(hint, str):
        raise RecordError("a student's trouble has no reason", _MEND)
    return Trouble(plain(reason, _LENGTH), plain(hint, _LENGTH))


def _checked(value: object) -> Checked:
    try:
        return Checked(str(value))
    except ValueError:
        raise RecordError("a student's 'checked' is none of its values", _MEND) from None


def _week(fields: Mapping[str, object]) -> WeekSpan:
    try:
        state = WeekState(str(fields.get("state")))
    except ValueError:
        raise RecordError("the week's state is none of its values", _MEND) from None
    iso = plain(str(fields.get("iso")))
    return WeekSpan(_day(fields.get("start")), _day(fields.get("end")), iso, state)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise RecordError("a day in cohort.json is none", _MEND) from None


def _instant(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        raise RecordError("the time in cohort.json is none", _MEND) from None
    if at.tzinfo is None:
        raise RecordError("the time in cohort.json has no zone", _MEND)
    return at.astimezone(UTC)
