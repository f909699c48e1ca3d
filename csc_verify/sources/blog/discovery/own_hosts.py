"""Programs and builders that people have on hosts of their own, or on one host for each blog.

[doc] documented, [source] read in the program's source, [practice] seen to be relied on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.places import same_site

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.visits import Visit

# blogspot.com, blogspot.de, blogspot.co.uk, blogspot.com.br
_BLOGSPOT = re.compile(r"\.blogspot\.(?:com?\.)?[a-z]{2,3}$")
_ARCHIVES = frozenset(("author", "category", "tag"))
_SQUARESPACES_OWN = frozenset(
    ("account", "api", "cart", "checkout", "commerce", "config", "search", "static", "universal")
)


def on_wordpress(visit: Visit) -> bool:
    """By the host; by the generator; by WordPress's own folders and its interface [doc]."""
    return (
        bool(visit.at.below("wordpress.com"))
        or (visit.page is not None and visit.page.is_wordpress)
        or visit.uses_own("/wp-content/", "/wp-includes/")
    )


def wordpress_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed/`` of an archive that is asked for, then of the blog; ``?feed=rss2`` [doc]."""
    home, at = wordpress_home(visit), visit.at
    feeds = [f"{home}/feed/", f"{home}/?feed=rss2"]
    if len(at.segments) > 1 and at.segments[-2] in _ARCHIVES:
        feeds.insert(0, at.at("/" + "/".join((*at.segments, "feed", ""))))
    return tuple(feeds)


def wordpress_pages(visit: Visit) -> tuple[str, ...]:
    """The blog's home; the list of posts may be another page, which only its owner knows."""
    return (f"{wordpress_home(visit)}/",)


def wordpress_home(visit: Visit) -> str:
    """Where WordPress is installed, without a slash at the end.

    Its interface lies below it, in ``/wp-json/`` or ``?rest_route=`` [doc: rest_url()]; so do
    ``xmlrpc.php`` and the folder of its themes, unless the owner moved them.
    """
    for address, mark in (
        (visit.linked("https://api.w.org/"), "/wp-json"),
        (visit.linked("https://api.w.org/"), "/?rest_route="),
        (visit.linked("edituri"), "/xmlrpc.php"),
        (visit.linked("pingback"), "/xmlrpc.php"),
    ):
        before, found, _ = address.partition(mark)
        before = before.removesuffix("/index.php")
        if found and same_site(before + "/", visit.at.url):
            return before
    return visit.own_asset("/wp-content/") or visit.own_asset("/wp-includes/") or visit.at.origin


def on_blogger(visit: Visit) -> bool:
    """By the host, or by the generator that every template writes [practice]."""
    return bool(_BLOGSPOT.search(visit.at.host)) or visit.made_by("blogger")


def blogger_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feeds/posts/default``, ``/-/label`` behind it, ``?alt=rss`` [doc]."""
    feed = visit.at.at("/feeds/posts/default")
    match visit.at.segments:
        case ("search", "label", label, *_):
            return (f"{feed}/-/{label}", feed, f"{feed}?alt=rss")
        case _:
            return (feed, f"{feed}?alt=rss")


def on_ghost(visit: Visit) -> bool:
    """By the host, or by the generator [practice]."""
    return bool(visit.at.below("ghost.io")) or visit.made_by("ghost")


def ghost_feeds(visit: Visit) -> tuple[str, ...]:
    """``/rss/``, also of an author or a tag [practice]; Ghost may lie in a folder."""
    at = visit.at
    match at.segments:
        case (("author" | "tag") as kind, name):
            return (at.at(f"/{kind}/{name}/rss/"), at.at("/rss/"))
        case (folder,) if not visit.is_post:
            return (at.at("/rss/"), at.at(f"/{folder}/rss/"))
        case _:
            return (at.at("/rss/"),)


def on_hugo(visit: Visit) -> bool:
    """By the generator, which themes write on the home page at least [practice]."""
    return visit.made_by("hugo")


def hugo_feeds(visit: Visit) -> tuple[str, ...]:
    """``/index.xml`` of the whole, and of each section [doc].

    A list is a section, and its own feed comes first; a post lies in one.
    """
    at = visit.at
    whole = at.at("/index.xml")
    if not at.segments:
        return (whole,)
    if visit.is_post or len(at.segments) > 1:
        return (whole, at.at("/" + "/".join((*at.segments[:-1], "index.xml"))))
    return (at.at(f"/{at.first}/index.xml"), whole)


def on_gatsby(visit: Visit) -> bool:
    """By the generator, or the element that it fills [practice]."""
    return visit.made_by("gatsby") or visit.has_id("___gatsby")


def gatsby_feeds(visit: Visit) -> tuple[str, ...]:
    """``/rss.xml`` is gatsby-plugin-feed's example [doc], ``/feed.xml`` is seen too [practice]."""
    return (visit.at.at("/rss.xml"), visit.at.at("/feed.xml"))


