"""A simulated year of one student, with runs that come late, twice, not at all, or are killed.

What the student did in each week, what was out of order in the days after it, and hence what the
log must say in the end, is written down by hand in :data:`PLAN`. A seed decides everything else:
when things happened to the minute, when runs come and at which moment they are killed, when the
student pushes, and when an answer gets lost.

The command runs in processes of its own, since only a process can be killed. This file is also
the program that starts them: it imports the command once and forks for each run.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import IO, TYPE_CHECKING, Any, Final, Self
from zoneinfo import ZoneInfo

from csc_verify.cli import main
from csc_verify.demo.faults import RATE_LIMIT, Before, Fault, LostAnswer, graphql_error, status
from csc_verify.demo.git_repository import NewCommit, Signature, StaleHeadError
from csc_verify.demo.student import (
    CommitMade,
    DemoRepository,
    DemoStudent,
    IssueOpened,
    Post,
    RssFeed,
)
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

    from csc_verify.demo.git_repository import Commit

# --- the plan ----------------------------------------------------------------------------------


class Did(StrEnum):
    """What the student did in a week."""

    ALL = "all"
    LAST_MINUTE = "last minute"
    NOTHING = "nothing"
    NO_POST = "no post"
    FOUR = "four"
    LATE_PUSH = "late push"
    TOO_LATE_PUSH = "too late push"
    LATE_FEED = "late feed"
    TOO_LATE_FEED = "too late feed"


class After(StrEnum):
    """What the seven days after a week were like, in which runs look at it for the first time."""

    RUNS = "runs"
    OFF = "off"
    BLOG_DOWN = "blog down"
    NUMBERS_DOWN = "numbers down"
    GITHUB_DOWN = "github down"


PLAN: Final = """
#  the student did  the days after  the log says   since
 1 all            | runs          | met
 2 all            | runs          | met
 3 no post        | runs          | unmet
 4 late push      | runs          | met          | six contributions were there a few days later
 5 all            | off           | met          | the next run looks at two weeks
 6 four           | runs          | unmet        | five are asked for
 7 late feed      | runs          | met          | seen in the fourth week after, between outages
 8 all            | blog down     | met          | unknown at first
 9 no post        | blog down     | unknown      | never unmet by itself; the clocks change
10 last minute    | runs          | met
11 all            | numbers down  | met          | unknown at first
12 four           | numbers down  | unknown      | four are not enough to make it met
13 nothing        | runs          | unmet
14 too late push  | runs          | unmet        | pushed when nobody looked any more
15 too late feed  | runs          | unmet        | likewise
16 all            | github down   | met          | nothing could be read or written
17 nothing        | github down   | unmet
18 late feed      | runs          | met
19 late push      | off           | met
20 late feed      | off           | met
21 all            | runs          | met
22 nothing        | blog down     | unmet        | no contributions either, and these were seen
23 all            | runs          | met
24 no post        | off           | unmet        | first looked at eight weeks later
25 too late push  | off           | met          | it was there when somebody looked
26 too late feed  | off           | met          | likewise
27 all            | off           | met
28 too late push  | off           | unmet        | looked at after four weeks, pushed after five
29 nothing        | off           | unmet
30 late feed      | off           | met
31 no post        | off           | unmet
32 all            | runs          | met
33 four           | runs          | unmet
34 all            | blog down     | unknown      | down for six weeks, longer than anybody looks
35 all            | blog down     | unknown      | likewise
36 all            | blog down     | unknown      | the four weeks end when the blog is back
37 all            | blog down     | met          | three weeks later
38 no post        | blog down     | unknown
39 late feed      | blog down     | met
40 all            | runs          | met
41 late push      | numbers down  | met          | unknown, and too few; then both
42 all            | runs          | met
43 last minute    | runs          | met          | the clocks change
44 nothing        | github down   | unmet
45 all            | off           | met
46 no post        | runs          | unmet
47 four           | blog down     | unmet        | too few contributions, whatever the blog says
48 late feed      | numbers down  | met          | both heal
49 all            | off           | met
50 all            | runs          | met
51 nothing        | runs          | skipped      | a pause
52 nothing        | runs          | skipped      | likewise
"""
"""The weeks of the year; "late" is one to two weeks after the week, "too late" five to six."""

ZONE: Final = ZoneInfo("America/New_York")
SINCE: Final = date(2026, 1, 5)
PUBLISHED: Final = ("badge.json", "badge.svg", "history.svg", "log.jsonl", "log.md")
BOT: Final = "41898282+github-actions[bot]@users.noreply.github.com"
_START, _END = "<!-- csc:start -->", "<!-- csc:end -->"
_CONFIGURATION: Final = """\
github: ana
track: software-engineering
timezone: America/New_York
since: 2026-01-05
scope: [contributions, blog]
pauses:
  - {from: 2026-12-21, to: 2027-01-03, reason: winter break}
