"""JSON Feed 1.0 and 1.1 to records, by the names that RSS and Atom have for the same things."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from csc_verify.sources.blog.feeds.decoding import REPLACEMENT, decoded_json
from csc_verify.sources.blog.feeds.meaning import feed_of
from csc_verify.sources.blog.feeds.records import LONGEST_KEPT, Record, Records, Value, keep
from csc_verify.sources.blog.feeds.sax import MOST_ELEMENTS, MOST_ENTRIES
from csc_verify.sources.blog.feeds.values import Feed, Format, Mend, NoFeed, Nothing, no_feed

if TYPE_CHECKING:
    from collections.abc import Mapping

_Object: TypeAlias = "Mapping[str, Any]"

# The standard's own site writes both; 1 and 1.1 are all there is.
_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = " \t\r\n\ufeff"
_MOST_ANYTHING = 1_000_000
_SAME_IN_RSS = {
    "id": "id",
    "title": "title",
    "summary": "summary",
    "date_published": "date_published",
    "date_modified": "date_modified",
    "external_url": "external_url",
}


def read_json_feed(body: bytes, url: str) -> Feed | NoFeed:
    """What a JSON document says. Pure; never raises.

    Args:
        body: The document.
        url: Where it was found; relative addresses start there.
    """
    # Each costs some fifty bytes, however short it is.
    if body.count(b"{") + body.count(b"[") > MOST_ELEMENTS or body.count(b",") > _MOST_ANYTHING:
        return no_feed(Nothing.STRUCTURE)
    text = decoded_json(body)
    content, mended, rest = _parsed(text.text.lstrip(_SPACE))
    match content:
        case {"version": str(version), "items": [*items]} if _VERSION.match(version):
            objects = [item for item in items if isinstance(item, dict)]
            entries = [_entry(item, url) for item in objects[:MOST_ENTRIES]]
            damaged = _damage(len(items), len(objects), rest)
            records = Records(Format.JSON, url, _channel(content, url), entries)
            return feed_of(records, (*text.mended, *mended), damaged)
        case None:
            return no_feed(Nothing.BROKEN)
        case _:
            return no_feed(Nothing.OTHER)


def _damage(items: int, objects: int, rest: str) -> str:
    if items > MOST_ENTRIES:
        return "holds more than any feed, and was not read to its end"
    if items > objects:
        return "lists posts that are none"
    # Another object may be the rest of the feed.
    return "goes on after its end" if "{" in rest else ""


def _parsed(text: str) -> tuple[Any, tuple[Mend, ...], str]:
    """The content, what was tolerated, and what follows; None for the content of no JSON."""
    try:
        return json.loads(text), (), ""
    except (ValueError, RecursionError):
        # A number of thousands of digits and a depth of thousands are no feed's.
        pass
    try:
        # Line ends and tabs inside of texts: the structure is what it would be without.
        content, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return None, (), ""
    rest = text[end:].strip()
    return content, (Mend.TRAILING if rest else Mend.CONTROLS,), rest


def _channel(content: _Object, url: str) -> Record:
    record: Record = {}
    for name, usual in (("title", "title"), ("language", "language")):
        _keep(record, usual, content.get(name), url)
    for name, relation in (
        ("home_page_url", "alternate"),
        ("feed_url", "self"),
        ("next_url", "next"),
    ):
        if isinstance(address := content.get(name), str):
            keep(record, "link", Value("", {"rel": relation, "href": _clean(address)}, url, {}))
    _keep_authors(record, content, url)
    return record


def _entry(item: _Object, url: str) -> Record:
    record: Record = {}
    for name, usual in _SAME_IN_RSS.items():
        _keep(record, usual, item.get(name), url)
    _keep(record, "link", item.get("url"), url)
    _keep(record, "content", item.get("content_html"), url, kind="html")
    _keep(record, "content", item.get("content_text"), url, kind="text")
    for tag in _list(item.get("tags")):
        _keep(record, "category", tag, url)
    for file in _list(item.get("attachments")):
        if isinstance(file, dict) and isinstance(file.get("url"), str):
            attributes = {"url": _clean(file["url"]), "type": _clean(file.get("mime_type"))}
            keep(record, "enclosure", Value("", attributes, url, {}))
    _keep_authors(record, item, url)
    return record


def _keep_authors(record: Record, content: _Object, url: str) -> None:
    # 1.1 has a list where 1.0 had one; some write both for readers of either.
    for author in _list(content.get("authors")) or [content.get("author")]:
        if isinstance(author, dict):
            _keep(record, "author", author.get("name"), url)


def _keep(record: Record, name: str, value: object, url: str, kind: str = "") -> None:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
        text = _clean(value)[:LONGEST_KEPT]
        keep(record, name, Value(text, {"type": kind} if kind else {}, url, {}))


def _clean(value: object) -> str:
    return _LONE_SURROGATE.sub(REPLACEMENT, str(value)) if value is not None else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
