"""Which addresses may be fetched: the rules on an address as text, and on what a name leads to.

Spelling does not matter here: ``0x7f.1``, ``2130706433`` or a public name that leads to
127.0.0.1 are judged by the address they resolve to, and exactly that address is connected to.
A name that changes its answer between the check and the connection gains nothing.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import TypeAlias
from urllib.parse import urldefrag, urlsplit

from csc_verify.addresses import MAX_LENGTH, web_address
from csc_verify.escape import plain
from csc_verify.fetch.results import FetchError

Resolver: TypeAlias = Callable[[str], Sequence[str]]
"""A host name or literal -> its IP addresses as text. Raises OSError if there are none."""

_HOST_LENGTH = 100
_SHORTEST_WAIT = 0.001

# What ``is_global`` of one Python or another lets through although no web site lives there
# (IANA special-purpose address registries, and Azure's documentation for its host address).
_NOT_PUBLIC_4 = (
    IPv4Network("168.63.129.16/32"),  # Azure: the host's own services, looks public
    IPv4Network("192.0.0.0/24"),  # IETF protocol assignments, Oracle Cloud's metadata
    IPv4Network("192.88.99.0/24"),  # 6to4 relays
    IPv4Network("224.0.0.0/4"),  # multicast
)
_GLOBAL_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = (
    IPv6Network("2001::/23"),  # IETF protocol assignments, with Teredo
    IPv6Network("2002::/16"),  # 6to4: an IPv4 address in disguise
    IPv6Network("3fff::/20"),  # documentation
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet.

    Addresses that translate to IPv4 (mapped ones, and NAT64's well-known prefix, which networks
    without IPv4 give every site) are judged by the IPv4 address inside. The other ways to embed
    one (6to4, Teredo, IPv4-compatible, NAT64's local prefix) are never public: they are obsolete
    or internal, and no site needs them.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in net for net in _NOT_PUBLIC_4)
    inside = _embedded(address)
    if inside is not None:
        return is_public(inside)
    return (
        address in _GLOBAL_UNICAST_6
        and address.is_global
        and not any(address in net for net in _NOT_PUBLIC_6)
    )


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else None


def host_of(address: str) -> str:
    """The host of a permitted address, fit to be shown in a sentence."""
    return plain(urlsplit(address).hostname or "", _HOST_LENGTH)


def permitted(url: str, allow_hosts: frozenset[str]) -> str:
    """The address without its fragment, if it may be fetched.

    Args:
        url: An address as somebody wrote it.
        allow_hosts: Hosts (lower case) that may also be fetched over plain HTTP and at any port.

    Raises:
        FetchError: It is no web address, holds credentials, or is neither ``https`` at port 443
            nor at an allowed host.
    """
    address = web_address(url)
    if address is None:
        raise _unusable(url)
    parts = urlsplit(address)
    if parts.hostname not in allow_hosts:
        if parts.scheme.lower() != "https":
            raise FetchError(
                f"the address at {host_of(address)} is not encrypted (http)",
                'Write it with "https://" in front',
            )
        if parts.port not in (None, 443):
            raise FetchError(
                f"the address at {host_of(address)} names port {parts.port}",
                "Use the public address of the page, without a port",
            )
    return urldefrag(address).url


def _unusable(url: str) -> FetchError:
    if len(url.strip()) > MAX_LENGTH:
        return FetchError(
            f"the address is longer than {MAX_LENGTH} characters", "Use a shorter address"
        )
    if "@" in url.partition("://")[2].partition("/")[0]:
        return FetchError(
            "the address holds a user name or a password",
            "Take it out; only pages that anybody can read are fetched",
        )
    return FetchError(
        "this is no address of a web page", "Write it like https://blog.example/feed.xml"
    )


def system_resolver(host: str) -> Sequence[str]:
    """Asks the operating system.

    Raises:
        OSError: The name is unknown, or no name server answered.
        UnicodeError: It cannot be a name.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(str(sockaddr[0]) for *_, sockaddr in found)


class Guard:
    """Opens connections to public addresses, and to no others.

    Of a name's addresses the non-public ones are left out, not held against the rest: sites with
    one wrong record among good ones are common, and what is left out is never connected to.

    Args:
        allow_hosts: Hosts (lower case) that may be private.
        resolve: How names are looked up; asked once for each new connection.
    """

    def __init__(self, allow_hosts: frozenset[str], resolve: Resolver) -> None:
        self._allow_hosts = allow_hosts
        self._resolve = resolve

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """Looks a name up and connects to the first permitted address that accepts.

        Args:
            host: A name or a literal address, without brackets.
            port: The TCP port.
            seconds: For all of it. What is left of them is the time-out of the returned socket,
                so that a TLS handshake on it ends in time too.

        Raises:
            FetchError: The name is unknown or not public, or nothing accepted in time.
        """
        ends = time.monotonic() + seconds
        addresses = self._checked(host, seconds)
        failure = OSError("the name has no address")
        for number, address in enumerate(addresses):
            share = _left(ends) / (len(addresses) - number)
            outcome = _opened(address, port, max(share, _SHORTEST_WAIT))
            if isinstance(outcome, socket.socket):
                outcome.settimeout(_left(ends))
                return outcome
            failure = outcome
        raise _not_connected(host, failure)

    def _checked(self, host: str, seconds: float) -> tuple[str, ...]:
        # What is an address already has no name to look up; it is judged like any other.
        found = (host,) if _is_address(host) else tuple(_looked_up(self._resolve, host, seconds))
        if host.lower() in self._allow_hosts:
            return found
        public = tuple(address for address in found if is_public(ip_address(address)))
        if found and not public:
            raise FetchError(
                f"{plain(host, _HOST_LENGTH)} is not a public site: it leads to an address inside "
                "a private network",
                "Use the address under which everybody can open the page",
            )
        return public


def _left(ends: float) -> float:
    # A time-out of 0 would mean "do not wait at all".
    return max(ends - time.monotonic(), _SHORTEST_WAIT)


def _is_address(host: str) -> bool:
    """Whether a host is written as an address in its one usual form."""
    try:
        return str(ip_address(host)) == host and "%" not in host
    except ValueError:
        return False


def _looked_up(resolve: Resolver, host: str, seconds: float) -> Sequence[str]:
    """Looks a name up in a thread, since the system's look-up knows no time-out."""
    answer: Future[Sequence[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(resolve(host))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    Thread(target=ask, name="name look-up", daemon=True).start()
    name = plain(host, _HOST_LENGTH)
    try:
        return answer.result(seconds)
    except TimeoutError as error:
        raise FetchError(
            f"the name {name} could not be looked up in time",
            "This is usually temporary; the next run looks again",
        ) from error
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"there is no site called {name}, or no name server knew it just now",
            "Check the spelling of the address; if it is right, the next run looks again",
        ) from error


def _opened(address: str, port: int, seconds: float) -> socket.socket | OSError:
    try:
        opened = socket.create_connection((address, port), timeout=seconds)
    except OSError as error:
        return error
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def _not_connected(host: str, failure: OSError) -> FetchError:
    name = plain(host, _HOST_LENGTH)
    hint = "If it opens in a browser, this is temporary; the next run looks again"
    if isinstance(failure, TimeoutError):
        return FetchError(f"{name} did not accept a connection in time", hint)
    return FetchError(f"{name} does not accept connections", hint)
