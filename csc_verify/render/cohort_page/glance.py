"""The page's head, which says the most important without a script: how many, and what of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import IN_PROGRESS, LOOKS
from csc_verify.drawing import MARK_BOX, MARKS
from csc_verify.escape import markup
from csc_verify.model import Verdict
from csc_verify.overview import Attention, Audience
from csc_verify.render.cohort_page.cells import is_confirmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.appearance import Look
    from csc_verify.overview import Overview

UNSEEN: Final = "unseen"
"""What the page calls a student whose week nobody has told."""

ATTENTION_WORDS: Final = {
    Attention.FAILED: "could not be looked at",
    Attention.CONTRADICTED: "contradicted",
    Attention.SLIPPED_AGAIN: "slipped again",
    Attention.SLIPPED: "slipped",
    Attention.STOPPED: "Action stopped",
    Attention.UNVERIFIABLE: "can't be verified",
}
CONFIRMED: Final = ("confirmed", "confirmed by a person")
"""What calls for no attention and has to be told all the same."""

_TILES: Final[tuple[tuple[Verdict | None, str, str], ...]] = (
    (Verdict.MET, "met", "everything was checked and found"),
    (Verdict.UNMET, "unmet", "too little was found"),
    (Verdict.UNKNOWN, "unknown", "could not be verified"),
    (Verdict.SKIPPED, "skipped", "paused, or nothing asked"),
    (None, "not checked", "no report of this week"),
)
_UNSEEN_MARK: Final = "M6 2.2V7M6 10V10.05"
_PROGRESS_MARK: Final = "M2.2 6.1V6.15M6 6.1V6.15M9.8 6.1V6.15"
_BAR_WIDTH: Final = 1000
_BAR_HEIGHT: Final = 8


def marks() -> str:
    """The verdicts' signs, defined once for the whole page."""
    paths = {
        **{verdict.value: path for verdict, path in MARKS.items()},
        UNSEEN: _UNSEEN_MARK,
        "progress": _PROGRESS_MARK,
        "missing": "",
    }
    box = f"0 0 {MARK_BOX} {MARK_BOX}"
    symbols = (
        f'<symbol id="mark-{name}" viewBox="{box}"><path d="{path}"/></symbol>'
        for name, path in paths.items()
    )
    return "".join(symbols)


def colours() -> str:
    """The verdicts' colours as the badge and the history have them."""
    looks = {**{verdict.value: look for verdict, look in LOOKS.items()}, "progress": IN_PROGRESS}

    def of(scheme: str) -> str:
        return "".join(f"--{name}:{_colour(look, scheme)};" for name, look in looks.items())

    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{of('dark')}}}}}"
    return f":root{{{of('light')}}}\n{dark}\n"


def _colour(look: Look, scheme: str) -> str:
    return look.dark if scheme == "dark" else look.light


def tiles(overview: Overview) -> str:
    """How many students have which verdict."""
    counts = overview.counts()
    return "".join(
        f'<li data-verdict="{_name(verdict)}"><svg class="mark" aria-hidden="true">'
        f'<use href="#mark-{_name(verdict)}"/></svg> <strong>{counts.get(verdict, 0):,}</strong>'
        f" <b>{word}</b> <small>{meaning}</small></li>"
        for verdict, word, meaning in _TILES
    )


def bar(overview: Overview) -> str:
    """The same as lengths of a bar."""
    counts, at = overview.counts(), 0.0
    parts: list[str] = []
    for verdict, _, _ in _TILES:
        width = _BAR_WIDTH * counts.get(verdict, 0) / max(1, len(overview.rows))
        parts.append(
            f'<rect class="{_name(verdict)}" x="{at:.2f}" width="{width:.2f}"'
            f' height="{_BAR_HEIGHT}"/>'
        )
        at += width
    return "".join(parts)


def attention(overview: Overview, audience: Audience) -> str:
    """What a coach should look at, and how many students of each."""
    return "".join(
        f'<li data-attention="{name}"><strong>{count:,}</strong> {words}</li>'
        for name, words, count in _flags(overview, audience)
        if count
    )


def _flags(overview: Overview, audience: Audience) -> Iterator[tuple[str, str, int]]:
    if audience is Audience.COACH:
        of = Counter(reason for row in overview.rows for reason in overview.attention(row))
        for reason, words in ATTENTION_WORDS.items():
            yield reason.value, markup(words), of[reason]
    weeks = (row.of_week(overview.week.start) for row in overview.rows)
    confirmed = sum(1 for week in weeks if week and is_confirmed(week))
    yield CONFIRMED[0], CONFIRMED[1], confirmed


def _name(verdict: Verdict | None) -> str:
    return UNSEEN if verdict is None else verdict.value
