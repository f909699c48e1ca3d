"""What a blog proves about a week, from any address of it.

The feeds in ``tests/data/feeds`` are tests by lying there: drop a document with what is expected.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.fetch import Absent, FetchOnce, FetchResult, Page, Unreachable
from csc_verify.model import (
    Claim,
    Evidence,
    Failed,
    Found,
    Requirement,
    RequirementId,
    Track,
    Verdict,
)
from csc_verify.rules import judge
from csc_verify.sources.blog import Web, Writer, advise, look
from csc_verify.week import Week, WeekStart, read_zone, week_of

SITE = "https://blog.example"
ADDRESS = f"{SITE}/feed.xml"
FOLDER = Path(__file__).parent / "data" / "feeds"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Internet:
    """What is there; everything else is not."""

    pages: dict[str, FetchResult] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> FetchResult:
        self.asked.append(url)
        return self.pages.get(url, Absent(url, 404))

    def has(self, url: str, text: str | bytes, at: str = "") -> Internet:
        body = text if isinstance(text, bytes) else text.encode()
        self.pages[url] = Page(at or url, body, "text/html")
        return self

    def says(self, url: str, week: Week = WEEK) -> Evidence:
        return look(url, week, Web(self)).evidence


def verdict(evidence: Evidence, week: Week = WEEK, author: str | None = None) -> Verdict:
    requirement = Requirement(RequirementId.BLOG, 1, author=author)
    return judge(requirement, (evidence,), week, LATER).verdict


def rss(*posts: tuple[str, str], more: str = "", generator: str = "") -> str:
    """A feed of posts: a day and a name each."""
    items = "".join(
        f"<item><title>{name}</title><link>{SITE}/{name}</link>"
        f"<pubDate>{datetime.fromisoformat(day):%a, %d %b %Y} 12:00:00 +0000</pubDate></item>"
        for day, name in posts
    )
    made = f"<generator>{generator}</generator>" if generator else ""
    space = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    channel = f"<channel><title>Notes</title>{made}{more}{items}</channel>"
    return f'<rss version="2.0" {space}>{channel}</rss>'


def html(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head><title>Notes</title>{head}</head><body>{body}</body></html>"


ANNOUNCED = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
NEW, OLD = ("2026-11-18", "new"), ("2026-10-01", "old")


def entry(day: str, name: str) -> str:
    return (
        f'<article><h2><a href="/{name}">{name}</a></h2>'
        f'<time datetime="{day}T12:00:00Z">{day}</time></article>'
    )


# --- a feed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_a_feed_says_what_it_says_and_nothing_more(name: str) -> None:
    expected: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    week = week_of(date.fromisoformat(expected["week"]), WeekStart.MONDAY, WEEK.zone)
    evidence = Internet().has(ADDRESS, (FOLDER / f"{name}.xml").read_bytes()).says(ADDRESS, week)
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


def test_two_dates_of_one_post_are_both_believed_and_so_in_doubt() -> None:
    body = (FOLDER / "rss-1-two-dates.xml").read_bytes()
    assert verdict(Internet().has(ADDRESS, body).says(ADDRESS)) is Verdict.UNKNOWN


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_without_anything_is_something_to_mend_and_no_absence(status: int) -> None:
    internet = Internet({ADDRESS: Absent(ADDRESS, status)})
    assert internet.says(ADDRESS) == Failed(
        "feed",
        ADDRESS,
        f"{ADDRESS}: there is nothing at this address ({status})",
        "Correct it under blog.urls",
    )


def test_an_address_that_cannot_be_asked_passes_its_reason_on() -> None:
    answer = Unreachable(ADDRESS, "it did not answer in time", "The next run looks again")
    evidence = Internet({ADDRESS: answer}).says(ADDRESS)
    assert isinstance(evidence, Failed)
    assert evidence.reason == f"{ADDRESS}: it did not answer in time"
    assert evidence.hint == "The next run looks again"


def test_relative_links_start_at_the_address_the_feed_was_found_at() -> None:
    body = (FOLDER / "rss-relative-link.xml").read_bytes()
    evidence = Internet().has(ADDRESS, body, "https://moved.example/a/feed.xml").says(ADDRESS)
    assert isinstance(evidence, Found)
    assert evidence.items[0].url == "https://moved.example/new"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_evidence_or_a_failure_and_never_unmet(body: bytes) -> None:
    assert verdict(Internet().has(ADDRESS, body).says(ADDRESS)) is Verdict.UNKNOWN


@settings(deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 600), st.binary(max_size=6))
def test_a_damaged_feed_never_proves_an_absence_it_did_not_prove_before(
    name: str, at: int, noise: bytes
) -> None:
    whole = (FOLDER / f"{name}.xml").read_bytes()
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    evidence = Internet().has(ADDRESS, damaged).says(ADDRESS)
    if isinstance(evidence, Found) and evidence.complete:
        assert any(item.at is not None for item in evidence.items)


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        (("2026-12-20", "2026-10-01", "2026-09-01"), Verdict.UNMET),
        (("2026-12-20", "2026-12-19", "2026-12-18"), Verdict.UNKNOWN),
        (("2026-09-01", "2026-10-01", "2026-10-02"), Verdict.UNKNOWN),
        (("2026-12-20", "2026-11-18", "2026-09-01"), Verdict.MET),
    ],
    ids=["reaches back", "too short", "oldest first", "holds a post of the week"],
)
def test_a_feed_that_breaks_off_is_a_shorter_feed(
    posts: tuple[str, ...], expected: Verdict
) -> None:
    whole = rss(*((day, f"post-{day}") for day in posts))
    cut = whole[: whole.rindex("</item>")]
    assert verdict(Internet().has(ADDRESS, cut).says(ADDRESS)) is expected


def test_a_feed_that_is_broken_in_the_middle_proves_no_absence() -> None:
    whole = rss(("2026-12-20", "newer"), OLD, ("2026-09-01", "older"))
    broken = whole.replace("<title>old", "<title><b>old")
    assert verdict(Internet().has(ADDRESS, broken).says(ADDRESS)) is Verdict.UNKNOWN


def test_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Notes",
        "items": [
            {"id": "2", "url": f"{SITE}/new", "date_published": "2026-11-18T12:00:00Z"},
            {"id": "1", "url": f"{SITE}/old", "date_published": "2026-10-01T12:00:00Z"},
        ],
    }
    evidence = Internet().has(ADDRESS, json.dumps(feed)).says(ADDRESS)
    assert verdict(evidence) is Verdict.MET


def test_a_video_that_nobody_saw_may_not_have_aired() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015"
      xmlns:media="http://search.yahoo.com/mrss/"><title>Alice</title>
      <entry><id>yt:video:a</id><yt:videoId>a</yt:videoId><title>Soon</title>
      <link rel="alternate" href="https://www.youtube.com/watch?v=a"/>
      <published>2026-11-18T12:00:00+00:00</published>
      <media:group><media:community><media:statistics views="0"/></media:community></media:group>
      </entry><entry><id>b</id><title>Old</title><link href="https://www.youtube.com/watch?v=b"/>
      <published>2026-01-01T12:00:00+00:00</published></entry></feed>"""
    evidence = Internet().has(ADDRESS, feed).says(ADDRESS)
    assert verdict(evidence) is Verdict.UNKNOWN
    assert "premiere" in repr(evidence)


