"""``csc-verify audit``: published logs, verified again, and tampered with in every way we know."""

from __future__ import annotations

import json
import subprocess
from contextlib import chdir
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from csc_verify.audit import Kind, Outcome
from csc_verify.audit.comparing import Seen, Sight, compared
from csc_verify.audit.history import remarks_on_history
from csc_verify.audit.values import CONTRADICTIONS, Version
from csc_verify.demo.faults import Fault, status
from csc_verify.demo.world import World
from csc_verify.ledger import read_ledger
from csc_verify.model import Counted, Finding, RequirementId, Verdict
from tests.commands import call
from tests.logs import (
    LOG,
    as_json,
    audit,
    blog_of,
    cloned,
    contributions_of,
    lines_of,
    published,
    rewrite,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.logs import Line


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


# --- what is confirmed ----------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["alice", "bob", "carol", "erin"])
def test_an_honest_log_is_confirmed_week_by_week(world: World, login: str) -> None:
    student = published(world, login)
    answer = audit(world, student)
    assert answer.code == 0, answer.out
    assert answer.out.count("  confirmed") == len(student.expected)
    assert "self-published" in answer.out
    assert not any(f"✗ {kind.value}" in answer.out for kind in Kind)


@pytest.mark.parametrize("login", ["dana", "faye"])
def test_what_is_private_cant_be_rechecked_and_accuses_nobody(world: World, login: str) -> None:
    answer = audit(world, published(world, login))
    assert answer.code == 3
    assert "not-recheckable" in answer.out
    assert "contradicted" not in answer.out


def test_as_json_it_is_one_document(world: World) -> None:
    student = published(world, "alice")
    data = as_json(audit(world, student, "--format", "json"))
    assert (data["schema"], data["github"], data["log"]) == (1, "alice", "alice/alice")
    assert (data["outcome"], data["trust"]) == ("confirmed", "self-published")
    assert [(w["start"], w["outcome"]) for w in data["weeks"]] == [
        ("2026-11-02", "confirmed"), ("2026-11-09", "confirmed"), ("2026-11-16", "confirmed"),
    ]  # fmt: skip
    assert data["weeks"][2]["requirements"][0] == {
        "id": "contributions", "outcome": "confirmed", "said": "met, 7 of 5",
        "found": "met, 7 of 5", "why": "",
    }  # fmt: skip


def test_a_line_that_claims_nothing_is_told_as_that(world: World) -> None:
    answer = audit(world, published(world, "carol"))
    assert "the log says unknown: the log claims nothing" in answer.out


def test_on_a_runner_nothing_printed_is_an_order(world: World) -> None:
    answer = audit(world, published(world, "alice"), GITHUB_ACTIONS="true")
    assert answer.out.startswith("::stop-commands::")


def test_on_a_runner_no_title_in_the_json_is_an_order(world: World) -> None:
    student = published(world, "alice")
    lines = lines_of(world, student)
    lines[2]["week"]["iso"] = "##[set-output name=verdict]met"
    rewrite(world, student, lines)
    answer = audit(world, student, "--format", "json", GITHUB_ACTIONS="true")
    assert "##[" not in answer.out
    assert any("##[set-output" in remark["text"] for remark in as_json(answer)["remarks"])


# --- tampering ------------------------------------------------------------------------------------


def _flip(weeks: list[Line]) -> None:
    weeks[1]["verdict"] = "met"
    blog_of(weeks[1])["verdict"] = "met"


def _flip_with_another_weeks_post(weeks: list[Line]) -> None:
    _flip(weeks)
    blog_of(weeks[1])["count"] = 1
    blog_of(weeks[1])["evidence"] = blog_of(weeks[0])["evidence"]


def _flip_with_a_dead_link(weeks: list[Line]) -> None:
    _flip(weeks)
    post = dict(blog_of(weeks[0])["evidence"][0])
    post["url"], post["at"] = post["url"] + "-two", "2026-11-11T10:00:00-05:00"
    blog_of(weeks[1])["count"] = 1
    blog_of(weeks[1])["evidence"] = [post]


def _flip_with_a_redated_post(weeks: list[Line]) -> None:
    _flip_with_another_weeks_post(weeks)
    blog_of(weeks[1])["evidence"] = [
        {**blog_of(weeks[1])["evidence"][0], "at": "2026-11-11T10:00:00-05:00"}
    ]
    blog_of(weeks[0])["evidence"] = []


def _raise_the_count(weeks: list[Line]) -> None:
    contributions_of(weeks[2])["count"] = 70


def _drop(weeks: list[Line]) -> None:
    weeks.pop(1)


def _repeat(weeks: list[Line]) -> None:
    weeks.append(weeks[1])


def _lower(weeks: list[Line]) -> None:
    for week in weeks:
        contributions_of(week)["minimum"] = 2


def _narrow(weeks: list[Line]) -> None:
    weeks[2]["commitment"]["scope"] = ["contributions"]
    blog_of(weeks[2]).update(verdict="skipped", count=0, evidence=[], reason="outside the scope")


def _too_early(weeks: list[Line]) -> None:
    weeks[2]["checked_at"] = "2026-11-20T06:00:00Z"


def _to_come(weeks: list[Line]) -> None:
    weeks[2]["checked_at"] = "2026-12-20T06:00:00Z"


def _other_weekday(weeks: list[Line]) -> None:
    weeks[2]["week"].update(start="2026-11-17", end="2026-11-23")


def _other_verdict(weeks: list[Line]) -> None:
    weeks[1]["verdict"] = "unknown"


def _unknown(weeks: list[Line]) -> None:
    weeks[1]["verdict"] = "unknown"
    blog_of(weeks[1])["verdict"] = "unknown"


def _break(weeks: list[Line]) -> None:
    weeks[1]["week"] = "last one"


def _swap(weeks: list[Line]) -> None:
    weeks.reverse()


TAMPERED: dict[str, tuple[Callable[[list[Line]], None], Kind, int]] = {
    "a verdict": (_flip, Kind.INCONSISTENT, 1),
    "a verdict, with another week's post": (_flip_with_another_weeks_post, Kind.COUNTED_TWICE, 1),
    "a verdict, with a dead link": (_flip_with_a_dead_link, Kind.LINE_CHANGED, 1),
    "a verdict, with a post dated anew": (_flip_with_a_redated_post, Kind.LINE_CHANGED, 1),
    "a count": (_raise_the_count, Kind.INCONSISTENT, 1),
    "a line taken out": (_drop, Kind.WEEK_DROPPED, 1),
    "a line twice": (_repeat, Kind.DUPLICATE, 1),
    "a minimum": (_lower, Kind.LOWERED, 1),
    "the scope": (_narrow, Kind.NARROWED, 1),
    "final too early": (_too_early, Kind.TOO_EARLY, 1),
    "checked in the future": (_to_come, Kind.TOO_EARLY, 1),
    "another weekday": (_other_weekday, Kind.INCONSISTENT, 1),
    "the week's verdict alone": (_other_verdict, Kind.INCONSISTENT, 1),
    "unmet hidden as unknown": (_unknown, Kind.LINE_CHANGED, 1),
    "an unreadable line": (_break, Kind.UNREADABLE, 1),
    "the order": (_swap, Kind.DISORDER, 0),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found(world: World, how: str) -> None:
    student = published(world, "alice")
    tamper, kind, code = TAMPERED[how]
    weeks = lines_of(world, student)
    tamper(weeks)
    rewrite(world, student, weeks)
    answer = audit(world, student, "--format", "json")
    kinds = {remark["kind"] for remark in as_json(answer)["remarks"]}
    assert kind.value in kinds
    assert Kind.FOREIGN_COMMIT.value in kinds
    assert answer.code == code
    assert call("audit", student.profile, env=world.env(student)).code == code


@pytest.mark.parametrize("how", ["a verdict, with a post dated anew", "a verdict"])
def test_a_live_fact_contradicts_and_both_are_shown(world: World, how: str) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    TAMPERED[how][0](weeks)
    rewrite(world, student, weeks)
    week = as_json(audit(world, student, "--format", "json"))["weeks"][1]
    blog = next(it for it in week["requirements"] if it["id"] == "blog")
    assert (week["outcome"], blog["outcome"]) == ("contradicted", "contradicted")
    assert blog["said"].startswith("met")
    assert blog["found"] == "unmet, 0 of 1"


def test_a_post_whose_page_says_another_day_contradicts(world: World) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    _flip_with_a_redated_post(weeks)
    rewrite(world, student, weeks)
    answer = audit(world, student)
    assert "/alice/caching says that it is of 2026-11-04" in answer.out


def test_a_dead_link_alone_accuses_nobody(world: World) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    _flip_with_a_dead_link(weeks)
    rewrite(world, student, weeks)
    week = as_json(audit(world, student, "--format", "json"))["weeks"][1]
    blog = next(it for it in week["requirements"] if it["id"] == "blog")
    assert blog["outcome"] == "not-recheckable"
    assert "can't be seen any more" in blog["why"]


def test_a_commit_of_somebody_else_contradicts(world: World) -> None:
    published(world, "bob")
    theirs = next(
        e for w in lines_of(world, world.student("bob")) for e in contributions_of(w)["evidence"]
        if e["kind"] == "commit"
    )  # fmt: skip
    student = published(world, "alice")
    weeks = lines_of(world, student)
    contributions_of(weeks[0])["evidence"][0] = {**theirs, "at": "2026-11-03T10:00:00-05:00"}
    rewrite(world, student, weeks)
    week = as_json(audit(world, student, "--format", "json"))["weeks"][0]
    found = next(it for it in week["requirements"] if it["id"] == "contributions")
    assert found["outcome"] == "contradicted"
    assert found["why"] == f"{theirs['url']} is a commit of bob"


def test_a_commit_of_another_week_contradicts(world: World) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    later = next(e for e in contributions_of(weeks[2])["evidence"] if e["kind"] == "commit")
    contributions_of(weeks[0])["evidence"][0] = {**later, "at": "2026-11-03T10:00:00-05:00"}
    rewrite(world, student, weeks)
    week = as_json(audit(world, student, "--format", "json"))["weeks"][0]
    assert week["outcome"] == "contradicted"
    assert "outside the week" in json.dumps(week)


def test_evidence_that_surfaced_later_speaks_for_the_student(world: World) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    weeks[2]["verdict"] = "unmet"
    blog_of(weeks[2]).update(verdict="unmet", count=0, evidence=[])
    rewrite(world, student, weeks)
    answer = audit(world, student)
    assert answer.code == 1
    assert "in the student's favour" in answer.out


# --- what can't be seen ---------------------------------------------------------------------------


def test_an_outage_today_accuses_nobody(world: World) -> None:
    student = published(world, "alice")
    world.blog.faults.add(Fault("/alice/feed.xml", status(503), 100))
    answer = audit(world, student)
    assert answer.code in {0, 3}
    assert "contradicted" not in answer.out


def test_a_feed_that_moved_on_is_made_up_for_by_the_posts_page(world: World) -> None:
    student = published(world, "alice")
    world.blog.faults.add(Fault("/alice/feed.xml", status(404), 100))
    data = as_json(audit(world, student, "--format", "json"))
    outcomes = [week["outcome"] for week in data["weeks"]]
    assert outcomes == ["confirmed", "not-recheckable", "confirmed"]


def test_a_log_that_stopped_is_told(world: World) -> None:
    student = published(world, "alice")
    world.advance(world.now + timedelta(days=8))
    answer = audit(world, student)
    assert "! stopped: nothing is newer than the week of 2026-11-16" in answer.out
    world.advance(world.now - timedelta(days=1))
    assert "! stopped" not in audit(world, student).out


def test_a_commitment_that_is_over_has_not_stopped(world: World) -> None:
    student = world.student("alice")
    config = world.repository(student).object("main:.github/csc.yml")
    assert config is not None
    over = {".github/csc.yml": config.content + b"until: 2026-11-22\n"}
    world.add_commit_as_student(student, over, "Hired")
    published(world, "alice")
    world.advance(world.now + timedelta(days=60))
    assert "! stopped" not in audit(world, student).out


def test_a_gap_is_told(world: World) -> None:
    student = published(world, "alice")
    weeks = lines_of(world, student)
    rewrite(world, student, [weeks[0], weeks[2]])
    assert "! gap: 1 week has no line: 2026-11-09" in audit(world, student).out
    rewrite(world, student, weeks[1:])
    assert (
        "the commitment began on 2026-11-02, and the log begins with" in audit(world, student).out
    )


# --- a log on this machine ------------------------------------------------------------------------


def test_a_clone_is_audited_with_its_history(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    answer = call("audit", str(folder), env=world.env(student))
    assert answer.code == 0, answer.out
    assert "history-not-seen" not in answer.out
    weeks = lines_of(world, student)
    _flip(weeks)
    rewrite(world, student, weeks)
    answer = call("audit", str(cloned(world, student, tmp_path / "two")), env=world.env(student))
    assert answer.code == 1
    assert "final-line-changed" in answer.out


def test_a_configuration_with_a_fault_of_today_makes_no_log_a_lie(world: World) -> None:
    student = published(world, "bob")
    world.add_commit_as_student(student, {".github/csc.yml": b"timezone: Nowhere/Here\n"}, "Oops")
    data = as_json(audit(world, student, "--format", "json"))
    assert data["outcome"] != "contradicted"
    assert Kind.NO_CONFIGURATION.value in {remark["kind"] for remark in data["remarks"]}


def test_a_log_alone_is_audited_without_a_history(world: World, tmp_path: Path) -> None:
    student = published(world, "bob")
    found = world.repository(student).object(f"main:{LOG}")
    assert found is not None
    (tmp_path / "log.jsonl").write_bytes(found.content)
    answer = call("audit", str(tmp_path / "log.jsonl"), env=world.env(student))
    assert "! history-not-seen" in answer.out
    assert "contradicted" not in answer.out


def test_a_strangers_repository_runs_nothing_here(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    trap = tmp_path / "ran"
    script = tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n", "utf-8")
    script.chmod(0o755)
    for setting in (
        "core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.sshCommand",
        "diff.x.textconv", "filter.x.smudge", "filter.x.clean", "core.hooksPath",
    ):  # fmt: skip
        subprocess.run(["git", "config", setting, str(script)], cwd=folder, check=True)
    subprocess.run(["git", "config", "log.showSignature", "true"], cwd=folder, check=True)
    (folder / ".gitattributes").write_text("* diff=x filter=x\n", "utf-8")
    assert call("audit", str(folder), env=world.env(student)).code == 0
    assert not trap.exists()


def test_a_strangers_configuration_reads_nothing_of_the_coach(world: World, tmp_path: Path) -> None:
    student = published(world, "dana")
    folder = cloned(world, student, tmp_path / "clone")
    config = folder / ".github" / "csc.yml"
    text = config.read_text("utf-8").replace("design.yml", "env:COACH_SECRET")
    config.write_text(f"{text}contacts: {{tracker: env:COACH_TRACKER}}\n", "utf-8")
    world.forget_requests()
    secrets = {"COACH_SECRET": f"{world.blog_url}/secret", "COACH_TRACKER": f"{world.blog_url}/t"}
    answer = call("audit", str(folder), env={**world.env(student), **secrets})
    assert answer.code == 3
    assert not {"/secret", "/t"} & {request.path for request in world.requests}


def test_a_link_out_of_the_repository_is_not_followed(world: World, tmp_path: Path) -> None:
    student = published(world, "alice")
    folder = cloned(world, student, tmp_path / "clone")
    (folder / LOG).unlink()
    (tmp_path / "elsewhere.jsonl").write_text("{}\n", "utf-8")
    (folder / LOG).symlink_to(tmp_path / "elsewhere.jsonl")
    answer = call("audit", str(folder), env=world.env(student))
    assert answer.code == 2
    assert f"there is no {folder}/{LOG}" in answer.err


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("nowhere", "neither a folder or file here nor a repository"),
        ("alice/nothing", "alice/nothing"),
        ("a/b/c", "neither a folder"),
    ],
)
def test_what_is_no_log_is_said(world: World, tmp_path: Path, log: str, said: str) -> None:
    with chdir(tmp_path):
        answer = call("audit", log, env=world.env(world.student("alice")))
    assert answer.code in {2, 4}
    assert said in answer.err


# --- the pure parts -------------------------------------------------------------------------------


def finding(verdict: Verdict, count: int = 0, *evidence: Counted) -> Finding:
    return Finding(RequirementId.BLOG, verdict, 1, count, "feed", "r", evidence)


POST = Counted("post", "https://blog.example/a", "2026-11-17", "A")
GONE, THERE = Seen(Sight.GONE), Seen(Sight.THERE)


@pytest.mark.parametrize(
    ("said", "found", "look", "outcome"),
    [
        (finding(Verdict.MET, 1, POST), finding(Verdict.MET, 1, POST), None, Outcome.CONFIRMED),
        (finding(Verdict.MET, 1, POST), finding(Verdict.UNMET), THERE, Outcome.NOT_RECHECKABLE),
        (
            finding(Verdict.MET, 2, POST, POST),
            finding(Verdict.MET, 1, POST),
            None,
            Outcome.CONFIRMED,
        ),
        (finding(Verdict.MET, 1, POST), finding(Verdict.SKIPPED), THERE, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.SKIPPED), finding(Verdict.UNMET), None, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.MET, 1, POST), finding(Verdict.UNMET), GONE, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.MET, 1, POST), finding(Verdict.UNKNOWN), GONE, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.MET, 1, POST), finding(Verdict.UNMET), None, Outcome.NOT_RECHECKABLE),
        (
            finding(Verdict.MET, 1, POST),
            finding(Verdict.UNMET),
            Seen(Sight.OTHERWISE, "x"),
            Outcome.CONTRADICTED,
        ),
        (finding(Verdict.MET, 1), finding(Verdict.UNMET), None, Outcome.CONTRADICTED),
        (finding(Verdict.MET, 1), finding(Verdict.UNKNOWN), None, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.UNMET), finding(Verdict.UNMET), None, Outcome.CONFIRMED),
        (finding(Verdict.UNMET), finding(Verdict.UNKNOWN), None, Outcome.NOT_RECHECKABLE),
        (finding(Verdict.UNMET), finding(Verdict.MET, 1, POST), None, Outcome.CONTRADICTED),
        (finding(Verdict.UNKNOWN), finding(Verdict.UNMET), None, Outcome.CONFIRMED),
    ],
)
def test_what_the_log_says_against_what_is_found(
    said: Finding, found: Finding, look: Seen | None, outcome: Outcome
) -> None:
    looks = {} if look is None else {POST.url: look}
    assert compared(said, found, looks).outcome is outcome


