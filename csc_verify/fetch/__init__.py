"""Pages of others, fetched with care.

Whose address is fetched, and what answers there, is up to strangers. So every hop of a fetch goes
through the same gate::

    address as text ──> guard.permitted    https, no credentials, port 443
    host name       ──> guard.Guard        resolved once; only public addresses, and only these are
                                           connected to
    bytes           ──> wire.py            a deadline and a byte budget below the HTTP parser
    host            ──> turns.Turns        one request at a time, and when it wants the next
    body            ──> content.unpacked   gzip and deflate, never more than the limit
    status, errors  ──> reasons.py         sentences for people

A fetch never raises for what a remote did. It answers with a :class:`Page`, with :class:`Absent`
(a definite "there is no such page") or with :class:`Unreachable` ("could not ask"), and only the
second of these may ever count against somebody.
"""

from csc_verify.fetch.client import PROJECT_URL, USER_AGENT, HttpFetcher
from csc_verify.fetch.guard import Resolver, is_public, system_resolver
from csc_verify.fetch.once import FetchOnce
from csc_verify.fetch.results import (
    Absent,
    CachedPage,
    Fetcher,
    FetchResult,
    Limits,
    Page,
    Unreachable,
)

__all__ = [
    "PROJECT_URL",
    "USER_AGENT",
    "Absent",
    "CachedPage",
    "FetchOnce",
    "FetchResult",
    "Fetcher",
    "HttpFetcher",
    "Limits",
    "Page",
    "Resolver",
    "Unreachable",
    "is_public",
    "system_resolver",
]
