"""The shapes of the answers, the same over HTTP, in the terminal and in pages.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.examined_shapes import Examined
    from api.answers.policy_shapes import LawRow, PolicyEvent


@dataclass(frozen=True)
class Named:
    """A thing by its identifier and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class SourceRef:
    """A source, and how what it says stands to what is accepted.

    `says` is `accepted` where the value rests on it, `agrees` where it fits, `contests` where it
    does not.
    """

    id: str
    title: str
    publisher: str
    issued: str | None
    authority: str
    url: str | None
    says: str


@dataclass(frozen=True)
class Citation:
    """The same citation in four forms; `csl` is one item of CSL-JSON."""

    text: str
    bibtex: str
    ris: str
    csl: dict[str, object]


@dataclass(frozen=True)
class Tail:
    """What every answer ends with: which data, where to find it again, how to cite it.

    `notes` say what a reader of this day has to know of the record.
    """

    data_version: str
    permalink: str
    sparql: str | None
    cite: Citation
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Withdrawal:
    """One notified withdrawal, in effect or pending."""

    state: Named
    act: str
    deposited_on: str | None
    circulated_on: str | None
    notice: str | None
    effective_on: str | None
    effect_basis: str | None
    no_effect_because: str | None
    standing: str
    qualifiers: list[str]
    sources: list[SourceRef]


@dataclass(frozen=True)
class Objection:
    """A rejection of an act, by a state or a meeting; `done_by` where only a last day is known."""

    by: Named
    type: str
    done_on: str | None
    done_by: str | None
    sources: list[SourceRef]


@dataclass(frozen=True)
class Suspension:
    """One claimed suspension and who contests it."""

    state: Named
    act: str
    deposited_on: str | None
    circulated_on: str | None
    notice: str | None
    standing: str
    qualifiers: list[str]
    contested_by: list[str]
    contested_by_meetings: list[str]
    objections: list[Objection]
    sources: list[SourceRef]


@dataclass(frozen=True)
class Announced:
    """An announcement or a domestic step towards an act that had not been deposited on the day."""

    state: Named
    type: str
    aims_at: str
    done_on: str | None
    done_by: str | None
    summary: str
    sources: list[SourceRef]


@dataclass(frozen=True)
class Unresolved:
    """A state of which the sources do not tell whether it is bound, and why."""

    state: Named
    reason: str


@dataclass(frozen=True)
class Withdrawals:
    """Who has left a treaty, who is leaving, who claims to have suspended it."""

    treaty: Named
    on: str
    known: str | None
    withdrawals: list[Withdrawal]
    suspensions: list[Suspension]
    announced: list[Announced]
    parties: int
    unresolved: list[Unresolved]
    tail: Tail


@dataclass(frozen=True)
class Party:
    """A state that is bound, and since when without a break."""

    id: str
    name: str
    since: str


@dataclass(frozen=True)
class Parties:
    """The states that are certainly bound by a treaty on a day."""

    treaty: Named
    on: str
    known: str | None
    count: int
    parties: list[Party]
    unresolved: list[Unresolved]
    tail: Tail


@dataclass(frozen=True)
class ClaimSaid:
    """What one source says of one event, in its own days."""

    id: str
    source: SourceRef
    done_on: str | None
    deposited_on: str | None
    circulated_on: str | None
    effective_on: str | None
    notice: str | None
    states_action: str | None
    note: str | None
    states_instrument: str | None = None
    in_words: str | None = None


@dataclass(frozen=True)
class Rule:
    """The rule that gave a day of effect, with its article and the slugs of its sources."""

    id: str
    article: str
    sources: list[str]


@dataclass(frozen=True)
class Act:
    """One act of a state under a treaty, with the claims that it rests on.

    A day that is known only within bounds is written in EDTF, as 2026-01-12/2026-12-31.
    """

    id: str
    state: Named
    treaty: str
    type: str
    done_on: str | None
    deposited_on: str | None
    circulated_on: str | None
    notice: str | None
    effective_on: str | None
    effect_basis: str | None
    no_effect_because: str | None
    rule: Rule | None
    claims: list[ClaimSaid]


@dataclass(frozen=True)
class Happening:
    """A domestic step or an expression, with the claims that it rests on."""

    id: str
    by: Named
    type: str
    done_on: str | None
    summary: str
    aims_at: str | None
    stance: str | None
    towards: str | None
    claims: list[ClaimSaid]


@dataclass(frozen=True)
class Standpoint:
    """How a standing looks to one side where the sides differ."""

    according_to: str
    who: list[str]
    standing: str
    in_operation: bool
    sources: list[SourceRef]


@dataclass(frozen=True)
class Standing:
    """How a state stands under a treaty on a day, and why.

    `standing` is None where the sources do not decide; then `possible` lists what they allow.
    `reason` says why they do not, or which later act the standing rests on.
    Standing and qualifiers hold from `since` up to and not including `until`; the standing alone
    has held since `standing_since`.
    """

    state: Named
    treaty: Named
    on: str
    known: str | None
    standing: str | None
    possible: list[str]
    qualifiers: list[str]
    since: str | None
    until: str | None
    standing_since: str | None
    reason: str | None
    acts: list[Act]
    domestic_steps: list[Happening]
    expressions: list[Happening]
    views: list[Standpoint]
    tail: Tail


