"""The reusable workflow of attested mode: what it may do, and its steps in a real runner engine.

All code of ours is the real one, run by act in host mode against the embedded world. What GitHub
alone has is played: its answer to ``job.workflow_…`` and ``runner.environment``, which act doesn't
know, stands in the copy that it runs; checkout and setup-python bring this very code and this
interpreter; and the attest action, which takes GitHub's own identity, has a Sigstore of its own.
So what isn't shown here is that GitHub's certificate says what ours says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
import yaml

from csc_verify.attestation.identity import WORKFLOW
from csc_verify.demo.cast import FAYE
from csc_verify.demo.world import World
from tests.commands import Answer, call
from tests.throwaway_sigstore import COMMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.demo.student import DemoStudent

LOG, CHAIN, BADGE = ".csc/log.jsonl", ".csc/attestations.jsonl", ".csc/badge.svg"
ROOT = Path(__file__).resolve().parent.parent
VERIFY = ROOT / ".github/workflows/verify.yml"
PAGE = ROOT / "docs/attested.md"
ACT = Path(sys.executable).with_name("act")
PIN = re.compile(r"uses: (actions/[\w-]+)@(.+)")
KNOWN = {
    "${{ job.workflow_repository }}": "csc-verify/csc-verify",
    "${{ job.workflow_sha }}": COMMIT,
    "${{ runner.environment }}": "github-hosted",
}
STUB = """\
name: stub
description: Plays an action.
inputs:
  repository: {description: a}
  ref: {description: a}
  path: {description: a}
  persist-credentials: {description: a}
  python-version: {description: a}
  update-environment: {description: a}
  subject-path: {description: a}
outputs:
  python-path: {description: an interpreter, value: "PYTHON"}
  bundle-path: {description: a bundle, value: "BUNDLE"}
runs:
  using: composite
  steps:
    - shell: bash
      env: {SUBJECTS: "${{ inputs.subject-path }}"}
      run: COMMAND
"""
ATTEST = """\
import json, os, sys
from datetime import datetime, timedelta
from pathlib import Path
sys.path.insert(0, "ROOT")
from csc_verify.attestation.identity import PREDICATE_TYPE
from tests.throwaway_sigstore import Claims, Sigstore, statement
sigstore, folder = Sigstore(), Path("FOLDER")
files = [Path(line) for line in os.environ["SUBJECTS"].split()]
said = statement([(file.name, file.read_bytes()) for file in files], PREDICATE_TYPE)
claims = Claims(**json.loads((folder / "claims.json").read_text()))
at = datetime.fromisoformat(os.environ["CSC_VERIFY_NOW"]) + timedelta(seconds=20)
(folder / "root.json").write_text(sigstore.root())
(folder / "bundle.json").write_bytes(sigstore.bundle(said, claims, at))
"""
PREPARED = """\
import os, sys
with open(os.environ["GITHUB_OUTPUT"], "a") as file:
    file.write(f"python={sys.executable}\\n")
"""
"""An environment that is there already; to install one takes most of a run's time."""


def workflow() -> dict[Any, Any]:
    data: dict[Any, Any] = yaml.safe_load(VERIFY.read_text("utf-8"))
    return data


