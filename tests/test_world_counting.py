"""The embedded GitHub counts as GitHub does; asked with plain HTTP, by a student for each rule.

What is right stands beside each student, by hand. Nothing here is asked or judged by the program.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests

from csc_verify.demo import graphql_api
from csc_verify.demo.calendar_page import Markup
from csc_verify.demo.cast import NOW
from csc_verify.demo.contributor import at, commits, student
from csc_verify.demo.counting_cast import CONTRIBUTORS, Contributor
from csc_verify.demo.crowd import crowd, expected_count, login_of
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.graphql_api import Asked
from csc_verify.demo.student import Author, CommitMade, DemoRepository, DemoStudent, IssueOpened
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 60
WEEK = 'from: "2026-11-16T00:00:00Z", to: "2026-11-22T23:59:59Z"'
IN_WEEK = "author-date:2026-11-15..2026-11-23"
EVERYBODY = {contributor.student.login: contributor for contributor in CONTRIBUTORS}
each = pytest.mark.parametrize("contributor", CONTRIBUTORS, ids=lambda c: c.student.login)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that no test changes, but for its quotas."""
    students = [contributor.student for contributor in CONTRIBUTORS]
    with World.start(tmp_path_factory.mktemp("world") / "git", NOW, students) as started:
        yield started


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Starts a world of one's own."""
    started: list[World] = []

    def start(*students: DemoStudent, now: datetime = NOW) -> World:
        started.append(World.start(tmp_path / f"git-{len(started)}", now, students))
        return started[-1]

    yield start
    for world in started:
        world.close()


def authorization(world: World, login: str, kind: TokenKind = TokenKind.WORKFLOW) -> dict[str, str]:
    return {"Authorization": f"bearer {world.token(world.student(login), kind)}"}


def post(
    world: World,
    query: str,
    variables: dict[str, object] | None = None,
    *,
    login: str = "ada",
    kind: TokenKind = TokenKind.WORKFLOW,
) -> requests.Response:
    body = {"query": query, "variables": variables or {}}
    headers = authorization(world, login, kind)
    answer = requests.post(
        f"{world.github_url}/graphql", json=body, headers=headers, timeout=SECONDS
    )
    assert answer.status_code == 200
    return answer


def ask(
    world: World,
    query: str,
    variables: dict[str, object] | None = None,
    *,
    login: str = "ada",
    kind: TokenKind = TokenKind.WORKFLOW,
) -> Any:  # noqa: ANN401  decoded JSON
    answer = post(world, query, variables, login=login, kind=kind).json()
    assert "errors" not in answer, answer
    return answer["data"]


def get(world: World, path: str, headers: dict[str, str] | None = None) -> requests.Response:
    return requests.get(f"{world.github_url}{path}", headers=headers, timeout=SECONDS)


def search(
    world: World, text: str, headers: dict[str, str] | None = None, /, **asked: str
) -> requests.Response:
    return requests.get(
        f"{world.github_url}/search/commits",
        params={"q": text, **asked},
        headers=headers,
        timeout=SECONDS,
    )


