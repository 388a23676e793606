"""Writes docs/ontology.md, docs/sources.md and docs/exceptions.md from the ontology and the record.

python -m scripts.document           writes the files
python -m scripts.document --check   exits 1 and names them if they are not current
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef

from graph.build import store_of_record
from graph.derivation import derive
from graph.disagreements import disagreements
from graph.reader import read_model
from graph.records import read_record
from ontology.files import CODES, RECORDS, SCHEMA, files_in
from ontology.namespaces import CODE, ONTOLOGY, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from graph.derivation import Derived
    from graph.disagreements import Disagreement
    from graph.model import Claim, ResolvedAction
    from graph.reader import RecordModel
    from graph.records import Record

DOCS = Path(__file__).parent.parent / "docs"
COMMAND = "`python -m scripts.document`"
KINDS = {OWL.Class: "class", OWL.ObjectProperty: "to a thing", OWL.DatatypeProperty: "to a value"}


def documents(record: Record, model: RecordModel) -> dict[str, str]:
    """Answer the text of each document by its file name."""
    return {
        "ontology.md": "\n".join(_ontology(record.ontology)),
        "sources.md": "\n".join(_sources(record)),
        "exceptions.md": "\n".join(_exceptions(record, model)),
    }


def main(arguments: list[str]) -> int:
    """Write the documents, or answer whether they are current."""
    texts = documents(read_record(), read_model(store_of_record(RECORDS)))
    if "--check" not in arguments:
        write(texts, DOCS)
    elif old := not_current(texts, DOCS):
        print(f"Not current in docs: {', '.join(old)}. Run {COMMAND}.", file=sys.stderr)
        return 1
    return 0


def write(texts: dict[str, str], folder: Path) -> None:
    """Write the documents into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def not_current(texts: dict[str, str], folder: Path) -> list[str]:
    """Answer which documents of a folder are missing or differ from their texts."""
    files = {name: folder / name for name in texts}
    return [
        name
        for name, file in files.items()
        if not file.is_file() or file.read_text(encoding="utf-8") != texts[name]
    ]


def _ontology(graph: Graph) -> Iterator[str]:
    itself = URIRef(ONTOLOGY.removesuffix("#"))
    yield f"# {graph.value(itself, DCTERMS.title)}\n"
    yield f"{graph.value(itself, DCTERMS.description)}\n"
    licence = graph.value(itself, DCTERMS.license)
    yield f"Version {graph.value(itself, OWL.versionInfo)}; licence {licence}."
    yield f"Terms lie in `{ONTOLOGY}` (prefix `dep`), codes in `{CODE}` (prefix `code`)."
    yield f"This page is written by {COMMAND} from `ontology/schema` and `ontology/codes`.\n"
    yield "## Terms\n"
    for file in files_in(SCHEMA, ".ttl"):
        for heading, terms in _groups(file):
            yield f"### {heading}\n"
            yield from _table(
                ("term", "label", "kind", "meaning", "narrower than"),
                (_term_row(graph, URIRef(ONTOLOGY + term)) for term in terms),
            )
    yield "## Code lists\n"
    for file in files_in(CODES, ".ttl"):
        yield from _code_list(graph, file)


