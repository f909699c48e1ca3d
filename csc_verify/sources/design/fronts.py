"""What the page behind a link shows before any script runs. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from csc_verify.addresses import absolute
from csc_verify.escape import plain
from csc_verify.pages.decoding import decoded
from csc_verify.pages.tree import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag

_LONGEST: Final = 2000
"""Characters of text that are told apart; nothing here asks for more."""
_MOST_STRINGS: Final = 5000
_LONGEST_NAME: Final = 300
_MOST_SCRIPTS: Final = 20
_LONGEST_SCRIPT: Final = 20_000
_NOTHING: Final = 50
_HARDLY_ANYTHING: Final = 150

_UNSEEN: Final = ("head", "title", "noscript", "template", "iframe", "noframes")
_SHOWS: Final = "img, video, audio, iframe, embed, object, frame, canvas"
_BUTTONS: Final = "button, a, [role=button], summary, label"
_ROOTS: Final = re.compile(r"div|main|section|\w+-[\w-]+")
_NEEDS_SCRIPT: Final = re.compile(
    r"(?:enable|requires?|needs?|without|turn on|activate) java ?script"
    r"|java ?script (?:is|must be) (?:required|disabled|enabled|not enabled|turned off|needed)"
    r"|java ?script isn[\u2019']t enabled",
    re.IGNORECASE,
)
# A page that waits longer has been shown before it leads on.
_REFRESH: Final = re.compile(
    r"\s{0,9}[0-5]?(?:\.\d{0,3})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=)?\s{0,9}['\"]?([^'\"]{1,2000})",
    re.IGNORECASE,
)
_LEADS_ON: Final = re.compile(
    r"\blocation(?:\.href)?\s{0,9}(?:=(?!=)|\.(?:assign|replace)\s{0,9}\()\s{0,9}"
    r"[\"'`]([^\"'`<>\s]{1,300})"
)


@dataclass(frozen=True, slots=True)
class Front:
    """A page as a stranger gets it.

    Attributes:
        names: What its head calls it, as it wants to be shared and as it stands in the browser.
        headings: Its first ones.
        text: What can be read without a script; the beginning.
        buttons: What its buttons and links say.
        has_password: Whether there is a field for a password.
        has_email: Whether there is one for an e-mail address.
        refreshes_to: Where it leads on at once.
        scripts_to: Where its scripts may lead on.
        is_shell: Whether there is hardly anything until a script has run.
    """

    names: tuple[str, ...]
    headings: tuple[str, ...]
    text: str
    buttons: tuple[str, ...]
    has_password: bool
    has_email: bool
    refreshes_to: tuple[str, ...]
    scripts_to: tuple[str, ...]
    is_shell: bool


def front_of(body: bytes, url: str) -> Front:
    """What a page shows.

    Args:
        body: The page; one that is no larger than pages are.
        url: Where it was found, after all redirects.
    """
    page = tree_of(decoded(body))
    text = _text(page)
    return Front(
        names=tuple(filter(None, _names(page))),
        headings=tuple(_said(page.find_all(["h1", "h2"], limit=5))),
        text=text,
        buttons=tuple(_buttons(page)),
        has_password=page.select_one('input[type="password" i]') is not None,
        has_email=page.select_one(_EMAIL) is not None,
        refreshes_to=tuple(_absolute(_refreshes(page), url)),
        scripts_to=tuple(_absolute(_scripts(page), url)),
        is_shell=_is_shell(page, text),
    )


_EMAIL: Final = (
    'input[type="email" i], input[name="email" i], input[name="username" i]'
    ', input[autocomplete~="username" i]'
)


def _names(page: BeautifulSoup) -> Iterator[str]:
    shared = page.find("meta", attrs={"property": "og:title", "content": True})
    yield plain(str(shared["content"]), _LONGEST_NAME) if shared else ""
    yield plain(page.title.get_text(" ")[:_LONGEST_NAME], _LONGEST_NAME) if page.title else ""


def _said(tags: list[Tag]) -> Iterator[str]:
    said = (plain(tag.get_text(" "), _LONGEST_NAME) for tag in tags)
    return (text for text in said if text)


def _buttons(page: BeautifulSoup) -> Iterator[str]:
    yield from _said(page.select(_BUTTONS, limit=200))
    for tag in page.select('input[type="submit" i], input[type="button" i]', limit=20):
        yield plain(str(tag.get("value", "")), _LONGEST_NAME)


def _text(page: BeautifulSoup) -> str:
    unseen = {id(text) for tag in page.find_all(_UNSEEN, limit=200) for text in tag.strings}
    found: list[str] = []
    length = 0
    for text in islice(page.strings, _MOST_STRINGS):
        words = "" if id(text) in unseen else " ".join(text[: 4 * _LONGEST].split())
        if words:
            found.append(words)
            length += len(words) + 1
        if length > _LONGEST:
            break
    return " ".join(found)[:_LONGEST]


def _is_shell(page: BeautifulSoup, text: str) -> bool:
    if len(text) >= _HARDLY_ANYTHING:
        return False
    if _NEEDS_SCRIPT.search(text):
        return True
    shows = any(tag.find_parent("noscript") is None for tag in page.select(_SHOWS, limit=20))
    if not text and not shows:
        return True
    if page.find("script") is None or _is_written(page):
        return False
    if len(text) < _NOTHING and not shows:
        return True
    asks = " ".join(tag.get_text(" ") for tag in page.find_all("noscript", limit=5))
    return _NEEDS_SCRIPT.search(asks) is not None or _has_empty_root(page)


def _is_written(page: BeautifulSoup) -> bool:
    """Whether there is a heading with a paragraph, however short: no script has to draw them."""
    has_heading, has_paragraph = (
        any(tag.get_text(strip=True) for tag in page.find_all(names, limit=20))
        for names in (["h1", "h2", "h3"], ["p", "li", "figcaption", "td"])
    )
    return has_heading and has_paragraph


def _has_empty_root(page: BeautifulSoup) -> bool:
    outer = page.body or page
    children = outer.find_all(_ROOTS, recursive=False, limit=50)
    return any(
        (tag.get("id") or "-" in tag.name)
        and not tag.get_text(strip=True)
        and tag.select_one(_SHOWS) is None
        for tag in children
    )


def _refreshes(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.select('meta[http-equiv="refresh" i][content]', limit=5):
        found = _REFRESH.fullmatch(str(tag["content"]).strip(" '\""))
        if found is not None and tag.find_parent("noscript") is None:
            yield found[1].strip()


def _scripts(page: BeautifulSoup) -> Iterator[str]:
    for script in page.find_all("script", src=False, limit=_MOST_SCRIPTS):
        for found in _LEADS_ON.finditer(script.get_text()[:_LONGEST_SCRIPT]):
            yield found[1]


def _absolute(links: Iterator[str], url: str) -> Iterator[str]:
    return (address for link in links if (address := absolute(link, url)) is not None)
