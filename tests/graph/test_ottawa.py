"""The record against the facts: numbers of parties, control totals, the depositary's own status."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from ontology.namespaces import slug
from tests.graph.lookups import (
    CONSENTS,
    act,
    acts_of_kind,
    day,
    shown,
    standing_on,
    standings_of,
    states_with,
    table,
    under,
)

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.store import EmbeddedStore

LEAVERS = {
    "EST": ("2025-06-27", "2025-07-03", "2025-12-27", "C.N.360.2025.TREATIES-XXVI-5"),
    "LVA": ("2025-06-27", "2025-07-03", "2025-12-27", "C.N.361.2025.TREATIES-XXVI-5"),
    "LTU": ("2025-06-27", "2025-07-03", "2025-12-27", "C.N.362.2025.TREATIES-XXVI-5"),
    "FIN": ("2025-07-10", "2025-07-11", "2026-01-10", "C.N.372.2025.TREATIES-XXVI-5"),
    "POL": ("2025-08-20", "2025-08-26", "2026-02-20", "C.N.421.2025.TREATIES-XXVI-5"),
}
PRINTED_AS_RATIFICATION = {"EST", "FIN", "LVA"}


@pytest.mark.parametrize(
    ("on", "number"),
    [
        ("1999-02-28", 0),
        ("1999-03-01", 45),
        ("2020-11-30", 164),
        ("2025-12-19", 166),
        ("2025-12-26", 166),
        ("2025-12-27", 163),
        ("2026-01-09", 163),
        ("2026-01-10", 162),
        ("2026-02-03", 162),
        ("2026-02-19", 162),
        ("2026-02-20", 161),
    ],
)
def test_the_number_of_parties_on_a_day_is_the_known_one(
    derived: Derived, on: str, number: int
) -> None:
    assert len(states_with(derived, on, "party")) == number


def test_in_november_2020_33_of_197_states_were_not_parties(derived: Derived) -> None:
    standing = [p for p in under(derived) if day("2020-11-15") in p.interval]
    assert len(standing) == 197
    assert sum(p.statuses != {"party"} for p in standing) == 33


def test_the_control_totals_of_signatures_hold(derived: Derived) -> None:
    signed = [a.day.value.day for a in acts_of_kind(derived, "signature")]
    assert len(signed) == 133
    assert sum(d is not None and d <= day("1997-12-05") for d in signed) == 122


def test_the_control_totals_of_consents_hold(derived: Derived) -> None:
    deposited = sorted(a.day.value.day for a in acts_of_kind(derived, *CONSENTS) if a.day.value.day)
    assert len(acts_of_kind(derived, *CONSENTS)) == 167
    assert len(deposited) == 166
    assert sum(d <= day("1998-06-04") for d in deposited) == 14
    assert sum(d < day("1999-03-01") for d in deposited) == 67
    assert deposited[39] == day("1998-09-16")


def test_five_withdrawals_and_one_suspension_are_recorded(derived: Derived) -> None:
    assert len(acts_of_kind(derived, "withdrawal")) == 5
    assert len(acts_of_kind(derived, "suspension")) == 1


def test_the_marshall_islands_were_the_165th_party_and_tonga_the_166th(derived: Derived) -> None:
    joined = sorted(
        (p.interval.start, slug(p.actor))
        for p in under(derived)
        if set(p.statuses) == {"party"} and not p.qualifiers
    )
    assert [state for _, state in joined[164:166]] == ["mhl", "ton"]


def test_the_joinings_of_each_year_are_those_that_the_depositary_shows(derived: Derived) -> None:
    shown = Counter(
        int(row["date"][:4])
        for row in table("untc_status_ottawa_2026-02-03.csv")
        if row["action"] != "signature"
    )
    spans = [a.day.value for a in acts_of_kind(derived, *CONSENTS)]
    counted = Counter(s.earliest.year for s in spans if s.earliest)
    assert counted == shown + Counter({2026: 1})


def test_every_row_of_the_depositary_is_an_act_of_the_record(derived: Derived) -> None:
    ours = {
        (slug(a.event.actor).upper(), a.event.kind, a.day.value.day)
        for a in derived.actions
        if slug(a.event.treaty or "") == "ottawa"
    }
    missing = [
        row
        for row in table("untc_status_ottawa_2026-02-03.csv")
        if (row["iso3"], _kind(row), day(row["date"])) not in ours
    ]
    assert missing == []


def _kind(row: dict[str, str]) -> str:
    printed = row["action"] == "ratification" and row["iso3"] in PRINTED_AS_RATIFICATION
    return "accession" if printed else row["action"]


def test_every_act_of_joining_is_a_row_of_the_depositary_but_that_of_lebanon(
    derived: Derived,
) -> None:
    theirs = {
        (row["iso3"], _kind(row), day(row["date"]))
        for row in table("untc_status_ottawa_2026-02-03.csv")
    }
    ours = {
        (slug(a.event.actor).upper(), a.event.kind, a.day.value.day)
        for a in acts_of_kind(derived, "signature", *CONSENTS)
    }
    assert ours - theirs == {("LBN", "accession", None)}


def test_the_status_pages_show_the_parties_of_3_february_2026(derived: Derived) -> None:
    rows = table("untc_status_ottawa_2026-02-03.csv")
    joined = {row["iso3"] for row in rows if row["action"] != "signature"}
    gone = {"EST", "LVA", "LTU", "FIN"}
    assert states_with(derived, "2026-02-03", "party") == joined - gone
    assert states_with(derived, "2026-02-03", "formerParty") == gone


def test_three_leavers_whom_the_copy_prints_as_ratifying_acceded(store: EmbeddedStore) -> None:
    rows = store.select(
        "SELECT ?act ?stated WHERE { ?claim dep:statesActionType ?stated ; dep:about ?act ;"
        " prov:wasQuotedFrom source:untc-2026-02-03 . ?act dep:underTreaty treaty:ottawa }"
        " ORDER BY ?act"
    )
    assert [(slug(row["act"] or ""), slug(row["stated"] or "")) for row in rows] == [
        ("est-ottawa-accession", "ratification"),
        ("fin-ottawa-accession", "ratification"),
        ("lva-ottawa-accession", "ratification"),
    ]


@pytest.mark.parametrize(("state", "days"), LEAVERS.items())
def test_each_withdrawal_has_its_four_facts(
    derived: Derived, state: str, days: tuple[str, str, str, str]
) -> None:
    found = act(derived, f"{state.lower()}-ottawa-withdrawal")
    deposited, circulated, effective, notice = days
    assert found.circulated
    assert found.day.value.day == day(deposited)
    assert found.circulated.value.day == day(circulated)
    assert found.takes_effect
    assert found.takes_effect.day == day(effective)
    assert (found.notice, found.basis) == (notice, "computed, stated")


@pytest.mark.parametrize(("state", "days"), LEAVERS.items())
def test_a_leaver_is_a_party_with_a_pending_withdrawal_until_the_day_of_effect(
    derived: Derived, state: str, days: tuple[str, str, str, str]
) -> None:
    deposited, effective = day(days[0]), day(days[2])
    before = standing_on(derived, state, str(deposited - timedelta(days=1)))
    pending = standing_on(derived, state, str(effective - timedelta(days=1)))
    after = standing_on(derived, state, str(effective))
    assert shown(before) == ({"party"}, set())
    assert shown(pending) == ({"party"}, {"withdrawalPending"})
    assert shown(after) == ({"formerParty"}, set())
    assert (pending.interval.start, pending.interval.end) == (deposited, effective)


def test_poland_went_through_all_five_standings(derived: Derived) -> None:
    assert [
        (str(p.interval.start), set(p.statuses), set(p.qualifiers))
        for p in standings_of(derived, "POL")
    ] == [
        ("1997-12-03", {"nonSignatory"}, set()),
        ("1997-12-04", {"signatory"}, set()),
        ("2012-12-27", {"contractingState"}, set()),
        ("2013-06-01", {"party"}, set()),
        ("2025-08-20", {"party"}, {"withdrawalPending"}),
        ("2026-02-20", {"formerParty"}, set()),
    ]


@pytest.mark.parametrize("state", ["CAN", "IRL", "MUS"])
def test_who_signed_and_ratified_on_one_day_was_a_contracting_state_from_it(
    derived: Derived, state: str
) -> None:
    assert standing_on(derived, state, "1997-12-03").statuses == {"contractingState"}
    assert standing_on(derived, state, "1999-03-01").statuses == {"party"}


def test_ukraine_is_never_a_former_party_and_never_leaving(derived: Derived) -> None:
    for found in standings_of(derived, "UKR"):
        assert "formerParty" not in found.statuses
        assert found.qualifiers <= {"suspensionClaimed", "suspensionContested"}


@pytest.mark.parametrize(
    ("on", "qualifiers"),
    [
        ("2025-07-17", set[str]()),
        ("2025-07-18", {"suspensionClaimed"}),
        ("2025-10-16", {"suspensionClaimed"}),
        ("2025-10-17", {"suspensionClaimed", "suspensionContested"}),
        ("2026-11-22", {"suspensionClaimed", "suspensionContested"}),
    ],
)
def test_ukraine_is_a_party_whose_suspension_is_claimed_and_contested(
    derived: Derived, on: str, qualifiers: set[str]
) -> None:
    found = standing_on(derived, "UKR", on)
    assert shown(found) == ({"party"}, qualifiers)


def test_the_accession_of_lebanon_is_kept_between_its_bounds(derived: Derived) -> None:
    found = act(derived, "lbn-ottawa-accession")
    assert str(found.day.value) == "2026-01-12/2026-12-31"
    assert str(found.takes_effect) == "2026-07-01/2027-06-01"


@pytest.mark.parametrize(
    ("on", "statuses"),
    [
        ("2026-01-11", {"nonSignatory"}),
        ("2026-01-12", {"nonSignatory", "contractingState"}),
        ("2026-06-30", {"nonSignatory", "contractingState"}),
        ("2026-07-01", {"nonSignatory", "contractingState", "party"}),
        ("2026-12-31", {"contractingState", "party"}),
        ("2027-05-31", {"contractingState", "party"}),
        ("2027-06-01", {"party"}),
    ],
)
def test_lebanon_is_counted_neither_in_nor_out_where_no_source_tells(
    derived: Derived, on: str, statuses: set[str]
) -> None:
    found = standing_on(derived, "LBN", on)
    assert found.statuses == statuses
    assert (found.reason is not None) == (len(statuses) > 1)
    if found.reason:
        assert "2026-01-12" in found.reason
        assert "accession" in found.reason


def test_a_vote_of_a_parliament_changes_no_standing(derived: Derived) -> None:
    found = standing_on(derived, "LTU", "2025-05-10")
    assert shown(found) == ({"party"}, set())
    assert not any("/step/" in basis for basis in found.derived_from)


def test_the_united_states_never_signed(derived: Derived) -> None:
    (found,) = standings_of(derived, "USA")
    assert found.statuses == {"nonSignatory"}
    assert found.interval.end is None
