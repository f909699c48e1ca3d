"""The badge: the log's claim as a picture, and as the JSON that shields.io makes one from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final, Protocol

from csc_verify.appearance import LOOKS
from csc_verify.claim import SEPARATOR, Claim, Part, claim
from csc_verify.drawing import (
    CARD_RADIUS,
    EDGE,
    GROUND,
    INK,
    SIGNS,
    SOFT,
    Paint,
    Picture,
    TextStyle,
    card,
    foreign_text,
    mark,
    stylesheet,
    text,
)
from csc_verify.text_width import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import Report, Verdict

SUBJECT: Final = "Job search"
"""What the badge is about, in its own words."""

_STRONG = TextStyle("strong", 12.5, Weight.BOLD)
_LABEL = TextStyle("label", 12.5)
_SMALL = TextStyle("small", 11)
_WORD = TextStyle("word", 11, Weight.BOLD)
_WHITE = Paint("white", "fill", "#ffffff", "#ffffff")
_WHITE_SIGN = Paint("white-sign", "stroke", "#ffffff", "#ffffff")

_BLOCK_WIDTH = 66
_BLOCK_SIGN = 22
_PADDING = 13
# With these the card has at most 400 pixels, which a narrow screen shows nearly at full size.
_ROOM = 308
_PART_SIGN = 14
_SIGN_GAP = 3
_PART_GAP = 14
_STREAK_GAP = 26
_WORD_GAP = 4
# From a line's baseline down to the lower edge; its letters' height is as much above the first.
_BOTTOM = 13


class _Row(Protocol):
    """A line of the card: what it needs and how it is painted."""

    @property
    def width(self) -> float:
        """Pixels."""

    @property
    def rise(self) -> int:
        """From the baseline above, or the upper edge, to its own; pixels."""

    def painted(self, left: float, right: float, baseline: float) -> Iterator[str]:
        """Its elements between two edges."""


@dataclass(frozen=True, slots=True)
class _Heading:
    dates: str
    streak: str
    rise: int = 22

    @property
    def width(self) -> float:
        return self._dates_at + _STRONG.width(self.dates) + self._streak_width

    @property
    def _streak_width(self) -> float:
        return _STREAK_GAP + _SMALL.width(self.streak) if self.streak else 0

    @property
    def _dates_at(self) -> float:
        return _LABEL.width(f"{SUBJECT} ") if self.dates else 0

    def painted(self, left: float, right: float, baseline: float) -> Iterator[str]:
        if not self.dates:
            yield text(_STRONG, INK, left, baseline, SUBJECT)
            return
        yield text(_LABEL, SOFT, left, baseline, SUBJECT)
        yield text(_STRONG, INK, left + self._dates_at, baseline, self.dates)
        if self.streak:
            yield text(_SMALL, SOFT, right - _SMALL.width(self.streak), baseline, self.streak)


@dataclass(frozen=True, slots=True)
class _Parts:
    parts: tuple[Part, ...]
    rise: int = 21

    @property
    def width(self) -> float:
        return sum(map(_part_width, self.parts)) + _PART_GAP * (len(self.parts) - 1)

    def painted(self, left: float, right: float, baseline: float) -> Iterator[str]:
        del right
        for part in self.parts:
            sign = f"sign-{part.verdict}"
            yield mark(sign, part.verdict, left, baseline - _PART_SIGN + 2.5, _PART_SIGN)
            yield text(_LABEL, INK, left + _PART_SIGN + _SIGN_GAP, baseline, part.words)
            left += _part_width(part) + _PART_GAP


@dataclass(frozen=True, slots=True)
class _Aside:
    words: str
    rise: int = 21

    @property
    def width(self) -> float:
        return _LABEL.free_width(self.words)

    def painted(self, left: float, right: float, baseline: float) -> Iterator[str]:
        del right
        yield foreign_text(_LABEL, INK, left, baseline, self.words)


@dataclass(frozen=True, slots=True)
class _Small:
    words: str
    rise: int = 18

    @property
    def width(self) -> float:
        return _SMALL.width(self.words)

    def painted(self, left: float, right: float, baseline: float) -> Iterator[str]:
        del right
        yield text(_SMALL, SOFT, left, baseline, self.words)


def render_svg(reports: tuple[Report, ...]) -> str:
    """``badge.svg``: a card of two lines, or more where the claim is limited.

    Args:
        reports: The log, one report a week, oldest first; may be empty.
    """
    told = claim(reports)
    rows = tuple(_rows(told))
    left = _BLOCK_WIDTH + _PADDING
    right = left + ceil(max(row.width for row in rows))
    width, height = right + _PADDING, sum(row.rise for row in rows) + _BOTTOM
    block = Paint("block", "fill", LOOKS[told.verdict].light, LOOKS[told.verdict].light)
    return Picture(
        name="csc-badge",
        width=width,
        height=height,
        title=told.sentence,
        description=_description(told),
        css=stylesheet(
            (GROUND, EDGE, INK, SOFT, _WHITE, _WHITE_SIGN, block, *_signs(told)),
            (_STRONG, _LABEL, _SMALL, _WORD),
        ),
        body=(
            card(width, height),
            _coloured(height),
            *_block(told, height),
            *_painted(rows, left, right),
        ),
    ).to_svg()


def render_endpoint(reports: tuple[Report, ...]) -> str:
    """``badge.json``: the same for a shields.io endpoint badge.

    The keys are the required ones of https://shields.io/badges/endpoint-badge, and ``color``.

    Args:
        reports: The log, one report a week, oldest first; may be empty.
    """
    told = claim(reports)
    document = {
        "schemaVersion": 1,
        "label": f"{SUBJECT.lower()} {told.dates}".rstrip(),
        "message": SEPARATOR.join(_phrases(told)),
        "color": LOOKS[told.verdict].shields,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _phrases(told: Claim) -> Iterator[str]:
    yield told.word
    yield from (f"{LOOKS[part.verdict].symbol} {part.words}" for part in told.parts)
    yield from filter(None, (told.streak, told.aside))
    yield from told.limits


def _description(told: Claim) -> str:
    parts = (f"{part.words} {LOOKS[part.verdict].word}" for part in told.parts)
    return ". ".join(filter(None, (*parts, told.streak, told.aside, *told.limits))) + "."


def _rows(told: Claim) -> Iterator[_Row]:
    heading, limits = _Heading(told.dates, told.streak), told.limits
    if heading.width > _ROOM:
        heading, limits = _Heading(told.dates, ""), (told.streak, *told.limits)
    yield heading
    if told.parts:
        yield from _wrapped(told.parts)
    else:
        yield from map(_Aside, _two_lines(told.aside))
    yield from map(_Small, _joined(limits))


def _wrapped(parts: tuple[Part, ...]) -> Iterator[_Parts]:
    row: tuple[Part, ...] = ()
    for part in parts:
        if row and _Parts((*row, part)).width > _ROOM:
            yield _Parts(row)
            row = ()
        row = (*row, part)
    yield _Parts(row)


def _two_lines(words: str) -> Iterator[str]:
    """Words of any length as two lines at the most; what is beyond them is cut off."""
    if _LABEL.free_width(words) <= _ROOM:
        yield words
        return
    whole = words.split(" ")
    ends = (" ".join(whole[:number]) for number in range(1, len(whole)))
    first = max((line for line in ends if _LABEL.free_width(line) <= _ROOM), key=len, default="")
    yield from filter(None, (first, _LABEL.fitted(words.removeprefix(first).lstrip(), _ROOM)))


def _joined(phrases: tuple[str, ...]) -> Iterator[str]:
    line = ""
    for phrase in phrases:
        longer = f"{line}{SEPARATOR}{phrase}" if line else phrase
        if line and _SMALL.width(longer) > _ROOM:
            yield line
            longer = phrase
        line = longer
    if line:
        yield line


def _part_width(part: Part) -> float:
    return _PART_SIGN + _SIGN_GAP + _LABEL.width(part.words)


def _signs(told: Claim) -> tuple[Paint, ...]:
    used: set[Verdict] = {part.verdict for part in told.parts}
    return tuple(paint for verdict, paint in SIGNS.items() if verdict in used)


def _coloured(height: int) -> str:
    # Rounded to the left like the card, straight to the right.
    curve = f"a{CARD_RADIUS} {CARD_RADIUS} 0 0 0"
    return (
        f'<path class="block" d="M{_BLOCK_WIDTH} 0H{CARD_RADIUS}{curve}-{CARD_RADIUS} {CARD_RADIUS}'
        f'V{height - CARD_RADIUS}{curve} {CARD_RADIUS} {CARD_RADIUS}H{_BLOCK_WIDTH}z"/>'
    )


def _block(told: Claim, height: int) -> Iterator[str]:
    tall = _BLOCK_SIGN + _WORD_GAP + _WORD.size
    top = (height - tall) / 2
    yield mark(
        _WHITE_SIGN.name, told.verdict, (_BLOCK_WIDTH - _BLOCK_SIGN) / 2, top - 1, _BLOCK_SIGN
    )
    word_at = (_BLOCK_WIDTH - _WORD.width(told.word)) / 2
    yield text(_WORD, _WHITE, word_at, top + tall - 2, told.word)


def _painted(rows: tuple[_Row, ...], left: float, right: float) -> Iterator[str]:
    baseline = 0
    for row in rows:
        baseline += row.rise
        yield from row.painted(left, right, baseline)
