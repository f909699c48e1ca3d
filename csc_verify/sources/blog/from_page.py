"""What a page proves about a week: a single post, or a list of posts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.dates import Placement, WrittenDate, ends_before, placed
from csc_verify.model import Item, ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_verify.sources.blog.pages import Listed, PageFacts, Witness
    from csc_verify.week import Week

_STRONG: Final = ("JSON-LD", "meta article", "itemprop", "class published", "the address")


def post_of(facts: PageFacts, url: str) -> Item:
    """The post that a page is.

    Args:
        facts: The page.
        url: Where it was found.
    """
    return Item(
        kind=ItemKind.POST,
        url=facts.canonical or url,
        at=_date(facts.witnesses),
        title=facts.title,
        authors=facts.authors,
    )


def posts_of(listed: Iterable[Listed]) -> tuple[Item, ...]:
    """The posts that a page lists with their dates."""
    return tuple(
        Item(ItemKind.POST, entry.url, entry.date, entry.title)
        for entry in listed
        if entry.date is not None
    )


def newer_than(facts: PageFacts, items: tuple[Item, ...], week: Week) -> str:
    """Why a site's feed may be stale, to follow an address; empty if the page doesn't say so.

    A feed can be of one section, or of last year. If the page shows a post of the week, or a newer
    one, that the feed lacks, nobody can say what else it lacks.
    """
    known = {canonical(item.url) for item in items if item.url}
    titles = {item.title.casefold() for item in items if item.title}
    if not facts.listed:
        return "its page shows no posts, so that its feed can't be compared with it"
    for entry in facts.listed:
        if entry.date is None or canonical(entry.url) in known or entry.title.casefold() in titles:
            continue
        if placed(entry.date, week) is not Placement.OUTSIDE:
            return f"its page shows a post of the week that its feed lacks ({entry.url})"
        if not ends_before(entry.date, week.begins, week.zone):
            return f"its page shows a newer post than its feed ({entry.url})"
    if not any(canonical(entry.url) in known for entry in facts.listed):
        return "its page shows other posts than its feed"
    return ""


def _date(witnesses: tuple[Witness, ...]) -> WrittenDate | None:
    """What the page's best witness says, and what other good ones say as well.

    Witnesses that disagree leave the date with all they say: across the edge of a week it is then
    in doubt, and within it there is nothing to doubt.
    """
    if not witnesses:
        return None
    best = witnesses[0]
    readings = dict.fromkeys(best.date.readings)
    if best.element.startswith(_STRONG):
        for witness in witnesses[1:]:
            if not witness.element.startswith(_STRONG):
                break
            readings |= dict.fromkeys(witness.date.readings)
    return WrittenDate(best.date.raw, tuple(readings), best.date.iso)
