"""The answers that are kept in memory, whole and compressed, the latest used ones first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.web.compression import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from api.web.exchange import Headers

OVERHEAD = 1024
LARGEST_SHARE = 8
MOST_SEEN = 8


@dataclass
class Kept:
    """One answer of status 200: its headers, and its body in each coding it was sent in."""

    headers: Headers
    tag: str
    route: str | None
    is_page: bool
    is_immutable: bool
    is_compressible: bool
    bodies: dict[str, bytes] = field(default_factory=dict[str, bytes])
    seen: list[Hashable] = field(default_factory=list["Hashable"])
    heads: dict[tuple[str, bool], Headers] = field(
        default_factory=dict[tuple[str, bool], list[tuple[bytes, bytes]]]
    )

    @property
    def size(self) -> int:
        """The memory it takes, in bytes, with a round figure for what surrounds the bodies."""
        known_by = sum(map(_size, self.seen))
        return OVERHEAD + known_by + sum(len(body) for body in self.bodies.values())


class KeptAnswers:
    """A bounded store of answers; the one that was not used for longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        """Keep answers in so many bytes at the most."""
        self.most_bytes = most_bytes
        self.bytes = 0
        self.state: Hashable = None
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        # By the bytes of a request: what to send at once.
        self.ready: dict[Hashable, tuple[Hashable, Kept, Headers, bytes]] = {}

    def __len__(self) -> int:
        """Answer how many answers are kept."""
        return len(self._answers)

    def current(self, state: Hashable) -> None:
        """Forget everything where the data or the day are not those of the kept answers."""
        if state != self.state:
            self._answers.clear()
            self.ready.clear()
            self.bytes = 0
            self.state = state

    def get(self, key: Hashable) -> Kept | None:
        """Answer a kept answer, which by that is the latest used."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def sent_to(
        self, seen: Hashable, state: Callable[[], Hashable]
    ) -> tuple[Hashable, Kept, Headers, bytes] | None:
        """Answer what was sent to a request known by `seen`, if it still holds by the `state`."""
        ready = self.ready.get(seen)
        if ready is None or self.state != state():
            return None
        self.get(ready[0])  # so that it counts as used
        return ready

    def put(self, key: Hashable, answer: Kept) -> None:
        """Keep an answer, unless it would take more than an eighth of the room."""
        self._drop(key)
        if answer.size * LARGEST_SHARE > self.most_bytes:
            return
        self._answers[key] = answer
        self.bytes += answer.size
        while self.bytes > self.most_bytes:
            self._drop(next(iter(self._answers)))

    def add_body(self, key: Hashable, coding: str, body: bytes) -> None:
        """Keep a further coding beside an answer that is kept."""
        found = self._answers.get(key)
        if found is not None and coding != IDENTITY and coding not in found.bodies:
            self._drop(key)
            found.bodies[coding] = body
            self.put(key, found)

    def remember(self, key: Hashable, seen: Hashable, head: Headers, body: bytes) -> None:
        """Keep what was sent to a request of these bytes, for the next one of the same."""
        kept = self._answers.get(key)
        if kept is None or seen is None or seen in self.ready or len(kept.seen) >= MOST_SEEN:
            return
        kept.seen.append(seen)
        self.ready[seen] = (key, kept, head, body)
        self.bytes += _size(seen)

    def _drop(self, key: Hashable) -> None:
        dropped = self._answers.pop(key, None)
        if dropped is not None:
            self.bytes -= dropped.size
            for seen in dropped.seen:
                self.ready.pop(seen, None)
            dropped.seen.clear()


def _size(seen: Hashable) -> int:
    return len(seen) if isinstance(seen, bytes) else 0
