"""Which items of a requirement count, which may, and which don't. Pure.

An item can be seen at several addresses. All sightings of one are weighed together, so that the
order of addresses decides nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from csc_verify.addresses import canonical
from csc_verify.dates import Placement, in_future, placed
from csc_verify.escape import plain
from csc_verify.letters import bare, folded
from csc_verify.model import (
    Claim,
    Counted,
    Evidence,
    Failed,
    Item,
    ItemKind,
    LeftOut,
    Requirement,
    RequirementId,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from csc_verify.dates import WrittenDate
    from csc_verify.week import Week


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """An item that may count, and why it may not."""

    item: Item
    why: str


_DATE_LENGTH = 100
"""Characters of a written date, or of its element's name, that a log keeps."""

MODULES_FOR_ONE: Final = 3
"""Modules that make one design activity (contract: "design")."""

_Outcome: TypeAlias = Counted | _Doubtful | LeftOut


@dataclass(frozen=True, slots=True)
class Tally:
    """What the items of a requirement add up to.

    Attributes:
        counted: What certainly counts.
        doubtful: What may count.
        left_out: What doesn't count, or may not, with its reason.
        notes: Advice about what counts or may count, each with the item's name in front.
    """

    counted: tuple[Counted, ...]
    doubtful: tuple[_Doubtful, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()

    def least(self, kinds: frozenset[ItemKind]) -> int:
        """How many of some kinds certainly count."""
        return amount((item.kind, item.count) for item in self.counted if item.kind in kinds)

    def most(self, kinds: frozenset[ItemKind]) -> int:
        """How many of some kinds may count at the most."""
        counted = ((item.kind, item.count) for item in self.counted if item.kind in kinds)
        items = (doubtful.item for doubtful in self.doubtful)
        doubtful = ((item.kind, item.count) for item in items if item.kind in kinds)
        return amount(chain(counted, doubtful))

    def number_of(self, kind: ItemKind) -> int:
        """How many of a kind certainly count, each for itself."""
        return sum(item.count for item in self.counted if item.kind == kind)

    def doubts(self, kinds: frozenset[ItemKind]) -> tuple[str, ...]:
        """Why some of them may not count, a sentence for each reason."""
        by_reason: dict[str, list[Item]] = {}
        for doubtful in self.doubtful:
            if doubtful.item.kind in kinds:
                by_reason.setdefault(doubtful.why, []).append(doubtful.item)
        return tuple(
            f"{_named(items[0])}: {why}" if len(items) == 1 else f"{len(items)} items: {why}"
            for why, items in by_reason.items()
        )


def amount(counts: Iterable[tuple[str, int]]) -> int:
    """How many of what is asked for some items are; of modules it takes three."""
    of_kinds: Counter[str] = Counter()
    for kind, count in counts:
        of_kinds[kind] += count
    modules = of_kinds.pop(ItemKind.MODULE, 0)
    return of_kinds.total() + modules // MODULES_FOR_ONE


def tally_up(
    requirement: Requirement,
    evidence: Sequence[Evidence],
    week: Week,
    now: datetime,
    counted_elsewhere: Mapping[str, Claim],
) -> Tally:
    """Weigh everything that was found for a requirement; arguments as for ``rules.judge``."""
    elsewhere = {canonical(url): claim for url, claim in counted_elsewhere.items()}
    copies: dict[str, list[_Copy]] = {}
    for found in evidence:
        if isinstance(found, Failed):
            continue
        names = {folded(name) for item in found.items for name in item.authors}
        times = Counter(canonical(item.url) for item in found.items if item.url)
        for number, item in enumerate(found.items):
            placement = Placement.UNSURE if item.at is None else placed(item.at, week)
            of_others = _authored(item, requirement, several=len(names) > 1)
            is_shared = item.url is not None and times[canonical(item.url)] > 1
            outcome = (
                of_others
                or _claimed(item, elsewhere, is_shared=is_shared)
                or _dated(item, placement, week, now)
            )
            key = _key(item) or f"{found.address} {number}"
            copy = _Copy(
                source=found.address,
                item=item,
                placement=placement,
                outcome=outcome,
                is_others=isinstance(of_others, LeftOut),
                is_own=_is_by(requirement.author, item),
            )
            copies.setdefault(key, []).append(copy)
    kept = [outcome for group in copies.values() for outcome in _best(group)]
    return Tally(
        counted=tuple(outcome for outcome in kept if isinstance(outcome, Counted)),
        doubtful=tuple(outcome for outcome in kept if isinstance(outcome, _Doubtful)),
        left_out=tuple(
            LeftOut(_named(outcome.item), outcome.why, place=outcome.item.place)
            if isinstance(outcome, _Doubtful)
            else outcome
            for outcome in kept
            if not isinstance(outcome, Counted)
        ),
        notes=tuple(dict.fromkeys(note for group in copies.values() for note in _notes(group))),
    )


def _notes(copies: Sequence[_Copy]) -> Iterator[str]:
    for copy in copies:
        inside = copy.placement is not Placement.OUTSIDE
        if inside and not isinstance(copy.outcome, LeftOut):
            for note in copy.item.notes:
                yield f"'{plain(copy.item.title or copy.item.url or '', 60)}': {note}"


def _key(item: Item) -> str | None:
    """What makes two items the same one; None if nothing tells."""
    if item.url is None:
        return None
    day = "" if item.kind is ItemKind.POST or item.at is None else item.at.iso
    # One page may show all the modules that somebody has finished.
    title = folded(item.title) if item.kind is ItemKind.MODULE else ""
    return f"{item.kind} {day} {title} {canonical(_own_address(item, item.url))}"


def _own_address(item: Item, url: str) -> str:
    """The address that a post's page calls its own, unless that is a whole site's."""
    named = item.canonical
    return named if named is not None and urlsplit(named).path.strip("/") else url


@dataclass(frozen=True, slots=True)
class _Copy:
    """One sighting of an item, with what became of it.

    Attributes:
        source: The address that showed it.
        item: The item.
        placement: Where its date lies.
        outcome: What became of it.
        is_others: Whether it says that somebody else wrote it.
        is_own: Whether it says that the student wrote it.
    """

    source: str
    item: Item
    placement: Placement
    outcome: _Outcome
    is_others: bool
    is_own: bool

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
    others_ = next((copy for copy in inside if copy.is_others), None)
    if others_ is not None and best.item.authors and not best.is_own:
        return [others_.outcome]
    if isinstance(best.outcome, Counted) and _is_contradicted(best, copies):
        return [_Doubtful(best.item, "another copy of it is dated outside the week")]
    others = {
        (copy.item.title, copy.item.at and copy.item.at.iso): copy.item
        for copy in inside[1:]
        if _is_another(copy, best)
    }
    why = "another post has the same address"
    return [best.outcome, *(_Doubtful(item, why) for item in others.values())]


def _is_contradicted(best: _Copy, copies: Sequence[_Copy]) -> bool:
    """Whether another sighting of the same post is dated outside the week.

    Where one source shows several posts at one address, only titles tell them apart.
    """
    outside = [copy for copy in copies if copy.placement is Placement.OUTSIDE]
    is_shared = len({copy.source for copy in copies}) < len(copies)
    return any(not is_shared or copy.item.title == best.item.title for copy in outside)


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
    wanted, names = folded(requirement.author), [folded(name) for name in item.authors]
    if wanted in names:
        return None
    if any(_may_be(wanted, name) for name in names):
        shown = "an e-mail address" if "@" in item.authors[0] else repr(plain(item.authors[0], 60))
        why = f"whether {shown} is blog.author can't be told; write blog.author as the feed does"
        return _Doubtful(item, why)
    names = [name for name in item.authors if "@" not in name] or ["somebody else"]
    return LeftOut(_named(item), f"written by {plain(' and '.join(names), 60)}")


def _is_by(author: str | None, item: Item) -> bool:
    return author is not None and folded(author) in map(folded, item.authors)


def _may_be(wanted: str, name: str) -> bool:
    """Whether two names may be one person's: they share a word, but for accents."""
    return "@" in name or not set(bare(wanted).split()).isdisjoint(bare(name).split())


def _claimed(item: Item, elsewhere: Mapping[str, Claim], *, is_shared: bool) -> _Outcome | None:
    """What another week of the log says of a post's address.

    Args:
        item: The post.
        elsewhere: What counts in other weeks.
        is_shared: Whether its source shows several posts at its address.
    """
    if item.kind is not ItemKind.POST or item.url is None:
        return None
    claim = elsewhere.get(canonical(item.url)) or elsewhere.get(
        canonical(_own_address(item, item.url))
    )
    if claim is None:
        return None
    if claim.title != plain(item.title):
        return _Doubtful(
            item, f"its address was counted in the week of {claim.week}, under another title"
        )
    if is_shared and claim.at and (item.at is None or claim.at != item.at.iso):
        return _Doubtful(
            item, f"its address was counted in the week of {claim.week}, with another date"
        )
    return LeftOut(_named(item), f"counted in the week of {claim.week} already")


def _dated(item: Item, placement: Placement, week: Week, now: datetime) -> _Outcome:
    """Whether an item of the week, or perhaps of the week, counts."""
    if item.at is None:
        return _Doubtful(item, item.doubt or "no usable date of first publication")
    future = in_future(item.at, now, week.zone)
    if future is Placement.INSIDE:
        day = "" if item.is_private else f" ({plain(item.at.raw, 60)})"
        return LeftOut(_named(item), f"dated in the future{day}", place=item.place)
    doubt = _doubt(item, item.at, placement, future)
    if item.is_private and doubt is None:
        # Of a person nothing is told, not even the day.
        return Counted(item.kind.value, "", "", "", item.count, digest=item.digest)
    if doubt is not None or item.url is None:
        return _Doubtful(item, doubt or "no address that one can open")
    return Counted(
        kind=item.kind.value,
        url=item.url,
        at=item.at.iso,
        title=plain(item.title),
        count=item.count,
        written=plain(item.at.raw, _DATE_LENGTH) if item.element else "",
        element=plain(item.element, _DATE_LENGTH),
    )


def _doubt(item: Item, at: WrittenDate, placement: Placement, future: Placement) -> str | None:
    written = plain(at.raw, 60)
    if item.is_private and Placement.UNSURE in {placement, future}:
        return "its date can be read in two ways; write dates like 2026-11-17"
    if item.doubt is not None:
        return item.doubt
    if placement is Placement.UNSURE:
        return f"its date ({written}) may lie inside or outside the week"
    return f"its date ({written}) may lie in the future" if future is Placement.UNSURE else None


def _named(item: Item) -> str:
    return plain(item.title, 100) or plain(item.url or "an item without a title", 100)
