"""The public contributions page of a profile, in the markups that github.com has served."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Final, assert_never

from csc_verify.demo.calendar_days import MONTHS, level_of, noun_of, told
from csc_verify.demo.calendar_svg import calendar_svg

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csc_verify.demo.calendar_days import Calendar

WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class Markup(StrEnum):
    """How a page is written.

    Attributes:
        BESIDE: A table, each day's words in a tool-tip right after its cell: since 2024.
        BEFORE: A table, and all tool-tips before it: late in 2023.
        INSIDE: A picture of rectangles, each day's words in its own: 2022 and early in 2023.
    """

    BESIDE = "beside"
    BEFORE = "before"
    INSIDE = "inside"


def calendar_page(calendar: Calendar, markup: Markup = Markup.BESIDE) -> str:
    """The fragment that a profile page loads."""
    match markup:
        case Markup.BESIDE:
            return _page(calendar, lambda day: f"{day.cell}\n{day.tip}\n")
        case Markup.BEFORE:
            return _page(calendar, lambda day: day.cell, _tips(calendar))
        case Markup.INSIDE:
            return calendar_svg(calendar)
        case _:
            assert_never(markup)


def _page(calendar: Calendar, written: Callable[[_Day], str], before: str = "") -> str:
    return _PAGE.format(
        total=f"{calendar.total:,}",
        noun=noun_of(calendar.total),
        when=calendar.when,
        login=escape(calendar.login),
        first=calendar.first,
        last=calendar.last,
        before=before,
        months=_months(calendar),
        rows="\n".join(_row(calendar, weekday, written) for weekday in range(7)),
        legend=_legend(),
    )


@dataclass(frozen=True, slots=True)
class _Day:
    """A day in its place: in a row for its weekday, in a column for its week."""

    login: str
    day: date
    count: int
    index: int

    @property
    def component(self) -> str:
        return f"contribution-day-component-{self.day.isoweekday() % 7}-{self.index}"

    @property
    def cell(self) -> str:
        return _CELL.format(
            index=self.index,
            level=level_of(self.count),
            day=self.day,
            component=self.component,
        )

    @property
    def tip(self) -> str:
        return _TIP.format(
            tooltip=uuid.uuid5(uuid.NAMESPACE_URL, f"{self.login}/{self.day}"),
            component=self.component,
            text=f"{told(self.count)} on {MONTHS[self.day.month - 1]} {_ordinal(self.day.day)}.",
        )


def _days(calendar: Calendar, weekday: int) -> list[_Day | None]:
    """A weekday's days, from column to column; None for one that the calendar doesn't show."""
    days = [sunday + timedelta(days=weekday) for sunday in calendar.sundays]
    return [
        _Day(calendar.login, day, calendar.counts.get(day, 0), index)
        if calendar.first <= day <= calendar.last
        else None
        for index, day in enumerate(days)
    ]


def _tips(calendar: Calendar) -> str:
    shown = (day for weekday in range(7) for day in _days(calendar, weekday) if day)
    return "".join(f"{day.tip}\n" for day in shown)


def _months(calendar: Calendar) -> str:
    names = [MONTHS[sunday.month - 1] for sunday in calendar.sundays]
    spans = Counter[tuple[int, str]]()
    for sunday, name in zip(calendar.sundays, names, strict=True):
        spans[sunday.year, name] += 1
    cells = [
        _MONTH.format(span=span, name=name, short=name[:3]) for (_, name), span in spans.items()
    ]
    return "\n".join(cells)


def _row(calendar: Calendar, weekday: int, written: Callable[[_Day], str]) -> str:
    days = _days(calendar, weekday)
    cells = "\n".join(written(day) if day else "              <td></td>" for day in days)
    return _ROW.format(name=WEEKDAYS[weekday], short=WEEKDAYS[weekday][:3], cells=cells)


def _ordinal(number: int) -> str:
    if number in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _legend() -> str:
    names = ("No", "Low", "Medium-low", "Medium-high", "High")
    return "\n".join(_LEGEND.format(level=n, name=name) for n, name in enumerate(names))


_MONTH: Final = """\
          <td class="ContributionCalendar-label" colspan="{span}" style="position: relative">
            <span class="sr-only">{name}</span>
            <span aria-hidden="true" style="position: absolute; top: 0">{short}</span>
          </td>"""

_ROW: Final = """\
        <tr style="height: 11px">
          <td class="ContributionCalendar-label" style="position: relative">
            <span class="sr-only">{name}</span>
            <span aria-hidden="true" style="position: absolute; bottom: -4px">
              {short}
            </span>
          </td>

{cells}
        </tr>"""

_CELL: Final = """\
                <td tabindex="0" data-ix="{index}" aria-selected="false" \
aria-describedby="contribution-graph-legend-level-{level}" style="width: 11px" \
data-date="{day}" id="{component}" data-level="{level}" role="gridcell" \
data-view-component="true" class="ContributionCalendar-day"></td>"""

_TIP: Final = """\
  <tool-tip style="pointer-events: none;" id="tooltip-{tooltip}" for="{component}" \
popover="manual" data-direction="n" data-type="label" data-view-component="true" \
class="sr-only position-absolute">{text}</tool-tip>"""

_LEGEND: Final = """\
                <div style="width: 10px; height: 10px" \
id="contribution-graph-legend-level-{level}" data-level="{level}" data-view-component="true" \
class="ContributionCalendar-day rounded-1 mr-1">
    <span class="sr-only">{name} contributions.</span>
</div>"""

_PAGE: Final = """\
<div class="js-yearly-contributions">
<div class="position-relative">
    <h2 tabindex="-1" id="js-contribution-activity-description" class="f4 text-normal mb-2">
      {total}
      {noun}
        {when}
    </h2>

    <div class="border py-2 graph-before-activity-overview">
      <div class="js-calendar-graph is-graph-loading graph-canvas ContributionCalendar"
          data-graph-url="/users/{login}/contributions"
          data-url="/{login}"
          data-from="{first} 00:00:00 UTC"
          data-to="{last} 23:59:59 UTC"
          data-org=""
          >

<div style="max-width: 100%; overflow-y: hidden; overflow-x: auto">
{before}  <table role="grid" aria-readonly="true" \
class="ContributionCalendar-grid js-calendar-graph-table">
    <caption class="sr-only">Contribution Graph</caption>

    <thead>
      <tr style="height: 15px">
        <td style="width: 29px">
          <span class="sr-only">Day of Week</span>
        </td>
{months}
      </tr>
    </thead>

    <tbody>
{rows}
    </tbody>
</table></div>

        <div class="width-full f6 px-0 tmp-px-md-5 py-1">
          <div class="float-right color-fg-muted d-flex flex-items-center">
            <span data-view-component="true" class="mr-1">Less</span>
{legend}
            <span data-view-component="true">More</span>
          </div>
        </div>
      </div>

    </div>
</div>
</div>
"""
