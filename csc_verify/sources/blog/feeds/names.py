"""Names of elements: by namespace whatever the prefix, and which of them are looked at where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from csc_verify.sources.blog.feeds.values import Format

Rules: TypeAlias = Mapping[str, "Rules"]
"""The children of an element that are looked at, each with its own; every other is skipped."""

LEAF: Rules = {}
"""An element whose text is kept, with that of whatever it holds."""

XML_BASE = "http://www.w3.org/XML/1998/namespace base xml"
"""The attribute as expat names it."""

# Without their ending slash or number sign, in lower case: both vary in the wild.
_FAMILIES = {
    "http://purl.org/rss/1.0": "rss",
    "http://my.netscape.com/rdf/simple/0.9": "rss",
    "http://channel.netscape.com/rdf/simple/0.9": "rss",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "rss",
    "http://backend.userland.com/rss": "rss",
    "http://backend.userland.com/rss091": "rss",
    "http://backend.userland.com/rss092": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://blogs.law.harvard.edu/tech/rss": "rss",
    "http://cyber.law.harvard.edu/rss": "rss",
    "http://purl.org/net/rss1.1": "rss",
    "http://www.w3.org/2005/atom": "atom",
    "https://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/prism": "prism",
    "http://prismstandard.org/namespaces/basic/2.0": "prism",
    "http://search.yahoo.com/mrss": "media",
    "https://search.yahoo.com/mrss": "media",
    "http://www.youtube.com/xml/schemas/2015": "yt",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.pheedo.com/namespace/pheedo": "pheedo",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://a9.com/-/spec/opensearch/1.1": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0": "opensearch",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/math/mathml": "math",
}
_OWN = {Format.RSS: "rss", Format.RDF: "rss", Format.ATOM: "atom"}


def root_format(name: str) -> Format | None:
    """Which format a document with this root is of; None if it is none of a feed's.

    Args:
        name: As expat gives it: ``namespace local prefix``, as far as there are any.
    """
    family, local, is_bare = _parts(name)
    match local:
        case "rss" if is_bare or family == "rss":
            return Format.RSS
        case "rdf" if family == "rdf":
            return Format.RDF
        case "feed" if family == "atom" or (is_bare and not family):
            return Format.ATOM
        case _:
            return None


class Names:
    """The names of one document's elements.

    In lower case: hand-written feeds have ``pubdate`` and ``PubDate``, and every reader takes them.
    The format's own elements are those of its namespaces, those of the root's (templates were seen
    that declare ``xmlns="default"``), and those in a namespace that nobody knows, without a prefix.
    """

    def __init__(self, format_: Format, root: str) -> None:
        self._own = _OWN[format_]
        self._root = _namespace(root)
        self._known: dict[str, str] = {}

    def of(self, name: str) -> str:
        """An element by its usual name: ``pubdate``, ``dc:date``; empty if nobody looks at it.

        Args:
            name: As expat gives it.
        """
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._usual(name)
        return known

    def _usual(self, name: str) -> str:
        family, local, is_bare = _parts(name)
        is_roots = bool(self._root) and _namespace(name) == self._root
        if family == self._own or is_roots or (is_bare and not family):
            return local
        return f"{family}:{local}" if family else ""


def _namespace(name: str) -> str:
    return name.split(" ", maxsplit=1)[0].lower() if " " in name else ""


def _parts(name: str) -> tuple[str, str, bool]:
    """The family of a namespace, the local name, and whether it was written without a prefix."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name.lower(), True
    is_bare = len(parts) == len(("namespace", "local"))
    family = _FAMILIES.get(parts[0].lower().rstrip("/#"), "")
    return family, parts[1].lower(), is_bare


def _leaves(names: str) -> dict[str, Rules]:
    return dict.fromkeys(names.split(), LEAF)


_PERSON: Rules = _leaves("name email uri atom:name atom:email atom:uri")
_MEDIA: Rules = _leaves("media:content media:description media:title") | {
    "media:community": _leaves("media:statistics")
}
_DATES = _leaves(
    "pubdate published issued updated modified lastbuilddate dc:date dcterms:date dcterms:issued"
    " dcterms:available dcterms:modified prism:publicationdate atom:published atom:issued"
    " atom:updated atom:modified"
)
_PEOPLE: dict[str, Rules] = {
    "author": _PERSON,
    "atom:author": _PERSON,
    **_leaves("dc:creator itunes:author managingeditor"),
}
_ENTRY: Rules = {
    **_DATES,
    **_PEOPLE,
    **_leaves(
        "title link guid id dc:title atom:link atom:id feedburner:origlink pheedo:origlink"
        " category dc:subject description summary content content:encoded atom:summary atom:content"
        " enclosure media:content media:description media:title media:statistics"
        " yt:videoid yt:channelid thr:in-reply-to"
    ),
    "media:group": _MEDIA,
    # RSS has the title in the element, Atom a whole head of a feed.
    "source": {"author": _PERSON, **_leaves("title id")},
}
_CHANNEL: Rules = {
    **_DATES,
    **_PEOPLE,
    **_leaves(
        "title link id atom:link generator language dc:language fh:complete opensearch:totalresults"
    ),
    "item": _ENTRY,
    "entry": _ENTRY,
}
RULES: Mapping[Format, Rules] = {
    Format.ATOM: _CHANNEL,
    # RSS 1.0 has its items beside the channel; so have some of RSS 2.0, against the rules.
    Format.RSS: {"channel": _CHANNEL, "item": _ENTRY},
    Format.RDF: {"channel": _CHANNEL, "item": _ENTRY},
}
"""What is looked at below the root."""
ENTRIES = frozenset({"item", "entry"})
"""What RSS and Atom call a post."""
CONTAINERS = ENTRIES | {"channel", "media:group", "media:community"}
"""Elements whose own text means nothing."""
BLOCKS = frozenset(
    _leaves(
        "xhtml:p xhtml:div xhtml:br xhtml:hr xhtml:li xhtml:ul xhtml:ol xhtml:dl xhtml:dt xhtml:dd"
        " xhtml:table xhtml:tr xhtml:td xhtml:th xhtml:h1 xhtml:h2 xhtml:h3 xhtml:h4 xhtml:h5"
        " xhtml:h6 xhtml:pre xhtml:blockquote xhtml:figure xhtml:section xhtml:article xhtml:img"
    )
)
"""Elements of XHTML that part words."""