# --- further back ------------------------------------------------------------------------------


def test_a_short_feed_is_followed_to_its_older_pages() -> None:
    next_ = f'<atom:link rel="next" href="{SITE}/feed.xml?page=2"/>'
    internet = Internet().has(ADDRESS, rss(("2026-12-20", "newer"), more=next_))
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    internet.has(f"{ADDRESS}?page=2", rss(NEW, OLD))
    assert verdict(internet.says(ADDRESS)) is Verdict.MET
    internet.has(f"{ADDRESS}?page=2", rss(OLD))
    assert verdict(internet.says(ADDRESS)) is Verdict.UNMET


def test_wordpress_is_asked_for_older_posts() -> None:
    feed = f"{SITE}/feed/"
    made = "https://wordpress.org/?v=6.9"
    internet = Internet().has(feed, rss(("2026-12-20", "newer"), generator=made))
    internet.has(f"{feed}?paged=2", rss(OLD, generator=made))
    assert verdict(internet.says(feed)) is Verdict.UNMET


def test_a_server_that_sends_the_same_again_is_not_asked_for_ever() -> None:
    feed = rss(("2026-12-20", "newer"), more=f'<atom:link rel="next" href="{SITE}/more"/>')
    internet = Internet().has(ADDRESS, feed).has(f"{SITE}/more", feed)
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    assert internet.asked.count(f"{SITE}/more") == 1


def test_older_pages_are_followed_within_a_bound() -> None:
    internet = Internet()
    for number in range(30):
        next_ = f'<atom:link rel="next" href="{SITE}/{number + 1}.xml"/>'
        feed = rss(("2026-12-20", f"post-{number}"), more=next_)
        internet.has(f"{SITE}/{number}.xml", feed)
    assert verdict(internet.says(f"{SITE}/0.xml")) is Verdict.UNKNOWN
    assert len([url for url in internet.asked if url.endswith(".xml")]) == 5


def test_older_pages_are_not_asked_for_where_they_are_not_needed() -> None:
    next_ = f'<atom:link rel="next" href="{SITE}/2.xml"/>'
    internet = Internet().has(ADDRESS, rss(NEW, OLD, more=next_))
    internet.says(ADDRESS)
    assert f"{SITE}/2.xml" not in internet.asked
    cut = rss(("2026-12-20", "newer"), more=next_)
    internet = Internet().has(ADDRESS, cut[: cut.rindex("</item>")])
    internet.says(ADDRESS)
    assert f"{SITE}/2.xml" not in internet.asked


