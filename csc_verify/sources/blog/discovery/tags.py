"""The tags of a web page, one after the other, in a time that grows with its length and no faster.

``html.parser`` of the standard library takes a minute for 60 kB of tags that are never closed, on
Pythons that we support (CVE-2025-6069). What is looked for here are a few tags, so this reads tags
alone, the way browsers do (WHATWG, HTML, 13.2.5): comments, scripts and styles hold no tags; a
quote counts only after an equals sign; what never ends isn't there.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOOKED_AT = 4 * 1024 * 1024
"""Bytes of a page that are read. Whole pages of the heaviest site builders have half of that."""

MOST_STEPS = 150_000
"""Tags and attributes that are looked at."""

LONGEST_VALUE = 4096
"""Bytes of an attribute's value or of a title that are kept."""

_OPENING = re.compile(rb"<(?:(!--)|[!?/]|([a-zA-Z][^\t\n\f\r />]*+))")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*+(=?[^\t\n\f\r />=]++)"
    rb"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r >]*+)))?"
)
_END = re.compile(rb"[\t\n\f\r /]*+>")
_QUOTES = re.compile(rb"[\"']")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE
)
_CHARSET_IN = 2048
# What these hold is text, whatever it looks like.
_TEXT_ONLY = frozenset(
    (b"iframe", b"noembed", b"noframes", b"script", b"style", b"textarea", b"title", b"xmp")
)
# Encodings whose letters are several bytes that a tag could seem to be in.
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Only these are ever used. Python knows more, and some of them (punycode) take a time that grows
# with the square.
_ENCODING = re.compile(
    r"iso-?8859-?\d{1,2}|(?:windows|cp)-?125\d|koi8-[ru]|shift[-_]?jis|euc-(?:jp|kr)|gb(?:k|18030)"
    r"|gb2312|big5"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One opening tag.

    Attributes:
        name: In lower case.
        attributes: By their names in lower case, the first of each name, entities written out.
        text: What stands between it and its end, for a title; else empty.
    """

    name: str
    attributes: Mapping[str, str]
    text: str = ""


def tags(body: bytes, wanted: frozenset[str]) -> Iterator[Tag]:
    """The tags of a page that have one of these names, in the order of the page.

    Args:
        body: The page; its first ``LOOKED_AT`` bytes are read.
        wanted: Names in lower case.
    """
    page = _single_bytes(body)
    return _Scan(page, frozenset(name.encode() for name in wanted)).tags()


def _single_bytes(body: bytes) -> bytes:
    """The page in an encoding that writes tags in ASCII."""
    for mark, encoding in _WIDE:
        if body.startswith(mark):
            return body[:LOOKED_AT].decode(encoding, "replace").encode("utf-8", "replace")
    return body[:LOOKED_AT]


class _Scan:
    """One pass over a page."""

    def __init__(self, page: bytes, wanted: frozenset[bytes]) -> None:
        self._page = page
        self._lower = page.lower()
        self._wanted = wanted
        self._never_ends: set[bytes] = set()
        self._steps_left = MOST_STEPS
        found = _CHARSET.search(page, 0, _CHARSET_IN)
        declared = found[1].decode("ascii", "replace").lower() if found else ""
        self._encoding = _known(declared) or "cp1252"

    def tags(self) -> Iterator[Tag]:
        position: int | None = 0
        while position is not None and self._steps_left > 0:
            self._steps_left -= 1
            opening = _OPENING.search(self._page, position)
            if opening is None:
                return
            name = (opening[2] or b"").lower()
            if name in self._wanted:
                attributes, position = self._attributes(opening.end())
                if position is not None:
                    yield Tag(name.decode(), attributes, self._title(name, position))
            elif name:
                position = self._past(opening.end())
            else:
                position = self._past_other(opening)
            if position is not None and name in _TEXT_ONLY:
                position = self._past_text(name, position)

    def _past_other(self, opening: re.Match[bytes]) -> int | None:
        """Where a comment, a declaration or a closing tag ends; None if it never does."""
        # "<!-->" is a whole comment: its first dashes may be its last.
        mark, start = (b"-->", opening.start() + 2) if opening[1] else (b">", opening.end())
        end = self._page.find(mark, start)
        return end + len(mark) if end >= 0 else None

    def _past(self, position: int) -> int | None:
        """Where a tag ends whose attributes nobody asks for; None if it never does."""
        end = self._page.find(b">", position)
        if end < 0:
            return None
        if _QUOTES.search(self._page, position, end) is None:
            return end + 1
        return self._attributes(position)[1]

    def _attributes(self, position: int) -> tuple[dict[str, str], int | None]:
        """A tag's attributes, and where it ends; None if it never does."""
        found: dict[str, str] = {}
        while (one := _ATTRIBUTE.match(self._page, position)) and self._steps_left > 0:
            self._steps_left -= 1
            name = one[1][:LONGEST_VALUE].decode("utf-8", "replace").lower()
            if name not in found:
                found[name] = self._text(one[2] or one[3] or one[4] or b"")
            position = one.end()
        end = _END.match(self._page, position)
        return found, end.end() if end else None

    def _past_text(self, name: bytes, position: int) -> int:
        """Where the tags go on after an element that holds text alone."""
        end = self._text_ends(name, position)
        # Browsers take the rest of the page for its text. A title that was left open shall not
        # hide what follows.
        return position if end is None else end

    def _text_ends(self, name: bytes, position: int) -> int | None:
        if name in self._never_ends:
            return None
        end = self._lower.find(b"</" + name, position)
        if end < 0:
            # Looked for once: else a page full of open titles takes the square of its length.
            self._never_ends.add(name)
            return None
        return end

    def _title(self, name: bytes, start: int) -> str:
        end = self._text_ends(name, start) if name == b"title" else None
        return "" if end is None else " ".join(self._text(self._page[start:end]).split())

    def _text(self, value: bytes) -> str:
        kept = value[:LONGEST_VALUE]
        try:
            text = kept.decode("utf-8")
        except UnicodeDecodeError:
            text = kept.decode(self._encoding, "replace")
        return unescape(text)


def _known(name: str) -> str | None:
    """The encoding of a name, if it is one that pages use and Python knows."""
    try:
        return codecs.lookup(name).name if _ENCODING.fullmatch(name) else None
    except LookupError:
        return None
