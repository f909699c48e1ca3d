"""Real captured pages, where they lie beside the project: which feeds they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.corpus_discovery import LEAST_DISCOVERED, discovered

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (SHARED / "corpus").is_dir(),
        reason="the captured pages are not beside the project; they belong to others",
    ),
]


def test_nearly_every_page_leads_to_a_feed_with_its_posts() -> None:
    announcing = [page for page in discovered(SHARED) if page.posts]
    assert len(announcing) == 90
    missed = [page.where for page in announcing if not page.is_discovered]
    assert len(missed) <= (1 - LEAST_DISCOVERED) * len(announcing)


def test_the_first_choice_is_a_feed_with_posts() -> None:
    announcing = [page for page in discovered(SHARED) if page.posts]
    assert [page.where for page in announcing if page.found[0] not in page.posts] == []


def test_no_feed_of_comments_is_ever_chosen() -> None:
    pages = discovered(SHARED)
    assert sum(bool(page.comments) for page in pages) == 56
    assert [page.where for page in pages if page.asks_for_comments] == []


def test_where_only_comments_are_announced_another_address_is_asked() -> None:
    only = [page for page in discovered(SHARED) if page.comments and not page.posts]
    assert len(only) == 3
    assert all(page.asked[0].endswith("/feed/") for page in only)
