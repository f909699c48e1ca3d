"""Feeds: bytes to values, by what the bytes are and not by what a server calls them.

::

    read_feed ──> json_feed   JSON Feed ─────────────────────────────┐
             └──> xml_feed    RSS, RDF, Atom                         │
                    decoding    bytes to text, if need be            │
                    mending     everyday mistakes, if need be        │
                    sax         expat, one pass ──> records ──> meaning ──> Feed
                                                      ↑
    FeedReader ──> reader     if it is still broken: tolerant.py in a process of its own

:func:`read_feed` is pure, and linear in time. What isn't well-formed even when it is mended it
reads up to the break, and marks as damaged. Where nothing follows the break, it is a shorter feed.
Else :class:`FeedReader` has a reader that guesses (feedparser) look at the rest as well, within
limits of time and memory. What was guessed stays damaged: it can show a post, and never that there
was none.
"""

from csc_verify.sources.blog.feeds.reader import FeedReader, read_feed
from csc_verify.sources.blog.feeds.values import (
    Content,
    Entry,
    Feed,
    Format,
    Media,
    Mend,
    NoFeed,
    Nothing,
    Video,
    Written,
)

__all__ = [
    "Content",
    "Entry",
    "Feed",
    "FeedReader",
    "Format",
    "Media",
    "Mend",
    "NoFeed",
    "Nothing",
    "Video",
    "Written",
    "read_feed",
]
