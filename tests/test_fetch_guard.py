from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.fetch import HttpFetcher, Unreachable, is_public

NOT_PUBLIC = [
    # this network, loopback, private use, link-local with the clouds' metadata services
    *("0.0.0.0", "0.1.2.3", "127.0.0.1", "127.0.0.2", "127.255.255.254"),  # noqa: S104  nothing is bound
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.254"),
    *("169.254.0.1", "169.254.169.254", "169.254.170.2", "168.63.129.16", "192.0.0.192"),
    # shared address space (carrier-grade NAT, and one cloud's metadata)
    *("100.64.0.1", "100.100.100.200", "100.127.255.255"),
    # protocol assignments, documentation, benchmarks, relays
    *("192.0.0.8", "192.0.0.9", "192.0.2.1", "198.51.100.7", "203.0.113.9", "192.88.99.1"),
    *("198.18.0.1", "198.19.255.255"),
    # multicast, reserved, broadcast
    *("224.0.0.1", "232.1.2.3", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    # unspecified, loopback, unique local with metadata services, link-local, site-local
    *("::", "::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fd20:ce::254"),
    *("fe80::1", "fe80::1%1", "febf::1", "fec0::1", "feff::1"),
    # multicast, discard, documentation, protocol assignments, segment routing, unassigned
    *("ff02::1", "ff05::2", "ff0e::1", "100::1", "2001:db8::1", "3fff::1", "2001:10::1"),
    *("2001:2::1", "2001:20::1", "5f00::1", "4000::1", "8000::1", "e000::1", "400::1"),
    # IPv4 in disguise: mapped, compatible, NAT64 (well-known, local), 6to4, Teredo
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:168.63.129.16"),
    *("::127.0.0.1", "::10.0.0.1", "::8.8.8.8"),
    *("64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::100.64.0.1"),
    *("64:ff9b:1::10.0.0.1", "64:ff9b:1::8.8.8.8"),
    *("2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1", "2002:808:808::1"),
    *("2001:0:7f00:1::", "2001:0:53aa:64c:0:0:f5ff:fffe", "2001::1"),
]

PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "140.82.121.4", "168.63.129.15", "100.63.255.255", "172.32.0.1"),
    *("2606:4700:4700::1111", "2a00:1450:4001:82b::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
]

SPELLED_OTHERWISE = [
    *("2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "017700000001", "0"),
    *("0xA9FEA9FE", "2852039166", "localhost", "LOCALHOST", "127.0.0.1."),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "[fe80::1]"),
]

# Some versions of the name codec map these to digits, others refuse them.
SPELLED_IN_UNICODE = [
    "\u2460\u2461\u2466.0.0.1",
    "127\u30020\u30020\u30021",
    "\uff11\uff12\uff17.0.0.1",
]

REFUSED_TEXTS = [
    ("", "no address"),
    ("blog.example/feed", "no address"),
    ("file:///etc/passwd", "no address"),
    ("ftp://blog.example/feed", "no address"),
    ("javascript:alert(1)", "no address"),
    ("gopher://blog.example/1", "no address"),
    ("https://", "no address"),
    ("https:///feed", "no address"),
    ("https://blog.example:port/", "no address"),
    ("https://blog.example/a b", "no address"),
    ("https://blog.example\\@127.0.0.1/", "user name"),
    ("https://blog.example/\r\nHost: x", "no address"),
    ("https://[::1/", "no address"),
    ("https://blog.example/" + "a" * 3000, "longer than"),
    ("https://alice:hunter2@blog.example/feed", "user name or a password"),
    ("https://hunter2@blog.example/feed", "user name or a password"),
    ("http://blog.example/feed", "not encrypted"),
    ("HTTP://blog.example/feed", "not encrypted"),
    ("https://blog.example:22/", "port 22"),
    ("https://blog.example:8443/", "port 8443"),
    ("https://blog.example:0/", "port 0"),
]

ipv4 = st.integers(0, 2**32 - 1).map(IPv4Address)
ipv6 = st.integers(0, 2**128 - 1).map(IPv6Address)
special_ipv4 = st.sampled_from([ip_address(text) for text in NOT_PUBLIC if ":" not in text])

HARDER_THAN_IPADDRESS = [
    IPv4Network("168.63.129.16/32"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("224.0.0.0/4"),
]


def knows_nothing(host: str) -> list[str]:
    raise OSError(host)


CUT_OFF = HttpFetcher(resolve=knows_nothing)


def never_asked(host: str) -> list[str]:
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_public_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    with HttpFetcher(resolve=lambda _: [address]) as fetcher:
        result = fetcher.fetch("https://blog.example/feed")
    assert isinstance(result, Unreachable)
    assert "blog.example is not a public site" in result.reason
    assert address not in result.reason + result.hint


@pytest.mark.parametrize("host", SPELLED_OTHERWISE)
def test_no_spelling_of_a_private_address_helps(host: str) -> None:
    with HttpFetcher() as fetcher:
        result = fetcher.fetch(f"https://{host}/")
    assert isinstance(result, Unreachable)
    assert "is not a public site" in result.reason


@pytest.mark.parametrize("host", SPELLED_IN_UNICODE)
def test_no_digits_of_another_script_help(host: str) -> None:
    with HttpFetcher() as fetcher:
        assert isinstance(fetcher.fetch(f"https://{host}/"), Unreachable)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(("text", "reason"), REFUSED_TEXTS)
def test_an_address_that_may_not_be_fetched_is_refused_before_any_look_up(
    text: str, reason: str
) -> None:
    with HttpFetcher(resolve=never_asked) as fetcher:
        result = fetcher.fetch(text)
    assert isinstance(result, Unreachable)
    assert reason in result.reason
    assert result.hint
    assert "hunter2" not in f"{result}"


@given(st.text(max_size=60) | st.text(max_size=30).map("https://{}".format))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(CUT_OFF.fetch(text), Unreachable)


@given(ipv4)
def test_what_ipaddress_calls_special_is_never_public(address: IPv4Address) -> None:
    harder = any(address in network for network in HARDER_THAN_IPADDRESS)
    assert is_public(address) == (address.is_global and not harder)


@given(ipv6)
def test_public_ipv6_is_global_unicast(address: IPv6Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_site_local))


@given(ipv4)
def test_translated_addresses_are_judged_by_what_is_inside(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        translated = IPv6Address(int(IPv6Address(prefix)) + int(address))
        assert is_public(translated) == is_public(address)


@given(ipv4 | special_ipv4, st.integers(0, 2**80 - 1))
def test_other_embeddings_of_ipv4_are_never_public(address: IPv4Address, rest: int) -> None:
    six_to_four = (0x2002 << 112) | (int(address) << 80) | rest
    teredo = (0x2001_0000 << 96) | (int(address) << 64) | (rest & (2**64 - 1))
    assert not is_public(IPv6Address(six_to_four))
    assert not is_public(IPv6Address(teredo))
    assert not is_public(IPv6Address(int(address)))
