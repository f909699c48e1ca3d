"""The reminder: what should be open, and what a run does about it on the embedded GitHub."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.config import Weekday
from csc_verify.demo.cast import ALICE, BOB, FAYE
from csc_verify.demo.faults import (
    RATE_LIMIT,
    Before,
    Fault,
    Instead,
    LostAnswer,
    graphql_error,
    html,
    status,
)
from csc_verify.demo.github_hub import BOT, TokenKind
from csc_verify.demo.student import CommitMade
from csc_verify.demo.world import World
from csc_verify.model import Report, RequirementId, Verdict
from csc_verify.reminders import (
    Close,
    Closing,
    Edit,
    Open,
    Reminder,
    foretold,
    is_due,
    plan,
    text,
    title,
    week_of_marker,
)
from tests import hostile, samples
from tests.commands import Answer, call
from tests.markdown_reader import PARSERS, read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from csc_verify.demo.issues import Issue
    from csc_verify.demo.loopback import Request
    from csc_verify.demo.student import DemoStudent

WEEK, BEFORE = date(2026, 11, 23), date(2026, 11, 16)
TITLE = "Job search, 23–29 Nov 2026: what is still missing"
THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
SATURDAY = THURSDAY + timedelta(days=2)
TUESDAY = THURSDAY + timedelta(days=5)


def on(now: datetime, report: Report = samples.OPEN) -> Report:
    """The running week's report, made at an instant."""
    return replace(report, checked_at=now)


MET = replace(
    samples.OPEN,
    verdict=Verdict.MET,
    requirements=tuple(
        replace(f, verdict=Verdict.MET) if f.verdict is Verdict.UNKNOWN else f
        for f in samples.OPEN.requirements
    ),
)
OFF = replace(samples.OPEN, verdict=Verdict.SKIPPED)


def reminder(
    number: int, week: date = WEEK, body: str = "old", *, is_open: bool = True
) -> Reminder:
    return Reminder(f"I_{number}", number, week, body, is_open)


# --- what should be open -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "weekday", "due"),
    [
        (THURSDAY, Weekday.FRIDAY, False),
        (FRIDAY, Weekday.FRIDAY, True),
        (SATURDAY, Weekday.FRIDAY, True),
        (THURSDAY, Weekday.MONDAY, True),
        (SATURDAY, Weekday.SUNDAY, False),
        # Friday in UTC, still Thursday in New York.
        (datetime(2026, 11, 27, 4, 59, tzinfo=UTC), Weekday.FRIDAY, False),
        (datetime(2026, 11, 27, 5, 0, tzinfo=UTC), Weekday.FRIDAY, True),
    ],
)
def test_a_reminder_is_due_from_its_weekday_on_where_the_student_is(
    now: datetime, weekday: Weekday, due: bool
) -> None:
    assert is_due(on(now), weekday) is due


def test_a_week_from_sunday_begins_with_its_sunday() -> None:
    span = replace(samples.OPEN.week, start=date(2026, 11, 22), end=date(2026, 11, 28))
    first_day = on(datetime(2026, 11, 22, 15, tzinfo=UTC), replace(samples.OPEN, week=span))
    assert is_due(first_day, Weekday.SUNDAY)
    assert not is_due(first_day, Weekday.MONDAY)


UP_TO_DATE = text(on(FRIDAY))
OPENED = Open(TITLE, UP_TO_DATE)
FIRST, SECOND, OLD = reminder(4), reminder(6), reminder(2, BEFORE)
CURRENT = reminder(4, body=UP_TO_DATE)
READ = reminder(4, is_open=False)
EARLY = Edit(FIRST, text(on(THURSDAY)))
DONE, ENDED = Closing.COMPLETED, Closing.NOT_PLANNED


