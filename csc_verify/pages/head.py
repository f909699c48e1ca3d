"""What a page says of itself in its head: names, addresses, language. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csc_verify.addresses import absolute
from csc_verify.escape import plain
from csc_verify.pages.tree import without_entities

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_LONGEST_NAME: Final = 300
_LONGEST_LANGUAGE: Final = 35
"""Characters of the longest registered tag of a language (RFC 5646, 4.4.1)."""
_TYPES_OF_POSTS: Final = frozenset({"article", "blog", "post"})


def base_of(page: BeautifulSoup, url: str) -> str:
    """Where the page's relative links start."""
    base = page.find("base", href=True)
    return (absolute(str(base["href"]), url) if base else None) or url


def canonical_of(page: BeautifulSoup, base: str) -> str | None:
    """The address that the page calls its own."""
    link = page.find("link", rel="canonical", href=True)
    return absolute(str(link["href"]), base) if link else None


def title_of(page: BeautifulSoup) -> str:
    """The page's title, as it wants to be shared or else as it stands in the browser."""
    shared = _meta(page, property="og:title")
    in_browser = page.title.get_text(" ")[:_LONGEST_NAME] if page.title else ""
    # Some write an entity of an entity.
    return plain(without_entities(shared or in_browser), _LONGEST_NAME)


def site_of(page: BeautifulSoup) -> str:
    """What the page calls its site."""
    return plain(_meta(page, property="og:site_name") or _meta(page, name="application-name"))


def language_of(page: BeautifulSoup) -> str:
    """The language that the page declares."""
    root = page.find("html")
    declared = str(root.get("lang") or root.get("xml:lang") or "") if root else ""
    locale = _meta(page, property="og:locale").replace("_", "-")
    return plain(declared or locale, _LONGEST_LANGUAGE)


def is_video(page: BeautifulSoup) -> bool:
    """Whether the page says that it is a video."""
    is_marked = page.select_one('[itemtype$="schema.org/VideoObject"]') is not None
    return _meta(page, property="og:type").lower().startswith("video") or (
        is_marked and not _is_called_article(page)
    )


def is_article(page: BeautifulSoup) -> bool:
    """Whether the page says that it is one post."""
    if is_dated_article(page) or _is_called_article(page):
        return True
    return len(page.find_all("article", limit=3)) == 1 and len(page.find_all("h1", limit=3)) == 1


def is_dated_article(page: BeautifulSoup) -> bool:
    """Whether the page's head says when it was published."""
    return bool(_meta(page, property="article:published_time"))


def _is_called_article(page: BeautifulSoup) -> bool:
    return _meta(page, property="og:type").lower() in _TYPES_OF_POSTS


def _meta(page: BeautifulSoup, **attributes: str) -> str:
    tag = page.find("meta", attrs={**attributes, "content": True})
    return str(tag["content"]).strip() if tag else ""
