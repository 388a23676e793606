"""Lines in which queries wait for a slot; a slot goes to the client that has the fewest."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Full(Exception):
    """There is no room: `by_client` tells whether it is the client's own doing."""

    def __init__(self, *, by_client: bool) -> None:
        super().__init__()
        self.by_client = by_client


@dataclass(frozen=True)
class _Waiter:
    client: str
    turn: asyncio.Future[None]


class Lane:
    """A number of slots, and the line before them."""

    def __init__(
        self,
        slots: int,
        waiting: int,
        patience: float,
        per_client: int,
        *,
        newest_first: bool = False,
    ) -> None:
        """Have `slots`; let `waiting` wait for `patience` seconds, `per_client` of one client."""
        self._slots, self._waiting, self._newest_first = slots, waiting, newest_first
        self.patience, self._per_client = patience, per_client
        self._inside: Counter[str] = Counter()
        self._line: list[_Waiter] = []

    def try_enter(self, client: str) -> bool:
        """Take a slot if one is free and nobody waits for it."""
        if self._line or self._inside.total() >= self._slots or self._is_full_of(client):
            return False
        self._inside[client] += 1
        return True

    async def enter(self, client: str, seconds: float) -> None:
        """Wait for a slot; raise Full where there is no room or none came in time."""
        if self.try_enter(client):
            return
        waiter = self._in_line(client)
        loop = asyncio.get_running_loop()
        late = loop.call_later(min(self.patience, seconds), _is_late, waiter.turn)
        try:
            await waiter.turn
        except (TimeoutError, asyncio.CancelledError) as error:
            self._step_out(waiter)
            if isinstance(error, TimeoutError):
                raise Full(by_client=False) from error
            raise
        finally:
            late.cancel()

    def leave(self, client: str) -> None:
        """Give a slot back, and to the next who waits."""
        self._inside[client] -= 1
        if not self._inside[client]:
            del self._inside[client]
        self._call_next()

    def _is_full_of(self, client: str) -> bool:
        return self._inside[client] + self._in_line_of(client) >= self._per_client

    def _in_line_of(self, client: str) -> int:
        return sum(waiter.client == client for waiter in self._line)

    def _in_line(self, client: str) -> _Waiter:
        if self._is_full_of(client):
            raise Full(by_client=True)
        if len(self._line) >= self._waiting:
            self._make_room(client)
        waiter = _Waiter(client, asyncio.get_running_loop().create_future())
        self._line.append(waiter)
        return waiter

    def _make_room(self, client: str) -> None:
        """Send away the last of the client that has most in line, if that is another."""
        most, count = _most(waiter.client for waiter in self._line)
        if count <= self._in_line_of(client) + 1:
            raise Full(by_client=count > 1 and self._in_line_of(client) == count)
        last = next(waiter for waiter in reversed(self._line) if waiter.client == most)
        self._line.remove(last)
        if not last.turn.done():
            last.turn.set_exception(Full(by_client=True))

    def _step_out(self, waiter: _Waiter) -> None:
        """Leave the line, or give back a slot that came in the very moment of leaving."""
        if waiter in self._line:
            self._line.remove(waiter)
        elif waiter.turn.done() and not waiter.turn.cancelled() and not waiter.turn.exception():
            self.leave(waiter.client)

    def _call_next(self) -> None:
        while self._inside.total() < self._slots:
            # One whose time is up is still in line until it runs again.
            waiting = [waiter for waiter in self._line if not waiter.turn.done()]
            if not waiting:
                return
            if self._newest_first:
                waiting.reverse()
            fewest = min(waiting, key=lambda waiter: self._inside[waiter.client])
            self._line.remove(fewest)
            self._inside[fewest.client] += 1
            fewest.turn.set_result(None)


def _is_late(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_exception(TimeoutError())


def _most(clients: Iterable[str]) -> tuple[str, int]:
    return Counter(clients).most_common(1)[0]
