"""Which hosts are this very machine."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a host is ``localhost``, in 127.0.0.0/8, or ``::1``.

    Args:
        host: A name or an address without port; no name is looked up.
    """
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
