"""Content encodings, undone without trusting their size."""

from __future__ import annotations

import zlib

from csc_verify.fetch.results import FetchError

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS
# A body may be several gzip members in a row. Real ones have one or two; without a bound, millions
# of empty ones would cost quadratic time.
_MOST_MEMBERS = 16


def too_large(limit: int) -> FetchError:
    """What is said of a body beyond the limit (in bytes), and that there is one.

    Only bodies of documents are read, so the server answered with 200 or its like.
    """
    return FetchError(
        f"the page is larger than {limit / 1024 / 1024:.3g} MB",
        "Use an address with less on it, such as a feed of the latest posts",
        status=200,
    )


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Undoes a content encoding.

    Args:
        body: As it came over the wire, complete.
        encoding: The ``Content-Encoding`` header; empty if there was none.
        limit: The most bytes that the result may have. No more than this, and a byte, is ever
            decoded.

    Raises:
        FetchError: The result is larger, the data is damaged or cut off, or the encoding was not
            asked for.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip" | "x-gzip":
            return _inflated(body, _GZIP, limit)
        case "deflate":
            # The standard means zlib's format, some servers send the bare one (RFC 9110, 8.4.1.2).
            return _inflated(body, _ZLIB if _has_zlib_header(body) else _RAW_DEFLATE, limit)
        case _:
            raise FetchError(
                "the page came in a compression that was not asked for",
                "This is a fault of the site's server; tell whoever runs it",
            )


def _has_zlib_header(body: bytes) -> bool:
    return body[0:1] != b"" and body[0] & 0x0F == zlib.DEFLATED and _divides(body[:2])


def _divides(header: bytes) -> bool:
    return int.from_bytes(header, "big") % 31 == 0


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    result = bytearray()
    for _ in range(_MOST_MEMBERS):
        if not body:
            return bytes(result)
        decoder = zlib.decompressobj(window)
        try:
            result += decoder.decompress(body, limit - len(result) + 1)
        except zlib.error as error:
            raise _damaged() from error
        if len(result) > limit:
            raise too_large(limit)
        if not decoder.eof:
            raise _damaged()
        body = decoder.unused_data
    raise _damaged()


def _damaged() -> FetchError:
    return FetchError(
        "the page came damaged: it could not be unpacked",
        "This is usually temporary; the next run looks again",
    )
