"""What a run hands to GitHub to be attested, and what it commits when that was done.

::

    run   ──> stage ──> Staged, kept in the runner's temporary folder between the job's steps
    GitHub attests the staged log and the staged chain, in one statement
    run   ──> complete, with the bundle ──> one commit: what changed, the bundle, the chain

The second step meets a branch that may have moved. It needs no lock: what was staged holds as long
as every file that it was made from is as it was. Pure; files are read through a function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from csc_verify.attestation import chain as chains
from csc_verify.attestation.statement import MOST_BYTES, statement_in
from csc_verify.attestation.verifying import LOG_NAME
from csc_verify.model import FileChange

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Read: TypeAlias = Callable[[str], bytes | None]

_RESTORE: Final = (
    "restore both files from the commit of the last attested run; what changed them since is no "
    "part of an attested log"
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A publication that is not yet attested.

    Attributes:
        changes: The files as they shall be, the chain among them if the log changes.
        before: What each of them was when this was made: path, and digest or empty.
        message: The commit's message.
        log: The log's path; empty if nothing needs to be attested.
        chain: The chain's path.
        bundle: Where the bundle shall go; empty if nothing needs to be attested.
    """

    changes: tuple[FileChange, ...]
    before: tuple[tuple[str, str], ...]
    message: str
    log: str
    chain: str
    bundle: str

    def content(self, path: str) -> bytes:
        """One of the files, as it shall be."""
        return next(change.content for change in self.changes if change.path == path)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing may be published.

    Attributes:
        reason: What speaks against it, without a full stop.
        mend: What to do, likewise.
    """

    reason: str
    mend: str


def stage(
    changes: tuple[FileChange, ...], message: str, directory: str, read: Read, now: datetime
) -> Staged | Refused:
    """Add a line for a publication to the chain.

    Args:
        changes: What a run would commit.
        message: The commit's message.
        directory: ``publish.directory``.
        read: The branch as the run found it: a path to its content, or None.
        now: The clock, an instant.
    """
    log_path, chain_path = f"{directory}/{LOG_NAME}", f"{directory}/{chains.NAME}"
    found, chain = read(log_path), (read(chain_path) or b"").decode("utf-8", "replace")
    # Even where this log doesn't change, the branch must not go on from one that was edited.
    if chain and (findings := chains.check(chain, found or b"").findings):
        return Refused(f"{chain_path} and {log_path} don't fit: {findings[0]}", _RESTORE)
    log = next((change.content for change in changes if change.path == log_path), None)
    if log is None:
        return Staged(changes, _before(changes, read), message, "", chain_path, "")
    longer = chains.append(chain, log, found, now)
    bundle = f"{directory}/{chains.read(longer).publications[-1].bundle}"
    every = (*changes, FileChange(chain_path, longer.encode()))
    return Staged(every, _before(every, read), message, log_path, chain_path, bundle)


def complete(staged: Staged, bundle: bytes | None, read: Read) -> tuple[FileChange, ...] | Refused:
    """What to commit, with the bundle.

    Args:
        staged: What was staged.
        bundle: What GitHub made of it; None if nothing needed to be attested.
        read: The branch as it is now.
    """
    moved = [path for path, digest in staged.before if _digest(read(path)) != digest]
    if moved:
        return Refused(
            f"{moved[0]} was changed by somebody else while this ran, so what was attested no "
            "longer follows from it",
            "run the workflow again",
        )
    if not staged.bundle:
        return staged.changes
    if bundle is None or len(bundle) > MOST_BYTES:
        return Refused("GitHub's attestation is missing, or too large", "run the workflow again")
    statement = statement_in(bundle)
    wanted = {
        (name, chains.digest_of(staged.content(path)))
        for name, path in ((LOG_NAME, staged.log), (chains.NAME, staged.chain))
    }
    if statement is None or not wanted <= statement.subjects:
        return Refused("GitHub's attestation is about other files", "run the workflow again")
    return (*staged.changes, FileChange(staged.bundle, bundle))


def _before(changes: tuple[FileChange, ...], read: Read) -> tuple[tuple[str, str], ...]:
    return tuple((change.path, _digest(read(change.path))) for change in changes)


def _digest(content: bytes | None) -> str:
    return "" if content is None else chains.digest_of(content)
