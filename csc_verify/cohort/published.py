"""What students' own logs say, read from their repositories, and a sample of it verified again.

Reading many logs takes few requests, and shows what nobody else can look at, such as contacts. What
a log says is its owner's word: so some are drawn by lot, and audited now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from csc_verify.audit import Account, Auditor, Outcome
from csc_verify.cohort.files import Wanted, read_files
from csc_verify.cohort.members import CONFIG
from csc_verify.cohort.values import not_asked
from csc_verify.config import Config, read_config
from csc_verify.errors import ConfigError, CscVerifyError, NotFound
from csc_verify.ledger import Ledger, of_student, read_ledger
from csc_verify.overview import Checked, StudentRow
from csc_verify.verify import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

    from csc_verify.cohort.files import File
    from csc_verify.cohort.values import Span
    from csc_verify.fetch import Fetcher
    from csc_verify.github import Deadline, GitHub
    from csc_verify.overview import Person
    from csc_verify.roster import Entry

AT_ONCE: Final = 20
"""Logs in one request: each may be a hundred kilobytes."""


@dataclass(frozen=True, slots=True)
class Log:
    """A student's published log.

    Attributes:
        row: What it says of the weeks that are asked about.
        ledger: The whole of it, without lines about others.
        account: Whose it has to be.
        config: The configuration beside it.
    """

    row: StudentRow
    ledger: Ledger
    account: Account
    config: Config


def published_logs(
    entries: Sequence[Entry], span: Span, github: GitHub, until: Deadline
) -> Iterator[Log | StudentRow]:
    """The log of each student, or the row that says why there is none to read.

    Args:
        entries: Of a roster.
        span: Which weeks are asked about.
        github: Where the logs are.
        until: When all of it has to be over.
    """
    people = {Wanted(entry.person.repository, CONFIG): entry.person for entry in entries}
    places: dict[Wanted, tuple[Person, Config]] = {}
    for wanted, file in read_files(github, tuple(people), until):
        person = people[wanted]
        config = _config(file, person)
        if isinstance(config, StudentRow):
            yield config
        else:
            path = f"{config.publish.directory}/log.jsonl"
            log = Wanted(person.repository, path, config.publish.branch or "")
            places[log] = (replace(person, github=config.github or ""), config)
    for wanted, file in read_files(github, tuple(places), until, AT_ONCE):
        person, config = places[wanted]
        yield _log(file, wanted, person, config, span)


def _config(file: File, person: Person) -> Config | StudentRow:
    if file.error is not None:
        return not_asked(person, file.error)
    if file.repository is None:
        reason = f"there is no public repository {person.repository}"
        return not_asked(person, NotFound(reason, "See how it is spelled, and that it is public"))
    owner = file.repository.partition("/")[0]
    if file.content is None:
        return Config(github=person.github or owner)
    try:
        config = read_config(file.content, f"{CONFIG} in {file.repository}")
    except ConfigError:
        # Their own runs say so; what was published before is still there to be read.
        config = Config()
    return config.model_copy(update={"github": person.github or config.github or owner})


def _log(
    file: File, wanted: Wanted, person: Person, config: Config, span: Span
) -> Log | StudentRow:
    if file.error is not None:
        return not_asked(person, file.error)
    if file.content is None:
        reason = f"there is no {wanted.path} in {wanted.repository}"
        return not_asked(person, NotFound(reason, "Its first run has yet to come, or failed"))
    login = config.github or ""
    is_own = wanted.repository.partition("/")[0].casefold() == login.casefold()
    number = file.owner if is_own else None
    ledger = of_student(read_ledger(file.content.decode("utf-8", "replace")), login, number)
    try:
        starts = {week.first for week in span.weeks_of(config)}
    except CscVerifyError as error:
        return not_asked(person, error)
    reports = tuple(report for report in ledger.reports if report.week.start in starts)
    newest = max(ledger.by_week, default=None)
    row = StudentRow(person, reports, Checked.PUBLISHED, newest=newest)
    return Log(row, ledger, Account(login, number), config)


def drawn(logs: Sequence[Log], number: int, lot: Random) -> frozenset[str]:
    """The keys of some students whose logs say something of the weeks, drawn by lot."""
    keys = sorted(log.row.person.key for log in logs if log.row.reports)
    return frozenset(lot.sample(keys, min(number, len(keys))))


def verified_again(
    logs: Iterable[Log], github: GitHub, fetcher: Fetcher, span: Span
) -> Iterator[StudentRow]:
    """Rows of logs that are audited now, with what contradicts them.

    Args:
        logs: Which.
        github: GitHub, for one student after the other.
        fetcher: Fetches their pages.
        span: Which weeks are asked about.
    """
    for log in logs:
        sources = Sources(github, fetcher, advised=None)
        auditor = Auditor(log.ledger, log.account, log.config, sources, span.now)
        contradictions = [
            f"week of {week.start}: {recheck.id}: the log says {recheck.said}, today"
            f" {recheck.found}" + (f": {recheck.why}" if recheck.why else "")
            for week in map(auditor.week, log.row.reports)
            for recheck in week.rechecks
            if recheck.outcome is Outcome.CONTRADICTED
        ]
        yield replace(log.row, checked=Checked.SAMPLED, contradictions=tuple(contradictions))
