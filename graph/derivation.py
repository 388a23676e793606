"""Runs the steps from claims to standings and writes the derived graph."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.claims import accepted_notice, known_by, resolve
from graph.context import DerivedContext, derive_context
from graph.dates import Span, on_day
from graph.model import Effect, Event, Resolution, ResolvedAction
from graph.rules import IN_FORCE, effect_day, rule_for, threshold_effect
from graph.standing import CONSENT, Objection, never_acted, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph.model import Claim, Participation, Treaty
    from graph.reader import RecordModel

ACTION = "/id/action/"
OBJECTING = {"objection", "conclusion"}


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
    treaties = {t.iri: t for t in model.treaties}
    actions = tuple(
        _action(model, a, treaties[a.treaty or ""], in_force[a.treaty or ""], claims[a.iri])
        for a in acts
    )
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
            consents = [a for a in acts if a.treaty == treaty.iri and _consents(a, broader)]
            return threshold_effect(rule, [days[a.iri].value for a in consents])
    day = on_day(treaty.stated_in_force) if treaty.stated_in_force else None
    return Effect(day, reason=None if day else "the treaty is not in force")


def _consents(act: Event, broader: Mapping[str, str]) -> bool:
    return CONSENT in (act.kind, broader.get(act.kind))


def _action(
    model: RecordModel,
    event: Event,
    treaty: Treaty,
    in_force: Effect,
    claims: Sequence[Claim],
) -> ResolvedAction:
    """Answer an act with what is accepted of it and what follows by its rule."""
    day = _day(claims) or Resolution(Span(None, None), ())
    rule = rule_for(treaty.rules, event.kind, model.broader)
    engagements = model.engagements.get(event.actor, ())
    effect = effect_day(rule, day.value, in_force.day, engagements) if rule else Effect()
    return ResolvedAction(
        event,
        day,
        resolve((c, c.circulated) for c in claims if c.circulated),
        resolve((c, c.effective) for c in claims if c.effective),
        accepted_notice(claims),
        rule,
        effect,
    )


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
    births = _births(model, treaty)
    found: list[Participation] = []
    for actor in model.states:
        start = max(treaty.signature_from, births.get(actor, treaty.signature_from))
        acts = by_actor.get(actor, [])
        found += standings(acts, objections, start, model.broader) or [
            never_acted(actor, treaty.iri, start)
        ]
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
