"""An attested log where it is published: which files belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.attestation import chain as chains
from csc_verify.attestation.findings import Fault, Finding
from csc_verify.attestation.verifying import LOG_NAME, NotAttested, verify_attested

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_verify.attestation.identity import Trust, Whose
    from csc_verify.attestation.verifying import Attested


def verify_published(
    read: Callable[[str], bytes | None], directory: str, who: Whose, trust: Trust
) -> Attested | NotAttested:
    """Read a log, its chain and the bundles that the chain names, and verify them.

    Args:
        read: A file of the repository by its path; None if there is none.
        directory: ``publish.directory``.
        who: Whose log it has to be.
        trust: Whose word is taken.

    Raises:
        UsageError: The extra with sigstore is not installed, or the root of trust can't be used.
    """
    log, chain = read(f"{directory}/{LOG_NAME}"), read(f"{directory}/{chains.NAME}")
    for name, content in ((LOG_NAME, log), (chains.NAME, chain)):
        if content is None:
            return NotAttested((Finding(None, Fault.EMPTY, f"there is no {directory}/{name}"),))
    text = (chain or b"").decode("utf-8", "replace")
    names = {publication.bundle for publication in chains.read(text).publications}
    found = {name: read(f"{directory}/{name}") for name in sorted(names)}
    bundles = {name: content for name, content in found.items() if content is not None}
    return verify_attested(log or b"", text, bundles, who, trust)
