"""The day that a post's byline names, near its headline. Pure."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction

from csc_verify.pages.markup import Here, is_changed, names_of, text_of
from csc_verify.pages.values import Witness
from csc_verify.pages.written_days import days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString

_CLOSE, _AFTER, _BEFORE = 10, 40, 14
_AROUND: Final = 4
"""Parts around a headline in which an element for dates is taken for the post's own."""
_LONGEST: Final = 200
_BESIDE: Final = 60
_LONGEST_DAY: Final = 60
"""Characters of a byline beside its date; more of them are prose, which may name any day."""
_NAMED: Final = 12
"""Characters of a title that is long enough to name nothing else."""
_PIECE, _LINE = 24, 120
_WORDS_OF_A_TITLE: Final = 3
_PARTS_OF_A_DATE: Final = 2
_ABOUT_A_POST: Final = re.compile(r"/(?:authors?|users?|tags?|categor\w+|topics?|by|@)|[#?]|^#")
_NO_TEXT: Final = (Comment, Declaration, Doctype, ProcessingInstruction)
_HIDDEN: Final = frozenset({"script", "style", "noscript", "template", "option", "textarea"})
_HEADINGS: Final = ["h1", "h2", "h3", "h4"]
_DATED: Final = re.compile(
    r"(?:^|[-_ ])(?:date|time|byline|meta|posted|published|pubdate|datum|fecha|data|entry-date"
    r"|post-date|postdate|timestamp|dateline|publish\w*)(?:[-_ ]|$)",
    re.IGNORECASE,
)
_FOOT: Final = re.compile(r"(?:^|[-_\s])foot(?:er)?(?:[-_\s]|$)", re.IGNORECASE)
_BY: Final = re.compile(
    r"\b(?:by|on|von|am|par|le|por|el|em|di|il|da|door|op|av|af|den)\b",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    r"(?:\b(?:publish|posted|first appeared|veröffentlicht|erschienen|verfasst|geschrieben am"
    r"|gepostet|beitrag wurde|artikel wurde"
    r"|datum:|date:|fecha:|data:|publié|paru le|mis en ligne|publicado|publicada|pubblicato"
    r"|gepubliceerd|geplaatst op|publicerad|opublikowan|zveřejněn|опубликован|дата публикации"
    r"|δημοσι)|発表日|公開日|发布|發佈|게시)",
    re.IGNORECASE,
)


def headline_of(page: BeautifulSoup, title: str) -> Tag | None:
    """The heading that says most of the page's title; else its first one."""
    wanted = title.casefold()
    best: Tag | None = None
    most = 3
    for heading in page.find_all(_HEADINGS, limit=80):
        text = text_of(heading).casefold()
        if len(text) > most and text in wanted:
            best, most = heading, len(text)
    first = page.find("h1")
    if best is None or (first is not None and most < len(wanted) / 3 <= len(text_of(first)) / 3):
        # The title is cut, or an address; the first heading says it whole.
        return first or best
    return best


def near(headline: Tag, here: Here) -> Iterator[Witness]:
    """Days in the lines close to a headline: after it, then before it."""
    yield from _in_lines(_lines(headline, after=True)[:_CLOSE], here)
    # Further up stands the site's own head, often with today's date.
    around = {id(part) for part in _around(headline)}
    before = _lines(headline, after=False)
    yield from _in_lines([(text, tag) for text, tag in before if _is_in(tag, around)], here)


def near_parts(headline: Tag) -> frozenset[int]:
    """The elements, by identity, that hold the lines close to a headline."""
    lines = [*_lines(headline, after=True)[:_CLOSE], *_lines(headline, after=False)]
    return frozenset(
        id(part) for _, tag in lines for part in (tag, *list(tag.parents)[:_PARTS_OF_A_DATE])
    )


def below(headline: Tag, here: Here) -> Iterator[Witness]:
    """Days in the lines further down."""
    lines = _lines(headline, after=True)
    yield from _in_lines([line for line in lines[_CLOSE:] if not _is_of_another(*line)], here)
    yield from _datelines(lines[:_CLOSE], here)


def _is_of_another(text: str, tag: Tag) -> bool:
    """Whether a line far below a headline dates what it links to, or what a heading links to.

    A byline links too, but to an author, a category or a day, with little else.
    """
    block = tag.parent if len(text) < _PIECE or tag.name == "a" else tag
    heading = tag.find_previous(_HEADINGS)
    links = [*(block.find_all("a", href=True, limit=5) if block else ())]
    if heading is not None and heading.name != "h1":
        links += heading.find_all("a", href=True, limit=1)
    return any(_is_of_a_post(link) for link in links)


