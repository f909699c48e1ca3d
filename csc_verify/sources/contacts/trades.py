"""What people are called who have no name, and firms by what they trade in. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.letters import bare

_ROLES: Final = frozenset(
    (
        *("hiring", "manager", "hr", "human", "resources", "team", "talent", "acquisition"),
        *("recruiter", "recruiters", "recruiting", "recruitment", "department", "dept", "office"),
        *("people", "operations", "ops", "support", "info", "contact", "careers", "career"),
        *("jobs", "admin", "staff", "someone", "somebody", "anonymous", "person", "the", "of"),
        *("engineering", "sales", "lead", "director", "head", "ceo", "cto", "personalabteilung"),
    )
)
_TITLES: Final = re.compile(
    r"\b(?:engineer\w*|developers?|programmers?|designers?|manager\w*|managing|director|lead"
    r"|leader|head of|vp|vice president|president|founder|co-?founder|ceo|cto|cio|coo|cfo"
    r"|analysts?|architects?|scientists?|consultants?|recruiters?|recruiting|officer|owner"
    r"|partners?|specialist|coordinator|associate|assistant|intern|student|teacher|professor of"
    r"|product|sales|marketing|software|data|talent|hr|people|operations)\b",
    re.IGNORECASE,
)
# Who clearly does something else than recruit, also at a firm that recruits.
_TECHNICAL: Final = re.compile(
    r"\b(?:engineer\w*|develop\w*|programm\w*|design\w*|data|product|software|scien\w*|analysts?"
    r"|architects?|devops|sre|qa|tester|cto|cio|ciso|technology|it|security|infrastructure"
    r"|systems|front-?end|back-?end|full[- ]stack|machine learning|ux|ui|web)\b",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"\w+")
# The trade's words, wherever they stand in a firm's name, and the trade's largest firms.
_TRADE: Final = re.compile(
    r"\b(?:recruit(?:ers|ing|ment)|staffing|headhunt\w*|executive search|search partners"
    r"|talent (?:agency|partners|solutions|group)|personalvermittlung|personalberatung"
    r"|zeitarbeit)\b"
)
_FIRMS: Final = re.compile(
    r"(?:robert half|randstad|adecco|manpower(?:group)?|michael page|page personnel|kforce"
    r"|tek ?systems|cybercoders|insight global|aerotek|jobot|jobspring|harvey nash|akkodis"
    r"|collabera|korn ferry|robert walters|nigel frank|jefferson frank|creative circle"
    r"|kelly services|judge group|brooksource|signature consultants|workbridge associates"
    r"|stem talent"
    # Names that others have too: these are the firms' whole names.
    r"|(?:hays|apex systems|beacon hill|mondo|vaco|modis|experis|harnham|aquent)"
    r"(?: (?:plc|ag|inc|ltd|llc|us|usa|uk|germany|technology|talent|specialist\w*))?$)\b"
)
_LEGAL: Final = frozenset(
    (
        *("inc", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "plc", "gmbh"),
        *("ag", "se", "sa", "sas", "sarl", "sl", "bv", "nv", "ab", "as", "oy", "the", "group"),
    )
)


def is_of_a_role(word: str) -> bool:
    """Whether a word of a name, without case and signs, is one of a role's."""
    return word in _ROLES


def is_of_titles(text: str) -> bool:
    """Whether a text has a word that stands in titles and in nobody's name."""
    return _TITLES.search(text) is not None


def is_technical(title: str) -> bool:
    """Whether somebody with a title makes things, and recruits nobody."""
    return _TECHNICAL.search(title) is not None


def is_agency(employer: str) -> bool:
    """Whether an employer, by its name, finds people for others."""
    name = " ".join(_WORDS.findall(bare(employer)))
    return _TRADE.search(name) is not None or _FIRMS.match(name) is not None


def has_legal_form(text: str) -> bool:
    """Whether a text ends as firms' names do, and people's don't."""
    words = _WORDS.findall(bare(text))
    return bool(words) and words[-1] in _LEGAL


def may_be_one(employer: str, other: str) -> bool:
    """Whether two spellings may be one employer's: "Acme", "ACME Inc.", "Acme Labs"."""
    one, two = _telling(employer), _telling(other)
    return one <= two or two <= one


def _telling(employer: str) -> frozenset[str]:
    words = frozenset(_WORDS.findall(bare(employer)))
    return words - _LEGAL or words
