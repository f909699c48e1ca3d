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

import re
from typing import TYPE_CHECKING

from csc_verify.dates import Placement, ends_before, placed
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
    ItemKind,
    LeftOut,
    Requirement,
    RequirementId,
    Verdict,
)
from csc_verify.tally import MODULES_FOR_ONE, tally_up
from csc_verify.week import Week, WeekState
from csc_verify.wording import not_over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

MOST_LEFT_OUT = 20
"""Left-out things that a finding lists one by one; the rest is a number."""

MOST_EVIDENCE = 200
"""Pieces of evidence that a finding shows one by one: with the longest addresses and titles, what a
line of the log can hold."""
MOST_DIGESTS = 1000
"""Digests that a finding shows: as many as a commitment can ask contacts for."""
MOST_NOTES = 12
"""Notes about single items that a finding shows."""

_NO_ADDRESS = "No address to look at is configured. Add your blog's feed under blog.urls"
_NOTHING_CONFIGURED = {
    RequirementId.CONTRIBUTIONS: "No account to look at is configured. Set github to your login",
    RequirementId.BLOG: _NO_ADDRESS,
    RequirementId.CONTACTS: "No tracker is configured. Put it into a secret, and set"
    " contacts.tracker to env:CSC_CONTACTS",
    RequirementId.DESIGN: "No list of activities is configured. Set design.activities",
}
_MOST_REASONS = 4
_PLAIN_WORD = re.compile(r"[a-z]+(?=[ ,])")
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
    tally = tally_up(requirement, evidence, week, now, counted_elsewhere or {})
    kinds = _COMMITS if requirement.count is CountBasis.COMMITS else _ANY_KIND
    count = tally.least(kinds)
    doubts = tally.doubts(kinds) if tally.most(kinds) >= requirement.minimum else ()
    reasons = _reasons_not_to_know(requirement.id, evidence, week, now, doubts)
    # Where nobody answered there is no number, and 0 would be one.
    counted = requirement.id is RequirementId.CONTRIBUTIONS and any(
        isinstance(answer, Found) for answer in evidence
    )
    verdict = _decide(count, requirement.minimum, reasons)
    shown = sorted(_shown(tally.counted), key=lambda item: (item.at, item.url, item.digest))
    return Finding(
        id=requirement.id,
        verdict=verdict,
        minimum=requirement.minimum,
        count=count,
        source=", ".join(dict.fromkeys(answer.source for answer in evidence)),
        reason=_explain(requirement, count, tally.number_of(ItemKind.MODULE), reasons),
        evidence=_cut(shown),
        left_out=_listed(tally.left_out, evidence),
        notes=(
            *_too_many(shown),
            *(_nearest(evidence, week) if verdict is Verdict.UNMET else ()),
            *(_to_be_mended(evidence) if count >= requirement.minimum else ()),
            *_told_by_sources(evidence),
            *tally.notes[:MOST_NOTES],
        ),
        commits=tally.least(_COMMITS) if counted else None,
        contributions=tally.least(_ANY_KIND) if counted else None,
    )


def _nearest(evidence: Sequence[Evidence], week: Week) -> tuple[str, ...]:
    """Which posts stand before and after a week that has too few, so that anybody can check it."""
    found = (answer for answer in evidence if isinstance(answer, Found))
    posts = [it for answer in found for it in answer.items if it.kind is ItemKind.POST]
    around = [
        (
            ends_before(it.at, week.begins, week.zone),
            f"'{plain(it.title, 60)}' ({it.at.iso})",
            it.at,
        )
        for it in posts
        if it.at is not None and placed(it.at, week) is Placement.OUTSIDE
    ]
    before = max((one for one in around if one[0]), key=lambda one: one[2].iso, default=None)
    after = min((one for one in around if not one[0]), key=lambda one: one[2].iso, default=None)
    said = [one[1] for one in (before, after) if one is not None]
    count = f"{len(posts)} post" if len(posts) == 1 else f"{len(posts)} posts"
    return (f"looked at {count}; nearest to the week: {' and '.join(said)}",) if said else ()


