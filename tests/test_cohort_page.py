"""The cohort's page as a file: what stands in it, and what never may."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from csc_verify.model import Counted, Finding, LeftOut, Report, RequirementId, Revision, Verdict
from csc_verify.overview import Audience, Overview, Person, StudentRow, Trouble
from csc_verify.render.cohort_page import render
from tests import hostile
from tools.cohort_sample import cohort

COACH, PUBLIC = Audience.COACH, Audience.PUBLIC
BOTH = pytest.mark.parametrize("audience", [COACH, PUBLIC])


class Structure(HTMLParser):
    """The tags of a page in order, the texts of its scripts and style, and its policy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.policy = ""
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        self.attributes |= values.keys()
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""
        if tag in {"script", "style"}:
            self._inside = values.get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"comment {data}")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside] = self.texts.get(self._inside, "") + data


def lines(page: str, name: str) -> list[Any]:
    return [json.loads(line) for line in Structure(page).texts.get(name, "").splitlines()]


def evil(overview: Overview, text: str, url: str) -> Overview:
    """The same overview with a text in every field that can hold one."""
    return replace(overview, rows=tuple(_evil_row(row, text, url) for row in overview.rows))


def _evil_row(row: StudentRow, text: str, url: str) -> StudentRow:
    line = row.person.line
    return StudentRow(
        Person(line, text, text, text, text, text, text),
        tuple(_evil_report(report, text, url) for report in row.reports),
        row.checked,
        row.trouble and Trouble(text, text),
        (text,),
        row.newest,
    )


def _evil_report(report: Report, text: str, url: str) -> Report:
    findings = tuple(
        replace(
            finding,
            source=text,
            reason=text,
            notes=(text,),
            left_out=(LeftOut(text, text, text),),
            evidence=(Counted(text, url, text, text), Counted(text, text, text, text)),
        )
        for finding in report.requirements
    )
    revision = Revision(report.checked_at, text, Verdict.UNKNOWN, findings, text)
    student = replace(report.student, github=text, timezone=text)
    return replace(
        report, student=student, requirements=findings, revisions=(revision,), version=text
    )


@BOTH
def test_no_text_of_others_becomes_markup(audience: Audience) -> None:
    harmless = Structure(render(evil(cohort(16, 2), "x", "https://x.example"), audience))
    for number, text in enumerate(hostile.TEXTS):
        url = hostile.ADDRESSES[number % len(hostile.ADDRESSES)]
        page = render(evil(cohort(16, 2), text, url), audience)
        page.encode()
        found = Structure(page)
        assert found.tags == harmless.tags
        assert found.attributes == harmless.attributes
        assert found.texts["script"] == harmless.texts["script"]
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\x00\x1b\x85]", page)


@BOTH
def test_a_place_of_the_template_in_a_name_stays_a_name(audience: Audience) -> None:
    page = render(evil(cohort(16, 1), "{{script}}", "https://x.example"), audience)
    assert page.count('"use strict"') == 1
    assert "{{script}}" in page


