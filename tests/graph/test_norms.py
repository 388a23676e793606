"""How long measures hold, what changes between two days, how far a policy is from a treaty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.dates import Period, Span, on_day
from graph.norm_model import Directive, Instrument, Measure, NormModel, Practice, Term
from graph.norms import (
    compare,
    departures,
    distances,
    due_day,
    instrument_terms,
    measure_terms,
    measures_on,
    outcome_on,
    overlaps,
)

BROADER = {"persistentMine": "antiPersonnelMine", "nonPersistentMine": "antiPersonnelMine"}
BAN = Measure("m/ban", "prohibition", "use", "antiPersonnelMine", "placeOfUse")
NO_SALE = Measure("m/no-sale", "prohibition", "transfer", "antiPersonnelMine", "transferRule")
FREE = Measure("m/free", "permission", "use", "antiPersonnelMine", "placeOfUse")
FIRST, SECOND = date(2022, 6, 21), date(2025, 12, 2)


def instrument(name: str, start: date, *measures: Measure, status: str = "policyInForce",
               replaces: tuple[str, ...] = ()) -> Instrument:  # fmt: skip
    return Instrument(name, "state/usa", on_day(start), None, status, measures, replaces)


def model(*instruments: Instrument, practices: tuple[Practice, ...] = ()) -> NormModel:
    return NormModel(instruments, {}, practices, (), BROADER)


def old() -> Instrument:
    return instrument("p/old", FIRST, BAN, NO_SALE)


def lasting(*measures: Measure) -> Instrument:
    return instrument("p/new", SECOND, *measures, replaces=("p/old",))


def interim(*measures: Measure) -> Instrument:
    return replace(lasting(*measures), status="policyInterim")


def test_a_policy_that_replaces_another_ends_all_its_measures() -> None:
    terms = measure_terms(model(old(), lasting(FREE)))
    assert {terms["m/ban"].end, terms["m/no-sale"].end} == {SECOND}
    assert terms["m/free"] == Term(on_day(SECOND))


def test_an_interim_policy_ends_only_the_measures_that_it_supersedes() -> None:
    free = replace(FREE, supersedes=("m/ban",))
    terms = measure_terms(model(old(), interim(free)))
    assert (terms["m/ban"].end, terms["m/no-sale"].end) == (SECOND, None)
    assert instrument_terms(model(old(), interim(free)))["p/old"].end == SECOND


def test_a_measure_that_was_waived_never_holds() -> None:
    assert measure_terms(model(instrument("p", FIRST, replace(BAN, force="waived")))) == {}


def test_a_measure_in_doubt_neither_holds_nor_not() -> None:
    term = Term(on_day(FIRST), None, SECOND)
    assert [term.covers(day) for day in (date(2022, 1, 1), FIRST, SECOND)] == [False, True, None]
    assert Term(Span(FIRST, SECOND)).covers(date(2023, 1, 1)) is None
    doubtful = replace(BAN, own_doubt=SECOND)
    held = measures_on(model(instrument("p", FIRST, doubtful)), "state/usa", SECOND)
    assert held == {doubtful: False}


@pytest.mark.parametrize(("after", "change"), [
    ((FREE,), "lifted"),
    ((), "lifted"),
    ((replace(BAN, iri="m/other", except_in="Korean Peninsula"),), "changed"),
])  # fmt: skip
def test_what_became_of_a_component_has_a_name(after: tuple[Measure, ...], change: str) -> None:
    one = instrument("p/old", FIRST, BAN)
    found = compare(model(one, lasting(*after)), "state/usa", FIRST, SECOND)
    assert [c.change for c in found if c.component == "placeOfUse"] == [change]


def test_a_component_without_a_rule_before_is_new() -> None:
    found = compare(model(old(), interim(replace(FREE, component="authorityToUse"))),
                    "state/usa", FIRST, SECOND)  # fmt: skip
    assert {c.component: c.change for c in found} == {
        "authorityToUse": "new", "placeOfUse": "kept", "transferRule": "kept"}  # fmt: skip


@pytest.mark.parametrize(("measure", "agreement"), [
    (BAN, "agrees"),
    (replace(BAN, except_in="Korean Peninsula"), "partly"),
    (replace(BAN, matter="persistentMine"), "partly"),
    (FREE, "contradicts"),
    (replace(FREE, matter="nonPersistentMine"), "contradicts"),
    (replace(FREE, matter="antiVehicleMine"), "silent"),
    (NO_SALE, "silent"),
])  # fmt: skip
def test_a_measure_agrees_contradicts_or_says_nothing(measure: Measure, agreement: str) -> None:
    duty = replace(BAN, iri="obligation/use")
    (found,) = distances(model(), [duty], [measure])
    assert found.agreement == agreement


def test_one_contradiction_outweighs_every_agreement() -> None:
    (found,) = distances(model(), [replace(BAN, iri="o")], [BAN, FREE])
    assert found.agreement == "contradicts"


def sale(days: Span | None, matter: str = "nonPersistentMine") -> Practice:
    return Practice("practice/sale", "state/usa", "transfer", matter, days)


def test_a_practice_departs_from_a_prohibition_that_held_at_the_time() -> None:
    practice = sale(on_day(date(2024, 11, 20)))
    assert departures(model(old(), practices=(practice,))) == [(practice, NO_SALE)]


@pytest.mark.parametrize("practice", [
    sale(None),
    sale(Span(date(2022, 1, 1), date(2022, 12, 31))),
    sale(on_day(SECOND), "antiVehicleMine"),
])  # fmt: skip
def test_a_practice_that_cannot_be_held_against_a_measure_departs_from_none(
    practice: Practice,
) -> None:
    assert departures(model(old(), practices=(practice,))) == []


@pytest.mark.parametrize("force", ["targetSet", "declaredAim", "objectiveOnly"])
def test_an_aim_forbids_nothing_yet(force: str) -> None:
    policy = instrument("p", FIRST, replace(NO_SALE, force=force))
    assert departures(model(policy, practices=(sale(on_day(SECOND)),))) == []


REVIEW = Directive("directive/review", "p/new", Period(days=90))


def test_a_due_day_is_counted_from_the_order() -> None:
    assert due_day(REVIEW, on_day(SECOND)) == on_day(date(2026, 3, 2))
    assert due_day(REVIEW, None) is None


@pytest.mark.parametrize(("ended", "on", "outcome"), [
    (None, date(2026, 3, 2), "open"),
    (None, date(2026, 3, 3), "unknown"),
    (date(2026, 1, 1), date(2026, 3, 3), "overtaken"),
    (date(2026, 1, 1), date(2025, 12, 31), "open"),
    (date(2027, 1, 1), date(2027, 3, 3), "unknown"),
])  # fmt: skip
def test_what_nobody_reports_of_an_order_is_unknown(
    ended: date | None, on: date, outcome: str
) -> None:
    assert outcome_on(REVIEW, on_day(date(2026, 3, 2)), ended, on) == outcome


def test_a_reported_outcome_stands() -> None:
    done = replace(REVIEW, outcome="missed")
    assert outcome_on(done, None, None, SECOND) == "missed"


def test_weapons_overlap_where_one_holds_the_other() -> None:
    assert overlaps("antiPersonnelMine", "persistentMine", BROADER)
    assert overlaps("persistentMine", "antiPersonnelMine", BROADER)
    assert not overlaps("persistentMine", "nonPersistentMine", BROADER)
