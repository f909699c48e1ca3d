"""Everything that can go wrong, as one tree.

Each error says what happened and where (its text), and what to do next (its hint)::

    CscVerifyError
    ├── UsageError            2   the command was called in a way that cannot work
    │   ├── WeekError         2   a week or time zone that does not exist
    │   └── ConfigError       2   the configuration has problems; all of them, each with its line
    ├── RecordError           3   a log line that cannot be read
    ├── GitHubError           3   GitHub was asked and did not answer what was asked
    │   ├── NoToken           3   no token to ask with
    │   ├── BadToken          3   the token was refused
    │   ├── Forbidden         3   the token may not do this
    │   ├── NotFound          3   GitHub says that there is no such thing
    │   ├── RateLimited       3   the quota is spent
    │   └── Unavailable       3   an outage, a time-out, an answer that makes no sense
    └── PublishError          4   what was verified could not be published
        └── HeadMoved         4   somebody else committed meanwhile; read again and retry

The number is the exit code of the contract when such an error ends a command. Inside a
verification no error ends anything: a source turns it into a reason for ``unknown``.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple


class CscVerifyError(Exception):
    """Base of the tree.

    Args:
        message: One sentence without its full stop: what happened, and where.
        hint: One sentence without its full stop: what to do next. May be empty.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        hint = f" {self.hint[:1].upper()}{self.hint[1:]}." if self.hint else ""
        return f"{self.message}.{hint}"


class UsageError(CscVerifyError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class WeekError(UsageError):
    """A week, a day or a time zone that does not exist."""


class Problem(NamedTuple):
    """One thing wrong with a configuration.

    A named tuple and no dataclass, since this module is imported with every command and
    dataclasses would double what ``--version`` costs.

    Attributes:
        file: The file's name as the user knows it, or the option or variable.
        line: Line counted from 1, or None where there is no line.
        text: What is wrong, without a full stop.
        hint: What to write instead; may be empty.
    """

    file: str
    line: int | None
    text: str
    hint: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.text}" + (f" ({self.hint})" if self.hint else "")


class ConfigError(UsageError):
    """The configuration cannot be used; carries every problem found, not only the first.

    Args:
        problems: At least one, in the order of their lines.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __str__(self) -> str:
        return self.message


class RecordError(CscVerifyError):
    """A log line that cannot be read."""


class GitHubError(CscVerifyError):
    """GitHub was asked and did not answer what was asked."""


class NoToken(GitHubError):
    """There is no token to ask with."""


class BadToken(GitHubError):
    """GitHub refused the token (401)."""


class Forbidden(GitHubError):
    """The token may not do this (403, ``FORBIDDEN``)."""


class NotFound(GitHubError):
    """GitHub says that there is no such login, repository or branch."""


class RateLimited(GitHubError):
    """The quota is spent, or GitHub asked to slow down."""


class Unavailable(GitHubError):
    """An outage, a time-out, or an answer that makes no sense."""


class PublishError(CscVerifyError):
    """What was verified could not be published."""

    exit_code = 4


class HeadMoved(PublishError):
    """Somebody else committed to the branch between reading and writing."""
