"""The history: a picture of all weeks, one cell a week and requirement.

Bands of a quarter stand below each other, so that the signs stay legible on a narrow screen. A
week without a line is an empty, dashed cell; a week that is still settling is drawn in outline.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import LOOKS, NAMES
from csc_verify.calendar_text import MONTHS, span_text
from csc_verify.drawing import (
    EDGE,
    GROUND,
    INK,
    SOFT,
    Picture,
    TextStyle,
    card,
    stylesheet,
    text,
)
from csc_verify.model import RequirementId, Verdict
from csc_verify.render.history.cells import (
    CELL,
    FINAL,
    MISSING,
    SETTLING,
    Sprite,
    sprite_of,
    words_of,
)
from csc_verify.text_width import Weight
from csc_verify.timeline import Slot, lineless_weeks, newest_first
from csc_verify.week import WeekState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.model import Report

SHOWN_WEEKS: Final = 156
"""The most weeks that are drawn, the newest ones: three years."""

BAND: Final = 13
"""Weeks that stand beside each other."""

HEADING: Final = "Job search, week by week"

_TITLE = TextStyle("title", 13, Weight.BOLD)
_LABEL = TextStyle("label", 11.5)
_MONTH = TextStyle("month", 10.5)

_PITCH = 18
_MARGIN = 16
_TITLE_LINE = 26
_SUMMARY_LINE = 44
_NEXT_LINE = 16
_BAND_SPACE = 14
_MONTHS_HEIGHT = 17
_BAND_GAP = 12
_LABEL_GAP = 10
_SIGN_GAP = 5
_LEGEND_SPACE = 14
_NARROWEST = 240
# Of lines of words: about what a band of cells takes, so that neither makes the other too small.
_WIDEST = 320
_PHRASE_END = re.compile(r"(?<=[,:]) ")


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells: a column a week, a row a requirement, in bands.

    Attributes:
        columns: Oldest first.
        rows: In the report's order.
        top: Where the first band begins.
    """

    columns: tuple[Slot, ...]
    rows: tuple[RequirementId, ...]
    top: int

    @property
    def left(self) -> int:
        return _MARGIN + ceil(max(_LABEL.width(NAMES[row]) for row in self.rows) + _LABEL_GAP)

    @property
    def right(self) -> int:
        return self.left + min(len(self.columns), BAND) * _PITCH - (_PITCH - CELL)

    @property
    def bands(self) -> tuple[tuple[Slot, ...], ...]:
        return tuple(self.columns[at : at + BAND] for at in range(0, len(self.columns), BAND))

    @property
    def band_height(self) -> int:
        return _MONTHS_HEIGHT + len(self.rows) * _PITCH + _BAND_GAP

    @property
    def bottom(self) -> int:
        return self.top + len(self.bands) * self.band_height

    @property
    def sprites(self) -> tuple[Sprite, ...]:
        used = {sprite_of(column, row) for column in self.columns for row in self.rows}
        every = (*FINAL.values(), *SETTLING.values(), MISSING)
        return tuple(sprite for sprite in every if sprite in used)

    def painted(self, edge: float) -> Iterator[str]:
        for position, band in enumerate(self.bands):
            top = self.top + position * self.band_height
            yield from self._months(band, top + _MONTHS_HEIGHT - 6, edge)
            for row_number, row in enumerate(self.rows):
                y = top + _MONTHS_HEIGHT + row_number * _PITCH
                yield text(_LABEL, SOFT, _MARGIN, y + 11.5, NAMES[row])
                for column_number, column in enumerate(band):
                    x = self.left + column_number * _PITCH
                    yield sprite_of(column, row).shown(x, y, words_of(column, row))

    def _months(self, band: tuple[Slot, ...], y: float, edge: float) -> Iterator[str]:
        free_from = 0.0
        for x, words in self._month_labels(band):
            if x >= free_from and x + _MONTH.width(words) <= edge:
                yield text(_MONTH, SOFT, x, y, words)
                free_from = x + _MONTH.width(words) + 4

    def _month_labels(self, band: tuple[Slot, ...]) -> Iterator[tuple[float, str]]:
        months = [(column.first.year, column.first.month) for column in band]
        starts = [at for at in range(len(band)) if at == 0 or months[at] != months[at - 1]]
        # The rest of a month makes room for the next one's name, which the year goes with.
        if len(starts) > 1 and starts[1] * _PITCH < _MONTH.width("Nov 2026") + 4:
            del starts[0]
        for at in starts:
            year, month = months[at]
            name = MONTHS[month - 1]
            named = f"{name} {year}" if at == starts[0] or month == 1 else name
            yield self.left + at * _PITCH, named


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What stands below the heading.

    Attributes:
        right: The rightmost pixel.
        bottom: The lowest pixel.
        sprites: The drawings it refers to.
        body: Its elements.
    """

    right: int
    bottom: int
    sprites: tuple[Sprite, ...] = ()
    body: tuple[str, ...] = ()


def render(reports: tuple[Report, ...]) -> str:
    """``history.svg``.

    Args:
        reports: The log, one report a week, oldest first; may be empty. Weeks may be missing.
    """
    summary = _summary(reports)
    lines = tuple(_wrapped(summary))
    below = _SUMMARY_LINE + (len(lines) - 1) * _NEXT_LINE
    drawn = _drawn(reports, below + _BAND_SPACE) if reports else _Drawn(_MARGIN + _NARROWEST, below)
    width = max(drawn.right, ceil(_MARGIN + max(map(_LABEL.width, lines)))) + _MARGIN
    height = drawn.bottom + _MARGIN
    paints = dict.fromkeys(paint for sprite in drawn.sprites for paint in sprite.paints)
    return Picture(
        name="csc-history",
        width=width,
        height=height,
        title=HEADING,
        description=". ".join((summary, *_tallies(reports))) + ".",
        css=stylesheet((GROUND, EDGE, INK, SOFT, *paints), (_TITLE, _LABEL, _MONTH)),
        body=(
            f"<defs>{''.join(sprite.definition for sprite in drawn.sprites)}</defs>",
            card(width, height),
            text(_TITLE, INK, _MARGIN, _TITLE_LINE, HEADING),
            *(
                text(_LABEL, SOFT, _MARGIN, _SUMMARY_LINE + number * _NEXT_LINE, line)
                for number, line in enumerate(lines)
            ),
            *drawn.body,
        ),
    ).to_svg()


def _wrapped(summary: str) -> Iterator[str]:
    """A summary as lines of the width that there is, each number beside what it counts."""
    line = ""
    for phrase in _PHRASE_END.split(summary):
        longer = f"{line} {phrase}".lstrip()
        if line and _LABEL.width(longer) > _WIDEST:
            yield line
            longer = phrase
        line = longer
    yield line


def _drawn(reports: tuple[Report, ...], top: int) -> _Drawn:
    newest = tuple(islice(newest_first(reports), SHOWN_WEEKS))
    grid = _Grid(newest[::-1], _requirements(reports), top)
    legend = tuple(_legend_rows(_legend(grid.sprites)))
    legend_right = _MARGIN + max(map(_row_width, legend))
    right = ceil(max(_MARGIN + _NARROWEST, grid.right, legend_right))
    tops = [grid.bottom + 2 + number * _PITCH for number in range(len(legend))]
    painted = (_painted_legend(row, y) for row, y in zip(legend, tops, strict=True))
    body = (*grid.painted(right), *chain.from_iterable(painted))
    return _Drawn(right, tops[-1] + CELL, grid.sprites, body)


def _requirements(reports: tuple[Report, ...]) -> tuple[RequirementId, ...]:
    ever = {id_ for report in reports for id_ in report.judged_by.scope}
    judged = {
        finding.id
        for report in reports
        for finding in report.requirements
        if finding.verdict is not Verdict.SKIPPED
    }
    return tuple(id_ for id_ in RequirementId if id_ in ever | judged) or tuple(RequirementId)


def _summary(reports: tuple[Report, ...]) -> str:
    if not reports:
        return "No week verified yet"
    final = Counter(r.verdict for r in reports if r.week.state is WeekState.FINAL)
    settling = len(reports) - final.total()
    missing = lineless_weeks(reports)
    counts = [
        *((final[verdict], look.word) for verdict, look in LOOKS.items()),
        (settling, "still settling"),
        (missing, MISSING.meaning),
    ]
    (first, word), *others = [(count, word) for count, word in counts if count]
    told = [f"{first} {'week' if first == 1 else 'weeks'} {word}"]
    told += [f"{count} {word}" for count, word in others]
    if len(reports) + missing > SHOWN_WEEKS:
        told.append(f"newest {SHOWN_WEEKS} shown")
    return f"{span_text(reports[0].week.start, reports[-1].week.end)}: {', '.join(told)}"


def _tallies(reports: tuple[Report, ...]) -> Iterator[str]:
    for row in _requirements(reports) if reports else ():
        of = Counter(report.finding(row).verdict for report in reports)
        counts = (f"{of[verdict]} {look.word}" for verdict, look in LOOKS.items() if of[verdict])
        yield f"{NAMES[row]}: {', '.join(counts)}"


def _legend(sprites: tuple[Sprite, ...]) -> tuple[Sprite, ...]:
    first_of: dict[str, Sprite] = {}
    for sprite in sprites:
        first_of.setdefault(sprite.meaning, sprite)
    return tuple(first_of.values())


def _entry_width(sprite: Sprite) -> float:
    return CELL + _SIGN_GAP + _LABEL.width(sprite.meaning) + _LEGEND_SPACE


def _row_width(row: tuple[Sprite, ...]) -> float:
    return sum(map(_entry_width, row)) - _LEGEND_SPACE


def _legend_rows(legend: tuple[Sprite, ...]) -> Iterator[tuple[Sprite, ...]]:
    row: tuple[Sprite, ...] = ()
    for sprite in legend:
        if _row_width((*row, sprite)) > _WIDEST:
            yield row
            row = ()
        row = (*row, sprite)
    yield row


def _painted_legend(legend: tuple[Sprite, ...], y: float) -> Iterator[str]:
    x: float = _MARGIN
    for sprite in legend:
        yield sprite.shown(x, y)
        yield text(_LABEL, SOFT, x + CELL + _SIGN_GAP, y + 11.5, sprite.meaning)
        x += _entry_width(sprite)
