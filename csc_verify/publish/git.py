"""Running git: bounded in time, never asking anybody, and knowing nothing of our secrets.

Of the environment git gets what it needs to find its configuration, its helpers and the network.
Everything else stays behind, above all the API token, which goes to the API's host alone, and
the variables that could point git to another repository. So a credential helper of the user's
finds what it finds in files, agents and key rings, but no variable that it alone knows.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from csc_verify.errors import PublishError
from csc_verify.escape import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCAL_SECONDS = 60.0
"""How long a command may take that stays on this machine."""

NETWORK_SECONDS = 180.0
"""How long a command may take that talks to a remote."""

_KEPT = re.compile(
    r"""PATH | HOME | USER | LOGNAME | SUDO_UID | TMPDIR | XDG_\w+
    | SSH_AUTH_SOCK | SSH_AGENT_PID | DBUS_SESSION_BUS_ADDRESS
    | SSL_CERT_FILE | SSL_CERT_DIR | CURL_CA_BUNDLE | (HTTP|HTTPS|ALL|NO)_PROXY
    | GIT_(CONFIG|SSL|HTTP)_\w+ | GIT_SSH(_COMMAND|_VARIANT)? | GIT_ASKPASS | GIT_PROXY_COMMAND
    | GIT_EXEC_PATH | GIT_CEILING_DIRECTORIES | GIT_DISCOVERY_ACROSS_FILESYSTEM
    | SYSTEMROOT | SYSTEMDRIVE | WINDIR | COMSPEC | PATHEXT | TEMP | TMP | USERPROFILE
    | HOMEDRIVE | HOMEPATH | APPDATA | LOCALAPPDATA | PROGRAMDATA | PROGRAMFILES""",
    re.VERBOSE | re.IGNORECASE,
)
_SETTINGS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GCM_INTERACTIVE": "never",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    "LC_ALL": "C",
    "TZ": "UTC",
}
_CONFIGURATION = ("gc.auto=0", "maintenance.auto=false", "i18n.commitEncoding=utf-8")
# Up to the last @ before white space: a password may hold any sign, and saying less is safe.
_CREDENTIALS = re.compile(r"://\S*@")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a git command left.

    Attributes:
        code: Its exit code; 0 is success.
        output: Standard output.
        errors: Standard error, in English.
    """

    code: int
    output: bytes
    errors: str

    @property
    def line(self) -> str:
        """Standard output as one line of text."""
        return os.fsdecode(self.output).rstrip("\r\n")

    @property
    def names(self) -> tuple[str, ...]:
        """Standard output as the file names of a command that ends each with a zero byte."""
        return tuple(os.fsdecode(name) for name in self.output.split(b"\0") if name)


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one folder.

    Attributes:
        folder: Where its commands run.
        env: The environment to choose from; see the module's text.
    """

    folder: Path
    env: Mapping[str, str] = field(repr=False)

    def ask(
        self,
        *arguments: str,
        stdin: bytes = b"",
        more_env: Mapping[str, str] | None = None,
        seconds: float = LOCAL_SECONDS,
    ) -> Answer:
        """Run a command, whatever its exit code.

        Args:
            arguments: The command and what follows it. Paths in them stand for themselves alone,
                never for a pattern.
            stdin: What it reads.
            more_env: Variables for this command.
            seconds: How long it may take.

        Raises:
            PublishError: Git is not installed, or took too long.
        """
        program = shutil.which("git", path=self.env.get("PATH", os.defpath))
        if program is None:
            raise PublishError(
                "git is not installed, or not on the PATH",
                "install git, or publish with --publish files or --publish api",
            )
        settings = [word for each in _CONFIGURATION for word in ("-c", each)]
        command = [program, "--no-pager", "--literal-pathspecs", *settings, *arguments]
        environment = clean_environment(self.env) | dict(more_env or {})
        return _run(command, self.folder, environment, stdin, seconds)


def clean_environment(env: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that git gets, and the settings that keep it from asking.

    Args:
        env: Any environment.
    """
    kept = {name: value for name, value in env.items() if _KEPT.fullmatch(name)}
    return kept | _SETTINGS


def redacted(text: str) -> str:
    """Text of git's as one line, without the credentials of any address in it."""
    return plain(_CREDENTIALS.sub("://***@", text), limit=400)


def _run(
    command: list[str], folder: Path, env: Mapping[str, str], stdin: bytes, seconds: float
) -> Answer:
    with subprocess.Popen(  # noqa: S603  the program is git; nothing passes through a shell
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # No terminal to ask on, and one group to end with all that git started.
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(stdin, seconds)
        except subprocess.TimeoutExpired as error:
            raise PublishError(
                f"git {_verb(command)} took longer than {seconds:g} seconds and was stopped",
                "see that the remote can be reached and that git asks for nothing, and run again",
            ) from error
        finally:
            if process.poll() is None:
                _kill(process)
    return Answer(process.returncode, output, errors.decode("utf-8", "replace"))


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _verb(command: list[str]) -> str:
    words = pairwise(command)
    return next(word for before, word in words if before != "-c" and not word.startswith("-"))
