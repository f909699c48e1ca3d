"""``csc-verify audit`` against whoever wants a false "confirmed", or another student accused."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import chdir
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from csc_verify.audit import Kind, Version
from csc_verify.audit.asking import MOST_LOOKS
from csc_verify.audit.history import remarks_on_history
from csc_verify.demo.faults import Fault, status
from csc_verify.demo.world import World
from csc_verify.publish.git_store import BOT_EMAIL
from tests.commands import Answer, call
from tests.logs import (
    LOG,
    Line,
    as_json,
    as_text,
    audit,
    blog_of,
    cloned,
    contributions_of,
    forge,
    kinds_of,
    lines_of,
    published,
    rewrite,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


def recheck_of(answer: Answer, week: int, requirement: str) -> dict[str, str]:
    found: dict[str, str] = next(
        it for it in as_json(answer)["weeks"][week]["requirements"] if it["id"] == requirement
    )
    return found


# --- a log that was forged from its first line on -------------------------------------------------


def _inflated(line: Line) -> None:
    found = contributions_of(line)
    found["evidence"][0]["count"] = 4
    found.update(verdict="met", count=5)


def _listed_twice(line: Line) -> None:
    found = contributions_of(line)
    found["evidence"] *= 3
    found.update(verdict="met", count=6)


def _skipped(line: Line) -> None:
    contributions_of(line).update(verdict="skipped", count=0, evidence=[])


@pytest.mark.parametrize(
    ("tamper", "outcome"),
    [(_inflated, "contradicted"), (_listed_twice, "contradicted"), (_skipped, "not-recheckable")],
)
def test_numbers_that_only_the_log_says_are_worth_nothing(
    world: World, tamper: Callable[[Line], None], outcome: str
) -> None:
    student = published(world, "bob")
    lines = lines_of(world, student)
    assert contributions_of(lines[1])["verdict"] == "unmet"
    tamper(lines[1])
    lines[1]["verdict"] = "met"
    forge(world, student, lines)
    answer = audit(world, student, "--format", "json")
    assert answer.code == 1
    assert recheck_of(answer, 1, "contributions")["outcome"] == outcome
    assert Kind.INCONSISTENT.value in kinds_of(answer)


def test_a_pause_that_nobody_configured_confirms_nothing(world: World) -> None:
    student = published(world, "bob")
    lines = lines_of(world, student)
    for finding in lines[1]["requirements"]:
        finding.update(verdict="skipped", count=0, evidence=[], reason="paused: agreed")
    lines[1]["verdict"] = "skipped"
    forge(world, student, lines)
    answer = audit(world, student, "--format", "json")
    assert answer.code == 3
    assert as_json(answer)["weeks"][1]["outcome"] == "not-recheckable"
    assert Kind.PAUSED.value in kinds_of(answer)
    assert "no pause of today's configuration" in recheck_of(answer, 1, "blog")["why"]


def test_a_pause_that_is_configured_is_confirmed_and_still_told(world: World) -> None:
    student = world.student("alice")
    found = world.repository(student).object("main:.github/csc.yml")
    assert found is not None
    pause = b"pauses: [{from: 2026-11-09, to: 2026-11-15, reason: moving}]\n"
    world.add_commit_as_student(student, {".github/csc.yml": found.content + pause}, "Pause")
    answer = audit(world, published(world, "alice"), "--format", "json")
    assert answer.code == 0
    assert Kind.PAUSED.value in kinds_of(answer)


@pytest.mark.parametrize("github", ["", "--github=bob"])
def test_a_log_of_somebody_else_is_nobodys(world: World, github: str) -> None:
    bob, alice = published(world, "bob"), published(world, "alice")
    forge(world, alice, [lines_of(world, bob)[0], lines_of(world, alice)[2]])
    answer = audit(world, alice, "--format", "json", *([github] if github else []))
    assert answer.code == 1
    assert Kind.OTHER_ACCOUNT.value in kinds_of(answer)
    assert len(as_json(answer)["weeks"]) == 1


def test_a_configuration_about_somebody_else_is_said_unless_the_coach_said_so(world: World) -> None:
    bob, alice = published(world, "bob"), published(world, "alice")
    config = world.repository(bob).object("main:.github/csc.yml")
    assert config is not None
    files = {
        ".github/csc.yml": b"github: bob\n" + config.content,
        LOG: as_text(lines_of(world, bob)).encode(),
    }
    world.add_commit_as_student(alice, files, "Be Bob")
    answer = audit(world, alice)
    assert answer.code == 1
    assert "✗ other-account: the configuration is about bob, and the repository is" in answer.out
    assert "other-account" not in audit(world, alice, "--github", "bob").out.replace(
        "✗ other-account: 3 lines", ""
    )


def test_a_commit_by_nobody_known_says_nothing(world: World) -> None:
    bob, alice = published(world, "bob"), published(world, "alice")
    lines = lines_of(world, bob)
    theirs = contributions_of(lines_of(world, alice)[2])["evidence"][:2]
    for line in lines:
        line["student"]["id"] = None
    found = contributions_of(lines[2])
    found["evidence"] += theirs
    found.update(verdict="met", count=5)
    lines[2]["verdict"] = "met"
    forge(world, bob, lines)
    answer = audit(world, bob, "--format", "json")
    assert recheck_of(answer, 2, "contributions")["outcome"] == "contradicted"
    assert "is a commit of alice" in recheck_of(answer, 2, "contributions")["why"]


def _with_post(line: Line, url: str, day: str) -> None:
    post = {"kind": "post", "url": url, "at": f"{day}T10:00:00-05:00", "title": "Mine", "count": 1}
    blog_of(line).update(verdict="met", count=1, evidence=[post])
    line["verdict"] = "met"


def test_a_post_on_a_site_that_isnt_the_students_is_not_even_opened(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    elsewhere = world.blog_url.replace("127.0.0.1", "localhost") + "/bob/anything"
    _with_post(lines[1], elsewhere, "2026-11-10")
    forge(world, student, lines)
    world.forget_requests()
    env = {"CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1,localhost"}
    answer = audit(world, student, "--format", "json", **env)
    assert recheck_of(answer, 1, "blog")["outcome"] == "not-recheckable"
    assert "on no site of today's configuration" in recheck_of(answer, 1, "blog")["why"]
    assert "/bob/anything" not in {request.path for request in world.requests}


def test_a_post_that_leads_elsewhere_is_no_proof_and_no_accusation(world: World) -> None:
    """An own address that leads to somebody's post, and an honest one that was taken over."""
    student = published(world, "alice")
    away = world.blog_url.replace("127.0.0.1", "localhost") + "/bob/chess-clock"
    for path in ("/alice/mine", "/alice/caching"):
        world.blog.faults.add(Fault(path, status(301, "", (("Location", away),)), 100))
    world.blog.faults.add(Fault("/alice/feed.xml", status(503), 100))
    lines = lines_of(world, student)
    _with_post(lines[1], f"{world.blog_url}/alice/mine", "2026-11-10")
    forge(world, student, lines)
    env = {"CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1,localhost"}
    answer = audit(world, student, "--format", "json", **env)
    assert answer.code == 3
    assert recheck_of(answer, 0, "blog")["outcome"] == "not-recheckable"
    assert recheck_of(answer, 1, "blog")["outcome"] == "not-recheckable"


