"""The configuration: what is accepted, what every mistake is answered with, and its JSON Schema."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from pydantic import ValidationError

from csc_verify import config
from csc_verify.config import Config, Weekday, config_from_options, read_config
from csc_verify.config.json_schema import json_schema, schema_text
from csc_verify.config.problems import SECTIONS
from csc_verify.config.yaml_tree import MAX_BYTES, MAX_DEPTH
from csc_verify.errors import ConfigError, Problem
from csc_verify.model import (
    DEFAULT_MINIMUMS,
    Commitment,
    CountBasis,
    Pause,
    RequirementId,
    Track,
)
from csc_verify.week import WeekStart

FILE = ".github/csc.yml"

WHOLE = """\
github: alice                 # default: the repository's owner
track: software-engineering
timezone: America/New_York    # default UTC
week_starts: sunday
since: 2026-09-07             # first day of the commitment
until: 2027-03-01             # optional
pauses:                       # optional
  - {from: 2026-12-21, to: 2027-01-03, reason: winter break}
scope: [contributions, blog, contacts]
contributions: {minimum: 4, count: commits}
blog:
  minimum: 2
  urls: [https://alice.example/blog]
  author: Alice Doe
  topics: [python, data]
contacts:
  minimum: 9
  tracker: env:CSC_CONTACTS
  columns: {title: Role}
design:
  minimum: 3
  activities: design.yml
  specialization: ux
  challenge_sites: [designchallenge.xyz]
publish: {directory: .csc, readme: README.md, branch: main}
reminders: false
"""

SCHEMA = Draft202012Validator(json_schema())


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(text.encode() if isinstance(text, str) else text, FILE)
    return caught.value.problems


def read(text: str) -> Config:
    return read_config(text.encode(), FILE)


# What is accepted


def test_the_whole_file_says_what_it_says() -> None:
    whole = read(WHOLE)

    assert whole.github == "alice"
    assert whole.zone() == ZoneInfo("America/New_York")
    assert whole.blog.urls == ("https://alice.example/blog",)
    assert whole.blog.topics == ("python", "data")
    assert whole.contacts.tracker == "env:CSC_CONTACTS"
    assert whole.contacts.columns == (("title", "Role"),)
    assert whole.design.activities == "design.yml"
    assert whole.design.specialization == "ux"
    assert whole.design.challenge_sites == ("designchallenge.xyz",)
    assert (whole.publish.directory, whole.publish.branch) == (".csc", "main")
    assert whole.publish.readme == "README.md"
    assert whole.reminders is False


def test_the_whole_file_becomes_a_commitment() -> None:
    assert read(WHOLE).commitment() == Commitment(
        track=Track.SOFTWARE_ENGINEERING,
        scope=(RequirementId.CONTRIBUTIONS, RequirementId.BLOG, RequirementId.CONTACTS),
        minimums=(
            (RequirementId.CONTRIBUTIONS, 4),
            (RequirementId.BLOG, 2),
            (RequirementId.CONTACTS, 9),
            (RequirementId.DESIGN, 3),
        ),
        count=CountBasis.COMMITS,
        week_starts=WeekStart.SUNDAY,
        since=date(2026, 9, 7),
        until=date(2027, 3, 1),
        pauses=(Pause(date(2026, 12, 21), date(2027, 1, 3), "winter break"),),
        author="Alice Doe",
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "---\n", "~", "null", "{}", "\ufeff", "\n\n"]
)
def test_an_empty_file_means_every_default(text: str) -> None:
    default = read(text)

    assert default == Config()
    assert default.github is None
    assert default.commitment() == Commitment(
        track=Track.SOFTWARE_ENGINEERING, scope=Track.SOFTWARE_ENGINEERING.requirements
    )
    assert dict(default.commitment().minimums) == DEFAULT_MINIMUMS
    assert default.zone() == ZoneInfo("UTC")


def test_a_configuration_is_a_value() -> None:
    assert hash(read(WHOLE)) == hash(read(WHOLE))
    with pytest.raises(ValidationError, match="frozen"):
        read(WHOLE).github = "mallory"  # type: ignore[misc]  # that is what the test is about


def test_the_scope_is_in_the_reports_order() -> None:
    scope = read("scope: [contacts, contributions]").commitment().scope
    assert scope == (RequirementId.CONTRIBUTIONS, RequirementId.CONTACTS)


@pytest.mark.parametrize("track", Track)
def test_the_default_scope_is_what_the_track_asks_for(track: Track) -> None:
    assert set(read(f"track: {track}").commitment().scope) == set(track.requirements)


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("github: a-b", "github", "a-b"),
        ("github: '123'", "github", "123"),
        ("github: jane_acme", "github", "jane_acme"),
        ("github: no", "github", "no"),
        ("github: on", "github", "on"),
        ("github: 1e5", "github", "1e5"),
        ("github: 0x1F", "github", "0x1F"),
        ("github: null", "github", None),
        ("until:", "until", None),
        ("since: '2026-09-07'", "since", date(2026, 9, 7)),
        ("since: 2028-02-29", "since", date(2028, 2, 29)),
        ("reminders: friday", "reminders", Weekday.FRIDAY),
        ("timezone: UTC", "timezone", "UTC"),
        ("timezone: Etc/GMT+12", "timezone", "Etc/GMT+12"),
        ("week_starts: sunday", "week_starts", WeekStart.SUNDAY),
        ("since: 2026-09-07\nuntil: 2026-09-07", "until", date(2026, 9, 7)),
    ],
)
def test_scalars_are_read_as_they_are_meant(text: str, key: str, value: object) -> None:
    assert getattr(read(text), key) == value


@pytest.mark.parametrize(
    "text",
    [
        "blog: {author: 12:30}",
        "blog: {author: 'Zoë \U0001f469\u200d\U0001f4bb'}",
        "blog: {urls: ['http://127.0.0.1:8080/feed.xml']}",
        "blog: {urls: ['https://xn--bcher-kva.example/?a=b#c']}",
        "contacts: {tracker: contacts/2026.csv}",
        "contacts: {tracker: 'https://sheets.example/x?output=csv'}",
        "contacts: {tracker: 'http://127.0.0.1:9/x'}",
        "contacts: {columns: {}}",
        "publish: {readme: false}",
        "publish: {readme: docs/README.md, directory: docs/csc, branch: feature/csc-1.x}",
        "design: {challenge_sites: [localhost, 10.0.0.1]}",
        "pauses: []",
        "pauses: [{from: 2026-12-21, to: 2026-12-21}]",
        "github: alice\r\ntrack: design\r\n",
    ],
)
def test_accepted(text: str) -> None:
    assert isinstance(read(text), Config)


@pytest.mark.parametrize(
    "branch",
    [
        "main",
        "a/b",
        "a-b",
        "a@b",
        "a{b",
        "x.locked",
        "release/1.x",
        "ä",
        "a#b",
        "@@",
        "-a",
        "a/-b",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a.",
        "a..b",
        "a.lock",
        "a.lock/b",
        "a b",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[b",
        "a\\b",
        "a@{0}",
        "@",
        "a\x7fb",
    ],
)
def test_a_branch_is_what_git_takes_for_one(branch: str) -> None:
    git = subprocess.run(["git", "check-ref-format", f"refs/heads/{branch}"], check=False)
    # Git allows refs/heads/@ and refs/heads/-a, but not on its own command line.
    allowed = git.returncode == 0 and branch not in {"@", "-a"}
    assert (verdict_of({"publish": {"branch": branch}}) is True) == allowed


# What every mistake is answered with

BAD = [
    # text, line, what is wrong, what to do
    ("contribution: {}", 1, "unknown key 'contribution'", "did you mean 'contributions'?"),
    ("\ngithub: a\nGitHub: a", 3, "unknown key 'GitHub'", "did you mean 'github'?"),
    ("zzz: 1", 1, "unknown key 'zzz'", "the keys here are github, track, timezone"),
    ("urls: []", 1, "unknown key 'urls'", "it belongs under 'blog'"),
    ("blog:\n  since: 1", 2, "unknown key 'since' in 'blog'", "it belongs at the top level"),
    ("blog:\n  url: x", 2, "unknown key 'url' in 'blog'", "did you mean 'urls'?"),
    ("contacts:\n  minimun: 8", 2, "unknown key 'minimun'", "did you mean 'minimum'?"),
    ("pauses:\n- {from: 2026-01-01, to: 2026-01-01,\n   until: 2026-01-02}", 3, "unknown key", ""),
    ("pauses:\n- from: 2026-01-01", 2, "'pauses[0].to' is missing", "Add it"),
    ("pauses: [2026-01-01]", 1, "'pauses[0]' must be a mapping, not text", "from, to, reason"),
    (
        "pauses:\n- from: 2026-01-05\n  to: 2026-01-01",
        3,
        "'pauses[0].to' lies before 'from' (2026-01-05)",
        "Swap",
    ),
    ("1: x", 1, "unknown key '1'", "the keys here are"),
    ("github: 123", 1, "'github' must be text, not a number", 'Put it in quotes: "123"'),
    ("github: true", 1, "'github' must be text, not true or false", 'quotes: "true"'),
    ("github: [a]", 1, "'github' must be text, not a list", "Write one value"),
    ("github: '@alice'", 1, "'github' is not a GitHub login: '@alice'", "Write 'alice'"),
    ("github: https://github.com/al", 1, "is not a GitHub login", "Write 'al'"),
    ("github: a--b", 1, "is not a GitHub login", "profile"),
    ("github: " + "a" * 40, 1, "'github' is longer than 39 characters", "Shorten it"),
    ('github: "alice\\n"', 1, "is not a GitHub login", ""),
    ("track: desing", 1, "'track' cannot be 'desing'", "did you mean 'design'?"),
    ("track: law", 1, "'track' cannot be 'law'", "one of: software-engineering, data-science"),
    ("track: [design]", 1, "'track' must be one of a few words", "one of: software-engineering"),
    ("timezone: Berlin", 1, "is not a time zone: 'Berlin'", "did you mean 'Europe/Berlin'?"),
    ("timezone: america/new york", 1, "is not a time zone", "'America/New_York'?"),
    ("timezone: ../../etc/passwd", 1, "is not a time zone", "IANA name"),
    ("timezone: localtime", 1, "is not a time zone", ""),
    ("timezone: +02:00", 1, "is not a time zone: '+02:00'", ""),
    ("week_starts: tuesday", 1, "'week_starts' cannot be 'tuesday'", "one of: monday, sunday"),
    ("since: yesterday", 1, "'since' is not a day: 'yesterday'", "such as 2026-09-07"),
    ("since: 2026-02-29", 1, "'since' is not a day", ""),
    ("since: 20260907", 1, "'since' must be text, not a number", ""),
    ("since: 0026-09-07", 1, "'since' is not a day", ""),
    ("since: 2026-09-07T10:00:00Z", 1, "'since' is not a day", ""),
    ("since: 2026-09-07\nuntil: 2026-09-06", 2, "'until' lies before 'since'", "Swap"),
    ("scope: blog", 1, "'scope' must be a list, not text", "Put it in brackets: [blog]"),
    ("scope: []", 1, "'scope' is an empty list", "remove the key"),
    ("scope: [blog,\n blog]", 2, "'scope[1]' repeats an earlier entry", "Keep one"),
    ("scope: [posts]", 1, "'scope[0]' cannot be 'posts'", "one of: contributions, blog"),
    ("scope:\n- blog\n- design", 3, "the track software-engineering does not ask for", "asks for"),
    ("track: design\nscope: [contributions]", 2, "does not ask for", "blog, contacts, design"),
    ("contributions: {minimum: 0}", 1, "'contributions.minimum' must be at least 1", "1 or more"),
    ("contributions: {minimum: -5}", 1, "must be at least 1", ""),
    ("contributions: {minimum: 1001}", 1, "must be at most 1000", ""),
    ("contributions: {minimum: 9999999999999999999999}", 1, "must be a whole number", ""),
    ("contributions: {minimum: five}", 1, "must be a whole number, not text", "digits"),
    ("contributions: {minimum: '5'}", 1, "must be a whole number, not text", "without quotes"),
    ("contributions: {minimum: 5.5}", 1, "must be a whole number", ""),
    ("contributions: {minimum: true}", 1, "must be a whole number, not true or false", ""),
    ("contributions: {count: commit}", 1, "cannot be 'commit'", "did you mean 'commits'?"),
    ("contributions: 5", 1, "'contributions' must be a mapping, not a number", "minimum, count"),
    ("blog:", 1, "'blog' must be a mapping, not nothing", "minimum, urls, author, topics"),
    ("blog:\n  urls:\n  - https://a.example\n  - b.example", 4, "'blog.urls[1]' is not", "https://b"),
    ("blog: {urls: [b.example/x]}", 1, "address: 'b.example/x'", "Write 'https://b.example/x'"),
    ("blog: {urls: https://a.example}", 1, "must be a list", "[https://a.example]"),
    ("blog: {urls: }", 1, "'blog.urls' must be a list, not nothing", "remove the key"),
    ("blog: {urls: ['ftp://a.example']}", 1, "is not a web address", "https://"),
    ("blog: {urls: ['https://me:pw@a.example']}", 1, "is not a web address", ""),
    ("blog: {urls: ['javascript:alert(1)']}", 1, "is not a web address", ""),
    ("blog: {urls: ['https://a.example:99999/']}", 1, "is not a web address", ""),
    ("blog: {urls: [https://a.example, https://a.example]}", 1, "repeats an earlier entry", ""),
    ("blog: {urls: [" + "x," * 21 + "]}", 1, "'blog.urls' has more than 20 entries", ""),
    ("blog: {author: ' '}", 1, "'blog.author' is not one line of text", ""),
    ('blog: {author: "a\\u202eb"}', 1, "is not one line of text", ""),
    ("contacts: {tracker: 'env:NO-NAME'}", 1, "'contacts.tracker' is not env:NAME", "a secret"),
    ("contacts: {tracker: 'http://a.example/x'}", 1, "'contacts.tracker' is not env:NAME", ""),
    ("contacts: {columns: [title]}", 1, "'contacts.columns' must be a mapping", "{title: Role}"),
    ("contacts:\n  columns:\n    title: 3", 3, "'contacts.columns.title' must be text", ""),
    ("contacts:\n  columns:\n    ' ': x", 3, "cannot be", "first name"),
    ("contacts: {columns: {titel: x}}", 1, "cannot be 'titel'", "title"),
    ("design: {challenge_sites: ['https://a.example/x']}", 1, "is not a host", "Write 'a.example'"),
    ("design: {activities: /etc/passwd}", 1, "is not a path inside the repository", "root"),
    ("publish: {directory: ../up}", 1, "is not a path inside the repository: '../up'", ""),
    ("publish: {directory: a/../b}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: .git}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: a/.GIT/hooks}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: .}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: .csc/}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: 'a\\b'}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: 'C:/x'}", 1, "is not a path inside the repository", ""),
    ("publish: {directory: ~/x}", 1, "is not a path inside the repository", ""),
    ("publish: {readme: true}", 1, "'publish.readme' must be a path or false", "turn it off"),
    ("publish: {branch: -x}", 1, "'publish.branch' is not a branch: '-x'", "such as main"),
    ("publish: {branch: a..b}", 1, "is not a branch", ""),
    ("publish: {branch: refs/heads/main}", 1, "is not a branch", "alone"),
    ("publish: {branch: a.lock}", 1, "is not a branch", ""),
    ("publish: {branch: 'a b'}", 1, "is not a branch", ""),
    ("publish: {branch: 'a@{1}'}", 1, "is not a branch", ""),
    ("blog: {topics: [~]}", 1, "'blog.topics[0]' must be text, not nothing", "a value"),
    ("blog: {topics: {a: b}}", 1, "'blog.topics' must be a list, not a mapping", "after a dash"),
    ("contacts: {tracker: 'https://[x/'}", 1, "'contacts.tracker' is not env:NAME", "a secret"),
    ("design: {challenge_sites: ['[::1']}", 1, "is not a host: '[::1'", "such as"),
    ("reminders: true", 1, "'reminders' must be a weekday or false", "turn it off"),
    ("reminders: False", 1, "'reminders' cannot be 'False'", "did you mean 'false'?"),
    ("reminders: fridays", 1, "'reminders' cannot be 'fridays'", "did you mean 'friday'?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "wrong", "hint"), BAD, ids=[row[0][:40] for row in BAD])
def test_a_mistake_is_answered_with_its_line_and_a_way_out(
    text: str, line: int, wrong: str, hint: str
) -> None:
    (problem,) = problems_of(text)

    assert (problem.file, problem.line) == (FILE, line)
    assert wrong in problem.text
    assert hint in problem.hint
    assert not problem.text.endswith(".")


UNREADABLE: list[tuple[str | bytes, int | None, str]] = [
    ("- github", 1, "is no mapping of keys to values"),
    ("\nalice", 2, "is no mapping of keys to values"),
    ("a: &x 1", 1, "anchors (&) and aliases (*) are not allowed"),
    ("github: a\ntrack: *x", 2, "anchors (&) and aliases (*) are not allowed"),
    ("blog: &b {}\ncontacts: *b", 1, "anchors (&) and aliases (*) are not allowed"),
    ("&k github: a", 1, "anchors (&)"),
    ("<<: {github: a}", 1, "merge keys (<<) are not allowed"),
    ("github: !!str 1", 1, "tags (!) are not allowed"),
    ("a: !!python/object/apply:os.system [ls]", 1, "tags (!) are not allowed"),
    ("github: !x", 1, "tags (!) are not allowed"),
    ("? [a]\n: b", 1, "a key must be plain text"),
    ("{a: 1}: b", 1, "a key must be plain text"),
    ("github: a\n---\ntrack: design", 2, "a second document begins"),
    ("blog:\n\turls: []", 2, "a tab stands where YAML allows only spaces"),
    ("github: alice\n  track: design", 2, "a second ':' in one line, or a wrong indentation"),
    ("github: 'alice", 1, "is not readable as YAML"),
    ("github: a\nblog: {", 2, "is not readable as YAML"),
    ("github: a\nscope: [a]]", 2, "is not readable as YAML"),
    ("github: @alice", 1, "is not readable as YAML"),
    ('github: a\n\nblog: "\\UFFFFFFFF"', 3, "is not readable as YAML"),
    ('github: a\nblog: "\\ud800"', 2, "an escape stands for half a character"),
    ("%YAML " + "9" * 5000 + ".1\n---\n{}", 1, "is not readable as YAML"),
    (b"github: a\nblog: \xff\xfe", 2, "is not UTF-8 text"),
    ("github: alice".encode("utf-16"), 1, "is not UTF-8 text"),
    (b"github: a\ntrack: \x00", 2, "holds the invisible character U+0000"),
    (b"github: a\x1b[2J", 1, "holds the invisible character U+001B"),
    ("a: 1\r\nb: \u202e", 2, "holds the invisible character U+202E"),
    ("# \u2028track: design", 1, "holds the invisible character U+2028"),
    ("# \x85track: design", 1, "holds the invisible character U+0085"),
    (b"#" * (MAX_BYTES + 1), None, f"is {MAX_BYTES + 1} bytes long, {MAX_BYTES} are allowed"),
    ("[" * (MAX_BYTES - 1), 1, f"nests more than {MAX_DEPTH} levels deep"),
    ("{a: " * 2000, 1, f"nests more than {MAX_DEPTH} levels deep"),
    ("\n".join(" " * n + "a:" for n in range(300)), MAX_DEPTH + 1, "nests more than"),
    ("- " * 5000, 1, f"nests more than {MAX_DEPTH} levels deep"),
]


@pytest.mark.parametrize(
    ("content", "line", "wrong"), UNREADABLE, ids=[str(row[0][:30]) for row in UNREADABLE]
)
def test_what_cannot_be_read_is_one_sentence(
    content: str | bytes, line: int | None, wrong: str
) -> None:
    (problem,) = problems_of(content)

    assert problem.line == line
    assert wrong in problem.text
    assert problem.hint


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    (problem,) = problems_of("\n".join(["l0: &l0 lol", *levels]))
    assert problem.text == "anchors (&) and aliases (*) are not allowed"


def test_a_file_as_long_as_allowed_is_read() -> None:
    assert read("#" * MAX_BYTES) == Config()


def test_all_problems_come_at_once_in_the_order_of_their_lines() -> None:
    text = """\
until: 2026-01-01
contribution: {}
github: 12
since: 2026-02-01
pauses:
  - {from: 2026-05-05, to: 2026-05-01}
  - {from: x}
scope: [blog, design, posts]
blog:
  urls: [a.example, https://b.example, c]
  minimum: none
github: alice
timezone: Nowhere/Land
"""
    found = [(problem.line, problem.text) for problem in problems_of(text)]

    assert found == [
        (1, "'until' lies before 'since' (2026-02-01)"),
        (2, "unknown key 'contribution'"),
        (3, "'github' must be text, not a number"),
        (6, "'pauses[0].to' lies before 'from' (2026-05-05)"),
        (7, "'pauses[1].from' is not a day: 'x'"),
        (7, "'pauses[1].to' is missing"),
        (8, "'scope[1]' names 'design', which the track software-engineering does not ask for"),
        (8, "'scope[2]' cannot be 'posts'"),
        (10, "'blog.urls[0]' is not a web address: 'a.example'"),
        (10, "'blog.urls[2]' is not a web address: 'c'"),
        (11, "'blog.minimum' must be a whole number, not text"),
        (12, "'github' is written twice, first in line 3"),
        (13, "'timezone' is not a time zone: 'Nowhere/Land'"),
    ]


def test_a_wrong_since_says_nothing_about_until() -> None:
    (problem,) = problems_of("since: never\nuntil: 2026-01-01")
    assert problem.line == 1


def test_a_wrong_track_says_nothing_about_the_scope() -> None:
    (problem,) = problems_of("track: law\nscope: [design, contributions]")
    assert problem.line == 1


@pytest.mark.parametrize(
    ("text", "line", "first"),
    [
        ("github: a\ngithub: b", 2, 1),
        ("blog:\n  minimum: 1\n  urls: []\n  minimum: 2", 4, 2),
        ("blog: {minimum: 1, minimum: 2}", 1, 1),
        ("github: a\n'github': b", 2, 1),
    ],
)
def test_a_key_written_twice_is_a_mistake(text: str, line: int, first: int) -> None:
    (problem,) = problems_of(text)
    assert problem.line == line
    assert problem.text.endswith(f"is written twice, first in line {first}")


def test_thousands_of_mistakes_are_cut_short() -> None:
    problems = problems_of("".join(f"k{n}: 1\n" for n in range(6000)))
    assert len(problems) == 51
    assert problems[-1] == Problem(FILE, None, "has more problems than these", "Mend these first")


def test_a_message_is_one_visible_line_whatever_the_file_holds() -> None:
    (problem,) = problems_of('"k\\u202e\\n\\u0007::warning::x": 1')
    assert str(problem).isprintable()


def test_a_wrong_tracker_is_not_repeated_since_it_may_be_a_secret() -> None:
    (problem,) = problems_of("contacts: {tracker: 'http://sheets.example/SECRET'}")
    assert "SECRET" not in str(problem)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"|-9999")
@example(b"? ")
@example(b"%TAG ! tag:x,2000:\n---\n!a b")
def test_any_bytes_are_a_configuration_or_problems(content: bytes) -> None:
    assert_answered(content)


YAML_BITS = st.sampled_from(
    [
        *"-:?[]{},#&*!|>'\"%@` \n\t~<.0a",
        "\n  ",
        ": ",
        "- ",
        "---\n",
        "...\n",
        "<<",
        '"\\x00"',
        '"\\U00110000"',
        "github",
        "blog",
        "urls",
        "scope",
        "pauses",
        "from",
        "2026-01-01",
        "null",
        "true",
        "%YAML 1.2\n",
        "\r\n",
        "? ",
        "|2\n",
        ">-\n",
        "!!str ",
        "&a ",
        "*a",
        "\ufeff",
        "\U0001f600",
    ]
)


@settings(max_examples=400)
@given(st.lists(YAML_BITS, max_size=40).map("".join))
def test_any_text_is_a_configuration_or_problems(text: str) -> None:
    assert_answered(text.encode())


def assert_answered(content: bytes) -> None:
    """Nothing but a configuration or problems with lines of the file comes out."""
    for problem in outcome(content):
        assert problem.line is None or 1 <= problem.line <= len(content.splitlines()) + 1
        assert str(problem).isprintable()


def outcome(content: bytes) -> tuple[Problem, ...]:
    try:
        read_config(content, FILE)
    except ConfigError as error:
        return error.problems
    return ()


# Without a file


def test_options_name_the_scope() -> None:
    made = config_from_options(
        github="alice",
        blog=("https://a.example", "https://b.example"),
        track="data-science",
        timezone="Asia/Tokyo",
    )
    assert made.blog.urls == ("https://a.example", "https://b.example")
    assert made.zone() == ZoneInfo("Asia/Tokyo")
    assert made.commitment().scope == (RequirementId.CONTRIBUTIONS, RequirementId.BLOG)


@pytest.mark.parametrize(
    ("github", "blog", "track", "scope"),
    [
        ("alice", (), None, (RequirementId.CONTRIBUTIONS,)),
        (None, ("https://a.example",), None, (RequirementId.BLOG,)),
        ("alice", ("https://a.example",), "design", (RequirementId.BLOG,)),
    ],
)
def test_what_is_not_named_is_not_in_the_scope(
    github: str | None, blog: tuple[str, ...], track: str | None, scope: tuple[RequirementId, ...]
) -> None:
    made = config_from_options(github=github, blog=blog, track=track, timezone=None)
    assert made.commitment().scope == scope


def test_wrong_options_are_named_all_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        config_from_options(github="@a", blog=("x",), track="desing", timezone="Berlin")
    assert [str(problem) for problem in caught.value.problems] == [
        "--github: is not a GitHub login: '@a' (Write 'a')",
        "--track: cannot be 'desing' (did you mean 'design'?)",
        "--timezone: is not a time zone: 'Berlin' (did you mean 'Europe/Berlin'?)",
        "--blog: is not a web address: 'x' (Write the whole address, https://…)",
    ]


@pytest.mark.parametrize(
    ("github", "track", "wrong"),
    [(None, None, "nothing to verify is named"), ("alice", "design", "does not ask for")],
)
def test_options_that_leave_nothing_to_verify(
    github: str | None, track: str | None, wrong: str
) -> None:
    with pytest.raises(ConfigError, match=wrong) as caught:
        config_from_options(github=github, blog=(), track=track, timezone=None)
    assert caught.value.exit_code == 2
    assert caught.value.problems[0].line is None


# The JSON Schema


def test_the_shipped_schema_is_the_models() -> None:
    shipped = Path(config.__file__).with_name("config.schema.json").read_text("utf-8")
    assert shipped == schema_text(), "run tools/write_schema.py"


def test_the_schema_is_a_schema() -> None:
    document = json_schema()
    Draft202012Validator.check_schema(document)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert document["$id"]
    assert document["title"]


def schema_objects() -> list[dict[str, Any]]:
    document = json_schema()
    return [document, *document["$defs"].values()]


def test_every_key_is_described() -> None:
    definitions = json_schema()["$defs"]
    for section in schema_objects():
        assert section["additionalProperties"] is False
        for key, value in section["properties"].items():
            target = definitions[value["$ref"].rpartition("/")[2]] if "$ref" in value else value
            assert target.get("description"), key


def test_every_place_with_keys_is_known_to_the_messages() -> None:
    assert len(SECTIONS) == len(schema_objects())


@pytest.mark.parametrize(
    ("owner", "key", "value"),
    [
        pytest.param(section["title"], key, value, id=f"{section['title']}.{key}={value}")
        for section in schema_objects()[1:]
        for key, property_ in section["properties"].items()
        for value in (*property_.get("examples", ()), property_.get("default"))
        if value is not None
    ],
)
def test_each_example_and_default_is_accepted(owner: str, key: str, value: object) -> None:
    places = {model.__name__: place for place, model in SECTIONS.items()}
    document: dict[str, Any]
    if owner == "TimeOff":
        document = {"pauses": [{"from": "2026-12-21", "to": "2026-12-21", key: value}]}
        if key == "to":
            document["pauses"][0]["from"] = value
    else:
        document = {str(places[owner][0]): {key: value}}
    assert SCHEMA.is_valid(document)
    assert verdict_of(document) is True
    assert read(yaml.safe_dump(document)) == Config.model_validate(document)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param(key, value, id=f"{key}={value}")
        for key, property_ in json_schema()["properties"].items()
        for value in (*property_.get("examples", ()), property_.get("default"))
        if value is not None
    ],
)
def test_each_top_level_example_and_default_is_accepted(key: str, value: object) -> None:
    assert SCHEMA.is_valid({key: value})
    assert verdict_of({key: value}) is True


BEYOND_SCHEMA = frozenset({"order", "refused"})
"""Kinds of errors for what a JSON Schema cannot say: order of days, zones, days, addresses."""


def verdict_of(document: object) -> bool | None:
    """True or False as the models accept; None if only what is beyond a schema is wrong."""
    try:
        Config.model_validate(document)
    except ValidationError as error:
        kinds = {detail["type"] for detail in error.errors()}
        return None if kinds <= BEYOND_SCHEMA else False
    return True


@pytest.mark.parametrize("text", [row[0] for row in BAD] + [WHOLE, "{}"])
def test_schema_and_models_agree_on_the_table(text: str) -> None:
    document = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  builds texts only
    typed = retyped(document)
    assert_agreement(typed)


def retyped(value: object) -> object:
    """Texts of a table's row as numbers, truths and nulls, as JSON would have them."""
    match value:
        case dict():
            return {key: retyped(item) for key, item in value.items()}
        case list():
            return [retyped(item) for item in value]
        case "true" | "false":
            return value == "true"
        case "":
            return None
        case str() if value.lstrip("-").isdecimal():
            return int(value)
        case _:
            return value


def assert_agreement(document: object) -> None:
    verdict = verdict_of(document)
    accepted = SCHEMA.is_valid(document)
    assert accepted == (verdict is not False), (document, verdict)


TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "alice",
            "a-b",
            "-a",
            "a\n",
            "design",
            "data-science",
            "UTC",
            "Nowhere/X",
            "monday",
            "2026-09-07",
            "2026-02-30",
            "2026-9-7",
            "blog",
            "contacts",
            "contributions",
            "commits",
            "https://a.example",
            "http://",
            "HTTPS://A.example:1/x",
            "https://u@h",
            "https://[x",
            "a b",
            "env:A",
            "env:",
            ".csc",
            "..",
            "a/.git/b",
            "a/",
            "main",
            "a..b",
            "x.lock",
            "@",
            "a.example",
            "-.example",
            "false",
            "\u00a0",
            "\x1f",
            "a" * 40,
            "a" * 201,
            "x/" * 120,
        ]
    ),
)
SCALARS = st.one_of(TEXTS, st.integers(-5, 1005), st.booleans(), st.none())
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=4),
    st.lists(st.just("https://a.example"), min_size=2, max_size=2),
    st.dictionaries(TEXTS, SCALARS, max_size=3),
)


