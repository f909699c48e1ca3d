"""Advice about a week's posts: notes, never a verdict."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from csc_verify.fetch import Absent, FetchResult, Page
from csc_verify.model import Requirement, RequirementId, Track, Verdict
from csc_verify.pages import quotations_in
from csc_verify.rules import judge
from csc_verify.sources.blog import Web, Writer, advise, look
from csc_verify.week import WeekStart, read_zone, week_of

SITE = "https://blog.example"
ADDRESS = f"{SITE}/feed.xml"
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
ALICE = Writer(None, (), Track.SOFTWARE_ENGINEERING, (SITE,))

ON_PARSERS = (
    "A parser takes a text apart and says what its parts are. I wrote one in Python for the query"
    " strings of our API, since the regex that stood there before let every second bug through."
    " First comes a function that splits the string into tokens, then a recursive one that builds"
    " the tree; each has its own tests, and the tests were there first. "
)
ON_BREAD = (
    "The dough for this bread is made on the evening before, with more water than you would think,"
    " and it rests in the cold over night. In the morning it is folded, shaped and put into a pot"
    " that was in the oven for half an hour. When the lid comes off, the crust is still pale, and"
    " that is right: it gets its colour in the last twenty minutes, and the kitchen its smell. "
)
LONG = "".join(f"In part {number} the tokens differ. {ON_PARSERS}" for number in range(4))


@dataclass
class Internet:
    """What is there; everything else is not."""

    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> FetchResult:
        self.asked.append(url)
        body = self.pages.get(url)
        return Absent(url, 404) if body is None else Page(url, body.encode(), "")


def item(
    name: str, day: str = "2026-11-18", text: str = LONG, more: str = "", link: str = ""
) -> str:
    moment = datetime.fromisoformat(day)
    return (
        f"<item><title>{name}</title><link>{link or f'{SITE}/{name}'}</link>"
        f"<pubDate>{moment:%a, %d %b %Y} 12:00:00 +0000</pubDate>{more}"
        f"<description><![CDATA[<p>{text}</p>]]></description></item>"
    )


def feed(*items: str, generator: str = "") -> str:
    channel = f"<title>Notes</title><link>{SITE}/</link><generator>{generator}</generator>"
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<rss version="2.0" {space}><channel>{channel}{"".join(items)}</channel></rss>'


def page(body: str = f"<p>{LONG}</p>", head: str = "", day: str = "2026-11-18") -> str:
    meta = f'<meta property="article:published_time" content="{day}T12:00:00Z">'
    return (
        f"<!doctype html><html><head><title>new</title>{meta}{head}</head>"
        f"<body><article><h1>new</h1>{body}</article></body></html>"
    )


def notes(
    *items: str, post: str | None = None, writer: Writer = ALICE, recent: bool = True
) -> tuple[str, ...]:
    """The notes on the week's post; its page is ``post``."""
    internet = Internet({ADDRESS: feed(*(items or (item("new"),)))})
    if post is not None:
        internet.pages[f"{SITE}/new"] = post
    web = Web(internet)
    evidence = advise(look(ADDRESS, WEEK, web), WEEK, writer, web if recent else None)
    finding = judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, NOW)
    assert finding.verdict is Verdict.MET
    return finding.notes


def test_a_post_that_looks_well_gets_no_note() -> None:
    assert notes(post=page()) == ()


def test_notes_name_the_post_and_say_how_sure_they_are() -> None:
    head = '<link rel="canonical" href="https://medium.com/@bob/parsers">'
    assert notes(post=page(head=head)) == (
        "'new': its page names medium.com as the original (the page says so)",
    )


@pytest.mark.parametrize(
    "canonical", [f"{SITE}/elsewhere", "https://www.blog.example/new", "https://old.blog.example/1"]
)
def test_an_original_on_an_own_site_is_no_matter(canonical: str) -> None:
    assert notes(post=page(head=f'<link rel="canonical" href="{canonical}">')) == ()


def test_an_original_on_another_configured_site_is_no_matter() -> None:
    head = '<link rel="canonical" href="https://dev.to/alice/parsers">'
    own = Writer(None, (), Track.SOFTWARE_ENGINEERING, (SITE, "https://dev.to/alice"))
    assert notes(post=page(head=head), writer=own) == ()
    assert "dev.to" in notes(post=page(head=head))[0]


