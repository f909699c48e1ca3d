"""Verifying one bundle with sigstore: the signature, its certificate, the transparency log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat import asn1
from cryptography.x509 import UnrecognizedExtension
from sigstore.errors import Error
from sigstore.models import Bundle, ClientTrustConfig, TrustedRoot
from sigstore.verify import Verifier
from sigstore.verify.policy import OIDCRunInvocationURI

from csc_verify.attestation.policy import policy_for
from csc_verify.attestation.statement import MOST_BYTES, PAYLOAD_TYPE, Statement, statement_of
from csc_verify.errors import UsageError
from csc_verify.escape import plain

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cryptography.x509 import Certificate
    from sigstore.verify.policy import VerificationPolicy

    from csc_verify.attestation.identity import Trust, Whose

_LONGEST_REASON = 400
_NEWER = "Update with pip install --upgrade 'csc-verify[attested]', or leave the root out"


@dataclass(frozen=True, slots=True)
class Signed:
    """A bundle that verifies.

    Attributes:
        statement: What was signed.
        at: From when on the certificate was valid: the moment of signing, within seconds.
        run: The run's address, as it was called then; empty if the certificate has none.
    """

    statement: Statement
    at: datetime
    run: str


class Signatures:
    """Verifies bundles.

    Args:
        who: Whose log it has to be.
        trust: Whose word is taken.

    Raises:
        UsageError: The root of trust can't be used.
    """

    def __init__(self, who: Whose, trust: Trust) -> None:
        self._policy: VerificationPolicy = policy_for(who, trust)
        try:
            self._verifier = Verifier(trusted_root=trust.root or production_root())
        except (Error, OSError) as error:
            raise UsageError(f"the root of trust can't be used: {_told(error)}", _NEWER) from error

    def verify(self, content: bytes) -> Signed | str:
        """Verify one bundle.

        Args:
            content: The file, as whoever owns the repository may have made it.

        Returns:
            What was signed, or why it is not believed, without a full stop.
        """
        if len(content) > MOST_BYTES:
            return "its bundle is larger than bundles are"
        try:
            bundle = Bundle.from_json(content)
            kind, payload = self._verifier.verify_dsse(bundle, self._policy)
        except Exception as error:  # noqa: BLE001  parsers of four packages meet a stranger's file
            return _told(error)
        statement = statement_of(payload) if kind == PAYLOAD_TYPE else None
        if statement is None:
            return "its bundle signs no statement about files"
        certificate = bundle.signing_certificate
        return Signed(statement, certificate.not_valid_before_utc, _run_of(certificate))


def production_root() -> TrustedRoot:
    """Sigstore's own root, as the installed sigstore brings it or fetched it last; no network."""
    return ClientTrustConfig.production(offline=True).trusted_root


def root_in(path: Path) -> TrustedRoot:
    """A root that somebody names: a file with a trusted root as JSON.

    Raises:
        UsageError: There is no such file, or it holds no trusted root.
    """
    try:
        return TrustedRoot.from_file(str(path))
    except (Error, OSError, ValueError) as error:
        raise UsageError(f"{path} holds no trusted root: {_told(error)}", _NEWER) from error


def _told(error: Exception) -> str:
    return plain(str(error), _LONGEST_REASON) or "it can't be read"


def _run_of(certificate: Certificate) -> str:
    for extension in certificate.extensions:
        value = extension.value
        if extension.oid == OIDCRunInvocationURI.oid and isinstance(value, UnrecognizedExtension):
            try:
                return plain(asn1.decode_der(str, value.value), _LONGEST_REASON)
            except ValueError:
                return ""
    return ""
