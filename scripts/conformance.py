"""The W3C tests of SPARQL 1.0 and 1.1 queries, put to the service and to its engine in process.

Prints, for each group, how many answers are as the W3C expects, of the engine alone and over
HTTP, and names the tests in which the service does worse than its engine: there should be none.

    scripts/conformance.py [FOLDER]

FOLDER holds `dawg-data-r2` and `sparql11`. Without it they are taken from the source package of
rdflib, which carries them; pip fetches it. All data files are served at once by `serve --data`,
each as a graph of its own, and each test chooses its dataset by the protocol.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
SYNTAX = {
    MF.PositiveSyntaxTest: True,
    MF.PositiveSyntaxTest11: True,
    MF.NegativeSyntaxTest: False,
    MF.NegativeSyntaxTest11: False,
}
# Other operations than queries, other endpoints, and tables whose terms are not told apart (CSV).
LEFT_OUT = (
    "delete-insert",
    "csv-tsv-res",
    "entailment",
    "service",
    "syntax-fed",
    "syntax-update",
    "http-rdf-update",
    "protocol",
)
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".n3": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
}
RESULTS = {".srx": QueryResultsFormat.XML, ".srj": QueryResultsFormat.JSON}
ACCEPT = "application/sparql-results+json, application/n-triples"
PACKAGE = "rdflib==7.6.0"

Found = bool | Counter[tuple[str, ...]] | None


@dataclass(frozen=True)
class Case:
    """One test: its query, its dataset, and the file of what is expected; or legal or not."""

    name: str
    group: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    expected: Path | None = None
    legal: bool | None = None

    @property
    def text(self) -> str:
        """Answer the query as it is sent, with its own address as the base."""
        return f"BASE <{self.query.as_uri()}> {self.query.read_text(encoding='utf-8')}"


def main() -> None:
    """Run everything and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _fetched(Path(scratch))
        cases = [case for manifest in _manifests(folder) for case in _cases(manifest)]
        with _service(_as_quads(cases, Path(scratch))) as address:
            outcomes = [(case, _by_engine(case), _by_http(address, case)) for case in cases]
    _print(outcomes)


def _fetched(scratch: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*command, "-d", str(scratch), PACKAGE], check=True)  # noqa: S603 - pip itself
    with tarfile.open(next(scratch.glob("*.tar.gz"))) as package:
        package.extractall(scratch, filter="data")
    return next(scratch.glob("*/test/data/suites/w3c"))


def _manifests(folder: Path) -> list[Path]:
    found = sorted(folder.glob("dawg-data-r2/*/manifest.ttl"))
    found += sorted(folder.glob("sparql11/*/manifest.ttl"))
    return [path.resolve() for path in found if not path.parent.name.startswith(LEFT_OUT)]


