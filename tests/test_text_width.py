"""Room for text, and dates in words: small parts that the pictures stand on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.calendar_text import day_text, span_text
from csc_verify.text_width import Weight, fitted, text_width
from tests.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [("www", "iii"), ("日本", "ab"), ("contributions", "contacts"), ("🎄", "A"), ("—", "-")],
)
def test_wider_text_needs_more_room(wider: str, narrower: str) -> None:
    assert text_width(wider, 12) > text_width(narrower, 12)


def test_bold_needs_more_room_and_size_scales() -> None:
    assert text_width("week", 12, Weight.BOLD) > text_width("week", 12)
    assert text_width("week", 24) == pytest.approx(2 * text_width("week", 12))


def test_signs_above_a_letter_need_no_room() -> None:
    assert text_width("z\u0335\u0321\u0322", 12) == text_width("z", 12)


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("winter break", 200, "winter break"),
        ("winter break", 50, "winter…"),
        ("ab" + "e\u0301" * 9, 45, "abe\u0301e\u0301…"),
        ("winter break", 0, "…"),
    ],
)
def test_text_is_shortened_between_letters(text: str, room: float, kept: str) -> None:
    assert fitted(text, room, 12) == kept


@given(ANY_TEXT, st.floats(20, 400))
def test_what_is_fitted_fits(text: str, room: float) -> None:
    assert text_width(fitted(text, room, 12), 12) <= room


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 Nov 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 Nov – 6 Dec 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027"),
        (date(2026, 11, 16), date(2027, 11, 21), "16 Nov 2026 – 21 Nov 2027"),
    ],
)
def test_a_span_says_nothing_twice(first: date, last: date, words: str) -> None:
    assert span_text(first, last) == words


def test_a_day_has_its_year() -> None:
    assert day_text(date(2026, 1, 5)) == "5 Jan 2026"
