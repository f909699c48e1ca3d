"""Real captured pages, where they lie beside the project: when they were published, and walls."""

from __future__ import annotations

from pathlib import Path

import pytest

from csc_verify.pages import WallKind
from tools.corpus_pages import LEAST_PRECISION, LEAST_RECALL, Compared, compared

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (SHARED / "corpus").is_dir(),
        reason="the captured pages are not beside the project; they belong to others",
    ),
]


@pytest.fixture(scope="module")
def pages() -> tuple[Compared, ...]:
    return compared(SHARED)


def test_nearly_every_dated_page_gets_its_day_and_hardly_any_another(
    pages: tuple[Compared, ...],
) -> None:
    dated = [page for page in pages if page.expected]
    right = sum(page.is_right for page in dated)
    said = sum(page.said is not None for page in dated)
    assert (len(pages), len(dated)) == (156, 145)
    assert right >= LEAST_RECALL * len(dated)
    assert right >= LEAST_PRECISION * said


def test_an_undated_page_gets_no_day(pages: tuple[Compared, ...]) -> None:
    assert [page.where for page in pages if not page.expected and page.said] == []


def test_walls_are_recognised(pages: tuple[Compared, ...]) -> None:
    walls = [page for page in pages if page.is_wall]
    assert {page.wall for page in walls} == {WallKind.FACEBOOK, WallKind.MISSING}


def test_no_post_with_something_to_read_is_called_a_wall(pages: tuple[Compared, ...]) -> None:
    assert [page.where for page in pages if page.is_post_behind_a_wall] == []
    shells = [page for page in pages if page.wall is WallKind.SHELL]
    assert len(shells) <= 3
