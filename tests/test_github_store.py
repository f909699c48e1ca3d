"""Publishing through the API: once, only onto the head that was read, and never as the student."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from csc_verify.demo.cast import ALICE
from csc_verify.demo.faults import (
    RATE_LIMIT,
    SECONDARY_LIMIT,
    Before,
    CloseHalfWay,
    CutBody,
    Fault,
    Instead,
    Kind,
    LostAnswer,
    Silence,
    graphql_error,
    html,
    status,
)
from csc_verify.demo.github_hub import TokenKind
from csc_verify.demo.world import World
from csc_verify.errors import HeadMoved, PublishError
from csc_verify.github import GitHub, Patience
from csc_verify.model import FileChange
from csc_verify.publish.github_store import GitHubStore
from csc_verify.publish.store import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOG = FileChange(".csc/log.jsonl", b'{"schema":1}\n')
BADGE = FileChange(".csc/badge.svg", "<svg>✓</svg>\r\n".encode())
FILES = (LOG, BADGE)
HEADLINE = "Log the week of 2026-11-16: met"
MESSAGE = f"{HEADLINE}\n\n- week of 2026-11-09: unmet\n- week of 2026-11-16: met"
NOT_ACCESSIBLE = "Resource not accessible by integration"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World.start(tmp_path / "git", students=(ALICE,)) as world:
        yield world


@pytest.fixture
def store(world: World) -> Iterator[Callable[..., GitHubStore]]:
    used: list[GitHub] = []

    def store(
        branch: str | None = None,
        kind: TokenKind = TokenKind.WORKFLOW,
        repository: str = "alice/alice",
    ) -> GitHubStore:
        github = GitHub(
            world.token(ALICE, kind),
            world.github_url,
            world.github_url,
            patience=Patience(pause=0.01),
            sleep=lambda _: None,
        )
        used.append(github)
        return GitHubStore(github, repository, branch)

    yield store
    for github in used:
        github.close()


def git(world: World, *arguments: str) -> str:
    path = world.bare_repository(ALICE)
    done = subprocess.run(
        ["git", "-C", str(path), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def commits(world: World) -> int:
    return int(git(world, "rev-list", "--count", "main"))


def head(world: World) -> str:
    return git(world, "rev-parse", "main").strip()


def fault(world: World, match: str, kind: Kind, times: int = 1) -> None:
    world.github.faults.add(Fault(match, kind, times))


# --- reading -----------------------------------------------------------------------------------


def test_a_file_is_read_as_it_stands(world: World, store: Callable[..., GitHubStore]) -> None:
    snapshot = store().snapshot()
    assert snapshot.read("README.md") == world.files(ALICE)["README.md"]
    assert snapshot.read(".github/csc.yml") == world.files(ALICE)[".github/csc.yml"]


@pytest.mark.parametrize("path", ["nothing.md", ".csc/log.jsonl", "README.md/inside"])
def test_no_file_is_none(store: Callable[..., GitHubStore], path: str) -> None:
    assert store().snapshot().read(path) is None


def test_a_file_is_asked_for_once(world: World, store: Callable[..., GitHubStore]) -> None:
    snapshot = store().snapshot()
    world.forget_requests()
    for _ in range(3):
        snapshot.read("README.md")
        snapshot.read("nothing.md")
    assert len(world.requests) == 2


def test_a_snapshot_stays_what_it_was(world: World, store: Callable[..., GitHubStore]) -> None:
    snapshot = store().snapshot()
    world.add_commit_as_student(ALICE, {"README.md": b"new\n"})
    assert snapshot.read("README.md") == world.files(ALICE)["README.md"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff\xfe binary",
        b"caf\xe9 in Latin-1\n",
        "\ufeffwith a mark\r\n".encode(),
        b"line\n" * 300_000,
    ],
    ids=["empty", "binary", "not UTF-8", "a byte-order mark", "longer than GraphQL shows"],
)
def test_every_byte_of_a_file_arrives(
    world: World, store: Callable[..., GitHubStore], content: bytes
) -> None:
    world.add_commit_as_student(ALICE, {"file": content})
    assert store().snapshot().read("file") == content


def test_a_file_that_arrives_changed_is_refused(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    world.add_commit_as_student(ALICE, {"file": b"\0 binary"})
    snapshot = store().snapshot()
    fault(
        world, "/repos/*", Instead(200, b'{"content": "b3RoZXI=", "encoding": "base64"}'), times=9
    )
    with pytest.raises(PublishError, match="did not arrive as it is stored"):
        snapshot.read("file")


def test_a_folder_is_no_file(store: Callable[..., GitHubStore]) -> None:
    with pytest.raises(PublishError, match=r"\.github in alice/alice@main is no file"):
        store().snapshot().read(".github")


def test_a_symbolic_link_is_not_written_over(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    blob = git(world, "rev-parse", "main:README.md").strip()
    path = world.bare_repository(ALICE)
    tree = subprocess.run(
        ["git", "-C", str(path), "mktree"],
        input=f"120000 blob {blob}\tREADME.md\n",
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    commit = git(world, *author, "commit-tree", "-m", "link", "-p", "main", tree).strip()
    git(world, "update-ref", "refs/heads/main", commit)
    with pytest.raises(PublishError, match="symbolic link"):
        store().snapshot().read("README.md")


def test_whether_the_repository_is_private_is_known(store: Callable[..., GitHubStore]) -> None:
    assert store().snapshot().is_private is False


@pytest.mark.parametrize("kind", [html(502), SECONDARY_LIMIT, RATE_LIMIT], ids=str)
def test_an_outage_while_reading_is_told(
    world: World, store: Callable[..., GitHubStore], kind: Kind
) -> None:
    snapshot = store().snapshot()
    fault(world, "File", kind, times=9)
    with pytest.raises(PublishError, match=r"README\.md in alice/alice@main could not be read"):
        snapshot.read("README.md")
    world.github.faults.clear()
    assert snapshot.read("README.md") is not None


# --- one commit --------------------------------------------------------------------------------


def test_all_files_go_into_one_commit_by_a_bot(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    before, snapshot = commits(world), store().snapshot()
    published = snapshot.commit(FILES, MESSAGE)
    assert published == Published(head(world), "alice/alice@main")
    assert commits(world) == before + 1
    assert git(world, "log", "-1", "--format=%an <%ae>", "main").strip() == (
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
    )
    assert git(world, "log", "-1", "--format=%B", "main").strip() == MESSAGE
    after = store().snapshot()
    assert [after.read(change.path) for change in FILES] == [LOG.content, BADGE.content]
    assert after.read("README.md") == world.files(ALICE)["README.md"]


def test_one_commit_is_two_requests(world: World, store: Callable[..., GitHubStore]) -> None:
    world.forget_requests()
    store().snapshot().commit(FILES, MESSAGE)
    assert [request.operation for request in world.requests] == ["Head", "Commit"]


def test_a_message_may_be_a_headline_alone(world: World, store: Callable[..., GitHubStore]) -> None:
    store().snapshot().commit(FILES, HEADLINE)
    assert git(world, "log", "-1", "--format=%B", "main").strip() == HEADLINE


def test_another_branch_can_be_chosen(world: World, store: Callable[..., GitHubStore]) -> None:
    git(world, "update-ref", "refs/heads/badge/out", head(world))
    before = head(world)
    published = store("badge/out").snapshot().commit(FILES, MESSAGE)
    assert published.where == "alice/alice@badge/out"
    assert head(world) == before
    assert git(world, "rev-parse", "badge/out").strip() == published.commit


def test_a_repository_is_found_in_any_case_and_named_as_github_does(
    store: Callable[..., GitHubStore],
) -> None:
    published = store(repository="ALICE/Alice").snapshot().commit(FILES, MESSAGE)
    assert published.where == "alice/alice@main"


# --- a head that moves, answers that get lost ----------------------------------------------------


def test_a_head_that_moved_loses_nothing(world: World, store: Callable[..., GitHubStore]) -> None:
    snapshot = store().snapshot()
    theirs = world.add_commit_as_student(ALICE, {LOG.path: b"theirs\n"})
    with pytest.raises(HeadMoved, match="alice/alice@main moved"):
        snapshot.commit(FILES, MESSAGE)
    assert head(world) == theirs
    again = store().snapshot()
    assert again.read(LOG.path) == b"theirs\n"
    assert again.commit(FILES, MESSAGE).commit == head(world)


def test_a_head_that_moves_under_the_commit_loses_nothing(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    snapshot = store().snapshot()
    moves = Before(lambda: world.add_commit_as_student(ALICE, {"mine.md": b"mine\n"}))
    fault(world, "createCommitOnBranch", moves)
    with pytest.raises(HeadMoved):
        snapshot.commit(FILES, MESSAGE)
    assert git(world, "show", "main:mine.md") == "mine\n"


LOST: dict[str, Kind] = {
    "502": LostAnswer(502),
    "504": LostAnswer(504),
    "cut": CutBody(0.5),
    "closed": CloseHalfWay(),
}


@pytest.mark.parametrize("lost", LOST)
def test_a_commit_whose_answer_got_lost_is_found_and_made_once(
    world: World, store: Callable[..., GitHubStore], lost: str
) -> None:
    before, snapshot = commits(world), store().snapshot()
    fault(world, "createCommitOnBranch", LOST[lost])
    published = snapshot.commit(FILES, MESSAGE)
    assert published == Published(head(world), "alice/alice@main")
    assert commits(world) == before + 1
    assert sum(request.operation == "Commit" for request in world.requests) == 1


NEVER: dict[str, Kind] = {
    "502": html(502),
    "silence": Silence(0.5),
    "timed out": graphql_error("", "Something went wrong while executing your query."),
    "not JSON": Instead(200, b"<html>"),
    "no commit named": Instead(
        200, b'{"data": {"createCommitOnBranch": {"commit": {"oid": null}}}}'
    ),
}


@pytest.mark.parametrize("never", NEVER)
def test_a_commit_that_was_never_made_is_made_again(
    world: World, store: Callable[..., GitHubStore], never: str
) -> None:
    before, snapshot = commits(world), store().snapshot()
    fault(world, "createCommitOnBranch", NEVER[never])
    assert snapshot.commit(FILES, MESSAGE).commit == head(world)
    assert commits(world) == before + 1


def test_a_commit_that_never_goes_through_is_an_error(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    before, snapshot = head(world), store().snapshot()
    fault(world, "createCommitOnBranch", html(502), times=9)
    with pytest.raises(PublishError, match="did not go through") as raised:
        snapshot.commit(FILES, MESSAGE)
    assert not isinstance(raised.value, HeadMoved)
    assert raised.value.hint
    assert head(world) == before
    assert sum(request.operation == "Commit" for request in world.requests) == 2


def test_a_commit_that_lands_late_is_found(world: World, store: Callable[..., GitHubStore]) -> None:
    before, snapshot, other = commits(world), store().snapshot(), store().snapshot()
    fault(world, "createCommitOnBranch", html(502))
    fault(world, "Landed", Before(lambda: None))
    # The first attempt arrives while the second one is under way.
    fault(world, "Commit", Before(lambda: other.commit(FILES, MESSAGE)))
    assert snapshot.commit(FILES, MESSAGE).commit == head(world)
    assert commits(world) == before + 1


def elses_commit(world: World, files: dict[str, bytes], message: str) -> Callable[[], object]:
    return lambda: world.add_commit_as_student(ALICE, files, message)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({LOG.path: LOG.content, BADGE.path: BADGE.content}, "Tidy up"),
        ({LOG.path: b"theirs", BADGE.path: BADGE.content}, MESSAGE),
        ({"other.md": b"x"}, MESSAGE),
    ],
    ids=["another message", "another content", "other files"],
)
def test_somebody_elses_commit_is_not_taken_for_ours(
    world: World, store: Callable[..., GitHubStore], files: dict[str, bytes], message: str
) -> None:
    snapshot = store().snapshot()
    fault(world, "createCommitOnBranch", html(502))
    fault(world, "Landed", Before(elses_commit(world, files, message)))
    with pytest.raises(HeadMoved):
        snapshot.commit(FILES, MESSAGE)


def test_our_files_two_commits_later_are_a_moved_head(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    snapshot = store().snapshot()

    def twice() -> None:
        world.add_commit_as_student(ALICE, {"mine.md": b"x"})
        world.add_commit_as_student(ALICE, {c.path: c.content for c in FILES}, MESSAGE)

    fault(world, "createCommitOnBranch", html(502))
    fault(world, "Landed", Before(twice))
    with pytest.raises(HeadMoved):
        snapshot.commit(FILES, MESSAGE)


def test_our_commit_under_somebody_elses_is_a_moved_head(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    snapshot = store().snapshot()
    fault(world, "createCommitOnBranch", LostAnswer())
    fault(world, "Landed", Before(elses_commit(world, {"mine.md": b"x"}, "Tidy up")))
    with pytest.raises(HeadMoved):
        snapshot.commit(FILES, MESSAGE)
    assert store().snapshot().read(LOG.path) == LOG.content


def test_an_outage_that_hides_what_became_of_the_commit_is_told(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    snapshot = store().snapshot()
    fault(world, "createCommitOnBranch", LostAnswer())
    fault(world, "Landed", html(502), times=9)
    with pytest.raises(PublishError, match="did not say whether the commit") as raised:
        snapshot.commit(FILES, MESSAGE)
    assert "nothing is committed twice" in raised.value.hint


def test_a_branch_that_vanishes_with_the_answer_is_told(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    git(world, "update-ref", "refs/heads/out", head(world))
    snapshot = store("out").snapshot()
    fault(world, "createCommitOnBranch", html(502))
    fault(world, "Landed", Before(lambda: git(world, "update-ref", "-d", "refs/heads/out")))
    with pytest.raises(PublishError, match="has no branch 'out'"):
        snapshot.commit(FILES, MESSAGE)


@pytest.mark.parametrize("operation", ["File", "Landed"])
def test_a_repository_that_vanishes_meanwhile_is_told(
    world: World, store: Callable[..., GitHubStore], operation: str
) -> None:
    snapshot = store().snapshot()
    gone = b'{"data": {"repository": null}, "errors": [{"type": "NOT_FOUND", "path": '
    gone += b'["repository"], "message": "Could not resolve to a Repository"}]}'
    fault(world, operation, Instead(200, gone))
    fault(world, "createCommitOnBranch", html(502))
    ask: dict[str, Callable[[], object]] = {
        "File": lambda: snapshot.read("README.md"),
        "Landed": lambda: snapshot.commit(FILES, MESSAGE),
    }
    with pytest.raises(PublishError, match="can't find alice/alice@main") as raised:
        ask[operation]()
    assert raised.value.hint


# --- refusals ------------------------------------------------------------------------------------


def test_a_personal_token_is_refused_with_the_reason(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    before = head(world)
    with pytest.raises(PublishError, match="alice's own contribution count") as raised:
        store(kind=TokenKind.PERSONAL).snapshot()
    assert "${{ github.token }}" in raised.value.hint
    assert "--publish git" in raised.value.hint
    assert head(world) == before


def test_a_read_only_token_is_told_the_permission(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    before, snapshot = head(world), store(kind=TokenKind.READ_ONLY).snapshot()
    with pytest.raises(PublishError, match="may not write to alice/alice@main") as raised:
        snapshot.commit(FILES, MESSAGE)
    assert "permissions: {contents: write}" in raised.value.hint
    assert head(world) == before


REFUSALS: dict[str, tuple[Kind, str, str]] = {
    "protected": (
        graphql_error(
            "BRANCH_PROTECTION_RULE_VIOLATION",
            "protected branch 'main' check failed:\n  At least 1 approving review is required",
        ),
        "is protected",
        "publish.branch",
    ),
    "a ruleset": (
        graphql_error(
            "UNPROCESSABLE",
            "Repository rule violations found\n\nChanges must be made through a pull request.",
        ),
        "is protected",
        "publish.branch",
    ),
    "archived": (
        graphql_error("UNPROCESSABLE", "Repository was archived so is read-only."),
        "is archived",
        "Unarchive",
    ),
    "branch gone": (graphql_error("", "Branch not found"), "Branch not found", ""),
    "a rejected path": (
        graphql_error("UNPROCESSABLE", "A path is malformed"),
        "refused alice/alice@main: A path is malformed",
        "",
    ),
    "403": (status(403, NOT_ACCESSIBLE), "may not write", "contents: write"),
    "no data, forbidden": (
        graphql_error("FORBIDDEN", NOT_ACCESSIBLE),
        "may not write",
        "contents: write",
    ),
    "401": (status(401, "Bad credentials"), "refused the token", "GITHUB_TOKEN"),
    "points spent": (RATE_LIMIT, "quota", "again"),
    "too fast": (SECONDARY_LIMIT, "slow down", "again"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_says_what_to_do(
    world: World, store: Callable[..., GitHubStore], refusal: str
) -> None:
    kind, said, hint = REFUSALS[refusal]
    before, snapshot = head(world), store().snapshot()
    fault(world, "createCommitOnBranch", kind, times=9)
    with pytest.raises(PublishError) as raised:
        snapshot.commit(FILES, MESSAGE)
    assert not isinstance(raised.value, HeadMoved)
    assert said in raised.value.message
    assert hint in raised.value.hint
    assert raised.value.hint
    assert "\n" not in raised.value.message
    assert head(world) == before
    assert sum(request.operation == "Commit" for request in world.requests) == 1


def test_a_branch_that_vanishes_is_told(world: World, store: Callable[..., GitHubStore]) -> None:
    git(world, "update-ref", "refs/heads/out", head(world))
    snapshot = store("out").snapshot()
    git(world, "update-ref", "-d", "refs/heads/out")
    with pytest.raises(PublishError, match="can't find alice/alice@out"):
        snapshot.commit(FILES, MESSAGE)


def test_a_branch_that_is_not_there_is_told(store: Callable[..., GitHubStore]) -> None:
    with pytest.raises(PublishError, match="alice/alice has no branch 'out'") as raised:
        store("out").snapshot()
    assert "publish.branch" in raised.value.hint


@pytest.mark.parametrize("repository", ["alice/nothing", "nobody/nothing"])
def test_a_repository_that_is_not_there_is_told(
    store: Callable[..., GitHubStore], repository: str
) -> None:
    with pytest.raises(PublishError, match=f"can't find {repository}") as raised:
        store(repository=repository).snapshot()
    assert raised.value.hint


@pytest.mark.parametrize("repository", ["", "alice", "alice/", "/alice", "a/b/c"])
def test_a_name_that_is_none_is_told(store: Callable[..., GitHubStore], repository: str) -> None:
    with pytest.raises(PublishError, match="owner/name"):
        store(repository=repository)


def answered(**fields: object) -> Instead:
    data = {
        "viewer": {"login": "github-actions[bot]"},
        "repository": {
            "nameWithOwner": "alice/alice",
            "isPrivate": True,
            "defaultBranchRef": {"name": "main", "target": {"oid": "0" * 40}},
        },
    }
    return Instead(200, json.dumps({"data": data | fields}).encode())


def test_a_private_repository_is_known_to_be_one(
    world: World, store: Callable[..., GitHubStore]
) -> None:
    fault(world, "Head", answered())
    assert store().snapshot().is_private is True


HEADS: dict[str, tuple[Kind, str]] = {
    "an empty repository": (
        answered(
            repository={
                "nameWithOwner": "alice/alice",
                "isPrivate": False,
                "defaultBranchRef": None,
            }
        ),
        "alice/alice is empty",
    ),
    "no repository": (answered(repository=None), "not understood"),
    "a repository of text": (answered(repository="alice"), "not understood"),
    "a head without an id": (
        answered(
            repository={
                "nameWithOwner": "alice/alice",
                "isPrivate": False,
                "defaultBranchRef": {"name": "main", "target": None},
            }
        ),
        "not understood",
    ),
    "nobody's token": (answered(viewer=None), "whose token"),
    "a viewer of text": (answered(viewer="x"), "whose token"),
    "viewer forbidden": (graphql_error("FORBIDDEN", NOT_ACCESSIBLE), "could not be read"),
    "an outage": (html(502), "could not be read"),
    "a bad token": (status(401, "Bad credentials"), "refused the token"),
}


@pytest.mark.parametrize("case", HEADS)
def test_a_head_that_is_none_is_told(
    world: World, store: Callable[..., GitHubStore], case: str
) -> None:
    kind, said = HEADS[case]
    fault(world, "Head", kind, times=9)
    with pytest.raises(PublishError, match=said) as raised:
        store().snapshot()
    assert raised.value.hint


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/csc.yml",
        ".GitHub/Workflows/x.yml",
        "../outside",
        "/etc/passwd",
        "a//b",
        "a/./b",
        ".git/config",
        "",
        "a\nb",
    ],
)
def test_a_path_that_must_not_be_written_is_refused(
    world: World, store: Callable[..., GitHubStore], path: str
) -> None:
    before, snapshot = head(world), store().snapshot()
    with pytest.raises(PublishError):
        snapshot.commit((LOG, FileChange(path, b"x")), MESSAGE)
    assert head(world) == before


def test_the_token_is_in_no_error(world: World, store: Callable[..., GitHubStore]) -> None:
    token = world.token(ALICE)
    snapshot = store().snapshot()
    fault(world, "createCommitOnBranch", status(403, f"no: {token}"))
    with pytest.raises(PublishError) as raised:
        snapshot.commit(FILES, MESSAGE)
    assert token.lower() not in str(raised.value).lower()
