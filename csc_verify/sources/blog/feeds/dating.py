"""Which of an entry's dates is its first publication's, and which is never one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.dates import read_date
from csc_verify.sources.blog.feeds.values import Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.sources.blog.feeds.records import Record

LONGEST_DATE = 200
"""Characters that are kept of a date as written; no format is that long."""

# Each format's own element first, then what others lend it: Atom's ``published``, which was
# ``issued`` in 0.3, and Dublin Core's. ``created`` is not among them: the drafts of Atom and the
# terms of Dublin Core both keep it apart from being issued, and drafts are created long before.
_PUBLISHED = {
    "published": "published",
    "pubdate": "pubDate",
    "issued": "issued",
    "atom:published": "atom:published",
    "atom:issued": "atom:issued",
    "dcterms:issued": "dcterms:issued",
    "dc:date": "dc:date",
    "dcterms:date": "dcterms:date",
    "dcterms:available": "dcterms:available",
    "prism:publicationdate": "prism:publicationDate",
    "date_published": "date_published",
}
_UPDATED = {
    "updated": "updated",
    "modified": "modified",
    "atom:updated": "atom:updated",
    "atom:modified": "atom:modified",
    "dcterms:modified": "dcterms:modified",
    "date_modified": "date_modified",
}
_BUILT = {"lastbuilddate": "lastBuildDate", **_UPDATED, **_PUBLISHED}


def first_published(record: Record) -> tuple[Written | None, tuple[Written, ...]]:
    """An entry's date of first publication, and others of its dates that say something else.

    Args:
        record: The entry's elements.

    Returns:
        The first date that can be read; if none can, the first; None if there is none.
    """
    dates = list(_dates(record, _PUBLISHED))
    for one in dates:
        if one.date:
            readings = one.date.readings
            return one, tuple(it for it in dates if it.date and it.date.readings != readings)
    return (dates[0] if dates else None), ()


def last_updated(record: Record) -> Written | None:
    """The date of an entry's last change."""
    dates = list(_dates(record, _UPDATED))
    return next((one for one in dates if one.date), dates[0] if dates else None)


def last_built(channel: Record) -> Written | None:
    """The date of the feed itself."""
    return next(_dates(channel, _BUILT), None)


def _dates(record: Record, elements: Mapping[str, str]) -> Iterator[Written]:
    """The dates of some elements, in the elements' order; what is empty is none."""
    for element, name in elements.items():
        for value in record.get(element, ()):
            if raw := value.text.strip():
                yield Written(raw[:LONGEST_DATE], name, read_date(raw))
