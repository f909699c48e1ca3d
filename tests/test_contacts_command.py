"""``csc-verify contacts``, as a student and a coach call it, and digests as anybody checks them.

All names, employers and notes in the trackers here hold the letters ``qx``.
"""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.digests import digest, is_strong, week_key
from csc_verify.disclosure import (
    Disclosure,
    Row,
    Standing,
    confirm,
    disclose,
    from_document,
    to_document,
)
from csc_verify.errors import UsageError
from csc_verify.ledger import read_ledger
from csc_verify.model import ItemKind, RequirementId
from csc_verify.record import to_line
from tests.commands import Answer, call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from csc_verify.model import Report

KEY = "00112233445566778899aabbccddeeff"
CONFIG = """\
github: alice
timezone: America/New_York
since: 2026-11-09
scope: [contacts]
contacts: {tracker: env:CSC_CONTACTS, minimum: 3}
publish: {readme: false}
"""
TRACKER = """\
Date,Contact Name,Contact Title,Company,Relationship Type,Action,Follow-Up,Notes
2026-11-10,Eve Qxa,CTO,Qx Ltd,,Email,,Qx asked
2026-11-11,Fay Qxb,Dev,Qx Ltd,,Email,,Qx asked
2026-11-16,Ada Qxc,CTO,Qx Ltd,,Email,,"Qx asked how
her team works"
2026-11-17,Bo Qxd,Dev,Qx Ltd,,Email,,Qx said hi
2026-11-18,Cy Qxe,Dev,Qx Ltd,,Email,,Qx said hello
2026-11-18,Cy,Dev,Qx Ltd,,Email,,Qx left out
2026-11-24,Di Qxf,Dev,Qx Ltd,,Coffee,,Qx this week
"""
LOG = ".csc/log.jsonl"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's repository, with the command's working directory in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "csc.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "contacts.csv").write_text(TRACKER, "utf-8")
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    return {
        "CSC_CONTACTS": "contacts.csv",
        "CSC_CONTACTS_KEY": KEY,
        "CSC_VERIFY_NOW": "2026-11-24T14:00:00Z",
        "CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
        **more,
    }


def contacts(*arguments: str, **env: str) -> Answer:
    return call("contacts", *arguments, env=environment(**env))


@pytest.fixture
def published(folder: Path) -> Path:
    """The same, after a weekly run."""
    answer = call("run", "--publish", "files", env=environment())
    assert answer.code == 0, answer.err
    return folder


@pytest.fixture
def revealed(published: Path) -> Path:
    """The file that a student hands to a coach."""
    answer = contacts("reveal", "--out", "revealed.json")
    assert answer.code == 0, answer.err
    return published / "revealed.json"


def line_of(folder: Path, week: str = "2026-11-16") -> Report:
    report = read_ledger((folder / LOG).read_text("utf-8")).of_week(date.fromisoformat(week))
    assert report is not None
    return report


# --- digests -------------------------------------------------------------------------------------

WEEK_KEY = "eab46d3f3cc266967583c072a63efe2664189b68cfe25348546327bf8647faf1"
VECTORS = [
    (
        ("2026-11-17", "Ada", "Example", "CTO", "Example Ltd", "Asked how her team reviews code"),
        "52c1b8f27cf4a0226f390214b6879210c1527886efc3621e1fae1af30bfaa05a",
    ),
    (
        (
            "2026-11-18",
            "Zoë",
            "O\u2019Brien",
            "Head of Design",
            "Example GmbH",
            "Coffee; sent my portfolio",
        ),
        "f32d3f70ea7cb598d5904bc2612da486ae4586bb919e5dcfb440b6246521eb14",
    ),
]


def test_a_weeks_key_is_what_another_tool_computes() -> None:
    # Made with OpenSSL, as the documentation shows.
    assert week_key(KEY, "contacts", "alice", date(2026, 11, 16)).hex() == WEEK_KEY
    assert week_key(KEY, "contacts", "Alice", date(2026, 11, 16)).hex() == WEEK_KEY
    assert (
        week_key(KEY, "design", "alice", date(2026, 11, 16)).hex()
        == "11c7c026bd1a54e53d7a4d3c71ac32c1f460bca8467c44de229bbcb054013042"
    )


@pytest.mark.parametrize(("fields", "expected"), VECTORS)
def test_a_digest_is_what_another_tool_computes(fields: tuple[str, ...], expected: str) -> None:
    assert digest(bytes.fromhex(WEEK_KEY), "contact", fields) == expected
    page = (Path(__file__).parents[1] / "docs" / "your-key.md").read_text("utf-8")
    assert expected in page
    assert WEEK_KEY in page


@pytest.mark.parametrize(
    ("one", "other"), [("Ada  Qx\n", " Ada Qx"), ("Zoe\u0308", "Zoë"), ("a\u00a0b", "a b")]
)
def test_spaces_and_encodings_of_letters_make_no_other_digest(one: str, other: str) -> None:
    assert digest(b"k", "contact", [one]) == digest(b"k", "contact", [other])