@pytest.mark.parametrize(
    ("author", "said"),
    [("Alice Doe", False), ("alice  doe", False), ("Bob Roe", True), (None, False)],
)
def test_another_author_is_noted(author: str | None, said: bool) -> None:
    writer = Writer(author, (), Track.SOFTWARE_ENGINEERING, ())
    named = item("new", more="<dc:creator>Alice Doe</dc:creator>")
    found = notes(named, writer=writer)
    assert [note for note in found if "by Alice Doe" in note] == list(found)
    assert bool(found) is said


def test_a_copy_from_another_feed_is_noted() -> None:
    copied = item("new", more='<source url="https://bob.example/feed">Bob on bytes</source>')
    assert "passes on a post of Bob on bytes (its feed says so)" in notes(copied)[0]


def test_what_tumblr_passes_on_is_noted() -> None:
    named = '<a class="tumblr_blog" href="https://bob.tumblr.com/post/1/x">bob</a>:'
    assert "passes on a post of bob" in notes(item("new", text=f"{named}<blockquote>{LONG}"))[0]
    assert notes(item("new", text=f"{LONG} {named}")) == ()


def test_a_link_post_is_noted() -> None:
    own = [item(f"old-{number}", "2026-10-01") for number in range(3)]
    pointing = item("new", link="https://bob.example/parsers")
    assert notes(pointing, *own)[0].startswith(
        "'new': its link leads to bob.example, so it points to a post there (likely)"
    )


def test_a_feed_service_that_hands_out_all_posts_makes_no_link_posts() -> None:
    links = [
        item(f"p{n}", "2026-10-01", f"{n} {ON_BREAD}", link=f"https://blog.other/{n}")
        for n in range(3)
    ]
    assert notes(item("new", link="https://blog.other/new"), *links) == ()


def test_a_post_without_tags_on_medium_may_be_a_reply() -> None:
    reply = item("new", link="https://medium.com/@alice/new-0a1b2c3d4e5f")
    assert "replies" in notes(reply)[0]
    tagged = item(
        "new", link="https://medium.com/@alice/new-0a1b2c3d4e5f", more="<category>x</category>"
    )
    assert notes(tagged) == ()


def test_a_very_short_post_is_noted_where_all_of_it_was_seen() -> None:
    short = " ".join(ON_PARSERS.split()[:40])
    said = "it has about 41 words, which is very short (counted on its page)"
    assert notes(item("new", text=short), post=page(f"<p>{short}</p>")) == (f"'new': {said}",)
    # A feed may hold the beginning only.
    assert notes(item("new", text=short)) == ()
    assert notes(item("new", text=short), post=page()) == ()


def test_a_short_text_in_a_script_without_spaces_is_counted_by_its_signs() -> None:
    short, long = "构造解析器。" * 20, "构造解析器。" * 80
    assert "very short" in notes(item("new", text=short), post=page(f"<p>{short}</p>"))[0]
    assert notes(item("new", text=long), post=page(f"<p>{long}</p>")) == ()


def test_a_video_is_never_too_short() -> None:
    head = '<meta property="og:type" content="video.other">'
    assert notes(item("new", text="Watch."), post=page("<p>Watch.</p>", head)) == ()


def test_what_an_older_post_says_already_is_noted() -> None:
    found = notes(item("new"), item("old", "2026-10-01", LONG + ON_BREAD))
    assert found == ("'new': 100% of its wording stands in 'old' of 2026-10-01 already (counted)",)
    assert notes(item("new"), item("old", "2026-10-01", ON_BREAD * 4)) == ()


def test_a_newer_post_is_no_older_one() -> None:
    newer = item("newer", "2026-12-01", LONG)
    assert notes(newer, item("new"), item("old", "2026-10-01", ON_BREAD)) == ()


