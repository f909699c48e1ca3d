"""The embedded blog host: every student's feed and pages, and addresses that misbehave.

======================  ==========================================================================
path                    answers
======================  ==========================================================================
a feed's path           the feed with its posts so far; ``ETag`` and ``Last-Modified``, hence 304
a feed's folder         a page that announces the feed
a post's path           the post
a page's path           the page
``/status/NNN``         that status, without a feed
``/redirect/PATH``      302 to ``/PATH``
``/loop``               302 to itself
``/drip``               a byte every fifth of a second
``/silent``             nothing, with the connection held open
``/not-a-feed``         a page that announces no feed
anything else           404
======================  ==========================================================================
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.demo import feeds
from csc_verify.demo.faults import Drip, Fault, Silence
from csc_verify.demo.loopback import Answer, LoopbackServer, Request
from csc_verify.demo.student import AtomFeed, PlainPage, RefusedFeed, RssFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from csc_verify.demo.faults import Faults
    from csc_verify.demo.loopback import Recorder
    from csc_verify.demo.student import Blog, Post

_HTML: Final = (("Content-Type", "text/html; charset=utf-8"),)
_FOR_EVER: Final = 2**31


class BlogServer:
    """A blog host on loopback.

    Args:
        blogs: What it serves.
        clock: The world's time; posts of the future aren't shown.
        recorder: Where requests are recorded.
    """

    def __init__(
        self, blogs: Iterable[Blog], clock: Callable[[], datetime], recorder: Recorder
    ) -> None:
        self._blogs = {blog.path: blog for blog in blogs}
        self._clock = clock
        self._http = LoopbackServer("blog", self._respond, recorder)
        self.faults.add(Fault("/drip", Drip(), _FOR_EVER))
        self.faults.add(Fault("/silent", Silence(), _FOR_EVER))

    @property
    def url(self) -> str:
        """The host's address, without a slash at the end."""
        return self._http.url

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self._http.faults

    def close(self) -> None:
        """Stops serving."""
        self._http.close()

    def _respond(self, request: Request) -> Answer:
        match request.path.strip("/").split("/"):
            case ["status", code] if code.isdigit():
                return Answer(int(code), feeds.page(f"Error {code}", "").encode(), _HTML)
            case ["redirect", *path]:
                return Answer(302, headers=(("Location", f"/{'/'.join(path)}"),))
            case ["loop"]:
                return Answer(302, headers=(("Location", "/loop"),))
            case ["drip"] | ["silent"] | ["not-a-feed"]:
                return _page("Nothing to see", "<p>No feed, no posts.</p>")
            case _:
                return self._content(request)

    def _content(self, request: Request) -> Answer:
        match self._blogs.get(request.path):
            case RefusedFeed(status=status):
                return Answer(status, feeds.page("Are you a robot?", "").encode(), _HTML)
            case PlainPage(title=title, body=body):
                return _page(title, body)
            case RssFeed() | AtomFeed() as feed:
                return _conditional(request, self._feed(feed))
            case None:
                return self._page(request.path)
            case never:
                assert_never(never)

    def _feed(self, feed: RssFeed | AtomFeed) -> Answer:
        posts = self._published(feed)
        match feed:
            case RssFeed():
                kind, text = "rss", feeds.rss(feed, posts, self.url)
            case AtomFeed():
                kind, text = "atom", feeds.atom(feed, posts, self.url)
            case never:
                assert_never(never)
        body = text.encode()
        headers = [
            ("Content-Type", f"application/{kind}+xml; charset=utf-8"),
            ("ETag", f'"{hashlib.sha256(body).hexdigest()[:32]}"'),
        ]
        if posts:
            newest = format_datetime(posts[0].at.astimezone(self._clock().tzinfo), usegmt=True)
            headers.append(("Last-Modified", newest))
        return Answer(200, body, tuple(headers))

    def _page(self, path: str) -> Answer:
        for feed in self._blogs.values():
            if isinstance(feed, (RefusedFeed, PlainPage)):
                continue
            posts = self._published(feed)
            if path in {feeds.home(feed), feeds.home(feed).rstrip("/")}:
                return Answer(200, feeds.home_page(feed, posts).encode(), _HTML)
            for post in posts:
                if post.path == path:
                    return Answer(200, feeds.post_page(post).encode(), _HTML)
        return replace(_page("Not found", ""), status=404)

    def _published(self, feed: RssFeed | AtomFeed) -> list[Post]:
        so_far = [post for post in feed.posts if (post.shown or post.at) <= self._clock()]
        return sorted(so_far, key=lambda post: post.at, reverse=True)


def _page(title: str, body: str) -> Answer:
    return Answer(200, feeds.page(title, body).encode(), _HTML)


def _conditional(request: Request, answer: Answer) -> Answer:
    headers = dict(answer.headers)
    known = request.header("if-none-match")
    if known is None:
        since = request.header("if-modified-since")
        unchanged = since is not None and since == headers.get("Last-Modified")
    else:
        unchanged = known == headers["ETag"]
    return Answer(304, headers=answer.headers[1:]) if unchanged else answer
