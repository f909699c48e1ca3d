"""What a link's answer says: reachable, gone, or closed to strangers. Pure.

Only a server's own 404 or 410 says that something is gone. Whatever else stands in the way is no
fact about the activity, and comes with how to open the document to everybody.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never
from urllib.parse import urlsplit

from csc_verify.addresses import canonical
from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.pages import PageFacts, WallKind, read_page
from csc_verify.sources.design.platforms import OTHER, Platform, is_identity_host, platform_of
from csc_verify.sources.design.sites import host_of
from csc_verify.sources.design.values import Closed, Gone, Outcome, Reachable

if TYPE_CHECKING:
    from collections.abc import Sequence

_LITTLE: Final = 600
"""Characters of text below which a page may be nothing but a wall."""
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_ANSWERED: Final = frozenset({200, 203})
_ASKS_FOR_LOGIN: Final = frozenset({401, 407})
_REFUSES_PROGRAMS: Final = frozenset({202, 403, 406, 999})

_LOGIN_PATH: Final = re.compile(
    r"log-?in|sign_?-?in|service_?login|authwall|authorize|oauth2?|sso|saml2?|wp-login\.php",
    re.IGNORECASE,
)
_FRONT_PAGES: Final = frozenset({"index.html", "index.htm", "index.php", "home"})
_ACCESS: Final = (
    r"you(?:'ll)? need (?:access|permission)|request(?:ing)? access|ask (?:the owner )?for access"
    r"|(?:sign|log) ?in to (?:continue|view|access|see|open)\b[^.]{0,60}"
    r"|you (?:don't|do not) have (?:access|permission)[^.]{0,60}|access denied|no access"
    r"|(?:this|the) (?:page|file|project|document|content|folder) is (?:private|restricted)"
    r"|zugriff (?:anfordern|beantragen|erforderlich)|solicitar acceso|demander (?:l')?accès"
)
_SAYS_ACCESS: Final = re.compile(rf"\b(?:{_ACCESS})", re.IGNORECASE)
_IS_ACCESS: Final = re.compile(
    rf"\W*(?:.{{1,30}}[:–—|-]\s*)?(?:{_ACCESS})\W*(?:[:–—|-].{{1,30}})?", re.IGNORECASE
)
_LOGIN_WALLS: Final = frozenset({WallKind.LOGIN, WallKind.LINKEDIN, WallKind.FACEBOOK})
_IN_FRONT: Final = {
    WallKind.CONSENT: "its link shows a question about cookies in the document's stead",
    WallKind.CHALLENGE: "its link lets no program in (a check for robots)",
    WallKind.MISSING: 'its link says "not found", although it answers',
    **dict.fromkeys(_LOGIN_WALLS, "its link shows the document only after a login"),
}
_LOGIN: Final = _IN_FRONT[WallKind.LOGIN]
_NOTHING_TELLS: Final = (
    "its link answers, but nothing in the page tells whether a stranger sees the document"
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link that was asked, and where it led.

    Attributes:
        url: As written.
        final: Its address after all redirects.
        is_private: Whether nothing may tell where it leads.
    """

    url: str
    final: str
    is_private: bool

    @property
    def platform(self) -> Platform:
        return platform_of(self.url, self.final)

    @property
    def share(self) -> str:
        """How the document is opened to everybody."""
        return (OTHER if self.is_private else self.platform).share

    def closed(self, why: str) -> Closed:
        """The link, with what would open it."""
        return Closed(f"{why}; {_lowered(self.share)}")


def outcome_of(url: str, answer: FetchResult, *, is_private: bool) -> Outcome:
    """What an answer says of a link; never raises for what it holds.

    Args:
        url: The link as written.
        answer: What came.
        is_private: Whether nothing may tell where it leads, not even the host's name.
    """
    link = _Link(url, answer.url, is_private)
    match answer:
        case Page(_, body, content_type):
            return _of_page(link, body, content_type)
        case Absent(_, status):
            return _of_absent(link, status)
        case Unreachable():
            return _of_unreachable(link, answer)
        case _:
            assert_never(answer)


