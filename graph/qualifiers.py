"""What is to be added to a standing: pending, deferred or contested acts, and since when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.model import ResolvedAction
    from graph.standing import Objection


@dataclass(frozen=True)
class Mark:
    """A qualifier that certainly holds from one day until another."""

    qualifier: str
    start: date
    end: date | None
    basis: frozenset[str]


def revocation(
    act: ResolvedAction, acts: Sequence[ResolvedAction], kind: str = "withdrawalRevoked"
) -> ResolvedAction | None:
    """Find the act that took another back before it had effect (VCLT Article 68)."""
    effect = act.takes_effect
    for other in acts:
        if other.event.kind != kind or not _follows(other, act):
            continue
        day = other.day.value.latest
        if day and not (effect and effect.latest and effect.latest <= day):
            return other
    return None


def withdrawals_taken_back(actions: Iterable[ResolvedAction]) -> dict[str, ResolvedAction]:
    """Answer the withdrawals that were taken back before they had effect, each with what did so."""
    by_pair: dict[tuple[str, str | None], list[ResolvedAction]] = defaultdict(list)
    for action in actions:
        by_pair[action.event.actor, action.event.treaty].append(action)
    return {
        act.event.iri: other
        for acts in by_pair.values()
        for act in acts
        if act.event.kind == "withdrawal" and (other := revocation(act, acts))
    }


def _follows(later: ResolvedAction, act: ResolvedAction) -> bool:
    first, then = act.day.value.latest, later.day.value.latest
    return bool(first and then and first <= then)


def qualifier_marks(acts: Sequence[ResolvedAction], objections: Sequence[Objection]) -> list[Mark]:
    """Answer every qualifier that the acts of one actor under one treaty bring about."""
    marks: list[Mark] = []
    for act in acts:
        if act.event.kind == "withdrawal":
            marks += _withdrawal_marks(act, revocation(act, acts))
            marks += _contested("withdrawalContested", act, objections)
        if act.event.kind == "suspension":
            marks += _suspension_marks(act, acts, objections)
        if act.event.kind == "provisionalApplication" and act.day.value.latest:
            bound = _first_day(a for a in acts if a.rule and a.rule.brings_about == "party")
            start = act.day.value.latest
            marks.append(Mark("provisionallyApplying", start, bound, frozenset({act.event.iri})))
    return [m for m in marks if m.end is None or m.start < m.end]


def _first_day(acts: Iterable[ResolvedAction]) -> date | None:
    days = [a.takes_effect.latest for a in acts if a.takes_effect and a.takes_effect.latest]
    return min(days, default=None)


def _withdrawal_marks(act: ResolvedAction, revoked: ResolvedAction | None) -> list[Mark]:
    start, basis = act.day.value.latest, frozenset({act.event.iri})
    if start is None:
        return []
    taken_back = revoked.day.value.latest if revoked else None
    effect, period_end = act.takes_effect, act.effect.period_end
    ends = [d for d in (taken_back, effect.earliest if effect else None) if d]
    end = min(ends, default=None)
    deferred_from = period_end.latest if period_end and effect != period_end else None
    if deferred_from is None or not act.rule or not act.rule.deferred_by_conflict:
        return [Mark("withdrawalPending", start, end, basis)]
    return [
        Mark("withdrawalPending", start, min(deferred_from, end or deferred_from), basis),
        Mark("withdrawalDeferred", deferred_from, end, basis | {act.rule.iri}),
    ]


def _suspension_marks(
    act: ResolvedAction, acts: Sequence[ResolvedAction], objections: Sequence[Objection]
) -> list[Mark]:
    days = (act.day.value.latest, act.stated_effect.value.latest if act.stated_effect else None)
    start = max((d for d in days if d), default=None)
    if start is None:
        return []
    ends = [a.day.value.latest for a in acts if a.event.kind == "resumption" and _follows(a, act)]
    ends.append(_first_day(a for a in acts if a.event.kind == "withdrawal"))
    end = min((d for d in ends if d), default=None)
    claimed = Mark("suspensionClaimed", start, end, frozenset({act.event.iri}))
    return [claimed, *_contested("suspensionContested", act, objections, claimed)]


def _contested(
    qualifier: str,
    act: ResolvedAction,
    objections: Sequence[Objection],
    within: Mark | None = None,
) -> list[Mark]:
    """Mark an act as contested from each objection on, within the time of another mark."""
    start, end = (within.start, within.end) if within else (date.min, None)
    basis = frozenset({act.event.iri})
    return [
        Mark(qualifier, max(start, o.day.latest), end, basis | {o.iri})
        for o in objections
        if o.act == act.event.iri and o.day.latest
    ]
