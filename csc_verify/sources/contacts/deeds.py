"""What a student's own words say was done: a follow-up, or anything with a person. Pure.

"No follow-up yet" and "need to follow up" tell of none, "I wrote her the next day" does, and whose
deed "Ada wrote a book" is can't be told from its words.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final


class Told(IntEnum):
    """What a text says of a deed; the larger one stands where texts say several."""

    NOTHING = 0
    NOT_DONE = 1
    UNCLEAR = 2
    DONE = 3


_NONE: Final = Told.NOTHING
_LOOKED_AT: Final = 5000
_LONGEST_CLAUSE: Final = 500
_CLAUSE: Final = re.compile(r"[.,;:!?\n()]+|\s(?:but|and|then)\s")
_WORD: Final = re.compile(r"[\w'-]+")
_TO_SOMEBODY: Final = (
    r"wrote|written|messaged|e-?mailed|texted|connected|thanked|followed[- ]up|following up|pinged"
    r"|dm'?e?d|replied|reached out|reached back|met up|caught up"
    r"|(?:met|spoke|talked) (?:\w+ ){0,2}again"
    r"|called (?:her|him|them|back|again)"
    r"|(?:had|got|grabbed) (?:an? )?(?:\w+ )?(?:coffee|call|lunch|chat|zoom|interview)"
    r"|sent (?:[\w-]+ ){0,3}(?:her|him|them|messages?|notes?|e-?mails?|inmails?|invites?|invitation"
    r"|requests?|dms?|thanks|thank)"
)
_TALKED: Final = r"asked|talked|spoke|spoken|chatted|met|discussed|interviewed|introduced|learned"
_TALKED_ALONE: Final = re.compile(_TALKED)
_TO_A_PERSON: Final = re.compile(
    r"\b(?:with|to|her|him|them|she|he|they|mr|ms|mrs|dr|cto|ceo|manager|recruiter|engineers?"
    r"|developers?|lead|founders?|team)\b"
)
_AFTERWARDS: Final = re.compile(rf"\b(?:{_TO_SOMEBODY}|sent)\b")
_WITH_SOMEBODY: Final = re.compile(rf"\b(?:{_TO_SOMEBODY}|{_TALKED})\b")
# Things that are made of a deed; what else stands beside them says whether it was done.
_THING: Final = re.compile(r"\b(?:follow[- ]?ups?|thank[- ]?you)\b")
_SURE_THING: Final = re.compile(
    r"\b(?:follow[- ]?up|thank[- ]?you)\W+(?:\w+\W+)?(?:e-?mail|message|note|call|letter|card|dm"
    r"|inmail|coffee|done|made)\b"
)
_PLANNED: Final = re.compile(
    r"\b(?:needs?|needed|wants?|plan\w*|todo|to[- ]do|should|must|ha(?:ve|s) to|pending|tbd|later"
    r"|tomorrow|soon|schedul\w+|intend\w*|hop(?:e|ing)|remind\w*|next (?:week|month|time)|yet"
    r"|going to|would|could|might|due|waiting|upcoming|not|no|never|none|nothing|without|forgot"
    r"|(?:will|to) (?:also )?(?:be|follow|send|write|e-?mail|message|call|ping|text|reach|connect"
    r"|thank|do|meet|ask|contact|speak|talk|apply))\b|n't\b|'ll\b"
)
_NOT: Final = frozenset(
    (
        *("not", "no", "never", "nothing", "nobody", "none", "without", "neither", "cannot", "be"),
        *("should", "would", "could", "might", "wish", "wished"),
    )
)
_I: Final = frozenset(("i", "we", "i've", "we've", "ive", "weve"))
# What may stand before a deed of one's own where no "I" does.
_BEFORE: Final = frozenset(
    (
        *("afterwards", "afterward", "after", "later", "that", "the", "a", "an", "next", "same"),
        *("day", "week", "evening", "morning", "night", "also", "just", "already", "since", "so"),
        *("finally", "subsequently", "both", "have", "had", "has", "was", "were", "been", "on"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "again"),
        *("yes", "done", "e-mail", "email", "message", "note", "linkedin", "request", "invite"),
        *("connection", "thank", "thank-you", "you", "thanks", "follow-up", "follow", "up", "it"),
        *("letter", "card", "dm", "inmail", "in", "person", "we", "then", "and", "to", "him"),
        *("her", "them"),
    )
)
_PERSON: Final = re.compile(r"\s+(?:to |back to |with |back )?(?:her|him|them)\b")
_WORDS_BEFORE: Final = 4
# In what kind a contact was of: what is named there took place.
_OF_CONTACT: Final = re.compile(
    r"\b(?:interview\w*|calls?|called|screen(?:ing|s)?|coffees?|chats?|chatted|on-?site|meetings?"
    r"|lunch|conversations?|messag\w+|inmails?|dms?|follow(?:ed)?[- ]?ups?|phone|outreach|intros?"
    r"|introduc\w+|her|him|them|talk\w*|spoke|met|wrote|reached|contacted|thank\w*"
    r"|zooms?|called|bewerbungsgespr\w+|vorstellungsgespr\w+|gespräche?|telefonate?|telefoniert"
    r"|angeschrieben|geschrieben|getroffen|kaffee"
    r"|(?:r[eé]sum[eé]|cv|application|portfolio|cover letter) "
    r"(?:review|feedback|advice|help|critique))\b"
)
_OF_FOLLOWING: Final = re.compile(
    r"\b(?:e-?mail\w*|messag\w+|inmails?|dms?|follow(?:ed)?[- ]?ups?|thank\w*|texted)\b"
)
_PERHAPS_OF_CONTACT: Final = re.compile(r"\b(?:e-?mail\w*|refer\w*|contact\w*|connect\w*)\b")


def told_of_following_up(text: str) -> Told:
    """Whether a text says that somebody was turned to again."""
    return max(map(_of_clause, _clauses(text)), default=_NONE)


def told_of_a_person(text: str) -> Told:
    """Whether a text says that somebody was written to, talked with or met."""
    return max((_of_deeds(clause, _WITH_SOMEBODY) for clause in _clauses(text)), default=_NONE)


def kind_tells_of_a_person(action: str) -> Told:
    """Whether the kind of a contact names something that two people do."""
    return max((_of_kind(clause, _OF_CONTACT) for clause in _clauses(action)), default=_NONE)


def kind_tells_of_following_up(action: str) -> Told:
    """Whether the kind of a contact at an event names what comes after it, too."""
    told = max((_of_kind(clause, _OF_FOLLOWING) for clause in _clauses(action)), default=_NONE)
    return told if told is Told.DONE else _NONE


def is_planned(text: str) -> bool:
    """Whether a text speaks of what is still to be done, or wasn't."""
    return any(_PLANNED.search(clause) for clause in _clauses(text))


