"""What a link's answer says: reachable, gone, or closed to strangers. Pure.

Only a server's own 404 or 410 says that something is gone. Whatever else stands in the way is no
fact about the activity, and comes with how to open the document to everybody::

    address after redirects ──> detours.py               a login, an error, a front page
    body that is no page    ──> refusals.py              an error in a few words
    page                    ──> pages                    walls that blogs have, too
                            ──> fronts.py, logins.py     what there is without a script, and a login
                            ──> naming.py, platforms.py  whether it names the document
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.pages.decoding import decoded
from csc_verify.sources.design.detours import TO_LOGIN, detour
from csc_verify.sources.design.naming import Wanted
from csc_verify.sources.design.platforms import OTHER, platform_of
from csc_verify.sources.design.refusals import MOST, refuses
from csc_verify.sources.design.sniffing import is_file, is_html
from csc_verify.sources.design.standing import in_front
from csc_verify.sources.design.values import Closed, Gone, Outcome, Reachable

if TYPE_CHECKING:
    from csc_verify.sources.design.platforms import Platform

_ANSWERED: Final = frozenset({200, 203})
_ASKS_FOR_LOGIN: Final = frozenset({401, 407})
_REFUSES_PROGRAMS: Final = frozenset({202, 403, 406, 999})
_NOTHING: Final = "its link says that there is nothing"
_REFUSES: Final = "its link refuses to answer programs"


@dataclass(frozen=True, slots=True)
class _Link:
    """A link that was asked, and where it led.

    Attributes:
        url: As written.
        final: Its address after all redirects.
        title: What the student calls what it shows.
        is_private: Whether nothing may tell where it leads.
    """

    url: str
    final: str
    title: str
    is_private: bool

    @property
    def platform(self) -> Platform:
        return platform_of(self.url, self.final)

    @property
    def share(self) -> str:
        """How the document is opened to everybody."""
        return (OTHER if self.is_private else self.platform).share

    @property
    def detour(self) -> str | None:
        return detour(self.url, self.final)

    def closed(self, why: str) -> Closed:
        """The link, with what would open it."""
        return Closed(f"{why}; {_lowered(self.share)}")


def outcome_of(url: str, answer: FetchResult, title: str, *, is_private: bool) -> Outcome:
    """What an answer says of a link; never raises for what it holds.

    Args:
        url: The link as written.
        answer: What came.
        title: What the student calls what the link shows.
        is_private: Whether nothing may tell where it leads, not even the host's name.
    """
    link = _Link(url, answer.url, title, is_private)
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
    if link.is_private:
        # Some places hide what people can open. Of a secret link not even that may be told, so the
        # same is said of every one.
        return link.closed(_NOTHING)
    if link.detour == TO_LOGIN:
        return link.closed(TO_LOGIN)
    if link.platform.hides:
        return link.closed(f"{_NOTHING}, at least to programs ({status})")
    return Gone(
        f"its link leads nowhere (status {status})",
        "correct the link, which leads nowhere; if it is right, the document is not open to"
        f" everybody: {_lowered(link.share)}",
    )


def _of_unreachable(link: _Link, answer: Unreachable) -> Outcome:
    if answer.status in _ANSWERED:
        # The document is larger than what is read of one.
        return Reachable()
    if answer.status in _ASKS_FOR_LOGIN:
        return link.closed(TO_LOGIN)
    if answer.status in _REFUSES_PROGRAMS:
        # Some of these numbers are one place's own.
        told = "" if link.is_private else f" (status {answer.status})"
        return link.closed(f"{_REFUSES}{told}")
    # Reasons name hosts, also one that was redirected to. Hints name none.
    told = f"status {answer.status}" if answer.status else "no usable answer"
    reason = told if link.is_private else answer.reason
    hint = f"; {_lowered(answer.hint)}" if answer.hint else ""
    return Closed(f"its link could not be opened ({reason}){hint}")


def _of_page(link: _Link, body: bytes, content_type: str) -> Outcome:
    if link.detour is not None:
        return link.closed(link.detour)
    if not body.strip():
        return link.closed("its link answers with an empty page")
    if is_file(body):
        return Reachable()
    if is_html(body, content_type):
        wanted = Wanted(link.title, (link.url, link.final))
        why = in_front(body, wanted, link.platform)
        return Reachable() if why is None else link.closed(why)
    if len(body) <= MOST and refuses(decoded(body)):
        return link.closed("its link answers with an error in the document's stead")
    return Reachable()


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
