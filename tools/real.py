"""``make real``: the command on real captured feeds and real commit logs.

The captures lie beside the project, belong to others, and are no part of it. Each answer is
compared with one that follows from the files alone:

* feeds: the labelled questions of ``corpus/blog/weeks.json`` that are not contestable, asked as
  ``csc-verify check --blog`` against a server on this machine that serves the captured bytes;
* commits: the logs of ``github/gitlogs``, put day for day into the embedded GitHub and asked as
  ``csc-verify check --github``; the right count is made straight from the log.

A wrong ``met`` or ``unmet`` is a failure. ``unknown`` where more could be known is shown as such.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from csc_verify.cli import main as command
from csc_verify.demo.student import CommitMade, DemoRepository, DemoStudent
from csc_verify.demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BUSY_WEEKS, QUIET_WEEKS = 20, 3
_CODES = {0: "met", 1: "unmet", 3: "unknown"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, what is right, and what the command said.

    Attributes:
        question: The document or log, and the week.
        expected: The verdicts that are right, best first.
        verdict: What the command said.
        count: How many it counted, and how many are right; None where only the verdict is asked.
        why: The command's reason.
    """

    question: str
    expected: tuple[str, ...]
    verdict: str
    count: tuple[int, int] | None
    why: str

    @property
    def is_right(self) -> bool:
        """Whether the verdict and the count are what follows from the files."""
        counted = self.count is None or self.count[0] == self.count[1]
        return self.verdict in self.expected and counted

    @property
    def is_wrong(self) -> bool:
        """Whether it claims what isn't so; not knowing is no wrong claim."""
        return not self.is_right and self.verdict != "unknown"


def _check(env: Mapping[str, str], *options: str) -> dict[str, Any]:
    out, err = io.StringIO(), io.StringIO()
    words = ("check", "--format", "json", *options)
    code = command(words, {"PATH": os.environ["PATH"], **env}, out, err)
    if code not in _CODES:
        raise RuntimeError(f"{' '.join(words)} ended with {code}: {err.getvalue()}")
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing; the answers are printed."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def feed_answers(shared: Path) -> Iterator[Answer]:
    """Ask every uncontested question about a feed."""
    blog = shared / "corpus" / "blog"
    labels = json.loads((blog / "labels.json").read_text("utf-8"))
    formats = {label["file"]: label.get("format") for label in labels}
    questions = json.loads((blog / "weeks.json").read_text("utf-8"))
    with _serving(blog) as address:
        for question in questions:
            if (
                formats[question["file"]] in {"rss", "atom", "rdf", "json"}
                and not question["contestable"]
            ):
                yield _ask_feed(question, address)


def _ask_feed(question: dict[str, Any], address: str) -> Answer:
    week = question["week"]
    end = datetime.fromisoformat(week["end"]).replace(tzinfo=UTC)
    env = {
        "CSC_VERIFY_NOW": (end + timedelta(days=400)).isoformat(),
        "CSC_VERIFY_ALLOW_PRIVATE_HOSTS": "127.0.0.1",
    }
    report = _check(
        env,
        *("--blog", f"{address}/{question['file']}"),
        *("--week", week["start"][:10], "--timezone", week["zone"]),
    )
    finding = report["requirements"][1]
    return Answer(
        question["id"], tuple(question["expected"]), finding["verdict"], None, finding["reason"]
    )


def log_answers(shared: Path) -> Iterator[Answer]:
    """Ask for weeks of the busiest author of each log: the busiest ones and the quietest."""
    for path in sorted((shared / "github" / "gitlogs").glob("*.json")):
        log = json.loads(path.read_text("utf-8"))
        columns = log["columns"]
        commits = [dict(zip(columns, row, strict=True)) for row in log["commits"]]
        author = Counter(commit["author"] for commit in commits).most_common(1)[0][0]
        made = [
            CommitMade(
                log["repository"], datetime.fromisoformat(c["author_date"]), c["subject"] or "-"
            )
            for c in commits
            if c["author"] == author
        ]
        yield from _ask_log(author, log["repository"], made)


def _ask_log(author: str, repository: str, made: list[CommitMade]) -> Iterator[Answer]:
    # A commit belongs to the day that its own zone's calendar showed.
    per_week = Counter(_monday(commit.at.date()) for commit in made)
    by_count = sorted(per_week, key=lambda week: (per_week[week], week))
    weeks = sorted({*by_count[:QUIET_WEEKS], *by_count[-BUSY_WEEKS:]})
    chosen = tuple(commit for commit in made if _monday(commit.at.date()) in weeks)
    now = datetime.combine(max(per_week) + timedelta(days=30), time(), tzinfo=UTC)
    student = DemoStudent(
        login=author,
        id=1,
        name=author,
        situation="a real commit log",
        configuration="track: software-engineering\n",
        joined=datetime.combine(min(per_week) - timedelta(days=60), time(12), tzinfo=UTC),
        repositories=(
            DemoRepository(f"{author}/{author}"),
            DemoRepository(repository, members=frozenset({author})),
        ),
        contributions=chosen,
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        World.start(Path(folder), now, (student,)) as world,
    ):
        for week in weeks:
            report = _check(world.env(student), "--github", author, "--week", str(week))
            finding = report["requirements"][0]
            expected = "met" if per_week[week] >= finding["minimum"] else "unmet"
            count = (finding["count"], per_week[week])
            question = f"{repository} by {author} @{week}"
            yield Answer(question, (expected,), finding["verdict"], count, finding["reason"])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def main(shared: Path) -> int:
    """Ask everything, print a line for each log and each answer that isn't right, and a sum."""
    if not (shared / "corpus").is_dir():
        print(
            f"There are no captures at {shared}: nothing was asked. Name them: make real SHARED=…"
        )
        return 2
    wrong = False
    for name, answers in (("feeds", feed_answers(shared)), ("commit logs", log_answers(shared))):
        asked = list(answers)
        for answer in asked:
            if answer.count is not None or not answer.is_right:
                counted = "" if answer.count is None else f"{answer.count[0]} of {answer.count[1]} "
                sign = "right" if answer.is_right else "WRONG" if answer.is_wrong else "open "
                print(f"  {sign} {answer.verdict:<8}{counted}{answer.question}: {answer.why[:110]}")
        right = sum(answer.is_right for answer in asked)
        wrong = wrong or any(answer.is_wrong for answer in asked)
        print(f"{name}: {right} of {len(asked)} as they follow from the files, "
              f"{sum(answer.is_wrong for answer in asked)} wrong")  # fmt: skip
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
