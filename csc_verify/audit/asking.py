"""Asking today's public sources about the weeks of a log, by the commitment each was judged by.

::

    Ledger ──▶ each line ──▶ verify_week ──▶ what is missing ──▶ second look ──▶ compared
                              (verify)        (comparing)                       (comparing)

What a line says is a claim, never a source: its numbers are not added up, its addresses are opened
only where they lie on the student's own sites, and whose they have to be is known from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.audit.commits import commit_in, look_at_commit
from csc_verify.audit.comparing import Seen, Sight, compared, missing_evidence
from csc_verify.audit.lines import zone_of
from csc_verify.audit.values import Outcome, Recheck, WeekAudit
from csc_verify.dates import Placement, placed
from csc_verify.fetch import Absent, Page
from csc_verify.ledger import counted_elsewhere
from csc_verify.model import Counted, Evidence, Finding, Found, Report, RequirementId, Verdict
from csc_verify.rules import requirements_for
from csc_verify.sources import blog
from csc_verify.verify import Known, Sources, verify_week
from csc_verify.week import Week

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from csc_verify.audit.commits import Account
    from csc_verify.config import Config
    from csc_verify.ledger import Ledger


MOST_LOOKS: Final = 10
"""Commits, and posts, of a week that are asked about one by one, if they aren't seen otherwise."""


