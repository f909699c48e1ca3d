"""The reusable workflow of attested mode: what it may do, and its steps in a real runner engine.

act knows no ``job.workflow_…``, so these stand in the copy that it runs; GitHub's attest action is
played by a stub with a Sigstore of its own. The two scripts of ours are played, too: what they do
is tested elsewhere, and here is tested that they get what they need.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from csc_verify.attestation.identity import WORKFLOW, Trust, Whose
from csc_verify.attestation.signatures import root_in
from csc_verify.attestation.verifying import Attested, verify_attested
from tests.throwaway_sigstore import COMMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

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
import os, sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, "ROOT")
from csc_verify.attestation.identity import PREDICATE_TYPE
from tests.throwaway_sigstore import Claims, Sigstore, statement
sigstore, folder = Sigstore(), Path("FOLDER")
files = [Path(line) for line in os.environ["SUBJECTS"].split()]
said = statement([(file.name, file.read_bytes()) for file in files], PREDICATE_TYPE)
(folder / "root.json").write_text(sigstore.root())
(folder / "bundle.json").write_bytes(sigstore.bundle(said, Claims(), datetime.now(UTC)))
"""
PREPARE = """\
import os, sys
with open(os.environ["GITHUB_OUTPUT"], "a") as file:
    file.write(f"python={sys.executable}\\n")
"""
PLAYED = """\
import argparse, json, os, shlex, sys
from datetime import UTC, datetime
from pathlib import Path
sys.path.insert(0, "ROOT")
from csc_verify.attestation.staged_files import read, write
from csc_verify.attestation.staging import Staged, complete, stage
from csc_verify.model import FileChange
branch = Path("FOLDER/branch")
def file(path): return (branch / path).read_bytes() if (branch / path).exists() else None
words = argparse.ArgumentParser()
words.add_argument("folder", nargs="?")
words.add_argument("--stage")
words.add_argument("--bundle")
given = words.parse_args(shlex.split(os.environ["CSC_INPUT_ARGS"]))
seen = {k: v for k, v in os.environ.items() if k.startswith(("CSC_", "GITHUB_TOKEN"))}
with open("FOLDER/seen.jsonl", "a") as told:
    told.write(json.dumps({**seen, "cwd": os.getcwd(), "isolated": sys.flags.isolated}) + "\\n")
if os.environ["CSC_INPUT_COMMAND"] == "run":
    changes = tuple(FileChange(p, os.environ["WEEK"].encode()) for p in os.environ["PATHS"].split())
    staged = stage(changes, "Log", ".csc", file, datetime.now(UTC))
    write(staged, Path(given.stage))
    kind = "" if not changes else "attest" if staged.bundle else "plain"
    with open(os.environ["GITHUB_OUTPUT"], "a") as out:
        out.write(f"staged={kind}\\nverdict=met\\nweek=2026-11-16\\n")
else:
    bundle = Path(given.bundle).read_bytes() if given.bundle else None
    for change in complete(read(Path(given.folder)), bundle, file):
        (branch / change.path).parent.mkdir(parents=True, exist_ok=True)
        (branch / change.path).write_bytes(change.content)
"""


def workflow() -> dict[Any, Any]:
    data: dict[Any, Any] = yaml.safe_load(VERIFY.read_text("utf-8"))
    return data


