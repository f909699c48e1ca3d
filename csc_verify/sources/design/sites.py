"""Hosts of addresses, as they are compared. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 253
"""Characters of the longest host (RFC 1035, 2.3.4); encoding longer ones may take long."""


def host_of(url: str) -> str:
    """The host of an address, as names are registered; empty if it is none that can be.

    Args:
        url: An address that :func:`csc_verify.addresses.web_address` accepts.
    """
    return _registered(urlsplit(url).hostname or "")


def is_at(host: str, sites: Iterable[str]) -> bool:
    """Whether a host is one of some sites, or lies below one.

    Args:
        host: As :func:`host_of` gives it.
        sites: Hosts as somebody wrote them; those that can be none match nothing.
    """
    names = filter(None, map(_registered, sites))
    return any(host == name or host.endswith(f".{name}") for name in names)


def _registered(host: str) -> str:
    """A host in the letters that name servers know, so that a look-alike is another one."""
    if len(host) > _LONGEST:
        return ""
    try:
        encoded = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return encoded.lower().removesuffix(".").removeprefix("www.")
