"""What counts of a week on GitHub, what is left out, and what nobody can know."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.demo.cast import STUDENTS
from csc_verify.demo.faults import (
    Fault,
    Instead,
)
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.student import DemoStudent
from csc_verify.demo.world import World
from csc_verify.github import GitHub, Patience
from csc_verify.model import (
    Account,
    CountBasis,
    Evidence,
    Failed,
    Found,
    ItemKind,
    LeftOut,
    Verdict,
)
from csc_verify.sources.contributions import Ask, look, parse
from csc_verify.week import Week
from tests.github_faults import ENDLESS, FAULTS
from tests.told import (
    BOT,
    DAYS,
    FRI,
    LISTS,
    MON,
    SAT,
    SERVER,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    Told,
    at,
    certain,
    doubtful,
    judged,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from csc_verify.demo.student import ExpectedWeek

# --- what counts -----------------------------------------------------------------------------


def test_a_weeks_contributions_are_listed_with_links() -> None:
    told = (
        Told()
        .commits("alice/site", {MON: 3, SUN: 1})
        .numbered("issue", "octo/cli", TUE)
        .numbered("pull", "octo/cli", WED, 2)
        .numbered("review", "octo/cli", THU, 3)
        .created("alice/site", FRI)
        .created("alice/cli", FRI, fork=True)
    )
    commits = f"{SERVER}/alice/site/commits?author=alice"
    assert [
        (item.kind, item.url, item.title, item.count, item.at and item.at.iso)
        for item in told.found.items
    ] == [
        (
            ItemKind.COMMIT,
            f"{commits}&since={MON}&until={MON}",
            "3 commits in alice/site",
            3,
            MON,
        ),
        (ItemKind.COMMIT, f"{commits}&since={SUN}&until={SUN}", "1 commit in alice/site", 1, SUN),
        (ItemKind.ISSUE, f"{SERVER}/octo/cli/issue/1", "issue 1", 1, TUE),
        (ItemKind.PULL_REQUEST, f"{SERVER}/octo/cli/pull/2", "pull 2", 1, WED),
        (
            ItemKind.REVIEW,
            f"{SERVER}/octo/cli/pull/3#pullrequestreview-3",
            "review of review 3",
            1,
            THU,
        ),
        (ItemKind.REPOSITORY, f"{SERVER}/alice/site", "created alice/site", 1, FRI),
        (ItemKind.REPOSITORY, f"{SERVER}/alice/cli", "forked alice/cli", 1, FRI),
    ]
    assert told.found.complete
    assert told.found.source == "github-graphql"
    assert told.found.address == f"{SERVER}/alice"
    assert told.found.account == Account("alice", 583231)


def test_the_finding_counts_both_ways() -> None:
    told = Told().commits("alice/site", {MON: 4}).numbered("issue", "octo/cli", TUE)
    assert (told.judged().verdict, told.judged().count) == (Verdict.MET, 5)
    by_commits = told.judged(count=CountBasis.COMMITS)
    assert (by_commits.verdict, by_commits.count) == (Verdict.UNMET, 4)
    assert (by_commits.commits, by_commits.contributions) == (4, 5)


def test_what_no_list_holds_is_a_days_number() -> None:
    told = Told().commits("alice/site", {MON: 1})
    told.days[MON] += 2
    told.days[SAT] += 1
    assert summary(told.found) == [("commit", MON, 1), ("day", MON, 2), ("day", SAT, 1)]
    link = told.found.items[1].url or ""
    assert link == f"{SERVER}/alice?tab=overview&from={MON}&to={MON}"
    assert told.found.items[1].title == "2 other contributions"


def test_an_issue_of_sunday_evening_is_monday_in_utc_and_still_counts() -> None:
    told = Told().numbered("issue", "octo/cli", SUN)
    node = told.lists["issue"][0]["contributions"]["nodes"][0]
    node["occurredAt"] = "2026-11-23T02:30:00Z"
    assert summary(told.found) == [("day", SUN, 1)]
    assert told.found.complete


def test_a_day_that_lists_more_than_it_counts_moves_the_rest_to_the_week() -> None:
    told = Told().numbered("issue", "octo/cli", TUE)
    told.days[TUE], told.days[MON], told.days[WED] = 0, 1, 1
    assert summary(told.found) == [("issue", TUE, 1), ("other", MON, 1)]
    link = told.found.items[1].url or ""
    assert link == f"{SERVER}/alice?tab=overview&from={MON}&to={SUN}"


def test_two_reviews_of_one_pull_request_count_twice() -> None:
    told = Told().numbered("review", "octo/cli", TUE, 7).numbered("review", "octo/cli", TUE, 7)
    second = told.lists["review"][1]["contributions"]["nodes"][0]["pullRequestReview"]
    second["url"] = f"{SERVER}/octo/cli/pull/7#pullrequestreview-8"
    assert summary(told.found) == [("review", TUE, 1), ("review", TUE, 1)]
    assert told.judged(minimum=2).count == 2


def test_days_beside_the_week_are_not_counted() -> None:
    told = Told().commits("alice/site", {MON: 1})
    told.days |= {"2026-11-15": 9, "2026-11-23": 9}
    assert certain(told.found) == 1


def test_a_login_is_found_in_any_case_and_told_in_githubs() -> None:
    data = Told().commits("alice/site", {MON: 1}).data
    data["user"]["login"] = "Alice"
    found = parse(data, "aLICE", WEEK, SERVER)
    assert isinstance(found, Found)
    assert found.account == Account("Alice", 583231)
    assert "author=Alice" in (found.items[0].url or "")


def test_an_account_without_a_number_has_no_account() -> None:
    data = Told().data
    data["user"]["databaseId"] = None
    found = parse(data, "alice", WEEK, SERVER)
    assert isinstance(found, Found)
    assert found.account is None


def test_nothing_done_is_unmet() -> None:
    assert Told().found.items == ()
    assert Told().judged().verdict is Verdict.UNMET


# --- what doesn't count ----------------------------------------------------------------------


def test_restricted_contributions_are_taken_off() -> None:
    told = Told(restricted=3).commits("alice/site", {MON: 2})
    told.days[TUE] += 4
    assert summary(told.found) == [("commit", MON, 2), ("other", MON, 1)]
    (left_out,) = told.found.left_out
    assert left_out.what == "3 private contributions"
    assert left_out.why == "the profile shows only how many there were"


def test_what_a_personal_token_sees_of_private_work_is_taken_off() -> None:
    told = (
        Told(viewer="alice")
        .commits("alice/site", {MON: 2})
        .commits("alice/secret-plans", {MON: 4, TUE: 1}, private=True)
        .numbered("issue", "alice/secret-plans", WED, private=True)
        .created("alice/secret-plans", WED, private=True)
    )
    assert summary(told.found) == [("commit", MON, 2)]
    assert doubtful(told.found) == 0
    assert told.judged().verdict is Verdict.UNMET
    assert told.judged(count=CountBasis.COMMITS).count == 2
    assert told.found.left_out == (
        LeftOut(
            "contributions in private repositories",
            "private",
            "Only work in public repositories counts",
        ),
    )
    assert "secret-plans" not in repr(told.found)


def test_one_is_singular() -> None:
    told = Told(restricted=1).commits("alice/secret", {MON: 1}, private=True)
    told.days[TUE] += 1
    assert [left_out.what for left_out in told.found.left_out] == [
        "contributions in private repositories",
        "1 private contribution",
    ]


@pytest.mark.parametrize("viewer", ["alice", "ALICE"])
def test_the_rest_is_in_doubt_if_the_token_is_the_students_own(viewer: str) -> None:
    told = Told(viewer=viewer).commits("alice/site", {MON: 4})
    told.days[TUE] += 1
    assert (certain(told.found), doubtful(told.found)) == (4, 1)
    assert told.judged().verdict is Verdict.UNKNOWN
    assert told.judged(minimum=4).verdict is Verdict.MET
    assert told.judged(minimum=6).verdict is Verdict.UNMET


def test_the_rest_is_in_doubt_if_the_token_sees_anything_private() -> None:
    told = Told(viewer="coach").commits("alice/secret", {MON: 1}, private=True)
    told.days[TUE] += 5
    assert (certain(told.found), doubtful(told.found)) == (0, 5)
    assert told.judged().verdict is Verdict.UNKNOWN


# --- numbers that don't fit together -------------------------------------------------------------


def test_repositories_beyond_the_list_are_in_doubt() -> None:
    told = Told().commits("alice/site", {MON: 3})
    told.totals["commit"] += 2
    told.days[TUE] += 2
    assert (certain(told.found), doubtful(told.found)) == (3, 2)
    assert not told.found.complete
    assert told.found.gap == "GitHub did not list 2 contributions of the week"
    assert told.judged(minimum=3).verdict is Verdict.MET
    for minimum in (4, 5, 6):
        assert told.judged(minimum=minimum).verdict is Verdict.UNKNOWN
        assert told.judged(minimum, CountBasis.COMMITS).verdict is Verdict.UNKNOWN


def test_issues_beyond_the_list_are_in_doubt() -> None:
    told = Told().numbered("issue", "octo/cli", MON)
    told.totals["issue"] += 1
    told.days[TUE] += 3
    assert (certain(told.found), doubtful(told.found)) == (3, 1)


def test_issues_of_a_listed_public_repository_are_certain_though_cut() -> None:
    told = Told().numbered("issue", "octo/cli", MON)
    told.lists["issue"][0]["contributions"]["totalCount"] = 60
    told.totals["issue"] = 60
    told.days[TUE] += 59
    assert (certain(told.found), doubtful(told.found)) == (60, 0)


def test_commits_without_a_day_are_in_doubt() -> None:
    told = Told().commits("alice/site", {MON: 1, TUE: 1})
    told.lists["commit"][0]["contributions"]["nodes"][1]["occurredAt"] = at("2026-11-23")
    assert (certain(told.found), doubtful(told.found)) == (1, 1)


def test_more_commits_than_githubs_own_total_are_in_doubt() -> None:
    told = Told().commits("alice/site", {MON: 6})
    told.totals["commit"] = 0
    assert told.judged(count=CountBasis.COMMITS).verdict is Verdict.UNKNOWN


def test_a_negative_count_proves_nothing() -> None:
    told = Told(restricted=10).commits("alice/site", {MON: 4})
    told.days[TUE] += 4
    finding = told.judged()
    assert (finding.verdict, finding.count) == (Verdict.UNKNOWN, 0)
    assert "contradict each other" in finding.reason


def test_more_listed_than_the_calendar_counts_is_in_doubt() -> None:
    told = Told().commits("alice/site", {MON: 3}).commits("alice/cli", {TUE: 3})
    told.days[TUE] = 1
    assert (certain(told.found), doubtful(told.found)) == (3, 3)
    assert told.judged(minimum=3).verdict is Verdict.MET
    assert told.judged(minimum=5).verdict is Verdict.UNKNOWN
    assert told.judged(minimum=7).verdict is Verdict.UNMET


def test_more_restricted_than_the_calendar_counts_leaves_nothing_certain() -> None:
    told = Told(restricted=9).commits("alice/site", {MON: 6})
    assert (certain(told.found), doubtful(told.found)) == (0, 6)
    assert told.judged().verdict is Verdict.UNKNOWN


def test_a_calendar_that_ends_early_proves_no_absence() -> None:
    told = Told().commits("alice/site", {MON: 3})
    for day in (FRI, SAT, SUN):
        del told.days[day]
    assert not told.found.complete
    assert told.found.gap == "GitHub's calendar ends on 2026-11-19 as yet"
    assert told.judged().verdict is Verdict.UNKNOWN
    assert told.judged(minimum=3).verdict is Verdict.MET


@st.composite
def tellings(draw: st.DrawFn) -> tuple[Told, int]:
    """What GitHub may tell, consistent, and how much of it is public."""
    told = Told(viewer=draw(st.sampled_from([BOT, "alice", "coach"])))
    few, day = st.integers(0, 4), st.sampled_from(DAYS)
    public = 0
    for number in range(draw(st.integers(0, 6))):
        private = draw(st.booleans())
        kind = draw(st.sampled_from(["commit", "issue", "pull", "review", "created"]))
        name, when = f"alice/{kind}-{number}", draw(day)
        before = sum(told.days.values())
        if kind == "commit":
            told.commits(name, draw(st.dictionaries(day, few)), private=private)
        elif kind == "created":
            told.created(name, when, private=private)
        else:
            told.numbered(kind, name, when, number, private=private)
        public += 0 if private else sum(told.days.values()) - before
    for when in DAYS:
        discussions = draw(st.integers(0, 2))
        told.days[when] += discussions
        public += discussions
    told.restricted = draw(st.integers(0, 5))
    told.days[draw(day)] += told.restricted
    return told, public


@settings(deadline=None)
@given(tellings())
def test_the_items_add_up_to_the_public_count(telling: tuple[Told, int]) -> None:
    told, public = telling
    assert certain(told.found) + doubtful(told.found) == public
    assert told.found.complete
    # The judge counts every item: none is taken for a repetition of another one.
    finding = told.judged(minimum=1000)
    assert finding.count == certain(told.found)
    if told.viewer == BOT and "'isPrivate': True" not in repr(told.lists):
        assert doubtful(told.found) == 0


@settings(deadline=None)
@given(tellings(), st.data())
def test_whatever_contradicts_itself_makes_no_wrong_verdict(
    telling: tuple[Told, int], data: st.DataObject
) -> None:
    told, _ = telling
    told.restricted = data.draw(st.integers(0, 40))
    for kind in told.totals:
        told.totals[kind] += data.draw(st.integers(-3, 3))
        told.totals[kind] = max(0, told.totals[kind])
    for day in DAYS:
        told.days[day] = data.draw(st.integers(0, 5))
    private = sum(
        entry["contributions"]["totalCount"]
        for kind in ("commit", *LISTS)
        for entry in told.lists[kind]
        if entry["repository"]["isPrivate"]
    ) + sum(node["repository"]["isPrivate"] for node in told.lists["repository"])
    public = max(0, sum(told.days.values()) - told.restricted - private)
    found = told.found
    assert certain(found) <= public <= certain(found) + doubtful(found)
    for minimum in range(1, 12):
        verdict = judged(found, minimum).verdict
        assert verdict is not Verdict.MET or public >= minimum
        assert verdict is not Verdict.UNMET or public < minimum


# --- hostile answers ---------------------------------------------------------------------------


def full() -> dict[str, Any]:
    return (
        Told()
        .commits("alice/site", {MON: 1})
        .numbered("issue", "octo/cli", TUE)
        .numbered("pull", "octo/cli", WED)
        .numbered("review", "octo/cli", THU)
        .created("alice/new", FRI)
        .data
    )


def members(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value inside a JSON value."""
    entries = value.items() if isinstance(value, dict) else ()
    numbered = enumerate(value) if isinstance(value, list) else ()
    for key, inner in (*entries, *numbered):
        yield (*path, key)
        yield from members(inner, (*path, key))


