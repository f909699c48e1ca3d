"""Weeks that heal: a year of runs that come late, twice, not at all, or are killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from csc_verify.demo.cast import ALICE
from csc_verify.demo.student import DemoRepository, DemoStudent
from csc_verify.demo.world import World
from csc_verify.ledger import read_ledger
from tests.commands import call
from tests.year import BOT, PUBLISHED, WRITES, After, Did, Job, Starter, Year, git, planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# A scope that nobody has to be asked about: what a run writes is the same, and it is quick.
CONFIGURATION = """\
github: ana
track: software-engineering
timezone: Europe/Lisbon
since: 2026-01-05
scope: [contacts]
"""
ANA = DemoStudent(
    login="ana",
    id=583500,
    name="Ana Roe",
    situation="keeps to herself",
    configuration=CONFIGURATION,
    joined=datetime(2025, 12, 22, 12, tzinfo=UTC),
    repositories=(DemoRepository("ana/ana"),),
)
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def alone(now: datetime) -> dict[str, str]:
    """The environment of a run that asks nobody."""
    return {
        "PATH": os.environ["PATH"],
        "GITHUB_REPOSITORY": "ana/ana",
        "GITHUB_API_URL": "http://127.0.0.1:9",
        "CSC_VERIFY_NOW": now.isoformat(),
    }


@pytest.fixture(scope="module")
def starters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Starter, Starter]]:
    tree = tmp_path_factory.mktemp("warm") / "tree"
    set_up(tree)
    job = Job(("run", "--publish", "none"), alone(MONDAY + timedelta(days=9)), tree)
    with Starter() as one, Starter() as other:
        one.warm_up(job)
        other.warm_up(job)
        yield one, other


def set_up(tree: Path) -> None:
    """A student's folder with a configuration, a README, and work that isn't done."""
    (tree / ".github").mkdir(parents=True)
    (tree / ".github/csc.yml").write_text(CONFIGURATION, "utf-8")
    (tree / "README.md").write_text("# Ana\n<!-- csc:start -->\n<!-- csc:end -->\nMine.\n", "utf-8")
    (tree / "draft.txt").write_text("not yet\n", "utf-8")


def set_up_git(tree: Path) -> None:
    """The same as a clone of a bare repository beside it."""
    set_up(tree)
    git(tree.parent, "init", "--quiet", "--bare", "--initial-branch", "main", "remote.git")
    git(tree, "init", "--quiet", "--initial-branch", "main")
    git(tree, "add", ".github", "README.md")
    identity = ("-c", "user.name=Ana Roe", "-c", "user.email=ana@laptop.example")
    git(tree, *identity, "commit", "--quiet", "--message", "Begin")
    git(tree, "remote", "add", "origin", "../remote.git")
    git(tree, "push", "--quiet", "--set-upstream", "origin", "main")


def job(publish: str, now: datetime, tree: Path) -> Job:
    push = ("--push", "origin") if publish == "git" else ()
    return Job(("run", "--publish", publish, *push), alone(now), tree)


def contents(tree: Path) -> dict[str, bytes]:
    """Every file of the student's folder, by path."""
    found = (path for path in tree.rglob("*") if path.is_file())
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in found
        if ".git" not in path.relative_to(tree).parts
    }


# --- a year ------------------------------------------------------------------------------------


def test_the_plan_is_a_whole_year_and_has_everything() -> None:
    weeks = planned()
    assert [week.number for week in weeks] == list(range(1, 53))
    assert (weeks[0].first, weeks[-1].first) == (date(2026, 1, 5), date(2026, 12, 28))
    assert {week.did for week in weeks} == set(Did)
    assert {week.after for week in weeks} == set(After)
    assert {week.verdict for week in weeks} == {"met", "unmet", "unknown", "skipped"}


def test_after_a_year_of_kills_and_outages_each_week_has_one_right_line(tmp_path: Path) -> None:
    with Year(tmp_path, "api", 7, kills=6) as year:
        assert year.live() == []
        assert year.tally.kills >= 200
        assert min(year.tally.commits, year.tally.pushes, year.tally.lost, year.tally.moved) > 0
        all_of_it_is_confirmed(year)
        every_tampering_with_it_is_found(year)


def test_a_year_in_a_folder_ends_no_other_way(tmp_path: Path) -> None:
    with Year(tmp_path, "files", 7, kills=2) as year:
        assert year.live() == []
        assert year.tally.kills >= 70


# --- that year, audited ------------------------------------------------------------------------


def audited(year: Year) -> dict[str, Any]:
    answer = call("audit", "ana/ana", "--format", "json", env=year.world.env(year.student))
    found: dict[str, Any] = json.loads(answer.out)
    return found