def test_a_feed_that_breaks_off_out_of_order_proves_no_absence() -> None:
    days = ("2026-12-20", "2026-09-01", "2026-12-10", "2026-08-01")
    whole = rss(*((day, f"post-{day}") for day in days))
    cut = whole[: whole.rindex("</item>")]
    assert verdict(Internet().has(ADDRESS, cut).says(ADDRESS)) is Verdict.UNKNOWN


# --- a site ------------------------------------------------------------------------------------


def site(feed: str, *entries: tuple[str, str]) -> Internet:
    page = html(ANNOUNCED, "".join(entry(*each) for each in entries))
    return Internet().has(f"{SITE}/", page).has(ADDRESS, feed)


@pytest.mark.parametrize(
    ("posts", "expected"), [((NEW, OLD), Verdict.MET), ((OLD,), Verdict.UNMET)]
)
def test_a_site_leads_to_its_feed(posts: tuple[tuple[str, str], ...], expected: Verdict) -> None:
    evidence = site(rss(*posts), *posts).says(f"{SITE}/")
    assert isinstance(evidence, Found)
    assert evidence.source == "feed"
    assert verdict(evidence) is expected


def test_a_stale_feed_proves_no_absence_if_the_page_shows_a_post_of_the_week() -> None:
    evidence = site(rss(OLD), NEW, OLD).says(f"{SITE}/")
    assert verdict(evidence) is Verdict.UNKNOWN
    assert "a post of the week that its feed lacks" in repr(evidence)


def test_a_stale_feed_proves_no_absence_if_the_page_shows_a_newer_post() -> None:
    evidence = site(rss(OLD), ("2026-12-20", "newer"), OLD).says(f"{SITE}/")
    assert verdict(evidence) is Verdict.UNKNOWN


@pytest.mark.parametrize("entries", [(), (("2026-01-01", "elsewhere"),)])
def test_a_page_that_shows_other_posts_or_none_does_not_confirm_its_feed(
    entries: tuple[tuple[str, str], ...],
) -> None:
    assert verdict(site(rss(OLD), *entries).says(f"{SITE}/")) is Verdict.UNKNOWN
    # What is there counts all the same.
    assert verdict(site(rss(NEW, OLD), *entries).says(f"{SITE}/")) is Verdict.MET


def test_where_robots_may_not_look_nothing_is_asked() -> None:
    internet = site(rss(NEW, OLD), NEW).has(f"{SITE}/robots.txt", "User-agent: *\nDisallow: /")
    assert verdict(internet.says(f"{SITE}/")) is not Verdict.UNMET
    assert ADDRESS not in internet.asked
    # What is configured is asked: its owner wants it to be.
    assert verdict(internet.says(ADDRESS)) is Verdict.MET


def test_a_site_without_a_feed_shows_posts_but_proves_no_absence() -> None:
    with_new = Internet().has(f"{SITE}/", html("", entry(*NEW) + entry(*OLD)))
    with_new.has(f"{SITE}/new", post("2026-11-18"))
    assert verdict(with_new.says(f"{SITE}/")) is Verdict.MET
    without = Internet().has(f"{SITE}/", html("", entry(*OLD)))
    assert verdict(without.says(f"{SITE}/")) is Verdict.UNKNOWN


def test_a_site_asks_for_few_addresses() -> None:
    internet = Internet().has(f"{SITE}/", html())
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN
    assert len(internet.asked) <= 10


def test_a_profile_that_refuses_programs_is_asked_by_its_feed() -> None:
    profile, feed = "https://medium.com/@alice", "https://medium.com/feed/@alice"
    internet = Internet({profile: Unreachable(profile, "medium.com refuses (403)", "Later")})
    internet.has(feed, rss(NEW, OLD))
    assert verdict(internet.says(profile)) is Verdict.MET
    del internet.pages[feed]
    assert "(403)" in repr(internet.says(profile))


# --- the posts' own pages -------------------------------------------------------------------------


