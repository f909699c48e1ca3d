"""``python -m tools.fuzz SECONDS [SEED]``: the blog's parsers on documents that nobody would write.

Each parser has its share of the time. It reads mutants of the documents that the tests have, of
some that stand below, and of the captured ones where they lie beside the project. Whatever it
reads, it must not raise, must be done in time, and must hand out what its types and docstrings
promise. What breaks a rule is kept, the smallest document for each way of breaking it; made small
by hand it becomes a test.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import tempfile
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from zoneinfo import ZoneInfo

import csc_verify
from csc_verify.addresses import MAX_LENGTH, absolute, canonical, web_address
from csc_verify.dates import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Anywhere,
    Day,
    Instant,
    Local,
    WrittenDate,
    placed,
    read_date,
)
from csc_verify.fetch import Page
from csc_verify.model import Evidence, Failed, Found, Item, Track
from csc_verify.pages import (
    Listed,
    PageFacts,
    PageKind,
    Quotation,
    read_page,
)
from csc_verify.sources.blog import Web, Writer, advise, look
from csc_verify.sources.blog.discovery import (
    Candidate,
    Closed,
    FeedLink,
    Plan,
    links,
    may_fetch,
    plan,
    ranges,
)
from csc_verify.sources.blog.feeds import Entry, Feed, FeedReader, Media, NoFeed, read_feed
from csc_verify.sources.blog.feeds.values import LONGEST_TEXT
from csc_verify.week import Week

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Form: TypeAlias = Any
"""A type, or what stands for several."""
SECONDS: Final = 5.0
"""How long one document may keep the machine busy."""

_PATIENCE: Final = 10
"""How many times as long it may take by the clock, on a machine that has other things to do."""

_ROOT: Final = Path(__file__).resolve().parent.parent
_PRODUCT: Final = str(Path(csc_verify.__file__).parent)
_WEEK: Final = Week(date(2026, 11, 16), ZoneInfo("America/St_Johns"))
_WRITER: Final = Writer("Alice", (), Track.SOFTWARE_ENGINEERING, ("https://blog.example/",))
_AGENT: Final = "csc-verify/1.0 (+https://csc.example)"
_SMALL: Final = 8_000
"""Bytes of the documents that most mutants are made of, so that there are many of them."""
_LONGEST: Final = 200_000
"""Bytes of a mutant."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a parser reads.

    Attributes:
        body: Bytes.
        url: Where they were found: one of the web, as a fetch gives it.
    """

    body: bytes
    url: str

    @property
    def text(self) -> str:
        """The bytes as text; those that are none as lone surrogates."""
        return self.body.decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses that a function gave, and what else it said of them."""

    urls: tuple[str, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A parser.

    Attributes:
        name: A short name for the table and for files.
        read: Reads a document.
        promised: The type of what it gives.
        seeds: Which documents are changed for it.
        share: Of the time, compared with the others.
        seconds: How long one document may keep the machine busy.
    """

    name: str
    read: Callable[[Document], object]
    promised: Form
    seeds: str
    share: int = 2
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Finding:
    """A way in which a parser broke a rule.

    Attributes:
        what: Which one, the same for every document that breaks it in this way.
        detail: More of it, for a person.
        document: The smallest document that did.
    """

    what: str
    detail: str
    document: Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one parser.

    Attributes:
        target: Its name.
        inputs: How many documents it read.
        seconds: What they took, with making them up.
        slowest: How long the slowest kept the machine busy, in seconds; without other processes.
        slowest_document: That one; None if there was none.
        findings: What was found.
    """

    target: str
    inputs: int
    seconds: float
    slowest: float
    slowest_document: Document | None
    findings: tuple[Finding, ...]


# The parsers


def _feed(document: Document) -> Feed | NoFeed:
    return read_feed(document.body, document.url)


def _guessed_feed(document: Document) -> Feed | NoFeed:
    return FeedReader().read(document.body, document.url)


def _page(document: Document) -> PageFacts:
    return read_page(document.body, document.url)


@dataclass(frozen=True, slots=True)
class _Everywhere:
    """A web that has the same document at every address."""

    body: bytes

    def fetch(self, url: str) -> Page:
        return Page(url, self.body, "text/html")


def _no_child(command: Sequence[str], question: bytes, seconds: float) -> bytes:
    raise OSError(command[0], len(question), seconds)


def _blog(document: Document) -> Evidence:
    """What the whole source makes of it, without the tolerant reader, which has its own share."""
    web = Web(_Everywhere(document.body), FeedReader(start=_no_child))
    return advise(look(document.url, _WEEK, web), _WEEK, _WRITER, web)


def _plan_without_page(document: Document) -> Plan:
    return plan(document.text, None)


def _may_fetch(document: Document) -> bool:
    return may_fetch(document.body, document.url, _AGENT)


def _ranges(document: Document) -> Addresses:
    generators = ("", "Blogger", "https://wordpress.org/?v=6.7")
    found = [ranges(document.text, generator, _WEEK.last) for generator in generators]
    return Addresses(tuple(url for urls in found for url in urls))


def _addresses(document: Document) -> Addresses:
    found = (web_address(document.text), absolute(document.text, document.url))
    urls = tuple(url.strip() for url in found if url is not None)
    return Addresses(urls, tuple(canonical(url) for url in urls))


TARGETS: Final = (
    Target("read_feed", _feed, Feed | NoFeed, "feeds", share=5),
    Target("FeedReader", _guessed_feed, Feed | NoFeed, "feeds", share=3),
    Target("read_page", _page, PageFacts, "pages", share=6),
    Target("plan", lambda one: plan(one.url, one.body), Plan, "pages", share=3),
    Target("plan of an address", _plan_without_page, Plan, "addresses", share=1),
    Target("blog", _blog, Found | Failed, "documents", share=4),
    Target("links", lambda one: links(one.body, one.url), tuple[FeedLink, ...], "pages"),
    Target("may_fetch", _may_fetch, bool, "robots", share=1),
    Target("ranges", _ranges, Addresses, "addresses", share=1),
    Target("read_date", lambda one: read_date(one.text), WrittenDate | None, "dates"),
    Target("addresses", _addresses, Addresses, "addresses"),
)


# What is promised of the values


_NAMES: Final = {one.__name__: one for one in (WrittenDate, Closed, Quotation, date, datetime)}
"""What modules import for the type checker alone."""
_ADDRESSES: Final[Mapping[type, tuple[str, ...]]] = {
    Addresses: ("urls",),
    Feed: ("site", "itself", "next"),
    Entry: ("link", "via", "elsewhere"),
    Media: ("url",),
    PageFacts: ("canonical",),
    Item: ("url",),
    Listed: ("url",),
    Candidate: ("url", "alternatives"),
    Plan: ("pages", "moved_to"),
    FeedLink: ("url", "alternatives"),
}
_FOLDED: Final[Mapping[type, tuple[str, ...]]] = {
    Feed: ("title",),
    Entry: ("title", "text"),
    PageFacts: ("title", "text", "site", "language"),
    Item: ("title",),
    Listed: ("title",),
    FeedLink: ("title",),
}
_NOT_FOLDED: Final = re.compile(r"[^\S ]|\s\s|^\s")


def broken_promises(value: object, promised: Form, where: str = "it") -> Iterator[str]:
    """What is wrong with a value, by its type and by what its docstrings say.

    Args:
        value: What a parser gave.
        promised: The type that it should have.
        where: What it is called.
    """
    if get_origin(promised) in {Union, UnionType}:
        fitting = [one for one in get_args(promised) if type(value) is _class_of(one)]
        if not fitting:
            yield f"{where} is a {type(value).__name__}"
        for one in fitting:
            yield from broken_promises(value, one, where)
        return
    if type(value) is not _class_of(promised):
        yield f"{where} is a {type(value).__name__}"
    elif isinstance(value, (tuple, frozenset)):
        for inner in value:
            yield from broken_promises(inner, get_args(promised)[0], f"{where}[]")
    elif is_dataclass(value):
        kind: type = type(value)
        wrong = [
            one
            for field, hint in _hints(kind).items()
            for one in broken_promises(getattr(value, field), hint, f"{kind.__name__}.{field}")
        ]
        # What is said of a value is said of one that has its type.
        yield from wrong or _said(value, kind.__name__)


def _class_of(promised: Form) -> object:
    origin: object = get_origin(promised)
    return promised if origin is None else origin


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, localns=_NAMES)
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}


