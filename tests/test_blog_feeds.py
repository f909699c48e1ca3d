"""Feeds in ``tests/data/blog/feeds``: a document and what it says, by the name of a rule.

The documents are written for the tests, after what real feeds were seen to do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.dates import Instant
from csc_verify.sources.blog.feeds import (
    Content,
    Entry,
    Feed,
    FeedReader,
    Mend,
    NoFeed,
    Nothing,
    Written,
    read_feed,
)
from csc_verify.sources.blog.feeds.answers import records_from
from csc_verify.sources.blog.feeds.reader import LONGEST_ANSWER, start_child
from csc_verify.sources.blog.feeds.sax import DEEPEST, MOST_ELEMENTS, MOST_ENTRIES
from csc_verify.sources.blog.feeds.tolerant import LONGEST_VALUE, read_broken
from csc_verify.sources.blog.feeds.values import LONGEST_TEXT
from tests import hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESS = "https://blog.example/feed.xml"
FOLDER = Path(__file__).parent / "data" / "blog" / "feeds"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))


def shown(found: Feed | NoFeed) -> dict[str, Any]:
    """Everything a feed says, less what it doesn't."""
    if isinstance(found, NoFeed):
        return {"no feed": found.kind.name}
    plain = {
        "format": found.format.value,
        "title": found.title,
        "site": found.site,
        "itself": found.itself,
        "next": found.next,
        "is_all": found.is_all,
        "total": found.total,
        "generator": found.generator,
        "language": found.language,
        "built": dated(found.built),
        "authors": list(found.authors),
        "owners": list(found.owners),
        "mended": [mend.name for mend in found.mended],
        "damaged": found.damaged,
    }
    return kept(plain) | {"entries": [entry_shown(entry) for entry in found.entries]}


def entry_shown(entry: Entry) -> dict[str, Any]:
    return kept(
        {
            "title": entry.title,
            "link": entry.link,
            "via": entry.via,
            "id": entry.id,
            "published": dated(entry.published),
            "also": [dated(date) for date in entry.also],
            "updated": dated(entry.updated),
            "authors": list(entry.authors),
            "categories": list(entry.categories),
            "text": entry.text,
            "media": [f"{media.url} {media.kind}" for media in entry.media],
            "video": asdict(entry.video) if entry.video else None,
            "in_reply_to": entry.in_reply_to,
            "elsewhere": entry.elsewhere,
            "source": entry.source,
        }
    )


def dated(written: Written | None) -> str | None:
    if written is None:
        return None
    return f"{written.element} {written.date.iso if written.date else f'unread: {written.raw}'}"


def kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], False)}


def rss(items: str = "", declared: str = "") -> str:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f'{head}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def fed(body: str | bytes, url: str = ADDRESS) -> Feed:
    found = read_feed(body.encode() if isinstance(body, str) else body, url)
    assert isinstance(found, Feed)
    return found


