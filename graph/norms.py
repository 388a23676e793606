"""How long each measure holds, what changed between two days, how far a policy is from a treaty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graph.dates import Span, add_period, on_day
from graph.norm_model import IN_OPERATION, INTERIM, WAIVED, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from graph.norm_model import Directive, Instrument, Measure, NormModel, Practice

BINDING = (IN_OPERATION, "interimGuidance")
Change = Literal["lifted", "changed", "new", "kept", "unclear"]
Agreement = Literal["silent", "agrees", "partly", "contradicts"]
WORST: tuple[Agreement, ...] = ("silent", "agrees", "partly", "contradicts")


@dataclass(frozen=True)
class ComponentChange:
    """What became of one component of a state's policy between two days."""

    component: str
    change: Change
    before: tuple[Measure, ...]
    after: tuple[Measure, ...]


@dataclass(frozen=True)
class Distance:
    """How the measures that hold on a day stand to one obligation of a treaty."""

    obligation: Measure
    agreement: Agreement
    measures: tuple[tuple[Measure, Agreement], ...]


def instrument_terms(model: NormModel) -> dict[str, Term]:
    """Answer for which days each policy and law is the one that was last set."""
    ends: dict[str, list[date]] = defaultdict(list)
    for later in model.instruments:
        for replaced in later.replaces:
            ends[replaced].append(_certain_start(later))
    return {
        i.iri: Term(i.start, _earliest(i.stated_end, *ends[i.iri]), i.doubt)
        for i in model.instruments
    }


def measure_terms(model: NormModel) -> dict[str, Term]:
    """Answer for which days each measure holds.

    A measure ends with its instrument or where another supersedes it. An interim instrument ends
    only the measures that it names: the others go on until the review is done.
    """
    lasting = instrument_terms(_without_interim_replacing(model))
    superseded = _superseded_from(model)
    terms: dict[str, Term] = {}
    for instrument in model.instruments:
        frame = lasting[instrument.iri]
        for measure in instrument.measures:
            if measure.force == WAIVED:
                continue
            start = on_day(measure.own_start) if measure.own_start else frame.start
            end = _earliest(frame.end, measure.own_end, superseded.get(measure.iri))
            terms[measure.iri] = Term(start, end, _earliest(frame.doubt, measure.own_doubt))
    return terms


def measures_on(model: NormModel, holder: str, day: date) -> dict[Measure, bool]:
    """Answer the measures of a state on a day: True where one holds, False where in doubt."""
    terms = measure_terms(model)
    held = [m for i in model.instruments if i.held_by == holder for m in i.measures]
    answers = {m: terms[m.iri].covers(day) for m in held if m.iri in terms}
    return {m: answer is True for m, answer in answers.items() if answer is not False}


def compare(model: NormModel, holder: str, first: date, last: date) -> list[ComponentChange]:
    """Answer component by component what changed in a state's measures between two days."""
    before, after = measures_on(model, holder, first), measures_on(model, holder, last)
    found = [
        _change(name, _of(before, name), _of(after, name))
        for name in sorted({m.component for m in (*before, *after)})
    ]
    return found + _unclear(before, after)


def distances(
    model: NormModel, obligations: Iterable[Measure], measures: Sequence[Measure]
) -> list[Distance]:
    """Answer for each obligation whether measures agree with it, contradict it or are silent."""
    return [_distance(o, measures, model.broader) for o in obligations]


def departures(model: NormModel) -> list[tuple[Practice, Measure]]:
    """Answer which practices did not keep a prohibition that certainly held at the time.

    A prohibition that excepts a place is not held against them: where they were is not recorded.
    """
    terms = measure_terms(model)
    return [
        (practice, measure)
        for practice in model.practices
        for instrument in model.instruments
        if instrument.held_by == practice.actor
        for measure in instrument.measures
        if _forbids(measure, practice, model.broader)
        and _throughout(terms.get(measure.iri), practice.days)
    ]


def due_day(directive: Directive, ordered: Span | None) -> Span | None:
    """Answer by when a directive has to be carried out: as stated, or counted from its day."""
    if directive.due or directive.within is None or ordered is None or ordered.day is None:
        return directive.due
    return on_day(add_period(ordered.day, directive.within))


def outcome_on(directive: Directive, due: Span | None, ended: date | None, day: date) -> str:
    """Answer what is known of a directive on a day: its outcome, overtaken, open or unknown."""
    if directive.outcome:
        return directive.outcome
    if due is None or due.latest is None:
        return "unknown"
    if ended and ended <= day and ended <= due.latest:
        return "overtaken"
    return "unknown" if due.latest < day else "open"


