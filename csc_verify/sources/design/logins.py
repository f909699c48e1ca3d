"""Pages that let somebody in, told by what they ask for and what they call themselves. Pure.

A case study may be *about* a login, and have one to look at. So what asks for a password beside
much to read is a login only if it calls itself one, or nothing else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from csc_verify.sources.design.naming import (
    OF_LOGINS,
    Wanted,
    parts_of,
    words_of,
    words_of_hosts,
)
from csc_verify.sources.design.platforms import MUCH

if TYPE_CHECKING:
    from csc_verify.sources.design.fronts import Front

_LONGEST: Final = 80
"""Characters of what a login is called; a sentence about one is longer."""
_ENTERS: Final = (
    r"(?:log|sign)[ -]?(?:in|on|up)|anmelden|einloggen|se connecter|connexion|iniciar sesi[oó]n"
    r"|entrar|accedi|inloggen|zaloguj|p[rř]ihl[aá]sit|войти|вход|ログイン|登录|登入|로그인"
)
_ENTER: Final = re.compile(rf"(?<!\w)(?:{_ENTERS})(?!\w)", re.IGNORECASE)
_ENTER_SOMETHING: Final = re.compile(
    rf"\W*(?:please |welcome back\W+)?(?:{_ENTERS}) (?:to|with|for|into|at|bei|à|a|en) .+",
    re.IGNORECASE,
)
_WITH_OTHERS: Final = re.compile(
    r"\W*(?:(?:continue|log ?in|sign ?(?:in|up)|register|join|connect) (?:with|using|via|by)"
    r"|(?:weiter|anmelden|fortfahren) mit|continuer avec|se connecter avec|continuar co[nm])"
    r" (?:your |an? |deinem )?\w.*"
    r"|\W*mit \w+ (?:anmelden|fortfahren|weiter)\W*",
    re.IGNORECASE,
)


def is_login(front: Front, wanted: Wanted, *, is_article: bool) -> bool:
    """Whether a page is a login in place of a document.

    Args:
        front: The page.
        wanted: What the document's page would be called.
        is_article: Whether the page says when it was published.
    """
    hosts = words_of_hosts(wanted.urls)
    others = any(_WITH_OTHERS.fullmatch(it) for it in front.buttons if len(it) <= _LONGEST)
    lets_in = any(calls_itself_login(it, hosts) for it in front.buttons)
    if len(front.text) < MUCH:
        called = (*front.names, *front.headings[:1], front.text)
        if front.has_password or others or _is_called_login(called, hosts):
            return True
        return front.has_email and (lets_in or _is_called_login(front.headings, hosts))
    if is_article:
        return False
    titles = (*front.names, *front.headings)
    if _is_called_login(titles, hosts):
        return front.has_password or front.has_email or others
    is_named = _is_about_one(titles) or wanted.is_named_in(titles)
    return front.has_password and (lets_in or others) and not is_named


def calls_itself_login(name: str, hosts: frozenset[str]) -> bool:
    """Whether a name, or a part of it, is that of a login and says nothing else.

    Args:
        name: A title, a heading or what a button says.
        hosts: Words that the place's address has.
    """
    if len(name) > _LONGEST:
        return False
    return any(
        _ENTER_SOMETHING.fullmatch(part)
        or (_ENTER.search(part) and words_of(part) <= OF_LOGINS | hosts)
        or _ENTER.fullmatch(part)
        for part in parts_of(name)
    )


def _is_called_login(names: tuple[str, ...], hosts: frozenset[str]) -> bool:
    return any(calls_itself_login(name, hosts) for name in names)


def _is_about_one(titles: tuple[str, ...]) -> bool:
    """Whether a title speaks of a login among other things."""
    return any(_ENTER.search(title) for title in titles)
