"""Attested mode's two steps: a run that only stages, and the publication of what was staged.

Between them GitHub attests the staged log (``.github/workflows/verify.yml``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.attestation import staged_files
from csc_verify.attestation.staging import Refused, complete, stage
from csc_verify.attestation.statement import MOST_BYTES
from csc_verify.cli import wiring
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.config import read_settings
from csc_verify.errors import HeadMoved, PublishError, UsageError
from csc_verify.publish.github_store import GitHubStore
from csc_verify.run import Delivery, commit_message

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.publish.store import Store
    from csc_verify.run import Run

_TRIES = 5


def staged(run: Run, store: Store, folder: Path) -> tuple[Delivery, str]:
    """Prepare, and keep what would be committed in a folder.

    Returns:
        What was found, and what has to be done: ``attest``, ``plain`` if the log doesn't change, or
        nothing.

    Raises:
        PublishError: The files can't be read or kept, or the log isn't the one last published.
    """
    snapshot = store.snapshot()
    prepared = run.prepare(snapshot)
    if not prepared.changes:
        return Delivery(prepared), ""
    message = commit_message(prepared)
    made = stage(prepared.changes, message, run.place.directory, snapshot.read, run.now)
    if isinstance(made, Refused):
        raise PublishError(made.reason, made.mend)
    staged_files.write(made, folder)
    kept = Delivery(prepared, kept_in=str(folder))
    return kept, "attest" if made.bundle else "plain"


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Commit what was staged, with its bundle.

    Raises:
        UsageError: Nothing is staged, or nobody says where to publish it.
        PublishError: It could not be published.
    """
    settings = read_settings(env)
    wiring.refuse_test_switches(settings)
    made = staged_files.read(Path(arguments.folder))
    bundle = None if arguments.bundle is None else read_own_file(arguments.bundle, MOST_BYTES)
    if settings.repository is None:
        raise UsageError(
            "nothing says which repository to commit to", "Set GITHUB_REPOSITORY to owner/name"
        )
    with wiring.open_sources(settings, terminal) as sources:
        first = GitHubStore(sources.github, settings.repository).snapshot()
        config = wiring.config_in_snapshot(first, arguments.config, settings.repository)
        store = GitHubStore(sources.github, settings.repository, branch=config.publish.branch)
        for _ in range(_TRIES):
            snapshot = store.snapshot()
            changes = complete(made, bundle, snapshot.read)
            if isinstance(changes, Refused):
                raise PublishError(changes.reason, changes.mend)
            try:
                done = snapshot.commit(changes, made.message)
            except HeadMoved as moved:
                failure: PublishError = moved
                continue
            terminal.say(f"Written to {done.where} as {done.commit}")
            return 0
    raise failure
