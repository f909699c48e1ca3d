"""Strategies for the values of the model.

Texts are an argument: what a source may hand over (``ANY_TEXT``), or what a log line holds, since
the reader of a line folds it (``FOLDED_TEXT``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from csc_verify.addresses import web_address
from csc_verify.escape import plain
from csc_verify.ledger import overall
from csc_verify.model import (
    CountBasis,
    Counted,
    Finding,
    JudgedBy,
    LeftOut,
    Report,
    RequirementId,
    Revision,
    Student,
    Track,
    Verdict,
    WeekSpan,
)
from csc_verify.week import WeekStart, WeekState, week_of
from tests import hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

_T = TypeVar("_T")

WHOLE_PAGES = settings(deadline=None, max_examples=50)
"""For tests that read a whole page back: how long that takes is the machine's affair."""

ANY_TEXT: SearchStrategy[str] = st.one_of(
    st.text(st.characters(codec=None), max_size=60), st.sampled_from(hostile.TEXTS)
)
"""Anything that a feed, a file or a person may write, lone surrogates included."""

FOLDED_TEXT: SearchStrategy[str] = ANY_TEXT.map(lambda text: plain(text, 100))
"""Text that a log line returns as it was put in."""

INSTANTS: SearchStrategy[datetime] = st.integers(1_420_070_400, 2_840_140_800).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
"""Whole seconds of 2015 to 2059."""

_ADDRESSES = (
    "https://alice.example/2026/post",
    "https://github.com/alice/parser/commit/0f3a9c1",
    *(url for url in hostile.ADDRESSES if web_address(url)),
)
_KINDS = ("commit", "day", "post")
_ZONES = ("UTC", "America/St_Johns", "Pacific/Kiritimati")


@st.composite
def reports(
    draw: st.DrawFn,
    texts: SearchStrategy[str] = ANY_TEXT,
    states: tuple[WeekState, ...] = tuple(WeekState),
) -> Report:
    """Reports of any week; each finding is possible by itself, but they need not agree."""
    return draw(_authors(texts)).report(states)


def logs(texts: SearchStrategy[str] = ANY_TEXT) -> SearchStrategy[tuple[Report, ...]]:
    """The reports of a log: one for each week, oldest first."""
    return st.builds(_Author.log, _authors(texts))


def _authors(texts: SearchStrategy[str]) -> SearchStrategy[_Author]:
    return st.builds(_Author, st.lists(texts, min_size=3, max_size=3), st.integers(0, 2**32))


class _Author:
    """Makes values up from a handful of drawn texts and a drawn seed.

    A report has some hundred parts; drawing each of them from Hypothesis would take longer than
    everything that is tested with it.
    """

    def __init__(self, texts: list[str], seed: int) -> None:
        self._texts = texts
        self._random = Random(seed)

    def log(self) -> tuple[Report, ...]:
        settled = (WeekState.SETTLING, WeekState.FINAL)
        made = {report.week.start: report for report in (self.report(settled) for _ in range(3))}
        return tuple(made[start] for start in sorted(made))[self._random.randint(0, 3) :]

    def report(self, states: tuple[WeekState, ...]) -> Report:
        track = self._one(tuple(Track))
        found = tuple(self._finding(id_) for id_ in RequirementId)
        scope = tuple(id_ for id_ in track.requirements if self._random.random() < 0.7)
        starts = self._one(tuple(WeekStart))
        return Report(
            student=Student(self._text(), self._one((None, 583231)), track, self._zone()),
            week=self._week(starts, self._one(states)),
            verdict=overall(found),
            requirements=found,
            judged_by=JudgedBy(scope, self._one(tuple(CountBasis)), starts),
            checked_at=self._instant(),
            version=self._text(),
            revisions=tuple(self._revision() for _ in self._few()),
        )

    def _finding(self, id_: RequirementId) -> Finding:
        counts = id_ is RequirementId.CONTRIBUTIONS and self._few()
        return Finding(
            id=id_,
            verdict=self._one(tuple(Verdict)),
            minimum=self._random.randint(0, 20),
            count=self._random.randint(0, 400),
            source=self._text(),
            reason=self._text(),
            evidence=tuple(self._counted() for _ in self._few()),
            left_out=tuple(LeftOut(self._text(), self._text(), self._text()) for _ in self._few()),
            notes=tuple(self._text() for _ in self._few()),
            commits=self._random.randint(0, 400) if counts else None,
            contributions=self._random.randint(0, 400) if counts else None,
        )

    def _counted(self) -> Counted:
        return Counted(
            kind=self._one(_KINDS),
            url=self._one(_ADDRESSES),
            at=self._written_time(),
            title=self._text(),
            count=self._random.randint(0, 400),
            written=self._one(("", self._text())),
            element=self._one(("", self._text())),
        )

    def _revision(self) -> Revision:
        return Revision(
            checked_at=self._instant(),
            version=self._text(),
            verdict=self._one(tuple(Verdict)),
            requirements=tuple(
                self._finding(id_) for id_ in RequirementId if self._random.random() < 0.5
            ),
            why=self._text(),
        )

    def _week(self, starts: WeekStart, state: WeekState) -> WeekSpan:
        week = week_of(self._instant().date(), starts, ZoneInfo("UTC"))
        return WeekSpan(week.first, week.last, week.iso, state)

    def _written_time(self) -> str:
        instant = self._instant().astimezone(ZoneInfo(self._one(_ZONES)))
        local = instant.replace(tzinfo=None).isoformat()
        return self._one((instant.isoformat(), local, instant.date().isoformat(), self._text()))

    def _instant(self) -> datetime:
        return datetime.fromtimestamp(self._random.randint(1_420_070_400, 2_840_140_800), UTC)

    def _zone(self) -> str:
        return self._one((*_ZONES, self._text()))

    def _text(self) -> str:
        return self._one(self._texts)

    def _few(self) -> range:
        return range(self._random.randint(0, 2))

    def _one(self, choices: Sequence[_T]) -> _T:
        return self._random.choice(choices)