@given(st.lists(st.text(), min_size=6, max_size=6), st.integers(0, 5))
def test_a_text_moved_from_one_field_to_the_next_is_another_row(row: list[str], at: int) -> None:
    moved = [*row]
    moved[at], moved[(at + 1) % 6] = "", f"{row[at]} {row[(at + 1) % 6]}"
    same = [" ".join(text.split()) for text in row] == [" ".join(text.split()) for text in moved]
    digests = {digest(b"k", "contact", row), digest(b"k", "contact", moved)}
    assert len(digests) == (1 if same else 2)


def test_each_week_account_and_purpose_has_a_key_of_its_own() -> None:
    keys = {
        week_key(KEY, purpose, account, date(2026, 11, day))
        for purpose in ("contacts", "design")
        for account in ("alice", "bob")
        for day in (9, 16)
    }
    assert len(keys) == 8
    assert KEY.encode() not in keys


@pytest.mark.parametrize("secret", ["short", "a" * 64, "ab" * 40, "password"])
@pytest.mark.usefixtures("folder")
def test_a_key_that_can_be_guessed_is_refused_and_not_repeated(secret: str) -> None:
    assert not is_strong(secret)
    answer = call("check", env=environment(CSC_CONTACTS_KEY=secret))
    assert answer.code == 2
    assert "CSC_CONTACTS_KEY: is too easy to guess" in answer.err
    assert "csc-verify contacts key" in answer.err
    assert secret not in answer.out + answer.err


def test_a_key_that_is_made_is_strong_and_never_the_same() -> None:
    one, other = contacts("key"), contacts("key")
    assert is_strong(one.out.strip())
    assert one.out != other.out
    assert "password manager" in one.err


# --- what is published ---------------------------------------------------------------------------


def test_the_log_holds_a_digest_for_each_contact_that_counts_and_nothing_else(
    published: Path,
) -> None:
    log = (published / LOG).read_text("utf-8")
    week = json.loads(log.splitlines()[-1])
    evidence = week["requirements"][2]["evidence"]
    assert len(evidence) == 3
    for entry in evidence:
        assert set(entry) == {"kind", "digest"}
        assert entry["kind"] == "contact"
    # In the order of their own digits, so that nothing tells the order of rows.
    key = week_key(KEY, "contacts", "alice", date(2026, 11, 16))
    rows = [
        ("2026-11-16", "Ada", "Qxc", "CTO", "Qx Ltd", "Qx asked how her team works"),
        ("2026-11-17", "Bo", "Qxd", "Dev", "Qx Ltd", "Qx said hi"),
        ("2026-11-18", "Cy", "Qxe", "Dev", "Qx Ltd", "Qx said hello"),
    ]
    in_order = [digest(key, "contact", row) for row in rows]
    assert [entry["digest"] for entry in evidence] == sorted(in_order) != in_order
    assert to_line(line_of(published)) == log.splitlines()[-1]
    everything = "".join(file.read_text("utf-8") for file in (published / ".csc").iterdir())
    assert "qx" not in everything.lower()
    assert KEY not in everything


