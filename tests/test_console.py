"""The installed command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csc_verify.cli.action import arguments_from_inputs
from csc_verify.errors import UsageError
from csc_verify.version import __version__
from tests.commands import call

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("csc-verify")


def start(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **env}
    return subprocess.run(words, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("words", [[str(COMMAND)], [sys.executable, "-m", "csc_verify"]])
def test_the_command_is_installed_and_knows_its_version(words: list[str]) -> None:
    done = start(*words, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"csc-verify {__version__}\n", "")


def test_exit_codes_reach_the_shell() -> None:
    done = start(str(COMMAND), "check", "--github", "no--no")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("csc-verify: --github:")


def test_an_unknown_verdict_ends_with_three_and_says_what_to_do() -> None:
    done = start(str(COMMAND), "check", "--github", "alice", LC_ALL="C")
    assert done.returncode == 3
    assert "GITHUB_TOKEN" in done.stdout
    assert "–" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    line = f"'{COMMAND}' check --blog https://127.0.0.1/ | true; exit ${{PIPESTATUS[0]}}"
    done = start("bash", "-c", line)
    assert done.returncode in {0, 3}
    assert done.stderr == ""


def test_the_actions_script_needs_no_installed_package() -> None:
    done = start(
        sys.executable, "-I", str(ROOT / "action" / "verify.py"),
        CSC_INPUT_COMMAND="run", CSC_INPUT_PUBLISH="api",
    )  # fmt: skip
    assert done.returncode == 2
    assert "GITHUB_REPOSITORY" in done.stderr


def test_a_defect_of_ours_is_told_without_a_traceback(tmp_path: Path) -> None:
    # A folder where a file should be is caught; a table where a path should be is a defect.
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import csc_verify.week\n"
        "def raising(*_):\n    raise ZeroDivisionError('secret detail')\n"
        "csc_verify.week.read_week = raising\n",
        encoding="utf-8",
    )
    words = (str(COMMAND), "check", "--github", "alice")
    done = start(*words, PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "a defect of csc-verify itself (ZeroDivisionError)" in done.stderr
    assert "secret detail" not in done.stderr
    assert "Traceback" not in done.stderr
    asked = start(*words, PYTHONPATH=str(tmp_path), CSC_VERIFY_TRACEBACK="1")
    assert "Traceback" in asked.stderr


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [
        ({}, ["run"]),
        (
            {"COMMAND": "run", "CONFIG": ".github/csc.yml", "WEEK": "", "PUBLISH": "api",
             "FAIL_ON": "never", "ARGS": ""},
            ["run", "--config=.github/csc.yml", "--fail-on=never", "--publish=api"],
        ),
        ({"WEEK": "2026-W47"}, ["run", "--week=2026-W47"]),
        ({"WEEK": "--publish=none"}, ["run", "--week=--publish=none"]),
        ({"ARGS": "--recheck '2026-W47'"}, ["run", "--recheck", "2026-W47"]),
    ],
)  # fmt: skip
def test_inputs_become_arguments(inputs: dict[str, str], arguments: list[str]) -> None:
    env = {f"CSC_INPUT_{name}": value for name, value in inputs.items()}
    assert arguments_from_inputs(env) == arguments


@pytest.mark.parametrize(
    ("inputs", "said"),
    [({"COMMAND": "cohorts"}, "does not know"), ({"ARGS": "'open"}, "can't be read")],
)
def test_inputs_that_cannot_be_meant_are_told(inputs: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        arguments_from_inputs({f"CSC_INPUT_{name}": value for name, value in inputs.items()})


def test_colour_is_for_terminals_and_only_where_it_is_wanted() -> None:
    seen = {}
    for wish in ("", "1"):
        line = f"NO_COLOR={wish} '{COMMAND}' check --github alice"
        seen[wish] = start("script", "-qec", line, "/dev/null", TERM="xterm-256color").stdout
    assert "\x1b[" in seen[""]
    assert "\x1b[" not in seen["1"]
    assert "GITHUB_TOKEN" in seen[""]


def test_no_colour_reaches_a_file() -> None:
    assert "\x1b[" not in call("check", "--github", "alice", env={}).out
