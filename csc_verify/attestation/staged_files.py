"""A staged publication in a folder, kept between two steps of one job.

Beside the whole of it lie the two files to attest, under the names that the statement shall have.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from csc_verify.attestation.chain import NAME as CHAIN_NAME
from csc_verify.attestation.staging import Staged
from csc_verify.attestation.verifying import LOG_NAME
from csc_verify.errors import PublishError, UsageError
from csc_verify.model import FileChange

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "staged.json"
"""The name of the file that holds all of it."""
SCHEMA: Final = 1
_AGAIN: Final = "Run csc-verify run --stage DIR before it, in the same job"


def write(staged: Staged, folder: Path) -> None:
    """Keep a publication in a folder, which is made if it isn't there.

    Raises:
        PublishError: It can't be written.
    """
    files = {NAME: to_text(staged).encode()}
    if staged.bundle:
        files[LOG_NAME] = staged.content(staged.log)
        files[CHAIN_NAME] = staged.content(staged.chain)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise PublishError(
            f"{folder} can't be written ({error.strerror})", "Name a folder that can"
        ) from None


def read(folder: Path) -> Staged:
    """What :func:`write` kept.

    Raises:
        UsageError: There is nothing of the kind.
    """
    try:
        return from_text((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"nothing is staged in {folder}", _AGAIN) from None


def to_text(staged: Staged) -> str:
    """The publication as JSON."""
    changes = [
        {"path": change.path, "content": base64.b64encode(change.content).decode("ascii")}
        for change in staged.changes
    ]
    return json.dumps({"schema": SCHEMA, **asdict(staged), "changes": changes}) + "\n"


def _schema_of_ours(schema: object) -> None:
    if schema != SCHEMA:
        raise ValueError("another schema")


def from_text(text: str) -> Staged:
    """Read what :func:`to_text` wrote.

    Raises:
        UsageError: It is something else.
    """
    try:
        data = json.loads(text)
        _schema_of_ours(data.pop("schema"))
        changes = tuple(
            FileChange(str(it["path"]), base64.b64decode(it["content"], validate=True))
            for it in data.pop("changes")
        )
        before = tuple((str(path), str(digest)) for path, digest in data.pop("before"))
        texts = {name: str(value) for name, value in data.items()}
        return Staged(changes=changes, before=before, **texts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageError("what was staged can't be read", _AGAIN) from None
