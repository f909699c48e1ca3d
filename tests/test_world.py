"""The embedded world behaves as GitHub and blog hosts do; asked with plain HTTP and PyGithub."""

from __future__ import annotations

import base64
import importlib.util
import re
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import github
import pytest
import requests
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_ast_schema,
    build_schema,
    parse,
    validate,
    validate_schema,
    visit,
)

from csc_verify.demo.cast import ALICE, BOB, NOW, STUDENTS
from csc_verify.demo.faults import (
    RATE_LIMIT,
    RESOURCE_LIMITS_EXCEEDED,
    Before,
    CloseHalfWay,
    CutBody,
    Drip,
    Fault,
    LostAnswer,
    Silence,
    html,
    status,
)
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.graphql_errors import field_error
from csc_verify.demo.student import CommitMade, DemoRepository, DemoStudent
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
FULL_SCHEMA = PROJECT.parent / "shared" / "github" / "schema.docs.graphql"
SAMPLE_PAGE = PROJECT.parent / "shared/github/samples/calendar-2026-03-06-leafbird.html"
SUBSET = resources.files("csc_verify.demo").joinpath("schema.graphql").read_text("utf-8")
SECONDS = 60

needs_corpus = pytest.mark.skipif(
    not FULL_SCHEMA.exists(), reason="GitHub's whole schema isn't beside the project"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path, NOW) as started:
        yield started


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that no test changes."""
    with World.start(tmp_path_factory.mktemp("still"), NOW) as started:
        yield started


def post(
    world: World,
    query: str,
    variables: dict[str, object] | None = None,
    *,
    login: str = "alice",
    kind: TokenKind = TokenKind.WORKFLOW,
    timeout: float | tuple[float, float] = SECONDS,
) -> requests.Response:
    token = world.token(world.student(login), kind)
    return requests.post(
        f"{world.github_url}/graphql",
        json={"query": query, "variables": variables or {}},
        headers={"Authorization": f"bearer {token}"},
        timeout=timeout,
    )


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=SECONDS)


def ask(
    world: World,
    query: str,
    variables: dict[str, object] | None = None,
    *,
    login: str = "alice",
    kind: TokenKind = TokenKind.WORKFLOW,
) -> Any:  # noqa: ANN401  decoded JSON
    answer = post(world, query, variables, login=login, kind=kind)
    assert answer.status_code == 200
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]


WEEK = 'from: "2026-11-16T00:00:00Z", to: "2026-11-22T23:59:59Z"'

COLLECTION = f"""
query Collection($login: String!) {{
  viewer {{ login }}
  user(login: $login) {{
    contributionsCollection({WEEK}) {{
      restrictedContributionsCount
      hasAnyRestrictedContributions
      totalCommitContributions
      contributionCalendar {{
        totalContributions
        weeks {{ contributionDays {{ date contributionCount }} }}
      }}
      commitContributionsByRepository(maxRepositories: 100) {{
        repository {{ nameWithOwner isPrivate }}
        contributions(first: 7) {{ totalCount nodes {{ occurredAt commitCount }} }}
      }}
    }}
  }}
}}
"""


def collection(world: World, login: str, kind: TokenKind = TokenKind.WORKFLOW) -> Any:  # noqa: ANN401  decoded JSON
    data = ask(world, COLLECTION, {"login": login}, login=login, kind=kind)
    return data["user"]["contributionsCollection"]


# --- the schema ---------------------------------------------------------------------------------


EVERYTHING = """
query Everything {
  rateLimit { cost limit remaining used resetAt }
  viewer { id databaseId login name url }
  node(id: "U_NTgzMjMx") { id ... on Actor { login url } ... on RepositoryOwner { id login url } }
  nodes(ids: ["U_NTgzMjMx"]) { id }
  repository(owner: "alice", name: "alice") {
    id databaseId name nameWithOwner url isPrivate isFork pushedAt
    parent { name }
    refs(refPrefix: "refs/heads/", first: 5) {
      totalCount pageInfo { endCursor } nodes { name }
    }
    owner { id login url ... on User { id databaseId name } ... on Actor { login url } }
    defaultBranchRef { id name prefix target { ...Thing } }
    ref(qualifiedName: "refs/heads/main") { name }
    object(expression: "main:.github/csc.yml") { ...Thing }
  }
  planner: repository(owner: "open-garden", name: "planner") {
    owner { ... on Organization { id databaseId login name url } }
    defaultBranchRef { name }
    hasIssuesEnabled
    issues(first: 1) {
      totalCount pageInfo { endCursor }
      nodes {
        id number state stateReason title body url createdAt
        author { login url ... on Bot { id databaseId login url } }
      }
    }
  }
  user(login: "alice") {
    repositories(
      first: 2, ownerAffiliations: [OWNER], orderBy: {field: PUSHED_AT, direction: DESC}
    ) { totalCount pageInfo { endCursor } nodes { name } }
    repositoryDiscussions(first: 2) {
      totalCount pageInfo { endCursor }
      nodes { createdAt number title url repository { name } }
    }
    repositoryDiscussionComments(last: 2, onlyAnswers: true) {
      totalCount pageInfo { endCursor } nodes { createdAt discussion { number } }
    }
    contributionsCollection(from: "2026-10-01T00:00:00Z", to: "2026-11-24T00:00:00Z") {
      startedAt endedAt hasAnyContributions hasAnyRestrictedContributions user { login }
      restrictedContributionsCount totalCommitContributions totalIssueContributions
      totalPullRequestContributions totalPullRequestReviewContributions
      totalRepositoryContributions totalRepositoriesWithContributedCommits
      totalRepositoriesWithContributedIssues totalRepositoriesWithContributedPullRequests
      totalRepositoriesWithContributedPullRequestReviews
      contributionCalendar {
        totalContributions
        weeks { firstDay contributionDays { date weekday contributionCount } }
      }
      commitContributionsByRepository(maxRepositories: 100) {
        url repository { name }
        contributions(first: 100) {
          totalCount pageInfo { endCursor hasNextPage }
          nodes { ...Contributed commitCount isRestricted occurredAt url repository { name } }
        }
      }
      issueContributionsByRepository {
        repository { name }
        contributions(first: 100) {
          totalCount pageInfo { endCursor }
          nodes { isRestricted occurredAt url issue { number title url createdAt } }
        }
      }
      pullRequestContributionsByRepository {
        repository { name }
        contributions(first: 100) {
          totalCount pageInfo { endCursor }
          nodes { isRestricted occurredAt url pullRequest { number title url createdAt } }
        }
      }
      pullRequestReviewContributionsByRepository {
        repository { name }
        contributions(first: 100) {
          totalCount pageInfo { endCursor }
          nodes {
            isRestricted occurredAt url repository { name } pullRequest { number }
            pullRequestReview { url createdAt }
          }
        }
      }
      repositoryContributions(first: 100) { totalCount pageInfo { endCursor } nodes { url } }
    }
  }
  bob: user(login: "bob") {
    contributionsCollection {
      repositoryContributions(first: 1) {
        nodes { isRestricted occurredAt url repository { name } }
      }
    }
  }
}
fragment Contributed on Contribution { isRestricted occurredAt url }
fragment Thing on GitObject {
  id oid abbreviatedOid
  ... on Blob { id oid abbreviatedOid text byteSize isBinary isTruncated }
  ... on Commit {
    id oid abbreviatedOid url message messageHeadline messageBody committedDate authoredDate
    additions deletions changedFilesIfAvailable
    author { name email date user { login } } committer { name }
    tree { id oid abbreviatedOid entries { name type oid mode path size object { oid } } }
    parents(first: 1) { totalCount pageInfo { endCursor } nodes { oid } }
    history(first: 1) { totalCount pageInfo { endCursor } nodes { oid } }
    file(path: "README.md") { name } signature { ...Signed }
  }
}
fragment Signed on GitSignature {
  isValid wasSignedByGitHub ... on GpgSignature { isValid wasSignedByGitHub }
}
"""

COMMIT = """
mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { clientMutationId commit { oid url } ref { name } }
}
"""

ISSUES = """
mutation Issues($open: CreateIssueInput!, $edit: UpdateIssueInput!, $close: CloseIssueInput!) {
  createIssue(input: $open) { clientMutationId issue { number } }
  updateIssue(input: $edit) { clientMutationId issue { number } }
  closeIssue(input: $close) { clientMutationId issue { number } }
}
"""


class Coverage(Visitor):
    """Collects ``Type.field`` of every field that documents ask for."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.seen: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.types.get_parent_type()
        assert parent is not None
        self.seen.add(f"{parent.name}.{node.name.value}")


