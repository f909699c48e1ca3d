"""Recruiters who work for others, by what stands about them. Pure.

A recruiter of the employer itself counts, and an engineer at a staffing firm is a contact like any
other. Where it can't be told, the answer says so.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from csc_verify.model import ContactField as Field
from csc_verify.sources.contacts.trades import is_agency, is_technical

if TYPE_CHECKING:
    from csc_verify.sources.contacts.values import Contact

_INTERNAL: Final = re.compile(r"\b(?:internal|in-? ?house)\b", re.IGNORECASE)
_EMPLOYEE: Final = re.compile(r"\bemployees?\b", re.IGNORECASE)
# Both of these, in either order, and with anything between.
_OUTSIDE: Final = re.compile(
    r"\b(?:extern\w*|outside|agency|agencies|third[- ]party|3rd[- ]party|independent|freelance"
    r"|staffing)\b",
    re.IGNORECASE,
)
_RECRUITER: Final = re.compile(
    r"\b(?:recruiters?|recruiterin(?:nen)?|sourcers?|recruit(?:ment|ing) consultants?)\b",
    re.IGNORECASE,
)
_HEADHUNTER: Final = re.compile(
    r"\bheadhunters?\b|\bpersonal(?:vermittl|berat)\w+"
    r"|\b(?:recruit(?:ing|ment)|search|headhunting) firm\b",
    re.IGNORECASE,
)
_CONSULTANT: Final = re.compile(r"\brecruit(?:ment|ing) consultants?\b", re.IGNORECASE)
_RECRUITING: Final = re.compile(
    r"\b(?:recruit\w*|talent|sourc(?:ers?|ing)|staffing|headhunt\w*|hiring|placement)\b",
    re.IGNORECASE,
)
# A cell of these alone says what kind of person it is; and of these, one has to be there.
_MARKS: Final = frozenset(
    (
        *("recruiter", "recruiters", "external", "agency", "agencies", "staffing"),
        *("headhunter", "headhunters", "headhunting", "personalvermittler"),
    )
)
_KINDS: Final = _MARKS | frozenset(
    (
        *("recruiting", "recruitment", "third", "3rd", "party", "independent", "freelance"),
        *("executive", "search", "consultant", "an", "a", "from"),
    )
)
_WORDS: Final = re.compile(r"[^\W_]+")
_LOOKED_AT: Final = 500


class Kind(Enum):
    """Whether somebody recruits for others."""

    EXTERNAL = "surely"
    PERHAPS = "can't be told"


class Sign(NamedTuple):
    """What tells it.

    Attributes:
        kind: How surely.
        field: Where it stands.
    """

    kind: Kind
    field: Field


def sign_of(contact: Contact) -> Sign | None:
    """What speaks for somebody's recruiting for others; None if nothing does, or not enough.

    Args:
        contact: Of whom the relation is believed first, then the title and the action, and the
            employer's name last.
    """
    relation, title, action = (
        text[:_LOOKED_AT] for text in (contact.relation, contact.title, contact.action)
    )
    if _EMPLOYEE.search(relation) or any(map(_INTERNAL.search, (relation, title, action))):
        return None
    if _only_outside(relation) and not _RECRUITING.search(title):
        # A designer of an agency recruits nobody.
        return Sign(Kind.PERHAPS, Field.RELATION)
    for field, is_so in (
        (Field.RELATION, _is_kind(relation) or _is_external(relation)),
        (Field.TITLE, _is_external(title)),
        (Field.ACTION, _is_kind(action) or _is_external(action)),
    ):
        if is_so:
            return Sign(Kind.EXTERNAL, field)
    if is_agency(contact.employer[:_LOOKED_AT]):
        return _at_agency(title)
    if _RECRUITER.search(title) and _is_external(contact.summary[:_LOOKED_AT]):
        return Sign(Kind.PERHAPS, Field.SUMMARY)
    return Sign(Kind.PERHAPS, Field.TITLE) if _CONSULTANT.search(title) else None


def _is_external(text: str) -> bool:
    return bool(_HEADHUNTER.search(text) or (_OUTSIDE.search(text) and _RECRUITER.search(text)))


def _only_outside(text: str) -> bool:
    """Whether a cell says that somebody is from outside, and not that they recruit."""
    words = {word.casefold() for word in _WORDS.findall(text)}
    return bool(words) and words <= {"external", "agency", "an", "a", "from"}


def _is_kind(text: str) -> bool:
    words = {word.casefold() for word in _WORDS.findall(text)}
    return not words.isdisjoint(_MARKS) and words <= _KINDS


def _at_agency(title: str) -> Sign | None:
    """Of somebody at a firm that recruits: only the title tells whether they do."""
    if _RECRUITING.search(title):
        return Sign(Kind.EXTERNAL, Field.EMPLOYER)
    return None if is_technical(title) else Sign(Kind.PERHAPS, Field.EMPLOYER)
