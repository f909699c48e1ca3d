"""What a coach can click of a week's contributions, and what was left out and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csc_verify.errors import GitHubError, NotFound, Unavailable
from csc_verify.github import Answer, Deadline, GraphQLError
from csc_verify.model import Failed, Found, LeftOut, Verdict
from csc_verify.sources.contributions import Ask, Look, advise, look
from csc_verify.sources.contributions.weighing import MOST_COMMITS
from tests.told import (
    FRI,
    MON,
    SERVER,
    SUN,
    TUE,
    WED,
    WEEK,
    Told,
    certain,
    judged,
    place,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.github import GitHub

ALICE = 583231
BOT_MAIL = "41898282+github-actions[bot]@users.noreply.github.com"
NUMBERS = iter(range(10**9))


def commit(
    day: str = MON,
    clock: str = "21:04:11-05:00",
    headline: str = "Add a search",
    *,
    by: int | None = ALICE,
    name: str = "Alice Doe",
    email: str = "alice@example.org",
    oid: str = "",
) -> dict[str, Any]:
    oid = oid or f"{next(NUMBERS):040x}"
    return {
        "id": f"C_{oid}",
        "oid": oid,
        "url": f"{SERVER}/x/commit/{oid}",
        "messageHeadline": headline,
        "author": {
            "name": name,
            "email": email,
            "date": f"{day}T{clock}",
            "user": None if by is None else {"databaseId": by},
        },
    }


def branch(name: str, *commits: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "target": {"history": {"nodes": list(commits)}}}


@dataclass
class Shown:
    """What the second answer shows."""

    counted: list[Any] = field(default_factory=list)
    owned: list[Any] = field(default_factory=list)
    talks: list[Any] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    def counts(
        self, name: str, *commits: dict[str, Any], pages: tuple[dict[str, Any], ...] = ()
    ) -> Shown:
        ref = branch("gh-pages", *pages) if pages else None
        entry = {**place(name), "defaultBranchRef": branch("main", *commits), "pages": ref}
        self.counted.append(entry)
        return self

    def owns(
        self,
        name: str,
        main: dict[str, Any] | None,
        *branches: dict[str, Any],
        fork: bool = False,
        private: bool = False,
    ) -> Shown:
        about = {**place(name, private=private), "isFork": fork}
        refs = {"nodes": [*([main] if main else []), *branches]}
        self.owned.append({**about, "defaultBranchRef": main, "refs": refs})
        return self

    def talked(self, name: str, day: str, *, private: bool = False) -> Shown:
        url = f"{SERVER}/{name}/discussions/{len(self.talks)}"
        about = {"url": url, "title": "Which index?", "repository": place(name, private=private)}
        self.talks.append({**about, "createdAt": f"{day}T21:00:00Z"})
        return self

    @property
    def data(self) -> dict[str, Any]:
        return {
            "counted": self.counted,
            "owner": {"repositories": {"nodes": self.owned}},
            "talked": {
                "repositoryDiscussions": {"nodes": self.talks},
                "repositoryDiscussionComments": {"nodes": self.answers},
            },
        }


@dataclass
class Stub:
    """A GitHub that has its answers ready, by operation."""

    answers: Mapping[str, Answer | GitHubError]
    logins: Mapping[int, str] = field(default_factory=dict)
    server_url: str = SERVER
    asked: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def deadline(self) -> Deadline:
        return Deadline.within(60)

    def query(self, text: str, variables: Mapping[str, object], _until: Deadline) -> Answer:
        name = re.findall(r"^query (\w+)", text, re.MULTILINE)[0]
        self.asked.append((name, variables))
        login = variables.get("login", variables.get("login0"))
        answer = self.answers.get(f"{name} {login}", self.answers.get(name, Answer({})))
        if isinstance(answer, GitHubError):
            raise answer
        return answer

    def login_of(self, account: int, _until: Deadline) -> str:
        if account not in self.logins:
            raise NotFound("gone")
        return self.logins[account]

    @property
    def operations(self) -> list[str]:
        return [name for name, _ in self.asked]


def seen(told: Told, shown: Shown | GitHubError) -> Look:
    second = Answer(shown.data) if isinstance(shown, Shown) else shown
    stub = Stub({"Contributions": Answer(told.data), "Evidence": second})
    return look(cast("GitHub", stub), Ask("alice", WEEK))


def found(told: Told, shown: Shown | GitHubError) -> Found:
    evidence = seen(told, shown).evidence
    assert isinstance(evidence, Found), evidence
    return evidence


# --- single commits ------------------------------------------------------------------------------


def test_each_commit_is_an_item_in_its_own_zone() -> None:
    first, second = commit(MON, "23:30:00-08:00"), commit(SUN, "00:10:00+13:00", "Fix it")
    told = Told().commits("alice/site", {MON: 1, SUN: 1})
    evidence = found(told, Shown().counts("alice/site", first, second))
    assert [(i.url, i.at and i.at.iso, i.title, i.count) for i in evidence.items] == [
        (first["url"], f"{MON}T23:30:00-08:00", "Add a search", 1),
        (second["url"], f"{SUN}T00:10:00+13:00", "Fix it", 1),
    ]
    finding = judged(evidence, minimum=2)
    assert (finding.verdict, finding.count, finding.commits) == (Verdict.MET, 2, 2)


def test_pages_count_like_the_default_branch_and_a_commit_on_both_once() -> None:
    both, page = commit(), commit(headline="Publish")
    told = Told().commits("alice/site", {MON: 2})
    evidence = found(told, Shown().counts("alice/site", both, pages=(both, page)))
    assert [item.url for item in evidence.items] == [both["url"], page["url"]]


def test_what_cannot_be_shown_one_by_one_is_a_number_of_its_day() -> None:
    told = Told().commits("alice/site", {MON: 3})
    evidence = found(told, Shown().counts("alice/site", commit()))
    assert [(item.title, item.count) for item in evidence.items] == [
        ("Add a search", 1),
        ("2 commits in alice/site", 2),
    ]


def test_more_commits_than_github_counts_are_a_number_since_nobody_knows_which() -> None:
    told = Told().commits("octo/site", {MON: 1})
    evidence = found(told, Shown().counts("octo/site", commit(), commit()))
    assert [(item.title, item.count) for item in evidence.items] == [("1 commit in octo/site", 1)]
    assert [entry.what for entry in evidence.left_out] == ["1 commit in octo/site"]
    assert "does not count them, or not yet" in evidence.left_out[0].why
    assert "have forked it" in evidence.left_out[0].mend


def test_commits_of_others_and_of_other_days_are_not_shown() -> None:
    others = (commit(by=7), commit(by=None), commit("2026-11-15"), commit("2026-11-23"))
    told = Told().commits("alice/site", {MON: 1})
    evidence = found(told, Shown().counts("alice/site", *others))
    assert [item.title for item in evidence.items] == ["1 commit in alice/site"]


def test_a_busy_week_is_shown_up_to_a_number() -> None:
    many = [commit(headline=f"Add part {n}") for n in range(MOST_COMMITS + 9)]
    told = Told().commits("alice/site", {MON: len(many)})
    evidence = found(told, Shown().counts("alice/site", *many))
    assert len(evidence.items) == MOST_COMMITS + 1
    assert evidence.items[-1].count == 9
    assert certain(evidence) == len(many)


def test_a_discussion_is_what_a_day_counts_beyond_the_lists() -> None:
    told = Told().commits("alice/site", {MON: 1})
    told.days[TUE] += 2
    shown = Shown().talked("open/planner", TUE).talked("open/planner", WED)
    assert summary(found(told, shown)) == [
        ("commit", MON, 1),
        ("discussion", TUE, 1),
        ("day", TUE, 1),
    ]


def test_the_report_says_how_much_of_the_count_is_linked() -> None:
    told = Told().commits("alice/site", {MON: 4})
    told.days[TUE] += 2
    assert found(told, Shown()).notes == (
        (
            "4 of the 6 are linked one by one; the calendar counts the other 2 without telling "
            "what they are"
        ),
    )
    assert found(Told().commits("alice/site", {MON: 4}), Shown()).notes == ()


def test_the_second_answer_is_asked_for_what_the_first_one_named() -> None:
    told = Told().commits("alice/site", {MON: 1}).commits("alice/hidden", {MON: 1}, private=True)
    stub = Stub({"Contributions": Answer(told.data)})
    look(cast("GitHub", stub), Ask("alice", WEEK))
    assert stub.operations == ["Contributions", "Evidence"]
    assert stub.asked[1][1] == {
        "login": "alice",
        "author": "U_1",
        "repositories": ["R_alice/site"],
        "since": "2026-11-15T00:00:00Z",
        "until": "2026-12-06T00:00:00Z",
    }


def test_without_the_second_answer_the_count_is_the_same() -> None:
    told = Told().commits("alice/site", {MON: 2})
    evidence = found(told, Unavailable("an outage"))
    assert [(item.title, item.count) for item in evidence.items] == [("2 commits in alice/site", 2)]
    assert evidence.complete
    assert judged(evidence, minimum=2).verdict is Verdict.MET


# --- what doesn't count ----------------------------------------------------------------------


def left_out(shown: Shown, told: Told | None = None) -> list[LeftOut]:
    return list(found(told or Told(), shown).left_out)


def only(entries: list[LeftOut]) -> LeftOut:
    (entry,) = entries
    return entry


def test_commits_in_a_fork_are_left_out_with_the_mend() -> None:
    last = commit(FRI, oid="f" * 40)
    entry = only(left_out(Shown().owns("alice/flask", branch("main", commit(), last), fork=True)))
    assert entry.what == "2 commits in alice/flask (fffffff)"
    assert entry.why == "fork"
    assert "pull request" in entry.mend


def test_what_was_merged_from_a_fork_or_branch_is_not_left_out() -> None:
    merged = commit(oid="d" * 40)
    shown = Shown().counts("octo/flask", merged)
    shown.owns("alice/flask", branch("main", merged), fork=True)
    shown.owns("alice/site", branch("main"), branch("search", merged))
    assert left_out(shown, Told().commits("octo/flask", {MON: 1})) == []


def test_commits_on_another_branch_are_left_out_once() -> None:
    shared, own, merged = commit(oid="a" * 40), commit(TUE, oid="b" * 40), commit(WED)
    shown = Shown().owns(
        "alice/site",
        branch("main", merged),
        branch("search", shared, own, merged),
        branch("search-again", shared),
        branch("gh-pages", commit()),
    )
    entries = left_out(shown, Told().commits("alice/site", {WED: 1}))
    branches = [entry for entry in entries if "branch" in entry.why]
    assert [entry.what for entry in branches] == [
        "2 commits in alice/site on the branch search (bbbbbbb)"
    ]
    assert "merge" in branches[0].mend


def test_commits_of_an_address_without_an_account_are_left_out() -> None:
    entry = only(left_out(Shown().owns("alice/site", branch("main", commit(by=None)))))
    assert entry.why == "their e-mail address is linked to no account"
    assert "Settings, Emails" in entry.mend
    assert "alice@example.org" not in repr(entry)


def test_bots_are_told_from_people_and_this_check_from_other_bots() -> None:
    bot = partial(commit, by=None, name="github-actions[bot]", email=BOT_MAIL)
    main = branch(
        "main",
        bot(headline="Log the week of 2026-11-09: met"),
        bot(headline="Render the commitment log again"),
        bot(headline="Draw the snake"),
        commit(headline="Bump x", by=None, name="dependabot[bot]", email="49699333+x@y.z"),
    )
    assert [(e.what[:9], e.why) for e in left_out(Shown().owns("alice/alice", main))] == [
        ("2 commits", "this check's own commits never count"),
        ("1 commit ", "made by github-actions[bot], not by a person"),
        ("1 commit ", "made by dependabot[bot], not by a person"),
    ]


def test_commits_in_own_repositories_that_the_calendar_has_not_are_in_doubt() -> None:
    shown = Shown().owns("alice/site", branch("main", commit(), commit(TUE)))
    evidence = found(Told().commits("alice/api", {MON: 3}), shown)
    verdicts = {minimum: judged(evidence, minimum).verdict for minimum in (3, 4, 5, 6)}
    assert verdicts == {
        3: Verdict.MET,
        4: Verdict.UNKNOWN,
        5: Verdict.UNKNOWN,
        6: Verdict.UNMET,
    }
    (entry,) = judged(evidence, 6).left_out
    assert entry.what == "2 commits in alice/site"
    assert "a private profile shows no calendar" in entry.why


def test_a_commit_that_counts_in_one_repository_is_no_other_one_in_a_second() -> None:
    same = [commit(oid=f"{n}" * 40) for n in range(3)]
    told = Told().commits("alice/site", {MON: 3})
    shown = Shown().counts("alice/site", *same).owns("alice/copy", branch("main", *same))
    evidence = found(told, shown)
    assert judged(evidence, 4).verdict is Verdict.UNMET
    assert evidence.left_out == ()


def test_other_peoples_commits_are_nobodys_business() -> None:
    assert left_out(Shown().owns("alice/site", branch("main", commit(by=7)))) == []


def test_commits_of_other_weeks_are_not_told() -> None:
    old = commit("2026-11-15"), commit("2026-11-23", by=None)
    shown = Shown().owns("alice/site", branch("main", *old), branch("x", *old))
    assert left_out(shown) == []


def test_nothing_of_a_private_repository_is_told() -> None:
    private = branch("main", commit(by=None), commit(headline="Plan the merger"))
    shown = (
        Shown()
        .owns("alice/secret", private, private=True)
        .talked("alice/secret", MON, private=True)
    )
    told = Told()
    told.days[MON] += 5
    look_ = seen(told, shown)
    assert "secret" not in repr(look_)
    assert "merger" not in repr(look_)
    # Five that no list holds may be private discussions, since one was seen.
    assert judged(look_.evidence).verdict is Verdict.UNKNOWN


# --- whatever is sent ---------------------------------------------------------------------------


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nodes", "name", "target", "history", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["counted", "owner", "talked"]), json_values))
def test_nothing_in_the_second_answer_changes_the_count(data: dict[str, Any]) -> None:
    told = Told().commits("alice/site", {MON: 2})
    stub = Stub({"Contributions": Answer(told.data), "Evidence": Answer(data)})
    evidence = look(cast("GitHub", stub), Ask("alice", WEEK)).evidence
    assert isinstance(evidence, Found)
    assert certain(evidence) == 2


@pytest.mark.parametrize("key", ["id", "oid", "url", "messageHeadline", "author"])
@pytest.mark.parametrize("wrong", [None, 7, "", [], "javascript:alert(1)"])
def test_a_commit_that_cannot_be_read_is_a_number_still(key: str, wrong: object) -> None:
    told = Told().commits("alice/site", {MON: 1})
    evidence = found(told, Shown().counts("alice/site", {**commit(), key: wrong}))
    assert certain(evidence) == 1
    assert all(str(item.url).startswith(SERVER) for item in evidence.items)


# --- more than a list holds, and more than GitHub works out ---------------------------------


def test_more_repositories_than_a_list_holds_are_asked_for_day_by_day() -> None:
    told = Told()
    for number in range(100):
        told.commits(f"alice/r{number}", {MON: 1})
    day = Told(lists=told.lists, totals=told.totals).data["user"]["contributionsCollection"]
    rest = Told().commits("alice/r100", {TUE: 3}).data["user"]["contributionsCollection"]
    empty = Told().data["user"]["contributionsCollection"]
    told.totals = {**told.totals, "commit": 103}
    told.days[TUE] += 3
    days = {f"day{n}": empty for n in range(3, 8)} | {"day1": day, "day2": rest}
    answers = {
        "Contributions": Answer(told.data),
        "Days": Answer({"user": {"login": "alice", **days}}),
    }
    stub = Stub(answers)
    evidence = look(cast("GitHub", stub), Ask("alice", WEEK)).evidence
    assert isinstance(evidence, Found)
    assert (certain(evidence), evidence.complete) == (103, True)
    assert stub.operations == ["Contributions", "Days"]
    assert stub.asked[1][1]["from7"] == f"{SUN}T00:00:00Z"
    # Days that contradict the week prove nothing.
    answers["Days"] = Answer({"user": {"login": "alice", **days, "day2": empty}})
    evidence = look(cast("GitHub", Stub(answers)), Ask("alice", WEEK)).evidence
    assert isinstance(evidence, Found)
    assert not evidence.complete


def test_a_week_too_large_for_github_is_counted_by_numbers_alone() -> None:
    told = Told().commits("alice/site", {MON: 4}).numbered("issue", "octo/cli", TUE)
    error = GraphQLError("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded", ("user",))
    data = told.data
    numbers = {"viewer": data["viewer"], "u0": data["user"]}
    stub = Stub({"Contributions": Answer({"user": None}, (error,)), "Totals": Answer(numbers)})
    evidence = look(cast("GitHub", stub), Ask("alice", WEEK)).evidence
    assert isinstance(evidence, Found)
    assert (judged(evidence).verdict, judged(evidence).commits) == (Verdict.MET, 4)
    assert stub.operations == ["Contributions", "Totals"]


# --- renamed accounts -----------------------------------------------------------------------------


def renamed(told: Told, login: str, account: int = ALICE) -> Answer:
    data = told.data
    data["user"] |= {"login": login, "databaseId": account}
    return Answer(data)


GONE = Answer({"user": None}, (GraphQLError("NOT_FOUND", "Could not resolve", ("user",)),))


def test_a_renamed_login_is_found_by_its_number_and_told() -> None:
    told = Told().commits("lisa/site", {MON: 5})
    answers = {"Contributions mona": GONE, "Contributions lisa": renamed(told, "lisa")}
    stub = Stub(answers, {ALICE: "lisa"})
    evidence = look(cast("GitHub", stub), Ask("mona", WEEK, ALICE)).evidence
    assert isinstance(evidence, Found)
    assert judged(evidence).verdict is Verdict.MET
    assert evidence.notes == (
        "mona is called lisa on GitHub now; write github: lisa in the configuration",
    )


@pytest.mark.parametrize("logins", [{}, {ALICE: "lisa"}])
def test_a_login_that_somebody_else_took_over_is_not_believed(logins: dict[int, str]) -> None:
    answers = {
        "Contributions mona": renamed(Told().commits("mona/new", {MON: 9}), "mona", 99),
        "Contributions lisa": renamed(Told().commits("lisa/site", {MON: 9}), "lisa"),
    }
    found_ = look(cast("GitHub", Stub(answers, logins)), Ask("mona", WEEK, ALICE))
    assert found_.is_other
    assert isinstance(found_.evidence, Failed)
    assert "another account on GitHub than the one that the log is about" in found_.evidence.reason
    assert judged(found_.evidence).verdict is Verdict.UNKNOWN


def test_a_new_name_that_is_another_accounts_is_not_believed() -> None:
    answers = {
        "Contributions mona": GONE,
        "Contributions lisa": renamed(Told().commits("lisa/site", {MON: 9}), "lisa", 99),
    }
    assert look(cast("GitHub", Stub(answers, {ALICE: "lisa"})), Ask("mona", WEEK, ALICE)).is_other


def test_if_nobody_tells_the_new_name_it_is_unknown() -> None:
    class Silent(Stub):
        def login_of(self, account: int, _until: Deadline) -> str:
            raise Unavailable(f"an outage at {account}")

    found_ = look(cast("GitHub", Silent({"Contributions": GONE})), Ask("mona", WEEK, ALICE))
    assert isinstance(found_.evidence, Failed)
    assert found_.evidence.reason == f"an outage at {ALICE}"
    assert found_.is_absent


def test_an_account_that_is_gone_is_absent() -> None:
    found_ = look(cast("GitHub", Stub({"Contributions": GONE})), Ask("mona", WEEK, ALICE))
    assert found_.is_absent
    assert isinstance(found_.evidence, Failed)


@pytest.mark.parametrize("fault", ["opened", "answered", "not told"])
def test_what_no_list_holds_is_public_only_if_no_discussion_is_private(fault: str) -> None:
    told = Told().commits("alice/site", {MON: 4})
    told.days[TUE] += 1
    shown = Shown()
    assert judged(found(told, shown)).verdict is Verdict.MET
    data = shown.data
    if fault == "opened":
        data = shown.talked("alice/secret", "2026-01-01", private=True).data
    elif fault == "answered":
        shown.answers.append({"discussion": {"repository": {"isPrivate": True}}})
        data = shown.data
    else:
        del data["talked"]
    stub = Stub({"Contributions": Answer(told.data), "Evidence": Answer(data)})
    evidence = look(cast("GitHub", stub), Ask("alice", WEEK)).evidence
    assert judged(evidence).verdict is Verdict.UNKNOWN
    # How much may be private is not for everybody.
    assert "1" not in judged(evidence).left_out[0].what


def test_what_this_check_commits_as_the_student_is_in_doubt() -> None:
    own = commit(headline="Log the week of 2026-11-09: met")
    own["url"] = f"{SERVER}/alice/alice/commit/1"
    told = Told().commits("alice/alice", {MON: 1}).commits("alice/site", {MON: 4})
    evidence = found(told, Shown().counts("alice/alice", own))
    assert judged(evidence).verdict is Verdict.UNKNOWN
    assert judged(evidence, 4).verdict is Verdict.MET


def test_a_bots_name_is_told_and_never_its_address_nor_all_of_it() -> None:
    long = commit(by=None, name="x" * 5000 + "\u202e[bot]", email="a@b.example")
    nameless = commit(by=None, name=cast("Any", None), email="7+x[bot]@users.noreply.github.com")
    evidence = found(Told(), Shown().owns("alice/site", branch("main", long, nameless)))
    told = judged(evidence).left_out
    assert all(len(entry.why) <= 160 and "\u202e" not in entry.why for entry in told)
    assert [entry.why for entry in told][1] == "made by a bot, not by a person"
    assert "@" not in repr(told)


def test_an_unknown_login_without_a_number_is_said_to_be_absent() -> None:
    look_ = look(cast("GitHub", Stub({"Contributions": GONE})), Ask("mona", WEEK))
    assert look_.is_absent
    assert isinstance(look_.evidence, Failed)


# --- advice asks for little -----------------------------------------------------------------------


def test_no_commits_need_no_advice() -> None:
    stub = Stub({})
    assert advise(cast("GitHub", stub), ()) == ()
    assert stub.asked == []


def test_advice_that_github_does_not_answer_is_none() -> None:
    told = Told().commits("alice/site", {MON: 1})
    commits = seen(told, Shown().counts("alice/site", commit(headline="wip"))).commits
    assert len(commits) == 1
    stub = Stub({"Changes": Unavailable("an outage")})
    assert advise(cast("GitHub", stub), commits) == ()
    assert stub.operations == ["Changes"]


def blob(oid: str, size: int = 20) -> dict[str, Any]:
    return {"oid": oid, "type": "blob", "size": size, "object": {"id": f"B_{oid}"}}


def tree(**files: dict[str, Any]) -> dict[str, Any]:
    """A folder; a file's name has an underscore for its dot."""
    named = [{"name": name.replace("_", "."), **entry} for name, entry in files.items()]
    return {"oid": "t", "entries": named}


