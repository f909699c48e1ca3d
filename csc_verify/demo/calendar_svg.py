"""The contributions page as a picture, as github.com served it in 2022 and early in 2023.

Each day is a rectangle with its words inside, the year among them. Nothing has an id.
"""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, Final

from csc_verify.demo.calendar_days import MONTHS, level_of, noun_of, told

if TYPE_CHECKING:
    from datetime import date

    from csc_verify.demo.calendar_days import Calendar

_SIDE: Final = 13
"""From one rectangle to the next, in pixels."""


def calendar_svg(calendar: Calendar) -> str:
    """The fragment that a profile page loaded."""
    return _PAGE.format(
        total=f"{calendar.total:,}",
        noun=noun_of(calendar.total),
        when=calendar.when,
        login=escape(calendar.login),
        first=calendar.first,
        last=calendar.last,
        columns="".join(_column(calendar, *column) for column in enumerate(calendar.sundays)),
        legend="".join(_LEGEND.format(level=level) for level in range(5)),
    )


def _column(calendar: Calendar, index: int, sunday: date) -> str:
    days = (sunday + timedelta(days=n) for n in range(7))
    rectangles = "".join(
        _rectangle(calendar, index, day) for day in days if calendar.first <= day <= calendar.last
    )
    return f'<g transform="translate({index * (_SIDE + 1)}, 0)">\n{rectangles}</g>\n'


def _rectangle(calendar: Calendar, index: int, day: date) -> str:
    count = calendar.counts.get(day, 0)
    return _DAY.format(
        x=_SIDE + 1 - index,
        y=day.isoweekday() % 7 * _SIDE,
        day=day,
        level=level_of(count),
        text=f"{told(count)} on {MONTHS[day.month - 1]} {day.day}, {day.year}",
    )


_DAY: Final = """\
<rect width="10" height="10" x="{x}" y="{y}" class="ContributionCalendar-day" \
data-date="{day}" data-level="{level}" rx="2" ry="2">{text}</rect>
"""

_LEGEND: Final = """\
<svg width="10" height="10"><rect width="10" height="10" rx="2" ry="2" \
class="ContributionCalendar-day" data-level="{level}"></rect></svg>
"""

_PAGE: Final = """\
<div class="js-yearly-contributions">
<div class="position-relative">
    <h2 class="f4 text-normal mb-2">
      {total}
      {noun}
        {when}
    </h2>

    <div class="border py-2 graph-before-activity-overview">
      <div class="js-calendar-graph mx-md-2 mx-3 d-flex flex-column ContributionCalendar" \
data-graph-url="/users/{login}/contributions" data-url="/{login}" \
data-from="{first} 00:00:00 UTC" data-to="{last} 23:59:59 UTC" data-org="">
<svg width="722" height="112" class="js-calendar-graph-svg">
<g transform="translate(10, 20)">
{columns}</g>
</svg>
{legend}      </div>
    </div>
</div>
</div>
"""
