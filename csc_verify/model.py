"""The values that flow through the program: frozen, compared by content, free of behaviour.

``Requirement`` asks, ``Evidence`` answers, ``Finding`` is what was judged, ``Report`` is a week.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from csc_verify.week import WeekStart, WeekState

if TYPE_CHECKING:
    from datetime import date, datetime

    from csc_verify.dates import WrittenDate


class RequirementId(StrEnum):
    """The four requirements, in the order of the report."""

    CONTRIBUTIONS = "contributions"
    BLOG = "blog"
    CONTACTS = "contacts"
    DESIGN = "design"


class Track(StrEnum):
    """What a graduate studied; decides which requirements are asked for."""

    SOFTWARE_ENGINEERING = "software-engineering"
    DATA_SCIENCE = "data-science"
    DESIGN = "design"

    @property
    def requirements(self) -> tuple[RequirementId, ...]:
        """What the track asks for (contract: "track"), in the report's order."""
        if self is Track.DESIGN:
            return (RequirementId.BLOG, RequirementId.CONTACTS, RequirementId.DESIGN)
        return (RequirementId.CONTRIBUTIONS, RequirementId.BLOG, RequirementId.CONTACTS)


class Verdict(StrEnum):
    """The four answers (contract: "verdict")."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class CountBasis(StrEnum):
    """What the minimum of contributions is compared with."""

    CONTRIBUTIONS = "contributions"
    COMMITS = "commits"


DEFAULT_MINIMUMS: dict[RequirementId, int] = {
    RequirementId.CONTRIBUTIONS: 5,
    RequirementId.BLOG: 1,
    RequirementId.CONTACTS: 8,
    RequirementId.DESIGN: 1,
}
"""The commitment's own numbers; a badge shows any minimum below them."""


