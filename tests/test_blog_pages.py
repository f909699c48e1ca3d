"""What pages say: when they were first published, what they list, what stands in the way.

The pages are written for the tests, after what real ones were seen to do.
"""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.dates import Day, Instant
from csc_verify.pages import (
    PageFacts,
    PageKind,
    WallKind,
    read_page,
)
from csc_verify.pages.tree import MOST_TAGS
from csc_verify.sources.blog.discovery import plan
from csc_verify.week import Week
from tests import hostile

FOLDER = Path(__file__).parent / "data" / "blog" / "pages"
URL = "https://blog.example/parsers-at-last"
TITLE = "Parsers at last"
PROSE = "<p>" + "A parser takes a text apart, and says what its parts are. " * 20 + "</p>"


def page(body: str, head: str = "", title: str = TITLE) -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}".encode()


def post(byline: str = "", head: str = "", after: str = "") -> bytes:
    return page(f"<main><h1>{TITLE}</h1>{byline}{PROSE}</main>{after}", head)


def data(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def said(body: bytes, url: str = URL) -> tuple[str, str] | None:
    best = read_page(body, url).published
    return (best.element, best.date.iso) if best else None


def days(body: bytes) -> list[date]:
    best = read_page(body, URL).published
    return [one.day for one in best.date.readings if isinstance(one, Day)] if best else []


# When a page was published


def test_the_data_of_the_node_that_is_the_page_comes_first() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "url": "https://blog.example/"},
            {"@type": "BlogPosting", "url": URL + "/?utm_source=x", "datePublished": "2026-11-17"},
        ]
    }
    head = data(graph) + '<meta property="article:published_time" content="2026-11-18T10:00:00Z">'
    assert said(post(head=head)) == ("JSON-LD datePublished", "2026-11-17")


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "BlogPosting", "mainEntityOfPage": {"@id": URL}, "datePublished": "2026-11-17"},
        {"@type": "Article", "@id": URL + "#article", "datePublished": "2026-11-17"},
        {"@type": ["Article", "NewsArticle"], "headline": TITLE, "datePublished": "2026-11-17"},
        [{"@type": "http://schema.org/BlogPosting", "url": [URL], "datePublished": ["2026-11-17"]}],
        {"@type": "VideoObject", "name": TITLE, "uploadDate": "2026-11-17"},
        {"@type": "BlogPosting", "datePublished": "2026-11-17"},
    ],
)
def test_a_node_is_the_page_by_its_address_its_headline_or_as_the_only_one(node: object) -> None:
    assert said(post(head=data(node))) == ("JSON-LD datePublished", "2026-11-17")


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Article", "url": "https://blog.example/other", "datePublished": "2026-11-17"},
        {"@type": "WebPage", "relatedLink": {"@type": "Article", "datePublished": "2026-11-17"}},
        {"@type": "Blog", "blogPost": [{"@type": "BlogPosting", "datePublished": "2026-11-17"}]},
        [
            {"@type": "Article", "headline": "Lexers so far", "datePublished": "2026-11-17"},
            {"@type": "Article", "headline": "Trees to come", "datePublished": "2026-11-16"},
        ],
        {"@type": "Organization", "datePublished": "2026-11-17"},
        {"@type": "Article", "dateModified": "2026-11-17", "headline": TITLE},
        {"@type": "Article", "headline": TITLE, "datePublished": {"@value": 5}},
    ],
)
def test_no_other_node_dates_the_page(node: object) -> None:
    assert said(post(head=data(node))) is None


def test_data_with_line_breaks_comments_and_endings_is_read() -> None:
    node = '{"@type":"BlogPosting","headline":"Parsers\nat last",\n"datePublished":"2026-11-17"}'
    head = f'<script type="application/ld+json"><!--\n{node};\n--></script>'
    assert said(post(head=head)) == ("JSON-LD datePublished", "2026-11-17")


def test_data_that_breaks_off_says_nothing() -> None:
    head = '<script type="application/ld+json">{"@type":"Article","datePublished":"2026-</script>'
    assert said(post(head=head)) is None


