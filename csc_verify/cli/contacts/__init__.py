"""``csc-verify contacts``: help with a student's own tracker, in private."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from csc_verify.cli.terminal import Terminal


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Do what was asked; each returns its exit code.

    Raises:
        UsageError: A file that can't be used, a faulty configuration, or a runner's job that would
            show names.
    """
    match arguments.doing:
        case "template":
            from csc_verify.cli.contacts import template

            return template.command(arguments, terminal)
        case "key":
            from csc_verify.cli.contacts import key

            return key.command(terminal)
        case "lint":
            from csc_verify.cli.contacts import lint

            return lint.command(arguments, env, terminal)
        case "reveal":
            from csc_verify.cli.contacts import reveal

            return reveal.command(arguments, env, terminal)
        case _:
            from csc_verify.cli.contacts import confirm

            return confirm.command(arguments, env, terminal)
