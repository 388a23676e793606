"""What the record says, as plain values: sources, claims, events, rules; and what is derived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from graph.dates import Interval, Landing, Period, Span


# The authority whose word on its own treaty is heard before all others.
DEPOSITARY = "depositary"


@dataclass(frozen=True)
class Source:
    """A document and the authority with which it speaks; a low rank is heard first."""

    iri: str
    authority: str
    rank: int
    issued: Span | None
    as_it_goes: bool = False


@dataclass(frozen=True)
class Claim:
    """What one source says of one event.

    `day` is the day of the event: of deposit for acts that are deposited, of signing, voting or
    speaking for all others.
    """

    iri: str
    about: str
    source: Source
    day: Span | None = None
    circulated: Span | None = None
    effective: Span | None = None
    notice: str | None = None


@dataclass(frozen=True)
class Event:
    """An act, step or expression, without dates: those are claimed."""

    iri: str
    actor: str
    kind: str
    treaty: str | None = None
    towards: str | None = None
    stance: str | None = None


@dataclass(frozen=True)
class EffectRule:
    """A clause read as arithmetic."""

    iri: str
    treaty: str
    triggered_by: str
    runs_from: str
    brings_about: str
    period: Period | None = None
    lands_on: Landing = "sameDay"
    after_count: int | None = None
    deferred_by_conflict: bool = False
    later_date_allowed: bool = False
    only_once_in_force: bool = False
    requires: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Treaty:
    """A treaty as far as standings need it."""

    iri: str
    signature_from: date
    stated_in_force: date | None
    rules: tuple[EffectRule, ...] = ()
    protocol_to: str | None = None
    partly_recorded: bool = False


@dataclass(frozen=True)
class Resolution:
    """The value accepted for one property of one event.

    `deciding` are the claims that fix it, `contesting` those that do not fit with it. `reason` is
    set where sources of equal authority differ, so that the value is only a span over both.
    """

    value: Span
    deciding: tuple[Claim, ...]
    contesting: tuple[Claim, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class Effect:
    """The day from which an act has effect by a rule, or the reason why there is none.

    `period_end` is the end of the bare period, before any deferral.
    """

    day: Span | None = None
    period_end: Span | None = None
    reason: str | None = None


@dataclass(frozen=True)
class ResolvedAction:
    """A treaty action with what is accepted of it and what follows by the rule."""

    event: Event
    day: Resolution
    circulated: Resolution | None = None
    stated_effect: Resolution | None = None
    notice: str | None = None
    rule: EffectRule | None = None
    effect: Effect = field(default_factory=Effect)

    @property
    def takes_effect(self) -> Span | None:
        """Answer the day of effect that standings use: by the rule, else as stated.

        A stated day also narrows what the rule can only bound, and it may be later than the rule
        has it where the clause allows the notification to name a later day.
        """
        computed = self.effect.day
        if self.rule is None or self.stated_effect is None:
            return computed
        stated = self.stated_effect.value
        if computed is None:
            return None if self.effect.period_end else stated
        if self.rule.later_date_allowed and stated.not_before(computed):
            return stated
        return computed if computed.day else computed.meet(stated) or computed

    @property
    def basis(self) -> str:
        """Answer whether the day of effect is computed, stated, or both."""
        computed, stated = self.effect.day, self.stated_effect
        if not computed:
            return "stated" if stated else ""
        return "computed, stated" if stated and computed.meet(stated.value) else "computed"


@dataclass(frozen=True)
class Participation:
    """The standing of an actor under a treaty on every day of an interval.

    One status is certain; several are possible, and then `reason` says why.
    """

    actor: str
    treaty: str
    statuses: frozenset[str]
    qualifiers: frozenset[str]
    interval: Interval
    derived_from: frozenset[str]
    reason: str | None = None
