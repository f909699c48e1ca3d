"""Which feeds are about comments, or about one post alone.

Two pages in three that announce a feed also announce one with the comments, and some list it
first. A student's post is never in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from csc_verify.sources.blog.discovery.feed_addresses import section
from csc_verify.sources.blog.discovery.places import place
from csc_verify.sources.blog.discovery.posts import is_single_post

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.markup import Link, Markup
    from csc_verify.sources.blog.discovery.places import Place

# "Comments" as blogs' programs are translated, by the beginnings of the word: English, French and
# Italian; Spanish, Portuguese, Catalan and Romanian; German and Scandinavian; Finnish; Estonian;
# Slavic and Baltic in both scripts; Dutch; Turkish; Hungarian; Greek; Hebrew; Arabic; Vietnamese;
# Japanese; Chinese; Korean.
_WORDS = (
    r"(?:\b(?:comment|coment|komment|kommenta|koment|комент|коммент|reacties|yorum|hozzászól|σχόλι"
    r"|σχολί|תגובות|bình luận)|تعليق|コメント|评论|評論|留言|댓글)"
)
_COMMENTS = re.compile(_WORDS, re.IGNORECASE)
_COMMENTS_ON = re.compile(rf"{_WORDS}\w*\s\w{{1,5}}$", re.IGNORECASE)
_SEGMENT = re.compile(
    r"^(?:all-|latest-|recent-)?(?:comments?|kommentare?|commentaires?|comentarios|comentários"
    r"|commenti|reacties|kommentarer)(?:[-_.](?:feed|rss\d?|atom|xml|json|rdf|php))*$",
    re.IGNORECASE,
)
# WordPress, get_post_comments_feed_link(): without permalinks a post's comments are asked for so.
_POST_PARAMETERS = ("p", "page_id", "attachment_id", "withcomments")
_PARTS = re.compile(r"\s[-\u2013\u2014]\s|[»«|:/\u203a\u2039\u2192]|&raquo;")


def is_about_comments(link: Link, page: Markup, url: str) -> bool:
    """Whether a feed that a page announces holds comments instead of posts.

    Args:
        link: The feed.
        page: What announces it.
        url: The page's address.
    """
    at, here = place(link.url), place(url)
    if at is None or here is None:
        return False
    return (
        _address_says_so(at, here)
        or _title_says_so(link.title, page)
        or (_is_certainly_a_post(page, url) and _lies_below(at, page, here))
    )


def may_be_about_comments(link: Link, page: Markup, url: str) -> bool:
    """Whether a feed that a page merely links to may hold comments.

    It has no title to tell by. Below a page of WordPress or a post it is taken for one of comments.

    Args:
        link: The feed.
        page: What links to it.
        url: The page's address.
    """
    at, here = place(link.url), place(url)
    if at is None or here is None or page.is_list():
        return False
    return (page.is_wordpress or page.is_post(url)) and _lies_below(at, page, here)


def _is_certainly_a_post(page: Markup, url: str) -> bool:
    """Some programs call a list an article too (WriteFreely); WordPress's feeds are like this."""
    return not page.is_list() and (is_single_post(url) or (page.is_wordpress and page.is_post(url)))


def _address_says_so(at: Place, here: Place) -> bool:
    if at.query.get("feed", "").lower().startswith("comments"):
        return True
    if any(name in at.query for name in _POST_PARAMETERS):
        return True
    # A blog that lies in a folder of that name says nothing by it.
    own = set(here.segments[:-1])
    return any(_SEGMENT.match(unquote(part)) for part in at.segments if part not in own)


def _title_says_so(title: str, page: Markup) -> bool:
    """Whether the title does, apart from the blog's name, which may well be "No Comment"."""
    name = page.metas.get("og:site_name", "").strip()
    rest = title.replace(name, "", 1) if len(name) > 1 else title
    if rest.strip() and rest.strip().lower() in page.title.lower():
        # Then it is a name for the whole site, or for the page.
        return False
    parts = [part.strip() for part in _PARTS.split(rest) if part.strip()]
    if not parts:
        return False
    # "Blog » Post Comments Feed", "Comments for Blog"; "Kommentare zu: Post".
    return bool(_COMMENTS.search(parts[-1]) or _COMMENTS_ON.match(parts[0]))


def _lies_below(at: Place, page: Markup, here: Place) -> bool:
    """Whether a feed lies below its page: ``/notes/feed/`` of ``/notes/``.

    Of a list it holds the posts, of a post the comments.
    """
    canonical = page.related("canonical")
    there = place(canonical.url) if canonical else None
    pages = [one.segments for one in (here, there) if one is not None]
    about = section(at)
    return bool(about) and about in [tuple(map(unquote, segments)) for segments in pages]
