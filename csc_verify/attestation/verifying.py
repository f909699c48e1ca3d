"""Whether a published log was made by our code on GitHub's runner, from its first line on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from csc_verify.attestation import chain as chains
from csc_verify.attestation.findings import Fault, Finding
from csc_verify.attestation.identity import PREDICATE_TYPE
from csc_verify.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from csc_verify.attestation.chain import Publication
    from csc_verify.attestation.identity import Trust, Whose
    from csc_verify.attestation.signatures import Signed

LOG_NAME: Final = "log.jsonl"
"""The log's name, as a statement has it."""
_EARLY, _LATE = timedelta(minutes=5), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Attested:
    """Every publication was made by our workflow.

    Attributes:
        publications: How many there are.
        first: When the first was signed.
        newest: When the newest was signed; the log tells nothing of what came later.
        begun_from: The digest of the self-published log that the first run had found: weeks that it
            held by then are not attested. Empty if there was none.
        runs: The addresses of the runs, as they were called then, oldest first.
    """

    publications: int
    first: datetime
    newest: datetime
    begun_from: str
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAttested:
    """Something speaks against it.

    Attributes:
        reasons: What; at least one, chain first, then bundles, in the chain's order.
    """

    reasons: tuple[Finding, ...]


class _Signatures(Protocol):
    def verify(self, content: bytes) -> Signed | str: ...


def verify_attested(
    log: bytes, chain: str, bundles: Mapping[str, bytes], who: Whose, trust: Trust
) -> Attested | NotAttested:
    """Verify a log.

    Every line of the chain needs its bundle, and every bundle is verified: a run adds to whatever
    log the last line names, so one line that nobody attested would carry a forged log into all that
    follow. What files hold is never an error here.

    Args:
        log: ``log.jsonl``, byte for byte.
        chain: ``attestations.jsonl``.
        bundles: The bundles by their path below ``publish.directory``; more than the chain names
            make no difference.
        who: Whose log it has to be.
        trust: Whose word is taken.

    Raises:
        UsageError: The extra with sigstore is not installed.
    """
    signatures = _signatures(who, trust)
    checked = chains.check(chain, log)
    reasons = list(checked.findings)
    signed: list[Signed] = []
    for number, publication in enumerate(checked.publications, start=1):
        match _verified(publication, bundles, signatures):
            case Finding() as finding:
                reasons.append(Finding(number, finding.fault, finding.text))
            case one:
                signed.append(one)
                reasons.extend(Finding(number, *it) for it in _contradictions(publication, one))
    if reasons or not signed:
        return NotAttested(tuple(reasons))
    return Attested(
        publications=len(signed),
        first=signed[0].at,
        newest=signed[-1].at,
        begun_from=checked.publications[0].begun_from,
        runs=tuple(one.run for one in signed),
    )


def _signatures(who: Whose, trust: Trust) -> _Signatures:
    try:
        from csc_verify.attestation.signatures import Signatures  # noqa: PLC0415  an extra
    except ImportError as error:
        raise UsageError(
            "attestations can't be verified, since sigstore is not installed",
            "pip install 'csc-verify[attested]'",
        ) from error
    return Signatures(who, trust)


def _verified(
    publication: Publication, bundles: Mapping[str, bytes], signatures: _Signatures
) -> Signed | Finding:
    content = bundles.get(publication.bundle)
    if content is None:
        return Finding(None, Fault.NO_BUNDLE, f"its bundle {publication.bundle} is missing")
    signed = signatures.verify(content)
    return Finding(None, Fault.NOT_VERIFIED, signed) if isinstance(signed, str) else signed


def _contradictions(publication: Publication, signed: Signed) -> Iterator[tuple[Fault, str]]:
    statement = signed.statement
    if statement.predicate_type != PREDICATE_TYPE:
        yield Fault.OTHER_SUBJECT, "its bundle doesn't say how the log was made"
    if (LOG_NAME, publication.log) not in statement.subjects:
        yield Fault.OTHER_SUBJECT, "its bundle is about another log"
    if (chains.NAME, publication.prefix) not in statement.subjects:
        yield Fault.OTHER_SUBJECT, "its bundle is about another chain"
    # Between a run's clock and its certificate lie seconds, and the rest of its job at most.
    if not publication.published_at - _EARLY <= signed.at <= publication.published_at + _LATE:
        yield Fault.OTHER_TIME, "its bundle was signed at another time than it was published"
