"""Strangers' questions answered: through the lines, by workers, within every limit.

A query begins in the first line, where it has a short turn. What is not done by then goes on in
the middle line, and later in the heavy one, if there is room; if not, its worker is ended and it
starts again when its turn comes. So a short query never waits for more than short turns, and
nobody has to tell from a text how long it takes.
"""

from __future__ import annotations

import hashlib
import re
import signal
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from api.sandbox import stops
from api.sandbox.herd import Herd, Unavailable, Worker
from api.sandbox.lanes import Full, Lane
from api.sandbox.limits import Limits, bytes_of
from api.sandbox.wire import Budget, Message, Question

if TYPE_CHECKING:
    import socket

FIRST, MIDDLE, HEAVY = range(3)
OUT_OF_MEMORY = 6  # SIGABRT: the engine ends so when it gets no memory
# Ended by itself, killed from outside, or by SIGIO: the kernel may tell of a question that has come
# only after the worker has taken it and has begun to watch for the leave of the web process.
NO_FAULT = frozenset({0, signal.SIGKILL, signal.SIGTERM, signal.SIGIO})
SMALLEST_WAIT = 0.002
# The kernel of the worker keeps the time; this process ends it only if that has failed.
GRACE = 0.1
VALUES = re.compile(r"""<[^>]*>|"[^"]*"|'[^']*'|\d+""")
KEPT_COSTS = 4096
LONGEST_SHAPED = 4096
MOST_STARTS = 6


@dataclass(frozen=True)
class Answer:
    """A whole answer and its media type."""

    body: bytes
    media_type: str
    notes: tuple[str, ...] = ()


@dataclass
class _Turn:
    """One question on its way through the lines."""

    question: Question
    client: str
    herd: Herd
    until: float
    lane: int | None = None
    worker: Worker | None = None
    starts: int = 0
    spent: float = 0.0

    @cached_property
    def shape(self) -> bytes:
        """Answer the query without its values, with its client: nobody teaches for another."""
        text = self.question.text
        bare = VALUES.sub("?", text) if len(text) <= LONGEST_SHAPED else text
        return hashlib.blake2b(f"{self.client}\n{bare}".encode(), digest_size=16).digest()

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    def drop(self) -> None:
        """End the worker; the question can start again."""
        if self.worker:
            self.worker.end()
        self.worker = None


@dataclass
class _Costs:
    """The processor time that a client's queries of one shape took last; the latest are kept."""

    seconds: OrderedDict[bytes, float] = field(default_factory=OrderedDict[bytes, float])

    def expected(self, turn: _Turn) -> float:
        # Without a heavy query so far, nobody has to look at the shape.
        return self.seconds.get(turn.shape, 0.0) if self.seconds else 0.0

    def learn(self, turn: _Turn, short: float) -> None:
        if turn.spent > short:
            self.seconds[turn.shape] = turn.spent
            self.seconds.move_to_end(turn.shape)
        elif self.seconds:
            self.seconds.pop(turn.shape, None)
        if len(self.seconds) > KEPT_COSTS:
            self.seconds.popitem(last=False)