@dataclass(frozen=True, slots=True)
class Auditor:
    """Asks about every line of one log.

    Attributes:
        ledger: The log, without lines about others.
        account: Whose it has to be.
        config: Where the student's posts and activities are, and the pauses, as configured today.
        sources: Where evidence comes from.
        now: The command's clock, an instant.
    """

    ledger: Ledger
    account: Account
    config: Config
    sources: Sources = field(repr=False)
    now: datetime

    def week(self, report: Report) -> WeekAudit:
        """One line, verified again; never raises for what a source does."""
        zone = zone_of(report)
        if zone is None:
            why = "the line names a time zone that does not exist"
            rechecks = tuple(
                Recheck(f.id, Outcome.NOT_RECHECKABLE, f.verdict, "", why)
                for f in report.requirements
                if f.verdict is not Verdict.SKIPPED
            )
            return WeekAudit(report.week.start, report.verdict, rechecks)
        week = Week(report.week.start, zone)
        asked = self._asked(report, week)
        today = self._verified(self._as_judged(report), week)
        rechecks = tuple(self._recheck(f, today.finding(f.id), week, report) for f in asked)
        return WeekAudit(report.week.start, report.verdict, rechecks)

    def _asked(self, report: Report, week: Week) -> tuple[Finding, ...]:
        """What the line judged, and what it had to judge: not what it calls skipped."""
        due = requirements_for(self._as_judged(report, self.config).commitment(), week)
        wanted = {requirement.id for requirement in due if requirement.skipped is None}
        return tuple(
            finding
            for finding in report.requirements
            if finding.verdict is not Verdict.SKIPPED or finding.id in wanted
        )

    def _as_judged(self, report: Report, pauses: Config | None = None) -> Config:
        """The configuration of today, with the commitment that a line was judged by.

        Args:
            report: The line.
            pauses: Whose pauses and whose ends of the commitment hold; None for none.
        """
        config, judged, student = self.config, report.judged_by, report.student
        minimums = {finding.id: finding.minimum for finding in report.requirements}
        contributions = {
            "minimum": minimums[RequirementId.CONTRIBUTIONS],
            "count": judged.count,
        }
        return config.model_copy(
            update={
                "github": self.account.login or student.github or None,
                "track": student.track,
                "timezone": student.timezone,
                "week_starts": judged.week_starts,
                "since": pauses.since if pauses else None,
                "until": pauses.until if pauses else None,
                "pauses": pauses.pauses if pauses else (),
                "scope": judged.scope,
                "contributions": config.contributions.model_copy(update=contributions),
                "blog": config.blog.model_copy(update={"minimum": minimums[RequirementId.BLOG]}),
                "contacts": config.contacts.model_copy(
                    update={"minimum": minimums[RequirementId.CONTACTS]}
                ),
                "design": config.design.model_copy(
                    update={"minimum": minimums[RequirementId.DESIGN]}
                ),
            }
        )

    def _verified(self, config: Config, week: Week) -> Report:
        elsewhere = counted_elsewhere(self.ledger, week.first)
        known = Known(elsewhere, self.account.id)
        return verify_week(config, week, self.now, self.sources, known)

    def _recheck(self, said: Finding, found: Finding, week: Week, report: Report) -> Recheck:
        if said.verdict is not Verdict.MET:
            return compared(said, found, {})
        if said.id is RequirementId.BLOG and found.verdict is not Verdict.MET:
            found = self._with_own_posts(said, found, week, report)
        missing = missing_evidence(said, found)
        looks: Mapping[str, Seen] = {}
        if said.id is RequirementId.BLOG:
            looks = {
                counted.url: self._look_at_post(counted, week) for counted in missing[:MOST_LOOKS]
            }
        if said.id is RequirementId.CONTRIBUTIONS:
            github = self.sources.github
            commits = [it.url for it in missing if commit_in(it.url, github.server_url)]
            looks = {
                url: look_at_commit(github, url, self.account, report.week)
                for url in commits[:MOST_LOOKS]
            }
        return compared(said, found, looks)

    def _with_own_posts(self, said: Finding, found: Finding, week: Week, report: Report) -> Finding:
        """What is found if the posts that the line counts are asked themselves, as one configures.

        A feed moves on, and a post's own page stays. It is judged by the same rules as any other.
        """
        missing = missing_evidence(said, found)
        own = tuple(it.url for it in missing if self._is_own_page(it.url))[:MOST_LOOKS]
        if not own:
            return found
        config = self._as_judged(report)
        posts = config.blog.model_copy(update={"urls": (*config.blog.urls, *own)})
        alone = config.model_copy(update={"blog": posts, "scope": (RequirementId.BLOG,)})
        return self._verified(alone, week).finding(RequirementId.BLOG)

    def _is_own(self, url: str) -> bool:
        return any(blog.is_own(url, site) for site in self.config.blog.urls)

    def _is_own_page(self, url: str) -> bool:
        """Whether a page is there, and on one of the student's sites, wherever it leads."""
        if not self._is_own(url):
            return False
        page = self.sources.blogs.ask(url)
        return isinstance(page, Page) and self._is_own(page.url)

    def _look_at_post(self, counted: Counted, week: Week) -> Seen:
        """What a post's own page says, where no feed shows it any more."""
        if not self._is_own(counted.url):
            why = f"{counted.url} is on no site of today's configuration, and was not opened"
            return Seen(Sight.UNSEEN, why)
        page = self.sources.blogs.ask(counted.url)
        if isinstance(page, Absent):
            return Seen(Sight.GONE)
        if not isinstance(page, Page):
            return Seen(Sight.UNSEEN, page.reason)
        if canonical(page.url) != canonical(counted.url):
            # Where an address leads to another one today, that one's date says nothing of it.
            return Seen(Sight.GONE)
        return _dated_otherwise(blog.look(counted.url, week, self.sources.blogs).evidence, week)


def _dated_otherwise(evidence: Evidence, week: Week) -> Seen:
    """Whether a page is one post that is certainly of another week."""
    items = evidence.items if isinstance(evidence, Found) else ()
    dated = [(it.url, it.at) for it in items if it.at is not None and it.doubt is None]
    if len(dated) != 1:
        return Seen(Sight.GONE)
    url, at = dated[0]
    if placed(at, week) is Placement.OUTSIDE:
        return Seen(Sight.OTHERWISE, f"{url} says that it is of {at.iso}")
    return Seen(Sight.THERE)
