"""What stands in front of a document on the page that a link shows. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import canonical
from csc_verify.pages import WallKind, read_page
from csc_verify.sources.design.detours import (
    TO_FRONT_PAGE,
    TO_LOGIN,
    is_led_to_front_page,
    is_login,
)
from csc_verify.sources.design.fronts import front_of
from csc_verify.sources.design.logins import is_login as is_login_page
from csc_verify.sources.design.platforms import MUCH
from csc_verify.sources.design.refusals import refuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.pages import PageFacts
    from csc_verify.sources.design.fronts import Front
    from csc_verify.sources.design.naming import Wanted
    from csc_verify.sources.design.platforms import Platform

_ACCESS: Final = (
    r"you(?:'ll)? need (?:access|permission)|request(?:ing)? access|ask (?:the owner )?for access"
    r"|(?:sign|log) ?in to (?:continue|view|access|see|open)\b[^.]{0,60}"
    r"|you (?:don't|do not) have (?:access|permission)[^.]{0,60}|access denied|no access"
    r"|(?:this|the) (?:page|file|project|document|content|folder|video|board|design) is"
    r" (?:private|restricted|protected)"
    r"|zugriff (?:anfordern|beantragen|erforderlich)|solicitar acceso|demander (?:l')?accès"
)
_SAYS_ACCESS: Final = re.compile(rf"\b(?:{_ACCESS})", re.IGNORECASE)
_IS_ACCESS: Final = re.compile(
    rf"\W*(?:.{{1,30}}[:–—|-]\s*)?(?:{_ACCESS})\W*(?:[:–—|-].{{1,30}})?", re.IGNORECASE
)
_LOGIN_WALLS: Final = frozenset({WallKind.LOGIN, WallKind.LINKEDIN, WallKind.FACEBOOK})
_WALLS: Final = {
    WallKind.CONSENT: "its link shows a question about cookies in the document's stead",
    WallKind.CHALLENGE: "its link lets no program in (a check for robots)",
    WallKind.MISSING: 'its link says "not found", although it answers',
    **dict.fromkeys(_LOGIN_WALLS, TO_LOGIN),
}
_LEADS_ON: Final = "its link shows a page that leads on to another; link to that one"
_NOTHING_TELLS: Final = (
    "its link answers, but nothing in the page tells whether a stranger sees the document, such as"
    " a title like the activity's"
)


def in_front(body: bytes, wanted: Wanted, platform: Platform) -> str | None:
    """What stands in front of a document, or that nothing tells; None if it can be seen.

    Args:
        body: The page.
        wanted: What the document's page would be called, and its addresses.
        platform: Where it is.
    """
    facts = read_page(body, wanted.urls[-1])
    if facts.wall is not None and facts.wall.kind is WallKind.TOO_LARGE:
        # No wall is as large as that.
        return None
    seen = _Seen(facts, front_of(body, wanted.urls[-1]), wanted, platform)
    return next(_obstacles(seen), None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a link shows.

    Attributes:
        facts: The page, as blogs are read.
        front: The page, as a stranger gets it.
        wanted: What the document's page would be called.
        platform: Where it is.
    """

    facts: PageFacts
    front: Front
    wanted: Wanted
    platform: Platform


def _obstacles(seen: _Seen) -> Iterator[str]:
    """What stands in front, the surest first."""
    facts, front, wanted = seen.facts, seen.front, seen.wanted
    wall = None if facts.wall is None else facts.wall.kind
    if _asks_for_access(facts.title, facts.text):
        yield "its link asks to request access, or to sign in"
    if wall in _WALLS:
        yield _WALLS[wall]
    yield from _leads_on(front, *wanted.urls)
    if is_login_page(front, wanted, is_article=facts.published is not None):
        yield TO_LOGIN
    if refuses(front.text):
        yield 'its link says "denied" or "not found", although it answers'
    if wanted.is_named_in((*front.names, *front.headings)):
        return
    if is_led_to_front_page(*wanted.urls):
        yield TO_FRONT_PAGE
    is_drawn = wall is WallKind.SHELL or front.is_shell
    if not _is_document(front, seen.platform, is_drawn=is_drawn):
        yield _NOTHING_TELLS


def _is_document(front: Front, platform: Platform, *, is_drawn: bool) -> bool:
    """Whether a page shows a document, or its head says that it is one of the platform's.

    Scripts draw the rest of some pages, and are the same where a document is closed.
    """
    if any(map(platform.names, front.names)):
        return True
    least = platform.reads_from
    return not is_drawn and least is not None and len(front.text) >= least


def _leads_on(front: Front, url: str, final: str) -> Iterator[str]:
    """What a page says that leads on before anybody could read it."""
    here = {canonical(url), canonical(final)}
    away = [it for it in front.refreshes_to if canonical(it) not in here]
    is_bare = len(front.text) < MUCH
    if any(is_login(it, url) for it in (*away, *(front.scripts_to if is_bare else ()))):
        yield TO_LOGIN
    if away and is_bare:
        yield _LEADS_ON


def _asks_for_access(title: str, text: str) -> bool:
    """Whether a page says that one must ask for access; one *about* that says more."""
    if _IS_ACCESS.fullmatch(_straight(title)):
        return True
    return len(text) < MUCH and bool(_SAYS_ACCESS.search(_straight(text)))


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")
