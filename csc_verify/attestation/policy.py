"""What a certificate has to say, built from sigstore's own policies.

The only module beside ``signatures.py`` that imports sigstore; both are imported when needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.x509 import (
    ExtensionNotFound,
    SubjectAlternativeName,
    UniformResourceIdentifier,
)
from sigstore.errors import VerificationError
from sigstore.verify.policy import (
    AllOf,
    AnyOf,
    OIDCBuildSignerDigest,
    OIDCBuildSignerURI,
    OIDCBuildTrigger,
    OIDCIssuerV2,
    OIDCRunnerEnvironment,
    OIDCSourceRepositoryIdentifier,
    OIDCSourceRepositoryOwnerIdentifier,
)

from csc_verify.attestation.identity import HOSTED, ISSUER, TRIGGERS

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from sigstore.verify.policy import VerificationPolicy

    from csc_verify.attestation.identity import Trust, Whose


@dataclass(frozen=True, slots=True)
class SignerWorkflow:
    """A policy: the certificate is about this very workflow, at whatever ref.

    sigstore compares a whole address with its ref, and others compare a beginning, which
    ``verify.yml.evil.yml@…`` has as well. Here everything before the ``@`` has to be the workflow,
    and the certificate's name and its build signer have to be one. The commit is another policy's.

    Attributes:
        workflow: The workflow's address without its ref.
    """

    workflow: str

    def verify(self, cert: Certificate) -> None:
        """See that the certificate is about the workflow.

        Raises:
            VerificationError: It isn't.
        """
        try:
            names = cert.extensions.get_extension_for_class(SubjectAlternativeName).value
        except ExtensionNotFound:
            raise VerificationError("the certificate names nobody") from None
        addresses = names.get_values_for_type(UniformResourceIdentifier)
        if len(names) != 1 or len(addresses) != 1:
            raise VerificationError("the certificate names more than one workflow, or none")
        workflow, at, ref = addresses[0].partition("@")
        if workflow != self.workflow or not at or not ref:
            raise VerificationError(f"signed by {addresses[0]}, and not by {self.workflow}")
        OIDCBuildSignerURI(addresses[0]).verify(cert)


@dataclass(frozen=True, slots=True)
class Named:
    """A policy with a name, so that a reader is told what was not as it has to be.

    Attributes:
        name: What the policy asks for, to stand behind "it was not signed".
        policy: The policy.
    """

    name: str
    policy: VerificationPolicy

    def verify(self, cert: Certificate) -> None:
        """See that the policy holds.

        Raises:
            VerificationError: It doesn't; the text names it.
        """
        try:
            self.policy.verify(cert)
        except VerificationError as error:
            raise VerificationError(f"it was not signed {self.name} ({error})") from error


def policy_for(who: Whose, trust: Trust) -> AllOf:
    """The policy that a publication's certificate has to meet.

    Args:
        who: Whose log it has to be.
        trust: Our workflow and its commits; without a commit nothing is accepted.
    """
    triggers: list[VerificationPolicy] = [OIDCBuildTrigger(trigger) for trigger in TRIGGERS]
    commits: list[VerificationPolicy] = [OIDCBuildSignerDigest(it) for it in sorted(trust.commits)]
    return AllOf(
        [
            Named("for a job of GitHub Actions", OIDCIssuerV2(ISSUER)),
            Named("by our workflow", SignerWorkflow(trust.workflow)),
            Named("by one of our releases", AnyOf(commits)),
            Named("on a runner that GitHub hosts", OIDCRunnerEnvironment(HOSTED)),
            Named("in this repository", OIDCSourceRepositoryIdentifier(str(who.repository_id))),
            Named("under this owner", OIDCSourceRepositoryOwnerIdentifier(str(who.owner_id))),
            Named("in a run by schedule or by hand", AnyOf(triggers)),
        ]
    )
