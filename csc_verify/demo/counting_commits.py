"""Students for the rules about commits and days, and beside each, by hand, what is right."""

from __future__ import annotations

from datetime import date, datetime

from csc_verify.demo.contributor import (
    FIVE,
    FOUR,
    MET,
    OLD_MAIN,
    UNKNOWN,
    UNMET,
    Contributor,
    at,
    commits,
    student,
)
from csc_verify.demo.github_hub import BOT
from csc_verify.demo.student import Author, CommitMade, DemoRepository

_WORK = Author("At Work", "me@work.example")
_ROBOT = Author(BOT.name, BOT.email)
_BUMPER = Author("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")


def commit_rules() -> tuple[Contributor, ...]:
    """Which commits count."""
    return (
        Contributor(
            student("ada", 1, *commits("ada/site", (*FIVE, 22))),
            "Commits on the default branch of a repository of one's own count.",
            6, 6, MET,
        ),
        Contributor(
            student("ben", 2, *commits("ben/site", FOUR)),
            "Four are one too few.",
            4, 4, UNMET,
        ),
        Contributor(
            student("cleo", 3, *commits("cleo/site", FIVE)),
            "Five are enough.",
            5, 5, MET,
        ),
        Contributor(
            student("dora", 4),
            "Nothing is nothing.",
            0, 0, UNMET,
        ),
        Contributor(
            student(
                "eve", 5, *commits("eve/site", (16, 17)),
                *commits("eve/flask", FIVE, content="In the fork.\n"),
                more=(DemoRepository("eve/flask", fork=True, parent="palette/flask"),),
            ),
            "Commits in a fork don't count.",
            2, 2, UNMET,
        ),
        Contributor(
            student(
                "finn", 6,
                CommitMade("finn/site", OLD_MAIN, "Begin"),
                *commits("finn/site", (16, 17)),
                *commits("finn/site", FOUR, "18:00:00+00:00", branch="search"),
            ),
            "Commits on another branch don't count.",
            2, 2, UNMET,
        ),
        Contributor(
            student(
                "gita", 7,
                CommitMade("gita/site", OLD_MAIN, "Begin"),
                *commits("gita/site", FIVE, branch="gh-pages"),
            ),
            "Commits on gh-pages count; the public search doesn't look there.",
            5, 5, UNKNOWN,
        ),
        Contributor(
            student("hugo", 8, *commits("hugo/site", FIVE, who=_WORK)),
            "Commits under an address that no account has don't count.",
            0, 0, UNMET,
        ),
        Contributor(
            student(
                "ines", 9, *commits("ines/site", FIVE, who=Author("Ines", "ines@home.example")),
                emails=("ines@home.example",),
            ),
            "Commits under a further address of the account count.",
            5, 5, MET,
        ),
        Contributor(
            student(
                "jo", 10, *commits("jo/site", FOUR),
                *(
                    CommitMade("jo/jo", at(day), "Log the week of 2026-11-09: met", who=_ROBOT)
                    for day in FIVE
                ),
            ),
            "What the Action commits never counts.",
            4, 4, UNMET,
        ),
        Contributor(
            student(
                "kim", 11, *commits("kim/site", FIVE),
                *commits("kim/site", FIVE, "20:00:00+00:00", who=_BUMPER),
            ),
            "What other bots commit counts for nobody, beside one's own that do.",
            5, 5, MET,
        ),
        Contributor(
            student("lena", 12, *commits("lena/site", FIVE, content="")),
            "Commits that change nothing count, and are told.",
            5, 5, MET,
        ),
    )  # fmt: skip


def day_rules() -> tuple[Contributor, ...]:
    """On which day a commit counts."""
    late = at(23, "09:00:00+00:00")
    return (
        Contributor(
            student("mara", 13, *commits("mara/site", FIVE, committed=late)),
            "The author's date decides: a rebase after the week takes nothing away.",
            5, 5, MET,
        ),
        Contributor(
            student(
                "nils", 14, *commits("nils/site", (13,) * 5, committed=at(17)),
                *commits("nils/site", (18,)),
            ),
            "The author's date decides: old commits pushed in the week stay old.",
            1, 1, UNMET,
        ),
        Contributor(
            student("olga", 15, *commits("olga/site", (22,) * 5, "23:30:00-08:00")),
            "Sunday 23:30 on the west coast is Sunday, though it is Monday in UTC.",
            5, 5, MET,
        ),
        Contributor(
            student("paul", 16, *commits("paul/site", (16,) * 5, "00:10:00+13:00")),
            "Monday 00:10 in Auckland is Monday, though it is Sunday in UTC.",
            5, 5, MET,
        ),
        Contributor(
            student("quin", 17, *commits("quin/site", (15,) * 5, "23:30:00-08:00")),
            "The Sunday before is the Sunday before, though it is Monday in UTC.",
            0, 0, UNMET,
        ),
        Contributor(
            student(
                "rosa", 18,
                *(
                    CommitMade("rosa/site", datetime.fromisoformat(at), f"Add part {number}")
                    for number, at in enumerate(
                        (
                            "2025-12-29T12:00:00+01:00",
                            "2025-12-31T23:59:00+01:00",
                            "2026-01-01T00:01:00+01:00",
                            "2026-01-02T12:00:00+01:00",
                            "2026-01-04T23:59:00+01:00",
                        )
                    )
                ),
            ),
            "A week over New Year is one week.",
            5, 5, MET, date(2025, 12, 29),
        ),
    )  # fmt: skip
