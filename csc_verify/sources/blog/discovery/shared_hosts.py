"""Platforms that give each author an address of their own on the platform's host.

What is documented is marked [doc], what was read in a platform's published source [source], what
readers of feeds were seen to rely on [practice].
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from csc_verify.sources.blog.discovery.places import place

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.visits import Visit

# The first segments that are pages of the platform's own. A name that is none of them may still be
# nobody's; then the platform says 404.
_MEDIUMS_OWN = re.compile(r"about|feed|m|me|membership|new-story|p|plans|search|tag|topic|u")
_FOREMS_OWN = re.compile(
    r"about|admin|api|apps|badge|challenges|code-of-conduct|connect|contact|dashboard|enter|faq"
    r"|feed|help|latest|listings|mod|new|notifications|p|pod|privacy|reading-?list|reading"
    r"|report-abuse|rss|search|series|settings|shop|sign_up|sitemap|stories|t|tags?|terms|top|users"
    r"|videos"
)
_WRITE_AS_OWN = re.compile(
    r"about|api|blog|docs|legal|login|me|new|pricing|privacy|read|settings|signup|terms"
)
_TUMBLRS_OWN = re.compile(
    r"about|blog|communities|dashboard|docs|explore|help|login|policy|press|privacy|register|search"
    r"|settings|tagged"
)
_NOBODYS_OWN = re.compile(r"(?!)")
_SUBSTACKS_OWN = frozenset(("www", "open", "support", "on", "reader"))
_NAME = re.compile(r"^[\w.~-]{1,100}$")
# A profile's page holds its publication as JSON within JSON [practice].
_PUBLICATION = re.compile(
    rb"primaryPublication\\?\":\{[^{}]{0,3000}?\\?\"subdomain\\?\":\\?\"([\w-]{1,63})\\?\","
    rb"\\?\"custom_domain\\?\":(?:\\?\"([\w.-]{4,253})\\?\"|null)"
)
_MASTODONS = re.compile(r"^(?:mastodon|mstdn)\.")


def on_medium(visit: Visit) -> bool:
    """By the host; or by marks that Medium puts on pages of custom domains [practice]."""
    return (
        visit.at.host == "medium.com"
        or bool(visit.at.below("medium.com"))
        or visit.says("al:ios:app_name") == "Medium"
        or visit.uses("//cdn-client.medium.com/")
    )


def medium_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed/@name``, ``/feed/publication``, ``name.medium.com/feed``, ``domain/feed`` [doc].

    The page of a post in a publication names its author, whose own feed comes first.
    """
    at = visit.at
    if at.host != "medium.com":
        return (at.at("/feed"),)
    feeds = []
    for url in (at.url, visit.says("article:author"), visit.linked("author")):
        author = place(url) if url else None
        if author and author.host == "medium.com" and author.first.startswith("@"):
            feeds.append(f"https://medium.com/feed/{author.first}")
    if at.first and not at.first.startswith("@") and not _MEDIUMS_OWN.fullmatch(at.first):
        tagged = at.segments[1:3] if at.segments[1:2] == ("tagged",) else ()
        feeds.append("https://medium.com/feed/" + "/".join((at.first, *tagged)))
    return tuple(dict.fromkeys(feeds))


def medium_pages(visit: Visit) -> tuple[str, ...]:
    """The profile or the publication of each feed."""
    if visit.at.host != "medium.com":
        return (visit.at.at("/"),)
    return tuple(feed.replace("/feed/", "/", 1) for feed in medium_feeds(visit))


def on_forem(visit: Visit) -> bool:
    """dev.to by its host, other communities by Forem's style sheets [practice]."""
    return visit.at.is_at("dev.to") or visit.uses("/assets/crayons-")


def forem_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed/name``, of people and organisations [practice]."""
    name = visit.at.first.lower()
    return (visit.at.at(f"/feed/{name}"),) if _is_name(name, _FOREMS_OWN) else ()


def forem_pages(visit: Visit) -> tuple[str, ...]:
    """The author's profile."""
    name = visit.at.first.lower()
    return (visit.at.at(f"/{name}"),) if _is_name(name, _FOREMS_OWN) else ()


def on_hashnode(visit: Visit) -> bool:
    """By the host; custom domains by the platform's own files [practice]."""
    below = visit.at.below("hashnode.dev", "hashnode.com")
    return bool(below) or visit.made_by("hashnode") or visit.uses("//cdn.hashnode.com")


def hashnode_feeds(visit: Visit) -> tuple[str, ...]:
    """``/rss.xml`` of the blog's own host [practice]."""
    return (visit.at.at("/rss.xml"),)


def on_substack(visit: Visit) -> bool:
    """By the host; custom domains by the platform's own files [practice]."""
    at = visit.at
    return (
        at.host == "substack.com"
        or bool(at.below("substack.com"))
        or visit.uses("//substackcdn.com")
    )