def _clauses(text: str) -> list[str]:
    lowered = text[:_LOOKED_AT].casefold().replace("\u2019", "'")
    return [clause[:_LONGEST_CLAUSE] for clause in _CLAUSE.split(lowered) if clause]


def _of_kind(clause: str, kinds: re.Pattern[str]) -> Told:
    if kinds.search(clause):
        return Told.NOT_DONE if _PLANNED.search(clause) else Told.DONE
    return Told.UNCLEAR if _PERHAPS_OF_CONTACT.search(clause) else Told.NOTHING


def _of_clause(clause: str) -> Told:
    return max(_of_deeds(clause, _AFTERWARDS), _of_things(clause))


def _of_things(clause: str) -> Told:
    if not _THING.search(clause):
        return Told.NOTHING
    if _PLANNED.search(clause):
        return Told.NOT_DONE
    return Told.DONE if _SURE_THING.match(clause.strip()) else Told.UNCLEAR


def _of_deeds(clause: str, deeds: re.Pattern[str]) -> Told:
    return max((_of_deed(clause, found) for found in deeds.finditer(clause)), default=_NONE)


def _of_deed(clause: str, found: re.Match[str]) -> Told:
    before = _WORD.findall(clause[: found.start()])
    near = before[-_WORDS_BEFORE:]
    behind = _WORD.findall(clause[found.end() : found.end() + 20])
    denied = any(word in _NOT or word.endswith("n't") for word in near)
    if denied or (behind and behind[0] in _NOT):
        return Told.NOT_DONE
    leading = [word for word in before if word not in _BEFORE]
    is_own = not leading or leading[-1] in _I
    if (
        is_own
        and _TALKED_ALONE.fullmatch(found[0])
        and not _TO_A_PERSON.search(clause, found.end())
    ):
        # "Met all requirements" is no meeting.
        return Told.UNCLEAR
    if is_own or _PERSON.match(clause, found.end()) or found[0].endswith((" her", " him", " them")):
        return Told.DONE
    return Told.UNCLEAR
