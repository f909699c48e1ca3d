"""One week of one student: ask, look, judge.

::

    Config ──▶ requirements_for ──▶ collect ──▶ judge ──▶ Report
                    (rules)        (sources)   (rules)

Sources for one question are alternatives in a fixed order, never a sum: contributions are asked of
GitHub's API, and of its public pages where the API doesn't answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.digests import week_key
from csc_verify.errors import UsageError
from csc_verify.fetch import FetchOnce
from csc_verify.ledger import overall
from csc_verify.model import (
    Account,
    Claim,
    Evidence,
    Failed,
    Found,
    JudgedBy,
    Report,
    Requirement,
    RequirementId,
    Student,
    WeekSpan,
)
from csc_verify.rules import judge, requirements_for
from csc_verify.sources import blog, contacts, contributions, design, public_contributions
from csc_verify.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from csc_verify.config import Config
    from csc_verify.fetch import Fetcher
    from csc_verify.github import GitHub
    from csc_verify.unusable import Unusable
    from csc_verify.week import Week


ADVICE_FOR: Final = timedelta(weeks=4)
"""How long after a week it is worth advice that costs further requests."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where evidence comes from.

    Attributes:
        github: GitHub, with or without a token.
        fetcher: Fetches blogs, and the links of activities.
        profiles: Fetches GitHub's public pages if it isn't to be the same that fetches blogs: one
            that soon gives up, since it is asked after GitHub's API was waited for.
        tracker: The tracker of contacts, or why it can't be had; None if none is configured.
        activities: The list of design activities, likewise.
        key: The student's, under which digests of what isn't published are made; None without one.
        advised: How long after a week advice about it is worth the requests that it costs; None if
            nobody reads advice, so that none is given.
    """

    github: GitHub
    fetcher: Fetcher
    profiles: Fetcher | None = None
    tracker: bytes | Unusable | None = field(default=None, repr=False)
    activities: design.Activities | Unusable | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    advised: timedelta | None = ADVICE_FOR
    once: FetchOnce = field(init=False, repr=False)
    blogs: blog.Web = field(init=False, repr=False)
    reading: contacts.Reading | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # What was asked and read is remembered for all weeks of a run.
        reading = None if self.tracker is None else contacts.Reading(self.tracker)
        object.__setattr__(self, "reading", reading)
        object.__setattr__(self, "once", FetchOnce(self.fetcher))
        object.__setattr__(self, "blogs", blog.Web(self.once))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before anybody is asked.

    Attributes:
        elsewhere: Addresses of posts that count in other weeks.
        account: GitHub's number of the account, by which a renamed login is found.
        contributions: What GitHub told of the week already; None if it has to be asked.
    """

    elsewhere: Mapping[str, Claim] = field(default_factory=dict)
    account: int | None = None
    contributions: Evidence | None = None


