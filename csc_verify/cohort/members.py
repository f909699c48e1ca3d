"""From a roster's entries to students whose configuration is known.

Who is named with settings has them from the roster; of everybody else the configuration in their
own repository counts, as their own runs read it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from csc_verify.cohort.files import Wanted, read_files
from csc_verify.cohort.values import Member, not_asked
from csc_verify.config import read_config
from csc_verify.errors import ConfigError, CscVerifyError, NotFound
from csc_verify.model import RequirementId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csc_verify.cohort.values import Span
    from csc_verify.config import Config
    from csc_verify.github import Deadline, GitHub
    from csc_verify.overview import Person, StudentRow
    from csc_verify.roster import Entry

CONFIG: Final = ".github/csc.yml"
"""Where a student's configuration lies in their repository."""


def members_of(
    entries: Iterable[Entry], span: Span, github: GitHub, until: Deadline
) -> Iterator[Member | StudentRow]:
    """Each entry as a student who can be asked about, or as the row that says why not.

    Args:
        entries: Of a roster.
        span: Which weeks are asked about.
        github: Reads the configurations of those whom the roster gives none.
        until: When all of it has to be over.
    """
    unread: dict[Wanted, Person] = {}
    listing: dict[Wanted, Member] = {}
    for entry in entries:
        if entry.config is not None:
            yield _member(entry.person, entry.config, span)
        else:
            unread[Wanted(entry.person.repository, CONFIG)] = entry.person
    for wanted, file in read_files(github, tuple(unread), until):
        person = unread[wanted]
        if file.error is not None:
            yield not_asked(person, file.error)
        elif file.repository is None:
            reason = f"there is no public repository {person.repository}"
            yield not_asked(
                person, NotFound(reason, "See how it is spelled, and that it is public")
            )
        elif file.content is None:
            reason = f"there is no {CONFIG} in {file.repository}"
            yield not_asked(person, NotFound(reason, "The student has yet to set it up"))
        else:
            found = _configured(person, file.content, file.repository, span)
            place = _activities(found)
            if isinstance(found, Member) and place is not None:
                listing[Wanted(found.person.repository, place)] = found
            else:
                yield found
    for wanted, file in read_files(github, tuple(listing), until):
        yield replace(listing[wanted], activities=file.content)


def _activities(found: Member | StudentRow) -> str | None:
    """Where a student's list of activities is, if anybody can read it and it is asked for."""
    if not isinstance(found, Member):
        return None
    place = found.config.design.activities
    if place is None or place.startswith("env:"):
        return None
    is_asked = any(found.is_asked(week, RequirementId.DESIGN) for week in found.weeks)
    return place if is_asked else None


def _configured(person: Person, content: bytes, repository: str, span: Span) -> Member | StudentRow:
    try:
        config = read_config(content, f"{CONFIG} in {repository}")
    except ConfigError as error:
        return not_asked(person, error)
    # Whom the roster names is meant, whatever the repository's owner or configuration says.
    login = person.github or config.github or repository.partition("/")[0]
    config = config.model_copy(update={"github": login})
    person = replace(person, github=login)
    return _member(person, config, span)


def _member(person: Person, config: Config, span: Span) -> Member | StudentRow:
    try:
        return Member(person, config, span.weeks_of(config))
    except CscVerifyError as error:
        return not_asked(person, error)
