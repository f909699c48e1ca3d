"""The blog's parsers on documents that nobody would write, and the harness that makes them up."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from csc_verify.dates import Day, WrittenDate
from csc_verify.sources.blog.feeds import Media
from tools.fuzz import TARGETS, Document, Mutator, Target, fuzz, main, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DATA = Path(__file__).parent / "data"
# A document that is broken costs the tolerant reader a process of its own; a page costs a tree.
MUTANTS = {"FeedReader": 4, "blog": 40, "read_page": 100}


@pytest.fixture(scope="module")
def documents() -> dict[str, tuple[bytes, ...]]:
    return seeds(DATA / "blog", DATA / "feeds")


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_mutant_breaks_a_parser(
    target: Target, documents: Mapping[str, tuple[bytes, ...]]
) -> None:
    most = MUTANTS.get(target.name, 200)
    outcome = fuzz(target, Mutator(Random(7), documents), most=most)
    assert outcome.inputs == most
    assert [f"{finding.what}\n{finding.detail}" for finding in outcome.findings] == []


# The harness itself


def raising(document: Document) -> object:
    return document.text.index("no document holds this")


def working(_: Document) -> None:
    while True:
        pass


def waiting(_: Document) -> None:
    time.sleep(60)


CRASHING = Target("crashing", raising, int, "feeds")


def found(target: Target, most: int = 3) -> list[str]:
    mutator = Mutator(Random(7), {"feeds": (b"<rss>",)})
    return [finding.what for finding in fuzz(target, mutator, most=most).findings]


def giving(value: object, promised: object) -> Target:
    return Target("giving", lambda _: value, promised, "feeds")


def test_a_crash_is_found_once_whatever_the_document() -> None:
    [what] = found(CRASHING)
    assert what.startswith("ValueError in test_fuzz.py:")


@pytest.mark.parametrize("read", [working, waiting])
def test_a_parser_that_takes_too_long_is_ended_and_found(read: Callable[[Document], None]) -> None:
    slow = Target("slow", read, type(None), "feeds", seconds=0.02)
    assert found(slow, most=1) == ["takes more than 0.02 s"]


def test_the_smallest_document_of_a_kind_is_kept() -> None:
    mutator = Mutator(Random(7), {"feeds": (b"<rss>" * 50,), "pages": (b"",)})
    sizes: list[int] = []

    def noting(document: Document) -> object:
        sizes.append(len(document.body))
        return raising(document)

    [finding] = fuzz(replace(CRASHING, read=noting), mutator, most=20).findings
    assert len(finding.document.body) == min(sizes)


DATE = WrittenDate("17 Nov 2026", (Day(date(2026, 11, 17)),), "2026-11-17")


@pytest.mark.parametrize(
    ("value", "promised", "what"),
    [
        (None, str, "it is a NoneType"),
        (True, int, "it is a bool"),
        (1, str | None, "it is a int"),
        (("a", 1), tuple[str, ...], "it[] is a int"),
        (Media(b"https://a.example/", ""), Media, "Media.url is a bytes"),  # type: ignore[arg-type]
        (Media("javascript:x", ""), Media, "Media.url holds what is no address of the web"),
        (replace(DATE, iso="17 Nov"), WrittenDate, "WrittenDate.iso is not ISO 8601"),
        (replace(DATE, readings=()), WrittenDate, "WrittenDate.readings is empty"),
        (
            replace(DATE, readings=(Day(date(1, 1, 1)),)),
            WrittenDate | None,
            "WrittenDate.readings holds a year that is none",
        ),
    ],
)
def test_a_value_that_breaks_a_promise_is_found(value: object, promised: object, what: str) -> None:
    assert found(giving(value, promised)) == [what]


def test_a_value_that_is_as_promised_is_no_finding() -> None:
    assert found(giving(DATE, WrittenDate | None)) == []


def test_the_same_seed_makes_the_same_documents() -> None:
    one, other = (Mutator(Random(7), seeds()) for _ in range(2))
    kinds = [target.seeds for target in TARGETS]
    assert [one.document(kind) for kind in kinds] == [other.document(kind) for kind in kinds]


def test_what_is_found_is_kept_in_a_folder_and_makes_the_command_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["0.05", "7", "--keep", str(tmp_path)], [CRASHING]) == 1
    told = (tmp_path / "crashing-1.txt").read_text("utf-8")
    assert "substring not found" in told
    assert (tmp_path / "crashing-1.body").exists()
    assert "ValueError in test_fuzz.py" in capsys.readouterr().out


def test_the_command_succeeds_if_nothing_is_found(tmp_path: Path) -> None:
    assert main(["0.02", "--keep", str(tmp_path)], [giving(DATE, WrittenDate)]) == 0
