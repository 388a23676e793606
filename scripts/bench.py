"""What must be fast, measured; prints one line for each figure as soon as it is there.

    scripts/bench           the record: build, first answer, start of the service, questions
    scripts/bench serve     the service beside other SPARQL servers, on a larger made-up record
    scripts/bench pictures  the pictures beside pyvis' own page
    scripts/bench network   the analysis of networks beside plain NetworkX
    scripts/bench all       all of them

The machine is noisy: read the ratios, not the figures.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scripts.benches import network, pictures, record, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDTH = 64
BENCHES: dict[str, Callable[[], Iterator[tuple[str, str, str]]]] = {
    "record": record.lines,
    "serve": serve.lines,
    "pictures": pictures.lines,
    "network": network.lines,
}


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("bench", nargs="?", default="record", choices=[*BENCHES, "all"])
    chosen = parser.parse_args().bench
    print(f"{'what'.ljust(WIDTH)}  {'measured':>12}  beside it")
    for name in BENCHES if chosen == "all" else [chosen]:
        for what, measured, beside in BENCHES[name]():
            print(f"{what.ljust(WIDTH)}  {measured:>12}  {beside}", flush=True)


if __name__ == "__main__":
    main()
