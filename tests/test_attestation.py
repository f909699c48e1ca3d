"""Attested logs, and every way that their owner might try to forge one.

Signatures, certificates and log entries are real, under a root that the tests throw away. Forgers
get certificates that say what Sigstore would say of them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from sigstore.errors import VerificationError

from csc_verify.attestation import chain as chains
from csc_verify.attestation.findings import Fault, Finding
from csc_verify.attestation.identity import PREDICATE_TYPE, WORKFLOW, Trust, Whose
from csc_verify.attestation.policy import SignerWorkflow, policy_for
from csc_verify.attestation.published import verify_published
from csc_verify.attestation.signatures import root_in
from csc_verify.attestation.staged_files import from_text, read, to_text, write
from csc_verify.attestation.staging import Refused, Staged, complete, stage
from csc_verify.attestation.statement import MOST_BYTES, Statement, statement_in, statement_of
from csc_verify.attestation.verifying import Attested, NotAttested
from csc_verify.errors import PublishError, UsageError
from csc_verify.model import FileChange
from tests.throwaway_sigstore import COMMIT, Claims, Sigstore, statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sigstore.models import TrustedRoot

ALICE = Whose(41001, 583231)
TUESDAY = datetime(2026, 11, 24, 6, 0, 3, tzinfo=UTC)
WEEK = timedelta(weeks=1)
LOG, CHAIN = ".csc/log.jsonl", ".csc/attestations.jsonl"


@dataclass
class Profile:
    """A student's branch, and the workflow that publishes to it."""

    sigstore: Sigstore
    files: dict[str, bytes] = field(default_factory=dict)

    def publish(self, log: bytes, at: datetime, claims: Claims | None = None) -> Staged:
        """One run of the workflow, from its configuration to its commit."""
        changes = (FileChange(LOG, log), FileChange(".csc/badge.svg", log))
        staged = stage(changes, "Log a week", ".csc", self.files.get, at)
        assert isinstance(staged, Staged), staged
        staged = from_text(to_text(staged))
        bundle = self.attest(staged.content(LOG), staged.content(CHAIN), at, claims)
        written = complete(staged, bundle, self.files.get)
        assert isinstance(written, tuple), written
        self.files |= {change.path: change.content for change in written}
        return staged

    def attest(self, log: bytes, chain: bytes, at: datetime, claims: Claims | None = None) -> bytes:
        subjects = [("log.jsonl", log), ("attestations.jsonl", chain)]
        said = statement(subjects, PREDICATE_TYPE)
        return self.sigstore.bundle(said, claims or Claims(), at + timedelta(seconds=20))

    @property
    def chain(self) -> list[str]:
        return self.files[CHAIN].decode().splitlines()

    @chain.setter
    def chain(self, lines: list[str]) -> None:
        self.files[CHAIN] = "".join(f"{line}\n" for line in lines).encode()

    def bundle_of(self, number: int) -> str:
        return f".csc/{json.loads(self.chain[number - 1])['bundle']}"


@pytest.fixture(scope="module")
def sigstore() -> Sigstore:
    return Sigstore()


@pytest.fixture(scope="module")
def root(sigstore: Sigstore, tmp_path_factory: pytest.TempPathFactory) -> TrustedRoot:
    path = tmp_path_factory.mktemp("root") / "root.json"
    path.write_text(sigstore.root(), encoding="utf-8")
    return root_in(path)


@pytest.fixture
def trust(root: TrustedRoot) -> Trust:
    return Trust(frozenset({COMMIT, "a" * 40}), root=root)


@pytest.fixture
def alice(sigstore: Sigstore) -> Profile:
    """Three publications; the second healed the first one's week."""
    made = Profile(sigstore)
    made.publish(b"week 47: unmet\n", TUESDAY)
    made.publish(b"week 47: met\nweek 48: met\n", TUESDAY + WEEK)
    made.publish(b"week 47: met\nweek 48: met\nweek 49: unmet\n", TUESDAY + 2 * WEEK)
    return made


def audit(profile: Profile, trust: Trust, who: Whose = ALICE) -> Attested | NotAttested:
    """What a coach's command does with the files that it fetched."""
    return verify_published(profile.files.get, ".csc", who, trust)


def faults(outcome: Attested | NotAttested) -> list[tuple[int | None, Fault]]:
    assert isinstance(outcome, NotAttested), outcome
    return [(reason.line, reason.fault) for reason in outcome.reasons]


