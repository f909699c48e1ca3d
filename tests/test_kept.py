"""Files that a student keeps, as the command reads them: from paths, addresses and secrets."""

from __future__ import annotations

import json
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from csc_verify.cli.kept import ACTIVITIES, TRACKER, in_work_tree, link_in, read_kept
from csc_verify.cli.wiring import refuse_public_tracker
from csc_verify.config import Config, read_settings
from csc_verify.config.schema import Contacts
from csc_verify.demo.world import World
from csc_verify.errors import ConfigError
from csc_verify.fetch import Absent, Page, Unreachable
from csc_verify.ledger import read_ledger
from csc_verify.model import RequirementId
from csc_verify.unusable import Unusable
from tests.commands import Answer, call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from csc_verify.fetch import FetchResult


class One:
    """A fetcher that answers everything alike."""

    def __init__(self, answer: FetchResult) -> None:
        self.answer = answer

    def fetch(self, _: str) -> FetchResult:
        return self.answer


NOBODY = One(Unreachable("", "nobody was to be asked", ""))
ADDRESS = "https://sheets.qx.example/e/qx"


def told(place: str, env: dict[str, str], answer: FetchResult | None = None) -> bytes | Unusable:
    fetcher = NOBODY if answer is None else One(answer)
    return read_kept(TRACKER, place, env, fetcher, in_work_tree)


def test_a_secret_holds_a_path_an_address_or_the_content(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("a path's", "utf-8")
    page = Page(ADDRESS, b"an address's", "")
    assert told("env:X", {"X": str(tmp_path / "c.csv")}) == b"a path's"
    assert told("env:X", {"X": f" {ADDRESS}\n"}, page) == b"an address's"
    assert told("env:X", {"X": "Name,Date\nsomebody,today"}) == b"Name,Date\nsomebody,today"
    assert told(ADDRESS, {}, page) == b"an address's"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Absent(ADDRESS, 404), "was not found at its address"),
        (
            Unreachable(ADDRESS, "sheets.qx redirects: qx is down", "Later"),
            "could not be fetched: there was no usable answer",
        ),
        (
            Unreachable(ADDRESS, "sheets.qx has a problem (status 503)", "Later", 503),
            "could not be fetched: it answered 503",
        ),
    ],
)
def test_what_an_address_answers_is_told_without_it(answer: FetchResult, reason: str) -> None:
    found = told("env:X", {"X": ADDRESS}, answer)
    assert isinstance(found, Unusable)
    assert found.reason == reason
    assert found.mend


@pytest.mark.parametrize("file", [TRACKER, ACTIVITIES])
def test_a_secret_that_is_empty_is_told_with_how_to_hand_it_over(file: object) -> None:
    assert file in (TRACKER, ACTIVITIES)
    kept = TRACKER if file is TRACKER else ACTIVITIES
    found = read_kept(kept, "env:MY_FILE", {}, NOBODY, in_work_tree)
    assert isinstance(found, Unusable)
    assert "MY_FILE, which is empty" in found.reason
    assert "${{ secrets.MY_FILE }}" in found.mend


def test_a_file_that_is_not_there_is_told_with_what_to_correct() -> None:
    found = read_kept(ACTIVITIES, "nowhere.yml", {}, NOBODY, in_work_tree)
    assert isinstance(found, Unusable)
    assert "Correct design.activities" in found.mend


@pytest.mark.parametrize(
    ("secret", "mend"),
    [
        ("docs.google.com/spreadsheets/qx", "Write https:// before its address"),
        ("${{ secrets.CSC_CONTACTS }}", "In contacts.tracker write env:CSC_CONTACTS"),
        ("qx/nowhere.csv", "Correct contacts.tracker"),
    ],
)
def test_what_a_secret_holds_by_mistake_is_told_without_it(secret: str, mend: str) -> None:
    found = told("env:X", {"X": secret})
    assert isinstance(found, Unusable)
    assert mend in found.mend
    assert "qx" not in found.reason + found.mend


def test_a_template_without_rows_is_content_and_no_path() -> None:
    headings = "Date,Contact Name,Contact Title,Company,Notes"
    assert told("env:X", {"X": headings}) == headings.encode()


@pytest.mark.parametrize(
    "name",
    ["GITHUB_TOKEN", "github_token", "GH_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "RUNNER_TEMP",
     "CSC_CONTACTS_KEY"],
)  # fmt: skip
def test_no_link_and_no_file_is_what_a_runner_sets_or_the_key(name: str) -> None:
    found = told(f"env:{name}", {name: "/nowhere/qx"})
    assert isinstance(found, Unusable)
    assert "which holds no file" in found.reason
    assert link_in(name, {name: ADDRESS}) is None
    assert link_in("MY_BOARD", {"MY_BOARD": f" {ADDRESS} "}) == ADDRESS
    assert link_in("MY_BOARD", {}) is None


# --- a designer's list, through the command -------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "world") as started:
        yield started


def check_dana(world: World, folder: Path, activities: str, **env: str) -> Answer:
    """Check Dana's week with a list of another place."""
    dana = world.student("dana")
    files = world.files(dana)
    config = files[".github/csc.yml"].decode().replace("design.yml", activities)
    (folder / "csc.yml").write_text(config, "utf-8")
    (folder / "design.yml").write_bytes(files["design.yml"])
    with chdir(folder):
        options = ("--config", "csc.yml", "--format", "json")
        return call("check", *options, env={**world.env(dana), **env})


def design_of(answer: Answer) -> dict[str, object]:
    finding = json.loads(answer.out)["requirements"][3]
    assert isinstance(finding, dict)
    return finding