def on_next(visit: Visit) -> bool:
    """By the folder of its scripts, or the element that it fills [practice]."""
    return visit.has_id("__next") or visit.uses_own("/_next/static/")


def next_feeds(visit: Visit) -> tuple[str, ...]:
    """Next has no feeds; these are what people name theirs [practice]."""
    return tuple(visit.at.at(path) for path in ("/rss.xml", "/feed.xml", "/feed"))


def on_jekyll(visit: Visit) -> bool:
    """By the generator [doc]; GitHub Pages builds with Jekyll unless told otherwise [doc]."""
    is_hosted = bool(visit.at.below("github.io"))
    return visit.made_by("jekyll") or (is_hosted and not (visit.page and visit.page.generators))


def jekyll_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed.xml`` [doc: jekyll-feed], ``/atom.xml`` before it existed [practice].

    A project's pages lie in a folder of its name, one's own at the root. What pages on GitHub were
    made with has to be seen first: they may come from any program.
    """
    at = visit.at
    if visit.page is None:
        return ()
    feeds = [at.at("/feed.xml"), at.at("/atom.xml")]
    if at.below("github.io") and len(at.segments) > visit.is_post and "." not in at.first:
        # A list is likelier to be a project's than a post is.
        feeds.insert(1 if visit.is_post else 0, at.at(f"/{at.first}/feed.xml"))
    return tuple(feeds)


def on_wix(visit: Visit) -> bool:
    """By the host, the generator, or the host of its files [practice]."""
    return (
        bool(visit.at.below("wixsite.com"))
        or visit.made_by("wix.com")
        or visit.uses("//static.parastorage.com/")
    )


def wix_feeds(visit: Visit) -> tuple[str, ...]:
    """``/blog-feed.xml``; a free site lies in a folder of its host [practice]."""
    return (f"{_wix(visit)}/blog-feed.xml",)


def wix_pages(visit: Visit) -> tuple[str, ...]:
    """The page that the builder names ``/blog`` unless its owner renames it [practice]."""
    return (f"{_wix(visit)}/blog",)


def _wix(visit: Visit) -> str:
    is_free = bool(visit.at.below("wixsite.com")) and visit.at.first
    return visit.at.at(f"/{visit.at.first}") if is_free else visit.at.origin


def on_squarespace(visit: Visit) -> bool:
    """By the host of its files [practice]."""
    return bool(visit.at.below("squarespace.com")) or visit.uses(
        "//static1.squarespace.com/", "//assets.squarespace.com/"
    )


def squarespace_feeds(visit: Visit) -> tuple[str, ...]:
    """``/collection?format=rss`` [doc]; the home page has none, and many call theirs ``blog``."""
    name = visit.at.first
    collection = name if name and name not in _SQUARESPACES_OWN else "blog"
    return (visit.at.at(f"/{collection}?format=rss"),)


def squarespace_pages(visit: Visit) -> tuple[str, ...]:
    """The collection."""
    return tuple(feed.removesuffix("?format=rss") for feed in squarespace_feeds(visit))


def on_bear(visit: Visit) -> bool:
    """By the host; custom domains by the link to it at the foot of the page [practice]."""
    if visit.at.below("bearblog.dev"):
        return True
    anchors = visit.page.anchors if visit.page else ()
    return any(link.url.rstrip("/") == "https://bearblog.dev" for link in anchors)


def bear_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed/`` (Atom), ``/feed/?type=rss`` [practice]."""
    return (visit.at.at("/feed/"), visit.at.at("/feed/?type=rss"))


def bear_pages(visit: Visit) -> tuple[str, ...]:
    """``/blog/`` lists all posts [practice]; the home page is what its owner writes."""
    return (visit.at.at("/blog/"),)


def home(visit: Visit) -> tuple[str, ...]:
    """The host's home page: where most blogs list their posts."""
    return (visit.at.at("/"),)
