"""Who stood how under which treaty on every day: the past that diffusion is measured on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.network.exposure import ALLY, CIRCLES, FELLOW, NEIGHBOUR
from graph.network.snapshot import ALLIANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph.network.relation import Truth, Values

    Places = NDArray[np.int64]
    Texts = NDArray[np.str_]

OPEN = date.max.toordinal() + 1
SIGNED_OR_NOT = frozenset({"nonSignatory", "signatory"})


@dataclass(frozen=True)
class Spell:
    """Something that holds from one day until another, the latter not included; or open."""

    one: str
    other: str
    start: date
    end: date | None = None
    status: str = ""

    def holds_on(self, day: date) -> bool:
        """Answer whether it holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Act:
    """A state joins or leaves a treaty: the day of the deposit."""

    state: str
    treaty: str
    day: date


@dataclass(frozen=True, eq=False)
class _Spells:
    """Spells of states in columns, so that a day is looked up in all of them at once."""

    rows: Places
    statuses: Texts
    starts: Places
    ends: Places

    @classmethod
    def of(cls, spells: Sequence[Spell], place: Mapping[str, int]) -> _Spells:
        return cls(
            np.array([place[spell.one] for spell in spells], dtype=np.int64),
            np.array([spell.status for spell in spells], dtype=np.str_),
            np.array([spell.start.toordinal() for spell in spells], dtype=np.int64),
            np.array([_last(spell) for spell in spells], dtype=np.int64),
        )

    def on(self, day: date) -> Truth:
        number = day.toordinal()
        return (self.starts <= number) & (number < self.ends)


def _last(spell: Spell) -> int:
    return spell.end.toordinal() if spell.end else OPEN


@dataclass(frozen=True, eq=False)
class History:
    """What is known of the past: standings, memberships, borders, and acts of joining and leaving.

    `standings` are spells of a state under a treaty with a certain status; `memberships` of a state
    in an organisation; `leavings` spells from the deposit of a withdrawal until it is revoked.
    Treaties in `partial` are recorded for some states only: their leavings count, nobody is at
    risk under them.
    """

    states: tuple[str, ...]
    standings: tuple[Spell, ...]
    memberships: tuple[Spell, ...] = ()
    borders: frozenset[tuple[str, str]] = frozenset()
    joinings: tuple[Act, ...] = ()
    leavings: tuple[Spell, ...] = ()
    partial: frozenset[str] = frozenset()
    opened: Mapping[str, date] = field(default_factory=dict[str, date])

    @cached_property
    def treaties(self) -> tuple[str, ...]:
        """Answer the treaties of which every state's standing is recorded."""
        return tuple(sorted({spell.other for spell in self.standings} - self.partial))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Answer the row of each state."""
        return {state: number for number, state in enumerate(self.states)}

    def circles_on(self, day: date) -> Mapping[str, Values]:
        """Answer who is in whose circle on a day (1, else 0): borders, allied, fellowMember."""
        place = self.place
        found = {circle: self._nobody() for circle in CIRCLES}
        for one, other in self.borders:
            if one in place and other in place:
                found[NEIGHBOUR][place[one], place[other]] = 1
                found[NEIGHBOUR][place[other], place[one]] = 1
        for organisation, members in self._members_on(day).items():
            rows = [place[member] for member in members if member in place]
            circle = ALLY if organisation in ALLIANCES else FELLOW
            found[circle][np.ix_(rows, rows)] = 1
        for who in found.values():
            np.fill_diagonal(who, val=0)
        return found

    def _nobody(self) -> Values:
        return np.zeros((len(self.states), len(self.states)))

    def _members_on(self, day: date) -> Mapping[str, set[str]]:
        members: dict[str, set[str]] = {}
        for spell in self.memberships:
            if spell.holds_on(day):
                members.setdefault(spell.other, set()).add(spell.one)
        return members

    @cached_property
    def _under(self) -> Mapping[str, _Spells]:
        found: dict[str, list[Spell]] = {}
        for spell in self.standings:
            if spell.one in self.place:
                found.setdefault(spell.other, []).append(spell)
        return {treaty: _Spells.of(spells, self.place) for treaty, spells in found.items()}

    def standing_on(self, treaty: str, day: date, among: Iterable[str] | None = None) -> Truth:
        """Answer whose standing on a day is certain, and one of some if any are named."""
        spells = self._under.get(treaty) or _Spells.of((), self.place)
        holding = spells.on(day)
        if among is not None:
            holding &= np.isin(spells.statuses, list(among))
        found = np.zeros(len(self.states), dtype=np.bool_)
        found[spells.rows[holding]] = True
        return found

    def leaving_on(self, day: date, treaty: str | None = None) -> Truth:
        """Answer who has deposited a withdrawal from a treaty, or from any, not revoked since."""
        return self.row(
            s.one for s in self.leavings if s.holds_on(day) and treaty in {None, s.other}
        )

    @cached_property
    def joined(self) -> Mapping[str, Sequence[tuple[str, date]]]:
        """Answer under each treaty who deposited a consent, and when."""
        return _by_treaty((act.treaty, act.state, act.day) for act in self.joinings)

    @cached_property
    def left(self) -> Mapping[str, Sequence[tuple[str, date]]]:
        """Answer under each treaty who deposited a withdrawal, and when."""
        return _by_treaty((spell.other, spell.one, spell.start) for spell in self.leavings)

    def row(self, states: Iterable[str]) -> Truth:
        """Answer which states are among some, as a row of truth values."""
        found = np.zeros(len(self.states), dtype=np.bool_)
        place = self.place
        found[[place[state] for state in states if state in place]] = True
        return found


def _by_treaty(acts: Iterable[tuple[str, str, date]]) -> Mapping[str, Sequence[tuple[str, date]]]:
    found: dict[str, list[tuple[str, date]]] = {}
    for treaty, state, day in acts:
        found.setdefault(treaty, []).append((state, day))
    return found