@BOTH
def test_the_policy_allows_this_script_and_this_style_and_no_address(audience: Audience) -> None:
    found = Structure(render(cohort(), audience))
    rules = dict(rule.strip().partition(" ")[::2] for rule in found.policy.split(";"))
    for rule, name in (("script-src", "script"), ("style-src", "style")):
        digest = b64encode(sha256(found.texts[name].encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    assert "unsafe" not in found.policy


@BOTH
def test_the_page_asks_for_nothing(audience: Audience) -> None:
    page = render(cohort(), audience)
    found = Structure(page)
    assert "src" not in found.attributes
    assert found.attributes.isdisjoint({"style", "onclick", "onload"})
    assert "@import" not in page
    assert "url(" not in page
    assert re.findall(r'href="(?!#)([^"]*)"', page.partition("<body>")[0]) == ["data:,"]


@BOTH
def test_the_same_overview_gives_the_same_bytes(audience: Audience) -> None:
    assert render(cohort(), audience) == render(cohort(), audience)


def test_a_public_page_holds_logins_and_verdicts_only() -> None:
    rows: list[StudentRow] = []
    for row in cohort(48, 3).rows:
        marked = _evil_row(row, "PRIVATE", "https://private.example/PRIVATE")
        numbers = tuple(
            replace(
                report,
                requirements=tuple(
                    replace(f, count=98765, minimum=43210) for f in report.requirements
                ),
            )
            for report in marked.reports
        )
        person = replace(marked.person, github=row.person.github)
        rows.append(replace(marked, person=person, reports=numbers))
    page = render(replace(cohort(48, 3), rows=tuple(rows)), PUBLIC)
    assert "private" not in page.partition("<script>")[0].casefold()
    assert not re.search("98765|98,765|43210|43,210", page)
    assert "details" in page
    assert lines(page, "details") == []
    students = lines(page, "students")
    assert [student[0] for student in students] == sorted(row.person.github for row in rows)
    for login, again, *empty, verdict, confirmed, counts, cells, reasons in students:
        assert login == again
        assert empty == ["", -1, -1, -1]
        assert verdict in range(5)
        assert confirmed in {0, 1}
        assert counts == reasons == []
        assert len(cells) == 3


def test_a_public_page_has_the_owner_where_only_a_repository_is_known() -> None:
    nobody = StudentRow(Person(2, "", "Zoe Private", repository="zoe/private"))
    page = render(replace(cohort(1), rows=(nobody,)), PUBLIC)
    assert [student[0] for student in lines(page, "students")] == ["zoe"]
    assert "rivate" not in page.partition("<script>")[0]


def test_the_numbers_stand_in_the_page_without_a_script() -> None:
    top = render(cohort(), COACH).partition("<noscript>")[0]
    text = unescape(re.sub("<[^>]*>", "", top))
    assert "<noscript><p " in render(cohort(), COACH)
    for words in ("15 met", "4 unmet", "2 unknown", "1 skipped", "2 not checked"):
        assert words in text
    for words in ("2 slipped again", "1 Action stopped", "1 contradicted", "2 can't be verified"):
        assert words in text
    assert "1 could not be looked at" in text
    assert "1 confirmed by a person" in text


def test_a_student_is_a_line_of_the_list_and_one_of_the_details() -> None:
    page = render(cohort(100, 4), COACH)
    students, details = lines(page, "students"), lines(page, "details")
    assert len(students) == len(details) == 100
    names = [student[2] for student in students]
    assert names == sorted(names, key=str.casefold)


def _held(page: str) -> list[set[int]]:
    """Of each student, the weeks that the page has evidence of."""
    return [
        {week for week, _, held in weeks if held is not None} for _, weeks in lines(page, "details")
    ]


def test_evidence_of_the_newest_weeks_stays_when_not_all_fits() -> None:
    everything = render(cohort(48, 4), COACH)
    assert {3} <= set.union(*_held(everything)) == {0, 1, 2, 3}
    page = render(cohort(48, 4), COACH, budget=60_000)
    held = _held(page)
    assert set.union(*held) < {0, 1, 2, 3}
    assert 3 in set.union(*held)
    assert len(everything) - len(page) > 20_000
    # Verdicts, counts and reasons of all weeks stay.
    kept, all_of_it = (
        [[week[:2] for week in weeks] for _, weeks in lines(each, "details")]
        for each in (page, everything)
    )
    assert [len(weeks) for weeks in kept] == [len(weeks) for weeks in all_of_it]
    assert [[w[1][0][:4] for w in weeks if w[1]] for weeks in kept] == [
        [w[1][0][:4] for w in weeks if w[1]] for weeks in all_of_it
    ]


def test_who_needs_help_keeps_evidence_longest() -> None:
    overview = cohort(48, 1)
    held = _held(render(overview, COACH, budget=4_000))
    rows = {row.person.github: row for row in overview.rows}
    students = lines(render(overview, COACH), "students")
    shown = [rows[student[1]] for student, weeks in zip(students, held, strict=True) if weeks]
    assert shown
    assert all(overview.attention(row) for row in shown)


def test_who_lists_thousands_crowds_nobody_out() -> None:
    overview = cohort(1, 1)
    (report,) = overview.rows[0].reports
    item = Counted("commit", "https://github.com/alice/x", "2026-11-17", "alice/x")
    many = replace(report.requirements[0], evidence=(item,) * 5000)
    report = replace(report, requirements=(many, *report.requirements[1:]))
    page = render(replace(overview, rows=(replace(overview.rows[0], reports=(report,)),)), COACH)
    ((_, ((_, _, held),)),) = lines(page, "details")
    assert len(held["f"][0]["e"]) == 40
    assert held["f"][0]["m"] == 4960


def test_only_addresses_of_the_web_are_addresses() -> None:
    for url in hostile.UNSAFE_ADDRESSES:
        overview = cohort(1, 1)
        (report,) = overview.rows[0].reports
        post = Counted("post", url, "2026-11-17", "a title")
        finding = replace(report.finding(RequirementId.BLOG), evidence=(post,))
        findings = tuple(finding if f.id is finding.id else f for f in report.requirements)
        row = replace(overview.rows[0], reports=(replace(report, requirements=findings),))
        ((_, ((_, _, held),)),) = lines(render(replace(overview, rows=(row,)), COACH), "details")
        addresses = {item[1] for item in held["f"][1].get("e", [])}
        # Blanks around an address are no part of it.
        assert addresses <= {"", "https://evil.example"}


def test_contacts_are_numbers() -> None:
    overview = cohort(12, 2)
    digests = {
        counted.digest
        for row in overview.rows
        for report in row.reports
        for counted in report.finding(RequirementId.CONTACTS).evidence
    }
    page = render(overview, COACH)
    assert digests
    assert not any(digest in page for digest in digests)


def test_what_a_person_confirmed_is_marked_for_everybody() -> None:
    overview = cohort(24, 1)
    (report,) = overview.rows[0].reports
    confirmed = Finding(RequirementId.BLOG, Verdict.MET, 1, 1, "person", "Hannah saw it")
    findings = tuple(confirmed if f.id is confirmed.id else f for f in report.requirements)
    row = replace(overview.rows[0], reports=(replace(report, requirements=findings),))
    for audience in Audience:
        page = render(replace(overview, rows=(row,)), audience)
        ((*_, flags, _counts, cells, _reasons),) = lines(page, "students")
        assert flags & 1
        assert int(cells[0], 36) >= 12
        assert "1</strong> confirmed by a person" in page
