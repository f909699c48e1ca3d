"""Cuts the embedded GitHub's schema out of GitHub's whole public one.

Usage: ``python tools/schema_subset.py FULL_SCHEMA OUTPUT``

``FULL_SCHEMA`` is ``schema.graphql`` of the repository ``octokit/graphql-schema``. Types, argument
types and nullability are taken over unchanged, so a query that fits the part fits the whole.
The same input gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphql import (
    DefinitionNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeNode,
    parse,
    print_ast,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER: Final = """\
# A part of GitHub's public GraphQL schema, made by tools/schema_subset.py: only what the embedded
# GitHub answers. Descriptions are left out; types, arguments and nullability are unchanged.
#
# Source:  https://github.com/octokit/graphql-schema, file schema.graphql,
#          commit 82ff2d4780080e6929ebb95608cefa22dfa05ac7
# Licence: MIT
#
# Copyright (c) GitHub 2025 - Licensed as MIT.
#
# Permission is hereby granted, free of charge, to any person obtaining
# a copy of this software and associated documentation files (the
# "Software"), to deal in the Software without restriction, including
# without limitation the rights to use, copy, modify, merge, publish,
# distribute, sublicense, and/or sell copies of the Software, and to
# permit persons to whom the Software is furnished to do so, subject to
# the following conditions:
#
# The above copyright notice and this permission notice shall be
# included in all copies or substantial portions of the Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
# EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
# MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
# NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
# LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
# OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
# WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

"""

# "Type: field(argument argument) field". An argument that isn't named is left out, so that asking
# with one is an error rather than an answer that ignores it. Input types, enumerations and scalars
# follow by themselves.
FIELDS: Final = """
Query: node(id) nodes(ids) rateLimit repository(owner name) user(login) viewer
Mutation: closeIssue(input) createCommitOnBranch(input) createIssue(input) updateIssue(input)
RateLimit: cost limit remaining resetAt used
Node: id
Actor: login url
Bot: databaseId id login url
RepositoryOwner: id login url
Organization: databaseId id login name url
User: contributionsCollection(from to) databaseId id login name url
User: repositories(first after ownerAffiliations privacy isFork orderBy)
User: repositoryDiscussions(first after orderBy) repositoryDiscussionComments(last onlyAnswers)
RepositoryConnection: nodes pageInfo totalCount
DiscussionConnection: nodes pageInfo totalCount
DiscussionCommentConnection: nodes pageInfo totalCount
DiscussionComment: createdAt discussion
Discussion: createdAt number repository title url
ContributionsCollection: commitContributionsByRepository(maxRepositories) contributionCalendar
ContributionsCollection: endedAt hasAnyContributions hasAnyRestrictedContributions
ContributionsCollection: issueContributionsByRepository(maxRepositories)
ContributionsCollection: pullRequestContributionsByRepository(maxRepositories)
ContributionsCollection: pullRequestReviewContributionsByRepository(maxRepositories)
ContributionsCollection: repositoryContributions(first after) restrictedContributionsCount startedAt
ContributionsCollection: totalCommitContributions totalIssueContributions
ContributionsCollection: totalPullRequestContributions totalPullRequestReviewContributions
ContributionsCollection: totalRepositoryContributions totalRepositoriesWithContributedCommits
ContributionsCollection: totalRepositoriesWithContributedIssues user
ContributionsCollection: totalRepositoriesWithContributedPullRequestReviews
ContributionsCollection: totalRepositoriesWithContributedPullRequests
ContributionCalendar: totalContributions weeks
ContributionCalendarWeek: contributionDays firstDay
ContributionCalendarDay: contributionCount date weekday
Contribution: isRestricted occurredAt url
CommitContributionsByRepository: contributions(first after) repository url
CreatedCommitContributionConnection: nodes pageInfo totalCount
CreatedCommitContribution: commitCount isRestricted occurredAt repository url
IssueContributionsByRepository: contributions(first after) repository
CreatedIssueContributionConnection: nodes pageInfo totalCount
CreatedIssueContribution: isRestricted issue occurredAt url
PullRequestContributionsByRepository: contributions(first after) repository
CreatedPullRequestContributionConnection: nodes pageInfo totalCount
CreatedPullRequestContribution: isRestricted occurredAt pullRequest url
PullRequestReviewContributionsByRepository: contributions(first after) repository
CreatedPullRequestReviewContributionConnection: nodes pageInfo totalCount
CreatedPullRequestReviewContribution: isRestricted occurredAt pullRequest pullRequestReview
CreatedPullRequestReviewContribution: repository url
CreatedRepositoryContributionConnection: nodes pageInfo totalCount
CreatedRepositoryContribution: isRestricted occurredAt repository url
PageInfo: endCursor hasNextPage
Issue: author body createdAt id number state stateReason title url
IssueConnection: nodes pageInfo totalCount
PullRequest: createdAt number title url
PullRequestReview: createdAt url
Repository: databaseId defaultBranchRef hasIssuesEnabled id isFork isPrivate
Repository: issues(first after states orderBy) name nameWithOwner
Repository: object(expression oid) owner parent pushedAt ref(qualifiedName)
Repository: refs(after first orderBy refPrefix) url
RefConnection: nodes pageInfo totalCount
Ref: id name prefix target
GitObject: abbreviatedOid id oid
Commit: abbreviatedOid additions author authoredDate changedFilesIfAvailable committedDate committer
Commit: deletions file(path) history(after author first path since until) id message
Commit: messageBody messageHeadline oid parents(first after) signature tree url
GitSignature: isValid wasSignedByGitHub
GpgSignature: isValid wasSignedByGitHub
CommitConnection: nodes pageInfo totalCount
CommitHistoryConnection: nodes pageInfo totalCount
GitActor: date email name user
Tree: abbreviatedOid entries id oid
TreeEntry: mode name object oid path size type
Blob: abbreviatedOid byteSize id isBinary isTruncated oid text
CreateCommitOnBranchPayload: clientMutationId commit ref
CreateIssuePayload: clientMutationId issue
UpdateIssuePayload: clientMutationId issue
CloseIssuePayload: clientMutationId issue
"""

_BUILT_IN = frozenset({"Boolean", "Float", "ID", "Int", "String"})
_FIELD = re.compile(r"(\w+)(?:\(([\w ]+)\))?")


class FieldName(NamedTuple):
    """A field to keep and the arguments it keeps."""

    field: str
    arguments: frozenset[str]


def wanted(fields: str) -> dict[str, tuple[FieldName, ...]]:
    """The list of fields as a mapping from a type's name; a type may stand on several lines."""
    found: dict[str, tuple[FieldName, ...]] = {}
    for line in fields.strip().splitlines():
        owner, _, rest = line.partition(":")
        names = tuple(
            FieldName(name, frozenset(arguments.split()))
            for name, arguments in _FIELD.findall(rest)
        )
        found[owner] = found.get(owner, ()) + names
    return found