def test_every_field_of_the_schema_is_asked_for_here_and_answered(still: World) -> None:
    schema = build_schema(SUBSET)
    types = TypeInfo(schema)
    coverage = Coverage(types)
    for document in (EVERYTHING, COMMIT, ISSUES):
        visit(parse(document), TypeInfoVisitor(types, coverage))
    every = {
        f"{name}.{field}"
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and name[:2] != "__"
        for field in kind.fields
    }
    assert every - coverage.seen == set()
    data = ask(still, EVERYTHING)
    assert data["planner"]["defaultBranchRef"] is None
    assert data["bob"]["contributionsCollection"]["repositoryContributions"]["nodes"][0][
        "occurredAt"
    ] == ("2026-11-02T08:00:00Z")


def test_the_schema_is_well_formed_and_names_its_source() -> None:
    assert validate_schema(build_schema(SUBSET)) == []
    assert "82ff2d4780080e6929ebb95608cefa22dfa05ac7" in SUBSET
    assert "Copyright (c) GitHub 2025" in SUBSET


@pytest.mark.corpus
@needs_corpus
def test_the_schema_is_what_the_tool_cuts_out_of_the_whole_one() -> None:
    spec = importlib.util.spec_from_file_location("cut", PROJECT / "tools" / "schema_subset.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    full = FULL_SCHEMA.read_text("utf-8")
    assert tool.subset(full) == SUBSET

    whole = build_ast_schema(parse(full, no_location=True), assume_valid=True)
    part = build_schema(SUBSET)
    for document in (EVERYTHING, COMMIT, COLLECTION, ISSUES):
        assert validate(whole, parse(document)) == []
    for name, kind in part.type_map.items():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and name[:2] != "__":
            original = whole.type_map[name]
            assert isinstance(original, GraphQLObjectType | GraphQLInterfaceType)
            for field, definition in kind.fields.items():
                assert str(definition.type) == str(original.fields[field].type)
                for argument, given in definition.args.items():
                    assert str(given.type) == str(original.fields[field].args[argument].type)


# --- contributions ------------------------------------------------------------------------------


def test_a_week_of_contributions_is_what_the_student_did(still: World) -> None:
    found = collection(still, "alice")
    days = {
        day["date"]: day["contributionCount"]
        for week in found["contributionCalendar"]["weeks"]
        for day in week["contributionDays"]
    }
    assert days == {
        "2026-11-16": 1,
        "2026-11-17": 2,
        "2026-11-18": 1,
        "2026-11-19": 1,
        "2026-11-20": 0,
        "2026-11-21": 1,
        "2026-11-22": 1,
    }
    assert found["contributionCalendar"]["totalContributions"] == 7
    assert found["totalCommitContributions"] == 6
    assert found["restrictedContributionsCount"] == 0
    weather = found["commitContributionsByRepository"][1]
    assert weather["repository"]["nameWithOwner"] == "alice/weather"
    assert weather["contributions"] == {
        "totalCount": 3,
        "nodes": [
            {"occurredAt": "2026-11-17T08:00:00Z", "commitCount": 2},
            {"occurredAt": "2026-11-16T08:00:00Z", "commitCount": 1},
        ],
    }


def test_a_day_of_commits_is_stamped_with_midnight_on_the_pacific_coast(still: World) -> None:
    query = """{ user(login: "alice") { contributionsCollection(
        from: "2026-10-28T00:00:00Z", to: "2026-10-28T00:00:00Z") {
        commitContributionsByRepository {
          contributions(first: 1) { nodes { occurredAt } } } } } }"""
    found = ask(still, query)["user"]["contributionsCollection"]
    stamp = found["commitContributionsByRepository"][0]["contributions"]["nodes"][0]["occurredAt"]
    assert stamp == "2026-10-28T07:00:00Z"


@pytest.mark.parametrize(
    ("kind", "total", "restricted", "commits"),
    [
        (TokenKind.WORKFLOW, 10, 6, 4),
        (TokenKind.READ_ONLY, 10, 6, 4),
        (TokenKind.PERSONAL, 10, 0, 10),
    ],
)
def test_private_work_is_restricted_or_visible_but_never_both(
    still: World, kind: TokenKind, total: int, restricted: int, commits: int
) -> None:
    found = collection(still, "erin", kind)
    assert found["contributionCalendar"]["totalContributions"] == total
    assert found["restrictedContributionsCount"] == restricted
    assert found["totalCommitContributions"] == commits
    private = [
        group["repository"]["nameWithOwner"]
        for group in found["commitContributionsByRepository"]
        if group["repository"]["isPrivate"]
    ]
    assert private == (["erin/freelance"] if kind is TokenKind.PERSONAL else [])


def test_private_work_that_is_not_shared_is_nowhere(tmp_path: Path) -> None:
    erin = replace(
        next(student for student in STUDENTS if student.login == "erin"),
        shares_private_counts=False,
    )
    with World.start(tmp_path, NOW, [erin]) as world:
        found = collection(world, "erin")
        page = get(f"{world.github_url}/users/erin/contributions").text
    assert found["contributionCalendar"]["totalContributions"] == 4
    assert found["restrictedContributionsCount"] == 0
    assert heading(page) == 5


def test_commits_in_a_fork_are_no_contributions(tmp_path: Path) -> None:
    fork = DemoRepository("bob/theirs", fork=True)
    made = CommitMade("bob/theirs", datetime(2026, 11, 17, tzinfo=UTC), "Fix it")
    bob = replace(
        BOB,
        repositories=(*BOB.repositories, fork),
        contributions=(*BOB.contributions, made),
    )
    with World.start(tmp_path, NOW, [bob]) as world:
        assert collection(world, "bob")["totalCommitContributions"] == 3
        query = '{ repository(owner: "bob", name: "theirs") { isFork defaultBranchRef { name } } }'
        found = ask(world, query, login="bob")["repository"]
    assert found == {"isFork": True, "defaultBranchRef": {"name": "main"}}


def test_the_range_takes_whole_days_at_both_ends(still: World) -> None:
    query = """{ user(login: "alice") { contributionsCollection(
        from: "2026-11-16T23:59:59Z", to: "2026-11-17T00:00:00Z") { contributionCalendar {
          totalContributions } startedAt endedAt } } }"""
    assert ask(still, query)["user"]["contributionsCollection"] == {
        "contributionCalendar": {"totalContributions": 3},
        "startedAt": "2026-11-16T23:59:59Z",
        "endedAt": "2026-11-17T00:00:00Z",
    }


def test_the_future_shows_when_its_time_has_come(world: World) -> None:
    bob = replace(
        BOB,
        contributions=(
            *BOB.contributions,
            CommitMade("bob/chess", NOW + timedelta(days=1), "Play on"),
            CommitMade("bob/chess", NOW + timedelta(days=2), "Resign"),
        ),
    )
    query = """{ user(login: "bob") { contributionsCollection(from: "2026-11-24T00:00:00Z") {
        totalCommitContributions } }
        repository(owner: "bob", name: "chess") { defaultBranchRef { target {
          ... on Commit { messageHeadline } } } } }"""
    folder = world.bare_repository(ALICE).parents[1] / "another"
    with World.start(folder, NOW, [bob]) as another:
        seen = []
        for day in range(4):
            another.advance(NOW + timedelta(days=day))
            data = ask(another, query, login="bob")
            head = data["repository"]["defaultBranchRef"]["target"]["messageHeadline"]
            commits = data["user"]["contributionsCollection"]["totalCommitContributions"]
            seen.append((commits, head))
    assert seen == [(0, "Draw by agreement"), (1, "Play on"), (2, "Resign"), (2, "Resign")]


# --- GraphQL's refusals -------------------------------------------------------------------------


def test_logins_match_in_any_case_and_unknown_ones_spoil_only_their_alias(still: World) -> None:
    query = """query Q {
      good: user(login: "ALICE") { login }
      bad: user(login: "nobody") { login }
      group: user(login: "open-garden") { login }
    }"""
    answer = post(still, query)
    assert answer.status_code == 200
    body = answer.json()
    assert body["data"] == {"good": {"login": "alice"}, "bad": None, "group": None}
    assert body["errors"] == [
        {
            "type": "NOT_FOUND",
            "path": ["bad"],
            "locations": [{"line": 3, "column": 7}],
            "message": "Could not resolve to a User with the login of 'nobody'.",
        },
        {
            "type": "NOT_FOUND",
            "path": ["group"],
            "locations": [{"line": 4, "column": 7}],
            "message": "Could not resolve to a User with the login of 'open-garden'.",
        },
    ]


def test_an_invalid_query_is_answered_without_data(still: World) -> None:
    body = post(still, 'query Q { user(login: "alice") { foo } }').json()
    assert body == {
        "errors": [
            {
                "path": ["query Q", "user", "foo"],
                "extensions": {
                    "code": "undefinedField",
                    "typeName": "User",
                    "fieldName": "foo",
                },
                "locations": [{"line": 1, "column": 34}],
                "message": "Field 'foo' doesn't exist on type 'User'",
            }
        ]
    }


def test_an_argument_that_is_not_answered_is_refused(still: World) -> None:
    (error,) = post(still, 'query { user(login: "alice", x: 1) { login } }').json()["errors"]
    assert error["path"] == ["query", "user"]
    assert error["extensions"]["code"] == "argumentNotAccepted"


def test_a_mistake_in_a_fragment_is_found_there(still: World) -> None:
    query = """query Q { ...F user(login: "alice") { ... on User { again: foo } } }
               fragment F on Query { viewer { bar } }"""
    errors = post(still, query).json()["errors"]
    assert [error["path"] for error in errors] == [
        ["query Q", "user", "again"],
        ["fragment F", "viewer", "bar"],
    ]


def test_other_mistakes_have_their_place_and_their_words(still: World) -> None:
    query = "query Q { user(login: 1) { login } viewer { ...Gone } }"
    wrong, gone = post(still, query).json()["errors"]
    assert (wrong["locations"], gone["path"]) == (
        [{"line": 1, "column": 23}],
        ["query Q", "viewer"],
    )


def test_a_mistake_of_the_world_itself_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        field_error(GraphQLError("a bug", original_error=ZeroDivisionError()))


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"query": 1}'])
def test_a_body_without_a_query_is_a_bad_request(still: World, body: bytes) -> None:
    answer = requests.post(
        f"{still.github_url}/graphql",
        data=body,
        headers={"Authorization": f"token {still.token(ALICE)}"},
        timeout=SECONDS,
    )
    assert answer.status_code == 400