def substack_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feed`` of the publication's host [practice].

    A profile (``substack.com/@name``) has to be read for it: the publication of the same name may
    be somebody else's.
    """
    home = _publication(visit)
    return (f"{home}/feed",) if home else ()


def substack_pages(visit: Visit) -> tuple[str, ...]:
    """The archive, which lists all posts; the home page shows some of them larger."""
    home = _publication(visit)
    return (f"{home}/archive",) if home else ()


def _publication(visit: Visit) -> str:
    at = visit.at
    if at.below("substack.com") not in {"", *_SUBSTACKS_OWN}:
        return at.origin
    if at.host == "open.substack.com":
        # open.substack.com/pub/name/p/slug
        name = at.segments[1] if at.first == "pub" and len(at.segments) > 1 else ""
        return f"https://{name.lower()}.substack.com" if _is_name(name, _NOBODYS_OWN) else ""
    if at.host != "substack.com":
        return at.origin if not at.below("substack.com") else ""
    if not at.first.startswith("@"):
        return ""
    found = _PUBLICATION.search(visit.body)
    if found is None:
        return ""
    name, domain = found[1].decode().lower(), (found[2] or b"").decode()
    return f"https://{domain}" if domain else f"https://{name}.substack.com"


def on_tumblr(visit: Visit) -> bool:
    """By the host; custom domains by a mark of every theme [practice]."""
    at = visit.at
    is_host = at.host == "tumblr.com" or bool(at.below("tumblr.com"))
    return is_host or bool(visit.says("tumblr-theme")) or visit.uses("//assets.tumblr.com/")


def tumblr_feeds(visit: Visit) -> tuple[str, ...]:
    """``/rss`` of the blog's own host, also below ``/tagged/x`` [practice]."""
    home = _tumblr(visit)
    if not home:
        return ()
    tagged = visit.at.segments[:2] if visit.at.first == "tagged" else ()
    return (home + "/" + "/".join((*tagged, "rss")),)


def tumblr_pages(visit: Visit) -> tuple[str, ...]:
    """The blog's home."""
    home = _tumblr(visit)
    return (f"{home}/",) if home else ()


def _tumblr(visit: Visit) -> str:
    at = visit.at
    if at.host != "tumblr.com":
        return at.origin
    # tumblr.com/name, tumblr.com/blog/view/name, tumblr.com/name/123/slug
    parts = [part for part in at.segments if part not in ("blog", "view")]
    name = parts[0].removeprefix("@").lower() if parts else ""
    is_one = re.fullmatch(r"[a-z0-9-]{1,63}", name) and not _TUMBLRS_OWN.fullmatch(name)
    return f"https://{name}.tumblr.com" if is_one else ""


def on_write_as(visit: Visit) -> bool:
    """By the host; other instances of WriteFreely name it as their generator [source]."""
    at = visit.at
    is_host = at.host == "write.as" or bool(at.below("writeas.com"))
    return is_host or visit.made_by("write freely", "writefreely", "write.as")


def write_as_feeds(visit: Visit) -> tuple[str, ...]:
    """``/name/feed/``, or ``/feed/`` where a host has one blog [source]."""
    return tuple(f"{home}/feed/" for home in _write_as(visit))


def write_as_pages(visit: Visit) -> tuple[str, ...]:
    """The blog's home."""
    return tuple(f"{home}/" for home in _write_as(visit)[:1])


def _write_as(visit: Visit) -> tuple[str, ...]:
    at = visit.at
    name = at.first if _is_name(at.first, _WRITE_AS_OWN) else ""
    if at.host == "write.as":
        return (at.at(f"/{name}"),) if name else ()
    if at.below("writeas.com") or not name:
        return (at.origin,)
    # Whether an instance has one author or many is not to be seen from the address of a post.
    return (at.at(f"/{name}"), at.origin)


def on_mastodon(visit: Visit) -> bool:
    """A profile (``/@name``) of a host that says that it is one of Mastodon's [source]."""
    if not visit.at.first.startswith("@"):
        return False
    page = visit.page
    return (
        bool(_MASTODONS.match(visit.at.host))
        or visit.made_by("mastodon")
        or visit.has_id("mastodon")
        or (
            page is not None
            and any(link.type == "application/activity+json" for link in page.links)
        )
    )


def mastodon_feeds(visit: Visit) -> tuple[str, ...]:
    """``/@name.rss`` [practice].

    An account of another host is shown as ``/@name@host``, and has its feed there.
    """
    profile = _profile(visit)
    return (f"{profile}.rss",) if profile else ()


def mastodon_pages(visit: Visit) -> tuple[str, ...]:
    """The profile."""
    profile = _profile(visit)
    return (profile,) if profile else ()


def _profile(visit: Visit) -> str:
    name, _, host = visit.at.first[1:].partition("@")
    name = name.removesuffix(".rss")
    if not _is_name(name, _NOBODYS_OWN):
        return ""
    origin = f"https://{host}" if host else visit.at.origin
    return f"{origin}/@{quote(name)}" if place(origin) else ""


def _is_name(text: str, taken: re.Pattern[str]) -> bool:
    return bool(_NAME.match(text)) and not taken.fullmatch(text.lower())
