"""What a page proves about a week: a single post, or a list of posts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.dates import Day, Placement, WrittenDate, ends_before, placed
from csc_verify.model import Item, ItemKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csc_verify.pages import Listed, PageFacts, Witness
    from csc_verify.week import Week

LIST: Final = "list"
"""The element of a date that stands beside a link."""

_GOOD: Final = ("JSON-LD", "meta article", "itemprop", "class published", "the address")


def post_of(facts: PageFacts, url: str) -> Item:
    """The post that a page is.

    Args:
        facts: The page.
        url: Where it was asked for, which is what a reader can click.
    """
    return Item(
        kind=ItemKind.POST,
        url=url,
        at=_date(facts.witnesses),
        title=facts.title,
        authors=facts.authors,
        element=facts.witnesses[0].element if facts.witnesses else "",
        canonical=facts.canonical,
    )


def post_in(listed: Listed) -> Item:
    """A post as a list shows it."""
    element = LIST if listed.date is not None else ""
    return Item(ItemKind.POST, listed.url, listed.date, listed.title, element=element)


def newer_than(
    facts: PageFacts, items: tuple[Item, ...], missing: Iterable[Item], week: Week
) -> str:
    """Why a site's feed may be stale, to follow an address; empty if the page doesn't say so.

    A feed can be of one section, or of last year. If the page shows a post of the week, or a newer
    one, that the feed lacks, nobody can say what else it lacks.

    Args:
        facts: The page.
        items: What the feed shows.
        missing: What the page shows and the feed lacks, as the page dates it and as those posts'
            own pages do.
        week: The week.
    """
    if not facts.listed:
        return "its page shows no posts, so that its feed can't be compared with it"
    for post in missing:
        if post.at is None:
            continue
        if placed(post.at, week) is not Placement.OUTSIDE:
            return f"its page shows a post of the week that its feed lacks ({post.url})"
        if not ends_before(post.at, week.begins, week.zone):
            return f"its page shows a newer post than its feed ({post.url})"
    known = {canonical(item.url) for item in items if item.url}
    if not any(canonical(entry.url) in known for entry in facts.listed):
        return "its page shows other posts than its feed"
    return ""


def lacking(listed: Iterable[Listed], items: Iterable[Item]) -> tuple[Listed, ...]:
    """Posts of a page that a feed doesn't show, neither by address nor by title and day.

    By title alone it isn't shown: "Weekly update" is a new post each week.
    """
    seen = tuple(items)
    known = {canonical(url) for item in seen for url in (item.url, item.canonical) if url}
    named = {(item.title.casefold(), day) for item in seen if item.at for day in days_of(item.at)}
    return tuple(
        entry
        for entry in listed
        if canonical(entry.url) not in known
        and (
            entry.date is None
            or named.isdisjoint((entry.title.casefold(), day) for day in days_of(entry.date))
        )
    )


def days_of(at: WrittenDate) -> frozenset[date]:
    """The days that a date may mean, each as it was written."""
    return frozenset(
        reading.day if isinstance(reading, Day) else reading.at.date() for reading in at.readings
    )


def _date(witnesses: tuple[Witness, ...]) -> WrittenDate | None:
    """What the page's best witness says, and what other good ones say as well.

    Good ones say of *this* post when it was published, in words that programs agreed upon, or are
    its address; a further day in the text may be anything's. Witnesses that disagree leave the date
    with all they say: across the edge of a week it is then in doubt, and within it there is nothing
    to doubt.
    """
    if not witnesses:
        return None
    best, *others = witnesses
    good = (witness for witness in others if witness.element.startswith(_GOOD))
    readings = dict.fromkeys(reading for one in (best, *good) for reading in one.date.readings)
    return WrittenDate(best.date.raw, tuple(readings), best.date.iso)