def test_a_binary_file_has_no_text(world: World) -> None:
    world.add_commit_as_student(ALICE, {"photo.png": b"\x89PNG\0", "long.txt": b"x" * 600_000})
    query = """query Q($it: String) { repository(owner: "alice", name: "alice") {
        object(expression: $it) { ... on Blob { isBinary isTruncated byteSize text } } } }"""
    photo = ask(world, query, {"it": "main:photo.png"})["repository"]["object"]
    assert photo == {"isBinary": True, "isTruncated": False, "byteSize": 5, "text": None}
    long = ask(world, query, {"it": "main:long.txt"})["repository"]["object"]
    assert (long["isTruncated"], long["byteSize"], len(long["text"])) == (True, 600_000, 512_000)


@pytest.mark.parametrize(
    "query",
    ["query {", "query Q($l: String!) { user(login: $l) { login } }", "fragment F on User {"],
)
def test_what_cannot_be_executed_has_errors_and_no_data(still: World, query: str) -> None:
    body = post(still, query).json()
    assert set(body) == {"errors"}


@pytest.mark.parametrize(
    ("selection", "kind"),
    [
        ("repositoryContributions { nodes { url } }", "MISSING_PAGINATION_BOUNDARIES"),
        ("repositoryContributions(first: 101) { nodes { url } }", "EXCESSIVE_PAGINATION"),
        ("commitContributionsByRepository(maxRepositories: 101) { url }", "ARGUMENT_LIMIT"),
    ],
)
def test_too_much_and_too_little_are_refused(still: World, selection: str, kind: str) -> None:
    query = f'{{ user(login: "alice") {{ contributionsCollection {{ {selection} }} }} }}'
    (error,) = post(still, query).json()["errors"]
    assert error["type"] == kind
    assert error["path"][:2] == ["user", "contributionsCollection"]


