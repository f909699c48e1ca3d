"""The judge: what was found, against what was promised. Pure; the whole truth table is here.

For one requirement, what was found gives a *least* and a *most*: the items that certainly count,
and those plus the ones that may. Then, in this order:

=====================================================  =========
if                                                     verdict
=====================================================  =========
the requirement is not asked for this week             skipped
least reaches the minimum                              met
the week is not over, or not settled                   unknown
nothing was configured to look at                      unknown
a source failed or could not see the whole week        unknown
most reaches the minimum                               unknown
otherwise                                              unmet
=====================================================  =========
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.addresses import canonical
from csc_verify.dates import Placement, in_future, placed
from csc_verify.escape import plain
from csc_verify.model import (
    Claim,
    Commitment,
    CountBasis,
    Counted,
    Evidence,
    Failed,
    Finding,
    Found,
    Item,
    ItemKind,
    LeftOut,
    Requirement,
    RequirementId,
    Verdict,
)
from csc_verify.week import Week, WeekState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from csc_verify.dates import WrittenDate

MOST_LEFT_OUT = 20
"""Left-out things that a finding lists one by one; the rest is a number."""

_MOST_REASONS = 4
_REASON_LENGTH = 1000
_NOUNS = {
    RequirementId.CONTRIBUTIONS: ("public contribution", "public contributions"),
    RequirementId.BLOG: ("post", "posts"),
    RequirementId.CONTACTS: ("contact", "contacts"),
    RequirementId.DESIGN: ("design activity", "design activities"),
}


def requirements_for(commitment: Commitment, week: Week) -> tuple[Requirement, ...]:
    """What the commitment asks of a week: all four requirements, some of them skipped.

    A week is asked for only if all its seven days lie within the commitment and none in a pause.
    """
    absent = _not_asked(commitment, week)
    minimums = dict(commitment.minimums)
    return tuple(
        Requirement(
            id=id_,
            minimum=minimums[id_],
            skipped=_outside(commitment, id_) or absent,
            count=commitment.count,
            author=commitment.author,
        )
        for id_ in RequirementId
    )


def _outside(commitment: Commitment, id_: RequirementId) -> str | None:
    if id_ not in commitment.track.requirements:
        return f"not required on the {commitment.track.value} track"
    return None if id_ in commitment.scope else "outside the scope of this log"


def _not_asked(commitment: Commitment, week: Week) -> str | None:
    if commitment.since and week.first < commitment.since:
        return f"the commitment begins on {commitment.since}"
    if commitment.until and week.last > commitment.until:
        return f"the commitment ended on {commitment.until}"
    for pause in commitment.pauses:
        if pause.first <= week.last and week.first <= pause.last:
            reason = f": {plain(pause.reason)}" if pause.reason else ""
            return f"paused from {pause.first} to {pause.last}{reason}"
    return None


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """An item that may count, and why it may not."""

    item: Item
    why: str


_Outcome = Counted | _Doubtful | LeftOut


@dataclass(frozen=True, slots=True)
class _Tally:
    """What the items of a requirement add up to."""

    counted: tuple[Counted, ...]
    doubtful: tuple[_Doubtful, ...]
    left_out: tuple[LeftOut, ...]

    def least(self, kinds: frozenset[ItemKind]) -> int:
        return sum(item.count for item in self.counted if item.kind in kinds)

    def most(self, kinds: frozenset[ItemKind]) -> int:
        return self.least(kinds) + sum(d.item.count for d in self.doubtful if d.item.kind in kinds)

    def doubts(self, kinds: frozenset[ItemKind]) -> tuple[str, ...]:
        by_reason: dict[str, list[Item]] = {}
        for doubtful in self.doubtful:
            if doubtful.item.kind in kinds:
                by_reason.setdefault(doubtful.why, []).append(doubtful.item)
        return tuple(
            f"{_named(items[0])}: {why}" if len(items) == 1 else f"{len(items)} items: {why}"
            for why, items in by_reason.items()
        )


_ANY_KIND = frozenset(ItemKind)
_COMMITS = frozenset({ItemKind.COMMIT})


def judge(
    requirement: Requirement,
    evidence: Sequence[Evidence],
    week: Week,
    now: datetime,
    counted_elsewhere: Mapping[str, Claim] | None = None,
) -> Finding:
    """The finding of one requirement in one week.

    Args:
        requirement: What is asked.
        evidence: What each address answered; empty if none was configured.
        week: The week, in the student's zone.
        now: The command's clock, an instant.
        counted_elsewhere: Addresses of posts that other weeks of the log hold; they never count
            again (design: "an item counts in one week only").
    """
    if requirement.skipped is not None:
        return _unasked(requirement, Verdict.SKIPPED, requirement.skipped)
    tally = _count(requirement, evidence, week, now, counted_elsewhere or {})
    kinds = _COMMITS if requirement.count is CountBasis.COMMITS else _ANY_KIND
    count = tally.least(kinds)
    doubts = tally.doubts(kinds) if tally.most(kinds) >= requirement.minimum else ()
    reasons = _reasons_not_to_know(evidence, week, now, doubts)
    # Where nobody answered there is no number, and 0 would be one.
    counted = requirement.id is RequirementId.CONTRIBUTIONS and any(
        isinstance(answer, Found) for answer in evidence
    )
    return Finding(
        id=requirement.id,
        verdict=_decide(count, requirement.minimum, reasons),
        minimum=requirement.minimum,
        count=count,
        source=", ".join(dict.fromkeys(answer.source for answer in evidence)),
        reason=_explain(requirement, count, reasons),
        evidence=tuple(sorted(tally.counted, key=lambda item: (item.at, item.url))),
        left_out=_listed(tally.left_out, evidence),
        commits=tally.least(_COMMITS) if counted else None,
        contributions=tally.least(_ANY_KIND) if counted else None,
    )


def not_supported(requirement: Requirement) -> Finding:
    """The finding of a requirement that this version cannot look at yet."""
    if requirement.skipped is not None:
        return _unasked(requirement, Verdict.SKIPPED, requirement.skipped)
    return _unasked(
        requirement,
        Verdict.UNKNOWN,
        "not supported by this version yet. Leave it out of 'scope' until it is",
    )


def _unasked(requirement: Requirement, verdict: Verdict, reason: str) -> Finding:
    return Finding(requirement.id, verdict, requirement.minimum, 0, "", reason)


def _decide(count: int, minimum: int, reasons_not_to_know: Sequence[str]) -> Verdict:
    if count >= minimum:
        return Verdict.MET
    return Verdict.UNKNOWN if reasons_not_to_know else Verdict.UNMET


def _explain(requirement: Requirement, count: int, reasons: Sequence[str]) -> str:
    singular, plural = _NOUNS[requirement.id]
    if requirement.count is CountBasis.COMMITS and requirement.id is RequirementId.CONTRIBUTIONS:
        singular, plural = "commit", "commits"
    summary = f"{count} {singular if count == 1 else plural}, {requirement.minimum} needed"
    if count >= requirement.minimum or not reasons:
        return summary
    shown = list(reasons[:_MOST_REASONS])
    if len(reasons) > _MOST_REASONS:
        shown.append(f"And {len(reasons) - _MOST_REASONS} more reasons")
    # Where nothing was found since nobody could look, "0 of 5" would sound like an answer.
    parts = (summary, *shown) if count else shown
    return plain(". ".join(parts), _REASON_LENGTH)


def _reasons_not_to_know(
    evidence: Sequence[Evidence], week: Week, now: datetime, may_reach: Sequence[str]
) -> list[str]:
    """Everything that forbids to say ``unmet``; empty if nothing does."""
    reasons: list[str] = []
    state = week.state(now)
    if state is WeekState.OPEN:
        reasons.append(f"The week is not over until {week.last} has passed")
    if state is WeekState.SETTLING:
        reasons.append(f"What is late may still show until {week.settles:%Y-%m-%d %H:%M} UTC")
    if not evidence:
        reasons.append("No address to look at is configured. Add your blog's feed under blog.urls")
    for answer in evidence:
        match answer:
            case Failed():
                reasons.append(_sentence(answer.reason, answer.hint))
            case Found(complete=False):
                reasons.append(_sentence(answer.gap, answer.hint))
            case Found():
                pass
    return [*reasons, *may_reach]


def _sentence(reason: str, hint: str) -> str:
    return f"{reason}. {hint}" if hint else reason


# --- which items count -----------------------------------------------------------------------


def _count(
    requirement: Requirement,
    evidence: Sequence[Evidence],
    week: Week,
    now: datetime,
    counted_elsewhere: Mapping[str, Claim],
) -> _Tally:
    elsewhere = {canonical(url): claim for url, claim in counted_elsewhere.items()}
    copies: dict[str, list[_Copy]] = {}
    for found in evidence:
        if isinstance(found, Failed):
            continue
        names = {_folded(name) for item in found.items for name in item.authors}
        for number, item in enumerate(found.items):
            outcome = (
                _authored(item, requirement, several=len(names) > 1)
                or _claimed(item, elsewhere)
                or _dated(item, week, now)
            )
            key = _key(item) or f"{found.address} {number}"
            copies.setdefault(key, []).append(_Copy(item, _placed(item, week), outcome))
    kept = [outcome for group in copies.values() for outcome in _best(group)]
    return _Tally(
        counted=tuple(outcome for outcome in kept if isinstance(outcome, Counted)),
        doubtful=tuple(outcome for outcome in kept if isinstance(outcome, _Doubtful)),
        left_out=tuple(
            LeftOut(_named(outcome.item), outcome.why)
            if isinstance(outcome, _Doubtful)
            else outcome
            for outcome in kept
            if not isinstance(outcome, Counted)
        ),
    )


def _key(item: Item) -> str | None:
    """What makes two items the same one; None if nothing tells."""
    if item.url is None:
        return None
    day = "" if item.kind is ItemKind.POST or item.at is None else item.at.iso
    return f"{item.kind} {day} {canonical(item.url)}"


@dataclass(frozen=True, slots=True)
class _Copy:
    """One sighting of an item, with what became of it."""

    item: Item
    placement: Placement
    outcome: _Outcome

    @property
    def rank(self) -> int:
        return (Counted, _Doubtful, LeftOut).index(type(self.outcome))


def _best(copies: Sequence[_Copy]) -> list[_Outcome]:
    """The outcomes of all sightings of one thing, whatever order they came in; none outside.

    A copy that counts wins over one in doubt, and that over one left out. Where copies contradict
    each other about the date, what would count is in doubt.
    """
    inside = sorted(
        (copy for copy in copies if copy.placement is not Placement.OUTSIDE),
        key=lambda copy: copy.rank,
    )
    if not inside:
        return []
    best = inside[0]
    outside = {copy.item.title for copy in copies if copy.placement is Placement.OUTSIDE}
    if isinstance(best.outcome, Counted) and best.item.title and best.item.title in outside:
        return [_Doubtful(best.item, "another copy of it is dated outside the week")]
    others = {
        (copy.item.title, copy.item.at and copy.item.at.iso): copy.item
        for copy in inside[1:]
        if _is_another(copy, best)
    }
    why = "another post has the same address"
    return [best.outcome, *(_Doubtful(item, why) for item in others.values())]


def _is_another(copy: _Copy, best: _Copy) -> bool:
    """Whether a sighting may be a post of its own, at the address of one that counts."""
    if isinstance(copy.outcome, LeftOut) or not isinstance(best.outcome, Counted):
        return False
    if copy.item.title != best.item.title:
        return True
    one, other = copy.item.at, best.item.at
    return (
        isinstance(copy.outcome, Counted)
        and one is not None
        and other is not None
        and one.readings != other.readings
    )


def _placed(item: Item, week: Week) -> Placement:
    return Placement.UNSURE if item.at is None else placed(item.at, week)


def _authored(item: Item, requirement: Requirement, *, several: bool) -> _Outcome | None:
    """What speaks against an item's being the student's (contract: "several authors").

    A feed with one author or none is the student's own.
    """
    if requirement.id is not RequirementId.BLOG or not several:
        return None
    if requirement.author is None:
        return _Doubtful(item, "the feed names several authors; set blog.author")
    if not item.authors:
        return _Doubtful(item, "the feed names several authors, but none for this post")
    wanted, names = _folded(requirement.author), [_folded(name) for name in item.authors]
    if wanted in names:
        return None
    if any(wanted in name or "@" in name for name in names):
        return _Doubtful(item, f"whether {item.authors[0][:60]!r} is blog.author can't be told")
    return LeftOut(_named(item), f"written by {plain(' and '.join(item.authors), 60)}")


def _claimed(item: Item, elsewhere: Mapping[str, Claim]) -> _Outcome | None:
    """What another week of the log says of a post's address."""
    if item.kind is not ItemKind.POST or item.url is None:
        return None
    claim = elsewhere.get(canonical(item.url))
    if claim is None:
        return None
    if claim.title == plain(item.title):
        return LeftOut(_named(item), f"counted in the week of {claim.week} already")
    return _Doubtful(
        item, f"its address was counted in the week of {claim.week}, under another title"
    )


