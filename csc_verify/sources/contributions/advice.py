"""Advice about a week's commits: how meaningful they look. Never a part of the verdict. Pure.

A program can tell that a commit changes nothing; it can't tell what a commit is worth. So each note
says how many commits it is about and of how many looked at, and the coach judges.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from csc_verify.sources.contributions.changes import Change, Edit

LONG_SUBJECT: Final = 72
"""Characters of a subject that git's own tools and GitHub show on one line."""

FAR_APART: Final = timedelta(days=2)
"""Author's and committer's date; a weekend's rebase stays below."""

_README = re.compile(r"(?:.*/)?readme(?:\.\w+)?", re.IGNORECASE)
_PREFIX = re.compile(r"\A[a-z]+(?:\([^)]*\))?!?: +", re.IGNORECASE)
_LITTLE = re.compile(
    r"(?:more |minor |small |some |final |last )*"
    r"(?:wip|updates?|updated|fix(?:es|ed)?|changes?|changed|edits?|edited|stuff|misc|commit|test"
    r"|testing|work|progress|cleanup|done|asdf+|save|push|final|temp|tmp|[\W\d_]*)"
    r"(?: (?:it|this|files?|code|stuff|things?|bugs?|again|[\w.-]+\.\w{1,5}))?[.! ]*"
    r"|add files via upload",
    re.IGNORECASE,
)
_NOT_IMPERATIVE = re.compile(r"[a-z]{2,}(?:ed|ing)", re.IGNORECASE)
_IMPERATIVE = frozenset(
    {"bring", "embed", "exceed", "feed", "need", "ping", "proceed", "seed", "shed", "shred"}
    | {"speed", "spring", "string", "succeed", "weed", "wing"}
)
_LONGEST = 300
_GITS_OWN = ("Merge ", "Revert ", "Initial commit")


def notes_on(changes: Sequence[Change]) -> tuple[str, ...]:
    """What may be said about some commits, a sentence each; empty if they look well.

    Args:
        changes: The commits that were looked at.
    """
    total = len(changes)
    own = [change for change in changes if not change.is_merge]
    return (*_on_content(own, total), *_on_dates(own, total), *_on_messages(own, total))


def _on_content(changes: Sequence[Change], total: int) -> Iterator[str]:
    empty = [change for change in changes if not change.edits]
    readme = [change for change in changes if _only_readme(change)]
    blank = [change for change in changes if change not in readme and _only_blank(change)]
    if empty:
        yield f"{_of(empty, total)} {_verb(empty, 'change')} nothing"
    if readme:
        paths = {edit.path for change in readme for edit in change.edits}
        what = plain(paths.pop(), 60) if len(paths) == 1 else "a README"
        yield f"{_of(readme, total)} {_verb(readme, 'change')} only {what}"
    if blank:
        yield f"{_of(blank, total)} {_verb(blank, 'change')} only white space"
    again = _again([change for change in changes if change.edits])
    if again:
        yield f"{_of(again, total)} {_verb(again, 'make')} a change that another one made already"


def _only_readme(change: Change) -> bool:
    return bool(change.edits) and all(_README.fullmatch(edit.path) for edit in change.edits)


def _only_blank(change: Change) -> bool:
    return bool(change.edits) and all(_is_blank(edit, change) for edit in change.edits)


def _is_blank(edit: Edit, change: Change) -> bool:
    if edit.before is None or edit.after is None:
        return False
    before, after = (change.texts.get(side.oid) for side in (edit.before, edit.after))
    return before is not None and after is not None and before.split() == after.split()


def _again(changes: Sequence[Change]) -> list[Change]:
    """Those whose edits, from the same content to the same content, stand in an earlier one."""
    seen: set[frozenset[Edit]] = set()
    found = []
    for change in sorted(changes, key=lambda change: change.authored):
        key = frozenset(change.edits)
        if key in seen:
            found.append(change)
        seen.add(key)
    return found


def _on_dates(changes: Sequence[Change], total: int) -> Iterator[str]:
    far = [c for c in changes if abs(c.committed - c.authored) > FAR_APART]
    if far:
        carries = "carries" if len(far) == 1 else "carry"
        yield (
            f"{_of(far, total)} {carries} an author's date more than {FAR_APART.days} days away "
            "from when it was recorded"
        )


def _on_messages(changes: Sequence[Change], total: int) -> Iterator[str]:
    rules: tuple[tuple[Callable[[str], bool], str], ...] = (
        (_says_little, "says little; say what the commit does"),
        (_is_long, f"is longer than {LONG_SUBJECT} characters; shorten its first line"),
        (_is_not_imperative, "is not in the imperative; write as in 'Add a search'"),
        (_ends_with_stop, "ends with a full stop; leave it out"),
        (_lacks_empty_line, "has no empty line after its first one"),
    )
    messages = [c.message for c in changes if not c.message.startswith(_GITS_OWN)]
    for breaks, what in rules:
        found = [message for message in messages if breaks(message)]
        if found:
            count = f"{len(found)} of {total} commit messages"
            yield f"{count}, '{plain(_subject(found[0]), 50)}' for one, {what}"


def _subject(message: str) -> str:
    return message[:_LONGEST].partition("\n")[0].strip()


def _core(message: str) -> str:
    return _PREFIX.sub("", _subject(message), count=1)


def _says_little(message: str) -> bool:
    return _LITTLE.fullmatch(_core(message)) is not None


def _is_long(message: str) -> bool:
    return len(_subject(message)) > LONG_SUBJECT


def _is_not_imperative(message: str) -> bool:
    first = _core(message).partition(" ")[0]
    return (
        not _says_little(message)
        and _NOT_IMPERATIVE.fullmatch(first) is not None
        and first.lower() not in _IMPERATIVE
    )


def _ends_with_stop(message: str) -> bool:
    subject = _subject(message)
    return subject.endswith(".") and not subject.endswith("..") and not _says_little(message)


def _lacks_empty_line(message: str) -> bool:
    lines = message.split("\n")
    return len(lines) > 1 and bool(lines[1].strip())


def _of(changes: Sequence[Change], total: int) -> str:
    return f"{len(changes)} of {total} commits"


def _verb(changes: Sequence[Change], verb: str) -> str:
    return f"{verb}s" if len(changes) == 1 else verb
