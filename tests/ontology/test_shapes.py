"""Each shape has a record that breaks it, with place and message, and one that passes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest
from pyshacl import validate  # pyright: ignore[reportUnknownVariableType] - half typed
from rdflib import RDF, Graph
from rdflib.namespace import SH

from graph.records import read_record
from graph.validation import faults_of
from ontology.files import SHAPES, files_in
from ontology.namespaces import ID, PREFIXES, slug
from tests.ontology import context_examples, policy_examples
from tests.record_files import append

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graph.errors import Fault

# Of each class one thing that is sound, as predicates and their objects.
SOUND: dict[str, tuple[str, Mapping[str, str]]] = {
    "State": ("state/xxa", {
        "skos:prefLabel": '"Ruritania"@en', "skos:notation": '"XXA"',
        "dep:inRegion": "code:westernEurope", "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Organisation": ("organisation/club", {"skos:prefLabel": '"Club of Ruritania"@en'}),
    "TreatyAction": ("action/xxa-ottawa-signature", {
        "dep:performedBy": "state:xxa", "dep:underTreaty": "treaty:ottawa",
        "dep:actionType": "code:signature"}),
    "DomesticStep": ("step/xxa-vote", {
        "dep:performedBy": "state:xxa", "dep:stepType": "code:parliamentaryVote",
        "dep:aimsAt": "code:withdrawal", "skos:definition": '"A vote."@en'}),
    "Expression": ("expression/xxa-words", {
        "dep:performedBy": "state:xxa", "dep:expressionType": "code:statement",
        "dep:towards": "treaty:ottawa", "dep:stance": "code:concern",
        "dep:partOf": "organisation:club", "skos:definition": '"Words."@en'}),
    "Engagement": ("engagement/xxa-war", {
        "dep:performedBy": "state:xxa", "dep:validFrom": '"2025-09-01"^^xsd:date',
        "dep:validUntil": '"2026-03-01"^^xsd:date',
        "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Claim": ("claim/xxa", {
        "dep:about": "action:xxa-ottawa-signature",
        "prov:wasQuotedFrom": "source:untc-2026-02-03", "dep:depositedOn": '"2025-06-27"^^xsd:date',
        "dep:circulatedOn": '"2025-07-03"^^xsd:date', "dep:effectiveOn": '"2025-12-27"^^xsd:date',
        "dep:notice": '"C.N.1.2025.TREATIES-XXVI-5"', "dep:recordedOn": '"2026-11-23"^^xsd:date'}),
    "Source": ("source/xxa-gazette", {
        "dcterms:title": '"Gazette"@en', "dcterms:publisher": '"Ruritania"',
        "dep:authority": "code:government", "dcterms:issued": '"2025"^^xsd:gYear'}),
    "Treaty": ("treaty/xxa-pact", {
        "skos:prefLabel": '"Pact of Ruritania"@en', "dep:signatureFrom": '"2025-01-01"^^xsd:date',
        "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Provision": ("provision/xxa-1", {
        "skos:prefLabel": '"Article 1"@en', "skos:definition": '"Says so."@en',
        "eli:is_part_of": "treaty:xxa-pact", "eli:number": '"1"'}),
    "EffectRule": ("rule/xxa-entry", {
        "dep:ofTreaty": "treaty:xxa-pact", "dep:statedIn": "provision:xxa-1",
        "dep:triggeredBy": "code:consent", "dep:runsFrom": "code:deposit",
        "dep:period": '"P90D"^^xsd:dayTimeDuration', "dep:landsOn": "code:sameDay",
        "dep:bringsAbout": "code:party", "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Obligation": ("obligation/xxa-use", {
        "dep:ofTreaty": "treaty:xxa-pact", "dep:statedIn": "provision:xxa-1",
        "dep:modality": "code:prohibition", "dep:conduct": "code:use",
        "dep:subjectMatter": "code:antiPersonnelMine",
        "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Measure": ("measure/xxa-use", {
        "dep:component": "code:placeOfUse", "dep:modality": "code:prohibition",
        "dep:conduct": "code:use",
        "dep:subjectMatter": "code:antiPersonnelMine", "dep:onlyIn": '"Strelsau"@en',
        "dep:within": '"P1Y"^^xsd:yearMonthDuration',
        "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    "Policy": ("policy/xxa-mines", {
        "skos:prefLabel": '"Mines"@en', "dep:heldBy": "state:xxa",
        "dep:instrumentKind": "code:departmentMemorandum", "dep:policyStatus": "code:policyInForce",
        "dep:validFrom": '"2025-01-01"^^xsd:date', "dep:validUntil": '"2026-01-01"^^xsd:date',
        "dep:hasMeasure": "measure:xxa-use", "prov:wasQuotedFrom": "source:untc-2026-02-03"}),
    **policy_examples.SOUND,
    **context_examples.SOUND,
}  # fmt: skip

TWO_NAMES = '"One"@en, "Other"@en'
TWO_DAYS = '"2025-01-01"^^xsd:date, "2025-01-02"^^xsd:date'
TWO_WORDS = '"one", "other"'
PRESS = "code:press"


@dataclass(frozen=True)
class Break:
    """A sound thing with one statement changed or left out, and how the message begins."""

    kind: str
    predicate: str
    value: str | None
    message: str


BREAKS = [
    Break("State", "skos:prefLabel", TWO_NAMES, "a state has one name in each language"),
    Break("State", "skos:notation", '"xx"', "a state has one code of three capital letters"),
    Break("State", "dep:inRegion", PRESS, "a state is counted to one subregion of"),
    Break("Organisation", "skos:prefLabel", None, "an organisation has one name in each language"),
    Break("TreatyAction", "dep:performedBy", None, "a treaty action is performed by exactly one"),
    Break("TreatyAction", "dep:underTreaty", None, "a treaty action belongs to exactly one treaty"),
    Break("TreatyAction", "dep:actionType", PRESS, "a treaty action has exactly one kind"),
    Break("TreatyAction", "dep:invokes", "treaty:ottawa", "an act invokes one provision at most"),
    Break("TreatyAction", "dep:about", None, "an act needs at least one claim of a source"),
    Break("DomesticStep", "dep:performedBy", "treaty:ottawa", "a domestic step is performed by"),
    Break("DomesticStep", "dep:stepType", PRESS, "a domestic step has exactly one kind"),
    Break("DomesticStep", "dep:aimsAt", PRESS, "a step aims at one kind of treaty action at most"),
    Break("DomesticStep", "dep:prepares", "treaty:ottawa", "a step prepares one treaty action at"),
    Break("DomesticStep", "skos:definition", TWO_NAMES, "the rows of one step have to give the"),
    Break("DomesticStep", "dep:about", None, "a step needs at least one claim of a source"),
    Break("Expression", "dep:performedBy", "treaty:ottawa", "an expression is made by exactly"),
    Break("Expression", "dep:expressionType", PRESS, "an expression has exactly one kind"),
    Break("Expression", "dep:towards", None, "an expression is about exactly one thing"),
    Break("Expression", "dep:stance", PRESS, "an expression takes exactly one stance"),
    Break("Expression", "dep:partOf", "treaty:ottawa", "an expression is made at one meeting at"),
    Break("Expression", "skos:definition", None, "the rows of one expression have to give the"),
    Break("Expression", "dep:about", None, "an expression needs at least one claim of a source"),
    Break("Engagement", "dep:performedBy", "organisation:club", "an engagement is of exactly one"),
    Break("Engagement", "dep:validFrom", '"soon"', "an engagement needs its first day"),
    Break("Engagement", "dep:validUntil", TWO_DAYS, "an engagement ends on one day at most"),
    Break("Engagement", "prov:wasQuotedFrom", None, "an engagement needs a source"),
    Break("Claim", "dep:about", None, "a claim is about exactly one event"),
    Break("Claim", "prov:wasQuotedFrom", "treaty:ottawa", "a claim comes from exactly one source"),
    Break("Claim", "dep:recordedOn", None, "a claim needs the day on which it was entered"),
    Break("Claim", "dep:withdrawnOn", '"2025"^^xsd:gYear', "a claim is taken back on one day at"),
    Break("Claim", "dep:withdrawnOn", '"1999-01-01"^^xsd:date', "an entry cannot be taken back"),
    Break("Claim", "dep:doneOn", TWO_DAYS, "done_on is one day"),
    Break("Claim", "dep:depositedOn", TWO_DAYS, "deposited_on is one day"),
    Break("Claim", "dep:circulatedOn", TWO_DAYS, "circulated_on is one day"),
    Break("Claim", "dep:effectiveOn", TWO_DAYS, "effective_on is one day"),
    Break("Claim", "dep:notEarlierThan", TWO_DAYS, "a claim has one first bound at most"),
    Break("Claim", "dep:notLaterThan", TWO_DAYS, "a claim has one last bound at most"),
    Break("Claim", "dep:notice", '"360/2025"', "a notice is a number of the depositary such as"),
    Break("Claim", "dep:locator", TWO_WORDS, "a claim has one locator at most"),
    Break("Claim", "dep:statesActionType", PRESS, "states_action is one code of"),
    Break("Claim", "dep:circulatedOn", '"2025-06-26"^^xsd:date', "the depositary cannot tell the"),
    Break("Source", "dcterms:title", None, "a source needs a title"),
    Break("Source", "dcterms:publisher", None, "a source needs its publisher"),
    Break("Source", "dep:authority", "code:against", "a source has exactly one authority"),
    Break("Source", "dcterms:issued", '"soon"', "a source is issued on one day, month or year"),
    Break("Source", "dep:publishesAsItGoes", '"yes"', "as_it_goes is yes or empty"),
    Break("Treaty", "skos:prefLabel", None, "a treaty has one name in each language"),
    Break("Treaty", "dep:signatureFrom", None, "a treaty needs the first day on which it could"),
    Break("Treaty", "eli:first_date_entry_in_force", TWO_DAYS, "a treaty enters into force on"),
    Break("Treaty", "dep:protocolTo", "state:xxa", "a treaty is a protocol to one treaty at most"),
    Break("Treaty", "dep:partlyRecorded", '"partly"', "partlyRecorded is true or false"),
    Break("Treaty", "prov:wasQuotedFrom", None, "a treaty needs a source"),
    Break("Provision", "skos:prefLabel", None, "a provision needs a name"),
    Break("Provision", "skos:definition", None, "a provision needs a sentence that says what it"),
    Break("Provision", "eli:is_part_of", "state:xxa", "a provision is part of one treaty of the"),
    Break("Provision", "eli:number", TWO_WORDS, "a provision has one number at most"),
    Break("EffectRule", "dep:requiresConsentOf", PRESS, "a rule names states of states.csv"),
    Break("EffectRule", "dep:laterDateAllowed", '"later"', "laterDateAllowed is true or false"),
    Break("EffectRule", "dep:onlyOnceInForce", '"once"', "onlyOnceInForce is true or false"),
    Break("EffectRule", "dep:ofTreaty", "state:xxa", "a rule belongs to exactly one treaty"),
    Break("EffectRule", "dep:statedIn", None, "a rule is stated in exactly one provision"),
    Break("EffectRule", "dep:triggeredBy", PRESS, "a rule is triggered by one kind of act"),
    Break("EffectRule", "dep:runsFrom", PRESS, "a rule runs from one starting point"),
    Break("EffectRule", "dep:period", '"P6M"', "a period is an xsd:yearMonthDuration or an"),
    Break("EffectRule", "dep:landsOn", PRESS, "a rule lands on one of the three landing days"),
    Break("EffectRule", "dep:afterCount", "0", "a threshold is a number of consents"),
    Break("EffectRule", "dep:deferredWhile", PRESS, "the one known deferral is by armed conflict"),
    Break("EffectRule", "dep:bringsAbout", PRESS, "a rule brings about one status"),
    Break("EffectRule", "prov:wasQuotedFrom", None, "a rule needs a source"),
    Break("Obligation", "dep:ofTreaty", None, "an obligation belongs to exactly one treaty"),
    Break("Obligation", "dep:statedIn", None, "an obligation is stated in exactly one provision"),
    Break("Measure", "dep:hasMeasure", None, "a measure belongs to a policy"),
    Break("Measure", "dep:modality", PRESS, "a norm forbids, allows or demands"),
    Break("Obligation", "dep:conduct", PRESS, "a norm is about one conduct"),
    Break("Measure", "dep:subjectMatter", None, "a norm has one subject matter"),
    Break("Obligation", "dep:onlyIn", TWO_WORDS, "only_in is one area"),
    Break("Measure", "dep:exceptIn", TWO_WORDS, "except_in is one area"),
    Break("Obligation", "dep:condition", TWO_WORDS, "a norm has one condition, in words"),
    Break("Measure", "dep:decidedBy", TWO_WORDS, "where sources differ on who decides, write one"),
    Break("Obligation", "dep:within", '"P1Y"', "a time limit is an xsd:yearMonthDuration or an"),
    Break("Measure", "prov:wasQuotedFrom", None, "a norm needs a source"),
    Break("Policy", "skos:prefLabel", None, "a policy needs a name"),
    Break("Policy", "dep:heldBy", None, "a policy is held by exactly one state"),
    Break("Policy", "dep:instrumentKind", PRESS, "a policy is set by one kind of instrument"),
    Break("Policy", "dep:policyStatus", PRESS, "a policy has one status"),
    Break("Policy", "dep:validFrom", '"2026-01-01"^^xsd:date', "a policy needs its first day,"),
    Break("Policy", "dep:publicOn", TWO_DAYS, "a policy becomes public on one day"),
    Break("Policy", "dep:hasMeasure", None, "a policy needs at least one measure"),
    Break("Policy", "prov:wasQuotedFrom", None, "a policy needs a source"),
    *(Break(*each) for each in (*policy_examples.BREAKS, *context_examples.BREAKS)),
]  # fmt: skip


def _name(broken: Break, number: int) -> str:
    """Answer the kind and slug of a broken thing; an act is named after what it still says."""
    if broken.kind != "TreatyAction":
        return f"{SOUND[broken.kind][0]}-{number}"
    said = {**SOUND["TreatyAction"][1], broken.predicate: broken.value}
    parts = [said["dep:performedBy"], said["dep:underTreaty"], said["dep:actionType"]]
    return f"action/{'-'.join(p.partition(':')[2] for p in parts if p)}-{number}"


def _turtle(kind: str, name: str, changes: Mapping[str, str | None]) -> str:
    statements = {**SOUND[kind][1], **changes}
    parts = [f"{predicate} {value}" for predicate, value in statements.items() if value]
    return f"{name.replace('/', ':', 1)} a dep:{kind} ; {' ; '.join(parts)} ."


def _unlike_others(line: str, number: int) -> str:
    """Give a state or treaty a name and a code of its own."""
    code = f"X{chr(65 + number // 26)}{chr(65 + number % 26)}"
    return line.replace("Ruritania", f"Ruritania {number}").replace('"XXA"', f'"{code}"')


def _with_sound_things(folder: Path) -> Path:
    file = folder / "sound.ttl"
    for prefix, name in {**PREFIXES, "engagement": f"{ID}engagement/"}.items():
        append(file, f"@prefix {prefix}: <{name}> .")
    for kind, (name, _) in SOUND.items():
        append(file, _turtle(kind, name, {}))
    events = ("step:xxa-vote", "expression:xxa-words", "directive:xxa-review")
    for about in (*events, "policystep:xxa-address", *context_examples.CLAIMED):
        name = f"claim/{about.replace(':', '-')}"
        append(file, _turtle("Claim", name, {"dep:about": about}))
    return folder


@pytest.fixture(scope="module")
def broken_record(small_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a record that holds every broken thing, one on a line."""
    folder = tmp_path_factory.mktemp("shapes") / "records"
    _with_sound_things(shutil.copytree(small_template, folder))
    broken = folder / "broken.ttl"
    prefixes = (folder / "sound.ttl").read_text(encoding="utf-8").splitlines()
    for line in prefixes[: len(PREFIXES) + 1]:
        append(broken, line)
    for number, each in enumerate(BREAKS):
        line = _turtle(each.kind, _name(each, number), {each.predicate: each.value})
        append(broken, _unlike_others(line, number))
    return folder


