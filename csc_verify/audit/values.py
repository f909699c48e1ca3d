"""What an audit finds, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from csc_verify.model import RequirementId, Verdict


class Outcome(StrEnum):
    """What today's public sources say of a claim (contract: ``audit``)."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_RECHECKABLE = "not-recheckable"


def worst(outcomes: tuple[Outcome, ...]) -> Outcome:
    """The outcome of several claims together: one that is contradicted is enough."""
    order = (Outcome.CONTRADICTED, Outcome.NOT_RECHECKABLE)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Recheck:
    """One requirement of one week, asked again.

    Attributes:
        id: Which requirement.
        outcome: What came of it.
        said: What the log says, in words.
        found: What is found today, in words; empty if nothing was asked.
        why: One sentence without its full stop; empty if there is nothing to add.
    """

    id: RequirementId
    outcome: Outcome
    said: str
    found: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class WeekAudit:
    """One line of the log, verified again.

    Attributes:
        start: First day of the week.
        verdict: What the line says of the whole week.
        rechecks: Each requirement that was asked for.
    """

    start: date
    verdict: Verdict
    rechecks: tuple[Recheck, ...]

    @property
    def outcome(self) -> Outcome:
        """Of all requirements together."""
        return worst(tuple(recheck.outcome for recheck in self.rechecks))


class Kind(StrEnum):
    """What can be noticed about a log beside its claims."""

    UNREADABLE = "unreadable-line"
    DUPLICATE = "duplicate-week"
    DISORDER = "out-of-order"
    INCONSISTENT = "inconsistent-line"
    TOO_EARLY = "final-too-early"
    COUNTED_TWICE = "counted-twice"
    LINE_CHANGED = "final-line-changed"
    WEEK_DROPPED = "week-dropped"
    PUT_BACK = "put-back"
    CHAIN_CUT = "chain-cut"
    RECHECKED = "rechecked-by-hand"
    NOT_FINAL = "not-final"
    PAUSED = "paused"
    CHANGED = "commitment-changed"
    OTHER_ACCOUNT = "other-account"
    ORGANIZATION = "organization"
    GAP = "gap"
    STOPPED = "stopped"
    LOWERED = "minimum-lowered"
    NARROWED = "scope-narrowed"
    FOREIGN_COMMIT = "commit-by-somebody-else"
    UNSIGNED = "unsigned-commit"
    FORCE_PUSHED = "force-pushed"
    NO_HISTORY = "history-not-seen"
    NO_CONFIGURATION = "configuration-not-read"
    ATTESTED = "attested"
    UNPROVEN = "attestations-not-verified"
    NOT_ATTESTED = "not-attested"
    BEGUN_LATER = "attested-from-later-on"


CONTRADICTIONS = frozenset(
    {
        *(Kind.DUPLICATE, Kind.INCONSISTENT, Kind.TOO_EARLY, Kind.COUNTED_TWICE),
        *(Kind.LINE_CHANGED, Kind.WEEK_DROPPED, Kind.OTHER_ACCOUNT),
        *(Kind.NOT_ATTESTED, Kind.CHAIN_CUT),
    }
)
"""By these the log contradicts itself; the others are for a reader to weigh."""

UNCHECKED = frozenset({Kind.UNREADABLE, Kind.GAP, Kind.NOT_FINAL, Kind.UNPROVEN})
"""Where something is noticed of these kinds, not every week was verified."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something noticed about the log.

    Attributes:
        kind: What it is.
        text: One sentence without its full stop.
    """

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The log at one commit.

    Attributes:
        commit: The commit's id; empty for the log as it is now, if no commit holds it.
        author: The author's name and address, as git has it.
        is_bot: Whether that is the workflows' bot.
        is_signed: Whether GitHub vouches for its signature; None where that can't be seen.
        text: The log; None if it was not read.
    """

    commit: str
    author: str
    is_bot: bool
    is_signed: bool | None
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class History:
    """A log's versions.

    Attributes:
        versions: Oldest first.
        remarks: What of them could not be seen.
    """

    versions: tuple[Version, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Provenance(StrEnum):
    """Who made a log, as far as that is proven."""

    SELF_PUBLISHED = "self-published"
    ATTESTED = "attested"
    ATTESTED_IN_PART = "attested-in-part"


@dataclass(frozen=True, slots=True)
class Audit:
    """A published log, verified again.

    Attributes:
        where: Which log, for a reader.
        login: Whose, as its newest line says; empty for an empty log.
        weeks: Each readable line, oldest first.
        remarks: What was noticed beside.
        at: When, an instant in UTC.
        provenance: Who made it.
    """

    where: str
    login: str
    weeks: tuple[WeekAudit, ...]
    remarks: tuple[Remark, ...]
    at: datetime
    provenance: Provenance = Provenance.SELF_PUBLISHED

    @property
    def outcome(self) -> Outcome:
        """Of the whole log."""
        kinds = {remark.kind for remark in self.remarks}
        if kinds & CONTRADICTIONS:
            return Outcome.CONTRADICTED
        is_all = bool(self.weeks) and not kinds & UNCHECKED
        of_log = Outcome.CONFIRMED if is_all else Outcome.NOT_RECHECKABLE
        return worst((of_log, *(week.outcome for week in self.weeks)))
