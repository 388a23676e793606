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
from graph.qualifiers import qualifier_marks, revocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph.model import ResolvedAction
    from graph.qualifiers import Mark

CONSENT = "consent"
SIGNATURE = "signature"
ON_ONE_DAY = ("nonSignatory", "signatory", "contractingState", "party", "formerParty")


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
    marks = qualifier_marks(acts, tuple(objections))
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
    signed = step.act.event.kind == SIGNATURE
    days = [step.day, step.after.day] if step.after else [step.day]
    first = max(day.earliest or date.min for day in days)
    last = max(day.latest or date.max for day in days)
    return not signed, first, last, ON_ONE_DAY.index(step.status)


def _steps_of(
    act: ResolvedAction, acts: Sequence[ResolvedAction], broader: Mapping[str, str]
) -> list[_Step]:
    kind, basis = act.event.kind, frozenset({act.event.iri})
    if kind == SIGNATURE:
        return [_Step(act.day.value, "signatory", basis, act)]
    if kind == "withdrawal":
        effect = None if revocation(act, acts) else act.takes_effect
        return [_Step(effect, "formerParty", _with_rule(act), act)] if effect else []
    if kind == "consentRevoked":
        signed = any(other.event.kind == SIGNATURE for other in acts)
        return [_Step(act.day.value, "signatory" if signed else "nonSignatory", basis, act)]
    return _consent_steps(act, acts) if CONSENT in (kind, broader.get(kind)) else []


def _consent_steps(act: ResolvedAction, acts: Sequence[ResolvedAction]) -> list[_Step]:
    effect = None if revocation(act, acts, "consentRevoked") else act.takes_effect
    if effect and (_before(effect, act.day.value) or _succeeds_undated(act)):
        return [_Step(effect, "party", _with_rule(act), act)]
    deposit = _Step(act.day.value, "contractingState", frozenset({act.event.iri}), act)
    if effect is None:
        return [deposit]
    return [deposit, _Step(effect, "party", _with_rule(act), act, deposit)]


def _with_rule(act: ResolvedAction) -> frozenset[str]:
    return frozenset({act.event.iri, *([act.rule.iri] if act.rule else [])})


def _succeeds_undated(act: ResolvedAction) -> bool:
    """Answer whether an effect dates from a succession of states, while the deposit has no day."""
    of_states = act.rule is not None and act.rule.runs_from == "stateSuccession"
    return of_states and act.day.value.earliest is None


def _before(effect: Span, deposit: Span) -> bool:
    return bool(effect.latest and deposit.earliest and effect.latest <= deposit.earliest)


def _piece(
    actor: str, treaty: str, interval: Interval, steps: Sequence[_Step], marks: Sequence[Mark]
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