@pytest.fixture(scope="module")
def told(broken_record: Path) -> set[Fault]:
    """Answer the faults of that record."""
    return set(faults_of(read_record(broken_record)))


def test_a_general_engine_finds_the_same(broken_record: Path, told: set[Fault]) -> None:
    record = read_record(broken_record)
    shapes = Graph()
    for file in files_in(SHAPES, ".ttl"):
        shapes.parse(file, format="turtle")
    data = Graph()
    for triple in (*record.records, *record.ontology):
        data.add(triple)
    report = cast("tuple[bool, Graph, str]", validate(data, shacl_graph=shapes))[1]
    found = {
        (slug(str(report.value(r, SH.focusNode))), str(report.value(r, SH.resultMessage)))
        for r in report.objects(None, SH.result)
    }
    ours = {tuple(fault.message.split(": ", 1)) for fault in told}
    assert ours == found


@pytest.mark.parametrize(
    ("number", "broken"), [*enumerate(BREAKS)], ids=[f"{b.kind}: {b.message}" for b in BREAKS]
)
def test_what_breaks_a_shape_is_told_with_place_and_remedy(
    told: set[Fault], number: int, broken: Break
) -> None:
    place = f"broken.ttl:{len(PREFIXES) + 2 + number}"
    name = _name(broken, number).partition("/")[2]
    messages = [fault.message for fault in told if fault.place == place]
    assert any(message.startswith(f"{name}: {broken.message}") for message in messages)


