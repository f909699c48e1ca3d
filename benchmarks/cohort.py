"""``make bench``: contributions of many students, time and requests as the cohort grows.

Both sizes are asked of the same loopback GitHub in the same run; what grows is the number of
students alone.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from csc_verify.demo.cast import NOW
from csc_verify.demo.counting_cast import WEEK
from csc_verify.demo.crowd import crowd, login_of
from csc_verify.demo.world import World
from csc_verify.github import Deadline, GitHub
from csc_verify.sources.contributions import Ask, look_at_many
from csc_verify.week import Week

SMALL, LARGE, RUNS = 100, 1000, 3


def _seconds(world: World, size: int) -> float:
    token = world.token(world.students[0])
    github = GitHub(token, world.github_url, world.github_url)
    week = Week(WEEK, ZoneInfo("UTC"))
    asks = [Ask(login_of(number), week) for number in range(size)]
    begin = time.perf_counter()
    answers = list(look_at_many(github, asks, Deadline.within(600)))
    github.close()
    if len(answers) != size:
        raise RuntimeError(f"{len(answers)} of {size} students were answered")
    return time.perf_counter() - begin


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, World.start(Path(folder), NOW, crowd(LARGE)) as w:
        _seconds(w, SMALL)
        w.hub.forget_quotas()
        w.forget_requests()
        pairs = [(_seconds(w, SMALL) / SMALL, _seconds(w, LARGE) / LARGE) for _ in range(RUNS)]
        requests = len(w.requests) // RUNS
        points = sum(w.hub.used(token, "graphql") for token in w.hub.tokens.values()) // RUNS
    small, large = median(a for a, _ in pairs), median(b for _, b in pairs)
    print(
        f"{'contributions of 1,000 students':<40}{large / small:6.2f} × a student of 100 "
        f"({1000 * large:.1f} ms, {1000 * small:.1f} ms); {requests} requests and {points} points "
        f"for {SMALL + LARGE:,} students"
    )


if __name__ == "__main__":
    main()
