"""A Sigstore of the tests' own: a certificate authority, a certificate log, a transparency log.

What it makes is complete: sigstore's own verifier checks certificate chain, certificate timestamp,
inclusion proof, checkpoint, inclusion promise and signature, under keys that were made a moment
ago. Only who may get which certificate is not checked here: that is what the forgers of the tests
would need Sigstore and GitHub for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from csc_verify.attestation.identity import ISSUER, WORKFLOW

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMIT = "c0ffee" + "0" * 34
TYPE = "application/vnd.in-toto+json"
_SCTS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
CODE_SIGNING = ExtendedKeyUsageOID.CODE_SIGNING
_FROM, _UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Claims:
    """What a certificate says of the job that asked for it."""

    issuer: str = ISSUER
    workflow: str = f"{WORKFLOW}@refs/tags/v0"
    signer: str | None = None
    commit: str = COMMIT
    runner: str = "github-hosted"
    repository: str = "41001"
    owner: str = "583231"
    trigger: str = "schedule"
    run: str = "https://github.com/alice/alice/actions/runs/7/attempts/1"

    def extensions(self) -> dict[int, str]:
        """By the last number of their names below 1.3.6.1.4.1.57264.1."""
        return {
            8: self.issuer, 9: self.signer or self.workflow, 10: self.commit, 11: self.runner,
            15: self.repository, 17: self.owner, 20: self.trigger, 21: self.run,
        }  # fmt: skip


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def _id(key: ec.EllipticCurvePrivateKey) -> bytes:
    return hashlib.sha256(_public(key)).digest()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass
class Sigstore:
    """One instance with keys of its own."""

    authority: ec.EllipticCurvePrivateKey = field(default_factory=_key)
    certificates: ec.EllipticCurvePrivateKey = field(default_factory=_key)
    entries: ec.EllipticCurvePrivateKey = field(default_factory=_key)

    def root(self) -> str:
        """The trusted root, as JSON."""
        lasting = {"start": _FROM.isoformat().replace("+00:00", "Z")}
        return json.dumps({
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [_log(self.entries, lasting)],
            "ctlogs": [_log(self.certificates, lasting)],
            "certificateAuthorities": [{
                "subject": {"organization": "tests", "commonName": "tests"},
                "uri": "https://fulcio.example",
                "certChain": {"certificates": [{"rawBytes": _b64(self._root_certificate())}]},
                "validFor": lasting,
            }],
            "timestampAuthorities": [],
        })  # fmt: skip

    def _root_certificate(self) -> bytes:
        name = _name()
        public = self.authority.public_key()
        usage = _usage(is_authority=True)
        builder = (
            _builder(name, public, _FROM, _UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )
        return builder.sign(self.authority, hashes.SHA256()).public_bytes(Encoding.DER)

    def certificate(
        self, claims: Claims, key: ec.EllipticCurvePrivateKey, at: datetime
    ) -> x509.Certificate:
        """A certificate for ten minutes, as Fulcio gives it, with its timestamp embedded."""
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.authority.public_key())
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(claims.workflow)])
        usage = _usage(is_authority=False)
        builder = (
            _builder(x509.Name([]), key.public_key(), at, at + timedelta(minutes=10))
            .add_extension(usage, critical=True)
            .add_extension(x509.ExtendedKeyUsage([CODE_SIGNING]), critical=False)
            .add_extension(issuer, critical=False)
            .add_extension(names, critical=True)
        )
        for number, text in claims.extensions().items():
            oid = x509.ObjectIdentifier(f"1.3.6.1.4.1.57264.1.{number}")
            value = x509.UnrecognizedExtension(oid, asn1.encode_der(text))
            builder = builder.add_extension(value, critical=False)
        poisonless = builder.sign(self.authority, hashes.SHA256())
        stamp = self._stamp(poisonless.tbs_certificate_bytes, at)
        listed = x509.UnrecognizedExtension(_SCTS, asn1.encode_der(stamp))
        return builder.add_extension(listed, critical=False).sign(self.authority, hashes.SHA256())

    def _stamp(self, certificate: bytes, at: datetime) -> bytes:
        moment = int(at.timestamp() * 1000)
        issuer = _id(self.authority)
        entry = issuer + len(certificate).to_bytes(3, "big") + certificate
        signed = struct.pack("!BBQH", 0, 0, moment, 1) + entry + b"\0\0"
        signature = _sign(self.certificates, signed)
        stamp = b"\0" + _id(self.certificates) + struct.pack("!QH", moment, 0)
        stamp += struct.pack("!BBH", 4, 3, len(signature)) + signature
        return struct.pack("!HH", len(stamp) + 2, len(stamp)) + stamp

    def bundle(self, payload: bytes, claims: Claims, at: datetime, kind: str = TYPE) -> bytes:
        """A bundle over a payload, as GitHub's action writes it."""
        key = _key()
        certificate = self.certificate(claims, key, at)
        pae = f"DSSEv1 {len(kind)} {kind} {len(payload)} ".encode() + payload
        signature = _sign(key, pae)
        body = {
            "apiVersion": "0.0.1",
            "kind": "dsse",
            "spec": {
                "envelopeHash": {"algorithm": "sha256", "value": hashlib.sha256(pae).hexdigest()},
                "payloadHash": {
                    "algorithm": "sha256",
                    "value": hashlib.sha256(payload).hexdigest(),
                },
                "signatures": [{
                    "signature": _b64(signature),
                    "verifier": _b64(certificate.public_bytes(Encoding.PEM)),
                }],
            },
        }  # fmt: skip
        entry = self._entry(json.dumps(body).encode(), at + timedelta(seconds=2))
        return json.dumps({
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {
                "certificate": {"rawBytes": _b64(certificate.public_bytes(Encoding.DER))},
                "tlogEntries": [entry],
                "timestampVerificationData": {"rfc3161Timestamps": []},
            },
            "dsseEnvelope": {
                "payload": _b64(payload), "payloadType": kind,
                "signatures": [{"sig": _b64(signature)}],
            },
        }).encode()  # fmt: skip

    def _entry(self, body: bytes, at: datetime) -> dict[str, Any]:
        sibling = hashlib.sha256(b"another entry").digest()
        leaf = hashlib.sha256(b"\0" + body).digest()
        top = hashlib.sha256(b"\1" + leaf + sibling).digest()
        note = f"rekor.example - 1\n2\n{_b64(top)}\n"
        note_signature = _b64(_id(self.entries)[:4] + _sign(self.entries, note.encode()))
        moment = int(at.timestamp())
        promised = json.dumps(
            {
                "body": _b64(body), "integratedTime": moment,
                "logID": _id(self.entries).hex(), "logIndex": 0,
            },
            separators=(",", ":"), sort_keys=True,
        )  # fmt: skip
        return {
            "logIndex": "0",
            "logId": {"keyId": _b64(_id(self.entries))},
            "kindVersion": {"kind": "dsse", "version": "0.0.1"},
            "integratedTime": str(moment),
            "inclusionPromise": {
                "signedEntryTimestamp": _b64(_sign(self.entries, promised.encode()))
            },
            "inclusionProof": {
                "logIndex": "0", "rootHash": _b64(top), "treeSize": "2",
                "hashes": [_b64(sibling)],
                "checkpoint": {"envelope": f"{note}\n\u2014 rekor.example {note_signature}\n"},
            },
            "canonicalizedBody": _b64(body),
        }  # fmt: skip


def statement(subjects: Iterable[tuple[str, bytes]], predicate: str) -> bytes:
    """What GitHub's action signs about files."""
    return json.dumps({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {"name": name, "digest": {"sha256": hashlib.sha256(content).hexdigest()}}
            for name, content in subjects
        ],
        "predicateType": predicate,
        "predicate": {"buildDefinition": {}, "runDetails": {}},
    }).encode()  # fmt: skip


def _log(key: ec.EllipticCurvePrivateKey, lasting: dict[str, str]) -> dict[str, Any]:
    return {
        "baseUrl": "https://log.example",
        "hashAlgorithm": "SHA2_256",
        "publicKey": {
            "rawBytes": _b64(_public(key)), "keyDetails": "PKIX_ECDSA_P256_SHA_256",
            "validFor": lasting,
        },
        "logId": {"keyId": _b64(_id(key))},
    }  # fmt: skip


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name() -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "throw-away")])


def _builder(
    subject: x509.Name, public: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_name())
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
