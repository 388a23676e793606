"""Standings that hang on special acts: taken back, contested, revoked or succeeded to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from graph.dates import on_day
from graph.derivation import derive
from graph.model import Claim, Event
from ontology.namespaces import iri, slug
from tests.graph.lookups import act, day, shown, standing_on, standings_of

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.reader import RecordModel
    from graph.store import EmbeddedStore

PENDING = "withdrawalPending"


@pytest.mark.parametrize(
    ("state", "treaty", "on", "expected"),
    [
        ("PRK", "npt", "1985-12-10", ({"nonSignatory"}, set[str]())),
        ("PRK", "npt", "1993-03-11", ({"party"}, set[str]())),
        ("PRK", "npt", "1993-03-12", ({"party"}, {PENDING})),
        ("PRK", "npt", "1993-06-10", ({"party"}, {PENDING})),
        ("PRK", "npt", "1993-06-12", ({"party"}, set[str]())),
        ("PRK", "npt", "2003-01-09", ({"party"}, set[str]())),
        ("PRK", "npt", "2003-01-10", ({"party"}, {PENDING})),
        ("PRK", "npt", "2003-04-09", ({"party"}, {PENDING})),
        ("PRK", "npt", "2003-04-10", ({"formerParty"}, set[str]())),
        ("PRK", "npt", "2026-11-22", ({"formerParty"}, {"withdrawalContested"})),
        ("GMB", "rome", "2016-11-09", ({"party"}, set[str]())),
        ("GMB", "rome", "2016-11-10", ({"party"}, {PENDING})),
        ("GMB", "rome", "2017-02-09", ({"party"}, {PENDING})),
        ("GMB", "rome", "2017-02-10", ({"party"}, set[str]())),
        ("GMB", "rome", "2017-11-10", ({"party"}, set[str]())),
        ("ZAF", "rome", "2016-10-19", ({"party"}, {PENDING})),
        ("ZAF", "rome", "2017-03-07", ({"party"}, set[str]())),
        ("ZAF", "rome", "2026-11-22", ({"party"}, set[str]())),
        ("BDI", "rome", "2017-10-26", ({"party"}, {PENDING})),
        ("BDI", "rome", "2017-10-27", ({"formerParty"}, set[str]())),
        ("PHL", "rome", "2018-06-01", ({"party"}, {PENDING})),
        ("PHL", "rome", "2019-03-17", ({"formerParty"}, set[str]())),
        ("HUN", "rome", "2026-06-01", ({"party"}, {PENDING})),
        ("HUN", "rome", "2026-06-02", ({"formerParty"}, set[str]())),
        ("BFA", "rome", "2026-11-22", ({"party"}, set[str]())),
        ("RUS", "ctbt", "2000-06-29", ({"signatory"}, set[str]())),
        ("RUS", "ctbt", "2000-06-30", ({"contractingState"}, set[str]())),
        ("RUS", "ctbt", "2023-11-02", ({"contractingState"}, set[str]())),
        ("RUS", "ctbt", "2023-11-03", ({"signatory"}, set[str]())),
        ("LTU", "ccm", "2024-09-05", ({"party"}, set[str]())),
        ("LTU", "ccm", "2024-09-06", ({"party"}, {PENDING})),
        ("LTU", "ccm", "2025-03-05", ({"party"}, {PENDING})),
        ("LTU", "ccm", "2025-03-06", ({"formerParty"}, set[str]())),
        ("SRB", "ccw", "1995-01-01", ({"party"}, set[str]())),
        ("MNE", "ccw", "2006-06-03", ({"party"}, set[str]())),
        ("MNE", "ctbt", "2006-10-23", ({"contractingState"}, set[str]())),
        ("MNE", "att", "2014-12-24", ({"party"}, set[str]())),
        ("SRB", "npt", "1992-04-27", ({"party"}, set[str]())),
        ("USA", "att", "2026-02-03", ({"signatory"}, set[str]())),
        ("GBR", "att", "2014-06-01", ({"contractingState"}, {"provisionallyApplying"})),
        ("NOR", "att", "2014-12-24", ({"party"}, set[str]())),
        ("USA", "open-skies", "2020-11-21", ({"party"}, {PENDING})),
        ("USA", "open-skies", "2020-11-22", ({"formerParty"}, set[str]())),
        ("RUS", "open-skies", "2021-12-18", ({"formerParty"}, set[str]())),
        ("RUS", "cfe", "2010-01-01", ({"party"}, {"suspensionClaimed"})),
        ("RUS", "cfe", "2023-11-07", ({"formerParty"}, set[str]())),
        ("USA", "cfe", "2023-12-06", ({"party"}, set[str]())),
        ("USA", "cfe", "2023-12-07", ({"party"}, {"suspensionClaimed"})),
        ("USA", "inf", "2019-08-01", ({"party"}, {PENDING})),
        ("USA", "inf", "2019-08-02", ({"formerParty"}, set[str]())),
    ],
)
def test_a_state_stands_as_its_acts_and_the_clauses_have_it(
    derived: Derived, state: str, treaty: str, on: str, expected: tuple[set[str], set[str]]
) -> None:
    assert shown(standing_on(derived, state, on, treaty)) == expected


def test_serbia_and_montenegro_have_no_standing_before_they_existed(derived: Derived) -> None:
    assert standings_of(derived, "MNE", "npt")[0].interval.start == day("2006-06-03")
    assert standings_of(derived, "SRB", "npt")[0].interval.start == day("1992-04-27")


@pytest.mark.parametrize(
    ("name", "taken_back", "was_to"),
    [
        ("gmb-rome-withdrawal", "on 2017-02-10", "2017-11-10"),
        ("zaf-rome-withdrawal", "on 2017-03-07", "2017-10-19"),
        ("prk-npt-withdrawal", "by 1993-06-11", "1993-06-12"),
    ],
)
def test_a_withdrawal_taken_back_in_time_has_no_day_of_effect(
    store: EmbeddedStore, name: str, taken_back: str, was_to: str
) -> None:
    query = f"""SELECT ?because ?day WHERE {{ <{iri("action", name)}> dep:noEffectBecause ?because
      OPTIONAL {{ <{iri("action", name)}> dep:takesEffectOn ?day }} }}"""
    because = f"the withdrawal was taken back {taken_back}; it was to take effect on {was_to}"
    assert store.select(query) == [{"because": because, "day": None}]


def test_the_rule_decides_between_sources_that_differ_on_an_effect(derived: Derived) -> None:
    stated = act(derived, "prk-npt-withdrawal-2").stated_effect
    assert stated is not None
    assert str(stated.value) == "2003-04-10"
    assert [slug(c.source.iri) for c in stated.deciding] == ["nonproliferation-cns"]
    assert {slug(c.source.iri) for c in stated.contesting} == {
        "globalsecurity-kcna",
        "meli-multiwebinc",
    }


def test_provisional_application_ends_when_the_treaty_binds(derived: Derived) -> None:
    before = standing_on(derived, "NOR", "2010-07-31", "ccm")
    after = standing_on(derived, "NOR", "2010-08-01", "ccm")
    assert shown(before) == ({"contractingState"}, {"provisionallyApplying"})
    assert shown(after) == ({"party"}, set())


def test_a_protocol_binds_no_state_before_its_convention(derived: Derived) -> None:
    joined = [a for a in derived.actions if slug(a.event.treaty or "") == "ccw-p4" and a.rule]
    parents = {
        a.event.actor: a.takes_effect
        for a in derived.actions
        if slug(a.event.treaty or "") == "ccw" and a.rule
    }
    for action in joined:
        parent = parents[action.event.actor]
        assert parent
        assert action.takes_effect
        assert action.takes_effect.not_before(parent) or action.event.kind == "succession"


def _with_withdrawal(model: RecordModel, state: str, treaty: str, on: str) -> RecordModel:
    name = iri("action", f"{state}-{treaty}-withdrawal")
    event = Event(name, iri("state", state), "withdrawal", iri("treaty", treaty))
    some = next(c for claims in model.claims.values() for c in claims if c.day)
    claim = Claim(f"{name}.test", name, some.source, on_day(day(on)))
    return replace(model, events=(*model.events, event), claims={**model.claims, name: (claim,)})


def test_who_leaves_the_convention_leaves_its_protocols(model: RecordModel) -> None:
    derived = derive(_with_withdrawal(model, "fin", "ccw", "2025-01-10"))
    for treaty in ("ccw", "ccw-p2a", "ccw-p4", "ccw-p5", "ccw-a1"):
        pending = standing_on(derived, "FIN", "2026-01-09", treaty)
        gone = standing_on(derived, "FIN", "2026-01-10", treaty)
        assert shown(pending) == ({"party"}, {PENDING})
        assert shown(gone) == ({"formerParty"}, set())


def test_who_leaves_one_protocol_stays_in_the_convention(model: RecordModel) -> None:
    derived = derive(_with_withdrawal(model, "fin", "ccw-p4", "2025-01-10"))
    assert shown(standing_on(derived, "FIN", "2026-01-10", "ccw-p4")) == ({"formerParty"}, set())
    assert shown(standing_on(derived, "FIN", "2026-01-10", "ccw")) == ({"party"}, set())


def test_a_state_outside_the_convention_is_not_bound_by_a_protocol(model: RecordModel) -> None:
    outside = tuple(e for e in model.events if slug(e.iri) != "fin-ccw-ratification")
    assert len(outside) == len(model.events) - 1
    derived = derive(replace(model, events=outside))
    found = act(derived, "fin-ccw-p4-consent")
    assert (found.takes_effect, found.effect.reason) == (None, "the state is not bound by ccw")


def test_the_side_of_north_korea_and_that_of_japan_are_both_told(derived: Derived) -> None:
    claims = derived.claims[iri("action", "prk-npt-withdrawal-2")]
    stated = {slug(c.source.iri): str(c.effective) for c in claims if c.effective}
    assert stated == {
        "globalsecurity-kcna": "2003-01-11",
        "meli-multiwebinc": "2003-01-11",
        "nonproliferation-cns": "2003-04-10",
    }
    standing = standing_on(derived, "PRK", "2026-11-22", "npt")
    assert iri("expression", "jpn-objection-prk-withdrawal") in standing.derived_from
