"""What the record looks like with only what was public on a day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from graph.build import as_known
from graph.claims import public_on
from graph.derivation import derive
from ontology.namespaces import slug
from tests.graph.lookups import acts_of_kind, standing_on, states_with, under

if TYPE_CHECKING:
    from graph.derivation import Derived
    from graph.model import Claim
    from graph.reader import RecordModel
    from graph.store import EmbeddedStore

DAYS = (
    "1997-12-02",
    "1997-12-04",
    "1998-09-16",
    "2005-01-01",
    "2014-07-10",
    "2025-06-01",
    "2025-06-30",
    "2025-07-03",
    "2025-12-05",
    "2026-02-03",
    "2026-11-22",
    "2027-01-01",
)


def known(model: RecordModel, day: str) -> Derived:
    """Answer what follows from what was public on a day."""
    return derive(model, date.fromisoformat(day))


def claims(derived: Derived) -> set[str]:
    """Answer the claims that something was derived from."""
    return {c.iri for found in derived.claims.values() for c in found}


def test_what_was_known_only_grows(model: RecordModel, derived: Derived) -> None:
    each = [claims(known(model, day)) for day in DAYS]
    assert all(one <= other for one, other in pairwise(each))
    assert each[-1] <= claims(derived)
    of_ottawa = [claim for claim in each[0] if "-ottawa-" in claim]
    assert (of_ottawa, each[1] > each[0]) == ([], True)


def test_in_june_2025_nobody_was_leaving(model: RecordModel) -> None:
    then = known(model, "2025-06-01")
    assert acts_of_kind(then, "withdrawal", "suspension") == []
    assert states_with(then, "2026-12-31", "formerParty") == set()
    assert not any(p.qualifiers for p in under(then))


def test_the_store_as_known_in_june_2025_has_no_claim_on_a_withdrawal(
    store: EmbeddedStore,
) -> None:
    view = as_known(store, date(2025, 6, 1))
    asked = "SELECT ?c { ?c a dep:Claim ; dep:about ?a . ?a dep:actionType code:withdrawal ;"
    asked += " dep:underTreaty treaty:ottawa }"
    assert store.select(asked)
    assert view.select(asked) == []
    left = "SELECT ?p { ?p a dep:Participation ; dep:status code:formerParty ;"
    left += " dep:underTreaty treaty:ottawa }"
    assert store.select(left)
    assert view.select(left) == []


def test_the_store_as_known_shows_nothing_that_it_does_not_say(store: EmbeddedStore) -> None:
    view = as_known(store, date(2025, 6, 1))
    unsaid = """SELECT ?x ?claim WHERE { ?x prov:wasDerivedFrom|dep:contestedBy ?claim
        FILTER STRSTARTS(STR(?claim), "https://w3id.org/depositary/id/claim/")
        FILTER NOT EXISTS { ?claim a dep:Claim } }"""
    assert view.select(unsaid) == []


def test_the_store_itself_is_not_changed_by_a_view_of_it(store: EmbeddedStore) -> None:
    before = len(store)
    as_known(store, date(1997, 12, 2))
    assert len(store) == before


def test_a_view_of_everything_known_leaves_out_only_what_has_no_day_of_publication(
    store: EmbeddedStore, model: RecordModel
) -> None:
    query = "SELECT ?claim WHERE { ?claim a dep:Claim }"
    said = {row["claim"] for row in store.select(query)}
    left_out = said - {row["claim"] for row in as_known(store, date.max).select(query)}
    claims = {c.iri: c for found in model.claims.values() for c in found}
    undated = {iri for iri, claim in claims.items() if public_on(claim) is None}
    assert left_out == undated
    assert all(_tells_of_no_day(claims[iri]) for iri in undated)


def _tells_of_no_day(claim: Claim) -> bool:
    """Answer whether nothing tells when a claim was public: no issue, or no end of what it says."""
    if not claim.source.as_it_goes:
        return claim.source.issued is None
    days = (claim.day, claim.circulated, claim.effective)
    return not any(day.latest for day in days if day)


def test_the_register_told_in_2005_what_it_tells_of_2005_now(
    model: RecordModel, derived: Derived
) -> None:
    then = known(model, "2005-01-01")
    day = "2005-01-01"
    assert states_with(then, day, "party") == states_with(derived, day, "party")


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-06-27", set[str]()), ("2025-07-02", set[str]()), ("2025-07-03", {"EST", "LVA", "LTU"})],
)
def test_the_register_shows_a_withdrawal_when_it_is_circulated(
    model: RecordModel, on: str, expected: set[str]
) -> None:
    acts = acts_of_kind(known(model, on), "withdrawal")
    by_register = {
        slug(a.event.actor).upper()
        for a in acts
        if any(c.source.authority == "depositary" for c in a.day.deciding)
    }
    assert by_register == expected


def test_the_press_told_of_the_baltic_deposits_before_the_register_did(
    model: RecordModel,
) -> None:
    found = standing_on(known(model, "2025-07-01"), "EST", "2025-07-01")
    assert found.qualifiers == {"withdrawalPending"}


def test_the_suspension_was_not_known_to_be_contested_before_october_2025(
    model: RecordModel,
) -> None:
    then = standing_on(known(model, "2025-10-16"), "UKR", "2025-12-31")
    later = standing_on(known(model, "2025-10-17"), "UKR", "2025-12-31")
    assert then.qualifiers == {"suspensionClaimed"}
    assert later.qualifiers == {"suspensionClaimed", "suspensionContested"}
