"""What GitHub tells of a week, built up: answers to the queries about contributions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from csc_verify.model import CountBasis, Found, Requirement, RequirementId
from csc_verify.rules import judge
from csc_verify.sources.contributions import parse
from csc_verify.sources.contributions.history import History
from csc_verify.week import Week

if TYPE_CHECKING:
    from csc_verify.model import Evidence, Finding

SERVER = "https://github.com"
WEEK = Week(date(2026, 11, 16), ZoneInfo("America/New_York"))
SETTLED = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
DAYS = [f"2026-11-{day}" for day in range(16, 23)]
MON, TUE, WED, THU, FRI, SAT, SUN = DAYS
BOT = "github-actions[bot]"
NO_SECRETS = History({}, talks_are_public=True)
"""What is known beside the numbers, if only that no discussion is private."""
LISTS = {
    "issue": ("issueContributionsByRepository", "totalIssueContributions"),
    "pull": ("pullRequestContributionsByRepository", "totalPullRequestContributions"),
    "review": ("pullRequestReviewContributionsByRepository", "totalPullRequestReviewContributions"),
}


def place(name: str, *, private: bool = False) -> dict[str, Any]:
    url = f"{SERVER}/{name}"
    return {"id": f"R_{name}", "nameWithOwner": name, "url": url, "isPrivate": private}


def at(day: str) -> str:
    # GitHub writes midnight Pacific for commits.
    return f"{day}T08:00:00Z"


@dataclass
class Told:
    """What GitHub tells; whatever is added is in the calendar too, unless said otherwise."""

    viewer: str = BOT
    restricted: int = 0
    days: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DAYS, 0))
    totals: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(["commit", *LISTS, "repository"], 0)
    )
    lists: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {key: [] for key in ("commit", *LISTS, "repository")}
    )

    def commits(self, name: str, per_day: dict[str, int], *, private: bool = False) -> Told:
        nodes = [{"occurredAt": at(day), "commitCount": n} for day, n in per_day.items()]
        total = sum(per_day.values())
        self._list("commit", name, nodes, total, private=private)
        for day, n in per_day.items():
            self.days[day] = self.days.get(day, 0) + n
        return self

    def numbered(
        self, kind: str, name: str, day: str, number: int = 1, *, private: bool = False
    ) -> Told:
        page = {"url": f"{SERVER}/{name}/{kind}/{number}", "title": f"{kind} {number}"}
        node: dict[str, Any] = {"occurredAt": f"{day}T21:00:00Z"}
        if kind == "issue":
            node["issue"] = page
        else:
            node["pullRequest"] = page
        if kind == "review":
            url = f"{SERVER}/{name}/pull/{number}#pullrequestreview-{number}"
            node |= {"pullRequestReview": {"url": url}, "pullRequest": {"title": page["title"]}}
        self._list(kind, name, [node], 1, private=private)
        self.days[day] += 1
        return self

    def created(self, name: str, day: str, *, private: bool = False, fork: bool = False) -> Told:
        about = {**place(name, private=private), "isFork": fork}
        self.lists["repository"].append({"occurredAt": at(day), "repository": about})
        self.totals["repository"] += 1
        self.days[day] += 1
        return self

    def _list(
        self, kind: str, name: str, nodes: list[dict[str, Any]], total: int, *, private: bool
    ) -> None:
        entry = {
            "repository": place(name, private=private),
            "contributions": {"totalCount": total, "nodes": nodes},
        }
        self.lists[kind].append(entry)
        self.totals[kind] += total

    @property
    def data(self) -> dict[str, Any]:
        squares = [{"date": day, "contributionCount": n} for day, n in self.days.items()]
        collection = {
            "restrictedContributionsCount": self.restricted,
            "totalCommitContributions": self.totals["commit"],
            "contributionCalendar": {"weeks": [{"contributionDays": squares}]},
            "commitContributionsByRepository": self.lists["commit"],
            "repositoryContributions": {
                "totalCount": self.totals["repository"],
                "nodes": self.lists["repository"],
            },
        }
        for kind, (list_, total) in LISTS.items():
            collection |= {list_: self.lists[kind], total: self.totals[kind]}
        user = {"id": "U_1", "login": "alice", "databaseId": 583231}
        whole = {**user, "contributionsCollection": collection}
        return {"viewer": {"login": self.viewer}, "user": whole}

    @property
    def found(self) -> Found:
        found = parse(self.data, "alice", WEEK, SERVER, NO_SECRETS)
        assert isinstance(found, Found), found
        return found

    def judged(self, minimum: int = 5, count: CountBasis = CountBasis.CONTRIBUTIONS) -> Finding:
        return judged(self.found, minimum, count)


def judged(
    evidence: Evidence, minimum: int = 5, count: CountBasis = CountBasis.CONTRIBUTIONS
) -> Finding:
    requirement = Requirement(RequirementId.CONTRIBUTIONS, minimum, count=count)
    return judge(requirement, (evidence,), WEEK, SETTLED)


def summary(found: Found) -> list[tuple[str, str, int]]:
    return [
        (item.kind.value, item.at.iso if item.at else "", item.count)
        for item in found.items
        if item.doubt is None
    ]


def certain(found: Found) -> int:
    return sum(item.count for item in found.items if item.doubt is None)


def doubtful(found: Found) -> int:
    return sum(item.count for item in found.items if item.doubt is not None)
