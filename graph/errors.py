"""The exceptions of the project.

DepositaryError
├── WrongUse             the question cannot be read            (exit 2, status 400)
│   └── RefusedQuery     the query asks for what is not offered (exit 2, status 403)
├── UnknownName          no such treaty, state, view, source    (exit 3, status 404)
├── NotComputable        the data do not allow the measure      (exit 1, status 422)
├── BrokenRecord         the record has faults, each with place (exit 1, status 500)
└── StoreUnavailable     the store cannot be opened or written  (exit 1, status 503)

Every message names the thing, the reason and what to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence


LONGEST_SHOWN = 80
FEW = 12
# How like a name must be to be suggested: "atlantis" is not near "Albania" (0.67), but a code with
# two letters changed round is near (0.67 too).
NEAR, NEAR_OF_CODES = 0.7, 0.6
LONGEST_CODE = 4
# What the program offers and not the record; these are few, so all of them are named.
OFFERED = frozenset(("view", "format", "measure", "example", "verdict", "graph", "download"))
# Of these the record has many, and a question lists them.
LISTED: Mapping[str, str] = {
    "state": "states",
    "treaty": "treaties",
    "source": "sources",
    "resolution": "resolutions",
}


class DepositaryError(Exception):
    """A fault that is explained to the user in one plain message."""

    exit_code = 1
    status = 500


class WrongUse(DepositaryError):
    """The question itself cannot be read: a date, an option, a query."""

    exit_code = 2
    status = 400


class RefusedQuery(WrongUse):
    """The query can be read and asks for something that this service does not do."""

    status = 403


class UnknownName(DepositaryError):
    """Nothing in the record has this name."""

    exit_code = 3
    status = 404

    def __init__(
        self,
        kind: str,
        name: str,
        known: Iterable[str],
        meant: Callable[[str], Hashable] = str,
    ) -> None:
        """Say which `kind` of thing `name` was taken for, and which `known` names are near.

        Of several names that mean the same thing (`meant`) the nearest is named. Few names are all
        said; where none is near, the question that lists them.
        """
        known = tuple(dict.fromkeys(known))
        self.near = nearest(name[:LONGEST_SHOWN], known, meant=meant)
        shown = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
        all_said = kind in OFFERED or 0 < len(known) <= FEW
        where = f". There are: {', '.join(known)}." if all_said else " in the record."
        hint = self._hint("" if all_said else LISTED.get(kind, ""))
        super().__init__(f"There is no {kind} called {shown!r}{where}{hint}")

    def _hint(self, every: str) -> str:
        if self.near:
            return f" Did you mean {' or '.join(self.near)}?"
        return f" `depositary ask {every}`, or /questions/{every}, lists them." if every else ""


class NotComputable(DepositaryError):
    """The question is clear, and the data of that day do not allow a number as its answer."""

    status = 422


class StoreUnavailable(DepositaryError):
    """The store cannot be opened, read or written."""

    status = 503


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in the record: where, what, and what to write instead."""

    place: str
    message: str

    def __str__(self) -> str:
        """Give the fault as `file:line: message`."""
        return f"{self.place}: {self.message}"


class BrokenRecord(DepositaryError):
    """The record cannot be built; `faults` says why, place by place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in the order of their places."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(
    name: str, known: Iterable[str], limit: int = 3, meant: Callable[[str], Hashable] = str
) -> tuple[str, ...]:
    """Answer which known names are like the given one: those it begins, then those alike.

    Of names that mean the same thing only the first is answered.
    """
    wanted = name.casefold()
    by_key = {candidate.casefold(): candidate for candidate in known}
    begun = sorted(key for key in by_key if wanted and key.startswith(wanted))
    cutoff = NEAR if len(wanted) > LONGEST_CODE else NEAR_OF_CODES
    alike = get_close_matches(wanted, by_key, n=limit, cutoff=cutoff)
    first: dict[Hashable, str] = {}
    for key in (*begun, *alike):
        first.setdefault(meant(by_key[key]), by_key[key])
    return tuple(first.values())[:limit]