@pytest.mark.usefixtures("folder")
def test_a_contact_of_the_future_tells_no_day() -> None:
    early = {"CSC_VERIFY_NOW": "2026-11-17T14:00:00Z"}
    answer = call("check", "--week", "this", "--format", "json", env=environment(**early))
    left_out = json.loads(answer.out)["requirements"][2]["left_out"]
    assert "dated in the future" in {entry["why"] for entry in left_out}
    assert "2026-11-18" not in json.dumps(left_out)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("count", 8, "the log counts 8 contacts, and has 3 digests"),
        ("count", 2, "the log counts 2 contacts, and has 3 digests"),
    ],
)
def test_a_log_whose_number_is_not_that_of_its_digests_confirms_nothing(
    revealed: Path, field: str, value: int, said: str
) -> None:
    log = revealed.parent / LOG
    lines = log.read_text("utf-8").splitlines()
    week = json.loads(lines[-1])
    week["requirements"][2][field] = value
    log.write_text("\n".join([*lines[:-1], json.dumps(week)]) + "\n", "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 1
    assert said in answer.out.lower()


@pytest.mark.parametrize(
    ("requirement", "evidence"),
    [
        (0, [{"kind": "commit", "digest": "b" * 64}]),
        (1, [{"kind": "post", "digest": "b" * 64}]),
        (2, [{"kind": "module", "digest": "b" * 64}]),
        (2, [{"kind": "contact", "digest": "b" * 64}] * 2),
        (2, [{"kind": "contact", "digest": "B" * 64}]),
        (2, [{"kind": "contact", "digest": "b" * 63}]),
    ],
)
def test_a_digest_where_none_belongs_makes_a_line_unreadable(
    published: Path, requirement: int, evidence: list[dict[str, str]]
) -> None:
    week = json.loads((published / LOG).read_text("utf-8").splitlines()[-1])
    week["requirements"][requirement]["evidence"] = evidence
    ledger = read_ledger(json.dumps(week))
    assert ledger.reports == ()
    assert "digest" in ledger.problems[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: row.update(date="2020-01-01"), "row 1 is dated outside of the week"),
        (lambda row: row.update(employer=" "), "row 1 has an empty field"),
    ],
)
def test_a_row_that_no_run_would_have_counted_is_doubted(
    published: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    """Whoever writes digests by hand can commit to anything; it must not look like a contact."""
    key = week_key(KEY, "contacts", "alice", date(2026, 11, 16))
    answer = contacts("reveal")
    data = json.loads(answer.out)
    change(data["rows"][0])
    names = ("date", "first_name", "last_name", "title", "employer", "summary")
    sealed = [digest(key, "contact", [row[name] for name in names]) for row in data["rows"]]
    lines = (published / LOG).read_text("utf-8").splitlines()
    week = json.loads(lines[-1])
    week["requirements"][2]["evidence"] = [{"kind": "contact", "digest": it} for it in sealed]
    (published / LOG).write_text(json.dumps(week) + "\n", "utf-8")
    (published / "revealed.json").write_text(json.dumps(data), "utf-8")
    told = contacts("confirm", "revealed.json", "--log", LOG)
    assert told.code == 1
    assert said in told.out.lower()


def test_marks_without_end_keep_nobody_busy(published: Path) -> None:
    row = Row(ItemKind.CONTACT, ("2026-11-17", "A" + "\u0301\u0316" * 9_000, "B", "C", "D", "E"))
    shown = Disclosure(RequirementId.CONTACTS, "alice", date(2026, 11, 16), bytes(32), (row,))
    # In the order of the standard's own making this would take seconds for one field.
    assert from_document(to_document(shown)) == shown
    assert confirm(shown, line_of(published)).rows[0][1] is Standing.NOT_COUNTED
    long = json.loads(to_document(shown))
    long["rows"][0]["title"] = "x" * 20_001
    with pytest.raises(UsageError, match="longer than 20,000"):
        from_document(json.dumps(long))


@pytest.mark.parametrize("secret", ["\udcff" + "0123456789abcdef" * 3, "a\nb" + "0123456789" * 4])
def test_a_key_with_signs_that_no_key_has_is_refused(folder: Path, secret: str) -> None:
    assert folder.is_dir()
    answer = call("check", env=environment(CSC_CONTACTS_KEY=secret))
    assert answer.code == 2
    assert "holds characters that no key has" in answer.err


def test_without_a_key_the_log_holds_the_count_alone(folder: Path) -> None:
    call("run", "--publish", "files", env=environment(CSC_CONTACTS_KEY=""))
    finding = line_of(folder).finding(RequirementId.CONTACTS)
    assert (finding.count, finding.evidence) == (3, ())
    answer = contacts("reveal")
    assert answer.code == 2
    assert "counted without CSC_CONTACTS_KEY can't be revealed" in answer.err


def test_a_second_run_changes_nothing(published: Path) -> None:
    before = (published / LOG).read_bytes()
    answer = call("run", "--publish", "files", env=environment())
    assert "Nothing is new" in answer.err
    assert (published / LOG).read_bytes() == before


def test_people_are_told_that_private_items_have_digests(published: Path) -> None:
    page = (published / ".csc" / "log.md").read_text("utf-8")
    assert "3 items are private; the log has a digest of each" in page
    assert "](#2026-11-16)" in page
    for format_ in ("text", "markdown"):
        answer = call("check", "--format", format_, env=environment())
        assert "3 items are private" in answer.out


# --- reveal and confirm --------------------------------------------------------------------------


def test_what_is_revealed_is_confirmed_row_by_row(revealed: Path) -> None:
    assert revealed.stat().st_mode & 0o777 == 0o600
    answer = contacts("confirm", "revealed.json", "--log", LOG, CSC_CONTACTS_KEY="")
    assert answer.code == 0
    assert answer.out.count("✓ confirmed") == 3
    assert 'contact: "2026-11-16", "Ada", "Qxc", "CTO", "Qx Ltd"\n' in answer.out
    assert (
        "All 3 contacts that counted of this week are shown, unchanged. The log says: met, 3 of 3."
        in answer.out
    )
    assert "Eve" not in answer.out
    assert "Di" not in answer.out


def test_a_reveal_tells_nothing_of_other_weeks(revealed: Path) -> None:
    text = revealed.read_text("utf-8")
    assert KEY not in text
    shown = from_document(text)
    other = line_of(revealed.parent, "2026-11-09")
    # Whoever holds this week's key can't even test a right guess about another week.
    guess = Row(ItemKind.CONTACT, ("2026-11-10", "Eve", "Qxa", "CTO", "Qx Ltd", "Qx asked"))
    digests = {e.digest for e in other.finding(RequirementId.CONTACTS).evidence}
    assert (
        digest(week_key(KEY, "contacts", "alice", date(2026, 11, 9)), "contact", guess.fields)
        in digests
    )
    assert digest(shown.key, "contact", guess.fields) not in digests


def _change(name: str, value: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data["rows"][0][name] = value

    return change


def _add(data: dict[str, Any]) -> None:
    data["rows"].append({**data["rows"][0], "first_name": "Mallory"})


def _drop(data: dict[str, Any]) -> None:
    data["rows"].pop()


def _repeat(data: dict[str, Any]) -> None:
    data["rows"][1] = data["rows"][0]


def _swap(data: dict[str, Any]) -> None:
    one, other = data["rows"][0], data["rows"][1]
    one["summary"], other["summary"] = other["summary"], one["summary"]


def _other_key(data: dict[str, Any]) -> None:
    data["key"] = week_key(KEY, "contacts", "alice", date(2026, 11, 9)).hex()


def _other_week(data: dict[str, Any]) -> None:
    data["week"] = "2026-11-09"


@pytest.mark.parametrize(
    ("tamper", "confirmed", "said"),
    [
        (_change("first_name", "Adam"), 2, "not shown, or changed since: 1"),
        (_change("title", "CEO"), 2, "or of another key): 1"),
        (_change("summary", "Qx asked"), 2, "or of another key): 1"),
        (_change("date", "2026-11-19"), 2, "not shown, or changed since: 1"),
        (_add, 3, "or of another key): 1"),
        (_drop, 2, "not shown, or changed since: 1"),
        (_repeat, 2, "not shown, or changed since: 1"),
        (_swap, 1, "not shown, or changed since: 2"),
        (_other_key, 0, "or of another key): 3"),
        (_other_week, 0, "not shown, or changed since: 2"),
    ],
)
def test_whatever_is_tampered_with_is_told(
    revealed: Path, tamper: Callable[[dict[str, Any]], None], confirmed: int, said: str
) -> None:
    data = json.loads(revealed.read_text("utf-8"))
    tamper(data)
    revealed.write_text(json.dumps(data), "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 1
    assert answer.out.count("✓ confirmed") == confirmed
    assert said in answer.out


def test_a_digest_taken_out_of_the_log_is_told(revealed: Path) -> None:
    log = revealed.parent / LOG
    lines = log.read_text("utf-8").splitlines()
    week = json.loads(lines[-1])
    week["requirements"][2]["evidence"].pop()
    log.write_text("\n".join([*lines[:-1], json.dumps(week)]) + "\n", "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 1
    assert "or of another key): 1" in answer.out


def test_a_row_that_is_shown_twice_is_told_as_that(revealed: Path) -> None:
    data = json.loads(revealed.read_text("utf-8"))
    data["rows"].append(data["rows"][0])
    shown = from_document(json.dumps(data))
    standings = [standing for _, standing in confirm(shown, line_of(revealed.parent)).rows]
    assert standings == [*[Standing.CONFIRMED] * 3, Standing.REPEATED]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.pop("key"), "it does not hold exactly"),
        (lambda data: data.update(extra=1), "it does not hold exactly"),
        (lambda data: data.update(schema=2), "a schema that this version can't read"),
        (lambda data: data.update(of="blog"), "'of' is neither contacts nor design"),
        (lambda data: data.update(key="zz"), "'key' is not 64 hexadecimal digits"),
        (lambda data: data.update(week="soon"), "'week' is not a day"),
        (lambda data: data.update(rows={}), "'rows' is not a list"),
        (lambda data: data["rows"][0].update(praise="hired!"), "row 1 does not hold exactly"),
        (lambda data: data["rows"][1].update(title=5), "'title' of row 2 is not text"),
        (lambda data: data["rows"][1].update(title="\ud800"), "'title' of row 2 is not text"),
        (lambda data: data["rows"][1].update(kind="module"), "row 2 is of no kind"),
        (lambda data: data.update(week="2026-10-05"), "no line for the week of 2026-10-05"),
    ],
)
def test_a_file_that_is_no_reveal_is_refused_with_its_reason(
    revealed: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    data = json.loads(revealed.read_text("utf-8"))
    change(data)
    revealed.write_text(json.dumps(data), "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "qx" not in answer.err.lower()


@pytest.mark.parametrize("content", ["", "[]", "null", "{", "[" * 100_000, "\x00", "1e999"])
def test_any_other_file_is_no_reveal(published: Path, content: str) -> None:
    (published / "revealed.json").write_text(content, "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 2
    assert "can't be used" in answer.err


def test_what_a_reveal_says_reaches_the_terminal_without_its_signs(revealed: Path) -> None:
    data = json.loads(revealed.read_text("utf-8"))
    data["rows"][0]["first_name"] = "\x1b[2J\u202eAda"
    data["account"] = "\x1b]0;x\x07mallory"
    revealed.write_text(json.dumps(data), "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "about another account than the log: ]0;xmallory" in answer.out


def test_rows_of_another_account_are_not_confirmed(revealed: Path) -> None:
    data = json.loads(revealed.read_text("utf-8"))
    data["account"] = "bob"
    revealed.write_text(json.dumps(data), "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 1
    assert "about another account than the log: bob" in answer.out


def test_the_whole_of_what_is_confirmed_is_shown(folder: Path) -> None:
    long = "Qx " + "told me at length about her way into the field " * 30
    (folder / "contacts.csv").write_text(TRACKER.replace("Qx said hello", long), "utf-8")
    call("run", "--publish", "files", env=environment())
    contacts("reveal", "--out", "revealed.json")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert answer.code == 0
    assert answer.out.replace("\n", " ").count("way into the") + answer.out.count("way\n") >= 28
    assert max(map(len, answer.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "<!DOCTYPE html><title>log.jsonl</title>\n<p>…",
            "is a web page. Open log.jsonl on GitHub",
        ),
        ("# Job-search log of alice\n\n| Week |", "is no log. Open log.jsonl on GitHub, press Raw"),
    ],
)
def test_what_is_no_log_is_told_as_that(revealed: Path, content: str, said: str) -> None:
    (revealed.parent / "other").write_text(content, "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", "other")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_log_at_an_address_that_does_not_answer_is_told(revealed: Path) -> None:
    answer = contacts("confirm", str(revealed), "--log", "https://127.0.0.1:1/log.jsonl")
    assert answer.code == 2
    assert "Try again later, or save log.jsonl and name the file" in answer.err
    assert "next run" not in answer.err


def test_of_a_week_in_which_nothing_counted_there_is_nothing_to_reveal(folder: Path) -> None:
    (folder / "contacts.csv").write_text(TRACKER.splitlines()[0] + "\n", "utf-8")
    call("run", "--publish", "files", env=environment())
    answer = contacts("reveal")
    assert answer.code == 2
    assert "nothing counted for contacts in the week of 2026-11-16" in answer.err


def test_a_row_that_turns_the_order_of_dates_takes_no_older_one_away(folder: Path) -> None:
    lines = ["Date,Contact Name,Contact Title,Company,Notes"]
    lines += [
        f"{date_},{name} Qx{name},CTO,Qx Ltd,Wrote"
        for date_, name in (("11/16/2026", "Ada"), ("11/12/2026", "Bo"), ("11/17/2026", "Cy"))
    ]
    tracker = folder / "contacts.csv"
    tracker.write_text("\n".join(lines) + "\n", "utf-8")
    call("run", "--publish", "files", env=environment())
    assert contacts("reveal", "--week", "2026-11-09").code == 0
    tracker.write_text("\n".join([*lines, "24/11/2026,Di Qxd,CTO,Qx Ltd,Wrote"]) + "\n", "utf-8")
    for week, count in (("2026-11-09", 1), ("2026-11-16", 2)):
        answer = contacts("reveal", "--week", week)
        assert answer.code == 0, answer.err
        assert len(json.loads(answer.out)["rows"]) == count


def test_a_row_that_was_edited_since_is_left_out_of_the_reveal_and_told(published: Path) -> None:
    edited = TRACKER.replace("2026-11-17,Bo Qxd,Dev", "2026-11-17,Bo Qxd,Lead")
    added = edited + "2026-11-19,Gil Qxg,Dev,Qx Ltd,,Email,,Qx came later\n"
    (published / "contacts.csv").write_text(added, "utf-8")
    answer = contacts("reveal", "--out", "revealed.json")
    assert answer.code == 1
    assert "2 of the 3 rows that counted" in answer.err
    text = (published / "revealed.json").read_text("utf-8")
    assert "Bo" not in text
    assert "Gil" not in text
    assert "qx" not in answer.err.lower()


@pytest.mark.usefixtures("published")
def test_another_key_reveals_nothing() -> None:
    answer = contacts("reveal", CSC_CONTACTS_KEY="ffeeddccbbaa99887766554433221100")
    assert (answer.code, answer.out) == (2, "")
    assert "none of the 3 rows that counted was found" in answer.err


def test_a_week_is_revealed_although_the_account_was_renamed_since(published: Path) -> None:
    config = published / ".github" / "csc.yml"
    config.write_text(CONFIG.replace("github: alice", "github: alice-doe"), "utf-8")
    answer = contacts("reveal", "--out", "revealed.json")
    assert answer.code == 0, answer.err
    assert json.loads((published / "revealed.json").read_text("utf-8"))["account"] == "alice"


def test_a_reveal_overwrites_nothing(revealed: Path) -> None:
    before = revealed.read_bytes()
    answer = contacts("reveal", "--out", "revealed.json")
    assert answer.code == 2
    assert "is there already" in answer.err
    assert revealed.read_bytes() == before


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"CSC_CONTACTS_KEY": ""}, "CSC_CONTACTS_KEY is not set"),
        ({"CSC_CONTACTS": ""}, "the tracker is configured to be in CSC_CONTACTS, which is empty"),
        ({"CSC_CONTACTS": "nowhere.csv"}, "is not where it is configured to be"),
    ],
)
@pytest.mark.usefixtures("published")
def test_what_is_missing_for_a_reveal_is_said(env: dict[str, str], said: str) -> None:
    answer = contacts("reveal", **env)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize(
    "doing", [("reveal",), ("key",), ("confirm", "revealed.json", "--log", LOG)]
)
@pytest.mark.usefixtures("revealed")
def test_no_job_shows_names(doing: tuple[str, ...]) -> None:
    answer = contacts(*doing, GITHUB_ACTIONS="true")
    assert (answer.code, answer.out) == (2, "")
    assert "Run it on your own computer" in answer.err
    assert "qx" not in answer.err.lower()


