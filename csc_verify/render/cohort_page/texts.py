"""What the script reads: JSON that no HTML parser takes for markup, and shared texts once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain
from csc_verify.wording import REASON_LENGTH

if TYPE_CHECKING:
    from csc_verify.record import JsonValue

# Nothing that ends a script element or opens a comment can be written without these, and the two
# separators once ended lines of JavaScript.
_ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def to_script(value: JsonValue) -> str:
    """A value as one line of JSON for inside of a ``<script>`` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


class Texts:
    """Sentences that many students share: each is written once and named by its number.

    Grows while a page is made, since what is shared is known only at its end.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._seen: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, which is made safe to show."""
        if text not in self._seen:
            shown = plain(text, REASON_LENGTH)
            self._seen[text] = self._numbers.setdefault(shown, len(self._numbers))
        return self._seen[text]

    def numbers(self, texts: tuple[str, ...]) -> list[JsonValue]:
        """The numbers of several."""
        return [self.number(text) for text in texts]

    def all(self) -> list[JsonValue]:
        """The texts by their numbers."""
        return [*self._numbers]
