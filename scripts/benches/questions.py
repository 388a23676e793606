"""The queries that the servers are asked, over the made-up record of `workload`.

`%d` in a query takes a number that changes nothing, so that no answer can come from a cache.
"""

from __future__ import annotations

from ontology.namespaces import PREFIXES

NAMES = ("dep", "code", "state", "treaty", "prov", "skos", "xsd")
HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in NAMES)
DAY = '"2000-01-01"^^xsd:date'

LOOKUPS = {
    "one treaty": "SELECT ?p ?o WHERE { treaty:t7 ?p ?o FILTER (%d > 0) }",
    "ask": "ASK { FILTER (%d > 0) }",
}
QUERIES = {
    "who left a treaty": (
        "SELECT ?state ?name ?day WHERE { ?act dep:underTreaty treaty:t7 ; "
        "dep:performedBy ?state ; dep:actionType code:withdrawal ; dep:takesEffectOn ?day . "
        "?state skos:prefLabel ?name FILTER (%d > 0) } ORDER BY ?day"
    ),
    "timeline of a state": (
        "SELECT ?act ?treaty ?kind ?day ?label WHERE { ?act dep:performedBy state:s42 ; "
        "dep:underTreaty ?treaty ; dep:actionType ?kind ; dep:takesEffectOn ?day ; "
        "skos:prefLabel ?label FILTER (%d > 0) } ORDER BY ?day"
    ),
    "10,000 rows of five": (
        "SELECT ?act ?state ?treaty ?day ?label WHERE { ?act dep:performedBy ?state ; "
        "dep:underTreaty ?treaty ; dep:takesEffectOn ?day ; skos:prefLabel ?label "
        "FILTER (%d > 0) } LIMIT 10000"
    ),
    "acts by year and kind": (
        "SELECT ?year ?kind (COUNT(*) AS ?acts) WHERE { ?act dep:actionType ?kind ; "
        "dep:takesEffectOn ?day BIND (YEAR(?day) AS ?year) FILTER (%d > 0) } GROUP BY ?year ?kind"
    ),
    "words in labels": (
        "SELECT ?act ?label WHERE { ?act skos:prefLabel ?label "
        'FILTER (%d > 0 && REGEX(?label, "Withdrawal 1[0-9]*7 ")) } LIMIT 50'
    ),
    "parties of a treaty on a day, with MINUS": "",
    "who shares treaties with a state": (
        "SELECT ?other (COUNT(DISTINCT ?treaty) AS ?shared) WHERE { "
        "?one dep:performedBy state:s42 ; dep:underTreaty ?treaty ; "
        "dep:actionType code:ratification . "
        "?two dep:underTreaty ?treaty ; dep:performedBy ?other ; dep:actionType code:ratification "
        "FILTER (%d > 0) } GROUP BY ?other ORDER BY DESC(?shared) LIMIT 20"
    ),
}
FOR_RDFLIB = (
    "timeline of a state",
    "10,000 rows of five",
    "words in labels",
    "acts by year and kind",
)

WITHOUT = {
    "NOT EXISTS": "FILTER NOT EXISTS { %s }",
    "MINUS": "MINUS { %s }",
    "OPTIONAL + !BOUND": "OPTIONAL { %s } FILTER (!BOUND(?out))",
}
ACT = (
    "dep:underTreaty %s ; dep:performedBy ?state ; dep:actionType code:%s ; dep:takesEffectOn ?%s ."
)


def parties(treaty: str, spelling: str) -> str:
    """Answer who was party on a day: to a treaty, or with `?treaty` to each of them."""
    consent = f"?in {ACT % (treaty, 'ratification', 'since')} FILTER (?since <= {DAY})"
    left = f"?out {ACT % (treaty, 'withdrawal', 'left')} FILTER (?left <= {DAY})"
    shown = "?treaty ?state ?name" if treaty.startswith("?") else "?state ?name"
    named = "?state skos:prefLabel ?name ."
    return (
        f"SELECT {shown} WHERE {{ {consent} {WITHOUT[spelling] % left} {named} FILTER (%d > 0) }}"
    )


QUERIES["parties of a treaty on a day, with MINUS"] = parties("treaty:t7", "MINUS")


def text(query: str, number: int = 1) -> str:
    """Answer the text to be sent."""
    return HEAD + query.replace("%d", str(number))
