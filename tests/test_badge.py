"""The badge: what it says, that it says it safely, and that one can read it."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from csc_verify.appearance import LOOKS
from csc_verify.model import RequirementId, Verdict
from csc_verify.render import badge
from csc_verify.week import WeekState
from tests import hostile
from tests.picture_cases import GOLDEN, LOGS, MADE_LOGS, narrowed, paused
from tests.svg_reader import contrast, read_svg
from tools.pictures import FOLDER, pictures, sample

if TYPE_CHECKING:
    from csc_verify.model import Report

DRAWN_ON = {
    "ink": ("fill", "ground"),
    "soft": ("fill", "ground"),
    "white": ("fill", "block"),
    "white-sign": ("stroke", "block"),
    "block": ("fill", None),
    **{f"sign-{verdict}": ("stroke", "ground") for verdict in Verdict},
}


@pytest.mark.parametrize("name", LOGS)
def test_the_picture_is_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"badge-{name}.svg").read_text(encoding="utf-8")

    assert badge.render_svg(LOGS[name]) == golden


@pytest.mark.parametrize("name", LOGS)
def test_the_endpoint_is_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"badge-{name}.json").read_text(encoding="utf-8")

    assert badge.render_endpoint(LOGS[name]) == golden


@pytest.mark.parametrize("name", sorted(pictures()))
def test_the_pictures_of_the_docs_are_what_the_tool_makes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pictures()[name]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", ["not yet", "Job search", "No week verified yet"]),
        (
            "settling",
            ["not yet", "Job search", "The week 2–8 Nov 2026 is still settling"],
        ),
        (
            "met",
            [
                "met",
                "Job search",
                "16–22 Nov 2026",
                "3 weeks in a row",
                "contributions 5/5",
                "blog 2/1",
                "contacts 8/8",
            ],
        ),
        (
            "unmet",
            [
                "unmet",
                "Job search",
                "16–22 Nov 2026",
                "no streak",
                "contributions 5/5",
                "blog 0/1",
                "contacts 8/8",
            ],
        ),
        (
            "unknown",
            [
                "unknown",
                "Job search",
                "23–29 Nov 2026",
                "2 weeks in a row · 2 of 4 unknown",
                "contributions 9/5",
                "blog",
                "contacts 11/8",
            ],
        ),
        (
            "new-and-settling",
            [
                "met",
                "Job search",
                "9–15 Nov 2026",
                "2 weeks in a row",
                "contributions 12/5",
                "blog 1/1",
                "contacts 9/8",
            ],
        ),
        (
            "small-scope",
            [
                "met",
                "Job search",
                "16–22 Nov 2026",
                "3 weeks in a row",
                "contributions 5/5",
                "blog 2/1",
                "contributions + blog only",
            ],
        ),
        (
            "low-minimum",
            [
                "unknown",
                "Job search",
                "16–22 Nov 2026",
                "contributions 5/3",
                "blog",
                "4 weeks in a row · 2 of 6 unknown · contributions + blog only",
                "contributions minimum 3 instead of 5 · 1 week not checked",
            ],
        ),
        (
            "paused",
            [
                "skipped",
                "Job search",
                "9–15 Nov 2026",
                "1 week in a row",
                "paused from 2026-11-09 to 2026-11-15: moving",
                "house",
            ],
        ),
    ],
)
def test_it_says_what_the_log_says_and_no_more(name: str, words: list[str]) -> None:
    picture = read_svg(badge.render_svg(LOGS[name]))

    assert sorted(picture.words) == sorted(words)


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("m", "1 week in a row"),
        ("m" * 8 + "?", "8 weeks in a row · 1 of 9 unknown"),
        ("mp?m", "2 weeks in a row · 1 of 3 unknown"),
        ("m?u", "no streak · 1 of 3 unknown"),
        ("u", "no streak"),
        ("??", "2 of 2 unknown"),
        ("p", ""),
    ],
)
def test_unknown_weeks_stand_beside_the_streak_and_none_is_said_to_be_broken_by_them(
    story: str, told: str
) -> None:
    message = json.loads(badge.render_endpoint(sample(story)))["message"]

    phrases = [
        it for it in message.split(" · ") if it == "no streak" or "row" in it or " of " in it
    ]
    assert " · ".join(phrases) == told


@pytest.mark.parametrize("name", LOGS)
def test_it_fits_beside_the_margins_of_a_narrow_screen(name: str) -> None:
    assert read_svg(badge.render_svg(LOGS[name])).size[0] <= 400


def test_a_week_over_new_year_names_both_years() -> None:
    words = read_svg(badge.render_svg(LOGS["over-new-year"])).words

    assert "28 Dec 2026 – 3 Jan 2027" in words


def test_commits_are_called_commits_where_only_they_count() -> None:
    words = read_svg(badge.render_svg(LOGS["commits"])).words

    assert "commits 12/5" in words
    assert "contributions 12/5" not in words


@pytest.mark.parametrize(
    ("story", "told"),
    [
        ("m??", []),
        ("m???", ["blog not verifiable since 9 Nov 2026"]),
        ("m??p?", ["blog not verifiable since 9 Nov 2026"]),
        ("m???m", []),
        ("?m??", []),
    ],
)
def test_what_is_unknown_for_three_weeks_is_called_so(story: str, told: list[str]) -> None:
    words = read_svg(badge.render_svg(sample(story, date(2026, 11, 2)))).words

    assert [word for word in words if "verifiable" in word] == told


def test_a_design_track_without_a_smaller_scope_shows_no_limit() -> None:
    whole = sample("m", date(2026, 11, 2))[0]

    words = read_svg(badge.render_svg((whole,))).words

    assert not [word for word in words if "only" in word]


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_legible(verdict: Verdict, scheme: str) -> None:
    letter = {"met": "m", "unmet": "u", "unknown": "?", "skipped": "p"}[verdict]
    picture = read_svg(badge.render_svg(sample(f"mu?{letter}")))
    colours = picture.colours(scheme)

    assert picture.coloured_classes <= DRAWN_ON.keys()
    for name in picture.coloured_classes:
        prop, ground = DRAWN_ON[name]
        if ground is not None:
            assert contrast(colours[name, prop], colours[ground, "fill"]) >= 4.5, name


def test_each_verdict_has_a_sign_of_its_own() -> None:
    signs = {
        letter: read_svg(badge.render_svg(sample(letter)))
        .root.findall("{http://www.w3.org/2000/svg}path[@class='mark white-sign']")[0]
        .attrib["d"]
        for letter in "mu?p"
    }

    assert len(set(signs.values())) == 4


@pytest.mark.parametrize("name", LOGS)
def test_it_is_accessible_and_self_contained(name: str) -> None:
    text = badge.render_svg(LOGS[name])
    picture = read_svg(text)

    assert picture.root.attrib["role"] == "img"
    assert picture.root.attrib["aria-labelledby"] == "csc-badge-title csc-badge-desc"
    assert picture.title
    assert picture.description
    assert picture.tags <= {"svg", "title", "desc", "style", "rect", "path", "text"}
    assert text.count("http") == 1, "the name space, and no address"
    assert 50 <= picture.size[1] <= 100


@pytest.mark.parametrize("reason", hostile.TEXTS)
def test_a_hostile_reason_stays_text(reason: str) -> None:
    report = paused(sample("m")[0], f"paused: {reason}")

    text = badge.render_svg((report,))
    picture = read_svg(text)

    assert picture.tags <= {"svg", "title", "desc", "style", "rect", "path", "text"}
    assert picture.size[0] <= 500
    assert not set(text) & set("\u202e\u2066\u200b\ufeff\x00\x1b\x07\x7f\ud800")


@given(MADE_LOGS)
@settings(deadline=None)
def test_any_log_makes_a_sound_picture(reports: tuple[Report, ...]) -> None:
    text = badge.render_svg(reports)
    picture = read_svg(text)
    width, height = picture.size

    assert all(char == "\n" or char.isprintable() or char in "\u200c\u200d" for char in text)
    assert text == badge.render_svg(reports)
    assert text.encode()
    for box in picture.boxes:
        assert box.left >= 5, box
        assert box.right <= width - 5, box
        assert box.top >= 5, box
        assert box.bottom <= height - 5, box
    for one, other in combinations(picture.boxes, 2):
        assert not one.overlaps(other), (one, other)


@given(MADE_LOGS)
@settings(deadline=None)
def test_any_log_makes_an_endpoint_that_shields_takes(reports: tuple[Report, ...]) -> None:
    document = json.loads(badge.render_endpoint(reports))

    assert document.keys() == {"schemaVersion", "label", "message", "color"}
    assert document["schemaVersion"] == 1
    assert document["message"]
    assert document["color"] in {look.shields for look in LOOKS.values()}


@given(MADE_LOGS)
@settings(deadline=None)
def test_a_week_that_is_not_final_changes_nothing(reports: tuple[Report, ...]) -> None:
    final = tuple(report for report in reports if report.week.state is WeekState.FINAL)

    if final:
        assert badge.render_svg(reports) == badge.render_svg(final)


def test_a_huge_number_widens_the_card() -> None:
    many = narrowed(sample("m"), *RequirementId, minimums=((RequirementId.BLOG, 2**62),))

    picture = read_svg(badge.render_svg(many))

    assert all(box.right < picture.size[0] for box in picture.boxes)
