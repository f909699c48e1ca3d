"""How much a post says, and whether it was said before. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csc_verify.sources.blog.advice.values import Writing

VERY_SHORT: Final = 150
"""Words below which a post is called very short: about three paragraphs."""
ALIKE: Final = 0.6
"""Share of a post's wording in an older one from which on the two are called alike."""
MOST_COMPARED: Final = 100
"""Older posts that a post is compared with."""

_SHINGLE: Final = 5
_LONGEST_COMPARED: Final = 12_000
_FEWEST_SHINGLES: Final = 40
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Scripts that put no spaces between words; two of their signs make about one.
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def on_length(post: Writing) -> Iterator[str]:
    """Whether a post is very short; nothing of what wasn't read whole, or is to be watched."""
    if post.is_video or not post.is_whole:
        return
    unspaced = len(_UNSPACED.findall(post.text))
    count = unspaced // 2 if unspaced > len(post.text) // 4 else len(words_of(post.text))
    if count < VERY_SHORT:
        yield f"it has about {count} words, which is very short (counted on its page)"


def on_repetition(post: Writing, older: Sequence[Writing]) -> Iterator[str]:
    """Which older post says most of it already, if one does."""
    own = _shingles(post.text)
    if len(own) < _FEWEST_SHINGLES:
        return
    shares = (
        (len(own & _shingles(other.text)) / len(own), other) for other in older[:MOST_COMPARED]
    )
    share, other = max(shares, key=lambda one: one[0], default=(0.0, None))
    if other is not None and share >= ALIKE:
        of = f" of {other.day}" if other.day else ""
        yield (
            f"{share:.0%} of its wording stands in '{plain(other.title, 60)}'{of} already (counted)"
        )


def on_quotations(post: Writing) -> Iterator[str]:
    """How much is quoted without a word on where it is from."""
    words = sum(one.words for one in post.quotations if not one.has_source)
    if words:
        yield f"it quotes {words} words or more and names no source beside them (likely)"


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = words_of(text[:_LONGEST_COMPARED])
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))
