"""Advice on commits: what is said about which, and that it never is a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.sources.contributions.advice import notes_on
from csc_verify.sources.contributions.changes import Change, Edit, Entry

MONDAY = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)
TEXTS = {
    "a": "def f():\n    return 1\n",
    "a-indented": "def f():\n\treturn   1\n\n",
    "b": "def f():\n    return 2\n",
}


def file(oid: str) -> Entry:
    return Entry(f"B_{oid}", oid, is_file=True, size=20)


def edit(path: str, before: str | None, after: str | None) -> Edit:
    return Edit(path, file(before) if before else None, file(after) if after else None)


def commit(
    message: str = "Add a search",
    *edits: Edit,
    late: timedelta = timedelta(),
    merge: bool = False,
) -> Change:
    return Change(message, MONDAY, MONDAY + late, merge, edits, TEXTS)


WORK = edit("src/search.py", "a", "b")


def test_good_commits_get_no_note() -> None:
    assert notes_on(()) == ()
    assert notes_on((commit("Add a search", WORK),)) == ()


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ((), "1 of 2 commits changes nothing"),
        ((edit("README.md", "a", "b"),), "1 of 2 commits changes only README.md"),
        ((edit("README.md", None, "b"),), "1 of 2 commits changes only README.md"),
        ((edit("docs/readme.rst", "a", "b"),), "1 of 2 commits changes only docs/readme.rst"),
        ((edit("a.py", "a", "a-indented"),), "1 of 2 commits changes only white space"),
    ],
)
def test_what_a_commit_changes(edits: tuple[Edit, ...], said: str) -> None:
    assert notes_on((commit("Add a search", *edits), commit("Add a test", WORK))) == (said,)


@pytest.mark.parametrize(
    "edits",
    [
        (edit("README.md", "a", "b"), edit("src/a.py", "a", "b")),
        (edit("a.py", "a", "a-indented"), edit("b.py", "a", "b")),
        (edit("a.py", None, "a"),),
        (edit("a.py", "a", None),),
        (edit("a.py", "a", "was never asked for"),),
        (edit("readme-generator.py", "a", "b"),),
        (Edit("deep/er/folder", Entry("", "x", is_file=False, size=0), None),),
    ],
)
def test_what_may_be_work_gets_no_note(edits: tuple[Edit, ...]) -> None:
    assert notes_on((commit("Add a search", *edits),)) == ()


def test_several_are_told_in_one_sentence() -> None:
    readmes = (edit("README.md", "a", "b"), edit("README.md", "b", "a"), edit("README", "a", "b"))
    changes = tuple(commit("Describe it", readme) for readme in readmes)
    assert notes_on(changes[:2]) == ("2 of 2 commits change only README.md",)
    assert notes_on(changes) == ("3 of 3 commits change only a README",)


def test_the_same_change_made_again_is_told() -> None:
    there, back = edit("a.py", "a", "b"), edit("a.py", "b", "a")
    changes = (commit("Add it", there), commit("Remove it", back), commit("Add it again", there))
    assert notes_on(changes) == ("1 of 3 commits makes a change that another one made already",)


def test_a_copy_in_another_repository_is_the_same_change() -> None:
    copy = Edit("src/search.py", replace(file("a"), node="2"), replace(file("b"), node="3"))
    notes = notes_on((commit("Add a search", WORK), commit("Add a search", copy)))
    assert notes == ("1 of 2 commits makes a change that another one made already",)


def test_a_merge_is_nobodys_change() -> None:
    assert notes_on((commit("Merge branch 'x'", merge=True),)) == ()


@pytest.mark.parametrize("late", [timedelta(days=3), timedelta(days=-3)])
def test_dates_far_apart_are_told(late: timedelta) -> None:
    (note,) = notes_on((commit("Add a search", WORK, late=late),))
    assert note.startswith("1 of 1 commits carries an author's date more than 2 days away")


def test_a_rebase_over_a_day_is_not() -> None:
    assert notes_on((commit("Add a search", WORK, late=timedelta(days=2)),)) == ()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("update", "says little"),
        ("Update README.md", "says little"),
        ("wip", "says little"),
        ("fix bug", "says little"),
        ("more changes", "says little"),
        ("fixed it.", "says little"),
        ("feat: update", "says little"),
        ("...", "says little"),
        ("Add files via upload", "says little"),
        ("", "says little"),
        ("Added a search", "is not in the imperative"),
        ("fix(api): handling of errors", "is not in the imperative"),
        ("Add a search.", "ends with a full stop"),
        ("Add " + "a" * 80, "is longer than 72 characters"),
        ("Add a search\nand a test", "has no empty line"),
    ],
)
def test_a_message_against_the_usual_rules_is_told(message: str, said: str) -> None:
    (note,) = notes_on((commit(message, WORK),))
    assert note.startswith("1 of 1 commit messages")
    assert said in note


@pytest.mark.parametrize(
    "message",
    [
        "Fix rounding below zero",
        "Update the lock file for Python 3.14",
        "feat(search): rank the hits",
        "Bring back the dark mode",
        "Seed the database",
        "Add a search\n\nIt ranks by date.",
        "Wait for the server...",
        "Merge branch 'main' into search",
        'Revert "added a search."',
        "Initial commit",
        "Ajouter une recherche",
        "検索を追加",
    ],
)
def test_a_good_message_is_not(message: str) -> None:
    assert notes_on((commit(message, WORK),)) == ()


@given(st.text(max_size=400), st.integers(-10, 10))
def test_no_message_breaks_anything(message: str, days: int) -> None:
    notes = notes_on((commit(message, WORK, late=timedelta(days=days)),))
    assert all(note.isprintable() for note in notes)


def test_a_long_message_takes_no_time() -> None:
    assert len(notes_on((commit("more " * 100_000, WORK),))) == 1
