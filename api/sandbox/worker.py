"""A worker: one process that answers the questions of one web process, one after the other.

Every bound is the kernel's, so it holds whatever the query does and wherever the engine is:
ITIMER_REAL and RLIMIT_CPU for time, RLIMIT_AS for memory, RLIMIT_FSIZE for the answer, which goes
to a file in memory. RLIMIT_NOFILE equals the descriptors that are open, so no query can open a
file or a socket. A web process that goes away takes the worker with it, by SIGIO, in mid-query.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import math
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from api.sandbox.evaluation import Asked, answer
from api.sandbox.limits import Limits, bytes_of
from api.sandbox.wire import Budget, Message, Question, next_message, packed

if TYPE_CHECKING:
    from collections.abc import Generator

# The first three are the standard streams, which lead nowhere.
CONNECTION, SHEET, OPEN = 3, 4, 5
FREE = 64
IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)
LINUX = sys.platform == "linux"


def live(connection: socket.socket, asked: Asked, limits: Limits) -> NoReturn:
    """Answer questions until the web process closes the connection; never return."""
    code = 1
    with contextlib.suppress(OSError):
        base = _address_space()  # A file can still be opened.
        code = _serve(_settled(connection), asked, limits, base)
    os._exit(code)


def _settled(connection: socket.socket) -> socket.socket:
    """Keep the connection and the sheet as the only open files, and tell who answers here."""
    gc.disable()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    sheet = _new_sheet()
    shown = [sheet]
    if LINUX:
        shown.append(os.pidfd_open(os.getpid()))
    hello = packed({"pid": os.getpid()})
    socket.send_fds(connection, [hello], shown)
    quiet = os.open(os.devnull, os.O_RDWR)
    kept = [fcntl.fcntl(end, fcntl.F_DUPFD, FREE) for end in (connection.fileno(), sheet)]
    for place, descriptor in enumerate((quiet, quiet, quiet, *kept)):
        os.dup2(descriptor, place)
    connection.detach()
    os.closerange(OPEN, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN, OPEN))
    return socket.socket(fileno=CONNECTION)


def _new_sheet() -> int:
    if LINUX:
        return os.memfd_create("answer")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _serve(connection: socket.socket, asked: Asked, limits: Limits, base: int) -> int:
    most = base + bytes_of(limits.memory_mb)
    size = bytes_of(limits.answer_mb)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if LINUX:
        with contextlib.suppress(OSError):  # Some containers allow no change of it.
            # A worker that wakes up lets the web process first finish what it has in hand.
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    received = bytearray()
    while message := next_message(connection, received):
        budget = Budget(message["seconds"], message["memory"])
        with _bounded(connection, budget, base, most):
            reply = answer(asked, Question.of(message), SHEET)
        reply["size"] = os.fstat(SHEET).st_size
        connection.sendall(packed(reply))
    return 0


@contextlib.contextmanager
def _bounded(connection: socket.socket, budget: Budget, base: int, most: int) -> Generator[None]:
    """Let the kernel end this process where a question goes over its budget."""
    _end_with(connection, armed=True)
    cpu = math.ceil(time.process_time() + budget.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, resource.RLIM_INFINITY))
    if LINUX:
        resource.setrlimit(resource.RLIMIT_AS, (min(base + budget.memory, most), most))
    signal.setitimer(signal.ITIMER_REAL, budget.seconds)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    if LINUX:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _end_with(connection, armed=False)


def _end_with(connection: socket.socket, *, armed: bool) -> None:
    """Have the kernel send SIGIO when the other side goes away; its default ends the process."""
    if LINUX:  # The socket waits, so it has no other flag that could be set.
        fcntl.fcntl(connection, fcntl.F_SETFL, os.O_ASYNC if armed else 0)


def _address_space() -> int:
    if not LINUX:
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def reply_of_death(number: int) -> Message:
    """Answer what is told of a worker that a signal has ended; 0 where it ended by itself."""
    return {"died": number}