def document(name: str) -> bytes:
    return (FOLDER / f"{name}.feed").read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_a_feed_says_what_it_says_and_nothing_more(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    assert shown(read_feed(document(name), ADDRESS)) == expected


def test_an_address_that_the_feed_was_found_at_is_where_relative_ones_start() -> None:
    feed = fed(rss("<item><link>../a</link></item>"), "https://moved.example/b/c/feed")
    assert feed.entries[0].link == "https://moved.example/b/a"


ITEM = "<item><title>Zoë “Żółć” 日本</title><link>https://blog.example/a</link></item>"


@pytest.mark.parametrize(
    ("declared", "written", "title", "mended"),
    [
        ("UTF-8", "utf-8", "Zoë “ü”", []),
        ("", "utf-8", "Zoë “ü”", []),
        ("utf8", "utf-8-sig", "Zoë “ü”", []),
        ("UTF-16", "utf-16", "Zoë “ü”", []),
        ("utf-16", "utf-16-le", "Zoë “ü”", []),
        ("", "utf-32", "Zoë “ü”", []),
        ("ISO-8859-1", "iso-8859-1", "Zoë ü", []),
        # Browsers take Latin 1 for Windows' letters, since writers did.
        ("ISO-8859-1", "cp1252", "Zoë “ü”", []),
        ("us-ascii", "cp1252", "Zoë “ü”", []),
        ("windows-1251", "cp1251", "Привет", []),
        ("KOI8-R", "koi8-r", "Привет", []),
        ("iso-8859-15", "iso-8859-15", "Zoë €", []),
        ("gb2312", "gb18030", "你好", []),
        ("Shift_JIS", "cp932", "日本", []),
        ("EUC-JP", "euc-jp", "日本", []),
        ("euc-kr", "cp949", "한국", []),
        ("Big5", "big5", "你好", []),
        # What is declared is not what is written.
        ("ISO-8859-1", "utf-8", "Zoë “ü”", [Mend.ENCODING]),
        ("utf-16", "utf-8", "Zoë “ü”", [Mend.ENCODING]),
        ("", "iso-8859-1", "Zoë ü", [Mend.ENCODING]),
        ("", "cp1252", "Zoë “ü”", [Mend.ENCODING]),
        ("UTF-8", "cp1252", "Zoë “ü”", [Mend.ENCODING]),
        ("shift_jis", "utf-8", "日本”", [Mend.ENCODING]),
    ],
)
def test_an_encoding_is_read_as_declared_or_as_the_bytes_show(
    declared: str, written: str, title: str, mended: list[Mend]
) -> None:
    body = rss(f"<item><title>{title}</title></item>", declared).encode(written)
    feed = fed(body)
    assert [entry.title for entry in feed.entries] == [title]
    assert list(feed.mended) == mended
    assert not feed.damaged


def test_one_broken_byte_makes_no_other_encoding() -> None:
    body = rss("<item><title>Zoë é ü ?</title></item>").encode().replace(b"?", b"\xe9")
    feed = fed(body)
    assert feed.entries[0].title == "Zoë é ü \ufffd"
    assert feed.mended == (Mend.BYTES,)


def test_an_address_that_lost_a_byte_is_another_and_so_it_is_none() -> None:
    link = "https://blog.example/é/?"
    body = rss(f"<item><title>é ü</title><link>{link}</link></item>").encode()
    assert fed(body.replace(b"/?", b"/\xe9")).entries[0].link is None


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf-7", "no such"]
)
def test_an_encoding_that_feeds_do_not_use_is_refused(encoding: str) -> None:
    found = read_feed(rss(declared=encoding).encode(), ADDRESS)
    assert isinstance(found, NoFeed)
    assert found.kind is Nothing.ENCODING


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_a_hostile_title_is_a_title_and_nothing_else(text: str) -> None:
    written = escape(text.encode("utf-8", "replace").decode())
    item = f"<item><title>{written}</title><link>https://blog.example/a</link></item>"
    feed = fed(rss(item + ITEM))
    assert [entry.link for entry in feed.entries] == ["https://blog.example/a"] * 2
    assert not feed.damaged


@pytest.mark.parametrize("url", hostile.UNSAFE_ADDRESSES)
def test_an_address_that_nobody_may_open_is_none(url: str) -> None:
    content = {"version": "https://jsonfeed.org/version/1", "items": [{"url": url, "id": url}]}
    entry = fed(json.dumps(content)).entries[0]
    # Browsers cut white space and line ends, and take two slashes for the page's own scheme.
    assert entry.link in {None, "https://evil.example"}


@pytest.mark.parametrize("year", [1, 1900, 1970, 9999])
def test_a_year_that_no_post_is_from_is_no_date(year: int) -> None:
    raw = f"{year:04}-11-17T21:04:11Z"
    published = fed(rss(f"<item><pubDate>{raw}</pubDate></item>")).entries[0].published
    assert published == Written(raw, "pubDate", None)


def test_a_date_keeps_all_its_readings() -> None:
    raw = "Tue, 17 Nov 2026 21:04:11 BST"
    published = fed(rss(f"<item><pubDate>\n{raw} </pubDate></item>")).entries[0].published
    assert published is not None
    assert published.date is not None
    assert published.raw == raw
    assert published.date.readings == (
        Instant(datetime.fromisoformat("2026-11-17T21:04:11+01:00")),
        Instant(datetime.fromisoformat("2026-11-17T21:04:11+06:00")),
    )


def test_a_text_is_handed_on_up_to_its_limit_and_measured_beyond() -> None:
    words = "word " * 1000
    entry = fed(rss(f"<item><description>{words}</description></item>")).entries[0]
    assert len(entry.text) == LONGEST_TEXT
    assert entry.length == len(words.strip())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("<p>one</p><p>two<br>three</p>", "one two three"),
        ("w<b>or</b>d <A HREF='x>y'>link</A>", "word y'>link"),
        ("&lt;b&gt; &amp; &#233;", "<b> & é"),
        ("<SCRIPT>x</SCRIPT >y<!-- z -- > -->w", "y w"),
        ("<style>x", ""),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
        ("<" * 10 + "b>", "<" * 9),
    ],
)
def test_markup_becomes_the_text_that_a_reader_sees(markup: str, text: str) -> None:
    assert Content(markup, is_markup=True).text == text


