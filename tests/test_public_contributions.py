"""A week's contributions as everybody can see them: the page, the search, and what they prove."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.errors import GitHubError, RateLimited, Unavailable
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.github import Deadline
from csc_verify.model import CountBasis, Failed, Found, Requirement, RequirementId, Verdict
from csc_verify.rules import judge
from csc_verify.sources.public_contributions import Ask, collect
from csc_verify.sources.public_contributions.calendar_page import read_calendar
from csc_verify.week import Week

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csc_verify.fetch import FetchResult
    from csc_verify.model import Evidence, Finding

SERVER = "https://github.com"
CAPTURE = (Path(__file__).parent / "data/calendar/2026-03-06.html").read_text("utf-8")
WEEK = Week(date(2026, 11, 16), ZoneInfo("America/New_York"))
SETTLED = datetime(2026, 11, 24, 14, tzinfo=UTC)
MON, TUE, WED, THU, FRI, SAT, SUN = (WEEK.first + timedelta(days=n) for n in range(7))


# --- pages, in the markups that GitHub has had --------------------------------------------------


def words(count: int, day: date) -> str:
    number = f"{count:,}" if count else "No"
    return f"{number} contribution{'s' * (count != 1)} on {day:%B} {day.day}th."


def heading(total: int) -> str:
    text = f"{total:,}\n contribution{'s' * (total != 1)}\n in the last year"
    return f'<h2 tabindex="-1" id="js-contribution-activity-description">{text}</h2>'


def tips_beside(days: Mapping[date, int]) -> str:
    """Since 2024: the number in a tool-tip after each cell."""
    cells = "".join(
        f'<td data-level="2" id="c-{n}" data-date="{day}" class="ContributionCalendar-day"></td>'
        f'<tool-tip for="c-{n}" class="sr-only">{words(count, day)}</tool-tip>'
        for n, (day, count) in enumerate(days.items())
    )
    legend = '<td class="ContributionCalendar-day" data-level="0"></td>'
    return f"{heading(sum(days.values()))}<table><tr>{cells}{legend}</tr></table>"


def tips_before(days: Mapping[date, int]) -> str:
    """Late in 2023: all tool-tips before the table."""
    tips = "".join(
        f'<tool-tip for="c-{n}">{words(count, day)}</tool-tip>'
        for n, (day, count) in enumerate(days.items())
    )
    cells = "".join(f'<td id="c-{n}" data-date="{day}"></td>' for n, day in enumerate(days))
    return f"{heading(sum(days.values()))}{tips}<table><tr>{cells}</tr></table>"


def words_inside(days: Mapping[date, int]) -> str:
    """In 2022 and 2023: the words in the cell, the weekday and year among them."""
    cells = "".join(
        f'<rect data-date="{day}" data-level="1">'
        f"{words(count, day).replace(' on ', f' on {day:%A}, ')[:-3]}, {day.year}</rect>"
        for day, count in days.items()
    )
    return f"{heading(sum(days.values()))}<svg>{cells}</svg>"


def words_in_a_span(days: Mapping[date, int]) -> str:
    """In 2023: a table at last, the words in the cell still."""
    cells = "".join(
        f'<td data-ix="{n}" data-date="{day}"><span class="sr-only">'
        f"{words(count, day).replace(' on ', f' on {day:%A}, ')[:-3]}, {day.year}</span></td>"
        for n, (day, count) in enumerate(days.items())
    )
    return f"{heading(sum(days.values()))}<table><tr>{cells}</tr></table>"


def attributes(days: Mapping[date, int]) -> str:
    """Before: an attribute, and a heading without an id."""
    cells = "".join(
        f'<rect class="day" data-count="{count}" data-date="{day}"></rect>'
        for day, count in days.items()
    )
    total = sum(days.values())
    return f"<h2 class='f4'>\n {total:,} contributions\n in 2018 </h2><svg>{cells}</svg>"


MARKUPS = [tips_beside, tips_before, words_inside, words_in_a_span, attributes]
each_markup = pytest.mark.parametrize("markup", MARKUPS)
calendars = st.dictionaries(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 5000), min_size=1, max_size=9
)


@each_markup
@settings(deadline=None)
@given(calendars)
def test_a_page_is_read_in_each_markup(
    markup: Callable[[Mapping[date, int]], str], days: dict[date, int]
) -> None:
    assert read_calendar(markup(days).encode()).days == days


def test_the_captured_page_adds_up_to_its_own_total() -> None:
    calendar = read_calendar(CAPTURE.encode())
    assert sum(calendar.days.values()) == 542
    assert (len(calendar.days), min(calendar.days)) == (370, date(2025, 3, 2))
    # Read off the page by eye.
    assert calendar.days[date(2025, 3, 2)] == 2
    assert calendar.days[date(2026, 3, 2)] == 52


def test_days_that_have_not_come_yet_are_not_there() -> None:
    page = tips_beside({MON: 1}).replace("</tr>", "<td></td><td></td></tr>")
    assert read_calendar(page.encode()).days == {MON: 1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: "", "no calendar"),
        (lambda _: "<html>Sign in to GitHub</html>", "no calendar"),
        (lambda page: re.sub(r"<tool-tip.*?</tool-tip>", "", page), "not tell the number"),
        (lambda page: page.replace("5 contributions on", "5 beiträge am"), "not tell the number"),
        (
            lambda page: page.replace("5 contributions on", "\u0665 contributions on"),
            "not tell the",
        ),
        (lambda page: page.replace("5 contributions on", "-5 contributions on"), "not tell the"),
        (lambda page: page.replace("5 contributions on", "6 contributions on"), "add up"),
        (lambda page: page.replace("data-date=", "data-day="), "no calendar"),
        (lambda page: re.sub("542", "543", page), "add up"),
        (lambda page: re.sub(r"<h2.*?</h2>", "", page, flags=re.DOTALL), "not tell its total"),
        (lambda page: page.replace('data-date="2026-03-02"', 'data-date="2026-03-03"'), "another"),
        (
            lambda page: re.sub(r"(?s)(<td [^>]*2026-03-02.*?tool-tip>)", r"\1\1", page),
            "twice",
        ),
        (lambda page: page.replace('data-date="2026-03-02"', 'data-date="yesterday"'), "no date"),
        (lambda page: page.replace('data-date="2026-03-02"', 'data-date="2026-03-20"'), "another"),
        (
            lambda page: re.sub('(?<=for="contribution-day-component-)[12](?=-0")', other, page),
            "another",
        ),
        (lambda page: page + '<tool-tip for="contribution-day-component-1-0">', "two things"),
        (lambda page: f'<!DOCTYPE html><html lang="de">{page}</html>', "not in English"),
        (lambda page: f"<?xml version='1.0'?>{page}", "no calendar"),
        (lambda page: page * 3, "larger"),
    ],
)
def test_a_page_that_does_not_fit_is_an_error_and_never_a_zero(
    change: Callable[[str], str], said: str
) -> None:
    with pytest.raises(Unavailable, match=said) as raised:
        read_calendar(change(CAPTURE).encode())
    assert "GITHUB_TOKEN" in raised.value.hint


def other(found: re.Match[str]) -> str:
    return {"1": "2", "2": "1"}[found[0]]


def test_a_whole_page_in_english_is_read_too() -> None:
    page = f'<!DOCTYPE html><html lang="en-GB"><body>{CAPTURE}</body></html>'
    assert read_calendar(page.encode()) == read_calendar(CAPTURE.encode())


def test_words_about_another_year_are_about_another_day() -> None:
    page = words_inside({MON: 3}).replace(", 2026", ", 2025")
    with pytest.raises(Unavailable, match="another day"):
        read_calendar(page.encode())


DAY = tips_beside({MON: 3})
NINES = "9" * 5000


@pytest.mark.parametrize(
    ("page", "said"),
    [
        pytest.param(DAY.replace("3", "9" + ",000" * 2000), "not tell the number", id="number"),
        pytest.param(attributes({MON: 3}).replace("3", NINES), "not tell", id="attribute"),
        pytest.param(f"{DAY}&#{NINES};", "broken", id="character"),
        pytest.param(f"{DAY}<a b='&#{NINES};'>", "broken", id="character in an attribute"),
        pytest.param(f"<![foo{DAY}", "broken", id="section"),
        pytest.param("https://github.com/data-date", "no calendar", id="address"),
        pytest.param(
            tips_beside({MON + timedelta(days=n): 0 for n in range(801)}), "more days", id="days"
        ),
        pytest.param(DAY + "<tool-tip for=a>" * 801, "more than there are days", id="tips"),
        pytest.param(DAY + "<b>" * 5000, "larger", id="tags"),
        pytest.param(DAY + " " * 600_000, "larger", id="bytes"),
        pytest.param(DAY + "<a " * 100 + "b " * 100_000, "broken", id="tags without an end"),
        pytest.param(DAY.replace("3 con", "<b>" * 99 + "3 con"), "not tell the number", id="nest"),
        pytest.param(DAY.replace("3 con", " " * 9999 + "3 con"), "not tell the number", id="space"),
    ],
)
def test_a_page_made_to_take_long_or_to_break_the_parser_is_refused(page: str, said: str) -> None:
    with pytest.raises(Unavailable, match=said):
        read_calendar(page.encode())


def test_the_words_of_a_day_are_no_total() -> None:
    page = words_in_a_span({MON: 3, TUE: 7})
    torn = "<h2>" + page[page.index("<table>") :].replace(words_cell(page), "")
    with pytest.raises(Unavailable, match="its total"):
        read_calendar(torn.encode())


def words_cell(page: str) -> str:
    """The first day's cell."""
    return page[page.index("<td") : page.index("</td>") + len("</td>")]


