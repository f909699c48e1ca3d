"""Which rows are contacts of the commitment, and why the others aren't. Pure.

At least eight individuals a week at prospective employers, each with first name, last name, title
and employer, and a written summary. External recruiters don't count, nor does an application alone;
an event does with a follow-up. Where a row doesn't say which it is, it is in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.model import ContactField as Field
from csc_verify.sources.contacts.blanks import is_nothing
from csc_verify.sources.contacts.deeds import Told
from csc_verify.sources.contacts.kinds import (
    is_event,
    may_be_event,
    may_be_planned,
    told_beside_application,
    told_of_follow_up,
)
from csc_verify.sources.contacts.people import (
    has_several,
    is_initial,
    is_role,
    is_without_space,
    may_be_role,
)
from csc_verify.sources.contacts.recruiters import Kind, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from csc_verify.sources.contacts.values import Contact


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a row.

    Attributes:
        field: What it is about.
        why: A few words.
        mend: What to write, a sentence without its full stop.
        is_doubt: Whether the row may count all the same.
    """

    field: Field
    why: str
    mend: str
    is_doubt: bool = False


_NAMES: Final = "Write the person's first and last name"
_NO_NAME: Final = Objection(Field.NAME, "no name", _NAMES)
_NO_FIRST: Final = Objection(Field.FIRST_NAME, "no first name", _NAMES)
_NO_LAST: Final = Objection(Field.LAST_NAME, "no last name", _NAMES)
_NOBODY: Final = Objection(Field.NAME, "no person's name", _NAMES)
_FIRST_INITIAL: Final = Objection(Field.FIRST_NAME, "only an initial", "Write the whole first name")
_LAST_INITIAL: Final = Objection(Field.LAST_NAME, "only an initial", "Write the whole last name")
_SEVERAL: Final = Objection(
    Field.NAME,
    "it may name more than one person",
    "write one person a row, as in Ada Example",
    is_doubt=True,
)
_NO_TITLE: Final = Objection(
    Field.TITLE, "no title", "Write what the person does, not the job you apply for"
)
_NO_EMPLOYER: Final = Objection(Field.EMPLOYER, "no employer", "Write where the person works")
_INTERNAL: Final = (
    "If the person works for the employer itself, write internal recruiter as what they are"
)
_OR_EMPLOYEE: Final = "write internal recruiter, external recruiter or employee as what they are"
_ONLY_APPLIED: Final = "Write to a person there, and add what you wrote"
_NO_SUMMARY: Final = Objection(
    Field.SUMMARY, "no summary", "Write in a sentence what the contact was about"
)
_NO_FOLLOW_UP: Final = Objection(
    Field.ACTION, "an event without a follow-up", "Follow up, and write that you did"
)
_FOLLOW_UP_UNCLEAR: Final = Objection(
    Field.FOLLOW_UP,
    "whether a follow-up was made can't be told",
    "write what you did, as in: emailed her on 2026-11-18",
    is_doubt=True,
)
_MAY_BE_PLANNED: Final = Objection(
    Field.ACTION,
    "it may be planned, or not have taken place",
    "write what took place, as in: emailed her, she answered",
    is_doubt=True,
)
_MAY_BE_ROLE: Final = Objection(
    Field.NAME,
    "it may be a role and no person's name",
    "write the person's first and last name",
    is_doubt=True,
)
_WITHOUT_SPACE: Final = Objection(
    Field.NAME,
    "first and last name can't be told apart",
    "write a space between them",
    is_doubt=True,
)
_MAY_BE_EVENT: Final = Objection(
    Field.ACTION,
    "it may be an event without a follow-up",
    "write what it was, as in coffee, call or meetup, and what followed",
    is_doubt=True,
)


def objections_to(contact: Contact, now: datetime, zone: ZoneInfo) -> Sequence[Objection]:
    """Everything that speaks against a row, in the order in which it is told.

    Args:
        contact: A row of the week.
        now: The clock, after which no follow-up was made yet.
        zone: The student's.
    """
    found = (rule(contact) for rule in _RULES)
    followed = _of_event(contact, now, zone)
    return [it for it in (*found, followed) if it is not None]


def _of_name(contact: Contact) -> Objection | None:
    first, last = contact.first, contact.last
    if not first and not last:
        return _NO_NAME
    if is_role(first, last):
        return _NOBODY
    if not first or not last:
        return _of_half_a_name(first, last)
    if may_be_role(first, last):
        return _MAY_BE_ROLE
    return _of_initials(contact)


def _of_half_a_name(first: str, last: str) -> Objection:
    if is_without_space(first or last):
        return _WITHOUT_SPACE
    return _NO_LAST if first else _NO_FIRST


def _of_initials(contact: Contact) -> Objection | None:
    first, last = contact.first, contact.last
    if is_initial(last):
        return _LAST_INITIAL
    if is_initial(first) and len(last.split()) == 1:
        return _FIRST_INITIAL
    return _SEVERAL if has_several(contact.name) else None


def _of_title(contact: Contact) -> Objection | None:
    return _NO_TITLE if is_nothing(contact.title) else None


def _of_employer(contact: Contact) -> Objection | None:
    return _NO_EMPLOYER if is_nothing(contact.employer) else None


def _of_summary(contact: Contact) -> Objection | None:
    return _NO_SUMMARY if is_nothing(contact.summary) else None


def _of_recruiter(contact: Contact) -> Objection | None:
    sign = sign_of(contact)
    if sign is None:
        return None
    if sign.kind is Kind.EXTERNAL:
        return Objection(sign.field, "an external recruiter or agency", _INTERNAL)
    why = "it may be somebody who recruits for others"
    return Objection(sign.field, why, _OR_EMPLOYEE, is_doubt=True)


def _of_application(contact: Contact) -> Objection | None:
    told = told_beside_application(contact)
    if told is None or told is Told.DONE:
        return None
    field = Field.SUMMARY if is_nothing(contact.action) else Field.ACTION
    if told is Told.UNCLEAR:
        why = "it may be an application alone"
        mend = "write what you wrote to the person, or talked about"
        return Objection(field, why, mend, is_doubt=True)
    return Objection(field, "only an application", _ONLY_APPLIED)


def _of_event(contact: Contact, now: datetime, zone: ZoneInfo) -> Objection | None:
    is_one, may_be = is_event(contact), may_be_event(contact)
    if not is_one and not may_be:
        return None
    match told_of_follow_up(contact, now, zone):
        case Told.DONE:
            return None
        case Told.UNCLEAR:
            return _FOLLOW_UP_UNCLEAR
        case Told.NOT_DONE | Told.NOTHING:
            return _NO_FOLLOW_UP if is_one else _MAY_BE_EVENT


def _of_plan(contact: Contact) -> Objection | None:
    return _MAY_BE_PLANNED if may_be_planned(contact) else None


_RULES: Final[tuple[Callable[[Contact], Objection | None], ...]] = (
    *(_of_name, _of_title, _of_employer, _of_recruiter, _of_application, _of_summary, _of_plan),
)
"""What can speak against a row; the first that is certain stands, else the first doubt."""
