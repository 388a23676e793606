"""The other treaties against the depositary's pages and against their clauses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from graph.disagreements import disagreements
from ontology.namespaces import slug
from tests.graph.lookups import CONSENTS, act, acts_of_kind, day, states_with, table, under

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.reader import RecordModel

SHOWN = table("untc_status_2026-02-03.csv")
STATED = table("effective_dates_treaties.csv")
ON_THE_PAGES = sorted({row["treaty"] for row in SHOWN})
KINDS = {"consent_to_be_bound": "consent", "provisional_application": "provisionalApplication"}
JOINING = ("signature", "consent", "provisionalApplication", *CONSENTS)

# What the copy prints otherwise or no longer shows: each is explained in the record.
PRINTED_OTHERWISE: dict[tuple[str, str, str, object], str] = {
    ("ccm", "LTU", "provisionalApplication", day("2011-03-24")): "ratification",
    ("ctbt", "MNE", "signature", day("2006-10-23")): "succession",
}
LATER_OR_TAKEN_OFF = {
    ("att", "ECU", "consent", None),
    ("ctbt", "RUS", "ratification", day("2000-06-30")),
}


def shown(treaty: str) -> Counter[tuple[str, str, str, object]]:
    """Answer the rows that the depositary shows for a treaty."""
    return Counter(
        (treaty, row["iso3"], KINDS.get(row["action"], row["action"]), day(row["date"]))
        for row in SHOWN
        if row["treaty"] == treaty
    )


def entered(derived: Derived, treaty: str) -> Counter[tuple[str, str, str, object]]:
    """Answer the acts of joining in the record, as the depositary prints them."""
    found: Counter[tuple[str, str, str, object]] = Counter()
    for action in acts_of_kind(derived, *JOINING, treaty=treaty):
        state, kind = slug(action.event.actor).upper(), action.event.kind
        row = (treaty, state, kind, action.day.value.day)
        if row not in LATER_OR_TAKEN_OFF:
            found[treaty, state, PRINTED_OTHERWISE.get(row, kind), row[3]] += 1
    return found


@pytest.mark.parametrize("treaty", ON_THE_PAGES)
def test_the_record_and_the_depositary_agree_row_by_row(derived: Derived, treaty: str) -> None:
    assert entered(derived, treaty) == shown(treaty)


@pytest.mark.parametrize(
    ("treaty", "signatures", "consents", "parties"),
    [
        ("ottawa", 133, 167, 162),
        ("ccm", 108, 113, 111),
        ("ccw", 50, 128, 128),
        ("ccw-p2a", 0, 107, 107),
        ("ccw-p4", 0, 111, 111),
        ("ccw-p5", 0, 99, 99),
        ("ccw-a1", 0, 90, 90),
        ("att", 130, 118, 117),
        ("tpnw", 95, 74, 74),
        ("ctbt", 187, 179, 0),
        ("cwc", 165, 193, 193),
        ("enmod", 48, 78, 78),
    ],
)
def test_the_numbers_of_3_february_2026_are_those_of_the_depositary(
    derived: Derived, treaty: str, signatures: int, consents: int, parties: int
) -> None:
    assert len(acts_of_kind(derived, "signature", treaty=treaty)) == signatures
    assert len(acts_of_kind(derived, "consent", *CONSENTS, treaty=treaty)) == consents
    assert len(states_with(derived, "2026-02-03", "party", treaty=treaty)) == parties


def test_the_112th_state_of_the_cluster_munitions_page_is_bound_in_march(derived: Derived) -> None:
    waiting = states_with(derived, "2026-02-03", "contractingState", treaty="ccm")
    assert waiting == {"VUT"}
    assert len(states_with(derived, "2026-03-01", "party", treaty="ccm")) == 112


def test_the_test_ban_has_178_consents_and_no_party(derived: Derived) -> None:
    assert len(states_with(derived, "2026-02-03", "contractingState", treaty="ctbt")) == 178
    reason = derived.entry_into_force["https://w3id.org/depositary/id/treaty/ctbt"].reason
    missing = "CHN, EGY, IND, IRN, ISR, PAK, PRK, RUS, USA"
    assert reason == f"the consent of 9 of 44 named states is missing: {missing}"


@pytest.mark.parametrize(
    ("treaty", "in_force"),
    [
        ("ccm", "2010-08-01"),
        ("att", "2014-12-24"),
        ("tpnw", "2021-01-22"),
        ("cwc", "1997-04-29"),
        ("bwc", "1975-03-26"),
        ("npt", "1970-03-05"),
        ("rome", "2002-07-01"),
        ("ap1", "1978-12-07"),
        ("ap2", "1978-12-07"),
        ("ccw-p4", "1998-07-30"),
        ("ccw-p5", "2006-11-12"),
        ("ccw-a1", "2004-05-18"),
    ],
)
def test_the_threshold_gives_the_known_day_of_entry_into_force(
    model: RecordModel, derived: Derived, treaty: str, in_force: str
) -> None:
    (found,) = [t for t in model.treaties if slug(t.iri) == treaty]
    assert any(rule.runs_from == "thresholdReached" for rule in found.rules)
    effect = derived.entry_into_force[found.iri]
    assert effect.day
    assert effect.day.day == found.stated_in_force == day(in_force)


def test_every_day_of_effect_of_the_facts_is_the_one_that_standings_use(derived: Derived) -> None:
    used = {slug(a.event.iri): a.takes_effect for a in derived.actions}
    differing = {row["act"] for row in STATED if str(used[row["act"]]) != row["effective_on"]}
    left_open = {slug(a.event.iri) for a in derived.actions if a.day.reason}
    assert len(STATED) == 1773
    assert differing <= left_open
    assert differing == {
        f"{state}-bwc-{kind}"
        for kind, states in (
            ("accession", ("bgd", "est", "sdn", "tkm")),
            ("ratification", ("civ", "idn", "jor", "lka", "slv", "ury")),
        )
        for state in states
    }


def test_every_day_of_effect_that_a_source_states_is_recomputed(
    model: RecordModel, derived: Derived
) -> None:
    told = {d.claim for d in disagreements(model, derived)}
    differing = [
        claim.iri
        for action in derived.actions
        for claim in derived.claims[action.event.iri]
        if claim.effective and action.effect.day and claim.effective != action.takes_effect
    ]
    assert {c for c in differing if c not in told} == set()
    assert sum(bool(row["stated_by"]) for row in STATED) == 947


def test_no_difference_is_a_fault(model: RecordModel, derived: Derived) -> None:
    assert [d for d in disagreements(model, derived) if d.is_fault] == []


def test_every_state_has_one_standing_on_each_day_under_each_fully_recorded_treaty(
    model: RecordModel, derived: Derived
) -> None:
    for treaty in model.treaties:
        standing = [p for p in under(derived, slug(treaty.iri)) if day("2026-02-03") in p.interval]
        actors = Counter(p.actor for p in standing)
        assert set(actors.values()) == {1}
        assert treaty.partly_recorded or len(actors) == len(model.states)


def test_who_is_not_in_a_partly_recorded_treaty_has_no_standing(derived: Derived) -> None:
    assert {slug(p.actor) for p in under(derived, "inf")} == {"rus", "usa"}


@pytest.mark.parametrize(
    ("name", "deposited", "effect"),
    [
        ("cub-cwc-ratification", "1997-04-29", "1997-04-29"),
        ("bdi-rome-withdrawal", "2016-10-27", "2017-10-27"),
        ("fin-ccw-p4-consent", "1996-01-11", "1998-07-30"),
        ("ukr-rome-ratification", "2024-10-25", "2025-01-01"),
        ("ltu-ccm-withdrawal", "2024-09-06", "2025-03-06"),
        ("usa-open-skies-withdrawal", "2020-05-22", "2020-11-22"),
        ("rus-cfe-withdrawal", "2023-06-09", "2023-11-07"),
        ("usa-inf-withdrawal", "2019-02-02", "2019-08-02"),
    ],
)
def test_an_act_takes_effect_when_its_clause_says(
    derived: Derived, name: str, deposited: str, effect: str
) -> None:
    found = act(derived, name)
    assert found.day.value.day == day(deposited)
    assert found.takes_effect
    assert found.takes_effect.day == day(effect)


def test_a_deposit_that_no_source_dates_is_bounded_by_the_stated_effect(derived: Derived) -> None:
    found = act(derived, "phl-rome-withdrawal")
    assert str(found.day.value) == "../2018-03-17"
    assert str(found.takes_effect) == "2019-03-17"