def changed(
    before: dict[str, Any], after: dict[str, Any], message: str = "Add a search"
) -> dict[str, Any]:
    moment = {"date": f"{MON}T21:04:11-05:00"}
    return {
        "oid": "c" * 40,
        "message": message,
        "author": moment,
        "committer": moment,
        "tree": after,
        "parents": {"totalCount": 1, "nodes": [{"tree": before}]},
    }


def advised(
    *commits: dict[str, Any], texts: dict[str, str] | None = None, truncated: bool = False
) -> tuple[tuple[str, ...], Stub]:
    told = Told().commits("alice/site", {MON: 1})
    looked = seen(told, Shown().counts("alice/site", commit())).commits
    files = [
        {"id": f"B_{oid}", "isTruncated": truncated, "text": text}
        for oid, text in (texts or {}).items()
    ]
    answers = {"Changes": Answer({"nodes": list(commits)}), "Contents": Answer({"nodes": files})}
    stub = Stub(answers)
    return advise(cast("GitHub", stub), looked), stub


def test_a_commit_of_a_readme_alone_is_told_from_its_trees() -> None:
    notes, stub = advised(changed(tree(README_md=blob("1")), tree(README_md=blob("2"))))
    assert notes == ("1 of 1 commits changes only README.md",)
    assert stub.operations == ["Changes", "Contents"]