QUOTE = "<blockquote>" + "Every program is a part of some other program and rarely fits. " * 4


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        (f"{QUOTE}</blockquote>", True),
        (f"<p>Some days are grey.</p>{QUOTE}</blockquote><p>So are some nights.</p>", True),
        (f"{QUOTE}</blockquote>".replace("quote>", 'quote cite="https://x.example">', 1), False),
        (f'{QUOTE}<a href="https://x.example">x</a></blockquote>', False),
        (f"{QUOTE}<cite>Perlis</cite></blockquote>", False),
        (f"{QUOTE}— Alan Perlis</blockquote>", False),
        (f"<p>As Perlis puts it:</p>{QUOTE}</blockquote>", False),
        (f"{QUOTE}</blockquote><p>Source: Epigrams</p>", False),
        (f"{QUOTE}</blockquote><p>— Alan Perlis</p>", False),
        (f"<figure>{QUOTE}</blockquote><figcaption>Perlis</figcaption></figure>", False),
        ("<blockquote>Simple is better than complex.</blockquote>", False),
        (f"{QUOTE}</blockquote>".replace("quote>", 'quote class="twitter-tweet">', 1), False),
    ],
)  # fmt: skip
def test_a_long_quotation_without_a_source_is_noted(quoted: str, said: bool) -> None:
    body = f"<p>{LONG}</p>{quoted}"
    found = notes(post=page(body))
    assert bool(found) is said
    if said:
        assert found == (
            "'new': it quotes 48 words or more and names no source beside them (likely)",
        )
    assert any(not one.has_source for one in quotations_in(body)) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ON_PARSERS * 3, False),
        (ON_BREAD * 3, True),
        # Too short to be about anything, and in a language whose words aren't known.
        ("Bread is good. " * 5, False),
        ("Das Brot wird am Abend vorher angesetzt und ruht in der Kälte über Nacht. " * 20, False),
    ],
)
def test_a_post_off_the_field_is_a_guess(text: str, said: bool) -> None:
    found = [note for note in notes(item("new", text=text)) if "something else" in note]
    assert bool(found) is said
    assert all("(a guess)" in note for note in found)


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        (("Python", "data"), False),
        (("baking",), True),
        (("query strings",), False),
        (("C++",), True),
    ],
)
def test_configured_topics_decide_what_the_field_is(topics: tuple[str, ...], said: bool) -> None:
    writer = Writer(None, topics, Track.DESIGN, ())
    found = notes(item("new", text=ON_PARSERS * 2), writer=writer)
    assert bool(found) is said
    assert all("none of your topics" in note and "a guess" in note for note in found)


def test_a_tag_or_a_title_can_name_a_topic() -> None:
    writer = Writer(None, ("baking",), Track.DESIGN, ())
    tagged = item("new", text=ON_PARSERS * 2, more="<category>Baking</category>")
    assert notes(tagged, writer=writer) == ()


@pytest.mark.parametrize("track", list(Track))
def test_each_track_has_words_of_its_own(track: Track) -> None:
    texts = {
        Track.SOFTWARE_ENGINEERING: ON_PARSERS,
        Track.DATA_SCIENCE: "We clean the dataset with pandas, plot the distribution of residuals"
        " and fit a linear regression; cross-validation shows that the model is overfitting. ",
        Track.DESIGN: "The wireframe of the checkout went through two usability tests, and the"
        " personas changed with it; the typography of the prototype follows in the next sprint. ",
    }
    padding = "It was a long week, and I am glad that it is over for the most part of it. " * 5
    writer = Writer(None, (), track, ())
    assert notes(item("new", text=texts[track] + padding), writer=writer) == ()
    assert notes(item("new", text=ON_BREAD + padding), writer=writer) != ()


def test_no_advice_is_given_about_other_weeks() -> None:
    old = item("old", "2026-10-01", ON_BREAD * 3)
    assert notes(item("new"), old) == ()


def test_where_nobody_reads_the_advice_no_page_is_asked_for() -> None:
    internet = Internet({ADDRESS: feed(item("new"), item("old", "2026-10-01"))})
    web = Web(internet)
    seen = look(ADDRESS, WEEK, web)
    internet.asked.clear()
    advise(seen, WEEK, ALICE, None)
    assert internet.asked == []
    advise(seen, WEEK, ALICE, web)
    assert internet.asked == [f"{SITE}/new"]


def test_few_posts_of_a_week_get_advice() -> None:
    internet = Internet({ADDRESS: feed(*(item(f"new-{number}") for number in range(30)))})
    web = Web(internet)
    seen = look(ADDRESS, WEEK, web)
    internet.asked.clear()
    advise(seen, WEEK, ALICE, web)
    assert len(internet.asked) == 3


