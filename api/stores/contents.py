"""What a store holds of which nobody says what it holds: a record of ours, or anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import StoreUnavailable
from graph.store import EmbeddedStore
from ontology.namespaces import GRAPHS

if TYPE_CHECKING:
    from graph.store import Store

ANY = "SELECT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1"
# Names and no values: engines differ in how they write a value (`01` or `1`).
TERMS = f"""SELECT DISTINCT ?term WHERE {{
  GRAPH <{GRAPHS["ontology"]}> {{ ?term ?p ?o FILTER (isIRI(?term)) }} }}"""
SHOWN = 3


def holds_record(store: Store) -> bool:
    """Answer whether all graphs of a record are in a store and none of them is empty."""
    return all(store.select(ANY.format(graph=graph)) for graph in GRAPHS.values())


def refuse_other_terms(store: Store, where: str) -> None:
    """Raise StoreUnavailable where a record is written in other terms than those of this program.

    Questions about terms that are not there would be answered by nothing, as if it were so.
    """
    theirs, ours = _terms(store), _terms(_ontology())
    if theirs != ours:
        names = sorted(theirs ^ ours)
        more = ", …" if len(names) > SHOWN else ""
        message = (
            f"The record in {where} is of another version: its terms are not those of this "
            f"program ({', '.join(names[:SHOWN])}{more}). Load the data.nq that `depositary build` "
            "makes now."
        )
        raise StoreUnavailable(message)


def _terms(store: Store) -> frozenset[str]:
    return frozenset(row["term"] or "" for row in store.select(TERMS))


def _ontology() -> EmbeddedStore:
    from graph.records import read_ontology

    store = EmbeddedStore()
    store.add(read_ontology().serialize(format="nt", encoding="utf-8"), GRAPHS["ontology"])
    return store
