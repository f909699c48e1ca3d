"""``csc-verify run`` against the embedded world: what is published, and what is not."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from csc_verify.demo.cast import ALICE, STUDENTS
from csc_verify.demo.faults import Before, Fault, LostAnswer, html, status
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.student import DemoRepository, RssFeed
from csc_verify.demo.world import World
from csc_verify.ledger import read_ledger
from csc_verify.model import RequirementId, Verdict
from tests.commands import Answer, call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from csc_verify.model import Report

BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
PUBLISHED = ["badge.json", "badge.svg", "history.svg", "log.jsonl", "log.md"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


class Repository:
    """A student's repository, asked with git."""

    def __init__(self, world: World, login: str = "alice") -> None:
        self.world = world
        self.student = world.student(login)

    def git(self, *words: str) -> str:
        path = self.world.bare_repository(self.student)
        done = subprocess.run(
            ["git", "--git-dir", str(path), *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    @property
    def head(self) -> str:
        return self.git("rev-parse", "main").strip()

    def show(self, path: str) -> str:
        return self.git("show", f"main:{path}")

    @property
    def reports(self) -> tuple[Report, ...]:
        return read_ledger(self.show(".csc/log.jsonl")).reports

    def change(self, files: Mapping[str, str]) -> str:
        contents = {path: text.encode() for path, text in files.items()}
        return self.world.add_commit_as_student(self.student, contents)

    def run(self, *options: str, kind: TokenKind = TokenKind.WORKFLOW, **env: str) -> Answer:
        environment = {**self.world.env(self.student, kind), **env}
        return call("run", "--publish", "api", *options, env=environment)


# --- through the API -------------------------------------------------------------------------


@pytest.mark.parametrize("login", [student.login for student in STUDENTS])
def test_a_run_commits_every_week_as_it_was_written_down(world: World, login: str) -> None:
    repository = Repository(world, login)
    before = repository.head
    answer = repository.run()
    assert answer.code == 0
    found = {
        report.week.start: (report.verdict.value, [(f.id.value, f.verdict.value, f.count) for f in
                                                   report.requirements])
        for report in repository.reports
    }  # fmt: skip
    assert found == {
        week.start: (week.verdict, [(r.id, r.verdict, r.count) for r in week.requirements])
        for week in repository.student.expected
    }
    assert repository.git("log", "--format=%an <%ae>", f"{before}..main").splitlines() == [BOT]
    assert repository.git("ls-tree", "--name-only", "main:.csc").split() == PUBLISHED
    assert ".csc/badge.svg" in repository.show("README.md")


def test_a_run_that_finds_nothing_new_makes_no_commit(world: World) -> None:
    repository = Repository(world)
    repository.run()
    head = repository.head
    world.advance(world.now + timedelta(hours=3))
    answer = repository.run()
    assert (answer.code, repository.head) == (0, head)
    assert "Nothing is new" in answer.err


def test_what_stands_around_the_badge_stays_byte_for_byte(world: World) -> None:
    repository = Repository(world)
    page = "\ufeffTitle\r\n<!-- csc:start -->old<!-- csc:end -->\r\nMine, \x01 too\r\n"
    repository.change({"README.md": page})
    assert repository.run().code == 0
    text = repository.git("show", "main:README.md")
    assert "old" not in text
    raw = subprocess.run(
        ["git", "--git-dir", str(world.bare_repository(repository.student)), "show",
         "main:README.md"], capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    assert raw.startswith("\ufeffTitle\r\n<!-- csc:start -->")
    assert raw.endswith("<!-- csc:end -->\r\nMine, \x01 too\r\n")


@pytest.mark.parametrize(
    ("readme", "said"),
    [("No markers here\n", "has no place for the badge"),
     ("<!-- csc:start -->\nno end\n", "README.md was left alone")],
)  # fmt: skip
def test_a_readme_without_its_markers_is_left_alone(world: World, readme: str, said: str) -> None:
    repository = Repository(world)
    repository.change({"README.md": readme})
    answer = repository.run()
    assert answer.code == 0
    assert said in answer.err
    assert repository.show("README.md") == readme
    assert len(repository.reports) == 3


def test_a_head_that_moves_meanwhile_loses_nothing(world: World) -> None:
    repository = Repository(world)
    moved: list[str] = []
    world.github.faults.add(
        Fault("createCommitOnBranch", Before(lambda: moved.append(repository.change({"a": "b"}))))
    )
    assert repository.run().code == 0
    assert repository.git("rev-parse", "main^").strip() == moved[0]
    assert repository.show("a") == "b"
    assert len(repository.reports) == 3


def test_a_line_that_somebody_else_wrote_meanwhile_is_kept(world: World) -> None:
    repository = Repository(world)
    world.github.faults.add(
        Fault("createCommitOnBranch",
              Before(lambda: repository.change({".csc/log.jsonl": '{"schema": 7}\n'})))
    )  # fmt: skip
    answer = repository.run()
    assert answer.code == 0
    assert repository.show(".csc/log.jsonl").splitlines()[0] == '{"schema": 7}'
    assert len(repository.reports) == 3
    assert "line 1: it has schema 7" in answer.err


def test_a_head_that_never_stands_still_ends_loudly(world: World) -> None:
    repository = Repository(world)
    names = iter(range(99))
    world.github.faults.add(
        Fault("createCommitOnBranch",
              Before(lambda: repository.change({f"f{next(names)}": "x"})), times=99)
    )  # fmt: skip
    answer = repository.run()
    assert answer.code == 4
    assert "kept writing" in answer.err
    assert "7 public contributions" in answer.out


def test_a_lost_answer_makes_no_second_commit(world: World) -> None:
    repository = Repository(world)
    before = repository.head
    world.github.faults.add(Fault("createCommitOnBranch", LostAnswer()))
    answer = repository.run()
    assert answer.code == 0, answer.err
    assert repository.git("rev-list", "--count", f"{before}..main").strip() == "1"


def test_a_personal_token_is_refused_with_the_reason(world: World) -> None:
    repository = Repository(world)
    before = repository.head
    answer = repository.run(kind=TokenKind.PERSONAL)
    assert (answer.code, repository.head) == (4, before)
    assert "count" in answer.err
    assert "github.token" in answer.err


def test_a_read_only_token_is_told_which_permission_it_lacks(world: World) -> None:
    repository = Repository(world)
    answer = repository.run(kind=TokenKind.READ_ONLY)
    assert answer.code == 4
    assert "contents: write" in answer.err
    assert "7 public contributions" in answer.out


def test_a_protected_branch_is_named(tmp_path: Path) -> None:
    protected = DemoRepository("alice/alice", protected_branches=frozenset({"main"}))
    alice = replace(ALICE, repositories=(protected, *ALICE.repositories[1:]))
    with World.start(tmp_path / "world", students=(alice,)) as world:
        repository = Repository(world)
        before = repository.head
        answer = repository.run()
        assert (answer.code, repository.head) == (4, before)
        assert "protected" in answer.err
        assert "publish.branch" in answer.err


@pytest.mark.parametrize(
    ("token", "code"), [("", 4), ("ghs_nobody_knows_this_token", 4)], ids=["none", "bad"]
)
def test_a_token_that_opens_nothing_is_told(world: World, token: str, code: int) -> None:
    answer = Repository(world).run(GITHUB_TOKEN=token, GH_TOKEN="")
    assert answer.code == code
    assert "token" in answer.err
    assert "ghs_nobody" not in answer.err


def test_an_outage_of_github_fails_loudly_and_writes_nothing(world: World) -> None:
    repository = Repository(world)
    before = repository.head
    world.github.faults.add(Fault("/graphql", html(502), times=99))
    answer = repository.run()
    assert (answer.code, repository.head) == (4, before)


def test_an_outage_while_contributions_are_asked_is_unknown_and_heals(world: World) -> None:
    repository = Repository(world, "erin")
    world.github.faults.add(Fault("Contributions", status(504), times=99))
    repository.run()
    assert [report.verdict.value for report in repository.reports] == ["unknown"]
    world.github.faults.clear()
    answer = repository.run()
    # What was missed is four contributions: not met, and a final line is never made worse.
    assert [report.verdict.value for report in repository.reports] == ["unknown"]
    assert answer.code == 0


def test_a_missing_configuration_is_told(world: World) -> None:
    answer = Repository(world).run("--config", ".github/other.yml")
    assert answer.code == 2
    assert ".github/other.yml: there is no such file in alice/alice" in answer.err


def test_a_faulty_configuration_writes_nothing_and_annotates_its_lines(world: World) -> None:
    repository = Repository(world)
    head = repository.change({".github/csc.yml": "track: cooking\nscopes: [blog]\n"})
    answer = repository.run(GITHUB_ACTIONS="true")
    assert (answer.code, repository.head) == (2, head)
    assert "::error file=.github/csc.yml" in answer.err
    assert "line=1" in answer.err
    assert "line=2" in answer.err


def test_the_login_is_by_default_the_repositorys_owner(world: World) -> None:
    repository = Repository(world)
    text = repository.show(".github/csc.yml").replace("github: alice\n", "")
    repository.change({".github/csc.yml": text})
    assert repository.run().code == 0
    assert repository.reports[0].student.github == "alice"


def test_a_tracker_in_a_public_repository_is_refused(world: World) -> None:
    repository = Repository(world)
    text = repository.show(".github/csc.yml") + "contacts: {tracker: contacts.csv}\n"
    head = repository.change({".github/csc.yml": text})
    answer = repository.run()
    assert (answer.code, repository.head) == (2, head)
    assert "private repository" in answer.err
    assert "secret" in answer.err


@pytest.mark.parametrize(
    ("tracker", "secret", "refused"),
    [
        ("contacts.csv", "", True),
        ("env:CSC_CONTACTS", "contacts.csv", True),
        ("env:CSC_CONTACTS", "https://raw.githubusercontent.com/alice/alice/main/c.csv", True),
        ("https://raw.githubusercontent.com/Alice/alice/main/c.csv", "", True),
        ("env:CSC_CONTACTS", "", False),
        ("env:CSC_CONTACTS", "Name,Title\nA,B\n", False),
        ("https://docs.example/sheet.csv", "", False),
        ("https://docs.example/alice/alice/sheet.csv", "", False),
        ("env:CSC_CONTACTS", "/elsewhere/contacts.csv", False),
        ("env:CSC_CONTACTS", "https://[docs.example/x", False),
    ],
)
def test_wherever_a_tracker_of_the_repository_is_named_it_is_refused(
    world: World, tracker: str, secret: str, refused: bool
) -> None:
    repository = Repository(world)
    text = repository.show(".github/csc.yml") + f"contacts: {{tracker: '{tracker}'}}\n"
    repository.change({".github/csc.yml": text})
    answer = repository.run(CSC_CONTACTS=secret)
    assert answer.code == (2 if refused else 0)
    assert secret == "" or secret not in answer.err


def test_a_log_of_somebody_else_in_a_forked_profile_proves_nothing(world: World) -> None:
    alice = Repository(world)
    alice.run()
    bob = Repository(world, "bob")
    bob.change({".csc/log.jsonl": alice.show(".csc/log.jsonl")})
    answer = bob.run()
    assert "it is about 'alice'" in answer.err
    found = [r for r in bob.reports if r.student.github == "bob"]
    assert [r.verdict.value for r in found] == [w.verdict for w in bob.student.expected]
    assert "unmet" in bob.show(".csc/badge.json")


@pytest.mark.parametrize("outage", [False, True])
def test_a_renamed_account_keeps_its_log_whatever_this_week_asks(
    world: World, outage: bool
) -> None:
    repository = Repository(world)
    repository.run()
    old = repository.show(".csc/log.jsonl").replace('"github":"alice"', '"github":"alice-old"')
    text = repository.show(".github/csc.yml")
    pause = "pauses: [{from: 2026-11-23, to: 2026-11-29}]\n"
    head = repository.change({".csc/log.jsonl": old, ".github/csc.yml": text + pause})
    if outage:
        world.github.faults.add(Fault("Contributions", status(404), times=99))
    answer = repository.run()
    assert answer.code == 0
    assert repository.show(".csc/log.jsonl") == old
    assert "3 weeks" not in repository.show(".csc/badge.json")
    assert "met" in repository.show(".csc/badge.json")
    if outage:
        assert repository.head == head
        assert "nothing was changed" in answer.err


def test_a_renamed_login_is_found_by_its_number_and_told(world: World) -> None:
    repository = Repository(world)
    repository.run()
    old = repository.show(".csc/log.jsonl").replace('"github":"alice"', '"github":"alice-old"')
    without_last = "".join(old.splitlines(keepends=True)[:-1])
    text = repository.show(".github/csc.yml").replace("github: alice", "github: alice-old")
    repository.change({".csc/log.jsonl": without_last, ".github/csc.yml": text})
    assert repository.run().code == 0
    last = repository.reports[-1]
    assert (last.student.github, last.student.id) == ("alice", 583231)
    contributions = last.finding(RequirementId.CONTRIBUTIONS)
    assert (contributions.verdict, contributions.count) == (Verdict.MET, 7)
    note = "alice-old is called alice on GitHub now; write github: alice in the configuration"
    assert note in contributions.notes
    assert note in repository.show(".csc/log.md")


def test_a_log_that_names_somebody_elses_number_makes_nobodys_work_ones_own(world: World) -> None:
    alice, bob = Repository(world), Repository(world, "bob")
    alice.run()
    forged = alice.show(".csc/log.jsonl").replace('"github":"alice"', '"github":"bob"')
    forged = "".join(forged.splitlines(keepends=True)[:1])
    bob.change({".csc/log.jsonl": forged})
    bob.run()
    for report in bob.reports[1:]:
        contributions = report.finding(RequirementId.CONTRIBUTIONS)
        assert contributions.verdict is Verdict.UNKNOWN
        assert (
            "another account on GitHub than the one that the log is about" in contributions.reason
        )


def test_a_readme_that_is_a_published_file_is_refused(world: World) -> None:
    repository = Repository(world)
    text = repository.show(".github/csc.yml") + "publish: {readme: .csc/LOG.jsonl}\n"
    head = repository.change({".github/csc.yml": text})
    answer = repository.run()
    assert (answer.code, repository.head) == (2, head)
    assert "made anew each week" in answer.err


def configured(world: World, more: str) -> Repository:
    repository = Repository(world)
    repository.change({".github/csc.yml": repository.show(".github/csc.yml") + more})
    return repository


def test_a_readme_can_be_left_alone(world: World) -> None:
    repository = configured(world, "publish: {readme: false}\n")
    before = repository.show("README.md")
    assert repository.run().code == 0
    assert repository.show("README.md") == before
    assert len(repository.reports) == 3


def test_a_readme_that_is_not_there_is_told(world: World) -> None:
    answer = configured(world, "publish: {readme: docs/PROFILE.md}\n").run()
    assert answer.code == 0
    assert "there is no docs/PROFILE.md" in answer.err


def test_links_start_at_the_readmes_own_folder(world: World) -> None:
    repository = configured(world, "publish: {readme: docs/P.md, directory: a/log}\n")
    repository.change({"docs/P.md": "<!-- csc:start -->\n<!-- csc:end -->\n"})
    assert repository.run().code == 0
    assert "](../a/log/log.md)" in repository.show("docs/P.md")
    assert len(read_ledger(repository.show("a/log/log.jsonl")).reports) == 3


def test_another_branch_gets_the_files_and_the_default_one_none(world: World) -> None:
    repository = configured(world, "publish: {branch: log}\n")
    repository.git("branch", "log", "main")
    head = repository.head
    assert repository.run().code == 0
    assert repository.head == head
    assert len(read_ledger(repository.git("show", "log:.csc/log.jsonl")).reports) == 3


def test_another_branchs_badge_is_said_until_the_readme_shows_it(world: World) -> None:
    repository = configured(world, "publish: {branch: log}\n")
    repository.git("branch", "log", "main")
    answer = repository.run(GITHUB_ACTIONS="true")
    address = f"{world.github_url}/alice/alice/raw/log/.csc/badge.svg"
    said = f"README.md on main shows it with ![Job search]({address})"
    assert f"Note: the badge and its README are on the branch log; {said}." in answer.err
    assert f"::notice title=csc-verify::the badge and its README are on the branch log; {said}" in (
        answer.err
    )
    repository.change({"README.md": f"# Alice\n\n![Job search]({address})\n"})
    assert "Note:" not in repository.run().err


@pytest.mark.parametrize("more", ["", "branch: main", "branch: log, readme: false"])
def test_who_needs_no_other_place_for_the_badge_is_told_of_none(world: World, more: str) -> None:
    repository = configured(world, f"publish: {{{more}}}\n" if more else "")
    repository.git("branch", "log", "main")
    assert "Note:" not in repository.run().err


def test_a_branch_that_is_gone_is_told(world: World) -> None:
    answer = configured(world, "publish: {branch: gone}\n").run()
    assert answer.code == 4
    assert "gone" in answer.err


def test_a_paused_week_is_skipped_and_breaks_no_streak(world: World) -> None:
    text = "pauses: [{from: 2026-11-09, to: 2026-11-15, reason: flu}]\n"
    repository = configured(world, text)
    repository.run()
    assert [r.verdict.value for r in repository.reports] == ["met", "skipped", "met"]
    assert "2 weeks in a row" in repository.show(".csc/badge.json")


# --- weeks -------------------------------------------------------------------------------------


def test_a_provisional_week_is_looked_at_again_until_it_is_final(world: World) -> None:
    repository = Repository(world, "bob")
    world.advance(world.now - timedelta(hours=30))
    repository.run()
    provisional = repository.reports[-1]
    assert (provisional.week.state.value, provisional.verdict.value) == ("settling", "unknown")
    world.advance(world.now + timedelta(hours=30))
    repository.run()
    final = repository.reports[-1]
    assert (final.week.state.value, final.verdict.value) == ("final", "unmet")
    assert final.revisions == ()


def test_a_week_that_could_not_be_verified_heals_when_evidence_surfaces(world: World) -> None:
    repository = Repository(world)
    world.blog.faults.add(Fault("/alice/feed.xml", status(500), times=9))
    repository.run()
    assert [r.verdict.value for r in repository.reports] == ["unknown"] * 3
    world.blog.faults.clear()
    world.advance(world.now + timedelta(days=1))
    repository.run()
    # The week without a post stays unknown: that nothing was there is no evidence.
    assert [r.verdict.value for r in repository.reports] == ["met", "unknown", "met"]
    healed = repository.reports[-1]
    assert [revision.why for revision in healed.revisions] == ["evidence for blog surfaced later"]
    assert healed.revisions[0].requirements[0].verdict.value == "unknown"


def test_a_recheck_takes_over_what_is_found_now(world: World) -> None:
    repository = Repository(world)
    repository.run()
    feed = next(blog for blog in repository.student.blogs if isinstance(blog, RssFeed))
    world.blog.faults.add(Fault(feed.path, status(500), times=9))
    answer = repository.run("--recheck", "2026-11-16")
    report = repository.reports[-1]
    assert answer.code == 0
    assert report.verdict.value == "unknown"
    assert [revision.why for revision in report.revisions] == ["rechecked by hand"]
    assert report.revisions[0].verdict.value == "met"


def test_a_week_that_is_not_over_cannot_be_rechecked(world: World) -> None:
    answer = Repository(world).run("--recheck", "this")
    assert answer.code == 2
    assert "the week of 2026-11-23 is not over, so it has no line to look at again" in answer.err


def test_a_week_before_the_commitment_cannot_be_rechecked(world: World) -> None:
    answer = Repository(world).run("--recheck", "2026-10-28")
    assert answer.code == 2
    assert "the week of 2026-10-26 begins before the commitment (since: 2026-11-02)" in answer.err


def test_a_week_that_has_not_begun_is_wrong_usage(world: World) -> None:
    repository = Repository(world)
    head = repository.head
    answer = repository.run("--week", "2099-01-01")
    assert (answer.code, answer.out, repository.head) == (2, "", head)
    assert "the week of 2098-12-29 has not begun" in answer.err


def test_the_running_week_is_never_a_failure(world: World, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    answer = Repository(world).run(
        "--week", "this", "--fail-on", "unknown",
        GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary),
    )  # fmt: skip
    assert answer.code == 0
    page = summary.read_text("utf-8")
    assert page.startswith("## … Week of 23–29 Nov 2026: in progress\n")
    assert page.count("23–29 Nov 2026") == 1
    assert "contributions in progress%2C week of 23–29 Nov 2026" in answer.err
    assert "::warning" not in answer.err


def test_the_week_to_report_on_can_be_named(world: World) -> None:
    repository = Repository(world)
    assert "9–15 Nov 2026" in repository.run("--week", "2026-W46").out
    # A week before the commitment is reported on, and not entered into the log.
    assert "26 Oct – 1 Nov 2026" in repository.run("--week", "2026-10-28").out
    assert len(repository.reports) == 3


def test_a_post_counts_in_one_week_only_whatever_its_feed_says_later(tmp_path: Path) -> None:
    feed = ALICE.blogs[0]
    assert isinstance(feed, RssFeed)
    redated = tuple(
        replace(post, at=post.at + timedelta(days=7)) if "caching" in post.path else post
        for post in feed.posts
    )
    with World.start(tmp_path / "one", students=(ALICE,)) as world:
        first = Repository(world)
        first.run()
        log = first.show(".csc/log.jsonl").replace(world.blog_url, "{blog}")
    imported = replace(ALICE, blogs=(replace(feed, posts=redated),))
    with World.start(tmp_path / "two", students=(imported,)) as world:
        second = Repository(world)
        second.change({".csc/log.jsonl": log.replace("{blog}", world.blog_url)})
        second.run("--recheck", "2026-11-09")
        blog = second.reports[1].requirements[1]
        assert blog.verdict.value == "unmet"
        assert "counted in the week of 2026-11-02 already" in [o.why for o in blog.left_out]


# --- exit codes and the runner -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "fail_on", "code"),
    [
        ("alice", "unknown", 0),
        ("bob", "never", 0),
        ("bob", "unmet", 1),
        ("bob", "unknown", 1),
        ("carol", "never", 0),
        ("carol", "unmet", 0),
        ("carol", "unknown", 3),
    ],
)
def test_the_exit_code_is_what_fail_on_asks_for(
    world: World, login: str, fail_on: str, code: int
) -> None:
    assert Repository(world, login).run("--fail-on", fail_on).code == code


def test_a_runner_is_told_everything(world: World, tmp_path: Path) -> None:
    output, summary = tmp_path / "output", tmp_path / "summary"
    answer = Repository(world, "bob").run(
        GITHUB_ACTIONS="true",
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(summary),
        RUNNER_TEMP=str(tmp_path / "temp"),
    )
    assert "## ✗ Week of 16–22 Nov 2026: unmet" in summary.read_text("utf-8")
    assert "This week so far" in summary.read_text("utf-8")
    lines = output.read_text("utf-8").splitlines()
    values = dict(zip((line.split("<<")[0] for line in lines[::3]), lines[1::3], strict=True))
    assert values["verdict"] == "unmet"
    assert (values["contributions"], values["blog"]) == ("3", "0")
    assert json.loads((tmp_path / "temp/csc-verify/report.json").read_text("utf-8"))["schema"] == 1
    assert values["badge"] == str(tmp_path / "temp/csc-verify/badge.svg")
    orders = [line for line in answer.err.splitlines() if line.startswith("::warning")]
    assert len(orders) == 2
    fence = answer.out.splitlines()
    assert fence[0].startswith("::stop-commands::")
    assert fence[-1] == f"::{fence[0].removeprefix('::stop-commands::')}::"


def test_orders_are_given_to_runners_alone(world: World) -> None:
    answer = Repository(world, "bob").run()
    assert "::" not in answer.err.replace("http://", "")
    assert "stop-commands" not in answer.out


@pytest.mark.parametrize("publish", ["api", "git"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CSC_VERIFY_NOW", "2026-11-24T14:00:00Z"),
        ("CSC_VERIFY_ALLOW_PRIVATE_HOSTS", "127.0.0.1"),
    ],
)
def test_what_is_found_under_a_test_setting_is_not_published(
    publish: str, name: str, value: str
) -> None:
    env = {"GITHUB_REPOSITORY": "alice/alice", "GITHUB_TOKEN": "ghs_x", name: value}
    answer = call("run", "--publish", publish, env=env)
    assert answer.code == 2
    assert name in answer.err


# --- files and git -----------------------------------------------------------------------------


@pytest.fixture
def tree(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tree"
    bare = world.bare_repository(world.student("alice"))
    subprocess.run(["git", "clone", "--quiet", str(bare), str(folder)], check=True)
    monkeypatch.chdir(folder)
    return folder


def local(world: World, *options: str) -> Answer:
    env = world.env(world.student("alice"))
    home = {"HOME": os.environ.get("HOME", "/")}
    return call("run", *options, env={**env, **home})


def test_none_says_what_would_change_and_writes_nothing(world: World, tree: Path) -> None:
    answer = local(world)
    assert answer.code == 0
    assert ".csc/badge.svg" in answer.err
    assert not (tree / ".csc").exists()


def test_files_are_written_once(world: World, tree: Path) -> None:
    assert local(world, "--publish", "files").code == 0
    assert sorted(path.name for path in (tree / ".csc").iterdir()) == PUBLISHED
    before = {path: path.stat().st_mtime_ns for path in tree.rglob("*") if ".git/" not in str(path)}
    assert "Nothing is new" in local(world, "--publish", "files").err
    after = {path: path.stat().st_mtime_ns for path in tree.rglob("*") if ".git/" not in str(path)}
    assert after == before


@pytest.mark.usefixtures("tree")
def test_git_commits_as_the_bot_and_pushes_where_asked(world: World) -> None:
    answer = local(world, "--publish", "git", "--push", "origin")
    assert answer.code == 0, answer.err
    repository = Repository(world)
    assert repository.git("log", "-1", "--format=%an <%ae>", "main").strip() == BOT
    assert len(repository.reports) == 3
    head = repository.head
    assert local(world, "--publish", "git", "--push", "origin").code == 0
    assert repository.head == head


@pytest.mark.usefixtures("tree")
def test_a_push_that_failed_is_made_up_for(world: World) -> None:
    bare = world.bare_repository(world.student("alice"))
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no thanks >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    first = local(world, "--publish", "git", "--push", "origin")
    assert first.code == 4
    assert "7 public contributions" in first.out
    hook.unlink()
    second = local(world, "--publish", "git", "--push", "origin")
    assert second.code == 0, second.err
    assert "an earlier run had committed" in second.err
    assert len(Repository(world).reports) == 3
    assert "nothing was written" in local(world, "--publish", "git", "--push", "origin").err


def test_a_commit_of_the_students_own_is_not_pushed(world: World, tree: Path) -> None:
    assert local(world, "--publish", "git", "--push", "origin").code == 0
    pushed = Repository(world).head
    identity = ["-c", "user.name=Alice", "-c", "user.email=a@example.com"]
    subprocess.run(
        ["git", *identity, "commit", "--quiet", "--allow-empty", "-m", "wip"], cwd=tree, check=True
    )
    answer = local(world, "--publish", "git", "--push", "origin")
    assert answer.code == 0
    assert "Nothing is new" in answer.err
    assert Repository(world).head == pushed


def test_a_damaged_log_is_kept_line_for_line(world: World, tree: Path) -> None:
    (tree / ".csc").mkdir()
    (tree / ".csc/log.jsonl").write_bytes(b'{"half": \n\xff\xfe not text\n')
    answer = local(world, "--publish", "files")
    assert answer.code == 0
    assert "line 1" in answer.err
    assert "line 2" in answer.err
    lines = (tree / ".csc/log.jsonl").read_bytes().splitlines()
    assert lines[:2] == [b'{"half": ', b"\xff\xfe not text"]
    assert len(lines) == 5
