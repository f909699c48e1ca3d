"""The questions of the captured corpus, where it lies beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.corpus_weeks import Answered, answers

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (SHARED / "corpus").is_dir(),
        reason="the captured blogs are not beside the project; they belong to others",
    ),
]


@pytest.fixture(scope="module")
def asked() -> list[Answered]:
    return list(answers(SHARED))


def test_no_uncontested_question_gets_a_wrong_verdict(asked: list[Answered]) -> None:
    plain = [answer for answer in asked if not answer.contestable]
    assert len(plain) == 397
    assert [f"{a.id}: {a.verdict}, {a.why}" for a in plain if a.is_wrong] == []


def test_no_contested_question_gets_a_verdict_that_no_policy_would_give(
    asked: list[Answered],
) -> None:
    assert [f"{a.id}: {a.verdict}, {a.why}" for a in asked if a.is_wrong] == []


def test_nearly_every_question_is_answered_as_expected(asked: list[Answered]) -> None:
    assert len(asked) == 508
    # The rest is unknown: several authors and no blog.author, or pages that don't say their day.
    assert sum(answer.is_right for answer in asked) >= 483
    assert sum(answer.is_right_by_author for answer in asked) >= 495


def test_what_a_document_says_is_answered(asked: list[Answered]) -> None:
    answerable = [answer for answer in asked if answer.is_written]
    assert len(answerable) >= 480
    assert sum(answer.is_right_by_author for answer in answerable) >= 0.98 * len(answerable)
