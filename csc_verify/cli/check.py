"""``csc-verify check``: one week, one report, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csc_verify.cli import wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.config import config_from_options, read_settings
from csc_verify.errors import UsageError
from csc_verify.model import Verdict
from csc_verify.record import to_document
from csc_verify.week import read_begun_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Config, Settings
    from csc_verify.model import Report

EXIT_CODES = {Verdict.MET: 0, Verdict.SKIPPED: 0, Verdict.UNMET: 1, Verdict.UNKNOWN: 3}


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Verify one week and print the report.

    Raises:
        UsageError: Options that contradict each other, no such week, a faulty configuration.
    """
    settings = read_settings(env)
    config = _config(arguments, settings)
    now = wiring.clock(settings)
    week = read_begun_week(arguments.week, now, config.week_starts, config.zone())
    with wiring.open_sources(settings, terminal) as sources:
        from csc_verify.cli.kept import in_work_tree, with_kept_files
        from csc_verify.verify import verify_week

        report = verify_week(config, week, now, with_kept_files(sources, config, env, in_work_tree))
    _print(report, arguments.format, terminal)
    return EXIT_CODES[report.verdict]


def _config(arguments: Namespace, settings: Settings) -> Config:
    options = {
        "--github": arguments.github,
        "--blog": arguments.blog,
        "--track": arguments.track,
        "--timezone": arguments.timezone,
    }
    named = [option for option, value in options.items() if value]
    if arguments.config is not None and named:
        raise UsageError(f"{named[0]} and --config exclude each other", "Leave one of them out")
    if named:
        return config_from_options(
            github=arguments.github,
            blog=tuple(arguments.blog),
            track=arguments.track,
            timezone=arguments.timezone,
        )
    path = arguments.config or DEFAULT_CONFIG
    return wiring.with_login(wiring.config_in_work_tree(path), settings, path)


def _print(report: Report, format_: str, terminal: Terminal) -> None:
    match format_:
        case "json":
            terminal.json(to_document(report))
        case "markdown":
            from csc_verify.render import summary

            terminal.document(summary.render(report))
        case _:
            terminal.report(report)
