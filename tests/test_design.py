"""Design activities: what counts, what doesn't, in which week, and that nothing secret leaks.

Each file in ``tests/data/activities`` is a test by lying there, with what was counted by hand. What
is secret in them holds the letters ``qx``. What links answer is in ``test_design_links.py``.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.dates import Placement, placed
from csc_verify.digests import digest
from csc_verify.fetch import Page
from csc_verify.model import (
    Evidence,
    Failed,
    Found,
    Requirement,
    RequirementId,
    Verdict,
)
from csc_verify.rules import judge
from csc_verify.sources.design import Activities, Terms, collect, read_activities
from csc_verify.unusable import Unusable
from csc_verify.week import WeekStart, week_of
from tests.activities import (
    KEY,
    SHARE,
    TERMS,
    WEEK,
    Web,
    doubt_of,
    entry,
    judged,
    nothing,
    of_link,
    of_list,
    refused,
)

FOLDER = Path(__file__).parent / "data" / "activities"
CASES = sorted(path.stem for path in FOLDER.glob("*.json"))


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
    left_out = {left.what.split()[1]: left for left in evidence.left_out}
    assert {number: left.why for number, left in left_out.items()} == told["left_out"]
    assert all(left.mend or left.why.startswith("the same") for left in left_out.values())
    for number, mend in told.get("mends", {}).items():
        assert left_out[number].mend == mend
    for number, left in left_out.items():
        assert left.what.endswith(")") is (
            int(number) not in private and not left.why.startswith("no title")
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


# --- rules -----------------------------------------------------------------------------------


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
    assert "shows the document only after a login" in item.doubt
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
    kinds = "Activity 1: write one of extra-credit, module, design-challenge under kind"
    assert mend_of(entry(1, kind="")) == kinds
    assert mend_of(entry(1, kind="modul")) == f"{kinds}: perhaps module"
    away = entry(1, kind="design-challenge", challenge="https://else.example/x")
    assert mend_of(away) == "Activity 1: take a challenge from designchallenge.xyz"
    many = Terms("ux", tuple(f"site{number}.example" for number in range(7)))
    assert mend_of(away, many).endswith("site4.example and 2 more")
    assert "design.challenge_sites" in mend_of(away, Terms("ux", ()))
    no_challenge = entry(1, kind="design-challenge")
    assert mend_of(no_challenge) == (
        "Activity 1: write the address of the challenge itself under challenge"
    )


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


# --- one week only ---------------------------------------------------------------------------


def of_week(first: str, *lines: str, key: bytes | None = KEY, **env: str) -> Found:
    week = week_of(date.fromisoformat(first), WeekStart.MONDAY, WEEK.zone)
    activities = Activities("\n".join(lines).encode(), is_secret=False, look_up=env.get)
    found = collect(activities, week, TERMS, Web(), key)
    assert isinstance(found, Found)
    return found


def counted_in(first: str, *lines: str) -> list[str]:
    return [item.title for item in of_week(first, *lines).items if item.doubt is None]


WEEKS = ["2026-11-09", "2026-11-16", "2026-11-23"]
SAME = "https://work.example/same"


@pytest.mark.parametrize(
    "lines",
    [
        [entry(1, date="2026-11-10", title="A"), entry(2, title="a")],
        [entry(1, date="2026-11-10", link=SAME), entry(2, link=f"{SAME}/?utm_source=x")],
        [entry(1, title="A"), entry(2, date="2026-11-10", title="A")],
        [entry(1, date="10 Nov 2026", title="A"), entry(2, date="2026-11-17 12:00", title="A")],
        [
            entry(n, date=day, title="A", kind="module", specialization="ui")
            for n, day in enumerate(("2026-11-10", "2026-11-17"))
        ],
    ],
)
def test_a_thing_counts_in_the_earliest_of_its_weeks(lines: list[str]) -> None:
    counts = [len(counted_in(week, *lines)) for week in WEEKS]
    assert counts == [1, 0, 0]
    (left,) = of_week("2026-11-16", *lines).left_out
    first, again = (2, 1) if "2026-11-10" in lines[1] else (1, 2)
    assert left.what.startswith(f"activity {again} (")
    assert left.why == f"the same as activity {first}, which is of an earlier week"
    assert left.mend == (
        f"Activity {again}: if it is another one than activity {first}, give it a title and a link"
        " of its own"
    )


def test_a_link_of_an_earlier_week_is_not_asked() -> None:
    web = Web()
    of_list("\n".join([entry(1, date="2026-11-10", link=SAME), entry(2, link=SAME)]), web)
    assert web.asked == []


def test_it_is_the_first_of_many_weeks_that_is_named() -> None:
    lines = [entry(n, date=f"2026-{month}-10", title="A") for n, month in enumerate(("11", "09"))]
    lines.append(entry(3, title="A"))
    (left,) = of_week("2026-11-16", *lines).left_out
    assert "the same as activity 2," in left.why


@pytest.mark.parametrize(
    "earlier",
    [
        # What counts in no week takes nothing away from another.
        {"link": "no address"},
        {"kind": "modul"},
        {"kind": "design-challenge"},
        {"kind": "module", "specialization": "ux"},
        {"kind": "module", "specialization": "ui"},
        # Whether it was earlier is not known.
        {"date": "some day"},
        {"date": "11/12/2026"},
        {"date": ""},
        # It was later.
        {"date": "2026-11-24"},
    ],
)
def test_only_a_valid_activity_of_an_earlier_day_is_the_first(earlier: dict[str, str]) -> None:
    first = entry(1, **{"date": "2026-11-10", "title": "A", **earlier})
    assert counted_in("2026-11-16", first, entry(2, title="A")) == ["A"]


def test_whatever_its_date_is_it_is_the_same() -> None:
    first = entry(1, date="2026-11-10", title="A")
    for day in ("some day", "11/12/2026", "2026-11-23 02:00"):
        found = of_week("2026-11-16", first, entry(2, date=day, title="A"))
        assert found.items == ()
        wanted = [] if day == "11/12/2026" else ["activity 2 (A)"]
        assert [left.what for left in found.left_out] == wanted


def test_what_repeats_an_earlier_week_takes_nothing_away_from_a_later_one() -> None:
    lines = [
        entry(1, date="2026-11-10", title="A", link=SAME),
        entry(2, date="2026-11-17", title="B", link=SAME),
        entry(3, date="2026-11-24", title="B"),
    ]
    assert [counted_in(week, *lines) for week in WEEKS] == [["A"], [], ["B"]]


def test_each_name_of_a_thing_that_is_listed_twice_in_a_week_is_taken() -> None:
    lines = [
        entry(1, date="2026-11-10", title="A"),
        entry(2, date="2026-11-11", title="A", link=SAME),
        entry(3, title="B", link=SAME),
    ]
    assert counted_in("2026-11-16", *lines) == []


def test_a_secret_link_of_an_earlier_week_is_told_by_its_number() -> None:
    lines = [entry(1, date="2026-11-10", title="qx", link="env:LINK"), entry(2, link="env:LINK")]
    found = of_week("2026-11-16", *lines, LINK="https://qx.example/a")
    (left,) = found.left_out
    assert (left.what, left.why) == (
        "activity 2",
        "the same as activity 1, which is of an earlier week",
    )
    assert "qx" not in repr(found)


# --- mends -----------------------------------------------------------------------------------


def test_each_mend_can_be_understood_alone() -> None:
    web = Web({"https://work.example/2": 404})
    lines = [
        entry(1, kind="module", specialization="ux"),
        entry(2),
        entry(3, link="no address"),
        entry(4, date=""),
    ]
    mends = [left.mend for left in of_list("\n".join(lines), web).left_out]
    assert mends == [
        "Activity 1: list modules of another specialization than yours, design.specialization",
        (
            "Activity 2: correct the link, which leads nowhere; if it is right, the document is"
            f" not open to everybody: {SHARE}"
        ),
        "Activity 3: write the whole address, https://…, under link or into the secret it names",
        "Activity 4: write when it was, like 2026-11-17, under date",
    ]


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
        "link": st.one_of(
            st.just("https://ada.example/work"),
            st.just("env:LINK"),
            TEXTS.map("https://{}".format),
            TEXTS,
        ),
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
    link = "https://www.figma.com/design/1/Clinic"
    assert len(of_link(link, Page(link, body, content_type)).items) == 1
