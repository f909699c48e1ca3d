"""What came, whatever the server calls it. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.pages.decoding import decoded

_LOOKED_AT: Final = 1024
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
# In lower case, as the beginning is compared.
_FILES: Final = (
    *(
        b"%pdf",
        b"\x89png",
        b"gif8",
        b"\xff\xd8\xff",
        b"pk\x03\x04",
        b"riff",
        b"ii*\x00",
        b"mm\x00*",
    ),
    *(b"8bps", b"id3", b"oggs", b"\x1ae\xdf\xa3", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf"),
)
# A film's or a newer picture's sign stands behind its length.
_FILM: Final = (b"ftyp", 4)
_BEGINS_HTML: Final = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--(?:(?!-->).){0,800}-->\s{0,99})?"
    r"<(?:!doctype html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_file(body: bytes) -> bool:
    """Whether an answer has the sign of a file that is no text."""
    name, place = _FILM
    start = body[:_LOOKED_AT].lstrip().lower()
    return start.startswith(_FILES) or body[place : place + len(name)] == name


def is_html(body: bytes, content_type: str) -> bool:
    """Whether an answer is a page; a login is one, whatever it is sent as.

    Args:
        body: The answer, no file.
        content_type: As the server calls it.
    """
    media = content_type.partition(";")[0].strip().lower()
    return media in _HTML or _BEGINS_HTML.match(decoded(body[:_LOOKED_AT])) is not None
