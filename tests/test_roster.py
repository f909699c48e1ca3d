"""A coach's roster: whatever tool wrote it, the good rows are read and the rest is told by line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csc_verify.escape import plain
from csc_verify.model import RequirementId, Track
from csc_verify.overview import Person
from csc_verify.roster import read_roster
from csc_verify.week import WeekStart
from tests import hostile

if TYPE_CHECKING:
    from csc_verify.config import Config
    from csc_verify.roster import Roster

PAGE = (Path(__file__).resolve().parent.parent / "docs/roster.md").read_text("utf-8")
CONTRIBUTIONS, BLOG, CONTACTS, _ = RequirementId


def roster(text: str | bytes, file: str = "roster.csv") -> Roster:
    return read_roster(text if isinstance(text, bytes) else text.encode(), file)


def people(text: str | bytes, file: str = "roster.csv") -> list[Person]:
    """Of a file with which nothing is wrong."""
    found = roster(text, file)
    assert found.problems == ()
    return [entry.person for entry in found.entries]


def logins(found: Roster) -> list[str]:
    return [entry.person.github or entry.person.repository for entry in found.entries]


def told(text: str | bytes, file: str = "roster.csv") -> list[str]:
    return [str(problem) for problem in roster(text, file).problems]


def config(text: str) -> Config:
    """Of the only row, with which nothing is wrong."""
    found = roster(text)
    assert found.problems == ()
    (entry,) = found.entries
    assert entry.config is not None
    return entry.config


def blocks(language: str, part: str) -> list[str]:
    section = PAGE.partition(f"\n## {part}\n")[2].partition("\n## ")[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def test_a_row_with_settings_makes_a_configuration() -> None:
    made = config(
        "github,track,timezone,week_starts,since,until,blog,blog author\n"
        "alice,Data Science,america/new york,Sunday,2026-09-07,2027-03-01,"
        "https://a.example,Alice D\n"
    )
    assert (made.github, made.track, made.timezone) == (
        "alice", Track.DATA_SCIENCE, "America/New_York",
    )  # fmt: skip
    assert (made.since, made.until) == (date(2026, 9, 7), date(2027, 3, 1))
    assert made.week_starts is WeekStart.SUNDAY
    assert (made.blog.urls, made.blog.author) == (("https://a.example",), "Alice D")


@pytest.mark.parametrize(
    ("settings_", "scope"),
    [
        ("software-engineering,https://a.example,", (CONTRIBUTIONS, BLOG)),
        ("software-engineering,,", (CONTRIBUTIONS,)),
        ("design,https://a.example,", (BLOG,)),
        (",,contacts + contributions", (CONTACTS, CONTRIBUTIONS)),
    ],
)
def test_the_scope_is_what_can_be_looked_at_unless_it_is_named(
    settings_: str, scope: tuple[RequirementId, ...]
) -> None:
    assert config(f"github,track,blog,scope\nalice,{settings_}\n").scope == scope


@pytest.mark.parametrize("row", ["alice,", "alice,-", "alice,n/a", "alice,None", "alice"])
def test_a_row_without_settings_leaves_them_to_the_student(row: str) -> None:
    (entry,) = roster(f"github,blog\n{row}\n").entries
    assert entry.config is None
    assert entry.person == Person(2, "alice", repository="alice/alice")


def test_a_repository_without_settings_names_no_login() -> None:
    (entry,) = roster("repository,name\nalice/site,Alice\n").entries
    assert (entry.person, entry.config) == (
        Person(2, "", name="Alice", repository="alice/site"), None,
    )  # fmt: skip


def test_a_repository_with_settings_is_its_owners() -> None:
    (entry,) = roster("repository,timezone\nalice/site,UTC\n").entries
    assert entry.config is not None
    assert (entry.config.github, entry.person.github) == ("alice", "alice")
    assert entry.person.repository == "alice/site"


@pytest.mark.parametrize(
    ("written", "login", "repository"),
    [
        ("alice", "alice", "alice/alice"),
        ("@alice", "alice", "alice/alice"),
        ("https://github.com/alice", "alice", "alice/alice"),
        ("http://www.GitHub.com/alice/?tab=repositories", "alice", "alice/alice"),
        ("github.com/alice#top", "alice", "alice/alice"),
        ("al\u200bice\u200b", "alice", "alice/alice"),
        ("alice/site", "", "alice/site"),
        ("https://github.com/alice/my.site", "", "alice/my.site"),
        ("https://github.com/alice/site.git", "", "alice/site"),
        ("https://github.com/alice/site/blob/main/README.md", "", "alice/site"),
        ("git@github.com:alice/site.git", "", "alice/site"),
    ],
)
@pytest.mark.parametrize("heading", ["github\n", ""])
def test_accounts_and_repositories_are_taken_as_people_write_them(
    written: str, login: str, repository: str, heading: str
) -> None:
    (person,) = people(heading + written)
    assert (person.github, person.repository) == (login, repository)


@pytest.mark.parametrize("repository", ["site", "alice/site", "https://github.com/alice/site"])
def test_a_repository_may_be_named_beside_the_login(repository: str) -> None:
    (person,) = people(f"github,repo\nalice,{repository}\n")
    assert (person.github, person.repository) == ("alice", "alice/site")


@pytest.mark.parametrize(
    "heading",
    ["GitHub", "GITHUB_USERNAME", "Git-Hub login", "github handle", "login", "User Name", "user"],
)
def test_headings_are_known_by_their_letters(heading: str) -> None:
    (person,) = people(f"{heading},Full Name,Class,Mentor\nalice,Alice Doe,7,Grace\n")
    assert (person.github, person.name) == ("alice", "Alice Doe")
    assert (person.cohort, person.coach) == ("7", "Grace")


def test_of_two_columns_of_logins_the_surer_one_counts() -> None:
    text = "username,First Name,Last Name,github\nadoe,Alice,Doe,alice\nbroe,Bob,,\n"
    assert [(it.github, it.name) for it in people(text)] == [
        ("alice", "Alice Doe"),
        ("broe", "Bob"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "https://a.example/x,y https://b.example",
        '"https://a.example/x,y, https://b.example"',
        '"https://a.example/x,y;https://b.example;"',
        '"https://a.example/x,y\nb.example\nhttps://a.example/x,y"',
    ],
)
def test_a_cell_may_hold_several_addresses(cell: str) -> None:
    made = config(f"github;blog\nalice;{cell.strip() if chr(34) in cell else cell}\n")
    assert made.blog.urls == ("https://a.example/x,y", "https://b.example")


def test_several_columns_may_hold_addresses() -> None:
    made = config("github,Blog,blog2,blog_3\na,https://1.example,https://2.example,3.example\n")
    assert made.blog.urls == ("https://1.example", "https://2.example", "https://3.example")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_is_read_however_it_was_saved(separator: str, end: str, encoding: str) -> None:
    lines = ("github|name", "", 'alice|"Zoë', 'Doe"', "  |  ", "bob|Bob", "")
    content = end.join(lines).replace("|", separator).encode(encoding)
    assert [(it.line, it.github, it.name) for it in people(content)] == [
        (3, "alice", "Zoë Doe"), (6, "bob", "Bob"),
    ]  # fmt: skip


def test_a_separator_that_excel_names_is_believed() -> None:
    assert [it.github for it in people("sep=|\ngithub|name\nalice|Alice\n")] == ["alice"]


def test_another_encoding_is_guessed_and_told() -> None:
    content = "github,name\nalice,Alice\nzoe,Zoë\n".encode("cp1252")
    assert [entry.person.name for entry in roster(content).entries] == ["Alice", "Zoë"]
    (problem,) = told(content)
    assert problem.startswith("roster.csv:3: is not UTF-8 text")


def test_broken_utf_16_is_told() -> None:
    content = "github\nalice\n".encode("utf-16") + b"\x00\xd8"
    assert "no UTF-16" in told(content)[0]
    assert logins(roster(content))[0] == "alice"


def test_classrooms_roster_is_read() -> None:
    (text,) = blocks("csv", "GitHub Classroom")
    found = roster(text)
    assert [entry.person for entry in found.entries] == [
        Person(2, "alice", "Alice Doe", repository="alice/alice",
               identifier="doe.alice@school.example"),
    ]  # fmt: skip
    assert [str(problem) for problem in found.problems] == [
        "roster.csv:3: 'github_username' is empty (The student has yet to tell their login)"
    ]


def test_of_classrooms_grades_the_assignments_repository_is_no_profile() -> None:
    (person,) = people(
        '"assignment_name","assignment_url","starter_code_url","github_username",'
        '"roster_identifier","student_repository_name","student_repository_url",'
        '"submission_timestamp","points_awarded","points_available"\n'
        '"One","https://classroom.github.com/x","https://api.github.com/repos/school/one","alice",'
        '"i01","one-alice","https://github.com/school/one-alice","2026-09-09 10:00:00 UTC",'
        '"1","2"\n'
    )
    assert person == Person(2, "alice", repository="alice/alice", identifier="i01")


@pytest.mark.parametrize("opening", ["", "students:\n", "# mine\n---\n", "---\nstudents:\n"])
def test_yaml_is_read_with_its_lines(opening: str) -> None:
    text = opening + (
        "- github: alice\n"
        "  blog: [https://a.example, https://b.example]\n"
        "  cohort: 7\n"
        "- {repository: bob/site, since: null}\n"
    )
    found = roster(text, "roster")
    above = opening.count("\n")
    assert found.problems == ()
    assert [(it.person.line, it.person.key) for it in found.entries] == [
        (above + 1, "alice"), (above + 4, "bob/site"),
    ]  # fmt: skip
    first = found.entries[0]
    assert first.person.cohort == "7"
    assert first.config is not None
    assert first.config.blog.urls == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    "text",
    [
        "- alice\n- bob/site\n",
        "[alice, bob/site]\n",
        "---\n[alice,\nbob/site]",
        "  - alice\n  - bob/site\n",
        "alice\nbob/site",
    ],
)
def test_a_mere_list_will_do(text: str) -> None:
    assert [it.key for it in people(text)] == ["alice", "bob/site"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- &a alice\n- *a\n", 1, "anchors"),
        ("- github: alice\n- github: *x\n", 2, "anchors"),
        ("students:\n- !!python/name:os.system x\n", 2, "tags"),
        ("- github: alice\n  github: bob\n", 2, "written twice"),
        ("- alice\n- 007\n", 2, "is no login"),
        ("- github: alice\n- github: 007\n", 2, "'github' is no text"),
        ("- github: alice\n- blog: {urls: [x]}\n", 2, "'blog' is no text"),
        ("- github: alice\n- [bob]\n", 2, "is no mapping"),
        ("students: [alice]\nmore: 1\n", 2, "unknown key 'more'"),
        ("students: [alice\n", 2, "not readable as YAML"),
        ("students: alice\n", None, "no list"),
        ("- alice\n" * 10_000, None, "more than 64 KiB"),
    ],
)
def test_yaml_that_is_refused_is_told(text: str, line: int | None, words: str) -> None:
    problem = roster(text, "roster.yml").problems[0]
    assert words in str(problem)
    assert problem.line == line


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("al ice,,,,", "'Login' is not a GitHub login: 'al ice'"),
        ("a/b/c,,,,", "'Login' is neither a login nor a repository: 'a/b/c'"),
        ("https://gitlab.com/alice,,,,", "'Login' is neither a login nor a repository"),
        ("alice/..,,,,", "'Login' is neither a login nor a repository: 'alice/..'"),
        (",,,,https://a.example", "'Login' is empty"),
        ("alice,sofware-engineering,,,", "'Track' cannot be 'sofware-engineering' (did you mean"),
        ("alice,design,,,", "'Track' 'design' asks for no contributions"),
        ("alice,,Europe/Berlim,,", "'Zone' is not a time zone: 'Europe/Berlim' (did you mean"),
        ("alice,,localtime,,", "'Zone' is not a time zone: 'localtime'"),
        ("alice,,,9/7/2026,", "'Since' is not a day: '9/7/2026'"),
        ("alice,,,2026-02-30,", "'Since' is not a day: '2026-02-30'"),
        ("alice,,,,ftp://a.example", "'Blog' is not a web address: 'ftp://a.example'"),
        ("alice,,,,https://me:pw@a.example", "'Blog' is not a web address (Leave out"),
        ("alice,,,,here,and,there", "has more cells than there are headings"),
        ('alice,,,,"https://a.example', "can't be read (Close each quotation mark"),
        ("ZOE,,,,", "ZOE stands in line 2 already"),
        ("zoe/zoe,,,,", "zoe/zoe stands in line 2 already"),
        (f"{'x' * 600},,,,", "is longer than any login"),
    ],
)
def test_a_bad_row_is_told_and_the_others_run(row: str, words: str) -> None:
    found = roster(f"Login,Track,Zone,Since,Blog\nzoe,,,,\n{row}\nbob,,,,\n")
    assert logins(found) == ["zoe", "bob"]
    (problem,) = found.problems
    assert f"roster.csv:3: {words}" in str(problem).replace("'Login' is longer", "is longer")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("alice,,2026-09-07,,,A\u200bB", "'author' is not one line of text"),
        ("alice,a b,,,", "'repo' is not a repository's name"),
        (",alice,,,", "'repo' names no repository"),
        (",https://example.org/a,,,", "'repo' is neither"),
        ("alice,,2026-09-07,2026-09-01,", "'until' lies before 'since'"),
        ("alice,,2026-09-07,,design", "'scope' names 'design', which the track"),
        ("alice,,,,dinner", "'scope' cannot be 'dinner'"),
    ],
)
def test_what_does_not_fit_together_is_told(row: str, words: str) -> None:
    (problem,) = told(f"github,repo,since,until,scope,author\n{row}\n")
    assert words in problem


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    text = "github,track,timezone,since,blog\na b,x,y,z,?\n"
    assert [re.findall(r"'(\w+)'", problem)[0] for problem in told(text)] == [
        "github", "timezone", "track", "since", "blog",
    ]  # fmt: skip


def test_a_bad_row_keeps_nobody_out() -> None:
    found = roster("github,timezone\nalice,Nowhere\nalice,UTC\n")
    assert [entry.person.line for entry in found.entries] == [3]


def test_an_unknown_column_is_told_once_with_the_nearest_name() -> None:
    found = roster("github,timezon,Shoe size\nalice,UTC,41\nbob,UTC,42\n")
    assert logins(found) == ["alice", "bob"]
    assert [str(problem) for problem in found.problems] == [
        "roster.csv:1: unknown column 'timezon' (did you mean 'timezone'?)",
        "roster.csv:1: unknown column 'Shoe size' (It is not looked at)",
    ]


def test_blank_rows_above_the_headings_are_nothing() -> None:
    assert [it.line for it in people("\n , \ngithub,name\nalice,Alice\n")] == [4]


def test_headings_that_come_again_are_no_student() -> None:
    text = "github_username,name\nalice,Alice\ngithub_username,name\nbob,Bob\n"
    assert [it.github for it in people(text)] == ["alice", "bob"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "is empty"),
        (b"github,name\n", "names no student"),
        (b"name,track\nAlice,design\n", "no column holds logins or repositories"),
        (b"Foo,Bar\n1,2\n", "no heading is known"),
        (b"PK\x03\x04...", "is an Excel or OpenDocument workbook"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\n<!DOCTYPE html><p>Sign in", "is a web page"),
        (b" " * (20 * 2**20 + 1), "is larger than 20 MiB"),
    ],
)
def test_a_file_that_is_no_roster_says_so(content: bytes, words: str) -> None:
    found = roster(content)
    assert found.entries == ()
    (problem,) = found.problems
    assert words in problem.text
    assert problem.hint


def test_many_problems_are_counted() -> None:
    found = roster("github,timezone\n" + "".join(f"a b,zone{n}\n" for n in range(50_000)))
    assert len(found.problems) == 101
    assert str(found.problems[-1]) == "roster.csv: and 99,900 more (Mend these first)"


def test_no_more_than_200_000_rows_are_read() -> None:
    found = roster("github\n" + "".join(f"s{n}\n" for n in range(200_001)))
    assert len(found.entries) == 200_000
    assert [str(problem) for problem in found.problems] == [
        "roster.csv:200002: is beyond 200,000 rows, and not read (Split the file)"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("github" + ",x" * 10_000 + "\nalice" + ",y" * 10_000, "has more than 500 columns"),
        ("- {" + ", ".join(f"k{n}: 1" for n in range(600)) + "}", "has more than 500 different"),
        ("github\nalice\n" + "\n" * 1_000_000, "has more lines than are read"),
        ("github\n" + '"a"b\n' * 51, "can't be read, nor what follows"),
        (f"github,name\nalice,{'x' * 200_000}\n", "can't be read"),
    ],
)
def test_what_is_beyond_all_bounds_is_told(content: str, words: str) -> None:
    assert any(words in problem for problem in told(content))


def test_a_megabyte_is_not_carried_along() -> None:
    cell = "x\0\u202e=cmd()" * 10_000
    (person,) = people(f"github,name,cohort,coach,identifier\nalice,{','.join([cell] * 4)}\n")
    for text in (person.name, person.cohort, person.coach, person.identifier):
        assert len(text) == 200
        assert text.startswith("x=cmd()x")


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_a_hostile_text_in_every_field_breaks_nothing(text: str) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    headings = "github,name,track,timezone,since,blog,cohort,coach,repository,identifier,scope"
    row = ",".join([quoted] * 11)
    content = f"{headings}\n{row}\nbob\n".encode("utf-8", "replace")
    found = roster(content)
    assert logins(found)[-1] == "bob"
    for problem in found.problems:
        assert plain(problem.text, 1000) == problem.text
        assert len(str(problem)) < 600


ANY_BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            (
                *(b"github", b"name", b"blog", b"students:", b"- ", b"alice", b"bob/site", b"\n"),
                *(b",", b";", b"\t", b'"', b"\r", b"\0", b"\xff", b"{", b"[", b": ", b"&a", b"#"),
                *(b"timezone", b"UTC", b"https://a.example", b"\xff\xfe", b"\xef\xbb\xbf", b"sep="),
            )
        ),
        max_size=40,
    ).map(b"".join),
)


@settings(deadline=None, max_examples=300)
@given(ANY_BYTES, st.sampled_from(("roster.csv", "roster.yml")))
@example(b"sep=,", "roster.csv")
@example(b"sep=,\n", "roster.csv")
@example(b"github", "roster.csv")
@example(b"[]", "roster.yml")
@example(b"{}", "roster.yml")
@example(b'github,name\nalice,"', "roster.csv")
def test_any_bytes_make_a_roster(content: bytes, file: str) -> None:
    found = read_roster(content, file)
    assert found.entries or found.problems
    keys = [entry.person.key for entry in found.entries]
    assert len(set(keys)) == len(keys)
    for entry in found.entries:
        assert re.fullmatch(r"[\w-]+/[\w.-]+", entry.person.repository)
        assert entry.config is None or entry.config.github == entry.person.github
    for problem in found.problems:
        assert problem.file == file
        assert problem.line is None or problem.line >= 1


def test_the_pages_first_example_is_read() -> None:
    (text,) = blocks("csv", "In one step")
    found = roster(text)
    assert found.problems == ()
    assert [(it.person.github, it.config is None) for it in found.entries] == [
        ("alice", False), ("bob", False), ("carl", True),
    ]  # fmt: skip
    bob = found.entries[1].config
    assert bob is not None
    assert (bob.track, bob.timezone) == (Track.DATA_SCIENCE, "Europe/Berlin")
    assert bob.blog.urls == ("https://bob.example", "https://medium.com/@bob")
    assert bob.scope == (CONTRIBUTIONS, BLOG)


def test_the_pages_other_examples_are_read() -> None:
    (text,) = blocks("yaml", "YAML")
    assert [it.key for it in people(text, "roster.yml")] == ["alice", "bob/site"]
    (text,) = blocks("text", "A mere list")
    assert [it.key for it in people(text, "roster.txt")] == ["alice", "bob/site", "carl"]


def test_each_heading_on_the_page_is_known() -> None:
    table = PAGE.partition("\n## Columns\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    headings = [name for row in rows for cell in row for name in re.findall(r"`([^`]+)`", cell)]
    assert len(headings) > 40
    for heading in headings:
        assert not [it for it in told(f"{heading}\nx\n") if "unknown" in it or "no heading" in it]


def test_what_the_page_says_is_told_is_told() -> None:
    (text,) = blocks("console", "What is told")
    rows = "github,name,timezon,since\nalice,,,\n,Bob,,\ncarl,,,9/7/2026\nalice,,,\n"
    assert told(rows) == text.splitlines()
