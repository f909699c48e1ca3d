"""The platforms that are known, one entry each.

To add one: a function that recognises it, one that says where its feeds are and one for the pages
that list posts; an entry here; and a folder of its own in ``tests/data/blog/discovery``, which a
test asks for. An entry is asked after those above it, so what can be mistaken stands further down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery import own_hosts as own
from csc_verify.sources.blog.discovery import shared_hosts as shared
from csc_verify.sources.blog.discovery import videos

if TYPE_CHECKING:
    from collections.abc import Callable

    from csc_verify.sources.blog.discovery.visits import Visit


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a platform can't be asked.

    Attributes:
        reason: One sentence without its full stop.
        way_out: What to do, likewise.
    """

    reason: str
    way_out: str


def _nowhere(_: Visit) -> tuple[str, ...]:
    return ()


def _at(*hosts: str) -> Callable[[Visit], bool]:
    """Whether an address is of one of these hosts or below it."""
    return lambda visit: visit.at.host in hosts or bool(visit.at.below(*hosts))


def _exactly_at(*hosts: str) -> Callable[[Visit], bool]:
    return lambda visit: visit.at.is_at(*hosts)


def _always(_: Visit) -> bool:
    return True


def _never(_: Visit) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform, program or builder.

    Attributes:
        key: A short name for files.
        name: As people call it.
        recognises: Whether an address, or its page, is of this platform.
        feeds: Where the feeds of that address are, the likeliest first.
        pages: Which pages list the posts.
        is_shared: Whether many authors share the host. Then what its pages announce may be
            everybody's, and only ``feeds`` are the author's.
        closed: Why it can't be asked, if it can't.
        is_up_to_owner: Whether there need be no feed, or it may lie elsewhere.
    """

    key: str
    name: str
    recognises: Callable[[Visit], bool]
    feeds: Callable[[Visit], tuple[str, ...]]
    pages: Callable[[Visit], tuple[str, ...]] = own.home
    is_shared: Callable[[Visit], bool] = _never
    closed: Closed | None = None
    is_up_to_owner: bool = False


_NOT_LINKEDIN = Closed(
    "LinkedIn has no feeds, and shows most posts only to people who are logged in",
    "Put the address of each public article (linkedin.com/pulse/…) into blog.urls, or publish"
    " your posts on a blog too",
)
_NOT_FACEBOOK = Closed(
    "Facebook has no feeds, and shows posts only to people who are logged in",
    "Publish your posts at a public address too, and put that address into blog.urls",
)

PLATFORMS = (
    Platform(
        "linkedin",
        "LinkedIn",
        _at("linkedin.com", "lnkd.in"),
        _nowhere,
        _nowhere,
        _always,
        _NOT_LINKEDIN,
    ),
    Platform(
        "facebook",
        "Facebook",
        _at("facebook.com", "fb.com", "fb.me", "fb.watch"),
        _nowhere,
        _nowhere,
        _always,
        _NOT_FACEBOOK,
    ),
    Platform(
        "youtube",
        "YouTube",
        videos.on_youtube,
        videos.youtube_feeds,
        videos.youtube_pages,
        _always,
    ),
    Platform("vimeo", "Vimeo", videos.on_vimeo, videos.vimeo_feeds, videos.vimeo_pages, _always),
    Platform(
        "medium",
        "Medium",
        shared.on_medium,
        shared.medium_feeds,
        shared.medium_pages,
        _exactly_at("medium.com"),
    ),
    Platform(
        "devto",
        "DEV (Forem)",
        shared.on_forem,
        shared.forem_feeds,
        shared.forem_pages,
        _always,
    ),
    Platform(
        "hashnode",
        "Hashnode",
        shared.on_hashnode,
        shared.hashnode_feeds,
    ),
    Platform(
        "substack",
        "Substack",
        shared.on_substack,
        shared.substack_feeds,
        shared.substack_pages,
        _exactly_at("substack.com", "open.substack.com"),
    ),
    Platform(
        "tumblr",
        "Tumblr",
        shared.on_tumblr,
        shared.tumblr_feeds,
        shared.tumblr_pages,
        _exactly_at("tumblr.com"),
    ),
    Platform(
        "writeas",
        "Write.as",
        shared.on_write_as,
        shared.write_as_feeds,
        shared.write_as_pages,
        _exactly_at("write.as"),
    ),
    Platform(
        "mastodon",
        "Mastodon",
        shared.on_mastodon,
        shared.mastodon_feeds,
        shared.mastodon_pages,
        _always,
    ),
    Platform("bearblog", "Bear Blog", own.on_bear, own.bear_feeds, own.bear_pages),
    Platform("blogger", "Blogger", own.on_blogger, own.blogger_feeds),
    Platform("wordpress", "WordPress", own.on_wordpress, own.wordpress_feeds, own.wordpress_pages),
    Platform("ghost", "Ghost", own.on_ghost, own.ghost_feeds),
    Platform("wix", "Wix", own.on_wix, own.wix_feeds, own.wix_pages),
    Platform(
        "squarespace",
        "Squarespace",
        own.on_squarespace,
        own.squarespace_feeds,
        own.squarespace_pages,
    ),
    Platform("hugo", "Hugo", own.on_hugo, own.hugo_feeds, is_up_to_owner=True),
    Platform("gatsby", "Gatsby", own.on_gatsby, own.gatsby_feeds, is_up_to_owner=True),
    Platform("next", "Next.js", own.on_next, own.next_feeds, is_up_to_owner=True),
    Platform(
        "jekyll", "Jekyll or GitHub Pages", own.on_jekyll, own.jekyll_feeds, is_up_to_owner=True
    ),
)
"""In the order in which they are asked."""


def platform_of(visit: Visit) -> Platform | None:
    """The platform that an address is of; None if it is none that is known."""
    return next((one for one in PLATFORMS if one.recognises(visit)), None)