def test_design_links_are_revealed_and_confirmed_alike() -> None:
    key = week_key(KEY, "design", "alice", date(2026, 11, 16))
    rows = (Row(ItemKind.MODULE, ("2026-11-17", "Grids", "https://example.com/grids")),)
    shown = Disclosure(RequirementId.DESIGN, "alice", date(2026, 11, 16), key, rows)
    assert from_document(to_document(shown)) == shown
    assert (
        digest(key, ItemKind.MODULE, rows[0].fields)
        == "44f8c254eeb71b82116c474a31188708dff53d6b201012de85811050728ea5cc"
    )


# --- lint and template ---------------------------------------------------------------------------


def test_the_template_is_a_tracker_with_every_heading(folder: Path) -> None:
    answer = contacts("template", "--out", "empty.csv")
    assert answer.code == 0
    linted = contacts("lint", "empty.csv")
    assert linted.code == 1
    assert "0 of 3 contacts count" in linted.out
    assert linted.out.count("column") >= 8
    assert contacts("template").out == (folder / "empty.csv").read_text("utf-8")
    filled = contacts("template").out + "2026-11-24,Ada Qx,CTO,Qx Ltd,,Email,,Asked\n"
    (folder / "mine.csv").write_text(filled, "utf-8")
    assert "1 of 3 contacts count" in contacts("lint", "mine.csv").out


