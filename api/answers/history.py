"""What happened, in the order of days: of a state, of a treaty, and between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.act_shapes import Entry, History
from api.answers.acts import (
    act_day,
    acts_by_treaty,
    acts_of,
    begun,
    happenings_by_treaty,
    happenings_under,
)
from api.answers.names import in_words
from api.answers.shapes import Named
from api.answers.sources import sources_of
from api.answers.treaty_shapes import Change, Changes
from graph.errors import UnknownName, WrongUse
from ontology.namespaces import kind, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from api.answers.act_shapes import Act, Happening
    from api.answers.view import View

EFFECTS = {
    "withdrawal": "no longer bound by",
    "consent": "bound by",
}


def history(view: View, name: str) -> History:
    """Answer the dated acts, steps, expressions and effects of a state or treaty, in order."""
    thing = _state_or_treaty(view, name)
    is_state = kind(thing) == "state"
    entries = list(_entries_of_state(view, thing) if is_state else _entries_under(view, thing))
    wanted = [e for e in entries if begun(e.on, view.on_text)]
    code = slug(thing).upper() if is_state else slug(thing)
    label = view.names.label(thing)
    path = f"id/{kind(thing)}/{slug(thing)}"
    return History(
        Named(code, label),
        view.on_text,
        view.known_text,
        sorted(wanted, key=lambda entry: _sort_key(entry.on)),
        view.tail(f"History of {label}", path),
    )


def history_of_state(view: View, name: str) -> History:
    """Answer the history of a state; a treaty of the name is not meant."""
    return history(view, slug(view.names.state(name)))


def changes(view: View, since: date, until: date) -> Changes:
    """Answer the changes of standing after the day `since`, up to and including `until`."""
    if until < since:
        message = f"until={until} lies before since={since}; swap the two days."
        raise WrongUse(message)
    rows = view.ask("changes", since=since, upTo=until)
    found = [
        Change(
            row["day"] or "",
            Named(row["code"] or "", row["name"] or ""),
            slug(row["treaty"] or ""),
            *(
                sorted((row[name] or "").split())
                for name in ("before", "after", "qualifiersBefore", "qualifiersAfter")
            ),
        )
        for row in rows
    ]
    tail = view.tail(
        f"Changes of standing after {since} up to {until}",
        "changes",
        "changes",
        {"since": since.isoformat(), "until": until.isoformat()},
        since=since,
        upTo=until,
    )
    return Changes(since.isoformat(), until.isoformat(), view.known_text, found, tail)


def _state_or_treaty(view: View, name: str) -> str:
    try:
        return view.names.state(name)
    except UnknownName as not_a_state:
        try:
            return view.names.treaty(name)
        except UnknownName as not_a_treaty:
            spoken = view.names.spoken
            known = (*spoken["state"], *spoken["treaty"])
            if not_a_treaty.near and not not_a_state.near:
                raise
            kinds = "state or treaty"
            raise UnknownName(kinds, name, known, view.names.meant) from None


def _entries_of_state(view: View, state: str) -> Iterator[Entry]:
    treaties = view.names.all_of("treaty")
    acts = acts_by_treaty(view, treaties, state)
    happenings = happenings_by_treaty(view, treaties, state, acts)
    for treaty in treaties:
        yield from _entries(view, treaty, acts[treaty], happenings[treaty])


def _entries_under(view: View, treaty: str) -> Iterator[Entry]:
    acts = acts_of(view, treaty=treaty)
    yield from _entries(view, treaty, acts, happenings_under(view, treaty))


def _entries(
    view: View, treaty: str, acts: Sequence[Act], happenings: Sequence[Happening]
) -> Iterator[Entry]:
    name = view.names.label(treaty)
    for act in acts:
        yield from _act_entries(act, name)
    for found in happenings:
        group = "expression" if found.stance else "domesticStep"
        sources = sources_of(found.claims)
        yield Entry(found.done_on, found.by, group, found.type, found.summary, sources)


def _act_entries(act: Act, treaty: str) -> Iterator[Entry]:
    sources = sources_of(act.claims)
    told = f" ({act.notice})" if act.notice else ""
    what = f"{in_words(act.type).capitalize()}, {treaty}{told}"
    yield Entry(act_day(act), act.state, "treatyAction", act.type, what, sources)
    if act.effective_on and act.rule:
        outcome = EFFECTS["withdrawal" if act.type == "withdrawal" else "consent"]
        reason = f"{outcome} the {treaty} by {act.rule.article} ({act.effect_basis})"
        yield Entry(act.effective_on, act.state, "effect", act.type, reason, sources)


def _sort_key(day: str | None) -> str:
    first, _, last = (day or "").partition("/")
    return last if first == ".." else first
