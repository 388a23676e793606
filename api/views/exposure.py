"""The exposure of a state: its neighbours and fellow members, and their standing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from api.answers.sources import all_sources
from api.answers.withdrawals import withdrawals
from api.views.frame import cited, counted, framed, source_line, under_treaty
from api.views.ring import entries_under, sources_used
from graph.errors import WrongUse
from graph.render.exposure import Group, exposure
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from api.views.frame import Subject
    from graph.render.picture import Picture
    from graph.render.ring import RingEntry


def exposure_view(view: View, subject: Subject) -> Picture:
    """Answer a state's neighbours and allies and their standing under a treaty."""
    if not subject.state:
        message = "Name the state in question: state=…, as state=EST."
        raise WrongUse(message)
    thing, subject = under_treaty(view, subject)
    state = view.names.state(subject.state or "")
    code = slug(state).upper()
    subject = replace(subject, state=code)
    found = withdrawals(view, slug(thing))
    entries = {entry.state: entry for entry in entries_under(view, thing, found)}
    if code not in entries:
        message = f"{view.names.label(state)} has no standing on {view.on_text}; name another day."
        raise WrongUse(message)
    known = all_sources(view)
    near = _neighbours(view, state, entries, known)
    groups = _organisations(view, state, entries)
    title = f"{entries[code].name}: neighbours and allies under the {view.names.label(thing)}"
    frame = framed(view, "exposure", subject, (title, _said(entries[code], near, groups)))
    used = [known[s] for s in _border_sources(view, state)] + sources_used(found)
    return exposure(replace(frame, source_line=source_line(used)), entries[code], near, groups)


def _border_sources(view: View, state: str) -> list[str]:
    rows = view.ask("neighbours_of", state=state)
    return list(dict.fromkeys(s for row in rows for s in (row["sources"] or "").split()))


def _neighbours(
    view: View, state: str, entries: Mapping[str, RingEntry], known: Mapping[str, SourceRef]
) -> Group:
    rows = view.ask("neighbours_of", state=state)
    codes = {slug(row["other"] or "").upper(): row["agreed"] == "true" for row in rows}
    doubtful = frozenset(code for code, agreed in codes.items() if not agreed)
    sources = cited(known[s] for s in _border_sources(view, state))
    members = tuple(entries[code] for code in codes if code in entries)
    return Group(
        "border",
        "Land neighbours",
        "borders on",
        members,
        near=True,
        doubtful=doubtful,
        sources=sources,
    )


def _organisations(view: View, state: str, entries: Mapping[str, RingEntry]) -> list[Group]:
    """Answer the organisations of a state, the smallest first, each with its other members."""
    members: dict[tuple[str, str], list[RingEntry]] = defaultdict(list)
    for row in view.ask("memberships_of", state=state, on=view.on):
        code = slug(row["member"] or "").upper()
        if row["member"] != state and code in entries:
            members[row["organisation"] or "", row["name"] or ""].append(entries[code])
    groups = [
        Group(slug(thing), name, f"fellow member of {name}", tuple(found))
        for (thing, name), found in members.items()
    ]
    return sorted(groups, key=lambda group: (len(group.members), group.name))


def _said(state: RingEntry, near: Group, groups: Sequence[Group]) -> str:
    if not near.members:
        text = f"{state.name} has no land neighbour in the record"
    else:
        left = _left(near.members)
        bound = sum(entry.kind == "party" for entry in near.members)
        text = f"Of {len(near.members)} land neighbours of {state.name} {bound} are bound"
        text += f" and {counted(left, 'has left', 'have left')}" if left else ""
    allies = {e.state: e for group in groups for e in group.members}
    gone = _left(allies.values())
    more = f"; of {len(allies)} fellow members elsewhere {len(gone)} have left" if allies else ""
    return f"{text}{more}."


def _left(entries: Iterable[RingEntry]) -> list[str]:
    return sorted(entry.name for entry in entries if entry.kind == "formerParty")