def subset(full: str, fields: str = FIELDS) -> str:
    """The part of a schema that a list of fields names.

    Args:
        full: The whole schema in the schema definition language.
        fields: As :data:`FIELDS`.

    Raises:
        KeyError: A type or field of the list isn't in the schema.
        ValueError: A required argument would be dropped.
    """
    definitions = {
        definition.name.value: definition
        for definition in parse(full, no_location=True).definitions
        if isinstance(definition, _TYPES)
    }
    names = wanted(fields)
    kept: dict[str, DefinitionNode] = {
        owner: _composite(definitions[owner], names) for owner in names
    }
    waiting = {name for node in kept.values() for name in _references(node)} - _BUILT_IN - set(kept)
    while waiting:
        name = waiting.pop()
        kept[name] = _leaf(definitions[name])
        waiting |= set(_references(kept[name])) - _BUILT_IN - set(kept)
    return HEADER + "\n\n".join(print_ast(kept[name]) for name in sorted(kept)) + "\n"


_TYPES = (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
)


def _composite(
    node: DefinitionNode, names: Mapping[str, tuple[FieldName, ...]]
) -> ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode:
    if not isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        raise KeyError(f"{print_ast(node)} has no fields")
    originals = {field.name.value: field for field in node.fields or ()}
    own = frozenset(names[node.name.value])
    # An interface stays only where the type still has all of what is left of it.
    complete = {owner for owner, fields in names.items() if own.issuperset(fields)}
    return type(node)(
        name=node.name,
        interfaces=tuple(i for i in node.interfaces or () if i.name.value in complete),
        directives=(),
        fields=tuple(_field(originals[name.field], name) for name in sorted(own, key=_by_name)),
    )


def _by_name(name: FieldName) -> str:
    return name.field


def _field(node: FieldDefinitionNode, name: FieldName) -> FieldDefinitionNode:
    arguments = {argument.name.value: argument for argument in node.arguments or ()}
    dropped = arguments.keys() - name.arguments
    required = [n for n in sorted(dropped) if isinstance(arguments[n].type, NonNullTypeNode)]
    if required or name.arguments - arguments.keys():
        raise ValueError(f"{name.field}: needs {required}, has only {sorted(arguments)}")
    return FieldDefinitionNode(
        name=node.name,
        arguments=tuple(_input(arguments[n]) for n in arguments if n in name.arguments),
        type=node.type,
        directives=(),
    )


def _input(node: InputValueDefinitionNode) -> InputValueDefinitionNode:
    return InputValueDefinitionNode(
        name=node.name, type=node.type, default_value=node.default_value, directives=()
    )


def _leaf(node: DefinitionNode) -> DefinitionNode:
    match node:
        case ScalarTypeDefinitionNode():
            return ScalarTypeDefinitionNode(name=node.name, directives=())
        case InputObjectTypeDefinitionNode():
            fields = tuple(_input(field) for field in node.fields or ())
            return InputObjectTypeDefinitionNode(name=node.name, fields=fields, directives=())
        case EnumTypeDefinitionNode():
            values = tuple(
                EnumValueDefinitionNode(name=value.name, directives=())
                for value in node.values or ()
            )
            return EnumTypeDefinitionNode(name=node.name, values=values, directives=())
        case _:
            raise KeyError(f"{print_ast(node)}\nis used but none of its fields is listed")


def _references(node: DefinitionNode) -> list[str]:
    found: list[str] = []
    match node:
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            for field in node.fields or ():
                found += [_named(a.type) for a in field.arguments or ()] + [_named(field.type)]
        case InputObjectTypeDefinitionNode():
            found += [_named(field.type) for field in node.fields or ()]
        case _:
            pass
    return found


def _named(node: TypeNode) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type  # type: ignore[attr-defined]  # the two wrappers have it
    return node.name.value


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(subset(source.read_text("utf-8")), "utf-8")
