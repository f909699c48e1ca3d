"""The truth table of the judge, whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.dates import on_day, read_date
from csc_verify.ledger import overall
from csc_verify.model import (
    Claim,
    Commitment,
    CountBasis,
    Evidence,
    Failed,
    Finding,
    Found,
    Item,
    ItemKind,
    LeftOut,
    Pause,
    Requirement,
    RequirementId,
    Track,
    Verdict,
)
from csc_verify.rules import MOST_LEFT_OUT, judge, requirements_for
from csc_verify.week import WeekStart, read_zone, week_of

WEEK = week_of(date(2026, 11, 16), WeekStart.MONDAY, read_zone("America/New_York"))
BEFORE, AFTER = date(2026, 11, 15), date(2026, 11, 23)
OPEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
SETTLING = datetime(2026, 11, 23, 12, tzinfo=UTC)
FINAL = datetime(2026, 11, 24, 14, tzinfo=UTC)
BLOG = Requirement(RequirementId.BLOG, 1)
CONTRIBUTIONS = Requirement(RequirementId.CONTRIBUTIONS, 5)
FAILED = Failed("feed", "https://x.example/feed", "https://x.example/feed: it timed out", "wait")


def post(
    day: date | str | None = WEEK.first,
    name: str = "a",
    authors: tuple[str, ...] = (),
    doubt: str | None = None,
) -> Item:
    at = read_date(day) if isinstance(day, str) else None if day is None else on_day(day)
    url = f"https://x.example/{name}"
    return Item(ItemKind.POST, url, at, f"Post {name}", authors=authors, doubt=doubt)


def feed(*items: Item, complete: bool = True) -> Found:
    gap = "" if complete else "https://x.example/feed: it does not reach back"
    return Found("feed", "https://x.example/feed", items, complete, gap=gap)


def commits(count: int, kind: ItemKind = ItemKind.COMMIT, doubt: str | None = None) -> Item:
    url = f"https://github.com/alice/{kind}"
    return Item(kind, url, on_day(WEEK.first), f"{count} {kind}", count, doubt=doubt)


def github(*items: Item, complete: bool = True) -> Found:
    return Found("github-graphql", "alice", items, complete, gap="" if complete else "cut")


SITUATIONS: dict[str, tuple[tuple[Evidence, ...], dict[str, str]]] = {
    # what was found: verdict while the week is open, settling, final
    "one post": ((feed(post()),), {"open": "met", "settling": "met", "final": "met"}),
    "one post in a short feed": (
        (feed(post(), complete=False),),
        {"open": "met", "settling": "met", "final": "met"},
    ),
    "one post beside a failure": (
        (feed(post()), FAILED),
        {"open": "met", "settling": "met", "final": "met"},
    ),
    "nothing, the whole week seen": (
        (feed(post(BEFORE)),),
        {"open": "unknown", "settling": "unknown", "final": "unmet"},
    ),
    "nothing, a short feed": (
        (feed(post(AFTER), complete=False),),
        {"open": "unknown", "settling": "unknown", "final": "unknown"},
    ),
    "nothing, one of two failed": (
        (feed(post(BEFORE)), FAILED),
        {"open": "unknown", "settling": "unknown", "final": "unknown"},
    ),
    "a failure": ((FAILED,), {"open": "unknown", "settling": "unknown", "final": "unknown"}),
    "nothing configured": ((), {"open": "unknown", "settling": "unknown", "final": "unknown"}),
    "a post without a date": (
        (feed(post(None), post(BEFORE, "b")),),
        {"open": "unknown", "settling": "unknown", "final": "unknown"},
    ),
    "a post on the edge": (
        (feed(post("2026-11-16T00:00:00Z"), post(BEFORE, "b")),),
        {"open": "unknown", "settling": "unknown", "final": "unknown"},
    ),
    "a post that the source doubts": (
        (feed(post(doubt="perhaps a reply"), post(BEFORE, "b")),),
        {"open": "unknown", "settling": "unknown", "final": "unknown"},
    ),
}
CLOCKS = {"open": OPEN, "settling": SETTLING, "final": FINAL}


@pytest.mark.parametrize(("situation", "state"), list(product(SITUATIONS, CLOCKS)))
def test_the_truth_table(situation: str, state: str) -> None:
    evidence, verdicts = SITUATIONS[situation]
    finding = judge(BLOG, evidence, WEEK, CLOCKS[state])
    assert finding.verdict.value == verdicts[state]
    assert finding.reason
    assert (finding.verdict is Verdict.MET) == (finding.count >= 1)
    if finding.verdict is Verdict.MET:
        assert finding.evidence[0].url.startswith("https://")


@pytest.mark.parametrize("state", CLOCKS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_not_asked_for_is_skipped_whatever_was_found(situation: str, state: str) -> None:
    skipped = Requirement(RequirementId.BLOG, 1, skipped="paused")
    finding = judge(skipped, SITUATIONS[situation][0], WEEK, CLOCKS[state])
    assert (finding.verdict, finding.reason, finding.count) == (Verdict.SKIPPED, "paused", 0)


@given(
    counts=st.lists(st.integers(0, 9), max_size=6),
    doubtful=st.integers(0, 9),
    complete=st.booleans(),
    failed=st.booleans(),
    minimum=st.integers(1, 12),
    now=st.sampled_from([OPEN, SETTLING, FINAL]),
)
def test_unmet_needs_proof_and_met_needs_evidence(  # noqa: PLR0917  hypothesis names them
    counts: list[int], doubtful: int, complete: bool, failed: bool, minimum: int, now: datetime
) -> None:
    items = [
        Item(ItemKind.COMMIT, f"https://github.com/a/{n}", on_day(WEEK.first), "c", count)
        for n, count in enumerate(counts)
    ]
    items.append(commits(doubtful, ItemKind.OTHER, doubt="private or public"))
    evidence: list[Evidence] = [github(*items, complete=complete)]
    if failed:
        evidence.append(FAILED)
    finding = judge(Requirement(RequirementId.CONTRIBUTIONS, minimum), evidence, WEEK, now)
    least, most = sum(counts), sum(counts) + doubtful
    proven = complete and not failed and now == FINAL and most < minimum
    expected = Verdict.MET if least >= minimum else Verdict.UNMET if proven else Verdict.UNKNOWN
    assert finding.verdict is expected
    assert finding.count == least == sum(item.count for item in finding.evidence)


def test_contributions_report_both_numbers_whichever_is_counted() -> None:
    evidence = [github(commits(4), commits(3, ItemKind.PULL_REQUEST))]
    finding = judge(CONTRIBUTIONS, evidence, WEEK, FINAL)
    assert (finding.verdict, finding.count, finding.commits, finding.contributions) == (
        Verdict.MET, 7, 4, 7,
    )  # fmt: skip
    by_commits = Requirement(RequirementId.CONTRIBUTIONS, 5, count=CountBasis.COMMITS)
    finding = judge(by_commits, evidence, WEEK, FINAL)
    assert (finding.verdict, finding.count, finding.commits, finding.contributions) == (
        Verdict.UNMET, 4, 4, 7,
    )  # fmt: skip
    assert finding.reason == "4 commits, 5 needed"


def test_a_doubtful_issue_says_nothing_about_commits() -> None:
    by_commits = Requirement(RequirementId.CONTRIBUTIONS, 5, count=CountBasis.COMMITS)
    evidence = [github(commits(4), commits(9, ItemKind.ISSUE, doubt="perhaps private"))]
    assert judge(by_commits, evidence, WEEK, FINAL).verdict is Verdict.UNMET


def test_the_same_post_at_two_addresses_counts_once() -> None:
    twice = [feed(post()), feed(post(name="a/?utm_source=x"))]
    two = Requirement(RequirementId.BLOG, 2)
    assert judge(two, twice, WEEK, FINAL).count == 1


def test_a_post_that_counted_in_another_week_never_counts_again() -> None:
    elsewhere = {"http://www.x.example/a/": Claim(date(2026, 11, 9), "Post a")}
    finding = judge(BLOG, [feed(post(), post(BEFORE, "b"))], WEEK, FINAL, elsewhere)
    assert finding.verdict is Verdict.UNMET
    assert finding.left_out == (LeftOut("Post a", "counted in the week of 2026-11-09 already"),)


def test_a_post_dated_later_than_the_clock_is_not_yet_one() -> None:
    finding = judge(BLOG, [feed(post(date(2026, 11, 21)))], WEEK, OPEN)
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.left_out[0].why == "dated in the future (2026-11-21)"


def test_a_post_without_an_address_is_no_evidence() -> None:
    item = Item(ItemKind.POST, None, on_day(WEEK.first), "Post")
    finding = judge(BLOG, [feed(item)], WEEK, FINAL)
    assert (finding.verdict, finding.evidence) == (Verdict.UNKNOWN, ())


def test_a_feed_of_several_authors_counts_the_students_posts_alone() -> None:
    items = (
        post(name="mine", authors=("Alice  DOE",)),
        post(name="theirs", authors=("Bob",)),
        post(name="nobodys"),
        post(BEFORE, "old", authors=("Bob",)),
    )
    alone = judge(BLOG, [feed(*items)], WEEK, FINAL)
    assert alone.verdict is Verdict.UNKNOWN
    assert "set blog.author" in alone.reason
    hers = Requirement(RequirementId.BLOG, 1, author="alice doe")
    finding = judge(hers, [feed(*items)], WEEK, FINAL)
    assert finding.verdict is Verdict.MET
    assert [item.url for item in finding.evidence] == ["https://x.example/mine"]
    assert LeftOut("Post theirs", "written by Bob") in finding.left_out
    assert all(left.what != "Post old" for left in finding.left_out)
    nobodys = judge(
        hers, [feed(post(authors=("Bob",)), post(BEFORE, authors=("Carol",)))], WEEK, FINAL
    )
    assert nobodys.verdict is Verdict.UNMET


def test_a_feed_with_one_author_is_the_students_whatever_it_calls_them() -> None:
    hers = Requirement(RequirementId.BLOG, 1, author="Alice Doe")
    assert judge(hers, [feed(post(authors=("ali",)))], WEEK, FINAL).verdict is Verdict.MET


def test_each_address_that_failed_gives_its_reason_and_its_hint() -> None:
    finding = judge(BLOG, [FAILED, feed(complete=False)], WEEK, FINAL)
    assert "https://x.example/feed: it timed out. wait" in finding.reason
    assert "it does not reach back" in finding.reason


def test_a_long_list_of_what_was_left_out_is_cut_and_says_so() -> None:
    items = [post(date(2026, 11, 21), f"p{n}") for n in range(MOST_LEFT_OUT + 3)]
    left_out = judge(BLOG, [feed(*items)], WEEK, OPEN).left_out
    assert len(left_out) == MOST_LEFT_OUT + 1
    assert left_out[-1].what == "3 more"


@pytest.mark.parametrize("verdicts", list(product(Verdict, repeat=4)))
def test_the_overall_verdict(verdicts: tuple[Verdict, ...]) -> None:
    findings = tuple(
        Finding(id_, verdict, 1, 0, "", "")
        for id_, verdict in zip(RequirementId, verdicts, strict=True)
    )
    if Verdict.UNMET in verdicts:
        expected = Verdict.UNMET
    elif Verdict.UNKNOWN in verdicts:
        expected = Verdict.UNKNOWN
    elif Verdict.MET in verdicts:
        expected = Verdict.MET
    else:
        expected = Verdict.SKIPPED
    assert overall(findings) is expected


def asked(commitment: Commitment) -> dict[str, str | None]:
    return {r.id.value: r.skipped for r in requirements_for(commitment, WEEK)}


FULL = Commitment(Track.SOFTWARE_ENGINEERING, Track.SOFTWARE_ENGINEERING.requirements)


def test_a_track_asks_for_its_requirements() -> None:
    assert asked(FULL) == {
        "contributions": None,
        "blog": None,
        "contacts": None,
        "design": "not required on the software-engineering track",
    }
    designer = asked(Commitment(Track.DESIGN, Track.DESIGN.requirements))
    assert designer["contributions"] == "not required on the design track"
    assert designer["design"] is None


def test_a_smaller_scope_skips_the_rest() -> None:
    smaller = Commitment(Track.DATA_SCIENCE, (RequirementId.BLOG,))
    assert asked(smaller)["contacts"] == "outside the scope of this log"
    assert asked(smaller)["blog"] is None


@pytest.mark.parametrize(
    ("since", "until", "pause", "skipped"),
    [
        ("2026-11-16", None, None, None),
        # A week that is not wholly in the commitment is not asked for.
        ("2026-11-17", None, None, "the commitment begins on 2026-11-17"),
        (None, "2026-11-22", None, None),
        (None, "2026-11-21", None, "the commitment ended on 2026-11-21"),
        (None, None, ("2026-11-09", "2026-11-15"), None),
        (None, None, ("2026-11-23", "2026-11-29"), None),
        (None, None, ("2026-11-22", "2026-11-30"), "paused from 2026-11-22 to 2026-11-30: rest"),
        (None, None, ("2026-11-16", "2026-11-22"), "paused from 2026-11-16 to 2026-11-22: rest"),
    ],
)
def test_only_whole_weeks_of_the_commitment_are_asked_for(
    since: str | None, until: str | None, pause: tuple[str, str] | None, skipped: str | None
) -> None:
    pauses = (
        ()
        if pause is None
        else (Pause(date.fromisoformat(pause[0]), date.fromisoformat(pause[1]), "rest"),)
    )
    commitment = Commitment(
        FULL.track,
        FULL.scope,
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        pauses=pauses,
    )
    assert asked(commitment)["blog"] == skipped


def test_a_settled_clock_is_exactly_a_day_after_the_end() -> None:
    evidence = [feed(post(BEFORE))]
    just_before = WEEK.settles - timedelta(seconds=1)
    assert judge(BLOG, evidence, WEEK, just_before).verdict is Verdict.UNKNOWN
    assert judge(BLOG, evidence, WEEK, WEEK.settles).verdict is Verdict.UNMET


def test_another_post_at_an_address_that_counted_before_is_in_doubt() -> None:
    # Some sites have all their posts on one page.
    elsewhere = {"https://x.example/a": Claim(date(2026, 11, 9), "Last week's post")}
    finding = judge(BLOG, [feed(post(), post(BEFORE, "b"))], WEEK, FINAL, elsewhere)
    assert finding.verdict is Verdict.UNKNOWN
    assert "under another title" in finding.reason


def test_posts_that_differ_by_fragment_are_two() -> None:
    two = Requirement(RequirementId.BLOG, 2)
    assert judge(two, [feed(post(name="til#a"), post(name="til#b"))], WEEK, FINAL).count == 2


@pytest.mark.parametrize(
    "other",
    [
        post(None),
        post("2026-11-16T00:00:00Z"),
        post(doubt="perhaps a reply"),
        post(authors=("The Editors",)),
    ],
)
def test_the_order_of_addresses_decides_nothing(other: Item) -> None:
    hers = Requirement(RequirementId.BLOG, 1, author="Alice Doe")
    group = feed(other, post(BEFORE, "b", authors=("Bob",)), post(BEFORE, "c", authors=("Eve",)))
    own = feed(post(), post(BEFORE, "d"))
    assert judge(hers, [group, own], WEEK, FINAL).verdict is Verdict.MET
    assert judge(hers, [own, group], WEEK, FINAL).verdict is Verdict.MET


def test_copies_that_contradict_each_other_about_the_week_are_in_doubt() -> None:
    for evidence in ([feed(post()), feed(post(BEFORE))], [feed(post(BEFORE)), feed(post())]):
        finding = judge(BLOG, evidence, WEEK, FINAL)
        assert finding.verdict is Verdict.UNKNOWN
        assert "dated outside the week" in finding.reason


def test_two_dates_in_the_week_at_one_address_count_once_for_sure() -> None:
    two = Requirement(RequirementId.BLOG, 2)
    evidence = [feed(post(), post(date(2026, 11, 18)), post(BEFORE, "b"))]
    finding = judge(two, evidence, WEEK, FINAL)
    assert (finding.verdict, finding.count) == (Verdict.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("authors", "verdict"),
    [
        (("Alice Doe", "Bob"), Verdict.MET),
        (("Bob", "Alice Doe"), Verdict.MET),
        (("Jose\u0301 Pen\u0303a",), Verdict.UNMET),
        (("Alice Doe, Bob",), Verdict.UNKNOWN),
        (("alice@x.example",), Verdict.UNKNOWN),
        (("Bob",), Verdict.UNMET),
    ],
)
def test_a_post_of_several_authors_is_each_ones(authors: tuple[str, ...], verdict: Verdict) -> None:
    hers = Requirement(RequirementId.BLOG, 1, author="Alice Doe")
    others = post(BEFORE, "b", authors=("Carol",)), post(BEFORE, "c", authors=("Dave",))
    assert judge(hers, [feed(post(authors=authors), *others)], WEEK, FINAL).verdict is verdict


def test_a_name_is_the_same_in_every_form_of_unicode() -> None:
    his = Requirement(RequirementId.BLOG, 1, author="Jos\u00e9 Pe\u00f1a")
    items = post(authors=("Jose\u0301 Pen\u0303a",)), post(BEFORE, "b", authors=("Carol",))
    assert judge(his, [feed(*items)], WEEK, FINAL).verdict is Verdict.MET


def test_where_nobody_answered_there_is_no_number() -> None:
    failed = judge(CONTRIBUTIONS, [FAILED], WEEK, FINAL)
    assert (failed.commits, failed.contributions) == (None, None)
    answered = judge(CONTRIBUTIONS, [github()], WEEK, FINAL)
    assert (answered.commits, answered.contributions) == (0, 0)


def test_a_doubtful_post_at_an_address_that_counts_is_not_lost() -> None:
    two = Requirement(RequirementId.BLOG, 2)
    undated = Item(ItemKind.POST, "https://x.example/a", None, "Another post")
    finding = judge(two, [feed(post(), undated, post(BEFORE, "b"))], WEEK, FINAL)
    assert (finding.verdict, finding.count) == (Verdict.UNKNOWN, 1)
    assert "Another post" in finding.reason


def test_an_address_that_failed_beside_one_that_is_enough_is_told() -> None:
    broken = Failed("feed", "b", "https://b.example: there is nothing here (404)", "Correct it")
    finding = judge(BLOG, [feed(post()), broken], WEEK, FINAL)
    assert finding.verdict is Verdict.MET
    assert finding.notes == ("https://b.example: there is nothing here (404). Correct it",)
    assert judge(BLOG, [feed(post())], WEEK, FINAL).notes == ()


def test_nobodys_mail_address_is_told() -> None:
    hers = Requirement(RequirementId.BLOG, 1, author="Alice Doe")
    evidence = [feed(post(authors=("cy@private.example",)), post(BEFORE, "b", authors=("Bob",)))]
    assert "cy@" not in repr(judge(hers, evidence, WEEK, FINAL))
    two = [feed(post(authors=("Eve", "cy@private.example")), post(BEFORE, "b", authors=("Bob",)))]
    assert "cy@" not in repr(judge(hers, two, WEEK, FINAL))


def test_a_week_without_a_post_names_the_posts_around_it() -> None:
    after = date(2026, 12, 20)
    finding = judge(BLOG, [feed(post(after, "c"), post(BEFORE, "b"))], WEEK, FINAL)
    assert finding.verdict is Verdict.UNMET
    (note,) = finding.notes
    assert note.startswith("looked at 2 posts; nearest to the week: 'Post b' (")
    assert "'Post c' (2026-12-20)" in note
    assert judge(BLOG, [feed(post(), post(BEFORE, "b"))], WEEK, FINAL).notes == ()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("there is no token to ask with", "There is no token to ask with. Wait"),
        ("x.example asks to slow down", "x.example asks to slow down. Wait"),
        ("https://x.example/: it timed out", "https://x.example/: it timed out. Wait"),
        ("contacts.tracker is empty", "contacts.tracker is empty. Wait"),
    ],
)
def test_a_reason_is_a_row_of_sentences(reason: str, said: str) -> None:
    failed = Failed("feed", "https://x.example/feed", reason, "wait for it")
    finding = judge(CONTRIBUTIONS, [failed], WEEK, OPEN)
    assert f" has passed. {said} for it" in finding.reason
