"""What a feed says, as values that every format shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from csc_verify.sources.blog.feeds.texts import text_of

if TYPE_CHECKING:
    from csc_verify.dates import WrittenDate

LONGEST_TEXT = 2000
"""Characters of an entry's text that are handed on."""


class Format(StrEnum):
    """Which family of formats a feed belongs to."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON = "json"


class Mend(StrEnum):
    """What was put right before a document could be read.

    None of them touches the document's structure: they change characters inside of texts, or what
    stands before the first and after the last element. So no entry can be lost by them, and a
    mended document proves an absence like a whole one.
    """

    LEADING = "something stood before the document"
    TRAILING = "something stood after the document"
    ENCODING = "its encoding was not declared, or not truly"
    BYTES = "bytes that are no text were replaced"
    CONTROLS = "characters that XML forbids were left out"
    AMPERSANDS = "bare ampersands or entities of HTML were written out"
    PREFIXES = "prefixes that were not declared were given their usual meaning"
    DOCTYPE = "its document type was left out"


class Nothing(StrEnum):
    """Why a document is no feed."""

    EMPTY = "is empty"
    PAGE = "is a web page and not a feed"
    OTHER = "is neither RSS nor Atom nor JSON Feed"
    ENCODING = "could not be read (it declares an encoding that feeds don't use)"
    ENTITIES = "was not read (it declares entities of its own, as attacks do and feeds don't)"
    STRUCTURE = "was not read (it holds more elements, or deeper ones, than any feed)"
    BROKEN = "could not be read (it is broken)"


@dataclass(frozen=True, slots=True)
class NoFeed:
    """A document that is no feed, or none that can be read.

    Attributes:
        kind: Which of the reasons it is.
        why: The reason, to follow "what it sent".
    """

    kind: Nothing
    why: str


def no_feed(kind: Nothing) -> NoFeed:
    """A document that is no feed, for a reason that needs no more words."""
    return NoFeed(kind, kind.value)


@dataclass(frozen=True, slots=True)
class Written:
    """A date of a feed.

    Attributes:
        raw: The text itself.
        element: The element it stood in, by its usual name: ``pubDate``, ``dc:date``…
        date: What it may mean; None if it is no date that can be relied on.
    """

    raw: str
    element: str
    date: WrittenDate | None


@dataclass(frozen=True, slots=True)
class Media:
    """A file that belongs to an entry: what is heard, seen or shown.

    Attributes:
        url: Where it lies.
        kind: Its media type or medium as written (``audio/mpeg``, ``video``); may be empty.
    """

    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Video:
    """What YouTube's feeds say of a video. A premiere is listed before it airs.

    Attributes:
        id: YouTube's own.
        channel: The channel's.
        views: How often it was seen; none at all hints at a premiere or a stream to come. None if
            the feed doesn't say.
    """

    id: str
    channel: str
    views: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """An entry's longest text.

    Attributes:
        source: As written, at most some ten thousand characters of it.
        is_markup: Whether it is HTML; else it is plain.
    """

    source: str
    is_markup: bool

    @property
    def text(self) -> str:
        """What a reader sees, white space folded."""
        return text_of(self.source) if self.is_markup else " ".join(self.source.split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One post.

    Attributes:
        title: As plain text, white space folded; empty if there is none.
        link: The post's own address, absolute; None if there is none that can be opened.
        via: The address that the feed gives in the post's stead, where it leads through a counter
            (FeedBurner); else None.
        id: The format's identifier as written; empty if there is none. Not always unique.
        published: The date of first publication; None if the entry has none. If none of its dates
            can be read, the first of them.
        also: Other dates of first publication that say something else than the first.
        updated: The date of the last change. No date of first publication, and no bound of it
            either: a post that was scheduled is changed before it appears.
        authors: Whom the entry itself names, without mail addresses beside the names.
        categories: Its categories, subjects or tags.
        content: Its longest text.
        media: Files that come with it.
        video: What YouTube says of it.
        in_reply_to: What it answers to, by address or identifier; empty if nothing is said.
        elsewhere: What it is about or was copied from, if that lies at another address: JSON
            Feed's ``external_url``, Atom's ``related`` and ``via``; None if nothing is said.
        source: The feed it was copied from, by title or address; empty if none is named.
    """

    title: str
    link: str | None
    via: str | None
    id: str
    published: Written | None
    also: tuple[Written, ...]
    updated: Written | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    content: Content = field(repr=False)
    media: tuple[Media, ...]
    video: Video | None
    in_reply_to: str
    elsewhere: str | None
    source: str

    @property
    def text(self) -> str:
        """The beginning of the longest text, plain; at most ``LONGEST_TEXT`` characters."""
        return self.content.text[:LONGEST_TEXT]

    @property
    def length(self) -> int:
        """Characters of the longest text, plain; of very long ones fewer than there are."""
        return len(self.content.text)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, as far as it could be read.

    Attributes:
        format: The family of its format.
        title: As plain text; empty if there is none.
        site: The page that it belongs to, absolute; None if it names none.
        itself: The feed's own address as it says; some say ``localhost``.
        next: Where older entries are: ``next``, ``prev-archive`` or ``next_url``; None if nowhere.
        is_all: Whether it says that it holds every entry there is (RFC 5005, section 2).
        total: How many entries there are in all (OpenSearch); None if it doesn't say.
        generator: The program that wrote it, as it says; may be empty.
        language: Of the texts, as written; may be empty.
        built: When the feed itself was last changed; no entry's date.
        authors: Atom and JSON Feed: whoever wrote the entries that name nobody.
        owners: RSS: whom the channel names; no rule says that they wrote anything.
        entries: In the order of the document, duplicates included.
        mended: What was put right first.
        damaged: Why entries may be missing, to follow "its feed"; empty if none are.
        is_cut: Whether all that is missing stood behind what was read. Then it proves as much as a
            shorter feed would; one that is damaged otherwise proves no absence.
    """

    format: Format
    title: str
    site: str | None
    itself: str | None
    next: str | None
    is_all: bool
    total: int | None
    generator: str
    language: str
    built: Written | None
    authors: tuple[str, ...]
    owners: tuple[str, ...]
    entries: tuple[Entry, ...]
    mended: tuple[Mend, ...]
    damaged: str
    is_cut: bool = False