# What is honest


def test_a_log_that_our_workflow_made_is_attested(alice: Profile, trust: Trust) -> None:
    outcome = audit(alice, trust)
    assert outcome == Attested(
        publications=3,
        first=datetime(2026, 11, 24, 6, 0, 23, tzinfo=UTC),
        newest=datetime(2026, 12, 8, 6, 0, 23, tzinfo=UTC),
        begun_from="",
        runs=("https://github.com/alice/alice/actions/runs/7/attempts/1",) * 3,
    )


def test_a_healed_week_makes_the_chain_longer_and_breaks_nothing(alice: Profile) -> None:
    first = alice.chain[0]
    assert chains.check("\n".join([*alice.chain, ""]), alice.files[LOG]).findings == ()
    alice.publish(b"week 47: met\nweek 48: met\nweek 49: met\n", TUESDAY + 3 * WEEK)
    assert (len(alice.chain), alice.chain[0]) == (4, first)


def test_a_line_is_as_the_documentation_says() -> None:
    text = chains.append("", b"log", None, TUESDAY)
    assert json.loads(text) == {
        "schema": 1, "published_at": "2026-11-24T06:00:03Z", "log": chains.digest_of(b"log"),
        "from": "", "previous": "", "bundle": "attestations/20261124T060003Z.sigstore.json",
    }  # fmt: skip
    longer = chains.append(text, b"more", b"log", TUESDAY)
    assert longer.startswith(text)
    line = json.loads(longer.splitlines()[1])
    assert line["previous"] == chains.digest_of(text.rstrip("\n").encode())
    # The clock stood still, and the bundles have names of their own all the same.
    assert line["published_at"] == "2026-11-24T06:00:04Z"


def test_who_renames_repository_and_account_stays_attested(alice: Profile, trust: Trust) -> None:
    run = "https://github.com/alice-doe/alice-doe/actions/runs/9/attempts/1"
    alice.publish(b"week 50: met\n", TUESDAY + 3 * WEEK, Claims(run=run))
    outcome = audit(alice, trust)
    assert isinstance(outcome, Attested)
    assert outcome.runs[-1] == run


@pytest.mark.parametrize(
    "claims",
    [
        Claims(trigger="workflow_dispatch"),
        Claims(commit="a" * 40, workflow=f"{WORKFLOW}@refs/tags/v0.2.0"),
        Claims(workflow=f"{WORKFLOW}@{COMMIT}"),
    ],
)
def test_another_release_and_a_run_by_hand_are_honest(
    sigstore: Sigstore, trust: Trust, claims: Claims
) -> None:
    profile = Profile(sigstore)
    profile.publish(b"week 47: met\n", TUESDAY, claims)
    assert isinstance(audit(profile, trust), Attested)


def test_a_log_that_was_begun_without_attestation_is_told(sigstore: Sigstore, trust: Trust) -> None:
    profile = Profile(sigstore, {LOG: b"week 46: met, I say\n"})
    profile.publish(b"week 46: met, I say\nweek 47: met\n", TUESDAY)
    outcome = audit(profile, trust)
    assert isinstance(outcome, Attested)
    assert outcome.begun_from == chains.digest_of(b"week 46: met, I say\n")


@pytest.mark.parametrize("path", [LOG, CHAIN])
def test_a_log_without_a_chain_is_self_published(alice: Profile, trust: Trust, path: str) -> None:
    del alice.files[path]
    outcome = audit(alice, trust)
    assert isinstance(outcome, NotAttested)
    assert [str(reason) for reason in outcome.reasons] == [f"there is no {path}"]


# Who is not our workflow on GitHub's runner

