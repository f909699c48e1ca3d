"""``make corpus``: what the blog's parts reach on the captured corpus, as one table."""

from __future__ import annotations

import sys
from pathlib import Path

from tools import corpus_discovery, corpus_feeds, corpus_pages, corpus_weeks


def main(shared: Path) -> int:
    """Measure everything and print it; 1 if something isn't reached."""
    if not (shared / "corpus").is_dir():
        print(f"There are no captures at {shared}: nothing was measured. Name them: SHARED=…")
        return 2
    rows = [
        row
        for part in (corpus_weeks, corpus_feeds, corpus_pages, corpus_discovery)
        for row in part.rows(shared)
    ]
    for row in rows:
        sign = "✓" if row.reached else "✗"
        print(f"{sign} {row.what:<55}{row.ours:<45}{row.target}")
    return int(not all(row.reached for row in rows))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