def changed(path: tuple[str | int, ...], change: Callable[[Any, Any], object]) -> dict[str, Any]:
    data = copy.deepcopy(full())
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return data


def put(value: object, inner: dict[str | int, object], key: str | int) -> None:
    inner[key] = value


EVERY_MEMBER = sorted(members(full()), key=str)
# Lists may be shorter, and an account may lack its number.
REQUIRED = [
    path for path in EVERY_MEMBER if isinstance(path[-1], str) and path != ("user", "databaseId")
]
WRONG = [None, True, -1, 1.5, "", "x\x00", [], [None], {}, {"a": None}, 2**70]


def test_the_unchanged_answer_is_understood() -> None:
    assert isinstance(parse(full(), "alice", WEEK, SERVER), Found)


@pytest.mark.parametrize("path", REQUIRED, ids=lambda path: ".".join(map(str, path)))
def test_a_missing_member_is_a_failure_and_never_a_zero(path: tuple[str | int, ...]) -> None:
    answer = parse(changed(path, lambda inner, key: inner.pop(key)), "alice", WEEK, SERVER)
    assert isinstance(answer, Failed)
    assert "not understood" in answer.reason
    assert answer.hint


@pytest.mark.parametrize("path", EVERY_MEMBER, ids=lambda path: ".".join(map(str, path)))
def test_no_value_of_a_wrong_kind_raises_or_turns_into_unmet(path: tuple[str | int, ...]) -> None:
    for wrong in WRONG:
        data = changed(path, partial(put, wrong))
        answer = parse(data, "alice", WEEK, SERVER)
        assert judged(answer).verdict is not Verdict.UNMET or isinstance(answer, Found)
        if path[-1] in {"contributionCount", "date", "isPrivate", "restrictedContributionsCount"}:
            is_right = path[-1] == "isPrivate" and wrong is True
            assert isinstance(answer, Found if is_right else Failed)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["user", "viewer", "x"]), json_values))
