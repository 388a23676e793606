"""From deposit to effect: the stated days are those of the rules, and the exceptions are data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import Interval, Period, Span, on_day
from graph.model import EffectRule
from graph.rules import effect_day, rule_for, threshold_effect
from ontology.namespaces import slug
from tests.graph.lookups import act, day, table

if TYPE_CHECKING:
    from graph.dates import Landing
    from graph.derivation import Derived
    from graph.model import Treaty
    from graph.reader import RecordModel

STATED = table("effective_dates.csv")
IN_FORCE = on_day(date(1999, 3, 1))
SIX_MONTHS = Period(months=6)
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
LANDINGS: tuple[Landing, ...] = ("sameDay", "firstDayOfMonth", "firstDayOfNextMonth")


@pytest.fixture(scope="session")
def ottawa(model: RecordModel) -> Treaty:
    """Answer the Ottawa Convention."""
    (found,) = [t for t in model.treaties if slug(t.iri) == "ottawa"]
    return found


def rule(
    period: Period | None = SIX_MONTHS, lands_on: Landing = "firstDayOfMonth", **more: object
) -> EffectRule:
    """Answer a rule like that of Article 17(2)."""
    return EffectRule(
        "rule/test",
        "treaty/test",
        "consent",
        "deposit",
        "party",
        period,
        lands_on,
        **more,  # type: ignore[arg-type]
    )


LEAVING = rule(lands_on="sameDay", deferred_by_conflict=True)


def test_the_table_holds_the_rows_of_one_independent_register() -> None:
    of_register = [row for row in STATED if "nl-verdragenbank" in row["stated_by"].split("|")]
    assert (len(of_register), len(STATED)) == (32, 44)


@pytest.mark.parametrize(
    "row",
    [row for row in STATED if row["action"] != "succession"],
    ids=lambda row: f"{row['iso3']}-{row['action']}",
)
def test_the_rules_give_the_day_that_a_source_states(
    model: RecordModel, ottawa: Treaty, row: dict[str, str]
) -> None:
    found = rule_for(ottawa.rules, row["action"], model.broader)
    assert found
    assert effect_day(found, on_day(day(row["date"])), IN_FORCE).day == on_day(
        day(row["effective_date"])
    )


@pytest.mark.parametrize(
    "row", [row for row in STATED if row["action"] != "withdrawal"], ids=lambda row: row["iso3"]
)
def test_the_record_carries_each_stated_day_of_effect(
    derived: Derived, row: dict[str, str]
) -> None:
    found = act(derived, f"{row['iso3'].lower()}-ottawa-{row['action']}")
    claimed = {slug(c.source.iri): c.effective for c in derived.claims[found.event.iri]}
    for source in row["stated_by"].split("|"):
        assert claimed[source] == on_day(day(row["effective_date"]))


@pytest.mark.parametrize("state", ["mne", "ssd"])
def test_a_succession_takes_effect_as_a_source_states_it_and_by_no_period(
    model: RecordModel, ottawa: Treaty, derived: Derived, state: str
) -> None:
    found = rule_for(ottawa.rules, "succession", model.broader)
    succession = act(derived, f"{state}-ottawa-succession")
    assert found
    assert (slug(found.iri), found.period) == ("ottawa-succession", None)
    assert succession.rule == found
    assert succession.effect.day is None
    assert "a source has to state it" in (succession.effect.reason or "")
    assert succession.basis == "stated"
    assert succession.stated_effect
    assert [slug(c.source.iri) for c in succession.stated_effect.deciding] == ["model-knowledge"]


def test_only_the_two_successions_have_effect_before_their_deposit(derived: Derived) -> None:
    early = [
        slug(a.event.iri)
        for a in derived.actions
        if slug(a.event.treaty or "") == "ottawa"
        if a.takes_effect and a.takes_effect.latest and a.day.value.earliest
        if a.takes_effect.latest < a.day.value.earliest
    ]
    assert sorted(early) == ["mne-ottawa-succession", "ssd-ottawa-succession"]


def test_the_40th_consent_brings_the_convention_into_force(
    derived: Derived, ottawa: Treaty
) -> None:
    effect = derived.entry_into_force[ottawa.iri]
    assert effect.day == IN_FORCE
    assert ottawa.stated_in_force == date(1999, 3, 1)


@pytest.mark.parametrize(
    ("deposits", "expected"),
    [(39, None), (40, on_day(date(1999, 3, 1))), (41, on_day(date(1999, 3, 1)))],
)
def test_a_treaty_waits_for_its_last_needed_consent(deposits: int, expected: Span | None) -> None:
    days = [on_day(date(1998, 8, 8) + timedelta(days=n)) for n in range(deposits)]
    effect = threshold_effect(rule(after_count=40), days)
    assert effect.day == expected
    if expected is None:
        assert effect.reason == "39 of 40 consents are deposited"


def test_a_consent_without_a_last_day_leaves_the_entry_into_force_open() -> None:
    known, vague = on_day(date(2000, 1, 5)), Span(date(2000, 2, 1), None)
    effect = threshold_effect(rule(after_count=2), [known, vague])
    assert effect.day == Span(date(2000, 8, 1), None)


def test_no_consent_takes_effect_while_the_treaty_is_not_in_force() -> None:
    effect = effect_day(rule(), on_day(date(1998, 1, 1)), None)
    assert (effect.day, effect.reason) == (None, "the treaty is not in force")


def test_the_narrowest_trigger_wins_and_an_act_without_a_rule_has_none() -> None:
    wide = rule()
    narrow = EffectRule("rule/narrow", "treaty/test", "succession", "stateSuccession", "party")
    broader = {"accession": "consent", "succession": "consent"}
    assert rule_for([wide, narrow], "succession", broader) == narrow
    assert rule_for([wide, narrow], "accession", broader) == wide
    assert rule_for([wide, narrow], "signature", broader) is None


def test_an_open_armed_conflict_leaves_a_withdrawal_without_a_day() -> None:
    effect = effect_day(LEAVING, on_day(date(2025, 8, 20)), IN_FORCE, [Interval(date(2025, 9, 1))])
    assert (effect.day, effect.period_end) == (None, on_day(date(2026, 2, 20)))
    assert "armed conflict" in (effect.reason or "")


@pytest.mark.parametrize(
    ("conflict", "expected"),
    [
        (Interval(date(2025, 1, 1), date(2026, 5, 9)), date(2026, 5, 9)),
        (Interval(date(2026, 2, 20), date(2026, 2, 21)), date(2026, 2, 21)),
        (Interval(date(2025, 1, 1), date(2026, 2, 20)), date(2026, 2, 20)),
        (Interval(date(2026, 2, 21), date(2026, 5, 9)), date(2026, 2, 20)),
    ],
)
def test_only_a_conflict_at_the_end_of_the_period_defers_and_does_so_until_it_ends(
    conflict: Interval, expected: date
) -> None:
    effect = effect_day(LEAVING, on_day(date(2025, 8, 20)), IN_FORCE, [conflict])
    assert effect.day == on_day(expected)


@given(DAYS, st.integers(0, 24), st.integers(0, 400), st.sampled_from(LANDINGS))
def test_no_effect_comes_before_the_deposit_or_the_entry_into_force(
    deposit: date, months: int, days: int, landing: Landing
) -> None:
    period = Period(max(months, 1 if landing == "firstDayOfMonth" else 0), days)
    effect = effect_day(rule(period, landing), on_day(deposit), IN_FORCE)
    assert effect.day
    assert effect.day.day
    assert effect.day.day >= max(deposit, IN_FORCE.latest or deposit)


@given(DAYS, DAYS, st.integers(0, 24), st.integers(0, 400), st.sampled_from(LANDINGS))
def test_who_deposits_earlier_is_never_bound_later(
    one: date, other: date, months: int, days: int, landing: Landing
) -> None:
    first, second = sorted((one, other))
    each = [
        effect_day(rule(Period(months, days), landing), on_day(d), IN_FORCE).day
        for d in (first, second)
    ]
    assert each[0] is not None
    assert each[1] is not None
    assert (each[0].day or date.max) <= (each[1].day or date.min)


@given(DAYS, st.integers(0, 500), st.integers(0, 500))
def test_bounds_of_the_deposit_become_bounds_of_the_effect(
    earliest: date, width: int, inside: int
) -> None:
    latest = earliest + timedelta(days=width)
    deposit = min(earliest + timedelta(days=inside), latest)
    bounds = effect_day(rule(), Span(earliest, latest), IN_FORCE).day
    exact = effect_day(rule(), on_day(deposit), IN_FORCE).day
    assert bounds
    assert exact
    assert bounds.meet(exact) == exact
