"""Who stood how under which treaty on every day: the past that diffusion is measured on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.network.exposure import ALLY, CIRCLES, FELLOW, NEIGHBOUR
from graph.network.snapshot import ALLIANCES, PARTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from graph.network.relation import Truth

    Days = NDArray[np.int64]

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
    """Spells in columns, so that a day is looked up in all of them at once."""

    ones: tuple[str, ...]
    statuses: tuple[str, ...]
    starts: Days
    ends: Days

    @classmethod
    def of(cls, spells: Sequence[Spell]) -> _Spells:
        return cls(
            tuple(spell.one for spell in spells),
            tuple(spell.status for spell in spells),
            np.array([spell.start.toordinal() for spell in spells]),
            np.array([spell.end.toordinal() if spell.end else OPEN for spell in spells]),
        )

    def on(self, day: date) -> Mapping[str, str]:
        number = day.toordinal()
        holding = np.flatnonzero((self.starts <= number) & (number < self.ends))
        return {self.ones[place]: self.statuses[place] for place in holding.tolist()}


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
    opened: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def treaties(self) -> tuple[str, ...]:
        """Answer the treaties of which every state's standing is recorded."""
        return tuple(sorted({spell.other for spell in self.standings} - self.partial))

    def place(self) -> Mapping[str, int]:
        """Answer the row of each state."""
        return {state: number for number, state in enumerate(self.states)}

    def circles_on(self, day: date) -> Mapping[str, Truth]:
        """Answer who is in whose circle on a day: borders, allied, fellowMember."""
        place = self.place()
        found = {circle: self._nobody() for circle in CIRCLES}
        for one, other in self.borders:
            if one in place and other in place:
                found[NEIGHBOUR][place[one], place[other]] = True
                found[NEIGHBOUR][place[other], place[one]] = True
        for organisation, members in self._members_on(day).items():
            rows = [place[member] for member in members if member in place]
            circle = ALLY if organisation in ALLIANCES else FELLOW
            found[circle][np.ix_(rows, rows)] = True
        for who in found.values():
            np.fill_diagonal(who, val=False)
        return found

    def _nobody(self) -> Truth:
        return np.zeros((len(self.states), len(self.states)), dtype=np.bool_)

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
            found.setdefault(spell.other, []).append(spell)
        return {treaty: _Spells.of(spells) for treaty, spells in found.items()}

    def standing_on(self, treaty: str, day: date) -> Mapping[str, str]:
        """Answer the certain standings under a treaty on a day."""
        return self._under[treaty].on(day) if treaty in self._under else {}

    def leaving_on(self, day: date, treaty: str | None = None) -> frozenset[str]:
        """Answer who has deposited a withdrawal from a treaty, or from any, not revoked since."""
        return frozenset(
            s.one for s in self.leavings if s.holds_on(day) and treaty in {None, s.other}
        )

    def parties_on(self, treaty: str, day: date) -> frozenset[str]:
        """Answer who is certainly party to a treaty on a day."""
        return frozenset(
            state for state, status in self.standing_on(treaty, day).items() if status == PARTY
        )

    def row(self, states: Iterable[str]) -> Truth:
        """Answer which states are among some, as a row of truth values."""
        among = set(states)
        return np.array([state in among for state in self.states], dtype=np.bool_)
