"""The environment: what is read, what is refused, and that a token never shows."""

from __future__ import annotations

import pickle
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csc_verify.config import Settings, Token, read_settings
from csc_verify.errors import ConfigError, Problem

SECRET = "ghs_0123456789abcdef"


def problems_of(**env: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        read_settings(env)
    return caught.value.problems


def test_an_empty_environment_means_public_github() -> None:
    settings = read_settings({})

    assert settings == Settings()
    assert settings.api_url == "https://api.github.com"
    assert settings.graphql_url == "https://api.github.com/graphql"
    assert settings.server_url == "https://github.com"
    assert settings.token is None
    assert settings.testing == ()
    assert not settings.api_is_loopback


def test_a_runners_environment() -> None:
    settings = read_settings(
        {
            "GITHUB_TOKEN": SECRET,
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": "https://api.github.com",
            "GITHUB_GRAPHQL_URL": "https://api.github.com/graphql",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "alice/alice.github.io",
            "GITHUB_OUTPUT": "/tmp/out",  # noqa: S108  only a name here
            "GITHUB_STEP_SUMMARY": "/tmp/summary",  # noqa: S108  only a name here
            "RUNNER_TEMP": "/tmp/runner",  # noqa: S108  only a name here
            "GITHUB_WORKSPACE": "/w/alice",
            "NO_COLOR": "1",
        }
    )
    assert settings == Settings(
        token=Token(SECRET),
        repository="alice/alice.github.io",
        output=Path("/tmp/out"),  # noqa: S108  only a name here
        step_summary=Path("/tmp/summary"),  # noqa: S108  only a name here
        runner_temp=Path("/tmp/runner"),  # noqa: S108  only a name here
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    names = [
        "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_SERVER_URL",
        "GITHUB_REPOSITORY", "GITHUB_OUTPUT", "GITHUB_ACTIONS", "NO_COLOR", "CSC_VERIFY_NOW",
        "CSC_VERIFY_ALLOW_PRIVATE_HOSTS",
    ]  # fmt: skip
    assert read_settings(dict.fromkeys(names, "")) == Settings()


@pytest.mark.parametrize(
    ("env", "secret"),
    [
        ({"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, "a"),
        ({"GH_TOKEN": "b"}, "b"),
        ({"GITHUB_TOKEN": "", "GH_TOKEN": "b"}, "b"),
        ({"GITHUB_TOKEN": " \n", "GH_TOKEN": "b"}, "b"),
        ({"GITHUB_TOKEN": "a\n"}, "a"),
    ],
)
def test_which_token_is_used(env: dict[str, str], secret: str) -> None:
    assert read_settings(env).token == Token(secret)


def test_a_token_never_shows() -> None:
    settings = read_settings({"GITHUB_TOKEN": SECRET})
    assert settings.token is not None
    assert settings.token.secret == SECRET
    for shown in (repr(settings), str(settings), f"{settings.token}", f"{settings.token!r}"):
        assert SECRET not in shown
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301  its own bytes


@pytest.mark.parametrize("token", ["ghs_abc def", "ghs_abc\nX-Injected: 1", "ghs_ä"])
def test_a_token_that_cannot_be_one_is_refused_unseen(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings({"GH_TOKEN": token})
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("GH_TOKEN", None)
    assert "abc" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com/", "https://api.github.com/graphql"),
        ("https://ghe.example/api/v3", "https://ghe.example/api/graphql"),
        ("https://ghe.example/api/v3/", "https://ghe.example/api/graphql"),
        ("https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/graphql"),
        ("http://[::1]:8080", "http://[::1]:8080/graphql"),
        ("https://v3", "https://v3/graphql"),
    ],
)
def test_the_graphql_address_follows_from_the_api(api: str, graphql: str) -> None:
    assert read_settings({"GITHUB_API_URL": api}).graphql_url == graphql
    named = {"GITHUB_API_URL": api, "GITHUB_GRAPHQL_URL": f"{graphql}/"}
    assert read_settings(named).graphql_url == graphql


def test_another_graphql_address_is_refused() -> None:
    (problem,) = problems_of(
        GITHUB_API_URL="http://127.0.0.1:1", GITHUB_GRAPHQL_URL="https://api.github.com/graphql"
    )
    assert problem.file == "GITHUB_GRAPHQL_URL"
    assert "http://127.0.0.1:1/graphql" in problem.hint


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1", True),
        ("http://[::1]:1", True),
        ("https://api.github.com", False),
        ("https://127.0.0.1.example", False),
        ("https://localhost.example", False),
    ],
)
def test_which_api_is_this_machine(url: str, loopback: bool) -> None:
    assert read_settings({"GITHUB_API_URL": url}).api_is_loopback is loopback


@pytest.mark.parametrize("name", ["GITHUB_API_URL", "GITHUB_SERVER_URL"])
@pytest.mark.parametrize(
    "url",
    [
        "http://api.github.com",
        "http://127.0.0.1.example",
        "api.github.com",
        "ftp://x",
        "https://me:pw@ghe.example",
        "https://ghe.example/?a=b",
        "https://ghe.example/#x",
        "https://",
        "http://10.0.0.1",
    ],
)
def test_an_address_must_be_https_and_nothing_but_an_address(name: str, url: str) -> None:
    (problem,) = problems_of(**{name: url})
    assert problem.file == name
    assert problem.hint
    assert "pw" not in str(problem)


@pytest.mark.parametrize("repository", ["alice", "a/b/c", "/x", "a/", "a/..", "a b/c", "a/b c"])
def test_a_repository_has_an_owner_and_a_name(repository: str) -> None:
    (problem,) = problems_of(GITHUB_REPOSITORY=repository)
    assert problem.file == "GITHUB_REPOSITORY"
    assert problem.hint == "Write owner/name"


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2026-11-24T06:00:00Z", datetime(2026, 11, 24, 6, tzinfo=UTC)),
        ("2026-11-24T06:00:00-05:00", datetime(2026, 11, 24, 11, tzinfo=UTC)),
    ],
)
def test_the_clock_can_be_set(text: str, now: datetime) -> None:
    settings = read_settings({"CSC_VERIFY_NOW": text})
    assert settings.now == now
    assert settings.now.tzinfo is UTC
    assert settings.testing == ("CSC_VERIFY_NOW",)


