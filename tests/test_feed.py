"""Feeds in ``tests/data/feeds``: drop a document there with what is expected, and it is a test.

The documents are written for the tests, after what real feeds were seen to do.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import Failed, Found
from csc_verify.sources.feed import collect, evidence_from, parse
from csc_verify.week import WeekStart, read_zone, week_of

ADDRESS = "https://blog.example/feed.xml"
FOLDER = Path(__file__).parent / "data" / "feeds"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))


@pytest.mark.parametrize("name", CASES)
def test_a_feed_says_what_it_says_and_nothing_more(name: str) -> None:
    expected: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    week = week_of(date.fromisoformat(expected["week"]), WeekStart.MONDAY, WEEK.zone)
    evidence = evidence_from((FOLDER / f"{name}.xml").read_bytes(), ADDRESS, ADDRESS, week)
    if "failed" in expected:
        assert isinstance(evidence, Failed)
        assert expected["failed"] in evidence.reason
        assert evidence.hint
        return
    assert isinstance(evidence, Found)
    assert [
        {
            "url": item.url,
            "title": item.title,
            "at": item.at and item.at.iso,
            "author": item.author,
        }
        for item in evidence.items
    ] == expected["items"]
    assert evidence.complete is not bool(expected["gap"])
    assert expected["gap"] in evidence.gap


class OneAnswer:
    """A fetcher that knows one answer."""

    def __init__(self, answer: FetchResult) -> None:
        self.answer = answer

    def fetch(self, url: str) -> FetchResult:
        assert url == ADDRESS
        return self.answer


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_without_anything_is_something_to_mend_and_no_absence(status: int) -> None:
    evidence = collect(ADDRESS, WEEK, OneAnswer(Absent(ADDRESS, status)))
    assert evidence == Failed(
        "feed",
        ADDRESS,
        f"{ADDRESS}: there is nothing at this address ({status})",
        "Correct it under blog.urls",
    )


def test_an_address_that_cannot_be_asked_passes_its_reason_on() -> None:
    answer = Unreachable(ADDRESS, "it did not answer in time", "The next run looks again")
    evidence = collect(ADDRESS, WEEK, OneAnswer(answer))
    assert isinstance(evidence, Failed)
    assert evidence.reason == f"{ADDRESS}: it did not answer in time"
    assert evidence.hint == "The next run looks again"


def test_relative_links_start_at_the_address_the_feed_was_found_at() -> None:
    body = (FOLDER / "rss-relative-link.xml").read_bytes()
    page = Page("https://moved.example/a/feed.xml", body, "text/html")
    evidence = collect(ADDRESS, WEEK, OneAnswer(page))
    assert isinstance(evidence, Found)
    assert evidence.items[0].url == "https://moved.example/new"


@given(st.binary(max_size=400))
def test_any_bytes_are_evidence_or_a_failure(body: bytes) -> None:
    assert isinstance(evidence_from(body, ADDRESS, ADDRESS, WEEK), Found | Failed)


@given(
    st.sampled_from(CASES),
    st.integers(0, 600),
    st.binary(max_size=6),
)
def test_a_damaged_feed_never_proves_an_absence_it_did_not_prove_before(
    name: str, at: int, noise: bytes
) -> None:
    whole = (FOLDER / f"{name}.xml").read_bytes()
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    evidence = evidence_from(damaged, ADDRESS, ADDRESS, WEEK)
    if isinstance(evidence, Found) and evidence.complete:
        assert any(item.at is not None for item in evidence.items)


def test_parsing_alone_gives_the_items() -> None:
    assert [item.title for item in parse((FOLDER / "atom-plain.xml").read_bytes(), ADDRESS)] == [
        "New",
        "Old",
    ]
