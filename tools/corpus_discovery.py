"""How well feeds are discovered: what captured pages announce, compared with their labels."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from csc_verify.sources.blog.discovery import links, plan
from tools.corpus_row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_DISCOVERED = 0.98

_FORMATS = ("feed", "rss", "rss2", "rdf", "atom", "json")


@dataclass(frozen=True, slots=True)
class Discovered:
    """What became of one labelled page.

    Attributes:
        where: The document.
        posts: The labelled feeds that hold posts.
        comments: The labelled feeds that hold comments, or are about this post alone.
        found: Every feed that was found, alternatives too, the first choice first.
        asked: Every address that the plan would ask, in its order.
    """

    where: str
    posts: frozenset[str]
    comments: frozenset[str]
    found: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def is_discovered(self) -> bool:
        """Whether one of the feeds with posts was found."""
        return not self.posts.isdisjoint(self.found)

    @property
    def asks_for_comments(self) -> bool:
        """Whether a feed of comments was found or would be asked."""
        comments = {feed.rstrip("/") for feed in self.comments}
        return any(url.rstrip("/") in comments for url in (*self.found, *self.asked))


def discovered(shared: Path) -> tuple[Discovered, ...]:
    """Every labelled page with what was found on it.

    Args:
        shared: The folder that has the corpus.
    """
    blog = shared / "corpus" / "blog"
    labels = json.loads((blog / "labels.json").read_text("utf-8"))
    return tuple(
        _one(label, (blog / label["file"]).read_bytes())
        for label in labels
        if label["kind"] == "html"
    )


def _one(label: Mapping[str, Any], body: bytes) -> Discovered:
    url = label["url"]
    labelled = frozenset(label["feeds"])
    comments = frozenset(feed for feed in labelled if _is_of_comments(feed, url))
    found = links(body, url)
    return Discovered(
        where=label["file"],
        posts=labelled - comments,
        comments=comments,
        found=tuple(address for one in found for address in (one.url, *one.alternatives)),
        asked=tuple(candidate.url for candidate in plan(url, body).candidates),
    )


def _is_of_comments(feed: str, page: str) -> bool:
    """By the address alone, and not with the code that is measured: labels have no titles."""
    parts = [part for part in urlsplit(feed).path.split("/") if part]
    if "comments" in parts:
        return True
    while parts and parts[-1] in _FORMATS:
        parts.pop()
    slugs = [part for part in urlsplit(page).path.split("/") if part]
    return bool(parts and slugs) and parts[-1] == slugs[-1]


def rows(shared: Path) -> tuple[Row, ...]:
    """The rows of the table that are about discovery.

    Args:
        shared: The folder that has the corpus.
    """
    pages = discovered(shared)
    announcing = [page for page in pages if page.posts]
    right = sum(page.is_discovered for page in announcing)
    first = sum(page.found[:1] != () and page.found[0] in page.posts for page in announcing)
    chosen = sum(page.asks_for_comments for page in pages)
    return (
        Row(
            "labelled feeds discovered from pages",
            f"{right} of {len(announcing)} ({100 * right / len(announcing):.1f} %),"
            f" {first} as the first",
            f">= {100 * LEAST_DISCOVERED:.0f} %",
            right >= LEAST_DISCOVERED * len(announcing),
        ),
        Row(
            "pages of which a comment feed would be asked",
            f"{chosen} of {sum(bool(page.comments) for page in pages)}",
            "0",
            not chosen,
        ),
    )


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1])):
        print(f"{'ok ' if row.reached else 'NOT'}  {row.what:<48}{row.ours:<44}{row.target}")