blog:
  urls: ["{blog}/ana/feed.xml"]
"""


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """A row of the plan.

    Attributes:
        number: From 1.
        did: What the student did.
        after: What the seven days after the week were like.
        verdict: What the log must say of it in the end.
    """

    number: int
    did: Did
    after: After
    verdict: str

    @property
    def first(self) -> date:
        """The week's first day."""
        return SINCE + timedelta(weeks=self.number - 1)

    @property
    def ends(self) -> datetime:
        """Midnight after its last day."""
        return _local(self.first + timedelta(days=7))


def planned() -> tuple[PlannedWeek, ...]:
    """The rows of :data:`PLAN`."""
    rows = [line for line in PLAN.splitlines() if line and not line.startswith("#")]
    return tuple(map(_row, rows))


def _row(line: str) -> PlannedWeek:
    did, after, verdict, *_ = (cell.strip() for cell in line[3:].split("|"))
    return PlannedWeek(int(line[:3]), Did(did), After(after), verdict)


def _local(day: date, minutes: float = 0) -> datetime:
    """So many minutes after the clocks showed midnight, on a day on which they don't change."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    return midnight + timedelta(minutes=minutes)


# --- the student -------------------------------------------------------------------------------


def student(weeks: Sequence[PlannedWeek], rng: Random) -> DemoStudent:
    """Somebody who did what the plan says, at times that the seed decides."""
    posts = [Post("/ana/before", "Before it all", _local(date(2025, 12, 20), 600))]
    done: list[IssueOpened | CommitMade] = []
    for week in weeks:
        posts += _posts(week, rng)
        done += _done(week, rng)
    return DemoStudent(
        login="ana",
        id=583500,
        name="Ana Roe",
        situation="has a year before her",
        configuration=_CONFIGURATION,
        joined=_local(date(2025, 12, 22), 700),
        repositories=(
            DemoRepository("ana/ana"),
            DemoRepository("ana/garden"),
            DemoRepository("open-garden/planner"),
        ),
        contributions=tuple(done),
        blogs=(RssFeed("/ana/feed.xml", "Ana digs", tuple(posts)),),
    )


def _posts(week: PlannedWeek, rng: Random) -> Iterator[Post]:
    if week.did in {Did.NOTHING, Did.NO_POST}:
        return
    at = _moment(week, rng)
    shown = {
        Did.LATE_FEED: week.ends + timedelta(days=rng.uniform(5, 12)),
        Did.TOO_LATE_FEED: week.ends + timedelta(days=rng.uniform(35, 41)),
    }
    yield Post(f"/ana/{week.first}", f"Week {week.number}", at, shown=shown.get(week.did))


def _done(week: PlannedWeek, rng: Random) -> Iterator[IssueOpened | CommitMade]:
    pushed = {
        Did.LATE_PUSH: week.ends + timedelta(days=rng.uniform(6, 12)),
        Did.TOO_LATE_PUSH: week.ends + timedelta(days=rng.uniform(35, 41)),
    }.get(week.did)
    issues = {Did.NOTHING: 0, Did.FOUR: 4, Did.LATE_PUSH: 3, Did.TOO_LATE_PUSH: 3}
    for number in range(issues.get(week.did, 5)):
        at = _moment(week, rng)
        yield IssueOpened("open-garden/planner", at, f"Plot {number}", 10 * week.number + number)
    if pushed is not None:
        for number in range(3):
            title = f"Sow row {number} of week {week.number}"
            yield CommitMade("ana/garden", _moment(week, rng), title, committed=pushed)


def _moment(week: PlannedWeek, rng: Random) -> datetime:
    """Some time of a week; at its very edges if it's a week of last minutes."""
    if week.did is Did.LAST_MINUTE:
        edges = (_local(week.first, 0.5), _local(week.first + timedelta(days=6), 24 * 60 - 0.5))
        return rng.choice(edges)
    return _local(week.first + timedelta(days=rng.randrange(7)), rng.randrange(24 * 60))