def found(world: World, text: str, headers: dict[str, str] | None = None, /, **asked: str) -> Any:  # noqa: ANN401  decoded JSON
    # How many may be searched for in a minute is not what most tests are about.
    world.hub.forget_quotas()
    answer = search(world, text, headers, **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def days_of(page: str) -> dict[date, int]:
    tips = dict(re.findall(r'<tool-tip[^>]* for="([^"]+)"[^>]*>(No|[\d,]+) contribution', page))
    cells = re.findall(r'<td[^>]* data-date="([^"]+)" id="([^"]+)"', page)
    return {date.fromisoformat(day): number(tips[id_]) for day, id_ in cells}


def number(written: str) -> int:
    return 0 if written == "No" else int(written.replace(",", ""))


def week_of(contributor: Contributor) -> tuple[date, ...]:
    return tuple(contributor.week + timedelta(days=n) for n in range(7))


# --- a student for each rule --------------------------------------------------------------------

COLLECTION = """
query Collection($login: String!, $from: DateTime!, $to: DateTime!) {
  user(login: $login) {
    contributionsCollection(from: $from, to: $to) {
      restrictedContributionsCount totalCommitContributions
      contributionCalendar {
        totalContributions weeks { contributionDays { date contributionCount } }
      }
      commitContributionsByRepository(maxRepositories: 100) {
        repository { isPrivate } contributions { totalCount }
      }
    }
  }
}
"""


def collection(world: World, contributor: Contributor, kind: TokenKind) -> Any:  # noqa: ANN401  decoded JSON
    first, *_, last = week_of(contributor)
    login = contributor.student.login
    span = {"from": f"{first}T00:00:00Z", "to": f"{last}T23:59:59Z"}
    user = ask(world, COLLECTION, {"login": login.upper(), **span}, login=login, kind=kind)["user"]
    return user["contributionsCollection"]


@each
def test_the_calendar_less_what_is_restricted_is_the_public_count(
    world: World, contributor: Contributor
) -> None:
    told = collection(world, contributor, TokenKind.WORKFLOW)
    calendar = told["contributionCalendar"]
    days = [day for week in calendar["weeks"] for day in week["contributionDays"]]
    assert [day["date"] for day in days] == [str(day) for day in week_of(contributor)]
    assert sum(day["contributionCount"] for day in days) == calendar["totalContributions"]
    public = calendar["totalContributions"] - told["restrictedContributionsCount"]
    assert (public, told["totalCommitContributions"]) == (contributor.count, contributor.commits)


@each
def test_ones_own_token_sees_private_work_among_the_public(
    world: World, contributor: Contributor
) -> None:
    told = collection(world, contributor, TokenKind.PERSONAL)
    private = sum(
        entry["contributions"]["totalCount"]
        for entry in told["commitContributionsByRepository"]
        if entry["repository"]["isPrivate"]
    )
    assert told["restrictedContributionsCount"] == 0
    assert told["contributionCalendar"]["totalContributions"] - private == contributor.count
    assert told["totalCommitContributions"] - private == contributor.commits
    has_secrets = contributor.student.login in {"sven", "tess", "udo", "abel"}
    assert (private > 0) is has_secrets


@each
def test_the_page_and_the_search_tell_what_can_be_known_without_a_token(
    world: World, contributor: Contributor
) -> None:
    login, week = contributor.student.login, week_of(contributor)
    shown: dict[date, int] = {}
    for year in sorted({day.year for day in week}):
        page = get(world, f"/users/{login}/contributions?from={year}-01-01").text
        shown |= {day: count for day, count in days_of(page).items() if day in week}
    assert sorted(shown) == list(week)
    # A day wider, since the search goes by UTC. A hundred results are enough to prove five.
    first, last = week[0] - timedelta(days=1), week[-1] + timedelta(days=1)
    text = f"author:{login} author-date:{first}..{last}"
    hits = found(world, text, per_page="100", sort="author-date")["items"]
    own = [
        datetime.fromisoformat(hit["commit"]["author"]["date"]).date()
        for hit in hits
        if hit["repository"]["owner"]["login"] == login and not hit["repository"]["fork"]
    ]
    certain = sum(min(count, own.count(day)) for day, count in shown.items())
    verdict = "unmet" if sum(shown.values()) < 5 else "met" if certain >= 5 else "unknown"
    assert verdict == contributor.page


@each
def test_the_page_shows_what_the_calendar_of_the_api_does(
    world: World, contributor: Contributor
) -> None:
    told = collection(world, contributor, TokenKind.WORKFLOW)["contributionCalendar"]
    pages = [
        get(world, f"/users/{contributor.student.login}/contributions?from={year}-01-01").text
        for year in (2025, 2026)
    ]
    shown = days_of(pages[0]) | days_of(pages[1])
    for week in told["weeks"]:
        for day in week["contributionDays"]:
            assert shown[date.fromisoformat(day["date"])] == day["contributionCount"]


def test_a_thousand_students_have_the_numbers_that_they_should(begin: Callable[..., World]) -> None:
    world = begin(*crowd(1000))
    chosen = range(960, 1000)
    fields = "contributionCalendar { totalContributions } totalCommitContributions"
    query = " ".join(
        f'u{n}: user(login: "{login_of(n)}") {{ contributionsCollection({WEEK}) {{ {fields} }} }}'
        for n in chosen
    )
    told = ask(world, f"{{ {query} rateLimit {{ cost }} }}", login=login_of(0))
    for n in chosen:
        counted = told[f"u{n}"]["contributionsCollection"]
        assert counted["contributionCalendar"]["totalContributions"] == expected_count(n)
        assert counted["totalCommitContributions"] == expected_count(n)
    assert {expected_count(n) for n in chosen} == set(range(10))
    assert told["rateLimit"]["cost"] == 1


# --- when something begins to count, and for whom ----------------------------------------------


def counted(world: World, login: str, token_of: str | None = None) -> int:
    query = (
        f'{{ user(login: "{login}") {{ contributionsCollection({WEEK}) {{'
        " contributionCalendar { totalContributions } } } }"
    )
    told = ask(world, query, login=token_of or login)["user"]["contributionsCollection"]
    total: int = told["contributionCalendar"]["totalContributions"]
    return total


def test_a_commit_counts_for_its_author_and_not_for_who_pushed_it(
    begin: Callable[..., World],
) -> None:
    shared = DemoRepository("pat/shared", members=frozenset({"Quill"}))
    quill = student("quill", 2, more=(shared,))
    named = Author("Quill", quill.email.upper())
    pat = student("pat", 1, *commits("pat/shared", (16, 17, 18), who=named), more=(shared,))
    world = begin(pat, quill)
    assert (counted(world, "pat"), counted(world, "quill")) == (0, 3)
    assert found(world, f"author:quill {IN_WEEK}")["total_count"] == 3
    assert found(world, f"author:pat {IN_WEEK}")["total_count"] == 0


def test_a_commit_counts_once_it_is_pushed_on_the_day_that_its_author_dated_it(
    begin: Callable[..., World],
) -> None:
    world = begin(student("pat", 1, *commits("pat/site", (17,), committed=at(20))), now=at(19))
    assert counted(world, "pat") == 0
    world.advance(at(20))
    assert counted(world, "pat") == 1


def test_commits_in_a_strange_repository_count_from_the_first_issue_on(
    begin: Callable[..., World],
) -> None:
    issue = IssueOpened("owl/tool", at(23), "It stops", 1)
    tool = DemoRepository("owl/tool")
    pat = student("pat", 1, *commits("owl/tool", (16, 17)), issue, more=(tool,))
    world = begin(pat, now=at(22))
    assert counted(world, "pat") == 0
    world.advance(at(23))
    assert counted(world, "pat") == 2


def test_somebody_elses_fork_ties_nobody_to_the_original(begin: Callable[..., World]) -> None:
    more = (
        DemoRepository("owl/tool"),
        DemoRepository("rex/tool", fork=True, parent="owl/tool"),
    )
    world = begin(student("pat", 1, *commits("owl/tool", (16, 17)), more=more))
    assert counted(world, "pat") == 0


def test_a_renamed_account_is_found_by_its_number_and_not_by_its_old_login(
    begin: Callable[..., World],
) -> None:
    world = begin(student("ava-jones", 1, *commits("ava-jones/site", (16, 17))))
    old = post(world, '{ user(login: "ava") { login } }', login="ava-jones").json()
    assert old["data"] == {"user": None}
    assert [error["type"] for error in old["errors"]] == ["NOT_FOUND"]
    assert get(world, "/users/ava/contributions").status_code == 404
    assert search(world, f"author:ava {IN_WEEK}").status_code == 422
    assert get(world, "/user/700001").json()["login"] == "ava-jones"
    assert counted(world, "ava-jones") == 2


def test_an_account_by_its_number_is_public_and_nobody_is_not_found(world: World) -> None:
    zoe = get(world, "/user/700026")
    assert zoe.status_code == 200
    assert {"login": "ZoeQ", "id": 700026, "type": "User"}.items() <= zoe.json().items()
    assert zoe.headers["X-RateLimit-Resource"] == "core"
    assert get(world, "/user/1").status_code == 404


# --- git content --------------------------------------------------------------------------------

BRANCHES = """
query Branches($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    refs(refPrefix: "refs/heads/", first: 10) {
      totalCount
      nodes { name target { ... on Commit { history(first: 20) { nodes { messageHeadline } } } } }
    }
  }
}
"""


def branches(world: World, owner: str, name: str, login: str) -> dict[str, list[str]]:
    told = ask(world, BRANCHES, {"owner": owner, "name": name}, login=login)["repository"]["refs"]
    assert told["totalCount"] == len(told["nodes"])
    return {
        ref["name"]: [commit["messageHeadline"] for commit in ref["target"]["history"]["nodes"]]
        for ref in told["nodes"]
    }


def test_a_branch_forks_off_where_the_default_branch_was_then(begin: Callable[..., World]) -> None:
    made = [
        CommitMade("pat/site", at(16), "one"),
        CommitMade("pat/site", at(17), "aside", branch="idea"),
        CommitMade("pat/site", at(18), "two"),
        CommitMade("pat/site", at(19), "further aside", branch="idea"),
        CommitMade("pat/site", at(24), "three"),
        CommitMade("pat/site", at(24), "late", branch="later"),
    ]
    world = begin(student("pat", 1, *made), now=at(20))
    idea = ["further aside", "aside", "one"]
    assert branches(world, "pat", "site", "pat") == {"idea": idea, "main": ["two", "one"]}
    # The rest comes to a repository that is there already.
    world.advance(at(25))
    assert branches(world, "pat", "site", "pat") == {
        "idea": idea,
        "later": ["late", "three", "two", "one"],
        "main": ["three", "two", "one"],
    }


def test_a_branch_beside_no_default_branch_is_an_orphan_that_counts(
    begin: Callable[..., World],
) -> None:
    world = begin(student("pat", 1, *commits("pat/site", (16, 17), branch="gh-pages")))
    told = branches(world, "pat", "site", "pat")
    assert told == {"gh-pages": ["Add part 2", "Add part 1"]}
    assert counted(world, "pat") == 2
    assert found(world, f"author:pat {IN_WEEK}")["total_count"] == 0
    assert get(world, "/pat/site/commits").status_code == 200


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["a", "b", "main"]),
        (", orderBy: {field: ALPHABETICAL, direction: DESC}", ["main", "b", "a"]),
        (", orderBy: {field: TAG_COMMIT_DATE, direction: DESC}", ["a", "main", "b"]),
        (", orderBy: {field: TAG_COMMIT_DATE, direction: ASC}", ["b", "main", "a"]),
    ],
)
def test_branches_come_in_the_order_asked_for(
    begin: Callable[..., World], order: str, names: list[str]
) -> None:
    made = [
        CommitMade("pat/site", at(16), "one"),
        CommitMade("pat/site", at(17), "two", branch="b"),
        CommitMade("pat/site", at(18), "three"),
        CommitMade("pat/site", at(19), "four", branch="a"),
    ]
    world = begin(student("pat", 1, *made))
    query = f'refs(refPrefix: "refs/heads/", first: 2{order})'
    query += " { totalCount pageInfo { hasNextPage endCursor } nodes { name } }"
    refs = ask(world, f'{{ repository(owner: "pat", name: "site") {{ {query} }} }}', login="pat")
    refs = refs["repository"]["refs"]
    assert [ref["name"] for ref in refs["nodes"]] == names[:2]
    assert (refs["totalCount"], refs["pageInfo"]["hasNextPage"]) == (3, True)
    query = query.replace("first: 2", f'first: 2, after: "{refs["pageInfo"]["endCursor"]}"')
    rest = ask(world, f'{{ repository(owner: "pat", name: "site") {{ {query} }} }}', login="pat")
    assert [ref["name"] for ref in rest["repository"]["refs"]["nodes"]] == names[2:]


