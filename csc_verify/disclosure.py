"""A week's private evidence, revealed to a coach, and what the log says of it.

A disclosure holds the rows of one week and that week's key. Whoever has the log computes each row's
digest (:mod:`csc_verify.digests`) and finds it there, or doesn't. Pure: texts and values, no files.

The document is JSON, ``schema`` 1, and is read as something that anybody may have written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from csc_verify.digests import LENGTH, digest, week_key
from csc_verify.errors import UsageError
from csc_verify.letters import folded
from csc_verify.model import PRIVATE_KINDS, ItemKind, RequirementId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from csc_verify.model import Report

SCHEMA: Final = 1
MOST_CHARACTERS: Final = 20_000_000
"""Characters of a document that are read."""
MOST_ROWS: Final = 1000
"""Rows that are read; a commitment asks for no more in a week."""
LONGEST_FIELD: Final = 20_000
"""Characters that a field may have, as in a tracker's cell."""

Purpose: TypeAlias = RequirementId
"""What is revealed: ``contacts`` or ``design``."""
PURPOSES: Final = (RequirementId.CONTACTS, RequirementId.DESIGN)

_FIELDS: Final = {
    RequirementId.CONTACTS: ("date", "first_name", "last_name", "title", "employer", "summary"),
    RequirementId.DESIGN: ("date", "title", "link"),
}
_KEY: Final = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
_ANEW: Final = "Ask for it again; csc-verify contacts reveal writes it"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as its digest commits to it.

    Attributes:
        kind: ``contact``, or a design activity's kind.
        fields: Of a contact: day, first and last name, title, employer, summary; of an activity:
            day, title, link.
    """

    kind: ItemKind
    fields: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a student reveals of one week.

    Attributes:
        of: ``contacts`` or ``design``.
        account: The login that the key was derived with.
        week: The week's first day.
        key: The week's key.
        rows: The rows that counted, as far as they are shown.
    """

    of: Purpose
    account: str
    week: date
    key: bytes = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)


class Standing(StrEnum):
    """What the log says of a row that is shown."""

    CONFIRMED = "confirmed"
    NOT_COUNTED = "not counted"
    REPEATED = "shown twice"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a log says of a disclosure.

    Attributes:
        rows: Each row that is shown, with its standing, in their order.
        counted: How many digests the log has of that week.
        dropped: How many of them belong to no row that is shown.
        doubts: What of the line or the rows can't be right, a sentence each without its full stop.
    """

    rows: tuple[tuple[Row, Standing], ...]
    counted: int
    dropped: int
    doubts: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether exactly the rows that counted are shown, and nothing speaks against them."""
        confirmed = all(standing is Standing.CONFIRMED for _, standing in self.rows)
        return confirmed and not self.dropped and not self.doubts


def digests_of(report: Report, of: Purpose) -> tuple[str, ...]:
    """The digests that a line of the log has for what was private."""
    return tuple(it.digest for it in report.finding(of).evidence if it.digest)


def disclose(
    rows: Sequence[Row], of: Purpose, report: Report, secret: str, accounts: Iterable[str]
) -> Disclosure:
    """What to reveal of a week: those rows that the log has a digest of, and no other.

    Args:
        rows: Everything that the student's file holds, of whatever week.
        of: What is revealed.
        report: The week's line of the log.
        secret: The student's key.
        accounts: The names that the account may have had; the one with most rows is taken.
    """
    counted = frozenset(digests_of(report, of))

    def under(account: str) -> Disclosure:
        key = week_key(secret, of, account, report.week.start)
        shown: dict[str, Row] = {}
        for row in rows:
            if (found := _digest(key, row)) in counted:
                shown.setdefault(found, row)
        return Disclosure(of, account, report.week.start, key, tuple(shown.values()))

    return max((under(account) for account in accounts), key=lambda found: len(found.rows))


def confirm(disclosure: Disclosure, report: Report) -> Confirmation:
    """What a week's line of the log says of what is shown.

    Args:
        disclosure: What somebody shows.
        report: The line of that week.
    """
    left = Counter(digests_of(report, disclosure.of))
    counted = left.total()
    rows = []
    seen: set[str] = set()
    for row in disclosure.rows:
        found = _digest(disclosure.key, row)
        if left[found]:
            left[found] -= 1
            standing = Standing.CONFIRMED
        else:
            standing = Standing.REPEATED if found in seen else Standing.NOT_COUNTED
        seen.add(found)
        rows.append((row, standing))
    return Confirmation(tuple(rows), counted, left.total(), tuple(_doubts(disclosure, report)))


