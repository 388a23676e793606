"""From a clause to a day of effect, or the reason why there is none."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.dates import Period, Span, add_period, land
from graph.model import Effect
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from graph.dates import Interval
    from graph.model import EffectRule

IN_FORCE = "inForce"
NO_STATE: Mapping[str, Span] = MappingProxyType({})


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
    end = _each(deposit, lambda day: _end(rule, day, in_force))
    if rule.deferred_by_conflict:
        return _after_conflict(end, engagements)
    if in_force is None:
        return Effect(reason="the treaty is not in force")
    return Effect(later_of(end, in_force), end)


def _end(rule: EffectRule, day: date, in_force: Span | None) -> date:
    """Answer when the period ends; a rule for later deposits lets early ones wait for nothing."""
    starts = in_force.earliest if in_force and rule.only_once_in_force else None
    return starts if starts and day <= starts else end_of_period(rule, day)


def end_of_period(rule: EffectRule, day: date) -> date:
    """Answer where the period of the rule ends when it runs from `day`."""
    return land(add_period(day, rule.period), rule.lands_on) if rule.period else day


def latest_start(rule: EffectRule, effect: date) -> date:
    """Answer the last day on which the period of a rule can have begun to be over by `effect`."""
    period = rule.period or Period()
    day = add_period(effect, Period(-period.months, -period.days))
    while end_of_period(rule, day) > effect:
        day -= timedelta(days=1)
    while end_of_period(rule, day + timedelta(days=1)) <= effect:
        day += timedelta(days=1)
    return day


def threshold_effect(
    rule: EffectRule, deposits: Sequence[Span], of_state: Mapping[str, Span] = NO_STATE
) -> Effect:
    """Answer when the treaty itself enters into force, given the deposits of all consents.

    `of_state` tells which deposit is whose, for treaties that name states without which they do not
    enter into force.
    """
    missing = sorted(slug(state).upper() for state in rule.requires if state not in of_state)
    if missing:
        count = f"{len(missing)} of {len(rule.requires)} named states"
        return Effect(reason=f"the consent of {count} is missing: {', '.join(missing)}")
    named = [of_state[state] for state in rule.requires]
    counted = deposits if rule.after_count or not named else named
    needed = rule.after_count or max(len(named), 1)
    dated = sum(span.earliest is not None for span in counted)
    if dated < needed:
        return Effect(reason=f"{dated} of {needed} consents are deposited")
    reached = _nth(counted, needed)
    for span in named:
        reached = later_of(reached, span)
    day = _each(reached, lambda d: end_of_period(rule, d))
    return Effect(day, day)


def _nth(deposits: Sequence[Span], number: int) -> Span:
    """Answer when a number of deposits is complete."""
    earliest = sorted(d.earliest for d in deposits if d.earliest)
    latest = sorted(d.latest for d in deposits if d.latest)
    return Span(earliest[number - 1], latest[number - 1] if len(latest) >= number else None)


def _each(span: Span, move: Callable[[date], date]) -> Span:
    return Span(
        move(span.earliest) if span.earliest else None, move(span.latest) if span.latest else None
    )


def later_of(one: Span, other: Span) -> Span:
    """Answer the later of two days that are known within bounds."""
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
