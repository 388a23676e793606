"""The data described as a dataset: VoID for linked data, DCAT for catalogues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef

from api.downloads import NQUADS, TABLES, TURTLE
from ontology.namespaces import BASE, GRAPHS, ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.answers.view import View
    from api.downloads import Download

DATASET = URIRef(f"{BASE}dataset")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
MEDIA = "https://www.iana.org/assignments/media-types/"
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
TITLE = "Depositary: treaties, and what states say and do about them"
ABOUT = (
    "Who is bound by which treaty on which day, by which act, according to which source; with "
    "votes, policies, practice and context."
)
VOCABULARIES = ("dcterms", "eli", "org", "prov", "skos")
FORMS = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
KINDS = {
    NQUADS: (
        "application/n-quads",
        "application/gzip",
        DCAT.compressFormat,
        "N-Quads, each graph by its name",
    ),
    TURTLE: ("text/turtle", "application/gzip", DCAT.compressFormat, "Turtle, all graphs as one"),
    TABLES: ("text/csv", "application/zip", DCAT.packageFormat, "the tables of the record, as CSV"),
}
GRAPH_SIZE = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <%s> { ?s ?p ?o } }"
SIZES = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
  (COUNT(DISTINCT ?p) AS ?properties) WHERE { ?s ?p ?o }"""
CLASSES = """SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class }
  GROUP BY ?class ORDER BY ?class"""
SPAN = """SELECT (MIN(?from) AS ?first) (MAX(?from) AS ?last) WHERE {
  ?p a dep:Participation ; dep:validFrom ?from }"""


def described(view: View, files: Iterable[Download]) -> Graph:
    """Answer the description of the data as they are served, with figures and downloads."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for prefix, terms in {"void": VOID, "dcat": DCAT, "spdx": SPDX, "foaf": FOAF}.items():
        graph.bind(prefix, str(terms))
    _add_head(graph, view)
    _add_figures(graph, view)
    _add_access(graph, view)
    for file in files:
        if file.name in KINDS:
            _add_download(graph, view, file)
    return graph


def _add_head(graph: Graph, view: View) -> None:
    document = URIRef(f"{BASE}.well-known/void")
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add((document, FOAF.primaryTopic, DATASET))
    for kind in (VOID.Dataset, DCAT.Dataset):
        graph.add((DATASET, RDF.type, kind))
    for term, text in ((DCTERMS.title, TITLE), (DCTERMS.description, ABOUT)):
        graph.add((DATASET, term, Literal(text, lang="en")))
    graph.add((DATASET, DCTERMS.license, LICENCE))
    graph.add((DATASET, DCTERMS.publisher, Literal("Depositary")))
    graph.add((DATASET, URIRef(f"{DCAT}version"), Literal(view.version)))
    graph.add((DATASET, DCAT.landingPage, URIRef(view.link(""))))
    span = view.store.select(SPAN)[0]
    period = URIRef(f"{DATASET}#period")
    graph.add((DATASET, DCTERMS.temporal, period))
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    for term, day in ((DCAT.startDate, span["first"]), (DCAT.endDate, span["last"])):
        if day:
            graph.add((period, term, Literal(day, datatype=XSD.date)))


def _add_figures(graph: Graph, view: View) -> None:
    sizes = view.store.select(SIZES)[0]
    for term, name in (
        (VOID.triples, "triples"),
        (VOID.distinctSubjects, "subjects"),
        (VOID.properties, "properties"),
    ):
        graph.add((DATASET, term, _number(sizes[name])))
    classes = view.store.select(CLASSES)
    graph.add((DATASET, VOID.classes, _number(str(len(classes)))))
    for row in classes:
        kind = URIRef(row["class"] or "")
        part = URIRef(f"{DATASET}#{str(kind).rsplit('/', 1)[-1].rsplit('#', 1)[-1]}")
        graph.add((DATASET, VOID.classPartition, part))
        graph.add((part, VOID["class"], kind))
        graph.add((part, VOID.entities, _number(row["n"])))
    for name in GRAPHS.values():
        graph.add((DATASET, VOID.subset, URIRef(name)))
        graph.add((URIRef(name), RDF.type, VOID.Dataset))
        size = view.store.select(GRAPH_SIZE % name)[0]["n"]
        graph.add((URIRef(name), VOID.triples, _number(size)))


def _add_access(graph: Graph, view: View) -> None:
    endpoint = URIRef(view.link("sparql"))
    service = URIRef(f"{BASE}sparql")
    graph.add((DATASET, VOID.sparqlEndpoint, endpoint))
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCAT.endpointURL, endpoint))
    graph.add((service, DCAT.endpointDescription, URIRef(view.link("openapi.json"))))
    graph.add((service, DCAT.servesDataset, DATASET))
    graph.add((service, DCTERMS.title, Literal("SPARQL 1.1 queries", lang="en")))
    graph.add((DATASET, VOID.uriSpace, Literal(f"{BASE}id/")))
    graph.add((DATASET, VOID.exampleResource, URIRef(f"{BASE}id/treaty/ottawa")))
    graph.add((DATASET, VOID.rootResource, URIRef(f"{BASE}id/treaty/ottawa")))
    for namespace in (ONTOLOGY, *(PREFIXES[name] for name in VOCABULARIES)):
        graph.add((DATASET, VOID.vocabulary, URIRef(namespace)))
    for form in FORMS:
        graph.add((DATASET, VOID.feature, FORMATS[form]))


def _add_download(graph: Graph, view: View, file: Download) -> None:
    media, packed, packing, title = KINDS[file.name]
    thing = URIRef(f"{BASE}data/{view.version}/{file.name}")
    address = URIRef(view.link(f"data/{view.version}/{file.name}"))
    graph.add((DATASET, DCAT.distribution, thing))
    graph.add((thing, RDF.type, DCAT.Distribution))
    graph.add((thing, DCTERMS.title, Literal(title, lang="en")))
    graph.add((thing, DCTERMS.license, LICENCE))
    graph.add((thing, DCAT.accessURL, URIRef(view.link("data"))))
    graph.add((thing, DCAT.downloadURL, address))
    graph.add((thing, DCAT.mediaType, URIRef(MEDIA + media)))
    graph.add((thing, packing, URIRef(MEDIA + packed)))
    graph.add((thing, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    checksum = URIRef(f"{thing}#sha256")
    graph.add((thing, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    if media != "text/csv":
        graph.add((DATASET, VOID.dataDump, address))


def _number(text: str | None) -> Literal:
    return Literal(int(text or 0))
