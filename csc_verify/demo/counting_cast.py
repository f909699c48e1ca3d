"""A student for each rule of counting, and beside each, by hand, what is right.

All of it happens in one week unless said otherwise: Monday 2026-11-16 to Sunday 2026-11-22.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from csc_verify.demo.github_hub import BOT
from csc_verify.demo.student import (
    Author,
    CommitMade,
    Contribution,
    DemoRepository,
    DemoStudent,
    DiscussionStarted,
    IssueOpened,
    PullRequestOpened,
    RepositoryCreated,
    ReviewGiven,
)

WEEK: Final = date(2026, 11, 16)
"""First day of the week that the students are asked about."""

_JOINED: Final = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
_MET, _UNMET, _UNKNOWN = "met", "unmet", "unknown"


@dataclass(frozen=True, slots=True)
class Contributor:
    """A student, a rule, and what it makes of their week.

    Attributes:
        student: The student.
        rule: The rule, in one sentence.
        count: Public contributions of the week.
        commits: How many of them are commits.
        page: The verdict that can be known without a token, if five are needed.
        week: First day of the week.
    """

    student: DemoStudent
    rule: str
    count: int
    commits: int
    page: str
    week: date = WEEK


def _at(day: int, clock: str = "12:00:00+00:00", month: int = 11) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}")


def _commits(
    repository: str,
    days: tuple[int, ...],
    clock: str = "12:00:00+00:00",
    **more: Any,  # noqa: ANN401  further fields of CommitMade
) -> tuple[CommitMade, ...]:
    """A commit on each day; days that are named twice get two, a minute apart."""
    return tuple(
        CommitMade(
            repository,
            _at(day, clock) + timedelta(minutes=number),
            f"Add part {number + 1}",
            f"part-{number + 1}.txt",
            **more,
        )
        for number, day in enumerate(days)
    )


def _student(
    login: str,
    number: int,
    *contributions: Contribution,
    more: tuple[DemoRepository, ...] = (),
    shares: bool = False,
    emails: tuple[str, ...] = (),
) -> DemoStudent:
    """A student with a profile repository, one called ``site``, and more."""
    return DemoStudent(
        login=login,
        id=700_000 + number,
        name=login.title(),
        situation="counts by a rule",
        configuration=f"github: {login}\nscope: [contributions]\n",
        joined=_JOINED,
        repositories=(DemoRepository(f"{login}/{login}"), DemoRepository(f"{login}/site"), *more),
        contributions=contributions,
        shares_private_counts=shares,
        emails=emails,
    )


_FIVE = (16, 17, 18, 19, 22)
_FOUR = (16, 17, 18, 19)
_OLD_MAIN = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
_WORK = Author("At Work", "me@work.example")
_ROBOT = Author(BOT.name, BOT.email)
_BUMPER = Author("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")


def _commit_rules() -> tuple[Contributor, ...]:
    return (
        Contributor(
            _student("ada", 1, *_commits("ada/site", (*_FIVE, 22))),
            "Commits on the default branch of a repository of one's own count.",
            6, 6, _MET,
        ),
        Contributor(
            _student("ben", 2, *_commits("ben/site", _FOUR)),
            "Four are one too few.",
            4, 4, _UNMET,
        ),
        Contributor(
            _student("cleo", 3, *_commits("cleo/site", _FIVE)),
            "Five are enough.",
            5, 5, _MET,
        ),
        Contributor(
            _student("dora", 4),
            "Nothing is nothing.",
            0, 0, _UNMET,
        ),
        Contributor(
            _student(
                "eve", 5, *_commits("eve/site", (16, 17)), *_commits("eve/flask", _FIVE),
                more=(DemoRepository("eve/flask", fork=True, parent="palette/flask"),),
            ),
            "Commits in a fork don't count.",
            2, 2, _UNMET,
        ),
        Contributor(
            _student(
                "finn", 6,
                CommitMade("finn/site", _OLD_MAIN, "Begin"),
                *_commits("finn/site", (16, 17)),
                *_commits("finn/site", _FOUR, "18:00:00+00:00", branch="search"),
            ),
            "Commits on another branch don't count.",
            2, 2, _UNMET,
        ),
        Contributor(
            _student(
                "gita", 7,
                CommitMade("gita/site", _OLD_MAIN, "Begin"),
                *_commits("gita/site", _FIVE, branch="gh-pages"),
            ),
            "Commits on gh-pages count; the public search doesn't look there.",
            5, 5, _UNKNOWN,
        ),
        Contributor(
            _student("hugo", 8, *_commits("hugo/site", _FIVE, who=_WORK)),
            "Commits under an address that no account has don't count.",
            0, 0, _UNMET,
        ),
        Contributor(
            _student(
                "ines", 9, *_commits("ines/site", _FIVE, who=Author("Ines", "ines@home.example")),
                emails=("ines@home.example",),
            ),
            "Commits under a further address of the account count.",
            5, 5, _MET,
        ),
        Contributor(
            _student(
                "jo", 10, *_commits("jo/site", _FOUR),
                *(
                    CommitMade("jo/jo", _at(day), "Log the week of 2026-11-09: met", who=_ROBOT)
                    for day in _FIVE
                ),
            ),
            "What the Action commits never counts.",
            4, 4, _UNMET,
        ),
        Contributor(
            _student(
                "kim", 11, *_commits("kim/site", _FIVE),
                *_commits("kim/site", _FIVE, "20:00:00+00:00", who=_BUMPER),
            ),
            "What other bots commit counts for nobody, beside one's own that do.",
            5, 5, _MET,
        ),
        Contributor(
            _student("lena", 12, *_commits("lena/site", _FIVE, content="")),
            "Commits that change nothing count, and are told.",
            5, 5, _MET,
        ),
    )  # fmt: skip


def _day_rules() -> tuple[Contributor, ...]:
    late = _at(23, "09:00:00+00:00")
    return (
        Contributor(
            _student("mara", 13, *_commits("mara/site", _FIVE, committed=late)),
            "The author's date decides: a rebase after the week takes nothing away.",
            5, 5, _MET,
        ),
        Contributor(
            _student(
                "nils", 14, *_commits("nils/site", (13,) * 5, committed=_at(17)),
                *_commits("nils/site", (18,)),
            ),
            "The author's date decides: old commits pushed in the week stay old.",
            1, 1, _UNMET,
        ),
        Contributor(
            _student("olga", 15, *_commits("olga/site", (22,) * 5, "23:30:00-08:00")),
            "Sunday 23:30 on the west coast is Sunday, though it is Monday in UTC.",
            5, 5, _MET,
        ),
        Contributor(
            _student("paul", 16, *_commits("paul/site", (16,) * 5, "00:10:00+13:00")),
            "Monday 00:10 in Auckland is Monday, though it is Sunday in UTC.",
            5, 5, _MET,
        ),
        Contributor(
            _student("quin", 17, *_commits("quin/site", (15,) * 5, "23:30:00-08:00")),
            "The Sunday before is the Sunday before, though it is Monday in UTC.",
            0, 0, _UNMET,
        ),
        Contributor(
            _student(
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
            5, 5, _MET, date(2025, 12, 29),
        ),
    )  # fmt: skip


def _private(login: str) -> DemoRepository:
    return DemoRepository(f"{login}/secret", private=True)


def _place_rules() -> tuple[Contributor, ...]:
    return (
        Contributor(
            _student(
                "sven", 19, *_commits("sven/site", (16, 17, 18)),
                *_commits("sven/secret", (*_FIVE, 22)), more=(_private("sven"),), shares=True,
            ),
            "Private work that the profile shows as a number doesn't count.",
            3, 3, _UNKNOWN,
        ),
        Contributor(
            _student(
                "tess", 20, *_commits("tess/site", (16, 17, 18)),
                *_commits("tess/secret", (*_FIVE, 22)), more=(_private("tess"),),
            ),
            "Private work that the profile doesn't show doesn't count either.",
            3, 3, _UNMET,
        ),
        Contributor(
            _student(
                "udo", 21, *_commits("udo/site", _FIVE), *_commits("udo/secret", _FIVE),
                more=(_private("udo"),),
            ),
            "Private work beside enough public work changes nothing.",
            5, 5, _MET,
        ),
        Contributor(
            _student(
                "vera", 22, *_commits("aid/tool", _FIVE), more=(DemoRepository("aid/tool"),)
            ),
            "Commits in a repository that one has nothing to do with don't count.",
            0, 0, _UNMET,
        ),
        Contributor(
            _student(
                "walt", 23, *_commits("bee/tool", _FIVE),
                IssueOpened("bee/tool", _OLD_MAIN, "It stops", 3),
                more=(DemoRepository("bee/tool"),),
            ),
            "They do once one has opened an issue or pull request there.",
            5, 5, _UNKNOWN,
        ),
        Contributor(
            _student(
                "xena", 24, *_commits("cat/tool", _FIVE),
                more=(
                    DemoRepository("cat/tool"),
                    DemoRepository("xena/tool", fork=True, parent="cat/tool"),
                ),
            ),
            "They do once one has forked it.",
            5, 5, _UNKNOWN,
        ),
        Contributor(
            _student(
                "yann", 25, *_commits("dog/tool", _FIVE),
                more=(DemoRepository("dog/tool", members=frozenset({"yann"})),),
            ),
            "They do for a collaborator or member.",
            5, 5, _UNKNOWN,
        ),
        Contributor(
            _student("ZoeQ", 26, *_commits("ZoeQ/site", _FIVE)),
            "A login is the same in any case.",
            5, 5, _MET,
        ),
        Contributor(
            _student(
                "abel", 27,
                *(
                    commit
                    for number in range(130)
                    for commit in _commits(
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
            127, 127, _MET,
        ),
    )  # fmt: skip


def _kind_rules() -> tuple[Contributor, ...]:
    tool = (DemoRepository("elk/tool"),)
    return (
        Contributor(
            _student(
                "bree", 28, *_commits("bree/site", _FOUR),
                IssueOpened("elk/tool", _at(20), "It is slow", 11), more=tool,
            ),
            "An issue counts.",
            5, 4, _UNKNOWN,
        ),
        Contributor(
            _student(
                "cora", 29, *_commits("cora/site", _FOUR),
                PullRequestOpened("elk/tool", _at(20), "Make it fast", 12), more=tool,
            ),
            "A pull request counts.",
            5, 4, _UNKNOWN,
        ),
        Contributor(
            _student(
                "dave", 30, *_commits("dave/site", _FOUR),
                ReviewGiven("elk/tool", _at(20), "Make it fast", 12), more=tool,
            ),
            "A review counts.",
            5, 4, _UNKNOWN,
        ),
        Contributor(
            _student(
                "elsa", 31,
                *(
                    ReviewGiven("elk/tool", _at(day), "Make it fast", 12)
                    for day in (16, 16, 17, 18, 19)
                ),
                more=tool,
            ),
            "Several reviews of one pull request count each.",
            5, 0, _UNKNOWN,
        ),
        Contributor(
            _student(
                "fred", 32, *_commits("fred/site", _FOUR),
                DiscussionStarted("elk/tool", _at(20), "Which index?", 13), more=tool,
            ),
            "A discussion counts, though no list of GitHub's holds it.",
            5, 4, _UNKNOWN,
        ),
        Contributor(
            _student(
                "gwen", 33, *_commits("gwen/site", _FOUR),
                RepositoryCreated("gwen/new", _at(20)), more=(DemoRepository("gwen/new"),),
            ),
            "A new repository counts.",
            5, 4, _UNKNOWN,
        ),
        Contributor(
            _student(
                "hans", 34,
                *(RepositoryCreated(f"hans/f{n}", _at(16 + n)) for n in range(5)),
                more=tuple(
                    DemoRepository(f"hans/f{n}", fork=True, parent=f"fox/f{n}") for n in range(5)
                ),
            ),
            "Forking counts, though what is committed to the fork doesn't.",
            5, 0, _UNKNOWN,
        ),
        Contributor(
            _student(
                "iris", 35, *_commits("iris/site", _FOUR),
                IssueOpened("iris/tool", _at(20), "To do", 1),
                more=(DemoRepository("iris/tool", fork=True, parent="elk/tool"),),
            ),
            "An issue in a fork doesn't count.",
            4, 4, _UNMET,
        ),
        Contributor(
            _student(
                "jack", 36,
                *(
                    IssueOpened("jack/site", _at(16 + n % 7), f"Issue {n}", n)
                    for n in range(1, 121)
                ),
            ),
            "More issues than a page of GitHub's holds are all counted.",
            120, 0, _UNKNOWN,
        ),
    )  # fmt: skip


CONTRIBUTORS: Final = (*_commit_rules(), *_day_rules(), *_place_rules(), *_kind_rules())
"""Everybody."""
