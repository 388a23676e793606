"""The zygote: one single-threaded process that holds the data and forks workers on demand.

It imports nothing but the engine, so that a worker is small and its fork is quick. Requests come
as one byte with a descriptor each: the worker's end of a connection to a web process. The zygote
keeps that end until the worker dies, to tell the web process by which signal.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING

from api.sandbox.evaluation import Asked
from api.sandbox.limits import Limits, bytes_of
from api.sandbox.sources import Source, loaded
from api.sandbox.wire import packed
from api.sandbox.worker import live, reply_of_death
from graph.errors import DepositaryError

if TYPE_CHECKING:
    from api.sandbox.wire import Message

BUSY = frozenset({errno.EAGAIN, errno.ENOMEM})


def main(granting: int, telling: int, told: str) -> None:
    """Load the data, say so, and fork until all who may ask have gone."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    given = json.loads(told)
    source, limits = Source.of(given["source"]), Limits(**given["limits"])
    asked = _asked(source, limits, telling)
    if asked is None:
        sys.exit(1)
    gc.freeze()
    Zygote(socket.socket(fileno=granting), asked, limits).run()


def _asked(source: Source, limits: Limits, telling: int) -> Asked | None:
    """Load the data; the pipe `telling` hears of each file, and then of success or the fault."""

    def tell(**message: object) -> None:
        os.write(telling, json.dumps(message).encode() + b"\n")

    before = resource.getrlimit(resource.RLIMIT_AS)
    if source.others and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (bytes_of(limits.data_mb), before[1]))
    try:
        store = loaded(source, lambda name: tell(reading=name))
        tell(ready=True, statements=len(store))
    except DepositaryError as error:
        tell(fault=str(error))
        return None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
        os.close(telling)
    return Asked(store, source.prefixes, source.union, int(limits.rows))


class Zygote:
    """The loop that forks workers and tells how they died."""

    def __init__(self, granting: socket.socket, asked: Asked, limits: Limits) -> None:
        """Listen for those who ask, and for the end of workers."""
        self._granting, self._asked, self._limits = granting, asked, limits
        self._ends: dict[int, socket.socket] = {}
        self._awake, waking = os.pipe()
        for end in (self._awake, waking):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, _wake)
        signal.set_wakeup_fd(waking)

    def run(self) -> None:
        """Fork a worker for each who asks, until nobody is left who could."""
        poll = select.poll()
        for descriptor in (self._granting.fileno(), self._awake):
            poll.register(descriptor, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._awake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._awake, 4096)
                self._bury()
            if self._granting.fileno() in ready and not self._grant():
                return

    def _grant(self) -> bool:
        """Fork one worker; False when all who may ask have gone."""
        said, ends, _, _ = socket.recv_fds(self._granting, 1, 1)
        if not said:
            return False
        for descriptor in ends:
            self._fork(socket.socket(fileno=descriptor))
        return True

    def _fork(self, end: socket.socket) -> None:
        try:
            child = os.fork()
        except OSError as error:
            if error.errno not in BUSY:
                raise
            self._say(end, reply_of_death(0))
            return
        if child == 0:
            live(end, self._asked, self._limits)
        self._ends[child] = end

    def _bury(self) -> None:
        """Tell of each worker that has died, and forget it."""
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            if end := self._ends.pop(child, None):
                self._say(end, reply_of_death(number))

    def _say(self, end: socket.socket, message: Message) -> None:
        """Write to a web process that may be gone, never waiting for it; then close."""
        with contextlib.suppress(OSError), end:
            end.settimeout(0)
            end.send(packed(message))


def _wake(_number: int, _frame: object) -> None:
    """Do nothing: that a worker has died is told by the descriptor for waking."""


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
