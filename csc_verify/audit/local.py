"""The versions of a log in a git repository on this machine, which may be a stranger's.

Nothing that the repository configures is run: no program for signatures, differences or lazy
downloads. How large a version is, is asked before it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import History, Kind, Remark, Version
from csc_verify.errors import PublishError
from csc_verify.publish.git_store import BOT_EMAIL

if TYPE_CHECKING:
    from csc_verify.publish.git import Git

MOST_VERSIONS: Final = 1000
MOST_BYTES: Final = 20 * 1024 * 1024
"""Of one version, and of a file in the work tree."""
_FIELDS: Final = "%H%x00%an%x00%ae"
_NO_NETWORK: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}


def local_versions(git: Git, path: str) -> History:
    """The versions of a file, oldest first; none where there is no history.

    Args:
        git: Git, in the repository's root.
        path: The file's, from there.

    Raises:
        PublishError: Git is not installed, or took too long.
    """
    listed = git.ask(
        *("log", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color"),
        # Without the whole history, of a merge only the side is told whose content was taken over.
        *("--full-history", "--topo-order", f"--max-count={MOST_VERSIONS}"),
        *(f"--format={_FIELDS}", "-z", "HEAD", "--", path),
        more_env=_NO_NETWORK,
    )
    if listed.code or not listed.output:
        return History((), (_not_seen("earlier versions of the log were not looked at"),))
    fields = listed.output.decode("utf-8", "replace").strip("\0").split("\0")
    rows = [fields[at : at + 3] for at in range(0, len(fields) - 2, 3)]
    remarks = []
    if len(rows) >= MOST_VERSIONS:
        remarks.append(_not_seen(f"only the log's newest {MOST_VERSIONS} versions were looked at"))
    if (shallow := _boundary(git)) is not None:
        # The oldest commit that is there seems to have made everything.
        rows = [row for row in rows if row[0] not in shallow]
        text = "this clone is shallow, so earlier versions are not there; git fetch --unshallow"
        remarks.append(_not_seen(f"{text} brings them"))
    versions = tuple(_version(git, path, row) for row in reversed(rows))
    unread = sum(version.text is None for version in versions)
    if unread:
        remarks.append(_not_seen(f"{unread} earlier versions of the log could not be read"))
    return History(versions, tuple(remarks))


def _not_seen(text: str) -> Remark:
    return Remark(Kind.NO_HISTORY, text)


def _boundary(git: Git) -> frozenset[str] | None:
    """The commits at which a shallow clone ends; None for a whole one."""
    shallow = git.ask("rev-parse", "--is-shallow-repository", more_env=_NO_NETWORK)
    if shallow.line != "true":
        return None
    roots = git.ask("rev-list", "--max-parents=0", "HEAD", more_env=_NO_NETWORK)
    return frozenset(roots.output.decode("ascii", "replace").split())


def _version(git: Git, path: str, row: list[str]) -> Version:
    commit, name, email = row
    return Version(
        commit=commit,
        author=f"{name} <{email}>",
        is_bot=email == BOT_EMAIL,
        # To check a signature, git would run whatever program the repository names.
        is_signed=None,
        text=_text(git, f"{commit}:{path}"),
    )


def _text(git: Git, name: str) -> str | None:
    """A file at a commit, empty where it was deleted; None if it can't be read or is too large."""
    size = git.ask("cat-file", "-s", name, more_env=_NO_NETWORK)
    if size.code:
        gone = git.ask("ls-tree", *name.split(":", 1), more_env=_NO_NETWORK)
        return "" if not gone.code and not gone.output else None
    if not size.line.isdecimal() or int(size.line) > MOST_BYTES:
        return None
    found = git.ask("cat-file", "blob", name, more_env=_NO_NETWORK)
    return None if found.code else found.output.decode("utf-8", "surrogateescape")


def read_whole(git: Git, path: str) -> bytes | None:
    """A file of the work tree, if it lies in it; None if it doesn't or isn't there.

    Raises:
        PublishError: It is there and can't be read, or is too large.
    """
    root = git.folder.resolve()
    file = (git.folder / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return None
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise PublishError(
            f"{path} can't be read: {error.strerror}", "see its permissions"
        ) from None
    if len(content) > MOST_BYTES:
        raise PublishError(f"{path} is larger than any log", "see what it holds")
    return content