def undated(*posts: tuple[str, str]) -> str:
    """A feed whose posts say only when they were changed: a name and a day each."""
    entries = "".join(
        f'<entry><title>{name}</title><link href="{SITE}/{name}"/>'
        f"<updated>{day}T12:00:00Z</updated></entry>"
        for name, day in posts
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title>{entries}</feed>'


@pytest.mark.parametrize(
    ("changed", "days", "expected"),
    [
        (("2026-12-01", "2026-10-02"), ("2026-11-18", "2026-10-01"), Verdict.MET),
        (("2026-12-01", "2026-10-02"), ("2026-11-02", "2026-10-01"), Verdict.UNMET),
        # The two that were edited last: what else was published then isn't shown.
        (("2026-12-01", "2026-11-30"), ("2026-11-02", "2026-10-01"), Verdict.UNKNOWN),
    ],
)
def test_where_a_feed_gives_no_date_the_posts_pages_answer(
    changed: tuple[str, ...], days: tuple[str, ...], expected: Verdict
) -> None:
    internet = Internet().has(ADDRESS, undated(*zip(("one", "two"), changed, strict=True)))
    for name, day in zip(("one", "two"), days, strict=True):
        internet.has(f"{SITE}/{name}", post(day))
    evidence = internet.says(ADDRESS)
    assert verdict(evidence) is expected
    assert isinstance(evidence, Found)
    assert {item.element for item in evidence.items} == {"meta article:published_time"}


def test_where_the_pages_do_not_answer_either_it_stays_unknown() -> None:
    feed = undated(("one", "2026-11-18"), ("two", "2026-10-01"))
    internet = Internet().has(ADDRESS, feed).has(f"{SITE}/one", html())
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN


def test_a_page_settles_a_date_on_the_edge_of_the_week() -> None:
    # Midnight UTC may be an instant, which is Sunday evening in New York, or a bare Monday.
    midnight = rss(NEW, OLD).replace("Wed, 18 Nov 2026 12:00", "Mon, 23 Nov 2026 00:00")
    internet = Internet().has(ADDRESS, midnight)
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    said = named("new", post("2026-11-22").replace("T12:00:00Z", "T19:00:00-05:00"))
    assert verdict(internet.has(f"{SITE}/new", said).says(ADDRESS)) is Verdict.MET
    said = named("new", post("2026-11-23").replace("T12:00:00Z", "T09:00:00-05:00"))
    assert verdict(internet.has(f"{SITE}/new", said).says(ADDRESS)) is Verdict.UNMET
    # The day alone says no more than the feed does.
    day = html(body="<main><h1>new</h1><p>November 23, 2026</p><p>What I learned.</p></main>")
    assert verdict(internet.has(f"{SITE}/new", day).says(ADDRESS)) is Verdict.UNKNOWN


def named(title: str, page: str) -> str:
    return page.replace("<title>Notes", f"<title>{title}")


def test_few_pages_are_asked() -> None:
    posts = [(f"post-{number}", "2026-11-18") for number in range(40)]
    internet = Internet().has(ADDRESS, undated(*posts))
    internet.says(ADDRESS)
    assert len([url for url in internet.asked if "/post-" in url]) == 8


def test_a_list_without_dates_is_followed_to_its_posts() -> None:
    headings = "".join(f'<h2><a href="/{name}">{name}</a></h2>' for name in ("new", "old", "about"))
    internet = Internet().has(f"{SITE}/", html("", headings))
    internet.has(f"{SITE}/new", post("2026-11-18")).has(f"{SITE}/old", post("2026-10-01"))
    evidence = internet.has(f"{SITE}/about", html("", "<p>About me</p>")).says(f"{SITE}/")
    assert verdict(evidence) is Verdict.MET
    assert isinstance(evidence, Found)
    assert [item.url for item in evidence.items] == [f"{SITE}/new", f"{SITE}/old"]


def test_a_list_and_a_post_that_contradict_each_other_are_a_doubt() -> None:
    internet = Internet().has(f"{SITE}/", html("", entry(*NEW) + entry(*OLD)))
    internet.has(f"{SITE}/new", post("2026-11-09"))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN


def test_a_listed_post_that_is_gone_is_no_evidence() -> None:
    internet = Internet().has(f"{SITE}/", html("", entry(*NEW) + entry(*OLD)))
    evidence = internet.says(f"{SITE}/")
    assert verdict(evidence) is Verdict.UNKNOWN
    assert "nothing at its address (404)" in repr(evidence)


def test_a_post_that_a_stale_feed_lacks_counts_if_its_own_page_is_of_the_week() -> None:
    internet = site(rss(OLD), NEW, OLD).has(f"{SITE}/new", post("2026-11-18"))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.MET
    internet = site(rss(OLD), NEW, OLD).has(f"{SITE}/new", post("2026-11-02"))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN


# --- what cheats and mistakes must not do ---------------------------------------------------------


BLOG = f"{SITE}/blog"


def test_a_list_is_not_taken_for_one_post_whatever_it_says_of_itself() -> None:
    page = html(ANNOUNCED, "<h1>Blog</h1>" + entry("2026-12-20", "newer") + entry(*NEW))
    alone = Internet().has(BLOG, page)
    assert verdict(alone.says(BLOG)) is Verdict.UNKNOWN
    failing = Internet().has(BLOG, page)
    failing.pages[ADDRESS] = Unreachable(ADDRESS, "blog.example has a problem", "Later")
    assert verdict(failing.says(BLOG)) is Verdict.UNKNOWN
    forbidden = Internet().has(BLOG, page).has(ADDRESS, rss(NEW, OLD))
    forbidden.has(f"{SITE}/robots.txt", "User-agent: *\nDisallow: /feed.xml")
    assert verdict(forbidden.says(BLOG)) is Verdict.UNKNOWN
    undated = html(
        ANNOUNCED,
        "<article><h1>Blog</h1><p>December 20, 2026</p>"
        '<h2><a href="/newer">newer</a></h2><h2><a href="/new">new</a></h2></article>',
    )
    themed = Internet({ADDRESS: failing.pages[ADDRESS]}).has(BLOG, undated)
    assert verdict(themed.says(BLOG)) is Verdict.UNKNOWN
    article = page.replace("<head>", '<head><meta property="og:type" content="article">')
    assert verdict(Internet().has(BLOG, article).has(ADDRESS, rss(NEW, OLD)).says(BLOG)) is (
        Verdict.MET
    )


def test_a_post_with_others_beside_it_is_still_one_post() -> None:
    url = f"{SITE}/articles/how-to-read-feeds"
    body = "<main><h1>How to read feeds</h1><p>November 18, 2026</p><p>Slowly.</p></main>"
    page = html(body=f"{body}<aside>{entry('2026-11-18', 'other')}{entry(*OLD)}</aside>")
    page = named("How to read feeds", page)
    assert verdict(Internet().has(url, page).says(url)) is Verdict.MET


def test_posts_of_one_title_are_not_one_post() -> None:
    old = rss(("2026-10-01", "w40")).replace("<title>w40", "<title>Weekly update")
    week = entry("2026-11-18", "w47").replace(">w47<", ">Weekly update<")
    before = entry("2026-10-01", "w40").replace(">w40<", ">Weekly update<")
    internet = Internet().has(f"{SITE}/", html(ANNOUNCED, week + before)).has(ADDRESS, old)
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN


def test_what_a_page_lists_without_a_date_is_looked_at_before_a_feed_is_believed() -> None:
    links = '<h2><a href="/new">new</a></h2><h2><a href="/old">old</a></h2>'
    internet = Internet().has(f"{SITE}/", html(ANNOUNCED, links)).has(ADDRESS, rss(OLD))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNMET
    internet.has(f"{SITE}/new", named("new", post("2026-11-18")))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.MET
    internet.has(f"{SITE}/new", named("new", post("2026-12-18")))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-12-20", "2026-12-10", "2026-09-01"), Verdict.UNMET),
        (("2026-12-10", "2026-12-20", "2026-09-01"), Verdict.UNMET),
        (("2026-01-01", "2026-12-20", "2026-09-01"), Verdict.UNMET),
        (("2026-12-20", "2026-08-01", "2026-12-10", "2026-09-01"), Verdict.UNKNOWN),
        (("2026-12-20", "2026-09-01", "2026-12-10"), Verdict.UNKNOWN),
    ],
    ids=["in order", "nearly in order", "one pinned", "not in order", "ends with a newer one"],
)
def test_a_feed_proves_an_absence_only_in_order(days: tuple[str, ...], expected: Verdict) -> None:
    feed = rss(*((day, f"post-{number}") for number, day in enumerate(days)))
    assert verdict(Internet().has(ADDRESS, feed).says(ADDRESS)) is expected


