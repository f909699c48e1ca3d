"""The Action through a real runner engine: act in host mode, against the embedded world.

The workflow is the README's own. Only two things stand in for GitHub: the API is the embedded
world's, and setup-python is a stub that answers with this interpreter.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from csc_verify.demo.faults import Before, Fault
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.demo.student import DemoStudent

pytestmark = pytest.mark.act

ROOT = Path(__file__).resolve().parent.parent
ACT = Path(sys.executable).with_name("act")
STUB = """\
name: setup-python
description: Answers with the interpreter of the tests.
inputs:
  python-version: {description: ignored}
  update-environment: {description: ignored}
outputs:
  python-path: {description: an interpreter, value: "%s"}
runs:
  using: composite
  steps:
    - {run: "true", shell: bash}
"""
SHOW = """\
      - name: Show the outputs
        env:
          REPORT: ${{ steps.csc.outputs.report }}
          BADGE: ${{ steps.csc.outputs.badge }}
        run: head -c 5 "$BADGE"; cat "$REPORT"
"""


def readme_workflow() -> str:
    """The workflow that the README tells a student to copy."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(# \.github/workflows/csc\.yml\n.*?)```", readme, re.DOTALL)
    assert found is not None
    return found.group(1)


@dataclass(frozen=True)
class Outcome:
    """What one run of the workflow told."""

    succeeded: bool
    outputs: dict[str, str]
    summary: str
    annotations: list[tuple[str, str]]
    text: str


