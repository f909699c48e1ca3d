"""What a person confirms: that a requirement was met which no program could verify."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from csc_verify.config.forms import one_of, quoted
from csc_verify.escape import plain
from csc_verify.model import RequirementId
from csc_verify.roster.accounts import Account, read_account
from csc_verify.roster.aliases import CONFIRMATIONS, Column
from csc_verify.roster.cells import Wrong
from csc_verify.roster.columns import columns_of, missing
from csc_verify.roster.files import read_table
from csc_verify.roster.telling import Told
from csc_verify.roster.values import Confirmation, Confirmations
from csc_verify.week import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.roster.columns import Columns
    from csc_verify.roster.table import Row, Table

_NEEDED: Final = tuple(CONFIRMATIONS.aliases)
_LONGEST: Final = 500
"""Characters of a text that are kept: a reason may be a sentence or two."""
_WEEK: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}-[0-9]{2}|-?W[0-9]{2})", re.IGNORECASE)


def read_confirmations(content: bytes, file: str) -> Confirmations:
    """What a file confirms; never raises for what it holds.

    Args:
        content: CSV or YAML, with login, week, requirement, by and reason in each row.
        file: Its name as the user knows it, for the problems; ``.yml`` makes it YAML.
    """
    told = Told(file)
    table = read_table(content, CONFIRMATIONS, told)
    entries = () if table is None else tuple(_confirmations(table, told))
    return Confirmations(entries, told.problems())


def _confirmations(table: Table, told: Told) -> Iterator[Confirmation]:
    columns = columns_of(table, CONFIRMATIONS, told)
    lacking = tuple(missing(columns, _NEEDED))
    if lacking:
        hint = f"The headings are {CONFIRMATIONS.example}"
        told.add(table.line, f"no column is {' or '.join(map(quoted, lacking))}", hint)
        return
    seen: dict[tuple[str, date, RequirementId], int] = {}
    for row in table.rows:
        found = _confirmation(row, columns, told)
        if found is None:
            continue
        before = seen.setdefault((found.login.casefold(), found.day, found.requirement), row.line)
        if before == row.line:
            yield found
        else:
            told.add(row.line, f"says what line {before} says", "Only the first row is looked at")


def _confirmation(row: Row, columns: Columns, told: Told) -> Confirmation | None:
    """One row; None if something is wrong with it, all of which is told."""
    texts = {column: plain(columns.first(row, column), _LONGEST) for column in _NEEDED}
    login = _login(texts[Column.LOGIN])
    day = _day(texts[Column.WEEK])
    requirement = _requirement(texts[Column.REQUIREMENT])
    read = {Column.LOGIN: login, Column.WEEK: day, Column.REQUIREMENT: requirement}
    for column, text in texts.items():
        value = read.get(column)
        if not text:
            told.add(row.line, f"{columns.called(column)} is empty", "Fill it in")
        elif isinstance(value, Wrong):
            told.add(row.line, f"{columns.called(column)} {value.predicate}", value.hint)
    if isinstance(login, Wrong) or isinstance(day, Wrong) or isinstance(requirement, Wrong):
        return None
    by, reason = texts[Column.BY], texts[Column.REASON]
    if not by or not reason:
        return None
    return Confirmation(row.line, login, texts[Column.WEEK], day, requirement, by, reason)


def _login(text: str) -> str | Wrong:
    match read_account(text):
        case Account(login=login) if login:
            return login
        case Wrong() as wrong:
            return wrong
        case _:
            return Wrong(f"is no login: {quoted(text)}", "Write the student's login")


def _day(text: str) -> date | Wrong:
    try:
        day = date.fromisoformat(text.upper()) if _WEEK.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        hint = "Write a day of it such as 2026-11-18, or an ISO week such as 2026-W47"
        return Wrong(f"is not a week: {quoted(text)}", hint)
    return day


def _requirement(text: str) -> RequirementId | Wrong:
    known = {id_.value: id_ for id_ in RequirementId}
    word = text.casefold()
    return known.get(word) or Wrong(f"cannot be {quoted(text)}", one_of(text, known))
