"""What kind of contact a row is of: an event without a follow-up, an application alone. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.dates import Placement, in_future
from csc_verify.sources.contacts.blanks import is_nothing
from csc_verify.sources.contacts.deeds import (
    Told,
    is_planned,
    kind_tells_of_a_person,
    kind_tells_of_following_up,
    told_of_a_person,
    told_of_following_up,
)

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from csc_verify.sources.contacts.values import Contact

_EVENT: Final = re.compile(
    r"\b(?:events?|meet-?ups?|(?<!video )(?<!video-)(?<!web )conferences?(?!\s+calls?)"
    r"|(?:career|job)s? fairs?|hackathons?|webinars?|tech[- ]talks?|panel discussions?"
    r"|networking (?:events?|nights?|mixers?|sessions?|evenings?))\b",
    re.IGNORECASE,
)
# Of these two people talk, wherever it is.
_TWO_TALK: Final = re.compile(
    r"\b(?:interview\w*|calls?|called|screen(?:ing|s)?|coffees?|on-?site|phone)\b", re.IGNORECASE
)
_MAY_BE_EVENT: Final = re.compile(
    r"^\W*networking\W*$|\b(?:workshops?|lunch (?:and|&) learn|info(?:rmation)? sessions?"
    r"|career days?|summits?|demo days?|expo|linkedin live|podcasts?|ama|(?:job)?messe|konferenz"
    r"|mixers?|happy hour|open house)\b",
    re.IGNORECASE,
)
_DONE: Final = frozenset(
    ("yes", "y", "x", "done", "true", "1", "ok", "okay", "complete", "completed", "ja", "si", "oui")
)
_TICKS: Final = frozenset("\u2713\u2714\u2611\u2705")
_A_RESUME: Final = r"(?:r[eé]sum[eé]s?|cv|cover letter)"
_APPLYING: Final = re.compile(
    rf"\b(?:apply|applied|applying|applications?|job apps?|{_A_RESUME}|beworben|\w*bewerbung\w*"
    r"|candidature"
    r"|postul\w+|solicitud)\b",
    re.IGNORECASE,
)
# Notes tell of much; only where they begin with it they are about an application.
_BEGINS_APPLYING: Final = re.compile(
    r"\W*(?:i (?:have )?)?(?:just |quick |easy |online |job )*"
    r"(?:applied\b|apply\W*$|apply (?:on|via|through)\b"
    r"|application (?:sent|submitted|completed|only|via|on|through|online|for)\b"
    r"|(?:online )?(?:beworben|\w*bewerbung)\b"
    rf"|(?:submitted|sent|completed|filled|uploaded) (?:in |out )?(?:an? |the |my )?"
    rf"(?:online |job )?(?:applications?|{_A_RESUME}|form)\b)",
    re.IGNORECASE,
)
_NOT_YET: Final = re.compile(
    r"^\W*(?:(?:to|will) (?:contact|e-?mail|message|call|write|reach|ask|meet|text|ping|connect)\b"
    r"|to[- ]?do\b|(?:have|has)(?:n['\u2019]t| not) (?:yet )?\w+|not (?:yet )?(?:contacted|started)"
    r"|needs? to\b|plan(?:ning)? to\b|planned\b|draft(?:ed)?\W*$|saved\W*$|wish ?list\b"
    r"|viewed (?:his |her |their )?profile)|\bcancell?ed\b|\bno[- ]show\b|\brescheduled\b",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 1000


def is_event(contact: Contact) -> bool:
    """Whether it was where many people meet, and nothing says that two of them talked."""
    action = contact.action[:_LOOKED_AT]
    return _EVENT.search(action) is not None and _TWO_TALK.search(action) is None


def may_be_event(contact: Contact) -> bool:
    """Whether its kind can be either."""
    action = contact.action[:_LOOKED_AT]
    return _MAY_BE_EVENT.search(action) is not None and _TWO_TALK.search(action) is None


def told_of_follow_up(contact: Contact, now: datetime, zone: ZoneInfo) -> Told:
    """What a row says of a follow-up, in whatever cell.

    Args:
        contact: The row.
        now: The clock, after which nothing was done yet.
        zone: The student's.
    """
    return max(
        _told_by_cell(contact, now, zone),
        told_of_following_up(contact.summary),
        told_of_following_up(contact.action),
        kind_tells_of_following_up(contact.action),
    )


def _told_by_cell(contact: Contact, now: datetime, zone: ZoneInfo) -> Told:
    cell = contact.follow_up
    if not _TICKS.isdisjoint(cell):
        return Told.DONE
    if is_nothing(cell):
        return Told.NOTHING
    if contact.follow_up_on is not None:
        future = in_future(contact.follow_up_on, now, zone)
        return {
            Placement.INSIDE: Told.NOT_DONE,
            Placement.UNSURE: Told.UNCLEAR,
            Placement.OUTSIDE: Told.DONE,
        }[future]
    told = told_of_following_up(cell)
    if told is Told.DONE or cell.strip(" .!").casefold() in _DONE:
        return Told.DONE
    return Told.NOT_DONE if is_planned(cell) else Told.UNCLEAR


def told_beside_application(contact: Contact) -> Told | None:
    """What a row about an application says of a person; None if it is about something else."""
    action = contact.action[:_LOOKED_AT]
    has_action = not is_nothing(action)
    is_kind = has_action and _APPLYING.search(action) is not None
    is_noted = _BEGINS_APPLYING.match(contact.summary) is not None
    if not is_kind and not is_noted:
        return None
    return max(
        kind_tells_of_a_person(action) if has_action else Told.NOTHING,
        # What notes name need not have been done: "her team builds compilers".
        min(kind_tells_of_a_person(contact.summary), Told.UNCLEAR),
        told_of_a_person(contact.summary),
        told_of_a_person(contact.follow_up),
        # A channel ("LinkedIn") tells neither, whatever the notes begin with.
        Told.UNCLEAR if has_action and not is_kind else Told.NOTHING,
    )


def may_be_planned(contact: Contact) -> bool:
    """Whether it may not have taken place: it is called a plan, or was cancelled."""
    text = contact.summary if is_nothing(contact.action) else contact.action
    return _NOT_YET.search(text[:_LOOKED_AT]) is not None
