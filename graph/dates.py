"""Days, partial days, periods and half-open intervals.

A day that a source gives only in part is a `Span` between two days; it is written in EDTF
(ISO 8601-2): `2026`, `2026-03`, `2026-01-12/2026-12-31`, `2026-01-12/..`, `../2025-12-02`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from graph.errors import WrongUse

Landing = Literal["sameDay", "firstDayOfMonth", "firstDayOfNextMonth"]

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# PT0S is how stores write a period of no days.
ISO_PERIOD = re.compile(r"P(?=\d|T0S)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T0S)?", re.ASCII)
MONTHS_PER_YEAR = 12
# Not of the calendar module: its names change with the locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Period:
    """A length of time in calendar months and days, as treaties count it."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Span:
    """A day of which only bounds are known; both days are included, None is open.

    >>> parse_span("2026-03")
    Span(earliest=datetime.date(2026, 3, 1), latest=datetime.date(2026, 3, 31))
    """

    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """Answer the day itself, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    def meet(self, other: Span) -> Span | None:
        """Answer what both spans allow, or None where they contradict each other."""
        earliest = max((d for d in (self.earliest, other.earliest) if d), default=None)
        latest = min((d for d in (self.latest, other.latest) if d), default=None)
        return None if earliest and latest and earliest > latest else Span(earliest, latest)

    def hull(self, other: Span) -> Span:
        """Answer the shortest span that holds both."""
        earliest = min(self.earliest, other.earliest) if self.earliest and other.earliest else None
        latest = max(self.latest, other.latest) if self.latest and other.latest else None
        return Span(earliest, latest)

    def not_before(self, other: Span) -> bool:
        """Answer whether no day of this span lies before the other span begins."""
        return other.earliest is None or bool(self.earliest and self.earliest >= other.earliest)

    def reached(self, day: date) -> bool:
        """Answer whether the day of the span has certainly come by `day`."""
        return self.latest is not None and self.latest <= day

    def possible(self, day: date) -> bool:
        """Answer whether the day of the span may have come by `day`."""
        return self.earliest is None or self.earliest <= day

    def in_words(self) -> str:
        """Answer the span as a reader says it.

        >>> parse_span("2025-06").in_words(), parse_span("../2025-12-02").in_words()
        ('June 2025', 'by 2 December 2025')
        """
        if self.day:
            return day_in_words(self.day)
        if self.earliest and self.latest:
            return _whole_in_words(self.earliest, self.latest)
        if self.latest:
            return f"by {day_in_words(self.latest)}"
        return f"not before {day_in_words(self.earliest)}" if self.earliest else "on an unknown day"

    def __str__(self) -> str:
        """Write the span in EDTF."""
        if self.day:
            return self.day.isoformat()
        return "/".join(d.isoformat() if d else ".." for d in (self.earliest, self.latest))


@dataclass(frozen=True)
class Interval:
    """The days from `start` up to and not including `end`; no end means open."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        """Answer whether the day lies in the interval."""
        return self.start <= day and (self.end is None or day < self.end)


def day_in_words(day: date) -> str:
    """Answer a day as a reader says it: 27 December 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _whole_in_words(first: date, last: date) -> str:
    """Name the year or month that two days bound, or else both days."""
    month_end = last.day == monthrange(last.year, last.month)[1]
    if first.day == 1 and month_end and first.year == last.year:
        if first.month == last.month:
            return f"{MONTHS[first.month - 1]} {first.year}"
        if (first.month, last.month) == (1, MONTHS_PER_YEAR):
            return str(first.year)
    return f"between {day_in_words(first)} and {day_in_words(last)}"


def today() -> date:
    """Answer which day it is, in UTC."""
    return datetime.now(UTC).date()


def on_day(day: date) -> Span:
    """Answer the span of one known day."""
    return Span(day, day)


def parse_day(text: str) -> date:
    """Read an ISO day such as 2025-12-19; the error says what is expected."""
    try:
        if ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"{text!r} is not a day. Write it as year-month-day, for example 2025-12-19."
    raise WrongUse(message)


def parse_span(text: str) -> Span:
    """Read a day, month, year or interval of days written in EDTF."""
    if "/" not in text:
        return _whole(text)
    first, last = text.split("/", 1)
    span = Span(
        None if first == ".." else _whole(first).earliest,
        None if last == ".." else _whole(last).latest,
    )
    if span == Span(None, None) or span.meet(span) is None:
        message = f"{text!r} bounds no day. Write first/last, for example 2026-01-12/2026-12-31."
        raise WrongUse(message)
    return span


def _whole(text: str) -> Span:
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return Span(parse_day(f"{text}-01-01"), parse_day(f"{text}-12-31"))
    if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
        first = parse_day(f"{text}-01")
        return Span(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return on_day(parse_day(text))


def parse_period(text: str) -> Period:
    """Read an ISO 8601 period of years, months or days, such as P6M or P90D."""
    match = ISO_PERIOD.fullmatch(text)
    if not match:
        message = f"{text!r} is not a period. Write for example P6M, P1Y or P90D."
        raise WrongUse(message)
    years, months, days = (int(part or 0) for part in match.groups())
    return Period(years * MONTHS_PER_YEAR + months, days)


def add_period(day: date, period: Period) -> date:
    """Add months, then days; a month that is too short gives its last day.

    >>> add_period(date(2025, 8, 31), Period(months=6))
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * MONTHS_PER_YEAR + day.month - 1 + period.months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=period.days)


def land(day: date, landing: Landing) -> date:
    """Move the end of a period to the day that the clause names.

    >>> land(date(2000, 8, 29), "firstDayOfMonth")
    datetime.date(2000, 8, 1)
    """
    if landing == "sameDay":
        return day
    first = day.replace(day=1)
    return first if landing == "firstDayOfMonth" else add_period(first, Period(months=1))