def test_who_only_counts_needs_no_page(still: World) -> None:
    query = """{ user(login: "bob") { contributionsCollection {
        repositoryContributions { totalCount } } } }"""
    found = ask(still, query)["user"]["contributionsCollection"]
    assert found == {"repositoryContributions": {"totalCount": 1}}


def test_pages_follow_each_other(still: World) -> None:
    query = """query Q($after: String) { repository(owner: "alice", name: "recipes") {
      defaultBranchRef { target { ... on Commit { history(first: 5, after: $after) {
        totalCount nodes { messageHeadline } pageInfo { endCursor hasNextPage } } } } } } }"""
    titles: list[str] = []
    after, more = None, True
    while more:
        data = ask(still, query, {"after": after})
        page = data["repository"]["defaultBranchRef"]["target"]["history"]
        titles += [node["messageHeadline"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert (titles[0], titles[-1]) == ("Polish the import", "Start the search")
    assert len(titles) == len(set(titles)) == 8


def test_history_filters_by_author_and_committer_date(still: World) -> None:
    query = """query Q($id: ID!, $since: GitTimestamp) {
      repository(owner: "alice", name: "weather") { defaultBranchRef { target { ... on Commit {
        history(since: $since, until: "2026-11-22T23:59:59Z", author: {id: $id}) { totalCount }
      } } } } }"""

    def count(login: str, since: str | None) -> int:
        id_ = ask(still, f'{{ user(login: "{login}") {{ id }} }}')["user"]["id"]
        data = ask(still, query, {"id": id_, "since": since})
        return int(data["repository"]["defaultBranchRef"]["target"]["history"]["totalCount"])

    assert count("alice", None) == 7
    # 02:04:11Z on the 18th is 21:04:11 on the 17th where Alice is.
    assert count("alice", "2026-11-18T02:04:11Z") == 2
    assert count("bob", None) == 0


def test_history_filters_by_address(still: World) -> None:
    query = """query Q($emails: [String!]) { repository(owner: "alice", name: "weather") {
        defaultBranchRef { target { ... on Commit {
          history(author: {emails: $emails}) { totalCount } } } } } }"""
    for emails, count in (([ALICE.email], 8), ([BOB.email], 0)):
        data = ask(still, query, {"emails": emails})
        assert data["repository"]["defaultBranchRef"]["target"]["history"]["totalCount"] == count


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("main:README.md", "Blob"),
        ("HEAD", "Commit"),
        ("main:.github", "Tree"),
        ("main:gone.md", None),
        ("gone", None),
        ("", None),
        ("a b", None),
        ("main\nHEAD", None),
    ],
)
def test_what_an_expression_names(still: World, expression: str, found: str | None) -> None:
    query = """query Q($it: String) { repository(owner: "alice", name: "alice") {
        object(expression: $it) { __typename } } }"""
    named = ask(still, query, {"it": expression})["repository"]["object"]
    assert named == (found and {"__typename": found})


def test_nodes_are_found_by_their_ids(still: World) -> None:
    ids = ask(
        still, """{ user(login: "bob") { id } repository(owner: "bob", name: "chess") { id } }"""
    )
    query = """query Q($id: ID!) { node(id: $id) {
        ... on User { login } ... on Repository { nameWithOwner } } }"""
    assert ask(still, query, {"id": ids["user"]["id"]})["node"] == {"login": "bob"}
    assert ask(still, query, {"id": ids["repository"]["id"]})["node"] == {
        "nameWithOwner": "bob/chess"
    }
    (error,) = post(still, query, {"id": "U_x"}).json()["errors"]
    assert error["type"] == "NOT_FOUND"


def test_a_bot_has_a_profile_with_nothing_on_it(still: World) -> None:
    query = """{ viewer { contributionsCollection(from: "2026-11-01T00:00:00Z") {
        hasAnyContributions contributionCalendar { totalContributions } } } }"""
    assert ask(still, query)["viewer"]["contributionsCollection"] == {
        "hasAnyContributions": False,
        "contributionCalendar": {"totalContributions": 0},
    }


def test_what_is_no_instant_is_refused(still: World) -> None:
    query = """{ user(login: "bob") { contributionsCollection(from: "soon") { startedAt } } }"""
    (error,) = post(still, query).json()["errors"]
    assert error["message"] == "'soon' is not a valid DateTime"


def test_a_span_of_more_than_a_year_is_refused(still: World) -> None:
    query = """{ user(login: "alice") { contributionsCollection(
        from: "2025-01-01T00:00:00Z", to: "2026-11-01T00:00:00Z") { startedAt } } }"""
    body = post(still, query).json()
    assert body["data"] == {"user": None}
    assert body["errors"][0]["message"] == (
        "The total time spanned by 'from' and 'to' must not exceed 1 year"
    )


# --- tokens and quotas --------------------------------------------------------------------------


def test_a_bad_token_and_no_token_are_refused(world: World) -> None:
    url = f"{world.github_url}/graphql"
    bad = requests.post(
        url, json={"query": "{}"}, headers={"Authorization": "token ghs_wrong"}, timeout=SECONDS
    )
    none = requests.post(url, json={"query": "{}"}, timeout=SECONDS)
    assert (bad.status_code, bad.json()["message"]) == (401, "Bad credentials")
    assert bad.json()["status"] == "401"
    assert none.status_code == 403
    assert none.headers["X-RateLimit-Remaining"] == "0"
    assert [request.authorized for request in world.requests] == [True, False]


@pytest.mark.parametrize(
    ("kind", "viewer"),
    [
        (TokenKind.WORKFLOW, "github-actions[bot]"),
        (TokenKind.READ_ONLY, "github-actions[bot]"),
        (TokenKind.PERSONAL, "alice"),
    ],
)
def test_the_viewer_is_whose_token_it_is(still: World, kind: TokenKind, viewer: str) -> None:
    assert ask(still, "{ viewer { login } }", kind=kind)["viewer"]["login"] == viewer


