"""A made-up cohort of any size, the same each time: for pictures, tests and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from csc_verify.ledger import overall
from csc_verify.model import (
    DEFAULT_MINIMUMS,
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
from csc_verify.overview import Checked, Overview, Person, StudentRow, Trouble
from csc_verify.week import WeekState

LAST: Final = date(2026, 11, 16)
"""First day of the week that the sample is about."""

_NAMES: Final = (
    *("Alice Nguyen", "Bob Okafor", "Chloé Martin", "Dora Weiss", "Emre Yildiz", "Fatima Haddad"),
    *("Grace Kim", "Hugo Álvarez", "Ines Costa", "Jonas Berg", "Kenji Sato", "Leila Rahimi"),
    *("Mateo Rossi", "Nadia Petrova", "Omar Farouk", "Priya Iyer", "Quinn Murphy", "Rosa Jiménez"),
    *("Sven Lund", "Tara Singh", "Umar Aziz", "Vera Novak", "Wei Zhang", "Yara Cohen"),
)
_COHORTS: Final = ("Spring 2026", "Summer 2026", "Autumn 2026")
_COACHES: Final = ("Hannah", "Marcus", "Ravi")
_TITLES: Final = ("Why I write parsers by hand", "What a week of tests taught me", "Grids, again")
_REFUSED: Final = (
    "0 posts, 1 needed; https://{login}.example/feed.xml: the server refused to answer (403)"
    " (ask the host to let GitHub's runners in, or name another feed under blog.urls)"
)
# What becomes of a student's weeks, the last letters first looked at: met, unmet (blog), contacts
# unmet, unknown (blog), paused, not checked.
_STORIES: Final = (
    *("mmmmmmmm", "mmmmmmmm", "mmummmmm", "mmmmmmuu", "m?mmmmm?", "mmmmmmpp", "mcmmmmmm"),
    *("mmmmmmmc", "mmmmmmmm", ".mmmmmmm", "mmmm??mm", "mmmmmmmm"),
)


def cohort(number: int = 24, weeks: int = 8) -> Overview:
    """A cohort's week, with the weeks before it.

    Args:
        number: How many students.
        weeks: How many weeks of each.
    """
    starts = tuple(LAST - timedelta(weeks=back) for back in reversed(range(weeks)))
    return Overview(
        week=_span(LAST),
        weeks=starts,
        rows=tuple(_row(n, starts) for n in range(number)),
        at=datetime(2026, 11, 24, 6, 0, tzinfo=UTC),
    )


def _row(n: int, starts: tuple[date, ...]) -> StudentRow:
    given = _NAMES[n % len(_NAMES)]
    round_ = n // len(_NAMES)
    login = given.split()[0].lower().replace("é", "e") + (f"-{round_}" if round_ else "")
    person = Person(
        n + 2,
        login,
        f"{given} {round_}" if round_ else given,
        _COHORTS[n % len(_COHORTS)],
        _COACHES[n // 3 % len(_COACHES)],
        f"{login}/{login}",
    )
    if n % 24 == 14:  # noqa: PLR2004  one in every round of names
        trouble = Trouble("GitHub has no account with this login", "See how it is spelled")
        return StudentRow(person, trouble=trouble)
    story = _STORIES[(n + round_ * 5) % len(_STORIES)]
    track = Track.DESIGN if n % 6 == 3 else Track.SOFTWARE_ENGINEERING  # noqa: PLR2004
    student = Student(login, 1000 + n, track, "Europe/Berlin")
    letters = (story * (len(starts) // len(story) + 1))[-len(starts) :]
    reports = tuple(
        _report(student, letter, start, n + at)
        for at, (letter, start) in enumerate(zip(letters, starts, strict=True))
        if letter != "."
    )
    row = StudentRow(person, reports)
    match n % 24:
        case 8:
            row = replace(row, reports=reports[:-1], newest=LAST - timedelta(weeks=3))
        case 11:
            said = "blog: the log says met, and the post that it names is dated 2026-11-03"
            row = replace(row, checked=Checked.PUBLISHED, contradictions=(said,), newest=LAST)
        case 17:
            row = replace(row, reports=(*reports[:-1], _confirmed(reports[-1])))
        case _:
            pass
    return row


def _confirmed(report: Report) -> Report:
    contacts = Finding(
        RequirementId.CONTACTS, Verdict.MET, 8, 8, "person", "Hannah saw the tracker on 23 Nov"
    )
    findings = tuple(contacts if f.id is contacts.id else f for f in report.requirements)
    return replace(report, requirements=findings, verdict=overall(findings))


def _report(student: Student, letter: str, start: date, seed: int) -> Report:
    findings = tuple(_finding(id_, student, letter, start, seed) for id_ in RequirementId)
    checked = datetime(start.year, start.month, start.day, 6, tzinfo=UTC) + timedelta(days=8)
    revisions: tuple[Revision, ...] = ()
    if seed % 9 == 4:  # noqa: PLR2004  now and then
        before = replace(findings[1], verdict=Verdict.UNKNOWN, reason="the feed did not answer")
        why = "evidence for blog surfaced later"
        revisions = (Revision(checked, "0.1.0", Verdict.UNKNOWN, (before,), why),)
    return Report(
        student,
        _span(start),
        overall(findings),
        findings,
        JudgedBy(student.track.requirements),
        checked,
        "0.1.0",
        revisions,
    )


def _finding(id_: RequirementId, student: Student, letter: str, start: date, seed: int) -> Finding:
    minimum, login = DEFAULT_MINIMUMS[id_], student.github
    skipped = Finding(id_, Verdict.SKIPPED, minimum, 0, "", f"not required on the {student.track}")
    if id_ not in student.track.requirements:
        return replace(skipped, reason=f"not required on the {student.track} track")
    if letter == "p":
        return replace(skipped, reason="paused from 2026-11-09 to 2026-11-22: family")
    match id_:
        case RequirementId.CONTRIBUTIONS:
            return _contributions(login, start, seed)
        case RequirementId.BLOG:
            return _blog(login, letter, start, seed)
        case RequirementId.CONTACTS:
            short = letter == "c"
            count = 3 if short else 8 + seed % 4
            verdict = Verdict.UNMET if short else Verdict.MET
            digests = tuple(
                Counted("contact", "", "", "", digest=f"{seed * 97 + k:064x}") for k in range(count)
            )
            return Finding(
                id_, verdict, minimum, count, "tracker", f"{count} contacts, 8 needed", digests
            )
        case RequirementId.DESIGN:
            item = Counted(
                "design-challenge",
                f"https://designchallenge.example/c/{seed}",
                str(start + timedelta(days=3)),
                "A ticket machine",
            )
            reason = "1 design activity, 1 needed"
            return Finding(id_, Verdict.MET, minimum, 1, "activities", reason, (item,))


def _contributions(login: str, start: date, seed: int) -> Finding:
    items = tuple(
        Counted(
            "commit",
            f"https://github.com/{login}/parser/commits?since={start + timedelta(days=day)}",
            str(start + timedelta(days=day)),
            f"{login}/parser",
            1 + (seed + day) % 4,
        )
        for day in range(0, 6, 2)
    )
    pull = Counted(
        "pull-request",
        f"https://github.com/octo/cli/pull/{seed}",
        f"{start + timedelta(days=2)}T21:04:11+01:00",
        "Close the file before deleting it",
    )
    count = sum(item.count for item in items) + 1
    fork = LeftOut(
        f"2 commits in {login}/fork-of-x",
        "a commit in a fork counts once its pull request is merged",
        "Open a pull request upstream",
    )
    verdict = Verdict.MET if count >= 5 else Verdict.UNMET  # noqa: PLR2004  the minimum
    return Finding(
        RequirementId.CONTRIBUTIONS,
        verdict,
        5,
        count,
        "github-graphql",
        f"{count} public contributions, 5 needed",
        (*items, pull),
        (fork,) if seed % 3 == 0 else (),
        ("2 of 6 commits change only README.md",) if seed % 4 == 1 else (),
        count - 1,
        count,
    )


def _blog(login: str, letter: str, start: date, seed: int) -> Finding:
    blog = RequirementId.BLOG
    if letter == "u":
        return Finding(blog, Verdict.UNMET, 1, 0, "feed", "0 posts, 1 needed")
    if letter == "?":
        return Finding(blog, Verdict.UNKNOWN, 1, 0, "feed", _REFUSED.format(login=login))
    post = Counted(
        "post",
        f"https://{login}.example/blog/{start}",
        f"{start + timedelta(days=seed % 5)}T09:30:00+01:00",
        _TITLES[seed % len(_TITLES)],
    )
    return Finding(blog, Verdict.MET, 1, 1, "feed", "1 post, 1 needed", (post,))


def _span(start: date) -> WeekSpan:
    year, week, _ = start.isocalendar()
    end = start + timedelta(days=6)
    return WeekSpan(start, end, f"{year}-W{week:02d}", WeekState.FINAL)
