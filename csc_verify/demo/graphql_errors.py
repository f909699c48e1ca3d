"""GraphQL errors as GitHub shapes them; its server is another one than the library used here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
)

from csc_verify.demo.graphql_session import FieldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import DocumentNode, SelectionSetNode
    from graphql.language import Node

_NO_FIELD: Final = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")
_NO_ARGUMENT: Final = re.compile(r"Unknown argument '(\w+)' on field '(\w+)\.(\w+)'")


def located(error: GraphQLError) -> dict[str, object]:
    """An error with its places in the query."""
    places = [{"line": p.line, "column": p.column} for p in error.locations or ()]
    return {**({"locations": places} if places else {}), "message": error.message}


def field_error(error: GraphQLError) -> dict[str, object]:
    """An error of one field, the others being answered.

    Anything but a :class:`FieldError` is a mistake in the embedded world and is raised.
    """
    match error.original_error:
        case FieldError(kind=kind):
            return {"type": kind, "path": list(error.path or ()), **located(error)}
        case None | GraphQLError():
            return located(error)
        case mistake:
            raise mistake


def invalid_query(document: DocumentNode, error: GraphQLError) -> dict[str, object]:
    """An error of a query that doesn't fit the schema, so that nothing was executed."""
    node = error.nodes[0] if error.nodes else None
    path = _path(document, node) if node else []
    return {"path": path, **_named(error.message), **_located_like_github(error)}


def _located_like_github(error: GraphQLError) -> dict[str, object]:
    message = error.message
    if found := _NO_FIELD.search(message):
        message = f"Field '{found[1]}' doesn't exist on type '{found[2]}'"
    elif found := _NO_ARGUMENT.search(message):
        message = f"Field '{found[3]}' doesn't accept argument '{found[1]}'"
    return {**located(error), "message": message}


def _named(message: str) -> dict[str, object]:
    if found := _NO_FIELD.search(message):
        code = {"code": "undefinedField", "typeName": found[2], "fieldName": found[1]}
    elif found := _NO_ARGUMENT.search(message):
        code = {"code": "argumentNotAccepted", "name": found[3], "argumentName": found[1]}
    else:
        return {}
    return {"extensions": code}


def _path(document: DocumentNode, wanted: Node) -> list[str]:
    """The way to a node: its operation or fragment, then the fields by alias or name."""
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            for node, way in _walk(definition.selection_set, (_title(definition),)):
                parts = (
                    node,
                    getattr(node, "name", None),
                    *(getattr(node, "arguments", None) or ()),
                )
                if any(wanted is part for part in parts):
                    return list(way)
    return []


def _title(definition: OperationDefinitionNode | FragmentDefinitionNode) -> str:
    kind = (
        "fragment" if isinstance(definition, FragmentDefinitionNode) else definition.operation.value
    )
    return f"{kind} {definition.name.value}" if definition.name else kind


def _walk(
    selection: SelectionSetNode | None, way: tuple[str, ...]
) -> Iterator[tuple[Node, tuple[str, ...]]]:
    for node in selection.selections if selection else ():
        match node:
            case FieldNode():
                inner = (*way, (node.alias or node.name).value)
                yield node, inner
                yield from _walk(node.selection_set, inner)
            case InlineFragmentNode():
                yield from _walk(node.selection_set, way)
            case _:
                yield node, way
