"""What the log says of a requirement, against what is found today. Pure.

Nothing that is gone accuses anybody: repositories are deleted or made private, feeds move on. Only
a live fact that says otherwise contradicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from csc_verify.addresses import canonical
from csc_verify.audit.values import Outcome, Recheck
from csc_verify.model import Counted, Finding, RequirementId, Verdict
from csc_verify.tally import amount

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sight(Enum):
    """What a second look at one piece of evidence shows."""

    THERE = "there"
    GONE = "gone"
    OTHERWISE = "otherwise"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Seen:
    """A second look at one piece of evidence.

    Attributes:
        sight: What it shows.
        why: Where it is otherwise, what it says today; where it could not be looked at, why. One
            sentence without its full stop.
    """

    sight: Sight
    why: str = ""


def missing_evidence(said: Finding, found: Finding) -> tuple[Counted, ...]:
    """The public evidence of a log's finding that today's finding lacks."""
    there = {_key(counted) for counted in found.evidence if counted.url}
    public = (counted for counted in said.evidence if counted.url)
    return tuple(counted for counted in public if _key(counted) not in there)


def compared(said: Finding, found: Finding, looks: Mapping[str, Seen]) -> Recheck:
    """What comes of one requirement.

    Args:
        said: What the log says; it was asked for.
        found: What is found today, judged by the same commitment.
        looks: What a second look shows of the evidence that is missing today, by its address.
    """
    outcome, why = _outcome(said, found, looks)
    today = "" if said.id is RequirementId.CONTACTS else _in_words(found)
    return Recheck(said.id, outcome, _in_words(said), today, why)


def _outcome(said: Finding, found: Finding, looks: Mapping[str, Seen]) -> tuple[Outcome, str]:
    if said.verdict is Verdict.UNKNOWN:
        return Outcome.CONFIRMED, "the log claims nothing"
    if said.verdict is Verdict.SKIPPED:
        return Outcome.NOT_RECHECKABLE, "no pause of today's configuration says why it is skipped"
    if said.id is RequirementId.CONTACTS:
        return Outcome.NOT_RECHECKABLE, (
            "contacts are private; when the student reveals the week, 'csc-verify contacts confirm'"
            " checks it"
        )
    if said.verdict is Verdict.UNMET:
        return _of_unmet(found)
    return _of_met(said, found, looks)


def _of_unmet(found: Finding) -> tuple[Outcome, str]:
    if found.verdict is Verdict.MET:
        return Outcome.CONTRADICTED, (
            "in the student's favour: evidence surfaced after the line was final; 'csc-verify run"
            " --recheck' takes it over"
        )
    if found.verdict is Verdict.UNMET:
        return Outcome.CONFIRMED, ""
    return Outcome.NOT_RECHECKABLE, found.reason


def _of_met(said: Finding, found: Finding, looks: Mapping[str, Seen]) -> tuple[Outcome, str]:
    missing = missing_evidence(said, found)
    # What isn't asked about by itself is missing where the whole could be seen, and only there.
    is_answered = found.verdict is not Verdict.UNKNOWN
    rest = Seen(Sight.GONE) if is_answered else Seen(Sight.UNSEEN, found.reason)
    seen = {counted.url: looks.get(counted.url, rest) for counted in missing}
    otherwise = [look for look in seen.values() if look.sight is Sight.OTHERWISE]
    if otherwise:
        return Outcome.CONTRADICTED, "; ".join(look.why for look in otherwise[:3])
    missed = {url: look for url, look in seen.items() if look.sight is not Sight.THERE}
    if found.verdict is Verdict.MET:
        return Outcome.CONFIRMED, _of_missed(missed, said)
    sealed = any(counted.digest for counted in said.evidence)
    is_all_seen = found.verdict is Verdict.UNMET and not missed and not sealed
    if is_all_seen and _seen_today(said, found) < said.minimum:
        return Outcome.CONTRADICTED, "all that the log shows is there, and it is too little"
    return Outcome.NOT_RECHECKABLE, _why_not(said, found, missed, sealed=sealed)


def _seen_today(said: Finding, found: Finding) -> int:
    """What the log's evidence is worth today; a number that only the log says is worth nothing."""
    counts = {_key(counted): counted.count for counted in found.evidence}
    kinds = {_key(counted): counted.kind for counted in said.evidence if counted.url}
    return amount((kind, counts.get(key, 1)) for key, kind in kinds.items())


def _why_not(said: Finding, found: Finding, missed: Mapping[str, Seen], *, sealed: bool) -> str:
    if found.verdict is Verdict.SKIPPED:
        return f"it is not asked for: {found.reason}"
    if sealed:
        return "some of it is private, and known by digests alone"
    # What stood in the way of looking comes before any guess at why something isn't there.
    if found.verdict is Verdict.UNKNOWN or not missed:
        return found.reason
    return _of_missed(missed, said)


def _of_missed(missed: Mapping[str, Seen], said: Finding) -> str:
    """What of the evidence isn't seen today: never called gone where nobody could look."""
    unseen = [look.why for look in missed.values() if look.sight is Sight.UNSEEN]
    gone, of_all = len(missed) - len(unseen), f"of {len(said.evidence)} pieces of evidence"
    told = []
    if gone:
        told.append(
            f"{gone} {of_all} can't be seen any more: deleted, made private, or moved out of the"
            " feed"
        )
    if unseen:
        told.append(f"{len(unseen)} {of_all} could not be looked at: {unseen[0]}")
    return "; ".join(told)


def _key(counted: Counted) -> tuple[str, str]:
    return canonical(counted.url), counted.at[:10]


def _in_words(finding: Finding) -> str:
    if finding.verdict is Verdict.UNKNOWN and not finding.count:
        return finding.verdict.value
    return f"{finding.verdict.value}, {finding.count} of {finding.minimum}"