def test_a_list_in_the_repository_is_shown_with_its_links(world: World, tmp_path: Path) -> None:
    finding = design_of(check_dana(world, tmp_path, "design.yml"))
    assert (finding["verdict"], finding["count"], finding["source"]) == ("met", 1, "activities")
    shown = [entry.get("url") for entry in finding["evidence"]]  # type: ignore[attr-defined]
    assert shown == [None, f"{world.blog_url}/dana/interviews", f"{world.blog_url}/dana/journeys"]


def test_of_a_list_in_a_secret_nothing_is_shown_but_digests(world: World, tmp_path: Path) -> None:
    content = world.files(world.student("dana"))["design.yml"].decode()
    answer = check_dana(world, tmp_path, "env:MY_LIST", MY_LIST=content)
    finding = design_of(answer)
    assert (finding["verdict"], finding["count"]) == ("met", 1)
    assert all(set(e) == {"kind", "digest"} for e in finding["evidence"])  # type: ignore[attr-defined]
    for word in ("Interviews", "Journeys", "Boards", "draft", "walkers", "/dana/"):
        assert word not in json.dumps(finding)


def test_a_secret_link_without_a_key_is_unknown(world: World, tmp_path: Path) -> None:
    answer = check_dana(world, tmp_path, "design.yml", CSC_CONTACTS_KEY="")
    finding = design_of(answer)
    assert finding["verdict"] == "unknown"
    assert "without CSC_CONTACTS_KEY nobody could check it later" in str(finding["reason"])
    assert "/dana/board" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("activities", "env", "said"),
    [
        ("nowhere.yml", {}, "The list of activities is not where it is configured to be"),
        ("env:MY_LIST", {}, "is configured to be in MY_LIST, which is empty"),
        ("env:MY_LIST", {"MY_LIST": "{{{\nqx"}, "The list of activities is no YAML"),
        (
            "env:MY_LIST",
            {"MY_LIST": "https://127.0.0.1:1/qx"},
            "could not be fetched: there was",
        ),
    ],
)
def test_a_list_that_cant_be_had_is_unknown(
    world: World, tmp_path: Path, activities: str, env: dict[str, str], said: str
) -> None:
    answer = check_dana(world, tmp_path, activities, **env)
    finding = design_of(answer)
    assert finding["verdict"] == "unknown"
    assert said in str(finding["reason"])
    assert "qx" not in answer.out + answer.err


def test_a_designers_secret_link_is_revealed_and_confirmed(world: World, tmp_path: Path) -> None:
    dana = world.student("dana")
    folder = tmp_path / "dana"
    for path, content in world.files(dana).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    with chdir(folder):
        env = world.env(dana)
        assert call("run", "--publish", "files", env=env).code == 0
        log = (folder / ".csc" / "log.jsonl").read_text("utf-8")
        finding = read_ledger(log).reports[-1].finding(RequirementId.DESIGN)
        assert sum(bool(entry.digest) for entry in finding.evidence) == 1
        assert "/dana/board" not in log
        made = call("contacts", "reveal", "--of", "design", "--out", "d.json", env=env)
        assert made.code == 0, made.err
        told = call("contacts", "confirm", "d.json", "--log", ".csc/log.jsonl", env=env)
    assert told.code == 0, told.err
    assert '✓ confirmed     module: "2026-11-20", "Boards"\n' in told.out
    assert f"{world.blog_url}/dana/board" in told.out
    assert "Interviews" not in told.out


# --- a tracker that anybody can read --------------------------------------------------------------

PUBLIC = [
    "contacts.csv",
    "x:contacts.csv",
    "data/contacts.csv",
    "https://github.com/alice/alice/raw/main/contacts.csv",
    "https://github.com/Alice/%61lice/raw/main/contacts.csv",
    "https://github.com//alice//alice/raw/main/contacts.csv",
    "https://raw.githubusercontent.com/alice/alice/main/contacts.csv",
    "https://raw.githubusercontent.com./alice/alice/main/contacts.csv",
    "https://media.githubusercontent.com/media/alice/alice/main/contacts.csv",
    "https://api.github.com/repos/alice/alice/contents/contacts.csv",
    "https://cdn.jsdelivr.net/gh/alice/alice@main/contacts.csv",
    "https://alice.github.io/alice/contacts.csv",
]
ELSEWHERE = [
    "/nowhere/contacts.csv",
    "../contacts.csv",
    "https://docs.google.com/spreadsheets/d/e/x/pub?output=csv",
    "https://raw.githubusercontent.com/alice/private/main/contacts.csv",
    "https://github.com/bob/alice/raw/main/contacts.csv",
    "https://alice.example/alice/alice/contacts.csv",
    "https://[",
]


def refused(place: str, *, is_private: bool | None, secret: bool) -> bool:
    tracker = "env:X" if secret else place
    contacts = Contacts().model_copy(update={"tracker": tracker})
    config = Config().model_copy(update={"contacts": contacts})
    settings = read_settings({"GITHUB_REPOSITORY": "alice/alice"})
    told = ""
    try:
        refuse_public_tracker(config, "csc.yml", settings, {"X": place}, is_private=is_private)
    except ConfigError as error:
        told = str(error)
    assert place not in told
    return bool(told)


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("place", PUBLIC)
def test_a_tracker_in_the_public_repository_is_refused(place: str, *, secret: bool) -> None:
    assert refused(place, is_private=None, secret=secret)
    assert refused(place, is_private=False, secret=secret)
    assert not refused(place, is_private=True, secret=secret)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_tracker_elsewhere_is_not(place: str) -> None:
    assert not refused(place, is_private=False, secret=True)
