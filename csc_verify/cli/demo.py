"""``csc-verify demo``: the real weekly run over the embedded world.

Nothing is patched: each student's run is the command itself, with the environment that a runner
would set, talking to a GitHub and a blog host on this machine. What each student's weeks must say
was written down by hand in the world, and is compared here.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.errors import UsageError
from csc_verify.ledger import read_ledger

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from csc_verify.cli.terminal import Terminal
    from csc_verify.demo.student import DemoStudent
    from csc_verify.demo.world import World
    from csc_verify.model import Report

    Main = Callable[[Sequence[str], Mapping[str, str], TextIO, TextIO], int]

_MADE_BY_US = ".made-by-csc-verify-demo"


@dataclass(frozen=True, slots=True)
class Run:
    """What one student's run printed and left behind.

    Attributes:
        student: Whose.
        code: The exit code.
        said: What it wrote to standard error.
        reports: The weeks of the published log.
        requests: How many requests the two servers had answered by then.
    """

    student: DemoStudent
    code: int
    said: str
    reports: tuple[Report, ...]
    requests: int

    @property
    def is_as_expected(self) -> bool:
        """Whether every week says what was written down by hand."""
        found = {
            report.week.start: (
                report.verdict.value,
                tuple((f.id.value, f.verdict.value, f.count) for f in report.requirements),
            )
            for report in self.reports
        }
        expected = {
            week.start: (week.verdict, tuple((r.id, r.verdict, r.count) for r in week.requirements))
            for week in self.student.expected
        }
        return self.code == 0 and found == expected


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal, main: Main) -> int:
    """Run every student's week, print what came of it, and leave the published files behind.

    Args:
        arguments: ``out`` names the folder to fill.
        env: Only ``PATH`` is handed on: git is needed.
        terminal: Where to say what happened.
        main: The command itself, as :func:`csc_verify.cli.main`.

    Returns:
        0 if every week says what was written down by hand, else 1.

    Raises:
        UsageError: The folder holds something that isn't a demo's, or git is missing.
    """
    from csc_verify.demo.cast import STUDENTS

    if shutil.which("git", path=env.get("PATH")) is None:
        raise UsageError("git is not installed", "Install it; the embedded GitHub commits with it")
    out = _emptied(Path(arguments.out))
    runs = tour(STUDENTS, out, env, main)
    terminal.document(_story(runs, out))
    return 0 if all(run.is_as_expected for run in runs) else 1


def tour(
    students: Sequence[DemoStudent], out: Path, env: Mapping[str, str], main: Main
) -> tuple[Run, ...]:
    """Run the week of each student of a world of their own, and clone what came of it.

    Args:
        students: Who lives in the world.
        out: Where the clones go, each under its student's login.
        env: Only ``PATH`` is handed on.
        main: The command itself.
    """
    from csc_verify.demo.world import World

    with (
        tempfile.TemporaryDirectory() as folder,
        World.start(Path(folder), students=students) as world,
    ):
        return tuple(_run(world, student, out, env, main) for student in students)


def _emptied(out: Path) -> Path:
    if (
        out.exists()
        and not (out / _MADE_BY_US).is_file()
        and (not out.is_dir() or any(out.iterdir()))
    ):
        raise UsageError(f"{out} is not empty", "Name another folder with --out, or remove it")
    if out.exists():
        shutil.rmtree(out)
    try:
        out.mkdir(parents=True)
    except OSError as error:
        raise UsageError(
            f"{out} can't be made: {error.strerror}", "Name another with --out"
        ) from None
    (out / _MADE_BY_US).write_text("This folder is emptied by the next demo.\n", encoding="utf-8")
    return out


def _run(world: World, student: DemoStudent, out: Path, env: Mapping[str, str], main: Main) -> Run:
    environment = {**world.env(student), "PATH": env.get("PATH", "")}
    printed, said = io.StringIO(), io.StringIO()
    code = main(["run", "--publish", "api"], environment, printed, said)
    folder = out / student.login
    subprocess.run(  # noqa: S603  git, with paths of our own making
        ["git", "clone", "--quiet", str(world.bare_repository(student)), str(folder)],  # noqa: S607  from PATH
        check=True,
        env={"PATH": environment["PATH"]},
    )
    (folder / "report.txt").write_text(printed.getvalue(), encoding="utf-8")
    log = (folder / ".csc" / "log.jsonl").read_text(encoding="utf-8")
    reports = read_ledger(log).reports
    return Run(student, code, said.getvalue(), reports, len(world.requests))


def _story(runs: Sequence[Run], out: Path) -> str:
    from csc_verify.demo.cast import NOW

    lines = [
        "An embedded GitHub and a blog host were started on this machine, and each student's",
        f"weekly run was made against them, as on Tuesday, {NOW:%d %B %Y}.",
        "",
    ]
    for run in runs:
        lines.append(f"{run.student.login}: {run.student.situation}")
        for report in run.reports:
            asked = ", ".join(
                f"{f.id.value} {f.verdict.value} ({f.count} of {f.minimum})"
                for f in report.requirements
                if f.verdict.value != "skipped"
            )
            lines.append(f"  {report.week.start}  {report.verdict.value:<8} {asked or 'paused'}")
        if not run.is_as_expected:
            lines += ["  NOT what was written down for this student. The run said:", run.said]
        lines.append("")
    first = out / runs[0].student.login
    if all(run.is_as_expected for run in runs):
        lines.append("Each verdict is the one that the world's author wrote down beforehand.")
    lines += [
        f"The two servers answered {runs[-1].requests} requests.",
        "",
        f"Each folder under {out} is a clone of a student's profile repository. Look at",
        f"  {first}/README.md            the README with its badge",
        f"  {first}/.csc/badge.svg       the badge, and history.svg beside it (in a browser)",
        f"  {first}/.csc/log.md          the log for people, log.jsonl for programs",
        f"  {first}/report.txt           the report as it was printed",
        f"  git -C {first} log           the commit, and who made it",
        "Its links led to the two servers, which are gone with the demo.",
    ]
    return "\n".join(lines)