def test_private_repositories_show_to_their_owner_and_their_own_workflow(tmp_path: Path) -> None:
    alice = replace(
        ALICE,
        repositories=tuple(
            replace(repository, private=repository.name == "alice")
            for repository in ALICE.repositories
        ),
    )
    query = '{ repository(owner: "alice", name: "alice") { isPrivate } }'
    with World.start(tmp_path, NOW, [alice, BOB]) as world:
        own = [ask(world, query, kind=kind) for kind in TokenKind]
        others = [post(world, query, login="bob", kind=kind).json() for kind in TokenKind]
        rest = get(f"{world.github_url}/repos/alice/alice")
        page = get(f"{world.github_url}/alice/alice")
    assert own == [{"repository": {"isPrivate": True}}] * len(TokenKind)
    assert [body["errors"][0]["type"] for body in others] == ["NOT_FOUND"] * len(TokenKind)
    assert (rest.status_code, page.status_code) == (404, 404)


def test_the_quota_runs_out_and_comes_back(world: World) -> None:
    used = 1000
    for _ in range(used):
        world.hub.spend(world.hub.tokens[world.token(ALICE)], "graphql")
    spent = post(world, "{ viewer { login } }")
    assert spent.status_code == 200
    assert spent.json()["errors"][0]["type"] == "RATE_LIMIT"
    assert spent.headers["X-RateLimit-Remaining"] == "0"
    assert (
        int(spent.headers["X-RateLimit-Reset"])
        == datetime(2026, 11, 24, 15, tzinfo=UTC).timestamp()
    )
    world.advance(NOW + timedelta(hours=1))
    assert ask(world, "{ rateLimit { used } }") == {"rateLimit": {"used": 1}}


# --- committing ---------------------------------------------------------------------------------


def wish(head: str, path: str = "x", branch: str = "main") -> dict[str, object]:
    additions = [{"path": path, "contents": base64.b64encode(b"{}\n").decode()}]
    return {
        "input": {
            "branch": {"repositoryNameWithOwner": "alice/alice", "branchName": branch},
            "expectedHeadOid": head,
            "message": {"headline": "Log week 2026-11-16", "body": "One week."},
            "fileChanges": {"additions": additions},
            "clientMutationId": "one",
        }
    }


def head_of(world: World) -> str:
    head = world.repository(ALICE).head("main")
    assert head is not None
    return head


