"""Platforms in ``tests/data/blog/discovery``, one folder each, and what pages announce.

The pages are written for the tests, after what real ones were seen to do.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.sources.blog.discovery import (
    PLATFORMS,
    FeedLink,
    Kind,
    Plan,
    Strength,
    is_single_post,
    links,
    may_fetch,
    plan,
    ranges,
)
from csc_verify.sources.blog.discovery.feed_links import MOST_LINKS
from csc_verify.sources.blog.discovery.planning import MOST_GUESSES
from csc_verify.sources.blog.discovery.robots import MAX_BYTES
from csc_verify.sources.blog.discovery.tags import LOOKED_AT, tags
from tests import hostile

FOLDER = Path(__file__).parent / "data" / "blog" / "discovery"
HOME = "https://blog.example/"
POST = "https://blog.example/parsers-at-last/"


@dataclass(frozen=True)
class Case:
    """What is expected of one address.

    Attributes:
        platform: The folder it lies in.
        what: What it is about.
        url: The address.
        body: Its page; None before it was asked.
        feeds: Where the platform has its feeds.
        pages: Which pages list the posts.
    """

    platform: str
    what: str
    url: str
    body: bytes | None
    feeds: tuple[str, ...]
    pages: tuple[str, ...]


def cases() -> list[Case]:
    return [
        Case(
            folder.name,
            case["what"],
            case["url"],
            (folder / case["page"]).read_bytes() if case["page"] else None,
            tuple(case["feeds"]),
            tuple(case["pages"]),
        )
        for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir())
        for case in json.loads((folder / "cases.json").read_text("utf-8"))
    ]


def asked(found: Plan, how: str = "") -> tuple[str, ...]:
    return tuple(one.url for one in found.candidates if how in one.how)


def page(head: str = "", body: str = "", classes: str = "") -> bytes:
    opening = f'<body class="{classes}">' if classes else "<body>"
    text = f"<!doctype html><html><head>{head}</head>{opening}{body}</body></html>"
    return text.encode("utf-8", "replace")


def feed(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    named = f' title="{title}"' if title else ""
    return f'<link rel="alternate" type="{kind}"{named} href="{href}">'


def urls(found: tuple[FeedLink, ...]) -> list[str]:
    return [one.url.removeprefix("https://blog.example") for one in found]


def found_in(head: str, url: str = HOME, **more: str) -> list[str]:
    return urls(links(page(head, **more), url))


# Platforms


def test_each_platform_has_a_folder_and_each_folder_a_platform() -> None:
    folders = {path.name for path in FOLDER.iterdir() if (path / "cases.json").is_file()}
    keys = [platform.key for platform in PLATFORMS]
    assert sorted(folders) == sorted(keys)


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.platform}: {case.what}")
def test_a_platforms_feeds_are_known(case: Case) -> None:
    platform = next(one for one in PLATFORMS if one.key == case.platform)
    found = plan(case.url, case.body)
    assert found.platform == platform.name
    assert asked(found, f"where {platform.name} has its feeds") == case.feeds
    assert found.pages == case.pages
    assert found.closed == platform.closed


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.platform}: {case.what}")
def test_an_address_is_asked_itself_only_before_it_was(case: Case) -> None:
    found = plan(case.url, case.body)
    expected = () if case.body or found.closed else (case.url,)
    assert asked(found, "the address itself") == expected


@pytest.mark.parametrize("key", ["linkedin", "facebook"])
def test_a_platform_without_feeds_says_why_and_the_way_out(key: str) -> None:
    (case, *_) = [case for case in cases() if case.platform == key]
    found = plan(case.url, None)
    assert found.candidates == ()
    assert found.closed is not None
    assert "no feeds" in found.closed.reason
    assert "blog.urls" in found.closed.way_out


def test_what_a_shared_host_announces_is_everybodys() -> None:
    (case,) = [case for case in cases() if "announces everybody's feed" in case.what]
    assert asked(plan(case.url, case.body)) == ("https://dev.to/feed/alice",)


def test_a_platform_is_known_by_its_page_alone_at_any_address() -> None:
    named = {
        case.platform for case in cases() if case.body and ".example" in case.url and case.feeds
    }
    assert named >= {"medium", "hashnode", "wordpress", "blogger", "substack", "ghost", "tumblr"}


@pytest.mark.parametrize(
    "url",
    [
        "https://notmedium.com/@alice",
        "https://medium.com.evil.example/@alice",
        "https://blogspot.example/",
        "https://substack.com.example/",
        f"https://blog.example/?{'a&' * 60}",
    ],
)
def test_a_host_that_only_reads_like_a_platforms_is_none(url: str) -> None:
    assert plan(url, None).platform == ""


# What a page announces


def test_feeds_are_found_in_the_head_in_each_format() -> None:
    head = (
        feed("/a.rss", kind="application/rss+xml")
        + feed("/b.atom", kind="application/atom+xml")
        + feed("/c.json", kind="application/feed+json")
        + feed("/d.rdf", kind="application/rdf+xml; charset=utf-8")
        + feed("/e.json", "JSON Feed", kind="application/json")
        + feed("/f.xml", "RSS .92", kind="text/xml")
    )
    found = links(page(head), HOME)
    assert [(one.url.rpartition("/")[2], one.kind) for one in found] == [
        ("a.rss", Kind.RSS),
        ("b.atom", Kind.ATOM),
        ("c.json", Kind.JSON),
        ("d.rdf", Kind.RDF),
        ("e.json", Kind.JSON),
        ("f.xml", Kind.RSS),
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">',
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?url=x&amp;format=xml">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/12">',
        '<link rel="alternate" type="application/json" title="JSON" href="/?rest_route=/wp/v2">',
        '<link rel="alternate" type="application/json" title="For Slack" href="/slack.json">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" type="text/html" hreflang="de" title="Feed" href="/de/feed">',
        '<link rel="alternate" media="handheld" href="https://m.blog.example/">',
        '<link rel="alternate" type="application/rdf+xml" title="FOAF" href="/foaf.xml">',
        '<link rel="alternate stylesheet" type="text/css" title="Feed" href="/feed.css">',
        '<link rel="alternate icon" type="image/png" href="/icon.png">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed.xml">',
        '<link rel="alternate" type="application/activity+json" href="/@alice">',
        '<link rel="alternate" type="application/rss+xml" title="no address">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="#feed">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
        '<link rel="alternate" type="application/rss+xml" href="http:feed.xml">',
    ],
)
def test_other_alternates_are_no_feeds(link: str) -> None:
    assert links(page(link), HOME) == ()


@pytest.mark.parametrize(
    "link",
    [
        '<LINK REL="Alternate" TYPE="Application/RSS+XML" HREF="/feed">',
        "<link rel=alternate type=application/rss+xml href=/feed>",
        "<link rel='home alternate' type='application/rss+xml' href='/feed'/>",
        '<link href="\n/feed\n" type="application/rss+xml"\n  rel="alternate">',
        '<link rel="feed" href="/feed">',
        '<link rel="alternate" href="/feed">',
        '<link rel="alternate" type="application/x.atom+xml" href="/feed">',
        '<link rel="alternate" type="application/rss+xml" href="feed:https://blog.example/feed">',
        '<link rel="alternate" type="application/rss+xml" href="feed://blog.example/feed">',
        '<link rel="alternate" type="application/rss+xml" href="&#x2F;f&#101;ed">',
        '<base href="https://blog.example/"><link rel="feed" href="feed">',
        '<link rel="feed" href="feed"><base href="/"><base href="/elsewhere/">',
        '<meta name=x content="</head>"><title>a > b</title><link rel="feed" href="/feed">',
        '<!-- <link rel="feed" href="/old"> --><link rel="feed" href="/feed">',
        '<!--><link rel="feed" href="/feed">',
        '<script>"<link rel=feed href=/no>"</script><link rel="feed" href="/feed">',
        '<style>a::before{content:"<link rel=feed href=/no>"}</style><link rel=feed href=/feed>',
        '<p title="<link rel=feed href=/no>"></p><link rel="feed" href="/feed">',
        '<title>never closed <link rel="feed" href="/feed">',
        '<br"><link rel="feed" href="/feed">',
        '<link rel="feed" rel="stylesheet" href="/feed" href="/no">',
    ],
)
def test_a_feed_is_found_however_its_tag_is_written(link: str) -> None:
    assert urls(links(page(link), "https://blog.example/section/")) == ["/feed"]


def test_a_feed_may_stand_in_the_body() -> None:
    assert found_in("", body=f"<p>Hello.</p>{feed('/feed')}") == ["/feed"]


def test_a_link_to_a_feed_is_weaker_than_an_announcement() -> None:
    body = '<a href="/rss.xml">RSS</a><a type="application/atom+xml" href="/a">Atom</a>'
    found = links(page(feed("/posts.rss"), body), HOME)
    assert urls(found) == ["/posts.rss", "/rss.xml", "/a"]
    assert [one.strength for one in found] == [
        Strength.ANNOUNCED,
        Strength.LINKED,
        Strength.LINKED,
    ]


def test_a_link_in_a_text_to_somebody_elses_feed_is_none() -> None:
    body = '<p>I read <a href="https://other.example/feed.xml">this</a> and <a href="/a">a</a>.</p>'
    assert links(page("", body), HOME) == ()


def test_the_sites_own_come_before_others() -> None:
    head = feed("https://planet.example/feed") + feed("https://feeds.blog.example/posts")
    found = links(page(head), "https://www.blog.example/")
    assert [(one.url, one.is_own) for one in found] == [
        ("https://feeds.blog.example/posts", True),
        ("https://planet.example/feed", False),
    ]


def test_a_neighbour_on_a_shared_host_is_not_the_site_itself() -> None:
    (found,) = links(page(feed("https://bob.github.io/feed.xml")), "https://alice.github.io/")
    assert not found.is_own


def test_the_section_that_the_page_is_in_comes_first() -> None:
    head = feed("/feed.xml") + feed("/news/feed.xml") + feed("/news/tech/rss") + feed("/other.rss")
    assert found_in(head, "https://blog.example/news/tech/parsers") == [
        "/news/tech/rss",
        "/news/feed.xml",
        "/feed.xml",
        "/other.rss",
    ]
    assert found_in(head)[0] == "/feed.xml"


def test_one_feed_in_two_formats_is_one() -> None:
    head = (
        feed("/feed/")
        + feed("/feed/atom/", kind="application/atom+xml")
        + feed("/feeds/posts/default?alt=rss")
        + feed("/posts.rss?locale=en")
        + feed("/posts.atom?locale=en", kind="application/atom+xml")
        + feed("/posts.atom?locale=de", kind="application/atom+xml")
    )
    found = links(page(head), HOME)
    alternatives = {one.url.removeprefix(HOME): urls_of(one.alternatives) for one in found}
    assert alternatives == {
        "feed/": ["feed/atom/"],
        "feeds/posts/default?alt=rss": [],
        "posts.rss?locale=en": ["posts.atom?locale=en"],
        "posts.atom?locale=de": [],
    }


def urls_of(addresses: tuple[str, ...]) -> list[str]:
    return [address.removeprefix(HOME) for address in addresses]


def test_two_feeds_of_one_format_are_two() -> None:
    assert found_in(feed("/rss.xml", "Posts") + feed("/feed.xml", "Links")) == [
        "/rss.xml",
        "/feed.xml",
    ]


def test_the_same_address_is_told_once() -> None:
    assert found_in(feed("/feed", "One") + feed("/feed", "Two") + feed("https://blog.example/feed"))


# Comments


@pytest.mark.parametrize(
    "title",
    [
        "Alice writes &raquo; Comments Feed",
        "Alice writes &raquo; Parsers: at last Comments Feed",
        "Alice writes » Kommentar-Feed",
        "Alice writes » Flux des commentaires",
        "Alice writes » Feed de los comentarios",
        "Alice writes » Feed de comentários",
        "Alice writes » Feed dei commenti",
        "Alice writes » Reactiesfeed",
        "Alice writes » Kanał z komentarzami",
        "Alice writes » Лента комментариев",
        "Alice writes » Yorum beslemesi",
        "Alice writes » コメントフィード",
        "Alice writes » 评论 Feed",
        "Alice writes » خلاصة التعليقات",
        "Comments on: Parsers",
        "Kommentare zu: Parsers",
        "Comments for Alice writes",
    ],
)
def test_a_feed_of_comments_is_known_by_its_title(title: str) -> None:
    head = "<title>Alice writes</title>" + feed("/x", title) + feed("/y", "Alice writes » Feed")
    assert found_in(head, POST) == ["/y"]


@pytest.mark.parametrize(
    "href",
    [
        "/comments/feed/",
        "/comments/feed/atom/",
        "/feeds/5559385297/comments/default",
        "/feeds/comments/default?alt=rss",
        "/comments.rss",
        "/comments.xml",
        "/rss/comments",
        "/comments-feed.xml",
        "/kommentare.xml",
        "/?feed=comments-rss2",
        "/?feed=rss2&amp;p=12",
        "/?feed=rss2&amp;page_id=12",
        "/feed/?attachment_id=12",
        "/feed/?withcomments=1",
    ],
)
def test_a_feed_of_comments_is_known_by_its_address(href: str) -> None:
    assert found_in(feed(href) + feed("/feed/"), POST) == ["/feed/"]


WORDPRESS = '<meta name="generator" content="WordPress 6.4">'
ARTICLE = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("head", "classes"),
    [
        (WORDPRESS + ARTICLE, ""),
        ('<link rel="https://api.w.org/" href="/wp-json/">' + ARTICLE, ""),
        ("", "single single-post postid-12"),
        ("", "page page-id-12"),
    ],
)
def test_a_feed_below_a_post_is_about_its_comments(head: str, classes: str) -> None:
    below = feed("/parsers-at-last/feed/")
    assert found_in(head + below, POST, classes=classes) == []
    assert found_in(head + below + feed("/feed/"), POST, classes=classes) == ["/feed/"]


@pytest.mark.parametrize(
    ("head", "classes"), [(ARTICLE, ""), (WORDPRESS + ARTICLE, "blog"), ("", "page list")]
)
def test_a_feed_below_a_list_that_calls_itself_an_article_is_the_lists(
    head: str, classes: str
) -> None:
    url = "https://blog.example/alice/"
    assert found_in(head + feed("/alice/feed/"), url, classes=classes) == ["/alice/feed/"]


def test_a_feed_below_a_post_is_known_by_the_posts_own_address_too() -> None:
    canonical = '<link rel="canonical" href="https://blog.example/2026/11/17/parsers/">'
    assert found_in(canonical + feed("/2026/11/17/parsers/feed/"), HOME + "?p=12") == []


@pytest.mark.parametrize("classes", ["", "archive category category-python"])
def test_a_feed_below_a_section_is_the_sections(classes: str) -> None:
    head = feed("/notes/feed/") + feed("/feed/")
    url = "https://blog.example/notes/"
    assert found_in(head, url, classes=classes) == ["/notes/feed/", "/feed/"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:site_name" content="No Comment">', "No Comment » Feed"),
        ('<meta property="og:site_name" content="No Comment">', "No Comment"),
        ("<title>Parsers – No Comment</title>", "No Comment"),
        ("", "Commentary &amp; Co » Feed"),
    ],
)
def test_a_blog_may_have_comment_in_its_name(head: str, title: str) -> None:
    assert found_in(head + feed("/feed", title), POST) == ["/feed"]
    comments = feed("/x", f"{title.partition(' »')[0]} » Comments Feed")
    assert found_in(head + feed("/feed", title) + comments, POST) == ["/feed"]


def test_a_blog_may_lie_in_a_folder_of_that_name() -> None:
    url = "https://blog.example/comment/parsers"
    assert found_in(feed("/comment/feed"), url) == ["/comment/feed"]


def test_a_mere_link_to_a_feed_below_a_post_is_taken_for_one_of_comments() -> None:
    link = '<a href="/parsers-at-last/feed/">Follow this discussion</a>'
    assert found_in(WORDPRESS, POST, body=link) == []
    assert found_in(ARTICLE, POST, body=link) == []
    assert found_in(WORDPRESS, POST, body=link, classes="archive") == ["/parsers-at-last/feed/"]
    assert found_in("", POST, body=link) == ["/parsers-at-last/feed/"]


def test_a_feed_of_comments_stays_one_if_it_is_linked_again_without_a_title() -> None:
    head = feed("/x/feed/", "Alice writes » Parsers Comments Feed") + feed("/feed/")
    assert found_in(head, POST, body='<a href="/x/feed/">RSS</a>') == ["/feed/"]


# The plan


def test_an_address_that_is_named_like_a_feed_is_asked_first() -> None:
    for url in (f"{HOME}feed.xml", "https://alice.substack.com/feed", f"{HOME}?format=rss"):
        assert asked(plan(url, None))[0] == url


def test_an_address_of_which_nothing_is_known_is_asked_itself() -> None:
    assert asked(plan(POST, None)) == (POST,)


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
        b'\xef\xbb\xbf\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        b'<rdf:RDF xmlns:rdf="x"></rdf:RDF>',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}',
        '<?xml version="1.0"?><feed>'.encode("utf-16"),
    ],
)
def test_an_address_that_answered_with_a_feed_is_the_feed(body: bytes) -> None:
    assert asked(plan(HOME, body)) == (HOME,)


def test_a_page_that_quotes_a_feed_is_a_page() -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE html><html><pre><rss ></pre></html>'
    assert HOME not in asked(plan(HOME, body))


def test_an_announced_feed_needs_no_guesses() -> None:
    found = plan(POST, page(feed("/feed.xml", "Posts")))
    (candidate,) = found.candidates
    assert (candidate.url, candidate.how) == (f"{HOME}feed.xml", "announced by the page")
    assert candidate.is_own
    assert not candidate.is_guess


def test_the_platforms_address_comes_behind_what_is_announced() -> None:
    head = '<meta name="generator" content="Hugo 0.131.0">' + feed("/posts/index.xml")
    assert asked(plan(HOME, page(head))) == (f"{HOME}posts/index.xml", f"{HOME}index.xml")


def test_the_platforms_address_comes_before_what_others_have() -> None:
    head = '<meta name="generator" content="WordPress 6.4">' + feed("https://counter.example/x")
    found = asked(plan(HOME, page(head, '<a href="/old/rss.xml">RSS</a>')))
    assert found[:4] == (
        f"{HOME}feed/",
        f"{HOME}?feed=rss2",
        "https://counter.example/x",
        f"{HOME}old/rss.xml",
    )


def test_where_only_comments_are_announced_the_platforms_address_is_asked() -> None:
    head = '<meta name="generator" content="WordPress 6.4">' + feed(
        "/parsers-at-last/feed/", "Alice writes » Parsers at last Comments Feed"
    )
    found = asked(plan(POST, page(head, classes="single single-post")))
    assert found[0] == f"{HOME}feed/"
    assert f"{POST}feed/" not in found


def test_common_addresses_are_few_and_come_last() -> None:
    found = plan(HOME, page('<a href="/my.rss">RSS</a>'))
    guesses = [one for one in found.candidates if one.is_guess]
    assert found.candidates[-len(guesses) :] == tuple(guesses)
    assert [one.url.removeprefix(HOME) for one in guesses] == [
        *("feed", "rss.xml", "atom.xml", "index.xml", "feed.xml", "rss")
    ]


@pytest.mark.parametrize("name", ["notes/", "notes/index.html"])
def test_common_addresses_lie_in_the_section_that_was_named_and_at_the_root(name: str) -> None:
    found = plan(HOME + name, page())
    assert urls_of(asked(found)) == [
        *("notes/index.xml", "notes/rss.xml", "notes/feed.xml"),
        *("index.xml", "rss.xml", "feed.xml"),
    ]


@pytest.mark.parametrize(("url", "head"), [(f"{HOME}2026/11/17/parsers/", ""), (POST, ARTICLE)])
def test_no_common_address_is_looked_for_below_a_post(url: str, head: str) -> None:
    found = plan(url, page(head))
    assert found.is_post
    assert len(found.candidates) == MOST_GUESSES
    assert not [one for one in asked(found) if one.startswith(url)]


def test_a_platform_that_leaves_its_feed_to_the_owner_leaves_fewer_guesses() -> None:
    found = plan(HOME, page('<meta name="generator" content="Gatsby 5">'))
    assert len(found.candidates) == MOST_GUESSES
    assert urls_of(asked(found))[:3] == ["rss.xml", "feed.xml", "feed"]


def test_a_platform_that_always_has_a_feed_leaves_none() -> None:
    found = plan(HOME, page('<meta name="generator" content="Ghost 5">'))
    assert urls_of(asked(found)) == ["rss/"]


def test_no_address_is_asked_twice() -> None:
    head = '<meta name="generator" content="WordPress 6.4">' + feed("https://blog.example/feed")
    assert asked(plan(HOME, page(head))) == (f"{HOME}feed",)


def test_a_link_is_as_safe_as_its_page() -> None:
    head = feed("http://blog.example/feed") + feed(
        "http://blog.example/atom", kind="application/atom+xml"
    )
    (candidate,) = plan(HOME, page(head)).candidates
    assert candidate.url == f"{HOME}feed"
    assert candidate.alternatives == (f"{HOME}atom",)
    local = "http://127.0.0.1:8000/"
    (candidate,) = plan(local, page(feed("/feed"))).candidates
    assert candidate.url == f"{local}feed"


@pytest.mark.parametrize(
    ("content", "moved_to"),
    [
        ("0; url=/blog/", f"{HOME}blog/"),
        ("0;URL='https://alice.example/'", "https://alice.example/"),
        ("30; url=/blog/", None),
        ("0", None),
        ("0; url=javascript:x", None),
        ("0; url=https://blog.example/", None),
    ],
)
def test_a_page_that_sends_elsewhere_at_once_says_so(content: str, moved_to: str | None) -> None:
    body = page(f'<meta http-equiv="Refresh" content="{content}">')
    assert plan(HOME, body).moved_to == moved_to


def test_the_plan_says_whether_an_address_looks_like_a_post() -> None:
    assert plan("https://blog.example/2026/11/17/parsers/", None).is_post
    assert not plan(HOME, None).is_post


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.example/2026/11/17/parsers/",
        "https://blog.example/2026/11/parsers.html",
        "https://blog.example/blog/2026-11-17-parsers",
        "https://blog.example/blog/2026-11-17/parsers/",
        "https://blog.example/2026/1/7/über-parser",
        "https://blog.example/?p=12",
        "https://alice.substack.com/p/parsers",
        "https://alice.wixsite.com/site/post/parsers",
        "https://alice.tumblr.com/post/123456/parsers",
        "https://www.tumblr.com/alice/123456/parsers",
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://m.youtube.com/watch?v=abcdefghijk&t=3",
        "https://www.youtube.com/shorts/abcdefghijk",
        "https://youtu.be/abcdefghijk",
        "https://vimeo.com/123456",
        "https://vimeo.com/channels/parsing/123456",
        "https://medium.com/@alice/parsers-at-last-0a1b2c3d4e5f",
        "https://blog.alice.example/parsers-at-last-0a1b2c3d4e5f?source=rss",
        "https://dev.to/alice/parsers-at-last-4b1c",
        "https://www.linkedin.com/pulse/parsers-alice-doe",
        "https://social.example/@alice/112233445566778899",
    ],
)
def test_an_address_of_one_post_is_recognised(url: str) -> None:
    assert is_single_post(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.example/",
        "https://blog.example/2026/",
        "https://blog.example/2026/11/",
        "https://blog.example/2026/11/17/",
        "https://blog.example/2026/11/17/feed/",
        "https://blog.example/2026/11/page/2/",
        "https://blog.example/posts/",
        "https://blog.example/?paged=2",
        "https://blog.example/releases/2026-11-17",
        "https://blog.example/parsers-1234567890123",
        "https://blog.example/a-feedfacade",
        "https://alice.substack.com/archive",
        "https://www.youtube.com/@alice",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/playlist?list=PL123",
        "https://youtu.be/",
        "https://vimeo.com/alice",
        "https://medium.com/@alice",
        "https://dev.to/alice",
        "https://social.example/@alice",
        "https://social.example/@alice/12",
        "no address",
    ],
)
def test_an_address_of_a_list_is_not_a_posts(url: str) -> None:
    assert not is_single_post(url)


# Reaching back

LAST = date(2026, 11, 22)


def test_blogger_is_asked_for_what_came_before_the_weeks_end_in_any_zone() -> None:
    (url,) = ranges("https://alice.blogspot.com/feeds/posts/default?alt=rss", "Blogger", LAST)
    assert url == (
        "https://alice.blogspot.com/feeds/posts/default?alt=rss"
        "&published-max=2026-11-24T00%3A00%3A00Z&max-results=150&orderby=published"
    )


def test_what_was_asked_for_before_is_replaced() -> None:
    feed_ = "https://www.blogger.com/feeds/123/posts/default?max-results=5&start-index=9"
    (url,) = ranges(feed_, "", LAST)
    assert url.count("max-results") == 1
    assert "start-index" not in url


def test_wordpress_is_asked_for_five_older_pages() -> None:
    found = ranges("https://blog.example/feed/", "https://wordpress.org/?v=6.4", LAST)
    assert found == tuple(f"https://blog.example/feed/?paged={page}" for page in range(2, 7))


def test_wordpress_without_permalinks_keeps_its_question() -> None:
    (first, *_) = ranges("https://blog.example/?feed=rss2", "http://wordpress.com/", LAST)
    assert first == "https://blog.example/?feed=rss2&paged=2"


@pytest.mark.parametrize(
    ("url", "generator"),
    [
        ("https://medium.com/feed/@alice", "Medium"),
        ("https://feeds.feedburner.com/alice", "Blogger"),
        ("https://blog.example/index.xml", "Hugo -- gohugo.io"),
        ("https://blog.example/feeds/posts/default", "something else"),
        ("https://planet.example/posts", "WordPress"),
        ("no address", "Blogger"),
    ],
)
def test_other_feeds_cannot_be_asked_for_more(url: str, generator: str) -> None:
    assert ranges(url, generator, LAST) == ()


# robots.txt

AGENT = "csc-verify/1.2 (+https://project.example)"


def allowed(robots: str, path: str, agent: str = AGENT) -> bool:
    return may_fetch(robots.encode(), f"https://blog.example{path}", agent)


@pytest.mark.parametrize(
    "robots", ["", "<html>404</html>", "Disallow: /", "\x00\xff", "User-agent"]
)
def test_what_is_no_such_file_forbids_nothing(robots: str) -> None:
    assert allowed(robots, "/a")


def test_a_rule_for_everybody_holds_for_us() -> None:
    assert not allowed("User-agent: *\nDisallow: /", "/a")
    assert allowed("User-agent: other\nDisallow: /", "/a")


def test_a_group_that_names_us_replaces_the_one_for_everybody() -> None:
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: CSC-Verify\nDisallow: /private"
    assert allowed(robots, "/a")
    assert not allowed(robots, "/private/a")
    assert not allowed(robots, "/a", "csc-verifying/1.0")


def test_groups_of_one_name_are_taken_together() -> None:
    robots = (
        "User-agent: csc-verify\nDisallow: /a\n\nUser-agent: x\nUser-agent: csc-verify/2.0\n"
        "Crawl-delay: 3\n\nDisallow: /b\nSitemap: /map.xml\nDisallow: /c"
    )
    assert [path for path in ("/a", "/b", "/c", "/d") if allowed(robots, path)] == ["/d"]


def test_the_longest_rule_decides_wherever_it_stands() -> None:
    robots = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nAllow: /"
    assert allowed(robots, "/wp-admin/admin-ajax.php")
    assert not allowed(robots, "/wp-admin/x")
    assert allowed(robots, "/x")


def test_between_equals_the_permission_wins() -> None:
    assert allowed("User-agent: *\nDisallow: /a\nAllow: /a", "/a")
    assert allowed("User-agent: *\nAllow: /a\nDisallow: /a", "/a")


@pytest.mark.parametrize(
    ("pattern", "forbidden", "free"),
    [
        ("/fish", ["/fish", "/fish.html", "/fish/a", "/fishes"], ["/Fish", "/a/fish"]),
        ("/fish/", ["/fish/", "/fish/?id=1"], ["/fish", "/fish.html"]),
        ("/*.php", ["/a.php", "/a.php?x", "/b/a.php5"], ["/", "/a.PHP"]),
        ("/*.php$", ["/a.php", "/b/c.php"], ["/a.php?x", "/a.php5"]),
        ("/a*b*c", ["/abc", "/axbxc", "/abcd"], ["/acb", "/ab", "/ac", "/b"]),
        ("/*$", ["/", "/a"], []),
        ("/$", ["/"], ["/a", "/?q"]),
        ("/a$b", ["/a$b"], ["/a"]),
        ("/ab*ba$", ["/abba", "/abxba"], ["/aba"]),
        ("/?q=", ["/?q=1"], ["/"]),
        ("/ü", ["/%C3%BC", "/%c3%bc", "/ü"], ["/u"]),
        ("/%7Ealice", ["/~alice", "/%7ealice"], ["/alice"]),
        ("/a%2Fb", ["/a%2fb"], ["/a/b"]),
        ("/x-%2A", ["/x-*", "/x-%2a"], ["/x-y"]),
        ("", [], ["/", "/a"]),
    ],
)
def test_a_pattern_means_what_the_standard_says(
    pattern: str, forbidden: list[str], free: list[str]
) -> None:
    robots = f"User-agent: *  # all\nDisallow: {pattern}  # these"
    assert [path for path in forbidden if allowed(robots, path)] == []
    assert [path for path in free if not allowed(robots, path)] == []


@pytest.mark.parametrize("url", ["https://[", "tp://[x", "https://[x.example]/", "", "//a"])
def test_what_is_no_address_is_not_fetched(url: str) -> None:
    assert not may_fetch(b"", url, AGENT)


def test_the_file_itself_may_always_be_read() -> None:
    assert allowed("User-agent: *\nDisallow: /", "/robots.txt")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_lines_may_end_in_any_way(ends: str) -> None:
    assert not allowed(f"\ufeffUser-Agent:*{ends}DISALLOW:/a{ends}", "/a")


def test_a_file_that_is_cut_forbids_no_more_than_it_says() -> None:
    start = b"User-agent: *\nDisallow: /private/x\n"
    filler = b"# filler\n" * ((MAX_BYTES - len(start)) // 9)
    rule = b"Disallow: /" + b"a" * 200
    assert may_fetch(start + filler + rule, f"{HOME}b", AGENT)
    assert not may_fetch(start + filler + rule, f"{HOME}private/x", AGENT)


# What strangers write

WANTED = frozenset(("a", "base", "body", "div", "link", "meta", "script", "title"))
SIZE = LOOKED_AT + 1


@pytest.mark.parametrize(
    "piece",
    [
        *(
            b"<",
            b"<a ",
            b"<a>",
            b"<!--",
            b"<!",
            b"</",
            b"<title>",
            b"<script>",
            b'<a b="',
            b"<a b='",
        ),
        *(
            b"<a b='<a b=\"",
            b'<a b="<c ',
            b"<link rel=feed href=/f>",
            b"<a href=/rss>",
            b"\0",
            b" ",
        ),
        *(
            b"<div id=x>",
            b'<meta name="a" content="b">',
            b"<base href=/a>",
            b"&amp;",
            b'"channelId":',
        ),
    ],
)
def test_a_page_made_to_take_long_does_not(piece: bytes) -> None:
    body = piece * (SIZE // len(piece))
    began = time.process_time()
    plan("https://www.youtube.com/watch?v=abcdefghijk", body)
    assert len(links(body, HOME)) <= MOST_LINKS
    assert time.process_time() - began < 20


@pytest.mark.parametrize("piece", ["a a ", "a=b ", "= ", "\t", "a='", "&amp;", "-", "-a", "1", "/"])
def test_a_tag_made_to_take_long_does_not(piece: str) -> None:
    many = piece * (SIZE // len(piece))
    some = piece * (2000 // len(piece))
    began = time.process_time()
    links(f"<link {many}>".encode(), HOME)
    links(f'<link rel="alternate" title="{many}" type="{some}" href="/{some}">'.encode(), HOME)
    links((feed(f"/{some}.xml", some * 2) * 400).encode(), f"{HOME}{some}")
    may_fetch(f"User-agent: *\nDisallow: /{'*'.join(some)}\n".encode() * 200, HOME + some, AGENT)
    assert time.process_time() - began < 20


def test_only_the_beginning_of_a_page_is_read() -> None:
    late = b" " * LOOKED_AT + feed("/feed").encode()
    assert list(tags(late, WANTED)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "cp1252"])
def test_a_title_is_read_in_the_pages_encoding(encoding: str) -> None:
    declared = f'<meta charset="{encoding}">' if encoding == "cp1251" else ""
    title = "Лента комментариев" if encoding == "cp1251" else "Kömmentare » Kommentar-Feed"
    text = f"<html><head>{declared}{feed('/x', title)}{feed('/y', 'Ü')}</head></html>"
    if encoding == "cp1251":
        text = text.replace("Ü", "Б")
    (found,) = links(text.encode(encoding), HOME)
    assert (urls((found,)), found.title) == (["/y"], "Б" if encoding == "cp1251" else "Ü")


def test_an_encoding_that_nobody_uses_is_not_used() -> None:
    body = b'<meta charset="punycode">' + feed("/feed", "\xfc").encode("latin-1")
    assert [one.title for one in links(body, HOME)] == ["ü"]


@pytest.mark.parametrize("address", [*hostile.ADDRESSES, *hostile.UNSAFE_ADDRESSES])
def test_hostile_addresses_are_read_or_left(address: str) -> None:
    quoted = address.replace('"', "&quot;")
    body = page(f'<base href="{quoted}">{feed(quoted)}<a href="{quoted}">x</a>')
    plan(address, body)
    for found in links(body, HOME):
        assert found.url.lower().startswith(("https://", "http://"))
    assert is_single_post(address) in {True, False}
    assert may_fetch(b"User-agent: *\nDisallow: /", HOME, address) is False


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_hostile_texts_are_titles_like_others(text: str) -> None:
    quoted = text.replace("&", "&amp;").replace('"', "&quot;")
    body = f"<title>{text}</title>{feed('/feed', quoted)}".encode("utf-8", "replace")
    assert "comment" in text or urls(links(body, HOME)) in (["/feed"], [])
    plan(HOME, text.encode("utf-8", "replace"))


PIECES = st.sampled_from(
    [
        *("<", ">", "/", "=", '"', "'", " ", "\n", "\0", "<!--", "-->", "</", "&#x", "\ufeff"),
        *("<link ", "<a ", "<base ", "<meta ", "<script>", "</script>", "<title>", "rel=alternate"),
        *("type=application/rss+xml", "href=/feed", "href=//[", "http://[::1", "content=", "name="),
        *("generator", "WordPress", "Blogger", "al:ios:app_name", '"externalId":"UC', "https://"),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_any_page_can_be_read(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    for url in (
        HOME,
        "https://www.youtube.com/@a",
        "https://substack.com/@a",
        "https://vimeo.com/1",
    ):
        found = plan(url, body)
        assert all(one.url.startswith(("https:", "http:")) for one in found.candidates)
    assert may_fetch(body, POST, AGENT) in {True, False}


@given(st.one_of(st.text(), st.from_regex(r"https://[a-z.]{1,20}/[\w/.~%?=&@:-]{0,40}")))
def test_any_address_can_be_planned_for(url: str) -> None:
    before: Any = plan(url, None)
    after = plan(url, page('<meta name="generator" content="WordPress 6">'))
    assert before.is_post == after.is_post == is_single_post(url)
    ranges(url, "WordPress", LAST)
    may_fetch(b"User-agent: *\nDisallow: /a", "https://blog.example/" + url, AGENT)
