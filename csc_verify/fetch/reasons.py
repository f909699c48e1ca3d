"""What a student is told when no usable answer came."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import urllib3

from csc_verify.fetch.results import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATER = "This is usually temporary; the next run looks again"
_ROBOTS = (
    "Many sites refuse programs on hosted runners: use the feed's own address or another address "
    "of the same posts, or run csc-verify on your own computer"
)
_BROWSER = "Open the address in a private browser window to see what the site says"
_REFUSES_ROBOTS = frozenset({202, 403, 406, 999})
_ASKS_FOR_LOGIN = frozenset({401, 407})
_TEMPORARY = frozenset({408, 425, *range(500, 600)})
_LEGAL = 451
_TOO_MANY = 429


def unusable_status(host: str, status: int) -> FetchError:
    """What a status means that is neither a page, nor a redirect, nor a definite no."""
    return FetchError(*_in_words(host, status), status=status)


def _in_words(host: str, status: int) -> tuple[str, str]:
    if status in _REFUSES_ROBOTS:
        return (f"{host} refuses to answer programs (status {status})", _ROBOTS)
    if status in _ASKS_FOR_LOGIN:
        return (
            f"{host} shows this page only after a login (status {status})",
            "Use an address that anybody can open without logging in",
        )
    if status == _TOO_MANY:
        return (f"{host} asks to slow down (status {status})", _LATER)
    if status in _TEMPORARY:
        return (f"{host} has a problem at the moment (status {status})", _LATER)
    if status == _LEGAL:
        return (
            f"{host} does not show this page here, for legal reasons (status {status})",
            "Use another address of the same posts, or run csc-verify on your own computer",
        )
    return (f"{host} gave an answer that is no page (status {status})", _BROWSER)


@contextmanager
def explained(host: str) -> Iterator[None]:
    """Turns what the HTTP machinery raises into a sentence.

    The machinery's own texts hold whole addresses, so none of them is used.

    Args:
        host: Who was asked, fit to be shown.

    Raises:
        FetchError: For everything that a remote can cause.
    """
    try:
        yield
    except urllib3.exceptions.TimeoutError as error:
        raise FetchError(f"{host} did not answer in time", _LATER) from error
    except urllib3.exceptions.SSLError as error:
        raise FetchError(
            f"no trusted encrypted connection to {host} could be made",
            "Open the address in a browser; if it warns about the certificate, that must be mended",
        ) from error
    except urllib3.exceptions.LocationValueError as error:
        raise FetchError(f"{host} is no name that a site can have", _BROWSER) from error
    # ValueError: what http.client and urllib3 let through from malformed chunk sizes.
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise FetchError(
            f"{host} broke the connection off or sent something that is not HTTP", _LATER
        ) from error
