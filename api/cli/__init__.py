"""The `depositary` command: one module for each command, heavy imports inside it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from api.cli.program import run

    sys.exit(run(sys.argv[1:]))
