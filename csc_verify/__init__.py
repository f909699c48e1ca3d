"""Verifies a graduate's weekly job-search commitment from public facts.

A week in a few lines::

    from datetime import UTC, datetime
    from csc_verify import GitHub, HttpFetcher, Sources, config_from_options, read_week, verify_week

    config = config_from_options(github="octocat", blog=("https://octocat.example/feed.xml",))
    now = datetime.now(UTC)
    week = read_week("last", now, config.week_starts, config.zone())
    with HttpFetcher() as fetcher:
        report = verify_week(config, week, now, Sources(GitHub(token), fetcher))
    print(report.verdict, [finding.reason for finding in report.requirements])

The names below are the library; whatever else can be imported may change without notice. They are
loaded when they are first used, since GitHub's client alone takes a third of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from csc_verify.version import __version__

if TYPE_CHECKING:
    from csc_verify.cohort.verifying import verify_cohort
    from csc_verify.config import Config, config_from_options, read_config
    from csc_verify.errors import CscVerifyError
    from csc_verify.fetch import HttpFetcher
    from csc_verify.github import GitHub
    from csc_verify.model import Finding, Report, RequirementId, Student, Track, Verdict
    from csc_verify.roster import read_roster
    from csc_verify.verify import Sources, verify_week
    from csc_verify.week import Week, WeekStart, read_week

__all__ = [
    "Config",
    "CscVerifyError",
    "Finding",
    "GitHub",
    "HttpFetcher",
    "Report",
    "RequirementId",
    "Sources",
    "Student",
    "Track",
    "Verdict",
    "Week",
    "WeekStart",
    "__version__",
    "config_from_options",
    "read_config",
    "read_roster",
    "read_week",
    "verify_cohort",
    "verify_week",
]

_HOMES = {
    "verify_cohort": "cohort.verifying",
    "Config": "config",
    "config_from_options": "config",
    "read_config": "config",
    "CscVerifyError": "errors",
    "HttpFetcher": "fetch",
    "GitHub": "github",
    "Finding": "model",
    "Report": "model",
    "RequirementId": "model",
    "Student": "model",
    "Track": "model",
    "Verdict": "model",
    "read_roster": "roster",
    "Sources": "verify",
    "verify_week": "verify",
    "Week": "week",
    "WeekStart": "week",
    "read_week": "week",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
