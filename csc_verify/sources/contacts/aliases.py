"""Headings that people's tools write, and what each is about.

Every one is seen in a sheet, an export or a template (Flatiron's two sheets, LinkedIn's
connections, public templates), or is a plain word for the same, also in German, Spanish and French.
Without accents, as headings are compared; of those that are about one thing, the surest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.model import ContactField as Field

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE: Final = (
    *("Date", "Contact Name", "Contact Title", "Company", "Relationship Type"),
    *("Action", "Follow-Up", "Notes"),
)
"""The headings of an empty tracker."""

_OF_PERSON: Final = (
    "contact title|contact s title|contact role|contact position|title of contact|person s title"
    "|their title|headline|occupation|what do they do|what they do|what does the person do"
    "|titel des kontakts|rolle des kontakts|cargo del contacto|fonction du contact"
)
_OF_ANYBODY: Final = (
    "title|position|role title|role|rolle|funktion|titel|cargo|puesto|rol|titulo|posicion|fonction"
    "|poste|titre"
)
_ALIASES: Final[Mapping[Field, str]] = {
    Field.NAME: "contact name|contact s name|name of contact|name|full name|contact person|contact"
    "|person|individual|contacted|names|who|who did i talk to|who did i contact|who did i meet"
    "|who did i speak to|who did i speak with|whom did i talk to|vollstandiger name"
    "|ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|kontakt|wer"
    "|nombre completo|nombre y apellido|nombre|persona de contacto|contacto|nom complet|nom"
    "|interlocuteur|personne",
    Field.FIRST_NAME: "first name|firstname|given name|first|contact first name|vorname|prenom"
    "|nombre de pila",
    Field.LAST_NAME: "last name|lastname|surname|family name|last|contact last name|nachname"
    "|familienname|apellido|apellidos|nom de famille",
    Field.TITLE: f"{_OF_PERSON}|{_OF_ANYBODY}",
    Field.NAME_AND_TITLE: "contact name and title|name and title|contact name title|name title"
    "|contact and title|name und titel|name und rolle",
    Field.EMPLOYER: "company|employer|organization|organisation|company name|firm|contact company"
    "|company organization|name of company|workplace|current company|where do they work"
    "|where they work|firma|unternehmen|arbeitgeber|empresa|compania|empleador|organizacion"
    "|entreprise|societe|employeur",
    Field.DATE: "date|date of contact|contact date|date contacted|last contact|last contacted"
    "|connected on|connection date|contacted on|date of activity|activity date|outreach date"
    "|date of outreach|contacted at|when|when did i talk to them|day|datum|kontaktdatum|wann|fecha"
    "|fecha de contacto|cuando|date de contact|quand",
    Field.SUMMARY: "notes|note|summary|written summary|summary of activity|activity summary|details"
    "|description|comments|comment|conversation notes|application summary|what happened|outcome"
    "|message|conversation|meeting notes|written summary of activity|what did we talk about"
    "|what we talked about|notizen|notiz|zusammenfassung|gesprachsnotizen|anmerkungen|bemerkungen"
    "|beschreibung|kommentar|notas|nota|resumen|comentarios|observaciones|descripcion|commentaires"
    "|commentaire|remarques|compte rendu",
    Field.ACTION: "action|activity|activity type|type of activity|type|contact method|method"
    "|channel|interaction type|interaction|stage|type of contact|kind|how|aktion|aktivitat"
    "|art des kontakts|kontaktart|kanal|accion|actividad|tipo|canal|medio|activite",
    Field.RELATION: "relationship type|relationship|contact type|type of person|category|beziehung"
    "|kontakttyp|relacion|tipo de contacto|relation|type de contact",
    Field.FOLLOW_UP: "follow up|followup|followed up|follow up sent|follow up done|follow up notes"
    "|nachfassen|seguimiento|suivi|relance",
}
RANKS: Final[Mapping[str, tuple[Field, int]]] = {
    alias: (field, rank)
    for field, aliases in _ALIASES.items()
    for rank, alias in enumerate(aliases.split("|"))
}
"""Of each heading its field, and how sure it is: less is surer."""
TITLES_OF_PERSONS: Final = frozenset(_OF_PERSON.split("|"))
"""Headings that are of a person's title also where the table is about jobs."""
CONTACTS_OF_JOBS: Final = frozenset(
    alias
    for alias in _ALIASES[Field.NAME].split("|")
    if alias.startswith(("contact", "kontakt", "ansprech", "persona de", "interlocuteur"))
)
"""Headings of names that say that the row is about something else, which has a contact."""

SECOND_DATES: Final = ("timestamp", "created", "created time", "submitted at", "date added")
"""Seen where no date is: when a form was sent in."""
SECOND_TITLES: Final = ("job title", "current title", "current position", "jobtitel")
"""Seen where no title is; in tables that are about jobs it is the job's."""
OF_JOBS: Final = frozenset(
    (
        *("link to job announcement", "job link", "job url", "job posting", "posting", "salary"),
        *("date applied", "deadline", "applied at", "job description", "job announcement"),
        *("job posting link", "link to job", "link to posting", "posting link", "posting url"),
        *("salary range", "application date", "application status", "date posted", "applied on"),
        *("closing date", "job id", "job board", "resume version", "cover letter", "applied"),
    )
)
"""Headings of tables that are about jobs."""
OTHERS: Final = frozenset(
    (
        *(
            "status",
            "next step",
            "next steps",
            "next action",
            "next action date",
            "due",
            "due date",
        ),
        *("follow up date", "reminder", "birthday", "interview", "interview date", "source"),
        *("email", "e mail", "phone", "linkedin", "url", "website", "link", "location", "city"),
        *("industry", "interest area", "how found", "mutual connection", "referred by"),
        *("source referral", "referral", "priority", "school", "coach", "action complete"),
        *("first time you are contacting this company contact", "id", "tags", "address", "country"),
        *("stadt", "ort", "ciudad", "ville", "telefon", "telefono", "telephone", "created by"),
    )
)
"""Headings of what no contact needs."""
KNOWN: Final = frozenset((*RANKS, *SECOND_DATES, *SECOND_TITLES, *OF_JOBS, "status"))
"""All by which the row of the headings is found."""
NOT_CONTACTS: Final = (
    ("Huntr", frozenset({"creatoruserfirstname"})),
    ("Huntr", frozenset({"boardname", "listname"})),
    ("Huntr", frozenset({"employer", "job title", "list", "date saved"})),
    ("Teal", frozenset({"company name", "role", "excitement"})),
    ("Teal", frozenset({"company name", "statusname"})),
)
"""Of tools that export jobs and no contacts, the headings by which each is known."""
