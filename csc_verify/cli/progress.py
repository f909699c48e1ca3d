"""How far many students are: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csc_verify.cli.terminal import Terminal

T = TypeVar("T")


def counted(things: Iterable[T], number: int, terminal: Terminal) -> Iterator[T]:
    """The same things; on a terminal with a bar, the rate, and the time that is left.

    Args:
        things: What is waited for.
        number: How many there will be.
        terminal: Standard error may be one.
    """
    if not terminal.err.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=terminal.err, no_color=not terminal.colour)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Students", total=number, rate="")
        for thing in things:
            yield thing
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.0f}/s" if speed else "")
