"""A student for each rule of counting, and beside each, by hand, what is right.

All of it happens in one week unless said otherwise: Monday 2026-11-16 to Sunday 2026-11-22.
"""

from __future__ import annotations

from typing import Final

from csc_verify.demo.contributor import (
    FIVE,
    FOUR,
    MET,
    OLD_MAIN,
    UNKNOWN,
    UNMET,
    WEEK,
    Contributor,
    at,
    commits,
    student,
)
from csc_verify.demo.counting_commits import commit_rules, day_rules
from csc_verify.demo.student import (
    DemoRepository,
    DiscussionStarted,
    IssueOpened,
    PullRequestOpened,
    RepositoryCreated,
    ReviewGiven,
)

__all__ = ["CONTRIBUTORS", "WEEK", "Contributor"]


def _private(login: str) -> DemoRepository:
    return DemoRepository(f"{login}/secret", private=True)


def _place_rules() -> tuple[Contributor, ...]:
    return (
        Contributor(
            student(
                "sven", 19, *commits("sven/site", (16, 17, 18)),
                *commits("sven/secret", (*FIVE, 22)), more=(_private("sven"),), shares=True,
            ),
            "Private work that the profile shows as a number doesn't count.",
            3, 3, UNKNOWN,
        ),
        Contributor(
            student(
                "tess", 20, *commits("tess/site", (16, 17, 18)),
                *commits("tess/secret", (*FIVE, 22)), more=(_private("tess"),),
            ),
            "Private work that the profile doesn't show doesn't count either.",
            3, 3, UNMET,
        ),
        Contributor(
            student(
                "udo", 21, *commits("udo/site", FIVE), *commits("udo/secret", FIVE),
                more=(_private("udo"),),
            ),
            "Private work beside enough public work changes nothing.",
            5, 5, MET,
        ),
        Contributor(
            student(
                "vera", 22, *commits("aid/tool", FIVE), more=(DemoRepository("aid/tool"),)
            ),
            "Commits in a repository that one has nothing to do with don't count.",
            0, 0, UNMET,
        ),
        Contributor(
            student(
                "walt", 23, *commits("bee/tool", FIVE),
                IssueOpened("bee/tool", OLD_MAIN, "It stops", 3),
                more=(DemoRepository("bee/tool"),),
            ),
            "They do once one has opened an issue or pull request there.",
            5, 5, UNKNOWN,
        ),
        Contributor(
            student(
                "xena", 24, *commits("cat/tool", FIVE),
                more=(
                    DemoRepository("cat/tool"),
                    DemoRepository("xena/tool", fork=True, parent="cat/tool"),
                ),
            ),
            "They do once one has forked it.",
            5, 5, UNKNOWN,
        ),
        Contributor(
            student(
                "yann", 25, *commits("dog/tool", FIVE),
                more=(DemoRepository("dog/tool", members=frozenset({"yann"})),),
            ),
            "They do for a collaborator or member.",
            5, 5, UNKNOWN,
        ),
        Contributor(
            student("ZoeQ", 26, *commits("ZoeQ/site", FIVE)),
            "A login is the same in any case.",
            5, 5, MET,
        ),
        Contributor(
            student(
                "abel", 27,
                *(
                    commit
                    for number in range(130)
                    for commit in commits(
                        f"abel/r{number}", (16 + number % 2,), content=f"{number}\n"
                    )
                ),
                more=tuple(
                    DemoRepository(f"abel/r{number}", private=number in {0, 1, 2})
                    for number in range(130)
                ),
                shares=True,
            ),
            "More repositories than a list of GitHub's holds are all counted, less 3 private ones.",
            127, 127, MET,
        ),
    )  # fmt: skip


def _kind_rules() -> tuple[Contributor, ...]:
    tool = (DemoRepository("elk/tool"),)
    return (
        Contributor(
            student(
                "bree", 28, *commits("bree/site", FOUR),
                IssueOpened("elk/tool", at(20), "It is slow", 11), more=tool,
            ),
            "An issue counts.",
            5, 4, UNKNOWN,
        ),
        Contributor(
            student(
                "cora", 29, *commits("cora/site", FOUR),
                PullRequestOpened("elk/tool", at(20), "Make it fast", 12), more=tool,
            ),
            "A pull request counts.",
            5, 4, UNKNOWN,
        ),
        Contributor(
            student(
                "dave", 30, *commits("dave/site", FOUR),
                ReviewGiven("elk/tool", at(20), "Make it fast", 12), more=tool,
            ),
            "A review counts.",
            5, 4, UNKNOWN,
        ),
        Contributor(
            student(
                "elsa", 31,
                *(
                    ReviewGiven("elk/tool", at(day), "Make it fast", 12)
                    for day in (16, 16, 17, 18, 19)
                ),
                more=tool,
            ),
            "Several reviews of one pull request count each.",
            5, 0, UNKNOWN,
        ),
        Contributor(
            student(
                "fred", 32, *commits("fred/site", FOUR),
                DiscussionStarted("elk/tool", at(20), "Which index?", 13), more=tool,
            ),
            "A discussion counts, though no list of GitHub's holds it.",
            5, 4, UNKNOWN,
        ),
        Contributor(
            student(
                "gwen", 33, *commits("gwen/site", FOUR),
                RepositoryCreated("gwen/new", at(20)), more=(DemoRepository("gwen/new"),),
            ),
            "A new repository counts.",
            5, 4, UNKNOWN,
        ),
        Contributor(
            student(
                "hans", 34,
                *(RepositoryCreated(f"hans/f{n}", at(16 + n)) for n in range(5)),
                more=tuple(
                    DemoRepository(f"hans/f{n}", fork=True, parent=f"fox/f{n}") for n in range(5)
                ),
            ),
            "Forking counts, though what is committed to the fork doesn't.",
            5, 0, UNKNOWN,
        ),
        Contributor(
            student(
                "iris", 35, *commits("iris/site", FOUR),
                IssueOpened("iris/tool", at(20), "To do", 1),
                more=(DemoRepository("iris/tool", fork=True, parent="elk/tool"),),
            ),
            "An issue in a fork doesn't count.",
            4, 4, UNMET,
        ),
        Contributor(
            student(
                "jack", 36,
                *(
                    IssueOpened("jack/site", at(16 + n % 7), f"Issue {n}", n)
                    for n in range(1, 121)
                ),
            ),
            "More issues than a page of GitHub's holds are all counted.",
            120, 0, UNKNOWN,
        ),
    )  # fmt: skip


CONTRIBUTORS: Final = (*commit_rules(), *day_rules(), *_place_rules(), *_kind_rules())
"""Everybody."""
