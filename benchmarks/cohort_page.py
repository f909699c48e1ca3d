"""How a cohort's page behaves with 10,000 students: python -m benchmarks.cohort_page [STUDENTS].

In headless Chromium, each figure the median of five: from asking for the file until everything in
it is read and the first hundred rows stand, and from a key until the filtered rows are laid out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from csc_verify.overview import Audience
from csc_verify.render.cohort_page import render
from tools.check_system import NO_BROWSER, browser
from tools.cohort_sample import cohort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

STUDENTS = 10_000
WEEKS = 8
ROUNDS = 5
OPENS_IN = 2000
FILTERS_IN = 100
"""Milliseconds that may not be passed."""

# Laid out at once: what a reader waits for is more than the script's own time.
_FILTERED = """asked => {
  const field = document.querySelector(asked[0]);
  const start = performance.now();
  if (field.matches("button")) field.click();
  else { field.value = asked[1]; field.dispatchEvent(new Event("input", {bubbles: true})); }
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""
_OPENED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_FILTERS = (
    ("search: a", ("#search", "a")),
    ("search: alice", ("#search", "alice")),
    ("search: nobody", ("#search", "no such student")),
    ("search: all", ("#search", "")),
    ("a coach", ("#by-coach", "Hannah")),
    ("all coaches", ("#by-coach", "")),
    ("unmet", ("[data-value=unmet]", "")),
    ("all verdicts", ("[data-value=unmet]", "")),
    ("sort: contacts", ("[data-sort=contacts]", "")),
)


def main() -> None:
    """Print the figures."""
    found = browser()
    if found is None:
        sys.exit(NO_BROWSER)
    number = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    overview = cohort(number, WEEKS)
    start = time.perf_counter()
    page = render(overview, Audience.COACH)
    made = time.perf_counter() - start
    print(f"{number:,} students, {WEEKS} weeks each")
    print(f"  made in {made:.1f} s, {len(page.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "index.html"
        path.write_text(page, "utf-8")
        chromium = playwright.chromium.launch(executable_path=found)
        for words, milliseconds, limit in _measured(chromium, path.as_uri()):
            verdict = "within" if milliseconds < limit else "ABOVE"
            print(f"  {words:<24}{milliseconds:8.0f} ms   {verdict} {limit} ms")
        chromium.close()


def _measured(chromium: Browser, address: str) -> Iterator[tuple[str, float, int]]:
    opened: list[float] = []
    filtered: dict[str, list[float]] = {words: [] for words, _ in _FILTERS}
    for _ in range(ROUNDS):
        page = chromium.new_page()
        page.goto(address)
        opened.append(page.evaluate(_OPENED))
        for words, asked in _FILTERS:
            filtered[words].append(page.evaluate(_FILTERED, asked))
        page.close()
    yield "opens", median(opened), OPENS_IN
    for words, times in filtered.items():
        yield words, median(times), FILTERS_IN


if __name__ == "__main__":
    main()