@pytest.mark.parametrize(
    ("report", "found", "met", "done"),
    [
        pytest.param(on(FRIDAY), (), (), (OPENED,), id="due"),
        pytest.param(on(THURSDAY), (), (), (), id="not due"),
        pytest.param(on(THURSDAY), (FIRST,), (), (EARLY,), id="open early"),
        pytest.param(on(FRIDAY), (FIRST,), (), (Edit(FIRST, UP_TO_DATE),), id="other text"),
        pytest.param(on(FRIDAY), (CURRENT,), (), (), id="same text"),
        pytest.param(
            on(FRIDAY), (reminder(4, body=UP_TO_DATE.replace("\n", "\r\n").strip()),), (), (),
            id="same text with other line ends",
        ),
        pytest.param(on(FRIDAY), (READ,), (), (), id="closed by its reader"),
        pytest.param(on(FRIDAY), (OLD,), (), (Close(OLD, ENDED), OPENED), id="last week's"),
        pytest.param(on(THURSDAY), (OLD,), (), (Close(OLD, ENDED),), id="last week's, not due"),
        pytest.param(on(THURSDAY), (OLD,), (BEFORE,), (Close(OLD, DONE),), id="last week was met"),
        pytest.param(
            on(FRIDAY), (SECOND, CURRENT), (), (Close(SECOND, ENDED),), id="two at once"
        ),
        pytest.param(
            on(FRIDAY), (SECOND, FIRST, OLD), (),
            (Close(OLD, ENDED), Close(SECOND, ENDED), Edit(FIRST, UP_TO_DATE)),
            id="two at once with another text, and last week's",
        ),
        pytest.param(on(FRIDAY, MET), (CURRENT,), (), (Close(CURRENT, DONE),), id="met"),
        pytest.param(
            on(FRIDAY, MET), (SECOND, FIRST), (), (Close(FIRST, DONE), Close(SECOND, ENDED)),
            id="met, two at once",
        ),
        pytest.param(on(FRIDAY, MET), (), (), (), id="met, none"),
        pytest.param(on(FRIDAY, OFF), (), (), (), id="paused, none"),
        pytest.param(on(FRIDAY, OFF), (CURRENT,), (), (Close(CURRENT, ENDED),), id="paused since"),
    ],
)  # fmt: skip
def test_what_is_done(
    report: Report,
    found: tuple[Reminder, ...],
    met: tuple[date, ...],
    done: tuple[Open | Edit | Close, ...],
) -> None:
    assert plan(report, Weekday.FRIDAY, found, met) == done


REPORTS = st.sampled_from(
    [on(now, r) for now in (THURSDAY, FRIDAY) for r in (samples.OPEN, MET, OFF)]
)
FOUND = st.lists(
    st.builds(
        reminder,
        st.integers(1, 9),
        st.sampled_from([WEEK, BEFORE, WEEK + timedelta(days=7)]),
        st.sampled_from(["old", UP_TO_DATE]),
        is_open=st.booleans(),
    ),
    unique_by=lambda it: it.number,
    max_size=6,
)


@given(REPORTS, st.sampled_from(Weekday), FOUND)
def test_never_more_than_one_is_open_and_a_second_run_does_nothing(
    report: Report, weekday: Weekday, found: list[Reminder]
) -> None:
    after = {it.number: it for it in found}
    most_open = 0
    before = sum(it.is_open for it in found)
    for action in plan(report, weekday, found):
        match action:
            case Open(_, body):
                after[10] = reminder(10, body=body)
            case Edit(it, body):
                after[it.number] = replace(it, body=body)
            case Close(it):
                after[it.number] = replace(it, is_open=False)
        most_open = max(most_open, sum(it.is_open for it in after.values()))
    left = [it for it in after.values() if it.is_open]
    assert len(left) <= 1
    assert most_open <= max(1, before)
    assert all(it.week == WEEK for it in left)
    assert plan(report, weekday, after.values()) == ()
    assert {it.number for it in found if not it.is_open}.isdisjoint(it.number for it in left)


@pytest.mark.parametrize(
    ("report", "weekday", "said"),
    [
        (on(FRIDAY), Weekday.FRIDAY, f"'{TITLE}' would be open and up to date"),
        (on(THURSDAY), Weekday.FRIDAY, f"'{TITLE}' is not due before Friday"),
        (on(FRIDAY, MET), Weekday.FRIDAY, "nothing is missing this week"),
    ],
)
def test_what_would_be_done_is_told_without_asking(
    report: Report, weekday: Weekday, said: str
) -> None:
    assert said in foretold(report, weekday)


