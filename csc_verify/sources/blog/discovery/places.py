"""Addresses taken apart: hosts, path segments, what belongs to one site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from csc_verify.addresses import absolute, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE_ENDS = re.compile(r"[\t\r\n]+")
# An old way of writing a feed's address, for programs that a browser should open it with.
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?://)|^feed(?=://)", re.IGNORECASE)
# ``absolute`` would take a scheme without a host for a path of the page's own.
_NO_ADDRESS = re.compile(r"[\x00-\x1f]|^https?:(?!//)|^#", re.IGNORECASE)
_MOST_PARAMETERS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads.

    Attributes:
        url: The address itself.
        origin: Its scheme, host and port.
        host: In lower case, without ``www.``.
        segments: The path's parts, as written, without empty ones.
        query: The first value of each parameter; names in lower case.
    """

    url: str
    origin: str
    host: str
    segments: tuple[str, ...]
    query: Mapping[str, str]

    @property
    def first(self) -> str:
        """The first segment; empty if there is none."""
        return self.segments[0] if self.segments else ""

    def is_at(self, *domains: str) -> bool:
        """Whether this is one of these hosts, but for ``www.`` or ``m.``."""
        return self.host.removeprefix("m.") in domains

    def below(self, *domains: str) -> str:
        """What stands before one of these domains: ``alice`` of ``alice.blog.example``.

        Empty if nothing does, or the host is of another domain.
        """
        for domain in domains:
            if self.host.endswith(f".{domain}"):
                return self.host.removesuffix(f".{domain}")
        return ""

    def at(self, path: str) -> str:
        """An address of the same host.

        Args:
            path: With its slash in front.
        """
        return self.origin + path


def place(url: str) -> Place | None:
    """An address taken apart; None if it is none that can be opened."""
    if web_address(url) is None:
        return None
    parts = urlsplit(url.strip())
    query: dict[str, str] = {}
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        pairs = []
    for name, value in pairs:
        query.setdefault(name.lower(), value)
    return Place(
        url=url.strip(),
        origin=f"{parts.scheme.lower()}://{parts.netloc}",
        host=bare_host(url),
        segments=tuple(filter(None, parts.path.split("/"))),
        query=query,
    )


def bare_host(url: str) -> str:
    """The host of an address in lower case, without ``www.`` and a dot at its end."""
    return (urlsplit(url.strip()).hostname or "").removesuffix(".").removeprefix("www.")


def opened(text: str, base: str) -> str | None:
    """An address as a browser would read it, absolute; None if it leads nowhere.

    Browsers drop line ends and write spaces as ``%20`` (WHATWG, URL).

    Args:
        text: As written.
        base: Where it starts, if it is relative.
    """
    written = _LINE_ENDS.sub("", text).strip(" ").replace(" ", "%20")
    written = _FEED_SCHEME.sub(_without_feed, written)
    if not written or _NO_ADDRESS.search(written):
        return None
    return absolute(written, base)


def _without_feed(found: re.Match[str]) -> str:
    return "https" if found[0].lower() == "feed" else ""


def same_site(one: str, other: str) -> bool:
    """Whether one address lies on the site of the other.

    It does if the hosts are the same but for ``www.``, or one is a part of the other:
    ``feeds.blog.example`` is ``blog.example``'s. Two neighbours below one domain are not, since on
    ``github.io`` or ``wordpress.com`` they are two people.
    """
    a, b = bare_host(one), bare_host(other)
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))