def git(world: World, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=world.bare_repository(ALICE),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_commit_is_the_bots_and_real(world: World) -> None:
    before = head_of(world)
    answer = post(world, COMMIT, wish(before, ".csc/log.jsonl"))
    made = answer.json()["data"]["createCommitOnBranch"]
    oid = made["commit"]["oid"]
    assert made["ref"] == {"name": "main"}
    assert made["clientMutationId"] == "one"
    assert git(world, "rev-parse", "main", "main^").split() == [oid, before]
    assert git(world, "log", "-1", "--format=%an <%ae>|%cn <%ce>|%aI|%cI|%B", "main").strip() == (
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>|"
        "GitHub <noreply@github.com>|2026-11-24T14:00:00+00:00|2026-11-24T14:00:00+00:00|"
        "Log week 2026-11-16\n\nOne week."
    )
    assert git(world, "show", "main:.csc/log.jsonl") == "{}\n"
    assert git(world, "fsck", "--strict") == ""
    assert git(world, "for-each-ref", "--format=%(refname)") == "refs/heads/main\n"
    assert get(made["commit"]["url"]).status_code == 200


def test_a_personal_token_commits_as_its_owner(world: World) -> None:
    post(world, COMMIT, wish(head_of(world)), kind=TokenKind.PERSONAL)
    assert git(world, "log", "-1", "--format=%ae", "main").strip() == ALICE.email


def test_files_can_go(world: World) -> None:
    head = head_of(world)
    changes = wish(head)
    assert isinstance(changes["input"], dict)
    changes["input"]["fileChanges"] = {"deletions": [{"path": "README.md"}]}
    post(world, COMMIT, changes)
    assert git(world, "ls-tree", "-r", "--name-only", "main").split() == [".github/csc.yml"]
    changes["input"]["expectedHeadOid"] = head_of(world)
    (error,) = post(world, COMMIT, changes).json()["errors"]
    assert error["message"].startswith("A path was requested for deletion which does not exist")


def test_a_moved_head_is_stale(world: World) -> None:
    before = head_of(world)
    moved = world.add_commit_as_student(ALICE, {"notes.md": b"mine\n"})
    body = post(world, COMMIT, wish(before)).json()
    assert body["data"] == {"createCommitOnBranch": None}
    assert body["errors"][0]["type"] == "STALE_DATA"
    assert body["errors"][0]["path"] == ["createCommitOnBranch"]
    assert body["errors"][0]["message"] == (
        f'Expected branch to point to "{before}" but it did not.  Pull and try again.'
    )
    assert head_of(world) == moved


def test_of_many_at_once_exactly_one_commits(world: World) -> None:
    head = head_of(world)
    answers: list[dict[str, Any]] = []
    threads = [
        threading.Thread(
            target=lambda n=number: answers.append(
                post(world, COMMIT, wish(head, f"file{n}")).json()
            )
        )
        for number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted("errors" in answer for answer in answers) == [False] + [True] * 5
    assert {e["type"] for answer in answers for e in answer.get("errors", ())} == {"STALE_DATA"}
    assert git(world, "rev-list", "--count", "main").strip() == "2"


@pytest.mark.parametrize(
    ("kind", "branch", "path", "error"),
    [
        (TokenKind.READ_ONLY, "main", "x", ("FORBIDDEN", "Resource not accessible by integration")),
        (TokenKind.WORKFLOW, "gone", "x", ("NOT_FOUND", "Branch not found")),
        (
            TokenKind.WORKFLOW,
            "main",
            ".github/workflows/csc.yml",
            ("FORBIDDEN", "Resource not accessible by integration"),
        ),
        (TokenKind.WORKFLOW, "main", "../x", ("UNPROCESSABLE", "A path is malformed: '../x'")),
        (TokenKind.WORKFLOW, "main", ".git/x", ("UNPROCESSABLE", "A path is malformed: '.git/x'")),
    ],
)
def test_what_may_not_be_committed_changes_nothing(
    world: World, kind: TokenKind, branch: str, path: str, error: tuple[str, str]
) -> None:
    before = head_of(world)
    (found,) = post(world, COMMIT, wish(before, path, branch), kind=kind).json()["errors"]
    assert (found["type"], found["message"]) == error
    assert head_of(world) == before


def test_a_bots_commit_is_linked_to_the_bot(world: World) -> None:
    post(world, COMMIT, wish(head_of(world)))
    query = """{ repository(owner: "alice", name: "alice") { defaultBranchRef { target {
        ... on Commit {
          author { user { login databaseId } } committer { user { login } } } } } } }"""
    target = ask(world, query)["repository"]["defaultBranchRef"]["target"]
    assert target == {
        "author": {"user": {"login": "github-actions[bot]", "databaseId": 41898282}},
        "committer": {"user": None},
    }


@pytest.mark.parametrize(
    ("branch", "kind"),
    [
        ({"branchName": "main"}, "UNPROCESSABLE"),
        ({"repositoryNameWithOwner": "alice/alice"}, "UNPROCESSABLE"),
        ({"repositoryNameWithOwner": "alice/empty", "branchName": "main"}, "NOT_FOUND"),
        ({"repositoryNameWithOwner": "alice/gone", "branchName": "main"}, "NOT_FOUND"),
    ],
)
def test_a_branch_has_to_be_named_and_there(
    tmp_path: Path, branch: dict[str, str], kind: str
) -> None:
    alice = replace(ALICE, repositories=(*ALICE.repositories, DemoRepository("alice/empty")))
    with World.start(tmp_path, NOW, [alice]) as world:
        changes = wish(head_of(world))
        assert isinstance(changes["input"], dict)
        changes["input"]["branch"] = branch
        (error,) = post(world, COMMIT, changes, kind=TokenKind.PERSONAL).json()["errors"]
    assert error["type"] == kind


def test_contents_have_to_be_base64(world: World) -> None:
    changes = wish(head_of(world))
    assert isinstance(changes["input"], dict)
    changes["input"]["fileChanges"] = {"additions": [{"path": "x", "contents": "%"}]}
    assert post(world, COMMIT, changes).json()["errors"][0]["type"] == "UNPROCESSABLE"


def test_nobody_commits_to_another_ones_repository(world: World) -> None:
    (error,) = post(world, COMMIT, wish(head_of(world)), login="bob").json()["errors"]
    assert error["type"] == "FORBIDDEN"


def test_a_protected_branch_refuses(tmp_path: Path) -> None:
    profile = DemoRepository("alice/alice", protected_branches=frozenset({"main"}))
    alice = replace(ALICE, repositories=(profile, *ALICE.repositories[1:]))
    with World.start(tmp_path, NOW, [alice]) as world:
        before = head_of(world)
        (error,) = post(world, COMMIT, wish(before)).json()["errors"]
        assert error["type"] == "BRANCH_PROTECTION_RULE_VIOLATION"
        assert "Changes must be made through a pull request." in error["message"]
        assert head_of(world) == before


def test_what_is_pushed_shows(world: World, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    environment = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/bin:/bin"}
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (
        ["git", "clone", "--quiet", str(world.bare_repository(ALICE)), str(clone)],
        ["git", "-C", str(clone), *person, "commit", "--quiet", "--allow-empty", "-m", "Pushed"],
        ["git", "-C", str(clone), "push", "--quiet", "origin", "main"],
    ):
        subprocess.run(command, check=True, env=environment)
    query = """{ repository(owner: "alice", name: "alice") { ref(qualifiedName: "main") { target {
        ... on Commit { message author { user { login } } } } } } }"""
    target = ask(world, query)["repository"]["ref"]["target"]
    assert target == {"message": "Pushed", "author": {"user": None}}


# --- REST and PyGithub --------------------------------------------------------------------------


def test_pygithub_finds_its_way(still: World) -> None:
    client = github.Github(
        base_url=still.github_url,
        auth=github.Auth.Token(still.token(ALICE)),
        retry=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
    try:
        repository = client.get_repo("alice/alice")
        assert (repository.default_branch, repository.private) == ("main", False)
        assert repository.owner.login == "alice"
        configuration = repository.get_contents(".github/csc.yml")
        assert not isinstance(configuration, list)
        assert configuration.decoded_content == still.files(ALICE)[".github/csc.yml"]
        blob = repository.get_git_blob(configuration.sha)
        assert base64.b64decode(blob.content) == configuration.decoded_content
        assert repository.get_git_ref("heads/main").object.sha == head_of(still)
        folder = repository.get_contents("", ref="main")
        assert isinstance(folder, list)
        assert [entry.path for entry in folder] == [".github", "README.md"]
        assert client.get_user("ALICE").id == 583231
        assert client.get_rate_limit().rate.limit == 1000
        _, body = client.requester.graphql_query('{ user(login: "bob") { login } }', {})
        assert body["data"] == {"user": {"login": "bob"}}
        with pytest.raises(github.UnknownObjectException):
            client.requester.graphql_query('{ user(login: "nobody") { login } }', {})
        with pytest.raises(github.UnknownObjectException):
            repository.get_contents("nothing.md")
    finally:
        client.close()


@pytest.mark.parametrize(
    "path",
    [
        "/repos/alice/gone",
        "/repos/alice/alice/git/blobs/00",
        "/repos/alice/alice/git/blobs/main",
        "/repos/alice/alice/git/ref/heads/gone",
        "/repos/alice/alice/issues",
        "/repos/open-garden/planner/contents/README.md",
        "/users/nobody",
        "/user/keys",
        "/user",
    ],
)
def test_what_is_not_there_is_not_found(still: World, path: str) -> None:
    answer = get(f"{still.github_url}{path}")
    assert answer.status_code == 404
    assert answer.json()["message"] == "Not Found"


def test_the_account_behind_a_token(still: World) -> None:
    token = still.token(ALICE, TokenKind.PERSONAL)
    found = get(f"{still.github_url}/user", Authorization=f"token {token}").json()
    assert (found["login"], found["id"], found["type"]) == ("alice", 583231, "User")


def test_rest_only_reads(still: World) -> None:
    url = f"{still.github_url}/repos/alice/alice/contents/x"
    assert requests.put(url, json={}, timeout=SECONDS).status_code == 404


def test_strangers_have_a_small_quota(world: World) -> None:
    url = f"{world.github_url}/users/alice"
    assert [get(url).headers["X-RateLimit-Remaining"] for _ in range(2)] == ["59", "58"]
    for _ in range(60):
        world.hub.spend(None, "core")
    assert get(url).status_code == 403
    for _ in range(1000):
        world.hub.spend(world.hub.tokens[world.token(ALICE)], "core")
    assert get(url, Authorization=f"token {world.token(ALICE)}").status_code == 403


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/alice", "alice on the embedded GitHub"),
        ("/alice/weather", "Fix rounding below zero"),
        ("/alice/weather/commits", "Fix rounding below zero"),
        ("/alice/alice/blob/main/README.md", "Hello, I am Alice Doe."),
        ("/open-garden/planner/pull/47", "Count days in local time"),
    ],
)
def test_pages_show_what_they_are_about(still: World, path: str, shown: str) -> None:
    assert shown in get(f"{still.github_url}{path}").text


@pytest.mark.parametrize(
    "path", ["/", "/nobody", "/alice/gone", "/alice/alice/wiki", "/alice/alice/blob/main/gone"]
)
def test_there_is_no_page_for_what_is_not_there(still: World, path: str) -> None:
    assert get(f"{still.github_url}{path}").status_code == 404


def test_every_address_that_is_handed_out_opens(still: World) -> None:
    text = post(still, EVERYTHING).text
    addresses = {
        found.partition("#")[0] for found in re.findall(r'"(http://127\.0\.0\.1:\d+/[^"]+)"', text)
    }
    assert len(addresses) > 20
    for address in addresses:
        expected = 404 if address.endswith("github-actions[bot]") else 200
        assert get(address).status_code == expected, address


# --- the calendar page --------------------------------------------------------------------------


def heading(page: str) -> int:
    found = re.search(r'id="js-contribution-activity-description"[^>]*>\s*([\d,]+)', page)
    assert found is not None
    return int(found[1].replace(",", ""))


def days_of(page: str) -> dict[date, int]:
    tips = dict(re.findall(r'<tool-tip[^>]* for="([^"]+)"[^>]*>(No|[\d,]+) contribution', page))
    cells = re.findall(r'<td[^>]* data-date="([^"]+)" id="([^"]+)"', page)
    return {
        date.fromisoformat(day): int(tips[id_].replace("No", "0").replace(",", ""))
        for day, id_ in cells
    }


@pytest.mark.parametrize(
    ("login", "total"),
    # With the commit that sets the profile repository up; Erin's includes the restricted six.
    [("alice", 20), ("bob", 12), ("carol", 12), ("dana", 1), ("erin", 11)],
)
def test_the_calendar_page_adds_up(still: World, login: str, total: int) -> None:
    page = get(f"{still.github_url}/users/{login}/contributions").text
    days = days_of(page)
    assert heading(page) == sum(days.values()) == total
    assert min(days) == date(2025, 11, 23)
    assert max(days) == date(2026, 11, 24)


def test_a_narrow_range_gives_its_whole_year(still: World) -> None:
    url = f"{still.github_url}/users/bob/contributions?from=2025-12-01&to=2025-12-31"
    days = days_of(get(url).text)
    assert (min(days), max(days)) == (date(2025, 1, 1), date(2025, 12, 31))
    assert sum(days.values()) == 0


def test_large_numbers_have_commas_and_one_is_singular(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    commits = [CommitMade("zoe/zoe", moment + timedelta(seconds=n), "Tick") for n in range(1204)]
    zoe = DemoStudent(
        login="zoe",
        id=7,
        name="Zoe",
        situation="never sleeps",
        configuration="{}\n",
        joined=datetime(2026, 11, 1, tzinfo=UTC),
        repositories=(DemoRepository("zoe/zoe"),),
        contributions=tuple(commits),
    )
    with World.start(tmp_path, NOW, [zoe]) as world:
        page = get(f"{world.github_url}/users/zoe/contributions").text
    assert ">1,204 contributions on November 3rd.</tool-tip>" in page
    assert ">1 contribution on November 1st.</tool-tip>" in page
    assert ">No contributions on November 12th.</tool-tip>" in page
    assert heading(page) == 1205


def test_nobody_has_no_calendar(still: World) -> None:
    for login in ("nobody", "open-garden"):
        assert get(f"{still.github_url}/users/{login}/contributions").status_code == 404


@pytest.mark.corpus
@pytest.mark.skipif(not SAMPLE_PAGE.exists(), reason="the captured page isn't beside the project")
def test_the_calendar_page_has_the_captured_ones_markup(still: World) -> None:
    shapes = [
        re.compile(r"<td [^>]*data-date[^>]*>"),
        re.compile(r"<tool-tip [^>]*>"),
        re.compile(r'<h2 [^>]*js-contribution-activity-description"[^>]*>'),
        re.compile(r'<div [^>]*contribution-graph-legend-level-0"[^>]*>'),
    ]
    real = SAMPLE_PAGE.read_text("utf-8")
    ours = get(f"{still.github_url}/users/alice/contributions").text
    for shape in shapes:
        pair = [shape.search(text) for text in (real, ours)]
        names = [re.findall(r' ([\w-]+)="', found[0]) for found in pair if found]
        assert len(names) == 2
        assert names[0] == names[1]


# --- faults -------------------------------------------------------------------------------------


QUESTION = "query Ping { viewer { login } }"


def test_a_fault_happens_as_often_as_it_says(world: World) -> None:
    world.github.faults.add(Fault("Ping", status(503), times=2))
    assert [post(world, QUESTION).status_code for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize("match", ["/graphql", "Ping", "viewer", "/g*"])
def test_a_fault_knows_its_requests(world: World, match: str) -> None:
    world.github.faults.add(Fault(match, status(500)))
    assert get(f"{world.github_url}/repos/alice/alice").status_code == 200
    assert post(world, QUESTION).status_code == 500


def test_outages_and_limits_look_like_githubs(world: World) -> None:
    faults = world.github.faults
    faults.add(Fault("Ping", html(502)))
    faults.add(Fault("Ping", RATE_LIMIT))
    faults.add(Fault("Ping", RESOURCE_LIMITS_EXCEEDED))
    faults.add(Fault("Ping", status(429, "slow down", (("Retry-After", "7"),))))
    outage, rate, resource, slow = (post(world, QUESTION) for _ in range(4))
    assert (outage.status_code, outage.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert rate.json()["errors"][0]["code"] == "graphql_rate_limit"
    assert resource.json()["errors"][0]["type"] == "RESOURCE_LIMITS_EXCEEDED"
    assert (slow.status_code, slow.headers["Retry-After"]) == (429, "7")


def test_an_answer_can_be_cut(world: World) -> None:
    world.github.faults.add(Fault("Ping", CutBody()))
    with pytest.raises(requests.exceptions.JSONDecodeError):
        post(world, QUESTION).json()


def test_a_connection_can_end_half_way(world: World) -> None:
    world.github.faults.add(Fault("Ping", CloseHalfWay()))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        post(world, QUESTION)


def test_silence_outlasts_a_time_out(world: World) -> None:
    world.github.faults.add(Fault("Ping", Silence()))
    with pytest.raises(requests.exceptions.ReadTimeout):
        post(world, QUESTION, timeout=(SECONDS, 0.2))


def test_drops_outlast_a_time_out_per_read(world: World) -> None:
    world.github.faults.add(Fault("Ping", Drip(size=40, seconds=0.1)))
    # More than 400 bytes take a second in all, and a tenth of one between two drops.
    assert post(world, QUESTION, timeout=(SECONDS, 0.9)).status_code == 200


def test_faults_can_be_called_off(world: World) -> None:
    world.github.faults.add(Fault("*", status(500), times=100))
    world.github.faults.clear()
    assert post(world, QUESTION).status_code == 200


def test_a_lost_answer_is_to_a_request_that_was_carried_out(world: World) -> None:
    before = head_of(world)
    world.github.faults.add(Fault("createCommitOnBranch", LostAnswer()))
    assert post(world, COMMIT, wish(before)).status_code == 502
    assert git(world, "rev-parse", "main^").strip() == before


def test_something_can_happen_just_before(world: World) -> None:
    before = head_of(world)
    world.github.faults.add(
        Fault(
            "createCommitOnBranch",
            Before(lambda: world.add_commit_as_student(ALICE, {"mine.md": b"mine\n"})),
        )
    )
    stale, fresh = (post(world, COMMIT, wish(head)).json() for head in (before, head_of(world)))
    assert stale["errors"][0]["type"] == "STALE_DATA"
    assert "errors" in fresh


# --- the blog host ------------------------------------------------------------------------------


def test_a_feed_can_be_asked_for_again(world: World) -> None:
    url = f"{world.blog_url}/alice/feed.xml"
    first = get(url)
    assert first.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert first.headers["Last-Modified"] == "Mon, 23 Nov 2026 04:30:00 GMT"
    assert "<pubDate>Sun, 22 Nov 2026 23:30:00 -0500</pubDate>" in first.text
    for again in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        answer = get(url, **again)
        assert (answer.status_code, answer.content) == (304, b"")
    assert get(url, **{"If-None-Match": '"other"'}).status_code == 200
    assert {request.server for request in world.requests} == {"blog"}
    assert not any(request.authorized for request in world.requests)


def test_an_atom_feed(still: World) -> None:
    feed = get(f"{still.blog_url}/bob/atom.xml")
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<published>2026-11-10T20:00:00+01:00</published>" in feed.text
    assert f"{still.blog_url}/bob/undo" in feed.text


def test_a_feed_of_several_authors_names_them(still: World) -> None:
    feed = get(f"{still.blog_url}/studio/feed.xml").text
    assert re.findall("<dc:creator>(.*)</dc:creator>", feed) == [
        "Eli Moss",
        "Dana Lopez",
        "Dana Lopez",
    ]


def test_a_feed_without_posts_has_no_date(world: World) -> None:
    world.advance(datetime(2026, 10, 1, tzinfo=UTC))
    feed = get(f"{world.blog_url}/bob/atom.xml")
    assert "Last-Modified" not in feed.headers
    assert "<entry>" not in feed.text


def test_a_post_of_the_future_is_not_in_the_feed_yet(world: World) -> None:
    world.advance(datetime(2026, 11, 22, tzinfo=UTC))
    assert "Rounding" not in get(f"{world.blog_url}/alice/feed.xml").text
    world.advance(NOW)
    assert "Rounding &lt;below&gt; zero" in get(f"{world.blog_url}/alice/feed.xml").text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/carol/feed", 403),
        ("/status/404", 404),
        ("/status/500", 500),
        ("/nothing", 404),
        ("/alice/", 200),
        ("/alice/caching", 200),
        ("/not-a-feed", 200),
        ("/redirect/alice/feed.xml", 200),
    ],
)
def test_addresses_of_the_blog_host(still: World, path: str, code: int) -> None:
    assert get(f"{still.blog_url}{path}").status_code == code


def test_a_blogs_page_announces_its_feed(still: World) -> None:
    page = get(f"{still.blog_url}/alice/").text
    assert 'rel="alternate" type="application/rss+xml"' in page
    assert 'href="/alice/feed.xml"' in page


def test_a_loop_never_ends(still: World) -> None:
    with pytest.raises(requests.exceptions.TooManyRedirects):
        get(f"{still.blog_url}/loop")


def test_a_host_that_says_nothing(still: World) -> None:
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(f"{still.blog_url}/silent", timeout=(SECONDS, 0.2))


# --- the world itself ---------------------------------------------------------------------------


def test_the_environment_of_a_run(still: World) -> None:
    assert still.env(ALICE) == {
        "GITHUB_TOKEN": still.token(ALICE),
        "GITHUB_REPOSITORY": "alice/alice",
        "GITHUB_API_URL": still.github_url,
        "GITHUB_GRAPHQL_URL": f"{still.github_url}/graphql",
        "GITHUB_SERVER_URL": still.github_url,
        "CSC_VERIFY_NOW": "2026-11-24T14:00:00+00:00",
        "CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
    }


def test_tokens_differ_and_are_long_enough_to_be_masked(still: World) -> None:
    tokens = [still.token(student, kind) for student in STUDENTS for kind in TokenKind]
    assert len(set(tokens)) == len(tokens) == 24
    assert {len(token) for token in tokens} == {40}


def test_the_configuration_points_to_the_blog_host(still: World) -> None:
    shown = git(still, "show", "main:.github/csc.yml")
    assert f"    - {still.blog_url}/alice/feed.xml\n" in shown
    assert "<!-- csc:start -->\n<!-- csc:end -->" in git(still, "show", "main:README.md")


def test_requests_are_recorded_until_forgotten(world: World) -> None:
    post(world, QUESTION)
    (request,) = world.requests
    assert (request.server, request.method, request.path) == ("github", "POST", "/graphql")
    assert (request.operation, request.fields) == ("Ping", ("viewer",))
    assert request.header("Host") == world.github_url.removeprefix("http://")
    world.forget_requests()
    assert world.requests == ()


def test_expectations_agree_with_themselves() -> None:
    for student in STUDENTS:
        for week in student.expected:
            verdicts = [requirement.verdict for requirement in week.requirements]
            order = ["unmet", "unknown", "met", "skipped"]
            assert week.verdict == next(verdict for verdict in order if verdict in verdicts)
            assert [r.id for r in week.requirements] == [
                "contributions",
                "blog",
                "contacts",
                "design",
            ]


def test_two_worlds_are_alike(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        with World.start(tmp_path / name, NOW) as world:
            hosted = world.hub.repositories["alice/weather"]
            assert hosted.git is not None
            heads.append(hosted.git.head("main"))
    assert heads[0] == heads[1]


def test_a_repository_is_not_made_before_its_time(tmp_path: Path) -> None:
    with (
        World.start(tmp_path, datetime(2026, 1, 1, tzinfo=UTC)) as world,
        pytest.raises(LookupError, match="alice/alice"),
    ):
        world.bare_repository(ALICE)


def test_nobody_is_not_found(still: World) -> None:
    with pytest.raises(LookupError, match="mallory"):
        still.student("mallory")
