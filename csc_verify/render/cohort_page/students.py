"""The page's lines: one a student for the table, and one for what opens below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.calendar_text import day_text
from csc_verify.escape import plain
from csc_verify.model import Track, Verdict
from csc_verify.overview import Attention, Audience, Checked, mends
from csc_verify.render.cohort_page.cells import (
    VERDICTS,
    is_confirmed,
    requirement_cells,
    week_cell,
)
from csc_verify.render.cohort_page.texts import Texts, to_script
from csc_verify.render.cohort_page.weeks import evidence, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csc_verify.model import Report
    from csc_verify.overview import Overview, StudentRow
    from csc_verify.record import JsonValue

ATTENTIONS: Final = tuple(Attention)
TRACKS: Final = tuple(Track)
_MOST_REASONS: Final = 4
_NOBODY_LOOKED: Final = len(VERDICTS)
_CHECKED: Final = {
    Checked.LIVE: "live",
    Checked.PUBLISHED: "published",
    Checked.SAMPLED: "published, and verified again",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A student in the place that the page gives them.

    Attributes:
        row: Whom it is about.
        reports: A report for each week of the overview, None where there is none.
    """

    row: StudentRow
    reports: tuple[Report | None, ...]

    @property
    def login(self) -> str:
        """The account, the one that the repository belongs to where nothing else names it."""
        person = self.row.person
        known = (report.student.github for report in self.reports if report)
        owner = person.repository.partition("/")[0]
        return plain(person.github or next(known, "") or owner)


def listed(overview: Overview, audience: Audience) -> tuple[Listed, ...]:
    """The students as the page has them: by name, for the public by login alone."""
    everybody = (Listed(row, tuple(map(row.of_week, overview.weeks))) for row in overview.rows)

    def place(student: Listed) -> tuple[str, str]:
        name = student.row.person.name if audience is Audience.COACH else ""
        return (plain(name) or student.login).casefold(), student.login

    return tuple(sorted(everybody, key=place))


def public_line(overview: Overview, student: Listed) -> str:
    """A login and its verdicts: nothing else of a student may reach a public page."""
    login, verdict = student.login, overview.verdict(student.row)
    cells = "".join(map(week_cell, student.reports))
    week = student.row.of_week(overview.week.start)
    confirmed = 1 if week and is_confirmed(week) else 0
    number = _verdict_number(verdict)
    return to_script([login, login, "", -1, -1, -1, number, confirmed, [], cells, []])


def coach_line(overview: Overview, student: Listed, groups: Mapping[str, int], texts: Texts) -> str:
    """What the table says of a student.

    Args:
        overview: Whose week it is.
        student: The student.
        groups: The numbers of cohorts and coaches.
        texts: The page's shared texts.
    """
    person, week = student.row.person, student.row.of_week(overview.week.start)
    last = week or next((report for report in reversed(student.reports) if report), None)
    attention = overview.attention(student.row)
    confirmed = 1 if week and is_confirmed(week) else 0
    flags = confirmed + sum(2 << ATTENTIONS.index(reason) for reason in attention)
    counts: list[JsonValue] = []
    for finding in week.requirements if week else ():
        counts += (finding.count, finding.minimum)
    reasons = _reasons(student.row, week, attention)
    return to_script(
        [
            plain(person.key) or f"line {person.line}",
            student.login,
            plain(person.name),
            groups.get(plain(person.cohort), -1),
            groups.get(plain(person.coach), -1),
            TRACKS.index(last.student.track) if last else -1,
            _verdict_number(overview.verdict(student.row)),
            flags,
            counts,
            "".join(week_cell(r) + requirement_cells(r) for r in student.reports),
            texts.numbers(tuple(dict.fromkeys(reasons))[:_MOST_REASONS]),
        ]
    )


def _verdict_number(verdict: Verdict | None) -> int:
    return _NOBODY_LOOKED if verdict is None else VERDICTS.index(verdict)


def _reasons(
    row: StudentRow, week: Report | None, attention: tuple[Attention, ...]
) -> Iterator[str]:
    """What a coach has to know about what calls for attention, most pressing first."""
    if row.trouble is not None:
        yield ". ".join(filter(None, (row.trouble.reason, row.trouble.hint)))
    yield from row.contradictions
    if week is not None and attention:
        yield from (f.reason for f in week.requirements if f.verdict is Verdict.UNMET)
        yield from mends(week)
    if Attention.STOPPED in attention and row.newest is not None:
        yield f"Their log has nothing newer than the week from {day_text(row.newest)}"


def held_evidence(
    overview: Overview, students: Sequence[Listed], texts: Texts, budget: int
) -> dict[tuple[int, int], str]:
    """The evidence that fits into a page, by student and week.

    The newest weeks first, and in each of them those first that a coach has to look at.

    Args:
        overview: Whose week it is.
        students: The students as the page has them.
        texts: The page's shared texts.
        budget: How many bytes of it the page may hold.
    """
    calm = [not overview.attention(student.row) for student in students]
    order = sorted(range(len(students)), key=calm.__getitem__)
    kept: dict[tuple[int, int], str] = {}
    for week in reversed(range(len(overview.weeks))):
        for number in order:
            report = students[number].reports[week]
            if report is None:
                continue
            text = to_script(evidence(report, texts))
            budget -= len(text.encode())
            if budget < 0:
                return kept
            kept[number, week] = text
    return kept


def detail_line(student: Listed, kept: Mapping[int, str], texts: Texts) -> str:
    """What opens below a student.

    Args:
        student: The student.
        kept: The evidence that the page has, by the week's number.
        texts: The page's shared texts.
    """
    row = student.row
    said: list[JsonValue] = [
        texts.number(_CHECKED[row.checked]),
        plain(row.person.repository),
        day_text(row.newest) if row.newest else "",
        texts.numbers(row.contradictions),
        texts.numbers((row.trouble.reason, row.trouble.hint) if row.trouble else ()),
    ]
    weeks = ",".join(_week_lines(student.reports, kept, texts))
    return f"[{to_script(said)},[{weeks}]]"


def _week_lines(
    reports: Iterable[Report | None], kept: Mapping[int, str], texts: Texts
) -> Iterator[str]:
    for number, report in enumerate(reports):
        if report is not None:
            yield f"[{number},{to_script(facts(report, texts))},{kept.get(number, 'null')}]"
