"""Publishing as a commit in a work tree: real git, real remotes."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from csc_verify.errors import HeadMoved, PublishError
from csc_verify.model import FileChange
from csc_verify.publish.git import Git
from csc_verify.publish.git_store import BOT_EMAIL, BOT_NAME, GitStore
from csc_verify.publish.store import Published, Snapshot, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = ".csc/log.jsonl"
BADGE = ".csc/badge.svg"
MESSAGE = "Job search log: 2026-11-16 met\n\n# not a comment\n"

# A student's settings that must not get in the way.
STUDENT = """\
[user]
    name = Alice Doe
    email = alice@example.com
[init]
    defaultBranch = main
[commit]
    gpgSign = true
    cleanup = strip
[gpg]
    program = false
[core]
    editor = false
    pager = false
[push]
    followTags = true
    gpgSign = if-asked
[status]
    showUntrackedFiles = no
    short = true
    branch = true
"""


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository on disk, used as its owner would."""

    path: Path
    env: dict[str, str]

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "commit.gpgSign=false", *arguments],
            cwd=self.path,
            env=self.env,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def write(self, path: str, text: str) -> None:
        (self.path / path).parent.mkdir(parents=True, exist_ok=True)
        (self.path / path).write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.path / path).read_text(encoding="utf-8")

    def commit(self, path: str, text: str) -> str:
        self.write(path, text)
        self.git("add", "--", path)
        self.git("commit", "-q", "-m", f"write {path}")
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def status(self) -> str:
        return self.git("status", "--porcelain", "--no-branch", "--untracked-files=all")

    def state(self) -> tuple[str, str, str, str]:
        """All that a student could miss: commits, index, differences, files."""
        return (
            self.git("for-each-ref"),
            self.git("ls-files", "--stage"),
            self.status(),
            self.git("diff") + self.git("diff", "--cached"),
        )

    def hook(self, name: str, script: str) -> None:
        hooks = Path(self.git("rev-parse", "--absolute-git-dir").strip()) / "hooks"
        hooks.mkdir(exist_ok=True)
        (hooks / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (hooks / name).chmod(0o755)

    def store(self, remote: str | None = None, branch: str | None = None) -> GitStore:
        return GitStore(self.path, self.env, remote, branch)

    def publish(self, remote: str | None = None, branch: str | None = None) -> Published:
        return self.store(remote, branch).snapshot().commit(CHANGES, MESSAGE)


CHANGES = (FileChange(LOG, b"{}\n"), FileChange("README.md", b"hello, badge\n"))


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(STUDENT, encoding="utf-8")
    return {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def empty(tmp_path: Path, env: dict[str, str]) -> Repo:
    path = tmp_path / "alice"
    path.mkdir()
    repo = Repo(path, env)
    repo.git("init", "-q")
    return repo


@pytest.fixture
def repo(empty: Repo) -> Repo:
    empty.commit("README.md", "hello\n")
    return empty


@pytest.fixture
def remote(tmp_path: Path, repo: Repo) -> Repo:
    path = tmp_path / "remote.git"
    repo.git("init", "-q", "--bare", str(path))
    repo.git("remote", "add", "origin", str(path))
    repo.git("push", "-q", "-u", "origin", "main")
    return Repo(path, repo.env)


def other_clone(repo: Repo, remote: Repo) -> Repo:
    path = repo.path.parent / "other"
    repo.git("clone", "-q", str(remote.path), str(path))
    return Repo(path, repo.env)


def refusal(repo: Repo, remote: str | None = None, branch: str | None = None) -> PublishError:
    """The error of a publication that must leave everything as it was."""
    before = repo.state()
    files = {path: path.read_bytes() for path in repo.path.rglob("*") if path.is_file()}
    with pytest.raises(PublishError) as caught:
        repo.publish(remote, branch)
    assert repo.state() == before
    for path, content in files.items():
        assert ".git" in path.parts or path.read_bytes() == content
    assert caught.value.hint
    return caught.value


# --- a commit ---


def test_it_is_a_store(repo: Repo) -> None:
    store: Store = repo.store()
    snapshot: Snapshot = store.snapshot()
    assert snapshot.is_private is None
    assert snapshot.read("README.md") == b"hello\n"
    assert snapshot.read(LOG) is None


def test_a_commit_holds_the_files_and_is_the_bots(repo: Repo) -> None:
    parent = repo.head()
    published = repo.publish()
    assert published == Published(repo.head(), f"{repo.path}@main")
    assert repo.git("rev-parse", "HEAD^").strip() == parent
    people = repo.git("log", "-1", "--format=%an|%ae|%cn|%ce|%G?|%ad").strip()
    assert people.startswith(f"{BOT_NAME}|{BOT_EMAIL}|{BOT_NAME}|{BOT_EMAIL}|N|")
    assert people.endswith("+0000")
    assert repo.git("log", "-1", "--format=%B").strip() == MESSAGE.strip()
    assert repo.git("show", "--format=", "--name-only", "HEAD").split() == [LOG, "README.md"]
    assert repo.git("show", f"HEAD:{LOG}") == "{}\n"
    assert repo.status() == ""


def test_other_work_survives_byte_for_byte(repo: Repo) -> None:
    for path in ("staged.txt", "modified.txt", "both.txt", "deleted.txt", "old-name.txt"):
        repo.commit(path, f"{path}\n")
    repo.write("staged.txt", "staged\n")
    repo.write("both.txt", "staged\n")
    repo.write("added.txt", "staged\n")
    repo.git("add", "staged.txt", "both.txt", "added.txt")
    repo.write("both.txt", "then modified\n")
    repo.write("modified.txt", "modified\n")
    repo.git("rm", "-q", "deleted.txt")
    repo.git("mv", "old-name.txt", "new-name.txt")
    repo.write("intended.txt", "intended\n")
    repo.git("add", "--intent-to-add", "intended.txt")
    repo.write("untracked.txt", "untracked\n")
    repo.write(".csc/notes.txt", "the student's\n")
    before = repo.state()

    repo.publish()

    after = repo.state()
    assert after[2:] == before[2:]
    ours = {line for line in after[1].splitlines() if LOG in line or "README.md" in line}
    assert set(after[1].splitlines()) - ours == {
        line for line in before[1].splitlines() if "README.md" not in line
    }
    assert repo.git("show", "--format=", "--name-only", "HEAD").split() == [LOG, "README.md"]


def test_a_first_commit_on_an_unborn_branch(empty: Repo) -> None:
    empty.write("staged.txt", "staged\n")
    empty.git("add", "staged.txt")
    published = empty.publish()
    assert published == Published(empty.head(), f"{empty.path}@main")
    assert empty.git("ls-tree", "-r", "--name-only", "HEAD").split() == [LOG, "README.md"]
    assert empty.status() == "A  staged.txt\n"


def test_files_that_lie_there_uncommitted_from_an_earlier_run_are_committed(repo: Repo) -> None:
    repo.write(LOG, "{}\n")
    repo.publish()
    assert repo.git("show", f"HEAD:{LOG}") == "{}\n"


def test_what_the_last_commit_holds_already_makes_no_commit(repo: Repo) -> None:
    first = repo.publish()
    assert repo.publish() == first
    assert repo.git("rev-list", "--count", "HEAD").strip() == "2"


def test_a_mode_or_line_ending_setting_makes_no_empty_commit(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    first = repo.publish()
    assert repo.publish() == first


def test_ignored_files_are_published_all_the_same(repo: Repo) -> None:
    repo.commit(".gitignore", ".csc/\n")
    repo.write(".csc/cache", "ignored\n")
    repo.publish()
    assert repo.git("ls-files", ".csc").split() == [LOG]
    assert repo.status() == ""


def test_a_path_is_never_a_pattern(repo: Repo) -> None:
    repo.commit("ab", "1\n")
    repo.write("ab", "the student's\n")
    repo.store().snapshot().commit((FileChange("*", b"x"), FileChange("a[b]", b"x")), MESSAGE)
    assert repo.git("show", "--format=", "--name-only", "HEAD").split() == ["*", "a[b]"]
    assert repo.status() == " M ab\n"


@pytest.mark.parametrize("path", ["-A", "--all", "é.md", "a b", '"quoted"'])
def test_odd_names_are_names(repo: Repo, path: str) -> None:
    repo.write("untracked", "x")
    repo.store().snapshot().commit((FileChange(path, b"x"),), MESSAGE)
    assert repo.git("show", "--format=", "--name-only", "-z", "HEAD") == f"{path}\0"
    assert repo.status() == "?? untracked\n"


def test_commit_hooks_do_not_run(repo: Repo) -> None:
    for name in ("pre-commit", "commit-msg", "prepare-commit-msg", "reference-transaction"):
        repo.hook(name, "touch hook-ran; exit 1")
    repo.hook("post-commit", "touch hook-ran")
    repo.publish()
    assert not (repo.path / "hook-ran").exists()


def test_a_linked_work_tree_is_a_work_tree(repo: Repo) -> None:
    path = repo.path.parent / "linked"
    repo.git("worktree", "add", "-q", "-b", "log", str(path))
    linked = Repo(path, repo.env)
    assert linked.publish().where == f"{path}@log"
    assert repo.status() == ""
    (repo.path / ".git" / "worktrees" / "linked" / "MERGE_HEAD").write_text(repo.head())
    assert "a merge is under way" in str(refusal(linked))


def test_the_environment_points_to_no_other_repository(repo: Repo, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    repo.git("init", "-q", str(other))
    env = repo.env | {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / "index"),
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
    }
    GitStore(repo.path, env).snapshot().commit(CHANGES, MESSAGE)
    assert "2001" not in repo.git("log", "-1", "--format=%ad")
    assert repo.status() == ""
    assert not (other / "index").exists()


# --- nothing can be committed ---


def test_edits_made_meanwhile_are_kept(repo: Repo) -> None:
    snapshot = repo.store().snapshot()
    snapshot.read("README.md")
    repo.write("README.md", "the student's\n")
    before = repo.state()
    with pytest.raises(HeadMoved, match=r"README\.md was changed"):
        snapshot.commit(CHANGES, MESSAGE)
    assert repo.state() == before


def test_commits_made_meanwhile_are_kept(repo: Repo) -> None:
    snapshot = repo.store().snapshot()
    snapshot.read("README.md")
    repo.commit("other.txt", "the student's\n")
    before = repo.state()
    with pytest.raises(HeadMoved, match="another commit"):
        snapshot.commit(CHANGES, MESSAGE)
    assert repo.state() == before
    repo.publish()
    assert repo.read("other.txt") == "the student's\n"


@pytest.mark.parametrize("stage", [True, False])
def test_a_students_unfinished_readme_is_not_committed_along(repo: Repo, *, stage: bool) -> None:
    repo.write("README.md", "half a sent\n")
    if stage:
        repo.git("add", "README.md")
    error = refusal(repo)
    assert "README.md was changed or staged since the last commit" in error.message
    assert "commit it or undo it" in error.hint


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("MERGE_HEAD", "a merge is under way"),
        ("CHERRY_PICK_HEAD", "a cherry-pick is under way"),
        ("REVERT_HEAD", "a revert is under way"),
        ("rebase-merge", "a rebase is under way"),
        ("rebase-apply", "a rebase or git am is under way"),
        ("BISECT_LOG", "a bisect is under way"),
        ("index.lock", "another git command holds"),
    ],
)
def test_a_busy_repository_is_left_alone(repo: Repo, name: str, what: str) -> None:
    (repo.path / ".git" / name).write_text(f"{repo.head()}\n")
    assert what in str(refusal(repo))


def test_a_real_merge_with_conflicts_is_left_alone(repo: Repo) -> None:
    base = repo.head()
    repo.commit("a", "1\n")
    repo.git("switch", "-q", "-c", "other", base)
    repo.commit("a", "2\n")
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("merge", "-q", "main")
    assert "a merge is under way" in str(refusal(repo))


def test_a_conflicting_stash_is_left_alone(repo: Repo) -> None:
    repo.commit("a", "1\n")
    repo.write("a", "stashed\n")
    repo.git("stash", "-q")
    repo.commit("a", "2\n")
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("stash", "pop", "-q")
    assert "conflicts" in str(refusal(repo))


def test_a_detached_head_is_refused(repo: Repo) -> None:
    repo.git("checkout", "-q", "--detach")
    error = refusal(repo)
    assert "no branch is checked out" in error.message
    assert "git switch" in error.hint


def test_another_branch_than_the_logs_is_refused(repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "idea")
    error = refusal(repo, branch="main")
    assert "belongs to the branch main, but idea is checked out" in error.message
    assert "git switch main" in error.hint
    assert repo.publish(branch="idea").commit


def test_a_nested_repository_is_refused(repo: Repo) -> None:
    repo.git("init", "-q", ".csc")
    assert f"{LOG} lies in .csc, which is another repository" in refusal(repo).message


def test_a_submodule_that_is_not_checked_out_is_refused(repo: Repo) -> None:
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},.csc")
    repo.git("commit", "-q", "-m", "a submodule")
    assert "another repository" in refusal(repo).message