def _of_absent(link: _Link, status: int) -> Outcome:
    if _is_led_to_login(link):
        return link.closed(_LOGIN)
    if link.platform.hides:
        return link.closed(f"its link says that there is nothing, at least to programs ({status})")
    return Gone(
        f"its link leads nowhere (status {status})",
        f"Correct the link. If it is right, the document is not open to everybody: {link.share}",
    )


def _of_unreachable(link: _Link, answer: Unreachable) -> Outcome:
    if answer.status in _ANSWERED:
        # The document is larger than what is read of one.
        return Reachable()
    if answer.status in _ASKS_FOR_LOGIN:
        return link.closed(_LOGIN)
    if answer.status in _REFUSES_PROGRAMS:
        return link.closed(f"its link refuses to answer programs (status {answer.status})")
    # Reasons name hosts, also one that was redirected to. Hints name none.
    told = f"status {answer.status}" if answer.status else "no usable answer"
    reason = told if link.is_private else answer.reason
    hint = f"; {_lowered(answer.hint)}" if answer.hint else ""
    return Closed(f"its link could not be opened ({reason}){hint}")


def _of_page(link: _Link, body: bytes, content_type: str) -> Outcome:
    if _is_led_to_login(link):
        return link.closed(_LOGIN)
    if not body.strip():
        return link.closed("its link answers with an empty page")
    if not _is_html(body, content_type):
        return Reachable()
    why = _in_front(link, read_page(body, link.final))
    return Reachable() if why is None else link.closed(why)


def _in_front(link: _Link, facts: PageFacts) -> str | None:
    """What stands in front of a document, or that nothing tells; None if it can be seen."""
    wall = None if facts.wall is None else facts.wall.kind
    if wall is WallKind.TOO_LARGE:
        # No wall is as large as that.
        return None
    if _asks_for_access(facts):
        return "its link asks to request access, or to sign in"
    if wall in _IN_FRONT:
        return _IN_FRONT[wall]
    if _is_led_to_front_page(link):
        return "its link leads on to the site's front page"
    # Scripts draw the rest of the page, and are the same where a document is closed. Then the head
    # alone can tell: it names the document, or nothing but the place.
    is_drawn = link.platform is not OTHER or wall is WallKind.SHELL
    return _NOTHING_TELLS if is_drawn and not _is_named(facts.title, link) else None


def _is_named(title: str, link: _Link) -> bool:
    """Whether a title is that of a document, and not of the place where it is kept."""
    host = host_of(link.final)
    is_hosts = title.casefold() in {"", host, f"www.{host}"}
    return not is_hosts and link.platform.generic.fullmatch(title) is None


def _asks_for_access(facts: PageFacts) -> bool:
    """Whether a page says that one must ask for access; one *about* that says more."""
    if _IS_ACCESS.fullmatch(_straight(facts.title)):
        return True
    return len(facts.text) < _LITTLE and bool(_SAYS_ACCESS.search(_straight(facts.text)))


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")


def _is_html(body: bytes, content_type: str) -> bool:
    media = content_type.partition(";")[0].strip().lower()
    start = body[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    looks = start.startswith((b"<!doctype html", b"<html"))
    # Files have their signs, whatever the server calls them.
    is_file = start.startswith((b"%pdf", b"\x89png", b"gif8", b"\xff\xd8\xff", b"pk\x03\x04"))
    return (media in _HTML and not is_file) or (not media and looks)


def _is_led_to_login(link: _Link) -> bool:
    """Whether an address led on to a login; a case study of one has the word in its own."""
    if canonical(link.url) == canonical(link.final):
        return False
    if is_identity_host(link.final) and not is_identity_host(link.url):
        return True
    wanted, found = _steps(link.url), _steps(link.final)
    stays_below = bool(wanted) and found[: len(wanted)] == wanted
    return not stays_below and any(_LOGIN_PATH.fullmatch(step) for step in found[:2])


def _is_led_to_front_page(link: _Link) -> bool:
    if host_of(link.url) != host_of(link.final) or urlsplit(link.final).query:
        return False
    wanted = _steps(link.url)
    is_inner = bool(wanted) and wanted[-1].casefold() not in _FRONT_PAGES
    return is_inner and not _steps(link.final)


def _steps(url: str) -> Sequence[str]:
    return [step for step in urlsplit(url).path.split("/") if step]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
