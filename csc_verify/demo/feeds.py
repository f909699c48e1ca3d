"""Feeds and pages of the embedded blog host, written out as common generators write them."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from csc_verify.demo.student import AtomFeed, RssFeed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.demo.student import Post


def rss(feed: RssFeed, posts: Sequence[Post], url: str) -> str:
    """An RSS 2.0 document of these posts; ``url`` is the blog host's address."""
    items = "\n".join(_rss_item(post, url) for post in posts)
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{escape(feed.title)}</title>
<link>{url}{home(feed)}</link>
<description>Notes by {escape(feed.title)}</description>
{items}
</channel>
</rss>
"""


def _rss_item(post: Post, url: str) -> str:
    author = f"\n<dc:creator>{escape(post.author)}</dc:creator>" if post.author else ""
    return f"""\
<item>
<title>{escape(post.title)}</title>
<link>{url}{post.path}</link>
<guid isPermaLink="true">{url}{post.path}</guid>{author}
<pubDate>{format_datetime(post.at)}</pubDate>
<description>{escape(post.text)}</description>
</item>"""


def atom(feed: AtomFeed, posts: Sequence[Post], url: str) -> str:
    """An Atom document of these posts; ``url`` is the blog host's address."""
    entries = "\n".join(_atom_entry(post, url) for post in posts)
    newest = max((post.at for post in posts), default=None)
    updated = newest.isoformat() if newest else "1970-01-01T00:00:00Z"
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>{escape(feed.title)}</title>
<id>{url}{home(feed)}</id>
<link rel="alternate" type="text/html" href="{url}{home(feed)}"/>
<link rel="self" type="application/atom+xml" href="{url}{feed.path}"/>
<updated>{updated}</updated>
{entries}
</feed>
"""


def _atom_entry(post: Post, url: str) -> str:
    author = f"\n<author><name>{escape(post.author)}</name></author>" if post.author else ""
    moment = post.at.isoformat()
    return f"""\
<entry>
<title>{escape(post.title)}</title>
<id>{url}{post.path}</id>
<link rel="alternate" type="text/html" href="{url}{post.path}"/>{author}
<published>{moment}</published>
<updated>{moment}</updated>
<summary>{escape(post.text)}</summary>
</entry>"""


def home(feed: RssFeed | AtomFeed) -> str:
    """The path of the page that a feed belongs to: the feed's folder."""
    return feed.path.rpartition("/")[0] + "/"


def home_page(feed: RssFeed | AtomFeed, posts: Sequence[Post]) -> str:
    """A blog's front page, which announces its feed."""
    kind = "atom" if isinstance(feed, AtomFeed) else "rss"
    link = (
        f'<link rel="alternate" type="application/{kind}+xml" '
        f'title="{escape(feed.title)}" href="{feed.path}">'
    )
    items = "".join(f'<li><a href="{p.path}">{escape(p.title)}</a></li>' for p in posts)
    return page(feed.title, f"<ul>{items}</ul>", link)


def post_page(post: Post) -> str:
    """A post's own page."""
    moment = post.at.isoformat()
    time = f'<time datetime="{moment}">{post.at:%d %B %Y}</time>'
    return page(post.title, f"<article>{time}<p>{escape(post.text)}</p></article>")


def page(title: str, body: str, head: str = "") -> str:
    """An HTML page."""
    title = escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><h1>{title}</h1>{body}</body></html>\n"
    )