HISTORY = """
query History($owner: String!, $id: ID!, $since: GitTimestamp, $until: GitTimestamp) {
  repository(owner: $owner, name: "site") {
    defaultBranchRef { target { ... on Commit {
      history(first: 50, author: {id: $id}, since: $since, until: $until) {
        totalCount nodes { author { date user { login } } changedFilesIfAvailable messageBody }
      }
    } } }
  }
}
"""


def history(world: World, login: str, **span: object) -> Any:  # noqa: ANN401  decoded JSON
    id_ = ask(world, f'{{ user(login: "{login}") {{ id }} }}')["user"]["id"]
    told = ask(world, HISTORY, {"owner": login, "id": id_, **span})["repository"]
    return told["defaultBranchRef"]["target"]["history"]


def test_history_goes_by_the_committers_date(world: World) -> None:
    # Written on the 13th, committed on the 17th; and one more.
    nils = history(world, "nils", since="2026-11-16T00:00:00Z", until="2026-11-22T23:59:59Z")
    assert nils["totalCount"] == 6
    # Written in the week, committed on the 23rd.
    assert history(world, "mara", until="2026-11-22T23:59:59Z")["totalCount"] == 0
    assert history(world, "mara", since="2026-11-23T00:00:00Z")["totalCount"] == 5


