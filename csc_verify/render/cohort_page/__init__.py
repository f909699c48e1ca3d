"""A cohort as one web page: a file that asks for nothing else, and opens from a disk.

::

    Overview ──▶ glance: numbers in plain HTML
             ──▶ students, weeks: lines of JSON ──▶ scripts/*.js: table, filters, evidence

Its policy allows this very script and this very style, by their hashes, and nothing else: no
address is asked, and no text of others can become a program. A page for the public is made from
logins and verdicts alone; what it must not say is never looked at.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from csc_verify.appearance import NAMES, TRACKS
from csc_verify.calendar_text import MONTHS, span_text
from csc_verify.escape import markup, plain
from csc_verify.model import Verdict
from csc_verify.overview import Audience
from csc_verify.render.cohort_page import glance
from csc_verify.render.cohort_page.students import (
    coach_line,
    detail_line,
    held_evidence,
    listed,
    public_line,
)
from csc_verify.render.cohort_page.texts import Texts, to_script
from csc_verify.wording import minute

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.overview import Overview
    from csc_verify.record import Json, JsonValue
    from csc_verify.render.cohort_page.students import Listed

EVIDENCE_BYTES: Final = 18_000_000
"""How much evidence a page holds: with all else of 10,000 students it is then some 24 MB, which a
browser reads in a moment."""

_SCRIPTS: Final = ("dom", "data", "view", "table", "student", "page")
_PLACE: Final = re.compile(r"\{\{(\w+)\}\}")


def render(overview: Overview, audience: Audience, budget: int = EVIDENCE_BYTES) -> str:
    """``index.html``. The same overview gives the same bytes.

    Args:
        overview: The cohort's week.
        audience: Who may read it.
        budget: How many bytes of evidence it may hold.
    """
    students, texts = listed(overview, audience), Texts()
    if audience is Audience.PUBLIC:
        groups: tuple[str, ...] = ()
        lines = [public_line(overview, student) for student in students]
        details: list[str] = []
    else:
        groups = _groups(overview)
        numbers = {name: number for number, name in enumerate(groups)}
        lines = [coach_line(overview, student, numbers, texts) for student in students]
        details = _details(overview, students, texts, budget)
    script, style = _script(), glance.colours() + _asset("style.css")
    parts = {
        "policy": _policy(script, style),
        "style": style,
        "marks": glance.marks(),
        "week": markup(span_text(overview.week.start, overview.week.end)),
        "about": markup(_about(overview)),
        "bar": glance.bar(overview),
        "tiles": glance.tiles(overview),
        "attention": glance.attention(overview, audience),
        "head": to_script(_head(overview, audience, groups, texts)),
        "students": "\n".join(lines),
        "details": "\n".join(details),
        "rest": _REST[audience],
        "script": script,
    }
    # One pass: what stands in a part is never taken for a place.
    return _PLACE.sub(lambda place: parts[place[1]], _asset("page.html"))


_REST: Final = {
    Audience.COACH: (
        "Contacts are other people's data: this page, like the logs, holds only their number. "
        "Everything that it shows, and the evidence of weeks that are too many for one page, is in"
        " <code>cohort.json</code> beside it."
    ),
    Audience.PUBLIC: "This page is for the public: it holds logins and verdicts only.",
}


def _details(
    overview: Overview, students: tuple[Listed, ...], texts: Texts, budget: int
) -> list[str]:
    kept = held_evidence(overview, students, texts, budget)
    weeks = range(len(overview.weeks))
    return [
        detail_line(
            student,
            {week: kept[number, week] for week in weeks if (number, week) in kept},
            texts,
        )
        for number, student in enumerate(students)
    ]


def _groups(overview: Overview) -> tuple[str, ...]:
    names = {plain(name) for row in overview.rows for name in (row.person.cohort, row.person.coach)}
    return tuple(sorted(names - {""}, key=lambda name: (name.casefold(), name)))


def _about(overview: Overview) -> str:
    number, weeks = len(overview.rows), len(overview.weeks)
    students = "1 student" if number == 1 else f"{number:,} students"
    shown = "1 week" if weeks == 1 else f"{weeks} weeks"
    return f"{students} · {shown} shown · made {minute(overview.at)}"


def _head(overview: Overview, audience: Audience, groups: tuple[str, ...], texts: Texts) -> Json:
    is_public = audience is Audience.PUBLIC
    attention: list[JsonValue] = [[*glance.CONFIRMED]]
    attention += [[reason.value, words] for reason, words in glance.ATTENTION_WORDS.items()]
    return {
        "public": is_public,
        "weeks": [_week(start) for start in overview.weeks],
        "verdicts": [verdict.value for verdict in Verdict],
        "requirements": [] if is_public else [*NAMES.values()],
        "tracks": [] if is_public else [*TRACKS.values()],
        "attention": attention[:1] if is_public else attention,
        "groups": [*groups],
        "texts": texts.all(),
    }


def _week(start: date) -> JsonValue:
    end = start.fromordinal(start.toordinal() + 6)
    return [start.isoformat(), span_text(start, end), f"{start.day} {MONTHS[start.month - 1]}"]


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " img-src data:; base-uri 'none'; form-action 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _script() -> str:
    parts = "\n".join(_asset(f"scripts/{name}.js") for name in _SCRIPTS)
    return f'\n"use strict";\n{parts}'


@cache
def _asset(name: str) -> str:
    return (files(__name__) / name).read_text("utf-8")
