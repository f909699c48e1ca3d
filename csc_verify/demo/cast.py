"""The students of the embedded world and, written down by hand, what is true of their weeks.

The usual time is :data:`NOW`, a Tuesday: the week from 2026-11-16 to 2026-11-22 is over and settled
in every zone that occurs.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from csc_verify.demo.student import (
    AtomFeed,
    CommitMade,
    DemoOrganization,
    DemoRepository,
    DemoStudent,
    ExpectedRequirement,
    ExpectedWeek,
    IssueOpened,
    PlainPage,
    Post,
    PullRequestOpened,
    RefusedFeed,
    RepositoryCreated,
    ReviewGiven,
    RssFeed,
)

NOW: Final = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
"""The world's usual time, an instant."""

ORGANIZATIONS: Final = (DemoOrganization("open-garden", 990001),)
"""Accounts that are nobody, but own repositories."""

PLANNER: Final = DemoRepository("open-garden/planner")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


_SKIPPED: Final = ("skipped", 0)


def _week(  # noqa: PLR0913  a column of a table each
    start: str,
    verdict: str,
    *,
    contributions: tuple[str, int] = _SKIPPED,
    blog: tuple[str, int] = _SKIPPED,
    contacts: tuple[str, int] = _SKIPPED,
    design: tuple[str, int] = _SKIPPED,
) -> ExpectedWeek:
    asked = {"contributions": contributions, "blog": blog, "contacts": contacts, "design": design}
    return ExpectedWeek(
        date.fromisoformat(start),
        verdict,
        tuple(ExpectedRequirement(id_, *expected) for id_, expected in asked.items()),
    )


_ON_ROUNDING: Final = (
    "On Tuesday a test failed that had been green for weeks, and only in the cold. The forecast for"
    " Duluth was half a degree below zero, and the page showed minus zero. JavaScript has such a"
    " number: Math.round(-0.5) returns it, since rounding goes towards plus infinity where two"
    " integers are equally near, and the sign survives. String(-0) prints 0, but"
    " Intl.NumberFormat, which the app uses for other languages, prints the sign as well. I first"
    " added zero to the result, which works and which nobody would understand in a month. In the"
    " end I wrote a small function that rounds away from zero, gave it a name, and let a property"
    " test throw ten thousand random numbers at it: the result is never minus zero, is never"
    " further away than one half, and rounding a number and its opposite gives opposites. The test"
    " found one more bug, in the wind. What I take with me: where a value can have a sign, the"
    " examples in the tests should have one too, and zero has two neighbours."
)

ALICE: Final = DemoStudent(
    login="alice",
    id=583231,
    name="Alice Doe",
    situation="builds in the open and writes about it",
    configuration="""\
github: alice
track: software-engineering
timezone: America/New_York
since: 2026-11-02
scope: [contributions, blog]
blog:
  urls:
    - {blog}/alice/feed.xml
""",
    joined=_at("2026-10-28T18:20:00-04:00"),
    repositories=(
        DemoRepository("alice/alice"),
        DemoRepository("alice/weather"),
        DemoRepository("alice/recipes"),
        PLANNER,
    ),
    contributions=(
        # 2026-11-02: four commits and an issue.
        CommitMade("alice/weather", _at("2026-11-02T19:04:00-05:00"), "Read the forecast"),
        CommitMade("alice/weather", _at("2026-11-03T20:31:00-05:00"), "Cache the forecast"),
        CommitMade("alice/weather", _at("2026-11-05T07:45:00-05:00"), "Draw the chart"),
        CommitMade("alice/weather", _at("2026-11-08T21:10:00-05:00"), "Explain the chart"),
        IssueOpened(
            "open-garden/planner", _at("2026-11-04T12:00:00-05:00"), "Dates off by one", 41
        ),
        # 2026-11-09: five commits and a review; the last one is Monday's in UTC.
        CommitMade("alice/recipes", _at("2026-11-10T18:00:00-05:00"), "Start the search"),
        CommitMade("alice/recipes", _at("2026-11-10T19:30:00-05:00"), "Rank the hits"),
        CommitMade("alice/recipes", _at("2026-11-12T08:15:00-05:00"), "Fold accents"),
        CommitMade("alice/recipes", _at("2026-11-13T22:00:00-05:00"), "Test the search"),
        CommitMade("alice/recipes", _at("2026-11-15T22:30:00-05:00"), "Document the search"),
        ReviewGiven("open-garden/planner", _at("2026-11-11T13:00:00-05:00"), "Dark mode", 45),
        # 2026-11-16: six commits in two repositories and a pull request.
        CommitMade("alice/weather", _at("2026-11-16T19:12:00-05:00"), "Add hourly view"),
        CommitMade("alice/weather", _at("2026-11-17T21:04:11-05:00"), "Fix rounding below zero"),
        CommitMade("alice/weather", _at("2026-11-17T21:40:00-05:00"), "Show wind"),
        CommitMade("alice/recipes", _at("2026-11-19T20:05:00-05:00"), "Import from a page"),
        CommitMade("alice/recipes", _at("2026-11-21T11:00:00-05:00"), "Scale the portions"),
        CommitMade("alice/recipes", _at("2026-11-22T22:45:00-05:00"), "Polish the import"),
        PullRequestOpened(
            "open-garden/planner", _at("2026-11-18T12:30:00-05:00"), "Count days in local time", 47
        ),
        # 2026-11-23: this week, so far.
        CommitMade("alice/weather", _at("2026-11-23T19:00:00-05:00"), "Plan alerts"),
    ),
    blogs=(
        RssFeed(
            "/alice/feed.xml",
            "Alice learns",
            (
                Post("/alice/first-days", "First days", _at("2026-10-14T09:00:00-04:00")),
                Post("/alice/caching", "Caching & when not to", _at("2026-11-04T18:30:00-05:00")),
                Post(
                    "/alice/negative",
                    "Rounding <below> zero",
                    _at("2026-11-22T23:30:00-05:00"),
                    text=_ON_ROUNDING,
                ),
            ),
        ),
    ),
    expected=(
        _week("2026-11-02", "met", contributions=("met", 5), blog=("met", 1)),
        _week("2026-11-09", "unmet", contributions=("met", 6), blog=("unmet", 0)),
        _week("2026-11-16", "met", contributions=("met", 7), blog=("met", 1)),
    ),
)