def test_nothing_that_is_sent_instead_raises(data: dict[str, Any]) -> None:
    assert isinstance(parse(data, "alice", WEEK, SERVER), Failed)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "days of the week are missing"),
        ([TUE, WED, THU, FRI, SAT, SUN], "days of the week are missing"),
        ([MON, TUE, THU, FRI, SAT, SUN], "days of the week are missing"),
        ([*DAYS, MON], "holds 2026-11-16 twice"),
    ],
)
def test_a_calendar_with_holes_is_none(days: list[str], said: str) -> None:
    data = Told().data
    weeks = data["user"]["contributionsCollection"]["contributionCalendar"]["weeks"]
    weeks[0]["contributionDays"] = [{"date": day, "contributionCount": 0} for day in days]
    answer = parse(data, "alice", WEEK, SERVER)
    assert isinstance(answer, Failed)
    assert said in answer.reason


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://user:pw@github.com/x", "//github.com/x", "https://a b"]
)
def test_an_address_nobody_should_click_is_refused(url: str) -> None:
    data = Told().numbered("issue", "octo/cli", MON).data
    collection = data["user"]["contributionsCollection"]
    entry = collection["issueContributionsByRepository"][0]
    entry["contributions"]["nodes"][0]["issue"]["url"] = url
    assert isinstance(parse(data, "alice", WEEK, SERVER), Failed)