def test_history_by_an_account_goes_by_its_addresses(world: World) -> None:
    assert history(world, "ines")["totalCount"] == 5
    assert history(world, "hugo")["totalCount"] == 0
    kim = history(world, "kim")
    assert kim["totalCount"] == 5
    assert {commit["author"]["user"]["login"] for commit in kim["nodes"]} == {"kim"}


def test_an_address_that_no_account_has_is_nobodys(world: World) -> None:
    query = """{ repository(owner: "hugo", name: "site") { defaultBranchRef { target {
        ... on Commit { author { email user { login } } } } } } }"""
    author = ask(world, query)["repository"]["defaultBranchRef"]["target"]["author"]
    assert author == {"email": "me@work.example", "user": None}


def test_a_commit_can_change_nothing(world: World) -> None:
    changed = [commit["changedFilesIfAvailable"] for commit in history(world, "lena")["nodes"]]
    assert changed == [0] * 5


def test_a_commits_body_and_a_files_place_are_told(begin: Callable[..., World]) -> None:
    made = CommitMade(
        "pat/site", at(16), "Head\n\nBody\nin two lines", "docs/de/text.md", content="four"
    )
    world = begin(student("pat", 1, made))
    query = """{ repository(owner: "pat", name: "site") {
      top: object(expression: "main:") { ... on Tree { entries { path size type } } }
      docs: object(expression: "main:docs") { ... on Tree { entries { path object {
        ... on Tree { entries { name path size } } } } } }
      commit: object(expression: "main") { oid ... on Commit { messageHeadline messageBody } }
    } }"""
    told = ask(world, query, login="pat")["repository"]
    assert told["top"]["entries"] == [{"path": "docs", "size": 0, "type": "tree"}]
    inner = {"entries": [{"name": "text.md", "path": "docs/de/text.md", "size": 4}]}
    assert told["docs"]["entries"] == [{"path": "docs/de", "object": inner}]
    oid = told["commit"].pop("oid")
    assert told["commit"] == {"messageHeadline": "Head", "messageBody": "Body\nin two lines"}
    same = f'{{ repository(owner: "pat", name: "site") {{ object(oid: "{oid}") {{ oid }} }} }}'
    assert ask(world, same, login="pat")["repository"]["object"] == {"oid": oid}


def test_no_repository_is_made_before_somebody_looks_inside(
    begin: Callable[..., World], tmp_path: Path
) -> None:
    abel = EVERYBODY["abel"]
    world = begin(abel.student)
    query = f"""{{ user(login: "abel") {{
      contributionsCollection({WEEK}) {{
        totalRepositoriesWithContributedCommits
        commitContributionsByRepository(maxRepositories: 100) {{
          repository {{ nameWithOwner url isFork isPrivate pushedAt parent {{ url }} }}
          contributions(first: 7) {{ totalCount nodes {{ occurredAt commitCount }} }}
        }} }}
      repositories(first: 100, ownerAffiliations: [OWNER]) {{ nodes {{ pushedAt }} }}
    }} }}"""
    told = ask(world, query, login="abel")["user"]
    # The list ends at a hundred, the number doesn't.
    listed = told["contributionsCollection"]["commitContributionsByRepository"]
    assert len(listed) == len(told["repositories"]["nodes"]) == 100
    assert told["contributionsCollection"]["totalRepositoriesWithContributedCommits"] == 127
    assert get(world, "/users/abel/contributions").status_code == 200
    assert list(tmp_path.rglob("HEAD")) == []
    branches(world, "abel", "r7", "abel")
    assert [head.parent.name for head in tmp_path.rglob("HEAD")] == ["r7.git"]


# --- lists of an account -----------------------------------------------------------------------


def repositories(
    world: World, login: str, kind: TokenKind = TokenKind.WORKFLOW, more: str = ""
) -> list[str]:
    query = f"""{{ user(login: "{login}") {{ repositories(first: 100{more}) {{
      totalCount nodes {{ nameWithOwner }} }} }} }}"""
    told = ask(world, query, login=login, kind=kind)["user"]["repositories"]
    assert told["totalCount"] == len(told["nodes"])
    return sorted(repository["nameWithOwner"] for repository in told["nodes"])


