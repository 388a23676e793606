"""Linked data: whatever the record names can be asked for by its name."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef

from api.app import create_app
from api.settings import Settings
from ontology.namespaces import BASE, kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Message

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
SAMPLES = 2

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
    """Answer two IRIs of each kind."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for iri in subjects:
        kinds[kind(iri)].append(iri)
    return [iri for found in kinds.values() for iri in (found[0], found[-1])]


@pytest.fixture(scope="module")
def runner(own_cache: Path) -> Iterator[asyncio.Runner]:
    """Answer what runs the service without a client between, which would take most of the time."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def app(own_cache: Path, runner: asyncio.Runner) -> ASGIApp:
    """Answer the service over the real record, started."""
    service = create_app(Settings(cache=own_cache))
    runner.run(_start(service))
    return service


def test_all_that_is_named_lies_under_one_base(subjects: list[str]) -> None:
    assert len(subjects) > 40_000
    assert [iri for iri in subjects if not iri.startswith(BASE)] == []


def test_every_iri_dereferences(subjects: list[str], app: ASGIApp, runner: asyncio.Runner) -> None:
    documents = dict.fromkeys(iri.partition("#")[0] for iri in subjects)
    kinds = itertools.cycle(("application/n-triples", "application/json"))
    wanted = [(iri, accept) for iri, accept in zip(documents, kinds, strict=False)]
    failed = runner.run(_failing(app, wanted))
    assert failed == []


@pytest.mark.parametrize(("accept", "parser"), FORMS.items())
def test_a_sample_of_each_kind_comes_in_every_form(
    sample: list[str], app: ASGIApp, runner: asyncio.Runner, accept: str, parser: str | None
) -> None:
    for iri in sample:
        status, media, body = runner.run(_asked(app, iri.partition("#")[0], accept))
        assert (iri, status, media) == (iri, 200, accept)
        if parser:
            graph = Graph().parse(data=body, format=parser)
            assert (URIRef(iri), None, None) in graph
        elif accept == "application/json":
            assert json.loads(body)["statements"]


def test_every_form_of_rdf_says_the_same(
    sample: list[str], app: ASGIApp, runner: asyncio.Runner
) -> None:
    for iri in sample:
        graphs = [
            set(Graph().parse(data=runner.run(_asked(app, iri, accept))[2], format=parser))
            for accept, parser in FORMS.items()
            if parser
        ]
        assert all(graph == graphs[0] for graph in graphs), iri


def test_all_that_links_lead_to_dereferences(
    store: EmbeddedStore, app: ASGIApp, runner: asyncio.Runner
) -> None:
    rows = store.select(f"""SELECT DISTINCT ?o WHERE {{ ?s ?p ?o
      FILTER (isIRI(?o) && STRSTARTS(STR(?o), "{BASE}") && NOT EXISTS {{ ?o ?q ?x }}) }}""")
    targets = [((row["o"] or "").partition("#")[0], "application/json") for row in rows]
    assert runner.run(_failing(app, targets)) == []


async def _failing(app: ASGIApp, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, int, str]]:
    answers = [(iri, accept, await _asked(app, iri, accept)) for iri, accept in wanted]
    return [
        (iri, status, media)
        for iri, accept, (status, media, body) in answers
        if status != 200 or media != accept or len(body) < 10
    ]


async def _asked(app: ASGIApp, iri: str, accept: str) -> tuple[int, str, bytes]:
    """Answer status, media type and body of what an IRI gives."""
    path = f"/{iri.removeprefix(BASE)}"
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"accept", accept.encode())],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    await app(scope, receive, send)
    headers = dict(sent[0]["headers"])
    media = headers.get(b"content-type", b"").decode().partition(";")[0]
    return sent[0]["status"], media, b"".join(m.get("body", b"") for m in sent[1:])


async def _start(app: ASGIApp) -> None:
    """Start the service as a server does, and leave it started."""
    messages: asyncio.Queue[Message] = asyncio.Queue()
    started = asyncio.Event()

    async def send(message: Message) -> None:
        assert message["type"] == "lifespan.startup.complete"
        started.set()

    await messages.put({"type": "lifespan.startup"})
    running = asyncio.ensure_future(app({"type": "lifespan"}, messages.get, send))
    await asyncio.wait_for(started.wait(), 300)
    assert not running.done()