FORGED = {
    "own runner": (Claims(runner="self-hosted"), "on a runner that GitHub hosts"),
    "commit of a fork": (Claims(commit="f" * 40), "by one of our releases"),
    "same beginning": (Claims(workflow=f"{WORKFLOW}.evil.yml@refs/tags/v0"), "by our workflow"),
    "ref in the name": (Claims(workflow=f"{WORKFLOW}/x@refs/tags/v0"), "by our workflow"),
    "no ref": (Claims(workflow=WORKFLOW), "by our workflow"),
    "a fork's workflow": (
        Claims(workflow=WORKFLOW.replace("csc-verify/csc", "mallory/csc") + "@refs/tags/v0"),
        "by our workflow",
    ),
    "the student's own workflow": (
        Claims(workflow="https://github.com/alice/alice/.github/workflows/csc.yml@refs/heads/main"),
        "by our workflow",
    ),
    "signer is not who is named": (
        Claims(signer="https://github.com/alice/alice/.github/workflows/x.yml@refs/heads/main"),
        "by our workflow",
    ),
    "another repository": (Claims(repository="41002"), "in this repository"),
    "another owner": (Claims(owner="99"), "under this owner"),
    "pull request": (Claims(trigger="pull_request_target"), "by schedule or by hand"),
    "push": (Claims(trigger="push"), "by schedule or by hand"),
    "another issuer": (Claims(issuer="https://gitlab.com"), "for a job of GitHub Actions"),
    "an issuer that looks alike": (
        Claims(issuer="https://token.actions.githubusercontent.com.evil.example"),
        "for a job of GitHub Actions",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_certificate_of_somebody_else_is_refused(
    sigstore: Sigstore, trust: Trust, name: str
) -> None:
    claims, told = FORGED[name]
    profile = Profile(sigstore)
    profile.publish(b"week 47: met\n", TUESDAY, claims)
    outcome = audit(profile, trust)
    assert faults(outcome) == [(1, Fault.NOT_VERIFIED)]
    assert isinstance(outcome, NotAttested)
    assert told in outcome.reasons[0].text


@pytest.mark.parametrize("name", FORGED)
def test_the_policy_alone_refuses_it_too(sigstore: Sigstore, trust: Trust, name: str) -> None:
    policy = policy_for(ALICE, trust)
    key = ec.generate_private_key(ec.SECP256R1())
    policy.verify(sigstore.certificate(Claims(), key, TUESDAY))
    with pytest.raises(VerificationError, match=re.escape(FORGED[name][1])):
        policy.verify(sigstore.certificate(FORGED[name][0], key, TUESDAY))


@pytest.mark.parametrize("names", [[], ["https://a.example/x@y", f"{WORKFLOW}@refs/tags/v0"]])
def test_a_certificate_for_nobody_or_for_two_is_refused(names: list[str], trust: Trust) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(x509.Name([]))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(TUESDAY)
        .not_valid_after(TUESDAY + WEEK)
    )
    if names:
        general = [x509.UniformResourceIdentifier(name) for name in names]
        builder = builder.add_extension(x509.SubjectAlternativeName(general), critical=True)
    with pytest.raises(VerificationError, match="the certificate names"):
        SignerWorkflow(trust.workflow).verify(builder.sign(key, hashes.SHA256()))


def test_without_a_commit_that_is_ours_nothing_is_attested(
    alice: Profile, root: TrustedRoot
) -> None:
    assert faults(audit(alice, Trust(frozenset(), root=root))) == [
        (line, Fault.NOT_VERIFIED) for line in (1, 2, 3)
    ]


def test_the_same_names_with_other_numbers_are_somebody_else(alice: Profile, trust: Trust) -> None:
    # alice was renamed, and another account took her name.
    for who in (Whose(41001, 999), Whose(999, 583231)):
        assert faults(audit(alice, trust, who)) == [(i, Fault.NOT_VERIFIED) for i in (1, 2, 3)]


@pytest.mark.parametrize("part", ["authority", "certificates", "entries"])
def test_keys_that_are_not_sigstores_sign_nothing(
    sigstore: Sigstore, trust: Trust, part: str
) -> None:
    forger = replace(sigstore, **{part: getattr(Sigstore(), part)})
    profile = Profile(forger)
    profile.publish(b"week 47: met\n", TUESDAY)
    assert faults(audit(profile, trust)) == [(1, Fault.NOT_VERIFIED)]


def test_a_statement_that_was_changed_after_it_was_signed_is_refused(
    alice: Profile, trust: Trust
) -> None:
    path = alice.bundle_of(3)
    bundle = json.loads(alice.files[path])
    other = json.loads(alice.attest(b"week 49: met\n", alice.files[CHAIN], TUESDAY + 2 * WEEK))
    bundle["dsseEnvelope"]["payload"] = other["dsseEnvelope"]["payload"]
    alice.files[path] = json.dumps(bundle).encode()
    assert faults(audit(alice, trust)) == [(3, Fault.NOT_VERIFIED)]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff", b"null", b" " * (MOST_BYTES + 1)]
)
def test_a_file_that_is_no_bundle_is_a_reason_and_no_error(
    alice: Profile, trust: Trust, content: bytes
) -> None:
    alice.files[alice.bundle_of(2)] = content
    assert faults(audit(alice, trust)) == [(2, Fault.NOT_VERIFIED)]


