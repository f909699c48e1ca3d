"""GraphQL: queries and mutations executed against GitHub's own schema, errors in GitHub's shape."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from csc_verify.demo.account_answers import UserAnswer
from csc_verify.demo.commit_on_branch import Committed, create_commit_on_branch
from csc_verify.demo.contribution_answers import collection
from csc_verify.demo.github_hub import BOT
from csc_verify.demo.graphql_errors import field_error, invalid_query, located
from csc_verify.demo.graphql_session import FieldError, Session, as_date_time, name_in
from csc_verify.demo.issue_answers import (
    IssueAnswer,
    IssueChanged,
    close_issue,
    create_issue,
    issue_of,
    update_issue,
)
from csc_verify.demo.query_cost import MOST_NODES, Cost, cost_of
from csc_verify.demo.repository_answers import RepositoryAnswer
from csc_verify.demo.student import DemoStudent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLResolveInfo

    from csc_verify.demo.git_answers import GitObjectAnswer
    from csc_verify.demo.github_hub import Hub, Token


NodeAnswer: TypeAlias = "UserAnswer | RepositoryAnswer | IssueAnswer | GitObjectAnswer"


@functools.cache
def schema() -> GraphQLSchema:
    """The part of GitHub's schema that is answered; read once a process."""
    text = resources.files("csc_verify.demo").joinpath("schema.graphql").read_text("utf-8")
    return build_schema(text, assume_valid=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """The body of a GraphQL request.

    Attributes:
        query: The document as text.
        variables: Its variables.
        operation_name: Which operation of it; None if there is only one.
    """

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None

    @classmethod
    def read(cls, body: bytes) -> Asked:
        """Reads a request's body.

        Raises:
            ValueError: It is no JSON object with a query.
        """
        content = json.loads(body)
        match content:
            case {"query": str(query)}:
                return cls(query, content.get("variables") or {}, content.get("operationName"))
            case _:
                raise ValueError("A query attribute must be specified and must be a string.")

    @property
    def operation(self) -> OperationDefinitionNode | None:
        """The operation that is asked for, if the document has one."""
        try:
            document = parsed(self.query)
        except GraphQLError:
            return None
        return get_operation_ast(document, self.operation_name)

    @property
    def root_fields(self) -> tuple[str, ...]:
        """Names of the operation's outermost fields."""
        found = self.operation.selection_set.selections if self.operation else ()
        return tuple(node.name.value for node in found if isinstance(node, FieldNode))


@dataclass(frozen=True, slots=True)
class RateLimit:
    """``RateLimit``."""

    limit: int
    used: int
    reset_at: str
    cost: int

    @property
    def remaining(self) -> int:
        """Points left this hour."""
        return max(self.limit - self.used, 0)


@dataclass(frozen=True, slots=True)
class Root:
    """``Query`` and ``Mutation``.

    Attributes:
        session: Who asks.
        cost: Points that the request costs.
    """

    session: Session
    cost: int = 1

    @property
    def viewer(self) -> UserAnswer:
        """Whose token it is."""
        account = self.session.hub.account(self.session.token.login)
        return UserAnswer(self.session, account if isinstance(account, DemoStudent) else BOT)

    @property
    def rate_limit(self) -> RateLimit:
        """What is left of this hour's points."""
        hub, token = self.session.hub, self.session.token
        used = hub.used(token, "graphql")
        return RateLimit(token.hourly_points, used, as_date_time(hub.resets()), self.cost)

    def user(self, login: str) -> UserAnswer:
        """An account that is somebody."""
        account = self.session.hub.account(login)
        if not isinstance(account, DemoStudent):
            message = f"Could not resolve to a User with the login of '{login}'."
            raise FieldError("NOT_FOUND", message)
        return UserAnswer(self.session, account)

    def repository(self, owner: str, name: str) -> RepositoryAnswer:
        """A repository that the viewer may know of."""
        return RepositoryAnswer(self.session, self.session.hosted(f"{owner}/{name}"))

    def node(self, id_: str) -> NodeAnswer:
        """An account, a repository, or an object in one, by its global id."""
        found = self._node(id_)
        if found is None:
            message = f"Could not resolve to a node with the global id of '{id_}'"
            raise FieldError("NOT_FOUND", message)
        return found

    def nodes(self, ids: Sequence[str]) -> list[NodeAnswer | FieldError]:
        """The same of many; those that aren't there are null, each with its error."""
        message = "Could not resolve to a node with the global id of '{}'"
        return [self._node(id_) or FieldError("NOT_FOUND", message.format(id_)) for id_ in ids]

    def _node(self, id_: str) -> NodeAnswer | None:
        hub = self.session.hub
        prefix, name = name_in(id_)
        number, _, oid = name.partition(":")
        if not number.isdigit():
            return None
        if prefix == "I":
            return issue_of(self.session, id_)
        if prefix == "U":
            student = hub.accounts.get(int(number))
            return UserAnswer(self.session, student) if student else None
        hosted = hub.by_number.get(int(number))
        if hosted is None or not self.session.sees(hosted):
            return None
        repository = RepositoryAnswer(self.session, hosted)
        return repository if prefix == "R" else repository.object(oid=oid)

    def create_commit_on_branch(self, input_: Mapping[str, Any]) -> Committed:
        """Commits files."""
        return create_commit_on_branch(self.session, input_)

    def create_issue(self, input_: Mapping[str, Any]) -> IssueChanged:
        """Opens an issue."""
        return create_issue(self.session, input_)

    def update_issue(self, input_: Mapping[str, Any]) -> IssueChanged:
        """Edits an issue."""
        return update_issue(self.session, input_)

    def close_issue(self, input_: Mapping[str, Any]) -> IssueChanged:
        """Closes an issue."""
        return close_issue(self.session, input_)


def cost(asked: Asked) -> Cost:
    """What a request costs; a request that fails before it is executed costs the least."""
    operation = asked.operation
    if operation is None or problems(asked.query):
        return Cost(0, 0)
    return cost_of(schema(), parsed(asked.query), operation, asked.variables)


@functools.lru_cache(maxsize=256)
def parsed(query: str) -> DocumentNode:
    """A document by its text; asked for again and again with other variables.

    Raises:
        GraphQLError: It is none.
    """
    return parse(query)


@functools.lru_cache(maxsize=256)
def problems(query: str) -> tuple[GraphQLError, ...]:
    """Why a document doesn't fit the schema."""
    return tuple(validate(schema(), parsed(query)))


def answer(hub: Hub, token: Token, url: str, asked: Asked) -> dict[str, object]:
    """Executes a request; the result is the body of an answer with status 200."""
    try:
        document = parsed(asked.query)
    except GraphQLError as error:
        return {"errors": [located(error)]}
    if unfit := problems(asked.query):
        return {"errors": [invalid_query(document, problem) for problem in unfit]}
    costs = cost(asked)
    if costs.nodes > MOST_NODES:
        return {"data": None, "errors": [_too_many(costs.nodes)]}
    result = execute_sync(
        schema(),
        document,
        root_value=Root(Session(hub, token, url, collection), costs.points),
        variable_values=dict(asked.variables),
        operation_name=asked.operation_name,
        field_resolver=_resolve,
        type_resolver=lambda value, _info, _type: value.typename,
    )
    errors = [field_error(error) for error in result.errors or ()]
    executed = result.data is not None or any(error.path for error in result.errors or ())
    # Without a path it was the variables that didn't fit: nothing was executed, there is no data.
    data = {"data": result.data} if executed else {}
    return {**data, **({"errors": errors} if errors else {})}


def _too_many(nodes: int) -> dict[str, object]:
    message = (
        f"This query requests up to {nodes:,} possible nodes which exceeds the maximum limit of "
        f"{MOST_NODES:,}."
    )
    return {"type": "MAX_NODE_LIMIT_EXCEEDED", "message": message}


def _resolve(source: object, info: GraphQLResolveInfo[Any], **arguments: object) -> object:
    value = getattr(source, _snake(info.field_name))
    return value(**{_argument(n): v for n, v in arguments.items()}) if callable(value) else value


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _argument(name: str) -> str:
    return f"{name}_" if name in {"from", "id", "input"} else _snake(name)