def section_strategy(properties: dict[str, Any]) -> st.SearchStrategy[dict[str, object]]:
    """Mappings of a section's keys to anything, its own examples and enumerations included."""
    keys = {
        key: st.one_of(VALUES, st.sampled_from(likely(value))) for key, value in properties.items()
    }
    return st.fixed_dictionaries({}, optional={**keys, "unknown": st.just(1)})


def likely(property_: dict[str, Any]) -> list[Any]:
    return [
        *property_.get("examples", ()),
        *property_.get("enum", ()),
        property_.get("default"),
    ]


def documents() -> st.SearchStrategy[dict[str, object]]:
    schema = json_schema()
    sections = {
        name: section_strategy(definition["properties"])
        for name, definition in schema["$defs"].items()
    }
    keys: dict[str, st.SearchStrategy[object]] = {}
    for key, value in schema["properties"].items():
        if "$ref" in value:
            keys[key] = st.one_of(sections[value["$ref"].rpartition("/")[2]], VALUES)
        else:
            keys[key] = st.one_of(VALUES, st.sampled_from(likely(value)))
    keys["pauses"] = st.one_of(st.lists(sections["TimeOff"], max_size=2), VALUES)
    keys["scope"] = st.one_of(
        st.lists(st.sampled_from([id_.value for id_ in RequirementId]), max_size=4), VALUES
    )
    # Few keys at a time: a document with one fault says more than one with ten.
    few = st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=3)
    return few.flatmap(lambda names: st.fixed_dictionaries({name: keys[name] for name in names}))


@settings(max_examples=500, deadline=None)
@given(documents())
@example({"scope": ["design"]})
@example({"track": "design", "scope": ["contributions"]})
@example({"track": "law", "scope": ["contributions"]})
@example({"scope": None})
@example({"contacts": {"columns": {"a\n": "b"}}})
def test_schema_and_models_agree(document: dict[str, object]) -> None:
    assert_agreement(document)


def test_a_password_in_an_address_is_not_repeated() -> None:
    (problem,) = problems_of("blog: {urls: ['https://bea:hunter2@blog.example/']}")
    assert "blog.urls" in problem.text
    assert "hunter2" not in f"{problem.text} {problem.hint}"
