"""A list of design activities, as values. What of it is private is never published."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_verify.dates import WrittenDate
    from csc_verify.model import ItemKind


@dataclass(frozen=True, slots=True)
class Activities:
    """The student's list, and what it needs to be read.

    Attributes:
        content: The YAML file.
        is_secret: Whether the whole list came out of a secret: then every activity is private.
        look_up: The value of a variable by its name, for links written ``env:NAME``; None if it
            isn't set or may not be read.
    """

    content: bytes = field(repr=False)
    is_secret: bool
    look_up: Callable[[str], str | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides whether an activity is one.

    Attributes:
        specialization: The student's own; None if it isn't configured.
        sites: Hosts of approved challenges.
    """

    specialization: str | None
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the list, as written; what lacks is empty.

    Attributes:
        number: Its place in the list, from 1.
        date: When.
        kind: Which of the three kinds it is.
        title: What it is called.
        link: The evidence: an address, or ``env:NAME``.
        specialization: Modules: which specialization's.
        challenge: Challenges: the address of the challenge itself.
        misspelt: Keys that lack while one that is almost the same is there.
    """

    number: int
    date: str = field(repr=False)
    kind: str = field(repr=False)
    title: str = field(repr=False)
    link: str = field(repr=False)
    specialization: str = field(default="", repr=False)
    challenge: str = field(default="", repr=False)
    misspelt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Variable:
    """A link that is kept in a variable which holds none.

    Attributes:
        name: The variable's.
    """

    name: str = field(repr=False)


class When(Enum):
    """When an activity was, seen from a week."""

    EARLIER = "before it, whichever way its date is read"
    INSIDE = "in it, whichever way its date is read"
    PERHAPS = "perhaps in it"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity that may be of a week, and against which nothing definite speaks so far.

    Attributes:
        activity: As written.
        kind: What it is.
        at: Its day or days, in the student's zone; None if the date can't be read.
        link: The evidence's address, or the variable that lacks it.
        is_private: Whether its link or the whole list is a secret.
        is_listed_secretly: Whether the whole list is.
        when: Whether it is of the week, or of an earlier one.
    """

    activity: Activity
    kind: ItemKind
    at: WrittenDate | None = field(repr=False)
    link: str | Variable = field(repr=False)
    is_private: bool
    is_listed_secretly: bool
    when: When


@dataclass(frozen=True, slots=True)
class Reachable:
    """A link that answers."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A link of which its server says that there is nothing.

    Attributes:
        why: A few words.
        mend: What to do, one sentence without its full stop.
    """

    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A link that a stranger can't look behind, or of which nothing tells.

    Attributes:
        why: What stands in the way and what to do, one sentence without its full stop.
    """

    why: str


Outcome: TypeAlias = Reachable | Gone | Closed


def committed(at: WrittenDate, title: str, link: str) -> tuple[str, ...]:
    """What a digest of a private activity commits to: day, title and link."""
    return (at.iso, title, link)
