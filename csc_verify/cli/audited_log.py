"""A published log to audit, and what lies around it: on GitHub, in a folder, or a file alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from csc_verify.audit import History, Kind, Remark, Version
from csc_verify.audit.local import MOST_BYTES, local_versions, read_whole
from csc_verify.audit.versions import versions_on_github
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.contacts.private import read_own_file
from csc_verify.config import Config, read_config
from csc_verify.errors import ConfigError, GitHubError, PublishError, UsageError
from csc_verify.github.queries import document
from csc_verify.publish.git import Git
from csc_verify.publish.github_place import object_at
from csc_verify.publish.github_store import GitHubStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.github import GitHub

_ADDRESS: Final = re.compile(
    r"(?:https://github\.com/)?([A-Za-z0-9][A-Za-z0-9_-]{0,38}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?"
)
_LOG: Final = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a repository.

    Attributes:
        login: Their login today.
        is_person: Whether that is a person; else an organization.
    """

    login: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class PublishedLog:
    """A published log and what lies around it.

    Attributes:
        where: Which log, for a reader.
        text: The log.
        path: Its path from the repository's root.
        config: The student's configuration today; the defaults where there is none.
        read: Reads a file of the repository by its path; None if there is none.
        versions: The versions of any file, as far as they can be seen.
        repository: ``owner/name``, if it is on GitHub.
        owner: Whose repository it is, as far as GitHub tells.
        remarks: What was noticed on the way.
    """

    where: str
    text: str
    path: str
    config: Config
    read: Callable[[str], bytes | None]
    versions: Callable[[str], History]
    repository: str | None = None
    owner: Owner | None = None
    remarks: tuple[Remark, ...] = ()

    def history(self) -> History:
        """The log's versions, the last one the log as it is."""
        seen = self.versions(self.path)
        if seen.versions and seen.versions[-1].text != self.text:
            now = Version("", "", is_bot=True, is_signed=None, text=self.text)
            return History((*seen.versions, now), seen.remarks)
        return seen


def find_log(log: str, env: Mapping[str, str], github: GitHub) -> PublishedLog:
    """Find a published log by what a coach calls it.

    Args:
        log: A folder or file here, a repository as ``owner/name``, or its address.
        env: The environment; git gets a part of it.
        github: GitHub.

    Raises:
        UsageError: There is no such log.
        PublishError: It is there and can't be read.
        GitHubError: GitHub doesn't answer.
    """
    path = Path(log)
    if path.is_file() and path.name == _LOG and (path.parent.parent / ".github").is_dir():
        path = path.parent
    if path.is_dir():
        # The folder that is published into is named as often as the one above it.
        is_published_into = (path / _LOG).is_file() and not (path / DEFAULT_CONFIG).is_file()
        return _in_folder(path.resolve().parent if is_published_into else path, env)
    if path.is_file():
        return _alone(log)
    if (found := _ADDRESS.fullmatch(log)) is not None:
        return _on_github(found[1], github)
    raise UsageError(
        f"{log} is neither a folder or file here nor a repository",
        "Name a repository as owner/name, or a folder with a published log",
    )


def _not_seen(text: str) -> Remark:
    return Remark(Kind.NO_HISTORY, text)


def _alone(log: str) -> PublishedLog:
    text = read_own_file(log, MOST_BYTES).decode("utf-8", "surrogateescape")
    nothing = History((), (_not_seen("a file alone does not show earlier versions of the log"),))
    alone = Remark(Kind.NO_CONFIGURATION, "a file alone does not say where the student's posts are")
    return PublishedLog(
        log, text, _LOG, Config(), lambda _: None, lambda _: nothing, remarks=(alone,)
    )


def _in_folder(folder: Path, env: Mapping[str, str]) -> PublishedLog:
    git = Git(folder, env)

    def read(path: str) -> bytes | None:
        return read_whole(git, path)

    config, remarks = _config(read)
    path = f"{config.publish.directory}/{_LOG}"
    text = _text(read(path), f"{folder}/{path}")

    def versions(path: str) -> History:
        try:
            return local_versions(git, path)
        except PublishError as error:
            return History((), (_not_seen(f"earlier versions could not be seen: {error.message}"),))

    return PublishedLog(str(folder), text, path, config, read, versions, remarks=remarks)


def _on_github(repository: str, github: GitHub) -> PublishedLog:
    snapshot = GitHubStore(github, repository).look()
    config, remarks = _config(snapshot.read)
    if config.publish.branch is not None:
        snapshot = GitHubStore(github, repository, config.publish.branch).look()
    path = f"{config.publish.directory}/{_LOG}"
    text = _text(snapshot.read(path), f"{path} in {repository}")

    def versions(path: str) -> History:
        try:
            return versions_on_github(github, repository, snapshot.head, path)
        except GitHubError as error:
            reason = f"earlier versions could not be seen: {error.message}"
            return History((), (_not_seen(reason),))

    return PublishedLog(
        repository,
        text,
        path,
        config,
        snapshot.read,
        versions,
        repository,
        _owner(repository, github),
        (*remarks, *_rewritten(github, repository, snapshot.branch)),
    )


def _owner(repository: str, github: GitHub) -> Owner | None:
    owner, _, name = repository.partition("/")
    answer = github.query(document("identity"), {"owner": owner, "name": name})
    found = object_at(answer.data, "repository", "owner")
    login = found.get("login")
    if not isinstance(login, str):
        return None
    return Owner(login, is_person=found.get("__typename") == "User")


def _rewritten(github: GitHub, repository: str, branch: str) -> tuple[Remark, ...]:
    """What GitHub tells of how a branch lost commits, and with them versions of the log."""
    told: list[Remark] = []
    for activity, words in (
        ("force_push", "was pushed to by force"),
        ("branch_deletion", "was deleted and made anew"),
    ):
        try:
            times = github.activity(repository, branch, activity)
        except GitHubError as error:
            text = f"whether {branch} {words} is not told: {error.message}"
            return (*told, _not_seen(text))
        if times:
            often = "once" if len(times) == 1 else f"{len(times)} times"
            text = f"{branch} {words} {often}, last on {times[0][:10]}"
            told.append(Remark(Kind.FORCE_PUSHED, text))
    return tuple(told)


def _config(read: Callable[[str], bytes | None]) -> tuple[Config, tuple[Remark, ...]]:
    """The student's configuration today; none, or a broken one, says where nothing is."""
    content = read(DEFAULT_CONFIG)
    if content is None:
        return Config(), (Remark(Kind.NO_CONFIGURATION, f"there is no {DEFAULT_CONFIG}"),)
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