def all_of_it_is_confirmed(year: Year) -> None:
    weeks = audited(year)["weeks"]
    # The log could not know what surfaced when nobody looked any more.
    harsher = [week["start"] for week in weeks if week["outcome"] != "confirmed"]
    assert harsher == [
        week.first.isoformat()
        for week in year.weeks
        if week.did in {Did.TOO_LATE_PUSH, Did.TOO_LATE_FEED} and week.verdict == "unmet"
    ]
    assert all(
        recheck["outcome"] == "confirmed" or "in the student's favour" in recheck["why"]
        for week in weeks
        for recheck in week["requirements"]
    )
    env = {**year.world.env(year.student), "GITHUB_REPOSITORY": "ana/ana"}
    for start in harsher:
        assert call("run", "--publish", "api", "--recheck", start, env=env).code == 0
    audit = audited(year)
    assert [week["outcome"] for week in audit["weeks"]] == ["confirmed"] * 52
    assert audit["outcome"] == "confirmed"


def every_tampering_with_it_is_found(year: Year) -> None:
    """Ten kinds at once, each in a week of its own, and each told by that week."""
    repository = year.world.repository(year.student)
    log = repository.object("main:.csc/log.jsonl")
    assert log is not None
    lines = [json.loads(line) for line in log.content.decode().splitlines()]
    starts = [line["week"]["start"] for line in lines]
    whole_weeks = [n for n, week in enumerate(year.weeks) if week.did is Did.ALL][:8]
    one, two, three, four, five, six, seven, eight = whole_weeks
    unmet = next(n for n, week in enumerate(year.weeks) if week.did is Did.NO_POST)
    failed = next(n for n, week in enumerate(year.weeks) if week.did is Did.FOUR)

    # 1: an unmet week is called met, with another week's post.
    lines[unmet]["verdict"] = "met"
    lines[unmet]["requirements"][1].update(
        verdict="met", count=1, evidence=lines[one]["requirements"][1]["evidence"]
    )
    # 2: a minimum is lowered until the week is met.
    lines[failed]["verdict"] = "met"
    lines[failed]["requirements"][0].update(verdict="met", minimum=4)
    # 3 to 9: a count, a repeated line, the scope, the time of the check, the week's own verdict,
    # the weekday, and a verdict without evidence.
    lines[two]["requirements"][0]["count"] = 50
    lines[three]["commitment"]["scope"] = ["contributions"]
    lines[three]["requirements"][1].update(verdict="skipped", count=0, evidence=[])
    lines[four]["checked_at"] = f"{starts[four]}T12:00:00Z"
    lines[five]["verdict"] = "unmet"
    lines[six]["week"]["iso"] = lines[one]["week"]["iso"]
    lines[seven]["requirements"][1]["evidence"] = []
    dropped = lines.pop(eight)
    lines.insert(eight, lines[one])
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    changed = {".csc/log.jsonl": text.encode()}
    year.world.add_commit_as_student(year.student, changed, "Tidy up")

    audit = audited(year)
    assert audit["outcome"] == "contradicted"
    told = {(remark["kind"], remark["text"]) for remark in audit["remarks"]}
    for kind, said in (
        ("counted-twice", starts[unmet]),
        ("minimum-lowered", starts[failed]),
        ("inconsistent-line", f"{starts[two]}: contributions: it counts 50"),
        ("scope-narrowed", starts[three]),
        ("final-too-early", starts[four]),
        ("inconsistent-line", f"{starts[five]}: its verdict is unmet"),
        ("inconsistent-line", f"{starts[six]}: it is called"),
        ("inconsistent-line", f"{starts[seven]}: blog: it counts 1"),
        ("week-dropped", dropped["week"]["start"]),
        ("gap", dropped["week"]["start"]),
        ("duplicate-week", starts[one]),
        ("commit-by-somebody-else", "Ana Roe"),
        *(("final-line-changed", starts[n]) for n in (unmet, failed, *whole_weeks[1:7])),
    ):
        assert any(kind == each and said in text for each, text in told), (kind, said, told)
    outcomes = {week["start"]: week["outcome"] for week in audit["weeks"]}
    assert outcomes[starts[unmet]] == "contradicted"
    touched = {starts[n] for n in (unmet, failed, *whole_weeks)}
    assert {outcomes[start] for start in starts if start not in touched} == {"confirmed"}


# --- a run that is killed in a work tree -------------------------------------------------------


POPEN = ("subprocess.Popen",)
FILES = tuple(event for event in WRITES if event not in POPEN)


