"""The shapes of the answers on votes, positions and practice.

Days are ISO days, or EDTF where they are known in part. States are named by ISO 3166 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.answers.act_shapes import Happening
    from api.answers.shapes import Named, SourceRef, Tail


@dataclass(frozen=True)
class ResolutionRow:
    """One roll call and its totals.

    `every_vote` tells whether the record holds the vote of every member; then the totals are
    counted, else they are as stated. `vote` is that of the state that was asked for: `notMember`
    where it was none, None where the record does not hold it.
    """

    id: str
    name: str
    symbol: str | None
    topic: str
    body: Named
    session: int
    day: str | None
    votes_for: int | None
    votes_against: int | None
    abstaining: int | None
    absent: int | None
    every_vote: bool
    labelled_by: list[str]
    label_basis: str
    vote: str | None = None


@dataclass(frozen=True)
class Resolutions:
    """The roll calls on some topics, and how one state voted in each where one is asked for."""

    topic: str | None
    state: Named | None
    on: str
    known: str | None
    resolutions: list[ResolutionRow]
    tail: Tail


@dataclass(frozen=True)
class StateVote:
    """The vote of one state in one roll call; `single_source` where one source alone has it."""

    state: Named
    vote: str
    single_source: bool
    note: str | None
    sources: list[SourceRef]


@dataclass(frozen=True)
class ResolutionClaim:
    """What one source says of a roll call."""

    id: str
    source: SourceRef
    day: str | None
    votes_for: int | None
    votes_against: int | None
    abstaining: int | None
    absent: int | None
    note: str | None


@dataclass(frozen=True)
class Resolution:
    """One roll call: its totals, every vote, what each source says, and what does not fit.

    `not_members` are the states of the record that had no seat in the assembly on that day.
    """

    resolution: ResolutionRow
    known: str | None
    votes: list[StateVote]
    not_members: list[Named]
    notices: list[str]
    statements: list[ResolutionClaim]
    tail: Tail


@dataclass(frozen=True)
class VoteCast:
    """One vote of a state in its series."""

    day: str
    resolution: Named
    topic: str
    body: Named
    session: int
    vote: str
    single_source: bool
    note: str | None
    sources: list[SourceRef]


@dataclass(frozen=True)
class StanceRun:
    """Votes of a state on one topic in one assembly that are the same one after the other."""

    topic: str
    body: str
    vote: str
    votes: int
    first_day: str
    last_day: str


@dataclass(frozen=True)
class PracticeClaim:
    """What one source says of a practice, with its figure if it gives one."""

    id: str
    source: SourceRef
    status: str
    as_of: str | None
    least: int | None
    most: int | None
    unit: str | None
    note: str | None


@dataclass(frozen=True)
class PracticeRow:
    """What a state does with a weapon, and how that is known from all sources together."""

    id: str
    conduct: str
    subject_matter: str
    recipient: str | None
    summary: str
    status: str
    possible_from: str | None
    possible_until: str | None
    statements: list[PracticeClaim]


@dataclass(frozen=True)
class Positions:
    """What a state votes, says and does: three things that need not agree."""

    state: Named
    topic: str | None
    on: str
    known: str | None
    votes: list[VoteCast]
    series: list[StanceRun]
    not_member_in: list[Named]
    expressions: list[Happening]
    practice: list[PracticeRow]
    tail: Tail