def _said(value: object, name: str) -> Iterator[str]:
    """What docstrings say beside the types."""
    for field in _ADDRESSES.get(type(value), ()):
        held = getattr(value, field)
        for url in held if isinstance(held, tuple) else (held,):
            # A longer one is refused by whoever fetches it.
            if url is not None and web_address(url[:MAX_LENGTH]) is None:
                yield f"{name}.{field} holds what is no address of the web"
    for field in _FOLDED.get(type(value), ()):
        if _NOT_FOLDED.search(getattr(value, field)):
            yield f"{name}.{field} has white space that is not folded"
    match value:
        case WrittenDate():
            yield from _said_of_date(value)
        case Entry() if len(value.text) > LONGEST_TEXT or value.length < len(value.text):
            yield "Entry.text is too long"
        case PageFacts():
            yield from _said_of_page(value)
        case Plan() if len({one.url for one in value.candidates}) < len(value.candidates):
            yield "Plan.candidates has one twice"
        case _:
            pass


def _said_of_date(written: WrittenDate) -> Iterator[str]:
    if not written.readings:
        yield "WrittenDate.readings is empty"
        return
    try:
        datetime.fromisoformat(written.iso)
    except ValueError:
        yield "WrittenDate.iso is not ISO 8601"
    placed(written, _WEEK)
    for reading in written.readings:
        match reading:
            case Day(day):
                year, is_right = day.year, True
            case Instant(at):
                year, is_right = at.year, at.tzinfo is not None
            case Local(at) | Anywhere(at):
                year, is_right = at.year, at.tzinfo is None
        if not is_right:
            yield f"{type(reading).__name__}.at has the wrong zone"
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            yield "WrittenDate.readings holds a year that is none"


