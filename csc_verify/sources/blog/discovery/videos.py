"""YouTube and Vimeo.

[doc] documented, [practice] seen to be relied on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.places import place

if TYPE_CHECKING:
    from csc_verify.sources.blog.discovery.visits import Visit

_CHANNEL = re.compile(r"^UC[\w-]{22}$")
_LIST = re.compile(r"^[\w-]{10,64}$")
_NAME = re.compile(r"^[\w.-]{1,100}$")
# Of the channel whose page this is, and of whoever uploaded a video. "channelId" alone stands on
# both for others too.
_PAGES_CHANNEL = re.compile(rb'"externalId":"(UC[\w-]{22})"')
_VIDEOS_CHANNEL = re.compile(rb'"externalChannelId":"(UC[\w-]{22})"')
_VIDEOS_FIRST = re.compile(rb'"videoDetails":\{[^{}]{0,20000}?"channelId":"(UC[\w-]{22})"')
# A mix or a list of one's own (watch later, liked) is nobody's to read.
_PRIVATE_LISTS = ("RD", "WL", "LL")
_AUTHOR = re.compile(
    rb'"author":\{[^{}]{0,1000}?"url":"https:\\?/\\?/vimeo\.com\\?/([\w.-]{1,100})"'
)
_VIMEOS_OWN = re.compile(
    r"about|album|blog|business|careers|categories|channels|create|enterprise|explore|features"
    r"|for-hire|groups|help|join|log_in|manage|ondemand|ott|plus|pricing|pro|search|settings"
    r"|showcase|site_map|solutions|stock|upload|upgrade|watch"
)
_ALBUMS = frozenset(("album", "showcase"))


def on_youtube(visit: Visit) -> bool:
    """By the host."""
    return visit.at.is_at("youtube.com", "youtu.be")


def youtube_feeds(visit: Visit) -> tuple[str, ...]:
    """``/feeds/videos.xml?channel_id=``, ``?playlist_id=``, ``?user=`` for ``/user/`` [practice].

    A handle (``/@name``) or a custom address (``/c/name``) has to be looked up on its page:
    ``?user=`` knows the old user names alone, and one that reads like a handle is somebody else's.
    """
    at = visit.at
    list_ = at.query.get("list", "")
    if at.first == "playlist" and _LIST.match(list_) and not list_.startswith(_PRIVATE_LISTS):
        return (_feed("playlist_id", list_),)
    if channel := _channel(visit):
        return (_feed("channel_id", channel),)
    if at.first == "user" and len(at.segments) > 1 and _NAME.match(at.segments[1]):
        return (_feed("user", at.segments[1]),)
    return ()


def youtube_pages(visit: Visit) -> tuple[str, ...]:
    """The channel's list of videos, or the playlist."""
    if visit.at.first == "playlist":
        return (visit.at.url,)
    channel = _channel(visit)
    return (f"https://www.youtube.com/channel/{channel}/videos",) if channel else ()


def _channel(visit: Visit) -> str:
    at = visit.at
    if at.first == "channel" and len(at.segments) > 1:
        return at.segments[1] if _CHANNEL.match(at.segments[1]) else ""
    announced = [link.url for link in visit.page.links] if visit.page else []
    for url in announced:
        there = place(url)
        if there is None or not there.is_at("youtube.com"):
            continue
        # The channel's feed, or its canonical address.
        ids = (there.query.get("channel_id", ""), *there.segments[1:2])
        if there.first in {"feeds", "channel"}:
            found = next(filter(_CHANNEL.match, ids), "")
            if found:
                return found
    marks = (_VIDEOS_CHANNEL, _VIDEOS_FIRST) if _is_video(visit) else (_PAGES_CHANNEL,)
    for mark in marks:
        if written := mark.search(visit.body):
            return written[1].decode()
    return ""


def _is_video(visit: Visit) -> bool:
    return visit.at.is_at("youtu.be") or visit.at.first in {"watch", "shorts", "live", "embed"}


def _feed(parameter: str, value: str) -> str:
    return f"https://www.youtube.com/feeds/videos.xml?{parameter}={value}"


def on_vimeo(visit: Visit) -> bool:
    """By the host."""
    return visit.at.is_at("vimeo.com")


def vimeo_feeds(visit: Visit) -> tuple[str, ...]:
    """``/name/videos/rss``, also of channels and groups; ``/album/1/rss`` [practice].

    A video's page names whose it is.
    """
    path = _vimeo(visit)
    if not path:
        return ()
    ending = "rss" if path.startswith("album/") else "videos/rss"
    return (f"https://vimeo.com/{path}/{ending}",)


def vimeo_pages(visit: Visit) -> tuple[str, ...]:
    """The profile, channel, group or album."""
    path = _vimeo(visit)
    return (f"https://vimeo.com/{path}",) if path else ()


def _vimeo(visit: Visit) -> str:
    first, second = visit.at.first, (*visit.at.segments, "", "")[1]
    if first in {"channels", "groups"}:
        return f"{first}/{second}" if _NAME.match(second) and not second.isdigit() else ""
    if first in _ALBUMS:
        return f"album/{second}" if second.isdigit() else ""
    if first and not first.isdigit() and not _VIMEOS_OWN.fullmatch(first):
        return first if _NAME.match(first) else ""
    found = _AUTHOR.search(visit.body)
    return found[1].decode() if found else ""
