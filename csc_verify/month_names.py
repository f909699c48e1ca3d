# ruff: noqa: RUF001  names of months in other alphabets look like this
"""Months by their names, in the commonest languages."""

from __future__ import annotations

from typing import Final

from csc_verify.letters import bare

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


def month_of(name: str) -> int | None:
    """The number of a month, January being 1; None if the name is none's.

    Args:
        name: In any case, with or without accents, in full or as people shorten it.
    """
    return _MONTHS.get(_bare(name))


def _bare(name: str) -> str:
    # The Turkish i without a dot has no accent that could be taken off.
    return bare(name.replace("\u0131", "i"))


_MONTHS: Final = {
    _bare(name): number
    for number, names in enumerate(_NAMES.replace("\n ", " ").split("\n")[1:-1], start=1)
    for name in names.split()
}
