"""What a page says, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_verify.dates import WrittenDate
    from csc_verify.pages.quotations import Quotation


class PageKind(StrEnum):
    """What a page is."""

    POST = "post"
    VIDEO = "video"
    LISTING = "listing"
    WALL = "wall"


class WallKind(StrEnum):
    """What stands in front of a page."""

    LINKEDIN = "LinkedIn's login"
    FACEBOOK = "Facebook's login"
    CONSENT = "consent to cookies"
    CHALLENGE = "check for robots"
    LOGIN = "login"
    MISSING = "not found, with status 200"
    SHELL = "nothing without JavaScript"
    TOO_LARGE = "larger than pages are"


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a page says when it was first published.

    Attributes:
        element: What says so, by its usual name: ``JSON-LD datePublished``, ``byline``…
        date: What it may mean.
    """

    element: str
    date: WrittenDate


@dataclass(frozen=True, slots=True)
class Wall:
    """A page that stands in front of the one that was asked for.

    Attributes:
        kind: Which one it is.
        reason: What it is, to follow "what it sent".
        way_out: What to do, one sentence without its full stop.
    """

    kind: WallKind
    reason: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A post that a page links to.

    Attributes:
        url: Its address, absolute.
        title: As the link says it.
        date: The date beside it; None if there is none.
        is_heading: Whether the link is a heading, or holds one; else a date stands beside it, as
            beside the links to an author and their topics.
    """

    url: str
    title: str
    date: WrittenDate | None
    is_heading: bool = True


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page, as far as it can be read.

    Attributes:
        kind: What it is.
        title: As plain text.
        witnesses: What says when it was first published, the best first; an address that holds a
            date is the last and never alone.
        listed: The posts that it links to, in the order of the document, each once.
        wall: What stands in the way, if something does.
        canonical: The address that it calls its own; None if it names none.
        authors: Whom it names.
        text: What a reader sees, white space folded; the beginning.
        updated: What says when it was last changed. Never proves a publication.
        site: What it calls its site; may be empty.
        language: As it declares it (``en``, ``pt-BR``); may be empty.
        quotations: What it quotes at length.
    """

    kind: PageKind
    title: str
    witnesses: tuple[Witness, ...]
    listed: tuple[Listed, ...]
    wall: Wall | None
    canonical: str | None
    authors: tuple[str, ...]
    text: str = field(repr=False)
    updated: tuple[Witness, ...] = ()
    site: str = ""
    language: str = ""
    quotations: tuple[Quotation, ...] = ()

    @property
    def published(self) -> Witness | None:
        """The best witness."""
        return self.witnesses[0] if self.witnesses else None
