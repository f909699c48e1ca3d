"""The public contributions page of a profile, in the markup that github.com serves.

The page knows nothing of kinds: a day's number is everything, what is restricted included. It
always shows a whole year; a narrower range only chooses which.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csc_verify.demo.github_hub import Hub
    from csc_verify.demo.student import DemoStudent

WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a page shows.

    Attributes:
        login: Whose.
        first: First day.
        last: Last day.
        when: The heading's words for it.
        counts: Contributions by day.
    """

    login: str
    first: date
    last: date
    when: str
    counts: Mapping[date, int]

    @property
    def total(self) -> int:
        """The heading's number."""
        return sum(n for day, n in self.counts.items() if self.first <= day <= self.last)

    @property
    def sundays(self) -> tuple[date, ...]:
        """The first day of each column; the first may lie before the calendar."""
        start = self.first - timedelta(days=self.first.isoweekday() % 7)
        return tuple(start + timedelta(days=n) for n in range(0, (self.last - start).days + 1, 7))


def calendar_of(hub: Hub, student: DemoStudent, begins: date | None) -> Calendar:
    """The calendar that a stranger sees.

    Args:
        hub: What there is.
        student: Whose.
        begins: A day of the year wanted; None for the year that ends today.
    """
    today = hub.clock().astimezone(UTC).date()
    counts = Counter(
        contribution.at.date()
        for contribution in hub.contributions(student)
        if student.shares_private_counts
        or not hub.repositories[contribution.repository.lower()].about.private
    )
    if begins:
        first, last = date(begins.year, 1, 1), min(date(begins.year, 12, 31), today)
        return Calendar(student.login, first, last, f"in {begins.year}", counts)
    year_ago = today - timedelta(days=365)
    first = year_ago - timedelta(days=year_ago.isoweekday() % 7)
    return Calendar(student.login, first, today, "in the last year", counts)


def calendar_page(calendar: Calendar) -> str:
    """The fragment that a profile page loads."""
    noun = "contribution" if calendar.total == 1 else "contributions"
    rows = "\n".join(_row(calendar, weekday) for weekday in range(7))
    return _PAGE.format(
        total=f"{calendar.total:,}",
        noun=noun,
        when=calendar.when,
        login=escape(calendar.login),
        first=calendar.first,
        last=calendar.last,
        months=_months(calendar),
        rows=rows,
        legend=_legend(),
    )


def _months(calendar: Calendar) -> str:
    names = [MONTHS[sunday.month - 1] for sunday in calendar.sundays]
    spans = Counter[tuple[int, str]]()
    for sunday, name in zip(calendar.sundays, names, strict=True):
        spans[sunday.year, name] += 1
    cells = [
        _MONTH.format(span=span, name=name, short=name[:3]) for (_, name), span in spans.items()
    ]
    return "\n".join(cells)


def _row(calendar: Calendar, weekday: int) -> str:
    days = [sunday + timedelta(days=weekday) for sunday in calendar.sundays]
    cells = "\n".join(_cell(calendar, day, weekday, ix) for ix, day in enumerate(days))
    return _ROW.format(name=WEEKDAYS[weekday], short=WEEKDAYS[weekday][:3], cells=cells)


def _cell(calendar: Calendar, day: date, weekday: int, index: int) -> str:
    if not calendar.first <= day <= calendar.last:
        return "              <td></td>"
    count = calendar.counts.get(day, 0)
    component = f"contribution-day-component-{weekday}-{index}"
    return _DAY.format(
        index=index,
        level=_level(count),
        day=day,
        component=component,
        tooltip=uuid.uuid5(uuid.NAMESPACE_URL, f"{calendar.login}/{day}"),
        text=_text(count, day),
    )


def _text(count: int, day: date) -> str:
    number = f"{count:,}" if count else "No"
    noun = "contribution" if count == 1 else "contributions"
    return f"{number} {noun} on {MONTHS[day.month - 1]} {_ordinal(day.day)}."


def _ordinal(number: int) -> str:
    if number in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _level(count: int) -> int:
    """A colour between 0 and 4; GitHub's is relative to the busiest day."""
    return min((count + 2) // 3, 4)


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

_DAY: Final = """\
                <td tabindex="0" data-ix="{index}" aria-selected="false" \
aria-describedby="contribution-graph-legend-level-{level}" style="width: 11px" \
data-date="{day}" id="{component}" data-level="{level}" role="gridcell" \
data-view-component="true" class="ContributionCalendar-day"></td>
  <tool-tip style="pointer-events: none;" id="tooltip-{tooltip}" for="{component}" \
popover="manual" data-direction="n" data-type="label" data-view-component="true" \
class="sr-only position-absolute">{text}</tool-tip>
"""

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
  <table role="grid" aria-readonly="true" \
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