BOB: Final = DemoStudent(
    login="bob",
    id=583232,
    name="Bob Ray",
    situation="started well and slowed down",
    configuration="""\
track: software-engineering
timezone: Europe/Berlin
since: 2026-11-02
scope: [contributions, blog]
blog:
  urls: ["{blog}/bob/atom.xml"]
""",
    joined=_at("2026-10-30T10:00:00+01:00"),
    repositories=(DemoRepository("bob/bob"), DemoRepository("bob/chess")),
    contributions=(
        # 2026-11-02: a new repository and five commits.
        RepositoryCreated("bob/chess", _at("2026-11-02T09:00:00+01:00")),
        CommitMade("bob/chess", _at("2026-11-02T09:30:00+01:00"), "Set up the board"),
        CommitMade("bob/chess", _at("2026-11-03T17:00:00+01:00"), "Move the pawns"),
        CommitMade("bob/chess", _at("2026-11-04T17:00:00+01:00"), "Move the knights"),
        CommitMade("bob/chess", _at("2026-11-06T16:00:00+01:00"), "Castle"),
        CommitMade("bob/chess", _at("2026-11-08T23:50:00+01:00"), "Promote"),
        # 2026-11-09: two commits.
        CommitMade("bob/chess", _at("2026-11-09T00:10:00+01:00"), "Fix promotion"),
        CommitMade("bob/chess", _at("2026-11-12T18:00:00+01:00"), "Undo a move"),
        # 2026-11-16: three commits.
        CommitMade("bob/chess", _at("2026-11-16T18:00:00+01:00"), "Show the clock"),
        CommitMade("bob/chess", _at("2026-11-18T18:00:00+01:00"), "Stop the clock"),
        CommitMade("bob/chess", _at("2026-11-20T18:00:00+01:00"), "Draw by agreement"),
    ),
    blogs=(
        AtomFeed(
            "/bob/atom.xml",
            "Bob's board",
            (
                Post("/bob/why-chess", "Why chess", _at("2026-10-20T20:00:00+02:00")),
                Post("/bob/knights", "Knights are hard", _at("2026-11-05T20:00:00+01:00")),
                Post("/bob/undo", "Undo, twice", _at("2026-11-10T20:00:00+01:00")),
            ),
        ),
    ),
    expected=(
        _week("2026-11-02", "met", contributions=("met", 6), blog=("met", 1)),
        _week("2026-11-09", "unmet", contributions=("unmet", 2), blog=("met", 1)),
        _week("2026-11-16", "unmet", contributions=("unmet", 3), blog=("unmet", 0)),
    ),
)

