"""The places where students keep their evidence, and how each is opened to everybody. Pure.

What they answer to a stranger: Google Drive and Docs lead to ``accounts.google.com`` or show a page
titled "Google Drive: Sign-in", with status 200 or 401; what is public is titled "NAME - Google
Docs". Figma, Notion and Behance send much the same script for whatever is asked, and only the head
tells whether a stranger sees the document. Notion answers programs with 404 for pages that a
browser is then led to. GitHub answers 404 for what is private, Figma for files that aren't shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from csc_verify.sources.design.sites import host_of, is_at


@dataclass(frozen=True, slots=True)
class Platform:
    """One of them.

    Attributes:
        hosts: Where it is; their subdomains, too.
        share: How something there is opened to everybody, one sentence without its full stop.
        generic: Titles that its pages have if they don't name what was asked for.
        hides: Whether it says "not found" to programs of pages that people can open.
    """

    hosts: tuple[str, ...]
    share: str
    generic: re.Pattern[str]
    hides: bool = False


def _titles(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE)


# What frameworks and servers call a page that nobody gave a name.
_NAMELESS: Final = (
    r"react app|vite app|vite \+ [\w ]+|vue app|document|untitled|loading|home|index|welcome"
    r"|create next app|my app|app|webpage|new tab"
)
_LOGIN: Final = r"(?:log ?in|sign ?in|sign ?up|welcome)"
PLATFORMS: Final = (
    Platform(
        ("docs.google.com", "drive.google.com", "accounts.google.com", "forms.gle"),
        "In Google Drive: Share, General access, 'Anyone with the link', Viewer",
        _titles(
            r"(?:google|meet google) (?:docs|drive|sheets|slides|forms|drawings|accounts?)"
            r"(?:\s*[:–—-].*)?|sign[ -]in(?: - google.*)?|error|page not found"
        ),
    ),
    Platform(
        ("sites.google.com",),
        "In Google Sites: Publish, visible to anyone",
        _titles(r"google sites?(?:\s*[:–—-].*)?|sign[ -]in(?: - google.*)?"),
    ),
    Platform(
        ("dropbox.com", "db.tt", "dropboxusercontent.com"),
        "In Dropbox: Share, copy a link that gives access to anyone with the link",
        _titles(
            r"dropbox(?: paper)?"
            rf"|dropbox\s*[:–—-]\s*(?:{_LOGIN}|404|error|simplify your life|link .*)"
            rf"|(?:{_LOGIN}|404|error|link .*)\s*[:–—-]\s*dropbox"
        ),
    ),
    Platform(
        ("figma.com",),
        "In Figma: Share, Anyone with the link, can view",
        _titles(rf"figma(?:\s*[:–—|-].*)?|(?:{_LOGIN} (?:to|on|for) )figma|{_LOGIN}\W+figma"),
    ),
    Platform(
        ("notion.so", "notion.site", "notion.com"),
        "In Notion: Share, Publish to web, and give the address that it then shows",
        _titles(rf"notion(?:\s*[:–—|-].*)?|(?:{_LOGIN} (?:to|on|for) )notion|{_LOGIN}\W+notion"),
        hides=True,
    ),
    Platform(
        ("behance.net",),
        "In Behance: publish the project, visible to everyone",
        _titles(rf"behance(?:\s*(?:::|[:–—|-]).*)?|{_LOGIN}\W+(?:to )?behance"),
    ),
    Platform(
        (
            *("onedrive.live.com", "1drv.ms", "sharepoint.com", "login.microsoftonline.com"),
            "login.live.com",
        ),
        "In OneDrive: Share, Anyone with the link can view",
        _titles(r"onedrive|sharepoint|sign in to your (?:microsoft )?account|microsoft.*sign.*"),
    ),
    Platform(
        ("github.com",),
        "On GitHub: make the repository public, in its settings",
        # A repository is titled "GitHub - alice/portfolio".
        _titles(r"github|sign in to github.*"),
    ),
)
OTHER: Final = Platform(
    (), "Share it so that anybody can open the link without logging in", _titles(_NAMELESS)
)
"""Every other place; and the only one that is told of a secret link."""

_IDENTITY_HOSTS: Final = (
    *("accounts.google.com", "login.microsoftonline.com", "login.live.com", "appleid.apple.com"),
    *("okta.com", "auth0.com", "onelogin.com", "id.atlassian.com", "login.yahoo.com"),
    *("auth.services.adobe.com", "adobelogin.com"),
)


def platform_of(*urls: str) -> Platform:
    """The first platform that one of some addresses belongs to."""
    hosts = [host_of(url) for url in urls]
    known = (it for host in hosts for it in PLATFORMS if is_at(host, it.hosts))
    return next(known, OTHER)


def is_identity_host(url: str) -> bool:
    """Whether an address is where people log in, and nothing else."""
    return is_at(host_of(url), _IDENTITY_HOSTS)
