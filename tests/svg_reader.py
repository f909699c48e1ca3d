"""What a browser makes of a picture, as far as the tests ask: boxes, colours, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
_SIZE = re.compile(r"\.([\w-]+)\{font-size:([\d.]+)px")
_COLOUR = re.compile(r"\.([\w-]+)\{(fill|stroke):(#[0-9a-f]{6})\}")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in pixels."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Svg:
    """A picture that a strict XML parser has read."""

    root: ET.Element

    @property
    def size(self) -> tuple[float, float]:
        return float(self.root.attrib["width"]), float(self.root.attrib["height"])

    @property
    def css(self) -> str:
        return self.root.findtext(f"{SVG}style", "")

    @property
    def words(self) -> list[str]:
        """Every line of text that is drawn, in the order it is painted."""
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]

    @property
    def pointed_at(self) -> list[str]:
        """What the cells say when pointed at."""
        return [
            use.findtext(f"{SVG}title", "")
            for use in self.root.iter(f"{SVG}use")
            if use.find(f"{SVG}title") is not None
        ]

    @property
    def title(self) -> str:
        return self.root.findtext(f"{SVG}title", "")

    @property
    def description(self) -> str:
        return self.root.findtext(f"{SVG}desc", "")

    @property
    def tags(self) -> set[str]:
        return {element.tag.removeprefix(SVG) for element in self.root.iter()}

    @property
    def boxes(self) -> list[Box]:
        """The boxes of the texts and of the cells."""
        return [*map(self._text_box, self.root.findall(f"{SVG}text")), *self._clips, *self._cells]

    @property
    def _clips(self) -> list[Box]:
        return [_placed(clip, clip.findtext(f"{SVG}text", "")) for clip in self._inner]

    @property
    def _inner(self) -> list[ET.Element]:
        return self.root.findall(f"{SVG}svg")

    @property
    def _cells(self) -> list[Box]:
        return [_placed(use, "cell", 15) for use in self.root.iter(f"{SVG}use")]

    def _text_box(self, element: ET.Element) -> Box:
        sizes = {name: float(size) for name, size in _SIZE.findall(self.css)}
        size = next(sizes[name] for name in element.attrib["class"].split() if name in sizes)
        left, baseline = float(element.attrib["x"]), float(element.attrib["y"])
        right = left + float(element.attrib["textLength"])
        return Box(element.text or "", left, baseline - 0.75 * size, right, baseline + 0.2 * size)

    def colours(self, scheme: str) -> dict[tuple[str, str], str]:
        """The colours of a scheme: (class, ``fill`` or ``stroke``) to ``#rrggbb``."""
        light, _, dark = self.css.partition("@media (prefers-color-scheme:dark)")
        found = {(name, prop): value for name, prop, value in _COLOUR.findall(light)}
        if scheme == "dark":
            found |= {(name, prop): value for name, prop, value in _COLOUR.findall(dark)}
        return found

    @property
    def coloured_classes(self) -> set[str]:
        """The classes that give texts and signs their colour."""
        used = {
            name
            for element in self.root.iter()
            if element.tag in {f"{SVG}text", f"{SVG}path"}
            for name in element.attrib.get("class", "").split()
        }
        return used & {name for name, _ in self.colours("light")}


def read_svg(text: str) -> Svg:
    """Parse a picture; raises where a browser would show an error instead."""
    return Svg(ET.fromstring(text))  # noqa: S314  our own output, and nothing resolves entities


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _placed(element: ET.Element, what: str, size: float = 0) -> Box:
    left, top = float(element.attrib["x"]), float(element.attrib["y"])
    width = float(element.attrib.get("width", size))
    return Box(what, left, top, left + width, top + float(element.attrib.get("height", size)))
