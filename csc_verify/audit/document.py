"""An audit as JSON. ``schema`` is 1; keys may be added within it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from csc_verify.audit.values import CONTRADICTIONS
from csc_verify.escape import plain
from csc_verify.version import __version__

if TYPE_CHECKING:
    from csc_verify.audit.values import Audit, Recheck

SCHEMA: Final = 1
_LENGTH: Final = 2000


def to_document(audit: Audit) -> str:
    """The audit as an indented JSON document with a line end."""
    data = {
        "schema": SCHEMA,
        "log": audit.where,
        "github": audit.login,
        "outcome": audit.outcome.value,
        "trust": audit.provenance.value,
        "weeks": [
            {
                "start": week.start.isoformat(),
                "verdict": week.verdict.value,
                "outcome": week.outcome.value,
                "requirements": [_recheck(recheck) for recheck in week.rechecks],
            }
            for week in audit.weeks
        ],
        "remarks": [
            {
                "kind": remark.kind.value,
                "contradicts": remark.kind in CONTRADICTIONS,
                "text": plain(remark.text, _LENGTH),
            }
            for remark in audit.remarks
        ],
        "checked_at": audit.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": __version__,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _recheck(recheck: Recheck) -> dict[str, str]:
    return {
        "id": recheck.id.value,
        "outcome": recheck.outcome.value,
        "said": recheck.said,
        "found": recheck.found,
        "why": plain(recheck.why, _LENGTH),
    }
