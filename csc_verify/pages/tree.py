"""A page as BeautifulSoup's tree, in a time that grows with its length and no faster.

``html.parser``, which BeautifulSoup would ask, takes a minute for 60 kB of tags that are never
closed on Pythons that we support (CVE-2025-6069), and stops at a number of 5,000 digits; lxml and
html5lib are as easily made to nest without end. So the tags are read here, the way browsers do
(WHATWG, HTML, 13.2.5): comments and scripts hold no tags, a quote counts only after an equals sign,
what never ends isn't there. BeautifulSoup makes the tree of them that the rest of this package
looks through. Both the number of tags and the depth of the tree have a limit.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Final

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

MOST_TAGS: Final = 25_000
"""Tags that are read; the fullest captured page has 7,000, its closing ones included."""
DEEPEST: Final = 200
"""Elements that stand in one another; deeper ones are left out, and their text stays."""
_LONGEST_VALUE: Final = 4096
_MOST_ATTRIBUTES: Final = 200

_OPENING: Final = re.compile(r"<(?:(!--)|[!?]|(/?)([a-zA-Z][^\s/>]*+)|/)")
_ATTRIBUTE: Final = re.compile(
    r"[\s/]*+(=?[^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+"
)
_END: Final = re.compile(r"[\s/]*+>")
# What these hold is text, whatever it looks like.
_TEXT_ONLY: Final = frozenset(
    ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
)
_ENDS: Final = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in _TEXT_ONLY}
# The rest of a page is theirs if they never end. One of the others shall not hide what follows.
_TAKE_THE_REST: Final = frozenset(("script", "style"))
# A new one of these ends one that is open (WHATWG, 13.2.6.4.7); nobody closes paragraphs.
_END_EACH_OTHER: Final = {
    name: frozenset(names.split())
    for names in ("p", "li", "dt dd", "option", "td th", "tr", "h1 h2 h3 h4 h5 h6")
    for name in names.split()
}
_LONG_NUMBER: Final = re.compile(r"&#[xX]?0*[0-9a-fA-F]{8,}+;?")


def tree_of(text: str) -> BeautifulSoup:
    """The tree of a page; of an endless one, of its beginning."""
    # Of a text that might be the name of a file or an address, BeautifulSoup warns; the line break
    # says that it is none.
    return BeautifulSoup(f"\n{text}", builder=_Builder())


def without_entities(text: str) -> str:
    """A text with its entities written out. Python's own stops at numbers that are too long."""
    return unescape(_LONG_NUMBER.sub("\ufffd", text))


class _Builder(HTMLTreeBuilder):
    """Reads tags and gives them to BeautifulSoup."""

    def feed(self, markup: str | bytes) -> None:
        if self.soup is not None and isinstance(markup, str):
            _Reader(self.soup, self.empty_element_tags or set()).read(markup)


class _Reader:
    """One pass over a page."""

    def __init__(self, soup: BeautifulSoup, voids: set[str]) -> None:
        self._soup = soup
        self._voids = voids
        self._left_out: Counter[str] = Counter()
        self._never_ends: set[str] = set()

    def read(self, text: str) -> None:
        position: int | None = 0
        for _ in range(MOST_TAGS):
            opening = _OPENING.search(text, position or 0)
            if opening is None:
                self._soup.handle_data(without_entities(text[position:]))
                return
            if opening.start() > (position or 0):
                self._soup.handle_data(without_entities(text[position : opening.start()]))
            position = self._past(opening, text)
            if position is None:
                return

    def _past(self, opening: re.Match[str], text: str) -> int | None:
        """Where the text goes on after a tag; None if it never does."""
        name = (opening[3] or "").lower()[:_LONGEST_VALUE]
        if not name:
            # "<!-->" is a whole comment: its first dashes may be its last.
            mark, start = ("-->", opening.start() + 2) if opening[1] else (">", opening.end())
            end = text.find(mark, start)
            return end + len(mark) if end >= 0 else None
        if opening[2]:
            end = text.find(">", opening.end())
            if end >= 0:
                self._close(name)
            return end + 1 if end >= 0 else None
        attributes, position = _attributes(text, opening.end())
        if position is None:
            return None
        self._open(name, attributes)
        return self._past_text(name, text, position) if name in _TEXT_ONLY else position

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        current = self._soup.currentTag
        if current is not None and current.name in _END_EACH_OTHER.get(name, ()):
            self._soup.handle_endtag(current.name)
        elif name == "a" and self._soup.open_tag_counter.get("a"):
            self._soup.handle_endtag("a")
        if len(self._soup.tagStack) >= DEEPEST and name not in self._voids:
            self._left_out[name] += 1
            return
        self._soup.handle_starttag(name, None, None, attributes)
        if name in self._voids:
            self._soup.handle_endtag(name)

    def _close(self, name: str) -> None:
        if self._left_out[name]:
            self._left_out[name] -= 1
        elif name not in self._voids:
            self._soup.handle_endtag(name)

    def _past_text(self, name: str, text: str, position: int) -> int | None:
        """Where the tags go on after an element that holds text alone."""
        end = None if name in self._never_ends else _ENDS[name].search(text, position)
        if end is None:
            # Looked for once: else a page full of open titles takes the square of its length.
            self._never_ends.add(name)
            self._close(name)
            return None if name in _TAKE_THE_REST else position
        inner = text[position : end.start()]
        has_entities = name in {"title", "textarea"}
        self._soup.handle_data(without_entities(inner) if has_entities else inner)
        return end.start()


def _attributes(text: str, position: int) -> tuple[dict[str, str], int | None]:
    """A tag's attributes, the first of each name, and where it ends; None if it never does."""
    found: dict[str, str] = {}
    for _ in range(_MOST_ATTRIBUTES):
        one = _ATTRIBUTE.match(text, position)
        if one is None:
            closing = _END.match(text, position)
            return found, closing.end() if closing else None
        position = one.end()
        value = one[2] or one[3] or one[4] or ""
        found.setdefault(one[1][:_LONGEST_VALUE].lower(), without_entities(value[:_LONGEST_VALUE]))
    end = text.find(">", position)
    return found, end + 1 if end >= 0 else None
