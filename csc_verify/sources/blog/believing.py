"""Whether a page is one post, and whether a feed is that of the site that was named. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from csc_verify.addresses import canonical
from csc_verify.letters import bare
from csc_verify.sources.blog.discovery import is_single_post, same_site
from csc_verify.sources.blog.from_page import days_of

if TYPE_CHECKING:
    from csc_verify.pages import Listed, PageFacts
    from csc_verify.sources.blog.discovery import Candidate
    from csc_verify.sources.blog.feeds import Feed

_ABOUT_ITSELF: Final = ("JSON-LD", "meta article")
_SEVERAL: Final = 3
_WORDS: Final = re.compile(r"[^\W_]+")
_UMLAUTS: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}


def is_one_post(facts: PageFacts, url: str) -> bool:
    """Whether a page that may be a post is one, rather than a list that begins with one.

    It is if its address looks so or says its title, or if data or head say when this very page was
    published. Else its date must not be that of the first post that it links to.

    Args:
        facts: The page, which is a post's by its markup.
        url: Its address.
    """
    if is_single_post(url) or _says_title(url, facts.title):
        return True
    first = next((it.date for it in facts.listed if it.date and _may_be_post(it, url)), None)
    if facts.published is None or first is None:
        return first is None
    says_so = facts.published.element.startswith(_ABOUT_ITSELF)
    return says_so or days_of(facts.published.date).isdisjoint(days_of(first))


def _says_title(url: str, title: str) -> bool:
    """Whether an address ends in several words, most of which are the title's."""
    words = _WORDS.findall(_plain(unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])))
    named = set(_WORDS.findall(_plain(title)))
    return len(words) >= _SEVERAL and sum(word in named for word in words) * 2 > len(words)


def _plain(text: str) -> str:
    # In addresses an umlaut is often two letters.
    return bare(text.casefold().translate(_UMLAUTS))


def _may_be_post(listed: Listed, url: str) -> bool:
    """Whether a link may be a post's: a heading, and not one of the folders that the page is in."""
    above = canonical(listed.url)
    return listed.is_heading and not canonical(url).startswith(f"{above}/")


def is_usable(feed: Feed, candidate: Candidate, site: str) -> bool:
    """Whether a feed is worth believing: it holds something, and it is of the site that was named.

    What a page announces of its own host is; what lies elsewhere, or was only guessed at, has to
    name the site, or to lead to it with most of its posts.

    Args:
        feed: What was found.
        candidate: How it was found.
        site: The address of the page.
    """
    if candidate.is_guess and not feed.entries:
        return False
    if candidate.is_own and not candidate.is_guess:
        return True
    links = [entry.link for entry in feed.entries if entry.link]
    theirs = Counter(_is_below(link, site, candidate) for link in links)
    names_it = feed.site is not None and _is_below(feed.site, site, candidate)
    return names_it or theirs[True] * 2 > len(links)


def _is_below(url: str, site: str, candidate: Candidate) -> bool:
    """Whether an address lies on a site; of what was guessed at, below the folder of the page."""
    if not same_site(url, site):
        return False
    if not candidate.is_guess:
        return True
    folder = urlsplit(site).path.rpartition("/")[0]
    return canonical(url).partition("/")[2].startswith(folder.strip("/"))
