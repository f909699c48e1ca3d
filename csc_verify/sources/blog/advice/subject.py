"""Whether a post seems to be about its author's field. Pure.

Words are compared, and nothing is understood. So a note needs a text long enough to judge by, and
next to none of the field's words in it; and it says how little it knows.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from csc_verify.escape import plain
from csc_verify.sources.blog.advice.vocabulary import VOCABULARY
from csc_verify.sources.blog.advice.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csc_verify.sources.blog.advice.values import Writer, Writing

FEWEST_WORDS: Final = 80
"""Words from which on a text can be about something."""
FEWEST_TERMS: Final = 2
"""Different terms of the field below which a text is hardly about it; of long ones one more."""
A_LONG_TEXT: Final = 300
"""Words from which on one more term is expected."""

# Terms end in signs that words don't: c++, c#, node.js.
_TERM: Final = re.compile(r"[^\W_][\w+#.'/-]*[\w+#]|[^\W_]")
_LONGEST_LIST: Final = 80
_LONG_ENOUGH_FOR_PLURAL: Final = 4
# Of these, English has several in any eighty words.
_ENGLISH: Final = frozenset(
    ("the", "and", "of", "to", "in", "is", "it", "that", "for", "with", "was", "this", "are", "be")
)
_SHARE_OF_ENGLISH: Final = 0.15


def on_subject(post: Writing, writer: Writer) -> Iterator[str]:
    """Whether none of the configured topics is named, or next to none of the track's words."""
    words = words_of(post.text)
    if len(words) < FEWEST_WORDS:
        return
    if writer.topics:
        if not any(_is_named(topic, post) for topic in writer.topics):
            listed = plain(", ".join(writer.topics), _LONGEST_LIST)
            yield f"none of your topics ({listed}) is named in it (a guess from its words)"
        return
    if not _is_english(post.language, words):
        return
    terms = _terms_of(post) & VOCABULARY[writer.track]
    if len(terms) < FEWEST_TERMS + (len(words) >= A_LONG_TEXT):
        found = f" but {', '.join(sorted(terms))}" if terms else ""
        field = writer.track.value.replace("-", " ")
        yield f"it uses no words of {field}{found}, so it may be about something else (a guess)"


def _is_named(topic: str, post: Writing) -> bool:
    """Whether a topic stands in the title, the tags or the text, as a word or its plural."""
    wanted = re.escape(" ".join(topic.split()).casefold()).replace(r"\ ", r"[\s-]+")
    plural = "(?:s|es)?" if len(topic) >= _LONG_ENOUGH_FOR_PLURAL else ""
    everything = " ".join((post.title, *post.categories, post.text)).casefold()
    return re.search(rf"(?<!\w){wanted}{plural}(?!\w)", everything) is not None


def _is_english(language: str, words: list[str]) -> bool:
    """Whether the vocabulary can be expected in a text at all."""
    if language and not language.lower().startswith("en"):
        return False
    return sum(word in _ENGLISH for word in words) >= _SHARE_OF_ENGLISH * len(words)


def _terms_of(post: Writing) -> frozenset[str]:
    text = " ".join((post.title, *post.categories, post.text))
    words = [word.lower().rstrip(".'/-") for word in _TERM.findall(text)]
    pairs = (f"{one}-{other}" for one, other in pairwise(words))
    return frozenset((*words, *pairs))