def version(text: str, number: int, *, is_bot: bool = True, is_signed: bool = True) -> Version:
    return Version(f"{number:040x}", "bot <b>", is_bot, is_signed, text)


def test_a_week_that_healed_is_no_change_of_a_final_line(world: World) -> None:
    student = world.student("alice")
    world.blog.faults.add(Fault("/alice/feed.xml", status(503), 1))
    call("run", "--publish", "api", env=world.env(student))
    first = lines_of(world, student)
    assert first[2]["verdict"] == "unknown"
    world.advance(world.now + timedelta(days=2))
    call("run", "--publish", "api", env=world.env(student))
    assert lines_of(world, student)[2]["verdict"] == "met"
    answer = audit(world, student)
    assert answer.code == 0, answer.out
    assert "final-line-changed" not in answer.out


def test_commits_of_others_and_unsigned_ones_are_told() -> None:
    versions = [version("", 1), version("", 2, is_bot=False), version("", 3, is_signed=False)]
    kinds = [remark.kind for remark in remarks_on_history(versions)]
    assert kinds == [Kind.FOREIGN_COMMIT, Kind.UNSIGNED]


def test_a_line_that_turned_unreadable_is_not_said_to_be_dropped(world: World) -> None:
    student = published(world, "bob")
    found = world.repository(student).object(f"main:{LOG}")
    assert found is not None
    text = found.content.decode()
    broken = text.replace('"schema":1', '"schema":9', 1)
    kinds = {remark.kind for remark in remarks_on_history([version(text, 1), version(broken, 2)])}
    assert kinds == set()
    assert read_ledger(broken).held


def test_every_kind_is_either_a_contradiction_or_for_a_reader_to_weigh() -> None:
    assert set(Kind) > CONTRADICTIONS
    told = {Kind.GAP, Kind.STOPPED, Kind.FOREIGN_COMMIT, Kind.UNSIGNED, Kind.LOWERED}
    assert not CONTRADICTIONS & told
