"""The shapes of the answers on treaties: who is bound, who left, which clauses.

Days are ISO days or None where unknown. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.policy_shapes import Norm
    from api.answers.shapes import Named, SourceRef, Tail


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
class TreatyRow:
    """One treaty of the list."""

    id: str
    name: str
    number: str | None
    signature_from: str | None
    in_force_on: str | None
    parties: int


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
