"""How to ask a feed for what it no longer shows.

A feed's newest entries say nothing about a week before them. Two platforms can be asked for older
ones; Atom's and JSON Feed's ``next`` stand in the feed itself and are its reader's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from csc_verify.sources.blog.discovery.feed_addresses import looks_like_a_feed
from csc_verify.sources.blog.discovery.places import place

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.sources.blog.discovery.places import Place

MOST_PAGES = 5
"""Older pages of a feed that are asked for: at ten entries each, fifty posts since the week."""

_MOST_OF_BLOGGER = "150"
"""Blogger hands out no more at once, whatever is asked for [seen: it was 500 before 2015]."""

# Somebody's week begins up to 14 hours before UTC's and ends up to 12 hours after it.
_ANY_ZONE = timedelta(days=2)


def ranges(url: str, generator: str, last: date) -> tuple[str, ...]:
    """Addresses that reach further back than a feed does, in the order in which to ask.

    The answer is to be read like any feed: it proves an absence only if it holds an entry that is
    older than the week. So it shows by itself whether the server did what it was asked.

    Args:
        url: The feed's address, after redirects.
        generator: The program that wrote it, as it says; may be empty.
        last: The last day of the week that is looked for.
    """
    at = place(url)
    if at is None:
        return ()
    if _is_bloggers(at, generator):
        return (_until(at, last),)
    if _is_wordpresses(at, generator):
        # WordPress answers a page behind the last one with 404 [WP_Query's "paged" is documented;
        # that feeds have pages too is practice].
        return tuple(_with(at, {"paged": str(page)}) for page in range(2, 2 + MOST_PAGES))
    return ()


def _is_bloggers(at: Place, generator: str) -> bool:
    # blog.example/feeds/posts/default, www.blogger.com/feeds/123/posts/default
    path = [part for part in at.segments[:3] if not part.isdigit()]
    is_named_so = path[:2] == ["feeds", "posts"]
    return is_named_so and (generator.lower().startswith("blogger") or not generator)


def _is_wordpresses(at: Place, generator: str) -> bool:
    named = generator.lower()
    # As an address of wordpress.org or wordpress.com, in old versions as a name.
    return "wordpress" in named and looks_like_a_feed(at)


def _until(at: Place, last: date) -> str:
    """Blogger's entries that were published before a day, the newest first.

    Only the upper bound is given (``published-max``, exclusive [documented for Google's feeds]):
    with a lower one too, an answer without entries could as well mean that nothing was understood.
    """
    bound = f"{(last + _ANY_ZONE).isoformat()}T00:00:00Z"
    asked = {"published-max": bound, "max-results": _MOST_OF_BLOGGER, "orderby": "published"}
    return _with(at, asked)


def _with(at: Place, parameters: dict[str, str]) -> str:
    """An address with these parameters instead of its own of the same names."""
    parts = urlsplit(at.url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in {*parameters, "published-min", "start-index", "redirect"}
    ]
    query = urlencode([*kept, *parameters.items()])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
