"""Which column is about what: by the headings that people's tools write. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.letters import bare
from csc_verify.model import ContactField as Field
from csc_verify.sources.contacts.aliases import (
    CONTACTS_OF_JOBS,
    KNOWN,
    NOT_CONTACTS,
    OF_JOBS,
    OTHERS,
    RANKS,
    SECOND_DATES,
    SECOND_TITLES,
    TEMPLATE,
    TITLES_OF_PERSONS,
)
from csc_verify.unusable import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["TEMPLATE", "Columns", "columns_by", "folded", "known_among", "lacking"]

_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS: Final = re.compile(r"[^\w]+|_+")
_LONGEST: Final = 100
_AMBIGUOUS_TITLES: Final = (
    frozenset(name for name, (field, _) in RANKS.items() if field is Field.TITLE)
    | frozenset(SECOND_TITLES)
) - TITLES_OF_PERSONS


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table are about what, the first being 0.

    Attributes:
        places: Of each field that has any, the surest first; the first cell that is filled counts.
        of_job: What seems to be the advertised job's title; None if nothing does.
        others: Columns that are about something else, by their headings.
        guessed: Fields whose column was told by what stands in it alone.
    """

    places: Mapping[Field, tuple[int, ...]]
    of_job: int | None = None
    others: frozenset[int] = frozenset()
    guessed: frozenset[Field] = frozenset()

    @property
    def taken(self) -> frozenset[int]:
        """Columns whose headings say what they are about."""
        fields = {place for places in self.places.values() for place in places}
        return frozenset(
            fields | self.others | ({self.of_job} if self.of_job is not None else set())
        )


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
    signs = {name for _, marks in NOT_CONTACTS for name in marks}
    return len(names & (KNOWN | own | signs))


def columns_by(headings: Sequence[str], columns: Mapping[Field, str]) -> Columns | Unusable:
    """Which columns are about what.

    Args:
        headings: As written.
        columns: Headings that are configured, which go before those that are known.
    """
    names = [folded(heading) for heading in headings]
    if tool := next((tool for tool, marks in NOT_CONTACTS if marks <= set(names)), ""):
        return Unusable(
            f"is an export of {tool}'s jobs, which holds no contacts",
            "Keep a table of the people you contact: Company, Contact Name, Contact Title, Date,"
            " Notes",
        )
    own: dict[Field, tuple[int, ...]] = {}
    for field, heading in columns.items():
        if folded(heading) not in names:
            return Unusable(
                f"has no column with the heading that contacts.columns names for {field.value}",
                "Correct contacts.columns, or the tracker's headings",
            )
        own[field] = (names.index(folded(heading)),)
    taken = {place for places in own.values() for place in places}
    places = {**_known(names, taken), **own}
    _add_second(places, Field.DATE, names, SECOND_DATES)
    _add_second(places, Field.TITLE, names, SECOND_TITLES)
    of_job = None if Field.TITLE in own else _take_jobs_title(places, names)
    _tell_names_apart(places)
    others = frozenset(at for at, name in enumerate(names) if name in OTHERS | OF_JOBS)
    return Columns(places, of_job, others)


def _known(names: Sequence[str], taken: Iterable[int]) -> dict[Field, tuple[int, ...]]:
    """The columns of each field whose headings are known, the surest heading first."""
    found: dict[Field, list[tuple[int, int]]] = {}
    for place, name in enumerate(names):
        if name in RANKS and place not in taken:
            field, rank = RANKS[name]
            found.setdefault(field, []).append((rank, place))
    return {field: tuple(place for _, place in sorted(ranked)) for field, ranked in found.items()}


def _add_second(
    places: dict[Field, tuple[int, ...]],
    field: Field,
    names: Sequence[str],
    others: Sequence[str],
) -> None:
    found = next((names.index(other) for other in others if other in names), None)
    if found is not None and all(found not in them for them in places.values()):
        places.setdefault(field, (found,))


def _take_jobs_title(places: dict[Field, tuple[int, ...]], names: Sequence[str]) -> int | None:
    """Take away what seems to be the advertised job's title, and say where it stands.

    In a table about jobs, and in one where a title stands before its "contact", only a heading that
    names the person is believed.
    """
    titles = places.get(Field.TITLE, ())
    open_ = [place for place in titles if names[place] in _AMBIGUOUS_TITLES]
    people = [place for place in places.get(Field.NAME, ()) if names[place] in CONTACTS_OF_JOBS]
    before = bool(people and open_) and min(open_) < min(people)
    if not open_ or (OF_JOBS.isdisjoint(names) and not before):
        return None
    kept = tuple(place for place in titles if place not in open_)
    if kept:
        places[Field.TITLE] = kept
    else:
        del places[Field.TITLE]
    return min(open_)


def _tell_names_apart(places: dict[Field, tuple[int, ...]]) -> None:
    """Where only one of a name's two columns says which it is, "Name" is the other."""
    has = set(places)
    if Field.NAME in has and len({Field.FIRST_NAME, Field.LAST_NAME} & has) == 1:
        other = Field.LAST_NAME if Field.FIRST_NAME in has else Field.FIRST_NAME
        places[other] = places.pop(Field.NAME)


def lacking(places: Mapping[Field, object]) -> tuple[str, ...]:
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
