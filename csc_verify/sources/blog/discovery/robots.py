"""What ``robots.txt`` allows (RFC 9309).

``urllib.robotparser`` takes the first rule that matches instead of the longest, knows no ``*`` and
``$``, and lets a blank line end a group; it was mended in the spring of 2026, in Python 3.13 and
later only. Protego takes the time of a regular expression that a stranger wrote. What is needed is
this much.

Whoever asks decides what an answer means that is no file (RFC 9309, 2.3.1): with 4xx everything is
allowed, with 5xx and no answer nothing is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes, urlsplit

from csc_verify.addresses import web_address

MAX_BYTES = 500 * 1024
"""Of a file that are read: what RFC 9309 (2.5) asks a reader for at least."""

MOST_LINES = 20_000
LONGEST_VALUE = 2048

_TOKEN = re.compile(r"^[A-Za-z_-]+")
# Of a path's characters, those that mean themselves; "*" and "$" are signs of a pattern.
_UNQUOTED = "!&'()+,-./:;=?@_~"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One ``Allow`` or ``Disallow``.

    Attributes:
        pieces: What a path must hold, the first at its beginning, the others behind each other.
        is_whole: Whether the last piece must be the path's end.
        length: The octets of the pattern as written.
        allows: Which of the two it is.
    """

    pieces: tuple[str, ...]
    is_whole: bool
    length: int
    allows: bool

    def matches(self, path: str) -> bool:
        """Whether a path is meant; each piece is looked for once, whatever the pattern."""
        first, *rest = self.pieces
        if not rest:
            return path == first if self.is_whole else path.startswith(first)
        if not path.startswith(first):
            return False
        position = len(first)
        for piece in rest[:-1]:
            found = path.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        last = rest[-1]
        if self.is_whole:
            return path.endswith(last) and len(path) - len(last) >= position
        return path.find(last, position) >= 0


@dataclass(slots=True)
class _Group:
    """Lines that hold for some programs.

    Attributes:
        agents: Their product tokens, in lower case; ``*`` for all.
        rules: What they may do.
    """

    agents: list[str] = field(default_factory=list)
    rules: list[_Rule] = field(default_factory=list)


def may_fetch(robots: bytes, url: str, user_agent: str) -> bool:
    """Whether a site's ``robots.txt`` lets a program fetch an address.

    The most specific group holds: those that name the program, taken together, else those for all.
    In it the longest rule that matches decides, and an ``Allow`` wins over a ``Disallow`` of the
    same length. What is no such file forbids nothing. What is no address can't be fetched.

    Args:
        robots: The file; may be empty.
        url: The address to fetch, of the same site.
        user_agent: As it is sent, beginning with the product's name: ``csc-verify/1.0 (+https:…)``.
    """
    if web_address(url) is None:
        return False
    path = _path(url)
    if path == "/robots.txt":
        return True
    token = _token(user_agent)
    groups = _groups(_whole_lines(robots).decode("utf-8", "replace").removeprefix("\ufeff"))
    chosen = [group for group in groups if token and token in group.agents]
    chosen = chosen or [group for group in groups if "*" in group.agents]
    matching = [rule for group in chosen for rule in group.rules if rule.matches(path)]
    longest = max((rule.length for rule in matching), default=0)
    decisive = [rule for rule in matching if rule.length == longest]
    return not decisive or any(rule.allows for rule in decisive)


def _whole_lines(robots: bytes) -> bytes:
    """The beginning of a file without the line that is cut, which would forbid more than meant."""
    if len(robots) <= MAX_BYTES:
        return robots
    ends = (robots.rfind(end, 0, MAX_BYTES) for end in (b"\n", b"\r"))
    return robots[: max(ends) + 1]


def _token(text: str) -> str:
    found = _TOKEN.match(text.strip())
    return found[0].lower() if found else ""


def _path(url: str) -> str:
    parts = urlsplit(url.strip())
    return _alike((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _alike(text: str) -> str:
    """Percent-encoded in one way (RFC 9309, 2.2.2), so that octets can be compared."""
    # A slash that is encoded is no slash.
    kept = text.encode("utf-8", "replace").replace(b"%2F", b"%252F").replace(b"%2f", b"%252F")
    return quote(unquote_to_bytes(kept), safe=_UNQUOTED)


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    is_naming = False
    for line in text.replace("\r", "\n").split("\n")[:MOST_LINES]:
        name, found, value = line.partition("#")[0].partition(":")
        value = value.strip()
        if len(value) > LONGEST_VALUE:
            continue
        match name.strip().lower() if found else "":
            case "user-agent":
                if not is_naming:
                    groups.append(_Group())
                is_naming = True
                groups[-1].agents.append("*" if value == "*" else _token(value))
            case ("allow" | "disallow") as kind:
                is_naming = False
                # A rule before any group is nobody's, and one without a path matches nothing.
                if groups and value:
                    groups[-1].rules.append(_rule(value, allows=kind == "allow"))
            case _:
                # Sitemap, Crawl-delay and whatever else: they end no group (2.2.4).
                pass
    return groups


def _rule(pattern: str, *, allows: bool) -> _Rule:
    is_whole = pattern.endswith("$")
    pieces = tuple(_alike(piece) for piece in pattern.removesuffix("$").split("*"))
    length = sum(len(piece) for piece in pieces) + len(pieces) - 1 + is_whole
    return _Rule(pieces, is_whole, length, allows)
