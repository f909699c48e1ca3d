"""What advice is given about, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csc_verify.model import Track
    from csc_verify.pages import Quotation


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose posts they are said to be, as configured.

    Attributes:
        author: The name under which they write; None if none is configured.
        topics: What they write about; empty if nothing is configured.
        track: What they studied.
        sites: Their configured addresses.
    """

    author: str | None
    topics: tuple[str, ...]
    track: Track
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """A post as far as it was read; whether it counts is not its matter.

    Attributes:
        title: As plain text.
        url: Its address; None if it has none.
        day: Its date as shown, for other posts' notes; empty if it has none.
        authors: Whom it names.
        categories: Its tags.
        text: What a reader sees of it, at least the beginning.
        is_whole: Whether ``text`` holds all of a short post: its own page was read.
        is_video: Whether it is to be watched.
        language: As declared (``en``, ``pt-BR``); may be empty.
        original: The address that its page calls the original; None if it names none.
        quotations: Its long quotations.
        copied_from: The feed that it was copied from; empty if none is named.
        about: Another site's page that it is about; None if none is named.
        is_linked: Whether its link leads to another site than its feed's.
        is_untagged_medium: Whether it is on Medium and has no tag, as replies are.
    """

    title: str
    url: str | None
    day: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    is_whole: bool = False
    is_video: bool = False
    language: str = ""
    original: str | None = None
    quotations: tuple[Quotation, ...] = ()
    copied_from: str = ""
    about: str | None = None
    is_linked: bool = False
    is_untagged_medium: bool = False
