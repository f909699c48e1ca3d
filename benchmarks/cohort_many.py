"""``make bench``: a whole cohort, as ratios to fetching its addresses raw, and to a feed reader.

A thousand students: GitHub behind 50 ms, a thousand feeds of about 18 KB, each on a host of its own
(:mod:`benchmarks.cohort_server`). "Raw" asks for the same addresses with as many threads of
``requests``, and reads nothing. ``reader`` (lemon24) updates the same feeds with as many workers.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import urlopen

import requests
from reader import make_reader

from benchmarks.cohort_server import Tally, host_of
from csc_verify.cohort.journal import Journal
from csc_verify.cohort.pages import KeptPages
from csc_verify.cohort.verifying import Effort, processors, verify_cohort
from csc_verify.fetch import HttpFetcher
from csc_verify.github import FOR_MANY, GitHub
from csc_verify.roster import read_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from csc_verify.overview import StudentRow
    from csc_verify.roster import Entry

STUDENTS, MANY, RUNS, CONCURRENCY = 1_000, 10_000, 3, 32
NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)


class Cohort:
    """A server with some students, and what asks it.

    Args:
        students: How many.
        bad: How many of their feeds are dead, slow or hostile.
        port: Where the server listens.
    """

    def __init__(self, students: int, port: int) -> None:
        self.students = students
        self.base = f"http://127.0.0.1:{port}"
        self.urls = [f"http://{host_of(n)}:{port}/feed/{n}" for n in range(students)]
        self.hosts = frozenset(host_of(n) for n in range(students))
        rows = (f"student-{n},{url}\n" for n, url in enumerate(self.urls))
        self.roster = ("github,blog\n" + "".join(rows)).encode()

    def entries(self) -> tuple[Entry, ...]:
        """The roster, read."""
        return read_roster(self.roster, "roster.csv").entries

    def tally(self) -> Tally:
        """What was asked since the last time."""
        with urlopen(f"{self.base}/tally") as answer:  # noqa: S310  our own server
            return Tally(**json.load(answer))

    def ours(self, state: Path | None = None, *, goes_on: bool = False) -> list[StudentRow]:
        """The cohort verified: roster in, rows out."""
        opened = partial(_opened, self.hosts, state)
        github = GitHub("ghp_bench", self.base, self.base, patience=FOR_MANY)
        effort = Effort(CONCURRENCY, processors())
        with closing(github), _journal(state if goes_on else None) as journal:
            return list(
                verify_cohort(
                    self.entries(), github, NOW, open_fetcher=opened, effort=effort, journal=journal
                )
            )

    def raw(self) -> int:
        """The same addresses, fetched and not read."""
        local = threading.local()

        def get(url: str) -> int:
            if not hasattr(local, "session"):
                local.session = requests.Session()
                local.session.trust_env = False
            return len(local.session.get(url, timeout=20).content)

        def numbers() -> None:
            with requests.Session() as session:
                session.trust_env = False
                for first in range(0, self.students, 40):
                    names = {f"login{n}": f"student-{first + n}" for n in range(40)}
                    days = {f"from{n}": "2026-11-16T00:00:00Z" for n in range(40)}
                    body = {"query": "", "variables": names | days}
                    session.post(f"{self.base}/graphql", json=body, timeout=20).json()

        with ThreadPoolExecutor(CONCURRENCY) as pool:
            asked = pool.submit(numbers)
            size = sum(pool.map(get, self.urls))
            asked.result()
        return size

    def reader(self) -> int:
        """The same feeds, updated by lemon24's reader."""
        with tempfile.TemporaryDirectory() as folder:
            reader = make_reader(f"{folder}/reader.sqlite")
            for url in self.urls:
                reader.add_feed(url)
            reader.update_feeds(workers=CONCURRENCY)
            return reader.get_entry_counts().total or 0


