"""One week of one student: ask, look, judge.

::

    Config ──▶ requirements_for ──▶ collect ──▶ judge ──▶ Report
                    (rules)        (sources)   (rules)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from csc_verify.errors import UsageError
from csc_verify.ledger import overall
from csc_verify.model import (
    Claim,
    Evidence,
    Found,
    JudgedBy,
    Report,
    Requirement,
    RequirementId,
    Student,
    WeekSpan,
)
from csc_verify.rules import judge, not_supported, requirements_for
from csc_verify.sources import contributions, feed
from csc_verify.sources.feed.reader import FeedReader
from csc_verify.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from csc_verify.config import Config
    from csc_verify.fetch import Fetcher, FetchResult
    from csc_verify.github import GitHub
    from csc_verify.week import Week


@dataclass(frozen=True, slots=True)
class Sources:
    """Where evidence comes from.

    Attributes:
        github: GitHub, with or without a token.
        fetcher: Fetches blogs.
        reader: Reads feeds, each once for all weeks of a run.
    """

    github: GitHub
    fetcher: Fetcher
    reader: FeedReader = field(default_factory=FeedReader)


@dataclass(slots=True)
class FetchOnce:
    """A fetcher that asks each address once, so that all weeks of a run see the same answer.

    Attributes:
        fetcher: The one that really asks.
    """

    fetcher: Fetcher
    _answers: dict[str, FetchResult] = field(default_factory=dict)

    def fetch(self, url: str) -> FetchResult:
        """The first answer that this address gave."""
        if url not in self._answers:
            self._answers[url] = self.fetcher.fetch(url)
        return self._answers[url]


def verify_week(
    config: Config,
    week: Week,
    now: datetime,
    sources: Sources,
    elsewhere: Mapping[str, Claim] | None = None,
) -> Report:
    """Verify one week of one student.

    Args:
        config: What was promised and where to look; ``config.github`` is set.
        week: Which week, in the student's zone.
        now: The clock, an instant.
        sources: Where evidence comes from.
        elsewhere: Addresses of posts that count in other weeks.

    Returns:
        The report. What could not be looked at is ``unknown`` in it; nothing is raised for it.

    Raises:
        UsageError: Contributions are asked for and the configuration names no login.
    """
    commitment = config.commitment()
    asked = [
        (requirement, _collect(requirement, config, week, sources))
        for requirement in requirements_for(commitment, week)
    ]
    findings = tuple(
        not_supported(requirement)
        if answers is None
        else judge(requirement, answers, week, now, elsewhere)
        for requirement, answers in asked
    )
    account = _account_id(answers for _, answers in asked)
    return Report(
        student=Student(config.github or "", account, commitment.track, config.timezone),
        week=WeekSpan(week.first, week.last, week.iso, week.state(now)),
        verdict=overall(findings),
        requirements=findings,
        judged_by=JudgedBy(commitment.scope, commitment.count, commitment.week_starts),
        checked_at=now,
        version=__version__,
    )


def _collect(
    requirement: Requirement, config: Config, week: Week, sources: Sources
) -> tuple[Evidence, ...] | None:
    """What each address answers; None for a requirement that this version cannot look at."""
    if requirement.skipped is not None:
        return ()
    match requirement.id:
        case RequirementId.CONTRIBUTIONS:
            return (contributions.collect(sources.github, _login(config), week),)
        case RequirementId.BLOG:
            return tuple(
                feed.collect(url, week, sources.fetcher, sources.reader) for url in config.blog.urls
            )
        case RequirementId.CONTACTS | RequirementId.DESIGN:
            return None
        case never:
            assert_never(never)


def account_id(config: Config, week: Week, sources: Sources) -> int | None:
    """GitHub's number of the configured account; None where nobody answers."""
    if config.github is None:
        return None
    return _account_id([(contributions.collect(sources.github, config.github, week),)])


def _login(config: Config) -> str:
    if config.github is None:
        raise UsageError("the configuration names no GitHub login", "Set github to your login")
    return config.github


def _account_id(answers: Iterable[tuple[Evidence, ...] | None]) -> int | None:
    accounts = (
        answer.account
        for group in answers
        for answer in group or ()
        if isinstance(answer, Found) and answer.account is not None
    )
    return next((account.id for account in accounts), None)
