"""Each thing that can go wrong with GitHub, against each way of asking it.

Four questions are asked of every combination: is the verdict honest, did it end in time, how often
was GitHub asked, and where did the token go.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from csc_verify.config import config_from_options
from csc_verify.demo.cast import NOW
from csc_verify.demo.counting_cast import CONTRIBUTORS, WEEK
from csc_verify.demo.faults import Fault, Kind, status
from csc_verify.demo.world import World
from csc_verify.fetch import HttpFetcher, Limits
from csc_verify.github import FOR_MANY, Deadline, GitHub, Patience
from csc_verify.model import Found, Requirement, RequirementId, Verdict
from csc_verify.rules import judge
from csc_verify.sources.contributions import Ask, look_at_many
from csc_verify.verify import Sources, verify_week
from csc_verify.week import Week
from tests.github_faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import Finding

LOGINS = ("cleo", "ben")
"""Five commits in a repository of her own, and four."""

API, SEARCH, PAGE = 1.6, 0.8, 0.8
"""Seconds, as thirty, ten and nine in real life."""

SLACK = 1.5
WEEK_ASKED = Week(WEEK, ZoneInfo("UTC"))
each_fault = pytest.mark.parametrize("fault", FAULTS)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    students = [c.student for c in CONTRIBUTORS if c.student.login in LOGINS]
    with World.start(tmp_path_factory.mktemp("world") / "git", NOW, students) as started:
        yield started


@dataclass
class Asked:
    """What came of asking about both students."""

    findings: dict[str, Finding]
    seconds: float

    @property
    def verdicts(self) -> list[Verdict]:
        return [self.findings[login].verdict for login in LOGINS]


def asked(world: World, token: str | None) -> Asked:
    """Ask as the command does, a little more hastily."""
    world.hub.forget_quotas()
    world.forget_requests()
    findings = {}
    begun = time.monotonic()
    for login in LOGINS:
        patience = Patience(API, attempt=0.5, connect=0.5, search=SEARCH, pause=0.01)
        github = GitHub(token, world.github_url, world.github_url, patience=patience)
        limits = Limits(total_seconds=PAGE)
        with HttpFetcher(allow_hosts=frozenset({"127.0.0.1"}), limits=limits) as fetcher:
            config = config_from_options(github=login, blog=(), track=None, timezone="UTC")
            report = verify_week(config, WEEK_ASKED, NOW, Sources(github, fetcher))
        github.close()
        findings[login] = report.finding(RequirementId.CONTRIBUTIONS)
    return Asked(findings, time.monotonic() - begun)


def the_token_went_to_the_api_alone(world: World, token: str, findings: object) -> bool:
    public = [r for r in world.requests if r.path.startswith(("/users/", "/search/"))]
    return (
        all(request.header("authorization") is None for request in public)
        and all(token not in repr(r) for r in public)
        and token not in repr(findings)
    )


def break_(world: World, kind: Kind, *matches: str) -> None:
    for match in matches:
        world.github.faults.add(Fault(match, kind, times=999))


@pytest.fixture(autouse=True)
def mended(world: World) -> Iterator[None]:
    yield
    world.github.faults.clear()


def requests(world: World, path: str) -> int:
    return sum(request.path == path for request in world.requests)


def test_when_all_goes_well_the_verdicts_are_these(world: World) -> None:
    token = world.token(world.students[0])
    assert asked(world, token).verdicts == [Verdict.MET, Verdict.UNMET]
    assert requests(world, "/search/commits") == 0
    assert asked(world, None).verdicts == [Verdict.MET, Verdict.UNMET]
    assert requests(world, "/graphql") == 0


@each_fault
def test_the_api_fails_and_the_public_page_answers(world: World, fault: str) -> None:
    token = world.token(world.students[0])
    break_(world, FAULTS[fault].kind, "/graphql")
    answer = asked(world, token)
    assert answer.verdicts == [Verdict.MET, Verdict.UNMET]
    assert {finding.source for finding in answer.findings.values()} == {"github-calendar"}
    assert answer.seconds < 2 * (API + SLACK)
    assert requests(world, "/graphql") <= 2 * 3
    assert requests(world, "/search/commits") == 2
    assert the_token_went_to_the_api_alone(world, token, answer.findings)


@each_fault
def test_everything_fails_and_it_is_unknown(world: World, fault: str) -> None:
    token = world.token(world.students[0])
    break_(world, FAULTS[fault].kind, "/graphql", "/users/*", "/search/*")
    answer = asked(world, token)
    assert answer.verdicts == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    for finding in answer.findings.values():
        assert len(finding.reason) > 30
        assert finding.evidence == ()
    assert answer.seconds < 2 * (API + SEARCH + PAGE + SLACK)
    assert requests(world, "/graphql") <= 2 * 3
    assert requests(world, "/search/commits") <= 2 * 3
    assert the_token_went_to_the_api_alone(world, token, answer.findings)


@each_fault
def test_without_a_token_everything_fails_and_it_is_unknown(world: World, fault: str) -> None:
    break_(world, FAULTS[fault].kind, "/users/*", "/search/*")
    answer = asked(world, None)
    assert answer.verdicts == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    assert all("GITHUB_TOKEN" in finding.reason for finding in answer.findings.values())
    assert answer.seconds < 2 * (SEARCH + PAGE + SLACK)


@each_fault
def test_the_search_alone_fails_and_the_page_proves_what_it_can(world: World, fault: str) -> None:
    break_(world, FAULTS[fault].kind, "/search/*")
    assert asked(world, None).verdicts == [Verdict.UNKNOWN, Verdict.UNMET]


@each_fault
def test_the_page_alone_fails_and_commits_prove_what_they_can(world: World, fault: str) -> None:
    break_(world, FAULTS[fault].kind, "/users/*")
    assert asked(world, None).verdicts == [Verdict.MET, Verdict.UNKNOWN]


@each_fault
def test_the_second_answer_fails_and_the_count_stands(world: World, fault: str) -> None:
    token = world.token(world.students[0])
    break_(world, FAULTS[fault].kind, "Evidence", "Changes")
    answer = asked(world, token)
    assert answer.verdicts == [Verdict.MET, Verdict.UNMET]
    assert [answer.findings[login].count for login in LOGINS] == [5, 4]
    assert answer.seconds < 2 * (2 * API + SLACK)


def many(world: World) -> tuple[dict[str, Verdict], float]:
    world.hub.forget_quotas()
    world.forget_requests()
    begun = time.monotonic()
    patience = Patience(API, attempt=0.5, connect=0.5, pause=0.01, longest_wait=1.0)
    token = world.token(world.students[0])
    github = GitHub(token, world.github_url, world.github_url, patience=patience)
    asks = [Ask(login, WEEK_ASKED) for login in (*LOGINS, *LOGINS, *LOGINS)]
    requirement = Requirement(RequirementId.CONTRIBUTIONS, 5)
    found = {}
    for ask, look in look_at_many(github, asks, Deadline.within(2 * API)):
        finding = judge(requirement, (look.evidence,), WEEK_ASKED, NOW)
        found[ask.login] = finding.verdict
        assert token not in repr(look)
    github.close()
    return found, time.monotonic() - begun


@each_fault
def test_a_cohort_is_unknown_and_ends_in_time(world: World, fault: str) -> None:
    break_(world, FAULTS[fault].kind, "/graphql")
    verdicts, seconds = many(world)
    assert verdicts == dict.fromkeys(LOGINS, Verdict.UNKNOWN)
    assert seconds < 2 * API + SLACK
    assert requests(world, "/graphql") <= 15
    assert len(world.requests) == requests(world, "/graphql")


PASSING = ["resource limits", "node limit", "502 in HTML", "504", "time-out in words", "cut JSON"]


@pytest.mark.parametrize("fault", PASSING)
def test_a_cohort_gets_over_what_passes(world: World, fault: str) -> None:
    world.github.faults.add(Fault("/graphql", FAULTS[fault].kind, times=2))
    verdicts, _ = many(world)
    assert verdicts == {"cleo": Verdict.MET, "ben": Verdict.UNMET}


@pytest.mark.parametrize("seconds", [7, None])
def test_a_wait_that_github_asks_for_is_made_and_told(world: World, seconds: int | None) -> None:
    told: list[str] = []
    waits: list[float] = []
    header = (("Retry-After", str(seconds)),) if seconds else ()
    limit = status(403, "You have exceeded a secondary rate limit", header)
    world.github.faults.add(Fault("/graphql", limit, times=1))
    token = world.token(world.students[0])
    github = GitHub(
        token,
        world.github_url,
        world.github_url,
        log=told.append,
        patience=FOR_MANY,
        sleep=waits.append,
    )
    (found,) = look_at_many(github, [Ask("cleo", WEEK_ASKED)], Deadline.within(600))
    github.close()
    assert isinstance(found[1].evidence, Found)
    # Without a number it is a minute.
    assert waits == [seconds or 60]
    said = f"GitHub asks to slow down (secondary rate limit); asking again in {waits[0]:g} s"
    assert told == [said]
