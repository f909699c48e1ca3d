"""Which addresses are one post's. A hint: the page itself may say otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.places import place

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.places import Place

_YEAR = re.compile(r"(?:19[89]|20\d)\d")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_DATE = re.compile(r"(?:19[89]|20\d)\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])")
_NAME = re.compile(r"[^\W\d]")
# What may stand behind the date of an archive.
_PAGED = frozenset(("page", "feed"))
# Medium's posts end in an identifier, on its own domains and others: 10 to 12 hexadecimal digits,
# with a letter or a digit other than those of a word.
_MEDIUM = re.compile(r"-(?=[a-f]*\d)[0-9a-f]{10,12}$")
_OF_A_PLATFORM = re.compile(
    r"youtube\.com/(?:watch\?v=|(?:shorts|live|embed|v)/[\w-]+)"
    r"|youtu\.be/[\w-]{11}"
    r"|vimeo\.com/(?:[^/]+/)*\d+"
    # A slug with a short code at its end: dev.to/alice/a-post-4b1c.
    r"|dev\.to/[^/]+/[^/]*-[0-9a-z]{3,5}"
    r"|linkedin\.com/(?:pulse|posts)/[^/]+(?:/.*)?"
    r"|tumblr\.com/[^/]+/\d+(?:/[^/]*)?"
    # mastodon.example/@alice/112233445566778899
    r"|[^/]+/@[^/]+/\d{11,20}"
)


def is_single_post(url: str) -> bool:
    """Whether an address looks like one post's, or one video's.

    Args:
        url: Any address; nothing is asked.
    """
    at = place(url)
    if at is None:
        return False
    return (
        _is_dated(at.segments)
        or (bool(at.segments) and bool(_MEDIUM.search(at.segments[-1])))
        or _is_numbered(at)
        or _is_filed(at)
        or _is_of_a_platform(at)
    )


def _is_dated(segments: tuple[str, ...]) -> bool:
    """A date and a name: ``/2026/11/17/slug``, ``/2026/11/slug.html``, ``/2026-11-17-slug``.

    A date with nothing behind it is an archive.
    """
    if not segments or not _NAME.search(segments[-1]):
        return False
    *before, last = segments
    if last.lower() in _PAGED:
        return False
    if (day := _DATE.match(last)) and last[day.end() : day.end() + 1] in ("-", "_"):
        return True
    if before and _DATE.fullmatch(before[-1]):
        return True
    return _ends_in(before, _YEAR, _MONTH, _DAY) or _ends_in(before, _YEAR, _MONTH)


def _ends_in(parts: list[str], *patterns: re.Pattern[str]) -> bool:
    tail = parts[-len(patterns) :]
    return len(tail) == len(patterns) and all(
        pattern.fullmatch(part) for pattern, part in zip(patterns, tail, strict=True)
    )


def _is_numbered(at: Place) -> bool:
    """WordPress without permalinks: ``/?p=123`` (documented: WP_Query's ``p``)."""
    return at.query.get("p", "").isdigit()


def _is_filed(at: Place) -> bool:
    """Substack's ``/p/slug``, Wix's ``/post/slug``, Tumblr's ``/post/123/slug``."""
    folder = at.segments[-2:-1] == ("p",) or at.segments[-2:-1] == ("post",)
    is_tumblrs = len(at.segments) > 1 and at.segments[0] == "post" and at.segments[1].isdigit()
    return folder or is_tumblrs


def _is_of_a_platform(at: Place) -> bool:
    video = "?v=" if at.query.get("v") else ""
    address = "/".join((at.host.removeprefix("m."), *at.segments)) + video
    return bool(_OF_A_PLATFORM.fullmatch(address))
