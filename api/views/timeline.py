"""The timeline of a treaty, of a state, or of a state under one treaty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from api.answers.acts import begun, happenings_under
from api.answers.names import in_words
from api.answers.sources import all_sources, bounded_day, sources_of
from api.answers.withdrawals import withdrawals
from api.views.frame import capitalised, cited, framed, sentence, short, source_line, under_treaty
from api.views.ring import notes_on, sources_used
from api.views.standings import standing_bars, state_sentence
from graph.dates import parse_span
from graph.render.lanes import Bar, Event, Lane
from graph.render.timeline import ActDone, timeline_of_state, timeline_of_treaty
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.act_shapes import Happening
    from api.answers.shapes import SourceRef
    from api.answers.treaty_shapes import Suspension, Withdrawal, Withdrawals
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture
    from graph.store import Row

BOUNDS = ("notEarlierThan", "notLaterThan")
CONSENTS = frozenset(
    {"consent", "ratification", "acceptance", "approval", "accession", "succession"}
    | {"definitiveSignature", "formalConfirmation"}
)
KINDS = {"signature": "signature", "withdrawal": "withdrawing", "suspension": "suspending"}
IN_SHORT = {
    "announcement": "announced",
    "parliamentaryVote": "vote",
    "governmentDecision": "government",
    "enactment": "law",
}


def timeline_view(view: View, subject: Subject) -> Picture:
    """Answer the acts of a treaty, or of a state, over time."""
    if subject.state:
        return _of_state(view, subject)
    return _of_treaty(view, subject)


def _of_treaty(view: View, subject: Subject) -> Picture:
    thing, subject = under_treaty(view, subject)
    name = view.names.label(thing)
    found = withdrawals(view, slug(thing))
    rows = view.ask("acts_of_treaty", treaty=thing)
    acts = [act for row in rows if (act := _act(view, row)) and act.day <= view.on]
    frame = framed(view, "timeline", subject, (f"{name}: acts over time", sentence(found)))
    frame = replace(frame, source_line=source_line(sources_used(found)))
    undated = sum(_day_of(row) is None for row in rows)
    picture = timeline_of_treaty(frame, (slug(thing), name), acts, _leaving(view, thing, found))
    return replace(picture, note=_note(undated))


def _note(undated: int) -> str:
    note = "Signatures and deposits stand on their own days, not on the days of their effects."
    more = f" Left out, because no source tells their year: {undated}."
    return note + more if undated else note


def _act(view: View, row: Row) -> ActDone | None:
    day = _day_of(row)
    if day is None:
        return None
    kind = row["type"] or ""
    return ActDone(
        slug(row["act"] or ""),
        day,
        act_kind(kind),
        row["code"] or "",
        row["name"] or "",
        in_words(kind),
        view.link(f"id/action/{slug(row['act'] or '')}"),
    )


def act_kind(kind: str) -> str:
    """Answer under which kind an act of a type is drawn."""
    return "consent" if kind in CONSENTS else KINDS.get(kind, "otherAct")


def _day_of(row: Row) -> date | None:
    return last_day(row["doneOn"] or bounded_day(row, "depositedOn", bounds=BOUNDS))


def last_day(day: str | None) -> date | None:
    """Answer a day, or the last day of a span within one year; None where the year is not told."""
    span = parse_span(day) if day else None
    if not (span and span.earliest and span.latest):
        return None
    return span.latest if span.earliest.year == span.latest.year else None


def _leaving(view: View, treaty: str, found: Withdrawals) -> list[Lane]:
    happenings = happenings_under(view, treaty)
    notes = notes_on(found)
    acts: Sequence[Withdrawal | Suspension] = (*found.withdrawals, *found.suspensions)
    return [_lane(view, act, happenings, notes) for act in acts]


def _lane(
    view: View,
    act: Withdrawal | Suspension,
    happenings: Iterable[Happening],
    notes: Mapping[str, str],
) -> Lane:
    code = act.state.id
    own = [h for h in happenings if h.by.id == code and begun(h.done_on, view.on_text)]
    deposited, effective = act.deposited_on, getattr(act, "effective_on", None)
    events = [event for happening in own if (event := _happened(happening))]
    events += _acts(act, effective)
    suspends = not hasattr(act, "effective_on")
    bars: list[Bar] = []
    if deposited:
        kind = "suspending" if suspends else "pending"
        end = date.fromisoformat(effective) if effective else None
        start = last_day(deposited) or view.on
        bars.append(Bar(start, end, kind, f"{act.state.name}: {notes[code]}"))
        if end:
            bars.append(Bar(end, None, "departure", f"{act.state.name}: {notes[code]}"))
    return Lane(
        code,
        act.state.name,
        "state",
        notes[code],
        tuple(bars),
        tuple(sorted(events, key=lambda event: event.day)),
        view.link(f"id/state/{code.lower()}"),
    )


def _happened(found: Happening) -> Event | None:
    day = last_day(found.done_on)
    if day is None:
        return None
    kind = "expression" if found.stance else "step"
    text = IN_SHORT.get(found.type, in_words(found.type))
    name = capitalised(in_words(found.type))
    sources = cited(sources_of(found.claims))
    return Event(found.id, day, kind, name, text, (found.summary,), sources)


def _acts(act: Withdrawal | Suspension, effective: str | None) -> list[Event]:
    sources = cited(act.sources)
    found: list[Event] = []
    day = last_day(act.deposited_on)
    if day:
        text = f"deposited {day.day} {short(str(day)).split()[1]}"
        found.append(Event(act.act, day, "deposit", "Instrument deposited", text, (), sources))
    end = last_day(effective)
    if end:
        text = f"out {end.day} {short(str(end)).split()[1]}"
        name = "No longer bound"
        found.append(Event(f"{act.act}-effect", end, "departure", name, text, (), sources))
    return found


def _of_state(view: View, subject: Subject) -> Picture:
    """Answer a state's standing under each treaty over time, with the acts behind it."""
    state = view.names.state(subject.state or "")
    chosen = view.names.treaty(subject.treaty) if subject.treaty else None
    subject = replace(subject, state=slug(state).upper(), treaty=slug(chosen) if chosen else None)
    known = all_sources(view)
    acts = [
        row for row in view.ask("acts_of_state", state=state) if chosen in {None, row["treaty"]}
    ]
    lanes = _treaty_lanes(view, state, acts, known)
    lanes = [lane for lane in lanes if not chosen or lane.id == slug(chosen)]
    if chosen and lanes:
        events = (*lanes[0].events, *_own_happenings(view, state, chosen))
        lanes = [replace(lanes[0], events=()), *map(_row, sorted(events, key=_by_day))]
    name = view.names.label(state)
    title = (
        f"{name}: treaties over time"
        if not chosen
        else f"{name} under the {view.names.label(chosen)}"
    )
    frame = framed(view, "timeline", subject, (title, state_sentence(view, state, chosen)))
    used = [known[s] for row in acts for s in (row["sources"] or "").split()]
    picture = timeline_of_state(replace(frame, source_line=source_line(used)), lanes)
    return replace(picture, note=_note(sum(_day_of(row) is None for row in acts)))


