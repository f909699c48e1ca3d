"""Which rows are contacts of the commitment, and why the others aren't. Pure.

At least eight individuals a week at prospective employers, each with first name, last name, title
and employer, and a written summary. External recruiters don't count, nor does an application alone;
an event does with a follow-up; the same person counts once a week.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_verify.sources.contacts.values import Contact

# Words for the trade, and its largest firms.
_AGENCY: Final = re.compile(
    r"\b(?:recruit(?:ing|ment) (?:agency|firm|group|partners|services|solutions)|recruitment"
    r"|staffing|headhunt\w*|executive search"
    r"|talent (?:partners|solutions|group)|personalvermittlung|zeitarbeit|robert half|randstad"
    r"|adecco|manpower(?:group)?|michael page|hays|kforce|teksystems|cybercoders|insight global"
    r"|apex systems|jobot|aerotek|beacon hill|jobspring)\b",
    re.IGNORECASE,
)
# Templates mark those who don't count with this word alone.
_RECRUITER: Final = re.compile(
    r"(?:(?:external|agency|third[- ]party) )?recruiter|(?:recruit\w+ |staffing )agency|headhunter",
    re.IGNORECASE,
)
_EXTERNAL: Final = re.compile(
    r"\b(?:external|agency|third[- ]party|independent|freelance)\b.*\brecruit|\bheadhunter\b",
    re.IGNORECASE,
)
_APPLIED: Final = re.compile(
    r"(?:job |online |submitted (?:an? |the |my )?|sent (?:an? |the |my )?)?"
    r"(?:appl(?:y|ied)|applications?)"
    r"(?: (?:submitted|sent|online|only|via|on|to|for|at|through)\b.*)?",
    re.IGNORECASE,
)
_EVENT: Final = re.compile(
    r"\b(?:event|meet-?ups?|conference|career fair|job fair|hackathon|networking night|panel)\b",
    re.IGNORECASE,
)
_FOLLOWED: Final = re.compile(
    r"\bfollow(?:ed|ing)?[- ]?ups?\b|\b(?:thank[- ]you|emailed|messaged|wrote to|called)\b",
    re.IGNORECASE,
)
_NOTHING: Final = frozenset(("", "-", "--", "n/a", "na", "none", "no", "false", "0", "tbd", "?"))


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing, in a word or a sign."""
    return cell.strip().casefold() in _NOTHING


def fault_of(contact: Contact) -> tuple[str, str] | None:
    """Why a row doesn't count, and what would mend it; None if nothing speaks against it.

    Args:
        contact: A row of the week.
    """
    return next(((why, mend) for has, why, mend in _FAULTS if has(contact)), None)


def _is_external_recruiter(contact: Contact) -> bool:
    return bool(
        _AGENCY.search(contact.employer)
        or _RECRUITER.fullmatch(contact.relation.strip())
        or _EXTERNAL.search(contact.title)
    )


def _has_follow_up(contact: Contact) -> bool:
    return not is_nothing(contact.follow_up) or bool(
        _FOLLOWED.search(contact.summary) or _FOLLOWED.search(contact.action)
    )


_NAMES: Final = "Write the person's first and last name"
_FAULTS: Final[tuple[tuple[Callable[[Contact], bool], str, str], ...]] = (
    (lambda contact: not contact.first and not contact.last, "no name", _NAMES),
    (lambda contact: not contact.first or not contact.last, "no last name", _NAMES),
    (
        lambda contact: is_nothing(contact.title),
        "no title",
        "Write what the person does, not the job you apply for",
    ),
    (lambda contact: is_nothing(contact.employer), "no employer", "Write where the person works"),
    (
        _is_external_recruiter,
        "an external recruiter or agency",
        "If the person works for the employer itself, write internal recruiter as what they are",
    ),
    (
        lambda contact: bool(_APPLIED.fullmatch(contact.action.strip())),
        "only an application",
        "Write to a person there, and add what you wrote",
    ),
    (
        lambda contact: bool(_EVENT.search(contact.action)) and not _has_follow_up(contact),
        "an event without a follow-up",
        "Follow up, and write that you did",
    ),
    (
        lambda contact: is_nothing(contact.summary),
        "no summary",
        "Write in a sentence what the contact was about",
    ),
)
"""What can speak against a row, in the order in which it is told: the first one stands."""
