"""Who looks at students' pages: threads of this process, or of several.

Reading feeds takes longer than fetching them, and threads of one process read one at a time. So
there is a process for each processor, with as many threads as may be connected at once. Students
whose pages lie on one host go to one process, where the host is asked one thing at a time.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from urllib.parse import urlsplit
from zlib import crc32

from csc_verify.cohort.one import Task, look_at
from csc_verify.overview import StudentRow, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from types import TracebackType

    from csc_verify.cohort.values import Member
    from csc_verify.fetch import Fetcher

    OpenFetcher = Callable[[], AbstractContextManager[Fetcher]]

_DIED: Final = Trouble(
    "the process that looked at this student's pages ended before it was done",
    "Run it again; those who were looked at are not asked again",
)


class Answer(NamedTuple):
    """What came of a task.

    Attributes:
        number: The task's.
        row: The student's row.
    """

    number: int
    row: StudentRow


class Crew(NamedTuple):
    """What workers need.

    Attributes:
        open_fetcher: Opens what fetches pages; called once in each process.
        now: The command's clock, an instant.
        threads: How many pages each process may ask for at once.
    """

    open_fetcher: OpenFetcher
    now: datetime
    threads: int


class Workers:
    """Processes that look at students, or threads of this one. A context manager.

    Args:
        crew: What they need.
        processes: How many; with one, this process does it all.
    """

    def __init__(self, crew: Crew, processes: int) -> None:
        self._done: SimpleQueue[Answer] = SimpleQueue()
        context = _context()
        self._hands: list[_Hand] = (
            [_Process(crew, self._done, context) for _ in range(processes)]
            if processes > 1
            else [_Threads(crew, self._done)]
        )
        self._next = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            hand.stop()

    def give(self, task: Task) -> None:
        """Have a student looked at; from one thread at a time."""
        self._hands[self._index(task.member)].give(task)

    def take(self) -> Answer:
        """The next student who was looked at; waits for one."""
        return self._done.get()

    def _index(self, member: Member) -> int:
        urls = member.config.blog.urls
        if urls:
            host = urlsplit(urls[0]).hostname or ""
            return crc32(host.encode()) % len(self._hands)
        self._next += 1
        return self._next % len(self._hands)


class _Threads:
    """This process's own threads."""

    def __init__(self, crew: Crew, done: SimpleQueue[Answer]) -> None:
        self._crew, self._done = crew, done
        self._opened = crew.open_fetcher()
        self._fetcher = self._opened.__enter__()
        self._pool = ThreadPoolExecutor(crew.threads)

    def give(self, task: Task) -> None:
        self._pool.submit(self._look, task)

    def _look(self, task: Task) -> None:
        row = look_at(task, self._fetcher, self._crew.now)
        self._done.put(Answer(task.number, row))

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._opened.__exit__(None, None, None)


class _Process:
    """Another process, and a thread here that hears from it."""

    def __init__(self, crew: Crew, done: SimpleQueue[Answer], context: BaseContext) -> None:
        self._done = done
        self._open: dict[int, Task] = {}
        self._lock = threading.Lock()
        self._here, there = multiprocessing.Pipe()
        self._process: multiprocessing.Process = context.Process(  # type: ignore[attr-defined]  # the stubs know it of each method's own context
            target=_work, args=(there, crew), daemon=True
        )
        self._process.start()
        there.close()
        self._hearer = threading.Thread(target=self._hear, daemon=True)
        self._hearer.start()

    def give(self, task: Task) -> None:
        with self._lock:
            self._open[task.number] = task
        try:
            self._here.send(task)
        except (BrokenPipeError, OSError):
            self._lose()

    def _hear(self) -> None:
        while True:
            try:
                answer: Answer = self._here.recv()
            except (EOFError, OSError):
                self._lose()
                return
            with self._lock:
                self._open.pop(answer.number, None)
            self._done.put(answer)

    def _lose(self) -> None:
        """The process is gone: say so of everybody whom it had."""
        with self._lock:
            lost, self._open = list(self._open.values()), {}
        for task in lost:
            self._done.put(Answer(task.number, StudentRow(task.member.person, trouble=_DIED)))

    def stop(self) -> None:
        with self._lock:
            self._open = {}
        self._process.terminate()
        self._process.join()
        self._here.close()
        self._hearer.join()


_Hand = _Threads | _Process


def _context() -> BaseContext:
    """How processes begin: as a copy of this one where that is safe, which takes no time."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context(
        "fork" if can_fork and threading.active_count() == 1 else "spawn"
    )


def _work(there: Connection, crew: Crew) -> None:
    """What a worker process does until its pipe is closed."""
    # Whoever interrupts the command interrupts its parent, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Feeds are read into many small values that refer to nothing in circles; looking for circles
    # as often as usual is a twentieth of the work.
    gc.set_threshold(50_000)
    lock = threading.Lock()
    with crew.open_fetcher() as fetcher, ThreadPoolExecutor(crew.threads) as pool:

        def look(task: Task) -> None:
            answer = Answer(task.number, look_at(task, fetcher, crew.now))
            with lock:
                there.send(answer)

        while True:
            try:
                task: Task = there.recv()
            except (EOFError, OSError):
                pool.shutdown(wait=False, cancel_futures=True)
                return
            pool.submit(look, task)
