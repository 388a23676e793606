"""Sound and broken examples of policies, laws, directives, and of documents taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "source:untc-2026-02-03"
TWO_WORDS = '"one", "other"'
PRESS = "code:press"

SOUND: dict[str, tuple[str, Mapping[str, str]]] = {
    "Law": ("law/xxa-ban", {
        "skos:prefLabel": '"Ban"@en', "dep:heldBy": "state:xxa", "dep:instrumentKind":
        "code:statute", "dep:validFrom": '"2024-01-01"^^xsd:date', "dep:addsTo": "policy:xxa-mines",
        "dep:hasMeasure": "measure:xxa-use", "prov:wasQuotedFrom": SOURCE}),
    "Directive": ("directive/xxa-review", {
        "skos:prefLabel": '"Review"@en', "dep:performedBy": "state:xxa",
        "dep:underPolicy": "policy:xxa-mines", "dep:orders": "code:reviewing",
        "dep:within": '"P90D"^^xsd:dayTimeDuration', "dep:outcome": "code:missed"}),
    "PolicyStep": ("policystep/xxa-address", {
        "skos:prefLabel": '"Address"@en', "dep:performedBy": "state:xxa",
        "dep:policyStepType": "code:publicAddress", "dep:underPolicy": "policy:xxa-mines"}),
    "Assertion": ("assertion/xxa-left", {
        "prov:wasQuotedFrom": SOURCE, "dep:assertedSubject": '"Ruritania"@en',
        "dep:assertedPredicate": '"left"@en', "dep:assertedObject": '"the Convention"@en',
        "dep:concerns": "state:xxa", "dep:quotation": '"has left"@en',
        "dep:quotationStart": "1", "dep:quotationEnd": "9", "dep:verdict": "code:contradicted",
        "dep:verdictBecause": '"It did not."@en', "dep:restsOn": SOURCE,
        "dep:recordedOn": '"2026-11-23"^^xsd:date'}),
    "Check": ("check/xxa-left-1", {
        "dep:ofAssertion": "assertion:xxa-left", "dep:role": "code:core",
        "dep:asks": '"former_parties"', "dep:withParameters": '"treaty=treaty/ottawa"',
        "dep:expects": '"has xxa"', "skos:definition": '"It has left."@en'}),
}  # fmt: skip

# Of each: class, predicate, what stands there instead, and how the message begins.
BREAKS: list[tuple[str, str, str | None, str]] = [
    ("Law", "skos:prefLabel", None, "a law needs a name"),
    ("Law", "dep:heldBy", None, "a law is of exactly one state"),
    ("Law", "dep:instrumentKind", "code:departmentMemorandum", "a law is a statute; anything"),
    ("Law", "dep:hasMeasure", None, "a law needs at least one measure"),
    ("Law", "prov:wasQuotedFrom", None, "a law needs a source"),
    ("Law", "dep:validFrom", None, "a policy or law needs its first day, or a claim that bounds"),
    ("Law", "dep:addsTo", "state:xxa", "a policy adds to a policy or law"),
    ("Policy", "dep:instrumentKind", "code:statute", "a statute is a law, not a policy"),
    ("Measure", "dep:component", None, "a measure belongs to one component"),
    ("Measure", "dep:force", PRESS, "a measure has one force at most"),
    ("Measure", "dep:supersedes", "state:xxa", "a measure supersedes measures"),
    ("Directive", "dep:performedBy", None, "a directive is of exactly one state"),
    ("Directive", "dep:underPolicy", "state:xxa", "a directive belongs to exactly one policy"),
    ("Directive", "dep:orders", PRESS, "a directive orders one conduct"),
    ("Directive", "dep:within", None, "a directive has either a day that its source names"),
    ("Directive", "dep:outcome", PRESS, "a directive has one outcome at most"),
    ("Directive", "skos:prefLabel", None, "the rows of one directive or policy step"),
    ("Directive", "dep:about", None, "a directive or policy step needs at least one claim"),
    ("PolicyStep", "dep:performedBy", None, "a policy step is of exactly one state"),
    ("PolicyStep", "dep:policyStepType", PRESS, "a policy step has one kind"),
    ("PolicyStep", "dep:underPolicy", "state:xxa", "a policy step belongs to one policy or law"),
    ("Claim", "dep:statesInstrumentKind", PRESS, "states_instrument is one code of"),
    ("Claim", "dep:statesInWords", TWO_WORDS, "a claim says one thing in words"),
    ("Assertion", "prov:wasQuotedFrom", None, "an assertion is made by exactly one source"),
    ("Assertion", "dep:assertedSubject", None, "an assertion has one subject"),
    ("Assertion", "dep:assertedPredicate", None, "an assertion has one predicate"),
    ("Assertion", "dep:assertedObject", None, "an assertion has one object"),
    ("Assertion", "dep:concerns", "state:xxa, treaty:ottawa", "an assertion concerns one thing"),
    ("Assertion", "dep:quotation", f'"{"a" * 161}"@en', "a quotation is a few words"),
    ("Assertion", "dep:quotationStart", "10", "a quotation begins before it ends"),
    ("Assertion", "dep:verdict", PRESS, "a stated verdict is one code of"),
    ("Assertion", "dep:verdictBecause", None, "an assertion needs a sentence that says why"),
    ("Assertion", "dep:restsOn", "state:xxa", "evidence is a source of sources.csv"),
    ("Assertion", "dep:recordedOn", None, "an assertion needs the day on which it was entered"),
    ("Assertion", "dep:verdict", None, "an assertion needs checks, or a verdict of an editor"),
    ("Check", "dep:ofAssertion", "state:xxa", "a check examines exactly one assertion"),
    ("Check", "dep:role", PRESS, "a check has one role"),
    ("Check", "dep:asks", '"Who left?"', "a check asks one query by its name"),
    ("Check", "dep:withParameters", '"ottawa"', "parameters are name=value pairs joined by &"),
    ("Check", "dep:expects", '"many"', "expects reads some, none, count > 3"),
    ("Check", "skos:definition", None, "a check needs a sentence that says what it shows"),
]