def _is_of_a_post(link: Tag) -> bool:
    rel = link.get("rel") or ()
    address = str(link["href"])
    words = text_of(link).split()
    is_byline = bool({"author", "tag", "category"} & set(rel)) or _ABOUT_A_POST.search(address)
    return not is_byline and len(words) >= _WORDS_OF_A_TITLE and not any(days_in(" ".join(words)))


def dated(headline: Tag, here: Here) -> Iterator[Witness]:
    """Days in elements around a headline whose class says that they hold a date."""
    scope = here.post or (_around(headline) or [headline])[-1]
    for tag in scope.find_all(_is_dated, limit=60):
        text = text_of(tag)
        if len(text) <= _LONGEST and not here.is_elsewhere(tag) and _is_signed(tag, text, here):
            yield from _days(text)


def _around(headline: Tag) -> list[Tag]:
    parts = [parent for parent in headline.parents if parent.name not in {"body", "html"}]
    return [part for part in parts[:_AROUND] if part.parent is not None]


def _is_in(tag: Tag, parts: set[int]) -> bool:
    return any(id(part) in parts for part in tag.parents)


def _in_lines(lines: list[tuple[str, Tag]], here: Here) -> Iterator[Witness]:
    for text, tag in lines:
        if not here.is_elsewhere(tag) and _is_signed(tag, text, here):
            yield from _days(text)


def said(page: BeautifulSoup, here: Here, title: str) -> Iterator[Witness]:
    """Days that words say the publication was on, wherever they stand.

    A part that names the post is about the post, even at the side of the page.
    """
    for string in page.find_all(string=_PUBLISHED, limit=40):
        tag = string.parent
        if tag is None or tag.name in _HIDDEN:
            continue
        text = _line_of(string, tag)
        if here.is_elsewhere(tag):
            block = text_of(tag)
            if len(title) < _NAMED or title not in block or len(block) > _LONGEST + len(title):
                continue
            text = block
        elif len(text) > _LONGEST or not _is_signed(tag, text, here):
            # Prose tells of other publications.
            continue
        for match in _PUBLISHED.finditer(text):
            for part in (
                text[match.start() : match.end() + 60],
                text[max(0, match.start() - 60) : match.end()],
            ):
                days = list(days_in(part))
                if days and not is_changed(part[: days[0][0]]):
                    yield Witness("byline", days[0][2])


def _is_dated(tag: Tag) -> bool:
    return _DATED.search(names_of(tag)) is not None


def _days(text: str) -> Iterator[Witness]:
    if len(text) > _BESIDE + _LONGEST_DAY:
        return
    for start, end, date in days_in(text):
        before = text[max(0, start - 40) : start]
        if is_changed(before) or len(text) - (end - start) > _BESIDE:
            continue
        yield Witness("byline", date)


def _datelines(lines: list[tuple[str, Tag]], here: Here) -> Iterator[Witness]:
    """Days in numbers that a paragraph begins with, as news do: prose doesn't begin so."""
    for text, tag in lines:
        days = list(days_in(text[:_BESIDE]))
        is_first = bool(days) and days[0][0] == 0
        in_numbers = is_first and not any(char.isalpha() for char in days[0][2].raw)
        if in_numbers and not here.is_elsewhere(tag):
            yield Witness("dateline", days[0][2])


def _is_signed(tag: Tag, text: str, here: Here) -> bool:
    """Whether a date at the foot of a post is said to be its own, in a sentence.

    Other posts' dates stand there too.
    """
    # What holds the headline too is no foot: a body's classes name every part that a page has.
    inner = takewhile(lambda part: id(part) not in here.around, (tag, *tag.parents))
    foot = any(_FOOT.search(names_of(part)) for part in inner)
    return not foot or _BY.search(text) is not None


def _lines(headline: Tag, *, after: bool) -> list[tuple[str, Tag]]:
    found: list[tuple[str, Tag]] = []
    strings = (
        headline.find_all_next(string=True, limit=400)
        if after
        else headline.find_all_previous(string=True, limit=200)
    )
    for string in strings:
        parent = string.parent
        if parent is None or isinstance(string, _NO_TEXT) or parent.name in _HIDDEN:
            continue
        if after and any(part is headline for part in string.parents):
            continue
        if string.strip():
            found.append((_line_of(string, parent), parent))
        if len(found) >= (_AFTER if after else _BEFORE):
            break
    return found


def _line_of(string: NavigableString, parent: Tag) -> str:
    """The line that a piece of text stands in: a date is often cut into several elements."""
    text = " ".join(str(string).split())
    if len(text) < _PIECE and parent.parent is not None:
        whole = text_of(parent.parent, _LINE + 1)
        if len(whole) <= _LINE:
            return whole
    return text
