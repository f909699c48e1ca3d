"""PyGithub over a connection that reaches one host, within one deadline.

PyGithub lets its caller hand in the connection (``requestJson(…, cnx=…)``). The one here

* speaks to the API's host and to no other, whatever an answer says: redirects are refused, so the
  token can't follow one;
* ends with the deadline and with a number of bytes: PyGithub's own time-out starts anew with each
  byte that drips in;
* hands PyGithub nothing that it would sleep or recurse over (202, 301), nor a malformed number.

This module imports PyGithub; :mod:`csc_verify.github.client` imports it with the first request.
"""

from __future__ import annotations

import logging
import re
import time
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import requests
from github.Auth import Token
from github.Requester import HTTPSRequestsConnectionClass, Requester, RequestsResponse
from urllib3.exceptions import HTTPError

from csc_verify.errors import Unavailable
from csc_verify.github.answers import Interrupted, Reply
from csc_verify.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Mapping

MAX_BYTES = 32 * 1024 * 1024
"""The largest answer that is read; the largest expected is a log file in base64."""

_CHUNK = 64 * 1024
_OK, _FIRST_ERROR = 200, 400
_LATER = "This is usually temporary; try again later"
_NUMBERS = frozenset({"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"})
_A_NUMBER = re.compile(r"[0-9]{1,15}")
_USER_AGENT = f"csc-verify/{__version__}"
T = TypeVar("T")


def _quiet() -> None:
    """Take away the handler with which PyGithub, once imported, writes to standard error."""
    logger = logging.getLogger("github")
    for handler in [h for h in logger.handlers if type(h) is logging.StreamHandler]:
        logger.removeHandler(handler)
    logger.addHandler(logging.NullHandler())


_quiet()


class Wire:
    """Sends requests to GitHub's API, one at a time.

    A wire whose request ran out of time may still be busy with it; take a new one.

    Args:
        token: The token; None to ask as anybody may.
        api_url: The API's base address, without a slash at the end.
        graphql_url: The GraphQL address, on the same host.
        connect_seconds: The longest that connecting may take.
    """

    def __init__(
        self, token: str | None, api_url: str, graphql_url: str | None, connect_seconds: float
    ) -> None:
        self._token = token
        self._requester = Requester(
            auth=Token(token) if token else None,
            base_url=api_url,
            timeout=int(connect_seconds) or 1,
            user_agent=_USER_AGENT,
            per_page=100,
            verify=True,
            retry=None,
            pool_size=None,
        )
        self._graphql_url = graphql_url or self._requester.graphql_url
        self._connection = _OneHost(api_url, connect_seconds)

    def post(self, document: str, variables: Mapping[str, object], seconds: float) -> Reply:
        """Send a GraphQL document; arguments and errors as for :meth:`get`."""
        body = {"query": document, "variables": dict(variables)}
        return self._send("POST", self._graphql_url, body, seconds)

    def get(self, path: str, seconds: float) -> Reply:
        """Ask the REST API.

        Args:
            path: From the API's base, with a leading slash.
            seconds: How long the request may take, from the look-up of the host to the last byte.

        Raises:
            Interrupted: No answer came, or only a part of one.
            Unavailable: What came is not usable, and would not be the next time.
        """
        return self._send("GET", path, None, seconds)

    def close(self) -> None:
        """Close the connection that was kept open."""
        self._connection.close()

    def _send(self, verb: str, url: str, body: object, seconds: float) -> Reply:
        self._connection.ends = time.monotonic() + seconds
        try:
            status, headers, text = _within(
                seconds,
                lambda: self._requester.requestJson(verb, url, input=body, cnx=self._connection),
            )
        except TimeoutError:
            raise _too_late(seconds) from None
        except requests.Timeout:
            raise _too_late(seconds) from None
        except requests.exceptions.SSLError:
            raise Unavailable(
                f"no secure connection to {self._connection.netloc} could be made",
                "Check GITHUB_API_URL and the machine's certificates and clock",
            ) from None
        except (requests.RequestException, HTTPError):
            # Their texts and attributes may hold the request's headers.
            raise Interrupted(
                Unavailable(
                    f"{self._connection.netloc} could not be reached, or broke off its answer",
                    _LATER,
                )
            ) from None
        # Some servers and proxies repeat what they were sent.
        shown = text.replace(self._token, "***") if self._token else text
        return Reply(status, headers, shown)


def _too_late(seconds: float) -> Interrupted:
    return Interrupted(Unavailable(f"GitHub did not answer within {seconds:.0f} s", _LATER))


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Do something that may hang: resolving a name and reading headers know no total time-out.

    Raises:
        TimeoutError: It isn't done in time. It is left to itself, in a thread that keeps no
            process alive.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  handed over to the caller, who raises it
            done.set_exception(error)

    Thread(target=run, name="github-request", daemon=True).start()
    return done.result(timeout=seconds)


class _OneHost(HTTPSRequestsConnectionClass):
    """A connection as PyGithub wants one.

    Attributes:
        netloc: The only host and port that it speaks to.
        ends: When the current request has to be over, on the monotonic clock.
    """

    def __init__(self, api_url: str, connect_seconds: float) -> None:
        parts = urlsplit(api_url)
        super().__init__(parts.hostname or "", parts.port)
        self.netloc = parts.netloc
        self.ends = 0.0
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._connect_seconds = connect_seconds
        # A proxy sees nothing of what goes through it encrypted; anything else would show it the
        # token. PyGithub keeps netrc out.
        self.session.trust_env = parts.scheme == "https"

    def getresponse(self) -> RequestsResponse:
        """Send what PyGithub prepared, and read the answer."""
        left = max(self.ends - time.monotonic(), 0.001)
        with self.session.request(
            self.verb,
            self._origin + self.url,
            headers=self.headers,
            data=self.input,
            timeout=(min(left, self._connect_seconds), left),
            allow_redirects=False,
            stream=True,
        ) as response:
            status = response.status_code
            if status != _OK and status < _FIRST_ERROR:
                raise Unavailable(
                    f"{self.netloc} did not answer the question but sent us on ({status})",
                    "Check GITHUB_API_URL",
                )
            return _Whole(response, self._body(response))

    def _body(self, response: requests.Response) -> str:
        body = bytearray()
        # A read that returns what is there, so that a body that drips in meets the deadline.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > MAX_BYTES:
                raise Unavailable(
                    f"the answer of {self.netloc} is too large (over {MAX_BYTES // 2**20} MB)",
                    "Check GITHUB_API_URL",
                )
            if time.monotonic() > self.ends:
                raise TimeoutError
        return body.decode("utf-8", "replace")


class _Whole(RequestsResponse):
    """An answer whose body was read already."""

    def __init__(self, response: requests.Response, text: str) -> None:
        super().__init__(response)
        self._text = text

    def getheaders(self) -> ItemsView[str, str]:
        """The headers, less those that PyGithub would fail to turn into numbers."""
        return {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in _NUMBERS or _A_NUMBER.fullmatch(value)
        }.items()

    def read(self) -> str:
        """The body."""
        return self._text
