"""From a roster's rows to students, and to what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain
from csc_verify.overview import Person
from csc_verify.roster.accounts import Account, read_account, repository_named
from csc_verify.roster.aliases import ROSTER, Column
from csc_verify.roster.cells import Wrong
from csc_verify.roster.columns import columns_of
from csc_verify.roster.files import read_table
from csc_verify.roster.promises import Promise
from csc_verify.roster.telling import Told
from csc_verify.roster.values import Entry, Roster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.roster.columns import Columns
    from csc_verify.roster.table import Row

_ANYBODY: Final = "anybody"
"""Whose settings are read where the login is wrong itself."""
_TEXTS: Final = (
    *(Column.NAME, Column.FIRST_NAME, Column.LAST_NAME),
    *(Column.COHORT, Column.COACH, Column.IDENTIFIER),
)


def read_roster(content: bytes, file: str) -> Roster:
    """The students whom a file names; never raises for what it holds.

    A row with settings (track, time zone, first day, blog, …) makes a configuration. It asks for
    contributions, and for blog posts if it names a blog, as far as the track does; a column
    ``scope`` overrides that. Contacts can't be looked at from a roster: whoever puts them into the
    scope gets ``unknown``. A row without settings stands for the configuration in the student's own
    repository, ``login/login`` where none is named.

    Args:
        content: CSV, YAML or a mere list of logins and repositories.
        file: Its name as the user knows it, for the problems; ``.yml`` makes it YAML.
    """
    told = Told(file)
    table = read_table(content, ROSTER, told)
    if table is None:
        return Roster((), told.problems())
    columns = columns_of(table, ROSTER, told)
    if not (columns.has(Column.GITHUB) or columns.has(Column.REPOSITORY)):
        hint = "Give one of them the heading github or repository"
        told.add(table.line, "no column holds logins or repositories", hint)
        return Roster((), told.problems())
    entries = tuple(_Students(columns, told).entries(table.rows))
    if not entries and not told.problems():
        told.add(None, "names no student", "Write a row for each")
    return Roster(entries, told.problems())


@dataclass(frozen=True, slots=True)
class _Students:
    """Reads row after row.

    Attributes:
        columns: Where to look.
        told: Takes what is wrong.
        seen: Logins and repositories of the rows before, and their lines.
    """

    columns: Columns
    told: Told
    seen: dict[str, int] = field(default_factory=dict)

    def entries(self, rows: Iterator[Row]) -> Iterator[Entry]:
        for row in rows:
            account = self._account(row)
            # All that is wrong with a row is told at once, so its settings are read nonetheless.
            promise = Promise(self.columns, row, self.told)
            config = promise.config(_whose(account) if account else _ANYBODY)
            if account is None or not promise.is_right or self._is_known(account, row):
                continue
            if config is not None:
                account = Account(config.github or "", account.repository)
            yield Entry(self._person(account, row), config)

    def _account(self, row: Row) -> Account | None:
        """The account, its repository always named; None if there is none, which is told."""
        name, wish = (
            self.columns.first(row, column) for column in (Column.GITHUB, Column.REPOSITORY)
        )
        if not name and not wish:
            what = self.columns.called(Column.GITHUB)
            self.told.add(row.line, f"{what} is empty", "The student has yet to tell their login")
            return None
        account = read_account(name) if name else Account()
        if isinstance(account, Wrong):
            self._tell(row, Column.GITHUB, account)
            return None
        repository = _repository(wish, account.login) if wish else ""
        if isinstance(repository, Wrong):
            self._tell(row, Column.REPOSITORY, repository)
            return None
        profile = f"{account.login}/{account.login}"
        return Account(account.login, repository or account.repository or profile)

    def _tell(self, row: Row, column: Column, wrong: Wrong) -> None:
        what = self.columns.called(column)
        self.told.add(row.line, f"{what} {wrong.predicate}", wrong.hint)

    def _is_known(self, account: Account, row: Row) -> bool:
        names = [name for name in (account.login, account.repository) if name]
        for name in names:
            before = self.seen.get(name.casefold())
            if before is not None:
                text = f"{name} stands in line {before} already"
                self.told.add(row.line, text, "Only the first row is looked at")
                return True
        self.seen.update((name.casefold(), row.line) for name in names)
        return False

    def _person(self, account: Account, row: Row) -> Person:
        cells = ((column, self.columns.first(row, column)) for column in _TEXTS)
        texts = {column: plain(cell) if cell else "" for column, cell in cells}
        whole = f"{texts[Column.FIRST_NAME]} {texts[Column.LAST_NAME]}".strip()
        return Person(
            row.line,
            account.login,
            name=texts[Column.NAME] or whole,
            cohort=texts[Column.COHORT],
            coach=texts[Column.COACH],
            repository=account.repository,
            identifier=texts[Column.IDENTIFIER],
        )


def _whose(account: Account) -> str:
    return account.login or account.repository.partition("/")[0]


def _repository(wish: str, login: str) -> str | Wrong:
    """``owner/name`` from a cell, which may hold a name alone where the login is known."""
    if login and "/" not in wish and ":" not in wish:
        named = repository_named(wish, login)
        return named or Wrong("is not a repository's name", "Write owner/name")
    account = read_account(wish)
    if isinstance(account, Wrong):
        return account
    return account.repository or Wrong("names no repository", "Write owner/name")