def test_more_entries_than_any_feed_has_are_not_read_to_the_end() -> None:
    feed = fed(rss("<item/>" * (MOST_ENTRIES + 1)))
    assert len(feed.entries) == MOST_ENTRIES
    assert "not read to its end" in feed.damaged
    items = [{"id": str(n)} for n in range(MOST_ENTRIES + 1)]
    content = {"version": "https://jsonfeed.org/version/1", "items": items}
    feed = fed(json.dumps(content))
    assert len(feed.entries) == MOST_ENTRIES
    assert "not read to its end" in feed.damaged


def test_ten_thousand_entries_are_read() -> None:
    items = "".join(
        f"<item><link>/{n}</link><pubDate>2026-11-17</pubDate></item>" for n in range(10_000)
    )
    feed = fed(rss(items))
    assert len(feed.entries) == 10_000
    assert feed.entries[-1].link == "https://blog.example/9999"
    assert not feed.damaged


@pytest.mark.parametrize(
    "inside", ["<a>" * (DEEPEST + 1), "<a/>" * (MOST_ELEMENTS + 1)], ids=["deep", "many"]
)
def test_more_structure_than_any_feed_has_is_not_read_to_the_end(inside: str) -> None:
    feed = fed(rss(f"<item><title>A</title><description>{inside}</description></item>{ITEM}"))
    assert [entry.title for entry in feed.entries] == ["A"]
    assert "not read to its end" in feed.damaged


@pytest.mark.parametrize(
    "body",
    [b"[" * 5000, b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 5000],
    ids=["lists", "items"],
)
def test_json_that_is_deeper_than_any_feed_is_broken(body: bytes) -> None:
    found = read_feed(body, ADDRESS)
    assert isinstance(found, NoFeed)
    assert found.kind is Nothing.BROKEN


@pytest.mark.parametrize("sign", [b"[", b"{", b","])
def test_json_that_holds_more_than_any_feed_is_not_read(sign: bytes) -> None:
    found = read_feed(b"[" + sign * 1_000_001, ADDRESS)
    assert isinstance(found, NoFeed)
    assert found.kind is Nothing.STRUCTURE


HUGE = {
    "an attribute": rss(f"<item title='{'x' * 3_000_000}'/>"),
    "attributes": rss(f"<item {' '.join(f'a{n}=_1_' for n in range(100_000))}/>".replace("_", '"')),
    "namespaces": rss(
        f"<item {' '.join(f'xmlns:a{n}=_u{n}_' for n in range(50_000))}/>".replace("_", '"')
    ),
    "a title": rss(f"<item><title>{'x' * 3_000_000}</title></item>"),
    "titles": rss(f"<item>{'<title>x</title>' * 100_000}</item>"),
    "signs of tags": rss(f"<item><description>{'&lt;' * 500_000}</description></item>"),
    "scripts": rss(f"<item><description>{'&lt;script>' * 200_000}</description></item>"),
    "ampersands": rss(f"<item><title>{'& ' * 400_000}</title></item>"),
    "white space": rss(f"<item><pubDate>{' 1' * 500_000}</pubDate></item>"),
    "references": rss(f"<item><title>{'&#0;' * 300_000}</title></item>"),
    "a number": rss(f"<item><title>&amp;#{'9' * 500_000};</title></item>"),
    "a path": rss(f"<item><link>https://blog.example/{'a/../' * 200_000}</link></item>"),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_feed_with_something_huge_is_read_all_the_same(name: str) -> None:
    feed = fed(HUGE[name])
    assert len(feed.entries) == 1
    assert len(feed.entries[0].title) <= 1000
    assert feed.entries[0].length <= 65_536


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE rss [ <rss>" + "\"'" * 500_000,
        "<!DOCTYPE rss [ <!--<rss>" + "<!--" * 300_000,
        "<!DOCTYPE rss [ <rss>" + ">" * 300_000,
        "<?xml?>" + "<?a ?>" * 200_000,
        "<" * 1_000_000,
        "\0" * 1_000_000,
        "<rss>" + "<![CDATA[" * 300_000,
        "<rss>& " + "<!--" * 300_000,
        "<rss>" + "".join(f"<p{n}:a/>" for n in range(100_000)),
        "<?xml version='1.0' encoding='iso-2022-kr'?><rss>" + "\x1b$)C\x0e" * 200_000,
    ],
    ids=range(10),
)
def test_endless_beginnings_come_to_an_end(body: str) -> None:
    found = read_feed(body.encode(), ADDRESS)
    assert isinstance(found, NoFeed) or found.damaged


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_none(body: bytes) -> None:
    assert isinstance(read_feed(body, ADDRESS), Feed | NoFeed)


