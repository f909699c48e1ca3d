"""Pages that stand in front of the one that was asked for, told by their structure. Pure.

A post may be *about* a login, a robot check or the number 404. So words alone make no wall: the
page must not call itself a post, and must have next to nothing to read, or a form or script that
only such pages have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.pages.missing import says_missing
from csc_verify.pages.values import Wall, WallKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup

LITTLE: Final = 600
"""Characters of text below which a page has next to nothing to read."""
GIVE_FEED: Final = "Give the feed's address under blog.urls"
"""The way out where pages are closed and feeds are not."""

_NOTHING: Final = 50
_HARDLY_ANYTHING: Final = 150
_ANOTHER_PAGE: Final = "Give the address of the feed or of another page, or ask the coach to look"
_TITLES_OF_CHECKS: Final = re.compile(
    r"just a moment\W*|attention required\b.*|checking your browser\b.*|one moment,? please\W*"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human\W*|are you (?:a robot|human)\W*|robot check"
    r"|access denied\W*|security check\W*|vercel security checkpoint|ddos-guard|please wait\W*"
    r"|making sure you're not a bot\W*|pardon our interruption\W*|client challenge"
    r"|human verification",
    re.IGNORECASE,
)
# What the pages of Cloudflare, AWS, Imperva, DataDome, HUMAN, Sucuri and Anubis consist of. The
# script under challenge-platform/scripts is in Cloudflare's ordinary pages, too.
_CHECKS: Final = (
    'form#challenge-form, [id^="cf-challenge"], #challenge-running, #challenge-error-text'
    ', [src*="challenge-platform/h/"], [src*="token.awswaf.com"], [src*="_Incapsula_Resource"]'
    ', [src*="captcha-delivery.com"], #px-captcha, #anubis_challenge, [src*="/.within.website/"]'
)
_SCRIPTS_OF_CHECKS: Final = re.compile(r"_cf_chl_opt|sucuri_cloudproxy_js|gokuProps")
_WORDS_OF_LOGINS: Final = re.compile(
    r"\b(?:log ?in|sign ?in|sign up|anmelden|einloggen|connexion|se connecter|iniciar sesión"
    r"|entrar|accedi|inloggen|zaloguj|přihlásit|войти|вход)\b|ログイン|登录|登入|로그인",
    re.IGNORECASE,
)
_ADDRESSES_OF_LOGINS: Final = re.compile(
    r"/(?:login|log-in|signin|sign-in|wp-login\.php|session/new|authwall|checkpoint)(?:[/?#]|$)"
)
_HOSTS_OF_CONSENT: Final = ("consent.", "guce.", "cmp.", "privacy-mgmt.")
_FORMS_OF_CONSENT: Final = (
    'form[action*="//consent."], form[action*="/privacy/consent"], form[action*="/collectConsent"]'
)
_ROOTS: Final = "#root, #app, #__next, #___gatsby, #svelte, app-root, #SITE_CONTAINER"


@dataclass(frozen=True, slots=True)
class Front:
    """What is looked at.

    Attributes:
        page: The page.
        url: Where it was found, after all redirects.
        title: Its title.
        text: What a reader sees of it.
        is_post: Whether its data or its head calls it a post with a date.
    """

    page: BeautifulSoup
    url: str
    title: str
    text: str
    is_post: bool

    @property
    def is_bare(self) -> bool:
        """Whether there is next to nothing to read, and no word of a post."""
        return len(self.text) < LITTLE and not self.is_post

    def has(self, selector: str) -> bool:
        """Whether the page has an element."""
        return self.page.select_one(selector) is not None

    def is_of(self, domain: str) -> bool:
        """Whether the address belongs to a domain."""
        host = (urlsplit(self.url).hostname or "").lower()
        return host == domain or host.endswith(f".{domain}")


def wall_of(front: Front) -> Wall | None:
    """What stands in the way, if something does."""
    return next((wall for stands, wall in _WALLS if stands(front)), None)


def _asks_for_consent(front: Front) -> bool:
    parts = urlsplit(front.url)
    if (parts.hostname or "").lower().startswith(_HOSTS_OF_CONSENT):
        return True
    is_tumblrs = front.is_of("tumblr.com") and parts.path.startswith("/privacy/consent")
    return is_tumblrs or (front.is_bare and front.has(_FORMS_OF_CONSENT))


def _is_linkedins(front: Front) -> bool:
    if not front.is_of("linkedin.com"):
        return False
    return "/authwall" in front.url or (not front.is_post and _asks_to_log_in(front))


def _is_facebooks(front: Front) -> bool:
    is_theirs = front.is_of("facebook.com") or front.is_of("instagram.com")
    return is_theirs and (front.is_bare or _asks_to_log_in(front))


def _checks_for_robots(front: Front) -> bool:
    if not front.is_bare:
        return False
    if _TITLES_OF_CHECKS.fullmatch(front.title.partition(" | ")[0]) or front.has(_CHECKS):
        return True
    scripts = front.page.find_all("script", src=False, limit=20)
    return any(_SCRIPTS_OF_CHECKS.search(script.get_text()) for script in scripts)


def _is_login(front: Front) -> bool:
    if not front.is_bare or not front.has('input[type="password"], input[type="email"]'):
        return False
    if _ADDRESSES_OF_LOGINS.search(front.url):
        return True
    is_asked = front.has('input[type="password"]')
    return is_asked and bool(_WORDS_OF_LOGINS.search(f"{front.title} {front.text}"))


def _asks_for_password(front: Front) -> bool:
    return len(front.text) < LITTLE and front.has("form.post-password-form")


def _is_shell(front: Front) -> bool:
    if front.is_post or len(front.text) >= _HARDLY_ANYTHING or not front.has("script"):
        return False
    if front.has("h1, h2, article"):
        return False
    if len(front.text) < _NOTHING and not front.has("img, video, iframe, embed"):
        return True
    root = front.page.select_one(_ROOTS)
    asks = " ".join(tag.get_text(" ") for tag in front.page.find_all("noscript", limit=5))
    return "javascript" in asks.lower() or (root is not None and not root.get_text(strip=True))


def _is_missing(front: Front) -> bool:
    return not front.is_post and says_missing(
        front.page, front.title, is_bare=len(front.text) < LITTLE
    )


def _asks_to_log_in(front: Front) -> bool:
    if not front.has('form[action*="login"], input[type="password"]'):
        return False
    return bool(_WORDS_OF_LOGINS.search(front.title)) or not front.has("article")


_WALLS: Final[tuple[tuple[Callable[[Front], bool], Wall], ...]] = (
    (
        _asks_for_consent,
        Wall(WallKind.CONSENT, "is a page that asks for consent to cookies", GIVE_FEED),
    ),
    (
        _is_linkedins,
        Wall(
            WallKind.LINKEDIN,
            "is LinkedIn's login page",
            "Give the address of a public article, or of the same post on another site",
        ),
    ),
    (
        _is_facebooks,
        Wall(
            WallKind.FACEBOOK,
            "is Facebook's login page",
            "Give the address of the same post on a site that shows it without an account",
        ),
    ),
    (
        _checks_for_robots,
        Wall(
            WallKind.CHALLENGE,
            "is a check for robots",
            "Give another address of the blog, such as its feed's; this page lets no program in",
        ),
    ),
    (
        _is_missing,
        Wall(
            WallKind.MISSING,
            "says that there is no such page",
            "Correct the address under blog.urls",
        ),
    ),
    (
        _asks_for_password,
        Wall(
            WallKind.LOGIN,
            "asks for a password",
            "Publish the post without one, or ask the coach to look",
        ),
    ),
    (_is_login, Wall(WallKind.LOGIN, "is a login page", _ANOTHER_PAGE)),
    (
        _is_shell,
        Wall(WallKind.SHELL, "shows nothing without JavaScript", GIVE_FEED),
    ),
)