@pytest.mark.parametrize(
    "name", ["article:published_time", "datePublished", "publish-date", "parsely-pub-date"]
)
def test_a_meta_tag_says_when_a_page_was_published(name: str) -> None:
    head = f'<meta name="{name}" content="2026-11-17T22:30:00-05:00">'
    assert said(post(head=head)) == (f"meta {name.lower()}", "2026-11-17T22:30:00-05:00")


def test_an_instant_keeps_its_offset() -> None:
    head = '<meta property="article:published_time" content="2026-11-17T22:30:00-05:00">'
    best = read_page(post(head=head), URL).published
    assert best is not None
    assert [type(reading) for reading in best.date.readings] == [Instant]


def test_a_stamp_of_the_content_system_comes_last() -> None:
    head = '<meta name="dcterms.date" content="2026-10-30">'
    facts = read_page(post("<p>Published on 17 November 2026</p>", head), URL)
    assert [w.date.iso for w in facts.witnesses] == ["2026-11-17", "2026-10-30"]


def test_mediums_head_gives_the_latest_publication_and_its_data_the_first() -> None:
    head = (
        '<meta property="al:android:package" content="com.medium.reader">'
        '<meta property="article:published_time" content="2026-11-21T10:00:00Z">'
    )
    node = {"@type": "NewsArticle", "url": URL, "datePublished": "2026-11-17T10:00:00Z"}
    facts = read_page(post(head=head + data(node)), URL)
    assert [w.element for w in facts.witnesses] == ["JSON-LD datePublished"]
    assert said(post("<p>Nov 17, 2026</p>", head)) == ("byline", "2026-11-17")
    assert said(post(head=head)) == ("meta article:published_time", "2026-11-21T10:00:00+00:00")


@pytest.mark.parametrize(
    ("byline", "element"),
    [
        ('<meta itemprop="datePublished" content="2026-11-17">', "itemprop datePublished"),
        ('<p itemprop="datePublished">Tuesday, November 17, 2026</p>', "itemprop datePublished"),
        ('<abbr class="published" title="2026-11-17">1 day ago</abbr>', "class published"),
        ('<time class="dt-published" datetime="2026-11-17">Tue</time>', "class published"),
        ('<time datetime="2026-11-17">last Tuesday</time>', "time"),
        ("<p>by Alice on November 17, 2026</p>", "byline"),
    ],
)
def test_markup_and_the_byline_say_when_a_page_was_published(byline: str, element: str) -> None:
    assert said(post(byline)) == (element, "2026-11-17")


@pytest.mark.parametrize(
    "byline",
    [
        "Posted on Tuesday, November 17th, 2026 by Alice",
        "17 Nov 2026 · 5 min read",
        "Veröffentlicht am 17. November 2026",
        "17.11.2026 von Alice",
        "Publié le mardi 17 novembre 2026",
        "Publicado el 17 de noviembre de 2026",
        "17 de novembro de 2026",
        "Pubblicato il 17 novembre 2026",
        "Geplaatst op 17 november 2026",
        "Опубликовано 17 ноября 2026",
        "2026年11月17日",
        "公開日: 2026/11/17",
        "Opublikowano 17 listopada 2026",
        "17 kas\u0131m 2026",
    ],
)
def test_a_byline_is_read_in_the_commonest_languages(byline: str) -> None:
    assert days(post(f"<p>{byline}</p>")) == [date(2026, 11, 17)]


def test_numbers_of_which_either_may_be_the_day_keep_both_days() -> None:
    assert days(post("<p>03/02/2026</p>")) == [date(2026, 2, 3), date(2026, 3, 2)]


@pytest.mark.parametrize(
    "byline",
    [
        "Last updated on November 17, 2026",
        "Aktualisiert: 17.11.2026",
        "Mis à jour le 17 novembre 2026",
        '<time class="updated" datetime="2026-11-17">17 Nov</time>',
    ],
)
def test_a_change_is_no_publication(byline: str) -> None:
    assert said(post(f"<p>{byline}</p>")) is None


