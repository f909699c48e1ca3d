"""Whether a post seems to be its author's own. Pure.

Cross-posting one's own posts is common and right, so another address is only told; whose it is the
coach sees in one click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from csc_verify.escape import plain
from csc_verify.letters import folded
from csc_verify.sources.blog.discovery import same_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.advice.values import Writer, Writing

_LONGEST_NAME = 60
# Hosts on which the first part of the path says whose page it is.
_SHARED = ("medium.com", "dev.to", "write.as", "tumblr.com", "youtube.com", "vimeo.com")


def on_ownership(post: Writing, writer: Writer) -> Iterator[str]:
    """What speaks for a post's being somebody else's, or an answer to them."""
    if elsewhere := _other_host(post.original, post, writer):
        yield f"its page names {elsewhere} as the original (the page says so)"
    if writer.author and not is_named(writer.author, post.authors):
        names = plain(" and ".join(post.authors), _LONGEST_NAME)
        yield f"it is by {names}, and blog.author is {plain(writer.author, _LONGEST_NAME)} (likely)"
    if post.copied_from:
        source = plain(post.copied_from, _LONGEST_NAME)
        yield f"it passes on a post of {source} (its feed says so)"
    if post.is_linked and post.url:
        yield f"its link leads to {_host(post.url)}, so it points to a post there (likely)"
    elif about := _other_host(post.about, post, writer):
        yield f"it is about a page at {about}, so it points to somebody else's post (likely)"
    if post.is_untagged_medium:
        yield "it has no tags, as replies to other people's stories on Medium have none (a guess)"


def _other_host(url: str | None, post: Writing, writer: Writer) -> str:
    """The host of an address, if it is neither the post's nor on a configured site."""
    if not url or any(is_own(url, site) for site in (post.url, *writer.sites) if site):
        return ""
    return _host(url)


def is_own(url: str, site: str) -> bool:
    """Whether an address is of somebody's site; where many share a host, it is their folder.

    Args:
        url: The address.
        site: One that is theirs.
    """
    if not same_site(url, site):
        return False
    if not _host(site).endswith(_SHARED):
        return True
    return _folder(url) == _folder(site)


def _folder(url: str) -> str:
    return urlsplit(url).path.strip("/").partition("/")[0].casefold()


def _host(url: str) -> str:
    return plain((urlsplit(url).hostname or "").removeprefix("www."), _LONGEST_NAME)


def is_named(author: str | None, names: tuple[str, ...]) -> bool:
    """Whether some names may be an author's; where none is given or asked for, they may."""
    wanted = folded(author or "")
    return not names or any(wanted in folded(name) or folded(name) in wanted for name in names)
