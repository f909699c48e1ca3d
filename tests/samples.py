"""Reports of made-up students, one for each situation that an output has to tell well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from csc_verify.model import (
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
from csc_verify.week import WeekState

_ALICE = Student("alice", 583231, Track.SOFTWARE_ENGINEERING, "America/New_York")
_DORA = Student("dora", 91, Track.DESIGN, "Europe/Berlin")
_WEEK = WeekSpan(date(2026, 11, 16), date(2026, 11, 22), "2026-W47", WeekState.FINAL)
_CHECKED = datetime(2026, 11, 24, 6, 0, 3, tzinfo=UTC)
_FULL_SCOPE = JudgedBy(Track.SOFTWARE_ENGINEERING.requirements)
_PARSER = "https://github.com/alice/parser"

_CONTRIBUTIONS = Finding(
    RequirementId.CONTRIBUTIONS,
    Verdict.MET,
    5,
    7,
    "github-graphql",
    "7 public contributions, 5 needed",
    (
        Counted("commit", f"{_PARSER}/commits?since=2026-11-17", "2026-11-17", "alice/parser", 4),
        Counted(
            "pull-request",
            "https://github.com/octo/cli/pull/42",
            "2026-11-18T21:04:11-05:00",
            "Close the [file] before | deleting it",
        ),
        Counted("commit", f"{_PARSER}/commits?since=2026-11-20", "2026-11-20", "alice/parser", 2),
    ),
    (
        LeftOut(
            "2 commits in alice/fork-of-x",
            "a commit in a fork counts once its pull request is merged",
            "Open a pull request upstream",
        ),
    ),
    ("2 of 6 commits change only README.md",),
    6,
    7,
)
_BLOG = Finding(
    RequirementId.BLOG,
    Verdict.MET,
    1,
    1,
    "feed",
    "1 post, 1 needed",
    (
        Counted(
            "post",
            "https://alice.example/blog/why-parsers",
            "2026-11-19T09:30:00-05:00",
            "Why I write parsers by hand <and you shouldn't>",
        ),
    ),
)
_CONTACTS = Finding(
    RequirementId.CONTACTS, Verdict.SKIPPED, 8, 0, "", "outside the scope of this log"
)
_DESIGN = Finding(
    RequirementId.DESIGN,
    Verdict.SKIPPED,
    1,
    0,
    "",
    "not required on the software-engineering track",
)
_SMALL_SCOPE = JudgedBy((RequirementId.CONTRIBUTIONS, RequirementId.BLOG))

MET = Report(
    _ALICE,
    _WEEK,
    Verdict.MET,
    (_CONTRIBUTIONS, _BLOG, _CONTACTS, _DESIGN),
    _SMALL_SCOPE,
    _CHECKED,
    "0.1.0",
)

_NO_POST = replace(_BLOG, verdict=Verdict.UNMET, count=0, reason="0 posts, 1 needed", evidence=())
UNMET = replace(
    MET,
    verdict=Verdict.UNMET,
    requirements=(
        _CONTRIBUTIONS,
        replace(
            _NO_POST,
            left_out=(LeftOut("Parsers, part two", "dated in the future (2027-11-19)"),),
        ),
        _CONTACTS,
        _DESIGN,
    ),
)

_REFUSED = replace(
    _NO_POST,
    verdict=Verdict.UNKNOWN,
    reason=(
        "0 posts, 1 needed; https://alice.example/feed.xml: the server refused to answer (403) "
        "(ask the host to let GitHub's runners in, or name another feed under blog.urls)"
    ),
)
UNKNOWN = replace(
    MET,
    verdict=Verdict.UNKNOWN,
    requirements=(
        replace(_CONTRIBUTIONS, minimum=3, reason="7 public contributions, 3 needed"),
        _REFUSED,
        replace(
            _CONTACTS,
            verdict=Verdict.UNKNOWN,
            reason="No tracker is configured. Put it into a secret, and set"
            " contacts.tracker to env:CSC_CONTACTS",
        ),
        _DESIGN,
    ),
    judged_by=_FULL_SCOPE,
)

_BREAK = "paused from 2026-12-21 to 2027-01-03: winter break"
PAUSED = replace(
    MET,
    week=WeekSpan(date(2026, 12, 28), date(2027, 1, 3), "2026-W53", WeekState.FINAL),
    verdict=Verdict.SKIPPED,
    requirements=(
        *(
            Finding(id_, Verdict.SKIPPED, minimum, 0, "", _BREAK)
            for id_, minimum in ((RequirementId.CONTRIBUTIONS, 5), (RequirementId.BLOG, 1))
        ),
        _CONTACTS,
        _DESIGN,
    ),
    checked_at=datetime(2027, 1, 5, 6, 0, tzinfo=UTC),
)

DESIGNER = Report(
    _DORA,
    WeekSpan(date(2026, 11, 30), date(2026, 12, 6), "2026-W49", WeekState.FINAL),
    Verdict.UNMET,
    (
        Finding(
            RequirementId.CONTRIBUTIONS,
            Verdict.SKIPPED,
            5,
            0,
            "",
            "not required on the design track",
        ),
        replace(
            _BLOG,
            evidence=(
                Counted("post", "https://dora.example/grids", "2026-12-02", "Grids, für immer"),
            ),
        ),
        Finding(RequirementId.CONTACTS, Verdict.UNMET, 8, 6, "tracker", "6 contacts, 8 needed"),
        Finding(
            RequirementId.DESIGN,
            Verdict.MET,
            1,
            1,
            "activities",
            "1 design activity, 1 needed",
            (
                Counted(
                    "other",
                    "https://designchallenge.xyz/c/17",
                    "2026-12-04",
                    "Design challenge: a ticket machine",
                ),
            ),
        ),
    ),
    JudgedBy(Track.DESIGN.requirements),
    datetime(2026, 12, 8, 6, 0, tzinfo=UTC),
    "0.1.0",
)

OPEN = replace(
    MET,
    week=WeekSpan(date(2026, 11, 23), date(2026, 11, 29), "2026-W48", WeekState.OPEN),
    verdict=Verdict.UNKNOWN,
    requirements=(
        replace(
            _CONTRIBUTIONS,
            verdict=Verdict.UNKNOWN,
            count=3,
            commits=3,
            contributions=3,
            reason="3 public contributions, 5 needed; the week is not over until 2026-11-29",
            evidence=_CONTRIBUTIONS.evidence[:1],
            left_out=(),
            notes=(),
        ),
        replace(
            _NO_POST,
            verdict=Verdict.UNKNOWN,
            reason="0 posts, 1 needed; the week is not over until 2026-11-29",
        ),
        _CONTACTS,
        _DESIGN,
    ),
)

HEALED = replace(
    MET,
    week=WeekSpan(date(2026, 11, 9), date(2026, 11, 15), "2026-W46", WeekState.FINAL),
    checked_at=datetime(2026, 12, 1, 6, 0, tzinfo=UTC),
    revisions=(
        Revision(
            datetime(2026, 11, 17, 6, 0, tzinfo=UTC),
            "0.1.0",
            Verdict.UNKNOWN,
            (_REFUSED,),
            "evidence for blog surfaced later",
        ),
    ),
)

CASES = {
    "met": MET,
    "unmet": UNMET,
    "unknown": UNKNOWN,
    "paused": PAUSED,
    "designer": DESIGNER,
    "open": OPEN,
}
"""The situations by name; golden files are named after them."""

LOG = (HEALED, UNMET, replace(UNKNOWN, week=replace(OPEN.week, state=WeekState.FINAL)), PAUSED)
"""A log of four weeks, oldest first."""


def long_log(weeks: int) -> tuple[Report, ...]:
    """A log of many weeks of the met student's, oldest first."""
    return tuple(
        replace(
            MET,
            week=replace(
                _WEEK,
                start=_WEEK.start + timedelta(weeks=number),
                end=_WEEK.end + timedelta(weeks=number),
                iso=f"W{number}",
            ),
        )
        for number in range(weeks)
    )


def with_reasons(report: Report, reason: str) -> Report:
    """The report with another reason in each of its findings."""
    findings = tuple(replace(finding, reason=reason) for finding in report.requirements)
    return replace(report, requirements=findings)