CAROL: Final = DemoStudent(
    login="carol",
    id=583233,
    name="Carol Wu",
    situation="writes on a host that refuses robots",
    configuration="""\
track: software-engineering
timezone: America/Los_Angeles
since: 2026-11-09
scope: [contributions, blog]
blog: {urls: ["{blog}/carol/feed"]}
""",
    joined=_at("2026-11-06T09:00:00-08:00"),
    repositories=(DemoRepository("carol/carol"), DemoRepository("carol/router"), PLANNER),
    contributions=(
        # 2026-11-09: four commits and an issue.
        CommitMade("carol/router", _at("2026-11-09T10:00:00-08:00"), "Parse a path"),
        CommitMade("carol/router", _at("2026-11-10T10:00:00-08:00"), "Match a path"),
        CommitMade("carol/router", _at("2026-11-11T10:00:00-08:00"), "Match a wildcard"),
        CommitMade("carol/router", _at("2026-11-15T20:00:00-08:00"), "Name the routes"),
        IssueOpened("open-garden/planner", _at("2026-11-13T11:00:00-08:00"), "Slow start", 46),
        # 2026-11-16: six commits.
        CommitMade("carol/router", _at("2026-11-16T08:00:00-08:00"), "Refuse loops"),
        CommitMade("carol/router", _at("2026-11-17T08:00:00-08:00"), "Reverse a route"),
        CommitMade("carol/router", _at("2026-11-18T08:00:00-08:00"), "Nest the routers"),
        CommitMade("carol/router", _at("2026-11-19T08:00:00-08:00"), "Measure"),
        CommitMade("carol/router", _at("2026-11-20T08:00:00-08:00"), "Halve the time"),
        CommitMade("carol/router", _at("2026-11-22T20:00:00-08:00"), "Release 0.2"),
    ),
    blogs=(RefusedFeed("/carol/feed", 403),),
    expected=(
        _week("2026-11-09", "unknown", contributions=("met", 5), blog=("unknown", 0)),
        _week("2026-11-16", "unknown", contributions=("met", 6), blog=("unknown", 0)),
    ),
)

_DANAS_ACTIVITIES: Final = """\
# What I did beside the job search.
- {date: 2026-11-17, kind: module, specialization: ux, title: Interviews,
   link: "{blog}/dana/interviews"}
- {date: 2026-11-18, kind: module, specialization: ux, title: Journeys,
   link: "{blog}/dana/journeys"}
- {date: 2026-11-20, kind: module, title: Boards, link: "env:DANAS_BOARD", specialization: ux}
# My own specialization's, behind a login, and gone.
- {date: 2026-11-19, kind: module, title: Buttons, link: "{blog}/dana/journeys", specialization: ui}
- {date: 2026-11-21, kind: extra-credit, title: A draft, link: "{blog}/dana/draft"}
- date: 2026-11-22
  kind: design-challenge
  title: A map for walkers
  link: "{blog}/dana/nowhere"
  challenge: "{blog}/challenges/map"
"""
_LOGIN: Final = (
    '<form action="/login"><p>Log in to see this page</p><input type="email">'
    '<input type="password"></form>'
)

DANA: Final = DemoStudent(
    login="dana",
    id=583234,
    name="Dana Lopez",
    situation="a designer who writes on a blog of several authors and links to her exercises",
    configuration="""\
track: design
timezone: Pacific/Auckland
blog:
  urls: ["{blog}/studio/feed.xml"]
  author: Dana Lopez
design:
  activities: design.yml
  specialization: ui
  challenge_sites: [127.0.0.1]
""",
    files=(("design.yml", _DANAS_ACTIVITIES),),
    secrets=(
        ("CSC_CONTACTS_KEY", "dana-keeps-7a31f0c2e85b46d9b0f4c7"),
        ("DANAS_BOARD", "{blog}/dana/board"),
    ),
    joined=_at("2026-11-12T12:00:00+13:00"),
    repositories=(DemoRepository("dana/dana"),),
    blogs=(
        RssFeed(
            "/studio/feed.xml",
            "The studio",
            (
                Post("/studio/grids", "Grids", _at("2026-11-03T09:00:00+13:00"), "Dana Lopez"),
                # Still Sunday in UTC, Monday where Dana is.
                Post(
                    "/studio/colour",
                    "Colour for everybody",
                    _at("2026-11-16T08:00:00+13:00"),
                    "Dana Lopez",
                ),
                Post("/studio/type", "Type at night", _at("2026-11-18T09:00:00+13:00"), "Eli Moss"),
            ),
        ),
        PlainPage("/dana/interviews", "Five interviews", "<h1>Five interviews</h1><p>Notes.</p>"),
        PlainPage("/dana/journeys", "Journeys", "<h1>Journeys</h1><p>Two maps.</p>"),
        PlainPage("/dana/board", "My board", "<h1>My board</h1><p>Sketches and notes.</p>"),
        PlainPage("/dana/draft", "Log in", _LOGIN),
    ),
    expected=(
        _week("2026-11-16", "unknown", blog=("met", 1), contacts=("unknown", 0), design=("met", 1)),
    ),
)

