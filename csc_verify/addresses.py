"""Web addresses as text: which ones can be clicked, and which ones are the same."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import (
    parse_qsl,
    quote,
    unquote_to_bytes,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

MAX_LENGTH = 2048
"""Characters an address may have; longer ones are refused, as browsers and servers do."""

# Joining takes a time that grows with the depth of the base, and a query's with its parameters.
_DEEPEST = 60
_MOST_PARAMETERS = 100

_TRACKING = re.compile(r"^(utm_.*|source|fbclid|gclid|mc_cid|mc_eid|igshid)$")
# Controls, spaces, signs that end an address in a text, invisible marks, halves of letters.
_FORBIDDEN = re.compile(
    r"[\x00-\x20\x7f-\x9f\\<>\"`{}|^\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def web_address(text: str) -> str | None:
    """The address if a browser could open it as a public page, else None.

    Accepted are ``http`` and ``https`` with a host and without credentials. Nothing is repaired.

    Args:
        text: An address as somebody wrote it; surrounding white space is allowed.
    """
    url = text.strip()
    if len(url) > MAX_LENGTH or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    acceptable = (
        parts.scheme.lower() in _DEFAULT_PORTS and parts.hostname and "@" not in parts.netloc
    )
    return url if acceptable else None


def absolute(link: str, base: str) -> str | None:
    """A link of a page or feed, resolved against where it was found; None if it can't be opened."""
    if link.startswith(("http://", "https://")):
        # Most are whole already, and joining them costs more than all the rest of reading them.
        return web_address(link)
    if base.count("/") > _DEEPEST and not link.lstrip()[:8].lower().startswith(
        ("http://", "https://")
    ):
        return None
    try:
        return web_address(urljoin(base, link.strip()))
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def canonical(url: str) -> str:
    """What two addresses of the same page share.

    Scheme, ``www.``, default port, trailing slash and tracking parameters (``utm_*``,
    ``source=``…) are left out, and percent-encoding is made alike; the rest of the query keeps its
    order, and a fragment stays, since some sites have all posts on one page. The result is a key,
    not an address to open.

    Args:
        url: An address that :func:`web_address` accepts.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removesuffix(".").removeprefix("www.")
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = parts.query
    if query.count("&") < _MOST_PARAMETERS:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(k, v) for k, v in pairs if not _TRACKING.match(k)])
    path = quote(unquote_to_bytes(parts.path)).rstrip("/")
    return urlunsplit(("", host, path, query, parts.fragment)).removeprefix("//")
