"""A scale of days: where a day stands, and which years or months are written beneath."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from graph.dates import MONTHS
from graph.render.picture import Caption, Stroke
from graph.render.style import FAINT, INK, MUTED
from graph.render.text import advance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.render.picture import Guide

TICK_SIZE = 20.0
SMALL_SIZE = 17.0
TICK_GAP = 18.0
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
MONTH_STEPS = (1, 3, 6)
MONTHS_IN_YEAR = 12
DAYS_OF_YEARS = 1200


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last`, laid from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand on the edge."""
        inside = min(max(day, self.first), self.last)
        share = (inside - self.first).days / max((self.last - self.first).days, 1)
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[tuple[date, str]]:
        """The days that are named beneath, as many as find room."""
        found: list[tuple[date, str]] = []
        for step in self._steps():
            found = list(self._stepped(step))
            room = (self.right - self.left) / max(len(found), 1)
            widest = max((advance(text, TICK_SIZE) for _, text in found), default=0.0)
            if room >= widest + TICK_GAP:
                return found
        return found[:1]

    def _steps(self) -> list[int]:
        years = [step * MONTHS_IN_YEAR for step in YEAR_STEPS]
        short = (self.last - self.first).days < DAYS_OF_YEARS
        return [*MONTH_STEPS, *years] if short else years

    def _stepped(self, step: int) -> Iterator[tuple[date, str]]:
        month = self.first.year * MONTHS_IN_YEAR + self.first.month - 1
        month += -month % step
        while (day := date(month // MONTHS_IN_YEAR, month % MONTHS_IN_YEAR + 1, 1)) <= self.last:
            if day >= self.first:
                yield day, str(day.year) if step >= MONTHS_IN_YEAR else _month(day)
            month += step


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def around(days: list[date], share: float = 0.03) -> tuple[date, date]:
    """The first and last of some days with a little room on both sides."""
    first, last = min(days), max(days)
    room = timedelta(days=max(int((last - first).days * share), 10))
    low, high = date.min + timedelta(days=400), date.max - timedelta(days=400)
    return max(first, low) - room, min(last, high) + room


def drawn_axis(axis: Axis, top: float, bottom: float) -> tuple[list[Guide], list[Caption]]:
    """The lines of an axis over a height, and what is written beneath them."""
    guides: list[Guide] = []
    captions: list[Caption] = []
    for day, text in axis.ticks():
        x = axis.x(day)
        guides.append(Stroke((x, top), (x, bottom), FAINT, 1.2))
        half = advance(text, TICK_SIZE) / 2
        place = min(max(x, half + 4), axis.right + 40 - half)
        captions.append(Caption(text, place, bottom + 24, TICK_SIZE, ink=MUTED))
    return guides, captions


def drawn_day(
    axis: Axis, day: date, top: float, bottom: float
) -> tuple[list[Guide], list[Caption]]:
    """The line of the day that is shown, named above, where it lies on the axis."""
    if not axis.first <= day <= axis.last:
        return [], []
    x = axis.x(day)
    text = f"{day.day} {_month(day)}"
    half = advance(text, SMALL_SIZE, bold=True) / 2
    place = min(max(x, axis.left + half), axis.right + 26 - half)
    caption = Caption(text, place, top - 6, SMALL_SIZE, bold=True, ink=INK)
    return [Stroke((x, top), (x, bottom), INK, 1.4, dashed=True)], [caption]


def short_day(day: date) -> str:
    """A day in few letters: 27 Dec 2025."""
    return f"{day.day} {_month(day)}"
