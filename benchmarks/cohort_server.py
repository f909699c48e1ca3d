"""A loopback GitHub and a thousand blogs, as little as can answer a cohort's questions.

It runs in a process of its own, so that what is measured shares no interpreter with it. Every blog
is a host of its own, ``127.1.x.y``, since a host is asked one thing at a time. GitHub answers after
a latency, with the calendar that the embedded world would give.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

LATENCY = 0.05
WEEK = datetime(2026, 11, 16, tzinfo=UTC)
_PARAGRAPH = "<p>" + "What I learned this week about caches, queues and tests. " * 20 + "</p>"


def host_of(number: int) -> str:
    """The address of a student's blog."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"


def feed(number: int) -> bytes:
    """A feed of about 18 KB: ten posts, one a week."""
    items = "".join(
        f"<item><title>Post {number}-{back}</title>"
        f"<link>http://blog-{number}.example/{back}</link><guid>{number}-{back}</guid>"
        f"<pubDate>{format_datetime(WEEK + timedelta(days=2 - 7 * back, hours=number % 24))}"
        f"</pubDate><description><![CDATA[{_PARAGRAPH}<p>{number}</p>]]></description></item>"
        for back in range(15)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Blog {number}</title><link>http://blog-{number}.example/</link>{items}"
        "</channel></rss>"
    ).encode()


@dataclass
class Tally:
    """What was asked."""

    queries: int = 0
    feeds: int = 0
    sent: int = 0


def _work(number: int, count: int) -> dict[str, Any]:
    name = f"student-{number}/site"
    repository = {
        "id": f"R_{number}",
        "nameWithOwner": name,
        "url": f"https://github.com/{name}",
        "isPrivate": False,
    }
    return {"repository": repository, "contributions": {"totalCount": count}}


def _user(number: int, start: str) -> dict[str, Any]:
    first = datetime.fromisoformat(start)
    count = number % 10
    days = [
        {"date": f"{first + timedelta(days=n):%F}", "contributionCount": count if n == 1 else 0}
        for n in range(7)
    ]
    return {
        "id": f"U_{number}",
        "login": f"student-{number}",
        "databaseId": 5_000_000 + number,
        "contributionsCollection": {
            "restrictedContributionsCount": 0,
            "hasAnyRestrictedContributions": False,
            "totalCommitContributions": count,
            "totalIssueContributions": 0,
            "totalPullRequestContributions": 0,
            "totalPullRequestReviewContributions": 0,
            "totalRepositoryContributions": 0,
            "totalRepositoriesWithContributedCommits": min(count, 1),
            "contributionCalendar": {"weeks": [{"contributionDays": days}]},
            "commitContributionsByRepository": [_work(number, count)] if count else [],
            "issueContributionsByRepository": [],
            "pullRequestContributionsByRepository": [],
            "pullRequestReviewContributionsByRepository": [],
            "repositoryContributions": {"nodes": [], "totalCount": 0},
        },
    }


class _Server:
    """Answers over HTTP/1.1 with connections kept open."""

    def __init__(self, students: int, bad: int) -> None:
        self.tally = Tally()
        self._feeds = [feed(number) for number in range(students)]
        # Of the bad ones a third is dead, a third slow, a third hostile.
        step = max(students // bad, 1) if bad else 0
        # With enough contributions, so that their feed alone decides.
        bad_ones = range(7, students, step) if step else range(0)
        self._bad = {number: at % 3 for at, number in enumerate(bad_ones)}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while (request := await _request(reader)) is not None:
                await self._answer(request, writer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, request: tuple[str, bytes, bytes], writer: asyncio.StreamWriter
    ) -> None:
        path, headers, body = request
        if path == "/graphql":
            await asyncio.sleep(LATENCY)
            self._write(writer, 200, self._graphql(json.loads(body)), b"application/json")
        elif path == "/tally":
            answer = json.dumps(self.tally.__dict__).encode()
            self.tally = Tally()
            self._write(writer, 200, answer, b"application/json")
        elif path.startswith("/feed/"):
            await self._feed(int(path.rpartition("/")[2]), headers, writer)
        else:
            self._write(writer, 404, b"", b"text/plain")

    async def _feed(self, number: int, headers: bytes, writer: asyncio.StreamWriter) -> None:
        self.tally.feeds += 1
        if number in self._bad:
            await self._misbehave(number, writer)
            return
        etag = b'"%d"' % number
        if etag in headers:
            self._write(writer, 304, b"", b"application/rss+xml", etag)
        else:
            self._write(writer, 200, self._feeds[number], b"application/rss+xml", etag)

    async def _misbehave(self, number: int, writer: asyncio.StreamWriter) -> None:
        kind = self._bad[number]
        if kind == 0:
            writer.close()
        elif kind == 1:
            await asyncio.sleep(2)
            self._write(writer, 503, b"", b"text/plain")
        else:
            self._write(writer, 200, b"<rss>" + b"<a>" * 200_000, b"application/rss+xml")

    def _graphql(self, body: dict[str, Any]) -> bytes:
        self.tally.queries += 1
        asked = body["variables"]
        data: dict[str, Any] = {
            "viewer": {"login": "coach"},
            "rateLimit": {"cost": 1, "remaining": 4999, "resetAt": "2026-11-24T14:00:00Z"},
        }
        number = 0
        while (login := asked.get(f"login{number}")) is not None:
            data[f"u{number}"] = _user(int(login.rpartition("-")[2]), asked[f"from{number}"])
            number += 1
        return json.dumps({"data": data}).encode()

    def _write(
        self, writer: asyncio.StreamWriter, status: int, body: bytes, kind: bytes, etag: bytes = b""
    ) -> None:
        self.tally.sent += len(body)
        writer.write(
            b"HTTP/1.1 %d x\r\nContent-Type: %s\r\n" % (status, kind)
            + b"Content-Length: %d\r\n" % len(body)
            + (b"ETag: %s\r\n" % etag if etag else b"")
            + b"\r\n"
            + body
        )


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes, bytes] | None:
    head = await reader.readuntil(b"\r\n\r\n")
    path = head.split(b" ", 2)[1].decode()
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line[15:])
    return path, head, await reader.readexactly(length) if length else b""


async def _main(students: int, bad: int) -> None:
    server = _Server(students, bad)
    # Every address of this machine's own network, and no other.
    everywhere = "0.0.0.0"  # noqa: S104  127.1.x.y are as many hosts as one likes
    listening = await asyncio.start_server(server.serve, everywhere, 0, backlog=2048)
    print(listening.sockets[0].getsockname()[1], flush=True)
    async with listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2])))
