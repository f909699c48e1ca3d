"""Where a link led, told by its address alone: to a login, an error, somebody's front page. Pure.

A server that doesn't show a document most often answers with another address, and that one with a
page like any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from csc_verify.addresses import canonical
from csc_verify.sources.design.sites import host_of, is_at

if TYPE_CHECKING:
    from collections.abc import Sequence

TO_LOGIN: Final = "its link shows the document only after a login"
TO_FRONT_PAGE: Final = (
    "its link leads on to a site's front page; if that is what shows the activity, link there"
)
_TO_ERROR: Final = "its link leads on to a page about an error"
_IN_BETWEEN: Final = "its link leads to a page in front of the document, such as a login"

_IDENTITY_HOSTS: Final = (
    *("accounts.google.com", "login.microsoftonline.com", "login.live.com", "appleid.apple.com"),
    *("okta.com", "auth0.com", "onelogin.com", "id.atlassian.com", "login.yahoo.com"),
    *("auth.services.adobe.com", "adobelogin.com"),
)
# Their addresses are those of no document, and lead to front pages as well as to others.
_SHORTENERS: Final = (
    *("bit.ly", "tinyurl.com", "t.co", "goo.gl", "is.gd", "v.gd", "buff.ly", "ow.ly", "rb.gy"),
    *("cutt.ly", "t.ly", "lnkd.in", "shorturl.at", "rebrand.ly", "tiny.cc", "bl.ink", "s.id"),
    *("dub.sh", "short.io", "shorturl.gg", "qr.ae"),
)
_IDENTITY_LABEL: Final = re.compile(
    r"(?:log-?in|log-?on|sign-?in|auth|authn|authentication|oauth2?|sso|accounts?|id|idp|identity"
    r"|passport|cas)(?:-?\d{1,3}|-[a-z]{2,4})?"
)
_LOGIN_STEP: Final = re.compile(
    r"log[-_]?[io]n|sign_?-?(?:in|up)|service_?login|authwall|auth|authenticate|authorize|oauth2?"
    r"|sso|saml2?|register|sessions?|wp-login\.php",
    re.IGNORECASE,
)
_ERROR_STEP: Final = re.compile(
    r"(?:(?:page|file)[-_]?)?not[-_]?found|40[0134]|410|50\d|errors?|oops|(?:access[-_]?)?denied"
    r"|forbidden|unauthori[sz]ed|no[-_]?access|private|unavailable|expired|restricted|missing|gone"
    r"|suspended(?:page)?|deleted|removed",
    re.IGNORECASE,
)
_ERROR_KEYS: Final = frozenset(("error", "err", "errors", "error_code", "errorcode", "denied"))
_FRONT_PAGES: Final = frozenset({"index.html", "index.htm", "index.php", "home", "default.aspx"})
_LANGUAGE: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_MOST_PARAMETERS: Final = 100


def detour(url: str, final: str) -> str | None:
    """What an address led to in place of the document; None if it shows in no address.

    Args:
        url: As written.
        final: After all redirects.
    """
    if canonical(url) == canonical(final):
        return None
    if is_login(final, url):
        return TO_LOGIN
    if _is_error(url, final):
        return _TO_ERROR
    return _IN_BETWEEN if _is_to_come_back(url, final) else None


def is_login(target: str, url: str) -> bool:
    """Whether an address is that of a login; a case study of one has the word in its own.

    Args:
        target: Where something leads.
        url: What was asked for.
    """
    if _is_identity_host(target) and not _is_identity_host(url):
        return True
    wanted, found = _steps(url), _steps(target)
    stays_below = bool(wanted) and found[: len(wanted)] == wanted
    return not stays_below and any(_LOGIN_STEP.fullmatch(step) for step in found[:2])


def is_led_to_front_page(url: str, final: str) -> bool:
    """Whether a document's address led to a site's front page, its own site's or another's.

    An address that somebody gave up leads to who bought it.
    """
    if canonical(url) == canonical(final) or _inner(final) or is_at(host_of(url), _SHORTENERS):
        return False
    wanted, found = urlsplit(url), urlsplit(final)
    if _inner(url):
        return True
    if _are_related(host_of(url), host_of(final)):
        # "/?p=12" is a document's, too.
        return bool(wanted.query) and wanted.query not in found.query
    return True


def _are_related(one: str, other: str) -> bool:
    return is_at(one, [other]) or is_at(other, [one])


def _is_identity_host(url: str) -> bool:
    """Whether an address is where people log in, and nothing else."""
    host = host_of(url)
    labels = host.split(".")[:-1]
    return is_at(host, _IDENTITY_HOSTS) or any(map(_IDENTITY_LABEL.fullmatch, labels))


def _is_error(url: str, final: str) -> bool:
    last = "".join(_steps(final)[-1:]).partition(".")[0]
    if _ERROR_STEP.fullmatch(last) and last not in "".join(_steps(url)[-1:]):
        return True
    return bool((_keys(final) - _keys(url)) & _ERROR_KEYS)


def _keys(url: str) -> frozenset[str]:
    return frozenset(key.lower() for key, _ in _parameters(url))


def _is_to_come_back(url: str, final: str) -> bool:
    """Whether an address holds the one that was asked for, to lead back to it later."""
    path = unquote(urlsplit(url).path).rstrip("/")
    if not path or _steps(url) == _steps(final):
        return False
    # Some write an escape of an escape.
    held = (re.split(r"[?#]", unquote(value), maxsplit=1)[0] for _, value in _parameters(final))
    return any(it.rstrip("/").endswith(path) for it in held)


def _parameters(url: str) -> Sequence[tuple[str, str]]:
    query = urlsplit(url).query
    return [] if query.count("&") >= _MOST_PARAMETERS else parse_qsl(query, keep_blank_values=True)


def _inner(url: str) -> Sequence[str]:
    """What of an address's path leads away from the front page."""
    return [step for step in _steps(url) if step.casefold() not in _FRONT_PAGES]


def _steps(url: str) -> Sequence[str]:
    """The steps of a path, without a language in front."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return steps[1:] if steps and _LANGUAGE.fullmatch(steps[0]) else steps
