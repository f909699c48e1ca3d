"""The posts that a page links to, each with the date beside it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.addresses import absolute, canonical
from csc_verify.pages.markup import date_of, text_of
from csc_verify.pages.values import Listed
from csc_verify.pages.written_days import days_in

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

    from csc_verify.dates import WrittenDate

MOST: Final = 200
_LINKS: Final = 2000
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5")
_UP: Final = 5
_LONGEST: Final = 1500
_MOST_LOOKED_AT: Final = 400_000
_LONGEST_TITLE: Final = 300


def listed_on(page: BeautifulSoup, url: str, base: str) -> tuple[Listed, ...]:
    """Posts of the same site, in the order of the document, each once.

    A link counts if a heading holds it or it holds a heading, or if a date stands right beside it.

    Args:
        page: The page.
        url: Where it was found.
        base: Where its relative links start.
    """
    host, itself = _host(url), _key(url)
    parts = _Parts()
    found: dict[str, Listed] = {}
    for link in page.find_all("a", href=True, limit=_LINKS):
        address = absolute(str(link["href"]), base)
        if address is None or _host(address) != host or not urlsplit(address).path.strip("/"):
            continue
        key = _key(address)
        if key == itself:
            continue
        heading = link.find_parent(_HEADINGS) or link.find(_HEADINGS)
        date = parts.date_beside(heading or link, _HEADINGS if heading else ("a",))
        if heading is None and date is None:
            continue
        known = found.get(key)
        if known is None:
            title = text_of(heading or link, _LONGEST_TITLE)
            target = address.partition("#")[0]
            found[key] = Listed(target, title, date, is_heading=heading is not None)
        elif known.date is None and date is not None:
            found[key] = replace(known, date=date)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _key(url: str) -> str:
    return canonical(url.partition("#")[0])


@dataclass(slots=True)
class _Parts:
    """What parts of a page hold, each looked through once: a page may have one around all links."""

    _are_shared: dict[tuple[int, tuple[str, ...]], bool] = field(default_factory=dict)
    _dates: dict[int, WrittenDate | None] = field(default_factory=dict)
    _left: int = _MOST_LOOKED_AT

    def date_beside(self, tag: Tag, names: tuple[str, ...]) -> WrittenDate | None:
        """The date of the smallest part around an element that holds one, and only that element.

        Args:
            tag: The link or its heading.
            names: Elements of which a part that holds two is about more than one post.
        """
        part = tag
        for _ in range(_UP if names is _HEADINGS else 2):
            if part.parent is None or part.name in {"body", "main", "ul", "ol"}:
                return None
            part = part.parent
            if self._is_shared(part, names):
                return None
            if date := self._date_in(part):
                return date
        return None

    def _is_shared(self, part: Tag, names: tuple[str, ...]) -> bool:
        key = id(part), names
        if key not in self._are_shared:
            self._are_shared[key] = len(part.find_all(names, limit=2)) > 1
        return self._are_shared[key]

    def _date_in(self, part: Tag) -> WrittenDate | None:
        if id(part) not in self._dates:
            self._dates[id(part)] = self._read(part)
        return self._dates[id(part)]

    def _read(self, part: Tag) -> WrittenDate | None:
        time = part.find("time")
        if time is not None and (date := date_of(str(time.get("datetime") or text_of(time)))):
            return date
        text = text_of(part, _LONGEST + 1)
        self._left -= len(text)
        days = list(days_in(text)) if len(text) <= _LONGEST and self._left > 0 else []
        return days[0][2] if days else None
