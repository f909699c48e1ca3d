"""Attested mode through the command: run, stage, attest, publish, and a coach who audits it.

GitHub's part, the signature, is made under a throw-away root; everything else is the command
itself against the embedded world.
"""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from csc_verify.attestation.identity import PREDICATE_TYPE
from csc_verify.demo.faults import Before, Fault
from csc_verify.demo.world import World
from tests.commands import Answer, call
from tests.throwaway_sigstore import COMMIT, Claims, Sigstore, statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csc_verify.demo.student import DemoStudent

LOG = ".csc/log.jsonl"
CHAIN = ".csc/attestations.jsonl"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


@pytest.fixture(scope="module")
def sigstore() -> Sigstore:
    return Sigstore()


@pytest.fixture
def alice(world: World) -> DemoStudent:
    return world.student("alice")


def staged(world: World, student: DemoStudent, folder: Path) -> Answer:
    """A run that only stages; the runner's file for outputs lies beside the folder."""
    env = {**world.env(student), "GITHUB_OUTPUT": str(folder.with_suffix(".out"))}
    return call("run", "--publish", "api", "--stage", str(folder), env=env)


def attest(world: World, student: DemoStudent, sigstore: Sigstore, folder: Path) -> Path:
    """What GitHub makes of what is staged."""
    number = world.hub.repositories[student.profile].id
    claims = Claims(repository=str(number), owner=str(student.id))
    names = ("log.jsonl", "attestations.jsonl")
    said = statement([(name, (folder / name).read_bytes()) for name in names], PREDICATE_TYPE)
    bundle = folder / "bundle.json"
    bundle.write_bytes(sigstore.bundle(said, claims, world.now + timedelta(seconds=20)))
    return bundle


def publish(
    world: World, student: DemoStudent, sigstore: Sigstore, folder: Path
) -> tuple[Answer, Answer]:
    """One run of the reusable workflow."""
    first = staged(world, student, folder)
    assert first.code == 0, first.err
    bundle = attest(world, student, sigstore, folder)
    env = world.env(student)
    return first, call("publish", str(folder), "--bundle", str(bundle), env=env)


def audit(
    world: World, student: DemoStudent, sigstore: Sigstore, folder: Path, *options: str
) -> Answer:
    root = folder / "root.json"
    root.write_text(sigstore.root(), "utf-8")
    asked = ("--attested", "--trusted-root", str(root), *options)
    return call("audit", student.profile, *asked, env=world.env(student))


def test_a_log_that_the_workflow_made_is_attested(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    head = world.repository(alice).head("main")
    first, second = publish(world, alice, sigstore, tmp_path / "one")
    assert f"Kept in {tmp_path / 'one'}, to be committed by another step: " in first.err
    assert "--publish none" not in first.err
    assert (tmp_path / "one.out").read_text("utf-8").endswith("staged=attest\n")
    assert "verdict<<" in (tmp_path / "one.out").read_text("utf-8")
    assert second.code == 0, second.err
    assert world.repository(alice).head("main") != head
    assert len(world.repository(alice).log("main")) == 2
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT)
    assert answer.code == 0, answer.out + answer.err
    assert "This log is attested" in answer.out
    assert "! attested: 1 publication, the first signed on" in answer.out
    assert "self-published" not in answer.out.split("Noticed")[0]


