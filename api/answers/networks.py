"""The networks of a view: its rows as a snapshot of the day, and as the history before it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from api.answers.topics import topics
from graph.errors import NotComputable
from graph.network.consistency import Breach, Conduct, Measure, Practice
from graph.network.history import Act, History, Spell
from graph.network.roll_calls import RollCalls
from graph.network.snapshot import Objection, Place, Snapshot
from ontology.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.answers.view import View
    from graph.store import Row

WITHDRAWAL, REVOCATION = "withdrawal", "withdrawalRevoked"
STATE = "/id/state/"


def snapshot(view: View, topic: str | None = None) -> Snapshot:
    """Answer the network of the day of a view, with the roll calls on a topic or on all.

    Raises
    ------
    NotComputable
        If the day is before the first standing of the record.

    """
    standings, unresolved = _standings(view)
    if not standings:
        message = f"The record has no treaty on {view.on}: it begins later. Choose a later day."
        raise NotComputable(message)
    treaties = {slug(r["treaty"] or ""): r["name"] or "" for r in view.ask("network_treaties")}
    members, organisations = _members(view)
    policies = view.ask("network_policies", on=view.on)
    names = treaties | organisations | {slug(r["policy"] or ""): r["name"] or "" for r in policies}
    return Snapshot(
        view.on,
        _places(view),
        names,
        {treaty: standings.get(treaty, {}) for treaty in treaties},
        unresolved,
        members,
        _borders(view),
        _objections(view),
        frozenset((_code(row["state"]), slug(row["policy"] or "")) for row in policies),
        roll_calls(view, topic),
    )


def roll_calls(view: View, topic: str | None = None) -> RollCalls:
    """Answer the roll calls of the record on a topic, or on all, up to the day of the view."""
    rows = view.ask("network_votes", on=view.on, topicCode=topics(view, topic))
    return RollCalls.of_rows(
        (slug(r["resolution"] or ""), r["day"] or "", _code(r["state"]), r["vote"] or "")
        for r in rows
    )


def history(view: View) -> History:
    """Answer all standings, memberships and acts that a view knows of, whatever their day.

    Of a day of deposit that lies between two bounds the later one counts, so that nothing counts
    before it can have happened for sure; an act without any day is left out.
    """
    treaties = view.ask("network_treaties")
    return History(
        tuple(sorted(_places(view))),
        tuple(
            Spell(*_pair(row, "state", "treaty"), *_days(row), slug(row["status"] or ""))
            for row in view.ask("network_spells")
        ),
        tuple(_memberships(view)),
        _borders(view),
        *_acts(view),
        frozenset(slug(row["treaty"] or "") for row in treaties if row["partly"] == "true"),
        {slug(r["treaty"] or ""): _day(r["opened"]) for r in treaties if r["opened"]},
    )


def conduct(view: View, treaty: str) -> Conduct:
    """Answer what the record knows of the conduct of states, for the table of consistency."""
    return Conduct(
        [
            Measure(_code(r["state"]), *(slug(r[n] or "") for n in ("modality", "conduct", "kind")))
            for r in view.ask("network_measures", on=view.on)
        ],
        [
            Practice(
                _code(row["state"]),
                slug(row["conduct"] or ""),
                slug(row["status"] or ""),
                _day(row["from"]) if row["from"] else None,
                _day(row["until"]) if row["until"] else None,
            )
            for row in view.ask("network_practices")
        ],
        [
            Breach(row["code"] or "", "stockpiling", _last_day(row["asOf"] or ""))
            for row in view.ask("stockpiles_past_deadline", treaty=treaty)
        ],
        [
            Breach(_code(row["state"]), slug(row["conduct"] or ""), _day(row["from"]))
            for row in view.ask("network_departures")
            if row["from"]
        ],
    )


def _standings(view: View) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    unresolved: dict[str, set[str]] = defaultdict(set)
    for row in view.ask("network_standings", on=view.on):
        state, treaty = _pair(row, "state", "treaty")
        if row["status"]:
            found[treaty][state] = slug(row["status"])
        else:
            unresolved[treaty].add(state)
    return found, {treaty: frozenset(states) for treaty, states in unresolved.items()}


def _places(view: View) -> Mapping[str, Place]:
    return {
        row["code"] or "": Place(row["name"] or "", row["region"] or "", row["subregion"] or "")
        for row in view.ask("states")
    }


def _members(view: View) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    rows = view.ask("network_memberships")
    names = {slug(row["organisation"] or ""): row["name"] or "" for row in rows}
    holding = [spell for spell in _memberships(view) if spell.holds_on(view.on)]
    return {
        name: frozenset(spell.one for spell in holding if spell.other == name)
        for name in sorted({spell.other for spell in holding})
    }, names


def _memberships(view: View) -> Iterator[Spell]:
    for row in view.ask("network_memberships"):
        yield Spell(*_pair(row, "state", "organisation"), *_days(row))


def _borders(view: View) -> frozenset[tuple[str, str]]:
    pairs = ((_code(row["one"]), _code(row["other"])) for row in view.ask("network_borders"))
    return frozenset((one, other) for one, other in pairs if one < other)


def _objections(view: View) -> frozenset[Objection]:
    rows = view.ask("network_objections")
    return frozenset(
        Objection(_code(row["state"]), _code(row["other"]), slug(row["treaty"] or ""))
        for row in rows
        if (row["day"] or "9999") <= view.on_text and STATE in (row["other"] or "")
    )


def _acts(view: View) -> tuple[tuple[Act, ...], tuple[Spell, ...]]:
    """Answer consents, and withdrawals with the day on which they were revoked, if they were."""
    rows = view.ask("network_acts")
    joinings = tuple(
        Act(*_pair(row, "state", "treaty"), _day(row["day"]))
        for row in rows
        if slug(row["kind"] or "") not in {WITHDRAWAL, REVOCATION}
    )
    revoked: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in rows:
        if slug(row["kind"] or "") == REVOCATION:
            revoked[_pair(row, "state", "treaty")].append(_day(row["day"]))
    leavings = [_leaving(row, revoked) for row in rows if slug(row["kind"] or "") == WITHDRAWAL]
    return joinings, tuple(leavings)


def _leaving(row: Row, revoked: Mapping[tuple[str, str], list[date]]) -> Spell:
    pair, day = _pair(row, "state", "treaty"), _day(row["day"])
    return Spell(*pair, day, min((d for d in revoked.get(pair, ()) if d >= day), default=None))


def _pair(row: Row, state: str, other: str) -> tuple[str, str]:
    return _code(row[state]), slug(row[other] or "")


def _days(row: Row) -> tuple[date, date | None]:
    return _day(row["from"]), _day(row["until"]) if row["until"] else None


def _code(iri: str | None) -> str:
    return slug(iri or "").upper()


def _day(text: str | None) -> date:
    return date.fromisoformat(text or "")


def _last_day(partial: str) -> date:
    """Answer the last day that a partial day such as 2023 can mean."""
    from graph.dates import parse_span

    return parse_span(partial).latest or date.max
