"""``csc-verify demo``: the real weekly run over the embedded world."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from csc_verify.cli import main
from csc_verify.cli.demo import tour
from csc_verify.demo.cast import STUDENTS
from tests.commands import call

if TYPE_CHECKING:
    from pathlib import Path


def test_the_demo_makes_each_students_repository_and_says_where_to_look(tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = call("demo", "--out", str(out), env={})
    assert answer.code == 0, answer.out + answer.err
    assert "Each verdict is the one that the world's author wrote down beforehand." in answer.out
    for student in STUDENTS:
        folder = out / student.login
        assert f"{student.login}: {student.situation}" in answer.out
        assert (folder / ".csc" / "badge.svg").read_text("utf-8").startswith("<svg")
        assert ".csc/badge.svg" in (folder / "README.md").read_text("utf-8")
        log = subprocess.run(
            ["git", "log", "-1", "--format=%an"],
            cwd=folder, check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        assert log == "github-actions[bot]"
    assert f"{out}/alice/.csc/log.md" in answer.out


def test_a_second_demo_empties_its_own_folder_and_nobody_elses(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("demo", "--out", str(out), env={}).code == 0
    (out / "left-over").write_text("x", encoding="utf-8")
    assert call("demo", "--out", str(out), env={}).code == 0
    assert not (out / "left-over").exists()
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("mine", encoding="utf-8")
    answer = call("demo", "--out", str(precious), env={})
    assert answer.code == 2
    assert "is not empty" in answer.err
    assert (precious / "thesis.txt").read_text("utf-8") == "mine"


def test_a_verdict_that_differs_from_what_was_written_down_is_noticed(tmp_path: Path) -> None:
    alice, env = STUDENTS[0], {"PATH": os.environ["PATH"]}
    first = replace(alice.expected[0], verdict="unmet")
    wrong = replace(alice, expected=(first, *alice.expected[1:]))
    (run,) = tour((wrong,), tmp_path / "wrong", env, main)
    assert not run.is_as_expected
    (run,) = tour((alice,), tmp_path / "right", env, main)
    assert run.is_as_expected


def test_without_git_the_demo_says_so(tmp_path: Path) -> None:
    answer = call("demo", "--out", str(tmp_path / "out"), env={"PATH": str(tmp_path)})
    assert answer.code == 2
    assert "git is not installed" in answer.err