# --- what it says -----------------------------------------------------------------------------


def test_a_reminder_says_what_is_missing_and_how_long_there_is() -> None:
    report = on(FRIDAY, samples.OPEN)
    contributions, blog, *rest = report.requirements
    done = replace(contributions, verdict=Verdict.MET, count=6)
    body = text(replace(report, requirements=(done, blog, *rest)))
    assert title(report) == TITLE
    assert body.splitlines() == [
        "<!-- csc-verify reminder 2026-11-23 -->",
        "",
        "Still missing in the week of 23–29 Nov 2026:",
        "",
        "- **blog**: 0 of 1, three days left",
        "",
        "Done: contributions (6 of 5).",
        "",
        (
            "Each run of csc-verify brings these numbers up to date, and closes this issue when "
            "the week is met or over. If you close it, there is no other one this week."
        ),
    ]


def with_problem(id_: RequirementId, problem: str) -> Report:
    """The running week, with something that keeps one requirement from being looked at."""
    reason = f"The week is not over until 2026-11-29 has passed. {problem}"
    findings = tuple(
        replace(f, verdict=Verdict.UNKNOWN, reason=reason) if f.id is id_ else f
        for f in samples.OPEN.requirements
    )
    return on(FRIDAY, replace(samples.OPEN, requirements=findings))


def test_a_reminder_says_why_a_blog_could_not_be_looked_at() -> None:
    body = text(with_problem(RequirementId.BLOG, "the server refused to answer (403)"))
    assert "- **blog**: 0 of 1, three days left. the server refused to answer (403)" in body


@pytest.mark.parametrize("id_", [RequirementId.CONTACTS, RequirementId.DESIGN])
def test_a_reminder_says_nothing_of_what_may_be_private(id_: RequirementId) -> None:
    body = text(with_problem(id_, "row 12 of Kira Quillstone's has no title"))
    assert "Quillstone" not in body
    assert "row 12" not in body
    assert "the run's summary, under Actions, says why" in body


@pytest.mark.parametrize("problem", hostile.TEXTS)
@pytest.mark.parametrize("name", PARSERS)
def test_what_others_wrote_stays_text(name: str, problem: str) -> None:
    page = read_page(PARSERS[name](), text(with_problem(RequirementId.BLOG, problem)))
    assert set(page.tags) <= {"p", "ul", "li", "strong"}
    assert (page.links, page.images, page.unclosed) == ([], [], [])


def test_what_others_wrote_calls_nobody_and_refers_to_nothing() -> None:
    body = text(with_problem(RequirementId.BLOG, "thanks @octocat, see #12 and GH-7 -->"))
    assert "@octocat" not in body
    assert "#12" not in body
    assert "GH-7" not in body
    assert body.count("-->") == 1 + body.count("- --&gt;")


@pytest.mark.parametrize(
    ("body", "week"),
    [
        (UP_TO_DATE, WEEK),
        (UP_TO_DATE.replace("\n", "\r\n"), WEEK),
        ("<!-- csc-verify reminder 2026-11-23 -->", WEEK),
        ("> <!-- csc-verify reminder 2026-11-23 -->", None),
        ("Look:\n<!-- csc-verify reminder 2026-11-23 -->", None),
        ("<!-- csc-verify reminder 2026-11-23 --> and more", None),
        ("<!-- csc-verify reminder 2026-13-23 -->", None),
        ("", None),
    ],
)
def test_a_reminder_is_told_by_its_first_line(body: str, week: date | None) -> None:
    assert week_of_marker(body) == week


# --- what a run does --------------------------------------------------------------------------