def test_a_total_is_not_reached_by_repeating_posts() -> None:
    space = 'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    more = "<opensearch:totalResults>4</opensearch:totalResults>"
    more += f'<atom:link rel="next" href="{SITE}/2.xml"/>'

    def page(*posts: tuple[str, str]) -> str:
        return rss(*posts, more=more).replace("<rss ", f"<rss {space} ")

    posts = (("2026-12-20", "one"), ("2026-12-19", "two"))
    internet = Internet().has(ADDRESS, page(*posts)).has(f"{SITE}/2.xml", page(*posts[::-1]))
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN


def test_a_text_that_never_ends_hides_what_is_behind_it() -> None:
    feed = rss(("2026-12-20", "newer"), OLD, NEW)
    swallowed = feed.replace("<title>old</title>", "<title>old</title><description><![CDATA[")
    swallowed = swallowed.replace(f"<link>{SITE}/old</link>", "").replace("<title>old", "<title>o")
    assert verdict(Internet().has(ADDRESS, swallowed).says(ADDRESS)) is not Verdict.UNMET


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [("2020-03-01", f"{SITE}/start-here"), ("2026-11-18", "https://bob.example/news/today")],
)
def test_a_page_that_an_address_leads_on_to_need_not_be_the_post(day: str, leads_to: str) -> None:
    feed = undated(("one", "2026-11-18"), ("two", "2026-10-01"))
    internet = Internet().has(ADDRESS, feed).has(f"{SITE}/two", named("two", post("2026-10-01")))
    internet.has(f"{SITE}/one", post(day), at=leads_to)
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    # It is, if it has the post's title.
    internet.has(f"{SITE}/one", named("one", post("2026-11-18")), at=leads_to)
    assert verdict(internet.says(ADDRESS)) is Verdict.MET


@pytest.mark.parametrize("feed", [rss(("2026-12-20", "newer"), OLD), rss(NEW, OLD)])
def test_a_page_that_says_not_found_says_nothing_of_its_sites_feed(feed: str) -> None:
    page = html(ANNOUNCED, "<h1>Page not found</h1>").replace("Notes", "Page not found")
    url = f"{SITE}/author/alcie"
    assert isinstance(Internet().has(url, page).has(ADDRESS, feed).says(url), Failed)