@given(st.sampled_from(CASES), st.integers(0, 2500), st.binary(max_size=8))
def test_any_damage_leaves_a_feed_or_none(name: str, at: int, noise: bytes) -> None:
    whole = document(name)
    found = read_feed(whole[:at] + noise + whole[at + len(noise) :], ADDRESS)
    assert isinstance(found, Feed | NoFeed)
    if isinstance(found, Feed):
        shown(found)


WHOLE = ("rss-2", "rss-links", "rss-two-dates", "rdf-1.0", "atom-1.0", "atom-of-videos")


def readings(written: Written | None) -> object:
    return written.date.readings if written and written.date else None


@given(st.sampled_from(WHOLE), st.data())
def test_a_feed_that_is_cut_off_says_so_and_invents_nothing(name: str, data: st.DataObject) -> None:
    whole = fed(document(name))
    body = document(name).rstrip()
    cut = read_feed(body[: data.draw(st.integers(0, len(body) - 1))], ADDRESS)
    if isinstance(cut, Feed):
        assert cut.damaged
        finished = cut.entries[:-1]
        assert finished == whole.entries[: len(finished)]
        for last, true in zip(cut.entries[-1:], whole.entries[len(finished) :], strict=False):
            assert readings(last.published) in [None, *map(readings, (true.published, *true.also))]


# From here on: what is broken, and the child that reads it.

BROKEN = rss(
    "<item><title>A</title><link>https://blog.example/a</link>"
    "<pubDate>Tue, 17 Nov 2026 21:04:11 CET</pubDate><description>one<br>two</description>"
    f"<author>alice@blog.example (Alice Doe)</author></item>{ITEM}"
).encode()


def test_what_is_broken_is_read_up_to_the_break() -> None:
    feed = fed(BROKEN)
    assert [entry.title for entry in feed.entries] == ["A"]
    assert "is broken" in feed.damaged


def test_what_is_broken_is_read_by_guessing_and_stays_damaged() -> None:
    feed = FeedReader().read(BROKEN, ADDRESS)
    assert isinstance(feed, Feed)
    assert [entry.title for entry in feed.entries] == ["A", "Zoë “Żółć” 日本"]
    assert [entry.link for entry in feed.entries] == ["https://blog.example/a"] * 2
    first = feed.entries[0]
    assert dated(first.published) == "pubDate 2026-11-17T21:04:11+01:00"
    assert first.authors == ("Alice Doe",)
    assert first.text == "one two"
    assert "is broken" in feed.damaged


def test_a_document_is_read_once_and_again_when_it_changes() -> None:
    counting = Counting()
    reader = FeedReader(start=counting)
    for _ in range(3):
        assert isinstance(reader.read(BROKEN, ADDRESS), Feed)
    assert counting.started == 1
    reader.read(BROKEN + b"\n", ADDRESS)
    reader.read(BROKEN, "https://moved.example/")
    assert counting.started == 3


class Counting:
    """Starts children and counts them."""

    def __init__(self) -> None:
        self.started = 0

    def __call__(self, command: Sequence[str], question: bytes, seconds: float) -> bytes:
        self.started += 1
        return start_child(command, question, seconds)


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM).encode(),
        rss(ITEM).encode()[:-30],
        document("page"),
        document("rss-everyday-mistakes"),
        document("json-1.1"),
        b"\x89PNG\r\n\x1a\n",
        rss("<a/>" * (MOST_ELEMENTS + 1)).encode(),
    ],
    ids=["whole", "cut", "page", "mended", "json", "picture", "huge"],
)
def test_no_child_is_asked_where_there_is_nothing_to_guess(body: bytes) -> None:
    counting = Counting()
    found = FeedReader(start=counting).read(body, ADDRESS)
    assert found == read_feed(body, ADDRESS)
    assert counting.started == 0


