"""``csc-verify audit``: a coach's command, a published log verified again from public sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from csc_verify.audit import Account, Auditor, Kind, Outcome, Remark, audited
from csc_verify.audit.document import to_document
from csc_verify.audit.page import to_text
from csc_verify.cli import wiring
from csc_verify.cli.attested import with_attestation
from csc_verify.cli.audited_log import find_log
from csc_verify.config import read_settings
from csc_verify.errors import GitHubError, NotFound, PublishError, UsageError
from csc_verify.ledger import of_student, read_ledger
from csc_verify.sources.design import Activities
from csc_verify.verify import account_id
from csc_verify.week import this_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from datetime import datetime

    from csc_verify.cli.audited_log import PublishedLog
    from csc_verify.cli.terminal import Terminal
    from csc_verify.ledger import Ledger
    from csc_verify.verify import Sources

_EXIT_CODES = {Outcome.CONFIRMED: 0, Outcome.CONTRADICTED: 1, Outcome.NOT_RECHECKABLE: 3}


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Verify a log again and print what came of it.

    Raises:
        UsageError: There is no such log.
        GitHubError: GitHub doesn't answer, so that the log can't be read.
    """
    settings = read_settings(env)
    with wiring.open_sources(settings, terminal) as sources:
        found = _find(arguments.log, env, sources)
        now = wiring.clock(settings)
        ledger = read_ledger(found.text)
        if ledger.lines and not ledger.reports:
            raise UsageError(
                f"{found.where} holds no line of a log: {ledger.problems[0]}",
                "Name a repository or a folder with a published log",
            )
        public = _public(sources, found)
        account, remarks = _account(arguments.github, found, ledger, public, now)
        remarks = (*found.remarks, *remarks)
        own = of_student(ledger, account.login, account.id)
        auditor = Auditor(own, account, found.config, public, now)
        audit = audited(found.where, ledger, auditor, found.history(), remarks)
        if arguments.attested:
            audit = with_attestation(audit, arguments, sources.github, found)
    if arguments.format == "json":
        terminal.json(to_document(audit))
    else:
        terminal.page(to_text(audit))
    return _EXIT_CODES[audit.outcome]


def _find(log: str, env: Mapping[str, str], sources: Sources) -> PublishedLog:
    """The log; what stands in the way of reading it has the exit codes of a command that reads."""
    try:
        return find_log(log, env, sources.github)
    except PublishError as error:
        cause = error.__cause__
        if isinstance(cause, NotFound) or cause is None:
            raise UsageError(error.message, error.hint) from None
        raise GitHubError(error.message, error.hint) from None


def _public(sources: Sources, found: PublishedLog) -> Sources:
    """The sources with what the student's repository shows to everybody, and without advice.

    A stranger's configuration never reads this machine's variables or files.
    """
    place = found.config.design.activities
    content = None if place is None or place.startswith("env:") else found.read(place)
    activities = (
        None if content is None else Activities(content, is_secret=False, look_up=lambda _: None)
    )
    return replace(sources, activities=activities, tracker=None, key=None, advised=None)


def _account(
    named: str | None, found: PublishedLog, ledger: Ledger, sources: Sources, now: datetime
) -> tuple[Account, tuple[Remark, ...]]:
    """Whose log it has to be, which the log itself is asked about last of all."""
    owner, configured = found.owner, found.config.github
    newest = ledger.reports[-1].student.github if ledger.reports else ""
    login = named or configured or (owner.login if owner else newest)
    remarks: tuple[Remark, ...] = ()
    is_strange = owner is not None and owner.login.casefold() != login.casefold()
    if owner is not None and is_strange and named is None:
        text = f"the configuration is about {login}, and the repository is {owner.login}'s"
        kind = Kind.OTHER_ACCOUNT if owner.is_person else Kind.ORGANIZATION
        remarks = (Remark(kind, f"{text}; if that is right, say --github {login}"),)
    config = found.config.model_copy(update={"github": login or None})
    number = account_id(config, this_week(now, config.week_starts, config.zone()), sources)
    if number is None:
        # A login that is gone may have been renamed, and its number stays.
        named_so = (
            r.student for r in ledger.reports if r.student.github.casefold() == login.casefold()
        )
        number = next((student.id for student in named_so if student.id is not None), None)
    return Account(login, number), remarks
