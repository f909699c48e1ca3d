"""Records to what they mean: which link is the post's, which date its first publication's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.sources.blog.feeds.addressing import first_opened, host_of, linked, opened
from csc_verify.sources.blog.feeds.dating import first_published, last_built, last_updated
from csc_verify.sources.blog.feeds.people import named
from csc_verify.sources.blog.feeds.texts import text_of, unescaped
from csc_verify.sources.blog.feeds.values import (
    Content,
    Entry,
    Feed,
    Format,
    Media,
    Mend,
    Video,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.feeds.records import Record, Records, Value

LONGEST_TITLE = 1000
"""Characters that are kept of a title, a category, an identifier or a name of a program."""
_MOST_MEDIA = 20
_MOST_DIGITS = 16

_AUTHORS = ("author", "dc:creator", "atom:author", "itunes:author")
_TEXTS = (
    "content:encoded",
    "content",
    "atom:content",
    "description",
    "summary",
    "atom:summary",
    "media:description",
)
_WEB = ("http://", "https://")
_PLAIN = ("text", "text/plain")


def feed_of(records: Records, mended: tuple[Mend, ...], damaged: str) -> Feed:
    """What a document's records say.

    Args:
        records: As read from any format.
        mended: What was put right before they were read.
        damaged: Why some may be missing; empty if none are.
    """
    channel, format_ = records.channel, records.format
    named_by_channel = named(channel, (*_AUTHORS, "managingeditor"))
    is_inherited = format_ in {Format.ATOM, Format.JSON}
    site, itself = _link(channel, format_), linked(channel, "self")
    hosts = frozenset(host_of(address) for address in (records.url, site) if address)
    return Feed(
        format=format_,
        title=_title(channel, format_),
        site=site,
        itself=itself,
        # RFC 5005: pages of a feed, or the archive before this one.
        next=linked(channel, "next") or linked(channel, "prev-archive"),
        is_all="fh:complete" in channel,
        total=_number(_text(channel, "opensearch:totalresults")),
        generator=_generator(channel),
        language=_text(channel, "language", "dc:language"),
        built=last_built(channel),
        # RFC 4287, 4.2.1, and JSON Feed 1.1: an entry without authors has the feed's. RSS has no
        # such rule: a managing editor wrote nothing.
        authors=named_by_channel if is_inherited else (),
        owners=() if is_inherited else named_by_channel,
        entries=tuple(_entry(record, format_, hosts) for record in records.entries),
        mended=mended,
        damaged=damaged,
    )


def _entry(record: Record, format_: Format, hosts: frozenset[str]) -> Entry:
    published, also = first_published(record)
    link = _link(record, format_) or _identified(record, hosts)
    original = _original(record)
    return Entry(
        title=_title(record, format_),
        link=original or link,
        via=link if original and original != link else None,
        id=_text(record, "guid", "id", "atom:id", "about"),
        published=published,
        also=also,
        updated=last_updated(record),
        authors=_authors(record),
        categories=_categories(record),
        content=_content(record, format_),
        media=tuple(_media(record)),
        video=_video(record),
        in_reply_to=_reply(record),
        elsewhere=first_opened(record.get("external_url", ())) or linked(record, "related", "via"),
        source=_source(record),
    )


def _authors(record: Record) -> tuple[str, ...]:
    own = named(record, _AUTHORS)
    # RFC 4287, 4.2.1: an entry copied from elsewhere brings its source's authors along.
    sources = () if own else record.get("source", ())
    return own or tuple(name for source in sources for name in named(source.children, ("author",)))


def _link(record: Record, format_: Format) -> str | None:
    if format_ is Format.ATOM:
        return linked(record, "alternate")
    written = first_opened(record.get("link", ())) or linked(record, "alternate")
    return written or next(filter(None, map(_permanent, record.get("guid", ()))), None)


def _permanent(guid: Value) -> str | None:
    """RSS 2.0: a guid is the post's address unless it says that it isn't."""
    says = guid.attributes.get("ispermalink", "true").strip().lower()
    # One without a scheme is a number or a name, which would lead to the feed's neighbour.
    is_address = says != "false" and guid.text.strip().lower().startswith(_WEB)
    return opened(guid.text, guid.base) if is_address else None


def _identified(record: Record, hosts: frozenset[str]) -> str | None:
    """Atom and JSON Feed: an identifier that is an address of the site's own.

    Neither promises that it can be opened, so it is taken only where there is no link, and never
    one of another host: those (``tag:``, feed services) are names and nothing else.
    """
    for value in (*record.get("id", ()), *record.get("guid", ())):
        is_absolute = value.text.strip().lower().startswith(_WEB)
        url = opened(value.text, value.base) if is_absolute else None
        if url and host_of(url) in hosts and "ispermalink" not in value.attributes:
            return url
    return None


def _original(record: Record) -> str | None:
    """Where a counter's link leads in the end, as the counter itself says."""
    return first_opened(
        value
        for element in ("feedburner:origlink", "pheedo:origlink")
        for value in record.get(element, ())
    )