def test_white_space_is_told_from_the_texts_of_both_sides() -> None:
    commit_ = changed(tree(a_py=blob("1")), tree(a_py=blob("2")))
    texts = {"1": "def f():\n  return 1\n", "2": "def f():\n\treturn 1\n\n"}
    assert advised(commit_, texts=texts)[0] == ("1 of 1 commits changes only white space",)
    assert advised(commit_, texts=texts, truncated=True)[0] == ()
    assert advised(commit_, texts={"1": "a", "2": "b"})[0] == ()


def test_large_files_and_large_changes_are_not_asked_for() -> None:
    large = changed(tree(a_py=blob("1", 100_001)), tree(a_py=blob("2", 100_001)))
    assert advised(large)[1].operations == ["Changes"]
    names = "abcd"
    many = changed(
        tree(**{f"{n}_py": blob(f"{n}1") for n in names}),
        tree(**{f"{n}_py": blob(f"{n}2") for n in names}),
    )
    assert advised(many)[1].operations == ["Changes"]


def test_a_file_three_folders_down_is_seen_and_one_further_down_is_a_folder() -> None:
    def nested(oid: str, *, depth: int) -> dict[str, Any]:
        entry: dict[str, Any] = {"name": "README.md", **blob(oid)}
        for _ in range(depth):
            entry = {"name": "d", "oid": f"d{oid}", "type": "tree", "size": 0} | {
                "object": {"id": "T", "entries": [entry]}
            }
        return {"oid": "t", "entries": [entry]}

    notes, _ = advised(changed(nested("1", depth=2), nested("2", depth=2)))
    assert notes == ("1 of 1 commits changes only d/d/README.md",)
    deep = {"name": "d", "oid": "1", "type": "tree", "size": 0, "object": {"id": "T"}}
    other = {"oid": "t", "entries": [{**deep, "oid": "2"}]}
    assert advised(changed({"oid": "t", "entries": [deep]}, other))[0] == ()


def test_the_newest_twenty_commits_are_looked_into() -> None:
    many = [commit(headline=f"Add part {n}") for n in range(30)]
    told = Told().commits("alice/site", {MON: 30})
    looked = seen(told, Shown().counts("alice/site", *many)).commits
    stub = Stub({})
    advise(cast("GitHub", stub), looked)
    assert len(cast("list[str]", stub.asked[0][1]["commits"])) == 20
