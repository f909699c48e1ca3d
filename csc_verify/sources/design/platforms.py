"""The places where students keep their evidence, and how each is opened to everybody. Pure.

What they answer to a stranger: Google Drive and Docs lead to ``accounts.google.com`` or show a page
titled "Google Drive: Sign-in", with status 200 or 401; what is public is titled "NAME - Google
Docs". Figma, Notion and Behance send much the same script for whatever is asked, and only the head
tells whether a stranger sees the document. What each says of itself there changes every few months,
but hardly ever without its own name. YouTube answers with status 200 for a private video, and
leaves the name in front of "- YouTube" empty. Notion answers programs with 404 for pages that a
browser is then led to. GitHub answers 404 for what is private, Figma for files that aren't shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from csc_verify.sources.design.naming import OF_ANY_PLACE, OF_WALLS, words_of
from csc_verify.sources.design.sites import host_of, is_at

MUCH: Final = 600
"""Characters of text from which a page has more to read than one that stands in front of it."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One of them.

    Attributes:
        hosts: Where it is; their subdomains, too.
        brand: Its own names, in lower case.
        share: How something there is opened to everybody, one sentence without its full stop.
        calls: How it titles documents, and nothing but them, with their ``name``; None if its
            other pages are titled likewise.
        reads_from: Characters of text from which a page shows the document itself; None if its
            advertisements have as many.
        hides: Whether it says "not found" to programs of pages that people can open.
    """

    hosts: tuple[str, ...]
    brand: frozenset[str]
    share: str
    calls: re.Pattern[str] | None = None
    reads_from: int | None = None
    hides: bool = False

    def names(self, title: str) -> bool:
        """Whether a page's title is one that the place gives documents, and not itself."""
        found = self.calls.fullmatch(title) if self.calls else None
        if found is not None:
            return not words_of(found["name"]) <= OF_WALLS
        words = words_of(title)
        return bool(self.brand) and self.brand.isdisjoint(words) and not words <= OF_ANY_PLACE


_FILE: Final = r"(?P<name>.*\.\w{2,5})"
PLATFORMS: Final = (
    Platform(
        ("docs.google.com", "drive.google.com", "accounts.google.com", "forms.gle"),
        frozenset({"google"}),
        "In Google Drive: Share, General access, 'Anyone with the link', Viewer",
        re.compile(r"(?P<name>.*) [–-] Google (?!Accounts)\w+(?: \w+)?", re.IGNORECASE),
        reads_from=MUCH,
    ),
    Platform(
        # What isn't public is led to a login.
        ("sites.google.com",),
        frozenset({"google"}),
        "In Google Sites: Publish, visible to anyone",
        reads_from=0,
    ),
    Platform(
        ("dropbox.com", "db.tt", "dropboxusercontent.com"),
        frozenset({"dropbox"}),
        "In Dropbox: Share, copy a link that gives access to anyone with the link",
        re.compile(rf"Dropbox - {_FILE}(?: - Simplify your life)?", re.IGNORECASE),
    ),
    Platform(
        ("figma.com",),
        frozenset({"figma"}),
        "In Figma: Share, Anyone with the link, can view",
        # With a bar in place of the dash it is an advertisement.
        re.compile(r"(?P<name>.*) – Figma", re.IGNORECASE),
    ),
    Platform(
        ("notion.so", "notion.site", "notion.com"),
        frozenset({"notion"}),
        "In Notion: Share, Publish to web, and give the address that it then shows",
        hides=True,
    ),
    Platform(
        ("behance.net",),
        frozenset({"behance"}),
        "In Behance: publish the project, visible to everyone",
        re.compile(r"(?P<name>.*) :: Behance", re.IGNORECASE),
    ),
    Platform(
        (
            *("onedrive.live.com", "1drv.ms", "sharepoint.com", "login.microsoftonline.com"),
            "login.live.com",
        ),
        frozenset({"onedrive", "sharepoint", "microsoft", "office"}),
        "In OneDrive: Share, Anyone with the link can view",
        re.compile(rf"{_FILE}(?: - (?:Microsoft )?OneDrive)?", re.IGNORECASE),
    ),
    Platform(
        ("youtube.com", "youtu.be"),
        frozenset({"youtube"}),
        "On YouTube: make the video public or unlisted",
        re.compile(r"(?P<name>.*) - YouTube", re.IGNORECASE),
    ),
    Platform(
        ("vimeo.com",),
        frozenset({"vimeo"}),
        "On Vimeo: let anyone watch the video, without a password",
        re.compile(r"(?P<name>.*) on Vimeo", re.IGNORECASE),
    ),
    Platform(
        ("github.com",),
        frozenset({"github"}),
        "On GitHub: make the repository public, in its settings",
        reads_from=0,
    ),
)
OTHER: Final = Platform(
    (), frozenset(), "Share it so that anybody can open the link without logging in", reads_from=0
)
"""Every other place; and the only one that is told of a secret link."""


def platform_of(*urls: str) -> Platform:
    """The first platform that one of some addresses belongs to."""
    hosts = [host_of(url) for url in urls]
    known = (it for host in hosts for it in PLATFORMS if is_at(host, it.hosts))
    return next(known, OTHER)
