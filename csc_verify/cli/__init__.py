"""The command: parses, wires the real things together, prints, and ends with an exit code.

The only place that prints or exits. Each sub-command is a module with one ``command`` function
that returns its exit code and raises the errors of :mod:`csc_verify.errors`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from csc_verify.cli.arguments import parser
from csc_verify.errors import CscVerifyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from csc_verify.cli.terminal import Terminal

_CANNOT_TELL = 3
_INTERRUPTED = 130


def console(arguments: Callable[[], Sequence[str]] = lambda: sys.argv[1:]) -> None:
    """The ``csc-verify`` command of an installed package.

    Args:
        arguments: Tells the command line; may raise a :class:`~csc_verify.errors.UsageError`.
    """
    for stream in (sys.stdout, sys.stderr):
        # Names and titles are in any script, whatever the locale of a runner or terminal.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = _run(arguments, os.environ, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the report has seen enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def main(arguments: Sequence[str], env: Mapping[str, str], out: TextIO, err: TextIO) -> int:
    """Run one command.

    Args:
        arguments: As in ``sys.argv[1:]``.
        env: The environment; nothing else of the process's is read.
        out: Where reports go.
        err: Where everything else goes.

    Returns:
        The exit code of the contract.
    """
    return _run(lambda: arguments, env, out, err)


def _run(
    arguments: Callable[[], Sequence[str]], env: Mapping[str, str], out: TextIO, err: TextIO
) -> int:
    from csc_verify.cli.terminal import Terminal

    terminal = Terminal(
        out, err, colour=not env.get("NO_COLOR"), on_runner=env.get("GITHUB_ACTIONS") == "true"
    )
    try:
        return _dispatch(arguments(), env, terminal)
    except SystemExit as leaving:
        # --help and --version have been answered.
        return int(leaving.code or 0)
    except CscVerifyError as error:
        _complain(error, terminal)
        return error.exit_code
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if env.get("CSC_VERIFY_TRACEBACK"):
            raise
        terminal.say(
            f"csc-verify: this is a defect of csc-verify itself ({type(error).__name__}). "
            "Nothing was judged by it. Please report it with the output of the same command "
            "under CSC_VERIFY_TRACEBACK=1."
        )
        return _CANNOT_TELL


_MODULES = {
    "audit": "audit",
    "check": "check",
    "cohort": "cohort",
    "contacts": "contacts",
    "publish": "staged",
    "run": "weekly",
}


def _dispatch(arguments: Sequence[str], env: Mapping[str, str], terminal: Terminal) -> int:
    asked = parser().parse_args(list(arguments))
    if asked.command == "demo":
        from csc_verify.cli import demo

        return demo.command(asked, env, terminal, main)
    # Only the one that is asked for: what others need takes longer to import than it runs.
    module = import_module(f"csc_verify.cli.{_MODULES[asked.command]}")
    code: int = module.command(asked, env, terminal)
    return code


def _complain(error: CscVerifyError, terminal: Terminal) -> None:
    terminal.say(f"csc-verify: {error}")
    if terminal.on_runner:
        from csc_verify.render import annotations as orders

        for order in orders.for_error(error):
            terminal.order(order)
