"""The cohort's page in a real headless Chromium: what a coach sees, clicks and types."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal, TypedDict

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from csc_verify.overview import Audience
from csc_verify.render.cohort_page import render
from tests import hostile
from tests.test_cohort_page import evil
from tools.check_system import NO_BROWSER, browser
from tools.cohort_sample import cohort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Unpack

    from playwright.sync_api import Browser, Page, ViewportSize

NARROW: ViewportSize = {"width": 360, "height": 740}
# Whatever a hostile text would start: dialogs are seen by themselves, the rest leaves a mark.
WATCHER = """
window.started = [];
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => started.push(name);
"""


class Options(TypedDict, total=False):
    """How a reader looks at a page."""

    viewport: ViewportSize
    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]
    reduced_motion: Literal["reduce"]
    java_script_enabled: bool


@dataclass
class Seen:
    """What happened while a page was open."""

    told: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = browser()
    if found is None:
        pytest.fail(NO_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cohort") / "index.html"
    path.write_text(render(cohort(), Audience.COACH), "utf-8")
    return path.as_uri()


@contextmanager
def opened(chromium: Browser, address: str, **options: Unpack[Options]) -> Iterator[Page]:
    """A page that says nothing on the console, breaks no policy and asks for nothing but itself."""
    seen = Seen()
    context = chromium.new_context(**options)
    context.add_init_script(WATCHER)
    page = context.new_page()
    page.on("console", lambda message: seen.told.append(message.text))
    page.on("pageerror", lambda error: seen.told.append(str(error)))
    page.on("dialog", lambda dialog: seen.told.append(dialog.message))
    page.on("request", lambda request: seen.requests.append(request.url))
    page.goto(address)
    yield page
    if options.get("java_script_enabled", True):
        assert page.evaluate("violations") == []
        assert page.evaluate("started") == []
    context.close()
    assert seen.told == []
    assert {url.partition("#")[0] for url in seen.requests} == {address.partition("#")[0]}


@pytest.fixture
def coach(chromium: Browser, sample: str) -> Iterator[Page]:
    with opened(chromium, sample) as page:
        yield page


def names(page: Page) -> list[str]:
    return page.locator("tr.student .name").all_text_contents()


def told(page: Page) -> str:
    return page.locator("#told").text_content() or ""


def violations(page: Page) -> str:
    results = Axe().run(page)
    return str(results.generate_report()) if results.violations_count else ""


def test_who_needs_help_stands_first_with_the_reason(coach: Page) -> None:
    first = coach.locator("tr.student .attention").all_text_contents()[:9]
    assert "could not be looked at" in first[0]
    assert "GitHub has no account with this login. See how it is spelled." in first[0]
    assert "contradicted" in first[1]
    assert [("slipped again" in text) for text in first[2:4]] == [True, True]
    assert "3 contacts, 8 needed." in first[4]
    assert "Their log has nothing newer than the week from 26 Oct 2026." in first[6]
    assert "name another feed under blog.urls" in first[7]


def test_numbers_filter_and_let_go_again(coach: Page) -> None:
    unmet = coach.get_by_role("button", name="4 unmet")
    unmet.click()
    assert sorted(names(coach)) == ["Dora Weiss", "Hugo Álvarez", "Priya Iyer", "Tara Singh"]
    assert told(coach) == "4 students of 24."
    expect(unmet).to_have_attribute("aria-pressed", "true")
    coach.get_by_role("button", name="2 slipped again").click()
    assert names(coach) == ["Dora Weiss", "Priya Iyer"]
    unmet.click()
    coach.get_by_role("button", name="2 slipped again").click()
    assert told(coach) == "24 students."


def test_cohort_coach_and_track_filter_together(coach: Page) -> None:
    coach.get_by_label("Coach", exact=True).select_option("Hannah")
    by_coach = len(names(coach))
    coach.get_by_label("Cohort", exact=True).select_option("Spring 2026")
    coach.get_by_label("Track", exact=True).select_option("design")
    cohorts = set(coach.locator("tr.student .cohort").all_text_contents())
    assert 0 < len(names(coach)) < by_coach < 24
    assert cohorts == {"Spring 2026"}
    coach.get_by_role("button", name="Clear filters").click()
    assert len(names(coach)) == 24


def test_search_finds_names_and_logins_without_case_and_accents(coach: Page) -> None:
    search = coach.get_by_role("searchbox")
    for words, found in (
        ("ALVAREZ", ["Hugo Álvarez"]),
        ("chloe", ["Chloé Martin"]),
        ("zhang wei", ["Wei Zhang"]),
        ("nobody at all", []),
    ):
        search.fill(words)
        assert names(coach) == found
    assert told(coach) == "No student matches, of 24."
    search.press("Escape")
    assert told(coach) == "24 students."


def test_columns_sort_both_ways(coach: Page) -> None:
    heading = coach.get_by_role("columnheader", name="Student")
    button = heading.get_by_role("button")
    button.click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    ascending = names(coach)
    assert ascending == sorted(ascending)
    button.click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert names(coach) == ascending[::-1]
    coach.get_by_role("columnheader", name="Contacts").get_by_role("button").click()
    assert set(names(coach)[:2]) == {"Hugo Álvarez", "Tara Singh"}
    expect(heading).to_have_attribute("aria-sort", "none")


def test_evidence_opens_in_place_with_links_that_tell_nothing(coach: Page) -> None:
    coach.get_by_role("button", name="Alice Nguyen").click()
    row = coach.locator("#open")
    for words in ("Checked live", "Met: everything that was asked for", "11 public contributions"):
        expect(row).to_contain_text(words)
    link = row.get_by_role("link", name="Close the file before deleting it")
    expect(link).to_have_attribute("href", "https://github.com/octo/cli/pull/7")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("referrerpolicy", "no-referrer")
    coach.get_by_role("button", name="Bob Okafor").click()
    assert coach.locator("tr.detail").count() == 1


def test_the_weeks_before_are_a_click_away(coach: Page) -> None:
    coach.get_by_role("button", name="Emre Yildiz").click()
    row = coach.locator("#open")
    assert row.locator(".grid tbody tr").count() == 4
    row.get_by_role("button", name="12–18 Oct 2026: met").click()
    expect(row).to_contain_text("Week 12–18 Oct 2026")
    assert "week=2026-10-12" in coach.url
    expect(row.get_by_role("button", name="12–18 Oct 2026")).to_be_focused()


def test_what_was_left_out_and_what_was_said_before_is_told(coach: Page) -> None:
    coach.get_by_role("button", name="Mateo Rossi").click()
    row = coach.locator("#open")
    texts = [row.text_content() or ""]
    for week in range(7):
        row.locator(".choose").nth(week).click()
        texts.append(row.text_content() or "")
    everything = " ".join(texts)
    for words in (
        "a commit in a fork counts once its pull request is merged",
        "To mend it: Open a pull request upstream.",
        "2 of 6 commits change only README.md.",
        "evidence for blog surfaced later",
        "blog was unknown: the feed did not answer",
    ):
        assert words in everything


def test_what_a_person_confirmed_is_labelled_everywhere(coach: Page) -> None:
    coach.get_by_role("button", name="1 confirmed by a person").click()
    assert names(coach) == ["Rosa Jiménez"]
    expect(coach.locator("tr.student .verdict")).to_contain_text("by a person")
    coach.get_by_role("button", name="Rosa Jiménez").click()
    finding = coach.locator(".finding", has_text="Contacts")
    expect(finding).to_contain_text("confirmed by a person")
    expect(finding).to_contain_text("Hannah saw the tracker on 23 Nov.")


def test_a_link_shows_what_its_sender_saw(chromium: Browser, sample: str, coach: Page) -> None:
    coach.get_by_role("searchbox").fill("a")
    coach.get_by_label("Coach", exact=True).select_option("Ravi")
    coach.get_by_role("columnheader", name="Blog").get_by_role("button").click()
    coach.get_by_role("button", name="Hugo Álvarez").click()
    assert coach.url.startswith(sample)
    with opened(chromium, coach.url) as page:
        assert names(page) == names(coach)
        assert page.locator("#open").text_content() == coach.locator("#open").text_content()
        expect(page.get_by_role("searchbox")).to_have_value("a")


def test_a_link_to_a_student_shows_them_whatever_it_filters(chromium: Browser, sample: str) -> None:
    with opened(chromium, f"{sample}#student=alice&verdict=unmet") as page:
        expect(page.locator("#open")).to_be_visible()
        assert told(page) == "The filters are cleared to show alice. 24 students."
        page.evaluate("location.hash = '#student=bob'")
        expect(page.get_by_role("button", name="Bob Okafor")).to_have_attribute(
            "aria-expanded", "true"
        )
    with opened(chromium, f"{sample}#student=nobody-here&sort=nonsense&order=x&q=") as page:
        assert told(page) == "nobody-here is not on this page. 24 students."


def test_all_of_it_is_reached_by_the_keyboard(coach: Page) -> None:
    coach.keyboard.press("Tab")
    expect(coach.get_by_role("link", name="Skip to the students")).to_be_focused()
    coach.keyboard.press("Enter")
    coach.keyboard.press("/")
    expect(coach.get_by_role("searchbox")).to_be_focused()
    coach.keyboard.type("tara")
    while coach.evaluate("document.activeElement.className") != "open":
        coach.keyboard.press("Tab")
    outline = coach.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    coach.keyboard.press("Enter")
    button = coach.get_by_role("button", name="Tara Singh")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    coach.keyboard.press("Tab")
    coach.keyboard.press("Tab")
    coach.keyboard.press("Space")
    expect(coach.locator(".choose").first).to_have_attribute("aria-pressed", "true")
    coach.keyboard.press("Escape")
    assert coach.locator("#open").count() == 0
    expect(button).to_be_focused()
    coach.keyboard.press("/")
    coach.keyboard.press("Escape")
    assert told(coach) == "24 students."


@pytest.mark.parametrize("view", ["", "#student=emre"])
@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"viewport": NARROW},
        {"viewport": NARROW, "color_scheme": "dark"},
        {"forced_colors": "active"},
    ],
    ids=["light", "dark", "narrow", "narrow-dark", "forced"],
)
def test_no_accessibility_rule_is_broken(
    chromium: Browser, sample: str, view: str, options: Options
) -> None:
    with opened(chromium, sample + view, **options) as page:
        assert violations(page) == ""


def test_dark_follows_the_reader(chromium: Browser, sample: str) -> None:
    def ground(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    with opened(chromium, sample, color_scheme="dark") as page:
        assert ground(page) == "rgb(13, 17, 23)"
        page.emulate_media(color_scheme="light")
        assert ground(page) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("view", ["", "#student=emre"])
def test_a_phone_needs_no_scrolling_aside(chromium: Browser, sample: str, view: str) -> None:
    with opened(chromium, sample + view, viewport=NARROW) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
        expect(page.get_by_label("Sort by")).to_be_visible()
        page.get_by_label("Sort by").select_option("student")
        assert names(page) == sorted(names(page))


def test_nothing_moves_for_who_wants_no_motion(chromium: Browser, sample: str) -> None:
    moving = "getComputedStyle(document.querySelector('.arrow')).transitionDuration"
    with opened(chromium, sample, reduced_motion="reduce") as page:
        assert page.evaluate(moving) == "0s"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("many") / "index.html"
    path.write_text(render(cohort(10_000, 4), Audience.COACH, budget=2_000_000), "utf-8")
    return path.as_uri()


def test_paper_shows_every_row_of_the_filter(chromium: Browser, many: str) -> None:
    with opened(chromium, f"{many}#q=alice") as page:
        assert len(names(page)) == 60
        page.emulate_media(media="print")
        expect(page.locator("tr.student")).to_have_count(417)
        expect(page.locator("#tools")).to_be_hidden()
        page.emulate_media(media="screen")
        expect(page.locator("tr.student")).to_have_count(60)
        assert page.pdf().count(b"/Type /Page\n") > 5


def test_ten_thousand_students(chromium: Browser, many: str) -> None:
    with opened(chromium, many) as page:
        assert told(page) == "The first 60 of 10,000 students."
        page.get_by_role("searchbox").fill("vera novak 300")
        assert names(page) == ["Vera Novak 300"]
        page.get_by_role("searchbox").fill("")
        page.get_by_role("button", name="slipped again").click()
        overview = cohort(10_000, 4)
        slipped = sum("slipped-again" in overview.attention(row) for row in overview.rows)
        assert f"{slipped:,} students of 10,000." in told(page)
        page.get_by_role("button", name="Show 200 more").click()
        assert len(names(page)) == len(set(names(page))) == 260
        expect(page.locator("tr.student .open").nth(60)).to_be_focused()


def test_a_link_to_one_of_ten_thousand(chromium: Browser, many: str) -> None:
    with opened(chromium, f"{many}#student=yara-99&sort=student&week=2026-10-26") as page:
        expect(page.locator("#open")).to_be_in_viewport()
        # What doesn't fit in the page says where it is.
        expect(page.locator("#open")).to_contain_text("evidence of this week is in cohort.json")


@pytest.mark.parametrize("audience", list(Audience))
def test_a_script_in_every_field_stays_text(
    chromium: Browser, tmp_path: Path, audience: Audience
) -> None:
    texts = [text for text in hostile.TEXTS if "<" in text or "javascript" in text or '"' in text]
    for number, text in enumerate((*texts, "<script>alert(1)</script><img src=x onerror=open()>")):
        path = tmp_path / f"{number}.html"
        path.write_text(render(evil(cohort(12, 2), text, "https://x.example/'><"), audience))
        with opened(chromium, path.as_uri()) as page:
            for button in page.locator("tr.student .open").all()[:2]:
                button.click()
                assert page.locator("#open img, #open script, #open iframe").count() == 0
            page.get_by_role("searchbox").fill(text[:60])
            assert len(names(page)) > 0


def test_a_long_name_breaks_no_layout(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render(evil(cohort(3, 2), "a" * 5000, "https://x.example"), Audience.COACH))
    wide: ViewportSize = {"width": 1280, "height": 800}
    for viewport in (NARROW, wide):
        with opened(chromium, path.as_uri(), viewport=viewport) as page:
            page.locator("tr.student .open").first.click()
            assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_a_broken_line_costs_one_student(chromium: Browser, tmp_path: Path) -> None:
    text = render(cohort(), Audience.COACH)
    line = next(each for each in text.splitlines() if each.startswith('["bob"'))
    detail = text.splitlines().index(line)
    path = tmp_path / "index.html"
    path.write_text(text.replace(line, "[broken"))
    with opened(chromium, path.as_uri()) as page:
        assert told(page) == (
            "23 students. 1 line of this page can't be read; cohort.json has them."
        )
    assert detail > 0
    details = text.partition('id="details">')[2].splitlines()
    path.write_text(text.replace(details[1], "[[broken"))
    with opened(chromium, f"{path.as_uri()}#student=bob") as page:
        expect(page.locator("#open")).to_contain_text("What is said of this student can't be read")
        page.get_by_role("button", name="Alice Nguyen").click()
        expect(page.locator("#open")).to_contain_text("11 public contributions")


def test_without_a_script_the_numbers_stand(chromium: Browser, sample: str) -> None:
    with opened(chromium, sample, java_script_enabled=False) as page:
        expect(page.locator("#tiles li").first).to_contain_text("15 met")
        expect(page.locator("#tools")).to_be_hidden()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as it is named there
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Puts a page below a path of a loopback server, as GitHub Pages has it."""
    folder = tmp_path / "school" / "cohort"
    folder.mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def put(text: str) -> str:
        (folder / "index.html").write_text(text, "utf-8")
        return f"http://127.0.0.1:{server.server_port}/school/cohort/"

    yield put
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_public_page_on_pages(chromium: Browser, served: Callable[[str], str]) -> None:
    address = served(render(cohort(), Audience.PUBLIC))
    with opened(chromium, f"{address}#student=dora") as page:
        assert names(page)[:3] == ["alice", "bob", "chloe"]
        assert page.get_by_role("columnheader").all_text_contents()[:3] == [
            *("Login", "Week", "Last weeks")
        ]
        expect(page.locator("#open")).to_contain_text("Week 16–22 Nov 2026")
        page.get_by_role("button", name="4 unmet").click()
        assert names(page) == ["dora", "hugo", "priya", "tara"]
        assert page.url == f"{address}#verdict=unmet&student=dora"
        page.keyboard.press("Escape")
        page.get_by_role("button", name="4 unmet").click()
        assert page.url == address
        assert violations(page) == ""


def test_a_cohort_of_nobody(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render(replace(cohort(1), rows=()), Audience.COACH), "utf-8")
    with opened(chromium, path.as_uri()) as page:
        assert told(page) == "No student matches."
        assert violations(page) == ""


def test_the_browser_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSC_VERIFY_BROWSER", "/no/such/chromium")
    assert browser() is None
    monkeypatch.delenv("CSC_VERIFY_BROWSER")
    monkeypatch.setenv("PATH", "/no/such/folder")
    assert browser() is None
    assert "apt-get install chromium" in NO_BROWSER
