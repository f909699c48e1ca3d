"""What a bundle's in-toto statement says of which files. Pure, and nothing raises.

Reading a statement is no verification: ``signatures.py`` hands on only what was verified, and
``staging.py`` looks at what the step before has just made.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Final

PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
_STATEMENT: Final = "https://in-toto.io/Statement/v1"
MOST_BYTES: Final = 1_000_000
"""Bytes of a bundle that are read; GitHub's have some fifteen thousand."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said.

    Attributes:
        predicate_type: What kind of statement it is.
        subjects: The files that it is about: name and digest (``sha256:…``).
    """

    predicate_type: str
    subjects: frozenset[tuple[str, str]]


def statement_of(payload: bytes) -> Statement | None:
    """Read a statement; None if it is none."""
    data = _json(payload)
    if not isinstance(data, dict) or data.get("_type") != _STATEMENT:
        return None
    kind, subjects = data.get("predicateType"), data.get("subject")
    if not isinstance(kind, str) or not isinstance(subjects, list):
        return None
    read = [_subject(subject) for subject in subjects]
    return Statement(kind, frozenset(it for it in read if it is not None))


def statement_in(bundle: bytes) -> Statement | None:
    """The statement that a bundle carries, unverified; None if it carries none."""
    data = _json(bundle)
    envelope = data.get("dsseEnvelope") if isinstance(data, dict) else None
    payload = envelope.get("payload") if isinstance(envelope, dict) else None
    if not isinstance(payload, str):
        return None
    try:
        return statement_of(base64.b64decode(payload, validate=True))
    except ValueError:
        return None


def _subject(data: object) -> tuple[str, str] | None:
    if not isinstance(data, dict):
        return None
    name, digests = data.get("name"), data.get("digest")
    digest = digests.get("sha256") if isinstance(digests, dict) else None
    if not isinstance(name, str) or not isinstance(digest, str):
        return None
    return name, f"sha256:{digest}"


def _json(content: bytes) -> object:
    if len(content) > MOST_BYTES:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