@dataclass(frozen=True)
class Entry:
    """One dated line of a history."""

    on: str | None
    state: Named
    kind: str
    type: str
    what: str
    sources: list[SourceRef]


@dataclass(frozen=True)
class History:
    """The dated acts, steps and expressions of a state or treaty, in order."""

    about: Named
    on: str
    known: str | None
    entries: list[Entry]
    tail: Tail


@dataclass(frozen=True)
class CountOnDay:
    """The number of parties from a day on, and who joined or left on it."""

    day: str
    parties: int
    joined: list[Named]
    left: list[Named]


@dataclass(frozen=True)
class Change:
    """One change of standing on a day."""

    day: str
    state: Named
    treaty: str
    before: list[str]
    after: list[str]
    qualifiers_before: list[str]
    qualifiers_after: list[str]


@dataclass(frozen=True)
class Counts:
    """The number of parties over time."""

    treaty: Named
    known: str | None
    counts: list[CountOnDay]
    tail: Tail


@dataclass(frozen=True)
class Changes:
    """The changes of standing after one day and up to another."""

    since: str
    until: str
    known: str | None
    changes: list[Change]
    tail: Tail


@dataclass(frozen=True)
class Actions:
    """The acts under a treaty, or of a state, in order."""

    about: Named
    known: str | None
    actions: list[Act]
    tail: Tail


@dataclass(frozen=True)
class TreatyRow:
    """One treaty of the list."""

    id: str
    name: str
    number: str | None
    signature_from: str | None
    in_force_on: str | None
    parties: int


@dataclass(frozen=True)
class Norm:
    """One obligation of a treaty or measure of a policy."""

    id: str
    name: str
    modality: str
    conduct: str
    subject_matter: str
    only_in: str | None
    except_in: str | None
    condition: str | None
    decided_by: str | None
    within: str | None
    article: str | None
    sources: list[SourceRef]
    component: str | None = None
    force: str | None = None
    instrument: str | None = None


@dataclass(frozen=True)
class RuleRow:
    """One clause read as arithmetic."""

    id: str
    name: str
    article: str
    triggered_by: str
    runs_from: str
    period: str | None
    lands_on: str | None
    after_count: str | None
    deferred_while: str | None
    brings_about: str
    sources: list[str]


@dataclass(frozen=True)
class Treaty:
    """A treaty with its clauses as rules and obligations."""

    treaty: TreatyRow
    on: str
    known: str | None
    rules: list[RuleRow]
    obligations: list[Norm]
    tail: Tail


@dataclass(frozen=True)
class Treaties:
    """The treaties of the record, with their parties on a day."""

    on: str
    known: str | None
    treaties: list[TreatyRow]
    tail: Tail


@dataclass(frozen=True)
class StateRow:
    """One state of the list."""

    id: str
    name: str
    iso2: str | None
    region: str
    subregion: str


@dataclass(frozen=True)
class States:
    """The states of the record."""

    states: list[StateRow]
    tail: Tail


@dataclass(frozen=True)
class TreatyStanding:
    """How a state stands under one treaty."""

    treaty: Named
    standing: str | None
    possible: list[str]
    qualifiers: list[str]
    since: str | None
    until: str | None
    standing_since: str | None
    reason: str | None


@dataclass(frozen=True)
class StateTreaties:
    """How a state stands under each treaty of the record on a day."""

    state: Named
    on: str
    known: str | None
    treaties: list[TreatyStanding]
    tail: Tail


@dataclass(frozen=True)
class PolicyRow:
    """One policy, with the kind of instrument by which it was set."""

    id: str
    name: str
    state: Named
    instrument: str
    status: str
    valid_from: str
    valid_until: str | None
    public_on: str | None
    replaces: str | None
    note: str | None
    issued_by: str | None = None
    replaces_all: list[str] = field(default_factory=list)
    adds_to: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Policies:
    """The policies of a state and, apart from them, its laws, and what holds on the day.

    `in_force` is the policy set last. `holding` are the measures of all policies and laws that
    hold on the day, `in_doubt` those of which the sources do not tell.
    """

    state: Named
    on: str
    in_force: str | None
    policies: list[PolicyRow]
    laws: list[LawRow]
    holding: list[Norm]
    in_doubt: list[Norm]
    events: list[PolicyEvent]
    tail: Tail


@dataclass(frozen=True)
class Policy:
    """One policy and its measures."""

    policy: PolicyRow
    measures: list[Norm]
    sources: list[SourceRef]
    tail: Tail


@dataclass(frozen=True)
class ClaimRow:
    """What one source says of one event, with the event named."""

    about: str
    claim: ClaimSaid
    examined: Examined | None = None


@dataclass(frozen=True)
class Claims:
    """What sources say, by event or by source."""

    about: str | None
    source: str | None
    known: str | None
    claims: list[ClaimRow]
    tail: Tail


@dataclass(frozen=True)
class SourceSaid:
    """One source and everything that the record takes from it."""

    source: SourceRef
    references: list[str]
    note: str | None
    publishes_as_it_goes: bool
    claims: list[ClaimRow]
    tail: Tail


@dataclass(frozen=True)
class Sources:
    """The sources of the record, the highest authority first."""

    sources: list[SourceRef]
    tail: Tail
