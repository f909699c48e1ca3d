"""Text of others, made safe for the place it goes to.

Every name, title, reason and address that reaches a picture, a page, a table or a log of a runner
was written by somebody else. Each function here is for one place, and a string that went through
one of them may stand in that place and in no other.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote

TITLE_LENGTH = 200
"""Characters of a title that are kept; longer ones end in an ellipsis."""

# Of a text many times longer than what may be shown, the end is not even looked at.
_LOOKED_AT = 16
# Cc and Cf hold the controls, the bidirectional overrides and the zero-width signs; Cs are lone
# surrogates, Co and Cn say nothing to a reader. Zl and Zp end lines in places that look like one.
_UNWANTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks by category, but nothing to see: fillers of Hangul, Khmer and Mongolian, the
# grapheme joiner, the empty Braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# Joiners that scripts and emoji need to look right; they reorder nothing and hide nothing.
_NEEDED_JOINERS = frozenset({"\u200c", "\u200d"})
# Signs of Markdown's that mean something anywhere in a line.
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&@!$]|:(?=//)")
# What begins a heading, a list or a rule.
_MARKDOWN_OPENING = re.compile(r"^(?:[#+=-]|\d+[.)](?= |$))")
_WWW = re.compile(r"\bwww(?=\.)", re.IGNORECASE)
# What GitHub looks for in the text that a reader will see, after every entity has been decoded:
# mentions and e-mail addresses, issues by number, and codes of emoji.
_FOUND_IN_SHOWN_TEXT = re.compile(
    r"@|#(?=\d)|\bGH-(?=\d)|:(?=(?:[\w+-]*[a-z][\w+-]*|100|1234|[+-]1):)", re.IGNORECASE
)
_FORMULA = re.compile(r"(?:^|[;|])\s*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
_NOTHING_TO_SEE = "\u200b"


def plain(text: str, limit: int = TITLE_LENGTH) -> str:
    """One line of visible text; empty if there is nothing to see.

    Controls, bidirectional overrides and other invisible characters go, white space is folded
    and the length is capped.

    Args:
        text: Anything.
        limit: The most characters to return, the ellipsis included.
    """
    folded = " ".join(_visible(text[: limit * _LOOKED_AT]).split())
    if not any(map(_seen_alone, folded)):
        return ""
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def _visible(text: str) -> str:
    # Most texts are already so, and a log has thousands: what Python calls printable is of none of
    # the unwanted categories, and its only white space is the blank.
    if text.isprintable() and _BLANKS.isdisjoint(text):
        return text
    spaced = (" " if char.isspace() else char for char in text)
    return "".join(filter(_wanted, spaced))


def _wanted(char: str) -> bool:
    if char in _NEEDED_JOINERS:
        return True
    return char not in _BLANKS and unicodedata.category(char) not in _UNWANTED_CATEGORIES


def _seen_alone(char: str) -> bool:
    return char not in _NEEDED_JOINERS and unicodedata.category(char)[0] not in "MZ"


def markup(text: str, limit: int = TITLE_LENGTH) -> str:
    """Text inside an SVG, HTML or XML element or a double-quoted attribute."""
    return html.escape(plain(text, limit), quote=True)


def markdown(text: str, limit: int = TITLE_LENGTH) -> str:
    """Text inside a paragraph, list item, link, table cell or ``<summary>`` of GitHub's Markdown.

    No character keeps a meaning of its own: no link, image, mention, autolink, table cell, HTML,
    issue reference or emoji code can begin in it. It must not be put inside of backticks.
    """
    parted = _FOUND_IN_SHOWN_TEXT.sub(_parted, plain(text, limit))
    # Entities, since a backslash stops neither "www." nor "https:" on GitHub, and is shown as it
    # is inside of HTML.
    escaped = _MARKDOWN_OPENING.sub(_last_as_entity, _MARKDOWN_SPECIAL.sub(_as_entity, parted))
    return _WWW.sub(_last_as_entity, escaped).replace(_NOTHING_TO_SEE, "&#8203;")


def _parted(match: re.Match[str]) -> str:
    return match.group() + _NOTHING_TO_SEE


def _as_entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _last_as_entity(match: re.Match[str]) -> str:
    return f"{match.group()[:-1]}&#{ord(match.group()[-1])};"


def markdown_address(url: str) -> str:
    """An address inside ``](…)``: everything that could end it is percent-encoded."""
    encoded = quote(url, safe="/:?#@!$&'*+,;=%~-._", errors="replace")
    # Markdown decodes entities in an address: "&lt;" would become another address.
    return encoded.replace("&", "&amp;")


def markdown_link(text: str, url: str, limit: int = TITLE_LENGTH) -> str:
    """A link, or its text alone if the address is none of the web's.

    Args:
        text: Anything; where it has nothing to see, the address is shown in its stead.
        url: Where it leads; only ``http`` and ``https`` are linked.
        limit: The most characters of the text.
    """
    shown = markdown(text, limit) or markdown(url, limit)
    if not url.lower().startswith(("https://", "http://")):
        return shown
    return f"[{shown}]({markdown_address(url)})"


def spreadsheet_cell(text: str, limit: int = TITLE_LENGTH) -> str:
    """A cell of a table that no spreadsheet takes for a formula.

    Spreadsheets run what begins with one of these signs, wide ones of East Asian scripts included,
    and some begin a new cell at a semicolon or tab whatever the file's separator is.
    """
    cell = plain(text, limit)
    return f"'{cell}" if _FORMULA.search(cell) else cell


def log_line(text: str, limit: int = TITLE_LENGTH) -> str:
    """One line of a runner's log that is no workflow command.

    The runner obeys a line that begins with ``::``, and an older form, ``##[``, anywhere in a line.
    """
    line = plain(text, limit).replace("##[", "## [")
    return f". {line}" if line.startswith("::") else line


def command_data(text: str) -> str:
    """The message of a workflow command (``::warning::…``), as the runner decodes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """A property of a workflow command (``title=…``), as the runner decodes it."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")
