"""Posts from an RSS or Atom feed.

The fetcher hands over bytes and feedparser is given nothing else: it is a good reader of broken
feeds and a bad client (it opens local paths and knows no time-out). Its parsed dates are not used
either, since they lose whether a zone was written; :mod:`csc_verify.dates` reads the raw text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, assert_never

import feedparser

from csc_verify.addresses import absolute
from csc_verify.dates import ends_before, read_date
from csc_verify.escape import plain
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.model import Evidence, Failed, Found, Item, ItemKind

if TYPE_CHECKING:
    from csc_verify.fetch import Fetcher
    from csc_verify.week import Week

SOURCE = "feed"
"""What reports call this source."""

_NOT_READ_BY = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_MAIL_AND_NAME = re.compile(r"^\S+@\S+ \((?P<name>[^)]+)\)$")
_NAME_AND_MAIL = re.compile(r"^(?P<name>[^<(]+) [<(]\S+@\S+[>)]$")
# Complaints of feedparser's that say nothing about how much of the document was read.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_RSS_1 = frozenset({"rss090", "rss10"})


def collect(address: str, week: Week, fetcher: Fetcher) -> Evidence:
    """Ask a feed for its posts.

    Args:
        address: The feed's address as configured.
        week: The week that is asked about; decides whether the feed reaches back far enough.
        fetcher: Fetches the address; the only thing here that touches a network.

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
            return evidence_from(body, url, address, week)
        case never:
            assert_never(never)


def evidence_from(body: bytes, url: str, address: str, week: Week) -> Evidence:
    """Judge how far a feed's document answers for a week. Pure.

    Args:
        body: The document, decompressed, in whatever encoding.
        url: Where it was found in the end; relative links start there.
        address: Where it was asked for; reasons name it.
        week: The week that is asked about.
    """
    try:
        document = _read(body, url)
    except _NOT_READ_BY as error:
        # feedparser documents no errors of its own; these are what hostile documents made it raise.
        return _no_feed(address, f"what it sent could not be read ({type(error).__name__})")
    if not document.get("version"):
        return _no_feed(address, "what it sent is not an RSS or Atom feed")
    items = _items(document, url)
    gap = _gap(document, items, week)
    hint = "Add the post's feed or another address under blog.urls" if gap else ""
    return Found(SOURCE, address, items, complete=not gap, gap=f"{address}: {gap}", hint=hint)


def parse(body: bytes, url: str) -> tuple[Item, ...]:
    """The posts of a feed in the order of the document; empty if it is no feed. Pure.

    Args:
        body: The document, decompressed, in whatever encoding.
        url: Where it was found; relative links start there.
    """
    return _items(_read(body, url), url)


def _no_feed(address: str, reason: str) -> Failed:
    hint = "Give the feed's own address under blog.urls, often /feed, /rss.xml or /feed.xml"
    return Failed(SOURCE, address, f"{address}: {reason}", hint)


def _read(body: bytes, url: str) -> dict[str, Any]:
    # No content type is passed on: servers' charsets are wrong more often than the documents'.
    document: dict[str, Any] = feedparser.parse(
        body,
        response_headers={"content-location": url},
        # Both are about the posts' texts, which nobody reads here, and cost most of the time.
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return document


def _items(document: dict[str, Any], url: str) -> tuple[Item, ...]:
    version = str(document.get("version") or "")
    feed_author = _author(document["feed"]) if version.startswith("atom") else None
    return tuple(_item(entry, version, feed_author, url) for entry in document["entries"])


def _item(entry: dict[str, Any], version: str, feed_author: str | None, url: str) -> Item:
    raw = _first_published(entry, version)
    return Item(
        kind=ItemKind.POST,
        url=absolute(str(entry["link"]), url) if entry.get("link") else None,
        at=read_date(raw) if raw else None,
        title=plain(str(entry.get("title") or "")),
        author=_author(entry) or feed_author,
    )


def _first_published(entry: dict[str, Any], version: str) -> str | None:
    """The raw date of first publication; a date of change never stands in for it."""
    # dict.get, since feedparser's own falls back from one date to another.
    raw = dict.get(entry, "published")
    if raw is None and version in _RSS_1:
        # RSS 1.0 has no date of its own; Dublin Core's is the publication's, which feedparser
        # files under "updated".
        raw = dict.get(entry, "updated")
    return str(raw) if raw else None


def _author(element: dict[str, Any]) -> str | None:
    """The author's name, without the mail address that RSS asks for beside it."""
    written = plain(str(element.get("author") or ""))
    found = _MAIL_AND_NAME.match(written) or _NAME_AND_MAIL.match(written)
    return (found["name"].strip() if found else written) or None


def _gap(document: dict[str, Any], items: tuple[Item, ...], week: Week) -> str:
    """Why an absence is not proven; empty if it is (facts: "a short feed cannot prove absence")."""
    dates = [item.at for item in items if item.at is not None]
    if document.get("bozo") and not isinstance(document.get("bozo_exception"), _HARMLESS):
        return "its feed is broken, so posts may be missing from what could be read"
    if not items:
        return "its feed is empty"
    if any(ends_before(date, week.begins, week.zone) for date in dates):
        return ""
    return (
        f"its feed shows only the newest {len(items)} and does not reach back before {week.first}"
    )
