"""Whether an audited log is attested: the numbers, commits and files that it takes to tell."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.attestation.identity import Trust, Whose
from csc_verify.attestation.published import verify_published
from csc_verify.attestation.verifying import Attested, NotAttested
from csc_verify.audit import Kind, Remark
from csc_verify.errors import GitHubError, UsageError
from csc_verify.fetch import PROJECT_URL
from csc_verify.github.queries import document
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from sigstore.models import TrustedRoot

    from csc_verify.audit import Audit
    from csc_verify.github import GitHub

_MOST = 10
_COMMIT = re.compile(r"[0-9a-f]{40}")
_OURS = PROJECT_URL.removeprefix("https://github.com/")


def attested(
    arguments: Namespace,
    github: GitHub,
    repository: str | None,
    read: Callable[[str], bytes | None],
    directory: str,
) -> Attested | NotAttested:
    """Verify a published log's attestations.

    Args:
        arguments: Name signers, numbers and a root of trust, where the usual ones won't do.
        github: Tells the numbers of a repository, and the commits of our releases.
        repository: ``owner/name``; None for a log on this machine.
        read: A file of the repository by its path; None if there is none.
        directory: ``publish.directory``.

    Raises:
        UsageError: The extra isn't installed, or something isn't known that has to be.
        GitHubError: GitHub doesn't answer.
    """
    trust = Trust(_commits(arguments.signer_digest, github), root=_root(arguments.trusted_root))
    return verify_published(read, directory, _whose(arguments, github, repository), trust)


def with_attestation(audit: Audit, told: Attested | NotAttested) -> Audit:
    """The audit with what its attestations say."""
    if isinstance(told, NotAttested):
        reasons = tuple(Remark(Kind.NOT_ATTESTED, str(reason)) for reason in told.reasons[:_MOST])
        return replace(audit, remarks=(*reasons, *audit.remarks))
    text = f"{told.publications} publications, the newest signed on {told.newest:%Y-%m-%d}"
    remarks = [Remark(Kind.ATTESTED, text)]
    if told.begun_from:
        text = "what the log held before its first attested publication is self-published"
        remarks.append(Remark(Kind.BEGUN_LATER, text))
    return replace(audit, is_attested=True, remarks=(*remarks, *audit.remarks))


def _commits(given: list[str], github: GitHub) -> frozenset[str]:
    """The commits of our releases: those that are given, else those that have a tag."""
    wrong = [text for text in given if not _COMMIT.fullmatch(text)]
    if wrong:
        raise UsageError("--signer-digest is not a commit's 40 digits", "Copy the whole of it")
    if given:
        return frozenset(given)
    try:
        found = frozenset(github.tagged_commits(_OURS))
    except GitHubError as error:
        mend = "Name the releases' commits with --signer-digest"
        raise UsageError(f"the releases of {_OURS} are not told: {error.message}", mend) from None
    if not found:
        raise UsageError(f"{_OURS} has no release", "Name its commit with --signer-digest")
    return found


def _whose(arguments: Namespace, github: GitHub, repository: str | None) -> Whose:
    """The numbers, which are never taken from the log that they are to prove."""
    if arguments.repository_id is not None and arguments.owner_id is not None:
        return Whose(arguments.repository_id, arguments.owner_id)
    if repository is None:
        raise UsageError(
            "a log on this machine does not say whose it is",
            "Name --repository-id and --owner-id, or audit owner/name",
        )
    owner, _, name = repository.partition("/")
    data = github.query(document("identity"), {"owner": owner, "name": name}).data
    number = object_at(data, "repository").get("databaseId")
    account = object_at(data, "repository", "owner").get("databaseId")
    if not isinstance(number, int) or not isinstance(account, int):
        raise UsageError(
            f"GitHub does not tell the numbers of {repository}", "See that it is there"
        )
    return Whose(number, account)


def _root(path: str | None) -> TrustedRoot | None:
    if path is None:
        return None
    try:
        from csc_verify.attestation.signatures import root_in
    except ImportError:
        raise UsageError(
            "sigstore is not installed", "Install it with: pip install 'csc-verify[attested]'"
        ) from None
    return root_in(Path(path))