def test_changes_are_kept_apart() -> None:
    head = '<meta property="article:modified_time" content="2026-11-20T10:00:00Z">'
    node = {"@type": "BlogPosting", "url": URL, "dateModified": "2026-11-19"}
    facts = read_page(post('<time class="updated" datetime="2026-11-18">', head + data(node)), URL)
    assert facts.witnesses == ()
    assert [(w.element, w.date.iso) for w in facts.updated] == [
        ("meta article:modified_time", "2026-11-20T10:00:00+00:00"),
        ("class updated", "2026-11-18"),
    ]


@pytest.mark.parametrize(
    "part",
    [
        '<aside><time datetime="2026-11-17">Nov 17</time></aside>',
        '<div class="related-posts"><h3><a href="/b">Lexers</a></h3><p>17 November 2026</p></div>',
        '<section id="comments"><p>Bob, 17 November 2026</p></section>',
        '<ul class="sidebar recent"><li>17 November 2026</li></ul>',
        '<nav class="post-navigation"><time datetime="2026-11-17"></time></nav>',
        "<footer><p>17 November 2026</p></footer>",
    ],
)
def test_dates_of_other_posts_and_comments_are_not_the_pages(part: str) -> None:
    assert said(post(after=part)) is None


def test_the_cards_of_other_posts_below_a_post_dont_date_it() -> None:
    cards = "".join(
        f'<div class="latest-posts"><h3><a href="/{n}">Other {n}</a></h3>'
        f'<time datetime="2026-11-{n}">Nov {n}</time></div>'
        for n in (11, 12, 13)
    )
    node = {"@type": "NewsArticle", "url": URL, "datePublished": "2026-11-17T09:00:00-05:00"}
    body = page(f"<article><h1>{TITLE}</h1>{PROSE}</article>{cards}", data(node))
    facts = read_page(body, URL)
    assert facts.kind is PageKind.POST
    assert [w.date.iso for w in facts.witnesses] == ["2026-11-17T09:00:00-05:00"]


@pytest.mark.parametrize(
    "top",
    [
        "<header><p>Tuesday, November 24, 2026</p></header>",
        '<div class="topbar"><span>24.11.2026</span></div>',
        "<div><p>Tuesday, November 24, 2026</p></div>",
    ],
)
def test_todays_date_at_the_head_of_a_site_is_not_the_posts(top: str) -> None:
    assert said(page(f"{top}<main><h1>{TITLE}</h1>{PROSE}</main>")) is None
    byline = "<p>17 November 2026</p>"
    dated = page(f"{top}<main><h1>{TITLE}</h1>{byline}{PROSE}</main>")
    assert said(dated) == ("byline", "2026-11-17")


def test_a_line_before_the_headline_is_a_byline_if_it_stands_in_the_post() -> None:
    body = page(f"<main><div><p>17 November 2026</p><h1>{TITLE}</h1></div>{PROSE}</main>")
    assert said(body) == ("byline", "2026-11-17")


def test_a_part_at_the_side_dates_the_post_only_if_it_names_it() -> None:
    named = f"<aside><p>{TITLE} was published on 17 November 2026</p></aside>"
    assert said(post(after=named)) == ("byline", "2026-11-17")
    assert said(post(after=named.replace(TITLE, "Lexers so far"))) is None


def test_prose_may_tell_of_another_publication() -> None:
    prose = f"<p>{'As we have seen, ' * 12}the study was published on 17 November 2026.</p>"
    assert said(page(f"<main><h1>{TITLE}</h1>{LONG}{prose}</main>")) is None
    line = "<p>This post was published on 17 November 2026 by Alice, in Parsers and Trees</p>"
    assert said(page(f"<main><h1>{TITLE}</h1>{LONG}{line}</main>")) == ("byline", "2026-11-17")


LONG = "".join(f"<p>Part {n} of a long text that says no day.</p>" for n in range(15))


@pytest.mark.parametrize(
    "line",
    [
        '<li><a href="/lexers">Lexers so far and now</a> 17 November 2026</li>',
        '<h3><a href="/lexers">Lexers so far and now</a></h3><p>17 November 2026</p>',
        '<p><a href="/lexers">Lexers so far and now</a> (2026-11-17)</p>',
    ],
)
def test_a_day_beside_the_link_to_another_post_is_not_this_ones(line: str) -> None:
    assert said(post(after=f"<div>{LONG}</div><div>{line}</div>")) is None