def test_a_post_whose_own_page_contradicts_its_feed_is_a_doubt() -> None:
    internet = Internet().has(ADDRESS, rss(NEW, OLD))
    assert verdict(internet.says(ADDRESS)) is Verdict.MET
    internet.has(f"{SITE}/new", named("new", post("2024-01-10")))
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    # One moment is two days in two zones.
    internet.has(f"{SITE}/new", html(body="<main><h1>new</h1><p>November 19, 2026</p></main>"))
    assert verdict(internet.says(ADDRESS)) is Verdict.MET


def counted_before(url: str, title: str, at: str) -> dict[str, Claim]:
    return {url: Claim(date(2026, 11, 9), title, at)}


def judged(evidence: Evidence, elsewhere: dict[str, Claim]) -> Verdict:
    return judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, LATER, elsewhere).verdict


def test_an_old_post_under_a_new_address_does_not_count_again() -> None:
    head = f'<link rel="canonical" href="{SITE}/p1">'
    internet = Internet().has(ADDRESS, rss(NEW, OLD))
    internet.has(f"{SITE}/new", named("new", post("2026-11-18", head)))
    before = counted_before(f"{SITE}/p1", "new", "2026-11-10T12:00:00+00:00")
    assert judged(internet.says(ADDRESS), {}) is Verdict.MET
    assert judged(internet.says(ADDRESS), before) is Verdict.UNMET


def test_another_post_at_a_shared_address_is_not_taken_for_the_one_that_counted() -> None:
    feed = rss(NEW, ("2026-11-10", "old"), OLD).replace(f"{SITE}/new", f"{SITE}/journal")
    feed = feed.replace(f"{SITE}/old", f"{SITE}/journal").replace("<title>new", "<title>old")
    before = counted_before(f"{SITE}/journal", "old", "2026-11-10T12:00:00+00:00")
    assert judged(Internet().has(ADDRESS, feed).says(ADDRESS), before) is Verdict.UNKNOWN


def test_a_head_that_all_pages_of_a_site_share_makes_no_two_posts_one() -> None:
    head = f'<link rel="canonical" href="{SITE}/">'
    evidence = Internet().has(POST, post("2026-11-18", head)).says(POST)
    before = counted_before(f"{SITE}/2026/11/earlier", "Notes", "2026-11-10T12:00:00+00:00")
    assert judged(evidence, before) is Verdict.MET


@pytest.mark.parametrize(
    "canonical", ["http://localhost:4000/2026/11/x", "https://bob.example/parsers"]
)
def test_evidence_is_the_address_that_was_asked(canonical: str) -> None:
    head = f'<link rel="canonical" href="{canonical}">'
    internet = Internet().has(
        POST, post("2026-11-18", head), at="https://cdn.example/x?Signature=SECRET"
    )
    evidence = internet.says(POST)
    finding = judge(Requirement(RequirementId.BLOG, 1), (evidence,), WEEK, LATER)
    assert [counted.url for counted in finding.evidence] == [POST]


def test_a_feed_and_the_posts_own_address_that_contradict_each_other_are_a_doubt() -> None:
    internet = Internet().has(ADDRESS, rss(NEW, OLD))
    address = f"{SITE}/new"
    feed = internet.says(ADDRESS)
    page = internet.has(address, post("2024-01-10")).says(address)
    for evidence in ((feed, page), (page, feed)):
        assert judge(Requirement(RequirementId.BLOG, 1), evidence, WEEK, LATER).verdict is (
            Verdict.UNKNOWN
        )


def test_a_feed_of_somebody_elses_is_not_the_sites() -> None:
    theirs = rss(NEW, OLD).replace(SITE, "https://theme.example")
    link = '<a type="application/rss+xml" href="https://theme.example/feed.xml">Theme</a>'
    internet = (
        Internet().has(f"{SITE}/", html("", link)).has("https://theme.example/feed.xml", theirs)
    )
    assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN
    # A service that hands out the site's own posts is believed.
    internet.has("https://theme.example/feed.xml", rss(NEW, OLD))
    assert verdict(internet.says(f"{SITE}/")) is Verdict.MET


def test_a_feed_that_was_guessed_at_is_of_the_folder_that_was_named() -> None:
    home = f"{SITE}/~alice/"
    everybodys = rss(NEW, OLD)
    internet = Internet().has(home, html()).has(f"{SITE}/index.xml", everybodys)
    assert verdict(internet.says(home)) is Verdict.UNKNOWN
    internet.has(f"{SITE}/index.xml", everybodys.replace(f"{SITE}/", home))
    assert verdict(internet.says(home)) is Verdict.MET


@pytest.mark.parametrize(
    "feed",
    [
        rss(NEW, OLD).replace("<title>Notes", "<title>Comments on: Big post"),
        rss(NEW, OLD).replace(f"{SITE}/new", f"{SITE}/big-post#comment-7"),
        rss(NEW, OLD, more="<link>https://github.com/alice</link>"),
        rss(NEW, OLD).replace(SITE, "https://github.com/alice"),
    ],
    ids=["comments by title", "comments by address", "a feed of GitHub's", "links to GitHub"],
)
def test_comments_and_activity_are_in_doubt(feed: str) -> None:
    assert verdict(Internet().has(ADDRESS, feed).says(ADDRESS)) is Verdict.UNKNOWN


