"""Vote, standing, law, policy and practice of each state on a day, and where they do not fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.network.roll_calls import ABSENT, ABSTAIN, NO, YES
from graph.network.snapshot import PARTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from graph.network.snapshot import Snapshot

VOTES = {YES: "for", ABSTAIN: "abstain", NO: "against", ABSENT: "absent"}
STATUTE = "statute"
PROHIBITION = "prohibition"
# How a practice is known when it counts for a gap; what is alleged, denied, disputed, only
# indicated or planned is shown and flags nothing.
ESTABLISHED = frozenset({"acknowledged", "documented", "estimate", "listed"})
GAPS = {
    "votesForAndProduces": "voted for in the last roll call and is established to produce",
    "partyAndUses": "is party and is established to use",
    "partyAndStocksPastDeadline": "is party and acknowledged stocks after its deadline",
    "policyForbidsAndDoes": "did what a measure of its own policy or law forbade at the time",
}
FORMULA = "; ".join(f"{name}: {meaning}" for name, meaning in GAPS.items())


@dataclass(frozen=True)
class Measure:
    """One measure of policy or law in force: prohibition, permission or duty of a conduct."""

    state: str
    modality: str
    conduct: str
    kind: str


@dataclass(frozen=True)
class Practice:
    """What a state does, how it is known, and when it can have been so (the end not included)."""

    state: str
    conduct: str
    status: str
    since: date | None
    until: date | None

    def begun_by(self, day: date) -> bool:
        """Answer whether it can have been so on a day or before it."""
        return self.since is None or self.since <= day

    def lasts_on(self, day: date) -> bool:
        """Answer whether it can have been so on that very day."""
        return self.begun_by(day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Breach:
    """A stockpile after its deadline, or a practice against a measure, and since which day."""

    state: str
    conduct: str
    since: date


@dataclass(frozen=True, eq=False)
class Conduct:
    """What is known of all states beside treaties and votes."""

    measures: Sequence[Measure] = ()
    practices: Sequence[Practice] = ()
    late_stocks: Sequence[Breach] = ()
    departures: Sequence[Breach] = ()


@dataclass(frozen=True)
class Consistency:
    """One state: what it votes, is bound by, allows itself and does; and the gaps between."""

    state: str
    name: str
    standing: str
    vote: str | None
    voted_on: str | None
    law: tuple[str, ...]
    policy: tuple[str, ...]
    practice: tuple[str, ...]
    gaps: tuple[str, ...] = field(default=())


def consistency(
    snapshot: Snapshot, treaty: str, conduct: Conduct, state: str | None = None
) -> list[Consistency]:
    """Answer the table of all states on the day of the snapshot, or the row of one.

    Parameters
    ----------
    snapshot : Snapshot
        The day, with the roll calls on the treaty's topic.
    treaty : str
        The slug of the treaty.
    conduct : Conduct
        Measures in force on the day, practices, and breaches.
    state : str, optional
        The code of one state.

    Returns
    -------
    list of Consistency
        By code. `vote` is that in the latest roll call in which the state had a seat, with its
        day; None where it had none. `practice` names what can be so on the day, and what was so
        before with the year in which it ended. Gaps are those of `GAPS`, with a year where the
        practice lies before the day: the record knows no later one.

    Raises
    ------
    UnknownName
        If there is no such treaty or state.

    Notes
    -----
    A gap is a pointer for a reader, not a finding of law. That there is none says that the record
    knows of none: for most states it holds no policy and no practice.

    """
    snapshot.under(treaty)
    if state is not None:
        snapshot.place(state)
    votes = _latest_votes(snapshot)
    chosen = sorted(snapshot.states) if state is None else [state]
    return [_row(snapshot, treaty, conduct, code, votes.get(code)) for code in chosen]


def _latest_votes(snapshot: Snapshot) -> Mapping[str, tuple[str, str]]:
    calls = snapshot.roll_calls
    found: dict[str, tuple[str, str]] = {}
    for place, state in enumerate(calls.states):
        seated = calls.votes[place].nonzero()[0]
        if seated.size:
            last = int(seated[-1])
            found[state] = (VOTES[int(calls.votes[place, last])], calls.days[last])
    return found


def _row(
    snapshot: Snapshot, treaty: str, conduct: Conduct, state: str, vote: tuple[str, str] | None
) -> Consistency:
    standing = snapshot.standing(state, treaty)
    rules = [m for m in conduct.measures if m.state == state]
    practices = [p for p in conduct.practices if p.state == state and p.begun_by(snapshot.day)]
    said, voted_on = vote or (None, None)
    return Consistency(
        state,
        snapshot.name(state),
        standing,
        said,
        voted_on,
        tuple(sorted({f"{m.modality} {m.conduct}" for m in rules if m.kind == STATUTE})),
        tuple(sorted({f"{m.modality} {m.conduct}" for m in rules if m.kind != STATUTE})),
        tuple(sorted({_told(p, snapshot.day) for p in practices})),
        tuple(sorted(set(_gaps(snapshot.day, state, standing, said, practices, conduct)))),
    )


def _told(practice: Practice, day: date) -> str:
    return f"{practice.conduct} {practice.status}{_year(practice, day)}"


def _year(practice: Practice, day: date) -> str:
    """Answer the last year of a practice that is not known to last, in brackets."""
    if practice.lasts_on(day) or practice.until is None:
        return ""
    last = practice.until.year - (practice.until.month == 1 and practice.until.day == 1)
    return f" ({last})"


def _gaps(  # noqa: PLR0913, PLR0917 - one for each column that can fail to fit
    day: date,
    state: str,
    standing: str,
    vote: str | None,
    practices: Sequence[Practice],
    conduct: Conduct,
) -> Iterator[str]:
    for practice in practices:
        if practice.status not in ESTABLISHED:
            continue
        if practice.conduct == "production" and vote == "for":
            yield f"votesForAndProduces{_year(practice, day)}"
        if practice.conduct == "use" and standing == PARTY:
            yield f"partyAndUses{_year(practice, day)}"
    if standing == PARTY and _breached(conduct.late_stocks, state, day):
        yield "partyAndStocksPastDeadline"
    yield from (
        f"policyForbidsAndDoes {breach.conduct} ({breach.since.year})"
        for breach in conduct.departures
        if breach.state == state and breach.since <= day
    )


def _breached(breaches: Sequence[Breach], state: str, day: date) -> bool:
    return any(breach.state == state and breach.since <= day for breach in breaches)
