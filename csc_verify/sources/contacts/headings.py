"""Which column is about what: by the headings that people's tools write.

Every alias is one seen in a sheet, an export or a template (Flatiron's two sheets, LinkedIn's
connections, public templates), or a plain word for the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.letters import bare
from csc_verify.model import ContactField as Field
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEMPLATE: Final = (
    *("Date", "Contact Name", "Contact Title", "Company", "Relationship Type"),
    *("Action", "Follow-Up", "Notes"),
)
"""The headings of an empty tracker."""

_ALIASES: Final[Mapping[Field, str]] = {
    Field.NAME: "contact name|name|contact|contact person|full name|person|individual"
    "|contact s name|name of contact|who|contacted|names",
    Field.FIRST_NAME: "first name|firstname|given name|first|contact first name",
    Field.LAST_NAME: "last name|lastname|surname|family name|last|contact last name",
    Field.TITLE: "contact title|title|position|role title|role|contact role|contact s title"
    "|contact position|their title|title of contact|person s title|occupation|headline",
    Field.NAME_AND_TITLE: "contact name and title|name and title|contact name title|name title"
    "|contact and title",
    Field.EMPLOYER: "company|employer|organization|organisation|company name|firm|contact company"
    "|company organization|name of company|workplace|current company",
    Field.DATE: "date|date of contact|contact date|date contacted|last contact|last contacted"
    "|connected on|connection date|contacted on|date of activity|activity date|outreach date|when"
    "|date of outreach|contacted at|day",
    Field.SUMMARY: "notes|note|summary|written summary|summary of activity|activity summary|details"
    "|description|comments|comment|conversation notes|application summary|what happened|outcome"
    "|message|conversation|meeting notes|written summary of activity",
    Field.ACTION: "action|activity|activity type|type of activity|type|contact method|method"
    "|channel|interaction type|interaction|stage|type of contact|kind|how",
    Field.RELATION: "relationship type|relationship|contact type|type of person|category",
    Field.FOLLOW_UP: "follow up|followup|followed up|follow up sent|follow up done|follow up notes",
}
# Seen where DATE isn't: when a form was sent in.
_SECOND_DATES: Final = ("timestamp", "created", "created time", "submitted at", "date added")
# Seen where TITLE isn't, in tables that are about people: in those about jobs it is the job's.
_SECOND_TITLES: Final = ("job title", "current title", "current position")
_OF_JOBS: Final = frozenset(
    (
        *("link to job announcement", "job link", "job url", "job posting", "posting", "salary"),
        *("date applied", "deadline", "applied at", "job description", "job announcement"),
    )
)
_BY_ALIAS: Final = {
    alias: field for field, aliases in _ALIASES.items() for alias in aliases.split("|")
}
_KNOWN: Final = frozenset((*_BY_ALIAS, *_SECOND_DATES, *_SECOND_TITLES, *_OF_JOBS, "status"))
_NOT_CONTACTS: Final = (
    ("Huntr", frozenset({"creatoruserfirstname"})),
    ("Huntr", frozenset({"boardname", "listname"})),
    ("Huntr", frozenset({"employer", "job title", "list", "date saved"})),
    ("Teal", frozenset({"company name", "role", "excitement"})),
    ("Teal", frozenset({"company name", "statusname"})),
)
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS: Final = re.compile(r"[^\w]+|_+")
_LONGEST: Final = 100


def folded(heading: str) -> str:
    """A heading as it is compared: without case, accents, signs and what stands in brackets."""
    return " ".join(_SIGNS.sub(" ", _ASIDE.sub(" ", bare(heading[:_LONGEST]))).split())


def known_among(cells: Sequence[str], columns: Mapping[Field, str]) -> int:
    """How many cells of a row are headings that are known.

    Args:
        cells: A row's.
        columns: Headings that are configured.
    """
    own = {folded(heading) for heading in columns.values()}
    names = {folded(cell) for cell in cells if cell}
    signs = {name for _, marks in _NOT_CONTACTS for name in marks}
    return len(names & (_KNOWN | own | signs))


def places_of(
    headings: Sequence[str], columns: Mapping[Field, str]
) -> Mapping[Field, int] | Unusable:
    """Where each field's column is.

    Args:
        headings: As written.
        columns: Headings that are configured, which go before those that are known.
    """
    names = [folded(heading) for heading in headings]
    if tool := _export_without_contacts(names):
        return Unusable(
            f"is an export of {tool}'s jobs, which holds no contacts",
            "Keep a table of the people you contact: Company, Contact Name, Contact Title, Date,"
            " Notes",
        )
    places: dict[Field, int] = {}
    for field, heading in columns.items():
        if folded(heading) not in names:
            return Unusable(
                f"has no heading {field.value!r} is configured to be",
                "Correct contacts.columns, or the tracker's headings",
            )
        places[field] = names.index(folded(heading))
    for place, name in enumerate(names):
        known = _BY_ALIAS.get(name)
        if known is not None and place not in places.values():
            places.setdefault(known, place)
    _add_second(places, Field.DATE, names, _SECOND_DATES)
    if _OF_JOBS.isdisjoint(names):
        _add_second(places, Field.TITLE, names, _SECOND_TITLES)
    return places


def _add_second(
    places: dict[Field, int],
    field: Field,
    names: Sequence[str],
    others: Sequence[str],
) -> None:
    found = next((names.index(other) for other in others if other in names), None)
    if found is not None and found not in places.values():
        places.setdefault(field, found)


def _export_without_contacts(names: Sequence[str]) -> str:
    return next((tool for tool, marks in _NOT_CONTACTS if marks <= set(names)), "")


def lacking(places: Mapping[Field, int]) -> tuple[str, ...]:
    """What a tracker has no column for, in the order of the commitment; empty if nothing."""
    has = set(places)
    named = {Field.NAME, Field.NAME_AND_TITLE} & has or {
        Field.FIRST_NAME,
        Field.LAST_NAME,
    } <= has
    titled = {Field.TITLE, Field.NAME_AND_TITLE} & has
    asked = (
        ("Contact Name", bool(named)),
        ("Contact Title", bool(titled)),
        ("Company", Field.EMPLOYER in has),
        ("Date", Field.DATE in has),
        ("Notes", Field.SUMMARY in has),
    )
    return tuple(heading for heading, there in asked if not there)
