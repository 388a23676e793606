"""The terms of the ontology as Python names; a misspelt one raises AttributeError."""

from __future__ import annotations

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.namespaces import ONTOLOGY


class DEP(DefinedNamespace):
    """Classes and properties of the Depositary ontology, equal to those of the schema."""

    _fail = True
    _NS = Namespace(ONTOLOGY)

    AcceptedValue: URIRef
    Actor: URIRef
    Claim: URIRef
    DomesticStep: URIRef
    EffectRule: URIRef
    Engagement: URIRef
    Event: URIRef
    Expression: URIRef
    Measure: URIRef
    Norm: URIRef
    Obligation: URIRef
    Organisation: URIRef
    Participation: URIRef
    Policy: URIRef
    Provision: URIRef
    Source: URIRef
    State: URIRef
    Treaty: URIRef
    TreatyAction: URIRef

    about: URIRef
    actionType: URIRef
    afterCount: URIRef
    aimsAt: URIRef
    authority: URIRef
    bringsAbout: URIRef
    circulatedOn: URIRef
    computedEffectOn: URIRef
    condition: URIRef
    conduct: URIRef
    contestedBy: URIRef
    decidedBy: URIRef
    deferredWhile: URIRef
    depositedOn: URIRef
    doneOn: URIRef
    effectBasis: URIRef
    effectNotEarlierThan: URIRef
    effectNotLaterThan: URIRef
    effectiveOn: URIRef
    exceptIn: URIRef
    expressionType: URIRef
    hasMeasure: URIRef
    heldBy: URIRef
    inRegion: URIRef
    instrumentKind: URIRef
    invokes: URIRef
    landsOn: URIRef
    laterDateAllowed: URIRef
    locator: URIRef
    modality: URIRef
    noEffectBecause: URIRef
    notEarlierThan: URIRef
    notLaterThan: URIRef
    notice: URIRef
    ofActor: URIRef
    ofEvent: URIRef
    ofProperty: URIRef
    ofTreaty: URIRef
    onlyIn: URIRef
    onlyOnceInForce: URIRef
    partOf: URIRef
    partlyRecorded: URIRef
    performedBy: URIRef
    period: URIRef
    policyStatus: URIRef
    possibleStatus: URIRef
    prepares: URIRef
    protocolTo: URIRef
    publicOn: URIRef
    publishesAsItGoes: URIRef
    qualifier: URIRef
    rank: URIRef
    recordedOn: URIRef
    requiresConsentOf: URIRef
    runsFrom: URIRef
    signatureFrom: URIRef
    stance: URIRef
    statedIn: URIRef
    statesActionType: URIRef
    status: URIRef
    statusFrom: URIRef
    stepType: URIRef
    subjectMatter: URIRef
    takesEffectOn: URIRef
    towards: URIRef
    triggeredBy: URIRef
    underRule: URIRef
    underTreaty: URIRef
    unresolvedBecause: URIRef
    validFrom: URIRef
    validUntil: URIRef
    withdrawnOn: URIRef
    within: URIRef

    # Policies, and the examination of documents.
    Assertion: URIRef
    Check: URIRef
    Directive: URIRef
    Law: URIRef
    PolicyStep: URIRef

    addsTo: URIRef
    asks: URIRef
    assertedObject: URIRef
    assertedOn: URIRef
    assertedPredicate: URIRef
    assertedSubject: URIRef
    component: URIRef
    concerns: URIRef
    departsFrom: URIRef
    dueOn: URIRef
    expects: URIRef
    force: URIRef
    issuedBy: URIRef
    ofAssertion: URIRef
    orders: URIRef
    outcome: URIRef
    policyStepType: URIRef
    quotation: URIRef
    quotationEnd: URIRef
    quotationStart: URIRef
    reasonGiven: URIRef
    restsOn: URIRef
    role: URIRef
    statesInWords: URIRef
    statesInstrumentKind: URIRef
    supersedes: URIRef
    uncertainFrom: URIRef
    underPolicy: URIRef
    verdict: URIRef
    verdictBecause: URIRef
    withParameters: URIRef

    # Votes, practice and casualties.
    CasualtyCount: URIRef
    Practice: URIRef
    Resolution: URIRef
    Vote: URIRef

    asOf: URIRef
    casualties: URIRef
    civilianShare: URIRef
    countries: URIRef
    edition: URIRef
    fateUnknown: URIRef
    injured: URIRef
    killed: URIRef
    labelBasis: URIRef
    labelledBy: URIRef
    least: URIRef
    listsEveryVote: URIRef
    most: URIRef
    practiceStatus: URIRef
    recipient: URIRef
    rollCallNumber: URIRef
    session: URIRef
    topic: URIRef
    unit: URIRef
    votesAbsent: URIRef
    votesAbstaining: URIRef
    votesAgainst: URIRef
    votesFor: URIRef

    # Context: memberships and borders.
    Border: URIRef
    Membership: URIRef
    Territory: URIRef

    between: URIRef
    bordersOn: URIRef
    certainFrom: URIRef
    certainUntil: URIRef
    possibleFrom: URIRef
    possibleUntil: URIRef
