"""What the pictures share: colours, signs, texts and the frame of an accessible SVG.

The pictures are looked at through ``<img>`` on pages of other people: they bring their own
background, ask for no font, no script and no address, and follow the light or dark scheme of the
page where the browser lets them know it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from csc_verify.appearance import LOOKS
from csc_verify.escape import markup
from csc_verify.model import Verdict
from csc_verify.text_width import FONT_STACK, SLACK, Weight, fitted, text_width

_LONGEST_TEXT: Final = 1000

MARK_BOX: Final = 12
"""Width and height of the box that every mark is drawn in."""

CARD_RADIUS: Final = 6
"""Of a picture's corners, in pixels."""

MARKS: Final[dict[Verdict, str]] = {
    Verdict.MET: "M2.2 6.4 4.8 9 9.8 3.2",
    Verdict.UNMET: "M3 3 9 9M9 3 3 9",
    Verdict.UNKNOWN: "M3.7 4.3C3.7 1.2 8.3 1.2 8.3 4.3 8.3 6.1 6 5.9 6 7.5M6 10.1V10.15",
    Verdict.SKIPPED: "M3 6H9",
}
"""The verdicts' signs as paths to stroke, since fonts draw them differently or as emoji."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour of a CSS class, in both schemes.

    Attributes:
        name: The class.
        prop: ``fill`` or ``stroke``.
        light: ``#rrggbb`` on a light page.
        dark: ``#rrggbb`` on a dark page.
    """

    name: str
    prop: str
    light: str
    dark: str


GROUND: Final = Paint("ground", "fill", "#ffffff", "#0d1117")
EDGE: Final = Paint("ground", "stroke", "#d1d9e0", "#3d444d")
INK: Final = Paint("ink", "fill", "#1f2328", "#f0f6fc")
SOFT: Final = Paint("soft", "fill", "#59636e", "#9198a1")
SIGNS: Final = {
    verdict: Paint(f"sign-{verdict}", "stroke", look.light, look.dark)
    for verdict, look in LOOKS.items()
}
"""The colours of the verdicts' signs on the ground."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set.

    Attributes:
        name: The CSS class that sets its size and weight.
        size: In pixels.
        weight: How heavy.
    """

    name: str
    size: float
    weight: Weight = Weight.REGULAR

    def width(self, text: str) -> float:
        """The width that a line is held to, in pixels."""
        return text_width(text, self.size, self.weight)

    def free_width(self, text: str) -> float:
        """The room to keep for a line that is not held to a width, in pixels."""
        return self.width(text) * SLACK

    def fitted(self, text: str, room: float) -> str:
        """A line shortened to a room that is not held to a width, in pixels."""
        return fitted(text, room / SLACK, self.size, self.weight)

    @property
    def css(self) -> str:
        """The rule of its class."""
        return f".{self.name}{{font-size:{number(self.size)}px;font-weight:{self.weight.value}}}"


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel, without needless zeros."""
    return f"{value:.1f}".removesuffix(".0")


def text(style: TextStyle, colour: Paint, x: float, y: float, content: str) -> str:
    """A line of our own words, held to the width it was measured with.

    Args:
        style: How it is set.
        colour: What it is filled with.
        x: Left end.
        y: Baseline.
        content: Unescaped.
    """
    return (
        f'<text class="{style.name} {colour.name}" x="{number(x)}" y="{number(y)}"'
        f' textLength="{number(style.width(content))}">{markup(content, _LONGEST_TEXT)}</text>'
    )


def foreign_text(style: TextStyle, colour: Paint, x: float, y: float, content: str) -> str:
    """A line of somebody else's words, in any script, cut off where its estimated width ends.

    Letters of joining scripts must not be spaced to a width, and the odd character is wider than
    any estimate: what reaches over the edge is clipped.
    """
    size, width = style.size, style.free_width(content)
    return (
        f'<svg x="{number(x)}" y="{number(y - size)}" width="{number(width)}"'
        f' height="{number(size * 1.3)}"><text class="{style.name} {colour.name}"'
        f' y="{number(size)}">{markup(content, _LONGEST_TEXT)}</text></svg>'
    )


def mark(css_class: str, verdict: Verdict, x: float, y: float, size: float) -> str:
    """A verdict's sign.

    Args:
        css_class: Sets the stroke's colour.
        verdict: Which sign.
        x: Left end of its box.
        y: Upper end of its box.
        size: Width and height of its box, in pixels.
    """
    scale = f"{size / MARK_BOX:.3f}".rstrip("0").rstrip(".")
    return (
        f'<path class="mark {css_class}" d="{MARKS[verdict]}"'
        f' transform="translate({number(x)} {number(y)}) scale({scale})"/>'
    )


def card(width: int, height: int) -> str:
    """The ground that a picture of this size stands on."""
    return (
        f'<rect class="{GROUND.name}" x=".5" y=".5" width="{width - 1}" height="{height - 1}"'
        f' rx="{CARD_RADIUS}"/>'
    )


def stylesheet(paints: tuple[Paint, ...], styles: tuple[TextStyle, ...]) -> str:
    """The CSS of a picture: the light scheme, then what differs in the dark one."""
    light = "".join(f".{p.name}{{{p.prop}:{p.light}}}" for p in paints)
    dark = "".join(f".{p.name}{{{p.prop}:{p.dark}}}" for p in paints if p.dark != p.light)
    return (
        f"text{{font-family:{FONT_STACK}}}"
        + "".join(style.css for style in styles)
        + ".mark{fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}"
        + f"{light}@media (prefers-color-scheme:dark){{{dark}}}"
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture.

    Attributes:
        name: What the identifiers of its title and description begin with.
        width: In pixels.
        height: In pixels.
        title: What it is, for those who don't see it.
        description: What it says, for those who don't see it.
        css: Its stylesheet.
        body: Its elements, in the order they are painted.
    """

    name: str
    width: int
    height: int
    title: str
    description: str
    css: str
    body: tuple[str, ...]

    @property
    def _opening(self) -> str:
        width, height, name = self.width, self.height, self.name
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img"'
            f' aria-labelledby="{name}-title {name}-desc">'
        )

    def to_svg(self) -> str:
        """The picture as a file."""
        lines = (
            self._opening,
            f'<title id="{self.name}-title">{markup(self.title, _LONGEST_TEXT)}</title>',
            f'<desc id="{self.name}-desc">{markup(self.description, _LONGEST_TEXT)}</desc>',
            f"<style>{self.css}</style>",
            *self.body,
            "</svg>",
        )
        return "\n".join(lines) + "\n"
