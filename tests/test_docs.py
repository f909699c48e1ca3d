"""What is written about the program, held against the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from csc_verify import GitHub, HttpFetcher
from csc_verify.claim import claim
from csc_verify.cli.action import arguments_from_inputs
from csc_verify.cli.arguments import parser
from csc_verify.config import read_config
from csc_verify.demo.counting_cast import CONTRIBUTORS
from csc_verify.demo.world import World
from csc_verify.model import RequirementId
from csc_verify.pages.quotations import A_LONG_ONE
from csc_verify.render import outputs
from csc_verify.sources.blog.advice.subject import FEWEST_WORDS
from csc_verify.sources.blog.advice.wording import ALIKE, VERY_SHORT
from csc_verify.sources.blog.discovery import PLATFORMS
from tests.picture_cases import LOGS
from tests.samples import CASES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"),
    *("docs/design.md", "docs/what-counts.md", "docs/what-counts-as-a-post.md"),
    *("docs/your-tracker.md", "docs/your-key.md", "docs/your-activities.md", "docs/attested.md"),
    *("docs/your-badge.md", "docs/roster.md", "docs/cohort-json.md"),
]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return data


def test_each_configuration_in_the_readme_is_one() -> None:
    configurations = [block for block in blocks("yaml") if "timezone:" in block]
    assert len(configurations) == 2
    for text in configurations:
        config = read_config(text.encode(), "README.md")
        assert config.github == "alice"
        assert config.scope == (RequirementId.CONTRIBUTIONS, RequirementId.BLOG)


def test_the_readme_names_every_key_that_this_version_looks_at() -> None:
    whole = max((block for block in blocks("yaml") if "timezone:" in block), key=len)
    schema = (ROOT / "csc_verify/config/config.schema.json").read_text("utf-8")
    assert set(yaml.safe_load(schema)["properties"]) == set(yaml.safe_load(whole))


def test_the_readmes_workflow_asks_for_no_more_than_it_needs() -> None:
    workflow = next(block for block in blocks("yaml") if "jobs:" in block)
    data = yaml.safe_load(workflow)
    assert data["permissions"] == {}
    assert data["jobs"]["verify"]["permissions"] == {"contents": "write"}
    assert data["concurrency"]["group"] == "csc-verify"
    assert data[True]["schedule"] == [{"cron": "17 13 * * 2"}]
    used = data["jobs"]["verify"]["steps"][0]["with"]
    assert set(used) <= set(action()["inputs"])


def test_the_readmes_reminder_adds_a_second_time_and_one_permission() -> None:
    more = yaml.safe_load(next(block for block in blocks("yaml") if "issues: write" in block))
    assert more["permissions"] == {"contents": "write", "issues": "write"}
    assert more[True]["schedule"] == [{"cron": "17 13 * * 2"}, {"cron": "17 13 * * 5"}]


def test_the_readmes_recheck_is_an_input_that_becomes_an_option() -> None:
    more = yaml.safe_load(next(block for block in blocks("yaml") if "--recheck" in block))
    assert set(more[True]["workflow_dispatch"]["inputs"]) == {"recheck"}
    found = re.search(r"format\('([^']+)', inputs\.recheck\) \|\| ''", more["with"]["args"])
    assert found is not None
    given = {"CSC_INPUT_ARGS": found[1].format("2026-W47"), "CSC_INPUT_WEEK": ""}
    assert parser().parse_args(arguments_from_inputs(given)).recheck == "2026-W47"


def test_a_coach_is_told_which_token_will_do() -> None:
    command = "GITHUB_TOKEN=$(gh auth token) csc-verify audit alice/alice"
    assert any(command in block for block in blocks("sh"))
    assert "without any scopes" in README.partition(command)[0]


def test_each_input_of_the_action_is_described_in_the_readme() -> None:
    table = README[README.index("| input |") :].partition("\n\n")[0]
    rows = [line.split("|")[1:4] for line in table.splitlines()[2:]]
    assert [name for name, _, description in rows if not description.strip()] == []


def test_attested_modes_page_says_what_is_not_there() -> None:
    page = (ROOT / "docs/attested.md").read_text("utf-8")
    assert "**There are no reminders.**" in page
    assert "**There is no `--recheck`.**" in page


@pytest.mark.parametrize("name", LOGS)
def test_the_page_about_the_badge_explains_each_phrase_on_it(name: str) -> None:
    page = (ROOT / "docs/your-badge.md").read_text("utf-8")
    table = page.partition("## What its words mean")[2].partition("\n## ")[0]
    explained = [
        re.compile(_any_numbers(words))
        for cell in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
        for words in re.findall("`([^`]+)`", cell)
    ]
    told = claim(LOGS[name])
    for phrase in (told.word, *filter(None, told.streak.split(" · ")), *told.limits):
        assert any(it.fullmatch(phrase) for it in explained), phrase


def _any_numbers(words: str) -> str:
    names = "(?:contributions|blog|contacts|design|commits)"
    pattern = re.sub(r"\d+", r"\\d+", words.replace("+", r"\+")).replace("weeks", "weeks?")
    pattern = re.sub(r"\b[A-Z][a-z]{2}\b", "[A-Z][a-z]{2}", pattern)
    return re.sub("contributions|blog", names, pattern)


def test_another_branchs_badge_has_an_address_that_names_the_branch() -> None:
    page = (ROOT / "docs/your-badge.md").read_text("utf-8")
    part = page.partition("## On another branch")[2].partition("\n## ")[0]
    assert "https://raw.githubusercontent.com/alice/alice/log/.csc/badge.svg" in part


def test_the_examples_of_what_counts_are_what_is_right() -> None:
    page = (ROOT / "docs/what-counts.md").read_text("utf-8")
    shown = page.partition("<!-- examples:start -->")[2].partition("<!-- examples:end -->")[0]
    rows = [line for line in shown.strip().splitlines() if not line.startswith(("| the", "| ---"))]
    assert rows == [f"| {c.rule} | {c.count} | {c.commits} | {c.page} |" for c in CONTRIBUTORS]


def test_the_page_on_what_counts_explains_each_reason_that_a_report_gives() -> None:
    page = (ROOT / "docs/what-counts.md").read_text("utf-8")
    folder = ROOT / "csc_verify/sources/contributions"
    source = "".join((folder / name).read_text("utf-8") for name in ("left_out.py", "uncounted.py"))
    table = page.partition('"left out":')[2].partition("What a token may not see")[0]
    reasons = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)[2:]
    assert len(reasons) == 6
    for reason in reasons:
        words = reason.removesuffix(" …")
        assert words in source or words == "private"


def test_the_readmes_python_is_right(tmp_path: Path) -> None:
    (code,) = blocks("python")
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102  our own words, to see them run
    with World.start(tmp_path / "world") as world:
        alice = world.student("alice")
        # The address of the API and the clock are the only things that aren't the example's.
        names["GitHub"] = lambda token: GitHub(token, world.github_url, world.github_url)
        names["HttpFetcher"] = lambda: HttpFetcher(allow_hosts=frozenset({"127.0.0.1"}))
        names["datetime"] = _Clock(world)
        verdict = names["verdict_of_last_week"](
            "alice", f"{world.blog_url}/alice/feed.xml", world.token(alice)
        )
    assert verdict == "met"


class _Clock:
    """Stands in for the class ``datetime`` in the example."""

    def __init__(self, world: World) -> None:
        self.world = world

    def now(self, _: object) -> object:
        return self.world.now


def test_every_input_of_the_action_reaches_the_command_and_the_readme() -> None:
    inputs = action()["inputs"]
    step = action()["runs"]["steps"][-1]
    passed = re.findall(r"\$\{\{ inputs\.([a-z-]+)", " ".join(step["env"].values()))
    assert sorted(passed) == sorted(inputs)
    table = README[README.index("| input |") :]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)[: len(inputs)]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(inputs)


def test_the_inputs_become_a_command_line_that_the_parser_knows() -> None:
    env = {
        name: {"CSC_INPUT_FAIL_ON": "unmet", "CSC_INPUT_PUBLISH": "api"}.get(name, "")
        for name in action()["runs"]["steps"][-1]["env"]
    }
    known = parser().parse_args(arguments_from_inputs({**env, "CSC_INPUT_WEEK": "last"}))
    assert (known.command, known.fail_on, known.publish, known.week) == (
        "run", "unmet", "api", "last",
    )  # fmt: skip


def test_every_output_of_the_action_is_one_that_the_command_writes() -> None:
    report = next(iter(CASES.values()))
    assert set(action()["outputs"]) == set(outputs.values(report, "r", "b"))


def test_no_step_of_the_action_pastes_an_input_into_its_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "-I" in step.get("run", "-I")


@pytest.mark.parametrize("command", ["check", "run", "demo", "contacts", "audit"])
def test_the_readme_names_every_command(command: str) -> None:
    assert (
        f"`{command}`" in README or f"csc-verify {command}" in README or f"make {command}" in README
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_repository_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    missing = [link for link in links if not ((ROOT / name).parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_target_of_make_that_is_named_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z]+)\b", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_page_about_posts_names_every_platform_that_is_known() -> None:
    page = (ROOT / "docs/what-counts-as-a-post.md").read_text("utf-8")
    rows = set(re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE))
    assert {platform.name for platform in PLATFORMS} <= rows
    assert f"[{len(PLATFORMS)} platforms are known]" in README


def test_the_page_about_posts_gives_the_numbers_that_hold() -> None:
    page = (ROOT / "docs/what-counts-as-a-post.md").read_text("utf-8")
    for said in (
        f"fewer than {VERY_SHORT} words",
        f"{ALIKE:.0%} or more".replace("%", " %"),
        f"quotation of {A_LONG_ONE} words or more",
        f"text of {FEWEST_WORDS} words or more",
    ):
        assert said in page
