"""The addresses of a feed and of its entries, made absolute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.addresses import absolute
from csc_verify.sources.blog.feeds.decoding import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csc_verify.sources.blog.feeds.records import Record, Value

_LINE_ENDS = re.compile(r"[\t\r\n]+")
# Controls, which joining addresses would drop; and a scheme without a host, which it would take for
# a path of the feed's own.
_NO_ADDRESS = re.compile(rf"[\x00-\x1f{REPLACEMENT}]|^https?:(?!//)", re.IGNORECASE)
# RFC 4287, 4.2.7.2: a relation by its short name, or by this address and the name.
_REGISTERED = "http://www.iana.org/assignments/relation/"
_MOST_TRIED = 10
_PAGES = ("", "text/html", "application/xhtml+xml")


def opened(text: str, base: str) -> str | None:
    """An address as a browser would read it, absolute; None if it leads nowhere.

    Browsers drop line ends and write spaces as ``%20`` (WHATWG, URL). An address in which a byte
    was no text is another one, and is none.

    Args:
        text: As written.
        base: Where it starts, if it is relative.
    """
    written = _LINE_ENDS.sub("", text).strip(" ").replace(" ", "%20")
    # Nothing, or a place on the page one is on, would be the feed's own address.
    if not written or written.startswith("#") or _NO_ADDRESS.search(written):
        return None
    return absolute(written, base)


def host_of(url: str) -> str:
    """The host of an address that :func:`opened` gave, without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def first_opened(values: Iterable[Value]) -> str | None:
    """The first text of several that is an address."""
    return next(filter(None, (opened(value.text, value.base) for value in values)), None)


def linked(record: Record, *relations: str) -> str | None:
    """The first of Atom's links that has one of these relations, a web page before others.

    Args:
        record: A channel's or an entry's elements; in RSS Atom's links are looked at too.
        relations: Short names; ``alternate`` is what a link has that names none.
    """
    wanted = [
        value
        for element in ("link", "atom:link")
        for value in record.get(element, ())
        if "href" in value.attributes and _relation_of(value) in relations
    ]
    pages_first = sorted(wanted, key=lambda value: not _is_page(value))[:_MOST_TRIED]
    return next(filter(None, (opened(it.attributes["href"], it.base) for it in pages_first)), None)


def _relation_of(link: Value) -> str:
    relation = link.attributes.get("rel", "alternate").removeprefix(_REGISTERED).strip().lower()
    return relation or "alternate"


def _is_page(link: Value) -> bool:
    return link.attributes.get("type", "").strip().lower() in _PAGES
