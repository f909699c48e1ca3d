"""Each address once, and within the time of a run."""

from __future__ import annotations

from dataclasses import dataclass, field

from csc_verify.fetch import FetchOnce, FetchResult, Page, Unreachable


@dataclass
class Slow:
    """A fetcher on whose clock each host takes its time."""

    takes: dict[str, float]
    size: int = 4
    now: float = 0.0
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str) -> FetchResult:
        self.asked.append(url)
        host = url.split("/")[2]
        self.now += self.takes.get(host, 0.1)
        if self.takes.get(host, 0.0) > 5:
            return Unreachable(url, f"{host} did not answer in time", "Later")
        return Page(url, b"x" * self.size, "")

    def clock(self) -> float:
        return self.now


def test_each_address_is_asked_once() -> None:
    slow = Slow({})
    once = FetchOnce(slow, clock=slow.clock)
    assert once.fetch("https://a.example/1") is once.fetch("https://a.example/1")
    assert slow.asked == ["https://a.example/1"]


def test_a_host_that_gives_nothing_for_long_is_not_asked_again() -> None:
    slow = Slow({"slow.example": 20.0})
    once = FetchOnce(slow, clock=slow.clock)
    once.fetch("https://slow.example/1")
    answer = once.fetch("https://slow.example/2")
    assert isinstance(answer, Unreachable)
    assert answer.reason == "slow.example did not answer in time before"
    assert isinstance(once.fetch("https://quick.example/1"), Page)
    assert slow.asked == ["https://slow.example/1", "https://quick.example/1"]


def test_a_run_ends_asking_when_its_time_is_spent() -> None:
    slow = Slow({f"{number}.example": 4.0 for number in range(99)})
    once = FetchOnce(slow, seconds=60, clock=slow.clock)
    answers = [once.fetch(f"https://{number}.example/") for number in range(99)]
    assert slow.now <= 64
    assert isinstance(answers[-1], Unreachable)
    assert "no time left" in answers[-1].reason
    assert answers[-1].hint


def test_what_is_too_much_to_remember_is_asked_for_again() -> None:
    slow = Slow({}, size=20 * 2**20)
    once = FetchOnce(slow, clock=slow.clock)
    for _ in range(2):
        for number in range(5):
            assert isinstance(once.fetch(f"https://a.example/{number}"), Page)
    assert len(slow.asked) == 7