def _cases(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    group = f"{'1.0' if 'dawg' in str(manifest) else '1.1'} {manifest.parent.name}"
    for entries in graph.objects(None, MF.entries):
        for entry in Collection(graph, entries):
            kind, action = graph.value(entry, RDF.type), graph.value(entry, MF.action)
            name = f"{group}: {graph.value(entry, MF.name)}"
            if kind in SYNTAX:
                yield Case(name, group, _path(action), legal=SYNTAX[URIRef(str(kind))])
            elif kind == MF.QueryEvaluationTest:
                named = [
                    _path(graph.value(n, QT.graph) or n)
                    for n in graph.objects(action, QT.graphData)
                ]
                yield Case(
                    name,
                    group,
                    _path(graph.value(action, QT.query)),
                    tuple(map(_path, graph.objects(action, QT.data))),
                    tuple(named),
                    _path(graph.value(entry, MF.result)),
                )


def _path(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _as_quads(cases: Iterable[Case], scratch: Path) -> Path:
    """Write all data files as named graphs of one file; blank nodes of two files differ."""
    store = Store()
    used = {(path, _as_default(path)) for case in cases for path in case.data}
    used |= {(path, path.as_uri()) for case in cases for path in (*case.graphs, *_from(case))}
    for number, (path, name) in enumerate(sorted(used)):
        for quad in _read(path):
            subject, predicate, value = (_renamed(term, number) for term in _terms(quad))
            store.add(Quad(subject, predicate, value, NamedNode(name)))
    file = scratch / "all.nq"
    store.dump(str(file), RdfFormat.N_QUADS)
    return file


def _as_default(path: Path) -> str:
    """Answer the graph of a file as a default graph: its blank nodes are not those of the named."""
    return f"{path.as_uri()}?default"


def _terms(quad: Quad) -> tuple[Any, Any, Any]:
    return quad.subject, quad.predicate, quad.object


def _renamed(term: Any, number: int) -> Any:  # noqa: ANN401 - any term of RDF
    return BlankNode(f"f{number}x{term.value}") if isinstance(term, BlankNode) else term


def _read(path: Path) -> list[Quad]:
    try:
        return list(parse(path=str(path), format=FORMATS[path.suffix], base_iri=path.as_uri()))
    except (SyntaxError, KeyError, OSError):
        return []


def _from(case: Case) -> list[Path]:
    """Answer the files that a query names after FROM."""
    if case.legal is not None or case.data or case.graphs:
        return []
    names = re.findall(r"FROM\s+(?:NAMED\s+)?<([^>]+)>", case.query.read_text(encoding="utf-8"))
    return [case.query.parent / name for name in dict.fromkeys(names)]


@contextmanager
def _service(data: Path) -> Generator[str]:
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--data", str(data)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        assert running.stdout  # noqa: S101
        found = re.search(r"http://\S+/", running.stdout.readline())
        if not found:
            sys.exit("The service did not start.")
        yield found[0]
    finally:
        running.terminate()
        running.wait()


def _by_engine(case: Case) -> Found | str:
    store = Store()
    for path in (*case.data, *case.graphs, *_from(case)):
        default = path in case.data
        graph = DefaultGraph() if default else NamedNode(path.as_uri())
        store.extend(Quad(*_terms(quad), graph) for quad in _read(path))
    try:
        found = store.query(case.text)
        return _counted(found)
    except SyntaxError:
        return "syntax error"
    except Exception as error:  # noqa: BLE001 - whatever the engine raises is its answer
        return type(error).__name__


def _by_http(address: str, case: Case) -> Found | str:
    fields = [("query", case.text)]
    present = [path for path in case.data if _read(path)]
    if case.legal is None and not _from(case):
        fields += [("default-graph-uri", _as_default(path)) for path in present]
        fields += [("named-graph-uri", path.as_uri()) for path in case.graphs if _read(path)]
    request = Request(  # noqa: S310 - our own service
        f"{address}sparql", urlencode(fields).encode(), {"Accept": ACCEPT}
    )
    try:
        with urlopen(request) as answer:  # noqa: S310
            return _of_answer(answer.read(), answer.headers["content-type"])
    except HTTPError as error:
        said = error.read().decode()
        return "syntax error" if "not valid SPARQL" in said else f"{error.code} {said[:200]}"


def _of_answer(body: bytes, kind: str) -> Found:
    if kind.startswith("application/n-triples"):
        return _counted(parse(body, RdfFormat.N_TRIPLES))
    return _counted(parse_query_results(body, format=QueryResultsFormat.JSON))


def _counted(found: Any) -> Found:  # noqa: ANN401 - rows, triples or yes and no
    if isinstance(found, QueryBoolean):
        return bool(found)
    if hasattr(found, "variables") and not isinstance(found, QueryTriples):
        names = [variable.value for variable in found.variables]
        return Counter(_row(zip(names, row, strict=True)) for row in found)
    return Counter({tuple(map(_text, (t.subject, t.predicate, t.object))): 1 for t in found})


def _row(bindings: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    return tuple(sorted(f"{name}={_text(term)}" for name, term in bindings if term is not None))


def _text(term: object) -> str:
    return "_:" if isinstance(term, BlankNode) else str(term)


def _expected(case: Case) -> Found:
    path = case.expected
    if path is None or not path.exists():
        return None
    if path.suffix in RESULTS:
        return _counted(parse_query_results(path.read_bytes(), format=RESULTS[path.suffix]))
    triples = _read(path)
    if {quad.predicate.value for quad in triples} & {str(RS.resultVariable), str(RS.boolean)}:
        return _result_set(path)
    return _counted(triples)


def _result_set(path: Path) -> Found:
    """Read a result written as RDF (the vocabulary of the tests of SPARQL 1.0)."""
    store = Store()
    store.extend(_read(path))
    yes = [q.object for q in store.quads_for_pattern(None, NamedNode(str(RS.boolean)), None)]
    if yes:
        return getattr(yes[0], "value", "") == "true"
    rows: list[tuple[str, ...]] = []
    for solution in store.quads_for_pattern(None, NamedNode(str(RS.solution)), None):
        bindings = store.quads_for_pattern(solution.object, NamedNode(str(RS.binding)), None)  # type: ignore[arg-type]
        pairs = [
            tuple(
                next(iter(store.quads_for_pattern(b.object, NamedNode(str(name)), None))).object  # type: ignore[arg-type]
                for name in (RS.variable, RS.value)
            )
            for b in bindings
        ]
        rows.append(_row((getattr(name, "value", ""), value) for name, value in pairs))
    return Counter(rows)


def _is_right(case: Case, found: Found | str) -> bool:
    if case.legal is not None:
        return (found != "syntax error") == case.legal
    return found is not None and found == _expected(case)


def _print(outcomes: list[tuple[Case, Found | str, Found | str]]) -> None:
    groups: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    worse: list[str] = []
    for case, engine, service in outcomes:
        right, right_here = _is_right(case, engine), _is_right(case, service)
        alike = engine == service or (case.legal is not None and right == right_here)
        kind = "syntax" if case.legal is not None else "evaluation"
        for group in (case.group, f"all {case.group[:3]} {kind}"):
            groups[group].append((right, right_here, alike))
        if right and not right_here:
            worse.append(f"{case.name}: {str(service)[:300]}")
    print(f"{'group':40} {'run':>5} {'engine':>7} {'service':>8} {'alike':>6}")
    for group, rows in groups.items():
        engine, service, alike = (sum(column) for column in zip(*rows, strict=True))
        print(f"{group:40} {len(rows):5} {engine:7} {service:8} {alike:6}")
    print("\n".join(["", f"Right by the engine and wrong over HTTP: {len(worse)}", *worse]))


if __name__ == "__main__":
    main()
