"""Design activities: what counts, what doesn't, what links answer, and that nothing secret leaks.

Each file in ``tests/data/activities`` is a test by lying there, with what was counted by hand. What
is secret in them holds the letters ``qx``. The pages are ours, in the manner of each platform.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.dates import Placement, placed
from csc_verify.digests import digest
from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import (
    Evidence,
    Failed,
    Finding,
    Found,
    Requirement,
    RequirementId,
    Verdict,
)
from csc_verify.rules import judge
from csc_verify.sources.design import Activities, Terms, collect, read_activities
from csc_verify.unusable import Unusable
from csc_verify.week import WeekStart, read_zone, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "data" / "activities"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))
WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
KEY = bytes(range(32))
TERMS = Terms("ux", ("designchallenge.xyz",))
SHARE = "share it so that anybody can open the link without logging in"


def page(
    title: str,
    text: str = "",
    *,
    head: str = "",
    body: str = "",
    at: str = "",
    as_: str = "text/html",
) -> Page:
    html = f"<html><head><title>{title}</title>{head}</head><body><p>{text}</p>{body}</body></html>"
    return Page(at, html.encode(), as_)


WORK = page("My work", "How I made it, and what I learned from it. " * 20)


@dataclass
class Web:
    """Answers what it was told, and else with a page."""

    answers: Mapping[str, FetchResult | int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> FetchResult:
        self.asked.append(url)
        answer = self.answers.get(url, WORK)
        if isinstance(answer, int):
            host = url.split("/")[2]
            is_no = answer in {404, 410}
            return Absent(url, answer) if is_no else refused(url, f"{host} says {answer}", answer)
        return Page(url, answer.body, answer.content_type) if answer == WORK else answer


def refused(url: str, reason: str, status: int | None) -> Unreachable:
    return Unreachable(url, reason, "The next run looks again", status)


def nothing(_: str) -> str | None:
    return None


def expected(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return data


def read(name: str, key: bytes | None = KEY, web: Web | None = None) -> Evidence:
    told = expected(name)
    env: dict[str, str] = told.get("env", {})
    content = (FOLDER / f"{name}.yml").read_bytes()
    activities = Activities(content, told.get("secret", False), env.get)
    terms = Terms(told.get("specialization", "ux"), tuple(told.get("sites", TERMS.sites)))
    return collect(activities, WEEK, terms, web or Web(told.get("answers", {})), key)


def judged(evidence: Evidence, minimum: int = 1) -> Finding:
    return judge(Requirement(RequirementId.DESIGN, minimum), (evidence,), WEEK, NOW)


def of_list(text: str, web: Web | None = None, terms: Terms = TERMS) -> Found:
    activities = Activities(text.encode(), is_secret=False, look_up=nothing)
    found = collect(activities, WEEK, terms, web or Web(), KEY)
    assert isinstance(found, Found)
    return found


def of_link(link: str, answer: FetchResult | int, **env: str) -> Found:
    """A week with one activity, whose link answers so."""
    text = f"- {{date: 2026-11-17, kind: extra-credit, title: A guide, link: '{link}'}}"
    activities = Activities(text.encode(), is_secret=False, look_up=env.get)
    found = collect(activities, WEEK, TERMS, Web({env.get("LINK", link): answer}), KEY)
    assert isinstance(found, Found)
    return found


def doubt_of(link: str, answer: FetchResult | int) -> str | None:
    (item,) = of_link(link, answer).items
    return item.doubt


@pytest.mark.parametrize("name", CASES)
def test_each_list_is_counted_as_it_was_by_hand(name: str) -> None:
    told = expected(name)
    web = Web(told.get("answers", {}))
    evidence = read(name, web=web)
    if "failed" in told:
        assert isinstance(evidence, Failed)
        assert evidence.reason == f"the list of activities {told['failed']}"
        assert evidence.hint
        assert judged(evidence).verdict is Verdict.UNKNOWN
        return
    assert isinstance(evidence, Found)
    private = told.get("private", [])
    numbers = numbered(name, evidence)
    assert [number for number, doubt in numbers.items() if doubt is None] == told["counted"]
    assert [number for number, doubt in numbers.items() if doubt] == told["doubtful"]
    left_out = {entry.what.split()[1]: entry for entry in evidence.left_out}
    assert {number: entry.why for number, entry in left_out.items()} == told["left_out"]
    assert all(entry.mend or entry.why.startswith("the same") for entry in left_out.values())
    for number, mend in told.get("mends", {}).items():
        assert left_out[number].mend == mend
    for number, entry in left_out.items():
        assert entry.what.endswith(")") is (
            int(number) not in private and not entry.why.startswith("no title")
        )
    finding = judged(evidence)
    assert (finding.verdict, finding.count) == (Verdict(told["verdict"]), told["count"])
    assert finding.source == "activities"
    if "asked" in told:
        assert web.asked == told["asked"]


def numbered(name: str, evidence: Found) -> dict[int, str | None]:
    """What speaks against each item, by its number in the list."""
    entries = read_activities((FOLDER / f"{name}.yml").read_bytes())
    assert not isinstance(entries, Unusable)
    by_title = {(entry.title, entry.link): entry.number for entry in entries}
    doubts: dict[int, str | None] = {}
    for item in evidence.items:
        is_edge = item.at is not None and placed(item.at, WEEK) is Placement.UNSURE
        number = (
            int(item.title.split()[1]) if item.is_private else by_title[item.title, item.url or ""]
        )
        doubts[number] = item.doubt or ("its date lies on the edge" if is_edge else None)
    return doubts


def test_there_are_enough_lists_and_each_verdict_occurs() -> None:
    assert len(CASES) >= 25
    verdicts = {expected(name).get("verdict") for name in CASES}
    assert verdicts >= {"met", "unmet", "unknown", None}


# --- what is secret --------------------------------------------------------------------------

SECRET = ["a-secret-list", "a-secret-link"]


@pytest.mark.parametrize("name", [*SECRET, *(n for n in CASES if "failed" in expected(n))])
@pytest.mark.parametrize("key", [KEY, None])
def test_nothing_secret_leaks(name: str, key: bytes | None) -> None:
    evidence = read(name, key)
    assert "qx" not in repr(evidence).lower()
    assert "qx" not in repr(judged(evidence)).lower()
    assert "figma" not in repr(evidence).lower()
    assert "google" not in repr(evidence).lower()


def test_nothing_secret_is_in_the_values_own_text() -> None:
    content = (FOLDER / "a-secret-list.yml").read_bytes()
    assert "qx" not in repr(read_activities(content)).lower()
    assert "qx" not in repr(Activities(content, True, {"qx": "qx"}.get)).lower()  # noqa: FBT003


def test_what_is_private_is_shown_as_a_digest() -> None:
    finding = judged(read("a-secret-link"))
    shown = {item.kind: item for item in finding.evidence}
    day_title_link = ("2026-11-17", "qx report", "https://qx.example/report?key=qx")
    secret, public = shown["extra-credit"], shown["module"]
    assert secret.digest == digest(KEY, "extra-credit", day_title_link)
    assert (secret.url, secret.at, secret.title) == ("", "", "")
    assert (public.url, public.at, public.title, public.digest) == (
        *("https://work.example/type", "2026-11-18", "Type"),
        "",
    )
    assert any("reveals" in note for note in finding.notes)
    assert judged(read("one-extra-credit")).notes == ()


def test_without_a_key_what_is_private_is_in_doubt() -> None:
    finding = judged(read("a-secret-link", key=None))
    assert finding.verdict is Verdict.UNKNOWN
    assert "without CSC_CONTACTS_KEY nobody could check it later" in finding.reason
    assert all(item.digest == "" for item in finding.evidence)


def test_a_variable_that_is_not_handed_over_is_named_with_what_to_do() -> None:
    (item,) = of_link("env:MY_LINK", 200).items
    assert item.doubt is not None
    assert "its link is in MY_LINK, which is empty or isn't handed over" in item.doubt
    assert "write MY_LINK: ${{ secrets.MY_LINK }} under env:" in item.doubt
    assert (item.url, item.title, item.digest) == (None, "activity 1", "")


def test_of_a_secret_link_not_even_the_host_is_told() -> None:
    reason = "qx.example redirects: there is no site called other.qx"
    for status in (None, 503):
        found = of_link("env:LINK", refused("", reason, status), LINK="https://qx.example/a")
        (item,) = found.items
        assert item.doubt is not None
        assert "its link could not be opened" in item.doubt
        assert item.doubt.endswith("the next run looks again")
        assert "qx" not in repr(found)
    told = doubt_of("https://qx.example/a", refused("", reason, None))
    assert told is not None
    assert reason in told


def test_a_whole_list_that_cannot_be_used_says_why() -> None:
    unusable = Unusable("is not where it is configured to be", "Correct design.activities")
    evidence = collect(unusable, WEEK, TERMS, Web(), KEY)
    assert isinstance(evidence, Failed)
    assert evidence.source == "activities"
    assert evidence.address == "the list of activities"
    assert evidence.reason == "the list of activities is not where it is configured to be"
    assert evidence.hint == "Correct design.activities"


# --- what links answer -----------------------------------------------------------------------

SHELL = '<div id="root"></div><script src="/app.js"></script>'
GOOGLE_LOGIN = "https://accounts.google.com/v3/signin/identifier?continue=x"
DOC, DRIVE = "https://docs.google.com/document/d/1/edit", "https://drive.google.com/file/d/1/view"
DROPBOX, FIGMA = "https://www.dropbox.com/scl/fi/1/a.pdf", "https://www.figma.com/design/1/Clinic"
NOTION, SITE = "https://www.notion.so/ada/Work-1", "https://ada.notion.site/Work-1"
BEHANCE, OWN = "https://www.behance.net/gallery/1/Clinic", "https://ada.example/work"
REPOSITORY = "https://github.com/ada/work"
NOT_TOLD = "nothing in the page tells whether a stranger sees the document"
AFTER_LOGIN = "shows the document only after a login"


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def at(url: str, answer: Page) -> Page:
    return Page(url, answer.body, answer.content_type)


REACHABLE = {
    "a public document of Google's": (
        DOC,
        page("Clinic - Google Docs", "JavaScript isn't enabled in your browser", head=og("Clinic"),
             body=SHELL),
    ),
    "one without og:title": (DOC, page("Clinic - Google Docs", body=SHELL)),
    "a file on Google Drive": (DRIVE, page("clinic.pdf - Google Drive", body=SHELL)),
    "a file on Dropbox": (DROPBOX, page("Dropbox - clinic.pdf - Simplify your life", body=SHELL)),
    "a file of Figma's": (FIGMA, page("Clinic – Figma", body=SHELL)),
    "one that nobody named": (FIGMA, page("Untitled – Figma", body=SHELL)),
    "a page of Notion's": (SITE, page("Notion", head=og("Clinic"), body=SHELL)),
    "one that Notion leads to": (NOTION, at(SITE, page("Clinic", body=SHELL))),
    "a project on Behance": (BEHANCE, page("Clinic :: Behance", body=SHELL)),
    "a repository": (REPOSITORY, page("GitHub - ada/work: Clinic", "Readme")),
    "a page drawn by a script, with a name": (OWN, page("Ada's work", body=SHELL)),
    "a page without a title": (OWN, page("", "What I made. " * 20)),
    "a PDF": (OWN, Page(OWN, b"%PDF-1.7 ...", "application/pdf")),
    "a PDF that is called a page": (OWN, Page(OWN, b"%PDF-1.7 <html>", "text/html")),
    "a picture": (OWN, Page(OWN, b"\x89PNG\r\n", "image/png")),
    "a text": (OWN, Page(OWN, b"You need access", "text/plain")),
    "a page larger than pages are": (DOC, page("", "x", body="<i></i>" * 20_000)),
    "a page too large to be fetched": (OWN, refused(OWN, "the page is larger than 8 MB", 200)),
    "a study of a login": (
        "https://ada.example/login",
        page("Login", "A better login. Sign in to continue. " * 30, at="https://ada.example/login"),
    ),
    "one that its platform leads to": (
        "https://www.behance.net/gallery/1",
        page("A login :: Behance", body=SHELL, at="https://www.behance.net/gallery/1/Login"),
    ),
    "one that leads on below itself": (
        "https://ada.example/study",
        page("A login", "What I made. " * 60, at="https://ada.example/study/login"),
    ),
    "a study of asking for access": (
        OWN, page("How to request access: a study", "How to request access. " * 40),
    ),
    "a short address": ("https://bit.ly/x", at("https://ada.example/", WORK)),
    "a front page": ("https://ada.example/", at("https://ada.example/", WORK)),
    "a home": ("https://ada.example/index.html", at("https://ada.example/", WORK)),
}  # fmt: skip


@pytest.mark.parametrize(("link", "answer"), REACHABLE.values(), ids=REACHABLE)
def test_a_link_that_a_stranger_can_open_counts(link: str, answer: FetchResult) -> None:
    found = of_link(link, at(answer.url or link, answer) if isinstance(answer, Page) else answer)
    assert judged(found).verdict is Verdict.MET, found
    assert judged(found).evidence[0].url == link


GOOGLES = "in Google Drive: Share, General access, 'Anyone with the link', Viewer"
DROPBOXS = "in Dropbox: Share, copy a link that gives access to anyone with the link"
FIGMAS = "in Figma: Share, Anyone with the link, can view"
NOTIONS = "in Notion: Share, Publish to web, and give the address that it then shows"
BEHANCES = "in Behance: publish the project, visible to everyone"
MICROSOFTS = "in OneDrive: Share, Anyone with the link can view"
CLOSED = {
    "Google's login": (DOC, page("x", at=GOOGLE_LOGIN), AFTER_LOGIN, GOOGLES),
    "Google's login in place": (DRIVE, page("Google Drive: Sign-in"), NOT_TOLD, GOOGLES),
    "Google's status": (DRIVE, 401, AFTER_LOGIN, GOOGLES),
    "Google's request": (
        DRIVE, page("Google Drive: Access Denied", "You need access. Request access."),
        "request access", GOOGLES,
    ),
    "a form behind a short address": (
        "https://bit.ly/x", page("x", at=GOOGLE_LOGIN), AFTER_LOGIN, GOOGLES,
    ),
    "Google's shell": (DOC, page("Google Docs", body=SHELL), NOT_TOLD, GOOGLES),
    "a site of Google's": (
        "https://sites.google.com/view/ada", page("x", at=GOOGLE_LOGIN), AFTER_LOGIN,
        "in Google Sites: Publish, visible to anyone",
    ),
    "Dropbox' login": (
        DROPBOX, page("x", at="https://www.dropbox.com/login?cont=x"), AFTER_LOGIN, DROPBOXS,
    ),
    "Dropbox' login in place": (DROPBOX, page("Login - Dropbox", body=SHELL), NOT_TOLD, DROPBOXS),
    "Dropbox' expired link": (DROPBOX, page("Link expired - Dropbox"), NOT_TOLD, DROPBOXS),
    "Dropbox' front page": (
        DROPBOX, page("Dropbox.com", "Files", at="https://www.dropbox.com/"), "front page",
        DROPBOXS,
    ),
    "Figma's shell": (FIGMA, page("Figma", body=SHELL), NOT_TOLD, FIGMAS),
    "Figma's own advertisement": (
        FIGMA, page("Figma", head=og("Figma: The Collaborative Interface Design Tool")),
        NOT_TOLD, FIGMAS,
    ),
    "Figma's login": (FIGMA, page("x", at="https://www.figma.com/login"), AFTER_LOGIN, FIGMAS),
    "Figma's refusal": (FIGMA, 403, "refuses to answer programs (status 403)", FIGMAS),
    "Notion's shell": (
        NOTION, page("Notion", head=og("Notion – The all-in-one workspace"), body=SHELL),
        NOT_TOLD, NOTIONS,
    ),
    "Notion's login": (NOTION, page("x", at="https://www.notion.so/login"), AFTER_LOGIN, NOTIONS),
    "Notion's no to programs": (NOTION, 404, "at least to programs (404)", NOTIONS),
    "Notion's no to programs elsewhere": (SITE, 404, "at least to programs (404)", NOTIONS),
    "Behance' shell": (BEHANCE, page("Behance", body=SHELL), NOT_TOLD, BEHANCES),
    "Microsoft's login": (
        "https://ada-my.sharepoint.com/:w:/g/1",
        page("x", at="https://login.microsoftonline.com/common/oauth2/authorize?x=1"),
        AFTER_LOGIN, MICROSOFTS,
    ),
    "GitHub's login": (
        REPOSITORY, page("x", at="https://github.com/login?return_to=x"), AFTER_LOGIN,
        "on GitHub: make the repository public, in its settings",
    ),
    "any login": (OWN, page("x", at="https://ada.example/users/sign_in"), AFTER_LOGIN, SHARE),
    "any login in place": (
        OWN, page("Log in", body='<form><input type="password"></form>'), AFTER_LOGIN, SHARE,
    ),
    "a login that is not there": (
        OWN, Absent("https://login.okta.com/x", 404), AFTER_LOGIN, SHARE,
    ),
    "a request": (OWN, page("Ada", "You don\u2019t have access to this page."), "request", SHARE),
    "a request in its title": (
        OWN, page("Ada | Request access", "Terms. " * 200), "request", SHARE,
    ),
    "a private page": (OWN, page("Ada", "This page is private."), "request access", SHARE),
    "a check for robots": (
        OWN, page("Just a moment...", body='<script src="/x"></script>'), "check for robots", SHARE,
    ),
    "nothing found": (OWN, page("404 Not Found", "404 Not Found"), 'says "not found"', SHARE),
    "cookies": (
        OWN, page("x", at="https://consent.example/ask"), "question about cookies", SHARE,
    ),
    "a shell without a name": (OWN, page("React App", body=SHELL), NOT_TOLD, SHARE),
    "a shell with its host's name": (OWN, page("ada.example", body=SHELL), NOT_TOLD, SHARE),
    "a shell without a title": (OWN, page("", body=SHELL), NOT_TOLD, SHARE),
    "an empty page": (OWN, Page(OWN, b" \n", "text/html"), "an empty page", SHARE),
    "an untold page": (
        OWN, Page(OWN, b"<!DOCTYPE html><title>Log in</title><input type=password>", ""),
        AFTER_LOGIN, SHARE,
    ),
    "a refusal": (OWN, 999, "refuses to answer programs (status 999)", SHARE),
    "an outage": (
        OWN, 503, "could not be opened (ada.example says 503)", "the next run looks again",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("link", "answer", "why", "share"), CLOSED.values(), ids=CLOSED)
def test_a_link_that_is_closed_is_unknown_and_says_how_to_open_it(
    link: str, answer: FetchResult | int, why: str, share: str
) -> None:
    placed = at(answer.url or link, answer) if isinstance(answer, Page) else answer
    found = of_link(link, placed)
    doubt = doubt_of(link, placed)
    assert doubt is not None
    assert why in doubt
    assert doubt.endswith(share)
    finding = judged(found)
    assert finding.verdict is Verdict.UNKNOWN
    assert why in finding.reason


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize(
    ("link", "share"),
    [
        (OWN, SHARE),
        (REPOSITORY, "On GitHub: make the repository public, in its settings"),
        (FIGMA, FIGMAS),
        (DRIVE, GOOGLES),
        (DROPBOX, DROPBOXS),
    ],
)
def test_a_link_that_is_gone_does_not_count(link: str, share: str, status: int) -> None:
    found = of_link(link, status)
    assert judged(found).verdict is Verdict.UNMET
    (entry,) = found.left_out
    assert entry.what == "activity 1 (A guide)"
    assert entry.why == f"its link leads nowhere (status {status})"
    assert entry.mend.lower().endswith(share.lower())


# --- rules -----------------------------------------------------------------------------------


def entry(number: int, **more: str) -> str:
    fields = {
        "date": "2026-11-17",
        "kind": "extra-credit",
        "title": f"Guide {number}",
        "link": f"https://work.example/{number}",
        **more,
    }
    return "- {" + ", ".join(f"{key}: '{value}'" for key, value in fields.items()) + "}"


def test_no_more_than_thirty_links_are_asked_and_the_certain_ones_first() -> None:
    web = Web()
    unsure = entry(0, date="11/12/2026")
    week = week_of(date(2026, 11, 9), WeekStart.MONDAY, WEEK.zone)
    lines = [unsure, *(entry(number, date="2026-11-10") for number in range(1, 40))]
    activities = Activities("\n".join(lines).encode(), is_secret=False, look_up=nothing)
    found = collect(activities, week, TERMS, web, KEY)
    assert isinstance(found, Found)
    assert len(web.asked) == 30
    assert "https://work.example/0" not in web.asked
    doubts = [item.doubt for item in found.items if item.doubt]
    assert len(doubts) == 10
    assert all("too many links to ask in one run" in doubt for doubt in doubts)


def test_a_link_is_asked_once_without_its_fragment() -> None:
    web = Web()
    modules = {"kind": "module", "specialization": "ui"}
    links = [f"https://work.example/me#{name}" for name in "abc"]
    lines = [entry(n, link=link, **modules) for n, link in enumerate(links)]
    found = of_list("\n".join(lines), web)
    assert web.asked == ["https://work.example/me"]
    assert judged(found).verdict is Verdict.MET
    assert [item.url for item in judged(found).evidence] == links


def test_three_modules_of_one_day_on_one_page_are_three() -> None:
    modules = {"kind": "module", "specialization": "ui", "date": "2026-11-17"}
    lines = [entry(n, link="https://work.example/me", **modules) for n in range(3)]
    finding = judged(of_list("\n".join(lines), Web()))
    assert (finding.verdict, finding.count, len(finding.evidence)) == (Verdict.MET, 1, 3)
    finding = judged(of_list("\n".join(lines[:2]), Web()))
    assert (finding.verdict, finding.count) == (Verdict.UNMET, 0)
    assert finding.reason == "0 design activities, 1 needed, and 2 of the 3 modules for one"


def test_all_that_is_in_doubt_is_told_together() -> None:
    web = Web({"https://work.example/1": 401})
    (item,) = of_list(entry(1, kind="module"), web, Terms(None, ())).items
    assert item.doubt is not None
    assert AFTER_LOGIN in item.doubt
    assert "set design.specialization" in item.doubt


@pytest.mark.parametrize(
    ("own", "its", "said"),
    [
        (None, "ui", "set design.specialization"),
        ("ux", "", "write whose module it is under specialization"),
        ("ux", "ux writing", "write it just as design.specialization does"),
        ("ux", "ui", None),
        ("UX Design", "UI Design", None),
        ("Motion", "Sound", None),
    ],
)
def test_whether_a_module_is_outside_ones_own(own: str | None, its: str, said: str | None) -> None:
    (item,) = of_list(entry(1, kind="module", specialization=its), terms=Terms(own, ())).items
    assert (item.doubt is None) is (said is None)
    assert (said or "") in (item.doubt or "")


def mend_of(text: str, terms: Terms = TERMS) -> str:
    (entry,) = of_list(text, terms=terms).left_out
    return entry.mend


def test_a_mend_says_what_would_count() -> None:
    kinds = "Write one of extra-credit, module, design-challenge under kind"
    assert mend_of(entry(1, kind="")) == kinds
    assert mend_of(entry(1, kind="modul")) == f"{kinds}: perhaps module"
    away = entry(1, kind="design-challenge", challenge="https://else.example/x")
    assert mend_of(away) == "Take a challenge from designchallenge.xyz"
    many = Terms("ux", tuple(f"site{number}.example" for number in range(7)))
    assert mend_of(away, many).endswith("site4.example and 2 more")
    assert "design.challenge_sites" in mend_of(away, Terms("ux", ()))
    no_challenge = entry(1, kind="design-challenge")
    assert mend_of(no_challenge) == "Write the address of the challenge itself under challenge"


def test_a_title_is_shown_as_one_plain_line() -> None:
    (left,) = of_list(entry(1, title="A\u200b guide" + "b" * 100, link="no")).left_out
    assert left.what.startswith("activity 1 (A guideb")
    assert len(left.what) < 80


def test_an_activity_of_the_future_does_not_count_yet() -> None:
    evidence = of_list(entry(1, date="2026-11-20"))
    early = datetime(2026, 11, 18, 12, tzinfo=UTC)
    finding = judge(Requirement(RequirementId.DESIGN, 1), (evidence,), WEEK, early)
    assert (finding.verdict, finding.count) == (Verdict.UNKNOWN, 0)
    assert "future" in finding.left_out[0].why


# --- anything at all -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- {title: a}\n" * 501, "has more than 500 activities"),
        (b"# " + b"a" * 64 * 1024, "is larger than 64 KiB"),
        (b"- " + b"[" * 50, "is no YAML that can be read in line 1"),
        (b"- \xff", "is no YAML that can be read in line 1"),
        (b"\n\n- a: 1\n- a: [\n", "is no YAML that can be read in line 5"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_list_is_refused_with_its_line(content: bytes, said: str) -> None:
    read = read_activities(content)
    assert isinstance(read, Unusable)
    assert read.reason == said
    assert read.mend


def test_five_hundred_activities_are_a_list() -> None:
    read = read_activities(b"- {title: a}\n" * 500)
    assert not isinstance(read, Unusable)
    assert len(read) == 500


def test_marks_before_a_list_and_behind_it_are_no_part_of_it() -> None:
    read = read_activities(b"\xef\xbb\xbf# mine\n\n---\n- title: A\n...\n")
    assert not isinstance(read, Unusable)
    assert [activity.title for activity in read] == ["A"]


@settings(deadline=None)
@given(st.binary(max_size=2000), st.booleans())
def test_any_bytes_are_a_list_or_a_failure_with_a_mend(content: bytes, is_secret: bool) -> None:
    activities = Activities(content, is_secret, nothing)
    evidence = collect(activities, WEEK, TERMS, Web(), None)
    assert isinstance(evidence, Found) or evidence.hint


@settings(deadline=None)
@given(st.integers(0, 1600), st.binary(max_size=8))
def test_a_damaged_secret_list_leaks_nothing(at: int, noise: bytes) -> None:
    whole = (FOLDER / "a-secret-list.yml").read_bytes()
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    activities = Activities(damaged, is_secret=True, look_up=nothing)
    evidence = collect(activities, WEEK, TERMS, Web(), KEY)
    assert "qx" not in repr(evidence).lower()
    assert "qx" not in repr(judged(evidence)).lower()


TEXTS = st.text(max_size=40)
VALUES = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.lists(TEXTS, max_size=2))
NAMES = st.sampled_from(["date", "kind", "title", "link", "specialization", "challenge", "other"])
LIKELY = st.fixed_dictionaries(
    {
        "date": st.one_of(st.dates(date(2026, 11, 14), date(2026, 11, 24)).map(str), TEXTS),
        "kind": st.one_of(st.sampled_from(["extra-credit", "module", "design-challenge"]), TEXTS),
        "title": TEXTS,
        "link": st.one_of(st.just(OWN), st.just("env:LINK"), TEXTS.map("https://{}".format), TEXTS),
    },
    optional={"specialization": TEXTS, "challenge": TEXTS.map("https://{}".format)},
)


@settings(deadline=None)
@given(
    st.lists(st.one_of(LIKELY, st.dictionaries(NAMES, VALUES)), max_size=5),
    st.one_of(st.none(), TEXTS),
    st.lists(TEXTS, max_size=2),
    st.one_of(st.none(), TEXTS),
)
def test_each_entry_is_at_most_one_thing(
    entries: list[dict[str, Any]], own: str | None, sites: list[str], secret: str | None
) -> None:
    content = json.dumps(entries).encode()
    activities = Activities(content, is_secret=False, look_up={"LINK": secret}.get)
    found = collect(activities, WEEK, Terms(own, tuple(sites)), Web(), KEY)
    if isinstance(found, Failed):
        assert found.hint
        return
    assert len(found.items) + len(found.left_out) <= len(entries)
    judged(found)


@settings(deadline=None)
@given(st.binary(max_size=1000), st.sampled_from(["text/html", "", "application/pdf", "x"]))
def test_any_answer_makes_an_item(body: bytes, content_type: str) -> None:
    assert len(of_link(FIGMA, Page(FIGMA, body, content_type)).items) == 1
