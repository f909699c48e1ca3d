"""Whether a page's own names are those of the document that was asked for. Pure.

A page that scripts draw is the same for everybody until they run, and its head may hold nothing but
the place's own advertisement. Advertisements change; what a student or an address calls a document
doesn't. So a name is believed only if it says again what the entry or the address says, without the
words that any place has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from csc_verify.letters import bare, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 300
"""Characters of a name that are looked at."""
_LAST_STEPS: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN_PARTS: Final = re.compile(r"::|[|–—·•»:]| - ")
# What frameworks and servers call a page that nobody gave a name.
_NAMELESS: Final = re.compile(
    r"\W*(?:react app|vite app|vite \+ [\w ]{1,40}|vue app|create next app|new tab)\W*",
    re.IGNORECASE,
)
_OF_ANY_TEXT: Final = frozenset(
    _WORD.findall(
        "a an and are as at by for from how i in into is it my of on or our s that the this to via"
        " we where with without works you your"
    )
)
OF_LOGINS: Final = frozenset(
    _WORD.findall(
        "a access account accounts an and anmelden back connexion continue create einloggen email"
        " enter entrar for forgot here in inloggen join log login logon now on or page password"
        " please register required se sign signin signup sso start started the to up user welcome"
        " with your"
    )
)
"""Words of which the names of logins consist, beside their places' own."""
_OF_REFUSALS: Final = frozenset(
    _WORD.findall(
        "403 404 blocked denied error errors exist expired forbidden found gone link loading longer"
        " moment no not oops permission private request restricted sharing something sorry"
        " unavailable validation video wait went wrong"
    )
)
OF_WALLS: Final = _OF_ANY_TEXT | OF_LOGINS | _OF_REFUSALS
"""Words of pages that stand in front of others, and of any text."""
_OF_PLACES: Final = frozenset(
    _WORD.findall(
        "ai all app apps board boards canvas cloud collaborate collaboration collaborative course"
        " courses design designs document documents edit embed file files folder free home idea"
        " ideas index interface learn learning one online platform portfolio product project"
        " projects proto prototype share site software spec team teams together tool tools untitled"
        " view visual web webpage website work workspace"
    )
)
OF_ANY_PLACE: Final = OF_WALLS | _OF_PLACES
"""Those, and what every place for documents says of itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document's own page would be called.

    Attributes:
        title: What the student calls it.
        urls: Its addresses, as written and after all redirects.
    """

    title: str
    urls: tuple[str, str]

    def is_named_in(self, names: Iterable[str]) -> bool:
        """Whether one of a page's names says again what the student or an address says."""
        nothing = OF_ANY_PLACE | words_of_hosts(self.urls)
        steps = " ".join(" ".join(_last_steps(url)) for url in self.urls)
        known = [words_of(text) - nothing for text in (self.title, steps)]
        return any(_names(name, it, nothing) for name in names for it in known)


def words_of(text: str) -> frozenset[str]:
    """The words of a name, without case and accents."""
    return frozenset(_WORD.findall(folded(bare(text[:_LONGEST]))))


def words_of_hosts(urls: Iterable[str]) -> frozenset[str]:
    """The words of some addresses' hosts, among which is most often what a place calls itself."""
    return words_of(" ".join(urlsplit(url).hostname or "" for url in urls))


def parts_of(name: str) -> list[str]:
    """A name's parts; one of them is often the place's."""
    return [part.strip() for part in _BETWEEN_PARTS.split(name[:_LONGEST]) if part.strip()]


def _last_steps(url: str) -> list[str]:
    return [unquote(step) for step in urlsplit(url).path.split("/")[-_LAST_STEPS:]]


def _names(name: str, known: frozenset[str], nothing: frozenset[str]) -> bool:
    """Whether a part of a name says nothing else than is known, or the whole says most of it."""
    if _NAMELESS.fullmatch(name):
        return False
    parts = [words_of(part) - nothing for part in parts_of(name)]
    if any(part <= known and not all(map(str.isdecimal, part)) for part in parts):
        return True
    shared = known & frozenset().union(*parts)
    return len(shared) > 1 and len(shared) * 2 >= len(known)
