"""Asking, with manners: each address once, and discovered ones only where robots may look.

An address that the student configured is asked because its owner wants it to be. What is found from
there is somebody's page, and a program that looks around obeys ``robots.txt`` (RFC 9309).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.fetch import USER_AGENT, Absent, Page, Unreachable
from csc_verify.sources.blog.discovery import may_fetch
from csc_verify.sources.blog.feeds import FeedReader

if TYPE_CHECKING:
    from csc_verify.fetch import Fetcher, FetchResult


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
        if rules is None or not may_fetch(rules, url, USER_AGENT):
            reason = f"{parts.hostname} asks programs not to look there (robots.txt)"
            return Unreachable(url, reason, "Give the feed's address under blog.urls")
        return self.fetcher.fetch(url)

    def _rules_of(self, origin: str) -> bytes | None:
        """The site's rules; empty if it has none, None if nobody can tell."""
        match self.fetcher.fetch(f"{origin}/robots.txt"):
            case Page(body=body):
                return body
            case Absent():
                return b""
            case Unreachable():
                # RFC 9309, 2.3.1.4: then a program has to assume that nothing is allowed.
                return None
