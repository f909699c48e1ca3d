# ruff: noqa: RUF001  names of months in other alphabets look like this
"""Days in running text, in the commonest languages. Pure.

A page's byline is written for people: no zone, mostly no time, months by name. A day is found only
where it stands whole, with its year; an order that may mean two days keeps both.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from csc_verify.dates import EARLIEST_YEAR, LATEST_YEAR, Day, WrittenDate

if TYPE_CHECKING:
    from collections.abc import Iterator

# English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish,
# Polish, Czech, Russian, Ukrainian, Greek, Turkish and Hungarian, without accents. No name means
# one month in one of them and another in another, but for Croatian and Czech, of which only the
# latter's are here.
_NAMES: Final = """
january jan januar janner janvier janv enero ene janeiro gennaio gen januari tammikuuta stycznia
 ledna января январь янв січня ιανουαριου ocak
february feb februar feber fevrier fevr fev febrero fevereiro febbraio februari helmikuuta
 lutego unora февраля февраль фев лютого φεβρουαριου subat
march mar marz mrz maerz mars marzo marco maart mrt maaliskuuta marca brezna марта март мар
 березня μαρτιου mart marcius
april apr avril avr abril abr aprile huhtikuuta kwietnia dubna апреля апрель апр квітня απριλιου
 nisan aprilis
may mai mayo maio maggio mag mei maj toukokuuta maja kvetna мая май травня μαιου mayis majus
june jun juni juin junio junho giugno giu kesakuuta czerwca cervna июня июнь июн червня ιουνιου
 haziran junius
july jul juli juillet juil julio julho luglio lug heinakuuta lipca cervence июля июль июл липня
 ιουλιου temmuz julius
august aug aout agosto ago augustus augusti elokuuta sierpnia srpna августа август авг серпня
 αυγουστου agustos augusztus
september sep sept septembre septiembre setiembre setembro set settembre syyskuuta wrzesnia zari
 сентября сентябрь сен вересня σεπτεμβριου eylul szeptember
october oct oktober okt octobre octubre outubro out ottobre ott lokakuuta pazdziernika rijna
 октября октябрь окт жовтня οκτωβριου ekim
november nov novembre noviembre novembro marraskuuta listopada ноября ноябрь ноя листопада
 νοεμβριου kasim
december dec dezember dez decembre diciembre dic dezembro dicembre desember des joulukuuta
 grudnia prosince декабря декабрь дек грудня δεκεμβριου aralik
"""


def _bare(name: str) -> str:
    # The Turkish i without a dot has no accent that could be taken off.
    parts = unicodedata.normalize("NFKD", name.casefold().replace("\u0131", "i"))
    return "".join(char for char in parts if not unicodedata.combining(char))


_MONTHS: Final = {
    _bare(name): number
    for number, names in enumerate(_NAMES.replace("\n ", " ").split("\n")[1:-1], start=1)
    for name in names.split()
}
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_DAY = r"(?<![0-9.,:/-])(?P<day>[0-9]{1,2})"
_NAME = r"(?P<month>[^\W\d_]{3,12})"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        # 8 August 2016, 8. August 2016, 8 de agosto de 2016, 8th of August, 2016
        rf"""{_DAY}(?:st|nd|rd|th|er|º|\.)?\ ?(?:\ de\ |\ of\ |\ )?\ ?{_NAME}\.?,?
        (?:\ de|\ del)?\ {_YEAR}""",
        # 08-Aug-2016, 8/Aug/2016
        rf"{_DAY}(?P<between>[-/]){_NAME}(?P=between){_YEAR}",
        # August 8, 2016, Aug. 8th 2016
        rf"(?<![^\W\d_]){_NAME}\.?\ (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ {_YEAR}",
        # 2016年8月8日, 2016년 8월 8일
        r"""(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\ ?[年년]\ ?(?P<month>[0-9]{1,2})\ ?[月월]\ ?
        (?P<day>[0-9]{1,2})\ ?[日일]""",
        # 2016-08-08, 2016/8/8, 2016.08.08
        r"""(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)
        (?P<day>[0-9]{1,2})(?![:/-]?\w)""",
        # 8.8.2016: with dots the day is first
        rf"{_DAY}\.\ ?(?P<month>[0-9]{{1,2}})\.\ ?{_YEAR}",
        # 8.8.16: with dots the day is first, and the year this century's
        rf"{_DAY}\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{2}})(?![0-9.:])",
        # 26 01 2022
        rf"{_DAY}(?P<open>\ \|\ |\ )(?P<month>[01][0-9])(?P=open){_YEAR}",
        # 8/8/2016, 8-8-2016: either may be the day
        rf"{_DAY}(?P<open>[-/])(?P<month>[0-9]{{1,2}})(?P=open){_YEAR}",
    )
)


def days_in(text: str) -> Iterator[tuple[int, int, WrittenDate]]:
    """The days that stand in a text: where each begins and ends, and what it may mean.

    Args:
        text: At most some hundred characters; white space folded.
    """
    found: list[tuple[int, int, WrittenDate]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            date_ = _read(match)
            taken = any(start < match.end() and match.start() < end for start, end, _ in found)
            if date_ is not None and not taken:
                found.append((match.start(), match.end(), date_))
    yield from sorted(found, key=lambda place: place[0])


def _read(match: re.Match[str]) -> WrittenDate | None:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), parts["month"], int(parts["day"])
    year += 2000 if len(parts["year"]) == len("16") else 0
    number = int(month) if month.isdecimal() else _MONTHS.get(_bare(month), 0)
    orders = {(number, day), (day, number)} if parts.get("open") else {(number, day)}
    days = sorted(found for order in orders for found in _day(year, *order))
    if not days:
        return None
    return WrittenDate(match[0], tuple(Day(found) for found in days), days[0].isoformat())


def _day(year: int, month: int, day: int) -> list[date]:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return []
    try:
        return [date(year, month, day)]
    except ValueError:
        return []