@pytest.mark.parametrize(
    "instant", ["2026-11-17", "2026-11-17T08:00:00", "0001-01-01T00:00:00+09:00", "yesterday"]
)
def test_an_instant_that_is_none_is_refused(instant: str) -> None:
    told = Told().commits("alice/site", {MON: 1})
    told.lists["commit"][0]["contributions"]["nodes"][0]["occurredAt"] = instant
    assert isinstance(parse(told.data, "alice", WEEK, SERVER), Failed)


def test_somebody_elses_answer_is_refused() -> None:
    answer = parse(Told().data, "bob", WEEK, SERVER)
    assert isinstance(answer, Failed)
    assert "it is about 'alice'" in answer.reason


def test_a_login_cannot_leave_its_place_in_an_address() -> None:
    failed = parse({"user": None}, "a/../b?x", WEEK, SERVER)
    assert failed.address == f"{SERVER}/a%2F..%2Fb%3Fx"


# --- against the embedded GitHub -----------------------------------------------------------------


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World.start(tmp_path_factory.mktemp("world") / "git") as world:
        yield world


@pytest.fixture
def ask(world: World) -> Iterator[Callable[..., Evidence]]:
    used: list[GitHub] = []

    def ask(login: str, token: str | None = None, **patience: float) -> Evidence:
        given = world.token(world.student("alice")) if token is None else token
        github = GitHub(
            given,
            world.github_url,
            world.github_url,
            patience=Patience(pause=0.01, **patience),  # type: ignore[arg-type]  # seconds
            sleep=lambda _: None,
        )
        used.append(github)
        return look(github, Ask(login, WEEK)).evidence

    world.forget_requests()
    yield ask
    world.github.faults.clear()
    for github in used:
        github.close()


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        (student, expected)
        for student in STUDENTS
        for expected in student.expected
        if any(r.id == "contributions" and r.verdict != "skipped" for r in expected.requirements)
    ],
    ids=lambda value: value.login if isinstance(value, DemoStudent) else value.start.isoformat(),
)
def test_a_student_of_the_embedded_world_counts_as_written_down(
    world: World, student: DemoStudent, expected: ExpectedWeek
) -> None:
    github = GitHub(world.token(student), world.github_url, world.github_url)
    ask = Ask(student.login, Week(expected.start, ZoneInfo("UTC")))
    seen = look(github, ask).evidence
    github.close()
    count = next(r.count for r in expected.requirements if r.id == "contributions")
    assert isinstance(seen, Found)
    assert seen.complete
    assert certain(seen) == count
    assert seen.account == Account(student.login, student.id)
    for item in seen.items:
        parts = urlsplit(item.url or "")
        assert (item.url or "").startswith(world.github_url)
        days = parse_qs(parts.query).get("since", [])
        assert all(expected.start <= date.fromisoformat(day) for day in days)
        assert all(date.fromisoformat(day) < expected.start + timedelta(days=7) for day in days)


