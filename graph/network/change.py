"""What is different between two days: what entered, what left, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose, isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENTERED, LEFT, MOVED = "entered", "left", "moved"
FORMULA = (
    "rows with the same key on both days are compared column by column; numbers that differ by "
    "less than one in a billion count as the same"
)
SAME = 1e-9

Cell = str | int | float | None


@dataclass(frozen=True)
class Change:
    """One difference: the key of the row, what happened, in which column, from what to what."""

    key: str
    change: str
    column: str = ""
    before: Cell = None
    after: Cell = None


def changes(
    before: Sequence[Mapping[str, Cell]], after: Sequence[Mapping[str, Cell]], key: Sequence[str]
) -> list[Change]:
    """Answer what differs between two tables of the same measure.

    Parameters
    ----------
    before, after : sequence of mapping
        The rows on the first and on the second day.
    key : sequence of str
        The columns that tell rows apart.

    Returns
    -------
    list of Change
        By key: rows that entered, rows that left, and each cell that moved.

    Examples
    --------
    >>> changes([{"state": "A", "degree": 2}], [{"state": "A", "degree": 3}], ["state"])[0].after
    3

    """
    old, new = _by_key(before, key), _by_key(after, key)
    found = [Change(name, ENTERED) for name in new.keys() - old.keys()]
    found += [Change(name, LEFT) for name in old.keys() - new.keys()]
    for name in old.keys() & new.keys():
        found += _moved(name, old[name], new[name])
    return sorted(found, key=lambda change: (change.key, change.change, change.column))


def _by_key(
    rows: Sequence[Mapping[str, Cell]], key: Sequence[str]
) -> Mapping[str, Mapping[str, Cell]]:
    return {" ".join(str(row[column]) for column in key): row for row in rows}


def _moved(name: str, old: Mapping[str, Cell], new: Mapping[str, Cell]) -> Iterator[Change]:
    for column in sorted({*old, *new}):
        before, after = old.get(column), new.get(column)
        if not same(before, after):
            yield Change(name, MOVED, column, before, after)


def same(one: Cell, other: Cell) -> bool:
    """Answer whether two cells say the same; unknown and unknown do."""
    if isinstance(one, float | int) and isinstance(other, float | int):
        both_unknown = isnan(one) and isnan(other)
        return both_unknown or isclose(one, other, rel_tol=SAME, abs_tol=SAME)
    return one == other