@dataclass(frozen=True, slots=True)
class Student:
    """Whose week it is.

    Attributes:
        github: The login as configured, or the one that a renamed account has today; empty if none
            was needed.
        id: GitHub's number of the account, which survives a renaming; None until GitHub told it.
        track: What was studied.
        timezone: IANA name of the zone whose weeks are judged.
    """

    github: str
    id: int | None
    track: Track
    timezone: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Days off, agreed with the coach.

    Attributes:
        first: First day off.
        last: Last day off, inclusive.
        reason: As the student wrote it; public.
    """

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was promised.

    Attributes:
        track: Decides which requirements are asked for.
        scope: The requirements that this log is about; a part of the track's.
        minimums: How many of each.
        count: What contributions are counted in.
        week_starts: Monday or Sunday.
        since: First day of the commitment, or None.
        until: Last day of the commitment, or None.
        pauses: Days off.
        author: Whose posts count where a feed names several authors; None if not configured.
    """

    track: Track
    scope: tuple[RequirementId, ...]
    minimums: tuple[tuple[RequirementId, int], ...] = tuple(DEFAULT_MINIMUMS.items())
    count: CountBasis = CountBasis.CONTRIBUTIONS
    week_starts: WeekStart = WeekStart.MONDAY
    since: date | None = None
    until: date | None = None
    pauses: tuple[Pause, ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of one week.

    Attributes:
        id: Which one.
        minimum: How many are needed.
        skipped: Why it is not asked for this week; None if it is.
        count: Contributions only: what the minimum is compared with.
        author: Blog only: whose posts count where a feed names several authors.
    """

    id: RequirementId
    minimum: int
    skipped: str | None = None
    count: CountBasis = CountBasis.CONTRIBUTIONS
    author: str | None = None


class ItemKind(StrEnum):
    """What an item of evidence is."""

    COMMIT = "commit"
    CONTACT = "contact"
    DAY = "day"
    DESIGN_CHALLENGE = "design-challenge"
    DISCUSSION = "discussion"
    EXTRA_CREDIT = "extra-credit"
    ISSUE = "issue"
    MODULE = "module"
    POST = "post"
    PULL_REQUEST = "pull-request"
    REVIEW = "review"
    REPOSITORY = "repository"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Item:
    """One fact, before it is judged.

    Attributes:
        kind: What it is.
        url: A public ``http`` or ``https`` address; None if the source gave none.
        at: When, as written; None if no usable date was written.
        title: As the source gives it, unescaped, one line.
        count: How many contributions it stands for.
        authors: Who wrote it, where a source names anybody; as the source spells them.
        doubt: Why it may not count after all; None if nothing speaks against it.
        canonical: The address that a post's own page calls its own; None if it was not read.
        element: What the date stood in, by its usual name: ``pubDate``, ``JSON-LD datePublished``…;
            empty where nothing but one place can say it.
        notes: Advice about it, a sentence each without its full stop; never part of the verdict.
        is_private: Whether nothing of it is told, neither its day nor where it is.
        digest: What a report shows of something private, in hexadecimal; empty without a key.
        place: Where it stands in its source, as that counts; 0 where nothing counts.
    """

    kind: ItemKind
    url: str | None
    at: WrittenDate | None
    title: str
    count: int = 1
    authors: tuple[str, ...] = ()
    doubt: str | None = None
    element: str = ""
    notes: tuple[str, ...] = ()
    canonical: str | None = None
    is_private: bool = False
    digest: str = ""
    place: int = field(default=0, compare=False, kw_only=True)


PRIVATE_KINDS: dict[RequirementId, frozenset[ItemKind]] = {
    RequirementId.CONTACTS: frozenset({ItemKind.CONTACT}),
    RequirementId.DESIGN: frozenset(
        {ItemKind.EXTRA_CREDIT, ItemKind.MODULE, ItemKind.DESIGN_CHALLENGE}
    ),
}
"""What may be private, and is then shown by a digest."""


class ContactField(StrEnum):
    """What a column of a tracker is about; the names under ``contacts.columns``."""

    NAME = "name"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    TITLE = "title"
    NAME_AND_TITLE = "name and title"
    EMPLOYER = "employer"
    DATE = "date"
    SUMMARY = "summary"
    ACTION = "action"
    RELATION = "relation"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Claim:
    """Where a post counted already.

    Attributes:
        week: First day of the week that holds it.
        title: The post's title as the log has it.
        at: Its date, likewise.
    """

    week: date
    title: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something seen that does not count.

    Attributes:
        what: The thing, for a reader.
        why: The reason, a few words.
        mend: What would make it count; empty if nothing can.
        place: As in :class:`Item`; it orders what a finding shows, and is not recorded.
    """

    what: str
    why: str
    mend: str = ""
    place: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Account:
    """A GitHub account as GitHub names it today."""

    login: str
    id: int


@dataclass(frozen=True, slots=True)
class Found:
    """A source answered.

    Attributes:
        source: Where the answer came from, as the report names it (``feed``, ``github-graphql``).
        address: What was asked, for reasons and links.
        items: Everything seen, inside and outside the week; the rules choose.
        complete: Whether the source could see the whole week.
        gap: If not complete: why an absence isn't proven, one sentence without its full stop.
        hint: If not complete: what would help.
        left_out: What the source saw and knows not to count.
        account: The account that answered, where the source knows.
        notes: Advice, and how far the evidence goes; never part of the verdict.
    """

    source: str
    address: str
    items: tuple[Item, ...]
    complete: bool
    gap: str = ""
    hint: str = ""
    left_out: tuple[LeftOut, ...] = ()
    account: Account | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A source could not answer. Never a reason for ``unmet``.

    Attributes:
        source: As in :class:`Found`.
        address: What was asked.
        reason: What happened, one sentence without its full stop.
        hint: What to do, one sentence without its full stop; may be empty.
    """

    source: str
    address: str
    reason: str
    hint: str = ""


Evidence: TypeAlias = Found | Failed


@dataclass(frozen=True, slots=True)
class Counted:
    """One fact that counted, as the report shows it.

    Attributes:
        kind: What it is.
        url: Where a reader can see it; empty for what is private.
        at: ISO 8601 as written: an instant with its offset, a time without zone, or a day.
        title: One line.
        count: How many it stands for.
        written: Posts: the date just as it was written, one line.
        element: Posts: what it stood in.
        digest: Of something private, in hexadecimal: all that is told of it beside its kind.
    """

    kind: str
    url: str
    at: str
    title: str
    count: int = 1
    written: str = ""
    element: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was judged of one requirement in one week.

    Attributes:
        id: Which requirement.
        verdict: The answer.
        minimum: How many were needed.
        count: How many counted.
        source: Where the answer came from; empty if nothing was asked.
        reason: One sentence without its full stop that a student understands.
        evidence: What counted.
        left_out: What was seen and did not count.
        notes: Advice; never part of the verdict.
        commits: Contributions only: how many of them are commits.
        contributions: Contributions only: all of them, also where only commits are counted.
    """

    id: RequirementId
    verdict: Verdict
    minimum: int
    count: int
    source: str
    reason: str
    evidence: tuple[Counted, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    commits: int | None = None
    contributions: int | None = None


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """A week as a report names it.

    Attributes:
        start: First day.
        end: Last day, inclusive.
        iso: ISO 8601 week.
        state: How far along it was when it was checked.
    """

    start: date
    end: date
    iso: str
    state: WeekState


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """The part of the commitment that a report was judged by and that its findings don't show.

    Attributes:
        scope: The requirements the log is about.
        count: What contributions were counted in.
        week_starts: The day the week begins with.
    """

    scope: tuple[RequirementId, ...]
    count: CountBasis = CountBasis.CONTRIBUTIONS
    week_starts: WeekStart = WeekStart.MONDAY


@dataclass(frozen=True, slots=True)
class Revision:
    """What a line said before it changed.

    Attributes:
        checked_at: When that was found, an instant in UTC.
        version: The version that found it.
        verdict: The week's verdict then.
        requirements: The findings that changed, as they were.
        why: Why the line changed, one sentence without its full stop.
    """

    checked_at: datetime
    version: str
    verdict: Verdict
    requirements: tuple[Finding, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """One student's week, judged.

    Attributes:
        student: Whose.
        week: Which.
        verdict: Of the whole week.
        requirements: All four findings, in the order of :class:`RequirementId`.
        judged_by: The commitment it was judged by.
        checked_at: When, an instant in UTC.
        version: By which version.
        revisions: What the line said before, oldest first.
    """

    student: Student
    week: WeekSpan
    verdict: Verdict
    requirements: tuple[Finding, ...]
    judged_by: JudgedBy
    checked_at: datetime
    version: str
    revisions: tuple[Revision, ...] = field(default=())

    def finding(self, id_: RequirementId) -> Finding:
        """The finding of one requirement."""
        return next(finding for finding in self.requirements if finding.id is id_)


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it shall be.

    Attributes:
        path: Relative to the repository's root, with forward slashes.
        content: The whole file.
    """

    path: str
    content: bytes