def _dated(item: Item, week: Week, now: datetime) -> _Outcome:
    """Whether an item of the week, or perhaps of the week, counts."""
    if item.at is None:
        return _Doubtful(item, "no usable date of first publication")
    future = in_future(item.at, now, week.zone)
    if future is Placement.INSIDE:
        return LeftOut(_named(item), f"dated in the future ({plain(item.at.raw, 60)})")
    doubt = _doubt(item, item.at, _placed(item, week), future)
    if doubt is not None or item.url is None:
        return _Doubtful(item, doubt or "no address that one can open")
    return Counted(item.kind.value, item.url, item.at.iso, plain(item.title), item.count)


def _doubt(item: Item, at: WrittenDate, placement: Placement, future: Placement) -> str | None:
    written = plain(at.raw, 60)
    if placement is Placement.UNSURE:
        return f"its date ({written}) may lie inside or outside the week"
    if future is Placement.UNSURE:
        return f"its date ({written}) may lie in the future"
    return item.doubt


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _named(item: Item) -> str:
    return plain(item.title, 100) or plain(item.url or "an item without a title", 100)


def _listed(left_out: Sequence[LeftOut], evidence: Sequence[Evidence]) -> tuple[LeftOut, ...]:
    """What a finding shows of what was left out: the first twenty, then a number."""
    everything = list(left_out)
    for answer in evidence:
        if isinstance(answer, Found):
            everything.extend(answer.left_out)
    shown = everything[:MOST_LEFT_OUT]
    if len(everything) > MOST_LEFT_OUT:
        shown.append(LeftOut(f"{len(everything) - MOST_LEFT_OUT} more", "the list is cut here"))
    return tuple(shown)
