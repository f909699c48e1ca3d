"""How verdicts and requirements look and read, in every output alike.

Told by shape as well as by colour, so that nobody has to tell red from green.
"""

from __future__ import annotations

from dataclasses import dataclass

from csc_verify.model import RequirementId, Track, Verdict
from csc_verify.week import WeekState


@dataclass(frozen=True, slots=True)
class Look:
    """One verdict's looks.

    Attributes:
        symbol: A sign of text, different in shape for each verdict.
        word: What it is called.
        light: Its colour on white, ``#rrggbb``; contrast at least 4.5 to 1 with white text.
        dark: Its colour on GitHub's dark background.
        shields: The named colour of a shields.io endpoint badge.
        style: The style of rich's terminal output.
    """

    symbol: str
    word: str
    light: str
    dark: str
    shields: str
    style: str


LOOKS: dict[Verdict, Look] = {
    Verdict.MET: Look("✓", "met", "#1a7f37", "#3fb950", "brightgreen", "green"),
    Verdict.UNMET: Look("✗", "unmet", "#b42318", "#ff7b72", "red", "red"),
    Verdict.UNKNOWN: Look("?", "unknown", "#8a5a00", "#d29922", "yellow", "yellow"),
    Verdict.SKIPPED: Look("–", "skipped", "#59636e", "#9198a1", "lightgrey", "dim"),
}

IN_PROGRESS = Look("…", "in progress", "#59636e", "#9198a1", "lightgrey", "dim")
"""What is still missing in a week that runs: nothing that went wrong."""


def look_of(verdict: Verdict, state: WeekState) -> Look:
    """A verdict's looks in a week that may not be over."""
    is_missing = verdict in {Verdict.UNKNOWN, Verdict.UNMET}
    return IN_PROGRESS if is_missing and state is WeekState.OPEN else LOOKS[verdict]


NAMES: dict[RequirementId, str] = {
    RequirementId.CONTRIBUTIONS: "contributions",
    RequirementId.BLOG: "blog",
    RequirementId.CONTACTS: "contacts",
    RequirementId.DESIGN: "design",
}

TRACKS: dict[Track, str] = {
    Track.SOFTWARE_ENGINEERING: "software engineering",
    Track.DATA_SCIENCE: "data science",
    Track.DESIGN: "design",
}
