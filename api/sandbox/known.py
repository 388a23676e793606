"""The record as it was known on a day, written as N-Quads: `python -m api.sandbox.known`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from pathlib import Path

from api.stores.folder import look_into
from graph.build import as_known, open_build
from graph.dates import parse_day

NICENESS = 10
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(day: str, records: str, cache: str, chosen: str) -> None:
    """Write to the standard output, at a low priority: deriving takes some seconds.

    The record is that of the `chosen` folder, or without one that of the folder of records.
    """
    if sys.platform == "linux":
        # Nobody waits for the answer any more when the process that asked is gone.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.nice(NICENESS)
    if chosen:
        store = look_into(Path(chosen)).open()
    else:
        store = open_build(Path(records), Path(cache)).store
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "known.nq"
        as_known(store, parse_day(day)).dump(file)
        sys.stdout.buffer.write(file.read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
