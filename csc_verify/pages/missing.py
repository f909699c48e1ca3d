"""Pages that say "not found" with status 200. Pure.

A definite sign is one that a program leaves: a class of the page's body, the name of its template.
Else what the page calls itself must be such a sentence as a whole, in its title and its first
heading; one of them is enough where there is next to nothing to read. A post called "404 pages that
made me smile" is a post.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

# WordPress's body_class() is documented; the others are what Wix, Ghost, Squarespace, Next.js,
# Docusaurus and prerender.io were seen to write.
_SIGNS: Final = (
    "body.error404, body.error-404, body.page-404, body.template-404, body.not-found"
    ', [data-hook="not-found-page"], .error-template .error-code, #next-error-h1, .next-error-h1'
    ', meta[name="prerender-status-code"][content="404"]'
)
_NEXTS: Final = re.compile(r'"page"\s*:\s*"/(?:404|_error)"')
_THING: Final = (
    r"(?:the |this |die |diese |la |cette |esta |a |questa |deze |de )?"
    r"(?:page|post|article|story|content|site|seite|beitrag|artikel|página|publicación|postagem"
    r"|pagina|contenuto|articolo|страница|strona|stránka|strony|stránku)"
)
_NOT_THERE: Final = (
    r"(?:(?:was |is )?not found|(?:can ?not|can't|could ?n't|could not) be found"
    r"|does(?: not|n't) exist|no longer exists|is (?:gone|(?:no longer |un|not )available)"
    r"|(?:wurde |existiert )?nicht(?: gefunden)?|no (?:fue )?encontrad[ao]|no existe"
    r"|não (?:foi )?encontrad[ao]|não existe|non (?:è stat[ao] )?trovat[ao]|non esiste"
    r"|(?:est )?introuvable|n'existe pas|niet gevonden|bestaat niet|не найдена"
    r"|nie (?:została )?znalezion[ao]|nenalezen[ao]?)"
)
_NUMBER: Final = (
    r"(?:(?:error|http|fehler|erreur|código|errore|erro|fout)\W*)?404(?:\W*(?:error|fehler))?"
)
_PHRASE: Final = (
    rf"(?:(?:{_THING} )?{_NOT_THERE}|(?:page|file)\W+not\W+found"
    r"|nothing (?:was )?found(?: here)?|nenalezeno|that page can't be found"
    r"|we could(?:n't| not) find (?:that|this|the) page"
    r"|ページが見つかりません(?:でした)?|页面(?:未找到|不存在)|找不到(?:页面|頁面))"
)
_SENTENCE: Final = re.compile(
    rf"""\W*(?:(?:oops|whoops|sorry|hoppla|ups|ops)\W+)?(?:{_NUMBER}(?:\W*{_PHRASE})?|{_PHRASE})\W*""",
    re.IGNORECASE,
)
_LONGEST: Final = 80


def says_missing(page: BeautifulSoup, title: str, *, is_bare: bool) -> bool:
    """Whether a page says that there is no such page.

    Args:
        page: The page, which doesn't call itself a post.
        title: Its title; may end in the site's name.
        is_bare: Whether it has next to nothing to read.
    """
    if page.select_one(_SIGNS) is not None:
        return True
    data = page.find("script", id="__NEXT_DATA__")
    if data is not None and _NEXTS.search(data.get_text()):
        return True
    first = page.find(["h1", "h2"])
    heading = " ".join(first.get_text(" ").split()) if first else ""
    says = [_is_sentence(name) for name in (*_parts(title)[:1], heading) if name]
    return any(says) and (is_bare or all(says))


def _parts(title: str) -> list[str]:
    """A title without the site's name, which stands before or behind it."""
    parts = re.split(r"\s[|–—·•»-]\s", title)
    return sorted((part.strip() for part in parts), key=lambda part: not _is_sentence(part))


def _is_sentence(text: str) -> bool:
    straight = text.replace("\u2019", "'")
    return len(text) < _LONGEST and _SENTENCE.fullmatch(straight) is not None