@pytest.mark.parametrize(
    "line",
    [
        '<p>By <a href="/author/alice">Alice Doe of Example</a> on 17 November 2026</p>',
        '<p><a href="/lexers#note">17 November 2026</a></p>',
        "<p>17 November 2026</p>",
    ],
)
def test_a_byline_may_stand_at_the_end_of_a_post(line: str) -> None:
    assert said(page(f"<main><h1>{TITLE}</h1>{LONG}{line}</main>")) == ("byline", "2026-11-17")


def test_the_classes_of_the_body_say_nothing_of_where_a_byline_stands() -> None:
    body = post("<p>17 November 2026</p>").replace(b"<body", b'<body class="footer-top-visible"')
    assert said(body) == ("byline", "2026-11-17")


def test_a_time_far_from_the_headline_comes_after_the_byline_beside_it() -> None:
    late = '<p><time datetime="2026-10-01">1 October 2026</time></p>'
    body = page(f"<article><h1>{TITLE}</h1><p>17 November 2026</p>{LONG}{late}</article>")
    assert said(body) == ("byline", "2026-11-17")


@pytest.mark.parametrize(
    "part",
    [
        '<blockquote>Soon! <a href="https://social.example/1">10 November 2026</a></blockquote>',
        '<div class="x-teaser-pure"><time datetime="2026-11-10">10 November 2026</time></div>',
    ],
)
def test_a_quoted_message_or_teaser_within_a_post_does_not_date_it(part: str) -> None:
    assert said(page(f"<article><h1>{TITLE}</h1>{part}{PROSE}</article>")) is None


@pytest.mark.parametrize(
    "broken", ["2026-11-1:18T12:00:00Z", "2026-11-17:9", "2026-11-1x8", "2026/11/1/7"]
)
def test_a_date_that_goes_on_as_no_date_does_is_none(broken: str) -> None:
    assert said(post("", f'<meta property="article:published_time" content="{broken}">')) is None


def test_of_several_days_in_the_text_the_one_in_the_address_is_the_posts() -> None:
    body = post("<p>10 November 2026</p>", after="<p>Published on 17 November 2026</p>")
    url = "https://blog.example/2026/11/17/parsers"
    assert said(body, url) == ("byline", "2026-11-17")
    assert said(body) == ("byline", "2026-11-10")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/11/17/parsers", "2026-11-17"),
        ("/2026/1/7/", "2026-01-07"),
        ("/posts/2026-11-17-parsers.html", "2026-11-17"),
        ("/2026/11/17-parsers-compared", None),
        ("/2026/11/parsers", None),
        ("/2026/13/40/parsers", None),
    ],
)
def test_an_address_holds_a_day_only_if_it_holds_a_whole_one(path: str, day: str | None) -> None:
    witnesses = read_page(post("<p>17 November 2026</p>"), "https://blog.example" + path).witnesses
    days = [one.date.iso for one in witnesses if one.element == "the address"]
    assert days == ([day] if day else [])


def test_a_day_in_the_middle_of_prose_is_no_byline() -> None:
    prose = f"<p>The treaty of 17 November 2026 was signed by twelve, {'and so on ' * 20}</p>"
    assert said(page(f"<main><h1>{TITLE}</h1>{prose}</main>")) is None


def test_the_address_alone_proves_nothing_but_is_a_second_witness() -> None:
    url = "https://blog.example/2026/11/17/parsers-at-last"
    assert said(post(), url) is None
    facts = read_page(post("<p>November 17, 2026</p>"), url)
    assert [w.element for w in facts.witnesses] == ["byline", "the address"]


def test_a_front_page_is_not_dated_by_its_newest_post() -> None:
    head = '<meta property="article:published_time" content="2026-11-17">'
    assert said(post(head=head), "https://blog.example/") is None


def test_a_date_that_nobody_can_mean_is_no_date() -> None:
    head = '<meta property="article:published_time" content="0001-01-01T00:00:00Z">'
    assert said(post("<p>31 February 2026</p>", head)) is None


# Witnesses that disagree

