"""What a feed's document says, read by feedparser; also the script of the child that does so.

feedparser reads broken feeds well, but hostile ones take it minutes and gigabytes. So this file
runs in a process of its own (:mod:`csc_verify.sources.feed.reader`), imports nothing of this
package, and answers in JSON. Dates are handed on as text, since feedparser's own lose whether a
zone was written.
"""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

LONGEST_TEXT = 4000
"""Characters that are kept of a title or an author."""
LONGEST_VALUE = 8000
"""Characters of an address or a date; a longer one is none, since a part of it would be another."""

# feedparser documents no errors of its own; these are what hostile documents made it raise.
_NOT_READ_BY = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_RSS_1 = frozenset({"rss090", "rss10"})
_DUBLIN_CORE_DATE = "{http://purl.org/dc/elements/1.1/}date"
_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")
_LOOKED_AT = 1000
# Python knows more, and some of them (punycode) take a time that grows with the square.
_ENCODINGS = re.compile(
    r"utf-?(?:8|16|32)(?:-?[bl]e)?|(?:us-)?ascii|iso-?8859-\d+|latin-?\d|(?:windows|cp)-?125\d"
    r"|koi8-[a-z]+|gb[k\d]+|big5(?:-hkscs)?|s(?:hift[-_]?)?jis|x-sjis|euc-[a-z]+|iso-2022-[a-z]+"
    r"|(?:windows|cp|ibm)-?\d{3}|windows-31j|tis-620|ks_c_5601-1987|macintosh|utf-8-sig"
    r"|iso-8859-\d-[ei]"
)
_MAIL_AND_NAME = re.compile(r"^\S+@\S+ \((?P<name>[^)]+)\)$")
_NAME_AND_MAIL = re.compile(r"^(?P<name>[^<(]+) [<(]\S+@\S+[>)]$")
# feedparser believes that a mail address ends after four letters of its last label, and leaves the
# rest of it with the name.
_CUT_MAIL = re.compile(r"\.[A-Za-z]{4}$")
_LEFT_BEFORE = re.compile(r"^[a-z]+ \((?P<name>[^)]+)\)?$")
_LEFT_BEHIND = re.compile(r"^(?P<name>[^<(]+) [<(][a-z]+[>)]?$")
_LEFT_ALONE = re.compile(r"^[a-z]+$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One post, as the feed writes it.

    Attributes:
        title: Anything; empty if there is none.
        link: As written or resolved by ``xml:base``; empty if there is none.
        published: The raw date of first publication; empty if there is none.
        authors: Everybody the entry names, without mail addresses beside the names.
    """

    title: str
    link: str
    published: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that feedparser came to the end of.

    Attributes:
        version: feedparser's name of the format; empty if it is no feed.
        damaged: What makes posts be missing, as the name of an error; empty if nothing does.
        authors: Atom only: whoever wrote the entries that name nobody.
        entries: In the order of the document.
    """

    version: str
    damaged: str
    authors: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that nothing can be said about.

    Attributes:
        why: How it went, to follow "what it sent".
    """

    why: str


Reading: TypeAlias = Document | Unread


def read_document(body: bytes, url: str) -> Reading:
    """Read a document in this process. Pure, but for hostile documents without an end in sight.

    Args:
        body: The document, decompressed, in whatever encoding.
        url: Where it was found.
    """
    declared = _declared_encoding(body)
    if declared and not _ENCODINGS.fullmatch(declared):
        return Unread("could not be read (it declares an encoding that feeds don't use)")
    try:
        return _document(body, url)
    except _NOT_READ_BY as error:
        return Unread(f"could not be read ({type(error).__name__})")


def to_json(reading: Reading) -> bytes:
    """What the child answers; ASCII."""
    return json.dumps(asdict(reading)).encode("ascii")


def from_json(content: bytes) -> Reading:
    """What the child answered.

    Raises:
        ValueError: It is no such answer.
    """
    match json.loads(content):
        case {"why": str(why)}:
            return Unread(why)
        case {
            "version": str(version),
            "damaged": str(damaged),
            "authors": [*authors],
            "entries": [*entries],
        }:
            return Document(version, damaged, _texts(authors), tuple(map(_entry_from, entries)))
        case _:
            raise ValueError("the answer is not of the form that was agreed")


def _entry_from(value: object) -> Entry:
    match value:
        case {
            "title": str(title),
            "link": str(link),
            "published": str(published),
            "authors": [*authors],
        }:
            return Entry(title, link, published, _texts(authors))
        case _:
            raise ValueError("an entry is not of the form that was agreed")


def _texts(values: list[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _declared_encoding(body: bytes) -> str:
    # Without its zeros, UTF-16 shows its declaration too.
    found = _DECLARATION.search(body[:_LOOKED_AT].replace(b"\0", b""))
    return found[1].decode("ascii", "replace").strip().lower().replace("_", "-") if found else ""


def _document(body: bytes, url: str) -> Document:
    # Costs a tenth of a second, which only the child pays.
    import feedparser  # noqa: PLC0415

    parsed: dict[str, Any] = feedparser.parse(
        # Bytes by themselves it takes for a path first, and opens what lies there.
        io.BytesIO(body),
        # No content type: servers' charsets are wrong more often than the documents'.
        response_headers={"content-location": url},
        # Both are about the posts' texts, which nobody reads here, and cost most of the time.
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    version = str(parsed.get("version") or "")
    problem = parsed.get("bozo_exception") if parsed.get("bozo") else None
    # These say nothing about how much of the document was read.
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return Document(
        version,
        "" if problem is None or isinstance(problem, harmless) else type(problem).__name__,
        _authors(parsed["feed"], version) if version.startswith("atom") else (),
        _entries(parsed["entries"], version, body),
    )


def _entries(parsed: list[dict[str, Any]], version: str, body: bytes) -> tuple[Entry, ...]:
    # RSS 1.0 has no date of its own, and Dublin Core's is the publication's. feedparser files it
    # where a date of change may have been filed too.
    other = _dublin_core_dates(body, len(parsed)) if version in _RSS_1 else [""] * len(parsed)
    return tuple(
        Entry(
            title=str(entry.get("title") or "")[:LONGEST_TEXT],
            link=_value(entry.get("link")),
            # dict.get, since feedparser's own falls back from one date to another.
            published=_value(dict.get(entry, "published")) or date,
            # RFC 4287, 4.2.1: an entry copied from elsewhere brings its source's authors along.
            authors=_authors(entry, version) or _authors(entry.get("source") or {}, version),
        )
        for entry, date in zip(parsed, other, strict=True)
    )


def _value(value: object) -> str:
    text = str(value or "").strip()
    return text if len(text) <= LONGEST_VALUE else ""


def _dublin_core_dates(body: bytes, count: int) -> list[str]:
    """Each item's ``dc:date``; empty texts where it can't be told whose it is."""
    try:
        root = ET.fromstring(body)  # noqa: S314  in a child whose time and memory are limited
    except (ET.ParseError, ValueError, LookupError):
        return [""] * count
    items = root.findall(".//{*}item")
    if len(items) != count:
        return [""] * count
    return [_only([date.text for date in item.findall(_DUBLIN_CORE_DATE)]) for item in items]


def _only(values: list[str | None]) -> str:
    return _value(values[0]) if len(values) == 1 else ""


def _authors(element: dict[str, Any], version: str) -> tuple[str, ...]:
    """Everybody an element names, once each, in the order of the document."""
    details: list[dict[str, Any]] = element.get("authors") or []
    if version.startswith("atom"):
        # Names and addresses are elements of their own, which nobody cuts.
        names = [_whole_name(detail) for detail in details]
    else:
        names = [_uncut_name(detail) for detail in details]
        # Of the last one feedparser keeps the text as well, and the text is never cut wrongly.
        names[-1:] = [_name_in(" ".join(str(element.get("author") or "").split()))]
    kept = (name.strip()[:LONGEST_TEXT] for name in names)
    return tuple(dict.fromkeys(name for name in kept if name))


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
    address, _, body = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(to_json(read_document(body, json.loads(address))))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
