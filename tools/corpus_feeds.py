"""How well feeds are read: the captured ones, compared with what their labels say."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.feeds import pace
from csc_verify.addresses import absolute
from csc_verify.dates import Day
from csc_verify.sources.blog.feeds import Feed, FeedReader
from tools.corpus_row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from csc_verify.sources.blog.feeds import Entry

LEAST_FOUND = 0.995
LEAST_DATED = 0.997
MOST_OF_FEEDPARSERS_TIME = 0.2


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one labelled entry.

    Attributes:
        where: The document and the entry.
        is_found: Whether an entry with its address was read.
        expected: Its first-published date as labelled; None if it has none.
        said: The date as read, in ISO 8601; None if none was.
        is_right: Whether the date is as labelled: instant, offset, precision and element.
    """

    where: str
    is_found: bool
    expected: str | None
    said: str | None
    is_right: bool


def compared(shared: Path) -> tuple[tuple[Compared, ...], int]:
    """Every labelled entry with what was read of it, and how many were read that aren't there.

    Args:
        shared: The folder that has the corpus.
    """
    blog = shared / "corpus" / "blog"
    labels = json.loads((blog / "labels.json").read_text("utf-8"))
    results, invented = [], 0
    for label in labels:
        if label["kind"] == "feed":
            ours = list(_compared_feed(label, (blog / label["file"]).read_bytes()))
            results += ours
            invented += _read_count(label, blog) - sum(one.is_found for one in ours)
    return tuple(results), invented


def _read(label: Mapping[str, Any], body: bytes) -> tuple[Entry, ...]:
    found = FeedReader().read(body, label["url"])
    return found.entries if isinstance(found, Feed) else ()


def _read_count(label: Mapping[str, Any], blog: Path) -> int:
    return len(_read(label, (blog / label["file"]).read_bytes()))


def _compared_feed(label: Mapping[str, Any], body: bytes) -> Iterator[Compared]:
    by_address: dict[str, list[Entry]] = defaultdict(list)
    for entry in _read(label, body):
        by_address[entry.link or ""].append(entry)
    for expected in label["entries"]:
        addresses = (expected.get("orig_url"), expected["url"])
        urls = [absolute(address, label["url"]) or "" for address in addresses if address]
        url = next((url for url in urls if by_address.get(url)), None)
        where = f"{label['file']} {expected['url']}"
        yield _judged(where, expected, by_address[url].pop(0) if url else None)


def _judged(where: str, expected: Mapping[str, Any], entry: Entry | None) -> Compared:
    published = entry.published if entry else None
    said = published.date.iso if published and published.date else None
    wanted = expected["published"]
    is_right = said == wanted
    if published and published.date and said and wanted:
        is_day = all(isinstance(reading, Day) for reading in published.date.readings)
        one, other = datetime.fromisoformat(said), datetime.fromisoformat(wanted)
        is_right = (
            (one.utcoffset(), one.replace(tzinfo=None, microsecond=0))
            == (other.utcoffset(), other.replace(tzinfo=None, microsecond=0))
            and published.element == expected["field"]
            and published.raw == expected["raw"]
            and is_day == (expected["zone"] == "date-only")
        )
    return Compared(where, entry is not None, wanted, said, is_right)


def rows(shared: Path) -> tuple[Row, ...]:
    """The rows of the table that are about feeds.

    Args:
        shared: The folder that has the corpus.
    """
    entries, invented = compared(shared)
    found = sum(one.is_found for one in entries)
    dated = [one for one in entries if one.expected]
    right = sum(one.is_right for one in dated)
    wrong = sum(1 for one in dated if one.said and not one.is_right)
    made_up = sum(1 for one in entries if not one.expected and one.said)
    bodies = [path.read_bytes() for path in sorted((shared / "corpus/blog/feeds").iterdir())]
    ours, theirs = pace(bodies)
    ratio = ours.median / theirs.median
    return (
        Row(
            "entries found",
            f"{found} of {len(entries)} ({100 * found / len(entries):.1f} %), {invented} invented",
            f">= {100 * LEAST_FOUND} %",
            found >= LEAST_FOUND * len(entries) and not invented,
        ),
        Row(
            "first-published dates right, of dated entries",
            f"{right} of {len(dated)} ({100 * right / len(dated):.1f} %), {wrong} wrong",
            f">= {100 * LEAST_DATED} %, none wrong",
            right >= LEAST_DATED * len(dated) and not wrong,
        ),
        Row(
            "undated entries given a date",
            f"{made_up} of {len(entries) - len(dated)}",
            "0",
            not made_up,
        ),
        Row(
            "time per feed, median, of feedparser's",
            f"{ratio:.2f}x (p95 {ours.p95 / theirs.p95:.2f}x)",
            f"<= {MOST_OF_FEEDPARSERS_TIME}x",
            ratio <= MOST_OF_FEEDPARSERS_TIME,
        ),
    )


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1])):
        print(f"{'ok ' if row.reached else 'NOT'}  {row.what:<48}{row.ours:<44}{row.target}")