@pytest.mark.usefixtures("folder")
def test_lint_tells_what_would_count_this_week_by_rows_and_without_names() -> None:
    answer = contacts("lint", "contacts.csv")
    assert answer.code == 1
    assert "Week of 23–29 Nov 2026 in America/New_York time" in answer.out
    assert "1 of 3 contacts count; 2 more by 2026-11-29." in answer.out
    assert "row 8 counts" in answer.out
    assert "qx" not in (answer.out + answer.err).lower()


@pytest.mark.usefixtures("folder")
def test_lint_tells_what_is_missing() -> None:
    answer = contacts("lint", "contacts.csv", "--week", "2026-11-16")
    assert answer.code == 0
    assert "3 contacts count, 3 needed: enough." in answer.out
    assert "row 7, column B: no last name. Write the person's first and last name" in answer.out
    assert "  rows 2, 3, 8: of another week (2 before, 1 after)\n" in answer.out


def test_lint_tells_every_row_in_order(folder: Path) -> None:
    rows = (
        *("2026-11-17,Ada Qxa,CTO,Qx Ltd,,Email,,Asked", "soon,Bo Qxb,CTO,Qx Ltd,,Email,,Asked"),
        *("2026-11-17,Cy,CTO,Qx Ltd,,Email,,Asked", "once,Di Qxd,CTO,Qx Ltd,,Email,,Asked"),
        *("2026-11-01,Eve Qxe,CTO,Qx Ltd,,Email,,Asked", ",Qx,,,,,,total", ",Qx,,,,,,total"),
        *("2026-11-02,Eve Qxe,CTO,Qx Ltd,,Email,,Asked",) * 3,
    )
    tracker = "\n".join([TRACKER.splitlines()[0], *rows])
    (folder / "contacts.csv").write_text(tracker, "utf-8")
    answer = contacts("lint", "contacts.csv", "--week", "2026-11-16")
    assert answer.code == 1
    told = answer.out.split("\n\n")[2].splitlines()
    assert told == [
        "1 of 3 contacts count; the week is over.",
        "2 more may count, once their dates are clear; until then the week is unknown.",
        "  row 2 counts",
        "  row 3, column A may count: its date can't be read; write it like 2026-11-17",
        "  row 4, column B: no last name. Write the person's first and last name",
        "  row 5, column A may count: its date can't be read; write it like 2026-11-17",
        "  rows 6, 9\u201311: of another week (4 before)",
        "  rows 7, 8: neither a date nor a last name, so they aren't looked at",
    ]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (
            "Networking",
            "1 more may count, once what is said of them below is mended.\n",
        ),
        ("Applied", "1 of 3 contacts count; the week is over.\n  row 2 counts"),
    ],
)
def test_lint_says_whether_more_may_count(folder: Path, action: str, said: str) -> None:
    head = TRACKER.splitlines()[0]
    rows = f"2026-11-17,Ada Qxa,CTO,Qx,,,,Qx\n2026-11-17,Bo Qxb,CTO,Qx,,{action},,Qx\n"
    (folder / "contacts.csv").write_text(f"{head}\n{rows}", "utf-8")
    assert said in contacts("lint", "contacts.csv", "--week", "2026-11-16").out