@pytest.mark.parametrize(
    ("login", "more", "names"),
    [
        ("xena", ", ownerAffiliations: [OWNER]", ["xena/site", "xena/tool", "xena/xena"]),
        ("xena", ", ownerAffiliations: [OWNER], isFork: true", ["xena/tool"]),
        ("xena", ", isFork: false", ["xena/site", "xena/xena"]),
        ("yann", ", ownerAffiliations: [ORGANIZATION_MEMBER]", ["dog/tool"]),
        ("yann", "", ["yann/site", "yann/yann"]),
        ("udo", ", privacy: PUBLIC", ["udo/site", "udo/udo"]),
        ("udo", ", privacy: PRIVATE", []),
    ],
)
def test_an_accounts_repositories(world: World, login: str, more: str, names: list[str]) -> None:
    assert repositories(world, login, more=more) == names


def test_private_repositories_are_listed_to_their_owner(world: World) -> None:
    private = repositories(world, "udo", TokenKind.PERSONAL, ", privacy: PRIVATE")
    assert private == ["udo/secret"]


def test_collaborators_have_others_repositories_too(begin: Callable[..., World]) -> None:
    shared = DemoRepository("pat/shared", members=frozenset({"quill"}))
    world = begin(student("pat", 1, more=(shared,)), student("quill", 2, more=(shared,)))
    assert repositories(world, "quill") == ["pat/shared", "quill/quill", "quill/site"]
    own = ", ownerAffiliations: [OWNER]"
    assert repositories(world, "quill", more=own) == ["quill/quill", "quill/site"]


def test_repositories_come_in_pages_the_last_pushed_to_first(world: World) -> None:
    pages, after = [], ""
    while True:
        query = f"""{{ user(login: "abel") {{ repositories(
          first: 100{after}, orderBy: {{field: PUSHED_AT, direction: DESC}}) {{
          totalCount pageInfo {{ endCursor hasNextPage }} nodes {{ pushedAt }} }} }} }}"""
        page = ask(world, query, login="abel")["user"]["repositories"]
        pages.append(page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = f', after: "{page["pageInfo"]["endCursor"]}"'
    # Of 132, three are private.
    assert [len(nodes) for nodes in pages] == [100, 29]
    assert page["totalCount"] == 129
    times = [node["pushedAt"] or "" for nodes in pages for node in nodes]
    assert times == sorted(times, reverse=True)
    assert (times[0], times[-1]) == ("2026-11-17T12:00:00Z", "")


def test_a_fork_knows_its_parent_where_one_may(world: World) -> None:
    query = """{ repository(owner: "xena", name: "tool") { isFork parent { nameWithOwner } }
      plain: repository(owner: "ada", name: "site") { isFork parent { nameWithOwner } } }"""
    told = ask(world, query)
    assert told["repository"] == {"isFork": True, "parent": {"nameWithOwner": "cat/tool"}}
    assert told["plain"] == {"isFork": False, "parent": None}


def test_a_discussion_is_in_the_calendar_and_in_no_total(world: World) -> None:
    query = f"""{{ user(login: "fred") {{
      repositoryDiscussions(first: 5, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
        totalCount nodes {{ createdAt number title url repository {{ nameWithOwner }} }} }}
      contributionsCollection({WEEK}) {{
        contributionCalendar {{ totalContributions }} totalCommitContributions
        totalIssueContributions totalPullRequestContributions
        totalPullRequestReviewContributions totalRepositoryContributions
      }} }} }}"""
    told = ask(world, query)["user"]
    (discussion,) = told["repositoryDiscussions"]["nodes"]
    assert discussion == {
        "createdAt": "2026-11-20T12:00:00Z",
        "number": 13,
        "title": "Which index?",
        "url": f"{world.github_url}/elk/tool/discussions/13",
        "repository": {"nameWithOwner": "elk/tool"},
    }
    collected = told["contributionsCollection"]
    assert collected.pop("contributionCalendar") == {"totalContributions": 5}
    assert sum(collected.values()) == 4


def test_many_nodes_are_found_by_their_ids_and_the_missing_are_null(world: World) -> None:
    ids = [
        ask(world, f'{{ user(login: "{login}") {{ id }} }}')["user"]["id"]
        for login in ("ada", "ZoeQ")
    ]
    query = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on User { login } } }"
    answer = post(world, query, {"ids": [ids[1], "U_nobody", ids[0]]}).json()
    names = [node and node["login"] for node in answer["data"]["nodes"]]
    assert names == ["ZoeQ", None, "ada"]
    (error,) = answer["errors"]
    assert (error["type"], error["path"]) == ("NOT_FOUND", ["nodes", 1])


# --- what a query costs -------------------------------------------------------------------------

REFS = 'refs(refPrefix: "refs/heads/", first: 50)'
FEW = "repositories(first: 2) { totalCount }"
OF_N = (
    f"query Q($n: Int = 100) {{ viewer {{ repositories(first: $n) {{ nodes {{ {REFS} "
    "{ totalCount } } } } }"
)
LISTS = "issueContributionsByRepository(maxRepositories: 100) { contributions(first: 50)"