class _opened(HttpFetcher):  # noqa: N801  called like a function, in each process
    def __init__(self, hosts: frozenset[str], state: Path | None) -> None:
        self._kept = KeptPages(state, NOW.date()) if state else None
        super().__init__(allow_hosts=hosts, cache=self._kept)

    def close(self) -> None:
        """Close the connections and the file."""
        super().close()
        if self._kept is not None:
            self._kept.close()


@contextmanager
def _journal(state: Path | None) -> Iterator[Journal | None]:
    if state is None:
        yield None
    else:
        with Journal(state, NOW) as journal:
            yield journal


@contextmanager
def serving(students: int, bad: int = 0) -> Iterator[Cohort]:
    """A server in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.cohort_server", str(students), str(bad)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            yield Cohort(students, int(said))
        finally:
            server.kill()


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def _line(what: str, ratio: float, detail: str) -> None:
    print(f"{what:<44}{ratio:6.2f} × {detail}", flush=True)


def _against_raw() -> float:
    with serving(STUDENTS) as cohort:
        cohort.raw()
        pairs = [(_seconds(cohort.ours), _seconds(cohort.raw)) for _ in range(RUNS)]
        cohort.tally()
        rows = cohort.ours()
        told = cohort.tally()
        reader = _seconds(cohort.reader)
    if any(row.trouble for row in rows) or len(rows) != STUDENTS:
        raise RuntimeError("somebody was not looked at")
    ours, raw = median(one for one, _ in pairs), median(other for _, other in pairs)
    ratio = median(one / other for one, other in pairs)
    _line(f"{STUDENTS:,} students", ratio, f"fetching raw ({ours:.1f} s, {raw:.1f} s)")
    _line("lemon24/reader, the same feeds", reader / ours, f"as long as ours ({reader:.1f} s)")
    print(f"{'GraphQL requests':<44}{told.queries:6}   for {STUDENTS:,} students", flush=True)
    return ours


def _again() -> None:
    with tempfile.TemporaryDirectory() as folder, serving(STUDENTS) as cohort:
        state = Path(folder) / "state"
        first = _seconds(lambda: cohort.ours(state, goes_on=True))
        bytes_first = cohort.tally().sent
        second = _seconds(lambda: cohort.ours(state, goes_on=True))
        bytes_second = cohort.tally().sent
        asked = _seconds(lambda: cohort.ours(state))
        bytes_asked = cohort.tally().sent
    _line("second run, nothing new: time", second / first, f"the first ({second:.1f} s)")
    _line("second run, nothing new: bytes", bytes_second / bytes_first, "the first's")
    _line("all asked again, conditionally: time", asked / first, f"the first ({asked:.1f} s)")
    _line("all asked again, conditionally: bytes", bytes_asked / bytes_first, "the first's")


def _with_bad_feeds(healthy: float) -> None:
    bad = STUDENTS // 20
    with serving(STUDENTS, bad) as cohort:
        rows: list[StudentRow] = []
        taken = _seconds(lambda: rows.extend(cohort.ours()))
    found = [row.reports[-1].verdict.value for row in rows if row.reports]
    unknown = found.count("unknown")
    _line(f"{bad} feeds dead, slow or hostile", taken / healthy, f"without ({taken:.1f} s)")
    print(f"{'students who are unknown then':<44}{unknown:6}   of {len(found):,}", flush=True)


def _large(small: float) -> None:
    with serving(MANY) as cohort:
        rows: list[StudentRow] = []
        taken = _seconds(lambda: rows.extend(cohort.ours()))
    per_student, before = taken / MANY, small / STUDENTS
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    each = f"({1000 * per_student:.1f} ms, {1000 * before:.1f} ms)"
    _line(f"{MANY:,} students: each", per_student / before, f"one of {STUDENTS:,} {each}")
    print(
        f"{'memory at most, and of the largest process':<44}{own // 1024:6}, {children // 1024} MiB"
    )


def main() -> None:
    """Print the figures."""
    healthy = _against_raw()
    _again()
    _with_bad_feeds(healthy)
    _large(healthy)


if __name__ == "__main__":
    main()
