"""``csc-verify cohort``: a coach's command, many students at once on one page."""

from __future__ import annotations

import re
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from csc_verify.cli import runner, wiring
from csc_verify.cli.cohort_files import make_room, read_input, write_outputs
from csc_verify.cli.progress import counted
from csc_verify.cohort.confirming import confirmed, not_taken
from csc_verify.cohort.document import from_document, to_document
from csc_verify.cohort.gathering import gathered, in_shard, merged
from csc_verify.cohort.journal import Journal
from csc_verify.cohort.pages import KeptPages
from csc_verify.cohort.values import MOST_WEEKS, Span
from csc_verify.cohort.verifying import Effort, processors, read_cohort, verify_cohort
from csc_verify.config import read_settings
from csc_verify.errors import UsageError
from csc_verify.fetch import HttpFetcher
from csc_verify.github import FOR_MANY, GitHub
from csc_verify.overview import Audience
from csc_verify.roster import read_confirmations, read_roster
from csc_verify.week import WeekStart, read_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Settings
    from csc_verify.overview import Overview, StudentRow
    from csc_verify.roster import Confirmation, Entry

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")
_MOST_CONCURRENCY = 512


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Look at a roster's students, or merge what shards found; write the page and its files.

    Raises:
        UsageError: There is nobody to look at, or an option makes no sense.
        ConfigError: The environment has problems.
    """
    if arguments.roster[0] == "merge":
        overview, complete = _merged(arguments.roster[1:]), True
    elif len(arguments.roster) > 1:
        raise UsageError("more than one roster is named", "Name one; 'cohort merge' takes several")
    else:
        overview, complete = _looked_at(arguments, env, terminal)
    audience = Audience.PUBLIC if arguments.public else Audience.COACH
    write_outputs(Path(arguments.out), overview, audience)
    runner.tell_cohort(overview, audience, arguments.out, read_settings(env))
    if arguments.format == "json":
        terminal.json(to_document(overview, audience))
    elif audience is Audience.COACH:
        # A job's log may be as public as what it publishes.
        terminal.overview(overview)
    terminal.say(f"Written to {arguments.out}: index.html, cohort.json, cohort.csv")
    is_whole = complete and all(row.trouble is None for row in overview.rows)
    return 0 if is_whole else 3


def _merged(folders: Sequence[str]) -> Overview:
    if not folders:
        raise UsageError("no folder to merge is named", "Name the --out of each shard")
    texts = [read_input(Path(folder) / "cohort.json").decode("utf-8") for folder in folders]
    return merged([from_document(text) for text in texts])


def _looked_at(
    arguments: Namespace, env: Mapping[str, str], terminal: Terminal
) -> tuple[Overview, bool]:
    """The overview, and whether every row of the roster is in it."""
    settings = read_settings(env)
    now = wiring.clock(settings)
    span = Span(arguments.week, _between(arguments.weeks, "--weeks", MOST_WEEKS), now)
    # Whether it has begun is each student's zone's; whether it is a week at all is not.
    read_week(span.last, now, WeekStart.MONDAY, ZoneInfo("UTC"))
    name = arguments.roster[0]
    roster = read_roster(read_input(Path(name)), name)
    for problem in roster.problems:
        terminal.say(str(problem))
    entries = _shard(roster.entries, arguments.shard)
    if not roster.entries:
        raise UsageError(f"{name} names no student", "See the columns in docs/roster.md")
    confirmations, complete = _confirmations(arguments.confirmations, terminal)
    asking = _Asking(arguments, settings, span, now, terminal)
    rows = []
    for row in counted(asking.rows(entries), len(entries), terminal):
        own = [one for one in confirmations if one.login.casefold() == row.person.key]
        for text in not_taken(row, own):
            terminal.say(f"{arguments.confirmations}, {text}")
        rows.append(confirmed(row, own))
    return gathered(rows, span), complete and not roster.problems


def _confirmations(file: str | None, terminal: Terminal) -> tuple[tuple[Confirmation, ...], bool]:
    if file is None:
        return (), True
    read = read_confirmations(read_input(Path(file)), file)
    for problem in read.problems:
        terminal.say(str(problem))
    return read.entries, not read.problems


def _shard(entries: tuple[Entry, ...], text: str | None) -> tuple[Entry, ...]:
    if text is None:
        return entries
    found = _SHARD.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]):
        raise UsageError(f"--shard {text} is none", "Write 2/10 for the second of ten")
    return in_shard(entries, int(found[1]), int(found[2]))


def _between(number: int, option: str, most: int) -> int:
    if not 1 <= number <= most:
        raise UsageError(f"{option} {number} can't be", f"Write a number from 1 to {most}")
    return number


@dataclass(frozen=True, slots=True)
class _Asking:
    """How students are asked about."""

    arguments: Namespace
    settings: Settings
    span: Span
    now: datetime
    terminal: Terminal

    def rows(self, entries: tuple[Entry, ...]) -> Iterator[StudentRow]:
        """Each student's row, as it becomes known."""
        asked, span = self.arguments, self.span
        state = Path(asked.state or f"{asked.out.rstrip('/')}.state")
        make_room(state)
        open_fetcher = partial(_open_fetcher, self.settings.allow_hosts, state, self.now)
        with ExitStack() as stack:
            github = stack.enter_context(closing(self._github()))
            if asked.source == "published":
                yield from read_cohort(
                    entries,
                    github,
                    self.now,
                    week=span.last,
                    weeks=span.number,
                    open_fetcher=open_fetcher,
                    sample=asked.sample,
                )
                return
            concurrency = _between(asked.concurrency, "--concurrency", _MOST_CONCURRENCY)
            yield from verify_cohort(
                entries,
                github,
                self.now,
                week=span.last,
                weeks=span.number,
                open_fetcher=open_fetcher,
                effort=Effort(concurrency, processors()),
                journal=stack.enter_context(Journal(state, self.now)),
            )

    def _github(self) -> GitHub:
        token = self.settings.token
        return GitHub(
            token=token.secret if token else None,
            api_url=self.settings.api_url,
            server_url=self.settings.server_url,
            graphql_url=self.settings.graphql_url,
            log=self.terminal.say,
            patience=FOR_MANY,
        )


class _open_fetcher(HttpFetcher):  # noqa: N801  called like a function, in each process
    """A fetcher that keeps what it fetched in a file."""

    def __init__(self, allow_hosts: frozenset[str], state: Path, now: datetime) -> None:
        self._kept = KeptPages(state, now.date())
        super().__init__(allow_hosts=allow_hosts, cache=self._kept)

    def close(self) -> None:
        """Close the connections and the file."""
        super().close()
        self._kept.close()