@pytest.mark.parametrize(
    ("query", "variables", "cost"),
    # Requests, nodes, points: by hand.
    [
        ("{ viewer { login } }", {}, (0, 0, 1)),
        (
            "{ " + " ".join(f'u{n}: user(login: "ada") {{ id }}' for n in range(50)) + " }",
            {},
            (0, 0, 1),
        ),
        (
            '{ user(login: "ada") { repositories(first: 100) { totalCount } } }',
            {},
            (1, 100, 1),
        ),
        (
            # GitHub's own example has these numbers: 1 + 100 + 100 × 50 requests.
            f"""{{ viewer {{ repositories(first: 100) {{ nodes {{ {REFS} {{ nodes {{ target {{
            ... on Commit {{ history(first: 60) {{ nodes {{ oid }} }} }} }} }} }} }} }} }} }}""",
            {},
            (5101, 305_100, 51),
        ),
        (
            # A list that is no connection is one parent.
            f"{{ viewer {{ contributionsCollection {{ {LISTS} {{ totalCount }} }} }} }} }}",
            {},
            (1, 50, 1),
        ),
        (
            f"query Q($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on User {{ {FEW} }} }} }}",
            {"ids": ["U_1"] * 250},
            (250, 500, 3),
        ),
        (
            f"query Q($i: [ID!]!) {{ nodes(ids: $i) {{ ...F }} }} fragment F on User {{ {FEW} }}",
            {"i": ["U_1"] * 149},
            (149, 298, 1),
        ),
        (OF_N, {}, (101, 5100, 1)),
        (OF_N, {"n": 10}, (11, 510, 1)),
        # What is refused costs the least.
        ("{ nonsense }", {}, (0, 0, 1)),
        ("{", {}, (0, 0, 1)),
    ],
)
def test_the_cost_of_a_query(
    query: str, variables: dict[str, object], cost: tuple[int, int, int]
) -> None:
    found = graphql_api.cost(Asked(query, variables, None))
    assert (found.requests, found.nodes, found.points) == cost


DEEP = (
    '{ user(login: "ada") { repositories(first: 100) { nodes { '
    + REFS
    + " { nodes { target { ... on Commit { history(first: 60) { totalCount } } } } } } } } "
    "rateLimit { cost limit used remaining } }"
)


def test_a_query_costs_what_its_answer_and_its_headers_say(world: World) -> None:
    world.hub.forget_quotas()
    for used in (51, 102):
        answer = post(world, DEEP)
        left = 1000 - used
        limit = {"cost": 51, "limit": 1000, "used": used, "remaining": left}
        assert answer.json()["data"]["rateLimit"] == limit
        headers = {name: answer.headers[f"X-RateLimit-{name}"] for name in ("Used", "Remaining")}
        assert headers == {"Used": str(used), "Remaining": str(left)}
        assert answer.headers["X-RateLimit-Resource"] == "graphql"
    # Nobody else's quota is touched, nor that of REST.
    assert post(world, DEEP, login="ben").json()["data"]["rateLimit"]["used"] == 51
    core = get(world, "/rate_limit", authorization(world, "ada")).json()["resources"]["core"]
    assert core["used"] == 1


def test_a_quota_is_spent_by_what_queries_cost(world: World) -> None:
    world.hub.forget_quotas()
    answers = [post(world, DEEP).json() for _ in range(20)]
    assert all("errors" not in answer for answer in answers[:19])
    assert "data" not in answers[19]
    assert [error["type"] for error in answers[19]["errors"]] == ["RATE_LIMIT"]
    world.hub.forget_quotas()


def test_too_many_nodes_are_refused_without_data(world: World) -> None:
    world.hub.forget_quotas()
    assert "errors" not in post(world, DEEP.replace("first: 60", "first: 98")).json()
    # 100 + 100 × 50 + 100 × 50 × 99 are 500,100 nodes.
    answer = post(world, DEEP.replace("first: 60", "first: 99")).json()
    assert answer.get("data") is None
    (error,) = answer["errors"]
    assert error["type"] == "MAX_NODE_LIMIT_EXCEEDED"
    assert "500,100" in error["message"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (
            "query Q($n: Int!) { viewer { repositories(first: $n) { totalCount } } }",
            {"n": "many"},
        ),
        ("query Q($n: Int!) { viewer { repositories(first: $n) { totalCount } } }", {"n": None}),
        ("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": None}),
    ],
)
def test_variables_that_do_not_fit_are_an_error_and_cost_the_least(
    world: World, query: str, variables: dict[str, object]
) -> None:
    world.hub.forget_quotas()
    answer = post(world, query, variables)
    assert set(answer.json()) == {"errors"}
    assert answer.headers["X-RateLimit-Used"] == "1"


def test_nobody_asks_graphql_without_a_token(world: World) -> None:
    body = {"query": "{ viewer { login } }"}
    answer = requests.post(f"{world.github_url}/graphql", json=body, timeout=SECONDS)
    assert answer.status_code == 403


# --- the search ---------------------------------------------------------------------------------


