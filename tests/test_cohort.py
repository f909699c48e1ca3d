"""Many students: verified now, read from their logs, and gone on with after a stop."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Self

import pytest

from csc_verify.cohort.confirming import confirmed, not_taken
from csc_verify.cohort.gathering import gathered, in_shard, merged
from csc_verify.cohort.journal import Journal
from csc_verify.cohort.pages import CacheError, KeptPages
from csc_verify.cohort.values import Span
from csc_verify.cohort.verifying import Effort, read_cohort, verify_cohort
from csc_verify.demo.crowd import crowd, expected_count, login_of
from csc_verify.demo.faults import RATE_LIMIT, Fault, status
from csc_verify.demo.world import World
from csc_verify.errors import UsageError
from csc_verify.fetch import CachedPage, HttpFetcher, Unreachable
from csc_verify.github import FOR_MANY, GitHub
from csc_verify.model import RequirementId, Verdict
from csc_verify.overview import Attention, Checked
from csc_verify.roster import read_confirmations, read_roster
from tests.commands import call
from tests.logs import blog_of, forge, lines_of, published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csc_verify.fetch import FetchResult
    from csc_verify.overview import StudentRow
    from csc_verify.roster import Entry

ONE = Effort(concurrency=8, processes=1)
ALLOWED = frozenset({"127.0.0.1"})
OPEN = partial(HttpFetcher, allow_hosts=ALLOWED)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


def github(world: World) -> GitHub:
    token = world.token(world.students[0])
    return GitHub(
        token, world.github_url, world.github_url, patience=FOR_MANY, sleep=lambda _: None
    )


def entries_of(*names: str) -> tuple[Entry, ...]:
    roster = read_roster("\n".join(("repository", *names)).encode(), "roster.csv")
    assert not roster.problems
    return roster.entries


def looked_at(world: World, entries: tuple[Entry, ...], **options: object) -> dict[str, StudentRow]:
    asked = {"open_fetcher": OPEN, "effort": ONE, **options}
    with closing(github(world)) as hub:
        rows = verify_cohort(entries, hub, world.now, **asked)  # type: ignore[arg-type]
        return {row.person.key: row for row in rows}


# --- now ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["alice", "bob", "carol", "erin"])
def test_a_student_is_judged_as_their_own_run_does(world: World, login: str) -> None:
    rows = looked_at(world, entries_of(f"{login}/{login}"), weeks=3)
    expected = world.student(login).expected
    found = {report.week.start: report.verdict.value for report in rows[login].reports}
    assert {week.start: found[week.start] for week in expected} == {
        week.start: week.verdict for week in expected
    }


def test_what_only_the_student_has_is_unknown_and_says_the_way_out(world: World) -> None:
    rows = looked_at(world, entries_of("faye/faye"))
    finding = rows["faye"].reports[-1].finding(RequirementId.CONTACTS)
    assert finding.verdict is Verdict.UNKNOWN
    assert "nobody else sees it" in finding.reason
    assert "--source published" in finding.reason


def test_a_public_list_of_activities_is_read(world: World) -> None:
    rows = looked_at(world, entries_of("dana/dana"))
    finding = rows["dana"].reports[-1].finding(RequirementId.DESIGN)
    # Two modules can be clicked; the third one's link is in a secret of hers.
    assert [counted.title for counted in finding.evidence] == ["Interviews", "Journeys"]
    assert finding.verdict is Verdict.UNKNOWN
    assert "its link is in DANAS_BOARD" in finding.reason


def test_one_failure_is_one_row(world: World) -> None:
    broken = {".github/csc.yml": b"timezone: Nowhere/Here\n"}
    world.add_commit_as_student(world.student("bob"), broken, "Oops")
    rows = looked_at(world, entries_of("alice/alice", "bob/bob", "nobody/nowhere"))
    troubles = {key: row.trouble for key, row in rows.items()}
    assert troubles["alice"] is None
    assert (bob := troubles["bob/bob"]) is not None
    assert ".github/csc.yml in bob/bob" in bob.reason
    assert (nobody := troubles["nobody/nowhere"]) is not None
    assert "there is no public repository nobody/nowhere" in nobody.reason


def test_an_outage_of_the_numbers_is_unknown_for_everybody(world: World) -> None:
    world.github.faults.add(Fault("Totals", RATE_LIMIT, 100))
    rows = looked_at(world, entries_of("alice/alice", "bob/bob"))
    for row in rows.values():
        finding = row.reports[-1].finding(RequirementId.CONTRIBUTIONS)
        assert finding.verdict is Verdict.UNKNOWN
        assert "quota" in finding.reason


def test_a_hundred_students_take_few_requests(tmp_path: Path) -> None:
    size = 100
    with World.start(tmp_path / "world", students=crowd(size)) as world:
        names = [login_of(number) for number in range(size)]
        text = "github,track\n" + "".join(f"{name},data-science\n" for name in names)
        entries = read_roster(text.encode(), "roster.csv").entries
        world.forget_requests()
        rows = looked_at(world, entries)
        assert len(world.requests) <= 3
    counts = [rows[name].reports[-1].finding(RequirementId.CONTRIBUTIONS).count for name in names]
    assert counts == [expected_count(number) for number in range(size)]


class Dying:
    """Fetches pages, and ends its process at one of them."""

    def __init__(self, deadly: str) -> None:
        self._deadly = deadly

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fetch(self, url: str) -> FetchResult:
        """Ends the process, or fails."""
        if url.endswith(self._deadly):
            os._exit(1)
        return Unreachable(url, "not today", "")


def test_a_process_that_ends_takes_nobody_elses_row_along(world: World) -> None:
    lines = "github,blog\n" + "".join(f"s{n},https://blog-{n}.example/{n}\n" for n in range(120))
    entries = read_roster(lines.encode(), "roster.csv").entries
    world.github.faults.add(Fault("Totals", RATE_LIMIT, 100))
    effort = Effort(concurrency=4, processes=2)
    rows = looked_at(world, entries, open_fetcher=partial(Dying, "/77"), effort=effort)
    assert len(rows) == 120
    died = {key for key, row in rows.items() if row.trouble is not None}
    assert "s77" in died
    assert len(died) < 120
    assert all("the process" in (rows[key].trouble or "").reason for key in died)  # type: ignore[union-attr]


def test_processes_find_what_one_alone_does(world: World) -> None:
    url = world.blog_url
    lines = "github,blog,timezone\n" + "".join(
        f"{login},{url}/{login}/feed.xml,America/New_York\n" for login in ("alice", "bob")
    )
    more = "".join(f"nobody-{number},{url}/{number},UTC\n" for number in range(110))
    entries = read_roster((lines + more).encode(), "roster.csv").entries
    alone = looked_at(world, entries)
    together = looked_at(world, entries, effort=Effort(concurrency=8, processes=2))
    assert alone == together


# --- going on -------------------------------------------------------------------------------------


def test_who_was_looked_at_is_not_asked_again(world: World, tmp_path: Path) -> None:
    entries = entries_of("alice/alice", "bob/bob", "erin/erin")
    state = tmp_path / "state"
    with Journal(state, world.now) as journal, closing(github(world)) as hub:
        stopped = verify_cohort(
            entries, hub, world.now, open_fetcher=OPEN, effort=ONE, journal=journal
        )
        first = [row.person.key for row in islice(stopped, 1)]
        stopped.close()  # type: ignore[attr-defined]
    world.forget_requests()
    with Journal(state, world.now) as journal:
        rows = looked_at(world, entries, journal=journal)
    assert len(rows) == 3
    asked = b" ".join(request.body for request in world.requests)
    login = first[0].encode()
    totals = [r.body for r in world.requests if b"query Totals" in r.body]
    assert totals
    assert not any(b'"' + login + b'"' in body for body in totals), asked
    world.forget_requests()
    with Journal(state, world.now) as journal:
        assert looked_at(world, entries, journal=journal) == rows
    assert not any(b"query Totals" in request.body for request in world.requests)


def test_an_unknown_is_asked_about_again_but_not_at_once(world: World, tmp_path: Path) -> None:
    entries, state = entries_of("carol/carol"), tmp_path / "state"
    asked = []
    for minutes in (0, 10, 120):
        now = world.now + timedelta(minutes=minutes)
        world.forget_requests()
        with Journal(state, now) as journal, closing(github(world)) as hub:
            list(verify_cohort(entries, hub, now, open_fetcher=OPEN, effort=ONE, journal=journal))
        asked.append(any(b"query Totals" in request.body for request in world.requests))
    assert asked == [True, False, True]


def test_a_row_that_another_version_wrote_is_asked_for_again(world: World, tmp_path: Path) -> None:
    entries, state = entries_of("alice/alice"), tmp_path / "state"
    with Journal(state, world.now) as journal:
        rows = looked_at(world, entries, journal=journal)
    with closing(sqlite3.connect(state)) as base:
        base.execute("UPDATE rows SET row = '{}'")
        base.commit()
    with Journal(state, world.now) as journal:
        assert looked_at(world, entries, journal=journal) == rows


def test_a_state_that_is_none_says_so(tmp_path: Path, world: World) -> None:
    (tmp_path / "state").write_bytes(b"not a base at all, but long enough to be looked at" * 100)
    with pytest.raises(CacheError, match="Remove it"):
        Journal(tmp_path / "state", world.now)
    with pytest.raises(CacheError, match="Remove it"):
        KeptPages(tmp_path / "state", world.now.date())


def test_pages_are_kept_and_forgotten(tmp_path: Path, world: World) -> None:
    today = world.now.date()
    page = CachedPage(b"<rss/>", "text/xml", '"1"', "")
    hostile = "https://blog.example/'; DROP TABLE pages; --"
    with KeptPages(tmp_path / "pages", today) as pages:
        pages[hostile] = page
        pages["https://large.example/"] = CachedPage(b"x" * 2_000_000, "", '"2"', "")
        assert list(pages) == [hostile]
        assert pages[hostile] == page
    with KeptPages(tmp_path / "pages", today + timedelta(days=39)) as pages:
        assert len(pages) == 1
    with KeptPages(tmp_path / "pages", today + timedelta(days=41)) as pages:
        assert len(pages) == 0
        with pytest.raises(KeyError):
            del pages[hostile]


def test_a_page_that_did_not_change_is_not_sent_again(world: World, tmp_path: Path) -> None:
    entries = entries_of("alice/alice")

    def opened() -> HttpFetcher:
        kept = KeptPages(tmp_path / "pages", world.now.date())
        return HttpFetcher(allow_hosts=ALLOWED, cache=kept)

    first = looked_at(world, entries, open_fetcher=opened)
    world.forget_requests()
    assert looked_at(world, entries, open_fetcher=opened) == first
    feed = next(request for request in world.requests if request.path == "/alice/feed.xml")
    assert "if-none-match" in {name.lower() for name, _ in feed.headers}


# --- what students published ----------------------------------------------------------------------


def read(world: World, entries: tuple[Entry, ...], sample: int = 0) -> dict[str, StudentRow]:
    with closing(github(world)) as hub:
        rows = read_cohort(
            entries, hub, world.now, weeks=3, open_fetcher=OPEN, sample=sample, lot=Random(7)
        )
        return {row.person.key: row for row in rows}


def test_published_logs_are_read_with_what_nobody_else_can_see(world: World) -> None:
    for login in ("alice", "faye"):
        published(world, login)
    world.forget_requests()
    rows = read(world, entries_of("alice/alice", "faye/faye", "bob/bob"))
    assert len([r for r in world.requests if r.path == "/graphql"]) == 2
    faye = rows["faye"].reports[-1].finding(RequirementId.CONTACTS)
    assert faye.verdict in {Verdict.MET, Verdict.UNMET}
    assert rows["alice"].checked is Checked.PUBLISHED
    assert (trouble := rows["bob"].trouble) is not None
    assert "there is no .csc/log.jsonl in bob/bob" in trouble.reason


def test_a_sample_is_verified_again_and_a_lie_is_told(world: World) -> None:
    student = published(world, "bob")
    lines = lines_of(world, student)
    for finding in (blog_of(lines[2]), lines[2]["requirements"][0]):
        finding.update(verdict="met", count=finding["minimum"], evidence=[])
    lines[2]["verdict"] = "met"
    forge(world, student, lines)
    row = read(world, entries_of("bob/bob"), sample=1)["bob"]
    assert row.checked is Checked.SAMPLED
    assert any("contributions: the log says met" in text for text in row.contradictions)
    overview = gathered([row], Span("last", 3, world.now))
    assert overview.attention(row)[0] is Attention.CONTRADICTED


def test_an_action_that_stopped_is_seen(world: World) -> None:
    published(world, "alice")
    world.advance(world.now + timedelta(days=21))
    row = read(world, entries_of("alice/alice"))["alice"]
    overview = gathered([row], Span("last", 1, world.now))
    assert Attention.STOPPED in overview.attention(row)


# --- what a person confirms -----------------------------------------------------------------------


def test_a_person_confirms_an_unknown_and_nothing_else(world: World) -> None:
    text = (
        "login,week,requirement,by,reason\n"
        "faye,2026-11-18,contacts,Kim,showed me the list\n"
        "bob,2026-W47,blog,Kim,I saw it\n"
        "alice,2026-11-18,contacts,Kim,not asked for\n"
        "alice,2026-01-05,blog,Kim,long ago\n"
    )
    confirmations = read_confirmations(text.encode(), "confirmed.csv").entries
    assert len(confirmations) == 4
    rows = looked_at(world, entries_of("alice/alice", "bob/bob", "faye/faye"))
    after = {key: confirmed(row, confirmations) for key, row in rows.items()}
    faye = after["faye"].reports[-1].finding(RequirementId.CONTACTS)
    assert (faye.verdict, faye.source) == (Verdict.MET, "person")
    assert faye.reason == "Confirmed by a person, Kim: showed me the list"
    assert any(note.startswith("Not verified: ") for note in faye.notes)
    assert after["bob"] == rows["bob"]
    assert after["alice"] == rows["alice"]
    told = [not_taken(row, confirmations) for row in rows.values()]
    assert any("which no confirmation overrides" in text for texts in told for text in texts)
    assert any("it is not asked for" in text for texts in told for text in texts)
    assert any("not among those looked at" in text for texts in told for text in texts)


# --- shards ---------------------------------------------------------------------------------------


def test_every_student_is_in_one_shard_whatever_the_roster_holds() -> None:
    entries = entries_of(*(f"s{number}/s{number}" for number in range(500)))
    parts = [in_shard(entries, index, 7) for index in range(1, 8)]
    assert sorted(entry.person.line for part in parts for entry in part) == [
        entry.person.line for entry in entries
    ]
    assert all(40 < len(part) < 110 for part in parts)
    fewer = entries[::2]
    assert all(set(in_shard(fewer, index, 7)) <= set(parts[index - 1]) for index in range(1, 8))


def test_merging_tells_what_does_not_belong_together(world: World) -> None:
    rows = looked_at(world, entries_of("alice/alice"))
    overview = gathered(rows.values(), Span("last", 1, world.now))
    earlier = gathered(
        looked_at(world, entries_of("bob/bob"), week="2026-11-09").values(),
        Span("2026-11-09", 1, world.now),
    )
    with pytest.raises(UsageError, match="different weeks"):
        merged([overview, earlier])
    with pytest.raises(UsageError, match="more than one of them, such as alice"):
        merged([overview, overview])


# --- the command ----------------------------------------------------------------------------------


def cohort(world: World, *arguments: str) -> tuple[int, str, str]:
    answer = call("cohort", *arguments, env=world.env(world.students[0]))
    return answer.code, answer.out, answer.err


def test_shards_merged_are_one_run(world: World, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("repository\nalice/alice\nbob/bob\ncarol/carol\nerin/erin\n", "utf-8")
    whole, parts = tmp_path / "whole", [tmp_path / f"part-{index}" for index in (1, 2, 3)]
    assert cohort(world, str(roster), "--out", str(whole), "--weeks", "3")[0] == 0
    for index, part in enumerate(parts, start=1):
        shard = ("--shard", f"{index}/3", "--weeks", "3")
        assert cohort(world, str(roster), "--out", str(part), *shard)[0] == 0
    merged_ = tmp_path / "merged"
    assert cohort(world, "merge", *map(str, parts), "--out", str(merged_))[0] == 0
    for name in ("cohort.json", "cohort.csv", "index.html"):
        assert (merged_ / name).read_bytes() == (whole / name).read_bytes(), name


def test_what_is_wrong_with_a_roster_is_told_at_once_and_the_rest_runs(
    world: World, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("github,timezone\nalice,Mars/Base\nbob,\n!!!,UTC\nbob,\n", "utf-8")
    code, _, err = cohort(world, str(roster), "--out", str(tmp_path / "out"))
    assert code == 3
    assert all(f"roster.csv:{line}:" in err for line in (2, 4, 5))
    data = json.loads((tmp_path / "out/cohort.json").read_text("utf-8"))
    assert [student["github"] for student in data["students"]] == ["bob"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.csv", "--out", "x"), "nowhere.csv can't be read"),
        (("merge", "ROSTER", "--out", "x"), "cohort.json can't be read"),
        (("merge", "--out", "x"), "no folder to merge is named"),
        (("a.csv", "b.csv", "--out", "x"), "more than one roster"),
        (("ROSTER", "--out", "x", "--shard", "4/3"), "--shard 4/3 is none"),
        (("ROSTER", "--out", "x", "--weeks", "0"), "--weeks 0 can't be"),
        (("ROSTER", "--out", "x", "--concurrency", "9999"), "--concurrency 9999 can't be"),
        (("EMPTY", "--out", "x"), "names no student"),
        (("ROSTER", "--out", "x", "--state", "ROSTER"), "can't be used to go on from"),
        (("ROSTER", "--out", "x", "--week", "last-ish"), "last-ish"),
    ],
)
def test_wrong_usage_is_said(
    world: World, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    files = {"ROSTER": "repository\nalice/alice\n", "EMPTY": "repository\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    named = [str(tmp_path / word) if word in {*files, "x"} else word for word in arguments]
    code, out, err = cohort(world, *named)
    assert (code, out) == (2, "")
    assert said in err
    assert not (tmp_path / "x").exists()


def test_public_says_logins_and_verdicts_alone(world: World, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "github,name,coach,cohort,repository\nalice,Alice Doe-Secret,Kim Secret,Group Secret,\n",
        "utf-8",
    )
    out = tmp_path / "out"
    assert cohort(world, str(roster), "--out", str(out), "--public")[0] == 0
    for name in ("cohort.json", "cohort.csv", "index.html"):
        text = (out / name).read_text("utf-8")
        assert "Secret" not in text
        assert world.blog_url not in text


def test_blog_faults_slow_nobody_down_for_good(world: World) -> None:
    world.blog.faults.add(Fault("/bob/*", status(503), 100))
    rows = looked_at(world, entries_of("alice/alice", "bob/bob"))
    assert rows["alice"].reports[-1].verdict is Verdict.MET
    bob = rows["bob"].reports[-1]
    assert bob.finding(RequirementId.BLOG).verdict is Verdict.UNKNOWN