def killed_everywhere(
    begun: Path, folder: Path, job: Job, starter: Starter, effects: range
) -> Iterator[Path]:
    """Copies of a student's folder in which a run was killed, each some effects later."""
    for effect in effects:
        copy = folder / f"{job.counted[0]}-{effect}"
        shutil.copytree(begun, copy)
        if starter.run(replace(job, folder=copy / "tree", effect=effect)).code == 0:
            return
        yield copy / "tree"


@pytest.mark.parametrize("week", [1, 2])
@pytest.mark.parametrize("publish", ["files", "git"])
def test_wherever_a_run_is_killed_the_next_one_leaves_what_an_unharmed_one_would(
    publish: str, week: int, tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    starter, now = starters[0], MONDAY + timedelta(weeks=week, days=2)
    begun, unharmed = tmp_path / "begun", tmp_path / "unharmed"
    (set_up_git if publish == "git" else set_up)(begun / "tree")
    if week == 2:
        # Then no file is new.
        assert starter.run(job(publish, now - timedelta(weeks=1), begun / "tree")).code == 0
    shutil.copytree(begun, unharmed)
    whole = replace(job(publish, now, unharmed / "tree"), counted=POPEN)
    programs = starter.run(whole).effects
    # Of the questions to git only the last ones come after a file was written.
    trees = [*killed_everywhere(begun, tmp_path, whole, starter, range(max(programs - 6, 1), 999))]
    step = 1 if publish == "files" else 4
    in_files = replace(whole, counted=FILES)
    trees += killed_everywhere(begun, tmp_path, in_files, starter, range(week, 999, step))
    assert len(trees) > 5
    for tree in trees:
        ended = starter.run(job(publish, now, tree))
        assert ended.code == 0, (tree, ended.err)
        assert contents(tree) == contents(unharmed / "tree"), tree
        if publish == "git":
            assert git(tree, "status", "--porcelain") == "?? draft.txt\n", tree
            authors = git(tree.parent / "remote.git", "log", "--format=%ae", "main").split()
            assert authors == [*week * [BOT], "ana@laptop.example"], tree


def kill_before_the_commit(tree: Path, now: datetime, starter: Starter) -> None:
    """A run that is killed when its files are written and not committed."""
    head = git(tree, "rev-parse", "HEAD")
    begun, folder = tree.parent, tree.parent.parent / "trials"
    shutil.copytree(begun, folder / "whole")
    whole = replace(job("git", now, tree), counted=POPEN)
    programs = starter.run(replace(whole, folder=folder / "whole/tree")).effects
    copies = killed_everywhere(begun, folder, whole, starter, range(programs - 4, 999))
    uncommitted = [git(copy, "rev-parse", "HEAD") == head for copy in copies]
    last = programs - 5 + sum(uncommitted)
    assert starter.run(replace(whole, effect=last)).code is None
    assert (tree / ".csc/log.jsonl").exists()


def test_what_the_student_changed_after_a_kill_is_neither_put_back_nor_committed(
    tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    tree, now = tmp_path / "begun/tree", MONDAY + timedelta(days=9)
    set_up_git(tree)
    kill_before_the_commit(tree, now, starters[0])
    text = (tree / "README.md").read_text("utf-8") + "Written after the kill.\n"
    (tree / "README.md").write_text(text, "utf-8")
    ended = starters[0].run(job("git", now, tree))
    assert ended.code == 0
    assert (tree / "README.md").read_text("utf-8") == text
    assert git(tree, "status", "--porcelain") == " M README.md\n?? draft.txt\n"
    assert git(tree, "diff", "--name-only", "HEAD^", "HEAD", "--", "README.md") == ""


def test_what_the_student_committed_after_a_kill_stays(
    tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    tree, now = tmp_path / "begun/tree", MONDAY + timedelta(days=9)
    set_up_git(tree)
    kill_before_the_commit(tree, now, starters[0])
    written = contents(tree)
    identity = ("-c", "user.name=Ana Roe", "-c", "user.email=ana@laptop.example")
    git(tree, "add", "--all", ".csc", "README.md")
    git(tree, *identity, "commit", "--quiet", "--message", "Everything")
    assert starters[0].run(job("git", now, tree)).code == 0
    assert contents(tree) == written
    assert git(tree, "status", "--porcelain") == "?? draft.txt\n"


@pytest.mark.parametrize("note", ["", "{}", '{"files": [[1]], "added": 3}', "[]"])
def test_a_note_that_nobody_can_read_says_nothing(
    note: str, tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    tree = tmp_path / "tree"
    set_up_git(tree)
    (tree / ".git/csc-verify-unfinished.json").write_text(note, "utf-8")
    assert starters[0].run(job("git", MONDAY + timedelta(days=9), tree)).code == 0
    assert not (tree / ".git/csc-verify-unfinished.json").exists()


# --- two at once -------------------------------------------------------------------------------


def test_two_runs_at_once_lose_no_line_in_a_repository(
    tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    with World.start(tmp_path / "world", MONDAY, [ANA]) as world:
        repository = world.repository(ANA)
        begun = repository.head("main") or ""
        for times in range(100):
            now = MONDAY + timedelta(weeks=1 + times % 10, days=2)
            if times % 10 == 0:
                git(repository.path, "update-ref", "refs/heads/main", begun)
            world.advance(now)
            # The one that is a week behind knows nothing of the other's newest line.
            clocks = (now, now + timedelta(weeks=1))
            for starter, clock in zip(starters, clocks, strict=True):
                env = {**world.env(ANA), "CSC_VERIFY_NOW": clock.isoformat()}
                starter.start(Job(("run", "--publish", "api"), env, tmp_path))
            ended = [starter.end() for starter in starters]
            assert [each.code for each in ended] == [0, 0], ended
            log = repository.object("main:.csc/log.jsonl")
            assert log is not None
            starts = [report.week.start for report in read_ledger(log.content.decode()).reports]
            weeks = 2 + times % 10
            assert starts == [(MONDAY + timedelta(weeks=week)).date() for week in range(weeks)]
            assert len(log.content.splitlines()) == weeks
            if times % 10 == 9:
                trees = [commit.tree for commit in repository.log("main")]
                assert len(trees) <= 2 + weeks
                assert all(one != two for one, two in pairwise(trees))


@pytest.mark.parametrize(("publish", "times"), [("files", 40), ("git", 15)])
def test_two_runs_at_once_lose_no_line_in_a_folder(
    publish: str, times: int, tmp_path: Path, starters: tuple[Starter, Starter]
) -> None:
    tree = tmp_path / "tree"
    (set_up_git if publish == "git" else set_up)(tree)
    for week in range(times):
        now = MONDAY + timedelta(weeks=1 + week, days=2)
        for starter, clock in zip(starters, (now, now + timedelta(weeks=1)), strict=True):
            starter.start(Job(("run", "--publish", publish), alone(clock), tree))
        ended = [starter.end() for starter in starters]
        assert [each.code for each in ended] == [0, 0], ended
        lines = (tree / ".csc/log.jsonl").read_text("utf-8")
        assert len(read_ledger(lines).reports) == len(lines.splitlines()) == week + 2
        if publish == "git":
            assert git(tree, "status", "--porcelain") == "?? draft.txt\n"


# --- the same bytes ----------------------------------------------------------------------------


UTF_8 = {"LC_ALL": "C", "LANG": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"}
OTHER = {
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "2",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


def in_turkish(folder: Path) -> dict[str, str]:
    """A locale with another encoding and other letters, made here since few machines have it.

    Where the system can't make one it is C, and what is compared is encodings and zones alone.
    """
    name = "tr_TR.ISO-8859-9"
    compiler = shutil.which("localedef")
    folder.mkdir()
    made = compiler and subprocess.run(
        [compiler, "-i", "tr_TR", "-f", "ISO-8859-9", str(folder / name)],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode != 0:
        return {"LC_ALL": "C", "LANG": "C"}
    return {"LC_ALL": name, "LANG": name, "LOCPATH": str(folder)}


def encoding_on(machine: Mapping[str, str]) -> str:
    asked = "import codecs, locale; print(codecs.lookup(locale.getpreferredencoding(False)).name)"
    return subprocess.run(
        [sys.executable, "-c", asked], env=machine, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_same_facts_give_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    zoe = replace(ALICE, name="Zoë Şen 王")
    turkish = in_turkish(tmp_path / "locales")
    machines = (UTF_8, {**OTHER, **turkish})
    encodings = ["utf-8", "iso8859-9" if "LOCPATH" in turkish else "ascii"]
    assert [encoding_on(machine) for machine in machines] == encodings
    made: list[Mapping[str, bytes]] = []
    with World.start(tmp_path / "world", students=[zoe]) as world:
        for number, machine in enumerate(machines):
            tree = tmp_path / str(number)
            for path, content in world.files(zoe).items():
                (tree / path).parent.mkdir(parents=True, exist_ok=True)
                (tree / path).write_bytes(content)
            subprocess.run(
                [sys.executable, "-m", "csc_verify", "run", "--publish", "files"],
                cwd=tree,
                env={"PATH": os.environ["PATH"], **world.env(zoe), **machine},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            made.append(contents(tree))
    assert set(made[0]) >= {f".csc/{name}" for name in PUBLISHED}
    assert made[0] == made[1]