MUTATIONS = {"createIssue", "updateIssue", "closeIssue"}
SETTINGS = """\
github: alice
timezone: America/New_York
since: 2026-11-02
scope: [contributions]
contributions: {minimum: 3}
reminders: friday
"""
REMINDED = replace(
    ALICE,
    configuration=SETTINGS,
    contributions=(
        *ALICE.contributions,
        CommitMade("alice/weather", FRIDAY + timedelta(hours=5), "Plan more alerts"),
        CommitMade("alice/weather", SATURDAY - timedelta(hours=1), "Send alerts"),
    ),
)


class Reminding:
    """A student's weekly run, and the issues of the repository."""

    def __init__(self, world: World, student: DemoStudent) -> None:
        self.world = world
        self.student = student
        self.board = world.issues(student)

    def run(
        self,
        now: datetime,
        *options: str,
        kind: TokenKind = TokenKind.REMINDING,
        **env: str,
    ) -> Answer:
        self.world.advance(now)
        self.world.forget_requests()
        environment = {**self.world.env(self.student, kind), **env}
        return call("run", "--publish", "api", *options, env=environment)

    @property
    def asked(self) -> tuple[Request, ...]:
        """The requests about issues since the last run began."""
        return tuple(
            r for r in self.world.requests if (r.operation or "").endswith(("Issues", "Issue"))
        )

    @property
    def writes(self) -> list[str]:
        """The mutations of issues since the last run began."""
        return [f for r in self.world.requests for f in r.fields if f in MUTATIONS]

    @property
    def open(self) -> list[Issue]:
        return [issue for issue in self.board.all() if issue.state == "OPEN"]


@pytest.fixture
def reminding(tmp_path: Path) -> Iterator[Reminding]:
    with World.start(tmp_path / "world", students=(REMINDED, BOB)) as world:
        yield Reminding(world, REMINDED)


def test_from_the_weekday_on_one_issue_says_what_is_missing(reminding: Reminding) -> None:
    assert reminding.run(THURSDAY).code == 0
    assert (reminding.board.all(), reminding.writes) == ((), [])
    answer = reminding.run(FRIDAY)
    assert answer.code == 0
    (issue,) = reminding.open
    assert (issue.opener, issue.title) == (BOT.login, TITLE)
    assert "- **contributions**: 1 of 3, three days left" in issue.body
    assert f"Reminder opened: issue {issue.number}, {TITLE}" in answer.err


