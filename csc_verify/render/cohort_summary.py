"""A cohort's week as the job summary of a runner: the glance, and who needs help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.appearance import LOOKS
from csc_verify.calendar_text import span_text
from csc_verify.escape import markdown
from csc_verify.overview import IN_WORDS, Audience, mends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.overview import Overview, StudentRow

MOST_NAMED: Final = 100
"""Students that are named; a summary may hold a megabyte."""


def render(overview: Overview, audience: Audience) -> str:
    """The summary in GitHub's Markdown. For the public it is the glance alone.

    Args:
        overview: Many students in the same week.
        audience: Who may read it.
    """
    return "\n".join(_lines(overview, audience)) + "\n"


def _lines(overview: Overview, audience: Audience) -> Iterator[str]:
    week, counts = overview.week, overview.counts()
    yield f"## Cohort, {span_text(week.start, week.end)}"
    yield ""
    told = [
        f"{look.symbol} {counts.get(verdict, 0)} {look.word}" for verdict, look in LOOKS.items()
    ]
    if counts.get(None):
        told.append(f"! {counts[None]} not looked at")
    yield f"{len(overview.rows)} students: {', '.join(told)}."
    needing = [row for row in overview.rows if overview.attention(row)]
    if audience is Audience.PUBLIC or not needing:
        return
    needing.sort(key=lambda row: list(IN_WORDS).index(overview.attention(row)[0]))
    yield ""
    yield "| Student | Why | What to mend |"
    yield "| --- | --- | --- |"
    for row in needing[:MOST_NAMED]:
        yield _row(overview, row)
    if len(needing) > MOST_NAMED:
        yield ""
        yield f"And {len(needing) - MOST_NAMED} more; the page has them all."


def _row(overview: Overview, row: StudentRow) -> str:
    person, report = row.person, row.of_week(overview.week.start)
    name = f"{person.login} ({person.name})" if person.name else person.login
    why = "; ".join(IN_WORDS[reason] for reason in overview.attention(row))
    told = [*row.contradictions, *(mends(report) if report else ())]
    if row.trouble is not None:
        told = [f"{row.trouble.reason}. {row.trouble.hint}"]
    return f"| {markdown(name)} | {why} | {markdown('; '.join(told), 400)} |"
