"""The cohort as an Action: the reusable workflow, the input, and what is written about both."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from csc_verify.cli.action import arguments_from_inputs
from csc_verify.cohort.files import AT_ONCE as FILES_AT_ONCE
from csc_verify.cohort.published import AT_ONCE as LOGS_AT_ONCE
from csc_verify.demo.crowd import crowd, login_of
from csc_verify.demo.world import World
from csc_verify.overview import Audience
from csc_verify.render import cohort_summary
from csc_verify.roster import read_confirmations, read_roster
from csc_verify.sources.contributions.many import AT_ONCE
from tests import hostile
from tests.commands import call
from tools.cohort_sample import cohort

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs/cohort.md").read_text("utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github/workflows/cohort.yml").read_text("utf-8")
)
JOBS: dict[str, Any] = WORKFLOW["jobs"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


def block(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)[number]  # type: ignore[no-any-return]


def step(job: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(it for it in JOBS[job]["steps"] if it["name"] == name)
    return found


# --- the workflow, as it is written ---------------------------------------------------------------


def test_each_job_has_the_least_that_it_needs() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job.get("permissions", {}) for name, job in JOBS.items()} == {
        "plan": {"contents": "read"},
        "look": {"contents": "read"},
        "merge": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_what_is_deployed_is_made_for_the_public_whatever_the_inputs_say() -> None:
    merging = step("merge", "Merge them, for the coach and for the public")["run"]
    assert "[[ $audience == full ]] || options+=(--public)" in merging
    assert "inputs." not in merging
    handed = step("merge", "Hand over the public page")
    assert handed["with"] == {"path": "${{ runner.temp }}/public"}
    uploads = [
        it for job in JOBS.values() for it in job["steps"]
        if "upload-pages-artifact" in it.get("uses", "")
    ]  # fmt: skip
    assert uploads == [handed]


def test_no_input_is_pasted_into_a_script() -> None:
    scripts = [it["run"] for job in JOBS.values() for it in job["steps"] if "run" in it]
    assert scripts
    assert not any("${{" in script for script in scripts)


def test_one_shard_that_fails_stops_no_other() -> None:
    strategy = JOBS["look"]["strategy"]
    assert strategy["fail-fast"] is False
    assert strategy["max-parallel"] == "${{ inputs.at-once }}"


@pytest.mark.parametrize(("shards", "said"), [("3", "shards=[1,2,3]"), ("1", "shards=[1]")])
def test_shards_are_numbered(shards: str, said: str, tmp_path: Path) -> None:
    assert plan(shards, tmp_path).returncode == 0
    assert (tmp_path / "out").read_text("utf-8") == f"{said}\n"


@pytest.mark.parametrize("shards", ["0", "257", "1; echo hello", "", "2.5"])
def test_shards_that_cant_be_are_refused(shards: str, tmp_path: Path) -> None:
    assert plan(shards, tmp_path).returncode == 1
    assert not (tmp_path / "out").exists()


def plan(shards: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = JOBS["plan"]["steps"][0]["run"]
    env = {"PATH": "/usr/bin:/bin", "SHARDS": shards, "GITHUB_OUTPUT": str(folder / "out")}
    return subprocess.run(
        ["bash", "-c", script], env=env, capture_output=True, text=True, check=False
    )


# --- its scripts, run -----------------------------------------------------------------------------


def test_two_shards_and_a_merge_make_the_coachs_page_and_the_publics(
    world: World, tmp_path: Path
) -> None:
    coach = tmp_path / "work/coach"
    coach.mkdir(parents=True)
    (tmp_path / "work/csc-verify").symlink_to(ROOT)
    name = "my roster $(touch x).csv"
    (coach / name).write_text(
        "github,name,repository\nalice,Alice Secret,\nbob,Bob Secret,\nnobody,No Secret,\n", "utf-8"
    )
    base = {
        **world.env(world.students[0]),
        "PATH": "/usr/bin:/bin",
        "PYTHON": sys.executable,
        "GITHUB_WORKSPACE": str(tmp_path / "work"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "SHARDS": "2",
    }
    look = step("look", "Look at the students")["run"]
    for shard in ("1", "2"):
        temp = tmp_path / f"temp-{shard}"
        env = {
            **base,
            "RUNNER_TEMP": str(temp),
            "ROSTER": name,
            "CONFIRMATIONS": "",
            "SOURCE": "live",
            "WEEKS": "1",
            "SHARD": f"{shard}/2",
        }
        subprocess.run(["bash", "-e", "-c", look], cwd=coach, env=env, check=True)
        kept = tmp_path / f"merge/shards/shard-{shard}"
        kept.parent.mkdir(parents=True, exist_ok=True)
        (temp / "shard").rename(kept)
    merge = step("merge", "Merge them, for the coach and for the public")["run"]
    subprocess.run(["bash", "-e", "-c", merge], cwd=tmp_path / "merge", env=base, check=True)
    full = json.loads((tmp_path / "merge/full/cohort.json").read_text("utf-8"))
    assert [student["name"] for student in full["students"]] == [
        "Alice Secret", "Bob Secret", "No Secret",
    ]  # fmt: skip
    for path in (tmp_path / "merge/public").iterdir():
        assert "Secret" not in path.read_text("utf-8")
    assert not (coach / "x").exists()
    assert (tmp_path / "summary.md").read_text("utf-8").count("## Cohort") == 1
    shutil.rmtree(tmp_path / "merge/shards/shard-2")
    again = subprocess.run(
        ["bash", "-e", "-c", merge], cwd=tmp_path / "merge", env=base, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert (again.returncode, "1 of 2 shards are there" in again.stdout) == (1, True)


@pytest.mark.parametrize(("answer", "code"), [("true", 0), ("false", 1), ("", 1)])
def test_a_public_repository_is_refused(tmp_path: Path, answer: str, code: int) -> None:
    gh = tmp_path / "gh"
    gh.write_text(f"#!/bin/sh\necho {answer}\n", "utf-8")
    gh.chmod(0o700)
    script = step("plan", "See that the full page stays private")["run"]
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "GITHUB_REPOSITORY": "kim/cohort"}
    done = subprocess.run(["bash", "-e", "-c", script], env=env, capture_output=True, check=False)
    assert done.returncode == code


def test_a_shard_that_wrote_nothing_is_a_failure() -> None:
    assert step("look", "Keep the shard")["with"]["if-no-files-found"] == "error"


# --- the Action's input ---------------------------------------------------------------------------


def test_the_actions_inputs_make_the_command() -> None:
    env = {
        "CSC_INPUT_COMMAND": "cohort",
        "CSC_INPUT_WEEK": "2026-W47",
        "CSC_INPUT_ARGS": "roster.csv --out 'a page' --public",
    }
    assert arguments_from_inputs(env) == [
        "cohort", "--week=2026-W47", "roster.csv", "--out", "a page", "--public",
    ]  # fmt: skip


@pytest.mark.parametrize("public", [False, True])
def test_a_runner_is_told_the_glance_and_where_the_json_lies(
    world: World, tmp_path: Path, public: bool
) -> None:
    (tmp_path / "roster.csv").write_text(
        "github,name\nalice,Alice Secret\nnobody,No Secret\n", "utf-8"
    )
    env = {
        **world.env(world.students[0]),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
    }
    options = ("--out", str(tmp_path / "page"), *(["--public"] if public else []))
    answer = call("cohort", str(tmp_path / "roster.csv"), *options, env=env)
    assert ("Secret" in answer.out) is not public
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert "2 students: ✓ 1 met" in summary
    assert ("Secret" in summary) is not public
    assert f"{tmp_path}/page/cohort.json" in (tmp_path / "outputs").read_text("utf-8")


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_no_name_draws_in_the_summary(text: str) -> None:
    from tests.test_cohort_outputs import hostile_overview  # noqa: PLC0415

    shown = cohort_summary.render(hostile_overview(text), Audience.COACH)
    assert len(shown.splitlines()) == 7
    assert "<script" not in shown
    assert "](" not in shown


def test_many_students_fit_into_a_summary() -> None:
    overview = cohort(2000, 2)
    assert len(cohort_summary.render(overview, Audience.COACH)) < 200_000


# --- what is written about it ---------------------------------------------------------------------


def test_the_callers_lines_are_right() -> None:
    caller: dict[Any, Any] = yaml.safe_load(block("yaml"))
    job = caller["jobs"]["cohort"]
    called = WORKFLOW[True]["workflow_call"]
    assert set(job["with"]) <= set(called["inputs"])
    assert set(job["secrets"]) <= set(called["secrets"])
    # What a called job has, the caller has to grant.
    granted = job["permissions"]
    for each in JOBS.values():
        assert set(each.get("permissions", {}).items()) <= set(granted.items())


def test_the_examples_of_files_are_read() -> None:
    assert not read_roster(block("csv", 0).encode(), "roster.csv").problems
    assert not read_confirmations(block("csv", 1).encode(), "confirmed.csv").problems


def test_the_arithmetic_is_the_programs() -> None:
    assert (AT_ONCE, FILES_AT_ONCE, LOGS_AT_ONCE) == (40, 40, 20)
    for students in (1_000, 10_000, 1_000_000):
        numbers = students // AT_ONCE, 2 * students // AT_ONCE, (students // 40 + students // 20)
        live, _, published = numbers
        # Contributions of forty cost two points, as the next test shows; files one.
        points = 2 * live, 2 * live + students // FILES_AT_ONCE, published
        cells = (" / ".join(f"{number:,}" for number in row) for row in (numbers, points))
        assert f"| {students:,} | {' | '.join(cells)} |" in DOCUMENT


@pytest.mark.parametrize("weeks", [1, 2])
def test_forty_students_cost_two_points_a_week(tmp_path: Path, weeks: int) -> None:
    roster = tmp_path / "roster.csv"
    rows = (f"{login_of(number)},UTC,contributions\n" for number in range(AT_ONCE))
    roster.write_text("github,timezone,scope\n" + "".join(rows), "utf-8")
    with World.start(tmp_path / "world", students=crowd(AT_ONCE)) as world:
        options = ("--out", str(tmp_path / "page"), "--weeks", str(weeks))
        assert call("cohort", str(roster), *options, env=world.env(world.students[0])).code == 0
        assert len(world.requests) == weeks
        used = sum(world.hub.used(token, "graphql") for token in world.hub.tokens.values())
    assert used == 2 * weeks


def test_the_python_in_it_works(world: World, tmp_path: Path) -> None:
    code = block("python").replace("GitHub(token,", f"GitHub(token, {world.github_url!r},")
    space: dict[str, Any] = {}
    exec(compile(code, "docs/cohort.md", "exec"), space)  # noqa: S102  the document's own code
    roster = tmp_path / "roster.csv"
    roster.write_text("github,track\nalice,data-science\nnobody,data-science\n", "utf-8")
    found = space["verdicts"](roster, world.token(world.students[0]))
    assert set(found) == {"alice", "nobody"}
