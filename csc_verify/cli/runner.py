"""What a runner of workflows is told: annotations, outputs, the job summary."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.errors import PublishError
from csc_verify.record import to_document
from csc_verify.render import annotations as orders
from csc_verify.render import badge, cohort_summary, outputs, summary

if TYPE_CHECKING:
    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Settings
    from csc_verify.overview import Audience, Overview
    from csc_verify.run import Prepared


def tell(prepared: Prepared, settings: Settings, config_file: str, terminal: Terminal) -> None:
    """Write whatever the runner gave a place for; nothing outside of one.

    Raises:
        PublishError: A file that the runner named can't be written.
    """
    for order in orders.render(prepared.report, config_file):
        terminal.order(order)
    for warning in prepared.warnings:
        terminal.order(orders.warning(warning))
    if settings.step_summary is not None:
        _append(settings.step_summary, summary.render(prepared.report, prepared.progress))
    if settings.output is not None:
        _append(settings.output, _outputs(prepared, settings))


def notice(text: str, terminal: Terminal) -> None:
    """Say something that is as it was asked for, and easily overlooked; a sentence."""
    terminal.say(f"Note: {text}.")
    terminal.order(orders.notice(text))


def tell_staged(to_do: str, settings: Settings) -> None:
    """Tell the job's next steps what has to be done with what was staged.

    Args:
        to_do: ``attest``, ``plain``, or empty for nothing.
        settings: Names the runner's file.

    Raises:
        PublishError: That file can't be written.
    """
    if settings.output is not None:
        _append(settings.output, f"staged={to_do}")


def tell_cohort(overview: Overview, audience: Audience, out: str, settings: Settings) -> None:
    """Write a cohort's summary, and where its JSON lies, if the runner gave a place for it.

    Args:
        overview: Many students in the same week.
        audience: Who may read it.
        out: The folder that was written to.
        settings: Names the runner's files.

    Raises:
        PublishError: A file that the runner named can't be written.
    """
    if settings.step_summary is not None:
        _append(settings.step_summary, cohort_summary.render(overview, audience))
    if settings.output is not None:
        values = {
            "week": overview.week.start.isoformat(),
            "report": str(Path(out).resolve() / "cohort.json"),
        }
        _append(settings.output, outputs.render(values, f"csc{secrets.token_hex(16)}"))


def _outputs(prepared: Prepared, settings: Settings) -> str:
    report, picture = "", ""
    if settings.runner_temp is not None:
        folder = settings.runner_temp / "csc-verify"
        report = _written(folder / "report.json", to_document(prepared.report))
        picture = _written(folder / "badge.svg", badge.render_svg(prepared.ledger.reports))
    values = outputs.values(prepared.report, report, picture)
    return outputs.render(values, f"csc{secrets.token_hex(16)}")


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text if text.endswith("\n") else text + "\n")
    except OSError as error:
        raise _unwritable(path, error) from None


def _written(path: Path, text: str) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(path, error) from None
    return str(path)


def _unwritable(path: Path, error: OSError) -> PublishError:
    return PublishError(
        f"{path} can't be written ({error.strerror})",
        "It is a file of the runner's; check the job's disk and its container",
    )