# --- processes that may be killed --------------------------------------------------------------

WRITES: Final = (
    *("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate"),
    "subprocess.Popen",
)
"""What a process does to files, by the names of Python's audit events."""
EFFECTS: Final = (*WRITES, "http.client.send")
"""Everything by which a process leaves a trace."""
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Job:
    """One call of the command in a process of its own.

    Attributes:
        arguments: As a user writes them.
        env: The environment.
        folder: Where it is called.
        effect: The process is killed just before so many-th effect; None for never.
        counted: The effects that are counted, by the names of audit events.
        seconds: The process is killed after so many seconds; None for never.
    """

    arguments: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    effect: int | None = None
    counted: Sequence[str] = EFFECTS
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a process.

    Attributes:
        code: Its exit code; None if it was killed.
        err: What it said.
        effects: How many effects it had, as they were to be counted.
    """

    code: int | None
    err: str = ""
    effects: int = 0


class Starter:
    """A process that has the command imported and forks for each job; one job at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()

    def run(self, job: Job) -> Ended:
        """Starts a job and waits for its end."""
        self.start(job)
        return self.end()

    def warm_up(self, job: Job) -> None:
        """Does a job that writes nothing in this very process, so that others start as quickly."""
        self._send(job, warm_up=True)
        self._line()

    def start(self, job: Job) -> int:
        """Starts a job; returns its process id."""
        self._send(job, warm_up=False)
        return int(self._line())

    def _send(self, job: Job, *, warm_up: bool) -> None:
        pipe = _pipe(self._process.stdin)
        wish = {
            "arguments": list(job.arguments),
            "env": dict(job.env),
            "folder": str(job.folder),
            "effect": job.effect,
            "counted": list(job.counted),
            "seconds": job.seconds,
            "warm_up": warm_up,
        }
        pipe.write(json.dumps(wish) + "\n")
        pipe.flush()

    def end(self) -> Ended:
        """Waits for the end of the job that was started last."""
        return Ended(**json.loads(self._line()))

    def _line(self) -> str:
        return _pipe(self._process.stdout).readline()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _serve(jobs: IO[str], answers: IO[str]) -> None:
    """The starter's process: a job a line, for each its process id and then what became of it."""
    for line in jobs:
        job = json.loads(line)
        if job["warm_up"]:
            os.chdir(job["folder"])
            # Otherwise imported with the first question to GitHub.
            importlib.import_module("csc_verify.github.wire")
            code = main(job["arguments"], job["env"], StringIO(), StringIO())
            assert code == 0
            # What it imported stays shared with the forks, if it isn't collected or looked over.
            gc.freeze()
            print(file=answers, flush=True)
            continue
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _be_the_command(job, writing)
        os.close(writing)
        print(pid, file=answers, flush=True)
        if job["seconds"] is not None and not select.select([reading], [], [], job["seconds"])[0]:
            # Nobody has waited for it yet, so the number is still its own.
            os.kill(pid, signal.SIGKILL)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            told = pipe.read()
        _, how = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(how)
        answer = {"code": code, **json.loads(told)} if code >= 0 else {"code": None}
        print(json.dumps(answer), file=answers, flush=True)


def _be_the_command(job: Mapping[str, Any], writing: int) -> None:
    """Never returns."""
    effects = 0
    counted = frozenset(job["counted"])

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal effects
        if event not in counted or (event == "open" and not arguments[2] & _WRITING):
            return
        effects += 1
        if effects == job["effect"]:
            os.kill(os.getpid(), signal.SIGKILL)

    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["env"])
    out, err = StringIO(), StringIO()
    sys.addaudithook(watch)
    code = main(job["arguments"], job["env"], out, err)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        json.dump({"err": err.getvalue(), "effects": effects}, pipe)
    os._exit(code)


