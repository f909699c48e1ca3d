"""The issues of the embedded GitHub: who may write them, and how GitHub names who did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests

from csc_verify.demo.cast import ALICE, BOB, CAROL, NOW
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.graphql_session import node_id
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPOSITORY = node_id("R", ALICE.id * 10)
NOT_ACCESSIBLE = ("FORBIDDEN", "Resource not accessible by integration")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path, NOW, (ALICE, BOB, CAROL)) as started:
        yield started


def post(
    world: World, query: str, login: str = "alice", kind: TokenKind = TokenKind.REMINDING
) -> Any:  # noqa: ANN401  decoded JSON
    token = world.token(world.student(login), kind)
    answer = requests.post(
        f"{world.github_url}/graphql",
        json={"query": query},
        headers={"Authorization": f"bearer {token}"},
        timeout=60,
    )
    assert answer.status_code == 200
    return answer.json()


def opening(title: str = "To do", more: str = "") -> str:
    fields = f'repositoryId: "{REPOSITORY}", title: "{title}"{more}'
    return f"mutation {{ createIssue(input: {{{fields}}}) {{ issue {{ id number url }} }} }}"


def listed(world: World, asked: str = "", name: str = "alice/alice") -> Any:  # noqa: ANN401  as above
    owner, _, repository = name.partition("/")
    fields = "nodes { number state stateReason title body author { __typename login } }"
    where = f'repository(owner: "{owner}", name: "{repository}")'
    found = post(world, f"{{ {where} {{ issues(first: 9{asked}) {{ {fields} }} }} }}")
    return found["data"]["repository"]["issues"]["nodes"]


def test_an_issue_is_opened_edited_and_closed(world: World) -> None:
    opened = post(world, opening(more=', body: "- one"'))["data"]["createIssue"]["issue"]
    assert opened["number"] == 1
    assert requests.get(opened["url"], timeout=60).text.count("- one") == 1
    id_ = opened["id"]
    post(
        world,
        f'mutation {{ updateIssue(input: {{id: "{id_}", body: "- two"}}) {{ issue {{ id }} }} }}',
    )
    # The author of an issue is named without the "[bot]" that everything else writes.
    bot = {"__typename": "Bot", "login": "github-actions"}
    said = {"number": 1, "title": "To do", "body": "- two", "author": bot}
    assert listed(world) == [{**said, "state": "OPEN", "stateReason": None}]
    reason = "stateReason: NOT_PLANNED"
    post(
        world,
        f'mutation {{ closeIssue(input: {{issueId: "{id_}", {reason}}}) {{ issue {{ id }} }} }}',
    )
    assert listed(world) == [{**said, "state": "CLOSED", "stateReason": "NOT_PLANNED"}]
    assert listed(world, ", states: [OPEN]") == []
    assert post(world, f'{{ node(id: "{id_}") {{ ... on Issue {{ number }} }} }}')["data"] == {
        "node": {"number": 1}
    }


def test_issues_are_listed_in_the_order_that_is_asked_for(world: World) -> None:
    for number in range(3):
        world.advance(NOW + timedelta(minutes=number))
        post(world, opening(f"Number {number}"))
    order = ", orderBy: {field: CREATED_AT, direction: DESC}"
    assert [issue["number"] for issue in listed(world)] == [1, 2, 3]
    assert [issue["number"] for issue in listed(world, order)] == [3, 2, 1]


def test_an_issue_that_a_student_opened_is_in_its_repository(world: World) -> None:
    issues = listed(world, name="open-garden/planner")
    assert [(i["number"], i["title"], i["author"]["login"]) for i in issues] == [
        (41, "Dates off by one", "alice"),
        (46, "Slow start", "carol"),
    ]


@pytest.mark.parametrize(
    ("query", "login", "kind", "error"),
    [
        (opening(), "alice", TokenKind.WORKFLOW, NOT_ACCESSIBLE),
        (opening(), "alice", TokenKind.READ_ONLY, NOT_ACCESSIBLE),
        (opening(), "bob", TokenKind.REMINDING, NOT_ACCESSIBLE),
        (opening(" "), "alice", TokenKind.REMINDING, ("UNPROCESSABLE", "Title can't be blank")),
        (
            opening("x" * 257), "alice", TokenKind.REMINDING,
            ("UNPROCESSABLE", "Title is too long (maximum is 256 characters)"),
        ),
        (
            opening(more=f', body: "{"x" * 65537}"'), "alice", TokenKind.REMINDING,
            ("UNPROCESSABLE", "Body is too long (maximum is 65536 characters)"),
        ),
        (
            opening().replace(REPOSITORY, "R_nothing"), "alice", TokenKind.REMINDING,
            ("NOT_FOUND", "Could not resolve to a node with the global id of 'R_nothing'"),
        ),
        (
            'mutation { closeIssue(input: {issueId: "I_nothing"}) { issue { id } } }', "alice",
            TokenKind.REMINDING,
            ("NOT_FOUND", "Could not resolve to a node with the global id of 'I_nothing'"),
        ),
    ],
)  # fmt: skip
def test_what_may_not_be_done_is_refused(
    world: World, query: str, login: str, kind: TokenKind, error: tuple[str, str]
) -> None:
    (found,) = post(world, query, login, kind)["errors"]
    assert (found["type"], found["message"]) == error
    assert world.issues(ALICE).all() == ()


def test_people_edit_what_they_opened_and_a_workflow_what_it_may(world: World) -> None:
    issue = world.issues(ALICE).open("bob", "Hello", "Nice chart")
    id_ = node_id("I", f"{ALICE.id * 10}:{issue.number}")
    query = f'mutation {{ closeIssue(input: {{issueId: "{id_}"}}) {{ issue {{ number }} }} }}'
    for login, kind in [("bob", TokenKind.REMINDING), ("alice", TokenKind.WORKFLOW)]:
        assert post(world, query, login, kind)["errors"][0]["type"] == "FORBIDDEN"
    assert "errors" not in post(world, query, "bob", TokenKind.PERSONAL)
    assert world.issues(ALICE).all()[0].state_reason == "COMPLETED"


def test_a_repository_without_issues_says_so(tmp_path: Path) -> None:
    places = tuple(replace(it, has_issues=it.name != "alice") for it in ALICE.repositories)
    with World.start(tmp_path, NOW, (replace(ALICE, repositories=places),)) as world:
        query = '{ repository(owner: "alice", name: "alice") { hasIssuesEnabled } }'
        assert post(world, query)["data"]["repository"]["hasIssuesEnabled"] is False
        assert "disabled" in post(world, opening())["errors"][0]["message"]
