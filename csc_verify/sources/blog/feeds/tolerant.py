"""Broken feeds, read by feedparser; also the script of the child that does so.

feedparser reads broken feeds well, but hostile ones take it minutes and gigabytes. So this file
runs in a process of its own (:mod:`csc_verify.sources.blog.feeds.reader`), imports nothing of this
package, and answers in JSON: with elements by their usual names, as the strict reader gives them,
so that the same rules say what they mean. Dates are handed on as text, since feedparser's own lose
whether a zone was written.
"""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import suppress
from typing import Any, TypeAlias

LONGEST_VALUE = 8000
"""Characters of an address or a date; a longer one is none, since a part of it would be another."""
LONGEST_TEXT = 65_536
"""Characters that are kept of any other text."""

Element: TypeAlias = "tuple[str, dict[str, str], dict[str, list[Element]]]"
"""Text, attributes, and children by name."""
Elements: TypeAlias = "dict[str, list[Element]]"

# feedparser documents no errors of its own; these are what hostile documents made it raise.
_NOT_READ_BY = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_MOST_ENTRIES = 20_000
_MOST_VALUES = 100
# What feedparser calls a date of publication, by the beginning of the format's version.
_PUBLISHED = {"atom10": "published", "atom": "issued", "rss": "pubdate"}
# feedparser files these where another format's dates are. Without its handlers for them it keeps
# them under their own names.
_FILED_ELSEWHERE = ("dc_date", "dcterms_issued", "dcterms_modified", "dcterms_created")
_OWN_NAMES = {
    "dc_date": "dc:date",
    "dcterms_issued": "dcterms:issued",
    "dcterms_modified": "dcterms:modified",
    "prism_publicationdate": "prism:publicationdate",
    "feedburner_origlink": "feedburner:origlink",
    "yt_videoid": "yt:videoid",
    "yt_channelid": "yt:channelid",
}
_MAIL_AND_NAME = re.compile(r"^[^\s@]+@\S+ \((?P<name>[^)]+)\)$")
_NAME_AND_MAIL = re.compile(r"^(?P<name>[^<(]+) [<(][^\s@]+@\S+[>)]$")
# feedparser believes that a mail address ends after four letters of its last label, and leaves the
# rest of it with the name.
_CUT_MAIL = re.compile(r"\.[A-Za-z]{4}$")
_LEFT_BEFORE = re.compile(r"^[a-z]+ \((?P<name>[^)]+)\)?$")
_LEFT_BEHIND = re.compile(r"^(?P<name>[^<(]+) [<(][a-z]+[>)]?$")
_LEFT_ALONE = re.compile(r"^[a-z]+$")


def read_broken(body: bytes, url: str) -> dict[str, Any] | None:
    """Read a document in this process; None if nothing can be said about it.

    Pure, but for hostile documents without an end in sight.

    Args:
        body: The document, in UTF-8.
        url: Where it was found.

    Returns:
        ``format`` (``rss``, ``rdf`` or ``atom``), the elements of the ``channel``, and those of
        each of the ``entries``.
    """
    try:
        return _document(body, url)
    except _NOT_READ_BY:
        return None


