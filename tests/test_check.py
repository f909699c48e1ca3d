"""``csc-verify check`` against the embedded world."""

from __future__ import annotations

import io
import json
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from urllib3 import HTTPResponse, PoolManager

from csc_verify.demo.faults import RATE_LIMIT, CutBody, Fault, html, status
from csc_verify.demo.world import World
from csc_verify.record import from_line
from tests.commands import Answer, call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csc_verify.demo.faults import Kind
    from csc_verify.demo.student import DemoStudent


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


@pytest.fixture
def alice(world: World) -> DemoStudent:
    return world.student("alice")


def head(world: World) -> str:
    repository = world.repository(world.student("alice"))
    return str(repository.head("main"))


def check(world: World, folder: Path, login: str, *options: str, **env: str) -> Answer:
    """Check a student's week with the configuration of their own repository."""
    student = world.student(login)
    for path, content in world.files(student).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    with chdir(folder):
        return call("check", *options, env={**world.env(student), **env})


@pytest.mark.parametrize("login", ["alice", "bob", "carol", "dana", "erin", "faye"])
def test_each_student_gets_the_verdict_that_was_written_down(
    world: World, tmp_path: Path, login: str
) -> None:
    codes = {"met": 0, "skipped": 0, "unmet": 1, "unknown": 3}
    for expected in world.student(login).expected:
        answer = check(world, tmp_path, login, "--week", str(expected.start), "--format", "json")
        report = from_line(answer.out)
        assert report.verdict.value == expected.verdict
        assert [(f.id.value, f.verdict.value, f.count) for f in report.requirements] == [
            (r.id, r.verdict, r.count) for r in expected.requirements
        ]
        assert answer.code == codes[expected.verdict]
        assert answer.err == ""


def test_json_is_one_document_and_nothing_else(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "alice", "--format", "json", GITHUB_ACTIONS="true")
    data = json.loads(answer.out)
    assert data["student"] == {
        "github": "alice",
        "id": 583231,
        "track": "software-engineering",
        "timezone": "America/New_York",
    }
    assert data["checked_at"] == "2026-11-24T14:00:00Z"


def test_the_text_names_what_counted_and_where_to_see_it(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "alice")
    assert "7 public contributions, 5 needed" in answer.out
    assert f"{world.github_url}/open-garden/planner/pull/47" in answer.out
    assert f"{world.blog_url}/alice/negative" in answer.out
    assert "\x1b[" not in answer.out


def test_markdown_is_the_job_summary(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "alice", "--format", "markdown")
    assert "| contributions |" in answer.out
    assert f"]({world.blog_url}/alice/negative)" in answer.out


def test_the_running_week_is_unknown_until_it_is_met(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "alice", "--week", "this")
    assert answer.code == 3
    assert "The week is not over until 2026-11-29 has passed" in " ".join(answer.out.split())


def test_the_running_week_is_in_progress(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "alice", "--week", "this")
    said = " ".join(answer.out.split())
    assert "… In progress: the week is not over; still open: contributions and blog." in said
    assert "… contributions in progress" in said
    assert "unknown" not in said


def test_nothing_is_written(world: World, tmp_path: Path) -> None:
    before = head(world)
    check(world, tmp_path, "alice")
    written = {path.name for path in tmp_path.iterdir()} - {"world"}
    assert written == {".github", "README.md"}
    assert [path.name for path in (tmp_path / ".github").iterdir()] == ["csc.yml"]
    assert head(world) == before


def test_the_token_goes_to_githubs_api_alone(world: World, tmp_path: Path) -> None:
    check(world, tmp_path, "alice")
    authorized = [request for request in world.requests if request.header("authorization")]
    assert authorized
    assert {request.path for request in authorized} == {"/graphql"}
    assert {request.server for request in authorized} == {"github"}
    assert any(
        request.server == "blog" and "/alice/feed.xml" in request.path for request in world.requests
    )


def test_without_a_file_the_scope_is_what_was_named(world: World, alice: DemoStudent) -> None:
    blog = f"{world.blog_url}/alice/feed.xml"
    options = ["--timezone", "America/New_York", "--format", "json"]
    both = call("check", "--github", "alice", "--blog", blog, *options, env=world.env(alice))
    assert (both.code, json.loads(both.out)["commitment"]["scope"]) == (
        0,
        ["contributions", "blog"],
    )
    only = call("check", "--blog", blog, *options, env=world.env(alice))
    assert (only.code, json.loads(only.out)["commitment"]["scope"]) == (0, ["blog"])
    assert json.loads(only.out)["student"]["github"] == ""


NEVER_UNMET: dict[str, Kind] = {
    "an outage": html(502),
    "a time-out page": status(504, "We couldn't respond to your request in time"),
    "a spent quota": RATE_LIMIT,
    "half an answer": CutBody(),
    "a refusal": status(403, "Forbidden"),
    "an answer that is no answer": html(200),
}