# --- the year ----------------------------------------------------------------------------------


@dataclass
class Tally:
    """What happened in a year, for the figures.

    Attributes:
        runs: Processes that were started.
        kills: Those that were killed.
        refused: Those that ended with a clear failure, since the world refused them.
        commits: The program's own commits.
        pushes: The student's.
        lost: Answers to commits that got lost.
        moved: Runs during which the student pushed.
    """

    runs: int = 0
    kills: int = 0
    refused: int = 0
    commits: int = 0
    pushes: int = 0
    lost: int = 0
    moved: int = 0


class Year:
    """A year of runs against the embedded world.

    Args:
        folder: Where everything is made; empty.
        publish: How runs publish: ``api``, ``git`` or ``files``.
        seed: Of everything that the plan leaves open.
        kills: How many runs are killed for each week in which there are runs.

    Attributes:
        tally: What happened so far.
        student: Who lives it.
        world: Where; there while the year is entered.
    """

    def __init__(self, folder: Path, publish: str, seed: int, kills: int) -> None:
        self.weeks = planned()
        self.tally = Tally()
        self.publish = publish
        self._kills = kills
        self._rng = Random(f"{publish} {seed}")
        self.student = student(self.weeks, self._rng)
        self._start = self.student.joined.astimezone(UTC) + timedelta(hours=1)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._weather = After.RUNS
        self._pushed: list[str] = []
        self._lines: list[str] = []
        self._logs: list[str] = []
        self._requests = 0
        # As many as the last whole run alone had.
        self._usual_requests = 10
        self._usual_effects = 20
        self._at_request: dict[int, Callable[[], object]] = {}
        self._lock = threading.Lock()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        world = World.start(self._folder / "world", self._start, [self.student])
        self.world = self._open.enter_context(world)
        self._one = self._open.enter_context(Starter())
        self._other = self._open.enter_context(Starter())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def live(self) -> list[str]:
        """Lets the year happen; returns what is wrong with what is left."""
        self._set_up()
        self._set_faults()
        # With posts to read, or each run would begin by compiling what reads them.
        self._advance(_local(date(2026, 2, 3)))
        for starter in (self._one, self._other):
            starter.warm_up(replace(self._job(), arguments=("run", "--publish", "none")))
        for week in self.weeks:
            if week.after is not After.OFF:
                self._days_after(week)
        self._look_again_and_find_nothing()
        wrong = [*self._wrong_in_the_log(), *self._wrong_in_the_history()]
        self._set_faults()
        return wrong

    # --- the student's side ---

    def _set_up(self) -> None:
        self._repository = self.world.repository(self.student)
        self.world.hub.repositories["ana/ana-before"] = self.world.hub.repositories["ana/ana"]
        self._tree = self._folder / "tree"
        if self.publish == "git":
            git(self._folder, "clone", "--quiet", str(self._repository.path), "tree")
            git(self._tree, "config", "user.name", "Ana Roe")
            git(self._tree, "config", "user.email", "ana@laptop.example")
            self._push()
            git(self._tree, "pull", "--quiet")
        else:
            for path, content in self.world.files(self.student).items():
                (self._tree / path).parent.mkdir(parents=True, exist_ok=True)
                (self._tree / path).write_bytes(content)
        # Work that isn't done: no run may touch it.
        (self._tree / "draft.txt").write_text("not yet\n", "utf-8")

    def _push(self) -> None:
        """The student pushes a line in the README or in another file; in a folder, writes it."""
        self.tally.pushes += 1
        line = f"Ana's line {self.tally.pushes}.\n"
        if self.publish == "files":
            with (self._tree / "README.md").open("a", encoding="utf-8") as file:
                file.write(line)
            self._lines.append(line)
            return
        path = "README.md" if self.tally.pushes % 2 else "garden.txt"
        # An address that nobody linked to the account: this counts as nobody's contribution.
        ana = Signature("Ana Roe", "ana@laptop.example", self.world.now)
        while True:
            head = self._repository.head("main") or ""
            before = self._repository.object(f"{head}:{path}")
            content = (before.content if before else b"") + line.encode()
            new = NewCommit(ana, ana, f"Write line {self.tally.pushes}", {path: content})
            try:
                self._pushed.append(self._repository.commit("main", head, new))
            except StaleHeadError:
                continue
            if path == "README.md":
                self._lines.append(line)
            return

    # --- runs ---

    def _advance(self, now: datetime) -> None:
        self.world.advance(now.astimezone(UTC))

    @property
    def _is_shut_out(self) -> bool:
        """Whether nothing at all can be read or written."""
        return self._weather is After.GITHUB_DOWN and self.publish == "api"

    def _days_after(self, week: PlannedWeek) -> None:
        self._weather = week.after
        sure = week.ends + timedelta(hours=38 + self._rng.uniform(0, 96))
        early = (sure - week.ends) / timedelta(hours=1)
        times = sorted(self._rng.uniform(1, early) for _ in range(self._kills))
        wanted = self.tally.kills + self._kills
        for hours in times:
            self._advance(week.ends + timedelta(hours=hours))
            self._killed_run()
        while self.tally.kills < wanted and not self._is_shut_out:
            # Some end before their time has come.
            self._killed_run()
        self._advance(sure)
        self._sure_run()
        if self._rng.random() < 0.1 and not self._is_shut_out:
            self._advance(sure + timedelta(minutes=30))
            self._both()

    def _killed_run(self) -> None:
        """A run that is killed at some moment, if it lasts that long."""
        ways = {"api": ("effect", "request", "commit", "seconds"),
                "git": ("effect", "request"),
                "files": ("effect", "write", "request", "seconds")}  # fmt: skip
        job = self._job()
        faults: list[Fault] = []
        victim: Future[int] = Future()

        def kill() -> None:
            os.kill(victim.result(), signal.SIGKILL)

        self._at_request.clear()
        match self._rng.choice(ways[self.publish]):
            case "effect":
                job = replace(job, effect=self._rng.randint(1, self._usual_effects))
            case "write":
                job = replace(job, effect=self._rng.randint(1, 20), counted=WRITES)
            case "seconds":
                job = replace(job, seconds=self._rng.uniform(0.0, 0.15))
            case "commit":
                # If there is none to make, at the last request.
                faults.append(Fault("createCommitOnBranch", Before(kill)))
                self._at_request[self._usual_requests] = kill
            case _:
                self._at_request[self._rng.randint(1, self._usual_requests)] = kill
        self._set_faults(*faults)
        victim.set_result(self._one.start(job))
        self._note(self._one.end())

    def _sure_run(self) -> None:
        """A run that is let to its end; what is in its way differs, and in the end it is done."""
        self._at_request.clear()
        if self._is_shut_out:
            self._set_faults()
            self._expect(4)
            return
        name = "ana/ana"
        self._set_faults()
        match self._rng.choice(_TROUBLE[self.publish]):
            case "lost answer":
                self._set_faults(Fault("createCommitOnBranch", LostAnswer()))
                self.tally.lost += 1
            case "protected":
                self._set_faults(Fault("createCommitOnBranch", _PROTECTED, times=9))
                self._expect(4, 0)
                self._set_faults()
            case "branch gone":
                head = self._repository.head("main") or ""
                git(self._repository.path, "update-ref", "-d", "refs/heads/main")
                self._expect(4)
                git(self._repository.path, "update-ref", "refs/heads/main", head)
            case "two at once":
                self._both()
            case "moved head":
                self._at_request[self._rng.randint(1, self._usual_requests)] = self._push
                self.tally.moved += 1
            case "behind":
                self._push()
            case "renamed":
                name = "ana/ana-before"
            case _:
                pass
        self._until_done(name)

    def _until_done(self, name: str = "ana/ana") -> None:
        """A run; in a work tree that is behind, the student pulls and runs it again."""
        job, ended = self._job(name), Ended(None)
        for _ in range(3):
            ended = self._note(self._one.run(job))
            if ended.code == 0:
                return
            if self.publish == "git" and "has commits that this checkout lacks" in ended.err:
                git(self._tree, "pull", "--quiet", "--rebase", "--autostash")
        raise AssertionError(ended.err)

    def _both(self) -> None:
        """Two runs at once; in a folder one of them may be told that the other was quicker."""
        job = self._job()
        self._one.start(job)
        self._other.start(job)
        codes = {self._note(self._one.end()).code, self._note(self._other.end()).code}
        assert codes <= ({0} if self.publish == "api" else {0, 4}), codes

    def _expect(self, *codes: int) -> None:
        ended = self._note(self._one.run(self._job()))
        assert ended.code in codes, (ended.code, ended.err)

    def _look_again_and_find_nothing(self) -> None:
        self._weather = After.RUNS
        self._at_request.clear()
        self._set_faults()
        self._advance(self.weeks[-1].ends + timedelta(days=6))
        self._until_done()
        before = self._repository.head("main"), _contents(self._tree)
        self._until_done()
        assert (self._repository.head("main"), _contents(self._tree)) == before

    def _job(self, name: str = "ana/ana") -> Job:
        env = self.world.env(self.student) | {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "GITHUB_REPOSITORY": name,
        }
        push = ("--push", "origin") if self.publish == "git" else ()
        return Job(("run", "--publish", self.publish, *push), env, self._tree)

    def _set_faults(self, *trouble: Fault) -> None:
        self._requests = 0
        github, blog = self.world.github.faults, self.world.blog.faults
        github.clear()
        blog.clear()
        for fault in trouble:
            github.add(fault)
        match self._weather:
            case After.BLOG_DOWN:
                blog.add(Fault("*", status(503), _ALWAYS))
            case After.NUMBERS_DOWN:
                github.add(Fault("Contributions", RATE_LIMIT, _ALWAYS))
                github.add(Fault("/ana", status(503), _ALWAYS))
                github.add(Fault("/users/*", status(503), _ALWAYS))
                github.add(Fault("/search/*", status(503), _ALWAYS))
            case After.GITHUB_DOWN:
                github.add(Fault("/graphql", RATE_LIMIT, _ALWAYS))
                github.add(Fault("*", status(503), _ALWAYS))
            case After.RUNS | After.OFF:
                pass
        for faults in (github, blog):
            faults.add(Fault("*", Before(self._asked), _ALWAYS))

    def _asked(self) -> None:
        """Called before each request that is answered as ever."""
        with self._lock:
            self._requests += 1
            action = self._at_request.pop(self._requests, None)
        if action is not None:
            action()

    def _note(self, ended: Ended) -> Ended:
        self.tally.runs += 1
        self.tally.kills += ended.code is None
        self.tally.refused += ended.code == 4
        if ended.code == 0:
            self._usual_requests = max(self._requests, 5)
            self._usual_effects = max(ended.effects, 5)
        self._requests = 0
        assert ended.code in {None, 0, 4}, ended.err
        if self.publish == "files":
            log = self._tree / ".csc/log.jsonl"
            self._logs.append(log.read_text("utf-8") if log.exists() else "")
        return ended

    # --- what is left ---

    def _wrong_in_the_log(self) -> Iterator[str]:
        """What is wrong with the last state of the files."""
        if self.publish == "files":
            log = (self._tree / ".csc/log.jsonl").read_text("utf-8")
            readme = (self._tree / "README.md").read_text("utf-8")
        else:
            log, readme = self._file("main", ".csc/log.jsonl"), self._file("main", "README.md")
        found = [(line["week"]["start"], line["verdict"]) for line in _lines(log)]
        wanted = [(week.first.isoformat(), week.verdict) for week in self.weeks]
        if found != wanted:
            yield f"the log has {len(found)} lines, the plan {len(wanted)}"
            yield f"in the log, not in the plan: {[each for each in found if each not in wanted]}"
            yield f"in the plan, not in the log: {[each for each in wanted if each not in found]}"
        if [line for line in readme.splitlines(keepends=True) if "Ana's" in line] != self._lines:
            yield "a line of the student's is lost from the README"
        if ".csc/badge.svg" not in readme.partition(_START)[2].partition(_END)[0]:
            yield "the README's section is gone"
        if (self._tree / "draft.txt").read_text("utf-8") != "not yet\n":
            yield "the student's draft is changed"
        if self.publish == "git":
            state = git(self._tree, "status", "--porcelain")
            if state != "?? draft.txt\n":
                yield f"the work tree is not as it was: {state}"

    def _wrong_in_the_history(self) -> Iterator[str]:
        """What is wrong with the way there."""
        logs = self._logs
        if self.publish != "files":
            commits = self._repository.log("main")[::-1]
            logs = [self._file(commit.oid, ".csc/log.jsonl") for commit in commits]
            for before, commit in pairwise(commits):
                yield from self._wrong_in_the_commit(before, commit)
            lost = set(self._pushed) - {commit.oid for commit in commits}
            if lost:
                yield f"commits of the student's are lost: {lost}"
        for old, new in pairwise(logs):
            yield from _wrong_in_a_step(old, new)

    def _wrong_in_the_commit(self, before: Commit, commit: Commit) -> Iterator[str]:
        if commit.parents != (before.oid,):
            yield f"{commit.oid} does not follow {before.oid}"
        if commit.tree == before.tree:
            yield f"{commit.oid} changes nothing"
        if commit.author.email != BOT:
            return
        self.tally.commits += 1
        changed = git(
            self._repository.path, "diff-tree", "--name-only", "-r", before.oid, commit.oid
        ).split()
        if not set(changed) <= {"README.md", *(f".csc/{name}" for name in PUBLISHED)}:
            yield f"{commit.oid} changes {changed}"
        texts = [self._file(oid, "README.md") for oid in (before.oid, commit.oid)]
        if len({_around_the_section(text) for text in texts}) != 1:
            yield f"{commit.oid} changes the student's part of the README"

    def _file(self, revision: str, path: str) -> str:
        found = self._repository.object(f"{revision}:{path}")
        return found.content.decode() if found else ""


