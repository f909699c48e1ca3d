"""Markup to the text that a reader sees. Linear in time, whatever it is given."""

from __future__ import annotations

import html
import re

# What a browser doesn't show, with all that stands inside.
_HIDDEN = re.compile(
    r"<(?:(?P<mark>!--)|(?P<name>script|style|template|iframe)\b)", re.IGNORECASE | re.ASCII
)
# A word may change its looks halfway.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong"
    r"|sub|sup|tt|u|var|wbr)\b[^<>]*>",
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def text_of(markup: str) -> str:
    """The text of a piece of HTML, white space folded.

    Args:
        markup: Whole, broken or hostile; a text without any tag is itself, its entities undone.
    """
    if "<" in markup:
        markup = _TAG.sub(" ", _INLINE.sub("", _without_hidden(markup)))
    return " ".join(unescaped(markup).split())


def unescaped(text: str) -> str:
    """A text with HTML's entities undone, once."""
    try:
        return html.unescape(text)
    except ValueError:
        # A number of thousands of digits, which Python refuses to read.
        return text


def _without_hidden(markup: str) -> str:
    lowered: str | None = None
    kept, at = [], 0
    while found := _HIDDEN.search(markup, at):
        kept.append(markup[at : found.start()])
        if lowered is None:
            # In ASCII alone, so that both have the same length.
            lowered = markup.translate(_LOWER)
        end = "-->" if found["mark"] else f"</{found['name'].lower()}"
        at = lowered.find(end, found.end())
        if at < 0:
            return " ".join(kept)
        at += len(end) if found["mark"] else 0
    kept.append(markup[at:])
    return " ".join(kept)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
