"""The record as it was known on a day, written as N-Quads: `python -m api.sandbox.known`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from graph.build import as_known, open_build
from graph.dates import parse_day

NICENESS = 10


def main(day: str, records: str, cache: str) -> None:
    """Write to the standard output, at a low priority: deriving takes some seconds."""
    os.nice(NICENESS)
    built = open_build(Path(records), Path(cache), in_memory=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "known.nq"
        as_known(built.store, parse_day(day)).dump(file)
        sys.stdout.buffer.write(file.read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
