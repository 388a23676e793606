"""The names under which everything is published; nothing here needs an RDF library."""

from __future__ import annotations

BASE = "https://w3id.org/depositary/"
ONTOLOGY = f"{BASE}ontology#"
CODE = f"{BASE}code/"
ID = f"{BASE}id/"

GRAPHS = {name: f"{BASE}graph/{name}" for name in ("ontology", "records", "derived")}

# The order is the order of prefixes in answers and documents.
PREFIXES = {
    "dep": ONTOLOGY,
    "code": CODE,
    **{
        kind: f"{ID}{kind}/"
        for kind in (
            "state",
            "organisation",
            "treaty",
            "provision",
            "rule",
            "obligation",
            "action",
            "step",
            "expression",
            "engagement",
            "claim",
            "source",
            "policy",
            "measure",
            "participation",
            "accepted",
            # Votes, practice and context.
            "resolution",
            "vote",
            "practice",
            "casualties",
            "membership",
            "border",
            "territory",
        )
    },
    **{kind: f"{ID}{kind}/" for kind in ("law", "directive", "policystep", "assertion", "check")},
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def slug(iri: str) -> str:
    """Answer the last part of an IRI of this project: `pol` for the state Poland."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def kind(iri: str) -> str:
    """Answer which kind of thing an IRI of this project names: `state` for the state Poland."""
    return iri.removeprefix(ID).split("/", 1)[0] if iri.startswith(ID) else "code"


def iri(kind_of_thing: str, name: str) -> str:
    """Answer the IRI of a thing by its kind and slug."""
    return f"{ID}{kind_of_thing}/{name}"
