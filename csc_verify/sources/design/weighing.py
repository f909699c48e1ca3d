"""What becomes of the activities that may be of a week, once their links have answered. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag

from csc_verify.digests import digest
from csc_verify.model import Item, LeftOut
from csc_verify.sources.design.choosing import left_out, named
from csc_verify.sources.design.links import outcome_of
from csc_verify.sources.design.repeating import names_of
from csc_verify.sources.design.rules import doubts_about
from csc_verify.sources.design.values import Candidate, Closed, Gone, Variable, When, committed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from csc_verify.fetch import FetchResult
    from csc_verify.model import ItemKind
    from csc_verify.sources.design.values import Outcome, Terms

MOST_LINKS: Final = 30
"""Links that are asked for one week; the commitment asks for three at the most."""

_UNREADABLE: Final = "its date can't be read; write it like 2026-11-17"
_WITHOUT_KEY: Final = (
    "its link is secret, and without CSC_CONTACTS_KEY nobody could check it later; add that key as"
    " a secret, and hand it over in the workflow: contacts-key: ${{ secrets.CSC_CONTACTS_KEY }}"
)
_TOO_MANY: Final = (
    f"too many links to ask in one run; list no more than {MOST_LINKS} different ones for a week"
)


def to_ask(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """The addresses that have to be asked, each once, those of certain dates first.

    Args:
        candidates: What may be of the week.
    """
    ordered = sorted(candidates, key=lambda one: one.when is not When.INSIDE)
    links = (_address(one) for one in ordered if one.at is not None)
    return tuple(dict.fromkeys(filter(None, links)))[:MOST_LINKS]


def weighed(
    candidates: Iterable[Candidate],
    answers: Mapping[str, FetchResult],
    terms: Terms,
    key: bytes | None,
) -> Mapping[int, Item | LeftOut]:
    """What becomes of each, by its number.

    Args:
        candidates: What may be of the week.
        answers: What came from the addresses that were asked.
        terms: What is configured.
        key: The week's, for digests of what is private; None without one.
    """
    found = [(one, _told(one, answers, terms, key)) for one in candidates]
    # What is certain comes first, so that of two entries about one thing the certain one counts.
    found.sort(key=lambda pair: not _is_certain(*pair))
    seen: dict[tuple[ItemKind, str], int] = {}
    outcomes: dict[int, Item | LeftOut] = {}
    for one, told in found:
        number, names = one.activity.number, list(names_of(one))
        same_as = next((seen[name] for name in names if name in seen), None)
        outcomes[number] = told
        if isinstance(told, LeftOut):
            continue
        if same_as is not None:
            why = f"the same as activity {same_as}"
            outcomes[number] = left_out(one.activity, why, is_private=one.is_private)
            continue
        seen.update(dict.fromkeys(names, number))
    return outcomes


def _is_certain(one: Candidate, told: Item | LeftOut) -> bool:
    return one.when is When.INSIDE and isinstance(told, Item) and told.doubt is None


def _address(one: Candidate) -> str | None:
    return urldefrag(one.link).url if isinstance(one.link, str) else None


def _told(
    one: Candidate, answers: Mapping[str, FetchResult], terms: Terms, key: bytes | None
) -> Item | LeftOut:
    outcome = _outcome(one, answers)
    if isinstance(outcome, Gone):
        return left_out(one.activity, outcome.why, outcome.mend, is_private=one.is_private)
    doubts = [*_doubts(one, outcome, key), *doubts_about(one, terms)]
    doubt = "; and ".join(doubts) or None
    if one.is_private:
        name = named(one.activity)
        sealed = _sealed(one, key)
        return Item(one.kind, None, one.at, name, doubt=doubt, is_private=True, digest=sealed)
    return Item(one.kind, _shown(one.link), one.at, one.activity.title, doubt=doubt)


def _outcome(one: Candidate, answers: Mapping[str, FetchResult]) -> Outcome | None:
    """What the link says; None if it was not asked."""
    address = _address(one)
    answer = answers.get(address) if address is not None else None
    if answer is None or address is None:
        return None
    return outcome_of(address, answer, one.activity.title, is_private=one.is_private)


def _doubts(one: Candidate, outcome: Outcome | None, key: bytes | None) -> Iterator[str]:
    if one.at is None:
        yield _UNREADABLE
    if one.is_private and key is None:
        yield _WITHOUT_KEY
    if isinstance(one.link, Variable):
        yield _lacking(one.link, one)
    elif outcome is None and one.at is not None:
        yield _TOO_MANY
    elif isinstance(outcome, Closed):
        yield outcome.why


def _lacking(variable: Variable, one: Candidate) -> str:
    if one.is_listed_secretly:
        return (
            "the variable that its link names is empty or isn't handed over; add the secret, and"
            " hand it over under env: of the step in the workflow"
        )
    name = variable.name
    return (
        f"its link is in {name}, which is empty or isn't handed over; add the secret, and write"
        f" {name}: ${{{{ secrets.{name} }}}} under env: of the step in the workflow"
    )


def _sealed(one: Candidate, key: bytes | None) -> str:
    if key is None or one.at is None or not isinstance(one.link, str):
        return ""
    return digest(key, one.kind, committed(one.at, one.activity.title, one.link))


def _shown(link: str | Variable) -> str | None:
    return link if isinstance(link, str) else None