def _said_of_page(facts: PageFacts) -> Iterator[str]:
    if (facts.kind is PageKind.WALL) != (facts.wall is not None):
        yield "PageFacts.kind and wall differ"
    elements = [witness.element for witness in facts.witnesses]
    if elements[:1] == ["the address"] or "the address" in elements[:-1]:
        yield "PageFacts.witnesses has the address alone, or not at the end"
    if len({canonical(one.url) for one in facts.listed}) < len(facts.listed):
        yield "PageFacts.listed has one twice"


# Documents that are changed

_ATOM: Final = (
    b'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
    b' xmlns:media="http://search.yahoo.com/mrss/" xml:base="https://blog.example/a/">'
    b'<title type="html">A &lt;b&gt;blog</title><link rel="next" href="?page=2"/>'
    b'<author><name>Alice</name></author><entry><title type="xhtml"><div'
    b' xmlns="http://www.w3.org/1999/xhtml">One<p>two</p></div></title><link href="one"/>'
    b"<id>tag:blog.example,2026:1</id><published>2026-11-17T10:00:00-03:30</published>"
    b"<updated>2026-11-18T00:00:00Z</updated><media:group><media:content"
    b' url="v.mp4"/><media:community><media:statistics views="0"/></media:community></media:group>'
    b'<content type="html"><![CDATA[<p>Text &amp; more]]></content></entry></feed>'
)
_RSS: Final = (
    b'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title>'
    b"<link>https://blog.example/</link><generator>WordPress</generator><item><title>One</title>"
    b'<guid isPermaLink="true">https://blog.example/one</guid><author>a@b.example (Alice)</author>'
    b"<pubDate>Tue, 17 Nov 2026 10:00:00 EST</pubDate><dc:date>2026-11-17</dc:date>"
    b'<enclosure url="a.mp3" type="audio/mpeg"/><category>x</category>'
    b"<description>&lt;p&gt;Text&nbsp;&#8212; more</description></item></channel></rss>"
)
_JSON: Final = (
    b'{"version":"https://jsonfeed.org/version/1.1","title":"B","next_url":"?p=2","items":[{"id":1,'
    b'"url":"/one","title":"One","content_html":"<p>x","date_published":"2026-11-17T10:00:00Z",'
    b'"authors":[{"name":"Alice"}],"tags":["x"],"attachments":[{"url":"a","mime_type":"b"}]}]}'
)
_PAGE: Final = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parsers at last</title>'
    b'<base href="/a/"><link rel="canonical" href="/parsers"><link rel="alternate" title="RSS"'
    b' type="application/rss+xml" href="/feed/"><link rel="https://api.w.org/" href="/wp-json/">'
    b'<meta name="generator" content="Hugo"><meta property="og:title" content="Parsers at last">'
    b'<meta property="article:published_time" content="2026-11-17T10:00:00Z">'
    b'<meta http-equiv="refresh" content="0; url=/new"><script type="application/ld+json">'
    b'{"@graph":[{"@type":"BlogPosting","url":"https://blog.example/parsers","headline":"Parsers'
    b' at last","datePublished":"2026-11-17","author":[{"name":"Alice"}]},{"@type":"VideoObject",'
    b'"publication":{"isLiveBroadcast":true,"startDate":"2026-11-17T10:00:00Z"}}]}</script></head>'
    b'<body class="single-post post-1"><div id="__next"><header class="site-header">17 Nov 2026'
    b'</header><article class="post"><h1 itemprop="headline">Parsers at last</h1><p class="byline">'
    b'Published by <a rel="author" href="/author/alice">Alice</a> on <time itemprop="datePublished"'
    b' datetime="2026-11-17">17 November 2026</time>, updated 18.11.2026</p><p>Prose.</article>'
    b'<ul><li><h2><a href="/2026/11/10/two">Two</a></h2> 10 Nov 2026<li><a href="/three">Three</a>'
    b" <time>2026-11-03</time></ul><aside>Related: 1/2/2026</aside><form><input type=password>"
    b"</form></div></body></html>"
)
_ROBOTS: Final = (
    b"User-agent: *\nDisallow: /a*b$\nAllow: /a\n\nUser-agent: csc-verify\nuser-agent: other\n"
    b"Disallow: /%7Ealice/*.xml\nCrawl-delay: 10\nAllow: /*?p=*&q=$\nSitemap: https://x.example/\n"
    b"\xef\xbb\xbfuser-agent:csc-verify # us\rdisallow:\rdisallow: *\r"
)
_DATES: Final = b"""2026-11-17
2026-11-17T10:00:00.123-03:30
2026/11/17 1:05 pm EST
Tue, 17 Nov 2026 10:00:60 +0100
Di., 17. M\xc3\xa4rz 26
17 de noviembre de 2026
November 17th, 2026 12:00 AM (x)
Tue Nov 17 10:00:00 CST 2026
Tue Nov 17 2026 10:00:00 GMT+0100 (CET)
3/2/2026 10:00 IST
0001-01-01T00:00:00Z
9990-12-31T23:59:59-15:00"""
_URLS: Final = b"""https://blog.example/2026/11/17/parsers-at-last https://blog.example/
http://[::1]:8/ https://blog.example/feed/?paged=2 https://alice.bearblog.dev/a/?utm_source=x#top
https://medium.com/@alice/post-0123456789ab https://medium.com/publication/tagged/x
https://substack.com/@alice https://open.substack.com/pub/alice/p/x https://dev.to/alice/post-4b1c
https://www.youtube.com/watch?v=abcdefghijk&list=PL0123456789 https://youtu.be/abcdefghijk
https://www.youtube.com/channel/UC0123456789012345678901 https://vimeo.com/12345
https://www.youtube.com/@alice https://mastodon.example/@alice@b.example/1
https://alice.wordpress.com/category/x/ https://alice.github.io/blog/feed.xml?type=rss
https://www.tumblr.com/alice/1/slug https://write.as/alice/post https://alice.blogspot.co.uk
https://www.blogger.com/feeds/1/posts/default?alt=rss https://alice.wixsite.com/x/post/y
https://www.linkedin.com/pulse/x https://alice.squarespace.com/notes/x""".split()
_SUFFIXES: Final = {".xml": "feeds", ".feed": "feeds", ".json": "feeds", ".html": "pages"}