def documented_call() -> str:
    (call,) = re.findall(r"```yaml\n(name:.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(call)


def call_with_secrets() -> str:
    """The documented call, with what the page adds for contacts in secrets."""
    (secrets,) = re.findall(r"```yaml\n( +secrets:.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return documented_call() + str(secrets)


@dataclass(frozen=True)
class Outcome:
    """What one run of the workflow told.

    Attributes:
        succeeded: Whether the job ended well.
        outputs: Those of the step that verifies.
        text: Everything that was said.
    """

    succeeded: bool
    outputs: dict[str, str]
    text: str


class Engine:
    """A runner engine in a student's repository that calls the workflow."""

    def __init__(
        self, world: World, student: DemoStudent, folder: Path, known: Mapping[str, str] = KNOWN
    ) -> None:
        self.world, self.student = world, student
        self.folder, self.work = folder, folder / "work"
        self.export = folder / "export"
        for name in ("action", "csc_verify"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.export / name, ignore=ignored)
        text = VERIFY.read_text("utf-8")
        for expression, value in known.items():
            text = text.replace(expression, value)
        self._write("export/.github/workflows/verify.yml", text)
        number = world.hub.repositories[student.profile].id
        claims = {"repository": str(number), "owner": str(student.id)}
        self._write("claims.json", json.dumps(claims))
        self._write("attest.py", ATTEST)
        checkout = f"cp -r {self.export} csc-verify"
        attest = f"{sys.executable} -I {folder}/attest.py"
        for name, command in (("checkout", checkout), ("setup-python", "true"), ("attest", attest)):
            stub = STUB.replace("PYTHON", sys.executable).replace("COMMAND", command)
            self._write(f"{name}/action.yml", stub.replace("BUNDLE", f"{folder}/bundle.json"))
        self._write("planted/yaml.py", "raise SystemExit('planted code ran')\n")
        self._write("event.json", '{"repository": {"default_branch": "main"}}')
        (folder / "home").mkdir()
        self.push({".github/workflows/csc.yml": call_with_secrets().encode()})
        source = str(world.bare_repository(student))
        subprocess.run(["git", "clone", "--quiet", source, str(self.work)], check=True)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace('"ROOT"', json.dumps(str(ROOT))).replace("FOLDER", str(self.folder))
        path.write_text(text, encoding="utf-8")

    def with_an_environment(self) -> Self:
        """The same, with no environment to be made in each run."""
        self._write("export/action/prepare.py", PREPARED)
        return self

    def push(self, files: Mapping[str, bytes]) -> str:
        """The student's own commit; returns it."""
        return self.world.add_commit_as_student(self.student, files, "Mine")

    def run(self) -> Outcome:
        """One run, on a cron event."""
        pins = dict(PIN.findall(VERIFY.read_text("utf-8")))
        uses = re.search(r"uses: (csc-verify/csc-verify)/\S+(@\S+)", documented_call())
        assert uses is not None
        local = {f"{uses[1]}{uses[2]}": self.export} | {
            f"{name}@{pin.split()[0]}": self.folder / name.partition("/")[2]
            for name, pin in pins.items()
        }
        env = self.world.env(self.student)
        env["PYTHONPATH"] = str(self.folder / "planted")
        secrets = {"GITHUB_TOKEN": env["GITHUB_TOKEN"], **self.world.secrets(self.student)}
        words = [str(ACT), "schedule", "-e", str(self.folder / "event.json"), "--json"]
        words += ["--no-cache-server", "--no-skip-checkout", "-P", "ubuntu-24.04=-self-hosted"]
        words += ["--action-cache-path", str(self.folder / "cache")]
        words += [word for name, value in secrets.items() for word in ("-s", f"{name}={value}")]
        # A secret reaches a step only where the workflows hand it over.
        words += [word for name, value in env.items() if name not in secrets
                  for word in ("--env", f"{name}={value}")]  # fmt: skip
        words += [f"--local-repository={name}={path}" for name, path in local.items()]
        done = subprocess.run(
            words, cwd=self.work, env=self._env(), capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip
        entries = [json.loads(line) for line in done.stdout.splitlines()]
        outputs = {
            entry["name"]: entry["arg"]
            for entry in entries
            if entry.get("command") == "set-output" and entry.get("stepID", [])[-1:] == ["run"]
        }
        text = "\n".join(str(entry.get("msg", "")) for entry in entries)
        return Outcome(done.returncode == 0, outputs, text + done.stderr)

    def _env(self) -> dict[str, str]:
        kept = ("PATH", "LANG", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
        passed = {k: v for k, v in os.environ.items() if k in kept or k.startswith("PIP_")}
        return {**passed, "HOME": str(self.folder / "home")}

    @property
    def commits(self) -> list[str]:
        """What is on the branch, the newest first."""
        return [commit.oid for commit in self.world.repository(self.student).log("main")]

    def file(self, path: str) -> bytes:
        """What is published at a path."""
        found = self.world.repository(self.student).object(f"main:{path}")
        assert found is not None, path
        return found.content

    def audit(self) -> Answer:
        """What a coach finds."""
        asked = ("--attested", "--signer-digest", COMMIT)
        root = ("--trusted-root", str(self.folder / "root.json"))
        return call("audit", self.student.profile, *asked, *root, env=self.world.env(self.student))


@pytest.fixture
def faye(tmp_path: Path) -> Iterator[Engine]:
    """In the repository of somebody whose contacts are secrets."""
    with World.start(tmp_path / "world", students=(FAYE,)) as world:
        yield Engine(world, FAYE, tmp_path)


# What it may do


def test_it_has_no_inputs_no_cache_and_no_more_rights_than_it_needs() -> None:
    data = workflow()
    assert set(data[True]) == {"workflow_call"}
    assert set(data[True]["workflow_call"]) == {"secrets", "outputs"}
    assert set(data[True]["workflow_call"]["secrets"]) == {"contacts", "contacts-key"}
    assert (data["permissions"], set(data["jobs"])) == ({}, {"verify"})
    job = data["jobs"]["verify"]
    rights = {"contents": "write", "id-token": "write", "attestations": "write"}
    assert job["permissions"] == rights
    assert job["runs-on"] == "ubuntu-24.04"
    assert not {"env", "container", "services", "strategy", "defaults"} & (set(job) | set(data))
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    names = ["checkout", "setup-python", "attest"]
    assert [re.sub(r"@[0-9a-f]{40}$", "", it) for it in used] == [f"actions/{n}" for n in names]
    assert "cache" not in re.sub("#.*", "", VERIFY.read_text("utf-8"))


def test_one_run_at_a_time_commits_and_none_is_cut_short() -> None:
    alone = {"group": "csc-verify-attested", "cancel-in-progress": False}
    assert workflow()["concurrency"] == alone


def test_secrets_are_handed_to_the_step_that_verifies_alone() -> None:
    names = {
        step["name"]: set(step.get("env", {})) for step in workflow()["jobs"]["verify"]["steps"]
    }
    given = {"CSC_INPUT_COMMAND", "CSC_INPUT_PUBLISH", "CSC_INPUT_ARGS"}
    secret = {"GITHUB_TOKEN", "CSC_CONTACTS", "CSC_CONTACTS_KEY"}
    assert {name: env for name, env in names.items() if env} == {
        "See that this is our workflow on GitHub's runner": {"OURS", "COMMIT", "RUNNER"},
        "Prepare csc-verify": {"PYTHON"},
        "Verify the commitment, and publish nothing yet": {"PYTHON", *secret, *given},
        "Commit the publication": {"PYTHON", "GITHUB_TOKEN", "BUNDLE", "CSC_INPUT_COMMAND"},
    }


def test_it_checks_out_nothing_but_its_own_code_and_runs_outside_of_it() -> None:
    steps = workflow()["jobs"]["verify"]["steps"]
    checkout = next(s for s in steps if s.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {
        "repository": "${{ job.workflow_repository }}", "ref": "${{ job.workflow_sha }}",
        "path": "csc-verify", "persist-credentials": False,
    }  # fmt: skip
    for step in steps:
        run = step.get("run", "")
        assert "${{" not in run
        if "$PYTHON" in run:
            assert '"$PYTHON" -I ' in run
            assert step["working-directory"] == "${{ runner.temp }}"


def test_it_pins_what_the_action_pins() -> None:
    found: dict[str, set[str]] = {}
    for path in (VERIFY, ROOT / "action.yml", ROOT / ".github/workflows/ci.yml"):
        for name, pin in PIN.findall(path.read_text("utf-8")):
            found.setdefault(name, set()).add(pin)
    assert all(len(pins) == 1 for pins in found.values()), found


def test_the_documented_call_has_six_lines_and_grants_what_is_asked_for() -> None:
    call = documented_call()
    assert len(call.strip().splitlines()) == 6
    data = yaml.safe_load(call)
    assert data["name"] == "Commitment"
    (job,) = data["jobs"].values()
    assert job["uses"].partition("@")[0] == WORKFLOW.removeprefix("https://github.com/")
    assert job["permissions"] == workflow()["jobs"]["verify"]["permissions"]
    assert set(data[True]) == {"schedule", "workflow_dispatch"}


# What it does


@pytest.mark.act
def test_a_runner_engine_validates_it(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "verify.yml").write_bytes(VERIFY.read_bytes())
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [str(ACT), "--validate", "--strict", "-W", str(folder / "verify.yml")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.act
def test_a_run_verifies_attests_and_commits_once(faye: Engine) -> None:
    before = faye.commits
    outcome = faye.run()
    assert outcome.succeeded, outcome.text
    told = {name: outcome.outputs[name] for name in ("verdict", "week", "contacts", "staged")}
    assert told == {"verdict": "met", "week": "2026-11-16", "contacts": "8", "staged": "attest"}
    assert "Success - Main Commit the publication" in outcome.text
    assert faye.commits[1:] == before
    assert faye.world.repository(faye.student).log("main")[0].author.name == "github-actions[bot]"
    log = faye.file(LOG).decode()
    assert log.count('"digest"') == 8 + 2
    for secret in (*faye.world.secrets(FAYE).values(), "Quill", "Tinwhistle"):
        assert secret not in log + outcome.text
    answer = faye.audit()
    assert answer.code == 3, answer.out + answer.err
    assert "This log is attested" in answer.out


@pytest.mark.act
def test_later_runs_attest_only_a_log_that_changed(faye: Engine) -> None:
    faye.with_an_environment()
    assert faye.run().succeeded
    first, chain, badge = faye.commits, faye.file(CHAIN), faye.file(BADGE)
    (faye.folder / "bundle.json").unlink()
    again = faye.run()
    assert (again.succeeded, again.outputs["staged"]) == (True, "")
    assert faye.commits == first
    mine = faye.push({BADGE: b"<svg/>"})
    redrawn = faye.run()
    assert (redrawn.succeeded, redrawn.outputs["staged"]) == (True, "plain")
    assert faye.commits[1:] == [mine, *first]
    assert (faye.file(BADGE), faye.file(CHAIN)) == (badge, chain)
    assert not (faye.folder / "bundle.json").exists()
    assert "This log is attested" in faye.audit().out


@pytest.mark.act
def test_a_run_does_not_go_on_from_a_log_that_was_edited(faye: Engine) -> None:
    faye.with_an_environment()
    assert faye.run().succeeded
    edited = faye.push({LOG: faye.file(LOG).replace(b'"unmet"', b'"met"')})
    outcome = faye.run()
    assert not outcome.succeeded
    assert "Failure - Main Verify the commitment" in outcome.text
    assert "Commit the publication" not in outcome.text
    assert faye.commits[0] == edited


@pytest.mark.act
@pytest.mark.parametrize(
    "other",
    [
        {"${{ job.workflow_repository }}": "${{ job.workflow_repository }}"},
        {"${{ job.workflow_sha }}": "${{ job.workflow_sha }}"},
        {"${{ runner.environment }}": "self-hosted"},
    ],
)
def test_a_runner_that_is_not_githubs_or_too_old_is_told_at_once(
    tmp_path: Path, other: dict[str, str]
) -> None:
    with World.start(tmp_path / "world", students=(FAYE,)) as world:
        engine = Engine(world, FAYE, tmp_path, KNOWN | other)
        before = engine.commits
        outcome = engine.run()
        assert not outcome.succeeded
        # What a step says last is sometimes lost by act, so the step's own failure has to do.
        assert "Failure - Main See that this is our workflow" in outcome.text
        assert world.requests == ()
        assert engine.commits == before