def _to_be_mended(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What else was to be asked and didn't answer: next week it may be missing."""
    failed = (answer for answer in evidence if isinstance(answer, Failed))
    return tuple(plain(_sentence(it.reason, it.hint), _REASON_LENGTH) for it in failed)


def _too_many(shown: Sequence[Counted]) -> tuple[str, ...]:
    more = len(shown) - len(_cut(shown))
    return (f"{more} more counted than are listed",) if more else ()


def _cut(shown: Sequence[Counted]) -> tuple[Counted, ...]:
    """What a line of the log can hold; digests are short, and each is needed to confirm a week."""
    private = [counted for counted in shown if counted.digest]
    public = [counted for counted in shown if not counted.digest]
    return (*private[:MOST_DIGESTS], *public[:MOST_EVIDENCE])


def _shown(counted: Sequence[Counted]) -> Iterator[Counted]:
    """What a report can show of what counted: of people it shows a digest at the most."""
    return (item for item in counted if item.url or item.digest)


def _told_by_sources(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(note for it in evidence if isinstance(it, Found) for note in it.notes)


def _unasked(requirement: Requirement, verdict: Verdict, reason: str) -> Finding:
    return Finding(requirement.id, verdict, requirement.minimum, 0, "", reason)


def _decide(count: int, minimum: int, reasons_not_to_know: Sequence[str]) -> Verdict:
    if count >= minimum:
        return Verdict.MET
    return Verdict.UNKNOWN if reasons_not_to_know else Verdict.UNMET


def _explain(requirement: Requirement, count: int, modules: int, reasons: Sequence[str]) -> str:
    singular, plural = _NOUNS[requirement.id]
    if requirement.count is CountBasis.COMMITS and requirement.id is RequirementId.CONTRIBUTIONS:
        singular, plural = "commit", "commits"
    summary = f"{count} {singular if count == 1 else plural}, {requirement.minimum} needed"
    if modules % MODULES_FOR_ONE and count < requirement.minimum:
        summary += f", and {modules % MODULES_FOR_ONE} of the {MODULES_FOR_ONE} modules for one"
    if count >= requirement.minimum or not reasons:
        return summary
    shown = list(reasons[:_MOST_REASONS])
    if len(reasons) > _MOST_REASONS:
        shown.append(f"And {len(reasons) - _MOST_REASONS} more reasons")
    # Where nothing was found since nobody could look, "0 of 5" would sound like an answer.
    parts = (summary, *shown) if count else shown
    return plain(". ".join(parts), _REASON_LENGTH)


def _reasons_not_to_know(
    requirement: RequirementId,
    evidence: Sequence[Evidence],
    week: Week,
    now: datetime,
    may_reach: Sequence[str],
) -> list[str]:
    """Everything that forbids to say ``unmet``; empty if nothing does."""
    reasons: list[str] = []
    state = week.state(now)
    if state is WeekState.OPEN:
        reasons.append(not_over(week.last))
    if state is WeekState.SETTLING:
        reasons.append(f"What is late may still show until {week.settles:%Y-%m-%d %H:%M} UTC")
    if not evidence:
        reasons.append(_NOTHING_CONFIGURED[requirement])
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
    return ". ".join(_begun(part) for part in (reason, hint) if part)


def _begun(sentence: str) -> str:
    """A sentence with a capital, unless an address, a setting or a quoted name begins it."""
    is_word = _PLAIN_WORD.match(sentence)
    return f"{sentence[:1].upper()}{sentence[1:]}" if is_word else sentence


def _short(entry: LeftOut) -> LeftOut:
    """What a source says, written by others, in so many characters as a log can hold for ever."""
    what, why, mend = plain(entry.what, 160), plain(entry.why, 160), plain(entry.mend, 300)
    return LeftOut(what, why, mend, place=entry.place)


def _listed(left_out: Sequence[LeftOut], evidence: Sequence[Evidence]) -> tuple[LeftOut, ...]:
    """What a finding shows of what was left out: the first twenty, then a number.

    What a source counts, such as a tracker's rows, is shown in that order.
    """
    everything = list(left_out)
    for answer in evidence:
        if isinstance(answer, Found):
            everything.extend(_short(entry) for entry in answer.left_out)
    everything.sort(key=lambda entry: entry.place)
    shown = everything[:MOST_LEFT_OUT]
    if len(everything) > MOST_LEFT_OUT:
        shown.append(LeftOut(f"{len(everything) - MOST_LEFT_OUT} more", "the list is cut here"))
    return tuple(shown)
