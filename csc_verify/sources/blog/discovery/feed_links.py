"""The feeds that a page announces, the likeliest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.comments import is_about_comments, may_be_about_comments
from csc_verify.sources.blog.discovery.feed_addresses import (
    beyond_format,
    looks_like_a_feed,
    section,
)
from csc_verify.sources.blog.discovery.markup import read_markup
from csc_verify.sources.blog.discovery.places import place, same_site

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.markup import Link, Markup

MOST_LINKS = 60
"""Feeds of one page that are handed on; newspapers announce one for each department."""

# application/atom+xml is registered (RFC 4287), application/feed+json is JSON Feed 1.1's, and
# application/rss+xml everybody's; the others were seen.
_FEED_TYPE = re.compile(r"^(?:application|text)/(?:x[.-])?(?:rss|atom|feed)(?:\+\w+)?$")
# Types that say too little: RDF describes people and pages too, JSON is WordPress's whole API.
_VAGUE_TYPE = re.compile(r"^(?:application|text)/(?:rdf\+xml|xml|json)$")
_TITLE = re.compile(r"\b(?:rss|atom|rdf|feeds?|json ?feed)\b", re.IGNORECASE)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_API = re.compile(r"/wp-json(?:/|$)|[?&]rest_route=|/oembed\b")


class Kind(StrEnum):
    """A feed's format, as far as a link to it says."""

    RSS = "rss"
    ATOM = "atom"
    RDF = "rdf"
    JSON = "json"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How plainly a page says that something is its feed."""

    ANNOUNCED = "announced"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page announces.

    Attributes:
        url: Absolute.
        title: As the page calls it; may be empty.
        kind: Its format.
        strength: Announced to feed readers, or merely linked to.
        is_own: Whether it lies on the page's own site.
        alternatives: The same posts in other formats.
    """

    url: str
    title: str
    kind: Kind
    strength: Strength
    is_own: bool
    alternatives: tuple[str, ...] = ()


def links(body: bytes, url: str) -> tuple[FeedLink, ...]:
    """The feeds with posts that a page announces.

    Announced ones come before merely linked ones; then the site's own before others'; then those
    whose path the page shares, the longest first, since that is the section the page is in; then
    as the page has them. Left out are oEmbed, JSON interfaces, other languages of the page, and
    feeds of comments or of a single post.

    Args:
        body: The page.
        url: Its address, after redirects.
    """
    return links_of(read_markup(body, url), url)


def links_of(page: Markup, url: str) -> tuple[FeedLink, ...]:
    """The same, for a page that was read before."""
    announced = [_feed(link, Strength.ANNOUNCED, url) for link in page.links if _announces(link)]
    linked = [
        _feed(link, Strength.LINKED, url)
        for link in page.anchors
        if _links_to_feed(link, url) and not may_be_about_comments(link, page, url)
    ]
    found: dict[str, FeedLink] = {}
    for feed in (*announced, *linked):
        found.setdefault(feed.url, feed)
    for link in (*page.links, *page.anchors):
        # One that is linked twice may have a title that says so the second time only.
        if link.url in found and is_about_comments(link, page, url):
            del found[link.url]
    ranked = sorted(found.values(), key=lambda feed: _rank(feed, url))
    return tuple(_with_alternatives(ranked))[:MOST_LINKS]


def _announces(link: Link) -> bool:
    """Whether a ``<link>`` announces a feed (WHATWG, HTML, "alternate"; "feed" was in drafts)."""
    if _API.search(link.url):
        return False
    if "feed" in link.relations:
        return link.type not in _PAGE_TYPES
    return "alternate" in link.relations and "stylesheet" not in link.relations and _is_feed(link)


def _is_feed(link: Link) -> bool:
    if _FEED_TYPE.match(link.type):
        return True
    at = place(link.url)
    is_named_so = at is not None and looks_like_a_feed(at)
    if not link.type:
        return is_named_so
    return bool(_VAGUE_TYPE.match(link.type)) and (is_named_so or bool(_TITLE.search(link.title)))


def _links_to_feed(link: Link, url: str) -> bool:
    """Whether an ``<a>`` leads to a feed: a type says so, or the address on the page's own site.

    Blogs link to the feeds of others in their texts, so an address alone is no sign there.
    """
    if _API.search(link.url) or link.url == url:
        return False
    if _FEED_TYPE.match(link.type):
        return True
    at = place(link.url)
    return at is not None and same_site(link.url, url) and looks_like_a_feed(at)


def _feed(link: Link, strength: Strength, url: str) -> FeedLink:
    return FeedLink(link.url, link.title, _kind(link), strength, same_site(link.url, url))


def _kind(link: Link) -> Kind:
    address = link.url.rpartition("/")[2] or link.url
    for text in (link.type, address.lower(), link.title.lower()):
        for word, kind in (
            ("json", Kind.JSON),
            ("atom", Kind.ATOM),
            ("rdf", Kind.RDF),
            ("rss", Kind.RSS),
        ):
            if word in text:
                return kind
    return Kind.UNKNOWN


def _rank(feed: FeedLink, url: str) -> tuple[bool, bool, int]:
    at, here = place(feed.url), place(url)
    shared = -1
    if at is not None and here is not None:
        about = section(at)
        shared = len(about) if here.segments[: len(about)] == about else -1
    return (feed.strength is Strength.LINKED, not feed.is_own, -shared)


def _with_alternatives(feeds: list[FeedLink]) -> list[FeedLink]:
    """One feed for each group of those that differ in format alone, the first of them."""
    groups: dict[object, list[FeedLink]] = {}
    for feed in feeds:
        at = place(feed.url)
        groups.setdefault(beyond_format(at) if at else feed.url, []).append(feed)
    chosen = []
    for group in groups.values():
        first, kinds = group[0], {group[0].kind}
        others = []
        for feed in group[1:]:
            # Two of one format under one path are two feeds, whatever they are called.
            if feed.kind in kinds:
                chosen.append(feed)
            else:
                kinds.add(feed.kind)
                others.append(feed.url)
        chosen.append(replace(first, alternatives=tuple(others)))
    order = {feed.url: number for number, feed in enumerate(feeds)}
    return sorted(chosen, key=lambda feed: order[feed.url])
