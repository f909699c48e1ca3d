"""A page's bytes to text: by its mark, by what the bytes show, by what it declares. Pure."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED_IN: Final = 4096
_DECLARATION: Final = re.compile(
    rb"<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,100}?encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Only these are ever used. Python knows more, and some of them (punycode) take a time that grows
# with the square. A name of a group stands for the encoding that has the letters of all of them
# (WHATWG, Encoding, "Names and labels").
_ENCODINGS: Final = re.compile(
    r"(?P<cp1252>(?:us-)?ascii|iso-?8859-?1|latin-?1|(?:windows|cp)-?1252)"
    r"|(?P<cp1254>iso-?8859-?9|latin-?5|(?:windows|cp)-?1254)"
    r"|(?P<gb18030>gb-?2312|gbk|gb-?18030|x-gbk)|(?P<cp932>s(?:hift[-_]?)?jis|x-sjis|windows-31j)"
    r"|(?P<cp949>euc-?kr|ks-c-5601-1987|windows-949)|(?P<cp874>tis-620|iso-?8859-?11|windows-874)"
    r"|iso-?8859-?\d{1,2}|(?:windows|cp)-?125\d|koi8-[ru]|big5(?:-hkscs)?|euc-jp|iso-2022-jp"
)
_UTF8_LETTER: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_REPLACEMENT: Final = "\ufffd"
_ELSE: Final = "cp1252"


def decoded(body: bytes) -> str:
    """The text of a page; what is no text in its encoding is replaced.

    Args:
        body: The page, or its beginning: a letter that the cut went through is left out.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        declared = _declared(body)
    if declared is None:
        replaced = body.decode("utf-8", "replace")
        # One broken byte makes no other encoding of a text whose letters are UTF-8 elsewhere.
        if len(_UTF8_LETTER.findall(body)) >= replaced.count(_REPLACEMENT):
            return replaced
    return body.decode(declared or _ELSE, "replace")


def _declared(body: bytes) -> str | None:
    """The encoding that a page names, unless that is UTF-8, or none that pages have."""
    found = _DECLARATION.search(body, 0, _DECLARED_IN)
    name = found[1].decode("ascii", "replace").lower() if found else ""
    known = _ENCODINGS.fullmatch(name)
    try:
        return None if known is None else codecs.lookup(known.lastgroup or name).name
    except LookupError:
        # Spelled as nobody spells it, or a number that was never given.
        return None
