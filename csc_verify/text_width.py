"""How wide text will be in a picture that is drawn before anybody knows with which font.

The numbers are means of what Helvetica (with Arial and Liberation Sans) and Noto Sans need, in
thousandths of the font's size. The other platforms' system fonts are within a few percent of them.
Characters outside the table are given more room than common fonts need.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from itertools import accumulate
from typing import Final

FONT_STACK: Final = (
    "-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif"
)
"""The fonts that the estimates hold for, in CSS; GitHub's own pages are set in them."""

SLACK: Final = 1.06
"""How much wider than estimated a text may get in one of these fonts."""

# From U+0020 to U+007E, in order.
# fmt: off
_REGULAR: Final = (
    269, 274, 382, 601, 564, 860, 700, 208, 316, 316, 470, 578, 273, 328, 273, 325,
    564, 564, 564, 564, 564, 564, 564, 564, 564, 564, 273, 273, 578, 578, 578, 495,
    957, 653, 658, 677, 726, 612, 565, 753, 732, 308, 386, 643, 540, 870, 741, 780,
    636, 780, 672, 608, 584, 726, 634, 937, 626, 616, 592, 304, 325, 304, 520, 500,
    307, 558, 586, 490, 586, 560, 311, 586, 587, 240, 240, 517, 240, 884, 587, 580,
    586, 586, 373, 490, 320, 587, 504, 754, 514, 505, 485, 357, 406, 357, 578,
)
_BOLD: Final = (
    269, 310, 473, 601, 564, 895, 736, 252, 336, 336, 467, 578, 282, 328, 282, 346,
    564, 564, 564, 564, 564, 564, 564, 564, 564, 564, 309, 309, 578, 578, 578, 544,
    936, 706, 697, 680, 731, 614, 580, 751, 744, 334, 444, 693, 588, 888, 768, 787,
    648, 787, 691, 609, 595, 739, 658, 956, 667, 646, 595, 332, 346, 332, 578, 484,
    348, 580, 622, 535, 622, 574, 360, 622, 634, 292, 292, 588, 292, 936, 634, 615,
    622, 622, 422, 526, 384, 634, 562, 817, 567, 562, 494, 392, 416, 392, 578,
)
# fmt: on
_PUNCTUATION: Final = {"–": 528, "·": 278, "…": 928}

_ELLIPSIS: Final = "…"

_LETTER: Final = 900
_IDEOGRAPH: Final = 1000
_PICTOGRAM: Final = 1400
# Latin, Greek, Cyrillic, Armenian and Hebrew end before it.
_ARABIC: Final = "\u0600"


class Weight(Enum):
    """How heavy the letters are; the value is CSS's ``font-weight``."""

    REGULAR = 400
    BOLD = 600


_TABLES: Final = {Weight.REGULAR: _REGULAR, Weight.BOLD: _BOLD}


def text_width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """The room that a line of text needs, in the unit of its size.

    Args:
        text: One line.
        size: The font's size, in pixels.
        weight: How heavy the letters are.
    """
    return sum(_advance(char, weight) for char in text) * size / 1000


def fitted(text: str, room: float, size: float, weight: Weight = Weight.REGULAR) -> str:
    """The text if it fits into the room, else as much of its beginning as does, and an ellipsis.

    Args:
        text: One line.
        room: The room there is, in pixels.
        size: The font's size, in pixels.
        weight: How heavy the letters are.
    """
    if text_width(text, size, weight) <= room:
        return text
    left = room - text_width(_ELLIPSIS, size, weight)
    # Signs above a letter need no room, so that none is torn off.
    ends = accumulate(text_width(char, size, weight) for char in text)
    kept = sum(end <= left for end in ends)
    return text[:kept].rstrip() + _ELLIPSIS


def _advance(char: str, weight: Weight) -> int:
    if " " <= char <= "~":
        return _TABLES[weight][ord(char) - ord(" ")]
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return 0
    if category in {"So", "Sk"}:
        return _PICTOGRAM
    return _LETTER if char < _ARABIC else _IDEOGRAPH