WEEK = Week(date(2026, 11, 16), ZoneInfo("America/New_York"))


# What a page is


def test_videos_are_told_by_their_data_or_markup() -> None:
    node = {"@type": "VideoObject", "name": TITLE, "uploadDate": "2026-11-17T10:00:00+00:00"}
    assert read_page(post(head=data(node)), URL).kind is PageKind.VIDEO
    marked = (
        '<div itemscope itemtype="http://schema.org/VideoObject">'
        '<meta itemprop="datePublished" content="2026-11-17T08:00:00-08:00"></div>'
    )
    facts = read_page(page(f"{marked}<h1>{TITLE}</h1>"), "https://videos.example/watch?v=1")
    assert facts.kind is PageKind.VIDEO
    assert facts.published is not None
    assert facts.published.date.iso == "2026-11-17T08:00:00-08:00"


def test_a_premiere_is_dated_by_when_it_airs() -> None:
    node = {
        "@type": "VideoObject",
        "name": TITLE,
        "uploadDate": "2026-11-17T10:00:00Z",
        "publication": {"isLiveBroadcast": True, "startDate": "2026-11-24T18:00:00Z"},
    }
    airs = "2026-11-24T18:00:00+00:00"
    assert said(post(head=data(node))) == ("JSON-LD startDate", airs)
    marked = (
        '<meta itemprop="datePublished" content="2026-11-17T08:00:00Z">'
        '<span itemprop="publication"><meta itemprop="isLiveBroadcast" content="True">'
        '<meta itemprop="startDate" content="2026-11-24T18:00:00Z"></span>'
    )
    assert said(post(marked)) == ("itemprop startDate", airs)


def test_a_page_says_its_names_and_language() -> None:
    head = (
        '<base href="https://blog.example/en/"><link rel="canonical" href="parsers">'
        '<meta property="og:title" content="Parsers &amp;amp; trees">'
        '<meta property="og:site_name" content="Alice writes">'
    )
    node: dict[str, object] = {"@type": "BlogPosting", "url": URL, "datePublished": "2026-11-17"}
    node |= {"author": [{"@type": "Person", "name": "Alice Doe"}, "https://bob.example/"]}
    body = page(PROSE, head + data(node)).replace(b"<html>", b'<html lang="en-GB">')
    facts = read_page(body, URL)
    assert (facts.title, facts.site, facts.language) == ("Parsers & trees", "Alice writes", "en-GB")
    assert facts.canonical == "https://blog.example/en/parsers"
    assert facts.authors == ("Alice Doe",)
    assert facts.text.startswith("A parser takes a text apart")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<title>Füße</title>".encode(), "Füße"),
        ("\ufeff<title>Füße</title>".encode(), "Füße"),
        ("<title>Füße</title>".encode("cp1252"), "Füße"),
        ("<meta charset=windows-1251><title>Привет</title>".encode("cp1251"), "Привет"),
        (
            '<meta http-equiv="content-type" content="text/html; charset=Shift_JIS">'
            "<title>日本語</title>".encode("cp932"),
            "日本語",
        ),
        ("<meta charset=latin1><title>Füße</title>".encode(), "Füße"),
        ("<title>Füße</title>".encode("utf-16"), "Füße"),
        ("<title>Füße ü</title>".encode() + b"\xff", "Füße ü"),
        ("<meta charset=punycode><title>Füße</title>".encode("cp1252"), "Füße"),
    ],
)
def test_letters_are_read_in_the_encoding_that_they_are_in(body: bytes, title: str) -> None:
    assert read_page(body, URL).title == title


def test_a_tag_with_hundreds_of_attributes_is_read_up_to_its_end() -> None:
    tag = b"<meta " + b"".join(b"a%d=1 " % n for n in range(300)) + b"><title>Parsers</title>"
    assert read_page(tag, URL).title == "Parsers"


def test_what_stands_too_deep_keeps_its_text_and_disturbs_nothing_after_it() -> None:
    deep = "<div>" * 300 + "Deep down" + "</div>" * 300 + f"<h1>{TITLE}</h1><p>17 November 2026</p>"
    facts = read_page(page(deep), URL)
    assert "Deep down" in facts.text
    assert said(page(deep)) == ("byline", "2026-11-17")


