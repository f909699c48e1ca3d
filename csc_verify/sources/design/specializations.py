"""Specializations of design, as they are compared. Pure."""

from __future__ import annotations

import re
from typing import Final

from csc_verify.letters import bare, folded

# What makes no difference between specializations.
_OF_ANY: Final = frozenset(
    ("design", "designer", "specialization", "specialisation", "track", "and")
)
_LONG_FORMS: Final = (("user experience", "ux"), ("user interface", "ui"))


def words_of_specialization(specialization: str) -> frozenset[str]:
    """What tells a specialization from others.

    Args:
        specialization: As somebody wrote it.
    """
    text = folded(bare(specialization))
    for long, short in _LONG_FORMS:
        text = text.replace(long, short)
    words = frozenset(re.findall(r"\w+", text))
    return words - _OF_ANY or words
