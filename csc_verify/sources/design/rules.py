"""Which entries are activities of the commitment, and why the others aren't. Pure.

One extra-credit assignment, three modules outside the student's own specialization, or one design
challenge that was started, each with a link to the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical, web_address
from csc_verify.config.forms import nearest
from csc_verify.escape import plain
from csc_verify.letters import folded
from csc_verify.model import ItemKind
from csc_verify.sources.design.sites import host_of, is_at
from csc_verify.sources.design.specializations import words_of_specialization

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from csc_verify.sources.design.values import Activity, Candidate, Terms, Variable

KINDS: Final = (ItemKind.EXTRA_CREDIT, ItemKind.MODULE, ItemKind.DESIGN_CHALLENGE)

_BETWEEN_WORDS: Final = re.compile(r"[\s_-]+")
_MOST_SITES: Final = 5
_OWN_UNKNOWN: Final = (
    "whether it is outside the student's own specialization can't be told; set"
    " design.specialization"
)
_MODULES_UNKNOWN: Final = (
    "whether it is outside the student's own specialization can't be told; write whose module it is"
    " under specialization"
)
_ALIKE: Final = (
    "whether its specialization is the student's own can't be told; write it just as"
    " design.specialization does if it is"
)
_NOT_THE_STUDENTS: Final = (
    "its link is the challenge itself; link to what shows that the student started it"
)


def kind_of(text: str) -> ItemKind | None:
    """The kind that an entry names, whatever stands between the words; None if it is none."""
    name = _BETWEEN_WORDS.sub("-", folded(text))
    return next((kind for kind in KINDS if kind == name), None)


@dataclass(frozen=True, slots=True)
class _Case:
    """An entry with what decides about it.

    Attributes:
        activity: As written.
        kind: What it is; None if it names no kind that counts.
        link: Its evidence's address or variable, as far as it could be looked up.
        terms: What is configured.
    """

    activity: Activity
    kind: ItemKind | None
    link: str | Variable
    terms: Terms

    @property
    def is_module(self) -> bool:
        return self.kind is ItemKind.MODULE

    @property
    def is_challenge(self) -> bool:
        return self.kind is ItemKind.DESIGN_CHALLENGE


def fault_of(activity: Activity, link: str | Variable, terms: Terms) -> tuple[str, str] | None:
    """Why an entry doesn't count, and what would mend it; None if nothing speaks against it.

    Args:
        activity: The entry.
        link: What its link is, or the variable that lacks it.
        terms: What is configured.
    """
    case = _Case(activity, kind_of(activity.kind), link, terms)
    return next(((why, mend(case)) for has, why, mend in _FAULTS if has(case)), None)


def doubts_about(candidate: Candidate, terms: Terms) -> Iterator[str]:
    """Why an activity may not count, whatever its link answers; each with what would help.

    Args:
        candidate: An activity without a fault.
        terms: What is configured.
    """
    activity = candidate.activity
    if candidate.kind is ItemKind.MODULE:
        if terms.specialization is None:
            yield _OWN_UNKNOWN
        elif not activity.specialization:
            yield _MODULES_UNKNOWN + _spelt(activity, "specialization")
        elif words_of_specialization(activity.specialization) & words_of_specialization(
            terms.specialization
        ):
            yield _ALIKE
    link = candidate.link
    if candidate.kind is ItemKind.DESIGN_CHALLENGE and isinstance(link, str):
        challenge = web_address(activity.challenge)
        if challenge is not None and canonical(challenge) == canonical(link):
            yield _NOT_THE_STUDENTS


def _is_own(case: _Case) -> bool:
    own, its = case.terms.specialization, case.activity.specialization
    return (
        case.is_module
        and bool(own and its)
        and words_of_specialization(own or "") == words_of_specialization(its)
    )


def _is_elsewhere(case: _Case) -> bool:
    challenge = web_address(case.activity.challenge)
    return challenge is None or not is_at(host_of(challenge), case.terms.sites)


def _spelt(activity: Activity, key: str) -> str:
    return f"; its key must be spelled {key}" if key in activity.misspelt else ""


def _write(key: str, what: str) -> Callable[[_Case], str]:
    def mend(case: _Case) -> str:
        is_close = key in case.activity.misspelt
        return f"spell its key {key}" if is_close else f"write {what} under {key}"

    return mend


def _name_kinds(case: _Case) -> str:
    if "kind" in case.activity.misspelt:
        return "spell its key kind"
    near = nearest(case.activity.kind, KINDS)
    meant = f": perhaps {near}" if near else ""
    return f"write one of {', '.join(KINDS)} under kind{meant}"


def _name_sites(case: _Case) -> str:
    sites = [plain(site, 60) for site in case.terms.sites]
    if not sites:
        return "name the sites whose challenges count under design.challenge_sites"
    more = f" and {len(sites) - _MOST_SITES} more" if len(sites) > _MOST_SITES else ""
    return f"take a challenge from {', '.join(sites[:_MOST_SITES])}{more}"


_ADDRESS: Final = "the whole address, https://…,"
_FAULTS: Final[tuple[tuple[Callable[[_Case], bool], str, Callable[[_Case], str]], ...]] = (
    (lambda case: not case.activity.kind, "no kind", _name_kinds),
    (lambda case: case.kind is None, "not a kind of activity that counts", _name_kinds),
    (lambda case: not plain(case.activity.title), "no title", _write("title", "what it is called")),
    (
        lambda case: not case.activity.link,
        "no link to the evidence",
        _write("link", "an address that shows it"),
    ),
    (
        lambda case: isinstance(case.link, str) and web_address(case.link) is None,
        "its link is no web address",
        lambda _: f"write {_ADDRESS} under link or into the secret it names",
    ),
    (
        _is_own,
        "a module of the student's own specialization",
        lambda _: "list modules of another specialization than yours, design.specialization",
    ),
    (
        lambda case: case.is_challenge and not case.activity.challenge,
        "no address of the challenge",
        _write("challenge", "the address of the challenge itself"),
    ),
    (
        lambda case: case.is_challenge and web_address(case.activity.challenge) is None,
        "its challenge is no web address",
        _write("challenge", _ADDRESS),
    ),
    (
        lambda case: case.is_challenge and _is_elsewhere(case),
        "a challenge on a site that is not approved",
        _name_sites,
    ),
    (
        lambda case: not case.activity.date,
        "no date",
        _write("date", "when it was, like 2026-11-17,"),
    ),
)
"""What can speak against an entry, in the order in which it is told: the first one stands."""
