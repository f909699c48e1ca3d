"""What a page says that matters for finding its feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from csc_verify.sources.blog.discovery.places import opened
from csc_verify.sources.blog.discovery.posts import is_single_post
from csc_verify.sources.blog.discovery.tags import Tag, tags

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_KEPT = 500
"""Of each kind of tag that are kept. Pages have some dozens of links in their heads."""

# A page may have thousands of links; kept are those that may lead to a feed, and those to a host's
# home page, as "powered by" has them.
_OF_INTEREST = re.compile(r"feed|rss|atom|\.(?:xml|rdf)\b|^https?://[^/?#]+/?$", re.IGNORECASE)
# What themes of WordPress write on the body of what kind of page [documented: body_class()].
_LISTS = frozenset(("blog", "archive", "category", "tag", "author", "home", "date", "search"))
_SINGLE = re.compile(r"^(?:single-post|(?:postid|page-id|attachmentid|attachment)-\d+)$")
_WANTED = frozenset(("a", "base", "body", "div", "link", "meta", "script", "title"))


@dataclass(frozen=True, slots=True)
class Link:
    """A ``<link>`` or an ``<a>``.

    Attributes:
        url: Absolute.
        relations: The words of ``rel``, in lower case.
        type: The media type, in lower case and without parameters; may be empty.
        title: As written, white space folded; may be empty.
    """

    url: str
    relations: frozenset[str]
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What was kept of a page.

    Attributes:
        title: Of the page; empty if it has none.
        links: From ``<link>``, in the order of the page.
        anchors: From ``<a>``, likewise; those that may lead to a feed, or to a host's home page.
        metas: The first content of each ``<meta>``, by its name, property or ``itemprop`` in lower
            case.
        generators: The programs that made the page, as they say, in lower case.
        scripts: Addresses of scripts, absolute.
        ids: The ids of ``<div>``, where JavaScript puts its pages.
        classes: The classes of the body.
        moved_to: Where the page sends a browser at once; None if nowhere.
    """

    title: str
    links: tuple[Link, ...]
    anchors: tuple[Link, ...]
    metas: Mapping[str, str]
    generators: tuple[str, ...]
    scripts: tuple[str, ...]
    ids: frozenset[str]
    classes: frozenset[str]
    moved_to: str | None

    def is_list(self) -> bool:
        """Whether the page says that it lists posts."""
        return bool(self.classes & _LISTS)

    def is_post(self, url: str) -> bool:
        """Whether the page says that it is a single one, or its address does.

        Plugins of WordPress call the list of posts an article too; its theme knows better.
        """
        if self.is_list():
            return False
        is_article = self.metas.get("og:type", "").lower() == "article"
        is_single = any(_SINGLE.match(name) for name in self.classes)
        return is_article or is_single or is_single_post(url)

    @property
    def is_wordpress(self) -> bool:
        """Whether the page was made by WordPress, as far as it says so."""
        return (
            self.is_made_by("wordpress")
            or self.related("https://api.w.org/") is not None
            or any(_SINGLE.match(name) for name in self.classes)
        )

    def related(self, relation: str) -> Link | None:
        """The first ``<link>`` with a relation."""
        return next((link for link in self.links if relation in link.relations), None)

    def is_made_by(self, *programs: str) -> bool:
        """Whether one of these programs (in lower case) is named as the page's generator."""
        return any(generator.startswith(programs) for generator in self.generators)

    def uses(self, *parts: str) -> bool:
        """Whether a script or ``<link>`` has one of these parts in its address."""
        addresses = (*self.scripts, *(link.url for link in self.links))
        return any(part in address for address in addresses for part in parts)


def read_markup(body: bytes, url: str) -> Markup:
    """What a page says, as far as feeds are concerned.

    Args:
        body: The page.
        url: Its address, where relative links start unless the page says otherwise.
    """
    reader = _Reader(url)
    for tag in tags(body, _WANTED):
        reader.take(tag)
    return reader.markup()


@dataclass(slots=True)
class _Reader:
    """Collects tags; addresses are resolved at the end, since ``<base>`` may stand anywhere."""

    url: str
    base: str | None = None
    title: str = ""
    links: list[Tag] = field(default_factory=list)
    anchors: list[Tag] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    generators: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    classes: frozenset[str] = frozenset()
    refresh: str = ""

    def take(self, tag: Tag) -> None:
        attributes = tag.attributes
        match tag.name:
            case "base" if self.base is None and "href" in attributes:
                self.base = attributes["href"]
            case "title" if not self.title:
                self.title = tag.text
            case "link" if "href" in attributes and len(self.links) < MOST_KEPT:
                self.links.append(tag)
            case "a" if _is_worth_keeping(attributes) and len(self.anchors) < MOST_KEPT:
                self.anchors.append(tag)
            case "script" if "src" in attributes and len(self.scripts) < MOST_KEPT:
                self.scripts.append(attributes["src"])
            case "div" if "id" in attributes and len(self.ids) < MOST_KEPT:
                self.ids.add(attributes["id"])
            case "body" if not self.classes:
                self.classes = frozenset(attributes.get("class", "").lower().split())
            case "meta" if len(self.metas) < MOST_KEPT:
                self._take_meta(attributes)

    def _take_meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "").strip()
        if attributes.get("http-equiv", "").strip().lower() == "refresh":
            self.refresh = self.refresh or content
        for attribute in ("name", "property", "itemprop"):
            name = attributes.get(attribute, "").strip().lower()
            if name == "generator" and len(self.generators) < MOST_KEPT:
                self.generators.append(content.lower())
            elif name:
                self.metas.setdefault(name, content)

    def markup(self) -> Markup:
        base = (opened(self.base, self.url) if self.base else None) or self.url
        return Markup(
            title=self.title,
            links=_links(self.links, base),
            anchors=_links(self.anchors, base),
            metas=self.metas,
            generators=tuple(self.generators),
            scripts=tuple(filter(None, (opened(src, base) for src in self.scripts))),
            ids=frozenset(self.ids),
            classes=self.classes,
            moved_to=_moved_to(self.refresh, base),
        )


def _is_worth_keeping(attributes: Mapping[str, str]) -> bool:
    href = attributes.get("href", "")
    return bool(href) and ("type" in attributes or _OF_INTEREST.search(href) is not None)


def _links(found: list[Tag], base: str) -> tuple[Link, ...]:
    links = []
    for tag in found:
        attributes = tag.attributes
        if url := opened(attributes["href"], base):
            media_type = attributes.get("type", "").partition(";")[0].strip().lower()
            relations = frozenset(attributes.get("rel", "").lower().split())
            title = " ".join(attributes.get("title", "").split())
            links.append(Link(url, relations, media_type, title))
    return tuple(links)


def _moved_to(refresh: str, base: str) -> str | None:
    """The address in a ``refresh``, if it waits for none.

    Static sites put such pages where an address has moved from. One that waits first is a page
    that loads itself again, or a message that is to be read.
    """
    seconds, _, rest = refresh.partition(";")
    _, _, target = rest.partition("=")
    is_at_once = seconds.strip().removesuffix(".0") in {"0", "1"}
    return opened(target.strip().strip("\"'"), base) if is_at_once else None
