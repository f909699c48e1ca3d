"""XML to records, in one pass of expat.

Nothing is ever loaded or expanded: a document type stops the pass before its first declaration,
and the caller leaves it out or refuses it (:mod:`csc_verify.sources.blog.feeds.mending`). Depth,
elements and entries have limits, so that the time is linear in the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.parsers.expat import errors

from csc_verify.addresses import absolute
from csc_verify.sources.blog.feeds.names import (
    BLOCKS,
    CONTAINERS,
    ENTRIES,
    RULES,
    XML_BASE,
    Names,
    Rules,
    root_format,
)
from csc_verify.sources.blog.feeds.records import LONGEST_KEPT, Record, Records, Value, keep

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 200
"""Elements inside of each other; the posts' own markup is rarely deeper than 30."""
MOST_ELEMENTS = 500_000
"""Elements of a document."""
MOST_ENTRIES = 20_000
"""Entries of a feed."""

_CODES = errors.codes
_ENDS_EARLY = frozenset(
    _CODES[name]
    for name in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)


class Break(Enum):
    """Why a pass stopped before the document's end."""

    NO_FEED = "its root is none of a feed's"
    DOCTYPE = "it has a document type"
    TOO_MUCH = "there is more of it than any feed has"
    PREFIX = "a prefix was not declared"
    TRAILING = "something follows the root"
    CUT = "it ends in the middle"
    BROKEN = "it is not well-formed"


class _Stopped(Exception):  # noqa: N818  it ends a pass and is no error
    def __init__(self, why: Break) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass over a document found.

    Attributes:
        records: What was read, up to the break; None if it didn't come to a feed's root.
        stopped: What stopped it; None if nothing did.
        at: The byte at which it stopped.
    """

    records: Records | None
    stopped: Break | None
    at: int


def read_xml(body: bytes, url: str) -> Pass:
    """Read a document in UTF-8, whatever encoding it declares.

    Args:
        body: The document, in UTF-8.
        url: Where it was found; relative addresses start there.
    """
    reader = _Reader(url)
    parser = reader.parser
    try:
        parser.Parse(body, True)  # noqa: FBT003  expat's own signature
    except _Stopped as stop:
        return Pass(reader.records, stop.why, parser.CurrentByteIndex)
    except expat.ExpatError as error:
        records = reader.records
        return Pass(records, _break(error.code, reader), parser.ErrorByteIndex)
    return Pass(reader.records, None, len(body))


def _break(code: int, reader: _Reader) -> Break:
    if code == _CODES[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]:
        return Break.TRAILING
    if code == _CODES[errors.XML_ERROR_UNBOUND_PREFIX]:
        return Break.PREFIX
    if code in _ENDS_EARLY:
        # What isn't finished after the root has closed is no part of the feed.
        return Break.TRAILING if reader.is_closed else Break.CUT
    return Break.BROKEN


@dataclass(slots=True)
class _Frame:
    """An element that is open and looked at."""

    name: str
    rules: Rules
    depth: int
    base: str
    attributes: Mapping[str, str]
    record: Record
    parts: list[str] | None


class _Reader:
    """What expat calls."""

    def __init__(self, url: str) -> None:
        # The encoding is given, since every caller has made it UTF-8.
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.buffer_size = LONGEST_KEPT
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._root
        parser.EndElementHandler = self._end
        self.records: Records | None = None
        self.is_closed = False
        self._url = url
        self._frames: list[_Frame] = []
        self._depth = self._elements = 0

    def _doctype(self, *_: object) -> None:
        raise _Stopped(Break.DOCTYPE)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        format_ = root_format(name)
        if format_ is None:
            raise _Stopped(Break.NO_FEED)
        self._names = Names(format_, name)
        self.records = Records(format_, self._url)
        base = _base(attributes, self._url)
        self._depth = 1
        self._frame = _Frame("", RULES[format_], 1, base, {}, self.records.channel, None)
        self._frames.append(self._frame)
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > MOST_ELEMENTS or self._depth > DEEPEST:
            raise _Stopped(Break.TOO_MUCH)
        frame = self._frame
        if self._depth == frame.depth + 1 and frame.rules:
            usual = self._names.of(name)
            rules = frame.rules.get(usual)
            if rules is not None:
                self._open(usual, rules, attributes)
                return
        if frame.parts is not None and self._names.of(name) in BLOCKS:
            frame.parts.append(" ")

    def _open(self, name: str, rules: Rules, attributes: dict[str, str]) -> None:
        parent = self._frame
        base = _base(attributes, parent.base) if attributes else parent.base
        plain = {_local(key): value for key, value in attributes.items()}
        parts: list[str] | None = None if name in CONTAINERS else []
        record = self._record(name, plain, base)
        self._frame = _Frame(name, rules, self._depth, base, plain, record, parts)
        self._frames.append(self._frame)
        self.parser.CharacterDataHandler = None if parts is None else parts.append

    def _record(self, name: str, attributes: Mapping[str, str], base: str) -> Record:
        """Where the children go. That of a container is kept from its beginning.

        So of an entry that the document breaks off in, what was whole is there.
        """
        record: Record = {}
        if name == "channel":
            return self._frame.record
        if name in ENTRIES:
            # Narrowed for the type checker; there is no element before the root.
            entries = self.records.entries if self.records is not None else []
            if len(entries) >= MOST_ENTRIES:
                raise _Stopped(Break.TOO_MUCH)
            if "about" in attributes:
                keep(record, "about", Value(attributes["about"], {}, base, {}))
            entries.append(record)
        elif name in CONTAINERS:
            keep(self._frame.record, name, Value("", attributes, base, record))
        return record

    def _end(self, _: str) -> None:
        frame = self._frame
        if self._depth == frame.depth:
            self._frames.pop()
            if self._frames:
                self._close(frame)
            else:
                self.is_closed = True
        self._depth -= 1

    def _close(self, frame: _Frame) -> None:
        parent = self._frame = self._frames[-1]
        if frame.parts is not None:
            text = "".join(frame.parts)[:LONGEST_KEPT]
            value = Value(text, frame.attributes, frame.base, frame.record)
            keep(parent.record, frame.name, value)
        parts = parent.parts
        self.parser.CharacterDataHandler = None if parts is None else parts.append


def _base(attributes: Mapping[str, str], base: str) -> str:
    written = attributes.get(XML_BASE)
    return (absolute(written, base) if written else None) or base


def _local(name: str) -> str:
    """An attribute's name without its namespace, in lower case."""
    return (name.split(" ")[1] if " " in name else name).lower()
