"""``csc-verify contacts key``: a key that nobody can guess."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from csc_verify.cli.contacts.private import refuse_on_runner

if TYPE_CHECKING:
    from csc_verify.cli.terminal import Terminal

_BYTES = 32


def command(terminal: Terminal) -> int:
    """Make a key and print it; it is kept nowhere.

    Raises:
        UsageError: A workflow's job asks for it, whose log may be public.
    """
    refuse_on_runner("key", terminal)
    terminal.document(secrets.token_hex(_BYTES))
    terminal.say(
        "Save it in your password manager, then as the repository's secret CSC_CONTACTS_KEY. "
        "Keep it for the whole commitment: without it no week can be revealed later."
    )
    return 0
