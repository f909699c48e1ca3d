"""``csc-verify audit``: a coach's command, a published log verified again from public sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.audit import Auditor, Kind, Outcome, Remark, audited
from csc_verify.audit.document import to_document
from csc_verify.audit.local import local_versions, read_at_most
from csc_verify.audit.on_github import versions_on_github
from csc_verify.audit.page import to_text
from csc_verify.cli import wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.attested import attested, with_attestation
from csc_verify.cli.contacts.logs import MOST_BYTES
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.config import Config, read_config, read_settings
from csc_verify.errors import ConfigError, GitHubError, UsageError
from csc_verify.ledger import read_ledger
from csc_verify.publish.git import Git
from csc_verify.publish.github_store import GitHubStore
from csc_verify.sources.contacts.table import MAX_BYTES
from csc_verify.sources.design import Activities

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from csc_verify.audit import Version
    from csc_verify.cli.terminal import Terminal
    from csc_verify.verify import Sources

_EXIT_CODES = {Outcome.CONFIRMED: 0, Outcome.CONTRADICTED: 1, Outcome.NOT_RECHECKABLE: 3}
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}/[A-Za-z0-9._-]{1,100}")
_LOG = "log.jsonl"


@dataclass(frozen=True, slots=True)
class _Found:
    """A published log and what lies around it.

    Attributes:
        where: Which log, for a reader.
        text: The log.
        config: The student's configuration today; the defaults where there is none.
        read: Reads a file of the repository by its path; None if there is none.
        repository: ``owner/name``, if it is on GitHub.
        versions: The log's versions, oldest first.
        remarks: What was noticed on the way.
    """

    where: str
    text: str
    config: Config
    read: Callable[[str], bytes | None]
    repository: str | None = None
    versions: tuple[Version, ...] = ()
    remarks: tuple[Remark, ...] = ()


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Verify a log again and print what came of it.

    Raises:
        UsageError: There is no such log.
        PublishError: It is there and can't be read.
    """
    settings = read_settings(env)
    with wiring.open_sources(settings, terminal) as sources:
        found = _found(arguments.log, env, sources)
        now = wiring.clock(settings)
        auditor = Auditor(read_ledger(found.text), found.config, _public(sources, found), now)
        audit = audited(auditor, found.where, found.versions, found.remarks)
        if arguments.attested:
            directory = found.config.publish.directory
            told = attested(arguments, sources.github, found.repository, found.read, directory)
            audit = with_attestation(audit, told)
    if arguments.format == "json":
        terminal.document(to_document(audit))
    else:
        terminal.page(to_text(audit))
    return _EXIT_CODES[audit.outcome]


def _public(sources: Sources, found: _Found) -> Sources:
    """The sources with what the student's repository shows to everybody.

    A stranger's configuration never reads this machine's variables or files.
    """
    place = found.config.design.activities
    content = None if place is None or place.startswith("env:") else found.read(place)
    activities = (
        None if content is None else Activities(content, is_secret=False, look_up=lambda _: None)
    )
    return replace(sources, activities=activities, tracker=None, key=None)


def _found(log: str, env: Mapping[str, str], sources: Sources) -> _Found:
    path = Path(log)
    if path.is_dir():
        return _in_folder(path, env)
    if path.is_file():
        text = read_own_file(log, MOST_BYTES).decode("utf-8", "surrogateescape")
        return _Found(log, text, Config(), lambda _: None, remarks=(_no_history(),))
    if _REPOSITORY.fullmatch(log):
        return _on_github(log, sources)
    raise UsageError(
        f"{log} is neither a folder or file here nor a repository",
        "Name a repository as owner/name, or a folder with a published log",
    )


def _no_history() -> Remark:
    return Remark(Kind.NO_HISTORY, "earlier versions of the log were not looked at")


def _in_folder(folder: Path, env: Mapping[str, str]) -> _Found:
    git = Git(folder, env)

    def read(path: str) -> bytes | None:
        return read_at_most(git, path, MAX_BYTES)

    config, remarks = _config(read)
    path = f"{config.publish.directory}/{_LOG}"
    text = _text(read(path), f"{folder}/{path}")
    versions = local_versions(git, path)
    return _Found(
        str(folder), text, config, read, versions=versions, remarks=(*remarks, *_unless(versions))
    )


def _unless(versions: tuple[Version, ...]) -> tuple[Remark, ...]:
    return () if versions else (_no_history(),)


def _on_github(repository: str, sources: Sources) -> _Found:
    snapshot = GitHubStore(sources.github, repository).look()
    config, remarks = _config(snapshot.read)
    if config.publish.branch is not None:
        snapshot = GitHubStore(sources.github, repository, config.publish.branch).look()
    path = f"{config.publish.directory}/{_LOG}"
    text = _text(snapshot.read(path), f"{path} in {repository}")
    versions: tuple[Version, ...] = ()
    try:
        versions = versions_on_github(sources.github, repository, config.publish.branch, path)
    except GitHubError as error:
        reason = f"the log's earlier versions could not be seen: {error.message}"
        remarks = (*remarks, Remark(Kind.NO_HISTORY, reason))
    remarks = (*remarks, *_forced(sources, repository, snapshot.branch))
    return _Found(
        repository, text, config, snapshot.read, repository, versions=versions, remarks=remarks
    )


def _forced(sources: Sources, repository: str, branch: str) -> tuple[Remark, ...]:
    """What GitHub tells of pushes by force, which take versions of the log away."""
    try:
        times = sources.github.force_pushes(repository, branch)
    except GitHubError as error:
        text = f"whether {branch} was pushed to by force is not told: {error.message}"
        return (Remark(Kind.NO_HISTORY, text),)
    if not times:
        return ()
    text = f"{branch} was pushed to by force {len(times)} times, last on {times[0][:10]}"
    return (Remark(Kind.FORCE_PUSHED, text),)


def _config(read: Callable[[str], bytes | None]) -> tuple[Config, tuple[Remark, ...]]:
    """The student's configuration today; a broken one says where nothing is."""
    content = read(DEFAULT_CONFIG)
    if content is None:
        return Config(), ()
    try:
        return read_config(content, DEFAULT_CONFIG), ()
    except ConfigError as error:
        text = f"{DEFAULT_CONFIG} can't be used: {error.problems[0]}"
        return Config(), (Remark(Kind.NO_CONFIGURATION, text),)


def _text(content: bytes | None, where: str) -> str:
    if content is None:
        raise UsageError(
            f"there is no {where}", "Name a repository or a folder with a published log"
        )
    return content.decode("utf-8", "surrogateescape")
