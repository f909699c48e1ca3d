"""Each rule of counting, by a student who lives by it: with GitHub's API, with many, without it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import requests

from csc_verify.config import config_from_options
from csc_verify.demo.cast import NOW
from csc_verify.demo.counting_cast import CONTRIBUTORS, Contributor
from csc_verify.demo.crowd import crowd, expected_count, login_of
from csc_verify.demo.faults import Fault, Instead
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.world import World
from csc_verify.errors import NotFound, Unavailable
from csc_verify.fetch import HttpFetcher
from csc_verify.github import Deadline, GitHub, Patience
from csc_verify.model import Found, Requirement, RequirementId, Verdict
from csc_verify.rules import judge
from csc_verify.sources import public_contributions
from csc_verify.sources.contributions import Ask, advise, look, look_at_many
from csc_verify.verify import Sources, verify_week
from csc_verify.week import Week
from tests.github_faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import Evidence, Finding

# A zone whose days begin and end elsewhere than UTC's: none of it may matter.
ZONE = ZoneInfo("Pacific/Auckland")
each = pytest.mark.parametrize("contributor", CONTRIBUTORS, ids=lambda c: c.student.login)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    students = [contributor.student for contributor in CONTRIBUTORS]
    with World.start(tmp_path_factory.mktemp("world") / "git", NOW, students) as started:
        yield started


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    with HttpFetcher(allow_hosts=frozenset({"127.0.0.1"})) as fetcher:
        yield fetcher


def github(world: World, contributor: Contributor, kind: TokenKind) -> GitHub:
    token = world.token(contributor.student, kind)
    patience = Patience(pause=0.01)
    return GitHub(token, world.github_url, world.github_url, patience=patience)


def week_of(contributor: Contributor) -> Week:
    return Week(contributor.week, ZONE)


def judged(evidence: Evidence, week: Week) -> Finding:
    requirement = Requirement(RequirementId.CONTRIBUTIONS, 5)
    return judge(requirement, (evidence,), week, NOW)


def test_there_is_a_student_for_each_of_many_rules() -> None:
    assert len(CONTRIBUTORS) >= 25
    assert len({contributor.rule for contributor in CONTRIBUTORS}) == len(CONTRIBUTORS)


# --- with GitHub's API -------------------------------------------------------------------------


@each
@pytest.mark.parametrize("kind", [TokenKind.WORKFLOW, TokenKind.PERSONAL])
def test_the_count_is_right_with_two_requests(
    world: World, contributor: Contributor, kind: TokenKind
) -> None:
    asking = github(world, contributor, kind)
    world.forget_requests()
    seen = look(asking, Ask(contributor.student.login.lower(), week_of(contributor))).evidence
    asking.close()
    assert isinstance(seen, Found), seen
    assert seen.complete
    certain = sum(item.count for item in seen.items if item.doubt is None)
    doubtful = sum(item.count for item in seen.items if item.doubt is not None)
    # One's own token sees private work, and what no list holds may be some of it.
    assert certain <= contributor.count <= certain + doubtful
    assert kind is TokenKind.PERSONAL or doubtful == 0
    finding = judged(seen, week_of(contributor))
    assert finding.commits == contributor.commits
    right = Verdict.MET if contributor.count >= 5 else Verdict.UNMET
    is_open = kind is TokenKind.PERSONAL and contributor.student.login in NOT_KNOWN_TO_THEIR_OWN
    assert finding.verdict is (Verdict.UNKNOWN if is_open else right)
    assert len(world.requests) <= 2


@each
def test_every_link_of_the_evidence_opens(world: World, contributor: Contributor) -> None:
    asking = github(world, contributor, TokenKind.WORKFLOW)
    seen = look(asking, Ask(contributor.student.login, week_of(contributor))).evidence
    asking.close()
    assert isinstance(seen, Found)
    for url in list(dict.fromkeys(item.url for item in seen.items))[:12]:
        assert url is not None
        assert requests.get(url, timeout=20).status_code == 200, url


NOT_KNOWN_TO_THEIR_OWN = {"fred"}
"""Whose own token can't tell a public discussion from private work."""

LEFT_OUT = {
    "eve": ("5 commits in eve/flask", "fork"),
    "finn": ("4 commits in finn/site on the branch search", "not on the default branch"),
    "hugo": ("5 commits in hugo/site", "their e-mail address is linked to no account"),
    "jo": ("5 commits in jo/jo", "this check's own commits never count"),
    "kim": ("5 commits in kim/site", "made by dependabot[bot], not by a person"),
    "sven": ("6 private contributions", "the profile shows only how many there were"),
    "abel": ("3 private contributions", "the profile shows only how many there were"),
}


@each
def test_what_does_not_count_is_told_with_its_reason(
    world: World, contributor: Contributor
) -> None:
    asking = github(world, contributor, TokenKind.WORKFLOW)
    seen = look(asking, Ask(contributor.student.login, week_of(contributor))).evidence
    asking.close()
    finding = judged(seen, week_of(contributor))
    told = [(entry.what.partition(" (")[0], entry.why) for entry in finding.left_out]
    wanted = LEFT_OUT.get(contributor.student.login)
    assert told == ([wanted] if wanted else [])
    assert "secret" not in repr(finding)


