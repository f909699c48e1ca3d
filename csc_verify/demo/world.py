"""The embedded world: a GitHub, a blog host, a clock, and students who live there.

It exists to run the real program against, with no token and no network::

    with World.start(directory, NOW) as world:
        environment = world.env(world.student("alice"))

Nothing here knows how the program judges: what it must say about each student stands in
``student.expected``, written down by hand.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from csc_verify.demo.blog_server import BlogServer
from csc_verify.demo.cast import NOW, ORGANIZATIONS, STUDENTS
from csc_verify.demo.git_repository import NewCommit, Signature
from csc_verify.demo.github_hub import Hub, TokenKind, token_value
from csc_verify.demo.github_server import GitHubServer
from csc_verify.demo.loopback import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from csc_verify.demo.git_repository import BareRepository
    from csc_verify.demo.issues import Board
    from csc_verify.demo.loopback import Request
    from csc_verify.demo.student import DemoOrganization, DemoStudent

README = """\
# {name}

Hello, I am {name}.

<!-- csc:start -->
<!-- csc:end -->

What stands below the markers is mine, too.
"""


class World:
    """Everything that runs; start one with :meth:`start` and close it, or use ``with``.

    Args:
        directory: Where the bare repositories are made; empty or absent.
        now: The clock's first time, an instant.
        students: Who lives there.
        organizations: Accounts that own repositories and are nobody.
    """

    def __init__(
        self,
        directory: Path,
        now: datetime = NOW,
        students: Iterable[DemoStudent] = STUDENTS,
        organizations: Iterable[DemoOrganization] = ORGANIZATIONS,
    ) -> None:
        self.students = tuple(students)
        self.now = now
        self._recorder = Recorder()
        with ExitStack() as starting:
            blogs = [blog for student in self.students for blog in student.blogs]
            self.blog = BlogServer(blogs, self.clock, self._recorder)
            starting.callback(self.blog.close)
            files = {student.login: self.files(student) for student in self.students}
            self.hub = Hub(self.students, organizations, files, directory, self.clock)
            self.github = GitHubServer(self.hub, self._recorder)
            starting.callback(self.github.close)
            self._closing = starting.pop_all()

    @classmethod
    def start(
        cls, directory: Path, now: datetime = NOW, students: Iterable[DemoStudent] = STUDENTS
    ) -> Self:
        """Makes the repositories and starts both servers."""
        return cls(directory, now, students)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops both servers; the repositories stay on disk."""
        self._closing.close()

    def clock(self) -> datetime:
        """The world's time, an instant."""
        return self.now

    def advance(self, now: datetime) -> None:
        """Sets the clock; what was planned until then has happened."""
        self.now = now

    @property
    def github_url(self) -> str:
        """Address of the API and of the site, without a slash at the end."""
        return self.github.url

    @property
    def blog_url(self) -> str:
        """Address of the blog host, without a slash at the end."""
        return self.blog.url

    @property
    def requests(self) -> tuple[Request, ...]:
        """Everything that either server was asked so far, in the order of arrival."""
        return self._recorder.requests

    def forget_requests(self) -> None:
        """Lets :attr:`requests` begin anew."""
        self._recorder.clear()

    def student(self, login: str) -> DemoStudent:
        """A student by login.

        Raises:
            LookupError: Nobody has it.
        """
        found = [student for student in self.students if student.login == login]
        if not found:
            raise LookupError(f"Nobody here is called {login}")
        return found[0]

    def files(self, student: DemoStudent) -> dict[str, bytes]:
        """What the student's first commit puts into the profile repository, by path."""
        configuration = student.configuration.replace("{blog}", self.blog_url)
        kept = {path: text.replace("{blog}", self.blog_url) for path, text in student.files}
        return {
            ".github/csc.yml": configuration.encode(),
            "README.md": README.format(name=student.name).encode(),
            **{path: text.encode() for path, text in kept.items()},
        }

    def secrets(self, student: DemoStudent) -> dict[str, str]:
        """The secrets of the student's profile repository, by name."""
        return {name: text.replace("{blog}", self.blog_url) for name, text in student.secrets}

    def token(self, student: DemoStudent, kind: TokenKind = TokenKind.WORKFLOW) -> str:
        """One of the student's tokens."""
        return token_value(kind, student.login)

    def env(self, student: DemoStudent, kind: TokenKind = TokenKind.WORKFLOW) -> dict[str, str]:
        """The environment of a run in the student's profile repository."""
        return {
            "GITHUB_TOKEN": self.token(student, kind),
            "GITHUB_REPOSITORY": student.profile,
            "GITHUB_API_URL": self.github_url,
            "GITHUB_GRAPHQL_URL": f"{self.github_url}/graphql",
            "GITHUB_SERVER_URL": self.github_url,
            "CSC_VERIFY_NOW": self.now.isoformat(),
            "CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
            **self.secrets(student),
        }

    def repository(self, student: DemoStudent) -> BareRepository:
        """The git repository behind the student's profile repository.

        Raises:
            LookupError: It isn't made before the student joined.
        """
        git = self.hub.repositories[student.profile.lower()].git
        if git is None:
            raise LookupError(f"{student.profile} doesn't exist before {student.joined}")
        return git

    def issues(self, student: DemoStudent) -> Board:
        """The issues of the student's profile repository."""
        return self.hub.repositories[student.profile.lower()].issues

    def bare_repository(self, student: DemoStudent) -> Path:
        """Where that git repository is; it can be cloned from and pushed to."""
        return self.repository(student).path

    def force_push(self, student: DemoStudent) -> None:
        """Takes the newest commit off the profile repository's default branch."""
        hosted = self.hub.repositories[student.profile.lower()]
        branch = hosted.about.default_branch
        self.repository(student).rewind(branch)
        hosted.forced.append(self.now)

    def delete_branch(self, student: DemoStudent) -> None:
        """The student deletes the default branch and pushes it again as it was."""
        self.hub.repositories[student.profile.lower()].deleted.append(self.now)

    def add_commit_as_student(
        self, student: DemoStudent, files: Mapping[str, bytes], message: str = "Tidy up"
    ) -> str:
        """Commits files to the profile repository as its owner; returns the new head."""
        git = self.repository(student)
        branch = self.hub.repositories[student.profile.lower()].about.default_branch
        signature = Signature(student.name, student.email, self.now)
        commit = NewCommit(signature, signature, message, files)
        return git.commit(branch, git.head(branch) or "", commit)
