"""The rewriting of strangers' queries: the same rows, and no text changed without a proof."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, Store

from api.sandbox.rewriting import LONGEST_READ, rewrite
from tests.api.sandbox.queries import NUMBERS, anti_joins, quads, queries

OUT = "?out :under ?treaty ; :by ?state ; :kind :withdrawal ; :on ?left"
IN = "?in :under ?treaty ; :by ?state ; :on ?since ."
MINUS = "not-exists-as-minus"
OPTIONAL = "optional-as-minus"
MOST_ROWS = 5_000

REWRITTEN = {
    "bare": (f"{{ {IN} FILTER NOT EXISTS {{ {OUT} }} }}", MINUS),
    "in brackets": (f"{{ {IN} FILTER (NOT EXISTS {{ {OUT} }}) }}", MINUS),
    "not exists with a mark": (f"{{ {IN} FILTER (!EXISTS {{ {OUT} }}) }}", MINUS),
    "beside another test": (f"{{ {IN} FILTER (?since < 3 && NOT EXISTS {{ {OUT} }}) }}", MINUS),
    "before what it filters": (f"{{ FILTER NOT EXISTS {{ {OUT} }} {IN} }}", MINUS),
    "with a filter inside": (f"{{ {IN} FILTER NOT EXISTS {{ {OUT} FILTER (?left < 3) }} }}", MINUS),
    "with a day from outside": (
        f"{{ VALUES ?on {{ 3 }} {IN} FILTER NOT EXISTS {{ {OUT} FILTER (?left < ?on) }} }}",
        MINUS,
    ),
    "with a value of the row": (
        f"{{ {IN} FILTER NOT EXISTS {{ {OUT} FILTER (?left > ?since) }} }}",
        MINUS,
    ),
    "in another": (
        f"{{ {IN} FILTER NOT EXISTS {{ {OUT} FILTER NOT EXISTS {{ ?x :of ?out ; :by ?y }} }} }}",
        MINUS,
    ),
    "in a part of a union": (f"{{ {{ {IN} FILTER NOT EXISTS {{ {OUT} }} }} UNION {{ }} }}", MINUS),
    "in a named graph": (f"{{ GRAPH <g:1> {{ {IN} FILTER NOT EXISTS {{ {OUT} }} }} }}", MINUS),
    "optional": (f"{{ {IN} OPTIONAL {{ {OUT} }} FILTER (!BOUND(?out)) }}", OPTIONAL),
    "optional with a filter": (
        f"{{ {IN} OPTIONAL {{ {OUT} FILTER (?left > ?since) }} FILTER (!bound(?left)) }}",
        OPTIONAL,
    ),
    "with a comment last": (f"{{ {IN} FILTER NOT EXISTS {{ {OUT} # }}\n }} # }}\n }}", MINUS),
}
LEFT_ALONE = {
    "nothing in common": f"{{ ?a :p ?b FILTER NOT EXISTS {{ {OUT} }} }}",
    "common variable only perhaps bound": (
        f"{{ ?a :p ?b OPTIONAL {{ ?a :of ?state }} FILTER NOT EXISTS {{ {OUT} }} }}"
    ),
    "looked up in an index": f"{{ {IN} FILTER NOT EXISTS {{ ?state :left ?treaty }} }}",
    "one of two alternatives": f"{{ {IN} FILTER (?since < 3 || NOT EXISTS {{ {OUT} }}) }}",
    "denied": f"{{ {IN} FILTER (!(NOT EXISTS {{ {OUT} }})) }}",
    "asked for": f"{{ {IN} FILTER EXISTS {{ {OUT} }} }}",
    "filter of an optional": (
        f"{{ ?treaty :p ?q OPTIONAL {{ {IN} FILTER NOT EXISTS {{ {OUT} }} }} }}"
    ),
    "in an exists that stays": (
        f"{{ ?in :p ?q FILTER EXISTS {{ {IN} FILTER NOT EXISTS {{ {OUT} }} }} }}"
    ),
    "graph left open": f"{{ GRAPH ?g {{ {IN} FILTER NOT EXISTS {{ {OUT} }} }} }}",
    "graph inside left open": f"{{ {IN} FILTER NOT EXISTS {{ GRAPH ?g {{ {OUT} }} }} }}",
    "path of any length": f"{{ {IN} FILTER NOT EXISTS {{ {OUT} . ?treaty :part* ?left }} }}",
    "sub-select inside": f"{{ {IN} FILTER NOT EXISTS {{ {{ SELECT ?state {{ {OUT} }} }} }} }}",
    "chance": f"{{ {IN} FILTER NOT EXISTS {{ {OUT} FILTER (RAND() < 0.5) }} }}",
    "value that may be unbound": (
        f"{{ {IN} OPTIONAL {{ ?in :until ?u }} FILTER NOT EXISTS {{ {OUT} FILTER (?left < ?u) }} }}"
    ),
    "value of a blank node": (
        f"{{ {IN} _:x :until ?u FILTER NOT EXISTS {{ {OUT} FILTER (?left < ?u) }} }}"
    ),
    "optional of which something is shown": (
        f"{{ {IN} OPTIONAL {{ {OUT} }} FILTER (!BOUND(?out)) BIND (?left AS ?shown) }}"
    ),
    "optional tested among alternatives": (
        f"{{ {IN} OPTIONAL {{ {OUT} }} FILTER (!BOUND(?left) || ?left > 3) }}"
    ),
    "optional that is tested twice over": (
        f"{{ {IN} OPTIONAL {{ {OUT} }} FILTER (!(!BOUND(?left))) }}"
    ),
    "optional of which a part is tested": (
        f"{{ {IN} OPTIONAL {{ {OUT} OPTIONAL {{ ?out :x ?y }} }} FILTER (!BOUND(?y)) }}"
    ),
    "a comparison that looks like an IRI": (
        f"{{ {IN} FILTER (?since<?on&&?left>?on) FILTER NOT EXISTS {{ {OUT} }} }}"
    ),
    "words of later versions": f"{{ {IN} LATERAL {{ {IN} }} FILTER NOT EXISTS {{ {OUT} }} }}",
    "a quoted triple": f"{{ {IN} <<?a ?b ?c>> ?d ?e FILTER NOT EXISTS {{ {OUT} }} }}",
    "an unfinished text": f"{{ {IN} FILTER NOT EXISTS {{ {OUT} }}",
}


@pytest.mark.parametrize(("where", "done"), REWRITTEN.values(), ids=REWRITTEN)
def test_an_anti_join_becomes_minus(where: str, done: str) -> None:
    written = rewrite(f"SELECT ?state WHERE {where}")
    assert written.done == (done,)
    assert "MINUS" in written.text


@pytest.mark.parametrize("where", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_not_proved_equivalent_stays_as_it_was_sent(where: str) -> None:
    text = f"SELECT ?state WHERE {where}"
    assert rewrite(text).text == text
    assert rewrite(text).done == ()


def test_optional_stays_where_all_variables_are_shown() -> None:
    where = REWRITTEN["optional"][0]
    assert rewrite(f"SELECT * WHERE {where}").done == ()


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(quads, st.one_of(queries, anti_joins(), anti_joins(), anti_joins()))
def test_a_rewritten_query_gives_the_same_rows_as_often(
    data: list[tuple[str, ...]], text: str
) -> None:
    written = rewrite(text)
    assume(written.done)
    event(", ".join(written.done))
    store = _store(data)
    try:
        expected = _rows(store, text)
    except SyntaxError:
        with pytest.raises(SyntaxError):
            _rows(store, written.text)
    else:
        assert _rows(store, written.text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { FILTER NOT EXISTS " + "{" * 20_000,
        "SELECT * { FILTER (NOT EXISTS " + "(" * 20_000,
        "SELECT * { ?s ?p a." + "a." * 30_000 + " BOUND }",
        "SELECT * { ?s ?p a:" + "." * 60_000 + " BOUND }",
        "SELECT * { ?s ?p " + '"""\\"' * 12_000 + " BOUND }",
        "SELECT * { ?s ?p " + "<a" * 30_000 + " BOUND }",
        "SELECT * { "
        + "?s ?p ?o . " * 5_000
        + "FILTER NOT EXISTS { ?s ?p ?x . ?x ?p ?o } " * 19
        + "}",
        "SELECT * " + "{ ?a ?b ?c . FILTER NOT EXISTS { ?a ?b ?d . ?d ?b ?c " * 19 + "}}" * 19,
    ],
    ids=range(8),
)
def test_a_hostile_text_is_read_or_given_up_soon(text: str) -> None:
    assert len(text) <= LONGEST_READ
    start = time.process_time()
    written = rewrite(text)
    # A reader that goes back again and again takes minutes; this is no measurement.
    assert time.process_time() - start < 5
    assert len(written.text) <= 4 * LONGEST_READ


def _store(data: list[tuple[str, ...]]) -> Store:
    store = Store()
    integer = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    lines = (
        f"{s} {p} {integer.format(o) if o in NUMBERS else o} {graph} .\n" for s, p, o, graph in data
    )
    store.load("".join(lines).encode(), RdfFormat.N_QUADS)
    return store


def _rows(store: Store, text: str) -> tuple[list[str], Counter[tuple[str, ...]]]:
    solutions = store.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    names = sorted(variable.value for variable in solutions.variables)
    rows: Counter[tuple[str, ...]] = Counter()
    for row in solutions:
        rows[tuple(str(row[name]) for name in names)] += 1
        assume(len(rows) < MOST_ROWS)
    return names, rows