# Lists


def test_a_list_gives_its_posts_with_the_date_beside_each() -> None:
    items = (
        '<article><h2><a href="/a">First</a></h2><time datetime="2026-11-17">Tue</time></article>'
        '<article><h2><a href="b?utm_source=feed#top">Second</a></h2><p>10 Nov 2026</p></article>'
        '<article><h2><a href="https://other.example/c">Away</a></h2><p>9 Nov 2026</p></article>'
        '<li>2026-11-03 <a href="/d">Fourth</a></li>'
        '<article><h2><a href="/a">First again</a></h2></article>'
        '<h2><a href="/e">Undated</a></h2><p><a href="/about">About</a></p>'
    )
    facts = read_page(page(items, title="Blog"), "https://blog.example/posts/")
    assert facts.kind is PageKind.LISTING
    assert [(one.url, one.title, one.date.iso if one.date else None) for one in facts.listed] == [
        ("https://blog.example/a", "First", "2026-11-17"),
        ("https://blog.example/posts/b?utm_source=feed", "Second", "2026-11-10"),
        ("https://blog.example/d", "Fourth", "2026-11-03"),
        ("https://blog.example/e", "Undated", None),
    ]


def test_a_list_is_bounded() -> None:
    items = "".join(f'<h2><a href="/{n}">Post {n}</a></h2>' for n in range(500))
    assert len(read_page(page(items), URL).listed) == 200


# Walls

BARE = "<p>Nothing to see.</p>"
LOGIN = '<form action="/login"><input type="email"><input type="password">Log in</form>'
WALLS = [
    ("https://www.linkedin.com/authwall?trk=x", page(PROSE), WallKind.LINKEDIN),
    (
        "https://www.linkedin.com/posts/alice-1",
        page(LOGIN, title="Sign Up | LinkedIn"),
        WallKind.LINKEDIN,
    ),
    ("https://m.facebook.com/alice", page(LOGIN, title="Log in to Facebook"), WallKind.FACEBOOK),
    ("https://www.facebook.com/p/1", page(BARE, title="Error"), WallKind.FACEBOOK),
    ("https://consent.youtube.com/m?continue=x", page(PROSE), WallKind.CONSENT),
    ("https://www.tumblr.com/privacy/consent?redirect=x", page(PROSE), WallKind.CONSENT),
    (
        "https://www.youtube.com/@alice",
        page('<form action="https://consent.youtube.com/save"><button>Accept</button></form>'),
        WallKind.CONSENT,
    ),
    (URL, page(BARE, title="Just a moment..."), WallKind.CHALLENGE),
    (
        URL,
        page(f'{BARE}<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/x"></script>'),
        WallKind.CHALLENGE,
    ),
    (URL, page(f"{BARE}<script>window._cf_chl_opt={{}}</script>"), WallKind.CHALLENGE),
    (URL, page('<div id="px-captcha"></div>', title="blog.example"), WallKind.CHALLENGE),
    ("https://blog.example/login?next=/p", page('<input type="email">'), WallKind.LOGIN),
    (URL, page(LOGIN, title="Welcome"), WallKind.LOGIN),
    (
        URL,
        page(f'<h1>{TITLE}</h1><form class="post-password-form">Password: <input></form>'),
        WallKind.LOGIN,
    ),
    (URL, page('<div id="root"></div><script src="/app.js"></script>'), WallKind.SHELL),
    (
        URL,
        page("<noscript>You need to enable JavaScript.</noscript><script></script>"),
        WallKind.SHELL,
    ),
    (
        URL,
        page(f'<p>{"Loading, loading. " * 5}</p><div id="app"></div><script></script>'),
        WallKind.SHELL,
    ),
    (
        URL,
        page(f"{'Loading, loading. ' * 5}<noscript>Needs JavaScript</noscript><script></script>"),
        WallKind.SHELL,
    ),
    (URL, page(f"<h1>Page not found</h1>{BARE}", title="Blog"), WallKind.MISSING),
    (URL, page(BARE, title="404 Not Found"), WallKind.MISSING),
    (URL, page(BARE, title="Blog | Seite nicht gefunden"), WallKind.MISSING),
    (URL, page(BARE, title="Oops! That page can\u2019t be found. - Blog"), WallKind.MISSING),
    (URL, page(f"<h1>Página no encontrada</h1>{PROSE}", title="404"), WallKind.MISSING),
    (URL, page(PROSE).replace(b"<body", b'<body class="error404 wp"'), WallKind.MISSING),
    (URL, page(f'{PROSE}<div data-hook="not-found-page"></div>'), WallKind.MISSING),
    (
        URL,
        page(f'{PROSE}<script id="__NEXT_DATA__">{{"page":"/404"}}</script>'),
        WallKind.MISSING,
    ),
    (
        URL,
        page(PROSE, '<meta name="prerender-status-code" content="404">'),
        WallKind.MISSING,
    ),
]