def _groups(schema: Path) -> Iterator[tuple[str, list[str]]]:
    """Answer the headings of the schema, which are its comments, each with the terms below it."""
    for part in re.split(r"^# ", schema.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        if terms := re.findall(r"^:(\w+) a owl:", body, flags=re.MULTILINE):
            yield heading.rstrip(":."), terms


def _term_row(graph: Graph, term: URIRef) -> tuple[str, ...]:
    kind = next(name for kind, name in KINDS.items() if (term, RDF.type, kind) in graph)
    wider = sorted(_short(w) for w in graph.objects(term, RDFS.subClassOf))
    return f"`dep:{slug(term)}`", _label(graph, term), kind, _meaning(graph, term), ", ".join(wider)


def _code_list(graph: Graph, file: Path) -> Iterator[str]:
    names = re.findall(r"^code:(\w+) a skos:", file.read_text(encoding="utf-8"), re.MULTILINE)
    scheme, *codes = (URIRef(CODE + name) for name in names)
    label = _label(graph, scheme)
    yield f"### {label[0].upper()}{label[1:]} (`code:{slug(scheme)}`)\n"
    yield f"{_meaning(graph, scheme)}\n"
    rows = (
        (f"`code:{slug(c)}`", _label(graph, c), _meaning(graph, c), _rank_or_wider(graph, c))
        for c in codes
    )
    last = "rank" if scheme == URIRef(f"{CODE}authorities") else "narrower than"
    yield from _table(("code", "label", "meaning", last), rows)


def _rank_or_wider(graph: Graph, code: URIRef) -> str:
    rank, wider = graph.value(code, DEP.rank), graph.value(code, SKOS.broader)
    return str(rank) if rank else _short(wider) if wider else ""


def _meaning(graph: Graph, term: Node) -> str:
    notes = sorted(str(n) for p in (SKOS.scopeNote, SKOS.note) for n in graph.objects(term, p))
    return " ".join([str(graph.value(term, SKOS.definition)), *notes])


def _label(graph: Graph, term: Node) -> str:
    return str(graph.value(term, SKOS.prefLabel))


def _short(term: Node) -> str:
    name = str(term)
    if name.startswith((ONTOLOGY, CODE)):
        return f"`{'dep' if '#' in name else 'code'}:{slug(name)}`"
    vocabulary = "org" if "/org#" in name else "eli" if "/eli/" in name else "prov"
    return f"`{vocabulary}:{slug(name)}`"


def _sources(record: Record) -> Iterator[str]:
    graph = record.ontology + record.records
    yield "# Sources\n"
    yield "What each source is, with which authority it speaks and from when. A source of a lower"
    yield "rank number is heard first; one of a higher number may narrow what that leaves open, or"
    yield f"contest it. This page is written by {COMMAND} from `ontology/records/sources.csv`.\n"
    authorities = graph.subjects(SKOS.inScheme, URIRef(f"{CODE}authorities"))
    for authority in sorted(authorities, key=lambda a: int(str(graph.value(a, DEP.rank)))):
        sources = sorted(graph.subjects(DEP.authority, authority), key=str)
        if sources:
            label = _label(graph, authority)
            yield f"## {label[0].upper()}{label[1:]} (rank {graph.value(authority, DEP.rank)})\n"
            yield f"{_meaning(graph, authority)}\n"
            heads = ("source", "what it is", "publisher", "issued", "limits")
            yield from _table(heads, (_source_row(graph, s) for s in sources))


def _source_row(graph: Graph, source: Node) -> tuple[str, ...]:
    title, address = str(graph.value(source, DCTERMS.title)), graph.value(source, RDFS.seeAlso)
    issued = str(graph.value(source, DCTERMS.issued) or "undated")
    if graph.value(source, DEP.publishesAsItGoes):
        issued += ", publishes as it goes"
    return (
        f"`{slug(str(source))}`",
        f"[{_plain(title)}](<{address}>)" if address else _plain(title),
        _plain(str(graph.value(source, DCTERMS.publisher))),
        issued,
        _plain(str(graph.value(source, SKOS.note) or "")),
    )


def _exceptions(record: Record, model: RecordModel) -> Iterator[str]:
    graph, derived = record.ontology + record.records, derive(model)
    yield "# Exceptions\n"
    yield "Where sources differ from each other or from a rule, and where the record goes without a"
    yield f"rule or a day. This page is written by {COMMAND} from the record.\n"
    yield "## Sources that differ\n"
    found = disagreements(model, derived)
    claims = {c.iri: c for each in model.claims.values() for c in each}
    columns = ("what", "who says otherwise", "what is accepted", "why", "note")
    yield from _table(columns, (_difference(graph, d, claims, derived) for d in found))
    yield "## Acts whose effect no rule gives\n"
    stated = [a for a in derived.actions if a.rule and not a.effect.day and a.takes_effect]
    heads = ("act", "effect", "stated by", "why")
    yield from _table(heads, (_stated_effect(a) for a in stated))
    yield "## Acts of which the day is not known\n"
    vague = [a for a in derived.actions if not a.day.value.day]
    heads = ("act", "day between", "effect between", "sources")
    yield from _table(heads, (_vague_day(a) for a in vague))
    yield "## Acts that a source calls by another kind\n"
    heads = ("act", "source", "kind in the source", "note")
    yield from _table(heads, _other_kinds(graph))


def _difference(
    graph: Graph, found: Disagreement, claims: dict[str, Claim], derived: Derived
) -> tuple[str, ...]:
    what, _, difference = found.message.partition(": ")
    said, _, accepted = difference.partition(" has it, ")
    claim = claims[found.claim]
    title = _plain(str(graph.value(URIRef(claim.source.iri), DCTERMS.title)))
    said = said.removesuffix(f" as {slug(claim.source.iri)}")
    who = f"{title} (`{slug(claim.source.iri)}`): {said}"
    why = _why(graph, claim, difference, derived)
    note = _plain(str(graph.value(URIRef(claim.iri), SKOS.note) or ""))
    return f"`{what}`", who, accepted, why, note


def _why(graph: Graph, claim: Claim, difference: str, derived: Derived) -> str:
    action = next((a for a in derived.actions if a.event.iri == claim.about), None)
    if action and action.rule and f"by {slug(action.rule.iri)}" in difference:
        provision = graph.value(URIRef(action.rule.iri), DEP.statedIn)
        return f"the rule of {graph.value(provision, SKOS.prefLabel)} gives the day"
    accepted = action.day if action else derived.others[claim.about]
    first = accepted.deciding[0].source
    if first.rank == claim.source.rank:
        return "sources of equal authority; the value is left open between them"
    names = [_label(graph, URIRef(CODE + s.authority)) for s in (first, claim.source)]
    return f"{names[0]} (rank {first.rank}) before {names[1]} (rank {claim.source.rank})"


def _stated_effect(action: ResolvedAction) -> tuple[str, ...]:
    said = action.stated_effect.deciding if action.stated_effect else ()
    by = ", ".join(f"`{slug(c.source.iri)}`" for c in said)
    return _act(action), str(action.takes_effect), by, action.effect.reason or ""


def _vague_day(action: ResolvedAction) -> tuple[str, ...]:
    by = ", ".join(f"`{slug(c.source.iri)}`" for c in action.day.deciding)
    return _act(action), str(action.day.value), str(action.takes_effect or ""), by


def _other_kinds(graph: Graph) -> Iterator[tuple[str, ...]]:
    quoted = URIRef("http://www.w3.org/ns/prov#wasQuotedFrom")
    for claim, kind in sorted(graph.subject_objects(DEP.statesActionType), key=str):
        act, source = graph.value(claim, DEP.about), graph.value(claim, quoted)
        note = str(graph.value(claim, SKOS.note) or "")
        yield f"`{slug(str(act))}`", f"`{slug(str(source))}`", _label(graph, kind), _plain(note)


def _act(action: ResolvedAction) -> str:
    return f"`{slug(action.event.iri)}`"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _plain(text: str) -> str:
    """Keep what a source is called from being read as markup."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