class Pool:
    """Answers questions of strangers."""

    def __init__(self, asking: socket.socket, limits: Limits, share: int = 1) -> None:
        """Ask the zygote behind a socket; `share` web processes divide the slots."""
        self.limits = limits
        self.herd = Herd(asking, limits)
        waiting, client = int(limits.waiting), int(limits.waiting) + 1
        patience = limits.wait_seconds
        self._lanes = (
            # Behind a crowd of heavy queries that came before, a light one would wait for them all.
            Lane(_part(limits.running, share), waiting, patience, client, newest_first=True),
            Lane(_part(limits.middle_running, share), waiting, patience, client),
            Lane(
                _part(limits.heavy_running, share),
                waiting,
                limits.heavy_wait_seconds,
                int(limits.per_client),
            ),
        )
        self._costs = _Costs()

    async def answer(self, question: Question, client: str, herd: Herd | None = None) -> Answer:
        """Answer a question whole, or raise Stopped; a cancelled call ends the work at once."""
        turn = _Turn(question, client, herd or self.herd, time.monotonic() + self.limits.seconds)
        try:
            reply = await self._through(turn)
            if reply["status"] != 200:  # noqa: PLR2004
                raise stops.explained(self.limits, reply)
            body = turn.worker.written(reply["size"]) if turn.worker else b""
        finally:
            self._end(turn)
        return Answer(body, reply["kind"], tuple(reply.get("notes", ())))

    def close(self) -> None:
        """End all workers that wait."""
        self.herd.close()

    async def _through(self, turn: _Turn) -> Message:
        await self._enter(turn, FIRST if self._is_short(turn) else MIDDLE)
        if turn.lane == FIRST and not self._is_short(turn):
            await self._move(turn, MIDDLE)  # One of its shape has overrun its turn meanwhile.
        while True:
            reply = await self._run(turn)
            if reply is None:
                await self._go_on(turn)
            elif "died" not in reply and reply.get("limit") != "memory":
                return reply
            else:
                await self._start_again(turn, reply)

    def _is_short(self, turn: _Turn) -> bool:
        return self._costs.expected(turn) <= self.limits.turn_seconds

    def _learn(self, turn: _Turn) -> None:
        turn.spent = turn.worker.spent() if turn.worker else 0.0
        self._costs.learn(turn, self.limits.turn_seconds)

    async def _enter(self, turn: _Turn, lane: int) -> None:
        try:
            await self._lanes[lane].enter(turn.client, turn.left)
        except Full as error:
            if error.by_client:
                raise stops.too_many(self.limits) from error
            raise stops.full(self.limits, heavy=lane == HEAVY) from error
        turn.lane = lane

    def _leave(self, turn: _Turn) -> None:
        if turn.lane is not None:
            self._lanes[turn.lane].leave(turn.client)
            turn.lane = None

    async def _run(self, turn: _Turn) -> Message | None:
        """Let the question work; None when its time in this line is used up."""
        worker = turn.worker or await self._begin(turn)
        most = (self.limits.turn_seconds, self.limits.middle_seconds)
        while worker.reply is None:
            if turn.left < -GRACE:
                raise stops.too_long(self.limits)
            over = most[turn.lane] - worker.spent() if turn.lane in {FIRST, MIDDLE} else turn.left
            if over <= 0 and turn.lane != HEAVY:
                self._learn(turn)
                return None
            await worker.heard(max(SMALLEST_WAIT, min(over, turn.left + GRACE)))
        return worker.reply

    async def _begin(self, turn: _Turn) -> Worker:
        """Put the question to a worker; one that was killed before it could hear is no matter."""
        while turn.starts < MOST_STARTS and turn.left > 0:
            turn.starts += 1
            try:
                return await self._put(turn)
            except (Unavailable, OSError):
                turn.drop()
        raise stops.unavailable()

    async def _put(self, turn: _Turn) -> Worker:
        heavy = turn.lane == HEAVY
        memory = self.limits.memory_mb if heavy else self.limits.short_memory_mb
        worker = turn.worker = await turn.herd.worker(turn.left)
        budget = Budget(max(turn.left, SMALLEST_WAIT), bytes_of(memory))
        await worker.ask(turn.question, budget)
        if heavy:
            worker.promote()
        return worker

    async def _go_on(self, turn: _Turn) -> None:
        """Take the question to the next line: with its worker if there is room, else without."""
        lane = FIRST if turn.lane is None else turn.lane
        if not self._lanes[lane + 1].try_enter(turn.client):
            await self._move(turn, lane + 1)
            return
        self._leave(turn)
        turn.lane = lane + 1
        if turn.worker and turn.lane == HEAVY:
            turn.worker.promote()

    async def _start_again(self, turn: _Turn, reply: Message) -> None:
        """Let a question whose worker has died have another, if that may help."""
        number = reply.get("died", OUT_OF_MEMORY)
        if number == OUT_OF_MEMORY:
            if turn.lane == HEAVY:
                raise stops.too_much_memory(self.limits)
            await self._move(turn, HEAVY)
        elif number in NO_FAULT and turn.starts < MOST_STARTS and turn.left > 0:
            turn.drop()
        else:
            raise stops.killed(self.limits, number)

    async def _move(self, turn: _Turn, lane: int) -> None:
        turn.drop()
        self._leave(turn)
        await self._enter(turn, lane)

    def _end(self, turn: _Turn) -> None:
        """Give back what the question held; a worker in the middle of it is ended."""
        self._leave(turn)
        if turn.worker is None:
            return
        self._learn(turn)
        if turn.worker.reply is not None:
            turn.herd.give_back(turn.worker)
        else:
            turn.worker.end()
            turn.herd.fill()


def _part(slots: float, share: int) -> int:
    return max(1, round(slots / share))