@pytest.mark.parametrize(("url", "body", "kind"), WALLS)
def test_a_wall_is_recognised_and_says_the_way_out(url: str, body: bytes, kind: WallKind) -> None:
    facts = read_page(body, url)
    assert facts.kind is PageKind.WALL
    assert facts.wall is not None
    assert facts.wall.kind is kind
    assert facts.wall.reason
    assert facts.wall.way_out
    assert facts.witnesses == ()


def test_every_kind_of_wall_has_its_page() -> None:
    assert {kind for _, _, kind in WALLS} == set(WallKind) - {WallKind.TOO_LARGE}


NO_WALLS = [
    "404 Not Found: a history",
    "404",
    "Just a moment...",
    "Access denied",
    "Page not found",
    "Why Cloudflare asks: are you a robot?",
    "Log in without a password",
    "Oops, I wrote a parser",
    "Captcha",
]


@pytest.mark.parametrize("title", NO_WALLS)
def test_a_post_about_a_wall_is_none(title: str) -> None:
    byline = "<p>17 November 2026</p>"
    head = '<meta property="article:published_time" content="2026-11-17">'
    short = page(f"<h1>{title}</h1>{byline}{LOGIN}<p>Soon.</p>", head, title)
    assert read_page(short, URL).wall is None


@pytest.mark.parametrize("title", [t for t in NO_WALLS if t not in {"404", "Page not found"}])
def test_a_long_post_about_a_wall_is_none_even_if_it_does_not_call_itself_a_post(
    title: str,
) -> None:
    body = page(f"<h1>{title}</h1>{PROSE}<script>var x;</script>{LOGIN}", title=title)
    assert read_page(body, URL).wall is None


@pytest.mark.parametrize(
    "part",
    [
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        '<form action="/search"><input type="email">Subscribe</form>',
        '<div class="cf-turnstile"></div>',
        "<noscript>Enable JavaScript to see the comments.</noscript><script></script>",
        '<img src="/cat.png"><script src="/count.js"></script>',
    ],
)
def test_a_short_page_with_an_everyday_part_is_no_wall(part: str) -> None:
    assert read_page(page(f"<h1>{TITLE}</h1><p>Soon.</p>{part}"), URL).wall is None


def test_consent_in_an_address_is_no_consent_page() -> None:
    assert read_page(post(), "https://blog.example/consent-in-design").wall is None


def test_a_public_article_of_linkedins_is_read_though_it_asks_to_log_in() -> None:
    node = {"@type": "Article", "headline": TITLE, "datePublished": "2026-11-17T10:00:00Z"}
    body = page(f"<article><h1>{TITLE}</h1>{PROSE}</article>{LOGIN}", data(node))
    facts = read_page(body, "https://www.linkedin.com/pulse/parsers-alice")
    assert facts.wall is None
    assert facts.published is not None


# Bad input


