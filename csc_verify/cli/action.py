"""The Action's inputs, as arguments of the command.

They come as environment variables (``CSC_INPUT_…``), since an input pasted into a shell script
would be code.
"""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from csc_verify import cli
from csc_verify.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPTIONS = {
    "run": {
        "CSC_INPUT_CONFIG": "--config",
        "CSC_INPUT_WEEK": "--week",
        "CSC_INPUT_FAIL_ON": "--fail-on",
        "CSC_INPUT_PUBLISH": "--publish",
    },
    "audit": {},
    "cohort": {"CSC_INPUT_WEEK": "--week"},
    "publish": {"CSC_INPUT_CONFIG": "--config"},
}
"""Of each command, the inputs that are options of it."""


def arguments_from_inputs(env: Mapping[str, str]) -> list[str]:
    """The command line that the inputs ask for; an empty input is as good as none.

    Raises:
        UsageError: No such command, or ``args`` has an open quote.
    """
    command = env.get("CSC_INPUT_COMMAND") or "run"
    if command not in _OPTIONS:
        raise UsageError(
            f"the input command is {command!r}, which this version does not know",
            f"Write one of: {', '.join(_OPTIONS)}",
        )
    options = [
        f"{option}={env[name]}" for name, option in _OPTIONS[command].items() if env.get(name)
    ]
    try:
        return [command, *options, *shlex.split(env.get("CSC_INPUT_ARGS", ""))]
    except ValueError as error:
        raise UsageError(f"the input args can't be read: {error}", "Close the quote") from None


def console() -> None:
    """What the Action's step runs."""
    cli.console(lambda: arguments_from_inputs(os.environ))
