"""The versions of a log in a git repository on this machine, which may be a stranger's.

Nothing that the repository configures is run: no program for signatures, differences or lazy
downloads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import Version
from csc_verify.errors import PublishError
from csc_verify.publish.git_store import BOT_EMAIL

if TYPE_CHECKING:
    from csc_verify.publish.git import Git

MOST_VERSIONS: Final = 500
_FIELDS: Final = "%H%x00%an%x00%ae"
_NO_NETWORK: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}


def local_versions(git: Git, path: str) -> tuple[Version, ...]:
    """The versions of a file, oldest first; empty where there is no history.

    Args:
        git: Git, in the repository's root.
        path: The file's, from there.

    Raises:
        PublishError: Git is not installed, or took too long.
    """
    listed = git.ask(
        *("log", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color"),
        *(f"--max-count={MOST_VERSIONS}", f"--format={_FIELDS}", "-z", "HEAD", "--", path),
        more_env=_NO_NETWORK,
    )
    if listed.code:
        return ()
    fields = listed.output.decode("utf-8", "replace").strip("\0").split("\0")
    rows = [fields[at : at + 3] for at in range(0, len(fields) - 2, 3)]
    return tuple(_version(git, path, row) for row in reversed(rows))


def _version(git: Git, path: str, row: list[str]) -> Version:
    commit, name, email = row
    found = git.ask("cat-file", "blob", f"{commit}:{path}", more_env=_NO_NETWORK)
    text = found.output.decode("utf-8", "replace") if not found.code else ""
    return Version(
        commit=commit,
        author=f"{name} <{email}>",
        is_bot=email == BOT_EMAIL,
        # To check a signature, git would run whatever program the repository names.
        is_signed=None,
        text=text,
    )


def read_at_most(git: Git, path: str, most: int) -> bytes | None:
    """A file of the work tree, if it lies in it; None if it doesn't or isn't there.

    Raises:
        PublishError: It is there and can't be read.
    """
    root = git.folder.resolve()
    file = (git.folder / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return None
    try:
        with file.open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        raise PublishError(
            f"{path} can't be read: {error.strerror}", "see its permissions"
        ) from None