def test_a_folder_without_git_is_refused(tmp_path: Path, env: dict[str, str]) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    with pytest.raises(PublishError, match="not the work tree of a git repository") as caught:
        GitStore(folder, env).snapshot()
    assert "--publish files" in caught.value.hint
    with pytest.raises(PublishError, match="is not a folder"):
        GitStore(tmp_path / "missing", env).snapshot()


def test_a_bare_repository_and_gits_own_folder_are_refused(repo: Repo, remote: Repo) -> None:
    for folder in (remote.path, repo.path / ".git"):
        with pytest.raises(PublishError, match="not the work tree"):
            GitStore(folder, repo.env).snapshot()


def test_a_folder_inside_a_larger_repository_is_refused(repo: Repo) -> None:
    (repo.path / "portfolio").mkdir()
    with pytest.raises(PublishError, match="inside the repository") as caught:
        GitStore(repo.path / "portfolio", repo.env).snapshot()
    assert "git init" in caught.value.hint


def test_no_git_is_one_sentence(repo: Repo, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="git is not installed") as caught:
        GitStore(repo.path, {"PATH": str(tmp_path)}).snapshot()
    assert "--publish files" in caught.value.hint


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_another_users_repository_is_refused_by_git(repo: Repo) -> None:
    for path in (repo.path, repo.path / ".git"):
        shutil.chown(path, 65534)
    with pytest.raises(PublishError, match="does not trust this folder") as caught:
        repo.store().snapshot()
    assert "safe.directory" in caught.value.hint


