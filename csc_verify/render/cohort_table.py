"""A cohort for a coach at a terminal: the glance, who needs help and why, then everybody else."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import LOOKS, look_of
from csc_verify.calendar_text import span_text
from csc_verify.escape import plain
from csc_verify.model import Verdict
from csc_verify.overview import IN_WORDS, mends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from csc_verify.overview import Overview, StudentRow

MOST_OTHERS: Final = 50
"""Students without anything to look at who are named one by one."""
_MOST_MENDS: Final = 3
_LOGIN_WIDTH: Final = 24
_NOT_LOOKED: Final = ("!", "not looked at", "red")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, with the style of rich's for the sign in front of it."""

    sign: str
    text: str
    style: str = ""


def render_plain(overview: Overview, width: int) -> str:
    """The table as plain text, ending in a line end.

    Args:
        overview: Many students in the same week.
        width: Columns; longer lines are cut.
    """
    return "".join(f"{_cut(_whole(line), width)}\n" for line in _page(overview))


def print_rich(overview: Overview, console: Console) -> None:
    """Print the same table with the console's colours."""
    from rich.text import Text  # noqa: PLC0415  only a terminal needs it

    for line in _page(overview):
        text = Text(_cut(_whole(line), console.width))
        if line.sign:
            text.stylize(line.style, 0, 1)
        console.print(text)


def _whole(line: _Line) -> str:
    return f"{line.sign} {line.text}" if line.sign else line.text


def _page(overview: Overview) -> Iterator[_Line]:
    week = overview.week
    yield _Line("", f"Week of {span_text(week.start, week.end)}, {len(overview.rows)} students")
    counts = overview.counts()
    for verdict, look in LOOKS.items():
        if counts.get(verdict):
            yield _Line(look.symbol, f"{counts[verdict]} {look.word}", look.style)
    if counts.get(None):
        sign, words, style = _NOT_LOOKED
        yield _Line(sign, f"{counts[None]} {words}", style)
    needing = [row for row in overview.rows if overview.attention(row)]
    needing.sort(key=lambda row: list(IN_WORDS).index(overview.attention(row)[0]))
    if needing:
        yield _Line("", "")
        yield _Line("", "To look at")
    for row in needing:
        yield from _to_look_at(overview, row)
    yield from _others(overview, [row for row in overview.rows if not overview.attention(row)])


def _to_look_at(overview: Overview, row: StudentRow) -> Iterator[_Line]:
    sign, style = _sign(overview, row)
    why = ", ".join(IN_WORDS[reason] for reason in overview.attention(row))
    yield _Line(sign, f"{_name(row)}  {why}", style)
    report = row.of_week(overview.week.start)
    reasons = [*row.contradictions, *(mends(report) if report else ())]
    if report is not None:
        unmet = (f for f in report.requirements if f.verdict is Verdict.UNMET)
        reasons = [*(finding.reason for finding in unmet), *reasons]
    if row.trouble is not None:
        reasons = [row.trouble.reason, *([row.trouble.hint] if row.trouble.hint else [])]
    for reason in reasons[:_MOST_MENDS]:
        yield _Line("", f"    {plain(reason)}")


def _others(overview: Overview, rows: list[StudentRow]) -> Iterator[_Line]:
    if not rows:
        return
    yield _Line("", "")
    if len(rows) > MOST_OTHERS:
        yield _Line("", f"{len(rows)} others need nothing; the page and cohort.csv name them")
        return
    yield _Line("", "Nothing to do")
    for row in rows:
        sign, style = _sign(overview, row)
        verdict = overview.verdict(row)
        yield _Line(sign, f"{_name(row)}  {LOOKS[verdict].word if verdict else ''}", style)


def _sign(overview: Overview, row: StudentRow) -> tuple[str, str]:
    verdict = overview.verdict(row)
    if verdict is None:
        return _NOT_LOOKED[0], _NOT_LOOKED[2]
    look = look_of(verdict, overview.week.state)
    return look.symbol, look.style


def _name(row: StudentRow) -> str:
    person = row.person
    name = f"{plain(person.login)} ({plain(person.name)})" if person.name else plain(person.login)
    return name + " " * max(0, _LOGIN_WIDTH - _columns(name))


def _columns(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two, marks none."""
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


def _cut(line: str, width: int) -> str:
    if _columns(line) <= width:
        return line
    room, kept = width - 1, 0
    for char in line:
        room -= _columns(char)
        if room < 0:
            break
        kept += 1
    return line[:kept].rstrip() + "…"
