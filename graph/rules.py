"""From a clause to a day of effect, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.dates import Span, add_period, land
from graph.model import Effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from graph.dates import Interval
    from graph.model import EffectRule

IN_FORCE = "inForce"


def rule_for(
    rules: Iterable[EffectRule], kind: str, broader: Mapping[str, str]
) -> EffectRule | None:
    """Answer the rule for a kind of act: the narrowest trigger that covers it wins."""
    by_trigger = {r.triggered_by: r for r in rules if r.brings_about != IN_FORCE}
    trigger: str | None = kind
    while trigger and trigger not in by_trigger:
        trigger = broader.get(trigger)
    return by_trigger[trigger] if trigger else None


def effect_day(
    rule: EffectRule, deposit: Span, in_force: Span | None, engagements: Sequence[Interval] = ()
) -> Effect:
    """Answer from which day an act has effect.

    `deposit` is the day on which the depositary received the instrument, `in_force` the day on
    which the treaty itself is in force: before it no consent takes effect (Vienna Convention on the
    Law of Treaties, Article 24). `engagements` are the armed conflicts of the state, for clauses
    such as Article 20(3) of the Ottawa Convention.
    """
    if rule.period is None:
        return Effect(reason="the day follows from no period; a source has to state it")
    end = _each(deposit, lambda day: end_of_period(rule, day))
    if rule.deferred_by_conflict:
        return _after_conflict(end, engagements)
    if in_force is None:
        return Effect(reason="the treaty is not in force")
    return Effect(_later(end, in_force), end)


def end_of_period(rule: EffectRule, day: date) -> date:
    """Answer where the period of the rule ends when it runs from `day`."""
    return land(add_period(day, rule.period), rule.lands_on) if rule.period else day


def threshold_effect(rule: EffectRule, deposits: Sequence[Span]) -> Effect:
    """Answer when the treaty itself enters into force, given the deposits of all consents."""
    needed = rule.after_count or 1
    earliest = sorted(d.earliest for d in deposits if d.earliest)
    latest = sorted(d.latest for d in deposits if d.latest)
    if len(earliest) < needed:
        return Effect(reason=f"{len(earliest)} of {needed} consents are deposited")
    reached = Span(earliest[needed - 1], latest[needed - 1] if len(latest) >= needed else None)
    day = _each(reached, lambda d: end_of_period(rule, d))
    return Effect(day, day)


def _each(span: Span, move: Callable[[date], date]) -> Span:
    return Span(
        move(span.earliest) if span.earliest else None, move(span.latest) if span.latest else None
    )


def _later(one: Span, other: Span) -> Span:
    earliest = max((d for d in (one.earliest, other.earliest) if d), default=None)
    latest = max(one.latest, other.latest) if one.latest and other.latest else None
    return Span(earliest, latest)


def _after_conflict(end: Span, engagements: Sequence[Interval]) -> Effect:
    for conflict in engagements:
        if end.latest and end.latest in conflict:
            reason = "the state is engaged in an armed conflict when the period ends"
            until = Span(conflict.end, conflict.end) if conflict.end else None
            return Effect(until, end, reason)
    return Effect(end, end)
