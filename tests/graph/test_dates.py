"""Days, partial days, periods and intervals."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import graph.dates
from graph.dates import (
    Interval,
    Landing,
    Period,
    Span,
    add_period,
    land,
    on_day,
    parse_day,
    parse_period,
    parse_span,
)
from graph.errors import WrongUse

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
PERIODS = st.builds(Period, st.integers(0, 300), st.integers(0, 2000))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw a span of two days, of one, or open at one end or both."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    last = draw(st.sampled_from((first, last)))
    return Span(draw(st.sampled_from((first, None))), draw(st.sampled_from((last, None))))


BOUNDED = spans().filter(lambda span: span != Span(None, None))


def test_the_examples_in_the_documentation_hold() -> None:
    result = doctest.testmod(graph.dates)
    assert result.failed == 0
    assert result.attempted >= 3


@given(DAYS, PERIODS)
def test_a_period_never_ends_before_it_starts(start: date, period: Period) -> None:
    assert add_period(start, period) >= start


@given(DAYS, DAYS, PERIODS)
def test_adding_a_period_keeps_the_order_of_days(one: date, other: date, period: Period) -> None:
    first, second = sorted((one, other))
    assert add_period(first, period) <= add_period(second, period)


@given(DAYS)
def test_landing_stays_in_the_month_or_goes_to_the_next(day: date) -> None:
    first, following = land(day, "firstDayOfMonth"), land(day, "firstDayOfNextMonth")
    assert land(day, "sameDay") == day
    assert (first.day, following.day) == (1, 1)
    assert first <= day < following
    assert following - first <= timedelta(days=31)


@pytest.mark.parametrize(
    ("start", "period", "landing", "end"),
    [
        ("2000-02-29", "P6M", "firstDayOfMonth", "2000-08-01"),
        ("2000-03-01", "P6M", "firstDayOfMonth", "2000-09-01"),
        ("2025-08-31", "P6M", "sameDay", "2026-02-28"),
        ("2023-08-31", "P6M", "sameDay", "2024-02-29"),
        ("2024-02-29", "P1Y", "sameDay", "2025-02-28"),
        ("2025-12-02", "P90D", "sameDay", "2026-03-02"),
        ("1998-07-17", "P60D", "firstDayOfNextMonth", "1998-10-01"),
        ("2025-12-31", "P0D", "firstDayOfNextMonth", "2026-01-01"),
    ],
)
def test_periods_end_where_the_treaties_count_them_to(
    start: str, period: str, landing: Landing, end: str
) -> None:
    assert land(add_period(parse_day(start), parse_period(period)), landing) == parse_day(end)


@given(BOUNDED)
def test_a_span_is_read_as_it_is_written(span: Span) -> None:
    assert parse_span(str(span)) == span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-01-12/2026", "2026-01-12", "2026-12-31"),
        ("2025/2026-03", "2025-01-01", "2026-03-31"),
        ("2026-01-12/..", "2026-01-12", None),
        ("../2025-12-02", None, "2025-12-02"),
    ],
)
def test_partial_days_are_read_as_bounds(text: str, first: str | None, last: str | None) -> None:
    bounds = [date.fromisoformat(d) if d else None for d in (first, last)]
    assert parse_span(text) == Span(*bounds)


@given(spans(), spans())
def test_meeting_and_joining_do_not_depend_on_the_order(one: Span, other: Span) -> None:
    assert one.meet(other) == other.meet(one)
    assert one.hull(other) == other.hull(one)


@given(spans(), spans(), spans())
def test_meeting_and_joining_do_not_depend_on_the_grouping(a: Span, b: Span, c: Span) -> None:
    assert a.hull(b).hull(c) == a.hull(b.hull(c))
    left, right = a.meet(b), b.meet(c)
    assert (left.meet(c) if left else None) == (a.meet(right) if right else None)


@given(spans(), spans())
def test_what_two_spans_share_lies_in_both_and_both_lie_in_their_hull(
    one: Span, other: Span
) -> None:
    common, whole = one.meet(other), one.hull(other)
    assert one.meet(whole) == one
    if common:
        assert common.meet(one) == common == common.meet(other)


@given(spans())
def test_a_span_meets_and_joins_itself(span: Span) -> None:
    assert span.meet(span) == span == span.hull(span)


@given(spans(), DAYS)
def test_what_has_certainly_come_may_have_come(span: Span, day: date) -> None:
    assert not span.reached(day) or span.possible(day)


@given(DAYS, DAYS)
def test_a_known_day_has_come_or_has_not(one: date, other: date) -> None:
    assert on_day(one).reached(other) == on_day(one).possible(other) == (one <= other)


def test_an_interval_holds_its_first_day_and_not_its_last() -> None:
    interval = Interval(date(2025, 8, 20), date(2026, 2, 20))
    assert date(2025, 8, 20) in interval
    assert date(2026, 2, 19) in interval
    assert date(2026, 2, 20) not in interval
    assert date.max in Interval(date(2025, 8, 20))


@pytest.mark.parametrize(
    "text",
    ["", "2025", "2025-13-01", "2025-02-29", "20251219", "2025-1-1", "19.12.2025", " 2025-12-19",
     "٢٠٢٥-١٢-١٩", "2025-12-19T00:00", "0000-01-01"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WrongUse, match=r"is not a day\. Write it as year-month-day, .*2025-12-19"):
        parse_day(text)


@pytest.mark.parametrize("text", ["../..", "/", "2026/2025", "2025-13", "12/2025", "2025/", "soon"])
def test_what_bounds_no_day_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="for example"):
        parse_span(text)


@pytest.mark.parametrize("text", ["P", "6M", "P6", "PT6H", "P-6M", "P1M1Y", "P٦M"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match=r"is not a period\. Write for example P6M"):
        parse_period(text)
