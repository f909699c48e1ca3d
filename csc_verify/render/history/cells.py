"""A cell of the history: its drawings, one for each verdict and state, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import LOOKS, NAMES
from csc_verify.calendar_text import span_text
from csc_verify.drawing import GROUND, SIGNS, Paint, mark, number
from csc_verify.escape import markup
from csc_verify.model import RequirementId, Verdict
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from csc_verify.timeline import Slot

CELL: Final = 15
"""Width and height of a cell, in pixels."""

_SIGN_SIZE: Final = 11


@dataclass(frozen=True, slots=True)
class Sprite:
    """A cell's drawing, defined once and shown many times.

    Attributes:
        name: Its square's CSS class; its identifier begins with ``csc-``.
        meaning: For the legend.
        sign: What lies on the square.
        paints: The colours it needs.
        dashes: The square's outline, as SVG's ``stroke-dasharray``.
    """

    name: str
    meaning: str
    sign: str
    paints: tuple[Paint, ...]
    dashes: str = "none"

    @property
    def definition(self) -> str:
        """What goes into the picture's ``<defs>``."""
        return (
            f'<g id="csc-{self.name}"><rect class="{self.name}" x=".5" y=".5"'
            f' width="{CELL - 1}" height="{CELL - 1}" rx="2.5"'
            f' stroke-dasharray="{self.dashes}"/>{self.sign}</g>'
        )

    def shown(self, x: float, y: float, words: str = "") -> str:
        """A use of it.

        Args:
            x: Left end.
            y: Upper end.
            words: What it says when pointed at; unescaped, may be empty.
        """
        place = f'<use href="#csc-{self.name}" x="{number(x)}" y="{number(y)}"'
        return f"{place}><title>{markup(words)}</title></use>" if words else f"{place}/>"


def _sign(paint: Paint, verdict: Verdict) -> str:
    inset = (CELL - _SIGN_SIZE) / 2
    return mark(paint.name, verdict, inset, inset, _SIGN_SIZE)


def _filled(verdict: Verdict) -> Sprite:
    look = LOOKS[verdict]
    square = Paint(verdict.value, "fill", look.light, look.dark)
    sign = Paint(f"on-{verdict}", "stroke", GROUND.light, GROUND.dark)
    if verdict is Verdict.SKIPPED:
        # Paused weeks and requirements out of the scope stand back.
        square = Paint(verdict.value, "fill", "#eff2f5", "#212830")
        sign = Paint(f"on-{verdict}", "stroke", look.light, look.dark)
    return Sprite(verdict.value, look.word, _sign(sign, verdict), (square, sign))


def _outlined(verdict: Verdict) -> Sprite:
    name, colour = f"settling-{verdict}", SIGNS[verdict]
    inside = Paint(name, "fill", GROUND.light, GROUND.dark)
    outline = Paint(name, "stroke", colour.light, colour.dark)
    return Sprite(name, "still settling", _sign(colour, verdict), (inside, outline, colour))


FINAL: Final = {verdict: _filled(verdict) for verdict in Verdict}
SETTLING: Final = {verdict: _outlined(verdict) for verdict in Verdict}
MISSING: Final = Sprite(
    "missing",
    "not checked",
    "",
    (
        Paint("missing", "fill", GROUND.light, GROUND.dark),
        Paint("missing", "stroke", "#818b98", "#656c76"),
    ),
    dashes="2 2",
)


def sprite_of(slot: Slot, row: RequirementId) -> Sprite:
    """The drawing of a week's requirement."""
    if slot.report is None:
        return MISSING
    sprites = FINAL if slot.report.week.state is WeekState.FINAL else SETTLING
    return sprites[slot.report.finding(row).verdict]


def words_of(slot: Slot, row: RequirementId) -> str:
    """A week's requirement in words, unescaped, without a full stop."""
    when = f"{span_text(slot.first, slot.last)}: {NAMES[row]}"
    if slot.report is None:
        return f"{when} {MISSING.meaning}"
    finding = slot.report.finding(row)
    counted = finding.verdict in {Verdict.MET, Verdict.UNMET}
    numbers = f", {finding.count} of {finding.minimum}" if counted else ""
    settling = "" if slot.report.week.state is WeekState.FINAL else ", still settling"
    return f"{when} {LOOKS[finding.verdict].word}{numbers}{settling}"