def test_only_what_is_broken_is_told(told: set[Fault]) -> None:
    starts = tuple(broken.message for broken in BREAKS)
    assert {fault.place.partition(":")[0] for fault in told} == {"broken.ttl"}
    assert all(fault.message.partition(": ")[2].startswith(starts) for fault in told)


def test_a_sound_thing_of_each_class_passes(small_record: Path) -> None:
    assert faults_of(read_record(_with_sound_things(small_record))) == []


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """Answer the shapes."""
    graph = Graph()
    for file in files_in(SHAPES, ".ttl"):
        graph.parse(file, format="turtle")
    return graph


def test_no_message_of_a_shape_is_without_a_record_that_breaks_it(shapes: Graph) -> None:
    starts = tuple(broken.message for broken in BREAKS)
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    assert [message for message in messages if not message.startswith(starts)] == []


def test_every_class_with_a_shape_has_a_sound_example(shapes: Graph) -> None:
    assert {str(c).rpartition("#")[2] for c in shapes.objects(None, SH.targetClass)} == set(SOUND)


def test_every_constraint_of_a_shape_has_a_message(shapes: Graph) -> None:
    lists = {s for s in shapes.subjects() if str(s).rpartition("/")[2].startswith("In")}
    for shape in set(shapes.subjects(RDF.type, SH.NodeShape)) - lists:
        for constraint in shapes.objects(shape, SH.property):
            assert shapes.value(constraint, SH.message), shape