def test_an_open_reminder_is_edited_only_if_it_says_something_else(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    reminding.run(FRIDAY + timedelta(hours=1))
    assert (reminding.writes, len(reminding.asked)) == ([], 1)
    reminding.run(FRIDAY + timedelta(hours=6))
    (issue,) = reminding.board.all()
    assert reminding.writes == ["updateIssue"]
    assert "- **contributions**: 2 of 3, three days left" in issue.body


def test_a_reminder_is_closed_when_the_week_is_met(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    answer = reminding.run(SATURDAY)
    (issue,) = reminding.board.all()
    assert (issue.state, issue.state_reason) == ("CLOSED", "COMPLETED")
    assert "Reminder closed" in answer.err
    reminding.run(SATURDAY + timedelta(hours=1))
    assert reminding.writes == []


def test_a_reminder_is_closed_when_its_week_is_over(tmp_path: Path) -> None:
    student = replace(REMINDED, contributions=ALICE.contributions)
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        reminding.run(FRIDAY)
        reminding.run(TUESDAY)
        (issue,) = reminding.board.all()
        assert (issue.state, issue.state_reason) == ("CLOSED", "NOT_PLANNED")
        reminding.run(TUESDAY + timedelta(days=3))
        (new,) = reminding.open
        assert new.title == "Job search, 30 Nov – 6 Dec 2026: what is still missing"


def test_a_week_that_was_met_in_the_end_closes_its_reminder_as_completed(
    reminding: Reminding,
) -> None:
    reminding.run(FRIDAY)
    reminding.run(TUESDAY)
    (issue,) = reminding.board.all()
    assert (issue.state, issue.state_reason) == ("CLOSED", "COMPLETED")


def test_a_reminder_that_its_reader_closed_is_not_opened_again(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    reminding.board.close(1, "NOT_PLANNED")
    reminding.run(FRIDAY + timedelta(hours=6))
    assert (reminding.writes, reminding.open) == ([], [])


def test_one_that_was_closed_where_the_week_begins_early_is_not_opened_again(
    tmp_path: Path,
) -> None:
    # Half past midnight on Monday there is Sunday morning for GitHub.
    wishes = SETTINGS.replace("America/New_York", "Pacific/Kiritimati").replace("friday", "monday")
    student = replace(REMINDED, configuration=wishes)
    monday = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        reminding.run(monday)
        (issue,) = reminding.open
        assert (issue.title, issue.created_at) == (TITLE, monday)
        reminding.board.close(issue.number, "NOT_PLANNED")
        for hours in (6, 30):
            reminding.run(monday + timedelta(hours=hours))
            assert (reminding.writes, reminding.open) == ([], [])


def test_a_look_alike_of_somebody_else_is_left_alone(reminding: Reminding) -> None:
    marker = "<!-- csc-verify reminder 2026-11-{} -->\nBuy my pills"
    reminding.world.advance(THURSDAY)
    for opener, day in [("bob", 23), ("alice", 23), ("bob", 16), ("gone", 23)]:
        reminding.board.open(opener, TITLE, marker.format(day))
    reminding.board.close(2, "COMPLETED")
    before = reminding.board.all()
    for now in (FRIDAY, FRIDAY + timedelta(hours=6), TUESDAY):
        reminding.run(now)
        assert reminding.board.all()[:4] == before
    assert [issue.opener for issue in reminding.board.all()[4:]] == [BOT.login]


def test_a_person_who_is_called_as_the_bot_is_nobody_special(tmp_path: Path) -> None:
    namesake = replace(BOB, login="github-actions", configuration=SETTINGS)
    with World.start(tmp_path / "world", students=(REMINDED,)) as world:
        world.hub.students["github-actions"] = namesake
        reminding = Reminding(world, REMINDED)
        world.advance(THURSDAY)
        theirs = reminding.board.open("github-actions", TITLE, UP_TO_DATE)
        reminding.run(FRIDAY)
        assert reminding.board.all()[0] == theirs
        assert len(reminding.board.all()) == 2


def test_another_workflows_issue_is_left_alone(reminding: Reminding) -> None:
    reminding.world.advance(THURSDAY)
    other = reminding.board.open(BOT.login, "Broken links", "Three links are broken.")
    reminding.run(FRIDAY)
    reminding.run(TUESDAY)
    assert reminding.board.all()[0] == other


def test_two_that_were_opened_at_once_become_one(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    (issue,) = reminding.open
    reminding.board.open(BOT.login, TITLE, issue.body)
    reminding.run(FRIDAY + timedelta(hours=1))
    first, second = reminding.board.all()
    assert (first.state, second.state, second.state_reason) == ("OPEN", "CLOSED", "NOT_PLANNED")
    assert reminding.writes == ["closeIssue"]


def test_a_reminder_is_found_behind_many_other_issues(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    for number in range(120):
        reminding.board.open("bob", f"Question {number}", "Why?")
    reminding.run(FRIDAY + timedelta(hours=6))
    assert reminding.writes == ["updateIssue"]
    assert len(reminding.asked) == 3 + 1


def test_an_endless_list_of_issues_opens_no_second_one(reminding: Reminding) -> None:
    for number in range(1001):
        reminding.board.plan(replace(_issue(), number=number + 1))
    answer = reminding.run(FRIDAY)
    assert (answer.code, reminding.writes) == (0, [])
    assert (
        "Warning: the reminder could not be kept up to date: alice/alice has too many" in answer.err
    )


def _issue() -> Issue:
    from csc_verify.demo.issues import Issue  # noqa: PLC0415  a value of the world, used once

    return Issue(1, "bob", "Why?", "", THURSDAY)


def test_without_reminders_nothing_is_asked(tmp_path: Path) -> None:
    student = replace(REMINDED, configuration=SETTINGS.replace("friday", "false"))
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        assert reminding.run(FRIDAY).code == 0
        assert (reminding.asked, reminding.board.all()) == ((), ())


def test_a_token_without_the_permission_costs_no_commit(reminding: Reminding) -> None:
    answer = reminding.run(FRIDAY, kind=TokenKind.WORKFLOW, GITHUB_ACTIONS="true")
    assert answer.code == 0
    assert "Written to alice/alice@main" in answer.err
    assert "issues: write" in answer.err
    assert "::warning title=csc-verify::the reminder could not be kept up to date" in answer.err
    assert reminding.board.all() == ()


def test_a_token_without_the_permission_in_a_private_repository(tmp_path: Path) -> None:
    places = tuple(replace(it, private=it.name == "alice") for it in REMINDED.repositories)
    student = replace(REMINDED, repositories=places)
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        answer = reminding.run(FRIDAY, kind=TokenKind.WORKFLOW)
        assert answer.code == 0
        assert "issues: write" in answer.err
        assert reminding.run(FRIDAY).code == 0
        assert len(reminding.open) == 1


def test_a_fork_without_issues_is_told_how_to_switch_them_on(tmp_path: Path) -> None:
    fork = replace(REMINDED.repositories[0], fork=True, parent="bob/bob", has_issues=False)
    student = replace(REMINDED, repositories=(fork, *REMINDED.repositories[1:]))
    with World.start(tmp_path / "world", students=(student, BOB)) as world:
        reminding = Reminding(world, student)
        answer = reminding.run(FRIDAY)
        assert answer.code == 0
        assert "issues are switched off in alice/alice" in answer.err
        assert "Switch issues on in the repository's settings" in answer.err
        assert reminding.board.all() == ()


OUTAGES = {
    "outage": html(502),
    "gone": status(410, "Issues are disabled for this repo"),
    "forbidden": status(403, "Resource not accessible by integration"),
    "limit": RATE_LIMIT,
    "disabled": graphql_error("UNPROCESSABLE", "Issues are disabled", path=["createIssue"]),
    "nothing": Instead(200, b'{"data": {"createIssue": null}}'),
    "nonsense": Instead(200, b'{"data": {"repository": {"id": 7, "issues": []}}}'),
    "no list": Instead(
        200,
        b'{"data": {"viewer": {"login": "github-actions[bot]"}, "repository":'
        b' {"id": "R_1", "hasIssuesEnabled": true, "issues": {"nodes": [{"id": "I_1"}, 3]}}}}',
    ),
}


@pytest.mark.parametrize("operation", ["Issues", "OpenIssue"])
@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES)
def test_whatever_github_answers_the_run_succeeds(
    reminding: Reminding, operation: str, outage: Instead
) -> None:
    reminding.world.github.faults.add(Fault(operation, outage, times=9))
    answer = reminding.run(FRIDAY)
    assert answer.code == 0, answer.err
    assert "Written to alice/alice@main" in answer.err
    assert "Warning: the reminder could not be kept up to date: " in answer.err
    assert reminding.board.all() == ()
    reminding.world.github.faults.clear()
    reminding.run(FRIDAY)
    assert len(reminding.open) == 1


def test_a_lost_answer_opens_no_second_one(reminding: Reminding) -> None:
    reminding.world.github.faults.add(Fault("createIssue", LostAnswer()))
    answer = reminding.run(FRIDAY)
    assert answer.code == 0
    assert reminding.writes == ["createIssue"]
    reminding.run(FRIDAY + timedelta(hours=1))
    assert (len(reminding.board.all()), reminding.writes) == (1, [])


def test_what_was_closed_before_a_failure_is_told(tmp_path: Path) -> None:
    student = replace(REMINDED, contributions=ALICE.contributions)
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        reminding.run(FRIDAY)
        world.github.faults.add(Fault("createIssue", status(503), times=9))
        answer = reminding.run(FRIDAY + timedelta(days=7))
        assert "Reminder closed: issue 1" in answer.err
        assert "Warning: the reminder could not be kept up to date" in answer.err
        assert reminding.open == []


def test_an_issue_that_vanishes_meanwhile_is_a_warning(reminding: Reminding) -> None:
    reminding.run(FRIDAY)
    reminding.world.github.faults.add(
        Fault("updateIssue", Before(reminding.board._issues.clear))
    )  # fmt: skip
    answer = reminding.run(FRIDAY + timedelta(hours=6))
    assert answer.code == 0
    assert "The next run tries again" in answer.err


def test_a_reminder_of_somebody_with_a_tracker_is_numbers_alone(tmp_path: Path) -> None:
    tracked = FAYE.secrets[0][1] + "2026-11-24,Wanda Quillden,,Leadmere,,Email,,Asked\n"
    student = replace(
        FAYE,
        configuration=f"{FAYE.configuration}reminders: thursday\n",
        secrets=(("CSC_CONTACTS", tracked), FAYE.secrets[1]),
    )
    with World.start(tmp_path / "world", students=(student,)) as world:
        reminding = Reminding(world, student)
        answer = reminding.run(THURSDAY)
        assert answer.code == 0
        (issue,) = reminding.open
    assert "- **contacts**: 0 of 8, four days left" in issue.body
    for secret in ("Quill", "Leadmere", "row", "env:", FAYE.secrets[1][1]):
        assert secret not in issue.body
        assert secret not in issue.title


# --- where nothing is opened ---------------------------------------------------------------------


@pytest.fixture
def tree(reminding: Reminding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tree"
    reminding.world.advance(FRIDAY)
    source = reminding.world.bare_repository(reminding.student)
    subprocess.run(["git", "clone", "--quiet", str(source), str(folder)], check=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def local(reminding: Reminding) -> Callable[..., Answer]:
    def run(publish: str, kind: TokenKind = TokenKind.REMINDING, **env: str) -> Answer:
        environment = {**reminding.world.env(reminding.student, kind), **env}
        return call("run", "--publish", publish, env={**environment, "HOME": os.devnull})

    return run


@pytest.mark.usefixtures("tree")
def test_a_preview_says_what_it_would_do_and_asks_nothing(
    reminding: Reminding, local: Callable[..., Answer]
) -> None:
    answer = local("none")
    assert f"Reminder (--publish none): '{TITLE}' would be open and up to date." in answer.err
    assert reminding.asked == ()


@pytest.mark.usefixtures("tree")
def test_files_alone_are_no_reason_to_remind(
    reminding: Reminding, local: Callable[..., Answer]
) -> None:
    answer = local("files")
    assert "eminder" not in answer.err
    assert reminding.asked == ()


@pytest.mark.usefixtures("tree")
def test_a_commit_with_git_is_followed_by_the_reminder(
    reminding: Reminding, local: Callable[..., Answer]
) -> None:
    assert local("git").code == 0
    assert len(reminding.open) == 1


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("missing", ["GITHUB_REPOSITORY", "GITHUB_TOKEN"])
def test_without_a_repository_or_a_token_it_says_why_there_is_none(
    reminding: Reminding, local: Callable[..., Answer], missing: str
) -> None:
    answer = local("git", **{missing: ""})
    assert answer.code == 0, answer.err
    assert "No reminder: it is an issue, which takes GITHUB_REPOSITORY" in answer.err
    assert reminding.asked == ()


@pytest.mark.usefixtures("tree")
def test_a_students_own_token_opens_nothing_since_that_would_count(
    reminding: Reminding, local: Callable[..., Answer]
) -> None:
    answer = local("git", TokenKind.PERSONAL)
    assert answer.code == 0
    assert "this is alice's own token" in answer.err
    assert reminding.board.all() == ()


def test_the_job_summary_and_the_reminder_say_the_same(
    reminding: Reminding, tmp_path: Path
) -> None:
    page = tmp_path / "summary.md"
    reminding.run(FRIDAY, GITHUB_STEP_SUMMARY=str(page))
    (issue,) = reminding.open
    line = "- **contributions**: 1 of 3, three days left"
    assert line in page.read_text("utf-8")
    assert line in issue.body
