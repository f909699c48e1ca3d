"""``csc-verify contacts template``: an empty tracker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.cli.contacts.private import write_out
from csc_verify.sources.contacts.headings import TEMPLATE

if TYPE_CHECKING:
    from argparse import Namespace

    from csc_verify.cli.terminal import Terminal


def command(arguments: Namespace, terminal: Terminal) -> int:
    """Write the headings.

    Raises:
        UsageError: The file is there already, or can't be made.
    """
    write_out(",".join(TEMPLATE) + "\n", arguments.out, terminal)
    return 0