def test_a_single_post_gets_advice_from_its_own_page() -> None:
    address = f"{SITE}/2026/11/new"
    internet = Internet({address: page(f"<p>{ON_BREAD * 2}</p>")})
    web = Web(internet)
    evidence = advise(look(address, WEEK, web), WEEK, ALICE, web)
    finding = judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, NOW)
    assert any("(a guess)" in note for note in finding.notes)
    assert internet.asked == [address]


def test_advice_changes_no_verdict_and_no_count() -> None:
    internet = Internet({ADDRESS: feed(item("new", text=ON_BREAD * 3))})
    web = Web(internet)
    seen = look(ADDRESS, WEEK, web)
    plain, advised = (
        judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, NOW)
        for evidence in (seen.evidence, advise(seen, WEEK, ALICE, web))
    )
    assert (plain.verdict, plain.count, plain.evidence) == (
        advised.verdict,
        advised.count,
        advised.evidence,
    )
    assert plain.notes != advised.notes


def test_the_posts_of_another_author_get_no_advice() -> None:
    bob = item("by-bob", text=ON_BREAD * 3, more="<dc:creator>Bob</dc:creator>")
    alice = item("new", more="<dc:creator>Alice</dc:creator>")
    internet = Internet({ADDRESS: feed(bob, alice)})
    web = Web(internet)
    writer = Writer("Alice", (), Track.SOFTWARE_ENGINEERING, (SITE,))
    evidence = advise(look(ADDRESS, WEEK, web), WEEK, writer, web)
    requirement = Requirement(RequirementId.BLOG, 1, author="Alice")
    finding = judge(requirement, (evidence,), WEEK, NOW)
    assert (finding.count, finding.notes) == (1, ())


def test_what_stands_in_comments_is_not_the_posts() -> None:
    comments = f'<section id="comments">{QUOTE}</blockquote><p>{ON_BREAD * 3}</p></section>'
    assert notes(post=page(f"<p>{LONG}</p>{comments}")) == ()
    short = " ".join(ON_PARSERS.split()[:40])
    found = notes(item("new", text=short), post=page(f"<p>{short}</p>{comments}"))
    assert "very short" in found[0]


def test_of_several_articles_on_a_page_the_longest_is_the_post() -> None:
    teaser = page(f"<p>{LONG}</p>").replace("<body>", "<body><article>Read me next</article>")
    assert notes(post=teaser) == ()


def test_in_a_feed_with_the_oldest_first_a_later_copy_is_no_older_post() -> None:
    assert (
        notes(item("older", "2026-10-01", ON_BREAD), item("new"), item("copy", "2026-11-29")) == ()
    )


def test_a_feed_that_names_itself_as_the_source_was_not_copied() -> None:
    own = item("new", more=f'<source url="{ADDRESS}">Notes</source>')
    assert notes(own) == ()


@pytest.mark.parametrize(
    ("quoted", "said"),
    [
        (f"{QUOTE} A well-known fact among fast-moving people</blockquote>", True),
        (f"<p>I like open source.</p>{QUOTE}</blockquote>", True),
        (f'{QUOTE}</blockquote><a href="https://x.example">x</a>', False),
        (f"Alan Perlis writes: {QUOTE}</blockquote>", False),
    ],
)
def test_what_stands_beside_a_quotation_is_read_as_a_reader_does(quoted: str, said: bool) -> None:
    assert any(not one.has_source for one in quotations_in(quoted)) is said


@pytest.mark.parametrize("topic", ["Go", "R", "C", "AI", "Java"])
def test_a_short_topic_is_not_named_by_the_beginning_of_a_word(topic: str) -> None:
    writer = Writer(None, (topic,), Track.DESIGN, ())
    text = f"{ON_BREAD}It is good to aim for rye, and javelins can carry it. " * 2
    assert notes(item("new", text=text), writer=writer) != ()
    assert notes(item("new", text=f"{text} I wrote it in {topic}."), writer=writer) == ()


def test_on_a_shared_host_only_ones_own_folder_is_ones_own() -> None:
    writer = Writer(None, (), Track.SOFTWARE_ENGINEERING, (SITE, "https://medium.com/@alice"))
    hers, his = (
        page(head=f'<link rel="canonical" href="https://medium.com/@{name}/parsers">')
        for name in ("alice", "bob")
    )
    assert notes(post=hers, writer=writer) == ()
    assert "names medium.com as the original" in notes(post=his, writer=writer)[0]