def _title(record: Record, format_: Format) -> str:
    for element in ("title", "dc:title", "media:title"):
        for value in record.get(element, ()):
            if title := _as_text(value, format_):
                return title[:LONGEST_TITLE]
    return ""


def _as_text(value: Value, format_: Format) -> str:
    """A title as a reader sees it.

    Atom says which titles are HTML. RSS doesn't: there entities are undone, as all readers do,
    and what looks like a tag stays, since it may be what the post is about.
    """
    text = value.text[: 4 * LONGEST_TITLE]
    kind = value.attributes.get("type", "").strip().lower()
    if format_ is Format.ATOM and kind == "html":
        return text_of(text)
    if format_ is Format.RSS or format_ is Format.RDF:
        text = unescaped(text)
    return " ".join(text.split())


def _content(record: Record, format_: Format) -> Content:
    values = [value for element in _TEXTS for value in record.get(element, ())]
    values += [
        value
        for group in record.get("media:group", ())
        for value in group.children.get("media:description", ())
    ]
    kept = [value for value in values if value.attributes.get("mode") != "base64"]
    if not kept:
        return Content("", is_markup=False)
    longest = max(kept, key=lambda value: len(value.text))
    kind = longest.attributes.get("type", "").strip().lower()
    # Atom's XHTML was read as elements, so that its text has no tags any more.
    is_plain = kind in (*_PLAIN, "xhtml") or (not kind and format_ is Format.ATOM)
    return Content(longest.text, is_markup=not is_plain)


def _categories(record: Record) -> tuple[str, ...]:
    values = [*record.get("category", ()), *record.get("dc:subject", ())]
    names = (
        value.text.strip() or value.attributes.get("label") or value.attributes.get("term", "")
        for value in values
    )
    return tuple(dict.fromkeys(name[:LONGEST_TITLE] for name in names if name))


def _media(record: Record) -> Iterator[Media]:
    values = [*record.get("enclosure", ()), *record.get("media:content", ())]
    for group in record.get("media:group", ()):
        values += group.children.get("media:content", ())
    for value in values[:_MOST_MEDIA]:
        attributes = value.attributes
        if url := opened(attributes.get("url", ""), value.base):
            yield Media(url, attributes.get("type") or attributes.get("medium", ""))
    links = [it for it in record.get("link", ()) if it.attributes.get("rel") == "enclosure"]
    for value in links[:_MOST_MEDIA]:
        if url := opened(value.attributes.get("href", ""), value.base):
            yield Media(url, value.attributes.get("type", ""))


def _video(record: Record) -> Video | None:
    id_ = _text(record, "yt:videoid")
    if not id_:
        return None
    views = [
        _number(statistics.attributes.get("views", ""))
        for group in record.get("media:group", ())
        for community in group.children.get("media:community", ())
        for statistics in community.children.get("media:statistics", ())
    ]
    return Video(id_, _text(record, "yt:channelid"), views[0] if views else None)


def _reply(record: Record) -> str:
    for value in record.get("thr:in-reply-to", ()):
        if text := value.attributes.get("href") or value.attributes.get("ref"):
            return text[:LONGEST_TITLE]
    return ""


def _source(record: Record) -> str:
    for value in record.get("source", ()):
        title = _text(value.children, "title", "id") or " ".join(value.text.split())
        if title or "url" in value.attributes:
            return (title or value.attributes["url"])[:LONGEST_TITLE]
    return ""


def _generator(channel: Record) -> str:
    for value in channel.get("generator", ()):
        parts = (value.text, value.attributes.get("uri", ""), value.attributes.get("version", ""))
        if text := " ".join(" ".join(parts).split()):
            return text[:LONGEST_TITLE]
    return ""


def _text(record: Record, *elements: str) -> str:
    """The first of some elements that has a text."""
    for element in elements:
        for value in record.get(element, ()):
            if text := value.text.strip():
                return text[:LONGEST_TITLE]
    return ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < _MOST_DIGITS else None
