"""From tables to RDF and back, and what a copy of the record can be made to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

from graph.build import as_known, store_of_record
from graph.derivation import derive
from graph.derived_graph import derived_graph
from graph.reader import read_model
from graph.store import EmbeddedStore
from graph.votes import ballot_triples
from ontology.namespaces import GRAPHS, iri, slug
from tests.graph.lookups import CONSENTS, act, shown, standing_on, standings_of, states_with
from tests.record_files import append, change, keep, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from graph.derivation import Derived
    from graph.reader import RecordModel
    from graph.records import Record

ACTS = "actions/ottawa.csv"
WAR = """
@prefix : <https://w3id.org/depositary/ontology#> .
@prefix doc: <https://w3id.org/depositary/id/source/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix state: <https://w3id.org/depositary/id/state/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/depositary/id/engagement/pol-war> a :Engagement ; :performedBy state:pol ;
    :validFrom "2026-01-01"^^xsd:date ; prov:wasQuotedFrom doc:act-2026-01"""


def derived_from(folder: Path) -> Derived:
    """Answer what follows from a changed record."""
    return derive(read_model(store_of_record(folder)))


def row(act_name: str, action: str, deposited: str, source: str = "untc-2026-02-03") -> str:
    """Write a row of the table of acts."""
    state = act_name.partition("-")[0]
    return f"{act_name},{state},ottawa,{action},{source},,{deposited},,,,,,,,2026-11-23,"


@pytest.mark.parametrize("form", ["turtle", "nt"])
def test_the_record_written_and_read_again_is_the_same(record: Record, form: str) -> None:
    again = Graph().parse(data=record.records.serialize(format=form), format="turtle")
    assert set(again) == set(record.records)


def test_the_store_holds_the_record_statement_by_statement(
    record: Record, store: EmbeddedStore
) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{}> {{ ?s ?p ?o }} }}"
    votes = ballot_triples(record.ballots).count(b"\n")
    held = {"records": len(record.records) + votes, "ontology": len(record.ontology)}
    for name, number in held.items():
        assert store.select(count.format(GRAPHS[name])) == [{"n": str(number)}]


def test_a_dump_loads_to_the_same_statements(store: EmbeddedStore, tmp_path: Path) -> None:
    file = tmp_path / "data.nq"
    store.dump(file)
    again = EmbeddedStore()
    again.load(file)
    assert len(again) == len(store)
    again.dump(tmp_path / "again.nq")
    lines = [set(path.read_text("utf-8").splitlines()) for path in (file, tmp_path / "again.nq")]
    assert lines[0] == lines[1]


def test_deriving_twice_gives_the_same_graph(derived: Derived, store: EmbeddedStore) -> None:
    once = derived_graph(derived)
    twice = derived_graph(derive(read_model(store)))
    assert set(once) == set(twice)


def test_every_row_of_the_acts_is_a_claim_of_the_record(
    record_copy: Path, store: EmbeddedStore
) -> None:
    claims = store.select("SELECT ?c WHERE { ?c a dep:Claim ; dep:about/dep:actionType ?kind }")
    tables = (record_copy / "actions").glob("*.csv")
    assert len(claims) == sum(len(rows_of(table)) for table in tables)


def test_every_derived_thing_leads_back_to_the_record(store: EmbeddedStore) -> None:
    described = {row["s"] for row in store.select("SELECT DISTINCT ?s { ?s a ?class }")}
    for kind in ("AcceptedValue", "Participation"):
        things = {row["x"] for row in store.select(f"SELECT ?x {{ ?x a dep:{kind} }}")}
        bases = f"SELECT ?x ?basis {{ ?x a dep:{kind} ; prov:wasDerivedFrom ?basis }}"
        rows = store.select(bases)
        assert things == {row["x"] for row in rows if row["basis"] in described}


def test_a_new_withdrawal_is_one_row(small_record: Path) -> None:
    append(small_record / ACTS, row("che-ottawa-withdrawal", "withdrawal", "2026-11-01"))
    derived = derived_from(small_record)
    assert standing_on(derived, "CHE", "2026-11-01").qualifiers == {"withdrawalPending"}
    assert standing_on(derived, "CHE", "2027-04-30").statuses == {"party"}
    assert standing_on(derived, "CHE", "2027-05-01").statuses == {"formerParty"}
    assert "CHE" not in states_with(derived, "2027-05-01", "party")


def test_an_open_engagement_defers_the_withdrawal_of_a_state_without_a_day(
    small_record: Path,
) -> None:
    append(small_record / "engagements.ttl", f"{WAR} .")
    derived = derived_from(small_record)
    found = act(derived, "pol-ottawa-withdrawal")
    assert found.takes_effect is None
    assert found.effect.reason == "the state is engaged in an armed conflict when the period ends"
    assert standing_on(derived, "POL", "2026-02-19").qualifiers == {"withdrawalPending"}
    last = standings_of(derived, "POL")[-1]
    assert shown(last) == ({"party"}, {"withdrawalDeferred"})
    assert str(last.interval.start) == "2026-02-20"
    assert last.interval.end is None


def test_an_ended_engagement_defers_the_withdrawal_until_its_end(small_record: Path) -> None:
    append(small_record / "engagements.ttl", f'{WAR} ; :validUntil "2026-05-09"^^xsd:date .')
    derived = derived_from(small_record)
    assert standing_on(derived, "POL", "2026-05-08").qualifiers == {"withdrawalDeferred"}
    last = standings_of(derived, "POL")[-1]
    assert str(last.interval.start) == "2026-05-09"
    assert last.statuses == {"formerParty"}


def test_an_engagement_of_another_state_defers_nothing(small_record: Path) -> None:
    append(small_record / "engagements.ttl", f"{WAR} .".replace("state:pol", "state:ukr"))
    derived = derived_from(small_record)
    assert standing_on(derived, "POL", "2026-02-20").statuses == {"formerParty"}


def test_a_withdrawal_taken_back_in_time_leaves_a_party(small_record: Path) -> None:
    append(
        small_record / ACTS, row("pol-ottawa-withdrawal-revoked", "withdrawalRevoked", "2026-01-15")
    )
    derived = derived_from(small_record)
    assert standing_on(derived, "POL", "2026-01-14").qualifiers == {"withdrawalPending"}
    last = standings_of(derived, "POL")[-1]
    assert shown(last) == ({"party"}, set())
    assert str(last.interval.start) == "2026-01-15"


def test_a_claim_that_was_taken_back_is_not_heard(small_record: Path) -> None:
    keep(small_record / ACTS, lambda row: row["act"] != "usa-ottawa-signature")
    wrong = row("usa-ottawa-signature", "signature", "").removesuffix(",") + ",2026-11-23"
    append(small_record / ACTS, wrong.replace(",,,,", ",1997-12-04,,,", 1))
    derived = derived_from(small_record)
    assert standing_on(derived, "USA", "2026-01-01").statuses == {"nonSignatory"}
    view = as_known(store_of_record(small_record), date(2026, 1, 1))
    taken_back = "SELECT ?c WHERE { ?c dep:withdrawnOn ?day }"
    assert view.select(taken_back) == []


def test_a_succession_of_which_all_claims_were_taken_back_is_not_heard(
    small_record: Path,
) -> None:
    table = small_record / ACTS
    lines = table.read_text("utf-8").splitlines()
    taken_back = [f"{x}2026-11-24" if "mne-ottawa-succession" in x else x for x in lines]
    table.write_text("\n".join([*taken_back, ""]), encoding="utf-8")
    derived = derived_from(small_record)
    assert standing_on(derived, "MNE", "2026-01-01").statuses == {"nonSignatory"}


def test_a_treaty_is_not_in_force_before_enough_consents(model: RecordModel) -> None:
    under = [e for e in model.events if slug(e.treaty or "") == "ottawa"]
    consents = [e.iri for e in under if e.kind in CONSENTS - {"succession"}]
    late = set(consents[39:]) | {e.iri for e in model.events if e.kind == "succession"}
    events = tuple(e for e in model.events if e.iri not in late)
    derived = derive(replace(model, events=events))
    effect = derived.entry_into_force[iri("treaty", "ottawa")]
    assert (effect.day, effect.reason) == (None, "39 of 40 consents are deposited")
    found = act(derived, "aut-ottawa-ratification")
    assert (found.takes_effect, found.effect.reason) == (None, "the treaty is not in force")
    assert standing_on(derived, "AUT", "2026-12-31").statuses == {"contractingState"}


def test_a_treaty_of_which_no_day_is_stated_and_no_rule_known_is_not_in_force(
    small_record: Path,
) -> None:
    stated = '    eli:first_date_entry_in_force "1999-03-01"^^xsd:date ;\n'
    change(small_record / "treaties" / "ottawa.ttl", stated, "")
    derived = derived_from(small_record)
    (effect,) = derived.entry_into_force.values()
    assert (effect.day, effect.reason) == (None, "the treaty is not in force")
    assert act(derived, "pol-ottawa-ratification").effect.reason == "the treaty is not in force"
