"""Whose log it has to be, and whose word is taken for it. Values alone; nothing is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sigstore.models import TrustedRoot

ISSUER: Final = "https://token.actions.githubusercontent.com"
"""Who said which job it was: GitHub's, for jobs of GitHub Actions."""
WORKFLOW: Final = "https://github.com/csc-verify/csc-verify/.github/workflows/verify.yml"
"""Our workflow, as certificates name it before the ``@`` of its ref."""
HOSTED: Final = "github-hosted"
TRIGGERS: Final = ("schedule", "workflow_dispatch")
"""What may start a run. Others, such as a pull request, let somebody else begin it."""
PREDICATE_TYPE: Final = "https://slsa.dev/provenance/v1"
"""What GitHub's attestations say of a file: how it was made."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The repository that the log has to come from, by the numbers that outlive a renaming.

    Attributes:
        repository_id: GitHub's number of the repository.
        owner_id: GitHub's number of the account that owns it.
    """

    repository_id: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose word is taken.

    Attributes:
        commits: The commits at which our workflow may have run: those of our releases, forty
            hexadecimal digits each. A path alone proves nothing, since commits of anybody's fork
            are reached through it.
        workflow: The workflow, as in :data:`WORKFLOW`.
        root: Who may issue certificates and keep transparency logs; None for Sigstore's own
            production root, as the installed sigstore brings it.
    """

    commits: frozenset[str]
    workflow: str = WORKFLOW
    root: TrustedRoot | None = None
