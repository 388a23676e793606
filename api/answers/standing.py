"""How a state stands under a treaty on a day, by which acts and which rule, and who differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.answers.acts import act_day, acts_by_treaty, begun, happenings_by_treaty
from api.answers.shapes import Named
from api.answers.sources import sources_of
from api.answers.state_shapes import Standing, Standpoint, StateTreaties, TreatyStanding
from ontology.namespaces import iri, slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.answers.act_shapes import Act, Happening
    from api.answers.shapes import SourceRef
    from api.answers.view import View
    from graph.store import Row


def standing(view: View, state_name: str, treaty_name: str) -> Standing:
    """Answer the standing of a state under a treaty on the day of the view, and why.

    Steps and expressions of later days are left out, and acts unless they take effect by the day,
    as a succession does that is deposited later.
    """
    treaty = view.names.treaty(treaty_name)
    return _standings_under(view, view.names.state(state_name), [treaty])[0]


def standings_of(view: View, state_name: str) -> list[Standing]:
    """Answer the standing of a state under each treaty of the record; see `standing`."""
    return _standings_under(view, view.names.state(state_name), view.names.all_of("treaty"))


def _standings_under(view: View, state: str, treaties: Sequence[str]) -> list[Standing]:
    """Answer the standing under each of some treaties; the store is asked once for all of them."""
    rows = _standing_rows(view, state)
    every = acts_by_treaty(view, treaties, state)
    acts = {t: [a for a in held if _bears_on(a, view.on_text)] for t, held in every.items()}
    happenings = happenings_by_treaty(view, treaties, state, acts)
    return [
        _standing(view, state, _treaty_standing(view, t, rows.get(t)), acts[t], happenings[t])
        for t in treaties
    ]


def _standing(
    view: View,
    state: str,
    found: TreatyStanding,
    acts: list[Act],
    happenings: Sequence[Happening],
) -> Standing:
    told = [h for h in happenings if begun(h.done_on, view.on_text)]
    name = f"{view.names.label(state)} under the {found.treaty.name}"
    return Standing(
        Named(_code(state), view.names.label(state)),
        found.treaty,
        view.on_text,
        view.known_text,
        found.standing,
        found.possible,
        found.qualifiers,
        found.since,
        found.until,
        found.standing_since,
        found.reason or _rests_on_later(acts, view.on_text),
        acts,
        [h for h in told if h.stance is None],
        [h for h in told if h.stance is not None],
        _views(view, found, acts, told),
        view.tail(
            f"Standing of {name}",
            f"states/{_code(state)}/treaties/{found.treaty.id}",
            "standings",
            treaty=iri("treaty", found.treaty.id),
            on=view.on,
        ),
    )


def treaties_of(view: View, state_name: str) -> StateTreaties:
    """Answer how a state stands under each treaty of the record on the day of the view."""
    state = view.names.state(state_name)
    rows = _standing_rows(view, state)
    found = [_treaty_standing(view, t, rows.get(t)) for t in view.names.all_of("treaty")]
    label = view.names.label(state)
    tail = view.tail(f"Treaties of {label}", f"states/{_code(state)}/treaties")
    return StateTreaties(Named(_code(state), label), view.on_text, view.known_text, found, tail)


def standings(view: View, treaty: str) -> list[Row]:
    """Answer the rows of all standings under a treaty on the day of the view."""
    return view.ask("standings", treaty=treaty, on=view.on)


def _code(state: str) -> str:
    return slug(state).upper()


def _standing_rows(view: View, state: str) -> Mapping[str, Row]:
    rows = view.ask("standings_of_state", state=state, on=view.on)
    return {row["treaty"] or "": row for row in rows}


def _treaty_standing(view: View, treaty: str, row: Row | None) -> TreatyStanding:
    named = Named(slug(treaty), view.names.label(treaty))
    if row is None:
        reason = "the day lies before the treaty could be signed, or before the state existed"
        return TreatyStanding(named, None, [], [], None, None, None, reason)
    return TreatyStanding(
        named,
        row["standing"] or None,
        sorted((row["possible"] or "").split()),
        sorted((row["qualifiers"] or "").split()),
        row["from"],
        row["until"],
        row["since"],
        row["reason"],
    )


def _bears_on(act: Act, on: str) -> bool:
    return begun(act_day(act), on) or begun(act.effective_on, on)


def _rests_on_later(acts: Sequence[Act], on: str) -> str | None:
    """Answer which act takes effect before it was deposited, where the day lies between the two."""
    for act in acts:
        deposited = act_day(act)
        if deposited and not begun(deposited, on):
            return (
                f"it rests on a {act.type} deposited on {deposited}, after this day, "
                f"with effect from {act.effective_on}"
            )
    return None


def _views(
    view: View, found: TreatyStanding, acts: Sequence[Act], happenings: Sequence[Happening]
) -> list[Standpoint]:
    """Answer the sides of a disputed act; the record decides for none of them."""
    if found.standing is None:
        return []
    against = [h for h in happenings if _by(h, view)]
    if "withdrawalContested" in found.qualifiers:
        return _sides_of_withdrawal(_last(acts, "withdrawal"), against)
    if "suspensionClaimed" in found.qualifiers:
        return _sides_of_suspension(_last(acts, "suspension"), against, found)
    return []


def _last(acts: Sequence[Act], kind: str) -> Act:
    return next(act for act in reversed(acts) if act.type == kind)


def _sides_of_withdrawal(withdrawal: Act, against: Sequence[Happening]) -> list[Standpoint]:
    who, sources = _objectors(withdrawal, against)
    claimant, claimed = [withdrawal.state.id], sources_of(withdrawal.claims)
    return [
        Standpoint("claimant", claimant, "formerParty", in_operation=False, sources=claimed),
        Standpoint("objectors", who, "party", in_operation=True, sources=sources),
    ]


def _sides_of_suspension(
    suspension: Act, against: Sequence[Happening], found: TreatyStanding
) -> list[Standpoint]:
    claimed = sources_of(suspension.claims)
    told = [s for s in claimed if s.authority.startswith("depositary")]
    says = found.standing or ""
    sides = [
        Standpoint("depositary", [], says, in_operation=True, sources=told),
        Standpoint("claimant", [suspension.state.id], says, in_operation=False, sources=claimed),
    ]
    if "suspensionContested" in found.qualifiers:
        who, sources = _objectors(suspension, against)
        sides.append(Standpoint("objectors", who, says, in_operation=True, sources=sources))
    return sides


def _objectors(act: Act, against: Sequence[Happening]) -> tuple[list[str], list[SourceRef]]:
    objections = [h for h in against if h.towards == f"action/{act.id}"]
    sources = sources_of([claim for h in objections for claim in h.claims])
    return [h.by.id for h in objections], sources


def _by(happening: Happening, view: View) -> bool:
    day = happening.done_on or ""
    certain = day.rsplit("/", 1)[-1]
    return happening.stance == "against" and certain <= view.on_text
