"""Answers with status 200 that are no document but an error in a few words. Pure.

Stores and interfaces of programs say so in JSON, XML or plain text, whatever they call it.
"""

from __future__ import annotations

import re
from typing import Final

FEW: Final = 200
"""Characters of a text that may say nothing else."""
MOST: Final = 4000
"""Bytes of an answer that may be an error's; works are larger, or don't begin so."""

_SAYS: Final = re.compile(
    r"access[\s_-]?(?:is[\s_-])?denied|permission[\s_-]?denied|un-?authori[sz]ed|unauthenticated"
    r"|forbidden|\bnot[\s_-]?(?:found|authori[sz]ed|authenticated|authed|permitted)\b"
    r"|no[\s_-]?such[\s_-]?(?:key|bucket|file|page)|(?:log[\s_-]?in|auth\w{0,12})[\s_-]required"
    r"|credentials were not|not logged in"
    r"|you need (?:access|permission)\W*$|must be (?:logged|signed) in"
    r"|invalid[\s_-](?:token|credential)"
    r"|(?:is(?: not|n[\u2019']t)|no longer) available|\bunavailable\b"
    r"|(?:has been|was|is|account) (?:removed|deleted|suspended|private|password[- ]protected)\b"
    r"|(?:can|could)(?: ?not|n[\u2019']t) find (?:the|this|that)? ?(?:page|site|file|link)"
    r"|is for sale\b|buy this domain|coming soon\W*$|under construction|welcome to nginx"
    r"|^\s*index of /|has shut down|can only be viewed by users in"
    r"|link (?:has |is )?expired|does(?: not|n[\u2019']t) exist|NotFound\b|AccessDenied",
    re.IGNORECASE,
)
# An object or element that is one of an error, by what it begins with.
_BEGINS: Final = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?"
    r"(?:<(?:\w{1,9}:)?(?:error|errors|fault|problem)\b"
    r"|[\[{]\s{0,99}\{?\s{0,99}\"(?:errors?|err|fault|message|msg|detail|code|status|status_?code"
    r"|statusText|success|ok|__type|timestamp)\"\s{0,99}:)",
    re.IGNORECASE,
)
_IS_ERROR: Final = re.compile(
    r"\s{0,99}\{\s{0,99}\"(?:errors?|err|fault)\"\s{0,99}:\s{0,99}+(?!null|false|\"\"|\[\s{0,99}\]|0)"
    r"|\s{0,99}\{\s{0,99}\"(?:success|ok)\"\s{0,99}:\s{0,99}false\b"
    r"|.{0,300}?\"(?:status|code|status_?code|error_?code)\"\s{0,99}:\s{0,99}\"?(?:40[0134]|410)\b",
    re.IGNORECASE | re.DOTALL,
)


def refuses(text: str) -> bool:
    """Whether a whole answer is an error's.

    Args:
        text: The answer, no longer than :data:`MOST`.
    """
    if _says_refusal(text):
        return True
    if _BEGINS.match(text) is None:
        return False
    return _SAYS.search(text) is not None or _IS_ERROR.match(text) is not None


def _says_refusal(text: str) -> bool:
    """Whether a text of few words says that there is nothing to see."""
    return len(text.strip()) <= FEW and _SAYS.search(text) is not None