def test_a_page_does_not_make_anothers_post_ones_own() -> None:
    def by(name: str, author: str) -> str:
        return f"<title>{name}</title><author>x@blog.example ({author})</author>"

    feed = rss(NEW, OLD).replace("<title>new</title>", by("new", "Bob"))
    feed = feed.replace("<title>old</title>", by("old", "Alice Doe"))
    said = {"@type": "BlogPosting", "url": f"{SITE}/new", "datePublished": "2026-11-18T12:00:00Z"}
    said["author"] = "Bob"
    data = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    page = named("new", post("2026-11-18", data))
    internet = Internet().has(ADDRESS, feed).has(f"{SITE}/new", page)
    evidence = (internet.says(ADDRESS), internet.says(f"{SITE}/new"))
    hers = Requirement(RequirementId.BLOG, 1, author="Alice Doe")
    assert judge(hers, evidence, WEEK, LATER).verdict is Verdict.UNMET


@pytest.mark.parametrize("name", ["Alice", "Alicé Dõe", "A. Doe"])
def test_a_name_that_may_be_the_students_is_a_doubt(name: str) -> None:
    feed = rss(NEW, OLD).replace(
        "<title>new</title>", f"<title>new</title><author>x@blog.example ({name})</author>"
    )
    feed = feed.replace(
        "<title>old</title>", "<title>old</title><author>x@blog.example (Bob)</author>"
    )
    assert verdict(Internet().has(ADDRESS, feed).says(ADDRESS), author="Alice Doe") is (
        Verdict.UNKNOWN
    )


def test_a_list_that_its_post_does_not_confirm_is_a_doubt() -> None:
    page = html("", entry(*NEW) + entry(*OLD))
    for answer in (
        Page(f"{SITE}/new", html("", "<p>About</p>").encode(), ""),
        Unreachable(f"{SITE}/new", "blog.example refuses (403)", "Later", 403),
    ):
        internet = Internet({f"{SITE}/new": answer}).has(f"{SITE}/", page)
        assert verdict(internet.says(f"{SITE}/")) is Verdict.UNKNOWN


def test_the_author_that_a_posts_page_names_is_believed_where_its_feed_names_none() -> None:
    def by(name: str, author: str, day: str) -> str:
        said = {"@type": "BlogPosting", "url": f"{SITE}/{name}", "datePublished": day}
        said["author"] = author
        data = f'<script type="application/ld+json">{json.dumps(said)}</script>'
        return html(data, f"<h1>{name}</h1><p>What I learned.</p>")

    feed = undated(("one", "2026-11-18"), ("two", "2026-11-17"), ("three", "2026-10-01"))
    internet = Internet().has(ADDRESS, feed)
    internet.has(f"{SITE}/one", by("one", "Bob", "2026-11-18"))
    internet.has(f"{SITE}/two", by("two", "Alice Doe", "2026-10-02"))
    assert verdict(internet.says(ADDRESS)) is Verdict.UNKNOWN
    assert (
        "several authors"
        in judge(Requirement(RequirementId.BLOG, 1), (internet.says(ADDRESS),), WEEK, LATER).reason
    )


def test_a_post_that_a_feed_has_by_its_number_is_not_counted_again_by_its_name() -> None:
    feed = rss(NEW, OLD).replace(f"{SITE}/new", f"{SITE}/?p=12")
    page = named("new", post("2026-11-18", f'<link rel="canonical" href="{SITE}/new">'))
    listed = entry(*NEW).replace(">new<", ">Read all about it<") + entry(*OLD)
    internet = Internet().has(f"{SITE}/", html(ANNOUNCED, listed)).has(ADDRESS, feed)
    internet.has(f"{SITE}/?p=12", page).has(f"{SITE}/new", page)
    evidence = internet.says(f"{SITE}/")
    assert judge(Requirement(RequirementId.BLOG, 2), (evidence,), WEEK, LATER).count == 1


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        (Page(f"{SITE}/robots.txt", b"User-agent: *\nDisallow: /new", ""), False),
        (Page(f"{SITE}/robots.txt", b"User-agent: *\nDisallow: /private", ""), True),
        (Absent(f"{SITE}/robots.txt", 404), True),
        (Unreachable(f"{SITE}/robots.txt", "refuses", "", 403), True),
        (Unreachable(f"{SITE}/robots.txt", "asks to slow down", "", 429), False),
        (Unreachable(f"{SITE}/robots.txt", "has a problem", "", 503), False),
        (Unreachable(f"{SITE}/robots.txt", "did not answer", ""), False),
    ],
)
def test_a_posts_page_is_asked_for_only_where_robots_may_look(
    robots: FetchResult, asked: bool
) -> None:
    internet = Internet({f"{SITE}/robots.txt": robots}).has(ADDRESS, rss(NEW, OLD))
    web = Web(internet)
    seen = look(ADDRESS, WEEK, web)
    advise(seen, WEEK, Writer(None, (), Track.SOFTWARE_ENGINEERING, (SITE,)), web)
    assert (f"{SITE}/new" in internet.asked) is asked