def test_lint_counts_rows_of_other_weeks_without_a_year(folder: Path) -> None:
    rows = "11/17,Ada Qxa,CTO,Qx,,,,Qx\n10/3,Bo Qxb,CTO,Qx,,,,Qx\n"
    (folder / "contacts.csv").write_text(f"{TRACKER.splitlines()[0]}\n{rows}", "utf-8")
    out = contacts("lint", "contacts.csv", "--week", "2026-11-16").out
    assert "  row 2, column A may count: its date has no year; write it like 2026-11-17\n" in out
    assert "  row 3: of another week (1 without a year)\n" in out


def test_lint_tells_all_columns_of_a_field_and_which_are_guessed(folder: Path) -> None:
    rows = "Ada Qxa,CTO,Qx,2026-11-24,,Asked her\nBo Qxb,CTO,Qx,2026-11-24,Asked him,\n"
    head = "Name,Title,Company,On,Summary,Notes\n"
    (folder / "contacts.csv").write_text(head + rows, "utf-8")
    out = contacts("lint", "contacts.csv").out
    assert "  summary         column F, else column E\n" in out
    assert "  date            column D (a guess, by what stands in it)\n" in out
    assert "row 2, column D may count: that the column is the date is a guess" in out


def test_a_report_is_silent_about_rows_of_other_weeks(published: Path) -> None:
    left_out = line_of(published).finding(RequirementId.CONTACTS).left_out
    assert [entry.what for entry in left_out] == ["row 7, column B"]