def test_its_page_does_not_call_itself_self_published(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    page = world.repository(alice).object("main:.csc/log.md")
    assert page is not None
    assert b"audit OWNER/REPO --attested" in page.content
    assert b"self-published" not in page.content
    # Who publishes the same log without our workflow has a page that says so.
    call("run", "--publish", "api", env=world.env(alice))
    page = world.repository(alice).object("main:.csc/log.md")
    assert page is not None
    assert b"**self-published**" in page.content


def test_a_reminder_is_told_to_be_none(world: World, alice: DemoStudent, tmp_path: Path) -> None:
    config = ".github/csc.yml"
    found = world.repository(alice).object(f"main:{config}")
    assert found is not None
    wish = {config: found.content + b"reminders: monday\n"}
    world.add_commit_as_student(alice, wish, "Remind me")
    answer = staged(world, alice, tmp_path / "one")
    assert answer.code == 0
    assert "Warning: there are no reminders in attested mode" in answer.err
    assert "issues: write" not in answer.err
    assert world.issues(alice).all() == ()


def test_a_second_week_makes_the_chain_longer(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    world.advance(world.now + timedelta(days=7))
    _, second = publish(world, alice, sigstore, tmp_path / "two")
    assert second.code == 0, second.err
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT)
    assert "! attested: 2 publications" in answer.out
    again = staged(world, alice, tmp_path / "three")
    assert "Nothing is new" in again.err
    assert (tmp_path / "three.out").read_text("utf-8").endswith("staged=\n")


def test_a_log_that_was_edited_afterwards_is_not_attested(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    found = world.repository(alice).object(f"main:{LOG}")
    assert found is not None
    edited = found.content.replace(b'"unmet"', b'"met"')
    world.add_commit_as_student(alice, {LOG: edited}, "Improve")
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT, "--format", "json")
    data = json.loads(answer.out)
    assert (answer.code, data["trust"]) == (1, "self-published")
    assert "not-attested" in {remark["kind"] for remark in data["remarks"]}
    # And the workflow doesn't go on from it.
    stopped = staged(world, alice, tmp_path / "two")
    assert stopped.code == 4
    assert "restore both files" in stopped.err.lower()


def test_a_self_published_log_is_not_attested(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    call("run", "--publish", "api", env=world.env(alice))
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT)
    assert answer.code == 1
    assert "✗ not-attested: there is no .csc/attestations.jsonl" in answer.out


def test_another_commit_of_the_workflow_is_not_trusted(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", "b" * 40)
    assert answer.code == 1
    assert "not-attested" in answer.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--signer-digest", "short"), "--signer-digest is not a commit's 40 digits"),
    ],
)
def test_what_is_missing_to_tell_is_said(  # noqa: PLR0917  fixtures
    world: World,
    alice: DemoStudent,
    sigstore: Sigstore,
    tmp_path: Path,
    options: tuple[str, ...],
    said: str,
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    answer = audit(world, alice, sigstore, tmp_path, *options)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_what_was_verified_is_shown_though_the_releases_are_not_told(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    answer = audit(world, alice, sigstore, tmp_path)
    assert answer.code == 3
    assert "! attestations-not-verified: the attestations were not verified: GitHub" in answer.out
    assert "✓ 2026-11-16  met      confirmed" in answer.out


def test_a_log_that_was_there_before_is_attested_in_part(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    call("run", "--publish", "api", env=world.env(alice))
    world.advance(world.now + timedelta(days=7))
    publish(world, alice, sigstore, tmp_path / "one")
    options = ("--signer-digest", COMMIT, "--format", "json")
    data = json.loads(audit(world, alice, sigstore, tmp_path, *options).out)
    assert data["trust"] == "attested-in-part"
    assert "attested-from-later-on" in {remark["kind"] for remark in data["remarks"]}


def test_a_chain_has_to_go_on_from_the_copy_that_was_kept(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    found = world.repository(alice).object(f"main:{CHAIN}")
    assert found is not None
    kept = tmp_path / "kept.jsonl"
    options = ("--signer-digest", COMMIT, "--seen-before", str(kept))
    kept.write_bytes(found.content)
    assert audit(world, alice, sigstore, tmp_path, *options).code == 0
    kept.write_bytes(found.content * 2)
    answer = audit(world, alice, sigstore, tmp_path, *options)
    assert answer.code == 1
    assert "✗ chain-cut" in answer.out


def test_a_chain_that_was_cut_back_is_told(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    publish(world, alice, sigstore, tmp_path / "one")
    files = {path: world.repository(alice).object(f"main:{path}") for path in (LOG, CHAIN)}
    world.advance(world.now + timedelta(days=7))
    publish(world, alice, sigstore, tmp_path / "two")
    back = {path: blob.content for path, blob in files.items() if blob is not None}
    world.add_commit_as_student(alice, back, "Go back")
    answer = audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT)
    assert answer.code == 1
    assert "✗ chain-cut: the chain of publications was another one in commit" in answer.out


def test_a_folder_needs_to_be_told_whose_it_is(
    world: World, alice: DemoStudent, tmp_path: Path
) -> None:
    (tmp_path / ".csc").mkdir()
    for path in (LOG, CHAIN):
        (tmp_path / path).write_text("", "utf-8")
    options = ("--attested", "--signer-digest", COMMIT)
    answer = call("audit", str(tmp_path), *options, env=world.env(alice))
    assert answer.code == 2
    assert "Name --repository-id and --owner-id" in answer.err


def test_a_branch_that_moved_meanwhile_loses_nothing(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    staged(world, alice, tmp_path / "one")
    bundle = attest(world, alice, sigstore, tmp_path / "one")
    world.add_commit_as_student(alice, {"NOTES.md": b"mine\n"}, "Take notes")
    env = world.env(alice)
    answer = call("publish", str(tmp_path / "one"), "--bundle", str(bundle), env=env)
    assert answer.code == 0, answer.err
    assert world.repository(alice).object("main:NOTES.md") is not None


def staged_and_attested(
    world: World, student: DemoStudent, sigstore: Sigstore, folder: Path
) -> tuple[str, ...]:
    """The command that publishes what a run has staged."""
    assert staged(world, student, folder).code == 0
    return ("publish", str(folder), "--bundle", str(attest(world, student, sigstore, folder)))


def moves(world: World, student: DemoStudent, times: int) -> list[str]:
    """Has the branch moved on just before each of the next commits; the heads that it then has."""
    heads: list[str] = []

    def move() -> None:
        notes = {"NOTES.md": f"note {len(heads)}\n".encode()}
        heads.append(world.add_commit_as_student(student, notes, "Take notes"))

    world.github.faults.add(Fault("createCommitOnBranch", Before(move), times))
    return heads


def test_a_branch_that_moves_while_it_commits_is_looked_at_again(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    words = staged_and_attested(world, alice, sigstore, tmp_path / "one")
    heads = moves(world, alice, 2)
    answer = call(*words, env=world.env(alice))
    assert answer.code == 0, answer.err
    repository = world.repository(alice)
    assert len(heads) == 2
    assert [commit.oid for commit in repository.log("main")][1:3] == heads[::-1]
    notes = repository.object("main:NOTES.md")
    assert notes is not None
    assert notes.content == b"note 1\n"
    assert audit(world, alice, sigstore, tmp_path, "--signer-digest", COMMIT).code == 0


def test_a_branch_that_never_rests_is_given_up_and_said_so(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    words = staged_and_attested(world, alice, sigstore, tmp_path / "one")
    heads = moves(world, alice, 99)
    answer = call(*words, env=world.env(alice))
    assert (answer.code, len(heads)) == (4, 5)
    assert "moved" in answer.err
    repository = world.repository(alice)
    assert repository.head("main") == heads[-1]
    assert repository.object(f"main:{CHAIN}") is None


@pytest.mark.parametrize("switch", ["CSC_VERIFY_NOW", "CSC_VERIFY_ALLOW_PRIVATE_HOSTS"])
def test_what_a_test_setting_found_is_not_published_at_github(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path, switch: str
) -> None:
    words = staged_and_attested(world, alice, sigstore, tmp_path / "one")
    here = world.env(alice)
    there = {name: here[name] for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", switch)}
    answer = call(*words, env={**there, "GITHUB_API_URL": "https://api.github.example"})
    assert answer.code == 2
    assert f"{switch} is set, and what is found under a test setting" in answer.err


def test_it_is_published_on_the_branch_that_the_configuration_names(
    world: World, alice: DemoStudent, sigstore: Sigstore, tmp_path: Path
) -> None:
    repository = world.repository(alice)
    found = repository.object("main:.github/csc.yml")
    assert found is not None
    wish = {".github/csc.yml": found.content + b"publish: {branch: log}\n"}
    head = world.add_commit_as_student(alice, wish, "Keep the log elsewhere")
    subprocess.run(["git", "branch", "log", "main"], cwd=repository.path, check=True)
    answer = publish(world, alice, sigstore, tmp_path / "one")[1]
    assert answer.code == 0, answer.err
    assert "Written to alice/alice@log as" in answer.err
    assert repository.head("main") == head
    assert [commit.oid for commit in repository.log("log")][1] == head
    assert repository.object(f"log:{CHAIN}") is not None
    assert repository.object(f"main:{CHAIN}") is None


def test_an_attestation_of_something_else_is_not_published(
    world: World, alice: DemoStudent, tmp_path: Path
) -> None:
    staged(world, alice, tmp_path / "one")
    (tmp_path / "other.json").write_text("{}", "utf-8")
    other = str(tmp_path / "other.json")
    answer = call("publish", str(tmp_path / "one"), "--bundle", other, env=world.env(alice))
    assert answer.code == 4
    assert "attestation is about other files" in answer.err


def test_nothing_staged_is_nothing_to_publish(
    world: World, alice: DemoStudent, tmp_path: Path
) -> None:
    answer = call("publish", str(tmp_path), env=world.env(alice))
    assert answer.code == 2
    assert "nothing is staged" in answer.err


def test_staging_goes_through_the_api_alone(world: World, alice: DemoStudent) -> None:
    answer = call("run", "--publish", "none", "--stage", "x", env=world.env(alice))
    assert answer.code == 2
    assert "--stage goes with --publish api" in answer.err


def test_a_push_by_force_is_told(world: World, alice: DemoStudent) -> None:
    call("run", "--publish", "api", env=world.env(alice))
    world.add_commit_as_student(alice, {"x.md": b"x"}, "Something")
    world.force_push(alice)
    answer = call("audit", alice.profile, env=world.env(alice))
    assert "! force-pushed: main was pushed to by force once, last on 2026-11-24" in answer.out
