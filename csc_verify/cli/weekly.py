"""``csc-verify run``: what the Action runs each week."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from csc_verify.cli import other_branch, runner, wiring
from csc_verify.cli.arguments import DEFAULT_CONFIG
from csc_verify.cli.kept import in_snapshot, in_work_tree, with_kept_files
from csc_verify.cli.staged import staged
from csc_verify.config import read_settings
from csc_verify.errors import ConfigError, Problem, UsageError
from csc_verify.model import Verdict
from csc_verify.publish.git_store import GitStore
from csc_verify.publish.github_store import GitHubStore
from csc_verify.publish.reminder_issues import Reminded, remind
from csc_verify.publish.work_tree import FileStore
from csc_verify.reminders import foretold
from csc_verify.render.log import Standing
from csc_verify.render.readme import Links
from csc_verify.run import PUBLISHED, Delivery, Place, Prepared, Run, deliver, preview
from csc_verify.schedule import Asked, why_never_rechecked
from csc_verify.week import WeekState, read_begun_week, read_week

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from csc_verify.cli.terminal import Terminal
    from csc_verify.config import Config, Settings
    from csc_verify.model import Report
    from csc_verify.publish.store import Store
    from csc_verify.unusable import Unusable
    from csc_verify.verify import Sources

_FAILING: dict[str, dict[Verdict, int]] = {
    "never": {},
    "unmet": {Verdict.UNMET: 1},
    "unknown": {Verdict.UNMET: 1, Verdict.UNKNOWN: 3},
}
_NONE_WHERE_ATTESTED = (
    "there are no reminders in attested mode, since its workflow may not write issues; "
    "write reminders: false"
)


def command(arguments: Namespace, env: Mapping[str, str], terminal: Terminal) -> int:
    """Verify what is due, render, publish, and tell the runner.

    Raises:
        UsageError: Options that contradict each other, no such week, a faulty configuration.
        PublishError: It could not be published; the report was printed all the same.
    """
    settings = read_settings(env)
    if arguments.push and arguments.publish != "git":
        raise UsageError("--push goes with --publish git", "Add it, or leave --push out")
    if arguments.stage is not None and arguments.publish != "api":
        raise UsageError("--stage goes with --publish api", "Add it, or leave --stage out")
    if arguments.publish in {"git", "api"}:
        wiring.refuse_test_switches(settings)
    standing = Standing.SELF_PUBLISHED if arguments.stage is None else Standing.ATTESTED
    with wiring.open_sources(settings, terminal) as sources:
        target = _target(arguments, settings, sources, env)
        sources_ = with_kept_files(sources, target.config, env, target.read_file)
        place = _place(target.config, _config_file(arguments), standing)
        run = _run(arguments, settings, target.config, sources_, place)
        delivery, to_do = _published(arguments, run, target.store)
        # Afterwards, so that nothing about a reminder costs a commit.
        reminded = _remind(arguments, settings, run, delivery.prepared)
    delivery = replace(delivery, prepared=_with_warnings(delivery.prepared, reminded.warnings))
    terminal.report(delivery.prepared.report)
    _say_what_happened(delivery, reminded, terminal)
    for notice in target.notices:
        runner.notice(notice, terminal)
    runner.tell(delivery.prepared, settings, _config_file(arguments), terminal)
    if arguments.stage is not None:
        runner.tell_staged(to_do, settings)
    if delivery.failure is not None:
        raise delivery.failure
    return _exit_code(delivery.prepared.report, arguments.fail_on)


def _exit_code(report: Report, fail_on: str) -> int:
    """What ``--fail-on`` asks for; a week that still runs has failed nobody yet."""
    if report.week.state is WeekState.OPEN:
        return 0
    return _FAILING[fail_on].get(report.verdict, 0)


def _published(arguments: Namespace, run: Run, store: Store) -> tuple[Delivery, str]:
    """What became of a run, and what attested mode has to do next."""
    if arguments.stage is not None:
        return staged(run, store, Path(arguments.stage))
    publishing = preview if arguments.publish == "none" else deliver
    return publishing(run, store), ""


@dataclass(frozen=True, slots=True)
class _Target:
    """What to verify, where to publish it, where its files are, and what to say of it."""

    config: Config
    store: Store
    read_file: Callable[[str], bytes | Unusable | None] = in_work_tree
    notices: tuple[str, ...] = ()


def _config_file(arguments: Namespace) -> str:
    return posixpath.normpath(arguments.config or DEFAULT_CONFIG)


def _target(
    arguments: Namespace, settings: Settings, sources: Sources, env: Mapping[str, str]
) -> _Target:
    file = _config_file(arguments)
    if arguments.publish == "api":
        return _on_github(file, settings, sources, env)
    config = wiring.with_login(wiring.config_in_work_tree(file), settings, file)
    if arguments.publish == "git":
        wiring.refuse_public_tracker(config, file, settings, env, is_private=None)
        branch = config.publish.branch
        return _Target(config, GitStore(Path(), env=env, remote=arguments.push, branch=branch))
    return _Target(config, FileStore(Path()))


def _on_github(file: str, settings: Settings, sources: Sources, env: Mapping[str, str]) -> _Target:
    """The configuration is the default branch's; the files go to ``publish.branch``."""
    if settings.repository is None:
        raise UsageError(
            "--publish api does not know which repository to commit to",
            "Set GITHUB_REPOSITORY to owner/name, as a runner does",
        )
    store = GitHubStore(sources.github, settings.repository, branch=None)
    snapshot = store.snapshot()
    config = wiring.config_in_snapshot(snapshot, file, settings.repository)
    config = wiring.with_login(config, settings, file)
    wiring.refuse_public_tracker(config, file, settings, env, is_private=snapshot.is_private)
    branch = config.publish.branch
    store = GitHubStore(sources.github, settings.repository, branch=branch)
    where = f"{settings.server_url}/{settings.repository}"
    return _Target(
        config, store, in_snapshot(snapshot), other_branch.notices(config, snapshot, where)
    )


