r"""The texts of the configuration: what each looks like, and what helps when it does not.

Patterns keep to what Python's ``re`` and ECMA-262 read alike, hence ``(?!\n)$``: in Python a bare
``$`` also matches before a final line feed.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csc_verify.addresses import MAX_LENGTH, web_address
from csc_verify.config.forms import Form, nearest, quoted
from csc_verify.config.loopback import is_loopback
from csc_verify.errors import WeekError
from csc_verify.week import read_zone

# Characters that nobody sees; the joiners between them are needed by scripts and emoji in a text.
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_UNSEEN = _HIDDEN + r"\u200c\u200d"
_SEGMENT = rf'[^{_UNSEEN}/\\:*?"<>|]+'


def _login_advice(text: str) -> str:
    found = re.search(r"^(?:@|(?:https?://)?(?:www\.)?github\.com/)([^/]+)/?$", text.strip())
    return (
        f"Write {quoted(found.group(1))}" if found else "Write the name in your profile's address"
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _zone(name: str) -> str | None:
    try:
        read_zone(name)
    except WeekError:
        return None
    return name


def _zone_advice(text: str) -> str:
    names = available_timezones()
    by_city = {name.rpartition("/")[2]: name for name in sorted(names, reverse=True)}
    near = nearest(text, names) or by_city.get(nearest(text.rpartition("/")[2], by_city) or "")
    example = "Write an IANA name such as America/New_York, Europe/Berlin or UTC"
    return f"did you mean {quoted(near)}?" if near else example


def _address_advice(text: str) -> str:
    if "@" in text.partition("://")[2].partition("/")[0]:
        return "Leave out the user's name and password"
    whole = web_address(f"https://{text}") if "." in text and "://" not in text else None
    return f"Write {quoted(whole)}" if whole else "Write the whole address, https://…"


def _tracker(text: str) -> str | None:
    if "://" not in text:
        return text
    address = web_address(text)
    if address is None:
        return None
    parts = urlsplit(address)
    safe = parts.scheme.lower() == "https" or is_loopback(parts.hostname or "")
    return address if safe else None


def _host_advice(text: str) -> str:
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname
    except ValueError:
        host = None
    right = host is not None and host != text and re.search(HOST.pattern, host)
    return f"Write {quoted(host or '')}" if right else "Write a name such as designchallenge.xyz"


LOGIN = Form(
    name="a GitHub login",
    # Today's rule, and two older habits of GitHub's: an underscore (enterprise-managed accounts
    # end in _shortcode) and a hyphen at the end.
    pattern=r"^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*-?(?!\n)$",
    longest=39,
    advice=_login_advice,
)
DAY = Form(
    name="a day",
    pattern=r"^2[01][0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?!\n)$",
    longest=40,
    advice=lambda _: "Write year, month and day, such as 2026-09-07",
    read=_day,
)
ZONE = Form(
    name="a time zone",
    pattern=r"^[A-Za-z0-9_+/-]+(?!\n)$",
    longest=64,
    advice=_zone_advice,
    read=_zone,
)
LINE = Form(
    name="one line of text",
    pattern=rf"^(?!\s)[^{_HIDDEN}]+(?<!\s)(?!\n)$",
    longest=200,
    advice=lambda _: "Write one line, without blanks around it",
)
ADDRESS = Form(
    name="a web address",
    pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#@]\S*(?!\n)$",
    longest=MAX_LENGTH,
    advice=_address_advice,
    read=web_address,
)
TRACKER = Form(
    name="env:NAME, a path or an https address",
    pattern=rf"^(?!\s)(?:env:[A-Za-z_][A-Za-z0-9_]*|(?!env:)[^{_UNSEEN}]+(?<!\s))(?!\n)$",
    longest=MAX_LENGTH,
    advice=lambda _: "Put it into a secret and write env:CSC_CONTACTS",
    read=_tracker,
    echoed=False,
)
HOST = Form(
    name="a host",
    pattern=(
        r"^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
        r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*(?!\n)$"
    ),
    longest=253,
    advice=_host_advice,
)
PATH = Form(
    name="a path inside the repository",
    pattern=(
        r"^(?!~)(?!(?:.*/)?(?:\.{1,2}|\.[Gg][Ii][Tt])(?:/|$))"
        rf"{_SEGMENT}(?:/{_SEGMENT})*(?<![\s.])(?!\n)$"
    ),
    longest=200,
    advice=lambda _: (
        "Write it from the repository's root, with / between folders, such as docs/csc"
    ),
)
ACTIVITIES = Form(
    name="a path inside the repository or env:NAME",
    pattern=rf"^(?:env:[A-Za-z_][A-Za-z0-9_]*(?!\n)$|(?!env:)(?:{PATH.pattern[1:]}))",
    longest=200,
    advice=lambda _: (
        "Write it from the repository's root, such as design.yml; of a secret write env:NAME"
    ),
    echoed=False,
)
BRANCH = Form(
    name="a branch",
    # The rules of git check-ref-format, and no full ref: refs/heads/ is GitHub's business.
    pattern=(
        r"^(?![-./]|@$|refs/)(?!.*(?:\.\.|//|/\.|@\{|\.lock(?:/|$)|[./]$))"
        rf"[^{_UNSEEN} ~^:?*\[\\]+(?!\n)$"
    ),
    longest=244,
    advice=lambda _: "Write its name alone, such as main",
)
