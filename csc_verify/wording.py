"""What every text output says alike: what a verdict means, what to do, and when something was.

Sentences are plain text, still to be escaped for the place they go to.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from csc_verify.appearance import NAMES, look_of
from csc_verify.calendar_text import day_text
from csc_verify.errors import WeekError
from csc_verify.escape import plain
from csc_verify.model import (
    DEFAULT_MINIMUMS,
    Counted,
    Finding,
    Report,
    RequirementId,
    Verdict,
    WeekSpan,
)
from csc_verify.week import WeekState, read_zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

REASON_LENGTH = 1000
"""Characters of a reason or a note that are shown."""

_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")
_LATE_EVIDENCE = "Evidence that shows within four weeks after the week still counts."
_LOOKS_AGAIN = (
    "Do what the reason says, if it is yours to do: for four weeks after the week, the weekly run "
    "looks again."
)
_ADVICE: dict[RequirementId, str] = {
    RequirementId.CONTRIBUTIONS: (
        "A commit counts on the default branch of a public repository that is no fork, written "
        "under an e-mail address of the GitHub account."
    ),
    RequirementId.BLOG: (
        "A post counts when blog.urls leads to it and the page or its feed says on which day of "
        "that week it was first published."
    ),
    RequirementId.CONTACTS: (
        "A contact counts with first name, last name, title, employer and a written summary."
    ),
    RequirementId.DESIGN: "An activity counts when its link opens without a login.",
}


def minute(instant: datetime) -> str:
    """An instant as a reader sees it, to the minute: ``2026-11-24 06:00 UTC``."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def written_time(at: str) -> str:
    """The time of an item of evidence as a reader sees it, in the zone it was written in.

    Args:
        at: ISO 8601: an instant with its offset, a time without zone, or a bare day. Anything
            else is shown as it is.
    """
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return plain(at, 40)
    if len(at) <= len("2026-11-17"):
        return time.date().isoformat()
    if time.tzinfo is None:
        return f"{time:%Y-%m-%d %H:%M} (no zone)"
    if not time.utcoffset():
        return f"{time:%Y-%m-%d %H:%M} UTC"
    return time.isoformat(" ", "minutes")


def verdict_in_words(report: Report) -> str:
    """What the verdict of a week means, one sentence without its full stop."""
    short = _names(f.id for f in report.requirements if f.verdict is Verdict.UNMET)
    unseen = _names(f.id for f in report.requirements if f.verdict is Verdict.UNKNOWN)
    match report.verdict:
        case Verdict.MET:
            meaning = "everything that was asked for was checked and found"
        case Verdict.UNMET:
            rest = f", and {unseen} could not be verified" if unseen else ""
            meaning = f"too little was found for {short or 'this week'}{rest}"
        case Verdict.UNKNOWN:
            meaning = _not_known(report.week.state, unseen or "this week")
        case Verdict.SKIPPED:
            meaning = "nothing was asked for this week"
        case never:
            assert_never(never)
    return f"{look_of(report.verdict, report.week.state).word.capitalize()}: {meaning}"


def _not_known(state: WeekState, names: str) -> str:
    match state:
        case WeekState.OPEN:
            return f"the week is not over; still open: {names}"
        case WeekState.SETTLING:
            return f"the week has only just ended; what is late may still show for {names}"
        case WeekState.FINAL:
            return f"{names} could not be verified, which is held against nobody"
        case never:
            assert_never(never)


def _names(ids: Iterable[RequirementId]) -> str:
    names = [NAMES[id_] for id_ in ids]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def scope_in_words(report: Report) -> str:
    """What the log is about, if that is less than the track asks for; else empty."""
    left = [id_ for id_ in report.student.track.requirements if id_ not in report.judged_by.scope]
    if not left:
        return ""
    scope = _names(report.judged_by.scope) or "nothing"
    return f"This log is about {scope} only; {_names(left)} not included"