def _run(
    arguments: Namespace, settings: Settings, config: Config, sources: Sources, place: Place
) -> Run:
    now, starts, zone = wiring.clock(settings), config.week_starts, config.zone()
    week = read_begun_week(arguments.week, now, starts, zone) if arguments.week else None
    recheck = read_week(arguments.recheck, now, starts, zone) if arguments.recheck else None
    if recheck is not None and (why := why_never_rechecked(config, recheck, now)):
        raise UsageError(
            f"the week of {recheck.key} {why}, so it has no line to look at again",
            "Name a week that has one, or look at any week with csc-verify check --week",
        )
    return Run(config, now, Asked(week, recheck), sources, place)


def _place(config: Config, file: str, standing: Standing) -> Place:
    directory = config.publish.directory
    readme = config.publish.readme or None
    if readme and readme.casefold() in {f"{directory}/{name}".casefold() for name in PUBLISHED}:
        text = f"publish.readme is {readme}, which is a file that is made anew each week"
        raise ConfigError((Problem(file, None, text, "name your README"),))
    beside = posixpath.dirname(readme or "")

    def link(name: str) -> str:
        return posixpath.relpath(f"{directory}/{name}", beside or ".")

    links = Links(badge=link("badge.svg"), log=link("log.md"), history=link("history.svg"))
    return Place(directory, readme, links, standing)


def _remind(arguments: Namespace, settings: Settings, run: Run, prepared: Prepared) -> Reminded:
    """Open, edit or close the reminder where one is asked for; say so where nothing is written."""
    weekday = run.config.reminders
    if weekday is False or arguments.publish == "files":
        return Reminded()
    if run.place.standing is Standing.ATTESTED:
        return Reminded(warnings=(_NONE_WHERE_ATTESTED,))
    progress = prepared.progress
    if arguments.publish == "none":
        return Reminded((f"Reminder (--publish none): {foretold(progress, weekday)}.",))
    if settings.repository is None or settings.token is None:
        return Reminded(
            ("No reminder: it is an issue, which takes GITHUB_REPOSITORY and a workflow's token.",)
        )
    met = {it.week.start for it in prepared.ledger.reports if it.verdict is Verdict.MET}
    return remind(run.sources.github, settings.repository, progress, weekday, met)


def _with_warnings(prepared: Prepared, warnings: tuple[str, ...]) -> Prepared:
    return replace(prepared, warnings=(*prepared.warnings, *warnings))


def _say_what_happened(delivery: Delivery, reminded: Reminded, terminal: Terminal) -> None:
    prepared = delivery.prepared
    paths = ", ".join(change.path for change in prepared.changes)
    if delivery.published is not None and not prepared.changes:
        terminal.say(
            f"Nothing is new; what an earlier run had committed went to {delivery.published.where}"
        )
    elif not prepared.changes:
        terminal.say("Nothing is new, so nothing was written.")
    elif delivery.kept_in:
        terminal.say(f"Kept in {delivery.kept_in}, to be committed by another step: {paths}")
    elif delivery.published is None and delivery.failure is None:
        terminal.say(f"Nothing was written (--publish none). It would change: {paths}")
    elif delivery.published is not None:
        commit = f" as {delivery.published.commit}" if delivery.published.commit else ""
        terminal.say(f"Written to {delivery.published.where}{commit}: {paths}")
    verb = "Entered" if delivery.published else "To be entered"
    for report in prepared.entered:
        week, verdict = report.week, report.verdict.value
        terminal.say(f"{verb}: week of {week.start}, {verdict} ({week.state})")
    for sentence in reminded.said:
        terminal.say(sentence)
    for warning in prepared.warnings:
        terminal.say(f"Warning: {warning}.")
