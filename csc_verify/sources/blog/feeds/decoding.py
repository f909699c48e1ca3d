"""Bytes to text: the byte order mark, then the declaration, then what the bytes themselves show."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

from csc_verify.sources.blog.feeds.values import Mend

_LOOKED_AT = 1000
_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")
_MARKS = (
    # The four bytes first: two of them are a mark of their own.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML 1.0, appendix F: how a document without a mark begins in encodings of several bytes.
_BEGINNINGS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Only these are ever used. Python knows more, and some of them (punycode) take a time that grows
# with the square. Browsers take the names of a group for the encoding that has the letters of all
# of them (WHATWG, Encoding, "Names and labels"), and so do we.
_ENCODINGS = re.compile(
    r"(?P<utf8>utf-?8(?:-sig)?)|(?P<utf16>utf-?(?:16|32)(?:-?[bl]e)?|ucs-?[24])"
    r"|(?P<windows>(?:us-)?ascii|iso-?8859-?1|latin-?1|(?:windows|cp)-?1252)"
    r"|(?P<turkish>iso-?8859-?9|latin-?5|(?:windows|cp)-?1254)"
    r"|(?P<chinese>gb-?2312|gbk|gb-?18030|x-gbk)|(?P<japanese>s(?:hift[-_]?)?jis|x-sjis|windows-31j)"
    r"|(?P<korean>euc-?kr|ks-c-5601-1987|windows-949)|(?P<thai>tis-620|iso-?8859-?11|windows-874)"
    r"|(?P<hebrew>iso-8859-8-[ei])"
    r"|(?P<itself>iso-?8859-?\d{1,2}|latin-?\d|(?:windows|cp)-?125\d|koi8-[a-z]|big5(?:-hkscs)?"
    r"|euc-jp|iso-2022-(?:jp|kr)|(?:cp|ibm)-?(?:437|85\d|86\d|87\d)|macintosh|hz-gb-2312)"
)
_TAKEN_FOR = {
    "utf8": "utf-8",
    "windows": "cp1252",
    "turkish": "cp1254",
    "chinese": "gb18030",
    "japanese": "cp932",
    "korean": "cp949",
    "thai": "cp874",
    "hebrew": "iso-8859-8",
}
_SINGLE_BYTES = re.compile(r"cp125|cp874|iso-?8859|latin|koi8|windows-125|macintosh")
_UTF8_LETTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
REPLACEMENT = "\ufffd"
"""What stands where bytes were no text."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document as text.

    Attributes:
        text: The whole of it, without a byte order mark.
        mended: What had to be put right.
    """

    text: str
    mended: tuple[Mend, ...]


def is_plain_utf8(body: bytes) -> bool:
    """Whether a document claims to be UTF-8, so that expat can read it as it is."""
    if body.startswith(_BEGIN_OTHERS):
        return False
    declared = _declared(body)
    return declared in {"", "utf-8", "utf8"}


def decoded_json(body: bytes) -> Text:
    """The text of a JSON document, which is UTF-8 and declares nothing (RFC 8259, 8.1)."""
    return _marked(body) or _read_undeclared(body)


def decoded_xml(body: bytes) -> Text | None:
    """The text of an XML document; None if it declares an encoding that feeds don't use."""
    if marked := _marked(body):
        return marked
    declared = _declared(body)
    known = _ENCODINGS.fullmatch(declared)
    if known is None:
        return None if declared else _read_undeclared(body)
    encoding = _TAKEN_FOR.get(known.lastgroup or "", declared)
    return _read_undeclared(body) if encoding == "utf-8" else _read_declared(encoding, body)


def _marked(body: bytes) -> Text | None:
    """The text of a document whose first bytes show its encoding."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _read_as(encoding, body[len(mark) :])
    for beginning, encoding in _BEGINNINGS:
        if body.startswith(beginning):
            return _read_as(encoding, body)
    return None


def _read_declared(encoding: str, body: bytes) -> Text:
    """In the encoding that is declared, unless the bytes show that they are in another."""
    candidates = [encoding]
    if _SINGLE_BYTES.match(encoding) and _UTF8_LETTER.search(body):
        # UTF-8's letters are "Ã©" in such an encoding: nobody writes so throughout, many declare
        # so. (Two bytes of a letter of another encoding may well be one of UTF-8's.)
        candidates.insert(0, "utf-8")
    elif encoding.startswith(("utf", "ucs")):
        # In UTF-16 the declaration could not have been read byte for byte.
        candidates = []
    for candidate in candidates:
        with suppress(UnicodeDecodeError, LookupError):
            text = body.decode(candidate)
            return Text(text, () if candidate == encoding else (Mend.ENCODING,))
    found = _read_undeclared(body)
    return Text(found.text, tuple(dict.fromkeys((*found.mended, Mend.ENCODING))))


def _declared(body: bytes) -> str:
    found = _DECLARATION.search(body, 0, _LOOKED_AT)
    return found[1].decode("ascii", "replace").strip().lower().replace("_", "-") if found else ""


def _read_as(encoding: str, body: bytes) -> Text:
    text = body.decode(encoding, "replace")
    return Text(text, (Mend.BYTES,) if REPLACEMENT in text else ())


def _read_undeclared(body: bytes) -> Text:
    """UTF-8 if it is, or all but is; else what Western Europe wrote before."""
    try:
        return Text(body.decode("utf-8"), ())
    except UnicodeDecodeError:
        replaced = body.decode("utf-8", "replace")
    # One broken byte makes no other encoding of a text whose letters are UTF-8 elsewhere.
    if len(_UTF8_LETTER.findall(body)) >= replaced.count(REPLACEMENT):
        return Text(replaced, (Mend.BYTES,))
    return Text(body.decode(_TAKEN_FOR["windows"], "replace"), (Mend.ENCODING,))


_BEGIN_OTHERS = tuple(mark for mark, _ in _MARKS if mark != codecs.BOM_UTF8) + tuple(
    beginning for beginning, _ in _BEGINNINGS
)