# --- the commit fails after the files were written ---


def test_a_failed_commit_puts_everything_back(repo: Repo) -> None:
    repo.write("staged.txt", "staged\n")
    repo.git("add", "staged.txt")
    (repo.path / ".git" / "HEAD.lock").write_text("")
    error = refusal(repo)
    assert "holds the repository's lock" in error.message
    assert error.message.endswith("the files are as they were before")
    assert repo.read("README.md") == "hello\n"
    assert not (repo.path / ".csc").exists()
    (repo.path / ".git" / "HEAD.lock").unlink()
    assert repo.publish().commit == repo.head()


def test_a_filter_of_the_students_that_fails_puts_everything_back(repo: Repo) -> None:
    repo.commit(".gitattributes", "*.jsonl filter=broken\n")
    repo.git("config", "filter.broken.clean", "false")
    repo.git("config", "filter.broken.required", "true")
    error = refusal(repo)
    assert "git could not commit the files, exit code" in error.message
    assert "clean filter 'broken' failed" in error.message
    assert error.message.endswith("the files are as they were before")


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        ("echo 'typed now' > README.md", "still written: README.md"),
        ("rm README.md; mkdir README.md", "still written: README.md"),
        (
            "git update-ref HEAD $(git commit-tree -p HEAD -m theirs HEAD^{tree})",
            "the files stay written, since another commit came in between",
        ),
        ("echo broken > .git/index", "git's index may still name new ones"),
    ],
)
def test_what_came_between_a_failed_commit_is_kept_and_named(
    repo: Repo, meanwhile: str, left: str
) -> None:
    repo.commit(".gitattributes", "*.jsonl filter=student\n")
    repo.git("config", "filter.student.clean", f"{meanwhile}; false")
    repo.git("config", "filter.student.required", "true")
    with pytest.raises(PublishError, match="clean filter 'student' failed") as caught:
        repo.publish()
    assert left in caught.value.message
    assert not (repo.path / LOG).exists() or "update-ref" in meanwhile
    if "typed" in meanwhile:
        assert repo.read("README.md") == "typed now\n"


