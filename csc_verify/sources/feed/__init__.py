"""Posts from an RSS or Atom feed.

::

    collect ──> Fetcher.fetch ──> FeedReader.read    bytes to a Document, in a child process
                                       │
                     Found  <──── evidence_from      how far it answers for a week

The fetcher alone touches a network, the reader alone a parser that hostile bytes may take too
long in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, assert_never

from csc_verify.addresses import absolute
from csc_verify.dates import Anywhere, Day, Instant, Local, ends_before, read_date
from csc_verify.escape import plain
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.model import Evidence, Failed, Found, Item, ItemKind
from csc_verify.sources.feed.document import Document, Entry, Reading, Unread, read_document
from csc_verify.week import day_begins

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from csc_verify.dates import WrittenDate
    from csc_verify.fetch import Fetcher
    from csc_verify.sources.feed.reader import FeedReader
    from csc_verify.week import Week

__all__ = ["SOURCE", "collect", "evidence_from", "parse"]

SOURCE = "feed"
"""What reports call this source."""


def collect(address: str, week: Week, fetcher: Fetcher, reader: FeedReader) -> Evidence:
    """Ask a feed for its posts.

    Args:
        address: The feed's address as configured.
        week: The week that is asked about; decides whether the feed reaches back far enough.
        fetcher: Fetches the address; the only thing here that touches a network.
        reader: Reads what was fetched.

    Returns:
        The posts, or why there was no answer. Never raises for what a server does.
    """
    match fetcher.fetch(address):
        case Unreachable(_, reason, hint):
            return Failed(SOURCE, address, f"{address}: {reason}", hint)
        case Absent(_, status):
            return Failed(
                SOURCE,
                address,
                f"{address}: there is nothing at this address ({status})",
                "Correct it under blog.urls",
            )
        case Page(url=url, body=body):
            return evidence_from(reader.read(body, url), url, address, week)
        case never:
            assert_never(never)


def evidence_from(reading: Reading, url: str, address: str, week: Week) -> Evidence:
    """Judge how far a feed's document answers for a week. Pure.

    Args:
        reading: The document, as read.
        url: Where it was found in the end; relative links start there.
        address: Where it was asked for; reasons name it.
        week: The week that is asked about.
    """
    match reading:
        case Unread(why):
            return _no_feed(address, f"what it sent {why}")
        case Document(version=""):
            return _no_feed(address, "what it sent is not an RSS or Atom feed")
        case Document() as document:
            items = _items(document, url)
            if not (gap := _gap(document, items, week)):
                return Found(SOURCE, address, items, complete=True)
            hint = "Add the post's feed or another address under blog.urls"
            return Found(SOURCE, address, items, complete=False, gap=f"{address}: {gap}", hint=hint)
        case never:
            assert_never(never)


def parse(body: bytes, url: str) -> tuple[Item, ...]:
    """The posts of a feed in the order of the document; empty if it is none that can be read.

    Reads in this process and as long as it takes: for documents of known origin.

    Args:
        body: The document, decompressed, in whatever encoding.
        url: Where it was found; relative links start there.
    """
    reading = read_document(body, url)
    return () if isinstance(reading, Unread) else _items(reading, url)


def _no_feed(address: str, reason: str) -> Failed:
    hint = "Give the feed's own address under blog.urls, often /feed, /rss.xml or /feed.xml"
    return Failed(SOURCE, address, f"{address}: {reason}", hint)


def _items(document: Document, url: str) -> tuple[Item, ...]:
    return tuple(_item(entry, document.authors, url) for entry in document.entries)


def _item(entry: Entry, inherited: tuple[str, ...], url: str) -> Item:
    named = map(plain, entry.authors or inherited)
    return Item(
        kind=ItemKind.POST,
        url=absolute(entry.link, url) if entry.link else None,
        at=read_date(entry.published) if entry.published else None,
        title=plain(entry.title),
        authors=tuple(dict.fromkeys(name for name in named if name)),
    )


def _gap(document: Document, items: tuple[Item, ...], week: Week) -> str:
    """Why an absence is not proven; empty if it is (facts: "a short feed cannot prove absence")."""
    if document.damaged:
        return "its feed is broken, so posts may be missing from what could be read"
    if not items:
        return "its feed is empty"
    dates = [item.at for item in items if item.at is not None]
    old = [ends_before(date, week.begins, week.zone) for date in dates]
    # One old date proves nothing: it may be a pinned post's, or a default. Its place may.
    if old and (old[-1] or (old[0] and _ascend(dates, week.zone))):
        return ""
    if any(old):
        return "its feed is not in order of date, so it can't be said how far back it reaches"
    return (
        f"its feed shows only the newest {len(items)} and does not reach back before {week.first}"
    )


def _ascend(dates: list[WrittenDate], zone: ZoneInfo) -> bool:
    return all(
        earlier <= later for earlier, later in pairwise(_moment(date, zone) for date in dates)
    )


def _moment(date: WrittenDate, zone: ZoneInfo) -> datetime:
    """One of the instants that a date may mean, near enough to compare it with its neighbours."""
    match date.readings[0]:
        case Instant(at):
            return at
        case Day(day):
            return day_begins(day, zone)
        case Local(at):
            return at.replace(tzinfo=zone)
        case Anywhere(at):
            return at.replace(tzinfo=UTC)
        case never:
            assert_never(never)