@pytest.mark.parametrize(
    "text",
    [
        "now",
        "2026-11-24",
        "2026-11-24T06:00:00",
        "0001-01-01T00:00:00+23:00",
        "1970-01-01T00:00:00Z",
    ],
)
def test_a_clock_without_an_instant_is_refused(text: str) -> None:
    (problem,) = problems_of(CSC_VERIFY_NOW=text)
    assert problem.file == "CSC_VERIFY_NOW"
    assert "offset" in problem.hint


def test_hosts_can_be_allowed() -> None:
    settings = read_settings({"CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1, LocalHost,[::1],"})
    assert settings.allow_hosts == {"127.0.0.1", "localhost", "::1"}
    assert settings.testing == ("CSC_VERIFY_ALLOW_PRIVATE_HOSTS",)


@pytest.mark.parametrize("hosts", ["http://127.0.0.1", "127.0.0.1:80", "10.0.0.0/8", "*", "a b"])
def test_only_hosts_can_be_allowed(hosts: str) -> None:
    (problem,) = problems_of(CSC_VERIFY_ALLOW_PRIVATE_HOSTS=hosts)
    assert "names what is no host" in problem.text


def test_all_problems_come_at_once() -> None:
    problems = problems_of(
        GITHUB_TOKEN="a b", GITHUB_API_URL="x", GITHUB_GRAPHQL_URL="y", CSC_VERIFY_NOW="z"
    )
    assert {problem.file for problem in problems} == {
        "GITHUB_TOKEN", "GITHUB_API_URL", "CSC_VERIFY_NOW",
    }  # fmt: skip


NAMES = [
    "GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_REPOSITORY", "CSC_VERIFY_NOW",
    "CSC_VERIFY_ALLOW_PRIVATE_HOSTS", "GITHUB_OUTPUT", "NO_COLOR",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_any_environment_is_settings_or_problems(env: dict[str, str]) -> None:
    try:
        read_settings(env)
    except ConfigError as error:
        problems = error.problems
    else:
        problems = ()
    assert {problem.file for problem in problems} <= env.keys()