@pytest.mark.parametrize("name", NEVER_UNMET)
def test_whatever_github_does_it_is_never_unmet(world: World, tmp_path: Path, name: str) -> None:
    for match in ("/graphql", "/users/*", "/search/*"):
        world.github.faults.add(Fault(match, NEVER_UNMET[name], times=99))
    answer = check(world, tmp_path, "bob", "--format", "json")
    contributions = json.loads(answer.out)["requirements"][0]
    assert contributions["verdict"] == "unknown"
    assert contributions["evidence"] == []
    assert len(contributions["reason"]) > 30
    assert world.token(world.student("bob")) not in answer.out + answer.err


@pytest.mark.parametrize("name", ["a spent quota", "a refusal"])
def test_what_everybody_can_see_is_asked_if_the_api_does_not_answer(
    world: World, tmp_path: Path, name: str
) -> None:
    world.github.faults.add(Fault("/graphql", NEVER_UNMET[name], times=99))
    verdicts = {}
    for login in ("alice", "bob"):
        answer = check(world, tmp_path, login, "--format", "json")
        contributions = json.loads(answer.out)["requirements"][0]
        assert contributions["source"] == "github-calendar"
        assert any("its API did not answer" in note for note in contributions["notes"])
        verdicts[login] = contributions["verdict"]
    # Six commits in repositories of her own are enough, three contributions of any kind too few.
    assert verdicts == {"alice": "met", "bob": "unmet"}


def test_a_bad_token_is_told_and_what_to_do(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "bob", GITHUB_TOKEN="ghp_nobody_knows_this_one")
    assert answer.code == 1  # the blog was looked at, and is unmet
    assert "refused the token" in " ".join(answer.out.split())
    assert "ghp_nobody" not in answer.out + answer.err


def test_without_a_token_contributions_are_unknown(world: World, tmp_path: Path) -> None:
    answer = check(world, tmp_path, "erin", GITHUB_TOKEN="")
    assert answer.code == 3
    assert "GITHUB_TOKEN" in answer.out


@pytest.mark.parametrize(
    ("login", "said"),
    [("nobody-is-called-this", "knows no user"), ("open-garden", "knows no user")],
)
def test_a_login_that_is_no_users_is_unknown_and_told(
    world: World, alice: DemoStudent, login: str, said: str
) -> None:
    answer = call("check", "--github", login, env=world.env(alice))
    assert answer.code == 3
    assert said in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/alice/nothing-here", "there is nothing at this address (404)"),
        ("/carol/feed", "status 403"),
    ],
)
def test_a_blog_that_does_not_answer_is_unknown_and_says_why(
    world: World, alice: DemoStudent, path: str, said: str
) -> None:
    answer = call("check", "--blog", world.blog_url + path, env=world.env(alice))
    assert answer.code == 3
    assert said in " ".join(answer.out.split())


def test_the_address_of_a_post_itself_will_do(world: World, alice: DemoStudent) -> None:
    answer = call(
        "check", "--blog", f"{world.blog_url}/alice/negative", "--week", "2026-11-16",
        "--format", "json", env=world.env(alice),
    )  # fmt: skip
    blog = json.loads(answer.out)["requirements"][1]
    assert (answer.code, blog["verdict"], blog["source"]) == (0, "met", "page")
    assert blog["evidence"][0]["url"] == f"{world.blog_url}/alice/negative"


@pytest.mark.parametrize(
    ("kind", "said"),
    [(status(500), "status 500"), (status(429), "status 429"), (CutBody(0.5), "breaks off")],
)
def test_a_blog_in_trouble_is_unknown(
    world: World, alice: DemoStudent, kind: Kind, said: str
) -> None:
    world.blog.faults.add(Fault("/alice/feed.xml", kind, times=9))
    answer = call(
        "check", "--blog", f"{world.blog_url}/alice/feed.xml", "--week", "2026-11-09",
        env=world.env(alice),
    )  # fmt: skip
    assert answer.code == 3
    assert said in " ".join(answer.out.split())


def test_no_private_address_is_reached_without_leave(world: World, alice: DemoStudent) -> None:
    env = {**world.env(alice), "CSC_VERIFY_ALLOW_PRIVATE_HOSTS": ""}
    world.forget_requests()
    answer = call("check", "--blog", f"{world.blog_url}/alice/feed.xml", env=env)
    assert answer.code == 3
    assert world.requests == ()


