"""Real captured feeds, where they lie beside the project: every labelled entry, every date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.corpus_feeds import LEAST_DATED, LEAST_FOUND, compared

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (SHARED / "corpus").is_dir(),
        reason="the captured feeds are not beside the project; they belong to others",
    ),
]


def test_nearly_every_entry_is_found_and_none_is_invented() -> None:
    entries, invented = compared(SHARED)
    found = sum(one.is_found for one in entries)
    assert len(entries) == 1376
    assert found >= LEAST_FOUND * len(entries)
    assert invented == 0


def test_nearly_every_date_is_as_labelled_and_none_is_wrong() -> None:
    entries, _ = compared(SHARED)
    dated = [one for one in entries if one.expected]
    assert sum(one.is_right for one in dated) >= LEAST_DATED * len(dated)
    assert [one.where for one in dated if one.said and not one.is_right] == []


def test_an_undated_entry_gets_no_date() -> None:
    entries, _ = compared(SHARED)
    undated = [one for one in entries if not one.expected]
    assert len(undated) == 250
    assert [one.where for one in undated if one.said] == []
