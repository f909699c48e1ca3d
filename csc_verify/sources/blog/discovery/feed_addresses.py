"""What an address says about a feed: that it is one, in which format, of which part of a site.

Nothing here is documented by anybody: it is how feeds were seen to be named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.places import Place

_FORMATS = r"rss\d?|rdf|atom|feed|feeds|syndication"
_EXTENSION = re.compile(r"\.(?:rss\d?|rdf|atom|xml|json|php|aspx?)$", re.IGNORECASE)
_FEED_EXTENSION = re.compile(r"\.(?:rss\d?|rdf|atom)$", re.IGNORECASE)
_NAMES_A_FORMAT = re.compile(rf"^(?:{_FORMATS})$", re.IGNORECASE)
# A name for the whole of something, where another word would name a part of it.
_NAMES_NOTHING = re.compile(rf"^(?:{_FORMATS}|index|default|xml|json)$", re.IGNORECASE)
_FILE_OF_A_FEED = re.compile(
    rf"^(?:[\w-]*[-_])?(?:{_FORMATS}|index)(?:[-_][\w-]*)?\.(?:xml|json)$"
    rf"|^(?:[\w-]*[-_])?(?:{_FORMATS})\.(?:php|aspx?)$",
    re.IGNORECASE,
)
# Longer ones name something else, and would take the expressions above their time.
_LONGEST_NAME = 80
_PARAMETERS = frozenset(("alt", "feed", "format", "type"))
_FORMAT_VALUE = re.compile(r"^(?:rss\d?|rdf|atom|json|feed)$", re.IGNORECASE)


def looks_like_a_feed(at: Place) -> bool:
    """Whether an address is named as feeds are: ``/feed/``, ``/rss.xml``, ``?format=rss``."""
    if any(_FORMAT_VALUE.match(at.query.get(name, "")) for name in _PARAMETERS):
        return True
    if not at.segments:
        return False
    last = at.segments[-1]
    return (
        len(last) <= _LONGEST_NAME
        and bool(
            _NAMES_A_FORMAT.match(last)
            or _FEED_EXTENSION.search(last)
            or _FILE_OF_A_FEED.match(last)
            # A folder of feeds, as in /feeds/main, or WordPress's /feed/json.
            or (len(at.segments) > 1 and _NAMES_A_FORMAT.match(at.segments[-2]) and "." not in last)
            or at.segments[:2] == ("feeds", "posts")
        )
    )


def section(at: Place) -> tuple[str, ...]:
    """Which part of a site a feed is about, as the path of that part; empty for the whole.

    What names a format is left out: ``/blog/feed/atom/`` and ``/blog/rss.xml`` are about ``/blog``,
    ``/posts.rss`` and ``/posts.atom`` about ``/posts``.
    """
    if at.segments[:2] == ("feeds", "posts"):
        return at.segments[3:]
    parts = [unquote(segment) for segment in at.segments]
    if parts:
        parts[-1] = _EXTENSION.sub("", parts[-1])
    while parts and _NAMES_NOTHING.match(parts[-1]):
        parts.pop()
    return tuple(parts)


def beyond_format(at: Place) -> tuple[object, ...]:
    """What two addresses share if they are one feed in two formats."""
    rest = {k: v for k, v in at.query.items() if not _is_about_format(k, v)}
    return (at.host, section(at), tuple(sorted(rest.items())))


def _is_about_format(name: str, value: str) -> bool:
    return name in _PARAMETERS and bool(_FORMAT_VALUE.match(value))
