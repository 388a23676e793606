"""Linked data: whatever the record names can be asked for by its name."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef
from starlette.testclient import TestClient

from api.answers.things import find_thing, triples_of
from api.answers.view import Library, View
from api.app import create_app
from api.settings import Settings
from api.web.headers import Suffixes
from graph.build import Built
from ontology.namespaces import BASE, ID, PREFIXES, kind, slug

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from graph.store import EmbeddedStore

FORMS = {
    "text/html": None,
    "application/json": None,
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
SUBJECTS = "SELECT DISTINCT ?s WHERE { ?s ?p ?o FILTER (isIRI(?s)) } ORDER BY ?s"
ADDRESS = re.compile(r"/(id/[a-z]+/[\w.%-]+|code/\w+|ontology)")
ONTOLOGY_PAGE = f"{BASE}ontology"

pytestmark = pytest.mark.filterwarnings(
    # rdflib's own reader of JSON-LD uses a class that rdflib has deprecated.
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)


@pytest.fixture(scope="module")
def subjects(store: EmbeddedStore) -> list[str]:
    """Answer every IRI that something is said of, in any of the graphs."""
    return [row["s"] or "" for row in store.select(SUBJECTS)]


@pytest.fixture(scope="module")
def sample(subjects: list[str]) -> list[str]:
    """Answer one IRI of each kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for iri in subjects:
        kinds[kind(iri)].append(iri)
    return [found[len(found) // 2] for found in kinds.values()]


@pytest.fixture(scope="module")
def client(store: EmbeddedStore) -> TestClient:
    """Answer a client of the service over the real record, which is built already."""
    service = create_app(Settings())
    service.state.library = Library(Built(store, "0" * 16))
    return TestClient(service)


def test_all_that_is_named_lies_under_one_base(subjects: list[str]) -> None:
    assert len(subjects) > 40_000
    assert [iri for iri in subjects if not iri.startswith(BASE)] == []


def test_every_iri_is_an_address_as_it_stands(subjects: list[str]) -> None:
    seen: list[Scope] = []

    async def routes(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        seen.append(scope)

    async def ask_all() -> None:
        for iri in subjects:
            path = _path(iri)
            scope: Scope = {"type": "http", "path": path, "raw_path": path.encode()}
            await Suffixes(routes)(scope, _nothing, _nowhere)

    asyncio.run(ask_all())
    assert [scope["path"] for scope in seen] == [_path(iri) for iri in subjects]
    assert [iri for iri in subjects if not ADDRESS.fullmatch(_path(iri))] == []


def test_every_iri_finds_itself_and_is_described(subjects: list[str], store: EmbeddedStore) -> None:
    view = View(store, "0" * 16, date(2026, 3, 1))
    for iri in subjects:
        document = iri.partition("#")[0]
        if iri.startswith(ID):
            assert find_thing(view, kind(iri), slug(iri)) == iri
        assert triples_of(view, document, "application/n-triples") or document == ONTOLOGY_PAGE


def test_every_hundredth_iri_dereferences_over_http(
    subjects: list[str], client: TestClient
) -> None:
    accepts = itertools.cycle(form for form in FORMS if form != "text/html")
    for iri, accept in zip(subjects[::100], accepts, strict=False):
        answer = client.get(_path(iri), headers={"Accept": accept}, follow_redirects=False)
        assert (iri, answer.status_code) == (iri, 200)
        assert answer.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(("accept", "parser"), FORMS.items())
def test_a_sample_of_each_kind_comes_in_every_form(
    sample: list[str], client: TestClient, accept: str, parser: str | None
) -> None:
    for iri in sample:
        answer = client.get(_path(iri), headers={"Accept": accept}, follow_redirects=False)
        assert (iri, answer.status_code) == (iri, 200)
        assert answer.headers["content-type"].startswith(accept)
        if parser:
            graph = Graph().parse(data=answer.text, format=parser)
            assert (URIRef(iri), None, None) in graph
        elif accept == "application/json":
            assert answer.json()["statements"]


def test_every_form_of_rdf_says_the_same(sample: list[str], client: TestClient) -> None:
    for iri in sample:
        graphs = [
            set(Graph().parse(data=client.get(_path(iri), headers={"Accept": a}).text, format=p))
            for a, p in FORMS.items()
            if p
        ]
        assert all(graph == graphs[0] for graph in graphs), iri


def test_all_that_links_lead_to_dereferences(store: EmbeddedStore, client: TestClient) -> None:
    rows = store.select(f"""SELECT DISTINCT ?o WHERE {{ ?s ?p ?o
      FILTER (isIRI(?o) && STRSTARTS(STR(?o), "{BASE}") && NOT EXISTS {{ ?o ?q ?x }}) }}""")
    targets = {(row["o"] or "").partition("#")[0] for row in rows}
    for iri in sorted(targets):
        answer = client.get(_path(iri), headers={"Accept": "application/json"})
        assert (iri, answer.status_code) == (iri, 200)


def test_the_prefixes_of_turtle_are_those_in_use_in_the_documented_order(
    sample: list[str], client: TestClient
) -> None:
    order = list(PREFIXES)
    for iri in sample:
        text = client.get(_path(iri), headers={"Accept": "text/turtle"}).text
        bound = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
        assert bound == sorted(bound, key=order.index)
        assert len(bound) < len(order)
        assert all(text.count(f"{prefix}:") > 1 for prefix in bound)
        assert "<https://w3id.org/depositary/id/" not in text.partition("\n\n")[2]


def _path(iri: str) -> str:
    return f"/{iri.removeprefix(BASE).partition('#')[0]}"


async def _nothing() -> Message:
    return {"type": "http.request"}


async def _nowhere(message: Message) -> None:
    """Send nothing."""
