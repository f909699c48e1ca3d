"""The two streams of a command, and what may go to each.

Reports go to standard output, everything else to standard error. Colour only on a terminal and
without ``NO_COLOR``. On a runner, text of others is fenced, since a printed line that begins with
``::`` is an order there.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from csc_verify.errors import CscVerifyError
from csc_verify.escape import log_line

if TYPE_CHECKING:
    from csc_verify.model import Report
    from csc_verify.overview import Overview

_LINE = 2000
WIDTH = 100
"""Columns of a table where nobody tells how wide the terminal is."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command writes to.

    Attributes:
        out: Standard output: reports.
        err: Standard error: everything else.
        colour: Whether ``NO_COLOR`` allows colour on a terminal.
        on_runner: Whether workflow commands are obeyed by whoever reads.
    """

    out: TextIO
    err: TextIO
    colour: bool
    on_runner: bool

    def report(self, report: Report) -> None:
        """Print a report for people."""
        # Imported here, since JSON and Markdown need neither it nor what it draws with.
        from csc_verify.render import terminal

        if self.colour and self.out.isatty():
            from rich.console import Console

            terminal.print_rich(report, Console(file=self.out, highlight=False))
            return
        self.page(terminal.render_plain(report))

    def overview(self, overview: Overview) -> None:
        """Print a cohort's table for people."""
        from csc_verify.render import cohort_table

        if self.colour and self.out.isatty():
            from rich.console import Console

            cohort_table.print_rich(overview, Console(file=self.out, highlight=False))
            return
        self.page(cohort_table.render_plain(overview, WIDTH))

    def page(self, text: str) -> None:
        """Write a finished text with text of others in it to standard output."""
        if self.on_runner:
            from csc_verify.render import annotations as orders

            text = orders.guarded(text, secrets.token_hex(16))
        self.document(text)

    def json(self, text: str) -> None:
        """Write a JSON document to standard output.

        On a runner, the older form of its orders is obeyed anywhere in a line, and a title may hold
        it. As an escape it is the same JSON.
        """
        self.document(text.replace("##[", "##\\u005b") if self.on_runner else text)

    def document(self, text: str) -> None:
        """Write a finished text to standard output, in UTF-8 whatever the locale says."""
        try:
            self.out.write(text if text.endswith("\n") else text + "\n")
            # On a runner both streams go into one log, and the report belongs before the rest.
            self.out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = f"the report can't be written to standard output: {error.strerror}"
            raise CscVerifyError(reason, "Make room, or send it elsewhere") from None

    def say(self, text: str) -> None:
        """Write a sentence to standard error, a line for each line of it."""
        for line in text.splitlines():
            self.err.write(log_line(line, _LINE) + "\n")

    def order(self, command: str) -> None:
        """Write a workflow command, already escaped, where a runner reads it."""
        if self.on_runner:
            self.err.write(command + "\n")