GUESSES = {
    "rss": b"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>T</title>
        <pubDate>Mon, 16 Nov 2026 00:00:00 GMT</pubDate>
        <item><title>A</title><link>/a</link><description>a<br></description>
        <dc:date>2026-11-17T21:04:11-05:00</dc:date></item>
        <item><title>B</title><guid isPermaLink="false">b</guid>
        <dcterms:created>2026-11-01</dcterms:created>
        <dcterms:modified>2026-11-17</dcterms:modified></item>
        <item><title>C</title><guid>https://blog.example/c</guid><pubDate>soon</pubDate></item>
        </channel></rss>""",
    "rdf": b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>T</title>
        <dc:date>2026-11-18</dc:date></channel>
        <item><title>A</title><link>/a</link><description>a<br></description><dcterms:modified>2026-11-18</dcterms:modified>
        <dc:date>2026-11-17</dc:date></item></rdf:RDF>""",
    "atom": b"""<feed xmlns="http://www.w3.org/2005/Atom"
        xmlns:thr="http://purl.org/syndication/thread/1.0"><title>T</title>
        <author><name>Alice Doe</name></author><link rel="next" href="/2"/>
        <entry><title>A</title><link rel="related" href="/x"/><link href="/a"/>
        <summary>a<br></summary>
        <published>2026-11-17T21:04:11-05:00</published><updated>2026-11-18T00:00:00Z</updated>
        <thr:in-reply-to ref="tag:x"/><category term="c"/></entry>
        <entry><title>B</title><updated>2026-11-18T00:00:00Z</updated>
        <source><title>S</title><author><name>Bob</name></author></source></entry></feed>""",
}


@pytest.mark.parametrize(
    ("name", "channel", "entries"),
    [
        (
            "rss",
            {"format": "rss", "title": "T"},
            [
                {
                    "title": "A",
                    "link": "https://blog.example/a",
                    "published": "dc:date 2026-11-17T21:04:11-05:00",
                    "text": "a",
                },
                {"title": "B", "id": "b", "updated": "dcterms:modified 2026-11-17"},
                {
                    "title": "C",
                    "link": "https://blog.example/c",
                    "id": "https://blog.example/c",
                    "published": "pubDate unread: soon",
                },
            ],
        ),
        (
            "rdf",
            {"format": "rdf", "title": "T"},
            [
                {
                    "title": "A",
                    "link": "https://blog.example/a",
                    "published": "dc:date 2026-11-17",
                    "updated": "dcterms:modified 2026-11-18",
                    "text": "a",
                }
            ],
        ),
        (
            "atom",
            {
                "format": "atom",
                "title": "T",
                "authors": ["Alice Doe"],
                "next": "https://blog.example/2",
            },
            [
                {
                    "title": "A",
                    "link": "https://blog.example/a",
                    "published": "published 2026-11-17T21:04:11-05:00",
                    "updated": "updated 2026-11-18T00:00:00+00:00",
                    "categories": ["c"],
                    "in_reply_to": "tag:x",
                    "elsewhere": "https://blog.example/x",
                    "text": "a",
                },
                {
                    "title": "B",
                    "updated": "updated 2026-11-18T00:00:00+00:00",
                    "authors": ["Bob"],
                    "source": "S",
                },
            ],
        ),
    ],
)
def test_a_guess_keeps_every_element_apart_as_strict_reading_does(
    name: str, channel: dict[str, Any], entries: list[dict[str, Any]]
) -> None:
    found = shown(FeedReader().read(GUESSES[name], ADDRESS))
    assert found.pop("damaged")
    assert found == channel | {"entries": entries}


def test_a_text_too_long_for_a_date_or_an_address_is_neither() -> None:
    spaces = " " * LONGEST_VALUE
    items = (
        "<item><title>A</title><guid><br></guid>"
        f"<link>https://blog.example/{'a' * LONGEST_VALUE}</link>"
        f"<pubDate>2026-11-17{spaces}or not</pubDate></item>"
    )
    feed = FeedReader().read(rss(items).encode(), ADDRESS)
    assert isinstance(feed, Feed)
    assert [(entry.title, entry.link, entry.published) for entry in feed.entries] == [
        ("A", None, None)
    ]


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(document("atom-1.0"))
    assert read_broken(str(file).encode(), ADDRESS) is None


SLOW = b"<rss version='2.0'><channel><item %s/><br></channel></rss>" % b" ".join(
    b"a%d='1'" % n for n in range(200_000)
)