def test_one_student_is_two_requests(world: World, ask: Callable[..., Evidence]) -> None:
    assert isinstance(ask("alice"), Found)
    assert [request.operation for request in world.requests] == ["Contributions", "Evidence"]


def test_a_personal_token_changes_no_count(world: World, ask: Callable[..., Evidence]) -> None:
    personal = world.token(world.student("alice"), TokenKind.PERSONAL)
    with_own, with_workflows = ask("alice", personal), ask("alice")
    assert isinstance(with_own, Found)
    assert isinstance(with_workflows, Found)
    assert certain(with_own) == certain(with_workflows)


@pytest.mark.parametrize("login", ["nobody-has-this-name", "open-garden"])
def test_an_unknown_login_or_an_organisation_is_said_to_be_none(
    ask: Callable[..., Evidence], login: str
) -> None:
    failed = ask(login)
    assert isinstance(failed, Failed)
    assert failed.reason == f"GitHub knows no user '{login}'"
    assert "organisation" in failed.hint
    assert judged(failed).verdict is Verdict.UNKNOWN


def test_without_a_token_the_hint_says_where_to_put_one(
    world: World, ask: Callable[..., Evidence]
) -> None:
    failed = ask("alice", "")
    assert isinstance(failed, Failed)
    assert "GITHUB_TOKEN" in failed.hint
    assert world.requests == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_outage_is_unknown_with_a_reason_and_a_hint(
    world: World, ask: Callable[..., Evidence], fault: str
) -> None:
    trouble = FAULTS[fault]
    world.github.faults.add(Fault("/graphql", trouble.kind, times=99))
    failed = ask("alice", attempt=0.5 if fault in ENDLESS else 20)
    assert isinstance(failed, Failed)
    assert trouble.said in failed.reason
    assert failed.hint
    assert len(world.requests) == trouble.requests
    assert judged(failed).verdict is Verdict.UNKNOWN
    assert world.token(world.student("alice")) not in repr(failed)


@pytest.mark.parametrize("fault", ["502 in HTML", "cut JSON", "closed half-way"])
def test_an_outage_that_ends_changes_nothing(
    world: World, ask: Callable[..., Evidence], fault: str
) -> None:
    whole = ask("alice")
    world.github.faults.add(Fault("Contributions", FAULTS[fault].kind))
    assert ask("alice") == whole


def test_a_part_of_an_answer_is_no_answer(world: World, ask: Callable[..., Evidence]) -> None:
    body = b'{"data": {"viewer": {"login": "x"}, "user": {"login": "alice"}}, "errors": [{"type": '
    body += b'"SERVICE_UNAVAILABLE", "path": ["user", "x"], "message": "a part is missing"}]}'
    world.github.faults.add(Fault("Contributions", Instead(200, body)))
    failed = ask("alice")
    assert isinstance(failed, Failed)
    assert failed.reason == "GitHub did not answer in full: a part is missing"