def verify_week(
    config: Config, week: Week, now: datetime, sources: Sources, known: Known = Known()
) -> Report:
    """Verify one week of one student.

    Args:
        config: What was promised and where to look; ``config.github`` is set.
        week: Which week, in the student's zone.
        now: The clock, an instant.
        sources: Where evidence comes from.
        known: What the log knows.

    Returns:
        The report. What could not be looked at is ``unknown`` in it; nothing is raised for it.

    Raises:
        UsageError: Contributions are asked for and the configuration names no login.
    """
    commitment = config.commitment()
    asked: list[tuple[Requirement, tuple[Evidence, ...]]] = []
    question = _Question(config, week, now, sources, known, config.github or "")
    for requirement in requirements_for(commitment, week):
        told = _collect(requirement, question)
        asked.append((requirement, told))
        # Contributions come first, and tell what a renamed account is called today.
        login = _login_today(question.login, _account((told,)))
        question = replace(question, login=login)
    findings = tuple(
        judge(requirement, answers, week, now, known.elsewhere) for requirement, answers in asked
    )
    account = _account(answers for _, answers in asked)
    return Report(
        student=Student(
            github=question.login,
            id=account.id if account else None,
            track=commitment.track,
            timezone=config.timezone,
        ),
        week=WeekSpan(week.first, week.last, week.iso, week.state(now)),
        verdict=overall(findings),
        requirements=findings,
        judged_by=JudgedBy(commitment.scope, commitment.count, commitment.week_starts),
        checked_at=now,
        version=__version__,
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of the sources, whatever the requirement.

    Attributes:
        config: What was promised, and where to look.
        week: The week.
        now: The clock, an instant.
        sources: Where evidence comes from.
        known: What is known already.
        login: What the account is called, as the report will say it; empty if nothing needed it.
    """

    config: Config
    week: Week
    now: datetime
    sources: Sources
    known: Known
    login: str

    @property
    def is_recent(self) -> bool:
        """Whether somebody still reads advice about the week."""
        advised = self.sources.advised
        return advised is not None and self.now < self.week.ends + advised


def _collect(requirement: Requirement, question: _Question) -> tuple[Evidence, ...]:
    """What each address answers."""
    if requirement.skipped is not None:
        return ()
    match requirement.id:
        case RequirementId.CONTRIBUTIONS:
            known = question.known.contributions
            return (known or _contributions(_login(question.config), question),)
        case RequirementId.BLOG:
            return tuple(_posts(url, question) for url in question.config.blog.urls)
        case RequirementId.CONTACTS:
            return _contacts(question)
        case RequirementId.DESIGN:
            return _activities(question)
        case never:
            assert_never(never)


def _contacts(question: _Question) -> tuple[Evidence, ...]:
    tracker = question.sources.reading
    if tracker is None:
        return ()
    read = tracker.read(dict(question.config.contacts.columns), question.week.zone)
    return (contacts.told(read, question.week, _key("contacts", question), question.now),)


def _activities(question: _Question) -> tuple[Evidence, ...]:
    activities = question.sources.activities
    if activities is None:
        return ()
    asked = question.config.design
    terms = design.Terms(asked.specialization, asked.challenge_sites)
    key = _key("design", question)
    return (design.collect(activities, question.week, terms, question.sources.once, key),)


def _key(purpose: str, question: _Question) -> bytes | None:
    """The week's key for digests of what isn't published; None without a key of the student's."""
    secret = question.sources.key
    if secret is None:
        return None
    return week_key(secret, purpose, question.login, question.week.first)


def _posts(url: str, question: _Question) -> Evidence:
    """What an address of the blog tells, with advice."""
    config, week, web = question.config, question.week, question.sources.blogs
    writer = blog.Writer(
        author=config.blog.author,
        topics=config.blog.topics,
        track=config.commitment().track,
        sites=config.blog.urls,
    )
    look = blog.look(url, week, web)
    if question.sources.advised is None:
        return look.evidence
    return blog.advise(look, week, writer, web if question.is_recent else None)


def _contributions(login: str, question: _Question) -> Evidence:
    """What GitHub's API tells, with advice; what its public pages tell if the API doesn't."""
    github, week = question.sources.github, question.week
    ask = contributions.Ask(login, week, question.known.account)
    look = contributions.look(github, ask)
    match look.evidence:
        case Found() as found:
            notes = contributions.advise(github, look.commits) if question.is_recent else ()
            return replace(found, notes=(*found.notes, *notes))
        case Failed() as failed if look.is_absent or look.is_other:
            return failed
        case Failed() as failed:
            fetcher = question.sources.profiles or question.sources.fetcher
            public = public_contributions.collect(ask, github, fetcher)
            return _second_best(failed, public)
        case never:
            assert_never(never)


def _second_best(first: Failed, second: Evidence) -> Evidence:
    """The answer of an alternative, and why the first choice didn't answer."""
    why = f"{first.reason}. {first.hint}" if first.hint else first.reason
    match second:
        case Found():
            note = f"This is what GitHub shows to everybody; its API did not answer: {why}"
            items = tuple(
                replace(item, doubt=f"{item.doubt}. {first.hint}") if item.doubt else item
                for item in second.items
            )
            return replace(second, items=items, notes=(*second.notes, note))
        case Failed():
            reason = f"{first.reason}, and of what everybody can see: {second.reason}"
            return replace(first, reason=reason, hint=first.hint or second.hint)
        case never:
            assert_never(never)


def account_id(config: Config, week: Week, sources: Sources) -> int | None:
    """GitHub's number of the configured account; None where nobody answers."""
    if config.github is None:
        return None
    ask = contributions.Ask(config.github, week)
    account = _account([(contributions.look(sources.github, ask).evidence,)])
    return account.id if account else None


def _login(config: Config) -> str:
    if config.github is None:
        raise UsageError("the configuration names no GitHub login", "Set github to your login")
    return config.github


def _login_today(configured: str, account: Account | None) -> str:
    """The login as configured; of a renamed account the one it has now."""
    if account is None or account.login.casefold() == configured.casefold():
        return configured
    return account.login


def _account(answers: Iterable[tuple[Evidence, ...]]) -> Account | None:
    accounts = (
        answer.account
        for group in answers
        for answer in group
        if isinstance(answer, Found) and answer.account is not None
    )
    return next(accounts, None)