def test_a_document_that_takes_too_long_is_given_up() -> None:
    found = FeedReader(seconds=0.5).read(SLOW, ADDRESS)
    assert found == NoFeed(Nothing.BROKEN, "took too long to read (more than 0.5 s)")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space reliably")
def test_a_document_that_takes_too_much_memory_is_given_up() -> None:
    found = FeedReader(memory=16 << 20).read(BROKEN, ADDRESS)
    assert isinstance(found, Feed)
    # What was read strictly is kept.
    assert [entry.title for entry in found.entries] == ["A"]
    body = b"<rss version='2.0'><channel><br></channel></rss>"
    found = FeedReader(memory=16 << 20).read(body, ADDRESS)
    assert found == NoFeed(Nothing.BROKEN, "could not be read (its reader broke down)")


def test_a_child_gets_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghs_secret")
    program = "import os; print(sorted(os.environ))"
    assert b"GITHUB_TOKEN" not in start_child((sys.executable, "-I", "-c", program), b"", 60)


EMPTY_AND_BROKEN = b"<rss version='2.0'><channel><br></channel></rss>"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "gave no usable answer"),
        (b"\xff", "gave no usable answer"),
        (b"[]", "gave no usable answer"),
        (b"[" * 100_000, "gave no usable answer"),
        (b'{"format": "no", "channel": {}, "entries": []}', "gave no usable answer"),
        (b'{"format": "rss", "channel": {}, "entries": [1]}', "gave no usable answer"),
        (b'{"format": "rss", "channel": {"a": [1]}, "entries": []}', "gave no usable answer"),
        (b'{"format": "rss", "channel": {"a": 1}, "entries": []}', "gave no usable answer"),
        (subprocess.CalledProcessError(-11, "python"), "its reader broke down"),
        (FileNotFoundError(2, "No such file"), "no reader could be started: No such file"),
    ],
)
def test_a_child_that_fails_is_no_answer(answer: bytes | Exception, why: str) -> None:
    def start(command: Sequence[str], question: bytes, seconds: float) -> bytes:
        assert (command[0], question.splitlines()[0]) == (sys.executable, b'"https://x/"')
        assert seconds == 15
        if isinstance(answer, Exception):
            raise answer
        return answer

    found = FeedReader(start=start).read(EMPTY_AND_BROKEN, "https://x/")
    assert isinstance(found, NoFeed)
    assert why in found.why
    # What was read strictly is not lost by it.
    assert FeedReader(start=start).read(BROKEN, "https://x/") == read_feed(BROKEN, "https://x/")


def test_a_child_that_says_too_much_is_no_answer() -> None:
    reader = FeedReader(start=lambda *_: b" " * (LONGEST_ANSWER + 1))
    found = reader.read(EMPTY_AND_BROKEN, ADDRESS)
    assert found == NoFeed(Nothing.BROKEN, "could not be read (it says too much)")


def test_a_child_that_knows_no_such_format_adds_nothing() -> None:
    reader = FeedReader(start=lambda *_: b"null")
    assert reader.read(BROKEN, ADDRESS) == read_feed(BROKEN, ADDRESS)


@given(st.sampled_from(sorted(GUESSES)), st.integers(0, 900), st.binary(max_size=6))
def test_whatever_feedparser_makes_of_a_document_is_an_answer(
    name: str, at: int, noise: bytes
) -> None:
    whole = GUESSES[name]
    answer = read_broken(whole[:at] + noise + whole[at + len(noise) :], ADDRESS)
    records = records_from(json.dumps(answer).encode("ascii"), ADDRESS)
    assert records is None or len(records.entries) <= 3


DEEP = "http://blog.example/" + "a/" * 1000


@pytest.mark.parametrize(
    "document",
    [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{DEEP}">'
        + ("<entry>" + '<link href="b"/>' * 100 + "</entry>") * 2000
        + "</feed>",
        f'<rss xml:base="{DEEP}"><channel><item>'
        + '<title xml:base="b"/>' * 200_000
        + "</item></channel></rss>",
        "<rss><channel>"
        + ("<item>" + ("<author>a &lt;" + "@" * 290 + "</author>") * 100 + "</item>") * 200
        + "</channel></rss>",
    ],
    ids=["links below a deep base", "deep bases", "mail addresses"],
)
def test_no_feed_takes_a_time_that_grows_faster_than_it_does(document: str) -> None:
    # Each took half a minute before there was a limit.
    assert isinstance(read_feed(document.encode(), "https://blog.example/feed"), Feed)
