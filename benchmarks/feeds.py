"""Reading feeds, as a ratio to feedparser in the same run.

Every document is read by both, one after the other, so that a busy machine bends both sides alike.
The captured corpus is taken where its folder is given or lies beside the project, else the
synthetic documents of the tests.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import feedparser

from csc_verify.sources.blog.feeds import FeedReader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RUNS = 3
_PROJECT = Path(__file__).resolve().parent.parent
_CAPTURED = _PROJECT.parent / "shared" / "corpus" / "blog" / "feeds"
_SYNTHETIC = _PROJECT / "tests" / "data" / "blog" / "feeds"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long documents take, in seconds.

    Attributes:
        median: Half of them take longer.
        p95: One in twenty takes longer.
    """

    median: float
    p95: float


def pace(bodies: Sequence[bytes]) -> tuple[Pace, Pace]:
    """Ours and feedparser's (``feedparser.parse`` by default), each document the best of a few.

    Ours starts anew with each, so that nothing is remembered; a child is started where one is
    needed.
    """
    pairs = [_fastest(body) for body in bodies]
    return _pace([ours for ours, _ in pairs]), _pace([theirs for _, theirs in pairs])


def _fastest(body: bytes) -> tuple[float, float]:
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(_seconds(lambda: FeedReader().read(body, "https://blog.example/")))
        theirs.append(_seconds(lambda: feedparser.parse(body)))
    return min(ours), min(theirs)


def _pace(seconds: Sequence[float]) -> Pace:
    return Pace(median(seconds), quantiles(seconds, n=20)[-1])


def _seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def main(folder: Path) -> None:
    """Print the figures."""
    # The synthetic ones have what is expected of them beside them.
    paths = sorted(folder.glob("*.feed")) or sorted(folder.iterdir())
    bodies = [path.read_bytes() for path in paths]
    ours, theirs = pace(bodies)
    print(f"{len(bodies)} documents of {folder.name}, each read by both")
    for what, one, other in (
        ("median", ours.median, theirs.median),
        ("p95", ours.p95, theirs.p95),
    ):
        figures = f"({1000 * one:.1f} ms, {1000 * other:.1f} ms)"
        print(f"{what:<8}{one / other:6.2f} x feedparser by default {figures}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        main(_CAPTURED if _CAPTURED.is_dir() else _SYNTHETIC)
