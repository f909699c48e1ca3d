"""Whether an audited log is attested: the numbers, commits and files that it takes to tell."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.attestation import chain
from csc_verify.attestation.identity import Trust, Whose
from csc_verify.attestation.published import verify_published
from csc_verify.attestation.verifying import NotAttested
from csc_verify.audit import Kind, Provenance, Remark
from csc_verify.audit.local import MOST_BYTES
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.errors import GitHubError, UsageError
from csc_verify.fetch import PROJECT_URL
from csc_verify.github.queries import document
from csc_verify.publish.github_place import object_at

if TYPE_CHECKING:
    from argparse import Namespace

    from sigstore.models import TrustedRoot

    from csc_verify.attestation.verifying import Attested
    from csc_verify.audit import Audit, History
    from csc_verify.cli.audited_log import PublishedLog
    from csc_verify.github import GitHub

_MOST = 10
_COMMIT = re.compile(r"[0-9a-f]{40}")
_OURS = PROJECT_URL.removeprefix("https://github.com/")


def with_attestation(
    audit: Audit, arguments: Namespace, github: GitHub, found: PublishedLog
) -> Audit:
    """The audit with what the log's attestations say.

    Args:
        audit: What was found without them.
        arguments: Name signers, numbers and a root of trust, where the usual ones won't do.
        github: Tells the numbers of a repository, and the commits of our releases.
        found: The log.

    Raises:
        UsageError: The extra isn't installed, or something isn't known that has to be.
    """
    directory = found.config.publish.directory
    path = f"{directory}/{chain.NAME}"
    if found.read(path) is None:
        return _told(audit, Remark(Kind.NOT_ATTESTED, f"there is no {path}"))
    try:
        trust = Trust(_commits(arguments.signer_digest, github), root=_root(arguments.trusted_root))
        whose = _whose(arguments, github, found.repository)
    except GitHubError as error:
        # What was verified without it is still worth reading.
        text = f"the attestations were not verified: {error.message}"
        return _told(audit, Remark(Kind.UNPROVEN, text))
    told = verify_published(found.read, directory, whose, trust)
    if isinstance(told, NotAttested):
        return _told(
            audit, *(Remark(Kind.NOT_ATTESTED, str(reason)) for reason in told.reasons[:_MOST])
        )
    newest = (found.read(path) or b"").decode("utf-8", "replace")
    cut = (*_since_kept(arguments.seen_before, newest), *_cut_back(found.versions(path), newest))
    return _attested(audit, told, cut)


def _told(audit: Audit, *remarks: Remark) -> Audit:
    return replace(audit, remarks=(*remarks, *audit.remarks))


def _attested(audit: Audit, told: Attested, cut: tuple[Remark, ...]) -> Audit:
    number = "1 publication" if told.publications == 1 else f"{told.publications} publications"
    text = f"{number}, the first signed on {told.first:%Y-%m-%d}, the newest on {told.newest:%F}"
    remarks = [Remark(Kind.ATTESTED, text), *cut]
    provenance = Provenance.ATTESTED
    if told.begun_from:
        text = f"what the log held before {told.first:%Y-%m-%d} is self-published"
        remarks.append(Remark(Kind.BEGUN_LATER, text))
        provenance = Provenance.ATTESTED_IN_PART
    return replace(_told(audit, *remarks), provenance=provenance)


def _since_kept(file: str | None, newest: str) -> tuple[Remark, ...]:
    """Whether the chain goes on from a copy of it that somebody kept."""
    if file is None:
        return ()
    kept = read_own_file(file, MOST_BYTES).decode("utf-8", "replace")
    found = chain.missing_since(kept, newest)
    return tuple(Remark(Kind.CHAIN_CUT, f"{file}: {finding}") for finding in found)


def _cut_back(history: History, newest: str) -> tuple[Remark, ...]:
    """Whether a chain once had lines that it lacks: it only ever grows."""
    for version in history.versions:
        if version.text and chain.missing_since(version.text, newest):
            text = f"the chain of publications was another one in commit {version.commit[:10]}"
            return (*history.remarks, Remark(Kind.CHAIN_CUT, text))
    return history.remarks


def _commits(given: list[str], github: GitHub) -> frozenset[str]:
    """The commits of our releases: those that are given, else those that have a tag."""
    wrong = [text for text in given if not _COMMIT.fullmatch(text)]
    if wrong:
        raise UsageError("--signer-digest is not a commit's 40 digits", "Copy the whole of it")
    if given:
        return frozenset(given)
    found = frozenset(github.tagged_commits(_OURS))
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
