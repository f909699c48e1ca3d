"""How well pages are read: the captured ones, compared with what their labels say."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csc_verify.pages import WallKind, read_page
from tools.corpus_row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.pages import PageFacts

LEAST_PRECISION = 0.985
LEAST_RECALL = 0.94

_WALLS = frozenset({"login-wall", "soft-404"})


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one labelled page.

    Attributes:
        where: The document.
        expected: The labelled day of first publication; None if the page has none.
        said: The date as read, in ISO 8601; None if none was.
        is_instant: Whether it is the labelled instant, which may lie on another day in UTC than the
            page shows.
        element: What said so; empty if nothing did.
        is_wall: Whether the label calls it a wall or a "not found".
        wall: What kind of wall it was read as; None if as none.
    """

    where: str
    expected: str | None
    said: str | None
    is_instant: bool
    element: str
    is_wall: bool
    wall: WallKind | None

    @property
    def is_right(self) -> bool:
        """Whether the day is the one that the page shows, or the instant is the labelled one."""
        return self.said is not None and (self.said[:10] == self.expected or self.is_instant)

    @property
    def is_post_behind_a_wall(self) -> bool:
        """Whether a page with something to read was read as a wall.

        Two captured pages and a shell of Blogger's are labelled as posts by their address; they
        hold no text without JavaScript.
        """
        return not self.is_wall and self.wall not in {None, WallKind.SHELL}


def compared(shared: Path) -> tuple[Compared, ...]:
    """Every labelled page with what was read of it.

    Args:
        shared: The folder that has the corpus.
    """
    blog = shared / "corpus" / "blog"
    labels = json.loads((blog / "labels.json").read_text("utf-8"))
    return tuple(
        _one(label, read_page((blog / label["file"]).read_bytes(), label["url"]))
        for label in labels
        if label["kind"] == "html"
    )


def _one(label: Mapping[str, Any], facts: PageFacts) -> Compared:
    published = facts.published
    said = published.date.iso if published else None
    return Compared(
        where=label["file"],
        expected=label["published_day"],
        said=said,
        is_instant=said is not None and said == label["published"],
        element=published.element if published else "",
        is_wall=label["page"] in _WALLS,
        wall=facts.wall.kind if facts.wall else None,
    )


def rows(shared: Path) -> tuple[Row, ...]:
    """The rows of the table that are about pages.

    Args:
        shared: The folder that has the corpus.
    """
    pages = compared(shared)
    dated = [page for page in pages if page.expected]
    right = sum(page.is_right for page in dated)
    said = sum(page.said is not None for page in dated)
    precision, recall = right / max(said, 1), right / max(len(dated), 1)
    undated = [page for page in pages if not page.expected]
    made_up = sum(page.said is not None for page in undated)
    walls = [page for page in pages if page.is_wall]
    seen = sum(page.wall is not None for page in walls)
    mistaken = sum(page.is_post_behind_a_wall for page in pages)
    shells = sum(page.wall is WallKind.SHELL for page in pages)
    return (
        Row(
            "page dates: precision at recall",
            f"{precision:.3f} at {recall:.3f} ({said - right} of {said} wrong)",
            f">= {LEAST_PRECISION} at >= {LEAST_RECALL}",
            precision >= LEAST_PRECISION and recall >= LEAST_RECALL,
        ),
        Row("undated pages given a date", f"{made_up} of {len(undated)}", "0", not made_up),
        Row(
            "walls and soft 404s recognised",
            f"{seen} of {len(walls)}; {mistaken} posts, {shells} empty shells",
            "all, no post mistaken",
            seen == len(walls) and not mistaken,
        ),
    )


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1])):
        print(f"{'ok ' if row.reached else 'NOT'}  {row.what:<48}{row.ours:<44}{row.target}")
