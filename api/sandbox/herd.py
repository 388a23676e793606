"""The workers of one zygote as a web process sees them: asked for, used again, thrown away."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import socket
import sys
import time
from collections import deque
from typing import TYPE_CHECKING

from api.sandbox.wire import LENGTH, Budget, Message, Question, asked, unpacked

if TYPE_CHECKING:
    from api.sandbox.limits import Limits

LINUX = sys.platform == "linux"
NICENESS = 15
SPARE = 1
TRIM_SECONDS = 0.5


class Unavailable(Exception):
    """No worker came in time: the zygote is starting again, or the machine is full."""


class Worker:
    """One worker process, its answer sheet, and the reply that is awaited from it."""

    def __init__(self, connection: socket.socket, hello: Message, shown: list[int]) -> None:
        """Take over a worker that has said hello."""
        self._connection = connection
        self.pid: int = hello["pid"]
        self._sheet, *more = shown
        self._handle = more[0] if more else None
        self._received = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self.reply: Message | None = None
        self._cpu_before = 0.0
        self.answered = 0
        self.usable = True
        asyncio.get_running_loop().add_reader(connection, self._read)

    async def ask(self, question: Question, budget: Budget) -> None:
        """Put a question; `heard` waits for the reply."""
        self.reply = None
        self._cpu_before = self._cpu()
        self.answered += 1
        message = memoryview(asked(question, budget))
        with contextlib.suppress(BlockingIOError):
            message = message[self._connection.send(message) :]
        if message:
            await asyncio.get_running_loop().sock_sendall(self._connection, message)

    async def heard(self, seconds: float) -> Message | None:
        """Answer the reply, or None where none has come after some seconds."""
        if self.reply is None:
            loop = asyncio.get_running_loop()
            self._waiter = loop.create_future()
            timer = loop.call_later(seconds, self._wake)
            try:
                await self._waiter
            finally:
                timer.cancel()
                self._waiter = None
        return self.reply

    def spent(self) -> float:
        """Answer the processor time of the present question, in seconds."""
        return self._cpu() - self._cpu_before

    def written(self, size: int) -> bytes:
        """Answer what the worker has written on its sheet."""
        return os.pread(self._sheet, size, 0)

    def promote(self) -> None:
        """Let a heavy question use more memory, and less of the processors than others."""
        with contextlib.suppress(OSError, ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, NICENESS)
            if LINUX:
                # Whoever else wakes up takes the processor at once, not at the next tick.
                os.sched_setscheduler(self.pid, os.SCHED_IDLE, os.sched_param(0))
                _, most = resource.prlimit(self.pid, resource.RLIMIT_AS)
                resource.prlimit(self.pid, resource.RLIMIT_AS, (most, most))
        self.usable = False

    def end(self) -> None:
        """Kill the worker, whatever it does."""
        if self._connection.fileno() < 0:
            return
        asyncio.get_running_loop().remove_reader(self._connection)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._handle is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        self._connection.close()
        for descriptor in (self._sheet, self._handle):
            if descriptor is not None:
                os.close(descriptor)
        self.usable = False

    def _cpu(self) -> float:
        """Answer the processor time of the worker; on other systems than Linux, wall time."""
        if not LINUX:
            return time.monotonic()
        try:
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return self._cpu_before

    def _read(self) -> None:
        try:
            chunk = self._connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        self._received += chunk
        message = unpacked(self._received) if chunk else {"died": 0}
        if message is None:
            return
        if "died" in message:
            self.usable = False
            asyncio.get_running_loop().remove_reader(self._connection)
        if self.reply is None:
            self.reply = message
        self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class Herd:
    """The workers of one zygote that wait for questions, and the way to more of them."""

    def __init__(self, asking: socket.socket, limits: Limits) -> None:
        """Ask for workers through a socket that the caller keeps open."""
        self._asking, self._limits = asking, limits
        self._trimming: asyncio.TimerHandle | None = None
        self._closed = False
        self._idle: deque[Worker] = deque()
        self._coming: set[asyncio.Task[None]] = set()

    async def worker(self, seconds: float) -> Worker:
        """Answer a worker that waits for a question, within some seconds."""
        while self._idle:
            worker = self._idle.pop()
            if worker.usable:
                return worker
            worker.end()
        return await self._new(seconds)

    def give_back(self, worker: Worker) -> None:
        """Keep a worker for the next question, or replace it."""
        old = worker.answered >= self._limits.recycle
        if worker.usable and not old:
            self._idle.append(worker)
        else:
            worker.end()
        self.fill()
        if len(self._idle) > SPARE and self._trimming is None:
            loop = asyncio.get_running_loop()
            self._trimming = loop.call_later(TRIM_SECONDS, self._trim)

    def fill(self) -> None:
        """Ask for workers in the background until one waits."""
        while not self._closed and len(self._idle) + len(self._coming) < SPARE:
            task = asyncio.create_task(self._bring())
            self._coming.add(task)
            task.add_done_callback(self._coming.discard)

    def close(self) -> None:
        """End all workers that wait."""
        self._closed = True
        if self._trimming:
            self._trimming.cancel()
        for task in self._coming:
            task.cancel()
        while self._idle:
            self._idle.pop().end()

    def _trim(self) -> None:
        """End the worker that has waited longest, until only the spare ones are left."""
        self._trimming = None
        if len(self._idle) > SPARE:
            self._idle.popleft().end()
        if len(self._idle) > SPARE:
            self._trimming = asyncio.get_running_loop().call_later(TRIM_SECONDS, self._trim)

    async def _bring(self) -> None:
        with contextlib.suppress(Unavailable):
            worker = await self._new(self._limits.seconds)
            if self._closed:
                worker.end()
            else:
                self._idle.append(worker)

    async def _new(self, seconds: float) -> Worker:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            ours.settimeout(0)
            with theirs:
                socket.send_fds(self._asking, [b"w"], [theirs.fileno()])
            async with asyncio.timeout(seconds):
                return await _greeted(ours)
        except (OSError, TimeoutError) as error:
            ours.close()
            raise Unavailable from error
        except asyncio.CancelledError:
            ours.close()
            raise


async def _greeted(ours: socket.socket) -> Worker:
    """Wait for the hello of a new worker and the descriptors that come with it."""
    loop = asyncio.get_running_loop()
    readable = loop.create_future()
    loop.add_reader(ours, _mark, readable)
    try:
        await readable
    finally:
        loop.remove_reader(ours)
    said, shown, _, _ = socket.recv_fds(ours, LENGTH.size + 4096, 2)
    hello = unpacked(bytearray(said)) if said else None
    if not hello or "pid" not in hello:
        for descriptor in shown:
            os.close(descriptor)
        raise OSError
    return Worker(ours, hello, shown)


def _mark(readable: asyncio.Future[None]) -> None:
    if not readable.done():
        readable.set_result(None)