def test_lint_lists_every_row_however_many(folder: Path) -> None:
    rows = "".join(f"2026-11-24,Ada,CTO,Qx {n},,Email,,x\n" for n in range(60))
    (folder / "contacts.csv").write_text(TRACKER.splitlines()[0] + "\n" + rows, "utf-8")
    assert contacts("lint", "contacts.csv").out.count("no last name") == 60


def test_lint_needs_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contacts.csv").write_text(TRACKER, "utf-8")
    answer = contacts("lint", "contacts.csv")
    assert "1 of 8 contacts count" in answer.out
    assert "in UTC time" in answer.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the tracker is empty"),
        ("First Name,Last Name,Company,Position,Connected On\n", "has no column for Notes"),
        ("Qxa,Qxb\n1,2\n", "has no headings that are known"),
    ],
)
def test_lint_says_why_a_tracker_cant_be_used(folder: Path, content: str, said: str) -> None:
    (folder / "contacts.csv").write_text(content, "utf-8")
    answer = contacts("lint", "contacts.csv")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "qx" not in answer.err.lower()
    assert "there is no nowhere.csv" in contacts("lint", "nowhere.csv").err


# --- nothing of anybody leaks --------------------------------------------------------------------

TRACKERS = Path(__file__).parent / "data" / "trackers"
FILES = sorted(path.name for path in TRACKERS.iterdir() if path.suffix != ".json")
BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda content: content,
    "cut off": lambda content: content[: len(content) * 2 // 3],
    "without headings": lambda content: content.split(b"\n", 1)[-1],
    "an open quote": lambda content: content.replace(b"\n", b'\n"', 2),
    "headings last": lambda content: b"\n".join(reversed(content.split(b"\n"))),
    "half a character": lambda content: content + b"\xff\xfe\xc3",
    "nul bytes": lambda content: content.replace(b",", b",\0", 3),
    "as yaml": lambda content: b"contacts:\n- " + content,
}


@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize("file", FILES)
def test_no_name_leaves_the_tracker(folder: Path, file: str, how: str) -> None:
    tracker = BREAKS[how]((TRACKERS / file).read_bytes())
    (folder / "contacts.csv").write_bytes(tracker)
    runner = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "RUNNER_TEMP": str(folder / "temp"),
    }
    told = [
        call("run", "--publish", "files", env=environment(**runner)),
        *(call("check", "--format", it, env=environment()) for it in ("text", "json", "markdown")),
        contacts("lint", "contacts.csv", "--week", "last"),
    ]
    assert told[0].code == 0, told[0].err
    written = [
        path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"contacts.csv", "csc.yml"}
    ]
    assert len(written) >= 8
    everything = "".join([*(answer.out + answer.err for answer in told), *written])
    assert "qx" not in everything.lower()
    assert KEY not in everything