ERIN: Final = DemoStudent(
    login="erin",
    id=583235,
    name="Erin Fox",
    situation="works mostly in private",
    configuration="""\
track: data-science
timezone: America/Chicago
scope: [contributions]
""",
    joined=_at("2026-11-11T20:00:00-06:00"),
    repositories=(
        DemoRepository("erin/erin"),
        DemoRepository("erin/births"),
        DemoRepository("erin/freelance", private=True),
    ),
    contributions=(
        # 2026-11-16: four in public, six in private.
        CommitMade("erin/births", _at("2026-11-16T20:00:00-06:00"), "Load the census"),
        CommitMade("erin/births", _at("2026-11-17T20:00:00-06:00"), "Clean the names"),
        CommitMade("erin/births", _at("2026-11-19T20:00:00-06:00"), "Fit a line"),
        CommitMade("erin/births", _at("2026-11-21T20:00:00-06:00"), "Plot the residuals"),
        CommitMade("erin/freelance", _at("2026-11-16T09:00:00-06:00"), "Ingest"),
        CommitMade("erin/freelance", _at("2026-11-17T09:00:00-06:00"), "Join"),
        CommitMade("erin/freelance", _at("2026-11-18T09:00:00-06:00"), "Aggregate"),
        CommitMade("erin/freelance", _at("2026-11-18T11:00:00-06:00"), "Report"),
        CommitMade("erin/freelance", _at("2026-11-19T09:00:00-06:00"), "Review findings"),
        CommitMade("erin/freelance", _at("2026-11-20T09:00:00-06:00"), "Deliver"),
    ),
    shares_private_counts=True,
    expected=(_week("2026-11-16", "unmet", contributions=("unmet", 4)),),
)

_FAYES_TRACKER: Final = """\
Date,Contact Name,Contact Title,Company,Relationship Type,Action,Follow-Up,Notes
2026-11-10,Iris Quillfeather,Team Lead,Brasswick Ltd,,Email,,Asked about her team
2026-11-12,Jonas Quillmark,Developer,Brasswick Ltd,,Message,,Asked what he likes there
2026-11-16,Kira Quillstone,CTO,Tinwhistle GmbH,,Email,,Introduced myself
2026-11-16,Leo Quillbrook,Engineer,Tinwhistle GmbH,,Call,,"He told me about the
interview, and whom to ask"
2026-11-17,Mona Quillford,Engineer,Copperline,,Coffee,,Talked about her way into the field
2026-11-17,Nils Quillham,Recruiter,Copperline,internal recruiter,Call,,First interview
2026-11-18,"Quillridge, Olga",Head of Data,Copperline,,Email,,Sent the exercise
2026-11-18,Paul Quillwood,Agent,Steelpost Recruitment Agency,Recruiter,Call,,Asked what I want
2026-11-19,Rosa Quillfield,Engineer,Ironvale,,Meetup,Wrote to her,Talked about tests
2026-11-20,Sven Quillhurst,Engineer,Ironvale,,Meetup,,Talked about deployments
2026-11-20,Tara,Engineer,Ironvale,,Message,,Thanked her
2026-11-21,Udo Quillcombe,Manager,Leadmere,,Email,,Asked about the opening
2026-11-22,Vera Quillton,Engineer,Leadmere,,Message,,Asked how they review
2026-11-22,kira quillstone,CTO,Tinwhistle GmbH,,Email,,Thanked her
"""

FAYE: Final = DemoStudent(
    login="faye",
    id=583236,
    name="Faye Stone",
    situation="keeps her contacts in a secret",
    configuration="""\
track: software-engineering
timezone: Europe/London
since: 2026-11-09
scope: [contacts]
contacts: {tracker: env:CSC_CONTACTS}
""",
    joined=_at("2026-11-06T10:00:00+00:00"),
    repositories=(DemoRepository("faye/faye"),),
    secrets=(
        ("CSC_CONTACTS", _FAYES_TRACKER),
        ("CSC_CONTACTS_KEY", "faye-keeps-0d9c4b7e21a84f6c8e53a1"),
    ),
    expected=(
        _week("2026-11-09", "unmet", contacts=("unmet", 2)),
        _week("2026-11-16", "met", contacts=("met", 8)),
    ),
)

STUDENTS: Final = (ALICE, BOB, CAROL, DANA, ERIN, FAYE)
"""The six, each in a situation of their own."""
