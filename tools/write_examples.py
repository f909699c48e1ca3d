"""Writes the table of examples in docs/what-counts.md: what the program says of each student.

The students and the rules are the embedded world's; the numbers are the program's own answers.
tests/test_counting.py holds them to what is right, tests/test_docs.py the table to both.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from csc_verify.config import config_from_options
from csc_verify.demo.cast import NOW
from csc_verify.demo.counting_cast import CONTRIBUTORS, Contributor
from csc_verify.demo.world import World
from csc_verify.fetch import HttpFetcher
from csc_verify.github import GitHub
from csc_verify.model import RequirementId
from csc_verify.verify import Sources, verify_week
from csc_verify.week import Week

if TYPE_CHECKING:
    from csc_verify.model import Finding

PAGE = Path(__file__).parents[1] / "docs" / "what-counts.md"
START, END = "<!-- examples:start -->", "<!-- examples:end -->"
HEAD = "| the rule | counted | commits | without a token |\n| --- | --- | --- | --- |\n"


def row(rule: str, count: int, commits: int, page: str) -> str:
    """A line of the table."""
    return f"| {rule} | {count} | {commits} | {page} |\n"


def _asked(world: World, contributor: Contributor, token: str | None) -> Finding:
    login, week = contributor.student.login, Week(contributor.week, ZoneInfo("UTC"))
    config = config_from_options(github=login, blog=(), track=None, timezone="UTC")
    github = GitHub(token, world.github_url, world.github_url)
    world.hub.forget_quotas()
    with HttpFetcher(allow_hosts=frozenset({"127.0.0.1"})) as fetcher:
        report = verify_week(config, week, NOW, Sources(github, fetcher))
    github.close()
    return report.finding(RequirementId.CONTRIBUTIONS)


def table() -> str:
    """The whole table, asked anew."""
    rows = []
    students = [contributor.student for contributor in CONTRIBUTORS]
    with tempfile.TemporaryDirectory() as folder, World.start(Path(folder), NOW, students) as world:
        for contributor in CONTRIBUTORS:
            told = _asked(world, contributor, world.token(contributor.student))
            public = _asked(world, contributor, None)
            rows.append(row(contributor.rule, told.count, told.commits or 0, public.verdict.value))
    return HEAD + "".join(rows)


def main() -> None:
    """Write it between its markers."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{table()}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