def test_a_result_of_the_search(world: World) -> None:
    told = found(world, f"author:OLGA {IN_WEEK}", sort="author-date", order="desc", per_page="1")
    assert (told["total_count"], told["incomplete_results"]) == (5, False)
    (hit,) = told["items"]
    site = f"{world.github_url}/olga/site"
    assert hit["html_url"] == f"{site}/commit/{hit['sha']}"
    assert get(world, hit["html_url"].removeprefix(world.github_url)).status_code == 200
    # With the commit's own zone, to the millisecond.
    person = {
        "name": "Olga",
        "email": "700015+olga@users.noreply.github.com",
        "date": "2026-11-22T23:34:00.000-08:00",
    }
    commit = {"author": person, "committer": person, "message": "Add part 5"}
    assert hit["commit"] == commit
    assert hit["author"] == {"login": "olga", "id": 700015, "type": "User"}
    repository = {
        "id": hit["repository"]["id"],
        "name": "site",
        "full_name": "olga/site",
        "private": False,
        "fork": False,
        "html_url": site,
        "owner": {"login": "olga", "id": 700015, "type": "User"},
    }
    assert hit["repository"] == repository
    assert isinstance(repository["id"], int)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # Sunday 23:30 in the west is Monday in UTC, and the search knows UTC.
        ("author:olga author-date:2026-11-16..2026-11-22", 0),
        ("author:olga author-date:2026-11-23..2026-11-23", 5),
        ("author:olga author-date:2026-11-23", 5),
        ("author:paul author-date:2026-11-15..2026-11-15", 5),
        ("author:olga author-date:2026-11-23T07:30:00Z..2026-11-23T07:32:00Z", 3),
        ("author:olga author-date:2026-11-22T23:30:00-08:00..2026-11-22T23:30:59-08:00", 1),
        ("author:olga author-date:2026-11-23T07:30:00.000Z..2026-11-23T07:30:59.999Z", 1),
        ("author:olga author-date:>=2026-11-23", 5),
        ("author:olga author-date:>2026-11-23", 0),
        ("author:olga author-date:<2026-11-23", 1),
        ("author:olga author-date:<=2026-11-23", 6),
        ("author:olga author-date:*..2026-11-22", 1),
        ("author:olga", 6),
        ("author:olga is:public", 6),
        ("author:olga is:private", 0),
        # The author's date, not the committer's.
        ("author:nils author-date:2026-11-13", 5),
        # Other branches, gh-pages among them, aren't searched; forks and strangers' places are.
        (f"author:finn {IN_WEEK}", 2),
        (f"author:gita {IN_WEEK}", 0),
        (f"author:eve {IN_WEEK}", 7),
        (f"author:vera {IN_WEEK}", 5),
        (f"author:hugo {IN_WEEK}", 0),
        (f"author:jo {IN_WEEK}", 4),
        ("hash:0000000000000000000000000000000000000000 author:olga", 0),
    ],
)
def test_what_the_search_finds(world: World, text: str, count: int) -> None:
    assert found(world, text)["total_count"] == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("author:nobody", "cannot be searched"),
        ("author:open-garden", "cannot be searched"),
        ("author:olga author-date:yesterday", "no date"),
        ("author:olga author-date:<>", "no range"),
        ("author:olga is:interesting", "not understood"),
        ("author:olga merge:false", "not understood"),
        ("author:olga words", "not understood"),
        ("author-date:2026-11-16", "not understood"),
        ("", "not understood"),
    ],
)
def test_what_cannot_be_searched_is_refused(world: World, text: str, words: str) -> None:
    world.hub.forget_quotas()
    answer = search(world, text)
    assert answer.status_code == 422
    assert answer.json()["message"] == "Validation Failed"
    (error,) = answer.json()["errors"]
    assert words in error["message"]


def test_results_come_in_the_order_asked_for(world: World) -> None:
    def times(**asked: str) -> list[str]:
        hits = found(world, "author:nils", **asked)["items"]
        return [hit["commit"]["author"]["date"][:10] for hit in hits]

    fridays = ["2026-11-13"] * 5
    assert times(sort="author-date") == times() == ["2026-11-18", *fridays, "2025-09-01"]
    assert times(sort="author-date", order="asc") == ["2025-09-01", *fridays, "2026-11-18"]
    assert times(sort="committer-date") == ["2026-11-18", *fridays, "2025-09-01"]
    assert search(world, "author:nils", sort="beauty").status_code == 422
    assert search(world, "author:nils", order="none").status_code == 422


def test_a_rebased_commit_is_sorted_by_either_date(begin: Callable[..., World]) -> None:
    first = CommitMade("pat/site", at(18), "young")
    second = CommitMade("pat/site", at(16), "old, rebased", committed=at(19))
    world = begin(student("pat", 1, first, second))
    for sort, title in (("author-date", "young"), ("committer-date", "old, rebased")):
        hits = found(world, f"author:pat {IN_WEEK}", sort=sort)["items"]
        assert hits[0]["commit"]["message"] == title


def test_results_come_in_pages(begin: Callable[..., World]) -> None:
    ticks = [CommitMade("pat/site", at(16) + timedelta(hours=n), "Tick") for n in range(127)]
    world = begin(student("pat", 1, *ticks))

    def sizes(**asked: str) -> tuple[int, int]:
        told = found(world, f"author:pat {IN_WEEK}", **asked)
        return len(told["items"]), told["total_count"]

    assert sizes() == (30, 127)
    assert sizes(per_page="500") == (100, 127)
    assert sizes(per_page="100", page="2") == (27, 127)
    assert sizes(per_page="100", page="3") == (0, 127)


def test_only_a_thousand_results_are_handed_out(begin: Callable[..., World]) -> None:
    ticks = [
        CommitMade("pat/site", at(16) + timedelta(seconds=n), f"Tick {n}") for n in range(1005)
    ]
    world = begin(student("pat", 1, *ticks))
    last = found(world, f"author:pat {IN_WEEK}", per_page="100", page="10")
    assert (len(last["items"]), last["total_count"]) == (100, 1005)
    beyond = search(world, f"author:pat {IN_WEEK}", per_page="100", page="11")
    assert beyond.status_code == 422
    assert beyond.json()["message"] == "Only the first 1000 search results are available"


