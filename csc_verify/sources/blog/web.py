"""Asking, with manners: discovered addresses only where robots may look.

An address that the student configured is asked because its owner wants it to be. What is found from
there is somebody's page, and a program that looks around obeys ``robots.txt`` (RFC 9309).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.fetch import USER_AGENT, Absent, Page, Unreachable
from csc_verify.pages import read_page
from csc_verify.sources.blog.discovery import may_fetch, plan
from csc_verify.sources.blog.feeds import FeedReader

if TYPE_CHECKING:
    from csc_verify.fetch import Fetcher, FetchResult
    from csc_verify.pages import PageFacts
    from csc_verify.sources.blog.discovery import Plan

# Of these RFC 9309 says that there are no rules; 429 is a wish to be left alone.
_NO_RULES = frozenset(range(400, 500)) - {429}


@dataclass(slots=True)
class Web:
    """What blogs are asked with.

    Attributes:
        fetcher: Fetches pages.
        reader: Reads feeds, each once.
    """

    fetcher: Fetcher
    reader: FeedReader = field(default_factory=FeedReader)
    _robots: dict[str, bytes | None] = field(default_factory=dict)
    _pages: dict[tuple[str, bytes], PageFacts] = field(default_factory=dict)
    _plans: dict[tuple[str, bytes], Plan] = field(default_factory=dict)

    def read(self, page: Page) -> PageFacts:
        """What a page says; each is read once, however many weeks are asked about."""
        key = _key(page)
        if key not in self._pages:
            self._pages[key] = read_page(page.body, page.url)
        return self._pages[key]

    def plan(self, page: Page) -> Plan:
        """What else a page says to ask, likewise."""
        key = _key(page)
        if key not in self._plans:
            self._plans[key] = plan(page.url, page.body)
        return self._plans[key]

    def ask(self, url: str) -> FetchResult:
        """Fetch an address that was configured."""
        return self.fetcher.fetch(url)

    def look(self, url: str) -> FetchResult:
        """Fetch an address that was found, if its site lets programs look there."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._rules_of(origin)
        rules = self._robots[origin]
        if rules is None:
            reason = f"{parts.hostname} did not say whether programs may look there (robots.txt)"
            return Unreachable(url, reason, "The next run looks again")
        if not may_fetch(rules, url, USER_AGENT):
            reason = f"{parts.hostname} asks programs not to look there (robots.txt)"
            return Unreachable(url, reason, "Give the feed's address under blog.urls")
        return self.fetcher.fetch(url)

    def _rules_of(self, origin: str) -> bytes | None:
        """The site's rules; empty if it has none, None if nobody can tell (RFC 9309, 2.3.1)."""
        match self.fetcher.fetch(f"{origin}/robots.txt"):
            case Page(body=body):
                return body
            case Absent():
                return b""
            case Unreachable(status=int(status)) if status in _NO_RULES:
                return b""
            case Unreachable():
                return None


def _key(page: Page) -> tuple[str, bytes]:
    return page.url, sha256(page.body).digest()
