"""Headings that coaches' sheets and GitHub Classroom write, and what each is about.

Without case, blanks and signs, as headings are compared; of those that are about one thing, the
surest first: where there are ``username`` and ``github``, the former is some other system's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Column(StrEnum):
    """What a column is about; the text is the heading that we suggest."""

    GITHUB = "github"
    REPOSITORY = "repository"
    NAME = "name"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    IDENTIFIER = "identifier"
    COHORT = "cohort"
    COACH = "coach"
    TRACK = "track"
    TIMEZONE = "timezone"
    WEEK_STARTS = "week_starts"
    SINCE = "since"
    UNTIL = "until"
    BLOG = "blog"
    AUTHOR = "blog author"
    SCOPE = "scope"
    LOGIN = "login"
    WEEK = "week"
    REQUIREMENT = "requirement"
    BY = "by"
    REASON = "reason"


_LOGIN: Final = (
    "github|githubusername|githublogin|githubhandle|githubuser|githubaccount|githubprofile"
    "|githuburl|login|logins|username|usernames|user|handle"
)
_ROSTER: Final[Mapping[Column, str]] = {
    Column.GITHUB: _LOGIN,
    Column.REPOSITORY: "repository|repo|profilerepository|profilerepo|repositories|repos",
    Column.NAME: "name|fullname|studentname|student|students|rostername",
    Column.FIRST_NAME: "firstname|givenname",
    Column.LAST_NAME: "lastname|surname|familyname",
    Column.IDENTIFIER: "identifier|rosteridentifier",
    Column.COHORT: "cohort|class|group|groupname",
    Column.COACH: "coach|mentor|advisor|adviser",
    Column.TRACK: "track",
    Column.TIMEZONE: "timezone|tz|zone",
    Column.WEEK_STARTS: "weekstarts|weekstart",
    Column.SINCE: "since|start|startdate|commitmentstart",
    Column.UNTIL: "until|end|enddate|commitmentend",
    Column.BLOG: "blog|blogurl|blogs|feed|website",
    Column.AUTHOR: "blogauthor|author",
    Column.SCOPE: "scope",
}
# Of GitHub Classroom's exports what is about one assignment: its repository is no profile. And what
# forms add by themselves.
_NOT_LOOKED_AT: Final = (
    "githubid|assignmentname|assignmenturl|startercodeurl|studentrepositoryname"
    "|studentrepositoryurl|submissiontimestamp|pointsawarded|pointsavailable"
    "|timestamp|email|emailaddress"
)
_CONFIRMATIONS: Final[Mapping[Column, str]] = {
    Column.LOGIN: _LOGIN,
    Column.WEEK: "week|weekof|day|date",
    Column.REQUIREMENT: "requirement|activity|what",
    Column.BY: "by|confirmedby|coach|who",
    Column.REASON: "reason|why|note|notes|comment",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that coaches write.

    Attributes:
        what: What it is a list of; the key of YAML below which it may stand.
        example: Headings to begin with.
        aliases: Of each column its headings, the surest first.
        unread: Headings of what nobody needs.
        may_be_list: Whether logins or repositories without headings will do.
        ranks: Of each heading its column, and how sure it is: less is surer.
    """

    what: str
    example: str
    aliases: Mapping[Column, str]
    unread: frozenset[str] = frozenset()
    may_be_list: bool = False
    ranks: Mapping[str, tuple[Column, int]] = field(init=False)

    def __post_init__(self) -> None:
        ranks = {
            alias: (column, rank)
            for column, aliases in self.aliases.items()
            for rank, alias in enumerate(aliases.split("|"))
        }
        object.__setattr__(self, "ranks", ranks)


ROSTER: Final = Kind(
    "students",
    "github, name, blog",
    _ROSTER,
    frozenset(_NOT_LOOKED_AT.split("|")),
    may_be_list=True,
)
CONFIRMATIONS: Final = Kind("confirmations", "login, week, requirement, by, reason", _CONFIRMATIONS)
