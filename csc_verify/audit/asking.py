"""Asking today's public sources about the weeks of a log, by the commitment each was judged by.

::

    Ledger ──▶ each line ──▶ verify_week ──▶ what is missing ──▶ second_look ──▶ compared
                              (verify)        (comparing)                       (comparing)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from csc_verify.audit.comparing import Seen, Sight, compared, missing_evidence
from csc_verify.audit.lines import zone_of
from csc_verify.audit.on_github import look_at_commit
from csc_verify.audit.values import Outcome, Recheck, WeekAudit
from csc_verify.dates import Placement, placed
from csc_verify.ledger import counted_elsewhere
from csc_verify.model import Counted, Finding, Found, Report, RequirementId, Verdict
from csc_verify.sources import blog
from csc_verify.verify import Known, Sources, verify_week
from csc_verify.week import Week

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from csc_verify.config import Config
    from csc_verify.ledger import Ledger


MOST_LOOKS: Final = 30
"""Commits of a week that are asked about one by one, if they aren't seen otherwise."""


@dataclass(frozen=True, slots=True)
class Auditor:
    """Asks about every line of one log.

    Attributes:
        ledger: The log.
        config: Where the student's posts and activities are, as configured today.
        sources: Where evidence comes from.
        now: The command's clock, an instant.
    """

    ledger: Ledger
    config: Config
    sources: Sources = field(repr=False)
    now: datetime

    def week(self, report: Report) -> WeekAudit:
        """One line, verified again; never raises for what a source does."""
        asked = [f for f in report.requirements if f.verdict is not Verdict.SKIPPED]
        zone = zone_of(report)
        if zone is None:
            why = "the line names a time zone that does not exist"
            rechecks = tuple(
                Recheck(f.id, Outcome.NOT_RECHECKABLE, f.verdict, "", why) for f in asked
            )
            return WeekAudit(report.week.start, report.verdict, rechecks)
        week = Week(report.week.start, zone)
        config = _as_judged(self.config, report)
        elsewhere = counted_elsewhere(self.ledger, week.first)
        known = Known(elsewhere, report.student.id)
        today = verify_week(config, week, self.now, self.sources, known)
        rechecks = tuple(self._recheck(f, today.finding(f.id), week, report) for f in asked)
        return WeekAudit(report.week.start, report.verdict, rechecks)

    def _recheck(self, said: Finding, found: Finding, week: Week, report: Report) -> Recheck:
        looks: Mapping[str, Seen] = {}
        missing = missing_evidence(said, found) if said.verdict is Verdict.MET else ()
        if said.id is RequirementId.BLOG:
            looks = {counted.url: self._look_at_post(counted, week) for counted in missing}
        if said.id is RequirementId.CONTRIBUTIONS:
            github, several = self.sources.github, missing[:MOST_LOOKS]
            looks = {
                counted.url: look_at_commit(github, counted.url, report) for counted in several
            }
        return compared(said, found, looks)

    def _look_at_post(self, counted: Counted, week: Week) -> Seen:
        """What a post's own page says, where no feed shows it any more."""
        evidence = blog.look(counted.url, week, self.sources.blogs).evidence
        items = evidence.items if isinstance(evidence, Found) else ()
        dated = [item for item in items if item.at is not None and item.doubt is None]
        if len(dated) != 1 or dated[0].at is None:
            return Seen(Sight.GONE)
        at = dated[0].at
        if placed(at, week) is Placement.OUTSIDE:
            return Seen(Sight.OTHERWISE, f"{counted.url} says that it is of {at.iso}")
        return Seen(Sight.THERE)


def _as_judged(config: Config, report: Report) -> Config:
    """The configuration of today, with the commitment that a line was judged by."""
    minimums = {finding.id: finding.minimum for finding in report.requirements}
    judged, student = report.judged_by, report.student
    posts = tuple(it.url for it in report.finding(RequirementId.BLOG).evidence if it.url)
    blog_ = {"minimum": minimums[RequirementId.BLOG], "urls": config.blog.urls or posts}
    contributions = {"minimum": minimums[RequirementId.CONTRIBUTIONS], "count": judged.count}
    return config.model_copy(
        update={
            "github": student.github or None,
            "track": student.track,
            "timezone": student.timezone,
            "week_starts": judged.week_starts,
            "since": None,
            "until": None,
            "pauses": (),
            "scope": tuple(f.id for f in report.requirements if f.verdict is not Verdict.SKIPPED)
            or judged.scope,
            "contributions": config.contributions.model_copy(update=contributions),
            "blog": config.blog.model_copy(update=blog_),
            "contacts": config.contacts.model_copy(
                update={"minimum": minimums[RequirementId.CONTACTS]}
            ),
            "design": config.design.model_copy(update={"minimum": minimums[RequirementId.DESIGN]}),
        }
    )