@pytest.mark.parametrize("broken", ["index", "HEAD", "config"])
def test_a_broken_repository_is_one_sentence(repo: Repo, broken: str) -> None:
    (repo.path / ".git" / broken).write_text("[broken")
    with pytest.raises(PublishError) as caught:
        repo.publish()
    assert caught.value.hint
    assert repo.read("README.md") == "hello\n"
    assert not (repo.path / ".csc").exists()


def test_a_detached_head_without_a_commit_is_one_sentence(repo: Repo) -> None:
    (repo.path / ".git" / "HEAD").write_text(f"{'1' * 40}\n")
    with pytest.raises(PublishError, match="find out what is checked out"):
        repo.store().snapshot()


# --- pushing ---


def test_a_push_reaches_the_followed_branch(repo: Repo, remote: Repo) -> None:
    repo.git("tag", "-a", "-m", "the student's", "v1")
    repo.git("branch", "private-idea")
    published = repo.publish("origin")
    assert published == Published(remote.git("rev-parse", "main").strip(), "origin/main")
    assert published.commit == repo.head()
    assert remote.git("for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    assert repo.git("status", "-sb").strip() == "## main...origin/main"


def test_without_a_remote_nothing_is_pushed(repo: Repo, remote: Repo) -> None:
    before = remote.git("for-each-ref")
    repo.publish()
    assert remote.git("for-each-ref") == before


def test_a_branch_of_another_name_goes_where_it_follows(repo: Repo, remote: Repo) -> None:
    repo.git("branch", "-m", "main", "mine")
    assert repo.publish("origin").where == "origin/main"
    assert remote.git("rev-parse", "main").strip() == repo.head()
    repo.write("x", "")
    second = repo.store("origin", "main").snapshot().commit((FileChange("x2", b""),), MESSAGE)
    assert second.where == "origin/main"


def test_following_another_remotes_branch_is_not_being_it(repo: Repo, remote: Repo) -> None:
    repo.git("switch", "-q", "-c", "idea", "--track", "origin/main")
    repo.git("remote", "add", "upstream", str(remote.path))
    assert "idea is checked out" in refusal(repo, "upstream", "main").message
    assert repo.publish("upstream").where == "upstream/idea"


def test_a_branch_that_the_remote_lacks_is_made(repo: Repo, remote: Repo) -> None:
    repo.git("switch", "-q", "-c", "log", "--no-track")
    assert repo.publish("origin").where == "origin/log"
    assert remote.git("rev-parse", "log").strip() == repo.head()


def test_a_detached_head_is_pushed_to_the_named_branch(repo: Repo, remote: Repo) -> None:
    repo.git("checkout", "-q", "--detach")
    assert "no branch is checked out" in refusal(repo, "origin").message
    assert repo.publish("origin", "main").where == "origin/main"
    assert remote.git("rev-parse", "main").strip() == repo.head()


def test_a_shallow_checkout_can_be_pushed(repo: Repo, remote: Repo) -> None:
    repo.commit("more", "1\n")
    repo.git("push", "-q")
    path = repo.path.parent / "shallow"
    repo.git("clone", "-q", "--depth=1", remote.path.as_uri(), str(path))
    shallow = Repo(path, repo.env)
    assert shallow.publish("origin").commit == remote.git("rev-parse", "main").strip()


def test_a_remote_that_is_ahead_stops_before_anything_is_written(repo: Repo, remote: Repo) -> None:
    other = other_clone(repo, remote)
    other.commit("theirs", "1\n")
    other.git("push", "-q")
    error = refusal(repo, "origin")
    assert "origin/main has commits that this checkout lacks; nothing was written" in error.message
    assert "git pull --rebase" in error.hint
    assert not isinstance(error, HeadMoved)
    repo.git("fetch", "-q")
    assert "has commits that this checkout lacks" in refusal(repo, "origin").message


def test_a_branch_whose_name_ends_alike_is_another_branch(repo: Repo, remote: Repo) -> None:
    other = other_clone(repo, remote)
    other.commit("theirs", "1\n")
    other.git("push", "-q", "origin", "HEAD:refs/heads/old/refs/heads/main")
    assert repo.publish("origin").commit == remote.git("rev-parse", "refs/heads/main").strip()


def test_a_new_repository_does_not_replace_a_log_that_is_there(
    repo: Repo, remote: Repo, tmp_path: Path
) -> None:
    path = tmp_path / "new"
    repo.git("init", "-q", str(path))
    with pytest.raises(PublishError, match="has commits that this checkout lacks"):
        Repo(path, repo.env).publish(str(remote.path))
    assert [each.name for each in path.iterdir()] == [".git"]


@pytest.mark.parametrize("moment", ["commit", "push"])
def test_a_remote_that_moves_at_the_last_moment_loses_nothing(
    repo: Repo, remote: Repo, moment: str
) -> None:
    repo.commit(".gitattributes", "*.jsonl filter=moment\n")
    repo.git("push", "-q")
    other = other_clone(repo, remote)
    theirs = other.commit("theirs", "1\n")
    push = f"env -u GIT_DIR -u GIT_INDEX_FILE git -C '{other.path}' push -q origin main"
    if moment == "commit":
        repo.git("config", "filter.moment.clean", f"{push}; cat")
    else:
        repo.hook("pre-push", push)
    with pytest.raises(PublishError, match="has commits that this checkout lacks") as caught:
        repo.publish("origin")
    assert f"commit {repo.head()[:12]} stays in the work tree" in caught.value.message
    assert "git pull --rebase and git push" in caught.value.hint
    assert remote.git("rev-parse", "main").strip() == theirs
    assert repo.git("log", "-1", "--format=%ae").strip() == BOT_EMAIL
    assert repo.status() == ""
    repo.git("pull", "-q", "--rebase")
    repo.git("push", "-q")
    assert remote.git("log", "-2", "--format=%ae").split() == [BOT_EMAIL, "alice@example.com"]


@pytest.mark.parametrize(
    ("says", "what", "hint"),
    [
        (
            "error: GH006: Protected branch update failed for refs/heads/main.",
            "protected",
            "bypass",
        ),
        ("error: GH013: Repository rule violations found", "ruleset", "--publish api"),
        (
            "refusing to allow an App to update workflow `x.yml` without `workflows` permission",
            "a workflow file",
            "push that commit yourself",
        ),
        ("no pushes on Fridays", "the remote refused it", "meet that"),
    ],
)
def test_a_declined_push_keeps_the_commit(
    repo: Repo, remote: Repo, says: str, what: str, hint: str
) -> None:
    remote.hook("pre-receive", f"cat <<'END' >&2\n{says}\nEND\nexit 1")
    before = remote.git("for-each-ref")
    with pytest.raises(PublishError) as caught:
        repo.publish("origin")
    assert what in caught.value.message
    assert "pre-receive hook declined" in caught.value.message
    assert f"commit {repo.head()[:12]} stays" in caught.value.message
    assert hint in caught.value.hint
    assert remote.git("for-each-ref") == before
    assert repo.read(LOG) == "{}\n"


def test_a_pre_push_hook_may_stop_the_push(repo: Repo, remote: Repo) -> None:
    before = remote.git("for-each-ref")
    repo.hook("pre-push", "echo 'tests failed' >&2; exit 1")
    with pytest.raises(PublishError, match="tests failed"):
        repo.publish("origin")
    assert remote.git("for-each-ref") == before
    assert repo.git("log", "-1", "--format=%ae").strip() == BOT_EMAIL


def test_a_remote_that_is_not_there_is_one_sentence(repo: Repo) -> None:
    error = refusal(repo, "origin")
    assert "there is no such remote repository" in error.message
    assert "git remote -v" in error.hint


@pytest.mark.parametrize("branch", ["main:evil", "+main", "a..b", "ma in", "-x/", "refs/*"])
def test_a_branch_is_never_a_refspec(repo: Repo, remote: Repo, branch: str) -> None:
    repo.git("checkout", "-q", "--detach")
    before = remote.git("for-each-ref")
    if branch == "+main":
        # Odd, but a name; as a refspec it would force.
        assert repo.publish("origin", branch).where == "origin/+main"
        assert "refs/heads/+main" in remote.git("for-each-ref")
        return
    assert "no name that git allows" in refusal(repo, "origin", branch).message
    assert remote.git("for-each-ref") == before


def test_a_remote_is_never_an_option(repo: Repo) -> None:
    error = refusal(repo, "--upload-pack=touch planted", "main")
    assert not (repo.path / "planted").exists()
    assert "could not read" in error.message


class _Refusing(BaseHTTPRequestHandler):
    """A git host that answers every request with the status that its path begins with."""

    def do_GET(self) -> None:
        status = int(self.path.split("/")[1])
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refusing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "what", "hint"),
    [
        (401, "did not accept who asked", "credentials"),
        (403, "may not write to the remote", "permissions: contents: write"),
        (404, "there is no such remote repository", "git remote -v"),
        (503, "could not be reached", "run again"),
    ],
)
def test_a_refusing_host_is_one_sentence_without_secrets(
    repo: Repo, host: str, status: int, what: str, hint: str
) -> None:
    address = f"http://alice:s3cr3t@{host}/{status}/alice.git"
    repo.git("remote", "add", "origin", address)
    for remote in ("origin", address):
        error = refusal(repo, remote)
        assert what in error.message
        assert hint in error.hint
        assert "s3cr3t" not in str(error)