def _doubts(disclosure: Disclosure, report: Report) -> Iterator[str]:
    """What the student's own program would never have written: then somebody else has."""
    finding, digests = report.finding(disclosure.of), digests_of(report, disclosure.of)
    if disclosure.of is RequirementId.CONTACTS and finding.count != len(digests):
        yield f"the log counts {finding.count} contacts, and has {len(digests)} digests"
    for number, row in enumerate(disclosure.rows, start=1):
        day, *others = row.fields
        if not _lies_in(day, report):
            yield f"row {number} is dated outside of the week"
        if not all(text.strip() for text in others):
            yield f"row {number} has an empty field"
    people = Counter(tuple(map(folded, row.fields[1:3])) for row in disclosure.rows)
    if disclosure.of is RequirementId.CONTACTS and any(n > 1 for n in people.values()):
        yield "one person is shown in two rows"


def _lies_in(day: str, report: Report) -> bool:
    try:
        return report.week.start <= date.fromisoformat(day) <= report.week.end
    except ValueError:
        return False


def _digest(key: bytes, row: Row) -> str:
    return digest(key, row.kind, row.fields)


def to_document(disclosure: Disclosure) -> str:
    """The disclosure as an indented JSON document with a line end."""
    names = _FIELDS[disclosure.of]
    data = {
        "schema": SCHEMA,
        "of": disclosure.of.value,
        "account": disclosure.account,
        "week": disclosure.week.isoformat(),
        "key": disclosure.key.hex(),
        "rows": [
            {"kind": row.kind.value, **dict(zip(names, row.fields, strict=True))}
            for row in disclosure.rows
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def from_document(text: str) -> Disclosure:
    """Read a document that somebody shows.

    Raises:
        UsageError: It is none; the text says why, and repeats nothing of it.
    """
    if len(text) > MOST_CHARACTERS:
        raise _no_disclosure("it is longer than twenty million characters")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _no_disclosure("it is not JSON") from None
    members = _members(data, {"schema", "of", "account", "week", "key", "rows"}, "it")
    if members["schema"] != SCHEMA:
        raise _no_disclosure("it is of a schema that this version can't read")
    of = next((purpose for purpose in PURPOSES if purpose.value == members["of"]), None)
    key, rows = members["key"], members["rows"]
    if of is None:
        raise _no_disclosure("'of' is neither contacts nor design")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise _no_disclosure(f"'key' is not {LENGTH} hexadecimal digits")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise _no_disclosure(f"'rows' is not a list of at most {MOST_ROWS}")
    return Disclosure(
        of,
        _text(members["account"], "'account'"),
        _day(members["week"]),
        bytes.fromhex(key),
        tuple(_row(row, of, number) for number, row in enumerate(rows, start=1)),
    )


def _row(data: object, of: Purpose, number: int) -> Row:
    where = f"row {number}"
    # A member that no digest covers would be shown as if it were confirmed.
    members = _members(data, {"kind", *_FIELDS[of]}, where)
    kind = next((kind for kind in PRIVATE_KINDS[of] if kind.value == members["kind"]), None)
    if kind is None:
        raise _no_disclosure(f"{where} is of no kind that belongs to {of.value}")
    return Row(kind, tuple(_text(members[name], f"{name!r} of {where}") for name in _FIELDS[of]))


def _members(data: object, names: set[str], where: str) -> dict[str, object]:
    if not isinstance(data, dict) or set(data) != names:
        raise _no_disclosure(f"{where} does not hold exactly {', '.join(sorted(names))}")
    return data


def _text(value: object, where: str) -> str:
    if isinstance(value, str) and len(value) > LONGEST_FIELD:
        raise _no_disclosure(f"{where} is longer than {LONGEST_FIELD:,} characters")
    # Half a character, which JSON can hold, has no bytes that a digest could be made of.
    if not isinstance(value, str) or any("\ud800" <= char <= "\udfff" for char in value):
        raise _no_disclosure(f"{where} is not text")
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value, "'week'"))
    except ValueError:
        raise _no_disclosure("'week' is not a day") from None


def _no_disclosure(reason: str) -> UsageError:
    return UsageError(f"the file that was revealed can't be used: {reason}", _ANEW)
