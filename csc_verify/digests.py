"""Digests that commit to what isn't published, under a key for one week.

::

    CSC_CONTACTS_KEY ──HMAC──> the week's key ──HMAC──> a digest for each row

Both steps are HMAC-SHA-256 (RFC 2104, FIPS 180-4), keyed with the step before. Whoever is shown one
week's key can check that week's digests, and learns nothing of any other: a week's key tells
neither the student's nor another week's. ``docs/your-key.md`` specifies both, with test vectors.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import TYPE_CHECKING, Final

from csc_verify.letters import with_few_marks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LENGTH: Final = 64
"""Characters of a digest and of a week's key: 32 bytes in hexadecimal."""
FEWEST_CHARACTERS: Final = 32
"""Characters that a student's key has at least, so that nobody can guess it."""
FEWEST_DIFFERENT: Final = 8
"""Different characters among them: ``aaaa…`` is long and no key."""

_SHA256: Final = "sha256"


def is_strong(secret: str) -> bool:
    """Whether a student's key is one that can't be guessed, as far as its look tells."""
    return len(secret) >= FEWEST_CHARACTERS and len(set(secret)) >= FEWEST_DIFFERENT


def week_key(secret: str, purpose: str, account: str, week: date) -> bytes:
    """The key of one week: 32 bytes.

    Args:
        secret: The student's key.
        purpose: What the digests are of: ``contacts`` or ``design``.
        account: The login; case makes no difference.
        week: The week's first day.
    """
    text = f"csc-verify {purpose} week 1\n{account.lower()}\n{week.isoformat()}"
    return hmac.digest(secret.encode(), text.encode(), _SHA256)


def digest(key: bytes, kind: str, fields: Iterable[str]) -> str:
    """The digest of a row: 64 hexadecimal characters.

    Args:
        key: The week's.
        kind: What the row is: ``contact``, or a design activity's kind.
        fields: What is committed to, in their order. How a letter with an accent is encoded, and
            what white space stands at the ends and between words, make no difference.
    """
    lines = [f"csc-verify {kind} 1", *(_normalized(field) for field in fields)]
    return hmac.digest(key, "\n".join(lines).encode("utf-8", "replace"), _SHA256).hex()


def _normalized(field: str) -> str:
    # Whoever checks a stranger's row must not be kept busy by marks without end (UAX #15).
    return " ".join(unicodedata.normalize("NFC", with_few_marks(field)).split())
