"""The processes of the service, kept alive: one zygote and some web processes.

This process answers nothing itself. It starts the others, starts again what dies, and on SIGTERM
or Ctrl-C lets the web processes finish what they are answering.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from api.sandbox.launch import Launch
from graph.errors import StoreUnavailable

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from api.sandbox.sources import Source
    from api.settings import Settings

LOOK_SECONDS = 0.5
SHORT_LIFE_SECONDS = 5
MOST_SHORT_LIVES = 5
GRACE_SECONDS = 3
DRAIN_SECONDS = 0.3


class _WebProcess:
    """A web process and the pipe on which it says that it answers."""

    def __init__(self, command: list[str], kept: tuple[int, ...], ready: tuple[int, int]) -> None:
        self.ready, telling = ready
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                command, pass_fds=(*kept, telling), stdin=subprocess.DEVNULL
            )
        finally:
            os.close(telling)
        self._born = time.monotonic()

    def wait_until_ready(self) -> bool:
        """Answer whether it came up; False where it ended before."""
        said = os.read(self.ready, 1)
        os.close(self.ready)
        return bool(said)

    @property
    def died_young(self) -> bool:
        return time.monotonic() - self._born < SHORT_LIFE_SECONDS


class Supervisor:
    """Keeps the processes of the service."""

    def __init__(
        self, listener: socket.socket, source: Source, settings: Settings, workers: int
    ) -> None:
        """Start the zygote; it loads while the web processes start."""
        self._listener, self._settings, self._workers = listener, settings, workers
        self._life, self._alive = os.pipe()
        self._awake, waking = os.pipe()
        for end in (self._awake, waking):
            os.set_blocking(end, False)
        self._stopping: int | None = None
        self._short_lives = 0
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._note)
        signal.signal(signal.SIGCHLD, _wake)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        self._launch = Launch(source, settings.limits)
        self._web = [self._started() for _ in range(workers)]

    def run(self, ready: Callable[[], None]) -> int:
        """Serve until a signal says to stop, and answer its number; `ready` is called once."""
        try:
            self._launch.wait_until_ready()
            for web in self._web:
                if not web.wait_until_ready() and self._stopping is None:
                    message = "The service did not start; what it said stands above."
                    raise StoreUnavailable(message)
            if self._stopping is None:
                ready()
            while self._stopping is None:
                self._sleep()
                self._revive()
        finally:
            self._stop()
        return self._stopping or 0

    def _note(self, number: int, _: object) -> None:
        self._stopping = self._stopping or number

    def _sleep(self) -> None:
        """Wait until something happens; look anyway now and then."""
        if select.select([self._awake], [], [], LOOK_SECONDS)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self._awake, 4096)

    def _revive(self) -> None:
        """Start again what has died; give up where it dies again and again at once."""
        if self._launch.died():
            self._launch.restart()
        for place, web in enumerate(self._web):
            if web.process.poll() is None:
                continue
            self._short_lives = self._short_lives + 1 if web.died_young else 0
            if self._short_lives > MOST_SHORT_LIVES:
                message = "The web processes end as soon as they start; what they said is above."
                raise StoreUnavailable(message)
            self._web[place] = self._started()

    def _started(self) -> _WebProcess:
        ready = os.pipe()
        descriptors = {
            "listener": self._listener.fileno(),
            "asking": self._launch.asking.fileno(),
            "life": self._life,
        }
        told = descriptors | {
            "ready": ready[1],
            "records": str(self._settings.records),
            "files": self._settings.files,
            "folder": str(self._settings.folder or ""),
            "remote": self._settings.remote,
            "remote_version": self._settings.remote_version,
            "foreign": self._settings.foreign,
            "share": self._workers,
        }
        command = [sys.executable, "-m", "api.cli.serving", json.dumps(told)]
        return _WebProcess(command, tuple(descriptors.values()), ready)

    def _stop(self) -> None:
        """Take no more connections, let answers finish, then end everything."""
        signal.set_wakeup_fd(-1)
        # Who has connected by now may still be in line before a web process.
        time.sleep(DRAIN_SECONDS if self._stopping else 0)
        self._listener.close()
        for web in self._web:
            with contextlib.suppress(ProcessLookupError):
                web.process.terminate()
        until = time.monotonic() + self._settings.limits.seconds + GRACE_SECONDS
        for web in self._web:
            try:
                web.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                web.process.kill()
                web.process.wait()
        os.close(self._alive)
        self._launch.stop()


def _wake(_number: int, _frame: object) -> None:
    """Do nothing: that a child has died is told by the descriptor for waking."""