def overlaps(one: str, other: str, broader: Mapping[str, str]) -> bool:
    """Answer whether two matters have something in common: the same, or one within the other."""
    return covers(one, other, broader) or covers(other, one, broader)


def covers(wide: str, narrow: str, broader: Mapping[str, str]) -> bool:
    """Answer whether one matter is another or holds it."""
    step: str | None = narrow
    while step and step != wide:
        step = broader.get(step)
    return step == wide


def _certain_start(instrument: Instrument) -> date:
    day = instrument.start.latest or instrument.start.earliest
    if day is None:
        message = f"{instrument.iri} has no day"
        raise ValueError(message)
    return day


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _without_interim_replacing(model: NormModel) -> NormModel:
    lasting = tuple(
        replace(i, replaces=()) if i.status == INTERIM else i for i in model.instruments
    )
    return replace(model, instruments=lasting)


def _superseded_from(model: NormModel) -> dict[str, date]:
    found: dict[str, date] = {}
    for instrument in model.instruments:
        for measure in instrument.measures:
            start = measure.own_start or _certain_start(instrument)
            for old in measure.supersedes:
                found[old] = min(start, found.get(old, start))
    return found


def _of(measures: Mapping[Measure, bool], component: str) -> tuple[Measure, ...]:
    return tuple(m for m, certain in measures.items() if certain and m.component == component)


def _change(name: str, before: tuple[Measure, ...], after: tuple[Measure, ...]) -> ComponentChange:
    return ComponentChange(name, _kind(before, after), before, after)


def _kind(before: tuple[Measure, ...], after: tuple[Measure, ...]) -> Change:
    """Name a change: a prohibition that became a permission was lifted, as was one without heir."""
    if before == after:
        return "kept"
    if not before:
        return "new"
    gone = [m for m in before if m not in after]
    come = [m for m in after if m not in before]
    if not gone:
        return "changed"
    if not after or any(_frees(old, new) for old in gone for new in come):
        return "lifted"
    return "changed"


def _frees(old: Measure, new: Measure) -> bool:
    forbidden = old.modality == "prohibition" and new.modality == "permission"
    return forbidden and old.conduct == new.conduct


def _unclear(
    before: Mapping[Measure, bool], after: Mapping[Measure, bool]
) -> list[ComponentChange]:
    """Collect the measures of which the sources do not tell whether they held on either day."""
    doubtful: dict[str, dict[Measure, None]] = defaultdict(dict)
    for measure, certain in (*before.items(), *after.items()):
        if not certain:
            doubtful[measure.component][measure] = None
    return [
        ComponentChange(
            name,
            "unclear",
            tuple(m for m in found if before.get(m) is False),
            tuple(m for m in found if after.get(m) is False),
        )
        for name, found in sorted(doubtful.items())
    ]


def _distance(
    obligation: Measure, measures: Sequence[Measure], broader: Mapping[str, str]
) -> Distance:
    said: dict[Measure, Agreement] = {m: _agreement(obligation, m, broader) for m in measures}
    found = tuple(pair for pair in said.items() if pair[1] != "silent")
    worst = WORST[max((WORST.index(kind) for kind in said.values()), default=0)]
    return Distance(obligation, worst, found)


def _agreement(obligation: Measure, measure: Measure, broader: Mapping[str, str]) -> Agreement:
    """Compare one measure with one obligation; other conduct or matter says nothing of it."""
    same = obligation.conduct == measure.conduct
    if not same or not overlaps(obligation.matter, measure.matter, broader):
        return "silent"
    if obligation.modality != measure.modality:
        return "contradicts"
    limited = measure.only_in or measure.except_in
    whole = covers(measure.matter, obligation.matter, broader)
    return "agrees" if whole and not limited else "partly"


def _forbids(measure: Measure, practice: Practice, broader: Mapping[str, str]) -> bool:
    """Answer whether a measure that binds, and is no mere aim or target, forbids a practice."""
    binds = measure.force in BINDING and measure.modality == "prohibition"
    forbidden = binds and measure.conduct == practice.conduct
    return (
        forbidden and measure.except_in is None and covers(measure.matter, practice.matter, broader)
    )


def _throughout(term: Term | None, span: Span | None) -> bool:
    """Answer whether a measure held on the first and the last day that a practice can have."""
    if term is None or span is None or span.earliest is None or span.latest is None:
        return False
    return term.covers(span.earliest) is True and term.covers(span.latest) is True
