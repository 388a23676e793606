"""Starting a zygote, and starting it again when it dies; web processes ask it through a socket.

Both ends of the socket stay open here, so that those who ask while a zygote is gone only wait.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.errors import StoreUnavailable, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.sandbox.limits import Limits
    from api.sandbox.sources import Source
    from api.sandbox.wire import Message

# Large pages for the heap: a fork copies 1/512 of the page tables (16 ms become 2 ms a worker).
LARGE_PAGES = "glibc.malloc.hugetlb=1"


class Launch:
    """A zygote that runs; `asking` is the descriptor through which workers are asked for."""

    def __init__(self, source: Source, limits: Limits) -> None:
        """Start the zygote; it loads its data while the caller goes on."""
        self._told = json.dumps({"source": source.plain(), "limits": asdict(limits)})
        self.asking, self._granting = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.asking.settimeout(0)
        self._start()

    def wait_until_ready(self) -> int:
        """Wait until the data are loaded and answer the number of statements.

        Raises WrongUse with the fault of a file, StoreUnavailable where the zygote died.
        """
        reading = ""
        for message in self._messages():
            if "fault" in message:
                raise WrongUse(message["fault"])
            if "ready" in message:
                return int(message["statements"])
            reading = message["reading"]
        code = self.process.wait()
        where = f" while it read {reading}" if reading else ""
        reason = f"by signal {-code}" if code < 0 else f"with code {code}"
        told = f"The process that holds the data ended {reason}{where}; the data are refused."
        raise StoreUnavailable(told)

    def died(self) -> bool:
        """Answer whether the zygote has ended."""
        return self.process.poll() is not None

    def restart(self) -> None:
        """Start the zygote again; those who asked meanwhile are still in the socket."""
        self._telling.close()
        self._start()

    def stop(self) -> None:
        """Let the zygote go: it ends when nobody is left who could ask."""
        for end in (self.asking, self._granting):
            end.close()
        self._telling.close()
        self.process.kill()
        self.process.wait()

    def _start(self) -> None:
        heard, telling = os.pipe()
        kept = (self._granting.fileno(), telling)
        module = "api.sandbox.zygote"
        command = [sys.executable, "-m", module, *map(str, kept), self._told]
        environment = {"GLIBC_TUNABLES": LARGE_PAGES} | os.environ
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                command, pass_fds=kept, stdin=subprocess.DEVNULL, env=environment
            )
        finally:
            os.close(telling)
        self._telling = os.fdopen(heard, "rb")

    def _messages(self) -> Iterator[Message]:
        for line in self._telling:
            yield json.loads(line)