def test_a_page_that_is_larger_than_pages_are_is_not_read_by_half() -> None:
    for body in (b" " * 4_000_000, b"<p>" * (MOST_TAGS + 1)):
        facts = read_page(body, URL)
        assert facts.wall is not None
        assert facts.wall.kind is WallKind.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        b"<a " * 20_000,
        b"<a b='" * 20_000,
        b"<a " + b"b " * 300_000,
        b"<!--" * 20_000,
        b"<div>" * 20_000,
        b"<title>" * 10_000,
        b"<script>" * 10_000,
        b"<h1><a href=/x>1</a>" * 5_000,
        b"".join(b"<h2><a href=/%d>x</a></h2>" % n for n in range(4_000)),
        b"<h1>x y z</h1><p>" + b"1.1." * 200_000,
        b"<h1>x y z</h1>" + b"<p>published 1.1.1 </p>" * 5_000,
        b'<script type="application/ld+json">' + b"[" * 500_000 + b"</script>",
        b'<script type="application/ld+json">' + b'{"a":' * 100_000 + b"</script>",
        b"&amp" * 300_000,
        b"\0" * 500_000,
    ],
    ids=range(15),
)
def test_hostile_pages_take_no_longer_than_large_ones(body: bytes) -> None:
    begun = time.process_time()
    assert isinstance(read_page(body, URL), PageFacts)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_what_once_made_it_stumble_is_read(name: str) -> None:
    assert isinstance(read_page((FOLDER / name).read_bytes(), URL), PageFacts)


def test_a_text_that_looks_like_an_address_or_a_file_is_a_page_without_tags() -> None:
    for body in (b"https://blog.example/", b"index.html", b""):
        assert read_page(body, URL).published is None


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_titles_are_plain_text(text: str) -> None:
    title = read_page(
        page(PROSE, title=text.replace("<", "&lt;").encode("utf-8", "replace").decode()), URL
    ).title
    assert "\n" not in title
    assert "\0" not in title
    assert len(title) <= 300


PIECES = st.sampled_from(
    """<h1>Parsers at last</h1>|<article>|</article>|<time datetime='2026-11-17'>|</p>|<!--|-->
    |<p>17 November 2026|<a href='/x'>|<script>|</script>|<![CDATA[|'>|"|&#x110000;|&#55555555555;
    |<meta property=article:published_time content='|[|{|}|<title>|<base href='http://[x'>
    |<script type="application/ld+json">{"@type":"Article","datePublished":|<|=|\0
    |<link rel=canonical href='//['>""".split("|")  # noqa: SIM905  easier to read than quotes
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=40))
def test_whatever_a_page_holds_it_is_read(pieces: list[str]) -> None:
    facts = read_page("".join(pieces).encode("utf-8", "replace"), URL)
    assert facts.kind in PageKind
    assert all(witness.date.readings for witness in facts.witnesses)


@pytest.mark.parametrize("name", ["iso-8859-12", "windows-1259", "iso885977", "koi8-r"])
def test_an_encoding_that_nobody_has_is_none(name: str) -> None:
    body = page(f"<main><h1>{TITLE}</h1>\u00e9</main>").decode().encode("latin-1")
    named = body.replace(b"<head>", f'<head><meta charset="{name}">'.encode())
    assert read_page(named, URL).title == TITLE
    assert plan(URL, named.replace(b"Parsers", b"P\xe9rsers")).candidates


CLASSES = b"a " * 2040
DATED = b'<time class="published updated">17 Nov 2026</time>'


@pytest.mark.parametrize(
    "body",
    [
        b"<h1>Parsers at last</h1><p>" + b"1.1.16 " * 400_000,
        b"<article><h1>Parsers at last</h1>"
        + b'<div class="%s">' % CLASSES * 185
        + b'<span class="date published">posted</span>' * 400
        + DATED * 400,
        b'<i><a href="/x">t</a>' + b"1.1.16 " * 200 + b"</i>" * 1500,
        b'<script type="application/ld+json">{"@type":"Article","url":['
        + b",".join([b'"http://a.b/1"'] * 150_000)
        + b'],"datePublished":"2026-11-17"}</script>',
        b'<a href="/x?%s">x</a>' % (b"a&" * 690) * 1500,
    ],
    ids=["days without end", "classes without end", "parts", "addresses", "parameters"],
)
def test_no_page_takes_a_time_that_grows_faster_than_it_does(body: bytes) -> None:
    # Each took from ten seconds to hours before there was a limit.
    assert isinstance(read_page(body[: 3 * 2**20], URL), PageFacts)
