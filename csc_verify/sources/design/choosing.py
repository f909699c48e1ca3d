"""Which entries may be activities of a week, or were of an earlier one. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.dates import Placement, as_days, ends_before, placed, read_date
from csc_verify.escape import plain
from csc_verify.model import LeftOut
from csc_verify.sources.design.rules import fault_of, kind_of
from csc_verify.sources.design.values import (
    Activities,
    Activity,
    Candidate,
    Terms,
    Variable,
    When,
)

if TYPE_CHECKING:
    from datetime import tzinfo

    from csc_verify.dates import WrittenDate
    from csc_verify.week import Week

_ENV: Final = "env:"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_TITLE_LENGTH: Final = 60


def chosen(
    activity: Activity, activities: Activities, week: Week, terms: Terms
) -> Candidate | LeftOut | None:
    """What an entry is for a week; None if it says nothing about it.

    One of an earlier week does say something, unless it doesn't count there either: what it is
    about counts in no later one.

    Args:
        activity: The entry.
        activities: The list that it is from.
        week: The week, in the student's zone.
        terms: What is configured.
    """
    at = day_of(activity, week.zone)
    when = _when(at, week)
    if when is None:
        return None
    link = link_of(activity, activities)
    is_secret = is_private(activity, activities)
    fault = fault_of(activity, link, terms)
    kind = kind_of(activity.kind)
    if fault is not None or kind is None:
        if when is When.EARLIER:
            return None
        why, mend = fault or ("not a kind of activity that counts", "")
        return left_out(activity, why, mend, is_private=is_secret)
    return Candidate(
        activity,
        kind,
        at,
        link,
        is_private=is_secret,
        is_listed_secretly=activities.is_secret,
        when=when,
    )


def _when(at: WrittenDate | None, week: Week) -> When | None:
    """When something was; None if it can't have been in the week, nor surely before it."""
    if at is None:
        return When.PERHAPS
    match placed(at, week):
        case Placement.INSIDE:
            return When.INSIDE
        case Placement.UNSURE:
            return When.PERHAPS
        case Placement.OUTSIDE:
            return When.EARLIER if ends_before(at, week.begins, week.zone) else None
        case never:
            assert_never(never)


def left_out(activity: Activity, why: str, mend: str = "", *, is_private: bool) -> LeftOut:
    """An entry that doesn't count, by its number and, unless it is private, its title.

    Args:
        activity: The entry.
        why: A few words.
        mend: What to do, in lower case, without its full stop. It is shown apart from the entry,
            too, so it gets the number in front.
        is_private: Whether nothing of the entry is told.
    """
    title = "" if is_private else plain(activity.title, _TITLE_LENGTH)
    name = named(activity)
    told = f"{name.capitalize()}: {mend}" if mend else ""
    return LeftOut(f"{name} ({title})" if title else name, why, told)


def named(activity: Activity) -> str:
    """An entry by its number alone."""
    return f"activity {activity.number}"


def day_of(activity: Activity, zone: tzinfo) -> WrittenDate | None:
    """The day or days of an entry; None if its date can't be read."""
    written = read_date(activity.date)
    # What else stands beside a date may be a secret.
    return None if written is None else as_days(written, zone)


def is_private(activity: Activity, activities: Activities) -> bool:
    """Whether nothing of an entry is told: its link or the whole list is a secret."""
    return activities.is_secret or activity.link.startswith(_ENV)


def link_of(activity: Activity, activities: Activities) -> str | Variable:
    """An entry's link, looked up if it is in a variable; the variable if that holds none."""
    if not activity.link.startswith(_ENV):
        return activity.link
    name = activity.link.removeprefix(_ENV)
    if _NAME.fullmatch(name) is None:
        # No variable has such a name, and no web address looks like this.
        return activity.link
    return (activities.look_up(name) or "").strip() or Variable(name)