def documented_call() -> str:
    (call,) = re.findall(r"```yaml\n(on:.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return str(call)


class Engine:
    """A runner engine in a student's repository that calls the workflow."""

    def __init__(self, folder: Path, known: Mapping[str, str] = KNOWN) -> None:
        self.folder, self.work = folder, folder / "work"
        self.export = folder / "export"
        text = VERIFY.read_text("utf-8")
        for expression, value in known.items():
            text = text.replace(expression, value)
        self._write("export/.github/workflows/verify.yml", text)
        scripts = {"action/prepare.py": PREPARE, "action/verify.py": PLAYED}
        for name, script in scripts.items():
            self._write(f"export/{name}", script)
        self._write("attest.py", ATTEST)
        checkout = f"cp -r {self.export} csc-verify"
        attest = f"{sys.executable} {folder}/attest.py"
        for name, command in (("checkout", checkout), ("setup-python", "true"), ("attest", attest)):
            stub = STUB.replace("PYTHON", sys.executable).replace("COMMAND", command)
            self._write(f"{name}/action.yml", stub.replace("BUNDLE", f"{folder}/bundle.json"))
        self._write("work/.github/workflows/csc.yml", documented_call())
        self._write("event.json", '{"repository": {"default_branch": "main"}}')
        (folder / "branch").mkdir()
        for words in (["init", "--quiet", "-b", "main"], ["add", "."]):
            subprocess.run(["git", *words], cwd=self.work, check=True)
        identity = ["-c", "user.name=Alice", "-c", "user.email=alice@example.com"]
        subprocess.run(["git", *identity, "commit", "-qm", "Begin"], cwd=self.work, check=True)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = text.replace('"ROOT"', json.dumps(str(ROOT))).replace("FOLDER", str(self.folder))
        path.write_text(text, encoding="utf-8")

    def run(self, week: str, paths: str) -> tuple[bool, str]:
        """One run: whether it succeeded, and what it said."""
        pins = dict(PIN.findall(VERIFY.read_text("utf-8")))
        uses = re.search(r"uses: (csc-verify/csc-verify)/\S+(@\S+)", documented_call())
        assert uses is not None
        local = {f"{uses[1]}{uses[2]}": self.export} | {
            f"{name}@{pin.split()[0]}": self.folder / name.partition("/")[2]
            for name, pin in pins.items()
        }
        words = [str(ACT), "schedule", "-e", str(self.folder / "event.json"), "--json"]
        words += ["--no-cache-server", "--no-skip-checkout", "-P", "ubuntu-24.04=-self-hosted"]
        words += ["--action-cache-path", str(self.folder / "cache")]
        words += ["-s", "GITHUB_TOKEN=ghs_a_long_and_unique_one"]
        words += [word for name, value in {"WEEK": week, "PATHS": paths}.items()
                  for word in ("--env", f"{name}={value}")]  # fmt: skip
        words += ["--env", "GITHUB_REPOSITORY=alice/alice"]
        words += [f"--local-repository={name}={path}" for name, path in local.items()]
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        env = {"PATH": os.environ["PATH"], "HOME": str(home)}
        done = subprocess.run(
            words, cwd=self.work, env=env, capture_output=True, text=True, check=False, timeout=120
        )
        entries = [json.loads(line) for line in done.stdout.splitlines()]
        text = "\n".join(str(entry.get("msg", "")) for entry in entries)
        return done.returncode == 0, text + done.stderr

    def files(self) -> dict[str, bytes]:
        branch = self.folder / "branch"
        found = (path for path in branch.rglob("*") if path.is_file())
        return {path.relative_to(branch).as_posix(): path.read_bytes() for path in found}


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


def test_the_documented_call_has_five_lines_and_grants_what_is_asked_for() -> None:
    call = documented_call()
    assert len(call.strip().splitlines()) == 5
    data = yaml.safe_load(call)
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
def test_each_run_attests_what_it_commits(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    succeeded, said = engine.run("week 47: met", ".csc/log.jsonl .csc/badge.svg")
    assert succeeded, said
    files = engine.files()
    bundles = {name.removeprefix(".csc/"): content for name, content in files.items()}
    assert set(files) > {".csc/log.jsonl", ".csc/badge.svg", ".csc/attestations.jsonl"}
    trust = Trust(frozenset({COMMIT}), root=root_in(tmp_path / "root.json"))
    chain = files[".csc/attestations.jsonl"].decode()
    outcome = verify_attested(files[".csc/log.jsonl"], chain, bundles, Whose(41001, 583231), trust)
    assert isinstance(outcome, Attested), outcome
    seen = [json.loads(line) for line in (tmp_path / "seen.jsonl").read_text().splitlines()]
    assert [it["CSC_INPUT_COMMAND"] for it in seen] == ["run", "publish"]
    assert all(it["isolated"] == 1 for it in seen)
    assert all(not Path(it["cwd"]).is_relative_to(engine.work) for it in seen)
    assert "CSC_CONTACTS" not in seen[1]
    # Nothing new: nothing is attested. A badge alone: neither, and it is committed.
    (tmp_path / "bundle.json").unlink()
    assert engine.run("", "")[0]
    assert engine.files() == files
    assert engine.run("redrawn", ".csc/badge.svg")[0]
    assert engine.files() == {**files, ".csc/badge.svg": b"redrawn"}
    assert not (tmp_path / "bundle.json").exists()


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
    engine = Engine(tmp_path, KNOWN | other)
    succeeded, said = engine.run("week 47: met", ".csc/log.jsonl")
    assert not succeeded
    # What a step says last is sometimes lost by act, so the step's own failure has to do.
    assert "Failure - Main See that this is our workflow" in said
    assert not (tmp_path / "seen.jsonl").exists()
    assert engine.files() == {}
