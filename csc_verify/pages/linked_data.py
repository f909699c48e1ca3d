"""JSON-LD: what a page says of itself in schema.org's words. Pure.

A page describes other things too: related posts, comments, the site. A date counts only if it is
said of the node that is this page: by its address, else by its headline, else as the only one.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from csc_verify.addresses import absolute, canonical
from csc_verify.escape import plain
from csc_verify.pages.tree import without_entities

Node: TypeAlias = Mapping[str, object]

MOST_NODES: Final = 2000
"""Nodes that are looked at in one page."""

_MOST_AUTHORS: Final = 20
_MOST_ADDRESSES: Final = 10
_NAMED: Final = 4
"""Characters of a headline that is long enough to name a page."""
_POSTS: Final = frozenset(
    {"Article", "BlogPosting", "NewsArticle", "SocialMediaPosting", "TechArticle", "Report"}
    | {"DiscussionForumPosting", "LiveBlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle"}
    | {"OpinionNewsArticle", "Recipe", "HowTo", "Review", "ScholarlyArticle", "PodcastEpisode"}
)
_VIDEOS: Final = frozenset({"VideoObject"})
_PAGES: Final = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage"})
# What stands below these is not what the page is about.
_OTHERS: Final = frozenset(
    {"itemListElement", "relatedLink", "mentions", "citation", "comment", "review", "hasPart"}
    | {"isPartOf", "about", "isBasedOn", "video", "blogPost", "significantLink", "publisher"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """What JSON-LD says of the page itself.

    Attributes:
        published: The date as written; empty if there is none.
        modified: Likewise, of the last change.
        authors: Names.
        airs: When a premiere or live video begins, as written; empty if it is none.
        is_video: Whether the page is a video.
        is_post: Whether the page is an article of any kind.
    """

    published: str = ""
    modified: str = ""
    airs: str = ""
    authors: tuple[str, ...] = ()
    is_video: bool = False
    is_post: bool = False


def told(blocks: list[str], addresses: frozenset[str], title: str) -> Told:
    """What the page's blocks of JSON-LD say of it.

    Args:
        blocks: The scripts' contents.
        addresses: Canonical forms of the page's own addresses.
        title: The page's title, casefolded.
    """
    nodes = [pair for block in blocks for pair in _nodes(_parsed(block))][:MOST_NODES]
    posts = [
        (node, below)
        for node, below in nodes
        if _types(node) & (_POSTS | _VIDEOS) and _text(node, "datePublished", "uploadDate")
    ]
    mine = _mine(posts, addresses, title)
    pages = [n for n, _ in nodes if _types(n) & _PAGES and _is_here(n, addresses)]
    page = next((n for n in pages if _text(n, "datePublished")), None)
    found = mine or page
    if found is None:
        return Told()
    return Told(
        published=_text(found, "datePublished", "uploadDate"),
        modified=_text(found, "dateModified"),
        airs=_airs(found),
        authors=tuple(_names(found.get("author"))),
        is_video=mine is not None and not _types(mine) & _POSTS,
        is_post=mine is not None,
    )


def _airs(node: Node) -> str:
    """When a video's broadcast begins (schema.org's BroadcastEvent, as search engines ask it)."""
    events = node.get("publication")
    for event in events[:10] if isinstance(events, list) else [events]:
        if isinstance(event, dict) and event.get("isLiveBroadcast"):
            return _text(event, "startDate")
    return ""


def _mine(posts: list[tuple[Node, bool]], addresses: frozenset[str], title: str) -> Node | None:
    here = [node for node, _ in posts if _is_here(node, addresses)]
    if here:
        return here[0]
    open_ = [node for node, below in posts if not below]
    named = [node for node in open_ if _is_called(node, title)]
    if named:
        return named[0]
    alone = [node for node in open_ if not list(_addresses(node))]
    return alone[0] if len(open_) == 1 and alone else None


def _is_here(node: Node, addresses: frozenset[str]) -> bool:
    return any(address in addresses for address in _addresses(node))


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        for one in value[:_MOST_ADDRESSES] if isinstance(value, list) else [value]:
            text = one.get("@id") or one.get("url") if isinstance(one, dict) else one
            if isinstance(text, str) and text.startswith(("http://", "https://")):
                found = absolute(text, text)
                if found:
                    yield canonical(found.partition("#")[0])


def _is_called(node: Node, title: str) -> bool:
    headline = " ".join(without_entities(_text(node, "headline", "name")[:1000]).casefold().split())
    return len(headline) >= _NAMED and bool(title) and (headline in title or title in headline)


def _text(node: Node, *keys: str) -> str:
    for key in keys:
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _types(node: Node) -> frozenset[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(name.rpartition("/")[2] for name in names if isinstance(name, str))


def _names(value: object) -> Iterator[str]:
    for one in value[:_MOST_AUTHORS] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield plain(name)


def _parsed(block: str) -> object:
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    for candidate in (text, text.replace("\n", " ").replace("\t", " ")):
        try:
            parsed: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return parsed
    return None


def _nodes(root: object) -> Iterator[tuple[Node, bool]]:
    """Every object, and whether it stands below something else that the page mentions."""
    waiting: deque[tuple[object, bool]] = deque([(root, False)])
    count = 0
    while waiting and count < MOST_NODES:
        value, below = waiting.popleft()
        count += 1
        if isinstance(value, list):
            waiting.extend((entry, below) for entry in islice(value, MOST_NODES))
        elif isinstance(value, dict):
            if "@type" in value:
                yield value, below
            waiting.extend(
                (inner, below or key in _OTHERS)
                for key, inner in islice(value.items(), MOST_NODES)
                if isinstance(inner, dict | list)
            )
