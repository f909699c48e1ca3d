"""``python -m tools.soak YEARS [SEED]``: simulated years, each with another seed.

A year is the one of ``tests/year.py``, and each seed lives it three times: published through the
API, with git, and as files, with more kills than the tests have time for. What is wrong is printed
with its seed, and the folder with the repository is kept.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.year import Year

if TYPE_CHECKING:
    from collections.abc import Sequence

_WAYS = ("api", "git", "files")


def live(way: str, seed: int, kills: int) -> bool:
    """Live one year and print what came of it.

    Args:
        way: How it is published.
        seed: Of everything that the plan leaves open.
        kills: For each week in which there are runs.

    Returns:
        Whether all was well.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"soak-{way}-{seed}-"))
    year, begun = Year(folder, way, seed, kills), perf_counter()
    try:
        with year:
            wrong = year.live()
    except AssertionError as error:
        wrong = [f"a run ended as it must not: {error}"]
    tally, seconds = year.tally, perf_counter() - begun
    print(
        f"{way:<7}{seed:>6}{tally.runs:>7}{tally.kills:>7}{tally.refused:>9}{tally.commits:>9}"
        f"{tally.pushes:>8}{tally.lost:>6}{tally.moved:>7}{seconds:>9.0f}{len(wrong):>7}",
        flush=True,
    )
    for each in wrong:
        print(f"  {each}\n  see {folder}", flush=True)
    if not wrong:
        shutil.rmtree(folder)
    return not wrong


def main(arguments: Sequence[str]) -> int:
    """Live many years; 1 if something was wrong in one of them.

    Args:
        arguments: Of the command line.
    """
    reader = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    reader.add_argument("years", type=int, help="for each way of publishing")
    reader.add_argument("seed", type=int, nargs="?", default=0, help="of the first year")
    reader.add_argument(
        "--kills", type=int, default=8, help="for each week in which there are runs"
    )
    reader.add_argument("--at-once", type=int, default=2, help="years that are lived side by side")
    asked = reader.parse_args(arguments)
    titles = ("way", "seed", "runs", "kills", "refused", "commits", "pushes", "lost", "moved")
    widths = (-7, 6, 7, 7, 9, 9, 8, 6, 7)
    shown = (f"{title:<{-width}}" if width < 0 else f"{title:>{width}}"
             for title, width in zip(titles, widths, strict=True))  # fmt: skip
    print(f"{''.join(shown)}{'seconds':>9}{'wrong':>7}", flush=True)
    years = [(way, asked.seed + year) for year in range(asked.years) for way in _WAYS]
    with ThreadPoolExecutor(asked.at_once) as pool:
        well = list(pool.map(lambda year: live(year[0], year[1], asked.kills), years))
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