@dataclass(frozen=True)
class Runner:
    """A runner engine in a student's repository."""

    world: World
    student: DemoStudent
    folder: Path

    def git(self, *words: str) -> str:
        identity = ["-c", "user.name=Alice Doe", "-c", "user.email=alice@example.com"]
        done = subprocess.run(
            ["git", *identity, *words], cwd=self.work, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def head(self) -> str:
        bare = self.world.bare_repository(self.student)
        return subprocess.run(
            ["git", "--git-dir", str(bare), "rev-parse", "main"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def run(
        self, event: str = "schedule", job_env: Mapping[str, str] | None = None, **inputs: str
    ) -> Outcome:
        """Run the workflow on a cron event, or by hand with inputs."""
        payload = {
            "schedule": "17 13 * * 2",
            "inputs": inputs,
            "repository": {"default_branch": "main", "full_name": self.student.profile},
        }
        (self.folder / "event.json").write_text(json.dumps(payload), encoding="utf-8")
        world = self.world.env(self.student)
        secrets = {"GITHUB_TOKEN": world.pop("GITHUB_TOKEN"), **self.world.secrets(self.student)}
        # What the repository has as secrets reaches a step only where the workflow hands it over.
        world = {name: value for name, value in world.items() if name not in secrets}
        words = [str(ACT), event, "-e", str(self.folder / "event.json"), "--json"]
        words += ["--no-cache-server", "--no-skip-checkout", "-P", "ubuntu-24.04=-self-hosted"]
        words += ["--action-cache-path", str(self.folder / "cache")]
        words += [word for name, value in secrets.items() for word in ("-s", f"{name}={value}")]
        words += [f"--local-repository={name}={path}" for name, path in self._actions().items()]
        words += [word for name, value in world.items() for word in ("--env", f"{name}={value}")]
        given = (job_env or {}).items()
        words += [word for name, value in given for word in ("--env", f"{name}={value}")]
        done = subprocess.run(
            words, cwd=self.work, env=self._env(), capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip
        return _outcome(done.returncode, done.stdout, done.stderr)

    def _actions(self) -> dict[str, Path]:
        used = re.search(r"setup-python@([0-9a-f]{40})", (ROOT / "action.yml").read_text("utf-8"))
        assert used is not None
        return {
            "csc-verify/csc-verify@v0": self.folder / "export",
            f"actions/setup-python@{used.group(1)}": self.folder / "setup-python",
        }

    def _env(self) -> dict[str, str]:
        kept = ("PATH", "LANG", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
        passed = {k: v for k, v in os.environ.items() if k in kept or k.startswith("PIP_")}
        return {**passed, "HOME": str(self.folder / "home")}


def _outcome(code: int, out: str, err: str) -> Outcome:
    outputs: dict[str, str] = {}
    annotations: list[tuple[str, str]] = []
    summary, text = "", []
    for line in out.splitlines():
        entry = json.loads(line)
        command = entry.get("command")
        if command == "set-output" and entry.get("stepID") == ["csc"]:
            outputs[entry["name"]] = entry["arg"]
        if command == "summary":
            summary += str(entry.get("content") or entry.get("arg") or "")
        if command in {"warning", "notice", "error"}:
            annotations.append((command, str(entry.get("arg"))))
        text.append(str(entry.get("msg", "")))
    return Outcome(code == 0, outputs, summary, annotations, "\n".join(text) + err)


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """In Alice's repository, with the README's workflow."""
    with a_runner(tmp_path, "alice", readme_workflow()) as made:
        yield made


@contextmanager
def a_runner(tmp_path: Path, login: str, workflow: str) -> Iterator[Runner]:
    export = tmp_path / "export"
    shutil.copytree(ROOT / "action", export / "action")
    shutil.copytree(ROOT / "csc_verify", export / "csc_verify",
                    ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    shutil.copy(ROOT / "action.yml", export)
    (tmp_path / "setup-python").mkdir()
    (tmp_path / "setup-python" / "action.yml").write_text(STUB % sys.executable, encoding="utf-8")
    (tmp_path / "home").mkdir()
    with World.start(tmp_path / "world") as world:
        student = world.student(login)
        made = Runner(world, student, tmp_path)
        files = {".github/workflows/csc.yml": (workflow + SHOW).encode()}
        world.add_commit_as_student(student, files, "Verify weekly")
        bare = world.bare_repository(student)
        subprocess.run(["git", "clone", "--quiet", str(bare), str(made.work)], check=True)
        yield made


def log_of(runner: Runner, path: str = ".csc/log.jsonl") -> str:
    bare = runner.world.bare_repository(runner.student)
    return subprocess.run(
        ["git", "--git-dir", str(bare), "show", f"main:{path}"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def test_a_weekly_run_commits_once_and_a_second_one_not_at_all(runner: Runner) -> None:
    before = runner.head()
    first = runner.run()
    assert first.succeeded, first.text
    assert first.outputs | {"report": "", "badge": ""} == {
        "verdict": "met", "week": "2026-11-16", "contributions": "7", "blog": "1",
        "contacts": "0", "design": "0", "report": "", "badge": "",
    }  # fmt: skip
    assert "<svg " in first.text
    assert '"schema": 1' in first.text
    assert "16–22 Nov 2026" in first.summary
    after = runner.head()
    bare = str(runner.world.bare_repository(runner.student))
    told = subprocess.run(
        ["git", "--git-dir", bare, "log", "--format=%an <%ae> %P", f"{before}..{after}"],
        check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    bot = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
    assert told == [f"{bot} {before}"]
    assert len(log_of(runner).splitlines()) == 3
    assert "csc/badge.svg" in log_of(runner, "README.md")
    second = runner.run()
    assert second.succeeded, second.text
    assert "Nothing is new" in second.text
    assert runner.head() == after


def test_a_head_that_moves_meanwhile_loses_nothing(runner: Runner) -> None:
    moved: list[str] = []

    def move() -> None:
        files = {"NOTES.md": b"written while the Action ran\n"}
        moved.append(runner.world.add_commit_as_student(runner.student, files, "Take notes"))

    runner.world.github.faults.add(Fault("createCommitOnBranch", Before(move)))
    outcome = runner.run()
    assert outcome.succeeded, outcome.text
    assert len(moved) == 1
    assert log_of(runner, "NOTES.md") == "written while the Action ran\n"
    assert len(log_of(runner).splitlines()) == 3
    bare = str(runner.world.bare_repository(runner.student))
    parent = subprocess.run(
        ["git", "--git-dir", bare, "rev-parse", "main^"], check=True, capture_output=True, text=True
    ).stdout.strip()
    assert parent == moved[0]


def test_planted_modules_in_the_work_tree_are_never_run(runner: Runner) -> None:
    for name in ("yaml.py", "pip.py", "sitecustomize.py", "csc_verify.py", "requests.py"):
        (runner.work / name).write_text("raise SystemExit('planted code ran')\n", encoding="utf-8")
    runner.git("add", ".")
    runner.git("commit", "--quiet", "-m", "Plant modules")
    # Settings of pip that would add a package, or install nothing at all.
    bent = {"PIP_REQUIREMENT": "/nowhere/evil.txt", "PIP_DRY_RUN": "1", "PYTHONPATH": "/nowhere"}
    outcome = runner.run("workflow_dispatch", bent, week="2026-11-09")
    assert outcome.succeeded, outcome.text
    assert "planted code ran" not in outcome.text
    assert (outcome.outputs["week"], outcome.outputs["verdict"]) == ("2026-11-09", "unmet")
    assert any(kind == "warning" for kind, _ in outcome.annotations)


def with_step_of(page: str, workflow: str) -> str:
    """The README's workflow, with its step as a page of the documentation shows it."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    blocks = re.findall(r"```yaml\n( +- uses: csc-verify.*?)```", text, re.DOTALL)
    assert len(blocks) == 1
    before, uses, _ = workflow.partition("      - uses: csc-verify")
    assert uses
    return f"{before}{blocks[0]}"


def published(runner: Runner) -> str:
    bare = str(runner.world.bare_repository(runner.student))
    names = subprocess.run(
        ["git", "--git-dir", bare, "ls-tree", "-r", "--name-only", "main"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    return "".join(log_of(runner, name) for name in names if name != "design.yml")


def test_contacts_in_a_secret_are_counted_and_nobody_is_named(tmp_path: Path) -> None:
    workflow = with_step_of("your-tracker.md", readme_workflow())
    assert "contacts-key: ${{ secrets.CSC_CONTACTS_KEY }}" in workflow
    with a_runner(tmp_path, "faye", workflow) as runner:
        outcome = runner.run()
        assert outcome.succeeded, outcome.text
        assert (outcome.outputs["verdict"], outcome.outputs["contacts"]) == ("met", "8")
        log = log_of(runner)
        assert log.count('{"kind":"contact","digest":"') == 8 + 2
        told = "".join([published(runner), outcome.text, outcome.summary, str(outcome.annotations)])
        assert "8 items are private" in outcome.summary
        for secret in (*runner.world.secrets(runner.student).values(), "Quill", "Tinwhistle"):
            assert secret not in told


def test_a_designers_links_are_opened_and_a_secret_one_is_not_told(tmp_path: Path) -> None:
    workflow = with_step_of("your-activities.md", readme_workflow())
    assert "CSC_BOARD: ${{ secrets.CSC_BOARD }}" in workflow
    with a_runner(tmp_path, "dana", workflow.replace("CSC_BOARD", "DANAS_BOARD")) as runner:
        outcome = runner.run()
        assert outcome.succeeded, outcome.text
        assert (outcome.outputs["verdict"], outcome.outputs["design"]) == ("unknown", "1")
        log = log_of(runner)
        assert log.count('{"kind":"module","digest":"') == 1
        assert f"{runner.world.blog_url}/dana/interviews" in log
        for secret in runner.world.secrets(runner.student).values():
            assert secret not in log + outcome.text + outcome.summary


def test_a_key_in_the_jobs_own_environment_does_as_well(tmp_path: Path) -> None:
    workflow = readme_workflow().replace(
        "    steps:\n",
        "    env:\n"
        "      CSC_CONTACTS: ${{ secrets.CSC_CONTACTS }}\n"
        "      CSC_CONTACTS_KEY: ${{ secrets.CSC_CONTACTS_KEY }}\n"
        "    steps:\n",
    )
    with a_runner(tmp_path, "faye", workflow) as runner:
        outcome = runner.run()
        assert outcome.succeeded, outcome.text
        assert outcome.outputs["contacts"] == "8"
        assert log_of(runner).count('"digest"') == 8 + 2
