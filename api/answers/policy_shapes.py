"""The shapes of answers on policies: laws, events, comparisons, the distance from a treaty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.shapes import Named, SourceRef, Tail


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
class LawRow:
    """One statute, which no policy can undo; from `uncertain_from` on nobody tells if it holds."""

    id: str
    name: str
    issued_by: str | None
    valid_from: str | None
    valid_until: str | None
    uncertain_from: str | None
    note: str | None
    sources: list[SourceRef]


@dataclass(frozen=True)
class PolicyEvent:
    """A practice, directive or step of a state around its policies.

    `outcome` of a directive is a code of outcomes, `open`, or `unknown` since `due_on`;
    `departs_from` names the measures that a practice did not keep, `figures` the numbers given.
    """

    id: str
    kind: str
    type: str
    name: str
    done_on: str | None
    policy: str | None
    status: str | None
    recipient: str | None
    figures: list[str]
    due_on: str | None
    outcome: str | None
    unknown_since: str | None
    departs_from: list[str]
    sources: list[SourceRef]


@dataclass(frozen=True)
class ComponentChanged:
    """What became of one component of a policy between two days.

    `change` is `lifted`, `changed`, `new`, `kept` or `unclear`; `force` says how far the new rule
    binds; `under_review` whether the component is kept and only ordered to be reviewed.
    """

    component: str
    change: str
    force: str | None
    under_review: bool
    before: list[Norm]
    after: list[Norm]


@dataclass(frozen=True)
class PolicyComparison:
    """What changed in the measures of a state between two days, and by which instruments."""

    state: Named
    first: str
    last: str
    known: str | None
    instruments: list[PolicyRow]
    components: list[ComponentChanged]
    events: list[PolicyEvent]
    tail: Tail


@dataclass(frozen=True)
class ObligationDistance:
    """How a state's measures stand to one obligation of a treaty.

    `agreement` is `agrees`, `partly`, `contradicts` or `silent`.
    """

    obligation: Norm
    agreement: str
    agreeing: list[Norm]
    partly: list[Norm]
    contradicting: list[Norm]


@dataclass(frozen=True)
class PolicyDistance:
    """How far the measures of a state on a day are from what a treaty demands of its parties."""

    state: Named
    treaty: Named
    on: str
    known: str | None
    bound: str | None
    obligations: list[ObligationDistance]
    tail: Tail
