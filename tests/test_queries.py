"""Every document that is ever sent is valid in GitHub's schema."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from graphql import (
    GraphQLSchema,
    OperationDefinitionNode,
    build_ast_schema,
    build_schema,
    parse,
    validate,
)

from csc_verify.github.queries import document, names
from csc_verify.sources.contributions import Ask
from csc_verify.sources.contributions.asking import totals_document, totals_values, variables
from csc_verify.week import Week

WHOLE_SCHEMA = Path(__file__).parents[2] / "shared/github/schema.docs.graphql"


@pytest.fixture(scope="module")
def subset() -> GraphQLSchema:
    return build_schema(files("csc_verify.demo").joinpath("schema.graphql").read_text("utf-8"))


@pytest.fixture(scope="module")
def whole() -> GraphQLSchema:
    if not WHOLE_SCHEMA.exists():
        pytest.skip("GitHub's whole schema is not part of the project")
    text = WHOLE_SCHEMA.read_text("utf-8")
    return build_ast_schema(parse(text), assume_valid=True, assume_valid_sdl=True)


def operation(name: str) -> OperationDefinitionNode:
    found = [
        node
        for node in parse(document(name)).definitions
        if isinstance(node, OperationDefinitionNode)
    ]
    assert len(found) == 1
    return found[0]


def test_there_is_a_document_for_each_question() -> None:
    assert names() == (
        *("changes", "closeissue", "commit", "contents", "contributions", "days", "editissue"),
        *("evidence", "file", "head", "identity", "issues", "landed", "openissue", "single"),
        *("versions", "viewer", "walk"),
    )


@pytest.mark.parametrize("name", names())
def test_a_document_is_valid_in_the_embedded_github(name: str, subset: GraphQLSchema) -> None:
    assert validate(subset, parse(document(name))) == []


@pytest.mark.corpus
@pytest.mark.parametrize("name", names())
def test_a_document_is_valid_in_githubs_own_schema(name: str, whole: GraphQLSchema) -> None:
    assert validate(whole, parse(document(name))) == []


@pytest.mark.parametrize("name", names())
def test_an_operation_is_named_like_its_file(name: str) -> None:
    found = operation(name).name
    assert found is not None
    assert found.value.lower() == name


def test_the_contributions_query_gets_the_variables_it_declares() -> None:
    definitions = operation("contributions").variable_definitions or ()
    declared = {definition.variable.name.value for definition in definitions}
    week = Week(date(2026, 11, 16), ZoneInfo("America/New_York"))
    assert declared == set(variables("alice", week))


@pytest.mark.parametrize("number", [1, 40])
def test_the_query_about_many_is_valid_and_gets_its_variables(
    number: int, subset: GraphQLSchema
) -> None:
    text = totals_document(number)
    assert validate(subset, parse(text)) == []
    (operation_,) = [n for n in parse(text).definitions if isinstance(n, OperationDefinitionNode)]
    declared = {d.variable.name.value for d in operation_.variable_definitions or ()}
    week = Week(date(2026, 11, 16), ZoneInfo("America/New_York"))
    assert declared == set(totals_values([Ask("alice", week)] * number))


@pytest.mark.corpus
def test_the_query_about_many_is_valid_in_githubs_own_schema(whole: GraphQLSchema) -> None:
    assert validate(whole, parse(totals_document(40))) == []


def test_a_week_goes_out_as_whole_days() -> None:
    week = Week(date(2026, 12, 28), ZoneInfo("Pacific/Auckland"))
    assert variables("alice", week) == {
        "login": "alice",
        "from": "2026-12-28T00:00:00Z",
        "to": "2027-01-03T23:59:59Z",
    }
