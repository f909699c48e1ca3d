"""Lists of design activities for tests, and a web that answers what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from csc_verify.fetch import Absent, FetchResult, Page, Unreachable
from csc_verify.model import Evidence, Finding, Found, Requirement, RequirementId
from csc_verify.rules import judge
from csc_verify.sources.design import Activities, Terms, collect
from csc_verify.week import WeekStart, read_zone, week_of

if TYPE_CHECKING:
    from collections.abc import Mapping

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


SHELL = '<div id="root"></div><script src="/app.js"></script>'


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def at(url: str, answer: Page) -> Page:
    return Page(url, answer.body, answer.content_type)


def entry(number: int, **more: str) -> str:
    fields = {
        "date": "2026-11-17",
        "kind": "extra-credit",
        "title": f"Guide {number}",
        "link": f"https://work.example/{number}",
        **more,
    }
    return "- {" + ", ".join(f"{key}: '{value}'" for key, value in fields.items()) + "}"
