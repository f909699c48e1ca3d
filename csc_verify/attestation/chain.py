"""The chain of publications: ``attestations.jsonl``, a line for each, never changed again.

::

    {"schema":1,"published_at":"2026-11-24T06:00:03Z","log":"sha256:…","from":"sha256:…",
     "previous":"sha256:…","bundle":"attestations/20261124T060003Z.sigstore.json"}

``log`` is the log as it was published, ``from`` the one that the run had found (empty if there was
none), ``previous`` the line before (its bytes without line end; empty for the first). A healed week
is a new log and so a new line; nothing breaks. Pure: text in, values out, and no text raises.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from csc_verify.attestation.findings import Fault, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = "attestations.jsonl"
"""The file's name in ``publish.directory``."""
SCHEMA: Final = 1
MOST_LINES: Final = 2_000
"""Lines that are read; a commitment of ten years has some hundreds."""
_LONGEST_LINE: Final = 2_000
_MEMBERS: Final = ("published_at", "log", "from", "previous", "bundle")
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Publication:
    """One line.

    Attributes:
        published_at: When the run published, by its own clock.
        log: The digest of the log that it published.
        begun_from: The digest of the log that it had found; empty if there was none.
        previous: The digest of the line before; empty for the first.
        bundle: The bundle's path below ``publish.directory``.
        prefix: The digest of the file up to and including this line, which is attested with the
            log. Not part of the line.
    """

    published_at: datetime
    log: str
    begun_from: str
    previous: str
    bundle: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What a text says, and what speaks against it.

    Attributes:
        publications: The lines that can be read, in the file's order.
        findings: What is wrong; empty if every line follows from the one before.
    """

    publications: tuple[Publication, ...]
    findings: tuple[Finding, ...]


def digest_of(content: bytes) -> str:
    """The digest of a file or a line, as the chain writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def append(before: str, log: bytes, begun_from: bytes | None, now: datetime) -> str:
    """The chain with one more line. The caller has checked the text before.

    Args:
        before: The file as it is; empty for the first publication.
        log: The log that is published.
        begun_from: The log that the run had found; None if there was none.
        now: The clock, an instant.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    if lines := read(before).publications:
        # A clock that was set back must not make two bundles of one name.
        moment = max(moment, lines[-1].published_at + timedelta(seconds=1))
    line = {
        "schema": SCHEMA,
        "published_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "log": digest_of(log),
        "from": "" if begun_from is None else digest_of(begun_from),
        "previous": digest_of(before.split("\n")[-2].encode()) if lines else "",
        "bundle": bundle_name(moment),
    }
    return before + json.dumps(line, separators=(",", ":")) + "\n"


def bundle_name(published_at: datetime) -> str:
    """The path of a publication's bundle below ``publish.directory``."""
    return f"attestations/{published_at:%Y%m%dT%H%M%SZ}.sigstore.json"


def read(text: str) -> Chain:
    """Read a chain, whatever it holds, and see that each line follows from the one before."""
    if not text:
        return Chain((), (Finding(None, Fault.EMPTY, "there is no publication in it"),))
    *lines, rest = text.split("\n")
    if len(lines) > MOST_LINES:
        return Chain((), (Finding(None, Fault.UNREADABLE, f"it has over {MOST_LINES} lines"),))
    findings = [] if not rest else [Finding(len(lines) + 1, Fault.UNREADABLE, "it breaks off")]
    publications: list[Publication] = []
    content, before = hashlib.sha256(), ""
    for number, line in enumerate(lines, start=1):
        raw = line.encode("utf-8", "surrogatepass")
        content.update(raw + b"\n")
        one = _publication(line, f"sha256:{content.hexdigest()}")
        if one is None:
            findings.append(Finding(number, Fault.UNREADABLE, "it is no publication"))
        else:
            last = publications[-1] if publications else None
            findings.extend(Finding(number, *it) for it in _breaks(one, before, last))
            publications.append(one)
        before = digest_of(raw)
    return Chain(tuple(publications), tuple(findings))


def check(text: str, log: bytes) -> Chain:
    """Read a chain, and see that its last line is about this log."""
    chain = read(text)
    if chain.publications and chain.publications[-1].log != digest_of(log):
        reason = "the log is not the one that was published last"
        finding = Finding(len(chain.publications), Fault.OTHER_LOG, reason)
        return Chain(chain.publications, (*chain.findings, finding))
    return chain


def missing_since(earlier: str, later: str) -> tuple[Finding, ...]:
    """What a later copy of a chain lacks of an earlier one, which somebody kept.

    A chain that was cut short together with its log is whole in itself; only a copy tells.
    """
    if later.startswith(earlier):
        return ()
    pairs = zip_longest(earlier.split("\n"), later.split("\n"))
    number = next((i for i, (was, is_) in enumerate(pairs, start=1) if was != is_), 1)
    return (Finding(number, Fault.REWRITTEN, "it is not as it was when it was seen before"),)


def _breaks(one: Publication, before: str, last: Publication | None) -> Iterator[tuple[Fault, str]]:
    if one.previous != before:
        yield Fault.BROKEN_LINK, "it does not follow from the line before it"
    if last is None:
        return
    if one.begun_from != last.log:
        yield Fault.OTHER_LOG, "its run began from another log than was published before"
    if one.published_at <= last.published_at:
        yield Fault.OUT_OF_ORDER, "it is not later than the line before it"


def _publication(line: str, prefix: str) -> Publication | None:
    texts = _texts(line)
    if texts is None:
        return None
    at, log, begun_from, previous, bundle = texts
    moment = _moment(at)
    if moment is None or bundle != bundle_name(moment) or not _DIGEST.fullmatch(log):
        return None
    if not all(not text or _DIGEST.fullmatch(text) for text in (begun_from, previous)):
        return None
    return Publication(moment, log, begun_from, previous, bundle, prefix)


def _texts(line: str) -> tuple[str, ...] | None:
    try:
        data = json.loads(line) if len(line) <= _LONGEST_LINE else None
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(data, dict)
        or type(data.get("schema")) is not int
        or data["schema"] != SCHEMA
    ):
        return None
    values = [data.get(name) for name in _MEMBERS]
    texts = tuple(value for value in values if isinstance(value, str))
    return texts if len(texts) == len(_MEMBERS) else None


def _moment(text: str) -> datetime | None:
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
