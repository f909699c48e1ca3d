"""Many students in few requests: whatever happens to one of them touches no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pytest
from graphql import parse, validate
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.demo.graphql_api import schema
from csc_verify.errors import BadToken, Forbidden, GitHubError, NotFound, RateLimited, Unavailable
from csc_verify.github import Answer, Deadline, GraphQLError
from csc_verify.model import Failed, Found, Verdict
from csc_verify.sources.contributions import Ask, Look, look_at_many
from csc_verify.sources.contributions.asking import totals_document, totals_values
from csc_verify.sources.contributions.many import AT_ONCE
from tests.told import MON, SERVER, TUE, WEEK, Told, certain, judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import GitHub

Trouble: TypeAlias = Callable[[list[str]], Answer | None]
"""What goes wrong with a request about some logins; None if nothing does."""


def logins(number: int) -> list[str]:
    return [f"student-{n}" for n in range(number)]


def told(login: str) -> Told:
    """What is told of a student: as many commits as the number in the login, below ten."""
    return Told().commits(f"{login}/site", {MON: int(login.rpartition("-")[2]) % 10})


@dataclass
class Crowd:
    """A GitHub of many students.

    Attributes:
        trouble: What goes wrong.
        gone: Logins that nobody has.
        points: What is left after each request, if that is told.
        asked: The logins of each request.
    """

    trouble: Trouble = lambda _: None
    gone: frozenset[str] = frozenset()
    points: list[int] = field(default_factory=list)
    server_url: str = SERVER
    asked: list[list[str]] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    logins: Mapping[int, str] = field(default_factory=dict)
    is_down: bool = True
    viewers: int = 0

    def deadline(self) -> Deadline:
        return Deadline.within(60)

    def query_once(self, text: str, variables: Mapping[str, object], _until: Deadline) -> Answer:
        return self.query(text, variables, _until)

    def query(self, text: str, variables: Mapping[str, object], _until: Deadline) -> Answer:
        if "query Viewer" in text:
            self.viewers += 1
            if self.is_down:
                raise Unavailable("an outage")
            return Answer({"viewer": {"login": "coach"}})
        if "query Totals" not in text:
            return self._one(text, str(variables["login"]))
        names = [str(value) for name, value in variables.items() if name.startswith("login")]
        self.asked.append(names)
        trouble = self.trouble(names)
        return self._answer(names) if trouble is None else trouble

    def login_of(self, account: int, _until: Deadline) -> str:
        if account not in self.logins:
            raise NotFound("gone")
        return self.logins[account]

    def _one(self, text: str, login: str) -> Answer:
        if "query Contributions" not in text:
            return Answer({})
        self.alone.append(login)
        if login in self.gone:
            error = GraphQLError("NOT_FOUND", "Could not resolve", ("user",))
            return Answer({"user": None}, (error,))
        data = told(login).data
        data["user"]["login"] = login
        return Answer(data)

    def _answer(self, names: list[str]) -> Answer:
        data: dict[str, Any] = {"viewer": {"login": "coach"}}
        if self.points:
            left = self.points.pop(0)
            data["rateLimit"] = {"cost": 2, "remaining": left, "resetAt": "2026-11-24T15:00:00Z"}
        errors = []
        for number, name in enumerate(names):
            data[f"u{number}"] = None if name in self.gone else self._user(name)
            if name in self.gone:
                errors.append(GraphQLError("NOT_FOUND", "Could not resolve", (f"u{number}",)))
        return Answer(data, tuple(errors))

    def _user(self, name: str) -> dict[str, Any]:
        user: dict[str, Any] = told(name).data["user"]
        collection = user["contributionsCollection"]
        for entry in collection["commitContributionsByRepository"]:
            del entry["contributions"]["nodes"]
        return {**user, "login": name}


def asked(crowd: Crowd, names: list[str], **settings: Any) -> dict[str, Look]:  # noqa: ANN401
    until = settings.pop("until", Deadline.within(60))
    asks = [Ask(name, WEEK) for name in names]
    answers = list(look_at_many(cast("GitHub", crowd), asks, until, **settings))
    assert sorted(ask.login for ask, _ in answers) == sorted(names)
    return {ask.login: look for ask, look in answers}


def count(look: Look) -> int:
    assert isinstance(look.evidence, Found), look.evidence
    return certain(look.evidence)


def right(looks: Mapping[str, Look], but: frozenset[str] = frozenset()) -> bool:
    return all(
        count(look) == int(name.rpartition("-")[2]) % 10
        for name, look in looks.items()
        if name not in but
    )


# --- the documents ------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, AT_ONCE])
def test_the_document_is_valid_in_the_embedded_github(number: int) -> None:
    assert validate(schema(), parse(totals_document(number))) == []


def test_a_login_is_a_variable_and_never_a_part_of_the_document() -> None:
    hostile = '") { id } x: user(login: "root'
    asks = (Ask(hostile, WEEK),)
    assert hostile not in totals_document(1)
    assert totals_values(asks)["login0"] == hostile


# --- when all goes well ------------------------------------------------------------------------


def test_a_thousand_students_are_25_requests() -> None:
    crowd = Crowd()
    looks = asked(crowd, logins(1000))
    assert len(crowd.asked) == 25
    assert right(looks)


def test_the_verdict_is_that_of_the_count() -> None:
    looks = asked(Crowd(), ["student-4", "student-5"])
    verdicts = {name: judged(look.evidence).verdict for name, look in looks.items()}
    assert verdicts == {"student-4": Verdict.UNMET, "student-5": Verdict.MET}


def test_nobody_is_no_request() -> None:
    crowd = Crowd()
    assert asked(crowd, []) == {}
    assert crowd.asked == []


def test_answers_come_as_soon_as_they_are_known() -> None:
    crowd = Crowd()
    asks = [Ask(name, WEEK) for name in logins(100)]
    next(look_at_many(cast("GitHub", crowd), asks, Deadline.within(60)))
    assert len(crowd.asked) == 1


# --- one student's trouble is theirs ------------------------------------------------------------


def test_an_unknown_login_touches_no_other() -> None:
    gone = frozenset({"student-3", "student-77"})
    crowd = Crowd(gone=gone)
    looks = asked(crowd, logins(80))
    assert right(looks, gone)
    assert len(crowd.asked) == 2
    for name in gone:
        assert looks[name].is_absent
        assert isinstance(looks[name].evidence, Failed)


@pytest.mark.parametrize("poison", [0, 17, 39])
def test_an_account_that_no_query_can_hold_is_found_by_halving(poison: int) -> None:
    bad = f"student-{poison}"

    def trouble(names: list[str]) -> Answer | None:
        if bad in names:
            raise Unavailable("GitHub answered with an error of its own (502)")
        return None

    crowd = Crowd(trouble)
    looks = asked(crowd, logins(80))
    assert right(looks, frozenset({bad}))
    failed = looks[bad].evidence
    assert isinstance(failed, Failed)
    assert "(502)" in failed.reason
    assert len(crowd.asked) <= 2 + 2 * 6 + 1


@pytest.mark.parametrize("type_", ["RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"])
@pytest.mark.parametrize("most", [1, 7, 25])
def test_a_query_too_large_is_made_smaller(type_: str, most: int) -> None:
    def trouble(names: list[str]) -> Answer | None:
        if len(names) <= most:
            return None
        error = GraphQLError(type_, "Resource limits for this query exceeded", ("u3", "x"))
        return Answer({f"u{n}": None for n in range(len(names))}, (error,))

    crowd = Crowd(trouble)
    assert right(asked(crowd, logins(60)))


def test_what_was_worked_out_before_the_limit_is_kept() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        if len(names) < 40:
            return None
        answer = crowd._answer(names)
        error = GraphQLError("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded", ("u30",))
        return Answer({**answer.data, **{f"u{n}": None for n in range(30, 40)}}, (error,))

    crowd.trouble = trouble
    assert right(asked(crowd, logins(40)))
    assert [len(names) for names in crowd.asked] == [40, 10]


def test_a_student_too_large_alone_is_unknown() -> None:
    def trouble(names: list[str]) -> Answer | None:
        if "student-5" not in names:
            return None
        error = GraphQLError("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded", ("u0",))
        return Answer({f"u{n}": None for n in range(len(names))}, (error,))

    looks = asked(Crowd(trouble), logins(40))
    assert right(looks, frozenset({"student-5"}))
    evidence = looks["student-5"].evidence
    assert isinstance(evidence, Failed)
    assert judged(evidence).verdict is Verdict.UNKNOWN


def test_a_partial_time_out_is_made_smaller() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        if len(names) < 20:
            return None
        words = "Something went wrong while executing your query"
        data = {"viewer": {"login": "coach"}, **{f"u{n}": None for n in range(len(names))}}
        return Answer(data, (GraphQLError("", words, ()),))

    crowd.trouble = trouble
    assert right(asked(crowd, logins(40)))


def test_a_null_without_an_error_is_asked_for_again_and_told_if_it_stays() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        data = {f"u{n}": None for n in range(len(names))}
        return Answer({"viewer": {"login": "coach"}, **data}) if "student-3" in names else None

    crowd.trouble = trouble
    looks = asked(crowd, logins(10))
    assert right(looks, frozenset({"student-3"}))
    assert "no reason given" in repr(looks["student-3"].evidence)


def test_a_login_that_somebody_else_took_over_is_nobodys() -> None:
    asks = [Ask("student-6", WEEK, 99), Ask("student-5", WEEK, 583231)]
    looks = dict(look_at_many(cast("GitHub", Crowd()), asks, Deadline.within(60)))
    assert looks[asks[0]].is_other
    assert isinstance(looks[asks[0]].evidence, Failed)
    assert count(looks[asks[1]]) == 5


def test_another_error_belongs_to_its_field() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        answer = crowd._answer(names)
        error = GraphQLError("FORBIDDEN", "Resource not accessible", ("u2", "x"))
        return Answer({**answer.data, "u2": None}, (error,))

    crowd.trouble = trouble
    looks = asked(crowd, logins(9))
    assert right(looks, frozenset({"student-2"}))
    assert "not accessible" in repr(looks["student-2"].evidence)
    assert len(crowd.asked) == 1


@given(st.sets(st.integers(0, 99)), st.sets(st.integers(0, 99)), st.integers(1, 60))
def test_everybody_is_answered_once_and_rightly(
    gone: set[int], poison: set[int], at_once: int
) -> None:
    bad = frozenset(f"student-{n}" for n in poison)
    missing = frozenset(f"student-{n}" for n in gone)

    def trouble(names: list[str]) -> Answer | None:
        error = GraphQLError("RESOURCE_LIMITS_EXCEEDED", "too much", ("u0",))
        data = {f"u{n}": None for n in range(len(names))}
        return Answer(data, (error,)) if bad.intersection(names) else None

    looks = asked(Crowd(trouble, missing), logins(100), at_once=at_once)
    assert right(looks, bad | missing)
    assert all(isinstance(looks[name].evidence, Failed) for name in bad | missing)


# --- trouble that is everybody's ----------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        RateLimited("GitHub's quota is spent", "Try again in an hour"),
        BadToken("GitHub refused the token (401)"),
        Forbidden("GitHub does not let this token do that (403)"),
    ],
)
def test_a_refusal_is_not_asked_for_again(error: GitHubError) -> None:
    def trouble(_: list[str]) -> Answer | None:
        if len(crowd.asked) > 2:
            raise error
        return None

    crowd = Crowd(trouble)
    looks = asked(crowd, logins(400))
    assert len(crowd.asked) == 3
    known = [name for name, look in looks.items() if isinstance(look.evidence, Found)]
    assert known == logins(80)
    assert error.message in repr(looks["student-399"].evidence)


def test_an_outage_ends_after_a_few_students() -> None:
    def trouble(_: list[str]) -> Answer | None:
        raise Unavailable("GitHub answered with an error of its own (502)")

    crowd = Crowd(trouble)
    looks = asked(crowd, logins(1000))
    assert len(looks) == 1000
    assert len(crowd.asked) < 15
    assert all(isinstance(look.evidence, Failed) for look in looks.values())


def test_three_neighbours_in_trouble_end_nothing_if_github_answers_else() -> None:
    bad = frozenset({"student-5", "student-6", "student-7"})

    def trouble(names: list[str]) -> Answer | None:
        if bad.intersection(names):
            raise Unavailable("GitHub answered with an error of its own (504)")
        return None

    crowd = Crowd(trouble, is_down=False)
    looks = asked(crowd, logins(200))
    assert right(looks, bad)
    assert all(isinstance(looks[name].evidence, Failed) for name in bad)
    assert crowd.viewers == 1


def test_ten_in_a_row_are_an_outage_whatever_else_github_answers() -> None:
    def trouble(_: list[str]) -> Answer | None:
        raise Unavailable("GitHub answered with an error of its own (504)")

    crowd = Crowd(trouble, is_down=False)
    looks = asked(crowd, logins(1000))
    assert len(crowd.asked) < 35
    assert all(isinstance(look.evidence, Failed) for look in looks.values())


def test_the_quota_is_left_before_it_is_spent() -> None:
    crowd = Crowd(points=[50, 3, 1])
    looks = asked(crowd, logins(400))
    assert len(crowd.asked) == 3
    last = looks["student-399"].evidence
    assert isinstance(last, Failed)
    assert (last.reason, last.hint) == (
        "GitHub's quota is spent",
        "Run again after 2026-11-24T15:00:00Z",
    )
    assert isinstance(looks["student-119"].evidence, Found)


def test_after_the_deadline_nobody_is_asked() -> None:
    def trouble(_: list[str]) -> Answer | None:
        raise Unavailable("GitHub did not answer within 12 s")

    crowd = Crowd(trouble)
    looks = asked(crowd, logins(100), until=Deadline.within(-1))
    assert len(crowd.asked) == 1
    assert "time" in repr(looks["student-99"].evidence)


# --- who needs more than a number ---------------------------------------------------------------


def test_lists_that_are_cut_are_looked_at_alone() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        answer = crowd._answer(names)
        user = cast("dict[str, Any]", answer.data["u3"])
        user["contributionsCollection"]["totalCommitContributions"] += 40
        return answer

    crowd.trouble = trouble
    looks = asked(crowd, logins(5))
    assert crowd.alone == ["student-3"]
    assert right(looks)


def test_a_renamed_student_is_found_by_number() -> None:
    crowd = Crowd(gone=frozenset({"mona"}), logins={583231: "student-6"})
    asks = [Ask("student-1", WEEK), Ask("mona", WEEK, 583231)]
    looks = dict(look_at_many(cast("GitHub", crowd), asks, Deadline.within(60)))
    assert count(looks[asks[1]]) == 6
    assert crowd.alone == ["mona", "student-6"]
    assert "mona is called student-6 on GitHub now" in repr(looks[asks[1]])


def test_each_kind_counts_without_being_looked_at_alone() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        shown = Told(viewer="coach").commits("student-0/site", {MON: 2})
        shown.numbered("issue", "octo/cli", TUE).numbered("review", "octo/cli", TUE, 2)
        data = shown.numbered("pull", "octo/cli", TUE, 3).created("student-0/new", MON).data
        assert names == ["student-0"]
        return Answer({"viewer": data["viewer"], "u0": {**data["user"], "login": "student-0"}})

    crowd.trouble = trouble
    (look,) = asked(crowd, ["student-0"]).values()
    assert count(look) == 6
    assert judged(look.evidence).commits == 2
    assert crowd.alone == []


def test_private_work_that_a_coach_sees_does_not_count() -> None:
    crowd = Crowd()

    def trouble(names: list[str]) -> Answer | None:
        shown = Told(viewer="coach").commits("student-0/site", {MON: 4})
        data = shown.commits("student-0/secret", {TUE: 3}, private=True).data
        assert names == ["student-0"]
        user = {**data["user"], "login": "student-0"}
        return Answer({"viewer": data["viewer"], "u0": user})

    crowd.trouble = trouble
    (look,) = asked(crowd, ["student-0"]).values()
    assert count(look) == 4
    assert judged(look.evidence).verdict is Verdict.UNMET