@pytest.mark.parametrize("member", ["verificationMaterial", "dsseEnvelope", "mediaType"])
def test_a_bundle_without_one_of_its_parts_is_refused(
    alice: Profile, trust: Trust, member: str
) -> None:
    path = alice.bundle_of(1)
    bundle = json.loads(alice.files[path])
    del bundle[member]
    alice.files[path] = json.dumps(bundle).encode()
    assert faults(audit(alice, trust)) == [(1, Fault.NOT_VERIFIED)]


def test_a_bundle_of_another_kind_of_statement_is_refused(alice: Profile, trust: Trust) -> None:
    at, path = TUESDAY + 2 * WEEK, alice.bundle_of(3)
    subjects = [("log.jsonl", alice.files[LOG]), ("attestations.jsonl", alice.files[CHAIN])]
    said = statement(subjects, "https://example.com/anything")
    alice.files[path] = alice.sigstore.bundle(said, Claims(), at)
    assert faults(audit(alice, trust)) == [(3, Fault.OTHER_SUBJECT)]
    alice.files[path] = alice.sigstore.bundle(said, Claims(), at, kind="text/plain")
    assert faults(audit(alice, trust)) == [(3, Fault.NOT_VERIFIED)]
    alice.files[path] = alice.sigstore.bundle(b"[]", Claims(), at)
    assert faults(audit(alice, trust)) == [(3, Fault.NOT_VERIFIED)]


# Who changes what was published


def test_a_log_that_was_edited_is_not_the_one_that_was_attested(
    alice: Profile, trust: Trust
) -> None:
    alice.files[LOG] = alice.files[LOG].replace(b"week 49: unmet", b"week 49: met")
    assert faults(audit(alice, trust)) == [(3, Fault.OTHER_LOG)]


def test_a_week_that_was_dropped_is_missed(alice: Profile, trust: Trust) -> None:
    alice.files[LOG] = alice.files[LOG].replace(b"week 49: unmet\n", b"")
    assert faults(audit(alice, trust)) == [(3, Fault.OTHER_LOG)]


def test_an_old_bundle_does_not_fit_a_new_log(alice: Profile, trust: Trust) -> None:
    # The student adds a line for a log of their own, with the bundle that the log before had.
    old = alice.files[alice.bundle_of(3)]
    forged = b"week 47: met\nweek 48: met\nweek 49: met\n"
    text = chains.append(alice.files[CHAIN].decode(), forged, alice.files[LOG], TUESDAY + 3 * WEEK)
    alice.files |= {LOG: forged, CHAIN: text.encode()}
    alice.files[alice.bundle_of(4)] = old
    assert faults(audit(alice, trust)) == [
        (4, Fault.OTHER_SUBJECT),
        (4, Fault.OTHER_SUBJECT),
        (4, Fault.OTHER_TIME),
    ]


def test_bundles_that_were_swapped_fit_neither(alice: Profile, trust: Trust) -> None:
    one, two = alice.bundle_of(1), alice.bundle_of(2)
    alice.files[one], alice.files[two] = alice.files[two], alice.files[one]
    assert {line for line, _ in faults(audit(alice, trust))} == {1, 2}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_bundle_that_was_deleted_is_missed(alice: Profile, trust: Trust, number: int) -> None:
    del alice.files[alice.bundle_of(number)]
    assert faults(audit(alice, trust)) == [(number, Fault.NO_BUNDLE)]


def test_a_line_that_was_deleted_breaks_the_chain(alice: Profile, trust: Trust) -> None:
    lines = alice.chain
    alice.chain = [lines[0], lines[2]]
    assert (2, Fault.BROKEN_LINK) in faults(audit(alice, trust))
    alice.chain = lines[1:]
    assert (1, Fault.BROKEN_LINK) in faults(audit(alice, trust))
    alice.chain = lines[:2]
    assert faults(audit(alice, trust)) == [(2, Fault.OTHER_LOG)]
    alice.chain = []
    assert faults(audit(alice, trust)) == [(None, Fault.EMPTY)]


