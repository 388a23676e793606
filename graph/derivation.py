"""Runs the steps from claims to standings and writes the derived graph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from graph.claims import accepted_notice, known_by, resolve
from graph.context import DerivedContext, derive_context
from graph.dates import Span, on_day
from graph.model import DEPOSITARY, Effect, Event, Resolution, ResolvedAction
from graph.rules import (
    IN_FORCE,
    effect_day,
    later_of,
    latest_start,
    rule_for,
    threshold_effect,
)
from graph.standing import CONSENT, Objection, never_acted, standings
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph.model import Claim, EffectRule, Participation, Treaty
    from graph.reader import RecordModel

ACTION = "/id/action/"
OBJECTING = {"objection", "conclusion"}
LEAVING = {"withdrawal", "withdrawalRevoked"}


@dataclass(frozen=True)
class Derived:
    """What follows from the record, or from that part of it that was known on a day."""

    actions: tuple[ResolvedAction, ...]
    others: Mapping[str, Resolution]
    entry_into_force: Mapping[str, Effect]
    participations: tuple[Participation, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    context: DerivedContext = field(default_factory=DerivedContext)


def derive(model: RecordModel, known: date | None = None) -> Derived:
    """Answer everything that follows from the claims that were public on the day `known`."""
    claims = {event: known_by(found, known) for event, found in model.claims.items()}
    days = {e.iri: day for e in model.events if (day := _day(claims.get(e.iri, ())))}
    acts = [e for e in model.events if ACTION in e.iri and e.iri in days]
    in_force = {t.iri: _entry_into_force(t, acts, days, model.broader) for t in model.treaties}
    actions = _actions(model, acts, in_force, claims)
    others = {iri: day for iri, day in days.items() if ACTION not in iri}
    objections = _objections(model.events, others)
    found = tuple(
        p for treaty in model.treaties for p in _standings_under(model, treaty, actions, objections)
    )
    context = derive_context(model.context, claims)
    return Derived(actions, others, in_force, found, claims, context)


def _day(claims: Sequence[Claim]) -> Resolution | None:
    """Answer the accepted day of an event; wide open where it is claimed without any day."""
    dated = resolve((c, c.day) for c in claims if c.day)
    return dated or (Resolution(Span(None, None), tuple(claims)) if claims else None)


def _entry_into_force(
    treaty: Treaty,
    acts: Iterable[Event],
    days: Mapping[str, Resolution],
    broader: Mapping[str, str],
) -> Effect:
    for rule in treaty.rules:
        if rule.brings_about == IN_FORCE:
            under = [a for a in acts if a.treaty == treaty.iri]
            revoked = {a.actor for a in under if a.kind == "consentRevoked"}
            consents = [a for a in under if _consents(a, broader) and a.actor not in revoked]
            deposits = {a.actor: days[a.iri].value for a in consents}
            return threshold_effect(rule, [days[a.iri].value for a in consents], deposits)
    day = on_day(treaty.stated_in_force) if treaty.stated_in_force else None
    return Effect(day, reason=None if day else "the treaty is not in force")


def _consents(act: Event, broader: Mapping[str, str]) -> bool:
    return CONSENT in (act.kind, broader.get(act.kind))


def _actions(
    model: RecordModel,
    acts: Iterable[Event],
    in_force: Mapping[str, Effect],
    claims: Mapping[str, Sequence[Claim]],
) -> tuple[ResolvedAction, ...]:
    """Answer the acts with what follows; a protocol binds no state before its treaty does."""
    treaties = {t.iri: t for t in model.treaties}
    bound: dict[tuple[str, str], Span] = {}
    found: list[ResolvedAction] = []
    for act in sorted(acts, key=lambda a: treaties[a.treaty or ""].protocol_to is not None):
        treaty = treaties[act.treaty or ""]
        floor = _floor(act.actor, treaty, in_force[treaty.iri], bound)
        action = _action(model, act, treaty, floor, claims[act.iri])
        if action.takes_effect and _consents(act, model.broader):
            bound[act.actor, treaty.iri] = action.takes_effect
        found.append(action)
    return tuple(sorted(found, key=lambda action: action.event.iri))


def _floor(
    actor: str, treaty: Treaty, in_force: Effect, bound: Mapping[tuple[str, str], Span]
) -> Effect:
    """Answer from when a consent to a treaty can bind an actor at all."""
    if treaty.protocol_to is None or in_force.day is None:
        return Effect(in_force.day)
    day = bound.get((actor, treaty.protocol_to))
    if day is None:
        return Effect(reason=f"the state is not bound by {slug(treaty.protocol_to)}")
    return Effect(later_of(in_force.day, day))


def _action(
    model: RecordModel,
    event: Event,
    treaty: Treaty,
    floor: Effect,
    claims: Sequence[Claim],
) -> ResolvedAction:
    """Answer an act with what is accepted of it and what follows by its rule."""
    rule = rule_for(treaty.rules, event.kind, model.broader)
    stated = resolve((c, c.effective) for c in claims if c.effective)
    day = _by_effect(_day(claims) or Resolution(Span(None, None), ()), rule, stated)
    engagements = model.engagements.get(event.actor, ())
    effect = effect_day(rule, day.value, floor.day, engagements) if rule else Effect()
    if rule and effect.day is None and floor.day is None and floor.reason:
        effect = Effect(reason=floor.reason)
    stated = _settled(stated, rule, effect, claims)
    return ResolvedAction(
        event,
        day,
        resolve((c, c.circulated) for c in claims if c.circulated),
        stated,
        accepted_notice(claims),
        rule,
        effect,
    )


def _settled(
    stated: Resolution | None, rule: EffectRule | None, effect: Effect, claims: Iterable[Claim]
) -> Resolution | None:
    """Let the rule decide between sources on a day of effect, where the depositary names none."""
    computed = effect.day
    if not stated or not rule or rule.later_date_allowed or not computed or not computed.day:
        return stated
    by_rule = tuple(c for c in claims if c.effective and c.effective.meet(computed))
    of_depositary = any(c.source.authority == DEPOSITARY for c in stated.deciding)
    if not by_rule or of_depositary or stated.value.meet(computed):
        return stated
    others = (c for c in claims if c.effective and c not in by_rule)
    return Resolution(computed, by_rule, tuple(others))


def _by_effect(day: Resolution, rule: EffectRule | None, stated: Resolution | None) -> Resolution:
    """Bound a day of deposit that no source gives by the day of effect that one states."""
    if day.value.latest or not rule or not rule.period or not stated or not stated.value.latest:
        return day
    bound = Span(None, latest_start(rule, stated.value.latest))
    return replace(day, value=day.value.meet(bound) or day.value)


def _objections(events: Iterable[Event], days: Mapping[str, Resolution]) -> list[Objection]:
    return [
        Objection(e.iri, e.towards or "", days[e.iri].value)
        for e in events
        if e.kind in OBJECTING and e.stance == "against" and e.iri in days
    ]


def _standings_under(
    model: RecordModel,
    treaty: Treaty,
    actions: Iterable[ResolvedAction],
    objections: Sequence[Objection],
) -> list[Participation]:
    by_actor: dict[str, list[ResolvedAction]] = defaultdict(list)
    for action in actions:
        if action.event.treaty == treaty.iri:
            by_actor[action.event.actor].append(action)
    for action in actions:
        if action.event.treaty == treaty.protocol_to and action.event.kind in LEAVING:
            by_actor[action.event.actor].append(action)
    births = _births(model, treaty)
    found: list[Participation] = []
    for actor in model.states:
        start = max(treaty.signature_from, births.get(actor, treaty.signature_from))
        acts = by_actor.get(actor, [])
        if any(act.event.treaty == treaty.iri for act in acts):
            found += standings(acts, objections, start, model.broader)
        elif not treaty.partly_recorded:
            found.append(never_acted(actor, treaty.iri, start))
    return found


def _births(model: RecordModel, treaty: Treaty) -> dict[str, date]:
    """Answer since when a state that succeeded to the treaty has been a state at all."""
    births: dict[str, date] = {}
    for event in model.events:
        if event.kind == "succession" and event.treaty == treaty.iri:
            stated = resolve(
                (c, c.effective) for c in model.claims.get(event.iri, ()) if c.effective
            )
            if stated and stated.value.day:
                births[event.actor] = stated.value.day
    return births
