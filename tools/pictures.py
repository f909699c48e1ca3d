"""Make the sample pictures of the documentation, ``docs/pictures/*.svg``.

Run it after a change to a renderer: ``uv run python tools/pictures.py``. A test asserts that the
files in the repository are what it makes.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from csc_verify.ledger import overall
from csc_verify.model import (
    DEFAULT_MINIMUMS,
    Finding,
    JudgedBy,
    Report,
    RequirementId,
    Student,
    Track,
    Verdict,
    WeekSpan,
)
from csc_verify.render import badge, history
from csc_verify.week import WeekState

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"

FIRST = date(2026, 3, 30)
_ALICE = Student("alice", 583231, Track.SOFTWARE_ENGINEERING, "America/New_York")
# A letter a week: met, unmet (blog), unknown (blog), paused, no line, contacts unmet.
_STORY = "mmumm?mmmppmm.mmcm??mmmmmummmmmmmm"
_COUNTS = {
    RequirementId.CONTRIBUTIONS: (7, 12, 5, 9),
    RequirementId.BLOG: (1, 1, 2),
    RequirementId.CONTACTS: (8, 9, 8, 11, 10),
}


def sample(
    story: str, first: date = FIRST, state: WeekState = WeekState.FINAL
) -> tuple[Report, ...]:
    """Reports of a made-up student.

    Args:
        story: A letter a week: ``m`` met, ``u`` no post, ``c`` too few contacts, ``?`` the blog
            could not be read, ``p`` paused, ``.`` no line in the log.
        first: The first week's first day.
        state: Of the last week; the others are final.
    """
    reports: list[Report] = []
    for number, letter in enumerate(story):
        if letter != ".":
            last = number == len(story) - 1
            week_state = state if last else WeekState.FINAL
            reports.append(_report(number, letter, first + timedelta(weeks=number), week_state))
    return tuple(reports)


def pictures() -> dict[str, str]:
    """Every picture by its file name, of what this version verifies."""
    story = _in_public(sample(_STORY.replace("c", "u")))
    return {
        "badge-met.svg": badge.render_svg(story),
        "badge-unmet.svg": badge.render_svg(_in_public(sample("mmmu", date(2026, 10, 26)))),
        "badge-unknown.svg": badge.render_svg(_in_public(sample("mumm?", date(2026, 10, 19)))),
        "history.svg": history.render(story),
    }


def _in_public(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """The same reports with a scope of contributions and blog."""
    scope = (RequirementId.CONTRIBUTIONS, RequirementId.BLOG)
    why = "outside the scope of this log"
    return tuple(
        replace(
            report,
            requirements=tuple(
                finding
                if finding.id in scope
                else Finding(finding.id, Verdict.SKIPPED, finding.minimum, 0, "", why)
                for finding in report.requirements
            ),
            judged_by=JudgedBy(scope),
        )
        for report in reports
    )


def _report(number: int, letter: str, start: date, state: WeekState) -> Report:
    findings = tuple(_finding(id_, number, letter) for id_ in RequirementId)
    year, week, _ = start.isocalendar()
    return Report(
        student=_ALICE,
        week=WeekSpan(start, start + timedelta(days=6), f"{year}-W{week:02d}", state),
        verdict=overall(findings),
        requirements=findings,
        judged_by=JudgedBy(_ALICE.track.requirements),
        checked_at=datetime(start.year, start.month, start.day, 13, 17, tzinfo=UTC)
        + timedelta(days=8),
        version="0.1.0",
    )


def _finding(id_: RequirementId, number: int, letter: str) -> Finding:
    minimum = DEFAULT_MINIMUMS[id_]
    if id_ not in _COUNTS:
        return Finding(id_, Verdict.SKIPPED, minimum, 0, "", "not required on this track")
    count = _COUNTS[id_][number % len(_COUNTS[id_])]
    match letter, id_:
        case "p", _:
            reason = "paused: winter break"
            return Finding(id_, Verdict.SKIPPED, minimum, 0, "", reason)
        case "u", RequirementId.BLOG:
            return Finding(id_, Verdict.UNMET, minimum, 0, "feed", "no post in the week")
        case "?", RequirementId.BLOG:
            return Finding(id_, Verdict.UNKNOWN, minimum, 0, "feed", "the blog answered 403")
        case "c", RequirementId.CONTACTS:
            return Finding(id_, Verdict.UNMET, minimum, 3, "tracker", "3 contacts, 8 needed")
        case _:
            return Finding(id_, Verdict.MET, minimum, count, "sample", "enough")


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in pictures().items():
        (FOLDER / name).write_text(content, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{FOLDER / name}\n")


if __name__ == "__main__":
    main()