def _document(body: bytes, url: str) -> dict[str, Any] | None:
    # Costs a tenth of a second, which only the child pays.
    import feedparser  # noqa: PLC0415

    parsed: dict[str, Any] = feedparser.parse(
        # Bytes by themselves it takes for a path first, and opens what lies there.
        io.BytesIO(body),
        response_headers={"content-location": url, "content-type": "text/xml; charset=utf-8"},
        # Both are about the posts' texts, and cost most of the time.
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = str(parsed.get("version") or "")
    if not version:
        return None
    return {
        "format": _format(version),
        "channel": _channel(parsed["feed"], version),
        "entries": [_entry(entry, version) for entry in parsed["entries"][:_MOST_ENTRIES]],
    }


def _keep_own_names() -> None:
    """Change feedparser for the rest of this process; so only the child does it."""
    from feedparser.namespaces import dc  # noqa: PLC0415  as feedparser itself

    for name in _FILED_ELSEWHERE:
        for handler in (f"_start_{name}", f"_end_{name}"):
            # Another version of feedparser may have none.
            with suppress(AttributeError):
                delattr(dc.Namespace, handler)


def _format(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in {"rss090", "rss10"} else "rss"


def _channel(feed: dict[str, Any], version: str) -> Elements:
    elements: Elements = {}
    _add(elements, "title", feed.get("title"), _kind(feed.get("title_detail")))
    _add(elements, "language", feed.get("language"))
    _add(elements, "generator", feed.get("generator"))
    _add_links(elements, feed, version)
    _add_authors(elements, feed, version)
    return elements


def _entry(entry: dict[str, Any], version: str) -> Elements:
    elements: Elements = {}
    published = next(name for start, name in _PUBLISHED.items() if version.startswith(start))
    # dict.get, since feedparser's own falls back from one date to another.
    _add(elements, published, _whole(dict.get(entry, "published")))
    _add(elements, "updated", _whole(dict.get(entry, "updated")))
    for name, usual in _OWN_NAMES.items():
        _add(elements, usual, _whole(dict.get(entry, name)))
    _add(elements, "title", entry.get("title"), _kind(entry.get("title_detail")))
    is_link = {"ispermalink": "true" if entry.get("guidislink") else "false"}
    _add(elements, "guid", _whole(entry.get("id")), is_link)
    _add_links(elements, entry, version)
    for content in _list(entry.get("content")):
        _add(elements, "content", content.get("value"), _kind(content))
    _add(elements, "summary", entry.get("summary"), _kind(entry.get("summary_detail")))
    for tag in _list(entry.get("tags")):
        _add(elements, "category", tag.get("term"))
    reply = entry.get("thr_in-reply-to")
    if isinstance(reply, dict):
        _add(elements, "thr:in-reply-to", "", {k: str(v) for k, v in reply.items()})
    source = entry.get("source")
    if isinstance(source, dict):
        children: Elements = {}
        _add(children, "title", source.get("title"))
        _add_authors(children, source, version)
        elements["source"] = [("", {}, children)]
    _add_authors(elements, entry, version)
    return elements


def _add(
    elements: Elements, name: str, text: object, attributes: dict[str, str] | None = None
) -> None:
    if not isinstance(text, str) or not (text.strip() or attributes):
        return
    values = elements.setdefault(name, [])
    if len(values) < _MOST_VALUES:
        values.append((text[:LONGEST_TEXT], attributes or {}, {}))


def _add_links(elements: Elements, holder: dict[str, Any], version: str) -> None:
    for link in _list(holder.get("links")):
        attributes = {name: _whole(link.get(name)) for name in ("rel", "href", "type")}
        name = "link" if version.startswith("atom") else "atom:link"
        if attributes["rel"] == "enclosure":
            _add(elements, "enclosure", "", attributes | {"url": attributes["href"]})
        elif attributes["href"]:
            _add(elements, name, "", attributes)
    if not version.startswith("atom"):
        _add(elements, "link", _whole(holder.get("link")))


def _add_authors(elements: Elements, holder: dict[str, Any], version: str) -> None:
    details = _list(holder.get("authors"))
    if version.startswith("atom"):
        # Names and addresses are elements of their own, which nobody cuts.
        names = [_whole_name(detail) for detail in details]
    else:
        names = [_uncut_name(detail) for detail in details]
        # Of the last one feedparser keeps the text as well, and the text is never cut wrongly.
        names[-1:] = [_name_in(" ".join(str(holder.get("author") or "").split()))]
    for name in names:
        _add(elements, "author", name)


def _whole_name(detail: dict[str, Any]) -> str:
    return " ".join(str(detail.get("name") or detail.get("email") or "").split())


def _name_in(text: str) -> str:
    found = _MAIL_AND_NAME.match(text) or _NAME_AND_MAIL.match(text)
    return found["name"] if found else text


def _uncut_name(detail: dict[str, Any]) -> str:
    name, mail = _whole_name(detail), str(detail.get("email") or "")
    if name == mail or not _CUT_MAIL.search(mail):
        return name
    if _LEFT_ALONE.match(name):
        return mail + name
    found = _LEFT_BEFORE.match(name) or _LEFT_BEHIND.match(name)
    return found["name"] if found else name


def _kind(detail: object) -> dict[str, str]:
    kind = str(detail.get("type") or "") if isinstance(detail, dict) else ""
    return {"type": "text" if kind == "text/plain" else "html"} if kind else {}


def _whole(value: object) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= LONGEST_VALUE else ""


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def main(memory: int, folder: str) -> None:
    """Read an address in JSON, a line's end and a document; write the answer.

    Args:
        memory: The most bytes of address space to take, where the system can limit it.
        folder: Where feedparser is installed, if the interpreter doesn't look there by itself.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  there is none on Windows

        # macOS refuses any, and an administrator's may be lower; the limit of time remains.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.path.append(folder)
    _keep_own_names()
    address, _, body = sys.stdin.buffer.read().partition(b"\n")
    answer = json.dumps(read_broken(body, json.loads(address)))
    sys.stdout.buffer.write(answer.encode("ascii"))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
