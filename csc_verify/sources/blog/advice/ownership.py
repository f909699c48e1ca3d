"""Whether a post seems to be its author's own. Pure.

Cross-posting one's own posts is common and right, so another address is only told; whose it is the
coach sees in one click.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.advice.values import Writer, Writing

_LONGEST_NAME = 60


def on_ownership(post: Writing, writer: Writer) -> Iterator[str]:
    """What speaks for a post's being somebody else's, or an answer to them."""
    if elsewhere := _other_host(post.original, post, writer):
        yield f"its page names {elsewhere} as the original (the page says so); see whose that is"
    if post.authors and writer.author and not _is_named(writer.author, post.authors):
        names = plain(" and ".join(post.authors), _LONGEST_NAME)
        yield f"it is by {names}, and blog.author is another name (the names are compared)"
    if post.copied_from:
        source = plain(post.copied_from, _LONGEST_NAME)
        yield f"it was copied from {source} (its feed says so)"
    if post.is_linked and post.url:
        yield f"its link leads to {_host(post.url)}, so it may only point to a post there (likely)"
    elif about := _other_host(post.about, post, writer):
        yield f"it is about a page at {about}, so it may only point there (likely)"
    if post.is_untagged_medium:
        yield "it has no tags, as replies to other people's stories on Medium have none (unsure)"


def _other_host(url: str | None, post: Writing, writer: Writer) -> str:
    """The host of an address, if it is neither the post's nor a configured one."""
    host = _host(url) if url else ""
    own = {_host(post.url) if post.url else "", *writer.hosts}
    return "" if any(host == one or host.endswith(f".{one}") for one in own if one) else host


def _host(url: str) -> str:
    return plain((urlsplit(url).hostname or "").removeprefix("www."), _LONGEST_NAME)


def _is_named(author: str, names: tuple[str, ...]) -> bool:
    wanted = _folded(author)
    return any(wanted in _folded(name) or _folded(name) in wanted for name in names)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