@settings(deadline=None)
@given(
    st.sampled_from(MARKUPS),
    st.integers(0, 900),
    st.integers(0, 300),
    st.binary(max_size=20) | st.sampled_from([b"<", b">", b"<!--", b"<td>", b"&#9;", b"9", b"'"]),
)
def test_a_damaged_page_adds_up_or_is_refused(
    markup: Callable[[Mapping[date, int]], str], start: int, cut: int, put: bytes
) -> None:
    page = markup({MON: 1204, TUE: 0, WED: 7}).encode()
    try:
        calendar = read_calendar(page[:start] + put + page[start + cut :])
    except Unavailable:
        return
    assert sum(calendar.days.values()) == 1211


PIECES = [
    *("<td data-date='2026-11-16' id='a'>", "<tool-tip for='a'>", "</tool-tip>", "</td>", "<h2>"),
    *("3 contributions on November 16th.", "3 contributions", "</h2>", "<rect data-count='3'"),
    *("<", "\0"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_whatever_a_page_holds_it_is_understood_or_refused(page: str) -> None:
    try:
        calendar = read_calendar(page.encode())
    except Unavailable:
        return
    assert calendar.days


# --- who is asked ------------------------------------------------------------------------------


@dataclass
class Site:
    """What github.com and the search answer.

    Attributes:
        page: What every page answers; None where ``days`` are shown.
        days: What the calendar shows, all other days of the year being empty.
        hits: What the search finds, or why it doesn't.
    """

    days: dict[date, int] = field(default_factory=dict)
    page: FetchResult | None = None
    hits: list[dict[str, Any]] | GitHubError = field(default_factory=list)
    last: date = date(2026, 12, 31)
    server_url: str = SERVER
    fetched: list[str] = field(default_factory=list)
    searched: list[tuple[str, int]] = field(default_factory=list)

    def fetch(self, url: str) -> FetchResult:
        self.fetched.append(url)
        if self.page is not None:
            return self.page
        year = int(url.partition("from=")[2][:4])
        first = date(year, 1, 1)
        shown = [first + timedelta(days=n) for n in range(366)]
        days = {d: self.days.get(d, 0) for d in shown if d.year == year and d <= self.last}
        return Page(url, tips_beside(days).encode(), "text/html")

    def search_deadline(self) -> Deadline:
        return Deadline.within(10)

    def search_commits(self, query: str, page: int, until: Deadline) -> Mapping[str, object]:
        assert not until.is_over
        self.searched.append((query, page))
        if isinstance(self.hits, GitHubError):
            raise self.hits
        items = self.hits[(page - 1) * 100 : page * 100]
        return {"total_count": len(self.hits), "incomplete_results": False, "items": items}

    def evidence(self, week: Week = WEEK, known: int | None = None) -> Evidence:
        return collect(Ask("alice", week, known), self, self)

    @property
    def found(self) -> Found:
        evidence = self.evidence()
        assert isinstance(evidence, Found), evidence
        return evidence

    def judged(self, minimum: int = 5, count: CountBasis = CountBasis.CONTRIBUTIONS) -> Finding:
        return judged(self.evidence(), minimum, count)


def judged(
    evidence: Evidence, minimum: int = 5, count: CountBasis = CountBasis.CONTRIBUTIONS
) -> Finding:
    requirement = Requirement(RequirementId.CONTRIBUTIONS, minimum, count=count)
    return judge(requirement, (evidence,), WEEK, SETTLED)


def hit(
    day: date = MON,
    clock: str = "12:00:00.000+00:00",
    *,
    sha: str = "",
    name: str = "alice/site",
    fork: bool = False,
    private: bool = False,
    author: str = "Alice",
) -> dict[str, Any]:
    owner = name.partition("/")[0]
    return {
        "sha": sha or f"{day}{clock}{name}",
        "html_url": f"{SERVER}/{name}/commit/{sha or clock[:5]}",
        "commit": {"author": {"date": f"{day}T{clock}"}, "message": "Add a search\n\nFast."},
        "author": {"login": author, "id": 583231},
        "repository": {
            "full_name": name,
            "private": private,
            "fork": fork,
            "owner": {"login": owner},
        },
    }


def five(**more: Any) -> list[dict[str, Any]]:  # noqa: ANN401  fields of a hit
    return [hit(MON, f"12:0{n}:00.000+00:00", **more) for n in range(5)]


# --- what it proves ----------------------------------------------------------------------------


BOTH = pytest.mark.parametrize("count", list(CountBasis))


@BOTH
def test_fewer_on_the_page_than_asked_for_is_unmet(count: CountBasis) -> None:
    site = Site({MON: 2, SUN: 2}, hits=[hit(MON)])
    finding = site.judged(count=count)
    assert (finding.verdict, finding.count, finding.source) == (Verdict.UNMET, 1, "github-calendar")


@BOTH
def test_enough_commits_in_own_repositories_are_met(count: CountBasis) -> None:
    finding = Site({MON: 9}, hits=five()).judged(count=count)
    assert (finding.verdict, finding.count) == (Verdict.MET, 5)
    assert finding.evidence[0].url == f"{SERVER}/alice/site/commit/12:00"


@BOTH
def test_what_neither_proves_is_unknown_and_a_token_would_help(count: CountBasis) -> None:
    finding = Site({MON: 9}, hits=five()[:4]).judged(count=count)
    assert finding.verdict is Verdict.UNKNOWN
    assert "5 of the week's contributions: GitHub's public page tells neither" in finding.reason


def test_more_commits_than_the_page_counts_are_in_doubt() -> None:
    assert Site({MON: 2}, hits=five()).judged().count == 2
    late = Site({TUE: 4}, hits=five()).judged()
    assert (late.count, late.verdict) == (0, Verdict.UNKNOWN)
    assert "a private profile shows no calendar" in late.reason


@pytest.mark.parametrize(
    "found",
    [
        five(name="octo/tool"),
        five(fork=True),
        five(private=True),
        five(author="somebody"),
        [hit(MON, sha="same", name=f"alice/r{n}") for n in range(5)],
        [hit(MON - timedelta(days=1), "23:30:00.000-08:00", sha=str(n)) for n in range(5)],
        [{**hit(), "commit": None}] * 5,
    ],
)
def test_commits_that_may_not_count_prove_nothing(found: list[dict[str, Any]]) -> None:
    finding = Site({MON: 9}, hits=found).judged()
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.count <= 1


def test_of_several_copies_the_one_that_counts_is_taken() -> None:
    copies = [hit(sha="x", name="octo/tool"), hit(sha="x", fork=True, name="alice/f"), hit(sha="x")]
    finding = Site({MON: 1}, hits=copies).judged(minimum=1)
    assert finding.verdict is Verdict.MET
    assert finding.left_out == ()


def test_a_commit_belongs_to_the_day_of_its_own_zone() -> None:
    late = hit(SUN, "23:30:00.000-08:00")
    finding = Site({SUN: 1}, hits=[late]).judged(minimum=1)
    assert finding.verdict is Verdict.MET
    assert finding.evidence[0].at == f"{SUN}T23:30:00-08:00"
    assert finding.evidence[0].title == "Add a search"


def test_commits_elsewhere_are_told() -> None:
    found = [hit(name="alice/flask", fork=True), hit(name="octo/tool", sha="y")]
    told = [(entry.what, entry.why) for entry in Site({MON: 9}, hits=found).found.left_out]
    assert told == [
        ("1 commit in alice/flask", "fork"),
        ("1 commit in octo/tool", "it can't be told whether they count"),
    ]


def test_the_search_asks_a_day_more_on_both_sides_and_stops_when_all_is_seen() -> None:
    site = Site({MON: 9}, hits=five())
    site.evidence()
    assert site.searched == [("author:alice author-date:2026-11-15..2026-11-23", 1)]


def test_the_search_asks_for_three_pages_at_most() -> None:
    many = [hit(MON, sha=str(n)) for n in range(900)]
    site = Site({MON: 900}, hits=many)
    assert site.judged().count == 300
    assert [page for _, page in site.searched] == [1, 2, 3]


# --- pages that don't answer, or not for the whole week -------------------------------------------


def test_a_week_over_new_year_is_on_two_pages() -> None:
    week = Week(date(2025, 12, 29), ZoneInfo("UTC"))
    days = {date(2025, 12, 31): 2, date(2026, 1, 1): 1, date(2026, 1, 4): 1}
    site = Site(days)
    evidence = site.evidence(week)
    assert isinstance(evidence, Found)
    assert sum(item.count for item in evidence.items) == 4
    assert site.fetched == [
        f"{SERVER}/users/alice/contributions?from=2025-12-29&to=2025-12-31",
        f"{SERVER}/users/alice/contributions?from=2026-01-01&to=2026-01-04",
    ]


def test_a_calendar_that_ends_early_proves_no_absence() -> None:
    finding = Site({MON: 1}, last=THU).judged()
    assert finding.verdict is Verdict.UNKNOWN
    assert "ends on 2026-11-19 as yet" in finding.reason


def test_a_page_without_the_week_is_not_understood() -> None:
    url = f"{SERVER}/users/alice/contributions"
    evidence = Site(page=Page(url, tips_beside({date(2026, 1, 1): 3}).encode(), "")).evidence()
    assert isinstance(evidence, Found)
    assert not evidence.complete
    assert "days of the week are missing" in evidence.gap


WALL = Unreachable("x", "github.com refused the request (429)", "Try again later")


def test_without_the_page_commits_still_prove_enough() -> None:
    assert Site(page=WALL, hits=five()).judged().verdict is Verdict.MET
    finding = Site(page=WALL, hits=five()[:4]).judged()
    assert finding.verdict is Verdict.UNKNOWN
    assert "(429)" in finding.reason


LIMITED = RateLimited("GitHub's quota is spent", "Try again in an hour")


def test_without_the_search_the_page_still_proves_too_few() -> None:
    finding = Site({MON: 4}, hits=LIMITED).judged()
    assert finding.verdict is Verdict.UNMET
    assert finding.notes == ("Public commits could not be searched: GitHub's quota is spent",)
    assert Site({MON: 5}, hits=LIMITED).judged().verdict is Verdict.UNKNOWN


def test_without_both_it_is_unknown_with_both_reasons() -> None:
    evidence = Site(page=WALL, hits=LIMITED).evidence()
    assert isinstance(evidence, Failed)
    assert "(429)" in evidence.reason
    assert "quota is spent" in evidence.reason
    assert judged(evidence).verdict is Verdict.UNKNOWN


def test_of_two_pages_each_tells_its_own_year() -> None:
    week = Week(date(2025, 12, 29), ZoneInfo("UTC"))
    site = Site({date(2025, 12, 29): 6})
    empty = tips_beside({week.first + timedelta(days=n): 0 for n in range(7)}).encode()

    class Overlapping(Site):
        def fetch(self, url: str) -> FetchResult:
            return Page(url, empty, "") if "from=2026" in url else site.fetch(url)

    evidence = Overlapping().evidence(week)
    assert isinstance(evidence, Found)
    assert sum(item.count for item in evidence.items) == 6


def test_a_page_about_another_account_is_not_believed() -> None:
    other = Page(f"{SERVER}/users/bob/contributions?from=x", tips_beside({MON: 0}).encode(), "")
    evidence = Site(page=other, hits=five()[:4]).evidence()
    assert isinstance(evidence, Found)
    assert "another page's" in evidence.gap
    assert judged(evidence).verdict is Verdict.UNKNOWN
    same = Page(f"{SERVER}/users/Alice/contributions", tips_beside({MON: 0}).encode(), "")
    assert "another page's" not in repr(Site(page=same).evidence())


def test_commits_of_another_account_than_the_logs_are_refused() -> None:
    assert Site({MON: 5}, hits=five()).evidence(known=583231) == Site({MON: 5}, hits=five()).found
    evidence = Site({MON: 5}, hits=five()).evidence(known=7)
    assert isinstance(evidence, Failed)
    assert "another account than the log's" in evidence.reason
    both = [*five(), {**hit(sha="z"), "author": {"login": "alice", "id": 8}}]
    assert isinstance(Site({MON: 6}, hits=both).evidence(), Failed)


def test_a_page_alone_cannot_tell_whose_login_it_is() -> None:
    finding = judged(Site({MON: 1}).evidence(known=583231))
    assert finding.verdict is Verdict.UNKNOWN
    assert "still that account" in finding.reason


def test_no_such_profile_is_said_and_nothing_searched() -> None:
    site = Site(page=Absent("x", 404))
    evidence = site.evidence()
    assert isinstance(evidence, Failed)
    assert evidence.reason == "GitHub shows no profile of 'alice'"
    assert site.searched == []


def test_a_login_cannot_leave_its_place_in_an_address() -> None:
    site = Site()
    collect(Ask("a/../b?x", WEEK), site, site)
    assert site.fetched[0].startswith(f"{SERVER}/users/a%2F..%2Fb%3Fx/contributions?from=")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


@settings(deadline=None, max_examples=50)
@given(st.lists(json_values, max_size=3), st.integers(0, 9))
def test_no_answer_of_the_search_raises_or_counts(answers: list[Any], count: int) -> None:
    finding = judged(Site({MON: count}, hits=answers).evidence())
    assert finding.count == 0
    assert finding.verdict is (Verdict.UNMET if count < 5 else Verdict.UNKNOWN)


@pytest.mark.parametrize("key", ["sha", "html_url", "commit", "author", "repository"])
@pytest.mark.parametrize("wrong", [None, 7, "javascript:alert(1)", [], {}])
def test_a_hit_that_cannot_be_read_is_not_there(key: str, wrong: object) -> None:
    finding = Site({MON: 9}, hits=[{**hit(), key: wrong}]).judged(minimum=1)
    if (key, wrong) != ("sha", "javascript:alert(1)"):
        assert finding.count == 0