def test_advice_takes_two_further_requests_at_most(world: World) -> None:
    contributor = next(c for c in CONTRIBUTORS if c.student.login == "lena")
    asking = github(world, contributor, TokenKind.WORKFLOW)
    commits = look(asking, Ask("lena", week_of(contributor))).commits
    world.forget_requests()
    assert advise(asking, commits) == ("5 of 5 commits change nothing",)
    assert len(world.requests) <= 2
    asking.close()


# --- without it ----------------------------------------------------------------------------------


@each
def test_the_page_proves_what_it_can_and_nothing_else(
    world: World, contributor: Contributor, fetcher: HttpFetcher
) -> None:
    world.hub.forget_quotas()
    world.forget_requests()
    asking = GitHub(None, world.github_url, world.github_url)
    login, week = contributor.student.login.lower(), week_of(contributor)
    seen = public_contributions.collect(public_contributions.Ask(login, week), asking, fetcher)
    asking.close()
    assert isinstance(seen, Found), seen
    assert judged(seen, week).verdict == contributor.page
    assert all(request.header("authorization") is None for request in world.requests)
    for item in seen.items:
        assert item.doubt is not None or item.url is not None


@each
@pytest.mark.parametrize("fault", ["points spent", "502 in HTML"])
def test_under_a_fault_the_verdict_is_what_the_public_shows(
    world: World, contributor: Contributor, fetcher: HttpFetcher, fault: str
) -> None:
    world.hub.forget_quotas()
    world.github.faults.add(Fault("/graphql", FAULTS[fault].kind, times=3))
    asking = github(world, contributor, TokenKind.WORKFLOW)
    config = config_from_options(
        github=contributor.student.login, blog=(), track=None, timezone=ZONE.key
    )
    report = verify_week(config, week_of(contributor), NOW, Sources(asking, fetcher))
    asking.close()
    world.github.faults.clear()
    assert report.finding(RequirementId.CONTRIBUTIONS).verdict == contributor.page


@pytest.mark.parametrize("fault", ["resource limits", "504", "time-out in words", "cut JSON"])
def test_under_a_fault_that_passes_all_of_them_are_right(world: World, fault: str) -> None:
    world.hub.forget_quotas()
    world.github.faults.add(Fault("/graphql", FAULTS[fault].kind, times=2))
    asking = github(world, CONTRIBUTORS[0], TokenKind.WORKFLOW)
    asks = [Ask(c.student.login, week_of(c)) for c in CONTRIBUTORS]
    looks = {a.login: found for a, found in look_at_many(asking, asks, Deadline.within(60))}
    asking.close()
    for contributor in CONTRIBUTORS:
        finding = judged(looks[contributor.student.login].evidence, week_of(contributor))
        assert (finding.count, finding.commits) == (contributor.count, contributor.commits)


# --- many at once ------------------------------------------------------------------------------


def test_all_of_them_in_a_few_requests(world: World) -> None:
    asking = github(world, CONTRIBUTORS[0], TokenKind.WORKFLOW)
    asks = [Ask(c.student.login, week_of(c)) for c in CONTRIBUTORS]
    world.forget_requests()
    looks = {a.login: found for a, found in look_at_many(asking, asks, Deadline.within(60))}
    asking.close()
    for contributor in CONTRIBUTORS:
        finding = judged(looks[contributor.student.login].evidence, week_of(contributor))
        assert (finding.count, finding.commits) == (contributor.count, contributor.commits)
    operations = Counter(request.operation for request in world.requests)
    # Whose lists are cut, and whose calendar counts what no list holds, is looked at alone.
    assert operations == {"Totals": 1, "Contributions": 2, "Days": 1, "Evidence": 1}


def test_a_thousand_students_are_within_the_numbers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with World.start(tmp_path_factory.mktemp("crowd") / "git", NOW, crowd(1000)) as many:
        token = many.token(many.student(login_of(0)))
        asking = GitHub(token, many.github_url, many.github_url)
        week = Week(CONTRIBUTORS[0].week, ZONE)
        asks = [Ask(login_of(number), week) for number in range(1000)]
        looks = dict(look_at_many(asking, asks, Deadline.within(60)))
        asking.close()
        for number, ask in enumerate(asks):
            assert judged(looks[ask].evidence, week).count == expected_count(number)
        assert len(many.requests) <= 40
        assert many.hub.used(many.hub.tokens[token], "graphql") <= 60


# --- accounts by number ---------------------------------------------------------------------


def test_an_account_is_found_by_its_number(world: World) -> None:
    zoe = next(c for c in CONTRIBUTORS if c.student.login == "ZoeQ")
    asking = github(world, zoe, TokenKind.WORKFLOW)
    assert asking.login_of(zoe.student.id, Deadline.within(10)) == "ZoeQ"
    with pytest.raises(NotFound):
        asking.login_of(1, Deadline.within(10))
    asking.close()


@pytest.mark.parametrize(
    "answer",
    [
        b'{"login": "a/../b", "id": 700026}',
        b'{"login": "somebody", "id": 7}',
        b'{"login": null, "id": 700026}',
        b"{}",
    ],
)
def test_an_account_that_github_names_oddly_is_none(world: World, answer: bytes) -> None:
    zoe = next(c for c in CONTRIBUTORS if c.student.login == "ZoeQ")
    world.github.faults.add(Fault("/user/*", Instead(200, answer)))
    asking = github(world, zoe, TokenKind.WORKFLOW)
    with pytest.raises(Unavailable, match="not understood"):
        asking.login_of(zoe.student.id, Deadline.within(10))
    asking.close()
