"""Names as people write them: split, and compared. Pure."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from csc_verify.letters import bare
from csc_verify.sources.contacts.blanks import is_no_name
from csc_verify.sources.contacts.trades import is_of_a_role, is_of_titles

_BEFORE: Final = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "herr", "frau")
)
_BEHIND: Final = frozenset(
    (
        *("jr", "sr", "ii", "iii", "iv", "phd", "mba", "md", "msc", "bsc", "ma", "ba", "pmp"),
        *("cpa", "esq"),
    )
)
# What stands between a name and a title in one cell; a comma only where nothing else does.
_BETWEEN: Final = re.compile(r"\s+[-\u2012-\u2015|/@]\s+|\s*[|\n;]\s*|\s*\((?=[^()]*\)\s*$)")
_COMMA: Final = re.compile(r"\s*,\s*")
_NO_LETTER: Final = re.compile(r"[\W\d_]+")
# Pronouns, addresses and what exports add: (she/her), <ada@example.com>, (https://notion.so/…).
_ASIDE: Final = re.compile(r"\([^()]*\)|<[^<>]*>")
_ASIDE_SIGNS: Final = frozenset("()<>[]@:.")
_ALSO: Final = re.compile(r"\s+(?:and|und)\s+|\s*[&+]\s*", re.IGNORECASE)
_MAY_BE_ALSO: Final = re.compile(r"\s*[,/;\n]\s*")
_TWO_WORDS: Final = 2
_ROLE_ENDS: Final = frozenset(
    (
        *("recruiter", "hr", "team", "desk", "officer", "office", "department", "manager"),
        *("engineer", "developer", "representative", "rep", "members"),
    )
)
_NO_NAMES_IN: Final = frozenset(("from", "at", "lnu", "fnu", "someone", "somebody", "lastname"))
_UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


def split_title(cell: str) -> tuple[str, str]:
    """The name and the title that share a cell; an empty title if there is none.

    Args:
        cell: As in "Ada Lovelace, Engineer", "Ada Lovelace - Engineer" or with a line between.
    """
    text = _spaced(cell)
    found = _BETWEEN.search(text) or _COMMA.search(text)
    if found is None:
        return text, ""
    return text[: found.start()].strip(), text[found.end() :].strip().removesuffix(")").strip()


def may_be_role(first: str, last: str) -> bool:
    """Whether a name ends as the name of a role does, or says where somebody is from."""
    words = [word.casefold() for word in f"{first} {last}".split()]
    return words[-1] in _ROLE_ENDS or not _NO_NAMES_IN.isdisjoint(words)


def is_without_space(name: str) -> bool:
    """Whether a name is of a script that writes first and last name without a space."""
    return (
        len(name) > 1
        and all(category(char) == "Lo" for char in name)
        and any("\u2e80" <= char <= "\ud7ff" for char in name)
    )


def split_name(cell: str) -> tuple[str, str]:
    """The given and the family name of a whole one; either may be empty.

    Args:
        cell: As in "Ada Lovelace", "Lovelace, Ada" or "Dr. Ada King, PhD".
    """
    parts = [part for part in _COMMA.split(_without_asides(_spaced(cell))) if part]
    while len(parts) > 1 and (_plain(parts[-1]) in _BEHIND or is_of_titles(parts[-1])):
        parts.pop()
    words = _names(" ".join([*parts[1:], parts[0]] if parts else []))
    return (words[0], " ".join(words[1:])) if words else ("", "")


def cleaned(part: str) -> str:
    """A given or a family name that has a cell of its own; empty if it isn't known."""
    return " ".join(_names(_without_asides(part)))


def _names(text: str) -> list[str]:
    words = text.split()
    while words and _plain(words[0]) in _BEFORE:
        words.pop(0)
    while len(words) > 1 and _plain(words[-1]) in _BEHIND:
        words.pop()
    return [word for word in words if _plain(word) and not is_no_name(word)]


def _spaced(cell: str) -> str:
    """A cell with one space or one line's end where there are several; patterns are quick then."""
    if cell.isprintable() and "  " not in cell:
        return cell.strip()
    lines = (" ".join(line.split()) for line in cell.splitlines())
    return "\n".join(line for line in lines if line)


def _without_asides(cell: str) -> str:
    if _ASIDE_SIGNS.isdisjoint(cell):
        return cell
    words = _ASIDE.sub(" ", cell).replace("[", " ").replace("]", " ").split(" ")
    return " ".join(word for word in words if word and "://" not in word and "@" not in word)


def has_several(cell: str) -> bool:
    """Whether a cell names more than one person, or may: "Ada One and Ben Two".

    Args:
        cell: As written.
    """
    text = _without_asides(_spaced(cell))
    if len([part for part in _ALSO.split(text) if _names(part)]) > 1:
        return True
    parts = [part for part in _MAY_BE_ALSO.split(text) if not is_of_titles(part)]
    return sum(len(_names(part)) >= _TWO_WORDS for part in parts) > 1


def is_initial(name: str) -> bool:
    """Whether the last word of a name is a letter that stands for a longer one.

    Where letters have no case, as in "李", a letter is a name.
    """
    word = _plain(name.rsplit(maxsplit=1)[-1]) if name.split() else ""
    return len(word) == 1 and word.upper() != word


def is_role(first: str, last: str) -> bool:
    """Whether what stands for a name is a role: "Hiring Manager", "HR Team"."""
    return all(is_of_a_role(word) for word in map(_plain, f"{first} {last}".split()) if word)


def identities(first: str, last: str) -> tuple[tuple[str, ...], ...]:
    """What two spellings of one person's name share: at least one of these, which are one or two.

    Case, accents, signs, spaces, initials between and the order of the names make no difference,
    nor does whether "ü" is written "u" or "ue".
    """
    whole = f"{first} {last}".casefold()
    spelt = whole
    if not whole.isascii():
        for letter, letters in _UMLAUTS:
            spelt = spelt.replace(letter, letters).replace(f"{letters[0]}\u0308", letters)
    return tuple(dict.fromkeys((_identity(whole), _identity(spelt))))


def _identity(whole: str) -> tuple[str, ...]:
    words = sorted(set(filter(None, map(_plain, whole.split()))))
    long = [word for word in words if len(word) > 1]
    return tuple(long if len(long) >= _TWO_WORDS else words)


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower() if word.isalpha() else _NO_LETTER.sub("", word.lower())
    # In the scripts of India a vowel is a mark, and राम isn't रमा.
    return "".join(char for char in bare(word) if char.isalpha() or category(char)[0] == "M")
