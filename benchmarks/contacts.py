"""Reading a tracker of ten thousand rows, as a ratio to the standard library's ``csv`` alone.

Also how much memory it takes beyond the tracker itself.
"""

from __future__ import annotations

import csv
import io
import sys
import time
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING

from csc_verify.sources.contacts import collect
from csc_verify.week import WeekStart, read_zone, week_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 10_000
RUNS = 3
KEY = bytes(range(32))


def tracker() -> bytes:
    """A tracker with somebody else in each row, a quarter of them in the week."""
    lines = ["Date,Contact Name,Contact Title,Company,Relationship Type,Action,Follow-Up,Notes"]
    lines += [
        f"2026-11-{1 + number % 28:02},Ada {_letters(number)},Engineer,Company {number},,Email,,"
        '"Asked how her team reviews code,\nand what she would look for"'
        for number in range(ROWS)
    ]
    return "\n".join(lines).encode()


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _fastest(read: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        read()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> int:
    """Print the table."""
    content = tracker()
    week = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
    ours = _fastest(lambda: collect(content, week, {}, KEY))
    raw = _fastest(lambda: list(csv.reader(io.StringIO(content.decode(), newline=""))))
    tracemalloc.start()
    collect(content, week, {}, KEY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"| {ROWS:,} contacts | seconds | to csv alone | memory at most |")
    print("| --- | --- | --- | --- |")
    print(f"| read, judged, digested | {ours:.2f} | {ours / raw:.1f}x | {most / 2**20:.0f} MiB |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
