"""The configuration as frozen models: the source of what is accepted, and of the JSON Schema."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictInt,
    ValidationInfo,
    field_validator,
)
from pydantic_core import CoreSchema, core_schema

from csc_verify import model
from csc_verify.config import texts
from csc_verify.config.forms import Choice, Distinct, OrFalse, Sized, refusal
from csc_verify.model import (
    DEFAULT_MINIMUMS,
    Commitment,
    ContactField,
    CountBasis,
    RequirementId,
    Track,
)
from csc_verify.week import WeekStart

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue


class Weekday(StrEnum):
    """The day on which a reminder is written."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def _asked_by_track(requirement: RequirementId, info: ValidationInfo) -> RequirementId:
    track = info.data.get("track")
    # A track that is wrong itself is reported there, and says nothing about the scope.
    if isinstance(track, Track) and requirement not in track.requirements:
        asked = ", ".join(track.requirements)
        text = f"names '{requirement}', which the track {track} does not ask for"
        raise refusal("scope", text, f"{track} asks for {asked}")
    return requirement


class _Columns:
    """A mapping of fields to headings that is kept as pairs, so that its owner stays hashable."""

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        mapping = handler.generate_schema(dict[Annotated[ContactField, Choice(ContactField)], Line])
        return core_schema.no_info_after_validator_function(
            lambda pairs: tuple(pairs.items()),
            mapping,
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        line = texts.LINE.json_schema()
        return {
            "type": "object",
            "propertyNames": {"enum": [field.value for field in ContactField]},
            "additionalProperties": line,
        }


Login: TypeAlias = Annotated[str, texts.LOGIN]
Day: TypeAlias = Annotated[date, texts.DAY]
Line: TypeAlias = Annotated[str, texts.LINE]
RepositoryPath: TypeAlias = Annotated[str, texts.PATH]
Minimum: TypeAlias = Annotated[StrictInt, Field(ge=1, le=1000)]
ScopeEntry: TypeAlias = Annotated[
    RequirementId, Choice(RequirementId), AfterValidator(_asked_by_track)
]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TimeOff(_Section):
    """Days agreed off with the coach."""

    first: Day = Field(alias="from", examples=["2026-12-21"], description="First day off.")
    last: Day = Field(alias="to", examples=["2027-01-03"], description="Last day off, inclusive.")
    reason: Line | None = Field(
        None, examples=["winter break"], description="Why; everybody can read it in the log."
    )

    @field_validator("last")
    @classmethod
    def _not_before_first(cls, last: date, info: ValidationInfo) -> date:
        return _in_order(info.data.get("first"), last, "from")


class Contributions(_Section):
    """Contributions to the public GitHub profile."""

    minimum: Minimum = Field(
        DEFAULT_MINIMUMS[RequirementId.CONTRIBUTIONS], description="How many a week."
    )
    count: Annotated[CountBasis, Choice(CountBasis)] = Field(
        CountBasis.CONTRIBUTIONS,
        description="What the minimum is compared with: all contributions, or commits alone.",
    )


class Blog(_Section):
    """Posts, written or video."""

    minimum: Minimum = Field(DEFAULT_MINIMUMS[RequirementId.BLOG], description="How many a week.")
    urls: Annotated[tuple[Annotated[str, texts.ADDRESS], ...], Sized(most=20), Distinct()] = Field(
        (),
        examples=[["https://alice.example/blog"]],
        description="Sites, feeds, profiles, channels or single posts.",
    )
    author: Line | None = Field(
        None,
        examples=["Alice Doe"],
        description="Whose posts count, for blogs with several authors; as the blog says it.",
    )
    topics: Annotated[tuple[Line, ...], Sized(most=20), Distinct()] = Field(
        (),
        examples=[["python", "data"]],
        description="What the posts should be about; for advice, never for the verdict.",
    )


class Contacts(_Section):
    """Individuals contacted."""

    minimum: Minimum = Field(
        DEFAULT_MINIMUMS[RequirementId.CONTACTS], description="How many different people a week."
    )
    tracker: Annotated[str, texts.TRACKER] | None = Field(
        None,
        examples=["env:CSC_CONTACTS", "contacts.csv"],
        description=(
            "Where the list of contacts is: env:NAME (a secret with a path, an https address or "
            "the content itself), or a path. Never a file in a public repository."
        ),
    )
    columns: Annotated[tuple[tuple[ContactField, str], ...], _Columns()] = Field(
        (),
        examples=[{"title": "Role"}],
        json_schema_extra={"default": {}},
        description="Your own headings, where they are not recognized, such as title: Role.",
    )


class Design(_Section):
    """Design activities: an assignment, three modules or a challenge."""

    minimum: Minimum = Field(DEFAULT_MINIMUMS[RequirementId.DESIGN], description="How many a week.")
    activities: Annotated[str, texts.ACTIVITIES] | None = Field(
        None,
        examples=["design.yml", "env:CSC_DESIGN"],
        description="The file that lists the activities with their links, or env:NAME (a secret).",
    )
    specialization: Line | None = Field(
        None,
        examples=["ux"],
        description="The student's own specialization; modules of the other one count.",
    )
    challenge_sites: Annotated[
        tuple[Annotated[str, texts.HOST], ...], Sized(most=50), Distinct()
    ] = Field(
        ("designchallenge.xyz",),
        examples=[["designchallenge.xyz"]],
        description="Hosts whose design challenges count.",
    )


class Publish(_Section):
    """Where the badge and the log are written."""

    directory: RepositoryPath = Field(
        ".csc", examples=[".csc", "docs/csc"], description="The folder for the badge and the log."
    )
    readme: Annotated[str | Literal[False], OrFalse("a path", texts.PATH)] = Field(
        "README.md",
        examples=["README.md", False],
        description="The file that shows the badge; false leaves it alone.",
    )
    branch: Annotated[str, texts.BRANCH] | None = Field(
        None,
        examples=["main"],
        description="The branch to commit to. Default: the repository's default branch.",
    )


class Config(_Section):
    """What a student promised, and where the evidence is.

    Also checked, though a JSON Schema cannot say it: 'until' is not before 'since', no pause ends
    before it begins, days and time zones exist, and addresses can be opened.
    """

    github: Login | None = Field(
        None,
        examples=["alice"],
        description="The student's GitHub login. Default: the repository's owner.",
    )
    track: Annotated[Track, Choice(Track)] = Field(
        Track.SOFTWARE_ENGINEERING,
        description="What was studied; decides which requirements are asked for.",
    )
    timezone: Annotated[str, texts.ZONE] = Field(
        "UTC",
        examples=["America/New_York", "UTC"],
        description="IANA name of the time zone whose days and weeks count.",
    )
    week_starts: Annotated[WeekStart, Choice(WeekStart)] = Field(
        WeekStart.MONDAY, description="The day that weeks begin with."
    )
    since: Day | None = Field(
        None,
        examples=["2026-09-07"],
        description="First day of the commitment; no week before it is asked for.",
    )
    until: Day | None = Field(
        None, examples=["2027-03-01"], description="Last day of the commitment: hired, or done."
    )
    pauses: Annotated[tuple[TimeOff, ...], Sized(most=100)] = Field(
        (),
        examples=[[{"from": "2026-12-21", "to": "2027-01-03", "reason": "winter break"}]],
        description="Days agreed off with the coach.",
    )
    scope: Annotated[tuple[ScopeEntry, ...], Sized(most=4, least=1), Distinct()] | None = Field(
        None,
        examples=[["contributions", "blog"]],
        description="The requirements that the log is about. Default: all that the track asks for.",
    )
    contributions: Contributions = Contributions()
    blog: Blog = Blog()
    contacts: Contacts = Contacts()
    design: Design = Design()
    publish: Publish = Publish()
    reminders: Annotated[
        Weekday | Literal[False], OrFalse("a weekday", Choice(Weekday, besides=("false",)))
    ] = Field(
        default=False,
        examples=["friday", False],
        description="A weekday from which on one issue says what is still missing; false for none.",
    )

    @field_validator("until")
    @classmethod
    def _not_before_since(cls, until: date | None, info: ValidationInfo) -> date | None:
        return until if until is None else _in_order(info.data.get("since"), until, "since")

    def zone(self) -> ZoneInfo:
        """The student's time zone."""
        return ZoneInfo(self.timezone)

    def commitment(self) -> Commitment:
        """What was promised, as the rules judge it.

        The scope is in the report's order, whatever order it was written in.
        """
        scope = self.track.requirements if self.scope is None else self.scope
        return Commitment(
            track=self.track,
            scope=tuple(id_ for id_ in RequirementId if id_ in scope),
            minimums=(
                (RequirementId.CONTRIBUTIONS, self.contributions.minimum),
                (RequirementId.BLOG, self.blog.minimum),
                (RequirementId.CONTACTS, self.contacts.minimum),
                (RequirementId.DESIGN, self.design.minimum),
            ),
            count=self.contributions.count,
            week_starts=self.week_starts,
            since=self.since,
            until=self.until,
            pauses=tuple(
                model.Pause(pause.first, pause.last, pause.reason or "") for pause in self.pauses
            ),
            author=self.blog.author,
        )


def _in_order(first: object, last: date, name: str) -> date:
    """The last day, unless it lies before the first; a first day that is wrong says nothing."""
    if isinstance(first, date) and last < first:
        raise refusal("order", f"lies before '{name}' ({first.isoformat()})", "Swap the two days")
    return last
