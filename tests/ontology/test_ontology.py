"""House checks on the ontology: labels, definitions, names, references."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import VANN

from graph.derivation import derive
from graph.derived_graph import derived_graph
from graph.records import read_ontology
from ontology.files import CODES, HERE, RECORDS, SCHEMA, SHAPES, files_in
from ontology.namespaces import BASE, CODE, ONTOLOGY, PREFIXES, slug
from ontology.terms import DEP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rdflib.term import Node

    from graph.reader import RecordModel
    from graph.records import Record

TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
QUERIES = HERE.parent / "api" / "queries"
FOREIGN_PREDICATES = {
    RDF.type, RDFS.seeAlso, DCTERMS.identifier, DCTERMS.issued, DCTERMS.publisher,
    DCTERMS.replaces, DCTERMS.title, SKOS.altLabel, SKOS.definition, SKOS.notation, SKOS.note,
    SKOS.prefLabel, SKOS.scopeNote,
    *(URIRef(f"http://data.europa.eu/eli/ontology#{name}")
      for name in ("first_date_entry_in_force", "is_part_of", "number")),
    URIRef("http://www.w3.org/ns/prov#wasQuotedFrom"),
    URIRef("http://www.w3.org/ns/org#member"), URIRef("http://www.w3.org/ns/org#organization"),
}  # fmt: skip
USED_ONLY_AS_WIDER = {DEP.Actor, DEP.Event, DEP.Norm}
# Terms of acts that the record can hold and does not hold yet.
NOT_YET_IN_THE_RECORD = {DEP.Engagement}
# Votes are kept beside the other statements of the record: there are too many of them.
KEPT_APART = {DEP.Vote}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """Answer the schema and the code lists."""
    return read_ontology()


@pytest.fixture(scope="module")
def schema() -> Graph:
    """Answer the schema with its alignments."""
    return _parsed(files_in(SCHEMA, ".ttl"))


def _parsed(files: Iterable[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


def _terms(ontology: Graph) -> set[Node]:
    return {term for kind in TERM_KINDS for term in ontology.subjects(RDF.type, kind)}


def _codes(ontology: Graph) -> set[Node]:
    return set(ontology.subjects(RDF.type, SKOS.Concept))


def _described(ontology: Graph) -> set[Node]:
    return (
        _terms(ontology) | _codes(ontology) | set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    )


def _definitions(ontology: Graph) -> Iterator[tuple[str, str]]:
    for term in _described(ontology):
        yield slug(str(term)), str(ontology.value(term, SKOS.definition))


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, number in Counter(values).items() if number > 1]


def test_every_term_and_code_has_one_english_label(ontology: Graph) -> None:
    for term in _described(ontology):
        labels = list(ontology.objects(term, SKOS.prefLabel))
        assert [getattr(label, "language", None) for label in labels] == ["en"], term


def test_every_term_and_code_has_one_english_definition(ontology: Graph) -> None:
    for term in _described(ontology):
        texts = list(ontology.objects(term, SKOS.definition))
        assert [getattr(text, "language", None) for text in texts] == ["en"], term


def test_no_two_terms_share_a_label(ontology: Graph) -> None:
    assert _repeated(str(ontology.value(term, SKOS.prefLabel)) for term in _terms(ontology)) == []


def test_no_two_codes_of_one_list_share_a_label(ontology: Graph) -> None:
    labels = (
        (ontology.value(code, SKOS.inScheme), str(ontology.value(code, SKOS.prefLabel)))
        for code in _codes(ontology)
    )
    assert _repeated(labels) == []


def test_no_two_terms_or_codes_share_a_definition(ontology: Graph) -> None:
    assert _repeated(text for _, text in _definitions(ontology)) == []


def test_definitions_are_sentences(ontology: Graph) -> None:
    assert [name for name, text in _definitions(ontology) if not re.match("[A-Z]", text)] == []
    assert [name for name, text in _definitions(ontology) if not text.endswith(".")] == []


def test_definitions_do_not_speak_of_themselves(ontology: Graph) -> None:
    opening = re.compile("this (class|property|term|code)|an instance of", re.IGNORECASE)
    assert [name for name, text in _definitions(ontology) if opening.search(text)] == []


def test_no_text_has_stray_whitespace(ontology: Graph, record: Record) -> None:
    texts = {str(o) for g in (ontology, record.records) for o in g.objects()
             if isinstance(o, Literal)}  # fmt: skip
    assert [text for text in texts if text != " ".join(text.split())] == []


def test_the_ontology_says_what_it_is(ontology: Graph) -> None:
    (itself,) = ontology.subjects(RDF.type, OWL.Ontology)
    assert str(itself) == ONTOLOGY.removesuffix("#")
    for said in (DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionInfo):
        assert len(list(ontology.objects(itself, said))) == 1, said
    assert ontology.value(itself, VANN.preferredNamespaceUri) == Literal(ONTOLOGY)
    assert ontology.value(itself, VANN.preferredNamespacePrefix) == Literal("dep")


def test_nothing_refers_to_a_deprecated_term(ontology: Graph, record: Record) -> None:
    yes = Literal("true", datatype=XSD.boolean)
    deprecated = set(ontology.subjects(OWL.deprecated, yes))
    shapes = _parsed(files_in(SHAPES, ".ttl"))
    for graph in (ontology, record.records, shapes):
        used = {term for triple in graph if triple[0] not in deprecated for term in triple}
        assert not used & deprecated


def test_every_term_lies_in_the_namespace_of_the_ontology(ontology: Graph) -> None:
    assert [t for t in _terms(ontology) if not str(t).startswith(ONTOLOGY)] == []


def test_every_code_lies_in_the_namespace_of_codes(ontology: Graph) -> None:
    codes = _described(ontology) - _terms(ontology)
    assert [c for c in codes if not re.fullmatch(f"{CODE}[a-z][A-Za-z]*", str(c))] == []


def test_the_schema_describes_only_its_own_terms(schema: Graph) -> None:
    own = {*_terms(schema), *schema.subjects(RDF.type, OWL.Ontology)}
    assert set(schema.subjects()) <= own


def test_classes_begin_with_a_capital_and_properties_without(ontology: Graph) -> None:
    for term in _terms(ontology):
        is_class = (term, RDF.type, OWL.Class) in ontology
        assert slug(str(term))[0].isupper() == is_class, term


def test_everything_in_the_namespace_is_declared(record: Record, ontology: Graph) -> None:
    known = _described(ontology) | set(record.records.subjects())
    shapes = _parsed(files_in(SHAPES, ".ttl"))
    for graph in (ontology, record.records, shapes):
        named = {t for triple in graph for t in triple if isinstance(t, URIRef)}
        ours = {t for t in named if str(t).startswith((ONTOLOGY, CODE))}
        assert ours - known == set()


def test_records_use_known_predicates(record: Record, ontology: Graph) -> None:
    used = set(record.records.predicates())
    assert used - _terms(ontology) - FOREIGN_PREDICATES == set()


def test_the_class_of_every_thing_in_the_record_is_declared(
    record: Record, ontology: Graph
) -> None:
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert set(record.records.objects(None, RDF.type)) <= classes
    untyped = set(record.records.subjects()) - set(record.records.subjects(RDF.type, None))
    assert untyped == set()


def test_every_thing_in_the_record_has_one_class(record: Record) -> None:
    kinds = Counter(record.records.subjects(RDF.type, None))
    assert [thing for thing, number in kinds.items() if number > 1] == []


def test_every_term_has_a_user(record: Record, model: RecordModel, ontology: Graph) -> None:
    shapes, derived = _parsed(files_in(SHAPES, ".ttl")), derived_graph(derive(model))
    used = {t for g in (record.records, shapes, derived) for triple in g for t in triple}
    queries = "\n".join(p.read_text(encoding="utf-8") for p in files_in(QUERIES, ".rq"))
    asked = {URIRef(ONTOLOGY + name) for name in re.findall(r"\bdep:(\w+)", queries)}
    assert _terms(ontology) - used - asked - USED_ONLY_AS_WIDER == set()
    assert all(any(ontology.subjects(RDFS.subClassOf, t)) for t in USED_ONLY_AS_WIDER)


def test_every_class_of_the_record_has_an_instance(record: Record, ontology: Graph) -> None:
    classes = {t for t in _terms(ontology) if (t, RDF.type, OWL.Class) in ontology}
    derived_only = {DEP.AcceptedValue, DEP.Participation}
    lacking = classes - set(record.records.objects(None, RDF.type)) - derived_only
    assert lacking == USED_ONLY_AS_WIDER | NOT_YET_IN_THE_RECORD | KEPT_APART


@pytest.mark.parametrize("relation", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader])
def test_no_term_is_wider_than_itself(ontology: Graph, relation: URIRef) -> None:
    for term in set(ontology.subjects(relation, None)):
        wider = {w for step in ontology.objects(term, relation)
                 for w in ontology.transitive_objects(step, relation)}  # fmt: skip
        assert term not in wider


def test_every_code_belongs_to_one_list_and_its_wider_code_to_the_same(ontology: Graph) -> None:
    schemes = set(ontology.subjects(RDF.type, SKOS.ConceptScheme))
    for code in _codes(ontology):
        (scheme,) = ontology.objects(code, SKOS.inScheme)
        assert scheme in schemes
        assert all((w, SKOS.inScheme, scheme) in ontology
                   for w in ontology.objects(code, SKOS.broader))  # fmt: skip


def test_every_authority_has_a_rank_of_its_own(ontology: Graph) -> None:
    authorities = set(ontology.subjects(SKOS.inScheme, URIRef(f"{CODE}authorities")))
    ranks = [int(str(rank)) for a in authorities for rank in ontology.objects(a, DEP.rank)]
    assert len(set(ranks)) == len(ranks) == len(authorities)


def test_a_prefix_means_the_same_in_every_file() -> None:
    bound: defaultdict[str, set[str]] = defaultdict(set)
    for file in files_in(HERE, ".ttl"):
        for prefix, name in re.findall(
            r"^@prefix (\w*):\s*<([^>]*)>", file.read_text("utf-8"), re.MULTILINE
        ):
            bound[prefix].add(name)
    for file in files_in(QUERIES, ".rq"):
        for prefix, name in re.findall(
            r"^PREFIX (\w*):\s*<([^>]*)>", file.read_text("utf-8"), re.MULTILINE
        ):
            bound[prefix].add(name)
    for prefix, name in PREFIXES.items():
        bound[prefix].add(name)
    assert {prefix: names for prefix, names in bound.items() if len(names) > 1} == {}


def test_each_file_binds_a_prefix_once() -> None:
    for file in files_in(HERE, ".ttl"):
        prefixes = re.findall(r"^@prefix (\w*):", file.read_text("utf-8"), re.MULTILINE)
        assert _repeated(prefixes) == [], file.name


def test_the_python_terms_are_those_of_the_schema(ontology: Graph) -> None:
    in_python = {URIRef(ONTOLOGY + name) for name in DEP.__annotations__ if name[0] != "_"}
    assert in_python == _terms(ontology)


def test_a_misspelt_term_is_an_error_in_python() -> None:
    with pytest.raises(AttributeError, match="depositedOm"):
        _ = DEP.depositedOm


def test_records_hold_no_nameless_nodes(record: Record) -> None:
    nameless = {t for triple in record.records for t in triple if isinstance(t, BNode)}
    assert nameless == set()


def test_things_are_named_by_kind_and_slug(record: Record) -> None:
    name = re.compile(rf"{BASE}id/[a-z]+/[A-Za-z0-9][A-Za-z0-9.-]*")
    assert [s for s in set(record.records.subjects()) if not name.fullmatch(str(s))] == []


def test_every_kind_of_thing_has_a_prefix(record: Record) -> None:
    kinds = {str(s).rpartition("/")[0] + "/" for s in set(record.records.subjects())}
    assert kinds <= set(PREFIXES.values())


def test_every_file_of_the_ontology_ends_in_a_newline_and_has_no_tabs() -> None:
    for file in files_in(HERE, ".ttl", ".csv", ".json"):
        text = file.read_bytes().decode("utf-8")
        assert text.endswith("\n"), file.name
        assert "\t" not in text, file.name
        assert "\r" not in text, file.name


def test_the_folders_of_the_ontology_exist() -> None:
    assert all(folder.is_dir() for folder in (SCHEMA, CODES, SHAPES, RECORDS))
