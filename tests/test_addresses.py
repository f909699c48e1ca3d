from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.addresses import absolute, canonical, web_address


@pytest.mark.parametrize(
    "url",
    [
        "http://www.x.example/a/",
        "https://x.example/a?utm_source=feed&utm_medium=rss",
        "https://x.example:443/a",
        "https://X.example./a?source=rss",
        "https://x.example/%61",
    ],
)
def test_spellings_of_one_page_share_a_key(url: str) -> None:
    assert canonical(url) == canonical("https://x.example/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/b",
        "https://x.example:8443/a",
        "https://x.example/a?p=2",
        "https://x.example/a#second",
        "https://x.example/a?ref=2",
        "https://y.example/a",
        "https://x.example/%C4%E3",
    ],
)
def test_other_pages_have_other_keys(url: str) -> None:
    assert canonical(url) != canonical("https://x.example/a")


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example/a",
        "//x.example/a",
        "https://",
        "https://user:secret@x.example/",
        "https://x.example:port/",
        "https://x.example/a b",
        "https://x.example/\u202e",
        "https://x.example/" + "a" * 2048,
        "",
    ],
)
def test_what_a_browser_could_not_open_safely_is_no_address(text: str) -> None:
    assert web_address(text) is None


def test_a_link_starts_at_the_page_it_stands_on() -> None:
    assert absolute("../b", "https://x.example/a/c") == "https://x.example/b"
    assert absolute("mailto:a@b.example", "https://x.example/") is None
    assert absolute("https://[", "https://x.example/") is None


def test_paths_in_other_encodings_stay_apart() -> None:
    assert canonical("https://x.example/%C4%E3") != canonical("https://x.example/%BA%C3")


@given(st.text(max_size=80))
def test_any_text_is_an_address_with_a_key_or_none(text: str) -> None:
    url = web_address(text) or web_address(f"https://x.example/{text}")
    assert url is None or canonical(url) == canonical(url)


def test_half_a_letter_is_in_no_address() -> None:
    for half in map(chr, (0xD800, 0xDFFF)):
        assert web_address(f"https://blog.example/{half}") is None
        assert absolute(f"/{half}", "https://blog.example/") is None
