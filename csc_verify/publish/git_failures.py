"""What git's refusals mean, and what to do about each.

Git and GitHub tell their reasons in text only. The rows are tried from the top, since a refusal
often carries the words of a more general one as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from csc_verify.errors import PublishError
from csc_verify.publish.git import LOCAL_SECONDS, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.publish.git import Answer, Git


class _Meaning(NamedTuple):
    pattern: re.Pattern[str]
    what: str
    hint: str


def _row(pattern: str, what: str, hint: str) -> _Meaning:
    return _Meaning(re.compile(pattern, re.IGNORECASE), what, hint)


_MEANINGS = (
    _row(
        r"dubious ownership|safe\.directory",
        "git does not trust this folder, since another user owns it",
        "run git config --global --add safe.directory with the folder's full path",
    ),
    _row(
        r"index\.lock|\.lock': File exists|Another git process",
        "another git command holds the repository's lock",
        "wait for it, or remove the .lock file in .git if none is running, and run again",
    ),
    _row(
        r"GH006|protected branch",
        "the branch is protected",
        "let GitHub Actions bypass the protection, or set publish.branch to another branch",
    ),
    _row(
        r"GH013|rule violations",
        "a ruleset of the repository forbids it",
        "publish with --publish api, whose commits are signed, or let the ruleset except it",
    ),
    _row(
        r"without [`']?workflows?[`']? (permission|scope)",
        "an unpushed commit changes a workflow file, which this token may not push",
        "push that commit yourself, and run again",
    ),
    _row(
        r"non-fast-forward|fetch first|\[rejected\]|is at \w+ but expected",
        "the remote has commits that this checkout lacks",
        "run git pull --rebase and git push",
    ),
    _row(
        r"shallow update not allowed",
        "this checkout is too shallow to be pushed",
        "set fetch-depth: 0 at actions/checkout, or run git fetch --unshallow",
    ),
    _row(
        r"hook declined|\[remote rejected\]",
        "the remote refused it",
        "see what it asks for, meet that, and run git push",
    ),
    _row(
        r"Permission to \S+ denied|returned error: 403|Write access .*not granted|read.only",
        "this account or token may not write to the remote",
        "give the job permissions: contents: write, or use an account that may push",
    ),
    _row(
        r"could not read (Username|Password)|Authentication failed|returned error: 401"
        r"|Permission denied \(|Host key verification failed|terminal prompts disabled",
        "the remote did not accept who asked",
        "set up git's credentials for it (in a workflow: actions/checkout with its default"
        " persist-credentials), or publish with --publish api",
    ),
    _row(
        r"Could not resolve|Couldn't connect|Failed to connect|Connection (refused|reset|timed out)"
        r"|timed out|Network is unreachable|returned error: 5\d\d",
        "the remote could not be reached",
        "see that the network is there, and run again",
    ),
    _row(
        r"does not appear to be a git repository|Repository not found|No such remote"
        r"|repository '.*' (not found|does not exist)|returned error: 404",
        "there is no such remote repository",
        "see git remote -v for the remotes of this repository",
    ),
    _row(
        r"No space left|Disk quota exceeded|unable to write",
        "the disk did not take it",
        "free some space and run again",
    ),
    _row(
        r"Permission denied|Read-only file system|insufficient permission",
        "this user may not write to the repository's .git folder",
        "let this user write there, or publish another way",
    ),
)
_OTHER_HINT = "mend what git names, and run again"
_NOISE = re.compile(
    r"^(remote:\s*$|hint:|To |Please make sure|and the repository|error: failed to push)"
)
_TELLING = re.compile(r"^(remote:\s*)?(fatal|error|! \[|!\t|GH\d{3})", re.IGNORECASE)


def demand(
    git: Git,
    doing: str,
    *arguments: str,
    stdin: bytes = b"",
    more_env: Mapping[str, str] | None = None,
    seconds: float = LOCAL_SECONDS,
) -> Answer:
    """Run a command that has to succeed.

    Args:
        git: Where.
        doing: What git is to do: ``git could not …``.
        arguments: As for :meth:`Git.ask`, and so are the others.
        stdin: What the command reads.
        more_env: Variables for this command.
        seconds: How long it may take.

    Raises:
        PublishError: It failed; see :func:`failure`.
    """
    answer = git.ask(*arguments, stdin=stdin, more_env=more_env, seconds=seconds)
    if answer.code != 0:
        raise failure(doing, answer)
    return answer


def failure(doing: str, answer: Answer) -> PublishError:
    """What went wrong, as an error to raise.

    Args:
        doing: What git was to do: ``git could not …``.
        answer: An answer whose exit code isn't 0.

    Returns:
        The sentence with git's own words, credentials left out, and a hint.
    """
    text = f"{answer.errors}\n{answer.output.decode('utf-8', 'replace')}"
    quoted = f" (git says: {words})" if (words := _own_words(text)) else ""
    for pattern, what, hint in _MEANINGS:
        if pattern.search(text):
            return PublishError(f"git could not {doing}: {what}{quoted}", hint)
    return PublishError(f"git could not {doing}, exit code {answer.code}{quoted}", _OTHER_HINT)


def _own_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not _NOISE.match(line)]
    telling = [line for line in lines if _TELLING.match(line)] or lines
    return redacted(" / ".join(telling[:3])).rstrip(".")