def remarks(finding: Finding) -> tuple[str, ...]:
    """What a reader should know beside the reason, sentences without their full stops."""
    said: list[str] = []
    if finding.commits is not None and finding.contributions:
        noun = "contribution" if finding.contributions == 1 else "contributions"
        verb = "is a commit" if finding.commits == 1 else "are commits"
        said.append(f"of {finding.contributions} public {noun}, {finding.commits} {verb}")
    default = DEFAULT_MINIMUMS[finding.id]
    if finding.verdict is not Verdict.SKIPPED and finding.minimum < default:
        said.append(f"the minimum is set to {finding.minimum}; the commitment's own is {default}")
    return (*said, *finding.notes)


def linked(finding: Finding) -> tuple[Counted, ...]:
    """The evidence that a reader can click."""
    return tuple(counted for counted in finding.evidence if counted.url)


def sealed_in_words(finding: Finding) -> str:
    """How much of the evidence is private, one sentence without its full stop; empty if none."""
    number = sum(bool(counted.digest) for counted in finding.evidence)
    if not number:
        return ""
    noun = "item is" if number == 1 else "items are"
    which = "its digest" if number == 1 else "a digest of each"
    return (
        f"{number} {noun} private; the log has {which}, which 'csc-verify contacts "
        "confirm' compares with what the student reveals"
    )


def next_step(finding: Finding, week: WeekSpan) -> str:
    """What the student can do about a finding; empty for one that is met or skipped.

    Whole sentences, one paragraph. What would mend the things left out comes first.
    """
    if finding.verdict in {Verdict.MET, Verdict.SKIPPED}:
        return ""
    match week.state:
        case WeekState.OPEN:
            missing = max(1, finding.minimum - finding.count)
            return f"{missing} more until the end of {day_text(week.end)}."
        case WeekState.SETTLING:
            return "Nothing yet: what is late may still show, and the next run looks again."
        case WeekState.FINAL:
            later = _LATE_EVIDENCE if finding.verdict is Verdict.UNMET else _LOOKS_AGAIN
            return f"{_remedy(finding)} {later}".lstrip()
        case never:
            assert_never(never)


def today_of(report: Report) -> date:
    """The student's own day on which a report was made."""
    return report.checked_at.astimezone(_zone_of(report)).date()


def time_left(report: Report) -> str:
    """How much of a report's week was left when it was made: ``four days left``, today included."""
    left = (report.week.end - today_of(report)).days + 1
    if left <= 0:
        return "the week is over"
    if left == 1:
        return "today is the last day"
    return f"{_SMALL_NUMBERS[left] if left < len(_SMALL_NUMBERS) else left} days left"


def so_far(finding: Finding, report: Report) -> str:
    """How far a requirement of the running week has come: ``3 of 5, four days left``."""
    numbers = f"{finding.count} of {finding.minimum}"
    return f"{numbers}, {'done' if finding.verdict is Verdict.MET else time_left(report)}"


def not_over(last: date) -> str:
    """What is said of a week that still runs, one sentence without its full stop."""
    return f"The week is not over until {last} has passed"


def beside_not_over(finding: Finding, week: WeekSpan) -> str:
    """What else than the running week keeps a finding open, sentences; empty if nothing does."""
    return finding.reason.partition(not_over(week.end))[2].removeprefix(".").strip()


def _zone_of(report: Report) -> tzinfo:
    try:
        return read_zone(report.student.timezone)
    except WeekError:
        # Only a log line that somebody edited names a zone that there isn't.
        return UTC


def _remedy(finding: Finding) -> str:
    mends = tuple(dict.fromkeys(entry.mend for entry in finding.left_out if entry.mend))
    if mends:
        return " ".join(f"{mend.rstrip('.')}." for mend in mends[:3])
    # The reason of an unknown verdict says what would help itself.
    return _ADVICE[finding.id] if finding.verdict is Verdict.UNMET else ""
