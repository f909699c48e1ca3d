"""What a GraphQL query costs and how many nodes it may return, as GitHub reckons before it runs.

Points: the requests of all connections, divided by a hundred, halves rounded up, at least one. A
connection needs as many requests as it has parents; what stands in a connection has as many parents
as that one's ``first`` or ``last`` says. Lists that are no connections are reckoned as one, but for
``nodes``, which is as many as the ids that are named. How GitHub reckons plain lists isn't known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    OperationDefinitionNode,
    get_named_type,
    value_from_ast_untyped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import DocumentNode, GraphQLNamedType, GraphQLSchema, SelectionSetNode

MOST_NODES: Final = 500_000
_PER_POINT: Final = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query costs.

    Attributes:
        requests: Of all connections.
        nodes: The most that may be returned.
    """

    requests: int
    nodes: int

    @property
    def points(self) -> int:
        """What is taken from the hour's quota."""
        return max(1, (self.requests + _PER_POINT // 2) // _PER_POINT)


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
) -> Cost:
    """The cost of a query that fits the schema."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    walk = _Walk(schema, fragments, {**defaults, **variables})
    root = schema.get_root_type(operation.operation)
    counts = list(walk.connections(operation.selection_set, root, 1))
    return Cost(sum(parents for parents, _ in counts), sum(nodes for _, nodes in counts))


@dataclass(frozen=True, slots=True)
class _Walk:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def connections(
        self, selection: SelectionSetNode | None, owner: GraphQLNamedType | None, parents: int
    ) -> Iterator[tuple[int, int]]:
        """Each connection's parents and the most nodes that all of them return."""
        for node in selection.selections if selection else ():
            match node:
                case FieldNode():
                    yield from self._field(node, owner, parents)
                case InlineFragmentNode():
                    condition = node.type_condition
                    inner = self.schema.get_type(condition.name.value) if condition else owner
                    yield from self.connections(node.selection_set, inner, parents)
                case _:
                    assert isinstance(node, FragmentSpreadNode)  # noqa: S101  the only one left
                    fragment = self.fragments[node.name.value]
                    inner = self.schema.get_type(fragment.type_condition.name.value)
                    yield from self.connections(fragment.selection_set, inner, parents)

    def _field(
        self, node: FieldNode, owner: GraphQLNamedType | None, parents: int
    ) -> Iterator[tuple[int, int]]:
        if not isinstance(owner, GraphQLObjectType | GraphQLInterfaceType):
            return
        field = owner.fields.get(node.name.value)
        if field is None:
            return
        type_ = get_named_type(field.type)
        given = {
            argument.name.value: value_from_ast_untyped(argument.value, dict(self.variables))
            for argument in node.arguments or ()
        }
        inside = parents
        if type_.name.endswith("Connection"):
            inside = parents * _size(given.get("first") or given.get("last"))
            yield parents, inside
        elif node.name.value == "nodes" and "ids" in given:
            inside = parents * (len(given["ids"]) if isinstance(given["ids"], list) else 1)
        yield from self.connections(node.selection_set, type_, inside)


def _size(given: object) -> int:
    # What is no length is refused when the query is executed, and costs as little as can be.
    return given if isinstance(given, int) and given > 0 else 1