def _row(event: Event) -> Lane:
    return Lane(f"row-{event.id}", event.name, "heading", short(str(event.day)), events=(event,))


def _by_day(event: Event) -> date:
    return event.day


def _own_happenings(view: View, state: str, treaty: str) -> list[Event]:
    code = slug(state).upper()
    own = [h for h in happenings_under(view, treaty) if h.by.id == code]
    return [e for h in own if begun(h.done_on, view.on_text) and (e := _happened(h))]


def _treaty_lanes(
    view: View, state: str, acts: Iterable[Row], known: Mapping[str, SourceRef]
) -> list[Lane]:
    events: dict[str, list[Event]] = {}
    for row in acts:
        day = _day_of(row)
        if day and day <= view.on:
            events.setdefault(row["treaty"] or "", []).append(_event(view, row, day, known))
    bars = standing_bars(view, state)
    named = sorted(set(bars) | set(events), key=lambda treaty: _first(bars, events, treaty))
    return [
        Lane(
            slug(treaty),
            view.names.label(treaty),
            "treaty",
            bars=tuple(bars.get(treaty, ())),
            events=tuple(events.get(treaty, ())),
            href=view.link(f"id/treaty/{slug(treaty)}"),
        )
        for treaty in named
    ]


def _first(
    bars: Mapping[str, Sequence[Bar]], events: Mapping[str, Sequence[Event]], treaty: str
) -> tuple[date, str]:
    days = [bar.start for bar in bars.get(treaty, ())]
    days += [event.day for event in events.get(treaty, ())]
    return min(days), treaty


def _event(view: View, row: Row, day: date, known: Mapping[str, SourceRef]) -> Event:
    kind = row["type"] or ""
    name = capitalised(in_words(kind))
    sources = cited(known[source] for source in (row["sources"] or "").split())
    text = f"{in_words(kind)} {day.year}"
    href = view.link(f"id/action/{slug(row['act'] or '')}")
    drawn = act_kind(kind)
    return Event(slug(row["act"] or ""), day, drawn, name, text, (), sources, href)
