"""Real captured feeds and real commit logs, where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.real import Answer, feed_answers, log_answers

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (SHARED / "corpus").is_dir(),
        reason="the captured feeds and logs are not beside the project; they belong to others",
    ),
]


def told(answers: list[Answer]) -> list[str]:
    return [f"{answer.question}: {answer.verdict}, {answer.why}" for answer in answers]


def test_no_feed_gets_a_wrong_verdict_and_most_get_the_best_one() -> None:
    answers = list(feed_answers(SHARED))
    assert told([answer for answer in answers if answer.is_wrong]) == []
    assert len(answers) == 126
    assert sum(answer.is_right for answer in answers) >= 112


def test_the_count_of_a_week_is_the_logs_own() -> None:
    answers = list(log_answers(SHARED))
    assert told([answer for answer in answers if not answer.is_right]) == []
    assert len(answers) == 69
    assert {answer.verdict for answer in answers} == {"met", "unmet"}