def test_lines_that_were_deleted_and_linked_anew_are_not_what_was_attested(
    alice: Profile, trust: Trust
) -> None:
    # The unmet first week's publication vanishes, and all that follow are written again.
    kept = alice.chain[1:]
    texts: list[str] = []
    for line in kept:
        data = json.loads(line)
        data["previous"] = chains.digest_of(texts[-1].encode()) if texts else ""
        texts.append(json.dumps(data, separators=(",", ":")))
    alice.chain = texts
    found = faults(audit(alice, trust))
    assert {fault for _, fault in found} == {Fault.OTHER_SUBJECT}
    assert [line for line, _ in found] == [1, 2]


def test_lines_in_another_order_or_twice_are_refused(alice: Profile, trust: Trust) -> None:
    lines = alice.chain
    alice.chain = [lines[1], lines[0], lines[2]]
    found = faults(audit(alice, trust))
    assert (1, Fault.BROKEN_LINK) in found
    assert (2, Fault.OUT_OF_ORDER) in found
    alice.chain = [*lines, lines[2]]
    found = faults(audit(alice, trust))
    assert (4, Fault.BROKEN_LINK) in found
    assert (4, Fault.OUT_OF_ORDER) in found


def test_a_log_that_was_edited_between_two_runs_stops_the_next_one(alice: Profile) -> None:
    # A run keeps what is final, so it must not start from a log that somebody edited.
    alice.files[LOG] = alice.files[LOG].replace(b"week 49: unmet", b"week 49: met")
    changes = (FileChange(LOG, alice.files[LOG] + b"week 50: met\n"),)
    refused = stage(changes, "Log a week", ".csc", alice.files.get, TUESDAY + 3 * WEEK)
    assert isinstance(refused, Refused)
    assert "not the one that was published last" in refused.reason
    # Nor may it write anything else beside it.
    badge = (FileChange(".csc/badge.svg", b""),)
    assert isinstance(stage(badge, "Draw", ".csc", alice.files.get, TUESDAY), Refused)


def test_an_edited_log_with_a_forged_line_passes_the_run_and_not_the_audit(
    alice: Profile, trust: Trust
) -> None:
    forged = alice.files[LOG].replace(b"week 49: unmet", b"week 49: met")
    text = chains.append(alice.files[CHAIN].decode(), forged, alice.files[LOG], TUESDAY + 2 * WEEK)
    alice.files |= {LOG: forged, CHAIN: text.encode()}
    alice.publish(forged + b"week 50: met\n", TUESDAY + 3 * WEEK)
    assert faults(audit(alice, trust)) == [(4, Fault.NO_BUNDLE)]
    # The student signs that line, too, as what the student is: not our workflow.
    own = Claims(workflow="https://github.com/alice/alice/.github/workflows/x.yml@refs/heads/main")
    alice.files[alice.bundle_of(4)] = alice.attest(forged, text.encode(), TUESDAY + 2 * WEEK, own)
    assert faults(audit(alice, trust)) == [(4, Fault.NOT_VERIFIED)]


def test_who_deletes_the_chain_and_edits_the_log_begins_from_what_is_self_published(
    alice: Profile, trust: Trust
) -> None:
    del alice.files[CHAIN]
    forged = alice.files[LOG] = b"week 47: met\nweek 48: met\nweek 49: met\n"
    alice.publish(forged + b"week 50: met\n", TUESDAY + 3 * WEEK)
    outcome = audit(alice, trust)
    assert isinstance(outcome, Attested)
    assert (outcome.publications, outcome.begun_from) == (1, chains.digest_of(forged))


def test_a_whole_chain_that_was_cut_short_is_told_by_an_earlier_copy_alone(
    alice: Profile, sigstore: Sigstore, trust: Trust
) -> None:
    seen = alice.files[CHAIN].decode()
    assert chains.missing_since(seen, seen) == ()
    back = Profile(sigstore, dict(alice.files))
    back.chain = alice.chain[:2]
    back.files[LOG] = b"week 47: met\nweek 48: met\n"
    outcome = audit(back, trust)
    assert isinstance(outcome, Attested)
    assert outcome.newest == datetime(2026, 12, 1, 6, 0, 23, tzinfo=UTC)
    assert [f.line for f in chains.missing_since(seen, back.files[CHAIN].decode())] == [3]
    alice.publish(b"week 50: met\n", TUESDAY + 3 * WEEK)
    assert chains.missing_since(seen, alice.files[CHAIN].decode()) == ()


