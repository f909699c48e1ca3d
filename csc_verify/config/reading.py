"""From a file, or from a command's options, to a :class:`Config` or to all its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from csc_verify.config.problems import At, Fault, faults
from csc_verify.config.schema import Config
from csc_verify.config.yaml_tree import Document, Path, read_document
from csc_verify.errors import ConfigError, Problem
from csc_verify.model import RequirementId, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_PROBLEMS = 50
"""Problems of a file that are told."""

_OPTIONS: dict[Path, str] = {
    ("github",): "--github",
    ("blog",): "--blog",
    ("track",): "--track",
    ("timezone",): "--timezone",
}


def read_config(text: bytes, file: str) -> Config:
    """The configuration in a file.

    Args:
        text: The file: YAML in UTF-8. An empty one means every default.
        file: Its name as the user knows it, for the problems.

    Raises:
        ConfigError: With every problem, in the order of their lines.
    """
    document = read_document(text, file)
    problems = list(document.problems)
    try:
        config = Config.model_validate(document.data)
    except ValidationError as error:
        problems += [_in_file(fault, document, file) for fault in faults(error)]
    else:
        if not problems:
            return config
    raise ConfigError(_sorted(problems, file))


def config_from_options(
    *,
    github: str | None = None,
    blog: tuple[str, ...] = (),
    track: str | None = None,
    timezone: str | None = None,
) -> Config:
    """The configuration that a command's options make, without a file.

    The scope is what was named: ``--github`` for contributions, ``--blog`` for the blog, as far
    as the track asks for it.

    Raises:
        ConfigError: With every problem; each names its option.
    """
    named = {"github": github, "track": track, "timezone": timezone}
    data: dict[str, object] = {key: value for key, value in named.items() if value is not None}
    if blog:
        data["blog"] = {"urls": list(blog)}
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(tuple(_of_option(fault) for fault in faults(error))) from None
    return config.model_copy(update={"scope": _named_scope(config)})


def _named_scope(config: Config) -> tuple[RequirementId, ...]:
    named = {RequirementId.CONTRIBUTIONS: config.github, RequirementId.BLOG: config.blog.urls}
    scope = tuple(id_ for id_ in config.track.requirements if named.get(id_))
    if not scope:
        raise ConfigError((_nothing_named(config),))
    return scope


def _nothing_named(config: Config) -> Problem:
    if config.github and config.track is Track.DESIGN:
        text = "the track design does not ask for contributions"
        return Problem("--github", None, text, "Name --blog URL too, or another --track")
    text = "nothing to verify is named"
    return Problem("--github", None, text, "Name --github LOGIN or --blog URL, or --config PATH")


def _in_file(fault: Fault, document: Document, file: str) -> Problem:
    lines = document.lines_of_keys if fault.at is At.KEY else document.lines_of_values
    place = fault.path
    # What is missing has no line: then it is the line of what lacks it.
    while place and place not in lines:
        place = place[:-1]
    return Problem(file, lines.get(place, 1), fault.text, fault.hint)


def _of_option(fault: Fault) -> Problem:
    return Problem(_OPTIONS[fault.path[:1]], None, fault.predicate, fault.hint)


def _sorted(problems: Iterable[Problem], file: str) -> tuple[Problem, ...]:
    in_order = sorted(problems, key=lambda problem: problem.line or 0)
    told = tuple(in_order[:MAX_PROBLEMS])
    if len(in_order) == len(told):
        return told
    return (*told, Problem(file, None, "has more problems than these", "Mend these first"))
