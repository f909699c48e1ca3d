"""RSS and Atom: strictly first, then with everyday mistakes put right, then as far as it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from csc_verify.sources.blog.feeds.decoding import decoded_xml, is_plain_utf8
from csc_verify.sources.blog.feeds.meaning import feed_of
from csc_verify.sources.blog.feeds.mending import (
    declares_entities,
    has_feed_root,
    is_page,
    mended,
    with_prefixes,
)
from csc_verify.sources.blog.feeds.sax import Break, Pass, read_xml
from csc_verify.sources.blog.feeds.values import Feed, Format, Mend, NoFeed, Nothing, no_feed

if TYPE_CHECKING:
    from csc_verify.sources.blog.feeds.records import Records

_SPACE = b" \t\r\n"
_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)\b", re.IGNORECASE)
_DAMAGE = {
    Break.TRAILING: "goes on after its end",
    Break.CUT: "breaks off in the middle",
    Break.TOO_MUCH: "holds more than any feed, and was not read to its end",
}
BROKEN = "is broken, so posts may be missing from what could be read"


@dataclass(frozen=True, slots=True)
class XmlReading:
    """What could be read without guessing.

    Attributes:
        found: The feed, perhaps damaged; or why there is none.
        broken: The document in UTF-8, mended, if a reader that guesses may find more in it.
    """

    found: Feed | NoFeed
    broken: bytes | None = None


def read_xml_feed(body: bytes, url: str) -> XmlReading:
    """What an XML document says. Pure; never raises.

    Args:
        body: The document, in whatever encoding.
        url: Where it was found; relative addresses start there.
    """
    if is_plain_utf8(body):
        bare = body.lstrip(_SPACE)
        found = read_xml(bare, url)
        if found.stopped is None or found.stopped is Break.TOO_MUCH:
            # White space before a declaration is an error that changes nothing.
            is_led = len(bare) < len(body) and bare.startswith(b"<?xml")
            return _reading(found, bare, (Mend.LEADING,) if is_led else ())
    return _read_mended(body, url)


def _read_mended(body: bytes, url: str) -> XmlReading:
    text = decoded_xml(body)
    if text is None:
        return XmlReading(no_feed(Nothing.ENCODING))
    if is_page(text.text):
        return XmlReading(no_feed(Nothing.PAGE))
    if not has_feed_root(text.text):
        return XmlReading(no_feed(Nothing.OTHER))
    if declares_entities(text.text):
        return XmlReading(no_feed(Nothing.ENTITIES))
    better, mends = mended(text.text)
    mends = (*text.mended, *mends)
    content = better.encode("utf-8", "replace")
    found = read_xml(content, url)
    if found.stopped is Break.PREFIX:
        content, mends = with_prefixes(better).encode("utf-8", "replace"), (*mends, Mend.PREFIXES)
        found = read_xml(content, url)
    return _reading(found, content, mends)


def _reading(found: Pass, content: bytes, mends: tuple[Mend, ...]) -> XmlReading:
    records, stopped = found.records, found.stopped
    if stopped is Break.NO_FEED or (records and not stopped and _is_other_rdf(records)):
        return XmlReading(no_feed(Nothing.OTHER))
    if records is None:
        kind = Nothing.STRUCTURE if stopped is Break.TOO_MUCH else Nothing.BROKEN
        return XmlReading(no_feed(kind), None if stopped is Break.TOO_MUCH else content)
    if stopped is None:
        return XmlReading(feed_of(records, mends, ""))
    goes_on = _ENTRY.search(content, _whole_until(content, found.at)) is not None
    if stopped is Break.TRAILING and not goes_on:
        return XmlReading(feed_of(records, (*mends, Mend.TRAILING), ""))
    if stopped is not Break.TOO_MUCH and records.entries and not records.entries[-1]:
        # It had only just begun.
        records.entries.pop()
    feed = feed_of(records, mends, _DAMAGE.get(stopped, BROKEN))
    # A reader that guesses adds nothing where a document ends, and endless time to a huge one.
    if stopped is Break.TOO_MUCH or (stopped is Break.CUT and not goes_on):
        return XmlReading(replace(feed, is_cut=True))
    return XmlReading(feed, content)


def _whole_until(content: bytes, at: int) -> int:
    """Up to where nothing is lost: a text that never ends has swallowed what is behind it."""
    start = content.rfind(b"<![CDATA[", 0)
    is_open = start >= 0 and content.find(b"]]>", start) < 0
    return start if is_open else max(at, 0)


def _is_other_rdf(records: Records) -> bool:
    return records.format is Format.RDF and not records.channel and not records.entries
