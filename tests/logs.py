"""Published logs of the embedded world's students, to look at, to change and to audit."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from csc_verify.demo.git_repository import NewCommit, Signature
from csc_verify.publish.git_store import BOT_EMAIL
from tests.commands import Answer, call

if TYPE_CHECKING:
    from pathlib import Path

    from csc_verify.demo.student import DemoStudent
    from csc_verify.demo.world import World

LOG = ".csc/log.jsonl"
Line = dict[str, Any]


def published(world: World, login: str) -> DemoStudent:
    """A student after a weekly run."""
    student = world.student(login)
    answer = call("run", "--publish", "api", env=world.env(student))
    assert answer.code == 0, answer.err
    return student


def audit(world: World, student: DemoStudent, *options: str, **env: str) -> Answer:
    """An audit of a student's repository."""
    return call("audit", student.profile, *options, env={**world.env(student), **env})


def as_json(answer: Answer) -> dict[str, Any]:
    """What a command printed with ``--format json``."""
    data: dict[str, Any] = json.loads(answer.out)
    return data


def kinds_of(answer: Answer) -> set[str]:
    """The kinds of what an audit in JSON noticed."""
    return {remark["kind"] for remark in as_json(answer)["remarks"]}


def lines_of(world: World, student: DemoStudent, path: str = LOG) -> list[Line]:
    """The log of a student, each line read."""
    found = world.repository(student).object(f"main:{path}")
    assert found is not None
    return [json.loads(line) for line in found.content.decode().splitlines()]


def as_text(lines: list[Line]) -> str:
    """A log with these lines."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def rewrite(world: World, student: DemoStudent, lines: list[Line]) -> None:
    """Commit another log in the student's name."""
    world.add_commit_as_student(student, {LOG: as_text(lines).encode()}, "Tidy up")


def forge(world: World, student: DemoStudent, lines: list[Line]) -> None:
    """Commit a log in the bot's name, into a folder that has no history."""
    git = world.repository(student)
    config = git.object("main:.github/csc.yml")
    assert config is not None
    bot = Signature("github-actions[bot]", BOT_EMAIL, world.now)
    files = {
        ".github/csc.yml": config.content.rstrip() + b"\npublish: {directory: log}\n",
        "log/log.jsonl": as_text(lines).encode(),
    }
    git.commit("main", git.head("main") or "", NewCommit(bot, bot, "Update", files))


def cloned(world: World, student: DemoStudent, folder: Path, *options: str) -> Path:
    """A clone of a student's repository."""
    source = f"file://{world.bare_repository(student)}"
    subprocess.run(["git", "clone", "--quiet", *options, source, str(folder)], check=True)
    return folder


def contributions_of(line: Line) -> dict[str, Any]:
    """The finding of a line."""
    finding: dict[str, Any] = line["requirements"][0]
    return finding


def blog_of(line: Line) -> dict[str, Any]:
    """The finding of a line."""
    finding: dict[str, Any] = line["requirements"][1]
    return finding