_ALWAYS: Final = 2**31
_PROTECTED: Final = graphql_error(
    "BRANCH_PROTECTION_RULE_VIOLATION", "protected branch 'main' check failed"
)
_TROUBLE: Final[dict[str, tuple[str, ...]]] = {
    "api": (
        *("none", "lost answer", "lost answer", "protected", "branch gone", "two at once"),
        *("two at once", "moved head", "moved head", "behind", "renamed"),
    ),
    "git": ("none", "two at once", "moved head", "behind"),
    "files": ("none", "two at once", "moved head", "behind"),
}
"""What may be in the way of a run, by the way of publishing; likelier if named twice."""


def _lines(log: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.splitlines()]


def _wrong_in_a_step(old: str, new: str) -> Iterator[str]:
    """What is wrong with how a log changed; of final lines, only what heals may change."""
    after = {line["week"]["start"]: line for line in _lines(new)}
    if len(after) != len(_lines(new)):
        yield f"a week has two lines: {new}"
    for line in _lines(old):
        start = line["week"]["start"]
        if start not in after:
            yield f"the line of {start} is gone"
        elif line["week"]["final"] and after[start] != line:
            yield from _wrong_in_a_line(line, after[start])


def _wrong_in_a_line(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    start = old["week"]["start"]
    if len(new["revisions"]) != len(old["revisions"]) + 1:
        yield f"the line of {start} does not keep what it said before"
    for before, now in zip(old["requirements"], new["requirements"], strict=True):
        heals = before["verdict"] in {"unmet", "unknown"} and now["verdict"] == "met"
        if before != now and not heals:
            yield f"{before['id']} of {start} went from {before['verdict']} to {now['verdict']}"


def _around_the_section(readme: str) -> tuple[str, str]:
    before, _, rest = readme.partition(_START)
    return before, rest.partition(_END)[2]


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): path.read_bytes() for path in files}


def git(folder: Path, *words: str) -> str:
    """What a command of git's says; nothing of the machine's own settings takes part."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
