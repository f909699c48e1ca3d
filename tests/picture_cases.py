"""Logs that the pictures have to tell well, and their golden files.

``python -m tests.picture_cases`` writes ``tests/golden/`` anew; look at the pictures before you
keep them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from csc_verify.ledger import overall
from csc_verify.model import CountBasis, JudgedBy, Report, RequirementId, Verdict
from csc_verify.render import badge, history
from csc_verify.week import WeekState
from tests.strategies import ANY_TEXT
from tools.pictures import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

GOLDEN = Path(__file__).parent / "golden"

_NOVEMBER = date(2026, 11, 2)
_CONTRIBUTIONS, _BLOG = RequirementId.CONTRIBUTIONS, RequirementId.BLOG
_HOSTILE_REASON = (
    'paused from 2026-11-09 to 2026-11-15: </text><script>alert("1")</script> &amp; \u202eevil'
)
# A year with everything in it, seeded by hand.
_YEAR = "mmmmummm?mmmppmmmmcmmmm??mmmmmm.mmmmummmmmm?mmmmmmmm"


def narrowed(
    reports: tuple[Report, ...],
    *scope: RequirementId,
    minimums: tuple[tuple[RequirementId, int], ...] = (),
) -> tuple[Report, ...]:
    """The log of a student who promised less."""
    return tuple(_narrowed(report, scope, dict(minimums)) for report in reports)


def _narrowed(
    report: Report, scope: tuple[RequirementId, ...], minimums: dict[RequirementId, int]
) -> Report:
    findings = tuple(
        replace(finding, minimum=minimums.get(finding.id, finding.minimum))
        if finding.id in scope
        else replace(finding, verdict=Verdict.SKIPPED, reason="outside the scope of this log")
        for finding in report.requirements
    )
    return replace(
        report, requirements=findings, verdict=overall(findings), judged_by=JudgedBy(scope)
    )


def paused(report: Report, reason: str) -> Report:
    """A week off."""
    findings = tuple(
        replace(finding, verdict=Verdict.SKIPPED, reason=reason) for finding in report.requirements
    )
    return replace(report, requirements=findings, verdict=Verdict.SKIPPED)


def _commits_only(report: Report) -> Report:
    return replace(report, judged_by=replace(report.judged_by, count=CountBasis.COMMITS))


LOGS: dict[str, tuple[Report, ...]] = {
    "empty": (),
    "settling": sample("m", _NOVEMBER, WeekState.SETTLING),
    "met": sample("mmm", _NOVEMBER),
    "unmet": sample("mmu", _NOVEMBER),
    "unknown": sample("m?m?", _NOVEMBER),
    "long-unknown": sample("mm???", date(2026, 10, 26)),
    "new-and-settling": sample("mmu", _NOVEMBER, WeekState.SETTLING),
    "gap": sample("mm..m", date(2026, 10, 26)),
    "over-new-year": sample("mmmmm", date(2026, 11, 30)),
    "small-scope": narrowed(sample("mmm", _NOVEMBER), _CONTRIBUTIONS, _BLOG),
    "low-minimum": narrowed(
        sample("mm.mm??", date(2026, 10, 5)),
        _CONTRIBUTIONS,
        _BLOG,
        minimums=((_CONTRIBUTIONS, 3),),
    ),
    "commits": tuple(map(_commits_only, sample("mm", _NOVEMBER))),
    "paused": (
        *sample("m", _NOVEMBER),
        *(
            paused(report, "paused from 2026-11-09 to 2026-11-15: moving house")
            for report in sample("m", date(2026, 11, 9))
        ),
    ),
    "hostile": tuple(paused(report, _HOSTILE_REASON) for report in sample("m", date(2026, 11, 9))),
    "year": sample(_YEAR, date(2025, 11, 24)),
}


@st.composite
def _made_logs(draw: st.DrawFn) -> tuple[Report, ...]:
    story = draw(st.text("mmmuc?p.", max_size=60))
    first = date(2015, 1, 5) + timedelta(days=7 * draw(st.integers(0, 700)) - draw(st.booleans()))
    reports = sample(story, first, draw(st.sampled_from((WeekState.FINAL, WeekState.SETTLING))))
    scope = draw(st.lists(st.sampled_from(RequirementId), unique=True))
    minimums = st.tuples(st.sampled_from(RequirementId), st.integers(0, 2**63 - 1))
    reports = narrowed(reports, *scope, minimums=tuple(draw(st.lists(minimums, max_size=3))))
    reason = draw(st.none() | ANY_TEXT)
    if reports and reason is not None:
        return (*reports[:-1], paused(reports[-1], reason))
    return reports


MADE_LOGS: SearchStrategy[tuple[Report, ...]] = _made_logs()
"""Logs of up to sixty weeks, with any scope, any minimums and any reason for a pause."""


def golden_files() -> Iterator[tuple[str, str]]:
    """Every golden file's name and what it should hold."""
    for name, reports in LOGS.items():
        yield f"badge-{name}.svg", badge.render_svg(reports)
        yield f"badge-{name}.json", badge.render_endpoint(reports)
        yield f"history-{name}.svg", history.render(reports)


if __name__ == "__main__":
    for file_name, text in golden_files():
        (GOLDEN / file_name).write_text(text, encoding="utf-8", newline="\n")
