"""Norms as plain values: instruments, their measures, obligations, practices and directives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graph.dates import Period, Span

IN_OPERATION = "inOperation"
WAIVED = "waived"
INTERIM = "policyInterim"


@dataclass(frozen=True)
class Measure:
    """A component of a policy or law; an obligation of a treaty has the same shape.

    `own_start`, `own_end` and `own_doubt` are stated of the measure itself, where it does not begin
    or end with its instrument.
    """

    iri: str
    modality: str
    conduct: str
    matter: str
    component: str = ""
    force: str = IN_OPERATION
    only_in: str | None = None
    except_in: str | None = None
    supersedes: tuple[str, ...] = ()
    own_start: date | None = None
    own_end: date | None = None
    own_doubt: date | None = None


@dataclass(frozen=True)
class Instrument:
    """A policy or a law: what it sets, since when, and which instruments it replaces."""

    iri: str
    held_by: str
    start: Span
    public_on: date | None
    status: str
    measures: tuple[Measure, ...]
    replaces: tuple[str, ...] = ()
    stated_end: date | None = None
    doubt: date | None = None


@dataclass(frozen=True)
class Term:
    """The days for which something holds: from a start to an end, in doubt from a day on."""

    start: Span
    end: date | None = None
    doubt: date | None = None

    def covers(self, day: date) -> bool | None:
        """Answer whether it holds on a day; None where the sources do not tell."""
        if not self.start.possible(day) or (self.end is not None and self.end <= day):
            return False
        if not self.start.reached(day) or (self.doubt is not None and self.doubt <= day):
            return None
        return True


@dataclass(frozen=True)
class Practice:
    """What a state does with a weapon, and when, as far as the claims on it agree."""

    iri: str
    actor: str
    conduct: str
    matter: str
    days: Span | None


@dataclass(frozen=True)
class Directive:
    """An order to do something within a time."""

    iri: str
    policy: str
    within: Period | None
    due: Span | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class NormModel:
    """The norms of the record, with the code lists that relate their terms."""

    instruments: tuple[Instrument, ...]
    obligations: Mapping[str, tuple[Measure, ...]]
    practices: tuple[Practice, ...]
    directives: tuple[Directive, ...]
    broader: Mapping[str, str]

    def instrument_of(self, measure: Measure) -> Instrument:
        """Answer the instrument that sets a measure."""
        return next(i for i in self.instruments if measure in i.measures)
