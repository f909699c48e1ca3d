"""From what was seen of a week's posts to advice about them.

Their own pages are asked for where somebody still reads the advice: for what they name as the
original, whom they name, and whether they are short.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from csc_verify.addresses import canonical
from csc_verify.escape import plain
from csc_verify.fetch import Page
from csc_verify.model import Failed
from csc_verify.pages import PageKind, quotations_in
from csc_verify.sources.blog.advice import MOST_COMPARED, Writing, is_named, notes_on
from csc_verify.sources.blog.feeds.texts import text_of
from csc_verify.sources.blog.following import may_be_of, post_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csc_verify.model import Evidence, Item
    from csc_verify.pages import PageFacts
    from csc_verify.sources.blog.advice import Writer
    from csc_verify.sources.blog.feeds import Entry, Feed
    from csc_verify.sources.blog.looking import Look
    from csc_verify.sources.blog.web import Web
    from csc_verify.week import Week

MOST_ADVISED: Final = 3
"""Posts of one address and week that get advice."""

# Before what is passed on, Tumblr names whose it is [seen in captured feeds].
_REBLOGGED: Final = re.compile(r"<a [^<>]*class=\"tumblr_blog\"[^<>]*>(?P<name>[^<>]{1,100})</a>")
_A_BEGINNING: Final = 1000


def advise(look: Look, week: Week, writer: Writer, web: Web | None) -> Evidence:
    """The evidence, with notes on the posts that may be of the week.

    Args:
        look: What was seen.
        week: The week.
        writer: Whose posts they should be.
        web: What the posts' pages are asked with; None if they aren't worth it any more.
    """
    evidence = look.evidence
    if isinstance(evidence, Failed):
        return evidence
    entries = {
        (canonical(entry.link), plain(entry.title)): entry
        for feed in look.feeds
        for entry in feed.entries
        if entry.link
    }
    own = _hosts_of(look.feeds) | {_host(site) for site in writer.sites}
    titles = frozenset(feed.title.casefold() for feed in look.feeds)
    several = len({name for item in evidence.items for name in item.authors}) > 1
    items, left = [], MOST_ADVISED
    for item in evidence.items:
        is_others = several and not is_named(writer.author, item.authors)
        if left and item.url and may_be_of(item, week) and not is_others:
            left -= 1
            entry, page = entries.get((canonical(item.url), item.title)), _page(look, item, web)
            post = _with_page(_writing(item, entry, own, titles), page)
            notes = notes_on(post, _older(entry, look.feeds), writer)
            items.append(replace(item, notes=notes))
        else:
            items.append(item)
    return replace(evidence, items=tuple(items))


def _page(look: Look, item: Item, web: Web | None) -> PageFacts | None:
    if look.post is not None:
        return look.post
    if web is None or item.url is None:
        return None
    answer = web.look(item.url)
    return post_at(answer, item.url, item.title, web) if isinstance(answer, Page) else None


def _writing(
    item: Item, entry: Entry | None, own: frozenset[str], titles: frozenset[str]
) -> Writing:
    host = _host(item.url or "")
    if entry is None:
        return Writing(item.title, item.url, authors=item.authors)
    return Writing(
        title=item.title,
        url=item.url,
        authors=item.authors,
        categories=entry.categories,
        text=entry.content.text,
        is_video=entry.video is not None,
        quotations=quotations_in(entry.content.source) if entry.content.is_markup else (),
        copied_from=_copied_from(entry, own, titles),
        about=entry.elsewhere,
        is_linked=not _is_among(host, own),
        is_untagged_medium=(host == "medium.com" or host.endswith(".medium.com"))
        and not entry.categories,
    )


def _copied_from(entry: Entry, own: frozenset[str], titles: frozenset[str]) -> str:
    """The feed that an entry names as its source, or the blog that Tumblr says it passes on."""
    if entry.source and _host(entry.source) not in own and entry.source.casefold() not in titles:
        return entry.source
    passed_on = _REBLOGGED.search(entry.content.source[:_A_BEGINNING])
    name = text_of(passed_on["name"]) if passed_on else ""
    return "" if any(host.startswith(f"{name.casefold()}.") for host in own) else name


def _with_page(post: Writing, page: PageFacts | None) -> Writing:
    if page is None:
        return post
    text = max(post.text, page.text, key=len)
    return replace(
        post,
        authors=post.authors or page.authors,
        text=text,
        is_whole=True,
        is_video=post.is_video or page.kind is PageKind.VIDEO,
        language=page.language,
        original=page.canonical,
        quotations=page.quotations or post.quotations,
    )


def _older(entry: Entry | None, feeds: Sequence[Feed]) -> list[Writing]:
    """What a feed shows that is older than an entry, by its day; the newest first."""
    day = _day(entry) if entry is not None else ""
    older = [one for feed in feeds for one in feed.entries if "" < _day(one) < day]
    newest = sorted(older, key=_day, reverse=True)[:MOST_COMPARED]
    return [Writing(one.title, one.link, _day(one), text=one.content.text) for one in newest]


def _is_among(host: str, hosts: frozenset[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _day(entry: Entry) -> str:
    written = entry.published.date if entry.published else None
    return written.iso[:10] if written else ""


def _hosts_of(feeds: Sequence[Feed]) -> frozenset[str]:
    """Where a feed's own posts are: on the site it names, and where most of its entries lead."""
    links = Counter(_host(e.link) for feed in feeds for e in feed.entries if e.link)
    sites = {_host(feed.site) for feed in feeds if feed.site}
    most = {host for host, count in links.items() if count * 2 >= links.total()}
    return frozenset(sites | most) - {""}


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
