"""One student's week: two requests for the count with its evidence.

::

    look ──> contributions.graphql   reading.py    the count, by day, kind and repository
         ──> evidence.graphql        history.py    single commits, discussions, what doesn't count
                                        │
          weighing.py  the count rule <─┤
          left_out.py, uncounted.py  <──┘  why the rest doesn't count, or not yet

Who contributed to more than a hundred repositories is asked for day by day instead of for single
commits, and whose week GitHub can't work out within its own limits is asked for with numbers alone.
Only the first answer decides: without the second there is less to click.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from csc_verify.errors import GitHubError, NotFound, Unavailable
from csc_verify.github.accounts import Ask, profile_of
from csc_verify.github.queries import document
from csc_verify.model import Evidence, Failed, Found, ItemKind
from csc_verify.sources.contributions.asking import (
    Look,
    not_in_full,
    read_alone,
    totals_document,
    totals_values,
    unknown_login,
    variables,
)
from csc_verify.sources.contributions.history import NOTHING, History, read_history
from csc_verify.sources.contributions.left_out import left_out
from csc_verify.sources.contributions.reading import Collection, read_collection, read_days
from csc_verify.sources.contributions.uncounted import elsewhere, in_doubt, uncounted
from csc_verify.sources.contributions.weighing import SOURCE, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import Answer, Deadline, GitHub
    from csc_verify.week import Week

_MOST_REPOSITORIES: Final = 50
# A commit's author date lies before its committer's, mostly by less than this.
_RECORDED_UP_TO: Final = timedelta(days=14)


def look(github: GitHub, ask: Ask, until: Deadline | None = None) -> Look:
    """What GitHub tells of a login's week; what goes wrong is a value too.

    Args:
        github: GitHub, with or without a token; without one nothing can be asked.
        ask: Whose week. A login that is gone is looked for under its new name if its number is
            known. One that is somebody else's is nobody's: which of the two is meant, only the
            configuration can say.
        until: When it has to be over; by GitHub's own patience if None.
    """
    until = until or github.deadline()
    first = _look(github, ask.login, ask.week, until)
    account = first.evidence.account if isinstance(first.evidence, Found) else None
    if ask.known is None or (account is not None and account.id == ask.known):
        return first
    if isinstance(first.evidence, Found):
        return _another(github, ask)
    return _renamed(github, ask, until) if first.is_absent else first


def parse(
    data: Mapping[str, object], login: str, week: Week, server_url: str, history: History = NOTHING
) -> Evidence:
    """What an answer without errors says.

    Args:
        data: The root fields of the answer, as the API sent them.
        login: The login asked for.
        week: The week asked for.
        server_url: Where people read what the API tells of, without a slash at the end.
        history: What else is known.
    """
    address = profile_of(server_url, login)
    try:
        return weigh(read_collection(data, login, week), history, week, address)
    except Unavailable as error:
        return Failed(SOURCE, address, error.message, error.hint)


def _look(github: GitHub, login: str, week: Week, until: Deadline) -> Look:
    address = _address(github, login)
    try:
        answer = github.query(document("contributions"), variables(login, week), until)
        if answer.errors or answer.data.get("user") is None:
            return _not_answered(github, answer, Ask(login, week), until)
        seen = read_collection(answer.data, login, week)
    except GitHubError as error:
        return Look(Failed(SOURCE, address, error.message, error.hint))
    if seen.lists.unlisted():
        seen, history = _day_by_day(github, seen, week, until), NOTHING
    else:
        history = _history(github, seen, week, until)
    found = weigh(seen, history, week, address)
    missing = uncounted(seen, history, week)
    counted = {item.url for item in found.items if item.kind is ItemKind.COMMIT}
    commits = {c.oid: c for group in history.counted.values() for c in group if c.url in counted}
    whole = replace(
        found,
        items=(*found.items, *in_doubt(missing, seen.login)),
        left_out=(*found.left_out, *left_out(seen, history, week), *elsewhere(missing)),
    )
    return Look(whole, tuple(commits.values()))


def _not_answered(github: GitHub, answer: Answer, ask: Ask, until: Deadline) -> Look:
    error = answer.errors[0] if answer.errors else None
    address = _address(github, ask.login)
    not_found = error.type == "NOT_FOUND" if error else "user" in answer.data
    if answer.data.get("user") is None and not_found:
        return Look(unknown_login(ask.login, address), is_absent=True)
    if error is None or not error.is_too_much:
        return Look(not_in_full(error, address))
    # Sent again it would be too much again; the numbers alone are less.
    numbers = github.query(totals_document(1), totals_values((ask,)), until)
    return Look(read_alone(numbers, ask, 0, address))


def _history(github: GitHub, seen: Collection, week: Week, until: Deadline) -> History:
    """What can be clicked and what doesn't count; nothing if GitHub doesn't tell."""
    places = dict.fromkeys(
        entry.place.node
        for entry in seen.lists.repositories
        if entry.kind is ItemKind.COMMIT and not entry.place.is_private
    )
    asked: dict[str, object] = {
        "login": seen.login,
        "author": seen.node,
        "repositories": list(places)[:_MOST_REPOSITORIES],
        "since": f"{week.first - timedelta(days=1)}T00:00:00Z",
        "until": f"{week.last + _RECORDED_UP_TO}T00:00:00Z",
    }
    try:
        return read_history(github.query(document("evidence"), asked, until).data)
    except GitHubError:
        # The count stands without it; what can't be shown one by one is shown as a number.
        return NOTHING


def _day_by_day(github: GitHub, seen: Collection, week: Week, until: Deadline) -> Collection:
    """The week with the lists of its days, which hold a hundred repositories each."""
    asked: dict[str, object] = {"login": seen.login}
    for number, day in enumerate(week.days, start=1):
        asked |= {f"from{number}": f"{day}T00:00:00Z", f"to{number}": f"{day}T23:59:59Z"}
    try:
        answer = github.query(document("days"), asked, until)
        lists = read_days(answer.data, seen.login)
    except GitHubError:
        return seen
    # Days whose sums are other ones than the week's would prove nothing about it.
    return replace(seen, lists=lists) if lists.totals == seen.lists.totals else seen


def _renamed(github: GitHub, ask: Ask, until: Deadline) -> Look:
    """The week of an account whose login is gone, under the login that it has today."""
    if ask.known is None:
        raise ValueError(ask)
    try:
        today = github.login_of(ask.known, until)
    except NotFound:
        return Look(unknown_login(ask.login, _address(github, ask.login)), is_absent=True)
    except GitHubError as error:
        failed = Failed(SOURCE, _address(github, ask.login), error.message, error.hint)
        return Look(failed, is_absent=True)
    found = _look(github, today, ask.week, until)
    if not isinstance(found.evidence, Found):
        return replace(found, is_absent=True)
    account = found.evidence.account
    if account is None or account.id != ask.known:
        return _another(github, ask)
    note = f"{ask.login} is called {today} on GitHub now; write github: {today}"
    notes = (f"{note} in the configuration", *found.evidence.notes)
    return replace(found, evidence=replace(found.evidence, notes=notes))


def _another(github: GitHub, ask: Ask) -> Look:
    return Look(
        Failed(
            SOURCE,
            _address(github, ask.login),
            f"{ask.login!r} is another account on GitHub than the one that the log is about",
            "Write the login that the account has today under github; for another account, begin "
            "a new log",
        ),
        is_other=True,
    )


def _address(github: GitHub, login: str) -> str:
    return profile_of(github.server_url, login)