WRONG = [
    (["check"], "there is no such file"),
    (["check", "--config", "nowhere.yml"], "nowhere.yml: there is no such file"),
    (["check", "--config", "x", "--github", "y"], "exclude each other"),
    (["check", "--github", "-bad-"], "--github"),
    (["check", "--github", "alice", "--blog", "not an address"], "--blog"),
    (["check", "--github", "alice", "--timezone", "Mars/Base"], "--timezone"),
    (["check", "--github", "alice", "--track", "cooking"], "--track"),
    (["check", "--github", "alice", "--week", "someday"], "is not a week"),
    (["check", "--github", "alice", "--week", "2099-01-01"], "2098-12-29 has not begun"),
    (["check", "--format", "xml"], "--format"),
    (["check", "--git", "alice"], "unrecognized arguments"),
    (["dance"], "invalid choice"),
    ([], "required"),
    (["run", "--push", "origin"], "--push goes with"),
    (["run", "--publish", "api"], "GITHUB_REPOSITORY"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_wrong_usage_is_one_sentence_and_exit_code_2(arguments: list[str], said: str) -> None:
    answer = call(*arguments, env={})
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_all_problems_of_a_configuration_are_told_with_their_lines(
    world: World, alice: DemoStudent, tmp_path: Path
) -> None:
    config = tmp_path / "csc.yml"
    config.write_text("track: software\ntimezon: UTC\nblog:\n  minimum: none\n", encoding="utf-8")
    answer = call("check", "--config", str(config), env=world.env(alice))
    assert answer.code == 2
    assert f"{config}:1:" in answer.err
    assert f"{config}:2:" in answer.err
    assert "timezone" in answer.err
    assert f"{config}:4:" in answer.err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_help_and_version_answer_and_end(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*arguments, env={}).code == 0
    assert "csc-verify" in capsys.readouterr().out


def test_a_feed_at_a_public_address_is_read_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        "<rss version='2.0'><channel><title>N</title>"
        "<item><title>New</title><link>https://blog.example/new</link>"
        "<pubDate>Wed, 18 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
    )
    asked: list[tuple[str, str, dict[str, str]]] = []

    # No public address can be reached here, so the last thing before the network answers.
    def request(
        _: PoolManager, method: str, url: str, *, headers: dict[str, str], **__: object
    ) -> HTTPResponse:
        asked.append((method, url, headers))
        return HTTPResponse(io.BytesIO(body.encode()), status=200, preload_content=False)

    monkeypatch.setattr(PoolManager, "request", request)
    env = {"CSC_VERIFY_NOW": "2026-11-24T14:00:00Z"}
    answer = call("check", "--blog", "https://blog.example/feed.xml", env=env)
    assert answer.code == 0, answer.out
    assert "https://blog.example/new" in answer.out
    method, url, headers = asked[0]
    assert (method, url) == ("GET", "https://blog.example/feed.xml")
    assert set(headers) == {"User-Agent", "Accept", "Accept-Encoding"}
    assert headers["User-Agent"].startswith("csc-verify/")


@pytest.mark.parametrize(
    ("topics", "said"), [("[javascript, testing]", False), ("[bread, butter]", True)]
)
def test_configured_topics_make_a_note_and_no_verdict(
    world: World, tmp_path: Path, topics: str, said: bool
) -> None:
    config = tmp_path / "csc.yml"
    student = world.student("alice")
    text = world.files(student)[".github/csc.yml"].decode()
    config.write_text(text.replace("blog:\n", f"blog:\n  topics: {topics}\n"), "utf-8")
    answer = call("check", "--config", str(config), "--format", "json", env=world.env(student))
    blog = from_line(answer.out).requirements[1]
    assert blog.verdict.value == "met"
    note = "none of your topics (bread, butter) is named in it (a guess from its words)"
    assert blog.notes == ((f"'Rounding <below> zero': {note}",) if said else ())


def test_evidence_keeps_the_date_as_it_was_written_and_its_element(
    world: World, tmp_path: Path
) -> None:
    answer = check(world, tmp_path, "alice", "--format", "json")
    (post,) = json.loads(answer.out)["requirements"][1]["evidence"]
    assert post["at"] == "2026-11-22T23:30:00-05:00"
    assert (post["written"], post["element"]) == ("Sun, 22 Nov 2026 23:30:00 -0500", "pubDate")


def test_advice_asks_no_posts_page_for_weeks_long_past_and_knows_the_configuration(
    world: World, tmp_path: Path
) -> None:
    config = tmp_path / "csc.yml"
    student = world.student("alice")
    text = world.files(student)[".github/csc.yml"].decode()
    config.write_text(text.replace("blog:\n", "blog:\n  author: Bob Roe\n"), "utf-8")

    def notes(now: str) -> tuple[str, ...]:
        env = {**world.env(student), "CSC_VERIFY_NOW": now}
        options = ("--week", "2026-11-02", "--format", "json")
        answer = call("check", "--config", str(config), *options, env=env)
        return from_line(answer.out).requirements[1].notes

    assert any("very short" in note for note in notes("2026-11-24T14:00:00Z"))
    assert not any("very short" in note for note in notes("2027-01-24T14:00:00Z"))


def test_who_asks_for_no_contributions_needs_no_login(world: World, tmp_path: Path) -> None:
    config = tmp_path / "csc.yml"
    urls = f"urls: ['{world.blog_url}/alice/feed.xml']"
    config.write_text(f"timezone: America/New_York\nscope: [blog]\nblog: {{{urls}}}\n", "utf-8")
    env = {k: v for k, v in world.env(world.student("alice")).items() if k != "GITHUB_REPOSITORY"}
    answer = call("check", "--config", str(config), env=env)
    assert answer.code == 0, answer.err
