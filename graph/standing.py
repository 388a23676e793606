"""From acts to standings: who stands how under a treaty, over half-open intervals of days.

Where the day of an act is only known within bounds, every standing that the bounds allow is kept as
possible; nothing is rounded to a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.dates import Interval, Span
from graph.model import Participation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.model import ResolvedAction

CONSENT = "consent"
ON_ONE_DAY = ("signatory", "contractingState", "party", "formerParty")


@dataclass(frozen=True)
class Objection:
    """A rejection of an act by another state or by a meeting of the parties."""

    iri: str
    act: str
    day: Span


@dataclass(frozen=True)
class _Step:
    """A change of status on a day that may be known only within bounds."""

    day: Span
    status: str
    basis: frozenset[str]
    act: ResolvedAction
    after: _Step | None = None


@dataclass(frozen=True)
class _Mark:
    """A qualifier that certainly holds from one day until another."""

    qualifier: str
    start: date
    end: date | None
    basis: frozenset[str]


def standings(
    acts: Sequence[ResolvedAction],
    objections: Iterable[Objection],
    start: date,
    broader: Mapping[str, str],
) -> tuple[Participation, ...]:
    """Answer the standing of one actor under one treaty from `start` on, interval by interval.

    `acts` are all acts of the actor under the treaty, `start` the first day on which it could sign;
    `broader` leads from a kind of act to the wider kind, as from accession to consent.
    """
    if not acts:
        return ()
    steps = _steps(acts, broader)
    marks = _marks(acts, tuple(objections))
    days = {start} | {d for s in steps for d in (s.day.earliest, s.day.latest) if d}
    days |= {d for m in marks for d in (m.start, m.end) if d}
    edges: list[date | None] = [*sorted(d for d in days if d >= start), None]
    actor, treaty = acts[0].event.actor, acts[0].event.treaty or ""
    pieces = [
        _piece(actor, treaty, Interval(first, end), steps, marks)
        for first, end in pairwise(edges)
        if first
    ]
    return tuple(_merged(pieces))


def never_acted(actor: str, treaty: str, start: date) -> Participation:
    """Answer the standing of a state that no act under the treaty is known of."""
    none: frozenset[str] = frozenset()
    return Participation(
        actor, treaty, frozenset({"nonSignatory"}), none, Interval(start), frozenset({treaty})
    )


def _steps(acts: Sequence[ResolvedAction], broader: Mapping[str, str]) -> list[_Step]:
    steps = [step for act in acts for step in _steps_of(act, acts, broader)]
    return sorted(steps, key=_order)


def _order(step: _Step) -> tuple[bool, date, date, int]:
    """Put signatures first, since none undoes a consent, then steps by day and standing."""
    days = [step.day, step.after.day] if step.after else [step.day]
    first = max(day.earliest or date.min for day in days)
    last = max(day.latest or date.max for day in days)
    return step.status != "signatory", first, last, ON_ONE_DAY.index(step.status)


def _steps_of(
    act: ResolvedAction, acts: Sequence[ResolvedAction], broader: Mapping[str, str]
) -> list[_Step]:
    kind, basis = act.event.kind, frozenset({act.event.iri})
    if kind == "signature":
        return [_Step(act.day.value, "signatory", basis, act)]
    with_rule = basis | {act.rule.iri} if act.rule else basis
    effect = act.takes_effect
    if kind == "withdrawal":
        gone = effect and not _revocation(act, acts)
        return [_Step(effect, "formerParty", with_rule, act)] if gone and effect else []
    if CONSENT not in (kind, broader.get(kind)):
        return []
    deposit = _Step(act.day.value, "contractingState", basis, act)
    if effect is None:
        return [deposit]
    if _before(effect, deposit.day):
        return [_Step(effect, "party", with_rule, act)]
    return [deposit, _Step(effect, "party", with_rule, act, deposit)]


def _before(effect: Span, deposit: Span) -> bool:
    return bool(effect.latest and deposit.earliest and effect.latest <= deposit.earliest)


def _revocation(act: ResolvedAction, acts: Sequence[ResolvedAction]) -> ResolvedAction | None:
    """Find the act that took a withdrawal back before it had effect (VCLT Article 68)."""
    effect = act.takes_effect
    for other in acts:
        if other.event.kind != "withdrawalRevoked" or not _follows(other, act):
            continue
        day = other.day.value.latest
        if day and not (effect and effect.latest and effect.latest <= day):
            return other
    return None


def _follows(later: ResolvedAction, act: ResolvedAction) -> bool:
    first, then = act.day.value.latest, later.day.value.latest
    return bool(first and then and first <= then)


def _marks(acts: Sequence[ResolvedAction], objections: Sequence[Objection]) -> list[_Mark]:
    marks: list[_Mark] = []
    for act in acts:
        if act.event.kind == "withdrawal":
            marks += _withdrawal_marks(act, _revocation(act, acts))
        if act.event.kind == "suspension":
            marks += _suspension_marks(act, acts, objections)
        if act.event.kind == "provisionalApplication" and act.day.value.latest:
            bound = _first_day(a for a in acts if a.rule and a.rule.brings_about == "party")
            start = act.day.value.latest
            marks.append(_Mark("provisionallyApplying", start, bound, frozenset({act.event.iri})))
    return [m for m in marks if m.end is None or m.start < m.end]


def _first_day(acts: Iterable[ResolvedAction]) -> date | None:
    days = [a.takes_effect.latest for a in acts if a.takes_effect and a.takes_effect.latest]
    return min(days, default=None)


def _withdrawal_marks(act: ResolvedAction, revoked: ResolvedAction | None) -> list[_Mark]:
    start, basis = act.day.value.latest, frozenset({act.event.iri})
    if start is None:
        return []
    taken_back = revoked.day.value.latest if revoked else None
    effect, period_end = act.takes_effect, act.effect.period_end
    ends = [d for d in (taken_back, effect.earliest if effect else None) if d]
    end = min(ends, default=None)
    deferred_from = period_end.latest if period_end and effect != period_end else None
    if deferred_from is None or not act.rule or not act.rule.deferred_by_conflict:
        return [_Mark("withdrawalPending", start, end, basis)]
    return [
        _Mark("withdrawalPending", start, min(deferred_from, end or deferred_from), basis),
        _Mark("withdrawalDeferred", deferred_from, end, basis | {act.rule.iri}),
    ]


def _suspension_marks(
    act: ResolvedAction, acts: Sequence[ResolvedAction], objections: Sequence[Objection]
) -> list[_Mark]:
    start = act.day.value.latest
    if start is None:
        return []
    ends = [a.day.value.latest for a in acts if a.event.kind == "resumption" and _follows(a, act)]
    end = min((d for d in ends if d), default=None)
    basis = frozenset({act.event.iri})
    marks = [_Mark("suspensionClaimed", start, end, basis)]
    marks += [
        _Mark("suspensionContested", max(start, o.day.latest), end, basis | {o.iri})
        for o in objections
        if o.act == act.event.iri and o.day.latest
    ]
    return marks


def _piece(
    actor: str, treaty: str, interval: Interval, steps: Sequence[_Step], marks: Sequence[_Mark]
) -> Participation:
    day = interval.start
    seen = [s for s in steps if s.day.possible(day)]
    statuses = _possible_statuses(seen, day)
    holding = [m for m in marks if day in Interval(m.start, m.end)]
    bases = [*(s.basis for s in seen), *(m.basis for m in holding)]
    basis = frozenset[str]().union(*bases) or frozenset({treaty})
    return Participation(
        actor,
        treaty,
        statuses,
        frozenset(m.qualifier for m in holding),
        interval,
        basis,
        _reason(seen, day) if len(statuses) > 1 else None,
    )


def _possible_statuses(steps: Sequence[_Step], day: date) -> frozenset[str]:
    """Answer every status that the bounds allow: the last step that has happened decides."""
    needed = {s.after for s in steps if s.after}
    outcomes = {("nonSignatory", frozenset[_Step]())}
    for step in steps:
        may = {o for o in outcomes if step.after is None or step.after in o[1]}
        kept = may if step.day.reached(day) else set[tuple[str, frozenset[_Step]]]()
        happened = {(step.status, done | ({step} & needed)) for _, done in may}
        outcomes = (outcomes - kept) | happened
    return frozenset(status for status, _ in outcomes)


def _reason(steps: Sequence[_Step], day: date) -> str:
    open_steps = [s for s in steps if not s.day.reached(day)]
    act = open_steps[0].act
    bounds = act.day.value
    first = f"not before {bounds.earliest}" if bounds.earliest else "on a day before"
    last = f"not after {bounds.latest}" if bounds.latest else "with no last day known"
    return f"the sources give no day for the {act.event.kind}: {first}, {last}"


def _merged(pieces: Iterable[Participation]) -> list[Participation]:
    merged: list[Participation] = []
    for piece in pieces:
        if merged and _same_standing(merged[-1], piece):
            last = merged.pop()
            interval = Interval(last.interval.start, piece.interval.end)
            basis = last.derived_from | piece.derived_from
            piece = Participation(  # noqa: PLW2901
                last.actor,
                last.treaty,
                last.statuses,
                last.qualifiers,
                interval,
                basis,
                last.reason,
            )
        merged.append(piece)
    return merged


def _same_standing(one: Participation, other: Participation) -> bool:
    return (one.statuses, one.qualifiers, one.reason) == (
        other.statuses,
        other.qualifiers,
        other.reason,
    )
