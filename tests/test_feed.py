"""Feeds in ``tests/data/feeds``: drop a document there with what is expected, and it is a test.

The documents are written for the tests, after what real feeds were seen to do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import Evidence, Failed, Found
from csc_verify.sources.feed import collect, evidence_from, parse
from csc_verify.sources.feed.document import (
    LONGEST_VALUE,
    Document,
    Unread,
    from_json,
    read_document,
    to_json,
)
from csc_verify.sources.feed.reader import LONGEST_ANSWER, FeedReader, start_child
from csc_verify.week import Week, WeekStart, read_zone, week_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESS = "https://blog.example/feed.xml"
FOLDER = Path(__file__).parent / "data" / "feeds"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))


def asked(body: bytes, week: Week = WEEK) -> Evidence:
    """Ask a document in this process; the children are tested further down."""
    return evidence_from(read_document(body, ADDRESS), ADDRESS, ADDRESS, week)


@pytest.mark.parametrize("name", CASES)
def test_a_feed_says_what_it_says_and_nothing_more(name: str) -> None:
    expected: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    week = week_of(date.fromisoformat(expected["week"]), WeekStart.MONDAY, WEEK.zone)
    evidence = asked((FOLDER / f"{name}.xml").read_bytes(), week)
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
            "authors": list(item.authors),
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
    evidence = collect(ADDRESS, WEEK, OneAnswer(Absent(ADDRESS, status)), FeedReader())
    assert evidence == Failed(
        "feed",
        ADDRESS,
        f"{ADDRESS}: there is nothing at this address ({status})",
        "Correct it under blog.urls",
    )


def test_an_address_that_cannot_be_asked_passes_its_reason_on() -> None:
    answer = Unreachable(ADDRESS, "it did not answer in time", "The next run looks again")
    evidence = collect(ADDRESS, WEEK, OneAnswer(answer), FeedReader())
    assert isinstance(evidence, Failed)
    assert evidence.reason == f"{ADDRESS}: it did not answer in time"
    assert evidence.hint == "The next run looks again"


def test_relative_links_start_at_the_address_the_feed_was_found_at() -> None:
    body = (FOLDER / "rss-relative-link.xml").read_bytes()
    page = Page("https://moved.example/a/feed.xml", body, "text/html")
    evidence = collect(ADDRESS, WEEK, OneAnswer(page), FeedReader())
    assert isinstance(evidence, Found)
    assert evidence.items[0].url == "https://moved.example/new"


@given(st.binary(max_size=400))
def test_any_bytes_are_evidence_or_a_failure(body: bytes) -> None:
    assert isinstance(asked(body), Found | Failed)


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
    evidence = asked(damaged)
    if isinstance(evidence, Found) and evidence.complete:
        assert any(item.at is not None for item in evidence.items)


def test_parsing_alone_gives_the_items() -> None:
    assert [item.title for item in parse((FOLDER / "atom-plain.xml").read_bytes(), ADDRESS)] == [
        "New",
        "Old",
    ]


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes((FOLDER / "atom-plain.xml").read_bytes())
    assert parse(str(file).encode(), ADDRESS) == ()


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "no such"]
)
@pytest.mark.parametrize("as_bytes", ["ascii", "utf-16"])
def test_an_encoding_that_feeds_do_not_use_is_refused(encoding: str, as_bytes: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel/></rss>'
    assert read_document(text.encode(as_bytes), ADDRESS) == Unread(
        "could not be read (it declares an encoding that feeds don't use)"
    )


@pytest.mark.parametrize(
    "encoding",
    [
        *("UTF-8", "utf8", "US-ASCII", "ISO-8859-1", "iso-8859-15", "windows-1252", "cp1251"),
        *("KOI8-R", "GB2312", "gbk", "GB18030", "Big5", "Shift_JIS", "EUC-JP", "euc-kr"),
    ],
)
def test_an_encoding_that_feeds_use_is_read(encoding: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        "<rss version='2.0'><channel><item><title>New</title></item></channel></rss>"
    )
    assert [item.title for item in parse(text.encode("ascii"), ADDRESS)] == ["New"]


def test_a_text_too_long_for_a_date_or_an_address_is_neither() -> None:
    spaces = " " * LONGEST_VALUE
    document = read_document(
        "<rss version='2.0'><channel><item><title>New</title>"
        f"<link>https://blog.example/{'a' * LONGEST_VALUE}</link>"
        f"<pubDate>2026-11-17{spaces}or not</pubDate></item></channel></rss>".encode(),
        ADDRESS,
    )
    assert isinstance(document, Document)
    assert [(entry.link, entry.published) for entry in document.entries] == [("", "")]


@given(st.sampled_from(CASES))
def test_an_answer_survives_its_way_from_the_child(name: str) -> None:
    reading = read_document((FOLDER / f"{name}.xml").read_bytes(), ADDRESS)
    assert from_json(to_json(reading)) == reading


@pytest.mark.parametrize("name", ["atom-several-authors", "rss-latin-1", "bytes-of-a-picture"])
def test_a_child_reads_what_this_process_reads(name: str) -> None:
    body = (FOLDER / f"{name}.xml").read_bytes()
    assert FeedReader().read(body, ADDRESS) == read_document(body, ADDRESS)


def many_attributes(count: int) -> bytes:
    attributes = " ".join(f"a{n}='1'" for n in range(count))
    return f"<rss version='2.0'><channel><item {attributes}/></channel></rss>".encode()


def test_a_document_that_takes_too_long_is_given_up() -> None:
    page = Page(ADDRESS, many_attributes(200_000), "text/xml")
    evidence = collect(ADDRESS, WEEK, OneAnswer(page), FeedReader(seconds=0.5))
    assert isinstance(evidence, Failed)
    assert evidence.reason == f"{ADDRESS}: what it sent took too long to read (more than 0.5 s)"
    assert evidence.hint


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space reliably")
def test_a_document_that_takes_too_much_memory_is_given_up() -> None:
    title = b"x" * 8_000_000
    body = b"<rss version='2.0'><channel><item><title>%s</title></item></channel></rss>" % title
    assert isinstance(FeedReader().read(body, ADDRESS), Document)
    reading = FeedReader(memory=40 << 20).read(body, ADDRESS)
    assert reading == Unread("could not be read (its reader broke down)")


def test_a_child_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_secret")
    program = "import os; print(sorted(os.environ))"
    assert b"GITHUB_TOKEN" not in start_child((sys.executable, "-I", "-c", program), b"", 60)


class Counting:
    """Starts children and counts them."""

    def __init__(self) -> None:
        self.started = 0

    def __call__(self, command: Sequence[str], question: bytes, seconds: float) -> bytes:
        self.started += 1
        return start_child(command, question, seconds)


def test_a_document_is_read_once_for_all_weeks_and_again_when_it_changes() -> None:
    counting = Counting()
    reader = FeedReader(start=counting)
    body = (FOLDER / "atom-plain.xml").read_bytes()
    page = Page(ADDRESS, body, "text/xml")
    for day in (2, 9, 16):
        week = week_of(date(2026, 11, day), WeekStart.MONDAY, WEEK.zone)
        assert isinstance(collect(ADDRESS, week, OneAnswer(page), reader), Found)
    assert counting.started == 1
    reader.read(body + b"\n", ADDRESS)
    reader.read(body, "https://moved.example/")
    assert counting.started == 3


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "gave no usable answer"),
        (b"\xff", "gave no usable answer"),
        (b"[]", "gave no usable answer"),
        (b'{"version": 1, "damaged": "", "authors": [], "entries": []}', "gave no usable answer"),
        (
            b'{"version": "a", "damaged": "", "authors": [], "entries": [1]}',
            "gave no usable answer",
        ),
        (b" " * (LONGEST_ANSWER + 1), "it says too much"),
        (subprocess.CalledProcessError(-11, "python"), "its reader broke down"),
        (FileNotFoundError(2, "No such file"), "no reader could be started: No such file"),
    ],
)
def test_a_child_that_fails_is_no_answer(answer: bytes | Exception, why: str) -> None:
    def start(command: Sequence[str], question: bytes, seconds: float) -> bytes:
        assert (command[0], question, seconds) == (sys.executable, b'"https://x/"\nbody', 15)
        if isinstance(answer, Exception):
            raise answer
        return answer

    reading = FeedReader(start=start).read(b"body", "https://x/")
    assert isinstance(reading, Unread)
    assert why in reading.why