# --- a single post -----------------------------------------------------------------------------


def post(day: str, more: str = "") -> str:
    meta = f'<meta property="article:published_time" content="{day}T12:00:00Z">'
    kind = '<meta property="og:type" content="article">'
    return html(meta + kind + more, "<article><h1>Notes</h1><p>What I learned.</p></article>")


POST = f"{SITE}/2026/11/what-i-learned"


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-18", Verdict.MET), ("2026-10-01", Verdict.UNMET)]
)
def test_a_single_post_is_in_the_week_or_is_not(day: str, expected: Verdict) -> None:
    evidence = Internet().has(POST, post(day)).says(POST)
    assert isinstance(evidence, Found)
    assert (evidence.source, verdict(evidence)) == ("page", expected)


def test_witnesses_that_disagree_across_the_edge_of_the_week_are_a_doubt() -> None:
    said = {"@type": "BlogPosting", "url": POST, "datePublished": "2026-11-10T12:00:00Z"}
    data = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    assert verdict(Internet().has(POST, post("2026-11-18", data)).says(POST)) is Verdict.UNKNOWN
    assert verdict(Internet().has(POST, post("2026-11-11", data)).says(POST)) is Verdict.UNMET


def test_the_address_of_a_post_can_contradict_its_byline() -> None:
    url = f"{SITE}/2014/03/02/notes"
    page = html(body="<main><h1>Notes</h1><p>November 17, 2026</p><p>What I learned.</p></main>")
    assert verdict(Internet().has(url, page).says(url)) is Verdict.UNKNOWN
    same = f"{SITE}/2026/11/17/notes"
    assert verdict(Internet().has(same, page).says(same)) is Verdict.MET


def test_a_post_without_a_date_is_unknown() -> None:
    page = html('<meta property="og:type" content="article">', "<article><h1>Notes</h1></article>")
    assert verdict(Internet().has(POST, page).says(POST)) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("url", "page", "said"),
    [
        (
            "https://www.linkedin.com/authwall?x",
            html("", '<form action="/uas/login"><input type="password"></form>'),
            "linkedin.com/pulse",
        ),
        (
            "https://www.facebook.com/alice/posts/1",
            html("", '<form action="/login/"><input type="password"></form>'),
            "Facebook",
        ),
        (
            SITE + "/p",
            "<html><head><title>Just a moment...</title></head><body></body></html>",
            "robots",
        ),
        (
            SITE + "/p",
            html("", "<h1>Page not found</h1>").replace("Notes", "Page not found"),
            "no such page",
        ),
        (
            SITE + "/p",
            html(
                "<script src=x></script>",
                "<noscript>Enable JavaScript</noscript><div id=root></div>",
            ),
            "JavaScript",
        ),
    ],
)
def test_a_wall_is_told_with_a_way_out(url: str, page: str, said: str) -> None:
    evidence = Internet().has(url, page).says(url)
    assert isinstance(evidence, Failed)
    assert said in f"{evidence.reason}. {evidence.hint}"
    assert verdict(evidence) is Verdict.UNKNOWN


def test_a_post_about_a_wall_is_none() -> None:
    words = "<p>" + "How to pass the check 'Just a moment' and a login page. " * 40 + "</p>"
    page = html(
        '<meta property="article:published_time" content="2026-11-18T12:00:00Z">',
        f"<article><h1>Just a moment: are you a robot?</h1>{words}</article>",
    )
    assert verdict(Internet().has(POST, page).says(POST)) is Verdict.MET


# --- whatever is sent ----------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200), st.integers(0, 400))
def test_a_page_with_anything_in_it_makes_no_absence(noise: str, at: int) -> None:
    page = post("2026-11-18")
    # Within the date it would be another date.
    start, end = page.index("2026-11-18"), page.index("Z")
    at = at if not start < at <= end else end + 1
    broken = page[:at] + noise + page[at:]
    assert verdict(Internet().has(POST, broken).says(POST)) in {Verdict.MET, Verdict.UNKNOWN}


def test_a_page_of_many_open_tags_is_read_in_bounded_time() -> None:
    page = html("", "<div>" * 20_000 + "<a href=/x>" * 5_000)
    assert verdict(Internet().has(SITE, page).says(SITE)) is Verdict.UNKNOWN


def test_each_address_is_asked_once_however_many_weeks_are_looked_at() -> None:
    internet = site(rss(NEW, OLD), NEW, OLD)
    web = Web(FetchOnce(internet))
    for weeks in range(4):
        week = week_of(WEEK.first - timedelta(weeks=weeks), WeekStart.MONDAY, WEEK.zone)
        look(f"{SITE}/", week, web)
    assert len(internet.asked) == len(set(internet.asked))