def test_a_commit_is_named_once_for_each_repository_that_holds_it(
    begin: Callable[..., World],
) -> None:
    copies = [
        CommitMade(f"pat/{name}", at(16), "Begin", content="same") for name in ("site", "copy")
    ]
    more = (DemoRepository("pat/copy", fork=True, parent="pat/site"),)
    world = begin(student("pat", 1, *copies, more=more))
    told = found(world, f"author:pat {IN_WEEK}")
    names = {(hit["repository"]["full_name"], hit["repository"]["fork"]) for hit in told["items"]}
    assert names == {("pat/site", False), ("pat/copy", True)}
    (oid,) = {hit["sha"] for hit in told["items"]}
    assert found(world, f"hash:{oid}")["total_count"] == 2


def test_a_commit_of_nobodys_is_found_by_its_hash(begin: Callable[..., World]) -> None:
    work = Author("At Work", "me@work.example")
    world = begin(student("pat", 1, *commits("pat/site", (16,), who=work)))
    query = '{ repository(owner: "pat", name: "site") { defaultBranchRef { target { oid } } } }'
    oid = ask(world, query, login="pat")["repository"]["defaultBranchRef"]["target"]["oid"]
    (hit,) = found(world, f"hash:{oid}")["items"]
    assert (hit["author"], hit["commit"]["author"]["name"]) == (None, "At Work")


def test_private_commits_are_found_by_their_owner_only(world: World) -> None:
    text = f"author:udo {IN_WEEK}"
    own = authorization(world, "udo", TokenKind.PERSONAL)
    assert found(world, text)["total_count"] == 5
    assert found(world, text, authorization(world, "ada", TokenKind.PERSONAL))["total_count"] == 5
    assert found(world, text, own)["total_count"] == 10
    assert found(world, f"{text} is:public", own)["total_count"] == 5
    assert found(world, f"{text} is:private", own)["total_count"] == 5


@pytest.mark.parametrize(("login", "limit"), [(None, 10), ("ada", 30)])
def test_the_search_has_a_quota_of_its_own_that_lasts_a_minute(
    begin: Callable[..., World], login: str | None, limit: int
) -> None:
    world = begin(EVERYBODY["ada"].student)
    headers = authorization(world, login) if login else None
    answers = [search(world, "author:ada", headers) for _ in range(limit + 1)]
    assert [answer.status_code for answer in answers] == [200] * limit + [403]
    assert answers[0].headers["X-RateLimit-Resource"] == "search"
    told = [(answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remaining"])
            for answer in (answers[0], answers[-1])]  # fmt: skip
    assert told == [(str(limit), str(limit - 1)), (str(limit), "0")]
    reset = datetime.fromtimestamp(int(answers[0].headers["X-RateLimit-Reset"]), UTC)
    assert reset == NOW.replace(second=0, microsecond=0) + timedelta(minutes=1)
    assert get(world, "/user/700001", headers).headers["X-RateLimit-Used"] == "1"
    world.advance(reset)
    assert search(world, "author:ada", headers).status_code == 200


# --- the calendar page in the markups that it has had --------------------------------------------


def test_each_markup_shows_the_same_days(begin: Callable[..., World]) -> None:
    sven, fred = EVERYBODY["sven"].student, EVERYBODY["fred"].student
    world = begin(sven, fred)
    for login, total in (("sven", 9), ("fred", 5)):
        pages = {}
        for markup in Markup:
            world.hub.markup = markup
            pages[markup] = get(world, f"/users/{login}/contributions").text
        days = days_of(pages[Markup.BESIDE])
        assert sum(days.values()) == total
        assert days_of(pages[Markup.BEFORE]) == days
        inside = re.findall(
            r'<rect[^>]* data-date="([^"]+)"[^>]*>(No|[\d,]+) contribution', pages[Markup.INSIDE]
        )
        assert {date.fromisoformat(day): number(count) for day, count in inside} == days
        for page in pages.values():
            assert re.search(rf"<h2[^>]*>\s*{total}\s+contributions\s+in the last year", page)


def test_tool_tips_stand_beside_or_before_or_nowhere(begin: Callable[..., World]) -> None:
    world = begin(EVERYBODY["ada"].student)
    pages = {}
    for markup in (Markup.BEFORE, Markup.BESIDE, Markup.INSIDE):
        world.hub.markup = markup
        pages[markup] = get(world, "/users/ada/contributions").text
    before, beside = pages[Markup.BEFORE], pages[Markup.BESIDE]
    assert before.rindex("</tool-tip>") < before.index("<table")
    assert beside.index("<tool-tip") > beside.index("<table")
    assert before.count("<tool-tip") == beside.count("<tool-tip") == 367
    assert ">2 contributions on November 22, 2026</rect>" in pages[Markup.INSIDE]
    assert "<tool-tip" not in pages[Markup.INSIDE]


def test_days_to_come_are_empty(begin: Callable[..., World]) -> None:
    world = begin(EVERYBODY["ada"].student)
    page = get(world, "/users/ada/contributions").text
    # Tuesday the 24th is today; the rest of its column is empty.
    assert max(days_of(page)) == date(2026, 11, 24)
    assert page.count("<td></td>") == 4


def test_a_calendar_is_for_accounts_only(world: World) -> None:
    for login in ("nobody", "open-garden"):
        assert get(world, f"/users/{login}/contributions").status_code == 404