def test_nobody_is_asked_for_a_password(repo: Repo, host: str) -> None:
    error = refusal(repo, f"http://{host}/401/alice.git")
    assert "did not accept who asked" in error.message
    assert "terminal prompts disabled" in error.message


def test_a_host_that_is_gone_is_one_sentence(repo: Repo) -> None:
    error = refusal(repo, "http://alice:s3cr3t@127.0.0.1:1/alice.git")
    assert "could not be reached" in error.message
    assert "s3cr3t" not in str(error)


# --- running git ---


def test_git_never_sees_the_secrets(repo: Repo) -> None:
    names = (
        *("GITHUB_TOKEN", "GH_TOKEN", "CSC_CONTACTS", "CSC_CONTACTS_KEY", "MY_TRACKER"),
        "GIT_TRACE_CURL",
    )
    secrets = dict.fromkeys(names, "s3cr3t")
    answer = Git(repo.path, repo.env | secrets | {"https_proxy": "http://127.0.0.1:9"}).ask(
        "-c", "alias.environment=!env", "environment"
    )
    assert "s3cr3t" not in answer.line
    lines = answer.line.splitlines()
    assert {"LC_ALL=C", "TZ=UTC", "https_proxy=http://127.0.0.1:9"} <= set(lines)
    assert "s3cr3t" not in repr(repo.store()) + repr(Git(repo.path, secrets))


def test_what_takes_too_long_is_ended_with_all_that_it_started(repo: Repo) -> None:
    script = "!sh -c 'echo $$ > started; exec sleep 600' & wait"
    begun = time.monotonic()
    with pytest.raises(PublishError, match=r"git wait took longer than 2 seconds") as caught:
        Git(repo.path, repo.env).ask("-c", f"alias.wait={script}", "wait", seconds=2)
    assert time.monotonic() - begun < 30
    assert caught.value.hint
    sleeper = int(repo.read("started"))
    deadline = time.monotonic() + 10
    while _is_running(sleeper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(sleeper)


def _is_running(process: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, check=False
    )
    return done.stdout.strip()[:1] not in {b"", b"Z"}
