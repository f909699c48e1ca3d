"""The command line's grammar. Imports nothing heavy: ``--version`` and ``--help`` must be quick."""

from __future__ import annotations

import argparse
from typing import NoReturn

from csc_verify.errors import UsageError
from csc_verify.version import __version__

PROGRAM = "csc-verify"
DEFAULT_CONFIG = ".github/csc.yml"

_EPILOG = """\
exit codes: 0 met or skipped, 1 unmet, 2 wrong usage or configuration, 3 unknown, 4 not published
"""
_WEEK = "last (default), this, a day such as 2026-11-18, or an ISO week such as 2026-W47"


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are errors of ours."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"See {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The whole command's parser; ``command`` names the sub-command."""
    main = _Parser(
        prog=PROGRAM,
        description="Verifies a graduate's weekly job-search commitment from public facts.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    main.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_check(commands)
    _add_run(commands)
    _add_publish(commands)
    _add_audit(commands)
    _add_cohort(commands)
    _add_contacts(commands)
    _add_demo(commands)
    return main


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser(
        "check",
        help="verify one week and print the report; writes nothing",
        description="Verify one week and print the report. Writes nothing.",
        epilog="exit codes: 0 met or skipped, 1 unmet, 2 wrong usage or configuration, 3 unknown",
        allow_abbrev=False,
    )
    check.add_argument("--week", default="last", help=_WEEK)
    check.add_argument("--config", metavar="PATH", help=f"default: {DEFAULT_CONFIG}")
    check.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )
    without = check.add_argument_group(
        "without a configuration file", "The scope is then what is named here."
    )
    without.add_argument("--github", metavar="LOGIN", help="count this account's contributions")
    without.add_argument(
        "--blog",
        metavar="URL",
        action="append",
        default=[],
        help="any address of a blog; may be given again",
    )
    without.add_argument("--track", help="software-engineering (default), data-science, design")
    without.add_argument("--timezone", metavar="ZONE", help="IANA name; default: UTC")


def _add_run(commands: argparse._SubParsersAction[_Parser]) -> None:
    run = commands.add_parser(
        "run",
        help="the weekly run: verify what is due, render, publish",
        description="Verify last week and every week that is missing, provisional or unknown, "
        "render badge and log, and publish them.",
        epilog="exit codes: 0 whatever the verdict, unless --fail-on asks otherwise (then 1 unmet, "
        "3 unknown); 2 wrong usage or configuration; 4 not published",
        allow_abbrev=False,
    )
    run.add_argument("--config", metavar="PATH", help=f"default: {DEFAULT_CONFIG}")
    run.add_argument("--week", help=f"the week to report on: {_WEEK}")
    run.add_argument(
        "--recheck", metavar="WEEK", help="look at a final week again and take over what differs"
    )
    run.add_argument(
        "--publish",
        choices=("none", "files", "git", "api"),
        default="none",
        help="none (default): say what would change; files: write them here; git: commit them "
        "here; api: commit them through GitHub's API",
    )
    run.add_argument(
        "--stage",
        metavar="DIR",
        help="with --publish api: keep in DIR what would be committed, "
        "to be attested first; csc-verify publish commits it",
    )
    run.add_argument(
        "--push", metavar="REMOTE", help="with --publish git: push to this remote afterwards"
    )
    run.add_argument(
        "--fail-on",
        choices=("never", "unmet", "unknown"),
        default="never",
        help="end with an error for such a verdict; unknown includes unmet (default: never)",
    )


def _add_publish(commands: argparse._SubParsersAction[_Parser]) -> None:
    publish = commands.add_parser(
        "publish",
        help="attested mode's last step: commit what run --stage kept",
        allow_abbrev=False,
    )
    publish.add_argument("folder", metavar="DIR", help="what run --stage filled")
    publish.add_argument("--bundle", metavar="FILE", help="GitHub's attestation of it")
    publish.add_argument("--config", metavar="PATH", default=DEFAULT_CONFIG)


def _add_audit(commands: argparse._SubParsersAction[_Parser]) -> None:
    audit = commands.add_parser(
        "audit",
        help="a coach's command: verify a published log again from public sources",
        description="Verify a published log again from public sources, week by week: confirmed, "
        "contradicted (a live fact says otherwise), or not-recheckable (gone: no accusation).",
        epilog="exit codes: 0 all confirmed, 1 something contradicted, 2 wrong usage, 3 something "
        "can't be rechecked",
        allow_abbrev=False,
    )
    audit.add_argument(
        "log",
        metavar="OWNER/REPO|PATH",
        help="a repository on GitHub or its address, a folder, or a log.jsonl",
    )
    audit.add_argument(
        "--github", metavar="LOGIN", help="whose log it has to be; default: the repository's owner"
    )
    audit.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    signed = audit.add_argument_group(
        "attested mode", "Needs the extra: pip install 'csc-verify[attested]'."
    )
    signed.add_argument(
        "--attested", action="store_true", help="verify that csc-verify's own workflow made the log"
    )
    signed.add_argument(
        "--signer-digest", metavar="SHA", action="append", default=[],
        help="a commit of csc-verify's workflow to trust; default: those of its releases",
    )  # fmt: skip
    signed.add_argument(
        "--seen-before",
        metavar="FILE",
        help="an attestations.jsonl kept from last time, that this one has to go on from",
    )
    signed.add_argument("--repository-id", metavar="N", type=int, help="for a log on this machine")
    signed.add_argument("--owner-id", metavar="N", type=int, help="likewise")
    signed.add_argument("--trusted-root", metavar="FILE", help="default: Sigstore's own")


def _add_cohort(commands: argparse._SubParsersAction[_Parser]) -> None:
    cohort = commands.add_parser(
        "cohort",
        help="a coach's command: many students at once, on one page",
        description="Verify many students, or read what they published, and write one page, "
        "cohort.json and cohort.csv. 'cohort merge DIR…' makes one of what shards wrote.",
        epilog="exit codes: 0 every student was looked at, 2 wrong usage, 3 some could not be",
        allow_abbrev=False,
    )
    cohort.add_argument(
        "roster", metavar="ROSTER|merge DIR", nargs="+", help="a CSV, YAML or text file"
    )
    cohort.add_argument("--out", metavar="DIR", required=True, help="where the page is written to")
    cohort.add_argument("--week", default="last", help=_WEEK)
    cohort.add_argument(
        "--weeks", metavar="N", type=int, default=1, help="how many weeks, that one included"
    )
    cohort.add_argument(
        "--source",
        choices=("live", "published"),
        default="live",
        help="verify now (default), or read what the students published",
    )
    cohort.add_argument(
        "--sample",
        metavar="N",
        type=int,
        default=10,
        help="published: how many logs, drawn by lot, are verified again now; default: 10",
    )
    cohort.add_argument(
        "--confirmations", metavar="FILE", help="what a person confirms: login, week, …"
    )
    cohort.add_argument(
        "--public", action="store_true", help="write logins and verdicts, and nothing else"
    )
    cohort.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    many = cohort.add_argument_group("for large cohorts")
    many.add_argument(
        "--concurrency",
        metavar="N",
        type=int,
        default=32,
        help="pages asked for at once, each of another host; default: 32",
    )
    many.add_argument("--shard", metavar="I/N", help="look at one part of N of the roster")
    many.add_argument(
        "--state",
        metavar="FILE",
        help="who was looked at, and pages as they were; default: DIR.state",
    )


def _add_contacts(commands: argparse._SubParsersAction[_Parser]) -> None:
    contacts = commands.add_parser(
        "contacts",
        help="help with your own tracker, in private; reveal a week, and confirm one",
        description="Help with a student's own tracker. Runs on your own computer: nothing is "
        "published, and no job may run what shows names.",
        allow_abbrev=False,
    )
    doing = contacts.add_subparsers(dest="doing", required=True, metavar="COMMAND")
    template = doing.add_parser(
        "template", help="write an empty tracker with the right headings", allow_abbrev=False
    )
    template.add_argument("--out", metavar="FILE", help="default: standard output")
    doing.add_parser("key", help="make a key for CSC_CONTACTS_KEY", allow_abbrev=False)
    lint = doing.add_parser(
        "lint",
        help="say what would count this week and what is missing, by the numbers of rows",
        epilog="exit codes: 0 enough count, 1 not enough, 2 the tracker can't be used",
        allow_abbrev=False,
    )
    lint.add_argument("file", metavar="FILE", help="the tracker")
    lint.add_argument("--week", default="this", help="this (default), last, a day or an ISO week")
    lint.add_argument(
        "--config", metavar="PATH", help=f"default: {DEFAULT_CONFIG}, if there is one"
    )
    _add_reveal(doing)
    _add_confirm(doing)


def _add_reveal(doing: argparse._SubParsersAction[_Parser]) -> None:
    reveal = doing.add_parser(
        "reveal",
        help="write the rows that counted in a week, and what is needed to check them",
        epilog="exit codes: 0 every row that counted is there, 1 some are not, 2 nothing can be "
        "revealed",
        allow_abbrev=False,
    )
    reveal.add_argument("--week", default="last", help=_WEEK)
    reveal.add_argument("--config", metavar="PATH", help=f"default: {DEFAULT_CONFIG}")
    reveal.add_argument(
        "--log",
        metavar="LOG",
        help="a path or an https address; default: log.jsonl where it is published here",
    )
    reveal.add_argument(
        "--of", choices=("contacts", "design"), default="contacts", help="default: contacts"
    )
    reveal.add_argument("--out", metavar="FILE", help="default: standard output")


def _add_confirm(doing: argparse._SubParsersAction[_Parser]) -> None:
    confirm = doing.add_parser(
        "confirm",
        help="check what a student revealed against the log, row by row",
        epilog="exit codes: 0 exactly the rows that counted are shown, 1 something differs, 2 it "
        "can't be checked",
        allow_abbrev=False,
    )
    confirm.add_argument("file", metavar="FILE", help="what the student revealed")
    confirm.add_argument(
        "--log", metavar="LOG", required=True, help="the log.jsonl: a path or an https address"
    )


def _add_demo(commands: argparse._SubParsersAction[_Parser]) -> None:
    demo = commands.add_parser(
        "demo",
        help="the weekly run of six made-up students on an embedded GitHub and blog",
        description="Run the real weekly run on an embedded GitHub and blog. Needs no token and "
        "no network.",
        allow_abbrev=False,
    )
    demo.add_argument(
        "--out",
        metavar="DIR",
        default="demo-out",
        help="where the published files go (default: demo-out)",
    )
