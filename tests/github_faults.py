"""Everything that can go wrong with GitHub's API, what is said of it, and how often it is asked."""

from __future__ import annotations

from dataclasses import dataclass

from csc_verify.demo.faults import (
    RATE_LIMIT,
    RESOURCE_LIMITS_EXCEEDED,
    SECONDARY_LIMIT,
    CloseHalfWay,
    CutBody,
    Drip,
    Instead,
    Kind,
    Silence,
    graphql_error,
    html,
    status,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault that stays.

    Attributes:
        kind: What the embedded GitHub does.
        said: What the reason says of it.
        requests: How often one student's week is asked for.
    """

    kind: Kind
    said: str
    requests: int = 1


FAULTS = {
    "points spent": Trouble(RATE_LIMIT, "quota"),
    "points spent, in the older words": Trouble(graphql_error("RATE_LIMITED", "limit"), "quota"),
    "403 rate limit": Trouble(
        status(403, "API rate limit exceeded", (("X-RateLimit-Remaining", "0"),)), "quota"
    ),
    "secondary limit": Trouble(SECONDARY_LIMIT, "slow down"),
    "secondary limit in a 200": Trouble(
        graphql_error("", "You have exceeded a secondary rate limit"), "slow down"
    ),
    "429": Trouble(status(429, "Too many requests"), "slow down"),
    "resource limits": Trouble(RESOURCE_LIMITS_EXCEEDED, "within its own limits", 2),
    "node limit": Trouble(
        graphql_error("MAX_NODE_LIMIT_EXCEEDED", "exceeds the maximum limit"), "own limits", 2
    ),
    "time-out in words": Trouble(
        graphql_error("", "Something went wrong while executing your query"), "in time", 3
    ),
    "invalid query": Trouble(
        graphql_error("", "Field 'x' doesn't exist", path=["query Q", "user"]), "Field 'x'"
    ),
    "500": Trouble(status(500, "Server Error"), "(500)", 3),
    "502 in HTML": Trouble(html(502), "(502)", 3),
    "503": Trouble(html(503), "(503)", 3),
    "504": Trouble(status(504, "We couldn't respond to your request in time"), "(504)", 3),
    "bad token": Trouble(status(401, "Bad credentials"), "refused the token"),
    "token without rights": Trouble(status(403, "Resource not accessible"), "(403)"),
    "not allowed": Trouble(graphql_error("FORBIDDEN", "Resource not accessible"), "accessible"),
    "not JSON": Trouble(Instead(200, b"<html><body>Sign in</body></html>"), "not understood", 3),
    "cut JSON": Trouble(CutBody(0.7), "not understood", 3),
    "closed half-way": Trouble(CloseHalfWay(), "broke off", 3),
    "silence": Trouble(Silence(20), "did not answer within", 3),
    "a dripping body": Trouble(Drip(1, 0.1), "did not answer within", 3),
    "sent elsewhere": Trouble(
        Instead(302, b"", (("Location", "http://127.0.0.1:9/"),)), "sent us on (302)"
    ),
}
ENDLESS = {"silence", "a dripping body"}
"""Those that only a deadline ends."""