@pytest.mark.parametrize(
    "place",
    [
        "https://qx.invalid/qx.csv?qx=1",
        "http://127.0.0.1:9/qx",
        "https://127.0.0.1:1/qx",
        "qx/nowhere.csv",
        "https://qx qx",
        "ftp://qx.example/qx",
        "Name,Title,Company,Date,Notes\nAda Qx,CTO,Qx Ltd,2026-11-17,Qx",
    ],
)
@pytest.mark.usefixtures("folder")
def test_no_place_of_a_tracker_is_told(place: str) -> None:
    for arguments in (("check",), ("run", "--publish", "files")):
        answer = call(*arguments, env=environment(CSC_CONTACTS=place, GITHUB_ACTIONS=""))
        assert "qx" not in (answer.out + answer.err).lower()
        assert "defect" not in answer.err


ROWS = st.lists(
    st.builds(
        lambda *fields: Row(ItemKind.CONTACT, fields),
        *(st.text(st.characters(exclude_categories=["Cs"]), max_size=8) for _ in range(6)),
    ),
    max_size=6,
)


@given(ROWS)
def test_a_document_is_read_as_it_was_written(rows: list[Row]) -> None:
    key = week_key(KEY, "contacts", "alice", date(2026, 11, 16))
    shown = Disclosure(RequirementId.CONTACTS, "alice", date(2026, 11, 16), key, tuple(rows))
    assert from_document(to_document(shown)) == shown


def test_a_document_that_is_too_long_is_refused() -> None:
    with pytest.raises(UsageError, match="longer than"):
        from_document(" " * 20_000_001)


def test_only_rows_that_the_log_has_are_disclosed(published: Path) -> None:
    line = line_of(published)
    real = Row(ItemKind.CONTACT, ("2026-11-17", "Bo", "Qxd", "Dev", "Qx Ltd", "Qx said hi"))
    again = Row(ItemKind.CONTACT, (*real.fields[:5], "Qx  said hi"))
    other = Row(ItemKind.CONTACT, (*real.fields[:5], "Qx said nothing"))
    found = disclose([other, real, again], RequirementId.CONTACTS, line, KEY, ["bob", "alice"])
    assert (found.account, found.rows) == ("alice", (real,))


# --- what is handed over, to the letter -----------------------------------------------------------


def test_what_is_revealed_is_this_document(published: Path) -> None:
    assert published.is_dir()
    assert json.loads(contacts("reveal").out) == {
        "schema": 1,
        "of": "contacts",
        "account": "alice",
        "week": "2026-11-16",
        "key": "eab46d3f3cc266967583c072a63efe2664189b68cfe25348546327bf8647faf1",
        "rows": [
            {
                "kind": "contact",
                "date": "2026-11-16",
                "first_name": "Ada",
                "last_name": "Qxc",
                "title": "CTO",
                "employer": "Qx Ltd",
                "summary": "Qx asked how\nher team works",
            },
            {
                "kind": "contact",
                "date": "2026-11-17",
                "first_name": "Bo",
                "last_name": "Qxd",
                "title": "Dev",
                "employer": "Qx Ltd",
                "summary": "Qx said hi",
            },
            {
                "kind": "contact",
                "date": "2026-11-18",
                "first_name": "Cy",
                "last_name": "Qxe",
                "title": "Dev",
                "employer": "Qx Ltd",
                "summary": "Qx said hello",
            },
        ],
    }


@pytest.fixture
def served(revealed: Path) -> Iterator[str]:
    """The log's folder at an address, as a coach finds it on GitHub."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(revealed.parent / ".csc"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_log_at_an_address_is_what_rows_are_compared_with(served: str) -> None:
    answer = contacts("confirm", "revealed.json", "--log", f"{served}/log.jsonl")
    assert answer.code == 0, answer.err
    assert answer.out.count("✓ confirmed") == 3
    missing = contacts("confirm", "revealed.json", "--log", f"{served}/nowhere.jsonl")
    assert missing.code == 2
    assert "there is no log at that address. Open log.jsonl on GitHub, press Raw" in missing.err


def test_a_log_without_digests_confirms_nothing(revealed: Path) -> None:
    log = revealed.parent / LOG
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    for week in lines:
        week["requirements"][2]["evidence"] = []
    log.write_text("".join(json.dumps(week) + "\n" for week in lines), "utf-8")
    answer = contacts("confirm", "revealed.json", "--log", LOG)
    assert (answer.code, answer.out) == (2, "")
    assert "It was counted without a key" in answer.err
