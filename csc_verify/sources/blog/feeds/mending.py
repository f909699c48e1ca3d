"""Everyday mistakes of feeds put right, where that can be done without touching the structure.

See :class:`csc_verify.sources.blog.feeds.values.Mend` for why entries can't be lost by it.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from csc_verify.sources.blog.feeds.values import Mend

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOKED_AT = 10_000
"""Characters in which a document has to begin."""
_BEGINS = re.compile(r"<\?xml\b|<(?:[\w.-]+:)?(?:rss|rdf|feed)\b", re.IGNORECASE)
_IS_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# A page's too, but warnings that stand before feeds are marked up as well.
_IS_MARKUP = re.compile(r"<(?:meta|script|style|div|p)\b", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)\b", re.IGNORECASE)
_LEADING_SPACE = " \t\r\n\ufeff"
# What XML 1.0 (2.2) doesn't allow. Lone surrogates can't be written as UTF-8 at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A reference, or an ampersand that begins none.
_AMPERSAND = re.compile(
    r"&(?:(?P<known>(?:amp|lt|gt|quot|apos);)|#(?P<number>[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]{1,31};))?"
)
# Inside of these an ampersand is one; each with what ends it.
_UNTOUCHED = re.compile(r"<!\[CDATA\[|<!--")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_DOCTYPE = re.compile(r"<!doctype\b", re.IGNORECASE)
_IN_DOCTYPE = re.compile(r"[\[\]>\"']|<!--")
_GENERAL_ENTITY = re.compile(r"<!ENTITY\s+(?=[^\s%])", re.IGNORECASE)
_PREFIXED = re.compile(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|rdf|feed)\b(?P<attributes>[^<>]*)", re.IGNORECASE)
_LAST_LETTER = 0x10FFFF
_MOST_PREFIXES = 50
# More than any feed has; each costs memory while it is looked at.
_MOST_AMPERSANDS = 500_000
# What everybody means by them.
_USUAL = {
    "a10": "http://www.w3.org/2005/Atom",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "yt": "http://www.youtube.com/xml/schemas/2015",
}


def is_page(text: str) -> bool:
    """Whether a document begins as a web page does, before anything of a feed's.

    Args:
        text: Its beginning at least.
    """
    page = _IS_PAGE.search(text, 0, _LOOKED_AT)
    feed = _ROOT.search(text, 0, _LOOKED_AT)
    if feed is None:
        return page is not None or _IS_MARKUP.search(text, 0, _LOOKED_AT) is not None
    return page is not None and page.start() < feed.start()


def has_feed_root(text: str) -> bool:
    """Whether a feed's root stands near the beginning of a document, well-formed or not."""
    return _ROOT.search(text, 0, _LOOKED_AT) is not None


def declares_entities(text: str) -> bool:
    """Whether a document type declares entities that a document could use."""
    found = _DOCTYPE.search(text, 0, _LOOKED_AT)
    return found is not None and bool(
        _GENERAL_ENTITY.search(text, found.start(), _end_of_doctype(text, found.end()))
    )


def mended(text: str) -> tuple[str, tuple[Mend, ...]]:
    """A document with what can be put right without touching its structure, and what that was.

    Args:
        text: Whole; any document.
    """
    steps: tuple[tuple[Mend, Callable[[str], str]], ...] = (
        (Mend.LEADING, _without_leading),
        (Mend.DOCTYPE, _without_doctype),
        (Mend.CONTROLS, _without_controls),
        (Mend.AMPERSANDS, _with_written_ampersands),
    )
    done = []
    for mend, step in steps:
        better = step(text)
        if better != text:
            done.append(mend)
            text = better
    return text, tuple(done)


def with_prefixes(text: str) -> str:
    """A document whose root declares every prefix that is used, unless there are too many.

    A prefix that is declared somewhere else keeps its meaning; one that isn't gets its usual one.
    """
    root = _ROOT.search(text, 0, _LOOKED_AT)
    if root is None:
        return text
    used = {one or other for one, other in _PREFIXED.findall(text)}
    elsewhere = {prefix: one or other for prefix, one, other in _DECLARED.findall(text)}
    here = {prefix for prefix, _, _ in _DECLARED.findall(root["attributes"])}
    missing = sorted(prefix for prefix in used - here if not prefix.lower().startswith("xml"))
    if len(missing) > _MOST_PREFIXES:
        return text
    meanings = (elsewhere.get(one) or _USUAL.get(one) or f"urn:{one}" for one in missing)
    declared = "".join(
        f' xmlns:{one}="{meaning}"' for one, meaning in zip(missing, meanings, strict=True)
    )
    at = root.start("attributes")
    return f"{text[:at]}{declared}{text[at:]}"


def _without_leading(text: str) -> str:
    bare = text.lstrip(_LEADING_SPACE)
    begins = _BEGINS.search(bare, 0, _LOOKED_AT)
    # Comments, instructions and document types may stand first; anything else may not.
    if begins is None or bare.startswith(("<?", "<!")) or _BEGINS.match(bare):
        return bare
    # What holds entries is no junk, even if nobody knows what it is.
    return bare if _ENTRY.search(bare, 0, begins.start()) else bare[begins.start() :]


def _without_doctype(text: str) -> str:
    found = _DOCTYPE.search(text, 0, _LOOKED_AT)
    root = _ROOT.search(text, 0, _LOOKED_AT)
    if found is None or (root is not None and root.start() < found.start()):
        return text
    return text[: found.start()] + text[_end_of_doctype(text, found.end()) :]


def _end_of_doctype(text: str, at: int) -> int:
    inside = False
    while found := _IN_DOCTYPE.search(text, at):
        at = found.end()
        match found[0]:
            case "[":
                inside = True
            case "]":
                inside = False
            case ">" if not inside:
                return at
            case ">":
                pass
            case mark:
                end = "-->" if mark == "<!--" else mark
                at = text.find(end, at) + len(end)
                if at < len(end):
                    return len(text)
    return len(text)


def _without_controls(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _with_written_ampersands(text: str) -> str:
    if not 0 < text.count("&") <= _MOST_AMPERSANDS:
        return text
    parts, at = [], 0
    while found := _UNTOUCHED.search(text, at):
        parts.append(_AMPERSAND.sub(_written, text[at : found.start()]))
        end = text.find(_ENDS[found[0]], found.end())
        at = len(text) if end < 0 else end
        parts.append(text[found.start() : at])
    parts.append(_AMPERSAND.sub(_written, text[at:]))
    return "".join(parts)


def _written(found: re.Match[str]) -> str:
    if found["known"]:
        return found[0]
    if found["name"]:
        letters = html5.get(found["name"])
        if letters is not None:
            return "".join(f"&#{ord(letter)};" for letter in letters)
    elif found["number"]:
        digits = found["number"]
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        is_letter = number <= _LAST_LETTER and not _FORBIDDEN.match(chr(number))
        return f"&#{number};" if is_letter else ""
    return f"&amp;{found[0][1:]}"