def seeds(*folders: Path) -> dict[str, tuple[bytes, ...]]:
    """The documents that are changed, by their kind.

    Args:
        folders: Where more of them lie, some levels down; one that isn't there has none.
    """
    found: dict[str, list[bytes]] = {
        "feeds": [_ATOM, _RSS, _JSON],
        "pages": [_PAGE],
        "robots": [_ROBOTS],
        "dates": _DATES.splitlines(),
        "addresses": [*_URLS],
    }
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        kind = _SUFFIXES.get(path.suffix)
        body = path.read_bytes() if kind is not None else b""
        # The others of that suffix say what is expected of a document.
        if kind is not None and (path.suffix != ".json" or b"jsonfeed.org/version" in body):
            found[kind].append(body)
    found["documents"] = [*found["feeds"], *found["pages"]]
    return {kind: tuple(bodies) for kind, bodies in found.items()}


_TOKENS: Final = (
    # What opens, closes and hides.
    *b"< > </ /> <! <? <!--> <!-- --> <![CDATA[ ]]> & <title> <textarea> <script> </script".split(),
    *b"<style> <template> <noscript> <svg> <plaintext> <p <a <h1> </h1> <time> <item>".split(),
    *b"</item> <entry> </feed> </rss> <channel> <source> <id/> {} [] <!DOCTYPE".split(),
    b'<script type="application/ld+json">',
    b"<script type=application/ld+json>{]}</script>",
    b'<script type="application/ld+json">' + b'{"@graph":[' * 300 + b"</script>",
    b'<script type="application/ld+json">{"@type":"Article","datePublished":"2026",%s}</script>'
    % rb'"url":"https://a.example/\ud800?\udc00"',
    b'<?xml version="1.1" encoding="utf-16"?>',
    b'<!DOCTYPE rss [<!ENTITY a "b">]>',
    # References and numbers.
    *b"&#x0; &#0; &#xD800; &#x110000; &# &#x &nbsp &NotEqualTilde; -1 1e999 0 NaN -0.0".split(),
    *(b"&#" + b"9" * 5000 + b";", b"9" * 5000, "\u0661\u00b2".encode()),
    # Bytes that are no text, signs that nobody sees, letters that get longer in the other case.
    *(b"\0", b"\0" * 9, b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe"),
    *(sign.encode() for sign in "\ufeff\u202e\u2028\x85\x0b\x0c\x1c\x1b\u0130\u00df\ufdfa\u0301"),
    # Quotes, and JSON's own.
    *rb"""" ' = \ \u0000 \ud800 null {"@type": "url":[1,null,{}], , :""".split(),
    *(b"[" * 3000, b'{"a":' * 3000),
    # Addresses.
    *b"javascript:alert(1) // http:// https:/x ? # % %00 %ff @ data:,x http://[v1.x]".split(),
    *b"feed:https://x.example/ https://a.example:0/ https://a.example:99999/ https://[".split(),
    *(b"/" + b"a/" * 1000, b"?" + b"a&" * 900, "https://\u2100.example/".encode()),
    # Dates.
    *b"0001-01-01T00:00:00Z 9999-12-31T23:59:59-15:00 1971-01-01T00:00:00+15:00 31.2.2026".split(),
    *b"1.1.16 2026-11-17T24:00:00 +9999 GMT+1:5 (((((((((((((((((((((((((((((((((((( ".split(),
    *(b" 10:00:61 Q", b"17 Nov 2026", "2026\u5e7411\u670817\u65e5".encode()),
    # Encodings that there are, and some that there are not.
    *b"<meta/charset=windows-1259> <meta/charset=iso-8859-12>\xff <meta/charset=big5>\x80".split(),
    *b"encoding='iso-2022-jp' encoding='utf-7' encoding='cp-1251' charset=iso-2022-jp".split(),
)
_NAMES_OF_TAGS: Final = b"""a p b h1 h2 h3 td tr li div span time meta link base script style title
textarea article main header footer aside nav blockquote body html form input img iframe svg
template noscript item entry channel feed rss guid id author name source content summary category
enclosure updated published pubDate dc:date media:group media:content atom:link x:y""".split()
_ENCODINGS: Final = b"""utf-16 utf-16-le utf-16-be utf-32 utf-32-be utf-8-sig cp1251 shift_jis
gb18030 euc-kr iso-2022-jp iso-8859-8""".split()
_NUMBER: Final = re.compile(rb"\d+")
_VALUE: Final = re.compile(rb"\"[^\"<>]*\"|>[^<>]+<")
_TAG: Final = re.compile(rb"(?<=[</])[A-Za-z][\w:]*")
_SIGN: Final = re.compile(rb"[<>\"'=/&;:,{}\[\]]")


@dataclass(frozen=True, slots=True)
class Mutator:
    """Makes documents up.

    Attributes:
        random: Where its choices come from.
        seeds: What is changed, by kind.
    """

    random: Random
    seeds: Mapping[str, Sequence[bytes]]

    def document(self, kind: str) -> Document:
        """A document of a kind, somewhere on the web."""
        body = self._seed(kind)
        for _ in range(1 + int(self.random.expovariate(0.4))):
            body = self._changed(body, kind)[:_LONGEST]
        return Document(body, self._url())

    def _seed(self, kind: str) -> bytes:
        bodies = self.seeds[kind]
        small = [body for body in bodies if len(body) <= _SMALL]
        return self.random.choice(self.random.choice((small, small, small, bodies)))

    def _changed(self, body: bytes, kind: str) -> bytes:
        often = (self._insert, self._revalue, self._exchange_values)
        return self.random.choice(
            (
                *often,
                *often,
                self._cut,
                self._break_off,
                self._repeat,
                self._splice,
                self._flip,
                self._nest,
                self._lengthen,
                self._renumber,
                self._rename,
                self._reencode,
            )
        )(body, kind)

    def _url(self) -> str:
        url = self.random.choice(_URLS)
        changed = self.random.choice((url, self._insert(url, ""))).decode("utf-8", "replace")
        return changed.strip() if web_address(changed) else url.decode()

    def _span(self, body: bytes) -> tuple[int, int]:
        """Some of the bytes, mostly few."""
        start = self._place(body)
        return start, min(len(body), start + int(self.random.expovariate(0.03)))

    def _place(self, body: bytes) -> int:
        """A place, preferably at a sign that means something."""
        place = self.random.randint(0, len(body))
        sign = _SIGN.search(body, place)
        return self.random.choice((sign.start(), sign.end(), place)) if sign else place

    def _cut(self, body: bytes, _: str) -> bytes:
        start, end = self._span(body)
        return body[:start] + body[end:]

    def _break_off(self, body: bytes, _: str) -> bytes:
        return body[: self._place(body)]

    def _repeat(self, body: bytes, _: str) -> bytes:
        start, end = self._span(body)
        times = self.random.choice((2, 2, 3, 20, 300))
        return body[:start] + body[start:end] * times + body[end:]

    def _splice(self, body: bytes, kind: str) -> bytes:
        other = self._seed(self.random.choice((kind, kind, kind, "pages")))
        return body[: self._place(body)] + other[self._place(other) :]

    def _flip(self, body: bytes, _: str) -> bytes:
        changed = bytearray(body)
        for _time in range(self.random.randint(1, 8)) if changed else ():
            changed[self.random.randrange(len(changed))] = self.random.randrange(256)
        return bytes(changed)

    def _insert(self, body: bytes, _: str) -> bytes:
        place = self._place(body)
        return body[:place] + self.random.choice(_TOKENS) + body[place:]

    def _nest(self, body: bytes, _: str) -> bytes:
        start, end = self._span(body)
        times = self.random.choice((3, 50, 250, 2000))
        name = self.random.choice(_NAMES_OF_TAGS)
        opened, closed = (b"<" + name + b">") * times, (b"</" + name + b">") * times
        return body[:start] + opened + body[start:end] + closed + body[end:]

    def _lengthen(self, body: bytes, _: str) -> bytes:
        """A value or a text of the document, much longer."""
        filler = self.random.choice(
            (b"a", b" ", b"a ", b"@", b"&", b"\xc3\xa4", b"-", b"1.1.16 ", b"\n")
        )
        length = self.random.choice((100, 1000, 9000, 70_000))
        return self._exchange(_VALUE, body, lambda old: old[:-1] + filler * length + old[-1:])

    def _renumber(self, body: bytes, _: str) -> bytes:
        number = self.random.choice(
            (b"0", b"-1", b"1", b"32", b"9999", b"9" * 20, b"9" * 4400, b"")
        )
        return self._exchange(_NUMBER, body, lambda _: number)

    def _revalue(self, body: bytes, _: str) -> bytes:
        token = self.random.choice(_TOKENS)
        return self._exchange(_VALUE, body, lambda old: old[:1] + token + old[-1:])

    def _exchange_values(self, body: bytes, kind: str) -> bytes:
        """A value or a text of another document in the place of one of this."""
        others = _VALUE.findall(self._seed(kind)) or [b'""']
        other = self.random.choice(others)
        return self._exchange(_VALUE, body, lambda old: old[:1] + other[1:-1] + old[-1:])

    def _rename(self, body: bytes, _: str) -> bytes:
        name = self.random.choice(_NAMES_OF_TAGS)
        return self._exchange(_TAG, body, lambda _: name)

    def _reencode(self, body: bytes, _: str) -> bytes:
        encoding = self.random.choice(_ENCODINGS).decode()
        return body.decode("utf-8", "replace").encode(encoding, "replace")

    def _exchange(
        self, pattern: re.Pattern[bytes], body: bytes, by: Callable[[bytes], bytes]
    ) -> bytes:
        found = pattern.search(body, self.random.randint(0, len(body))) or pattern.search(body)
        if found is None:
            return body
        return body[: found.start()] + by(found[0]) + body[found.end() :]


# Trying


class _TookTooLong(BaseException):
    """Raised in the middle of whatever takes too long; no ``except Exception`` stops it."""


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    def end(*_: object) -> None:
        raise _TookTooLong

    timers = (
        (signal.SIGPROF, signal.ITIMER_PROF, seconds),
        (signal.SIGALRM, signal.ITIMER_REAL, _PATIENCE * seconds),
    )
    before = [signal.signal(number, end) for number, _, _ in timers]
    for _, timer, most in timers:
        signal.setitimer(timer, most)
    try:
        yield
    finally:
        for (number, timer, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


def tried(target: Target, document: Document) -> tuple[tuple[Finding, ...], float]:
    """What is wrong with what a parser makes of a document, and the seconds of work that it took.

    Args:
        target: The parser.
        document: The document.
    """
    begun = process_time()
    wrong: Iterable[str]
    detail = ""
    try:
        with _ended_after(target.seconds):
            value = target.read(document)
        taken = process_time() - begun
        wrong = dict.fromkeys(broken_promises(value, target.promised))
    except _TookTooLong:
        taken, detail = process_time() - begun, traceback.format_exc(limit=-8)
        wrong = [f"takes more than {target.seconds:g} s"]
    except Exception as error:  # noqa: BLE001  whatever it is, it is a finding
        taken, detail = process_time() - begun, traceback.format_exc(limit=-12)
        wrong = [f"{type(error).__name__} in {_place_of(error)}"]
    return tuple(Finding(what, detail, document) for what in wrong), taken


def _place_of(error: Exception) -> str:
    """The innermost line of the product that an error came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_PRODUCT)] or frames[-1:]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def fuzz(
    target: Target,
    mutator: Mutator,
    seconds: float = float("inf"),
    most: int | None = None,
) -> Outcome:
    """Have a parser read documents that are made up.

    Args:
        target: The parser.
        mutator: Makes them up.
        seconds: How long.
        most: How many at most; None for no limit.
    """
    begun = perf_counter()
    found: dict[str, Finding] = {}
    inputs, slowest, slowest_document = 0, 0.0, None
    while perf_counter() - begun < seconds and inputs != most:
        inputs += 1
        document = mutator.document(target.seeds)
        findings, taken = tried(target, document)
        if taken > slowest:
            slowest, slowest_document = taken, document
        for finding in findings:
            known = found.get(finding.what)
            if known is None or len(document.body) < len(known.document.body):
                found[finding.what] = finding
    took = perf_counter() - begun
    return Outcome(target.name, inputs, took, slowest, slowest_document, tuple(found.values()))


def kept(outcome: Outcome, folder: Path) -> Iterator[Path]:
    """Write down what was found, and the document that took longest.

    Args:
        outcome: What became of a parser.
        folder: Where to.

    Yields:
        The file that holds each finding's document; beside it lies what happened.
    """
    name = outcome.target.replace(" ", "-")
    if outcome.slowest_document is not None:
        (folder / f"{name}-slowest.body").write_bytes(outcome.slowest_document.body)
    for number, finding in enumerate(outcome.findings, start=1):
        path = folder / f"{name}-{number}.body"
        path.write_bytes(finding.document.body)
        said = f"{finding.what}\n{finding.document.url}\n\n{finding.detail}"
        path.with_suffix(".txt").write_text(said, "utf-8", "backslashreplace")
        yield path


def main(arguments: Sequence[str], targets: Iterable[Target] = TARGETS) -> int:
    """Fuzz the parsers and print what came of it; 1 if there were findings.

    Args:
        arguments: Of the command line.
        targets: The parsers.
    """
    reader = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    reader.add_argument("seconds", type=float, help="for all of them together")
    reader.add_argument("seed", type=int, nargs="?", default=0, help="of the random choices")
    reader.add_argument("--only", help="a parser's name")
    reader.add_argument("--keep", type=Path, help="a folder for what is found")
    asked = reader.parse_args(arguments)
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [target for target in targets if asked.only in {None, target.name}]
    captured = _ROOT.parent / "shared" / "corpus" / "blog"
    documents = seeds(_ROOT / "tests/data/blog", _ROOT / "tests/data/feeds", captured)
    is_clean = True
    print(f"{'parser':<20}{'inputs':>9}{'per second':>12}{'slowest ms':>12}{'findings':>10}")
    for target in chosen:
        mutator = Mutator(Random(asked.seed), documents)  # noqa: S311  a seeded one is the point
        share = asked.seconds * target.share / sum(one.share for one in chosen)
        outcome = fuzz(target, mutator, share)
        is_clean = is_clean and not outcome.findings
        pace = outcome.inputs / max(outcome.seconds, 1e-9)
        print(
            f"{outcome.target:<20}{outcome.inputs:>9}{pace:>12.0f}{1000 * outcome.slowest:>12.0f}"
            f"{len(outcome.findings):>10}",
            flush=True,
        )
        for path, finding in zip(kept(outcome, folder), outcome.findings, strict=True):
            print(f"  {finding.what}: {path}", flush=True)
    print(f"What was found, and the slowest documents, are in {folder}")
    return int(not is_clean)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