def test_a_run_that_began_from_another_log_than_was_published_is_told(
    alice: Profile, trust: Trust
) -> None:
    # Our code refuses to begin from such a log. Whatever attested this, no line covers the edit.
    log, at = b"week 49: met\n", TUESDAY + 3 * WEEK
    text = chains.append(alice.files[CHAIN].decode(), log, b"edited in between\n", at)
    alice.files |= {LOG: log, CHAIN: text.encode()}
    alice.files[alice.bundle_of(4)] = alice.attest(log, text.encode(), at)
    assert faults(audit(alice, trust)) == [(4, Fault.OTHER_LOG)]


def test_a_bundle_that_was_signed_on_another_day_is_refused(alice: Profile, trust: Trust) -> None:
    path = alice.bundle_of(3)
    alice.files[path] = alice.attest(alice.files[LOG], alice.files[CHAIN], TUESDAY + 4 * WEEK)
    assert faults(audit(alice, trust)) == [(3, Fault.OTHER_TIME)]


# What files may hold


@given(st.text() | st.binary().map(lambda b: b.decode("utf-8", "surrogateescape")))
def test_no_text_makes_reading_a_chain_raise(text: str) -> None:
    found = chains.read(text)
    assert found.findings
    assert chains.missing_since(text, text + "\n") == ()
    assert chains.missing_since(text + "x", text[:-1])


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace('"schema":1', '"schema":2'),
        lambda line: line.replace('"schema":1', '"schema":true'),
        lambda line: line.replace("sha256:", "sha512:", 1),
        lambda line: line.replace("attestations/", "../attestations/"),
        lambda line: line.replace("2026-11-24T06", "2026-11-31T06"),
        lambda line: line.replace("24T06:00:03Z", "24 06:00:03"),
        lambda line: line.replace('"from":""', '"from":null'),
        lambda line: line.replace('"previous":""', '"previous":"x"'),
        lambda line: line[:-1] + ',"more":"' + "x" * 2000 + '"}',
        lambda line: line[: len(line) // 2],
    ],
)
def test_a_line_that_breaks_the_form_is_unreadable(change: Callable[[str], str]) -> None:
    line = chains.append("", b"log", None, TUESDAY).rstrip("\n")
    changed = change(line)
    assert changed != line
    assert chains.read(changed + "\n").findings == (
        Finding(1, Fault.UNREADABLE, "it is no publication"),
    )


def test_a_chain_that_breaks_off_or_is_endless_is_told() -> None:
    text = chains.append("", b"log", None, TUESDAY)
    assert [str(f) for f in chains.read(text[:-1]).findings] == ["line 1: it breaks off"]
    assert [f.fault for f in chains.read("\n" * 5000).findings] == [Fault.UNREADABLE]


@pytest.mark.parametrize(
    "bundle",
    [b"", b"{}", b'{"dsseEnvelope":{"payload":"*"}}', b'{"dsseEnvelope":{"payload":"bnVsbA=="}}'],
)
def test_a_bundle_that_carries_no_statement_carries_none(bundle: bytes) -> None:
    assert statement_in(bundle) is None


def test_a_statement_of_another_form_or_size_is_none() -> None:
    said = statement([("log.jsonl", b"log")], PREDICATE_TYPE)
    assert statement_of(said) is not None
    assert statement_of(said + b" " * MOST_BYTES) is None
    assert statement_of(said.replace(b"Statement/v1", b"Statement/v2")) is None
    odd = json.loads(said) | {"subject": [1, {"name": 1}, {"name": "a", "digest": {"sha512": ""}}]}
    assert statement_of(json.dumps(odd).encode()) == Statement(PREDICATE_TYPE, frozenset())


# The job's two steps


def no_file(path: str) -> bytes | None:
    del path
    return None


def staged_week(files: dict[str, bytes]) -> Staged:
    changes = (FileChange(LOG, b"week 47: met\n"), FileChange("README.md", b"# Alice"))
    staged = stage(changes, "Log a week", ".csc", files.get, TUESDAY)
    assert isinstance(staged, Staged)
    return staged


def test_a_commit_holds_the_log_the_chain_and_the_bundle(sigstore: Sigstore) -> None:
    files = {"README.md": b"# Hello"}
    staged = staged_week(files)
    profile = Profile(sigstore)
    bundle = profile.attest(staged.content(LOG), staged.content(CHAIN), TUESDAY)
    written = complete(staged, bundle, files.get)
    assert isinstance(written, tuple)
    paths = [change.path for change in written]
    assert paths == [LOG, "README.md", CHAIN, ".csc/attestations/20261124T060003Z.sigstore.json"]


