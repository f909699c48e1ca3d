"""The history: every week in its place, at any length, legible in both schemes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from csc_verify.calendar_text import MONTHS
from csc_verify.model import RequirementId, Verdict
from csc_verify.render import history
from csc_verify.week import WeekState
from tests import hostile
from tests.picture_cases import GOLDEN, LOGS, MADE_LOGS, narrowed, paused
from tests.svg_reader import contrast, read_svg
from tools.pictures import sample

if TYPE_CHECKING:
    from csc_verify.model import Report

TAGS = {"svg", "title", "desc", "style", "defs", "g", "rect", "path", "use", "text"}
DRAWN_ON = {
    "ink": ("fill", "ground"),
    "soft": ("fill", "ground"),
    **{f"on-{verdict}": ("stroke", str(verdict)) for verdict in Verdict},
    **{f"sign-{verdict}": ("stroke", f"settling-{verdict}") for verdict in Verdict},
}


@pytest.mark.parametrize("name", LOGS)
def test_the_picture_is_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"history-{name}.svg").read_text(encoding="utf-8")

    assert history.render(LOGS[name]) == golden


@pytest.mark.parametrize(
    ("weeks", "widest", "highest"), [(1, 300, 200), (2, 300, 200), (52, 360, 460), (156, 360, 1150)]
)
def test_any_length_stays_readable(weeks: int, widest: int, highest: int) -> None:
    picture = read_svg(history.render(sample("mmu?m" * 40, date(2023, 11, 27))[:weeks]))
    width, height = picture.size

    assert len(picture.pointed_at) == 3 * weeks
    assert width <= widest
    assert height <= highest


def test_of_a_longer_log_the_newest_three_years_are_drawn() -> None:
    picture = read_svg(history.render(sample("m" * 200, date(2023, 1, 30))))

    assert len(picture.pointed_at) == 3 * 156
    assert picture.pointed_at[-1].startswith("23–29 Nov 2026")
    assert picture.words[1:3] == [
        "30 Jan 2023 – 29 Nov 2026: 200 weeks met,",
        "newest 156 shown",
    ]


@pytest.mark.parametrize("name", LOGS)
def test_it_fits_into_a_narrow_screen(name: str) -> None:
    assert read_svg(history.render(LOGS[name])).size[0] <= 360


def test_a_long_sum_is_broken_between_its_parts() -> None:
    picture = read_svg(history.render(sample("mmumm?.ppmcmmmm"[:14], date(2026, 3, 30))))

    assert picture.words[1:3] == [
        "30 Mar – 5 Jul 2026: 8 weeks met, 2 unmet, 1 unknown,",
        "2 skipped, 1 not checked",
    ]


def test_a_line_from_long_ago_makes_no_endless_picture() -> None:
    reports = (*sample("m", date(1971, 1, 4)), *sample("m", date(2026, 11, 16)))

    picture = read_svg(history.render(reports))

    assert len(picture.pointed_at) == 3 * 156


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", "No week verified yet"),
        ("settling", "2–8 Nov 2026: 1 week still settling"),
        ("met", "2–22 Nov 2026: 3 weeks met"),
        ("new-and-settling", "2–22 Nov 2026: 2 weeks met, 1 still settling"),
        ("gap", "26 Oct – 29 Nov 2026: 3 weeks met, 2 not checked"),
        ("paused", "2–15 Nov 2026: 1 week met, 1 skipped"),
    ],
)
def test_the_weeks_are_summed_up(name: str, words: str) -> None:
    assert words in read_svg(history.render(LOGS[name])).words


def test_a_missing_week_is_a_gap_in_its_place() -> None:
    picture = read_svg(history.render(LOGS["gap"]))

    assert [words for words in picture.pointed_at if "blog" in words] == [
        "26 Oct – 1 Nov 2026: blog met, 1 of 1",
        "2–8 Nov 2026: blog met, 1 of 1",
        "9–15 Nov 2026: blog not checked",
        "16–22 Nov 2026: blog not checked",
        "23–29 Nov 2026: blog met, 1 of 1",
    ]


def test_going_over_from_monday_to_sunday_weeks_leaves_no_gap() -> None:
    mondays, sundays = sample("mm", date(2026, 11, 2)), sample("mm", date(2026, 11, 15))

    picture = read_svg(history.render((*mondays, *sundays)))

    assert len(picture.pointed_at) == 3 * 4


def test_a_settling_week_says_so() -> None:
    picture = read_svg(history.render(LOGS["new-and-settling"]))

    assert "16–22 Nov 2026: blog unmet, 0 of 1, still settling" in picture.pointed_at


def test_the_rows_are_the_requirements_that_were_ever_in_the_scope() -> None:
    small = narrowed(sample("mm", date(2026, 11, 2)), RequirementId.BLOG)
    later = narrowed(
        sample("m", date(2026, 11, 16)), RequirementId.CONTRIBUTIONS, RequirementId.BLOG
    )

    small_words = read_svg(history.render(small)).words
    later_words = read_svg(history.render((*small, *later))).words

    assert [name for name in RequirementId if name in small_words] == ["blog"]
    assert [name for name in RequirementId if name in later_words] == ["contributions", "blog"]


def test_months_stand_above_their_first_week_and_the_year_where_it_begins() -> None:
    picture = read_svg(history.render(sample("m" * 26, date(2026, 10, 5))))

    months = [words for words in picture.words if words[:3] in MONTHS]
    assert months == ["Oct 2026", "Nov", "Dec", "Jan 2027", "Feb", "Mar"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [WeekState.FINAL, WeekState.SETTLING])
@pytest.mark.parametrize("letter", "mu?p")
def test_everything_is_legible(letter: str, state: WeekState, scheme: str) -> None:
    picture = read_svg(history.render(sample(f"m.u?p{letter}", state=state)))
    colours = picture.colours(scheme)

    assert picture.coloured_classes <= DRAWN_ON.keys()
    for name in picture.coloured_classes:
        prop, ground = DRAWN_ON[name]
        assert contrast(colours[name, prop], colours[ground, "fill"]) >= 4.5, name
    assert contrast(colours["missing", "stroke"], colours["ground", "fill"]) >= 3


@pytest.mark.parametrize("name", LOGS)
def test_it_is_accessible_and_self_contained(name: str) -> None:
    text = history.render(LOGS[name])
    picture = read_svg(text)

    assert picture.root.attrib["role"] == "img"
    assert picture.root.attrib["aria-labelledby"] == "csc-history-title csc-history-desc"
    assert picture.title
    assert picture.description
    assert picture.tags <= TAGS
    assert text.count("http") == 1, "the name space, and no address"


def test_the_description_counts_each_requirement() -> None:
    description = read_svg(history.render(LOGS["unknown"])).description

    assert "contributions: 4 met" in description
    assert "blog: 2 met, 2 unknown" in description


@pytest.mark.parametrize("reason", hostile.TEXTS)
def test_nobody_elses_words_get_in(reason: str) -> None:
    plainly = paused(sample("m")[0], "paused")
    report = paused(sample("m")[0], reason)

    assert history.render((report,)) == history.render((plainly,))


def test_the_year_of_a_band_is_told_when_its_first_month_has_no_room() -> None:
    start = date(2026, 3, 30)

    words = read_svg(history.render(sample("mmm", start))).words

    assert start + timedelta(weeks=1) == date(2026, 4, 6)
    assert "Apr 2026" in words
    assert "Mar 2026" not in words


@given(MADE_LOGS)
@settings(deadline=None)
def test_any_log_makes_a_sound_picture(reports: tuple[Report, ...]) -> None:
    text = history.render(reports)
    picture = read_svg(text)
    width, height = picture.size

    assert all(char == "\n" or char.isprintable() for char in text)
    assert text == history.render(reports)
    assert picture.tags <= TAGS
    for box in picture.boxes:
        assert box.left >= 10, box
        assert box.right <= width - 10, box
        assert box.top >= 10, box
        assert box.bottom <= height - 10, box
    labels = [box for box in picture.boxes if box.what != "cell"]
    for one, other in combinations(labels, 2):
        assert not one.overlaps(other), (one, other)


@given(MADE_LOGS)
@settings(deadline=None)
def test_no_cell_lies_on_another_or_under_a_label(reports: tuple[Report, ...]) -> None:
    boxes = read_svg(history.render(reports)).boxes
    cells = [box for box in boxes if box.what == "cell"]
    labels = [box for box in boxes if box.what != "cell"]

    assert len({(cell.left, cell.top) for cell in cells}) == len(cells)
    assert not [(c, label) for c in cells for label in labels if c.overlaps(label)]