def test_a_link_to_another_configured_site_is_no_pointer() -> None:
    own = [item(f"old-{number}", "2026-10-01", ON_BREAD) for number in range(3)]
    new = item("new", link="https://code.alice.example/parsers")
    assert notes(new, *own) != ()
    writer = Writer(None, (), Track.SOFTWARE_ENGINEERING, (SITE, "https://code.alice.example/"))
    assert notes(new, *own, writer=writer) == ()


def test_no_advice_is_spent_on_the_posts_of_others() -> None:
    def by(name: str, author: str, text: str = LONG) -> str:
        return item(name, text=text, more=f"<dc:creator>{author}</dc:creator>")

    short = "Two words."
    internet = Internet(
        {ADDRESS: feed(*(by(f"b{n}", "Bob") for n in range(4)), by("new", "Alice", short))}
    )
    internet.pages[f"{SITE}/new"] = page(f"<p>{short}</p>")
    web = Web(internet)
    writer = Writer("Alice", (), Track.SOFTWARE_ENGINEERING, (SITE,))
    seen = look(ADDRESS, WEEK, web)
    internet.asked.clear()
    evidence = advise(seen, WEEK, writer, web)
    finding = judge(Requirement(RequirementId.BLOG, 1, author="Alice"), (evidence,), WEEK, NOW)
    assert "very short" in finding.notes[0]
    assert internet.asked == [f"{SITE}/new"]


def test_a_card_about_another_post_is_not_the_post() -> None:
    body = f"<main><h1>new</h1><p>{LONG}</p><article>Read me next</article></main>"
    meta = '<meta property="article:published_time" content="2026-11-18T12:00:00Z">'
    whole = f"<!doctype html><html><head><title>new</title>{meta}</head><body>{body}</body></html>"
    assert notes(post=whole) == ()


def test_a_post_about_a_page_elsewhere_is_noted() -> None:
    entries = [
        {
            "id": "1",
            "url": f"{SITE}/new",
            "title": "new",
            "date_published": "2026-11-18T12:00:00Z",
            "content_text": LONG,
            "external_url": "https://bob.example/parsers",
        },
        {
            "id": "2",
            "url": f"{SITE}/old",
            "title": "old",
            "date_published": "2026-10-01T12:00:00Z",
            "content_text": ON_BREAD,
            "external_url": f"{SITE}/elsewhere",
        },
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": entries}
    web = Web(Internet({ADDRESS: json.dumps(document)}))
    evidence = advise(look(ADDRESS, WEEK, web), WEEK, ALICE, None)
    found = judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, NOW).notes
    assert found == (
        "'new': it is about a page at bob.example, so it points to somebody else's post (likely)",
    )


@pytest.mark.parametrize(
    "link", ["https://alice.medium.com/new-0a1b2c3d4e5f", "https://notmedium.com/new"]
)
def test_mediums_subdomains_are_mediums_and_no_others(link: str) -> None:
    found = notes(item("new", link=link))
    assert bool(found and "replies" in found[0]) is ("alice.medium.com" in link)


def test_the_author_that_a_page_names_is_compared_too() -> None:
    said = {
        "@type": "BlogPosting",
        "url": f"{SITE}/new",
        "author": "Bob Roe",
        "datePublished": "2026-11-18T12:00:00Z",
    }
    head = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    writer = Writer("Alice Doe", (), Track.SOFTWARE_ENGINEERING, (SITE,))
    assert (
        "it is by Bob Roe, and blog.author is Alice Doe (likely)"
        in notes(post=page(head=head), writer=writer)[0]
    )


def test_a_long_text_needs_one_word_more_of_the_field() -> None:
    two = "We wrote the backend in Python. "
    assert notes(item("new", text=f"{two}{ON_BREAD}")) == ()
    long = notes(item("new", text=f"{two}{ON_BREAD * 5}"))
    assert "uses no words of software engineering but backend, python" in long[0]


def test_the_words_of_the_field_are_not_looked_for_in_a_text_of_another_language() -> None:
    german = page(f"<p>{ON_BREAD * 3}</p>").replace("<html>", '<html lang="de">')
    assert notes(item("new", text=ON_BREAD * 3), post=german) == ()


def test_a_text_of_few_words_repeats_nothing() -> None:
    same = "Short and sweet as ever. " * 3
    assert notes(item("new", text=same), item("old", "2026-10-01", same)) == ()