@pytest.mark.parametrize("path", [LOG, CHAIN, "README.md"])
def test_a_file_that_moved_meanwhile_stops_the_commit(sigstore: Sigstore, path: str) -> None:
    staged = staged_week({"README.md": b"# Hello"})
    bundle = Profile(sigstore).attest(staged.content(LOG), staged.content(CHAIN), TUESDAY)
    now = {"README.md": b"# Hello", path: b"somebody else's", "NOTES.md": b"no matter"}
    refused = complete(staged, bundle, now.get)
    assert isinstance(refused, Refused)
    assert refused.reason.startswith(path)


def test_an_attestation_of_other_files_is_not_committed(sigstore: Sigstore) -> None:
    staged = staged_week({})
    other = Profile(sigstore).attest(b"another", staged.content(CHAIN), TUESDAY)
    for bundle in (None, b"{}", other, b" " * (MOST_BYTES + 1)):
        assert isinstance(complete(staged, bundle, no_file), Refused)


def test_what_leaves_the_log_alone_needs_no_attestation(alice: Profile) -> None:
    changes = (FileChange(".csc/badge.svg", b"redrawn"),)
    staged = stage(changes, "Draw", ".csc", alice.files.get, TUESDAY)
    assert isinstance(staged, Staged)
    assert (staged.bundle, staged.log) == ("", "")
    assert complete(staged, None, alice.files.get) == changes


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema":2}', '{"schema":1,"changes":[1]}'])
def test_something_else_is_not_what_was_staged(text: str) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        from_text(text)


def test_what_is_kept_in_a_folder_is_the_same_and_has_the_names_to_attest(
    alice: Profile, tmp_path: Path
) -> None:
    staged = staged_week({})
    write(staged, tmp_path / "staged")
    assert read(tmp_path / "staged") == staged
    assert (tmp_path / "staged/log.jsonl").read_bytes() == b"week 47: met\n"
    assert (tmp_path / "staged/attestations.jsonl").read_bytes() == staged.content(CHAIN)
    redrawn = (FileChange(".csc/badge.svg", b""),)
    plain = stage(redrawn, "Draw", ".csc", alice.files.get, TUESDAY)
    assert isinstance(plain, Staged)
    write(plain, tmp_path / "plain")
    assert [path.name for path in (tmp_path / "plain").iterdir()] == ["staged.json"]
    with pytest.raises(UsageError, match="nothing is staged"):
        read(tmp_path)
    with pytest.raises(PublishError, match="can't be written"):
        write(staged, tmp_path / "plain/staged.json")


# The extra, and the root


def test_without_the_extra_the_way_to_it_is_told(
    alice: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.startswith("csc_verify.attestation.")]:
        if name.endswith((".signatures", ".policy")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sigstore", None)
    monkeypatch.setitem(sys.modules, "sigstore.models", None)
    monkeypatch.setitem(sys.modules, "sigstore.errors", None)
    with pytest.raises(UsageError, match=re.escape("csc-verify[attested]")):
        audit(alice, Trust(frozenset({COMMIT})))


def test_importing_the_package_does_not_import_the_extra() -> None:
    code = (
        "import sys, csc_verify.attestation.verifying, csc_verify.attestation.staged_files;"
        "print({'sigstore', 'cryptography', 'tuf'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_sigstores_own_root_needs_no_network_and_knows_no_throw_away_key(
    alice: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    outcome = audit(alice, Trust(frozenset({COMMIT})))
    assert faults(outcome) == [(line, Fault.NOT_VERIFIED) for line in (1, 2, 3)]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"mediaType": "text/plain"}'])
def test_a_root_that_is_none_is_a_usage_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "root.json"
    with pytest.raises(UsageError, match="no trusted root"):
        root_in(path)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no trusted root"):
        root_in(path)


def test_a_root_without_keys_is_a_usage_error(
    alice: Profile, sigstore: Sigstore, tmp_path: Path
) -> None:
    path = tmp_path / "root.json"
    path.write_text(json.dumps(json.loads(sigstore.root()) | {"certificateAuthorities": []}))
    with pytest.raises(UsageError, match="can't be used"):
        audit(alice, Trust(frozenset({COMMIT}), root=root_in(path)))
