"""Roll calls as a matrix of votes, from rows of the record or from a file of the user."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from graph.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

YES, ABSTAIN, NO, ABSENT = 1, 2, 3, 4
WORDS = {
    "yes": YES, "for": YES, "y": YES,
    "abstain": ABSTAIN, "abstention": ABSTAIN,
    "no": NO, "against": NO, "n": NO,
    "absent": ABSENT,
}  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "resolution": ("resolution", "rcid", "roll_call"),
    "day": ("date", "day"),
    "state": ("state", "iso3", "code"),
    "vote": ("vote",),
}
MOST_CELLS = 50_000_000
MOST_ROWS = 20_000_000
LONGEST_NAME = 80
BATCH = 5_000 # small, so that the rows of one do not outlive the youngest generation
BUFFER = 1 << 20

Row = tuple[str, ...]
_Batch = tuple[int, list[Row]]
_Key = TypeVar("_Key")


@dataclass(frozen=True, eq=False)
class RollCalls:
    """Votes of states (rows) in roll calls (columns, by day): yes, abstain, no, absent, or 0."""

    states: tuple[str, ...]
    calls: tuple[str, ...]
    days: tuple[str, ...]
    votes: NDArray[np.int8]

    @classmethod
    def of_rows(cls, rows: Iterable[Row]) -> RollCalls:
        """Read rows of roll call, day, state and vote; their order makes no difference."""
        every = list(rows)
        return _gathered([(1, every)] if every else [], "row")

    def between(self, since: str | None = None, until: str | None = None) -> RollCalls:
        """Answer the roll calls from one ISO day to another, both included."""
        kept = [(since or "") <= day <= (until or "9999") for day in self.days]
        return self._chosen(np.array(kept, dtype=np.bool_))

    def _chosen(self, columns: NDArray[np.bool_]) -> RollCalls:
        votes = self.votes[:, columns]
        seated = votes.any(axis=1)
        kept = np.flatnonzero(columns).tolist()
        return RollCalls(
            tuple(s for s, here in zip(self.states, seated, strict=True) if here),
            tuple(self.calls[place] for place in kept),
            tuple(self.days[place] for place in kept),
            votes[seated],
        )

    def cast(self, vote: int) -> NDArray[np.float32]:
        """Answer a matrix of 1 where a state voted so and 0 elsewhere."""
        return (self.votes == vote).astype(np.float32)


def read_roll_calls(path: Path, report: Callable[[int], None] = lambda _: None) -> RollCalls:
    """Answer the roll calls of a CSV file, plain or compressed with gzip.

    Parameters
    ----------
    path : Path
        A table with a header: `resolution` (or `rcid`), `date`, `state` (or `iso3`), `vote`. A vote
        is yes, no, abstain or absent (also: for, against). Other columns are left alone. A state
        without a row in a roll call was not a member.
    report : callable
        Is told the number of rows read, now and then.

    Returns
    -------
    RollCalls

    Raises
    ------
    WrongUse
        If the file cannot be read, lacks a column, or has a row that is no vote or a second vote of
        a state in a roll call; the message names the line.
    """
    try:
        with _opened(path) as text:
            return _gathered(_read(text, path, report), f"{path}: line")
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read as a table of votes: {error}."
        raise WrongUse(message) from error


def _opened(path: Path) -> io.TextIOBase:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        # The buffer between spares a call into the decompressor for each line.
        inside = io.BufferedReader(gzip.GzipFile(path), BUFFER)
        return io.TextIOWrapper(inside, encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _read(text: io.TextIOBase, path: Path, report: Callable[[int], None]) -> Iterator[_Batch]:
    reader = csv.reader(text)
    cells = itemgetter(*_places(next(reader, []), path))
    line = 2
    while rows := list(islice(reader, BATCH)):
        try:
            yield line, list(map(cells, rows))
        except IndexError:
            short = next(n for n, row in enumerate(rows, start=line) if not _fits(cells, row))
            message = f"{path}: line {short} has fewer cells than the header."
            raise WrongUse(message) from None
        line += len(rows)
        report(line)


def _fits(cells: itemgetter[tuple[str, ...]], row: Sequence[str]) -> bool:
    try:
        return bool(cells(row))
    except IndexError:
        return False


def _places(header: list[str], path: Path) -> list[int]:
    names = [name.strip().lower() for name in header]
    places: list[int] = []
    for wanted, spellings in COLUMNS.items():
        found = [names.index(name) for name in spellings if name in names]
        if not found:
            message = f"{path}: the header has no column {wanted!r}; "
            message += f"needed are {', '.join(' or '.join(s) for s in COLUMNS.values())}."
            raise WrongUse(message)
        places.append(found[0])
    return places


class _Numbered(dict[_Key, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: _Key) -> int:
        self[key] = len(self)
        return self[key]


def _gathered(batches: Iterable[_Batch], place: str) -> RollCalls:
    """Put the votes into a matrix; states and roll calls are sorted, so rows may come anyhow."""
    states: _Numbered[str] = _Numbered()
    calls: _Numbered[tuple[str, str]] = _Numbered()
    parts: list[NDArray[np.int64]] = [np.zeros((4, 0), dtype=np.int64)]
    for first, rows in batches:
        part = _numbers(first, rows, states, calls)
        _refuse_bad(part, rows, place)
        parts.append(part)
        if len(parts) * BATCH > MOST_ROWS or len(calls) * len(states) > MOST_CELLS:
            message = f"{place} {first}: more votes than can be analysed at once; choose fewer."
            raise WrongUse(message)
    _refuse_bad_names(states, place)
    cells = np.concatenate(parts, axis=1)
    _refuse_doubled(cells, list(states), place)
    return _matrix(states, calls, cells)


def _numbers(
    first: int, rows: list[Row], states: _Numbered[str], calls: _Numbered[tuple[str, str]]
) -> NDArray[np.int64]:
    """Answer line, state, roll call and vote of each row as numbers; 0 where it is no vote."""
    resolutions, days, names, votes = zip(*rows, strict=True)
    said = [WORDS.get(vote, 0) or WORDS.get(vote.strip().lower(), 0) for vote in votes]
    lines = np.arange(first, first + len(rows), dtype=np.int64)
    seats = np.array(list(map(states.__getitem__, names)), dtype=np.int64)
    pairs = map(calls.__getitem__, zip(days, resolutions, strict=True))
    return np.stack((lines, seats, np.array(list(pairs), dtype=np.int64), np.array(said)))


def _refuse_bad(part: NDArray[np.int64], rows: list[Row], place: str) -> None:
    for line in part[0][part[3] == 0].tolist():
        vote = rows[line - int(part[0][0])][3][:LONGEST_NAME]
        message = f"{place} {line}: {vote!r} is no vote; write yes, no, abstain or absent."
        raise WrongUse(message)


def _refuse_bad_names(states: Iterable[str], place: str) -> None:
    for state in states:
        if not state or len(state) > LONGEST_NAME or not state.isprintable():
            message = f"{place.split(':')[0]}: {state[:LONGEST_NAME]!r} cannot name a state."
            raise WrongUse(message)


def _refuse_doubled(cells: NDArray[np.int64], states: Sequence[str], place: str) -> None:
    keys = cells[1] << 32 | cells[2]
    order = np.argsort(keys, kind="stable")
    doubled = order[1:][keys[order[1:]] == keys[order[:-1]]]
    if doubled.size:
        row = int(doubled.min())
        message = f"{place} {cells[0][row]}: {states[int(cells[1][row])]} has voted in this "
        message += "roll call already; keep one row."
        raise WrongUse(message)


def _matrix(
    states: Mapping[str, int], calls: Mapping[tuple[str, str], int], cells: NDArray[np.int64]
) -> RollCalls:
    by_name, by_day = sorted(states), sorted(calls)
    found = np.zeros((len(states), len(calls)), dtype=np.int8)
    found[cells[1], cells[2]] = cells[3]
    rows = [states[name] for name in by_name]
    columns = [calls[key] for key in by_day]
    return RollCalls(
        tuple(by_name),
        tuple(resolution for _, resolution in by_day),
        tuple(day for day, _ in by_day),
        found[np.ix_(rows, columns)],
    )