def test_without_a_configuration_the_log_does_not_say_where_to_look(world: World) -> None:
    student = published(world, "alice")
    git = world.repository(student)
    subprocess.run(
        ["git", "update-ref", "refs/heads/main", git.head("main") or ""], cwd=git.path, check=True
    )
    world.add_commit_as_student(student, {".github/csc.yml": b"timezone: Nowhere/Here\n"}, "Oops")
    answer = audit(world, student, "--format", "json")
    assert Kind.NO_CONFIGURATION.value in kinds_of(answer)
    assert recheck_of(answer, 0, "blog")["outcome"] == "not-recheckable"


def test_a_zone_that_moves_from_week_to_week_is_told(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    lines[1]["student"]["timezone"] = "Pacific/Kiritimati"
    forge(world, student, lines)
    answer = audit(world, student)
    assert "! commitment-changed: from the week of 2026-11-09, time zone: Pacific/K" in answer.out


def test_one_commit_counts_in_one_week(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    commit = next(it for it in contributions_of(lines[2])["evidence"] if "/commit/" in it["url"])
    contributions_of(lines[1])["evidence"].append(commit)
    forge(world, student, lines)
    assert Kind.COUNTED_TWICE.value in kinds_of(audit(world, student, "--format", "json"))


# --- what wasn't checked is not confirmed ---------------------------------------------------------


def test_an_empty_log_is_not_confirmed(world: World) -> None:
    student = published(world, "alice")
    forge(world, student, [])
    answer = audit(world, student)
    assert answer.code == 3
    assert "0 weeks: nothing to check" in answer.out


def test_a_line_that_cant_be_read_or_lacks_is_not_confirmed(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    lines[1]["schema"] = 9
    forge(world, student, lines)
    assert audit(world, student).code == 3
    forge(world, student, [lines[0], lines[2]])
    assert audit(world, student).code == 3


def test_a_file_that_is_no_log_is_wrong_usage(world: World, tmp_path: Path) -> None:
    (tmp_path / "hello.txt").write_text("hello\n", "utf-8")
    answer = call("audit", str(tmp_path / "hello.txt"), env=world.env(world.student("alice")))
    assert (answer.code, answer.out) == (2, "")
    assert "holds no line of a log" in answer.err


def test_a_line_that_was_never_made_final_is_not_confirmed(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    for line in lines:
        line["week"].update(state="settling", final=False)
    forge(world, student, lines)
    world.advance(world.now + timedelta(days=7))
    answer = audit(world, student, "--format", "json")
    assert answer.code == 3
    assert Kind.NOT_FINAL.value in kinds_of(answer)


def test_an_outage_is_told_as_that_and_not_as_something_gone(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    world.github.faults.add(Fault("*", status(503), 100_000))
    folder = cloned(world, student, world.bare_repository(student).parent / "clone")
    answer = call("audit", str(folder), env=world.env(student))
    assert answer.code == 3
    assert "deleted, made private" not in answer.out
    assert contributions_of(lines[0])["verdict"] == "met"


def test_the_last_line_says_what_the_exit_code_means(world: World) -> None:
    student = published(world, "alice")
    assert audit(world, student).out.endswith("3 confirmed. The log is confirmed.\n")
    lines = lines_of(world, student)
    rewrite(world, student, [lines[0], lines[2]])
    answer = audit(world, student)
    assert answer.code == 1
    assert "The log is contradicted by what is marked ✗ above." in answer.out
    remarks = as_json(audit(world, student, "--format", "json"))["remarks"]
    assert {it["kind"] for it in remarks if it["contradicts"]} == {Kind.WEEK_DROPPED.value}


# --- nobody is accused by accident ----------------------------------------------------------------


def test_a_clock_that_is_a_little_behind_accuses_nobody(world: World) -> None:
    student = published(world, "alice")
    behind = (world.now - timedelta(minutes=20)).isoformat()
    assert audit(world, student, CSC_VERIFY_NOW=behind).code == 0


def test_a_mishap_that_was_put_back_is_told_and_accuses_nobody(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    rewrite(world, student, lines[:1])
    rewrite(world, student, lines)
    answer = audit(world, student)
    assert answer.code == 0
    assert "! put-back: the lines of 2 weeks (2026-11-09, 2026-11-16) were changed in commit" in (
        answer.out
    )


def test_a_shallow_clone_says_what_it_lacks(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    world.add_commit_as_student(student, {"README.md": b"# Alice\n"}, "Edit")
    folder = cloned(world, student, tmp_path / "clone", "--depth", "1")
    answer = call("audit", str(folder), env=world.env(student))
    assert "! history-not-seen: this clone is shallow" in answer.out
    assert "commit-by-somebody-else" not in answer.out


# --- a history that hides something ---------------------------------------------------------------


def version(lines: list[Line], number: int) -> Version:
    return Version(f"{number:040x}", "bot <b>", is_bot=True, is_signed=True, text=as_text(lines))


def _changed(lines: list[Line]) -> list[Line]:
    copy: list[Line] = json.loads(json.dumps(lines))
    blog_of(copy[1]).update(verdict="met", count=1)
    copy[1]["verdict"] = "met"
    return copy


def _unreadable(lines: list[Line]) -> list[Line]:
    copy: list[Line] = json.loads(json.dumps(lines))
    copy[1]["schema"] = 9
    return copy


def test_a_detour_over_an_unreadable_line_hides_nothing(world: World) -> None:
    lines = lines_of(world, published(world, "alice"))
    steps = [lines, _unreadable(lines), _changed(lines)]
    versions = [version(step, number) for number, step in enumerate(steps)]
    kinds = [remark.kind for remark in remarks_on_history(versions)]
    assert kinds == [Kind.LINE_CHANGED]


def _revised(**fields: object) -> Callable[[list[Line]], list[Line]]:
    """A change with a revision of which something isn't true."""

    def revise(lines: list[Line]) -> list[Line]:
        copy, was = _changed(lines), lines[1]
        revision = {
            "checked_at": was["checked_at"],
            "version": was["version"],
            "verdict": was["verdict"],
            "requirements": [blog_of(was)],
            "why": "evidence surfaced",
        }
        copy[1]["revisions"] = [revision | fields]
        return copy

    return revise


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (_revised(), []),
        (_revised(verdict="unknown"), [Kind.LINE_CHANGED]),
        (_revised(checked_at="2026-11-18T00:00:00Z"), [Kind.LINE_CHANGED]),
        (_revised(requirements=[]), [Kind.LINE_CHANGED]),
    ],
)
def test_a_revision_has_to_say_what_the_line_said(
    world: World, change: Callable[[list[Line]], list[Line]], kinds: list[Kind]
) -> None:
    lines = lines_of(world, published(world, "alice"))
    found = remarks_on_history([version(lines, 1), version(change(lines), 2)])
    assert [remark.kind for remark in found] == kinds


def test_a_revision_that_is_dropped_is_a_change(world: World) -> None:
    lines = lines_of(world, published(world, "alice"))
    healed = _revised()(lines)
    again = json.loads(json.dumps(healed))
    again[1]["revisions"] = [{**healed[1]["revisions"][0], "why": "another reason"}] * 2
    found = remarks_on_history([version(healed, 1), version(again, 2)])
    assert [remark.kind for remark in found] == [Kind.LINE_CHANGED]


def test_a_first_version_that_several_runs_wrote_came_from_elsewhere(world: World) -> None:
    student = published(world, "alice")
    world.advance(world.now + timedelta(days=7))
    published(world, "alice")
    forge(world, student, lines_of(world, student))
    assert Kind.NO_HISTORY.value in kinds_of(audit(world, student, "--format", "json"))


def git(folder: Path, *words: str) -> str:
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "github-actions[bot]"), ("EMAIL", BOT_EMAIL))
    }
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **identity}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_merge_that_takes_over_a_forged_log_hides_nothing(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    forged = _changed(lines_of(world, student))
    folder = cloned(world, student, tmp_path / "clone")
    honest = git(folder, "rev-parse", "HEAD")
    git(
        folder,
        "checkout",
        "--quiet",
        "-b",
        "side",
        git(folder, "rev-list", "--max-parents=0", honest),
    )
    git(folder, "checkout", "--quiet", honest, "--", ".csc")
    (folder / LOG).write_text(as_text(forged), "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Update")
    tree, side = git(folder, "rev-parse", "HEAD^{tree}"), git(folder, "rev-parse", "HEAD")
    merge = git(folder, "commit-tree", tree, "-p", honest, "-p", side, "-m", "Merge")
    git(folder, "push", "--quiet", "origin", f"{merge}:refs/heads/main")
    for answer in (
        audit(world, student),
        call("audit", str(cloned(world, student, tmp_path / "two")), env=world.env(student)),
    ):
        assert answer.code == 1
        assert "✗ final-line-changed: the final line of the week of 2026-11-09" in answer.out


def test_a_tag_with_the_branchs_name_shows_no_other_history(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    folder = cloned(world, student, tmp_path / "clone")
    config = folder / ".github/csc.yml"
    config.write_text(config.read_text("utf-8") + "\npublish: {branch: log}\n", "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Configure")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/log")
    (folder / LOG).write_text(as_text(_changed(lines)), "utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Update")
    git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/log")
    git(folder, "checkout", "--quiet", "--orphan", "clean")
    git(folder, "commit", "--quiet", "--message", "Update")
    git(folder, "tag", "log")
    git(folder, "push", "--quiet", "origin", "refs/tags/log")
    answer = audit(world, student)
    assert answer.code == 1
    assert "✗ final-line-changed" in answer.out


def test_more_versions_than_a_page_are_all_seen(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    rewrite(world, student, _changed(lines))
    for number in range(25):
        text = as_text(_changed(lines)) + "\n" * (1 + number % 2)
        world.add_commit_as_student(student, {LOG: text.encode()}, "Space")
    assert "✗ final-line-changed" in audit(world, student).out


def test_what_was_changed_since_the_last_commit_is_seen(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    (folder / LOG).write_text(as_text(_changed(lines_of(world, student))), "utf-8")
    answer = call("audit", str(folder), env=world.env(student))
    assert answer.code == 1
    assert "in the log as it is now, since its last commit" in answer.out


def test_a_branch_that_was_deleted_and_made_anew_is_told(world: World) -> None:
    student = published(world, "alice")
    world.delete_branch(student)
    assert "! force-pushed: main was deleted and made anew once" in audit(world, student).out


def test_an_unsigned_commit_in_the_bots_name_is_told(world: World) -> None:
    student = published(world, "alice")
    assert "unsigned-commit" not in audit(world, student).out
    forge(world, student, lines_of(world, student))
    assert "! unsigned-commit: 1 commit" in audit(world, student).out


# --- bounded work ---------------------------------------------------------------------------------


def test_a_line_with_hundreds_of_links_costs_few_requests(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    post = blog_of(lines[0])["evidence"][0]
    blog_of(lines[0])["evidence"] = [
        {**post, "url": f"{world.blog_url}/alice/none-{number}"} for number in range(200)
    ]
    forge(world, student, lines)
    world.forget_requests()
    audit(world, student)
    assert sum("/alice/none-" in request.path for request in world.requests) <= MOST_LOOKS


def test_an_audit_asks_for_no_advice(world: World) -> None:
    student = published(world, "alice")
    assert any(b"query Changes" in request.body for request in world.requests)
    world.forget_requests()
    audit(world, student)
    assert not any(b"query Changes" in request.body for request in world.requests)


@pytest.mark.parametrize("size", [21 * 1024 * 1024])
def test_a_log_that_is_too_large_is_refused_and_never_cut(
    world: World, tmp_path: Path, size: int
) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    with (folder / LOG).open("ab") as log:
        log.write(b"\n" * size)
    answer = call("audit", str(folder), env=world.env(student))
    assert (answer.code, answer.out) == (2, "")
    assert "larger than any log" in answer.err


def test_a_huge_version_is_not_read(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    whole = (folder / LOG).read_bytes()
    for content in (b"\n" * (21 * 1024 * 1024), whole):
        (folder / LOG).write_bytes(content)
        git(folder, "commit", "--quiet", "--all", "--message", "Update")
    answer = call("audit", str(folder), env=world.env(student))
    assert answer.code == 0
    assert "! history-not-seen: 1 earlier versions of the log could not be read" in answer.out


# --- how it is called -----------------------------------------------------------------------------


def test_a_repository_is_named_by_its_address_too(world: World) -> None:
    student = published(world, "alice")
    for name in ("https://github.com/alice/alice", "https://github.com/alice/alice.git"):
        assert call("audit", name, env=world.env(student)).code == 0


def test_the_published_folder_and_the_log_in_it_are_named_too(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    for place in (folder, folder / ".csc", folder / LOG):
        assert call("audit", str(place), env=world.env(student)).code == 0, place


@pytest.mark.parametrize(
    ("log", "env", "code", "said"),
    [
        ("alice/nothing", {}, 2, "alice/nothing"),
        ("alice/alice", {"GITHUB_TOKEN": ""}, 3, "GITHUB_TOKEN"),
        ("nowhere", {}, 2, "neither a folder or file here nor a repository"),
    ],
)
def test_exit_codes_are_those_of_a_command_that_reads(  # noqa: PLR0917  fixtures
    world: World, tmp_path: Path, log: str, env: dict[str, str], code: int, said: str
) -> None:
    student = published(world, "alice")
    with chdir(tmp_path):
        answer = call("audit", log, env={**world.env(student), **env})
    assert answer.code == code
    assert said in answer.err


def test_without_git_a_folder_is_audited_without_its_history(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    answer = call("audit", str(folder), env={**world.env(student), "PATH": str(tmp_path)})
    assert answer.code == 0
    assert "! history-not-seen: earlier versions could not be seen: git is not" in answer.out
